"""Exported weights back into a network, to train on from them: the reverse of `kg.train.export`.

The eight-bit matrices come back as the numbers that the shipped reader computes with; what rounding took is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from kg.train.network import Reader

_PREFIX = "reader."
_BIAS = ".bias"

Arrays = dict[str, NDArray[np.float32]]


def load_shipped(model: Reader, folder: Path) -> None:
    """Take all weights from `reader.onnx` and `heads.npz` in a folder that `export` wrote.

    Parameters that are not exported (the habits of single corpora) stay as they are. ValueError when the graph lacks
    a parameter of the network or has another shape.
    """
    graph = onnx.load(str(folder / "reader.onnx")).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name.removeprefix(_PREFIX): array for name, array in arrays.items() if name.startswith(_PREFIX)}
    found |= dict(_matrices(graph, arrays))
    if "pieces.int8" in arrays:
        found["pieces.weight"] = arrays["pieces.int8"].astype(np.float32) * arrays["pieces.scale"]
    found |= dict(_unfused(found))
    with np.load(folder / "heads.npz", allow_pickle=False) as heads:
        found["dep_weight"] = heads["dep_weight"].astype(np.float32)
        found["known"] = heads["known"]
        for name, chain in (("role", model.role_chain), ("name", model.name_chain)):
            # barred transitions keep their bar: it is added again
            found[f"{name}_chain.start"] = heads[f"{name}_start"] - chain.start_bar.numpy()
            found[f"{name}_chain.follow"] = heads[f"{name}_follow"] - chain.follow_bar.numpy()
    state = model.state_dict()
    for name, old in state.items():
        if name.endswith("_bar") or name.startswith("origins."):
            continue
        if name not in found or found[name].shape != tuple(old.shape):
            raise ValueError(f"{folder}: no {name} of shape {tuple(old.shape)}: weights of another network")
        state[name] = _tensor(found[name])
    model.load_state_dict(state)


def blended(state: dict[str, Tensor], started: Reader, share: float) -> dict[str, Tensor]:
    """Trained parameters moved back towards those that training started from, by a share of 0 (not at all) to 1.

    Between two points of one run the loss is low all the way, and the middle forgets less of what the start had learnt
    from elsewhere (Wortsman et al. 2022).
    """
    old = started.state_dict()
    kept = {name for name in state if name.endswith("_bar") or name.startswith("origins.")}
    return {name: new if name in kept else torch.lerp(new, old[name], share) for name, new in state.items()}


def _matrices(graph: onnx.GraphProto, arrays: Arrays) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Each product's stored matrix, named after the bias that is added to it: [out, in], as torch keeps it."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for node in graph.node:
        if node.op_type not in ("MatMul", "MatMulInteger") or node.input[1] not in arrays:
            continue
        bias = _bias_after(node, users, arrays)
        if bias is None:
            continue
        matrix = arrays[node.input[1]].astype(np.float32)
        if node.op_type == "MatMulInteger":
            matrix = matrix * arrays[node.input[1].replace("_quantized", "_scale")]
        yield bias.removeprefix(_PREFIX).removesuffix(_BIAS) + ".weight", matrix.T


def _bias_after(node: onnx.NodeProto, users: dict[str, list[onnx.NodeProto]], arrays: Arrays) -> str | None:
    """The name of the bias that is added to a product, after the casts and scales of quantisation."""
    while True:
        followers = users.get(node.output[0], [])
        if len(followers) != 1:
            return None
        node = followers[0]
        if node.op_type == "Add":
            return next((n for n in node.input if n in arrays and n.endswith(_BIAS)), None)
        if node.op_type not in ("Cast", "Mul"):
            return None


def _unfused(found: Arrays) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Query, key and value apart again (see `Layer.fuse`)."""
    for name, array in found.items():
        if ".together." in name:
            for part, piece in zip(("query", "key", "value"), np.split(array, 3), strict=True):
                yield name.replace("together", part), piece


def _tensor(array: NDArray[np.float32]) -> Tensor:
    return torch.from_numpy(np.array(array, dtype=np.float32))
