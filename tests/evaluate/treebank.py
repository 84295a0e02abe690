"""Treebanks by hand."""

from __future__ import annotations

import gzip
from pathlib import Path


def write(path: Path, text: str) -> Path:
    """A gzipped UTF-8 file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))
    return path


def tree(*rows: str) -> str:
    """CoNLL-U lines from "id form lemma upos xpos head deprel misc" separated by blanks."""
    lines = []
    for row in rows:
        id_, form, lemma, upos, xpos, head, deprel, misc = row.split()
        lines.append("\t".join([id_, form, lemma, upos, xpos, "_", head, deprel, "_", misc]))
    return "\n".join(lines) + "\n\n"
