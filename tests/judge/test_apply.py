"""What judgements say of evidence, and what resolution makes of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace

import pytest
from court import (
    EVIDENCE,
    FERREIRA,
    FERREIRA_TALKS,
    INGRID,
    INGRID_REPLY,
    PETTER,
    REPLY,
    REUTERS,
    SOLVANG,
    TALKS,
    UNDATED,
    at,
    entry,
    hide,
    pair,
    speaker,
    wrong,
)
from samples import mention, span

from kg.judge import ClaimId, Entry, Rulings, Undo, apply
from kg.model import Article, Claim, Entity, Evidence, Member, Mention, Office
from kg.resolve import Synthesis, resolve


def judged(entries: Iterable[Entry], evidence: tuple[Evidence, ...] = EVIDENCE) -> tuple[Rulings, Synthesis]:
    rulings = apply(entries, evidence)
    return rulings, resolve(evidence, rulings)


def groups(synthesis: Synthesis) -> dict[str, list[str]]:
    """Paths of the articles each entity is in, by name; names that two have are numbered."""
    found: dict[str, list[str]] = {}
    paths = {record.article.key: record.article.path for record in EVIDENCE}
    for entity in sorted(synthesis.entities, key=lambda e: e.members):
        name = entity.name if entity.name not in found else f"{entity.name} 2"
        found[name] = sorted(paths.get(m.article, m.article) for m in entity.members)
    return found


def claim_of(synthesis: Synthesis, article: Article, id: str) -> Claim:
    (record,) = (record for record in synthesis.revised if record.article == article)
    return next(claim for claim in record.claims if claim.id == id)


def speakers(synthesis: Synthesis, article: Article, id: str) -> list[str]:
    names = {entity.id: entity.name for entity in synthesis.entities}
    (claim,) = (c for c in synthesis.claims if (c.article, c.id) == (article.key, id))
    return sorted(names[s] for s in claim.speakers)


def test_no_judgements_change_nothing() -> None:
    assert judged([]) == (Rulings(), resolve(EVIDENCE))


@pytest.mark.parametrize(
    ("entries", "changed"),
    [
        ([pair("same", INGRID, PETTER)], {"Ingrid Solvang": ["notes/on the quay.txt", "reply.md", "talks.md"]}),
        ([pair("same", PETTER, SOLVANG)], {"Ingrid Solvang": ["notes/on the quay.txt", "reply.md", "talks.md"]}),
        (
            [pair("different", INGRID, INGRID_REPLY)],
            {"Ingrid Solvang": ["talks.md"], "Ingrid Solvang 2": ["reply.md"]},
        ),
        (
            [pair("different", INGRID, INGRID_REPLY), pair("same", INGRID_REPLY, PETTER, 1)],
            {"Ingrid Solvang": ["talks.md"], "Ingrid Solvang 2": ["notes/on the quay.txt", "reply.md"]},
        ),
        (
            [pair("different", FERREIRA, FERREIRA_TALKS)],
            {"Tomás Ferreira": ["reply.md"], "Tomas Ferreira": ["talks.md"]},
        ),
        ([pair("different", INGRID, PETTER)], {}),
        (
            [pair("unsure", INGRID, INGRID_REPLY)],
            {"Ingrid Solvang": ["talks.md"], "Ingrid Solvang 2": ["reply.md"]},
        ),
        (  # what sure judgements make one stays one
            [
                pair("same", INGRID, PETTER),
                pair("same", INGRID_REPLY, PETTER, 1),
                pair("unsure", INGRID, INGRID_REPLY, 2),
            ],
            {"Ingrid Solvang": ["notes/on the quay.txt", "reply.md", "talks.md"]},
        ),
        (
            [pair("same", INGRID, PETTER), pair("unsure", INGRID_REPLY, PETTER, 1), pair("unsure", INGRID, PETTER, 2)],
            {},
        ),
    ],
)
def test_who_is_who(entries: list[Entry], changed: dict[str, list[str]]) -> None:
    plain = groups(resolve(EVIDENCE))
    rulings, synthesis = judged(entries)
    after = groups(synthesis)
    gone = {name for name in plain if name not in after}
    assert {name: paths for name, paths in after.items() if plain.get(name) != paths} == changed
    assert gone <= {"Petter Solvang", "Tomas Ferreira"}
    assert rulings.orphans == rulings.conflicts == ()
    for order in itertools.permutations(entries):
        assert judged(order, EVIDENCE[::-1]) == (rulings, synthesis)


def test_what_rests_on_a_judgement_says_so() -> None:
    one, two = pair("same", INGRID, PETTER), speaker(TALKS, "c4", REUTERS, minute=1)
    _, synthesis = judged([one, two])
    assert {e.name: e.judgements for e in synthesis.entities if e.judgements} == {"Ingrid Solvang": (one.id,)}
    assert {(c.article, c.id): c.judgements for c in synthesis.claims if c.judgements} == {(TALKS.key, "c4"): (two.id,)}


def test_an_entity_keeps_the_id_of_its_earliest_mention() -> None:
    before = {e.name: e.id for e in resolve(EVIDENCE).entities}
    joined = {e.name: e.id for e in judged([pair("same", INGRID, PETTER)])[1].entities}
    assert joined == {name: id for name, id in before.items() if name != "Petter Solvang"}
    apart = judged([pair("different", INGRID, INGRID_REPLY)])[1]
    assert sorted(e.id == before["Ingrid Solvang"] for e in apart.entities if e.name == "Ingrid Solvang") == [
        False,
        True,
    ]


def many(*names: str) -> tuple[Evidence, ...]:
    """Articles a, b, c, … each of which names one person."""
    return tuple(
        Evidence(
            Article(chr(97 + n), f"{name} came.", published=f"2025-01-{n + 1:02}"),
            (Entity("e1", "Person", name, (Mention(0, len(name), name, "name"),)),),
            (),
        )
        for n, name in enumerate(names)
    )


def links(evidence: tuple[Evidence, ...], *said: str) -> list[Entry]:
    """ "ab" says that the people of a and b are one, "a/b" that they are not; each later than the one before."""
    where = {record.article.path: at(record.article, f"[{record.entities[0].name}] came") for record in evidence}
    return [
        pair("different" if "/" in one else "same", where[one[0]], where[one[-1]], minute, author=f"author {minute}")
        for minute, one in enumerate(said)
    ]


@pytest.mark.parametrize(
    ("said", "parts", "overruled"),
    [
        ((), ["abcdef"], []),
        (("a/b",), ["acdef", "b"], []),
        (("b/c",), ["abdef", "c"], []),
        (("a/b", "bd"), ["acef", "bd"], []),
        (("a/b", "bd", "de"), ["acf", "bde"], []),
        (("a/b", "a/c"), ["adef", "bc"], []),
        (("a/b", "a/c", "b/c"), ["adef", "b", "c"], []),
        (("ab", "a/b"), ["acdef", "b"], ["ab"]),
        (("a/b", "ab"), ["abcdef"], ["a/b"]),
        (("ab", "bc", "a/c"), ["adef", "bc"], ["ab"]),
        (("a/c", "ab", "bc"), ["abcdef"], ["a/c"]),
        (("ab", "a/b", "ab"), ["abcdef"], ["a/b"]),
    ],
)
def test_sets_are_taken_apart_so_that_every_later_judgement_holds(
    said: tuple[str, ...], parts: list[str], overruled: list[str]
) -> None:
    evidence = many(*["John Smith"] * 6)
    entries = links(evidence, *said)
    rulings, synthesis = judged(entries, evidence)
    assert sorted("".join(m.article for m in e.members) for e in synthesis.entities) == parts
    text = dict(zip((e.id for e in entries), said, strict=True))
    assert [text[id] for id, standing in rulings.standing.items() if standing == "overruled"] == overruled
    assert [text[c.overruled.id] for c in rulings.conflicts] == overruled
    for order in itertools.permutations(entries):
        assert judged(order, evidence[::-1]) == (rulings, synthesis)


def test_judgements_join_what_rules_join_with_others() -> None:
    evidence = many("Ann Bee", "Ann Bee", "A. Bee", "Ann Bay", "Ann Bay")
    _, synthesis = judged(links(evidence, "bc", "cd"), evidence)
    assert sorted("".join(m.article for m in e.members) for e in synthesis.entities) == ["abcde"]
    _, synthesis = judged(links(evidence, "bc", "cd", "a/e"), evidence)
    assert sorted("".join(m.article for m in e.members) for e in synthesis.entities) == ["abcd", "e"]


def test_only_conflicts_of_two_people_are_told() -> None:
    first, second = pair("same", INGRID, PETTER), pair("different", SOLVANG, PETTER, 1)
    rulings, _ = judged([first, second])
    assert (rulings.standing[first.id], rulings.overruled_by[first.id], rulings.conflicts) == (
        "overruled",
        second.id,
        (),
    )
    other = replace(second, author="Bo")
    (conflict,) = judged([first, other])[0].conflicts
    assert (conflict.holds, conflict.overruled) == (other, first)
    assert "Bo" in str(conflict)
    assert "Ann" in str(conflict)
    agreeing = replace(first, author="Bo")
    rulings, _ = judged([first, agreeing])
    assert rulings.conflicts == ()
    assert set(rulings.standing.values()) == {"in force"}


def test_a_country_keeps_its_code_where_most_of_its_articles_are() -> None:
    def georgia(path: str) -> Evidence:
        country = Entity("e1", "Country", "Georgia", (Mention(0, 7, "Georgia", "name"),), iso="GE")
        return Evidence(Article(path, "Georgia came."), (country,), ())

    evidence = tuple(map(georgia, "abc"))
    _, synthesis = judged(links(evidence, "a/b", "a/c", "bc"), evidence)
    assert sorted((e.id == "GE", e.iso, len(e.members)) for e in synthesis.entities if e.iso) == [(True, "GE", 2)]
    assert sorted((e.type, e.iso is None, len(e.members)) for e in synthesis.entities) == [
        ("Country", False, 2),
        ("Country", True, 1),
    ]


# --- claims -----------------------------------------------------------------------------------------------------


def test_speakers_are_replaced_by_those_judged_right_wherever_they_are_mentioned() -> None:
    entries = [
        speaker(TALKS, "c4", PETTER, FERREIRA),
        speaker(TALKS, "c1", minute=1),
        speaker(REPLY, "c1", INGRID, minute=2),
        speaker(REPLY, "c2", PETTER, minute=3, author="Bo"),
        speaker(REPLY, "c2", INGRID, minute=4),
    ]
    rulings, synthesis = judged(entries)
    assert speakers(synthesis, TALKS, "c4") == ["Petter Solvang", "Tomas Ferreira"]
    assert speakers(synthesis, TALKS, "c1") == []
    assert speakers(synthesis, REPLY, "c1") == speakers(synthesis, REPLY, "c2") == ["Ingrid Solvang"]
    assert speakers(synthesis, TALKS, "c2") == ["Ingrid Solvang"]
    assert [(c.holds, c.overruled) for c in rulings.conflicts] == [(entries[4], entries[3])]
    assert rulings.applied == 4


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (wrong(TALKS, "c1", "polarity", "positive"), "polarity", "positive"),
        (wrong(TALKS, "c1", "kind", "direct"), "kind", "direct"),
        (wrong(TALKS, "c1", "act", "warning"), "act", "warning"),
        (wrong(TALKS, "c1", "modality", "intended"), "modality", "intended"),
        (
            wrong(TALKS, "c1", "cue", "Solvang [said on Tuesday] that"),
            "cue",
            span(TALKS, "Solvang [said on Tuesday] that"),
        ),
        (wrong(TALKS, "c1", "source", None), "source", None),
        (
            wrong(TALKS, "c1", "content", "“[will not be bullied]”"),
            "content",
            (span(TALKS, "“[will not be bullied]”"),),
        ),
    ],
)
def test_fields_are_corrected_and_nothing_else(change: Entry, field: str, value: object) -> None:
    _, synthesis = judged([change])
    before = EVIDENCE[0].claims[0]
    after = claim_of(synthesis, TALKS, "c1")
    assert getattr(after, field) == value
    about = {"about": ()} if field == "content" else {}
    assert after == replace(before, **{field: value, **about})
    (resolved,) = (c for c in synthesis.claims if c.judgements)
    assert (resolved.id, resolved.about) == ("c1", () if field == "content" else ("IS",))


def test_hidden_claims_are_gone_and_what_stood_within_them_moves_out() -> None:
    rulings, synthesis = judged([hide(TALKS, "c5"), hide(TALKS, "c5", 1, "Bo")])
    assert rulings.hidden == (ClaimId(TALKS.key, "c5"),)
    assert rulings.conflicts == ()
    assert (TALKS.key, "c5") not in {(c.article, c.id) for c in synthesis.claims}
    assert len(synthesis.claims) == len(resolve(EVIDENCE).claims) - 1
    assert claim_of(synthesis, TALKS, "c6").within is None


# --- undo -------------------------------------------------------------------------------------------------------


def test_undoing_an_undo_puts_an_entry_back_in_force_in_any_order() -> None:
    first = pair("same", INGRID, PETTER, 5)
    undo = entry(Undo(first.id), 1, "Bo")  # Bo's clock is slow
    redo = entry(Undo(undo.id), 2)
    both = entry(Undo(first.id), 3)
    for entries, standing in (
        ([first], "in force"),
        ([first, undo], "undone"),
        ([first, undo, redo], "in force"),
        ([first, undo, redo, both], "undone"),
    ):
        for order in itertools.permutations(entries):
            assert judged(order)[0].standing[first.id] == standing


def test_undoing_what_is_not_there_is_told() -> None:
    (orphan,) = judged([entry(Undo("0123456789abcdef"))])[0].orphans
    assert "0123456789abcdef" in str(orphan)
    assert "no such entry" in str(orphan)


# --- survival ---------------------------------------------------------------------------------------------------

ALL = [
    pair("same", INGRID, PETTER),
    speaker(TALKS, "c4", FERREIRA, minute=1),
    wrong(TALKS, "c2", "modality", "asserted", minute=2),
    wrong(TALKS, "c2", "content", "Council (NSFC) [must publish its figures]", minute=3),
    hide(TALKS, "c7", 4),
]


def moved(record: Evidence, edit: str, **changes: object) -> Evidence:
    """The evidence after an edit at the start of the text, found again at its new place."""
    shift = len(edit)

    def at(found: Mention | object) -> object:
        return replace(found, start=found.start + shift, end=found.end + shift)  # type: ignore[type-var,attr-defined]

    def claim(c: Claim) -> Claim:
        return replace(
            c,
            id=c.id.replace("c", "x"),
            content=tuple(map(at, c.content)),
            passage=at(c.passage),
            source=c.source and at(c.source),
            cue=c.cue and at(c.cue),
            within=c.within and c.within.replace("c", "x"),
        )

    def office(o: Office) -> Office:
        return replace(o, evidence=at(o.evidence))  # type: ignore[arg-type]

    entities = tuple(
        replace(e, mentions=tuple(map(at, e.mentions)), offices=tuple(map(office, e.offices))) for e in record.entities
    )
    article = replace(record.article, body=edit + record.article.body, **changes)  # type: ignore[arg-type]
    return Evidence(article, entities, tuple(map(claim, record.claims)))


def test_judgements_outlive_a_changed_text_and_other_ids() -> None:
    changed = tuple(moved(record, "A correction was added.\n\n", title="New") for record in EVIDENCE)
    rulings, synthesis = judged(ALL, changed)
    assert rulings.orphans == ()
    assert groups(synthesis).keys() == groups(judged(ALL)[1]).keys()
    article = changed[0].article
    assert speakers(synthesis, article, "x4") == ["Tomas Ferreira"]
    second = claim_of(synthesis, article, "x2")
    assert (second.modality, second.content[0].text) == ("asserted", "must publish its figures")
    assert (article.key, "x7") not in {(c.article, c.id) for c in synthesis.claims}


def with_claims(record: Evidence, *claims: Claim) -> Evidence:
    return replace(record, claims=claims)


@pytest.mark.parametrize(
    ("cue", "content", "found"),
    [
        ("also [said] that", "that [patience was running out]", True),
        ("[also said] that", "that [patience was running]", True),
        ("also [said that]", "was [running out].", True),
        (None, "that [patience was running out]", True),
        (None, "[Ferreira also said that patience was running out]", True),
        (None, "was running [out].", False),
        ("[Ferreira] also", "that [patience] was", False),
    ],
)
def test_claims_are_found_again_by_other_weights(cue: str | None, content: str, found: bool) -> None:
    last = EVIDENCE[0].claims[-1]
    read = replace(last, cue=span(TALKS, cue) if cue else None, content=(span(TALKS, content),))
    others = EVIDENCE[0].claims[:-1]
    rulings, synthesis = judged([hide(TALKS, "c7")], (with_claims(EVIDENCE[0], *others, read), *EVIDENCE[1:]))
    assert (rulings.orphans == ()) is found
    assert ((TALKS.key, "c7") in {(c.article, c.id) for c in synthesis.claims}) is not found


@pytest.mark.parametrize(
    ("mentions", "found"),
    [
        ([mention(TALKS, "[Trade Minister Ingrid Solvang] said")], True),
        ([mention(TALKS, "Ingrid [Solvang] said")], True),
        ([mention(TALKS, ",” [Solvang] said")], False),
        ([Mention(900, 914, "Ingrid Solvang", "name")], True),
    ],
)
def test_mentions_are_found_again_by_other_weights(mentions: list[Mention], found: bool) -> None:
    ingrid = Entity("e9", "Person", "Ingrid Solvang", tuple(mentions))
    rulings, synthesis = judged([pair("same", INGRID, PETTER)], (Evidence(TALKS, (ingrid,), ()), *EVIDENCE[1:]))
    assert (rulings.orphans == ()) is found
    home = synthesis.by_member()
    assert (home[Member(TALKS.key, "e9")] == home[Member(UNDATED.key, "e1")]) is found


def test_what_cannot_be_found_is_an_orphan_and_comes_back_with_its_words() -> None:
    gone = replace(TALKS, body=TALKS.body.replace("patience was", "time was"))
    entries = [*ALL, pair("same", FERREIRA, at(TALKS, "[Ferreira] also"), 9)]
    rulings, _ = judged(entries, (Evidence(gone, EVIDENCE[0].entities, EVIDENCE[0].claims), *EVIDENCE[1:]))
    assert [orphan.entry for orphan in rulings.orphans] == [entries[4], entries[5]]
    assert all("no longer in the article" in str(orphan) for orphan in rulings.orphans)
    assert {rulings.standing[e.id] for e in entries[:4]} == {"in force"}
    assert judged(entries)[0].orphans == ()
    rulings, _ = judged(entries, EVIDENCE[1:])
    assert len(rulings.orphans) == len(entries)
    assert "not in the store" in str(rulings.orphans[0])


# --- one entity of an article taken apart -----------------------------------------------------------------------


def test_mentions_that_the_reader_took_for_one_entity_are_told_apart() -> None:
    body = (
        "Ann Bee, chair of Fisk, said no. She said never. Another Bee said yes. He said soon. "
        "Bee said that Ann Bee was wrong. Bee spoke to Ann Bee."
    )
    article = Article("bees.txt", body)

    def m(marked: str, kind: str = "name") -> Mention:
        return mention(article, marked, kind)  # type: ignore[arg-type]

    bee = Entity(
        "e1", "Person", "Ann Bee",
        (
            m("[Ann Bee], chair"), m("[She] said", "pronoun"), m("Another [Bee] said yes"), m("[He] said", "pronoun"),
            m(". [Bee] said that"), m("that [Ann Bee] was"), m("[Bee] spoke"), m("to [Ann Bee]."),
        ),
        offices=(Office("chair", "e2", span(article, "[Ann Bee, chair of Fisk]")),),
    )  # fmt: skip
    fisk = Entity("e2", "Organisation", "Fisk", (m("of [Fisk],"),))

    def said(id: str, source: str, content: str, passage: str, about: tuple[str, ...] = ()) -> Claim:
        spans = [span(article, marked) for marked in (content, passage, source)]
        return Claim(id, "indirect", (spans[0],), spans[1], spans[2], ("e1",), about=about)

    claims = (
        said("c1", "[Ann Bee, chair of Fisk], said", "said [no].", "[Ann Bee, chair of Fisk, said no.]"),
        said("c2", "[She] said", "[never].", "[She said never.]"),
        said("c3", "[Another Bee] said", "[yes].", "[Another Bee said yes.]"),
        said("c4", "[He] said", "[soon].", "[He said soon.]"),
        said("c5", ". [Bee] said that", "that [Ann Bee was wrong].", "[Bee said that Ann Bee was wrong.]", ("e1",)),
    )
    evidence = (Evidence(article, (bee, fisk), claims),)
    apart = pair("different", at(article, "[Ann Bee], chair"), at(article, "Another [Bee] said yes"))
    rulings, synthesis = judged([apart], evidence)
    assert rulings.standing == {apart.id: "in force"}
    ann, other = sorted((e for e in synthesis.entities if e.type == "Person"), key=lambda e: e.name)
    assert (ann.name, other.name) == ("Ann Bee", "Bee")
    assert (len(ann.offices), len(other.offices)) == (1, 0)
    assert ann.judgements == other.judgements == (apart.id,)
    assert [speakers(synthesis, article, f"c{n}")[0] for n in range(1, 6)] == [
        "Ann Bee",
        "Ann Bee",
        "Bee",
        "Bee",
        "Bee",
    ]
    assert next(c for c in synthesis.claims if c.id == "c5").about == (ann.id,)
    texts = {e.name: [x.text for x in e.mentions] for e in synthesis.revised[0].entities}
    assert texts["Ann Bee"] == ["Ann Bee", "She", "Ann Bee", "Ann Bee"]
    assert texts["Bee"] == ["Bee", "He", "Bee", "Bee"]

    back = pair("same", at(article, "[Ann Bee], chair"), at(article, "Another [Bee] said yes"), 1, "Bo")
    rulings, synthesis = judged([apart, back], evidence)
    assert synthesis.entities == resolve(evidence).entities
    assert [(c.holds, c.overruled) for c in rulings.conflicts] == [(back, apart)]


def test_one_mention_cannot_be_different_from_itself() -> None:
    (orphan,) = judged([pair("different", INGRID, INGRID)])[0].orphans
    assert "one mention" in str(orphan)
