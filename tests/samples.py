"""Hand-made evidence of three small articles: what a perfect reader would find. People and outlets are invented.

Tests of every stage after extraction start here: `from samples import sample_evidence`. The articles share one person
(Ingrid Solvang, by full name), one organisation (long name and acronym in one article, the acronym alone in another,
the long name alone in the third) and countries; two people share a surname; one article has neither date nor outlet.
"""

from __future__ import annotations

from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Evidence,
    Mention,
    MentionKind,
    Office,
    Proposition,
    Span,
    When,
)  # fmt: skip

TALKS = Article(
    path="talks.md",
    title="Norway and Iceland trade words over quotas",
    outlet="The Northern Ledger",
    author="A. Writer",
    published="2025-03-04",
    url="https://northern-ledger.example/2025/03/talks?id=7",
    language="en",
    body=(
        "Norwegian Trade Minister Ingrid Solvang said on Tuesday that Iceland “will not be bullied” over fishing.\n"
        "She told reporters in Oslo that the North Sea Fisheries Council (NSFC) must publish its figures.\n"
        "\n"
        "“We have never promised Iceland a larger share,” Solvang said.\n"
        "A senior official warned that the talks could collapse.\n"
        "The council’s president, Tomas Ferreira, denied that the minister had called Iceland’s fleet a threat, "
        "Reuters reported.\n"
        "Ferreira also said that patience was running out.\n"
    ),
)

REPLY = Article(
    path="reply.md",
    title="Arnarson: “Solvang is wrong” <again>",
    outlet="Harbour Dispatch",
    published="2025-03-06T08:30:00+00:00",
    language="en",
    body=(
        "Ingrid Solvang assured NSFC on Thursday that Norway would keep its promises.\n"
        "According to Jón Arnarson, Iceland’s foreign minister since 2 January 2024, Solvang was wrong about Iceland.\n"
        "Reykjavik did not say who should pay 😀, and Tomás Ferreira asked whether the council could wait.\n"
    ),
)

UNDATED = Article(
    path="notes/on the quay.txt",
    body=(
        "“Nobody asked us,” said Petter Solvang, a fisherman.\n"
        "He accused the North Sea Fisheries Council and Norway of silence.\n"
    ),
)


def span(article: Article, marked: str) -> Span:
    """The span in square brackets of a quotation that stands exactly once in the body: "told [reporters] in"."""
    before, rest = marked.split("[")
    target, after = rest.split("]")
    quotation = before + target + after
    if article.body.count(quotation) != 1:
        raise ValueError(f"{quotation!r} stands {article.body.count(quotation)} times in {article.path}, not once")
    start = article.body.index(quotation) + len(before)
    return article.span(start, start + len(target))


def mention(article: Article, marked: str, kind: MentionKind = "name") -> Mention:
    """A mention of this kind; `marked` as for `span`."""
    found = span(article, marked)
    return Mention(found.start, found.end, found.text, kind)


def sample_evidence() -> tuple[Evidence, ...]:
    """The evidence of the three articles, in no meaningful order."""
    return _talks(), _reply(), _undated()


def _talks() -> Evidence:
    a = TALKS
    entities = (
        Entity(
            "e1", "Person", "Ingrid Solvang",
            (
                mention(a, "Norwegian [Trade Minister] Ingrid", "title"),
                mention(a, "Minister [Ingrid Solvang] said"),
                mention(a, "[She] told", "pronoun"),
                mention(a, ",” [Solvang] said"),
                mention(a, "that [the minister] had", "title"),
            ),
            offices=(Office("Trade Minister", "e2", span(a, "[Norwegian Trade Minister Ingrid Solvang]")),),
        ),
        Entity("e2", "Country", "Norway", (mention(a, "[Norwegian] Trade", "demonym"),), iso="NO"),
        Entity(
            "e3", "Country", "Iceland",
            (
                mention(a, "that [Iceland] “will"),
                mention(a, "promised [Iceland] a"),
                mention(a, "called [Iceland]’s"),
            ),
            iso="IS",
        ),
        Entity("e4", "Place", "Oslo", (mention(a, "in [Oslo] that"),)),
        Entity(
            "e5", "Organisation", "North Sea Fisheries Council",
            (
                mention(a, "the [North Sea Fisheries Council] ("),
                mention(a, "([NSFC])"),
                mention(a, "[The council]’s president", "nominal"),
            ),
        ),
        Entity(
            "e6", "Person", "Tomas Ferreira",
            (
                mention(a, "’s [president], Tomas", "title"),
                mention(a, "president, [Tomas Ferreira], denied"),
                mention(a, "[Ferreira] also"),
            ),
            offices=(Office("president", "e5", span(a, "[The council’s president, Tomas Ferreira]")),),
        ),
        Entity("e7", "Organisation", "Reuters", (mention(a, "[Reuters] reported"),)),
    )  # fmt: skip
    claims = (
        Claim(
            "c1", "mixed",
            content=(span(a, "that [Iceland “will not be bullied” over fishing]."),),
            passage=span(
                a,
                "[Norwegian Trade Minister Ingrid Solvang said on Tuesday that Iceland “will not be bullied” over "
                "fishing.]",
            ),
            source=span(a, "[Norwegian Trade Minister Ingrid Solvang] said"),
            speakers=("e1",),
            cue=span(a, "Ingrid Solvang [said] on"),
            polarity="negative",
            about=("e3",),
            said_on=When(span(a, "said on [Tuesday] that"), "2025-03-04"),
            confidence=0.93,
        ),
        Claim(
            "c2", "indirect",
            content=(span(a, "that [the North Sea Fisheries Council (NSFC) must publish its figures]"),),
            passage=span(
                a, "[She told reporters in Oslo that the North Sea Fisheries Council (NSFC) must publish its figures.]"
            ),
            source=span(a, "[She] told"),
            speakers=("e1",),
            cue=span(a, "She [told] reporters"),
            modality="necessary",
            about=("e5",),
            addressee=span(a, "told [reporters] in"),
            place="e4",
            place_span=span(a, "in [Oslo] that"),
            propositions=(
                Proposition(
                    Argument(span(a, "that [the North Sea Fisheries Council (NSFC)] must"), "e5"),
                    span(a, "must [publish] its"),
                    Argument(span(a, "publish [its figures]")),
                    False,
                ),
            ),
            confidence=0.88,
        ),
        Claim(
            "c3", "direct",
            content=(span(a, "“[We have never promised Iceland a larger share],”"),),
            passage=span(a, "[“We have never promised Iceland a larger share,” Solvang said.]"),
            source=span(a, ",” [Solvang] said"),
            speakers=("e1",),
            cue=span(a, "Solvang [said].\nA"),
            polarity="negative",
            about=("e3",),
            confidence=0.97,
        ),
        Claim(
            "c4", "indirect",
            content=(span(a, "that [the talks could collapse]"),),
            passage=span(a, "[A senior official warned that the talks could collapse.]"),
            source=span(a, "[A senior official] warned"),
            cue=span(a, "official [warned] that"),
            act="warning",
            modality="possible",
            confidence=0.71,
        ),
        Claim(
            "c5", "indirect",
            content=(span(a, "denied that [the minister had called Iceland’s fleet a threat],"),),
            passage=span(
                a,
                "[The council’s president, Tomas Ferreira, denied that the minister had called Iceland’s fleet a "
                "threat, Reuters reported.]",
            ),
            source=span(a, "[The council’s president, Tomas Ferreira], denied"),
            speakers=("e6",),
            cue=span(a, "Ferreira, [denied] that"),
            act="denial",
            about=("e1", "e3"),
            reported_by="e7",
            confidence=0.8,
        ),
        Claim(
            "c6", "indirect",
            content=(span(a, "called [Iceland’s fleet a threat],"),),
            passage=span(
                a,
                "[The council’s president, Tomas Ferreira, denied that the minister had called Iceland’s fleet a "
                "threat, Reuters reported.]",
            ),
            source=span(a, "that [the minister] had"),
            speakers=("e1",),
            cue=span(a, "had [called] Iceland"),
            act="accusation",
            about=("e3",),
            within="c5",
            confidence=0.6,
        ),
        Claim(
            "c7", "indirect",
            content=(span(a, "that [patience was running out]"),),
            passage=span(a, "[Ferreira also said that patience was running out.]"),
            source=span(a, "[Ferreira] also"),
            speakers=("e6",),
            cue=span(a, "also [said] that"),
            confidence=0.9,
        ),
    )  # fmt: skip
    return Evidence(a, entities, claims)


def _reply() -> Evidence:
    a = REPLY
    entities = (
        Entity(
            "e1", "Person", "Ingrid Solvang",
            (mention(a, "[Ingrid Solvang] assured"), mention(a, "2024, [Solvang] was")),
        ),
        Entity(
            "e2", "Organisation", "NSFC",
            (mention(a, "assured [NSFC] on"), mention(a, "whether [the council] could", "nominal")),
        ),
        Entity("e3", "Country", "Norway", (mention(a, "that [Norway] would"),), iso="NO"),
        Entity(
            "e4", "Person", "Jón Arnarson",
            (mention(a, "to [Jón Arnarson], Iceland"), mention(a, "’s [foreign minister] since", "title")),
            offices=(
                Office("foreign minister", "e5", span(a, "[Iceland’s foreign minister]"), start="2024-01-02"),
            ),
        ),
        Entity(
            "e5", "Country", "Iceland",
            (
                mention(a, "Arnarson, [Iceland]’s"),
                mention(a, "about [Iceland]."),
                mention(a, "[Reykjavik] did", "metonym"),
            ),
            iso="IS",
        ),
        Entity("e6", "Person", "Tomás Ferreira", (mention(a, "and [Tomás Ferreira] asked"),)),
    )  # fmt: skip
    third = "Reykjavik did not say who should pay 😀, and Tomás Ferreira asked whether the council could wait."
    claims = (
        Claim(
            "c1", "indirect",
            content=(span(a, "that [Norway would keep its promises]"),),
            passage=span(a, "[Ingrid Solvang assured NSFC on Thursday that Norway would keep its promises.]"),
            source=span(a, "[Ingrid Solvang] assured"),
            speakers=("e1",),
            cue=span(a, "Solvang [assured] NSFC"),
            act="promise",
            modality="intended",
            about=("e3",),
            addressees=("e2",),
            addressee=span(a, "assured [NSFC] on"),
            said_on=When(span(a, "on [Thursday] that"), "2025-03-06"),
            confidence=0.9,
        ),
        Claim(
            "c2", "indirect",
            content=(span(a, "2024, [Solvang was wrong about Iceland]."),),
            passage=span(
                a,
                "[According to Jón Arnarson, Iceland’s foreign minister since 2 January 2024, Solvang was wrong about "
                "Iceland.]",
            ),
            source=span(a, "to [Jón Arnarson, Iceland’s foreign minister since 2 January 2024],"),
            speakers=("e4",),
            cue=span(a, "[According to] Jón"),
            act="belief",
            about=("e1", "e5"),
            confidence=0.85,
        ),
        Claim(
            "c3", "indirect",
            content=(span(a, "say [who should pay 😀],"),),
            passage=span(a, f"[{third}]"),
            source=span(a, "[Reykjavik] did"),
            speakers=("e5",),
            cue=span(a, "Reykjavik [did not say] who"),
            polarity="negative",
            confidence=0.55,
        ),
        Claim(
            "c4", "indirect",
            content=(span(a, "asked [whether the council could wait]."),),
            passage=span(a, f"[{third}]"),
            source=span(a, "and [Tomás Ferreira] asked"),
            speakers=("e6",),
            cue=span(a, "Ferreira [asked] whether"),
            act="question",
            modality="asked",
            about=("e2",),
            confidence=0.66,
        ),
    )  # fmt: skip
    return Evidence(a, entities, claims)


def _undated() -> Evidence:
    a = UNDATED
    entities = (
        Entity(
            "e1", "Person", "Petter Solvang",
            (mention(a, "said [Petter Solvang],"), mention(a, "[He] accused", "pronoun")),
        ),
        Entity(
            "e2", "Organisation", "North Sea Fisheries Council", (mention(a, "the [North Sea Fisheries Council] and"),)
        ),
        Entity("e3", "Country", "Norway", (mention(a, "and [Norway] of"),), iso="NO"),
    )  # fmt: skip
    claims = (
        Claim(
            "c1", "direct",
            content=(span(a, "“[Nobody asked us],”"),),
            passage=span(a, "[“Nobody asked us,” said Petter Solvang, a fisherman.]"),
            source=span(a, "said [Petter Solvang, a fisherman]."),
            speakers=("e1",),
            cue=span(a, "[said] Petter"),
            polarity="negative",
            confidence=0.95,
        ),
        Claim(
            "c2", "indirect",
            content=(span(a, "accused [the North Sea Fisheries Council and Norway of silence]."),),
            passage=span(a, "[He accused the North Sea Fisheries Council and Norway of silence.]"),
            source=span(a, "[He] accused"),
            speakers=("e1",),
            cue=span(a, "He [accused] the"),
            act="accusation",
            about=("e2", "e3"),
            confidence=0.75,
        ),
    )  # fmt: skip
    return Evidence(a, entities, claims)
