"""From a checkpoint to the shipped weights: an int8 ONNX graph, small arrays, labels and tokenizer.

The matrices of the encoder layers are stored as int8, one scale a column; activations are quantised at run time with
one scale a window (`DynamicQuantizeLinear`), which is why the reader runs each window alone. Weights use all eight
bits: on processors without VNNI a product may then saturate its 16-bit sum, but measured on one of these, seven bits
lost more (names F1 84.5 against 84.9, and 84.8 in 32-bit floats). The piece embeddings are int8 with one scale a row.
The heads are small and stay in 32-bit floats.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.annotate.labels import Labels
from kg.train.network import Reader
from kg.train.shipped import blended, load_shipped

OUTPUTS = (
    "roles", "names", "tags", "pos", "lemmas", "starts", "arcs", "dep_left", "dep_right",
    "source_links", "content_links",
)  # fmt: skip


class _OneWindow(nn.Module):
    """The reader for one window: no batch axis, no mask."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        for layer in reader.layers:
            layer.fuse()

    def forward(self, ids: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        scores = self.reader(ids[None], shapes[None], firsts[None])
        return tuple(scores[name][0] for name in OUTPUTS)


def export(
    checkpoint: Path,
    labels: Labels,
    tokenizer: str,
    out: Path,
    fp32: bool = False,
    blend: tuple[Path, float] | None = None,
) -> None:
    """Write `reader.onnx` (int8, or 32-bit floats to compare with), `heads.npz`, `labels.json`, `tokenizer.json`.

    `blend` are other exported weights and the share that they get in these (see `blended`).
    """
    out.mkdir(parents=True, exist_ok=True)
    model = Reader(labels)
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)["model"]
    if blend is not None:
        load_shipped(model, blend[0])
        state = blended(state, model, blend[1])
    model.load_state_dict(state)
    model.eval()
    plain = out / "reader.fp32.onnx"
    to_onnx(model, plain)
    if fp32:
        plain.replace(out / "reader.onnx")
    else:
        quantise(plain, out / "reader.onnx")
        plain.unlink()
    role_start, role_follow = model.role_chain.scores()
    name_start, name_follow = model.name_chain.scores()
    arrays = {
        "role_start": role_start,
        "role_follow": role_follow,
        "name_start": name_start,
        "name_follow": name_follow,
        "known": model.known,
        "dep_weight": model.dep_weight.half(),
    }
    np.savez(out / "heads.npz", **{name: tensor.detach().numpy() for name, tensor in arrays.items()})
    labels.save(out / "labels.json")
    (out / "tokenizer.json").write_text(tokenizer, encoding="utf8")


def to_onnx(model: Reader, path: Path) -> None:
    """Export the network for one window of any length."""
    pieces, words = torch.export.Dim("pieces", min=3, max=510), torch.export.Dim("words", min=2, max=508)
    example = (torch.arange(12), torch.zeros(12, dtype=torch.long), torch.arange(1, 8))
    program = torch.onnx.export(
        _OneWindow(model),
        example,
        dynamo=True,
        input_names=["ids", "shapes", "firsts"],
        output_names=list(OUTPUTS),
        dynamic_shapes=({0: pieces}, {0: pieces}, {0: words}),
        external_data=False,
    )
    program.save(str(path))


def quantise(plain: Path, path: Path) -> None:
    """Encoder matrices to int8 by column, piece embeddings to int8 by row."""
    graph = onnx.load(str(plain))
    layers = _layer_products(graph)
    quantize_dynamic(
        str(plain),
        str(path),
        nodes_to_quantize=layers,
        per_channel=True,
        reduce_range=False,
        weight_type=QuantType.QInt8,
    )
    model = onnx.load(str(path))
    _quantise_pieces(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _layer_products(model: onnx.ModelProto) -> list[str]:
    """Names of the products with a stored matrix in the encoder: those before words are gathered from pieces."""
    stored = {i.name for i in model.graph.initializer}
    names: list[str] = []
    for node in model.graph.node:
        if node.op_type == "GatherElements":
            return names
        if node.op_type == "MatMul" and node.input[1] in stored:
            names.append(node.name)
    raise ValueError("the graph gathers no words: is this the reader?")


def _quantise_pieces(model: onnx.ModelProto) -> None:
    """Replace the embedding matrix by int8 rows, a scale for each, and the product after the look-up."""
    graph = model.graph
    table = next(i for i in graph.initializer if i.name.endswith("pieces.weight"))
    values = numpy_helper.to_array(table)
    scale = np.abs(values).max(axis=1, keepdims=True).astype(np.float32) / 127
    rows = np.rint(values / np.where(scale == 0, 1, scale)).astype(np.int8)
    gather = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    graph.initializer.remove(table)
    graph.initializer.extend(
        [numpy_helper.from_array(rows, "pieces.int8"), numpy_helper.from_array(scale, "pieces.scale")]
    )
    ids, out = gather.input[1], gather.output[0]
    nodes = [
        helper.make_node("Gather", ["pieces.int8", ids], ["pieces.rows"], axis=0),
        helper.make_node("Gather", ["pieces.scale", ids], ["pieces.scales"], axis=0),
        helper.make_node("Cast", ["pieces.rows"], ["pieces.floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["pieces.floats", "pieces.scales"], [out]),
    ]
    at = list(graph.node).index(gather)
    graph.node.remove(gather)
    for n, node in enumerate(nodes):
        graph.node.insert(at + n, node)
