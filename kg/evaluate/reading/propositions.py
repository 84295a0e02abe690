"""What a content says, clause by clause: subject, predicate, object, negation, and who is meant."""

from __future__ import annotations

from typing import Any

from kg.evaluate.corpora import Interval
from kg.evaluate.reading.align import agree, answer, overlap, overlaps, paired, place
from kg.evaluate.reading.gold import Item, interval
from kg.evaluate.scores import Counts
from kg.model import Argument, Evidence, Proposition


def score(item: Item, found: Evidence) -> dict[str, Counts]:
    """Precision over all propositions of the claim that answers, recall of the main ones of gold.

    Beside them F1 over all, the same by subject and predicate alone, and the names of those that match. A target that
    no claim answers has no propositions.
    """
    assert item.target is not None
    claim, gold = answer(found.claims, item.target), item.label["propositions"]
    ours = claim.propositions if claim is not None else ()
    pairs = paired(lambda i, j: _closeness(ours[i], gold[j]), len(ours), len(gold))
    loose = paired(lambda i, j: _by_subject(ours[i], gold[j]), len(ours), len(gold))
    main = sum(proposition["main"] for proposition in gold)
    main_found = sum(gold[j]["main"] for j in pairs.values())
    names = Counts()
    for i, j in pairs.items():
        for argument, name in ((ours[i].subject, "subject_name"), (ours[i].object, "object_name")):
            names += Counts(int(_same_name(argument, gold[j][name], found)), 1, 1)
    return {
        "precision": Counts(len(pairs), len(ours), len(ours)),
        "recall of main clauses": Counts(main_found, main, main),
        "propositions": Counts(len(pairs), len(ours), len(gold)),
        "subject and predicate": Counts(len(loose), len(ours), len(gold)),
        "names": names,
        "answered": Counts(int(claim is not None), 1, 1),
    }


def _by_subject(ours: Proposition, gold: dict[str, Any]) -> float:
    predicate = interval(gold["predicate"])
    assert predicate is not None
    same = overlaps([(ours.predicate.start, ours.predicate.end)], [predicate])
    return 1.0 if same and _same_span(ours.subject, interval(gold["subject"])) else 0.0


def _closeness(ours: Proposition, gold: dict[str, Any]) -> float:
    """Above 0 where all agrees: predicates, subjects and objects overlap, and both are negated or neither."""
    wanted = interval(gold["object"])
    if ours.negated != gold["negated"] or not _same_span(ours.object, wanted):
        return 0.0
    shared = overlap([span], [wanted]) if (span := _span(ours.object)) and wanted else 1.0
    return _by_subject(ours, gold) * shared


def _span(argument: Argument | None) -> Interval | None:
    return place(argument.span) if argument is not None else None


def _same_span(ours: Argument | None, gold: Interval | None) -> bool:
    span = _span(ours)
    return span is gold if span is None or gold is None else overlaps([span], [gold])


def _same_name(ours: Argument | None, gold: str | None, found: Evidence) -> bool:
    """Names that agree, or none on both sides."""
    name = found.entity(ours.entity).name if ours is not None and ours.entity is not None else None
    return name is gold if name is None or gold is None else agree((name, None), (gold, None))
