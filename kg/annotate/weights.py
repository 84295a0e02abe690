"""The shipped weights: where they are, what is in them, and what they are called."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.annotate.confidence import FILE as CALIBRATION
from kg.annotate.decode import Scores
from kg.annotate.labels import Labels
from kg.errors import RunError

FOLDER = Path(__file__).parent / "weights"
FILES = ("heads.npz", "labels.json", "reader.onnx", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Heads:
    """Small parameters used outside the graph.

    Scores of label chains; of the clues of known names for each label of names [clues, labels]; weights of relations
    [relations, left + 1, right + 1].
    """

    role_start: Scores
    role_follow: Scores
    name_start: Scores
    name_follow: Scores
    known: Scores
    dep_weight: Scores


def check(folder: Path) -> None:
    """RunError when a file of the weights is missing."""
    for name in FILES:
        if not (folder / name).is_file():
            raise RunError(f"{folder / name}: missing; the weights are part of the package, so install kg again")


def load_heads(folder: Path) -> Heads:
    """Read heads.npz."""
    with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
        return Heads(**{name: arrays[name].astype(np.float32) for name in Heads.__dataclass_fields__})


def load_labels(folder: Path) -> Labels:
    """Read labels.json."""
    return Labels.load(folder / "labels.json")


@lru_cache(maxsize=4)
def weights_hash(folder: Path = FOLDER) -> str:
    """Hexadecimal SHA-256 over the files of the weights, in the order of their names, and their calibration."""
    check(folder)
    digest = hashlib.sha256()
    for name in (*FILES, CALIBRATION):
        if name in FILES or (folder / name).is_file():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()
