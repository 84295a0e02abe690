"""Article to annotated spaCy Doc: the reader model, names, trees, attributions and countries."""

from __future__ import annotations

from kg.annotate import schemes  # noqa: F401  # spaCy shall know kg_scheme too
from kg.annotate.components import PIPELINE, load
from kg.annotate.weights import weights_hash

__all__ = ["PIPELINE", "load", "weights_hash"]
