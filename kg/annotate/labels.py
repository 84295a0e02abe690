"""Label inventories of the heads, and lemmas as edits of the word."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROLES = ("source", "cue", "content")
NAME_TYPES = ("PER", "ORG", "LOC", "MISC")


def bio(types: Sequence[str]) -> tuple[str, ...]:
    """O, then B- and I- of each type."""
    return ("O", *(f"{prefix}-{type_}" for type_ in types for prefix in "BI"))


def legal(labels: Sequence[str]) -> tuple[list[bool], list[list[bool]]]:
    """Which BIO labels may open a sequence, and which may follow which: I-x only B-x or I-x."""
    start = [not label.startswith("I-") for label in labels]
    follow = [
        [not after.startswith("I-") or before in (after, "B-" + after[2:]) for after in labels] for before in labels
    ]
    return start, follow


@dataclass(frozen=True, slots=True)
class Labels:
    """What each classifying head can say, in the order of its outputs."""

    tags: tuple[str, ...]
    pos: tuple[str, ...]
    deps: tuple[str, ...]
    lemmas: tuple[str, ...]
    names: tuple[str, ...] = bio(NAME_TYPES)
    roles: tuple[str, ...] = bio(ROLES)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf8")

    @classmethod
    def load(cls, path: Path) -> Labels:
        """Read what `save` wrote."""
        return cls(**{name: tuple(values) for name, values in json.loads(path.read_text(encoding="utf8")).items()})


def lemma_edit(word: str, lemma: str) -> str:
    """The edit that makes a lemma of a word: case rule, characters cut from the end, characters put there.

    "said" → "say" is "l2|y": lower the case, cut two, add "y". (Straka et al. 2019 classify such rules in UDPipe.)
    """
    case = "k" if lemma[:1] == word[:1] and word[:1].isupper() else "l"
    base = word if case == "k" else word.lower()
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    return f"{case}{len(base) - common}|{lemma[common:]}"


def apply_edit(word: str, edit: str) -> str:
    """The lemma that an edit makes of a word; the word itself when the edit cuts more than there is."""
    base = word if edit[0] == "k" else word.lower()
    count, added = edit[1:].split("|", 1)
    cut = int(count)
    if cut > len(base) or (cut == len(base) and not added):
        return base
    return base[: len(base) - cut] + added
