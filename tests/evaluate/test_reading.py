"""The frame of the reading tasks and its first topics, on hand-built items and evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from kg.errors import RunError
from kg.evaluate import evaluate
from kg.evaluate.reading import act, coreference, mood, nested, quotes, speakers
from kg.evaluate.reading.align import agree, answer, one_of, paired, same_names
from kg.evaluate.reading.gold import Item, Target, Texts, read_items
from kg.evaluate.report import summarise
from kg.evaluate.scores import Counts
from kg.model import Article, Claim, Entity, Evidence, Mention, Span

TEXT = "Xinhua reported that Laos said: “Wait.” Ana Roe, the mayor, called it “odd”."


def span(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words), words)


def gold(words: str, text: str = TEXT) -> dict[str, int]:
    return {"start": span(words, text).start, "end": span(words, text).end}


def claim(id: str, source: str | None, cue: str, content: str, **fields: Any) -> Claim:
    given = {"kind": "indirect", "passage": span(content), **fields}
    return Claim(id=id, source=span(source) if source else None, cue=span(cue), content=(span(content),), **given)  # type: ignore[arg-type]


def entity(id: str, type: Any, name: str) -> Entity:
    return Entity(id, type, name, (Mention(0, 1, "X", "name"),))


ENTITIES = (
    entity("e1", "Organisation", "Xinhua"), entity("e2", "Country", "Laos"), entity("e3", "Person", "Ana Roe")
)  # fmt: skip
REPORT = claim("c1", "Xinhua", "reported", "that Laos said: “Wait.”", speakers=("e1",), reported_by="e1")
WAIT = claim("c2", "Laos", "said", "“Wait.”", speakers=("e2",), kind="direct", within="c1")
TARGET = Target((span("called").start, span("called").end), ((span("it “odd”").start, span("it “odd”").end),))
ODD = claim("c3", "Ana Roe, the mayor", "called", "it “odd”", speakers=("e3",), kind="mixed")


def evidence(*claims: Claim) -> Evidence:
    return Evidence(Article("a.txt", TEXT), ENTITIES, claims)


def item(label: dict[str, Any], target: Target | None = None) -> Item:
    return Item("x-1", "x-1", "written", TEXT, 0, len(TEXT), "2025-01-01", None, {"id": "x-1", **label}, target)


def test_links_are_pairs_of_claims_and_outlets() -> None:
    label = item(
        {
            "claims": [
                {"id": "c1", "source": None, "cue": gold("reported"), "content": [gold("that Laos said: “Wait.”")],
                 "within": None, "reported_by": "Xinhua"},
                {"id": "c2", "source": None, "cue": gold("said"), "content": [gold("“Wait.”")],
                 "within": "c1", "reported_by": "the Xinhua"},
                {"id": "c3", "source": None, "cue": gold("called"), "content": [gold("it “odd”")],
                 "within": None, "reported_by": None},
            ]
        }
    )  # fmt: skip
    scores = nested.score(label, evidence(REPORT, WAIT, ODD))
    assert scores["within"] == Counts(1, 1, 1)
    assert scores["reported by"] == Counts(1, 1, 2)
    assert scores["links"] == Counts(2, 2, 3)
    assert scores["claims"] == Counts(3, 3, 3)
    assert nested.score(label, evidence())["links"] == Counts(0, 0, 3)


def test_stretches_run_from_mark_to_mark_and_have_a_speaker() -> None:
    label = item(
        {
            "quotes": [
                {"content": gold("“Wait.”"), "source": gold("Laos"), "cue": None,
                 "speakers": [{"name": "Laos", "type": "Country"}]},
                {"content": gold("“odd”"), "source": gold("Ana Roe, the mayor"), "cue": None,
                 "speakers": [{"name": "Bo Roe", "type": "Person"}]},
            ]
        }
    )  # fmt: skip
    scores = quotes.score(label, evidence(REPORT, WAIT, ODD))
    assert scores["stretches, exact"] == Counts(2, 2, 2)
    assert scores["speaker"] == scores["speaker, of all stretches"] == Counts(1, 2, 2)
    scores = quotes.score(label, evidence(WAIT))
    assert (scores["speaker"], scores["speaker, of all stretches"]) == (Counts(1, 1, 1), Counts(1, 2, 2))


@pytest.mark.parametrize(
    ("label", "wanted", "ours", "right"),
    [
        ("person", [("Roe", "Person")], ("e3",), True),
        ("unnamed", [], ("e3",), False),
        ("unnamed", [], (), True),
        ("joint", [("Laos", "Country"), ("Ana Roe", "Person")], ("e3", "e2"), True),
    ],
)
def test_speakers(label: str, wanted: list[tuple[str, str]], ours: tuple[str, ...], right: bool) -> None:
    target = Target((span("called").start, span("called").end), ((span("it “odd”").start, span("it “odd”").end),))
    names = [{"name": name, "type": type_} for name, type_ in wanted]
    label_of = item({"class": label, "source": gold("Ana Roe, the mayor"), "speakers": names}, target)
    said = claim("c1", "Ana Roe, the mayor", "called", "it “odd”", speakers=ours)
    scores = speakers.score(label_of, evidence(said))
    assert scores["speakers"] == scores["class"] == Counts(int(right), 1, 1)
    assert scores["source, exact"] == Counts(1, 1, 1)
    assert speakers.score(label_of, evidence())["speakers"] == Counts(0, 1, 1)


NOTE = "The Ghent council met Ana Roe and Bo Roe. The council’s clerk spoke. They left; the mayor’s aide did not."


def referring(name: str, type_: Any, *mentions: tuple[str, str]) -> Entity:
    found = [span(words, NOTE) for words, _ in mentions]
    kinds: list[Any] = [kind for _, kind in mentions]
    return Entity(
        name[:1], type_, name, tuple(Mention(s.start, s.end, s.text, k) for s, k in zip(found, kinds, strict=True))
    )


MAYOR = referring("Ana Roe", "Person", ("Ana Roe", "name"), ("They", "pronoun"), ("mayor", "title"))
OTHER = referring("Roe", "Person", ("Bo Roe", "name"), ("They", "pronoun"))
BODY = referring("Council", "Organisation", ("Ghent council", "name"), ("The council", "nominal"))
NAMED = {
    "Ana": {"name": "Ana Roe", "type": "Person"},
    "Bo": {"name": "Bo Roe", "type": "Person"},
    "Ghent": {"name": "Ghent council", "type": "Organisation"},
}


@pytest.mark.parametrize(
    ("mention", "who", "ours", "links", "right"),
    [
        ("They", ["Ana", "Bo"], (MAYOR, OTHER), (2, 2, 2), True),
        ("They", ["Ana", "Bo"], (MAYOR, BODY), (1, 1, 2), False),
        ("They", ["Ana"], (MAYOR, OTHER), (1, 2, 1), False),
        ("They", [], (MAYOR,), (0, 1, 0), False),
        ("They", [], (BODY,), (0, 0, 0), True),
        ("the mayor", ["Ana"], (MAYOR, OTHER), (1, 1, 1), True),
        ("the mayor’s aide", [], (MAYOR, OTHER), (0, 0, 0), True),  # not the mayor
        ("The council", ["Ghent"], (BODY,), (1, 1, 1), True),  # called so by a mention alone
        ("The council", ["Ana"], (BODY,), (0, 1, 1), False),
        ("The Ghent council", [], (BODY,), (0, 0, 0), True),  # a name is no link
    ],
)
def test_whom_a_source_stands_for(
    mention: str, who: list[str], ours: tuple[Entity, ...], links: tuple[int, int, int], right: bool
) -> None:
    found, at = Evidence(Article("b.txt", NOTE), ours, ()), gold(mention, NOTE)
    label = Item(
        "x-1", "x-1", "stand-off", NOTE, 0, len(NOTE), None, None, {"who": [NAMED[w] for w in who]}, None,
        (at["start"], at["end"]),
    )  # fmt: skip
    scores = coreference.score(label, found)
    assert (scores["who"], scores["links"]) == (Counts(int(right), 1, 1), Counts(*links))
    assert scores["who: named" if who else "who: nobody named"] == scores["who"]


def test_the_claim_that_answers_overlaps_and_its_cue_touches() -> None:
    content = span("that Laos said: “Wait.”")
    near = claim("c9", None, "called", "that Laos said")
    target = Target((span("reported").start, span("reported").end), ((content.start, content.end),))
    assert answer([near, REPORT, WAIT], target) == REPORT
    assert answer([near], target) == near
    assert answer([WAIT, ODD], target) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("the New York Times", "New York Times", True),
        ("Secretary Hegseth", "Pete Hegseth", True),
        ("Larry King", "King", True),
        ("U.S. Senate", "US Senate", True),
        ("Ana Roe", "Bo Roe", False),
        ("?", "Bo Roe", False),
    ],
)
def test_names_agree(ours: str, theirs: str, same: bool) -> None:
    assert agree((ours, "Person"), (theirs, "Person")) == agree((theirs, "Person"), (ours, "Person")) == same
    assert not agree((ours, "Person"), (theirs, "Country"))


def test_as_many_names_one_to_one() -> None:
    assert same_names([("A B", "Person"), ("A C", "Person")], [("A C", "Person"), ("A B", "Person")])
    assert not same_names([("A", "Person"), ("A", "Person")], [("A", "Person"), ("B", "Person")])
    assert not same_names([("A", "Person")], [])
    assert paired(lambda i, j: (2.0, 3.0)[i] * (j == 0), 2, 2) == {1: 0}


def test_macro_f1_is_the_mean_over_the_classes_of_gold() -> None:
    rows = [
        ("written", one_of("act: ", "denial", "denial")),
        ("written", one_of("act: ", "promise", "statement")),
        ("written", one_of("act: ", None, "statement")),
    ]
    figures, _ = summarise(rows, ("act",), {"act": "act: "})
    assert figures[0].name == "act"
    assert figures[0].value == 50.0  # 1 for denial, 0 for statement; nobody asked for a promise
    assert figures[0].low is not None
    assert {f.name for f in figures[1:]} == {"act: denial", "act: statement", "act: promise"}


def write_gold(folder: Path, items: list[dict[str, Any]], labels: list[dict[str, Any]]) -> Path:
    for path, records in (("items", items), ("gold/dev", labels)):
        (folder / "reading" / path).mkdir(parents=True)
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / "reading" / path / "nested.ndjson").write_text(lines, encoding="utf-8")
    return folder


def test_items_lie_in_corpora_or_bring_their_text(data: Path, tmp_path: Path) -> None:
    items = [
        {"id": "n-1", "corpus": "polnear-dev", "document": "a2", "start": 0, "end": 27},
        {"id": "n-2", "text": TEXT, "published": "2025-01-02", "outlet": "Echo"},
    ]
    folder = write_gold(tmp_path / "gold", items, [{"id": "n-2", "claims": []}, {"id": "n-1", "claims": []}])
    written, found = read_items(folder / "reading", "nested", "dev", Texts(data))
    assert (written.kind, written.text, written.end, written.outlet) == ("written", TEXT, len(TEXT), "Echo")
    assert (found.kind, found.text[found.start : found.end]) == ("stand-off", "It is thought that he left.")
    assert (found.document, found.published, found.outlet) == ("a2", "2016-01-03", "politico")


@pytest.mark.parametrize(
    ("items", "labels", "told"),
    [
        ([], [{"id": "n-1"}], "nested.ndjson:1: no item is called 'n-1'"),
        ([{"id": "n-1", "text": TEXT}], [{"id": "n-1"}], "'n-1' is not as described"),
        ([{"id": "n-1", "corpus": "x", "document": "a2"}], [{"id": "n-1"}], "no corpus is called 'x'"),
        ([{"id": "n-1", "corpus": "gum-dev", "document": "a2"}], [{"id": "n-1"}], "gum-dev: no document 'a2'"),
        ([], [{}], "nested.ndjson:1: a JSON object with an id expected"),
    ],
)
def test_broken_gold_is_named(
    data: Path, tmp_path: Path, items: list[dict[str, Any]], labels: list[dict[str, Any]], told: str
) -> None:
    folder = write_gold(tmp_path / "gold", items, labels)
    with pytest.raises(RunError, match=told):
        list(read_items(folder / "reading", "nested", "dev", Texts(data)))


def test_a_task_reads_each_text_once_and_does_without_gold(data: Path, tmp_path: Path) -> None:
    items = [
        {"id": f"n-{n}", "corpus": "polnear-dev", "document": "a2", "start": 0, "end": 27, "text_of": n} for n in (1, 2)
    ]
    label = {"id": "c1", "source": None, "cue": {"start": 0, "end": 5}, "content": [{"start": 6, "end": 9}],
             "within": None, "reported_by": "Echo"}  # fmt: skip
    folder = write_gold(tmp_path / "gold", items, [{"id": f"n-{n}", "claims": [label]} for n in (1, 2)])
    nlp, read = spacy.blank("en"), list[str]()
    words = nlp.tokenizer
    nlp.tokenizer = lambda text: read.append(text) or words(text)
    report = evaluate(nlp, data, ["reading-nested"], gold=folder)
    assert report.figure("reading-nested", "links").counts == Counts(0, 0, 2)
    assert read == ["It is thought that he left."]
    with pytest.raises(RunError, match="reading-nested: left out: it needs --gold DIR"):
        evaluate(nlp, data, ["reading-nested"])
    with pytest.raises(RunError, match=r"final/nested.ndjson: no such file"):
        evaluate(nlp, data, ["reading-nested"], gold=folder, half="final")


@pytest.mark.parametrize(("ours", "right"), [("denial", True), ("statement", False)])
def test_the_act_of_the_claim_that_answers(ours: str, right: bool) -> None:
    label = item({"act": "denial"}, TARGET)
    scores = act.score(label, evidence(claim("c1", None, "called", "it “odd”", act=ours)))
    assert scores["accuracy"] == Counts(int(right), 1, 1)
    assert scores["act: denial"] == Counts(int(right), int(right), 1)
    assert act.score(label, evidence())["act: denial"] == Counts(0, 0, 1)


def test_polarity_and_modality_of_the_claim_that_answers() -> None:
    label = item({"polarity": "negative", "modality": "possible"}, TARGET)
    said = claim("c1", None, "called", "it “odd”", polarity="negative", modality="asserted")
    scores = mood.score(label, evidence(said))
    assert scores["polarity negative"] == Counts(1, 1, 1)
    assert (scores["modality possible"], scores["modality asserted"]) == (Counts(0, 0, 1), Counts(0, 1, 0))
    assert mood.score(label, evidence())["modality possible"] == Counts(0, 0, 1)
