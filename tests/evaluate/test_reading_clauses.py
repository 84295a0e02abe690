"""The topics circumstances and propositions of reading, on hand-built items and evidence."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluate.reading import circumstances, propositions
from kg.evaluate.reading.gold import Item, Target
from kg.evaluate.scores import Counts
from kg.model import Argument, Article, Claim, Entity, Evidence, Mention, Proposition, Span, When

TEXT = "Last month in Graz she warned the whole of Europe that Kenya had closed two camps and that nobody spoke."
NAMES = (("e1", "Country", "Kenya"), ("e2", "Place", "Europe"), ("e3", "Place", "Graz"))
ENTITIES = tuple(Entity(id, type_, name, (Mention(0, 1, name, "name"),)) for id, type_, name in NAMES)  # type: ignore[arg-type]
CONTENT = "that Kenya had closed two camps and that nobody spoke"


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), words)


def gold(words: str | None, **fields: Any) -> dict[str, Any] | None:
    return None if words is None else {"start": span(words).start, "end": span(words).end, **fields}


def item(label: dict[str, Any]) -> Item:
    target = Target((span("warned").start, span("warned").end), ((span(CONTENT).start, span(CONTENT).end),))
    return Item("x-1", "x-1", "written", TEXT, 0, len(TEXT), "2025-02-14", None, label, target)


def evidence(**fields: Any) -> Evidence:
    claim = Claim("c1", "indirect", (span(CONTENT),), span(TEXT), span("she"), (), span("warned"), **fields)
    return Evidence(Article("a.txt", TEXT), ENTITIES, (claim,))


JANUARY = "2025-01-01/2025-01-31"
LABEL = {
    "addressee": gold("the whole of Europe"),
    "addressees": [{"name": "Europe", "type": "Place"}],
    "said_on": gold("Last month", value=JANUARY),
    "place": gold("Graz", name="Graz"),
}
NOTHING = {"addressee": None, "addressees": [], "said_on": None, "place": None}
FULL: dict[str, Any] = {
    "addressee": span("whole of Europe"), "addressees": ("e2",), "said_on": When(span("Last month"), JANUARY),
    "place": "e3", "place_span": span("Graz"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "ours", "right"),
    [
        (LABEL, FULL, "addressee, said on, place"),
        (LABEL, {**FULL, "addressees": ()}, "said on, place"),
        (LABEL, {**FULL, "addressee": span("Europe")}, "said on, place"),  # less than half of the words
        (LABEL, {**FULL, "said_on": When(span("Last month"), None)}, "addressee, place"),
        (LABEL, {**FULL, "place": "e2"}, "addressee, said on"),
        (LABEL, {}, ""),
        (NOTHING, {}, "addressee, said on, place"),
        (NOTHING, FULL, ""),
        ({**LABEL, "said_on": gold("Last month", value=None)}, {**FULL, "said_on": When(span("Last"), None)},
         "addressee, place"),
        ({**LABEL, "said_on": gold("Last month", value=None)}, {**FULL, "said_on": When(span("month"), None)},
         "addressee, said on, place"),
    ],
)  # fmt: skip
def test_circumstances_are_right_or_wrong(label: dict[str, Any], ours: dict[str, Any], right: str) -> None:
    scores = circumstances.score(item(label), evidence(**ours))
    assert ", ".join(name for name in ("addressee", "said on", "place") if scores[name].correct) == right
    assert scores["answered"] == Counts(1, 1, 1)


def test_exact_spans_count_what_is_given_and_what_is_wanted() -> None:
    scores = circumstances.score(item(LABEL), evidence(**FULL))
    assert scores["addressee, exact span"] == Counts(0, 1, 1)
    assert scores["said on, exact span"] == Counts(1, 1, 1)
    assert circumstances.score(item(NOTHING), evidence(**FULL))["place, exact span"] == Counts(0, 1, 0)
    silent = Evidence(Article("a.txt", TEXT), ENTITIES, ())
    assert circumstances.score(item(NOTHING), silent)["place"] == Counts(0, 1, 1)  # no claim answers


def clause(subject: str | None, predicate: str, thing: str | None, **fields: Any) -> dict[str, Any]:
    given = {"subject_name": None, "object_name": None, "negated": False, "main": True, **fields}
    return {"subject": gold(subject), "predicate": gold(predicate), "object": gold(thing), **given}


def ours(subject: str | None, predicate: str, thing: str | None, entity: str | None = None) -> Proposition:
    def argument(words: str | None, id: str | None = None) -> Argument | None:
        return Argument(span(words), id) if words else None

    return Proposition(argument(subject, entity), span(predicate), argument(thing), predicate == "spoke")


CLOSED = clause("Kenya", "closed", "two camps", subject_name="Kenya")
SPOKE = clause("nobody", "spoke", None, negated=True, main=False)


@pytest.mark.parametrize(
    ("found", "precision", "recall", "names"),
    [
        ([ours("Kenya", "closed", "two camps", "e1"), ours("nobody", "spoke", None)], (2, 2), (1, 1), (4, 4)),
        ([ours("Kenya", "closed", "two camps", "e2")], (1, 1), (1, 1), (1, 2)),
        ([ours("Kenya", "closed", "camps")], (1, 1), (1, 1), (1, 2)),
        ([ours("Kenya", "closed", None), ours("nobody", "spoke", None)], (1, 2), (0, 1), (2, 2)),
        ([ours(None, "closed", "two camps"), ours("Kenya", "had", "two camps")], (0, 2), (0, 1), (0, 0)),
        ([], (0, 0), (0, 1), (0, 0)),
    ],
)
def test_propositions_match_in_all_their_parts(
    found: list[Proposition], precision: tuple[int, int], recall: tuple[int, int], names: tuple[int, int]
) -> None:
    label = {"propositions": [CLOSED, SPOKE]}
    scores = propositions.score(item(label), evidence(propositions=tuple(found)))
    assert (scores["precision"].correct, scores["precision"].predicted) == precision
    assert (scores["recall of main clauses"].correct, scores["recall of main clauses"].gold) == recall
    assert (scores["names"].correct, scores["names"].gold) == names


def test_a_target_that_no_claim_answers_has_no_propositions() -> None:
    scores = propositions.score(item({"propositions": [CLOSED, SPOKE]}), Evidence(Article("a.txt", TEXT), ENTITIES, ()))
    assert scores["precision"] == Counts(0, 0, 0)
    assert scores["recall of main clauses"] == Counts(0, 1, 1)
    assert scores["propositions"] == Counts(0, 0, 2)
