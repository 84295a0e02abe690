"""GUM's entities, and links scored against them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from treebank import tree, write

from kg.errors import RunError
from kg.evaluate.coreference import score_links
from kg.evaluate.gum import gold_mentions, is_definite, is_name, is_pronoun
from kg.evaluate.trees import TreeDocument, trees
from kg.model import Entity, Mention, MentionKind


def entity(group: str, type_: str, span: str, link: str = "coref") -> str:
    """An Entity= column: `span` is "(" at the first word, ")" at the last, "()" at the only one."""
    fields = f"{group}-{type_}-new-nnnnn-cf1-1-{link}"
    return {"(": f"({fields}", ")": f"{group})", "()": f"({fields})"}[span]


TEXT = tree(
    f"1 Ana Ana PROPN NNP 6 nsubj Entity={entity('9', 'person', '(')}{entity('1', 'person', '(')}",
    f"2 Ruiz Ruiz PROPN NNP 1 flat Entity={entity('1', 'person', ')')}",
    "3 and and CCONJ CC 4 cc _",
    f"4 Jo Jo PROPN NNP 1 conj Entity={entity('2', 'person', '(')}",
    f"5 Beck Beck PROPN NNP 4 flat Entity={entity('2', 'person', ')')}{entity('9', 'person', ')')}",
    "6 left leave VERB VBD 0 root _",
    f"7 the the DET DT 8 det Entity={entity('3', 'organization', '(')}",
    f"8 agency agency NOUN NN 6 obj Entity={entity('4', 'organization', '()')}{entity('3', 'organization', ')')}",
) + tree(
    f"1 They they PRON PRP 2 nsubj Entity={entity('9', 'person', '()', 'ana')}",
    "2 told tell VERB VBD 0 root _",
    f"3 her she PRON PRP 2 obj Entity={entity('1', 'person', '()', 'ana')}",
    "4 that that SCONJ IN 8 mark _",
    f"5 the the DET DT 6 det Entity={entity('2', 'person', '(')}",
    f"6 man man NOUN NN 8 nsubj Entity={entity('2', 'person', ')')}",
    "7 was be AUX AUX 8 cop _",
    f"8 president president NOUN NN 2 ccomp Entity={entity('2', 'person', '()', 'pred')}",
    "9 and and CCONJ CC 11 cc _",
    f"10 the the DET DT 11 det Entity={entity('5', 'person', '(')}",
    f"11 judge judge NOUN NN 8 conj Entity={entity('5', 'person', ')')}",
    f"12 Americans American PROPN NNPS 11 appos Entity={entity('6', 'person', '()')}",
)  # fmt: skip


def read(tmp_path: Path, text: str) -> TreeDocument:
    write(tmp_path / "syntax-coref" / "gum-dev.conllu.gz", "# newdoc id = GUM_news_x\n" + text)
    (document,) = trees(tmp_path, "gum-dev")
    return document


@pytest.fixture
def document(tmp_path: Path) -> TreeDocument:
    return read(tmp_path, TEXT)


def words(document: TreeDocument, start: int, end: int) -> str:
    return document.text[document.words[start].start : document.words[end - 1].end]


def test_mentions_nest(document: TreeDocument) -> None:
    mentions = gold_mentions(document)
    assert [(words(document, m.start, m.end), m.group, len(m.own)) for m in mentions][:4] == [
        ("Ana Ruiz and Jo Beck", "9", 1),
        ("Ana Ruiz", "1", 2),
        ("Jo Beck", "2", 2),
        ("the agency", "3", 1),
    ]
    assert [m.group for m in mentions if is_pronoun(document, m)] == ["9", "1"]
    assert [words(document, m.start, m.end) for m in mentions if is_definite(document, m)] == [
        "the agency", "the man", "the judge",
    ]  # fmt: skip
    assert [words(document, m.start, m.end) for m in mentions if is_name(document, m)] == [
        "Ana Ruiz and Jo Beck", "Ana Ruiz", "Jo Beck",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("(1-person-new-nnnnn-cf1-1-coref", "GUM_news_x: mentions that never end: 1"),
        ("1)", "GUM_news_x, word 1: mention '1' ends here and never began"),
        ("(1-person)", "GUM_news_x, word 1: mention '.1-person.' has fewer than seven fields"),
    ],
)
def test_broken_brackets_are_named(tmp_path: Path, column: str, message: str) -> None:
    document = read(tmp_path, tree(f"1 Rain rain NOUN NN 0 root Entity={column}"))
    with pytest.raises(RunError, match=message):
        gold_mentions(document)


def made(document: TreeDocument, number: int, *mentions: tuple[str, MentionKind]) -> Entity:
    """An entity with these words as mentions, each at its first occurrence."""
    found = []
    for text, kind in mentions:
        start = document.text.index(text)
        found.append(Mention(start, start + len(text), text, kind))
    return Entity(f"e{number}", "Person", mentions[0][0], tuple(found))


@pytest.mark.parametrize(
    ("ana", "jo", "links"),
    [
        ([("her", "pronoun"), ("They", "pronoun")], [("They", "pronoun"), ("the man", "nominal")], (3, 3)),
        ([("her", "pronoun"), ("They", "pronoun")], [], (1, 2)),  # "they" are two
        ([("the man", "nominal")], [("her", "pronoun")], (0, 2)),
        ([], [("president", "title")], (0, 0)),  # a predicate
        ([("judge", "title")], [], (0, 1)),  # nobody with a name
        ([("agency", "nominal")], [], (0, 1)),
    ],
)
def test_links(
    document: TreeDocument,
    ana: list[tuple[str, MentionKind]],
    jo: list[tuple[str, MentionKind]],
    links: tuple[int, int],
) -> None:
    entities = [made(document, 1, ("Ana Ruiz", "name"), *ana), made(document, 2, ("Beck", "name"), *jo)]
    counts = score_links(document, entities)
    assert (counts["links"].correct, counts["links"].predicted) == links
    assert (counts["links"].gold, counts["pronouns"].gold, counts["nouns"].gold) == (3, 2, 1)
    assert counts["written"] == counts["links"]
    assert "conversation" not in counts
