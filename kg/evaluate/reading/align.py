"""What the topics share: which claim of ours answers a gold claim, and whether spans and names agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from kg.evaluate.corpora import Interval
from kg.evaluate.reading.gold import Target
from kg.evaluate.scores import Counts, characters
from kg.model import Claim, Evidence, Span

Name = tuple[str, str | None]
"""A name and its type (`Person`, `Organisation`, `Country`, `Place`); None where the gold gives no type."""

_SAME = 0.5  # Jaccard index over characters from which spans overlap
_WORD = re.compile(r"\w+")


def right(correct: bool) -> Counts:
    """One choice that is right or wrong: over such counts F1 is accuracy."""
    return Counts(int(correct), 1, 1)


def one_of(prefix: str, given: str | None, wanted: str) -> dict[str, Counts]:
    """Counts of one item under the names PREFIX + class, for a macro F1; `given` is None where nothing answers."""
    counts = {prefix + wanted: Counts(int(given == wanted), int(given == wanted), 1)}
    if given is not None and given != wanted:
        counts[prefix + given] = Counts(0, 1, 0)
    return counts


def overlap(a: Iterable[Interval], b: Iterable[Interval]) -> float:
    """The Jaccard index of the characters of two sets of spans; 0 when both are empty."""
    ours, theirs = characters(a), characters(b)
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0


def overlaps(a: Iterable[Interval], b: Iterable[Interval]) -> bool:
    """Whether two sets of spans overlap in the sense of GUIDELINE.md: Jaccard index at least 0.5."""
    return overlap(a, b) >= _SAME


def place(span: Span | None) -> Interval | None:
    """The offsets of a span of ours."""
    return None if span is None else (span.start, span.end)


def places(spans: Iterable[Span]) -> tuple[Interval, ...]:
    """The offsets of several."""
    return tuple((span.start, span.end) for span in spans)


def answer(claims: Iterable[Claim], target: Target) -> Claim | None:
    """The claim whose content overlaps the target's; of several one whose cue touches its cue, then the closest."""
    near = [(overlap(places(claim.content), target.content), claim) for claim in claims]
    near = [(index, claim) for index, claim in near if index >= _SAME]

    def closeness(pair: tuple[float, Claim]) -> tuple[bool, float]:
        cue = place(pair[1].cue)
        return cue is not None and target.cue is not None and bool(shared(cue, target.cue)), pair[0]

    return max(near, key=closeness)[1] if near else None


def shared(a: Interval | None, b: Interval | None) -> int:
    """How many characters two spans share."""
    return 0 if a is None or b is None else max(min(a[1], b[1]) - max(a[0], b[0]), 0)


def paired(closeness: Callable[[int, int], float], ours: int, theirs: int) -> dict[int, int]:
    """One-to-one pairs of numbers, ours to theirs, the closest first; those of closeness 0 stay alone."""
    ranked = sorted((-closeness(i, j), i, j) for i in range(ours) for j in range(theirs))
    pairs: dict[int, int] = {}
    for distance, i, j in ranked:
        if distance < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def names_of(evidence: Evidence, ids: Iterable[str]) -> list[Name]:
    """Names and types of entities of an article."""
    entities = (evidence.entity(id) for id in ids)
    return [(entity.name, entity.type) for entity in entities]


def gold_names(named: Iterable[Mapping[str, Any]]) -> list[Name]:
    """Names and types as the gold writes them."""
    return [(name["name"], name["type"]) for name in named]


def same_names(ours: Sequence[Name], theirs: Sequence[Name]) -> bool:
    """Whether as many names are given and each agrees with one of the other side, one to one."""
    if len(ours) != len(theirs):
        return False
    return len(paired(lambda i, j: float(agree(ours[i], theirs[j])), len(ours), len(theirs))) == len(ours)


def agree(ours: Name, theirs: Name) -> bool:
    """Equal types, and the words of one, without punctuation, titles and "the", are among those of the other."""
    if ours[1] is not None and theirs[1] is not None and ours[1] != theirs[1]:
        return False
    pairs = [(words_of(ours[0]), words_of(theirs[0]))]
    pairs += [tuple(words - _titles() or words for words in pairs[0])]  # type: ignore[list-item]
    return any(a and b and (a <= b or b <= a) for a, b in pairs)


def words_of(name: str) -> frozenset[str]:
    """The words of a name in lower case, without punctuation and a leading "the"."""
    words = _WORD.findall(re.sub(r"(?<=\w)[.'’](?=\w)|['’]s\b", "", name.lower()))
    return frozenset(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def _titles() -> frozenset[str]:
    """Titles of one word, in lower case."""
    from kg.extract.lexicon import titles

    return frozenset(title.rstrip(".") for title in titles() if " " not in title)
