"""Quotation marks of all kinds: what counts as quoted."""

from __future__ import annotations

import itertools

import pytest

from kg.extract.quotes import find_quotes

# A text, and what is quoted in it.
CASES = [
    # double marks
    ('He said "yes" and "no".', ["yes", "no"]),
    ("He said “yes” and “no”.", ["yes", "no"]),
    ("He said „yes“ and „no”.", ["yes", "no"]),
    ("He said «yes» and « no ».", ["yes", " no "]),
    ("He said ``yes'' and ''no''.", ["yes", "no"]),
    ('He said “yes" and "no”.', ["yes", "no"]),
    ("He said ”yes” and “no“.", ["yes", "no"]),
    ("“ Spaced, ” he said.", [" Spaced, "]),
    ("He said »yes« and »no«.", ["yes", "no"]),
    ("” … we learned,” he said.", [" … we learned,"]),
    ("A » lone mark. He said «no».", ["no"]),
    ('He said—"yes"—twice ("no").', ["yes", "no"]),
    ("It was ‹here› he said.", ["here"]),
    ("“”", []),
    ("", []),
    # one quotation inside another
    ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
    ("“He said “no” to me,” she said.", ["He said “no” to me,"]),
    ('"He said "no" to me," she said.', ['He said "no" to me,']),
    ("\"He said 'no' to me,\" she said.", ["He said 'no' to me,"]),
    ("‘He said “no” to me,’ she said.", ["He said “no” to me,"]),
    ("'He said \"no\" to me,' she said.", ['He said "no" to me,']),
    ("“‘No,’ he said,” she told them.", ["‘No,’ he said,"]),
    ("\"'No,' he said,\" she told them.", ["'No,' he said,"]),
    # single marks, and apostrophes that are none
    ("‘I don’t know,’ he said.", ["I don’t know,"]),
    ("'I don't know,' he said.", ["I don't know,"]),
    ("He said: ‘It is the boys’ turn.’ She left.", ["It is the boys’ turn."]),
    ("‘The boys’ toys are here,’ he said, ‘and so are we.’", ["The boys’ toys are here,", "and so are we."]),
    ("He calls them ‘terrorists’ every day.", ["terrorists"]),
    ("He called 'terrorists' those who said 'no', and 'yes'.", ["terrorists", "no", "yes"]),
    ("It’s the boys’ and the girls’ turn.", []),
    ("It's the boys' and the girls' turn.", []),
    ("In the ’90s and the ‘80s, and in '68, rock ‘n’ roll.", []),
    ("'Tis the season of goin' home, 'cause it's late.", []),
    ("Get ‘em out, the candidates’ fans said.", []),
    ("The O'Neills' house is D'Arcy's.", []),
    ("Europe 'must pay': Hegseth", ["must pay"]),
    ("He said ‘yes.’", ["yes."]),
    # inches and feet
    ('A 12" pipe and a 6\'2" man.', []),
    ('"He laid a 12" pipe," she said.', ['He laid a 12" pipe,']),
    # an odd mark costs its own quotation at most
    ("“Yes. He said “no” and left.", ["Yes.", "no"]),
    ('"Yes. He said "no" and left.', ["Yes.", "no"]),
    ("He said yes” and “no” and left.", ["no"]),
    ('He said yes" and "no" and left.', ["no"]),
    ("“I will go. I will stay.\nHe said “no”.", ["I will go. I will stay.", "no"]),
    ("It was “odd.\n\nHe said “no”.\n\n“Yes,” she said.", ["odd.", "no", "Yes,"]),
    ("A ‘ lone mark. He said ‘no’.", ["no"]),
    ("‘Odd start. It is “no”, he said.", ["no"]),
    ("« Odd. He said «no».", ["no"]),
    # several paragraphs
    ("“One.\n\n“Two.\n\n“Three,” he said.", ["One.", "Two.", "Three,"]),
    ('"One.\n"Two.\n"Three," he said. He said "no".', ["One.", "Two.", "Three,", "no"]),
    ("‘One isn’t it.\n\n‘Two,’ he said.", ["One isn’t it.", "Two,"]),
    ("He said: “One.\n\nTwo,” and left. “Three.”", ["One.", "Two,", "Three."]),
    # a line break inside a sentence of hard-wrapped text ends no paragraph
    (
        '"We will stay here for as long as it takes\nto end this war, whatever\nmay come," he said.',
        ["We will stay here for as long as it takes\nto end this war, whatever\nmay come,"],
    ),
    ("A headline with an “odd mark\nHe said “no” to me and to all of them.", ["odd mark", "no"]),
]


@pytest.mark.parametrize(("text", "quoted"), CASES, ids=[t[:40].replace("\n", "|") for t, _ in CASES])
def test_quoted(text: str, quoted: list[str]) -> None:
    assert [text[a:b] for a, b in find_quotes(text).spans] == quoted


def test_any_text_is_read() -> None:
    marks = "“ ” „ ‟ \" `` '' « » ‹ › ‘ ’ '".split()
    for a in marks:
        for b in marks:
            for text in (a, a + b, f"{a}x{b}", f"x {a} y {b} z", f"{a}x\n{b}y", f"x{a} {b}y"):
                spans = find_quotes(text).spans
                assert all(0 <= start < end <= len(text) for start, end in spans)
                assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_share_of_letters() -> None:
    text = "He said “yes, yes” and no."
    quotes = find_quotes(text)
    assert quotes.covered(8, 18, text) == 1.0
    assert quotes.covered(0, 7, text) == 0.0
    assert quotes.covered(0, 18, text) == pytest.approx(6 / 12)
    assert quotes.covered(7, 8, text) == 0.0  # no letter


def test_edges() -> None:
    text = "He said “yes,” and “no.\n“Never,” he said."
    quotes = find_quotes(text)
    assert [i for i in range(len(text) + 1) if quotes.opens(i)] == [9, 20, 25]
    assert [i for i in range(len(text) + 1) if quotes.closes(i)] == [13, 31]  # “no. is closed by no mark
    assert [i for i in range(len(text)) if quotes.inside(i)] == [*range(9, 13), *range(20, 23), *range(25, 31)]
    assert list(quotes.overlapping(0, 21)) == [(9, 13), (20, 23)]
