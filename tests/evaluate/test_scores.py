"""Scorers against tables worked out by hand."""

from __future__ import annotations

import pytest

from kg.evaluate.corpora import Attribution
from kg.evaluate.scores import Counts, compare, interval, outermost, score_attributions, score_kinds, score_names, total


def claim(source: str, cue: str, content: str) -> Attribution:
    """Spans from "0-4 9-12"; an empty string is no span."""
    return Attribution(
        *(tuple((int(a), int(b)) for a, b in (s.split("-") for s in role.split())) for role in (source, cue, content))
    )


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(2, 4, 3), 0.5, 2 / 3, 4 / 7),
        (Counts(0, 4, 3), 0.0, 0.0, 0.0),
        (Counts(0, 0, 3), 0.0, 0.0, 0.0),
        (Counts(0, 0, 0), 0.0, 0.0, 0.0),
        (Counts(5, 5, 5), 1.0, 1.0, 1.0),
    ],
)
def test_precision_recall_f1(counts: Counts, precision: float, recall: float, f1: float) -> None:
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((precision, recall, f1))


def test_totals_are_sums_by_name() -> None:
    rows = [{"a": Counts(1, 2, 3)}, {"a": Counts(1, 1, 1), "b": Counts(0, 1, 0)}]
    assert total(rows) == {"a": Counts(2, 3, 4), "b": Counts(0, 1, 0)}
    assert compare({1, 2}, {2, 3, 4}) == Counts(1, 2, 3)


def test_names_count_exact_spans_of_the_scored_types() -> None:
    gold = [(0, 2, "PER"), (5, 6, "LOC"), (8, 9, "ORG"), (10, 11, "MISC")]
    predicted = [(0, 2, "PER"), (5, 6, "ORG"), (8, 10, "ORG"), (10, 11, "MISC"), (12, 13, "DATE")]
    scores = score_names(predicted, gold)
    assert scores == {
        "names": Counts(1, 3, 3),
        "PER": Counts(1, 1, 1),
        "ORG": Counts(0, 2, 1),
        "LOC": Counts(0, 0, 1),
        "MISC": Counts(1, 1, 1),
    }


# gold: A said [10-30], in two pieces; B warned [50-60]; a passive without a source, [80-90]
GOLD = (claim("0-4", "5-9", "10-20 22-30"), claim("40-43", "44-49", "50-60"), claim("", "72-79", "80-90"))
NOTHING = Counts(0, 0, 3)


@pytest.mark.parametrize(
    ("predicted", "figure", "counts"),
    [
        (GOLD, "source", Counts(2, 2, 2)),
        (GOLD, "content", Counts(4, 4, 4)),
        (GOLD, "who said what", Counts(3, 3, 3)),
        (GOLD, "links", Counts(3, 3, 3)),
        ((), "who said what", NOTHING),
        ((), "links", Counts()),
        # one long content is two pieces wrong, its characters nearly right, and still the same claim
        ((claim("0-4", "5-9", "10-30"),), "content", Counts(0, 1, 4)),
        ((claim("0-4", "5-9", "10-30"),), "content characters", Counts(18, 20, 38)),
        ((claim("0-4", "5-9", "10-30"),), "who said what", Counts(1, 1, 3)),
        # Jaccard exactly a half counts, a character less does not
        ((claim("40-43", "44-49", "50-55"),), "who said what", Counts(1, 1, 3)),
        ((claim("40-43", "44-49", "50-54"),), "who said what", Counts(0, 1, 3)),
        # a source too many, a source too few, the wrong source
        ((claim("70-71", "72-79", "80-90"),), "who said what", Counts(0, 1, 3)),
        ((claim("", "44-49", "50-60"),), "who said what", Counts(0, 1, 3)),
        ((claim("0-4", "44-49", "50-60"),), "who said what", Counts(0, 1, 3)),
        ((claim("0-4", "44-49", "50-60"),), "links", Counts(0, 1, 1)),
        # a link is right though edges are wrong; a cue elsewhere is no link at all
        ((claim("41-42", "45-49", "59-70"),), "links", Counts(1, 1, 1)),
        ((claim("40-43", "62-65", "50-60"),), "links", Counts(0, 0, 0)),
        # two answers cannot both match one gold claim
        ((GOLD[1], claim("40-43", "61-63", "50-60")), "who said what", Counts(1, 2, 3)),
        # a source that serves two cues is one span
        ((GOLD[1], claim("40-43", "61-63", "64-70")), "source", Counts(1, 1, 2)),
        # a claim inside another's content is not compared
        ((GOLD[0], claim("10-12", "12-14", "15-20")), "cue", Counts(1, 1, 3)),
    ],
)
def test_attributions(predicted: tuple[Attribution, ...], figure: str, counts: Counts) -> None:
    assert score_attributions(predicted, GOLD)[figure] == counts


def test_matching_is_the_largest_not_the_first() -> None:
    # the first answer fits both gold claims, the second only the first of them: a greedy pairing would find one
    gold = [claim("0-2", "3-4", "10-20"), claim("0-2", "5-6", "13-23")]
    predicted = [claim("0-2", "3-4", "11-21"), claim("0-2", "5-6", "10-15")]
    assert score_attributions(predicted, gold)["who said what"] == Counts(2, 2, 2)


def test_outermost_keeps_one_of_each_nest_and_equals() -> None:
    outer, inner = claim("0-4", "5-9", "10-40"), claim("10-14", "15-19", "20-40")
    twins = [claim("", "", "50-60"), claim("", "", "50-60")]
    assert outermost([outer, inner, *twins]) == [outer, *twins]


def test_interval_holds_the_score_is_repeatable_and_narrows() -> None:
    few = [Counts(8, 10, 10), Counts(5, 10, 10), Counts(9, 10, 10), Counts(2, 10, 10)]
    low, high = interval(few) or (0, 0)
    assert 0.2 <= low < total([{"f": row} for row in few])["f"].f1 < high <= 0.9
    assert interval(few) == (low, high)
    narrow_low, narrow_high = interval(few * 25) or (0, 0)
    assert narrow_high - narrow_low < (high - low) / 3
    assert interval([Counts(3, 3, 3)] * 5) == (1.0, 1.0)
    assert interval([Counts(), Counts()]) == (0.0, 0.0)
    assert interval(few[:1]) is None


def test_what_was_found_by_the_kind_of_quote() -> None:
    text = 'He said "it rains" . She said it " pours " . They say it snows . We said “no”.'
    gold = [claim("0-2", "3-7", "8-18"), claim("21-24", "25-29", "30-42"), claim("45-49", "50-53", "54-62"),
            claim("65-67", "68-72", "73-78")]  # fmt: skip
    assert [text[a.content[0][0] : a.content[0][1]] for a in gold] == [
        '"it rains"',
        'it " pours "',
        "it snows",
        "“no”.",
    ]
    assert score_kinds(text, [gold[0], gold[2]], gold) == {
        "found: direct": Counts(1, 2, 2),
        "found: mixed": Counts(0, 1, 1),
        "found: indirect": Counts(1, 1, 1),
    }
