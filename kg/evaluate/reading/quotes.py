"""Stretches of quotation, and whose words they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.corpora import Interval
from kg.evaluate.reading.align import (
    gold_names,
    names_of,
    overlap,
    overlaps,
    paired,
    place,
    places,
    right,
    same_names,
    shared,
)  # fmt: skip
from kg.evaluate.reading.gold import Item, interval
from kg.evaluate.scores import Counts, compare
from kg.extract.quotes import Quotes, find_quotes
from kg.model import Claim, Evidence

_MARKS = "“”„‟\"«»‹›‘’'`"
_MOST = 0.5  # share of a stretch that a claim's content must hold
_ALL = 0.98  # share from which it holds all of it: a full stop may be missing


@dataclass(frozen=True, slots=True)
class Stretch:
    """A quotation from mark to mark, or a direct content without marks, and the claim it is part of."""

    place: Interval
    claim: Claim


def score(item: Item, found: Evidence) -> dict[str, Counts]:
    """Speakers of the stretches that overlap one of gold's, and of all; the stretches themselves."""
    wanted = item.label["quotes"]
    gold = [interval(quote["content"]) for quote in wanted]
    ours = [s for s in stretches(found) if item.start <= s.place[0] and s.place[1] <= item.end]
    pairs = paired(lambda i, j: _closeness(ours[i].place, gold[j]), len(ours), len(gold))
    correct = 0
    for i, j in pairs.items():
        correct += _same_speakers(ours[i].claim, wanted[j], found)
    sources = [shared(place(ours[i].claim.source), interval(wanted[j]["source"])) > 0 for i, j in pairs.items()]
    return {
        "speaker": Counts(correct, len(pairs), len(pairs)),
        "speaker, of all stretches": Counts(correct, len(gold), len(gold)),
        "stretches": Counts(len(pairs), len(ours), len(gold)),
        "stretches, exact": compare({s.place for s in ours}, set(gold)),
        "source touches": sum((right(same) for same in sources), Counts()),
    }


def _closeness(ours: Interval, gold: Interval | None) -> float:
    index = overlap([ours], [gold]) if gold is not None else 0.0
    return index if index >= _MOST else 0.0


def _same_speakers(claim: Claim, wanted: dict[str, object], found: Evidence) -> bool:
    """Names that agree; where nobody is named, the same words for the source, or none on both sides."""
    ours, gold = names_of(found, claim.speakers), gold_names(wanted["speakers"])  # type: ignore[arg-type]
    if ours or gold:
        return same_names(ours, gold)
    source, gold_source = place(claim.source), interval(wanted["source"])  # type: ignore[arg-type]
    if source is None or gold_source is None:
        return source is gold_source
    return overlaps([source], [gold_source])


def stretches(found: Evidence) -> Iterator[Stretch]:
    """What is quoted in the claims of an article, in order.

    A stretch belongs to the innermost claim that holds all of it; else to the one that holds most.
    """
    text = found.article.body
    quotes = find_quotes(text)
    holders: dict[Interval, tuple[float, int, Claim]] = {}
    for claim in found.claims:
        length = sum(end - start for start, end in places(claim.content))
        for span, share in _stretches(claim, quotes, text):
            held = (share, -length, claim)
            if span not in holders or held[:2] > holders[span][:2]:
                holders[span] = held
    for span in sorted(holders):
        yield Stretch(span, holders[span][2])


def _stretches(claim: Claim, quotes: Quotes, text: str) -> Iterator[tuple[Interval, float]]:
    """The stretches that a claim holds, at least half of each, and how much of them; all is 1."""
    for start, end in places(claim.content):
        marked = [(s, _share(s, (start, end))) for s in quotes.overlapping(start, end)]
        yield from ((_with_marks(s, text), share) for s, share in marked if share >= _MOST)
        if claim.kind == "direct" and not marked:
            yield (start, end), 1.0


def _share(stretch: Interval, content: Interval) -> float:
    share = shared(stretch, content) / (stretch[1] - stretch[0])
    return 1.0 if share >= _ALL else round(share, 2)


def _with_marks(span: Interval, text: str) -> Interval:
    """A quotation's text with its marks, white space at its ends left out."""
    start, end = span
    start -= 2 if text[max(start - 2, 0) : start] in ("``", "''") else text[max(start - 1, 0) : start] in tuple(_MARKS)
    if text[end : end + 2] == "''":
        end += 2
    elif text[end : end + 1] in tuple(_MARKS):
        end += 1
    return start, end - len(text[start:end]) + len(text[start:end].rstrip())
