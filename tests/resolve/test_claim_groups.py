"""Claims across articles: groups, independent reports, changes and contradictions, from hand-made evidence."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import pytest

from kg.model import Act, Argument, Article, Claim, Entity, Evidence, Mention, Proposition, Span, When
from kg.resolve import Synthesis, resolve
from kg.resolve.claims.clauses import Clause, clauses
from kg.resolve.claims.lexicon import opposites
from kg.resolve.claims.reports import overlaps
from kg.resolve.claims.statements import statements
from kg.resolve.claims.words import NEGATIONS, runs, stem, stems, words

ANN, BOB = "Ann Berg", "Bob Lund"
FILLER = (
    "The two ministers met in the old customs house by the harbour on Tuesday, where a storm had taken half the roof "
    "in the autumn and the carpenters were still at work under the rafters with lamps and ladders until late at night."
)


@dataclass(frozen=True)
class Told:
    """One claim in one article: who said what, where and when it was printed."""

    who: str | None
    what: str
    outlet: str = "The Post"
    day: str = "2025-03-04"
    act: Act = "statement"
    said_on: str | None = None
    by: str | None = None
    about: str | None = None
    filler: str = ""
    source: str = ""
    says: str = ""


def propositions(text: str, at: int, marked: str, entities: list[Entity]) -> tuple[Proposition, ...]:
    """What a marked text says: "subject|verb|object", and "|not" where it is negated; all as the text has it."""

    def span(words: str) -> Span | None:
        start = at + text.index(words)
        return Span(start, start + len(words), words) if words else None

    found = []
    for row in filter(None, marked.split(";")):
        subject, verb, thing, *negated = row.split("|")
        who = next((e.id for e in entities if e.name == subject), None)
        predicate = span(verb)
        assert predicate is not None
        found.append(
            Proposition(
                Argument(span(subject), who) if subject else None,
                predicate,
                Argument(span(thing)) if thing else None,
                bool(negated),
            )
        )
    return tuple(found)


def article(n: int, told: Told) -> Evidence:
    who = told.who or told.source or "An official"
    names = [name for name in (told.by, told.about) if name]
    body = f"{told.filler} {who} said that {told.what}. {' '.join(names)}".strip()
    made = Article(f"{n}.md", body, outlet=told.outlet, published=told.day)

    def mention(text: str) -> Mention:
        return Mention(body.rindex(text), body.rindex(text) + len(text), text, "name")

    entities = [Entity("e1", "Person", told.who, (mention(told.who),))] if told.who else []
    if told.by:
        entities.append(Entity("e2", "Organisation", told.by, (mention(told.by),)))
    if told.about:
        entities.append(Entity("e3", "Person", told.about, (mention(told.about),)))
    at = body.index(told.what)
    source = body.index(who)
    claim = Claim(
        "c1",
        "indirect",
        (made.span(at, at + len(told.what)),),
        made.span(source, len(body)),
        source=made.span(source, source + len(who)),
        speakers=("e1",) if told.who else (),
        act=told.act,
        polarity="negative" if NEGATIONS & set(words(told.what)) else "positive",
        about=("e3",) if told.about else (),
        reported_by="e2" if told.by else None,
        said_on=When(told.said_on, told.said_on) if told.said_on else None,
        propositions=propositions(told.what, at, told.says, entities),
    )
    return Evidence(made, tuple(entities), (claim,))


def read(told: Told) -> list[Clause]:
    """The clauses of one claim."""
    evidence = article(0, told)
    found = resolve([evidence])
    (statement,) = statements([evidence], found.claims, found.entities)
    return list(clauses(statement))


def synthesis(*told: Told) -> Synthesis:
    return resolve([article(n, one) for n, one in enumerate(told)])


def grouped(found: Synthesis) -> list[str]:
    """The articles of each group: "01 2"."""
    return sorted("".join(sorted(c.article[0] for c in group.claims)) for group in found.groups)


PAPER = "the leaked harbour contract is a forgery"
COPY = Told(ANN, PAPER)
SAME = [
    (COPY, replace(COPY, outlet="The Mail")),
    (COPY, Told(ANN, "the contract for the harbour that leaked was forged, a forgery", "The Mail", "2025-03-05")),
    (COPY, Told(ANN, "the leaked contract is a forgery", "The Mail", "2025-03-20", said_on="2025-03-04")),
    (COPY, Told(None, PAPER, "The Mail", source="She")),  # a speaker that was not found, the words the same
    (Told(None, PAPER, source="A port official"), Told(None, PAPER, "The Mail", source="An official")),
]
OTHER = [
    (COPY, Told(BOB, PAPER)),
    (COPY, Told(ANN, "the harbour needs twenty new cranes before the winter")),
    (
        replace(COPY, said_on="2025-03-04"),
        Told(ANN, PAPER, day="2025-04-04", said_on="2025-04-04"),
    ),  # said again a month later
    (COPY, Told(None, "a forgery", source="A pilot")),
]


@pytest.mark.parametrize("pair", SAME, ids=lambda p: p[1].what[:30])
def test_one_statement(pair: tuple[Told, Told]) -> None:
    assert grouped(synthesis(*pair)) == ["01"]


@pytest.mark.parametrize("pair", OTHER, ids=lambda p: p[1].what[:30])
def test_two_statements(pair: tuple[Told, Told]) -> None:
    assert grouped(synthesis(*pair)) == ["0", "1"]


def test_a_group_knows_its_first_report_and_its_time() -> None:
    later = Told(ANN, PAPER, "The Mail", "2025-03-06", said_on="2025-03-04")
    (group,) = synthesis(later, COPY).groups
    assert [c.article for c in group.claims] == ["1.md", "0.md"]
    assert group.first.article == "1.md"
    assert (group.since, group.until) == ("2025-03-04", "2025-03-04")


REPORTS = [
    ("two newsrooms", [COPY, replace(COPY, outlet="The Mail")], 2),
    ("one outlet twice", [COPY, replace(COPY, day="2025-03-05")], 1),
    ("one credits the other", [COPY, replace(COPY, outlet="The Mail", by="Post")], 1),
    ("both credit an agency", [replace(COPY, by="Wire"), replace(COPY, outlet="The Mail", by="Wire")], 1),
    ("a reprint", [replace(COPY, filler=FILLER), replace(COPY, filler=FILLER, outlet="The Mail")], 1),
    (
        "a reprint of a credit",
        [
            COPY,
            replace(COPY, filler=FILLER, outlet="The Mail", by="Post"),
            replace(COPY, filler=FILLER, outlet="Radio Quay"),
        ],
        1,
    ),
    ("no outlets known", [replace(COPY, outlet=""), replace(COPY, outlet="")], 2),
]


@pytest.mark.parametrize(("told", "independent"), [r[1:] for r in REPORTS], ids=[r[0] for r in REPORTS])
def test_independent_reports(told: list[Told], independent: int) -> None:
    (group,) = synthesis(*told).groups
    assert len(group.claims) == len(told)
    assert len(group.reports) == independent


def test_a_cut_copy_is_found_and_common_phrases_are_not() -> None:
    own = " ".join(f"word{n}" for n in range(400))
    other = " ".join(f"term{n}" for n in range(300))
    assert overlaps([f"{FILLER} {own}", f"{other} {FILLER}", own]) == {
        (0, 1): pytest.approx(0.11, abs=0.02),
        (0, 2): pytest.approx(1.0),
    }
    assert overlaps([f"{FILLER} {n} {'x' * n}" for n in range(30)]) == {}
    assert overlaps([]) == overlaps(["", "one"]) == {}


LATER = "2025-03-20"
TREATY, NO_TREATY = "Norway will sign the harbour treaty", "Norway will not sign the harbour treaty"
SIGNS, SIGNS_NOT = "Norway|sign|the harbour treaty", "Norway|sign|the harbour treaty|not"
NEVER = Told(ANN, "the company never asked the board for money", says="the company|asked|the board|not")
ASKED = Told(BOB, "the company had asked the board for money", says="the company|asked|the board")
KNEW = Told(ANN, f"{BOB} knew of the secret contract", about=BOB, says=f"{BOB}|knew|the secret contract")
KNOWN = Told(BOB, "that he had known of the secret contract", act="denial", says="he|known|the secret contract")
CHEAP = Told(ANN, "the harbour will cost 3.2 billion euros", says="the harbour|cost|3.2 billion euros")
DEAR = Told(BOB, "the harbour will cost 4.5 billion euros at least", says="the harbour|cost|4.5 billion euros at least")
NO_CONTRACT = Told(
    ANN, "there is no harbour contract with the company", says="no harbour contract with the company|is||not"
)
COMMA = Told(ANN, "the city has not changed a comma in the contract", says="the city|changed|a comma|not")
LINKED = [
    (Told(ANN, TREATY, says=SIGNS), Told(ANN, NO_TREATY, day=LATER, says=SIGNS_NOT), "change"),
    (
        Told(ANN, "the harbour office is closed", says="the harbour office|is|closed"),
        Told(ANN, "the harbour office is open", day=LATER, says="the harbour office|is|open"),
        "change",
    ),
    (
        NO_CONTRACT,
        Told(ANN, "the harbour contract exists", day=LATER, says="the harbour contract|exists|"),
        "change",
    ),
    (
        NO_CONTRACT,
        Told(
            BOB,
            "he signed the harbour contract with the company",
            says="he|signed|the harbour contract with the company",
        ),
        "contradiction",
    ),
    (NEVER, ASKED, "contradiction"),
    (CHEAP, DEAR, "contradiction"),
    (KNEW, KNOWN, "contradiction"),
    (
        COMMA,
        Told(BOB, "the city changed the contract in the night", says="the city|changed|the contract"),
        "contradiction",
    ),
]
SIGNED, UNSIGNED = "Norway signed the harbour treaty", "Norway has not signed the harbour treaty"
UNLINKED = [
    (Told(ANN, TREATY, says=SIGNS), Told(ANN, f"{TREATY} in May", day=LATER, says=SIGNS)),
    (Told(ANN, NO_TREATY, says=SIGNS_NOT), Told(BOB, SIGNED, says="Norway|signed|the harbour treaty")),  # will be, was
    (Told(ANN, f"whether {SIGNED}", act="question"), Told(BOB, UNSIGNED, says="Norway|signed|the harbour treaty|not")),
    (Told(None, SIGNED), Told(BOB, UNSIGNED)),  # nobody who is named
    (
        Told(ANN, SIGNED, says="Norway|signed|the harbour treaty"),
        Told(BOB, "Iceland has not signed the harbour treaty", says="Iceland|signed|the harbour treaty|not"),
    ),
    (NEVER, Told(BOB, "if the company had asked the board for money", says="the company|asked|the board")),
    (NEVER, Told(BOB, "critics say the company asked the board for money", says="the company|asked|the board")),
    (NEVER, Told(BOB, "the company asked the captain for help", says="the company|asked|the captain")),
    (
        Told(ANN, "the new harbour is not beautiful", says="the new harbour|is|beautiful|not"),
        Told(BOB, "the new harbour is beautiful", says="the new harbour|is|beautiful"),
    ),  # opinions may differ
    (
        CHEAP,
        Told(BOB, "the harbour will cost more than 3 billion euros", says="the harbour|cost|more than 3 billion euros"),
    ),
    (Told(ANN, "we sign the treaty no matter what it costs"), Told(ANN, "we sign the treaty", day=LATER)),
    (Told(ANN, "the treaty was signed"), Told(BOB, "the treaty, signed in the harbour, has no further effect")),
]


@pytest.mark.parametrize(("one", "other", "kind"), LINKED, ids=lambda v: getattr(v, "what", v)[:30])
def test_what_cannot_stand_together_is_linked(one: Told, other: Told, kind: str) -> None:
    found = synthesis(one, other)
    (link,) = found.links
    assert link.kind == kind
    articles = {group.id: group.first.article for group in found.groups}
    assert (articles[link.one], articles[link.other]) == ("0.md", "1.md") or kind == "contradiction"
    assert 0.5 <= link.score <= 1
    assert ANN in link.reason
    assert "“" in link.reason
    assert len(found.claims) == 2, "nothing is retired"


@pytest.mark.parametrize(("one", "other"), UNLINKED, ids=lambda v: v.what[:30])
def test_what_can_stand_together_is_not(one: Told, other: Told) -> None:
    assert synthesis(one, other).links == ()


REPLIES = [
    ("the city sold the harbour", "that is untrue", "statement", True),
    ("the city sold the harbour", "the claim", "denial", True),
    ("the city sold the harbour", "he did not", "statement", True),
    ("the city sold the harbour", "that is absurd talk about taxes", "statement", False),
    ("the city sold the harbour", "the harbour was sold", "denial", False),
]


@pytest.mark.parametrize(("said", "answer", "act", "rejected"), REPLIES)
def test_who_rejects_what_was_just_said_contradicts_it(said: str, answer: str, act: Act, rejected: bool) -> None:
    body = f"{ANN} said {said}. {BOB} said {answer}."
    made = Article("1.md", body, published="2025-03-04")

    def spot(words: str) -> Span:
        start = body.index(words)
        return Span(start, start + len(words), words)

    people = [
        Entity(id, "Person", name, (Mention(body.index(name), body.index(name) + len(name), name, "name"),))
        for id, name in (("e1", ANN), ("e2", BOB))
    ]
    claims = [
        Claim(
            id,
            "indirect",
            (spot(text),),
            spot(text),
            source=spot(who),
            speakers=(entity,),
            act=how,
            propositions=propositions(text, body.index(text), says, people),
        )
        for id, text, who, entity, how, says in (
            ("c1", said, ANN, "e1", "statement", "the city|sold|the harbour"),
            ("c2", answer, BOB, "e2", act, ""),
        )
    ]
    found = resolve([Evidence(made, tuple(people), tuple(claims))])
    assert [link.kind for link in found.links] == ["contradiction"] * rejected


def test_an_earlier_position_is_linked_to_the_next_that_reverses_it() -> None:
    days = ["2025-03-04", "2025-03-14", "2025-03-24"]
    found = synthesis(
        *(
            Told(ANN, what, day=day, said_on=day, says=says)
            for (what, says), day in zip([(TREATY, SIGNS), (NO_TREATY, SIGNS_NOT), (TREATY, SIGNS)], days, strict=True)
        )
    )
    first = {group.id: group.first.article for group in found.groups}
    assert sorted((first[link.one], first[link.other]) for link in found.links) == [("0.md", "1.md"), ("1.md", "2.md")]


def test_the_order_of_the_evidence_means_nothing() -> None:
    told = [t for pair in (*SAME, *OTHER) for t in pair] + [t for row in LINKED for t in row[:2]]
    evidence = [article(n, one) for n, one in enumerate(told)]
    expected = resolve(evidence)
    for seed in range(3):
        shuffled = random.Random(seed).sample(evidence, len(evidence))
        found = resolve(shuffled)
        assert (found.groups, found.links) == (expected.groups, expected.links)
    claims = [claim for group in expected.groups for claim in group.claims]
    assert len(claims) == len(set(claims)) == len(told), "every claim is in one group"
    assert all(sorted(c for r in group.reports for c in r) == sorted(group.claims) for group in expected.groups)


def test_words_and_stems() -> None:
    assert (
        words("It’ll cost 3.2 billion, the “Argo-Link” said: no.")
        == "itll cost 32 billion the argo link said no".split()
    )
    assert {stem(w) for w in ("knew", "known", "know")} == {"know"}
    assert stem("signing") == stem("signed") == "sign"
    assert stems(["the", "not", "signed", "treaty"]) == {"sign", "treati"}
    assert runs("a b c".split()) == frozenset()
    assert len(runs("a b c d e".split()) & runs("b c d e f".split())) == 1


CLAUSES: list[tuple[str, Act, list[tuple[str, bool]]]] = [
    ("There is no annex. You know it", "statement", [("There is no annex", True), ("You know it", False)]),
    ("the annex was real", "denial", [("the annex was real", True)]),
    ("there was no annex", "denial", [("there was no annex", False)]),
    (
        "rain fell and nobody knew", "statement",
        [("rain fell and nobody knew", True), ("rain fell", False), ("nobody knew", True)],
    ),
    ("peace had not been so near in years", "statement", [("peace had not been so near in years", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "act", "expected"), CLAUSES)
def test_clauses(what: str, act: Act, expected: list[tuple[str, bool]]) -> None:
    assert [(c.text, c.negated) for c in read(Told(ANN, what, act=act))] == expected


def test_opposites_go_both_ways() -> None:
    table = opposites()
    assert all(word in table[other] and word != other for word, others in table.items() for other in others)
