import pytest

from kg.judge import Words, sentence
from kg.judge.find import Text
from kg.judge.partition import Partition

PASSAGE = "“No deal,” said Berg’s aide – twice."


@pytest.mark.parametrize(
    "body",
    [
        PASSAGE,
        f"Before.\n{PASSAGE}\nAfter.",
        '"No\ndeal,"   said Berg\'s\u00a0aide — twice.',
        "Berg spoke. “No deal,” said Berg’s aide ‑ twice. Berg left.",
    ],
)
def test_a_passage_is_found_whatever_its_white_space_quotation_marks_and_dashes(body: str) -> None:
    span = Text(body).find(PASSAGE, Words("Berg", "said ", "’s"))
    assert span is not None
    assert span.text == "Berg"
    assert body[span.start : span.end] == "Berg"
    assert body[: span.start].rstrip().endswith("said")


@pytest.mark.parametrize("body", ["", "“No deal,” said Berg’s aide.", "Berg", "“no deal,” said Berg’s aide – twice."])
def test_any_other_change_of_a_passage_makes_it_another(body: str) -> None:
    assert Text(body).find(PASSAGE, Words("Berg", "", "")) is None
    assert not Text(body).holds(PASSAGE)


@pytest.mark.parametrize(
    ("prefix", "suffix", "start"), [("x: ", " no", 3), ("y: ", " no", 14), ("", " yes", 25), ("", "", 3)]
)
def test_of_several_the_one_in_the_most_similar_surroundings_is_meant(prefix: str, suffix: str, start: int) -> None:
    body = "x: Berg no\ny: Berg no\ny: Berg yes"
    span = Text(body).find("Berg", Words("Berg", prefix, suffix))
    assert span is not None
    assert span.start == start


@pytest.mark.parametrize(
    ("body", "words", "around"),
    [
        ("One. Two Berg three. Four.", "Berg", "Two Berg three."),
        ("Berg", "Berg", "Berg"),
        ("Title\n\n  Berg came.” Next", "Berg", "Berg came.”"),
        ("He said: “Berg!” “Go on.”", "Berg", "He said: “Berg!”"),
        ("Berg came. Berg left.", "Berg", "Berg came."),
        ("x " * 1000 + "Berg" + " y" * 1000, "Berg", "x " * 200 + "Berg" + " y" * 200),
    ],
)
def test_a_mention_is_quoted_with_its_sentence(body: str, words: str, around: str) -> None:
    start = body.index(words)
    found = sentence(body, start, start + len(words))
    assert found.text == around
    assert body[found.start : found.end] == around


def test_what_must_stay_apart_is_not_joined() -> None:
    partition: Partition[str] = Partition()
    assert partition.join("a", "b")
    assert partition.part("b", "c")
    assert partition.join("c", "d")
    assert not partition.join("a", "d")
    assert partition.join("x", "d")
    assert not partition.join("x", "b")
    assert not partition.part("c", "x")
    assert partition.joined("c", "x")
    assert not partition.joined("a", "x")
    assert partition.join("a", "a")
