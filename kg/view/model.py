"""What the page shows: nodes, edges and claims, frozen and sorted, with no trace of RDF or of a drawing library.

An edge runs from a speaker to an entity spoken about and holds all claims of that pair. What has no entity at one end
still gets a node: a claim without a known speaker comes from a `Source` node described by the words of the text, and a
claim about nobody, or about its speaker alone, leads to a `Claim` node of its own. So every claim is on some edge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from kg.model import Act, ClaimKind, Modality, Polarity
from kg.resolve.claims.records import LinkKind

NodeType = Literal["Person", "Organisation", "Country", "Place", "Source", "Claim"]
Role = Literal["", "source", "cue", "content"]
EdgePolarity = Literal["positive", "negative", "mixed"]

VERBS: dict[Act, str] = {
    "statement": "says",
    "denial": "denies",
    "question": "asks",
    "request": "requests",
    "promise": "promises",
    "warning": "warns",
    "accusation": "accuses",
    "praise": "praises",
    "belief": "believes",
    "intention": "intends",
    "feeling": "feels",
}
"""How an edge names an act, in the order in which equally frequent acts are named."""


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """An office: its title, the IRI of the organisation or country, and ISO 8601 dates; "" where unknown."""

    title: str
    of: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """Something drawn. `iri` is the entity's or claim's IRI; a `Source` node's is made from its article and words."""

    iri: str
    type: NodeType
    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """An article as a reader would cite it; "" where unknown. `title` is its path when it has no headline."""

    iri: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A stretch of a passage and its part in the claim ("" for none). Joined, a passage's segments are its text."""

    text: str
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the passage that shows it. `start` is the passage's offset in the article's body.

    Entities are IRIs, and so is the claim it stands `within`. `source` holds the words that stand for the speaker, ""
    when the text has none, `hearers` those for whom they spoke to. `said_on` is an ISO 8601 date or interval, "" when
    unknown; `confidence` lies between 0 and 1.
    """

    iri: str
    article: str
    start: int
    passage: tuple[Segment, ...]
    kind: ClaimKind
    act: Act = "statement"
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    speakers: tuple[str, ...] = ()
    source: str = ""
    about: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    reported_by: str = ""
    said_on: str = ""
    said_in: str = ""
    hearers: str = ""
    within: str = ""
    confidence: float = 1.0

    @property
    def content(self) -> str:
        """What is claimed, its parts joined by " … "."""
        return " … ".join(s.text for s in self.passage if s.role == "content")


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """All claims of one speaker about one target, or (without claims) offices that `source` holds at `target`."""

    source: str
    target: str
    claims: tuple[str, ...] = ()
    label: str = ""
    polarity: EdgePolarity = "positive"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two groups of claims that cannot both stand: of a change, `one` is the later position. `score` is 0 to 1."""

    kind: LinkKind
    one: str
    other: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Claims that report one statement, by their IRIs, and how many independent reports they are."""

    iri: str
    claims: tuple[str, ...]
    independent: int
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """All of the page. Nodes, edges and articles are sorted; claims stand in order of date, article and place.

    So do those of a group. A claim that is alone in its group, and linked to none, has no group here.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    claims: tuple[Claim, ...]
    articles: tuple[Article, ...]
    groups: tuple[Group, ...] = ()

    def weights(self) -> dict[str, int]:
        """In how many claims each node on an edge takes part, by its IRI: 0 for one with offices alone.

        A claim counts once for its speaker, whomever it is about, and once for each entity it is about.
        """
        seen: dict[str, set[str]] = {}
        for edge in self.edges:
            for end in (edge.source, edge.target):
                seen.setdefault(end, set()).update(edge.claims)
        return {iri: len(claims) for iri, claims in seen.items()}

    def drawn(self, most: int) -> tuple[Node, ...]:
        """The nodes on some edge, at most this many: those in the most claims, equals in order of IRI.

        Unnamed sources and claims about nobody are among them only where everything fits: there are many, each with
        one or two edges, and they would bury the others. Then, who is joined to none of the rest makes room for the
        next who is: a picture shows what is connected, and search finds the others.
        """
        weights = self.weights()
        connected = [node for node in self.nodes if node.iri in weights]
        if len(connected) <= most:
            return tuple(connected)
        named = [node for node in connected if node.type not in ("Source", "Claim")]
        ranked = sorted(named, key=lambda n: (-weights[n.iri], n.iri))
        first, rest = ranked[:most], ranked[most:]
        joined = self._joined({node.iri for node in first})
        kept = [node for node in first if node.iri in joined]
        also = self._joined({*joined, *(node.iri for node in rest)}, joined)
        return tuple(sorted([*kept, *[node for node in rest if node.iri in also][: most - len(kept)]]))

    def _joined(self, iris: Set[str], to: Set[str] | None = None) -> set[str]:
        """Those of the nodes that an edge joins to another of them, or to one of `to`."""
        ends = [(e.source, e.target) for e in self.edges if e.source != e.target]
        both = [(a, b) for a, b in [*ends, *((b, a) for a, b in ends)] if a in iris and b in iris]
        return {a for a, b in both if to is None or b in to}


def segments(text: str, spans: Iterable[tuple[int, int, Role]]) -> tuple[Segment, ...]:
    """Cut a passage where roles change. Spans are (start, end, role), relative to the passage, and may overlap.

    Where they do, the cue shows before the source and the source before the content; what lies outside is ignored.
    """
    rank: dict[Role, int] = {"": 0, "content": 1, "source": 2, "cue": 3}
    inside = [(max(start, 0), min(end, len(text)), role) for start, end, role in spans]
    cuts = sorted({0, len(text), *(x for start, end, _ in inside if start < end for x in (start, end))})
    parts: list[Segment] = []
    for start, end in pairwise(cuts):
        roles: list[Role] = ["", *(r for s, e, r in inside if s <= start and end <= e)]
        role = max(roles, key=rank.__getitem__)
        if parts and parts[-1].role == role:
            parts[-1] = Segment(parts[-1].text + text[start:end], role)
        else:
            parts.append(Segment(text[start:end], role))
    return tuple(parts)


def view(
    entities: Iterable[Node], claims: Iterable[Claim], articles: Iterable[Article], groups: Iterable[Group] = ()
) -> View:
    """Put together a page from its entities, claims and articles, adding the nodes that claims stand in need of."""
    by_article = {a.iri: a for a in articles}
    ordered = sorted(claims, key=lambda c: (by_article[c.article].published, c.article, c.start, c.iri))
    nodes = {n.iri: n for n in entities}
    placed: list[Claim] = []
    pairs: dict[tuple[str, str], list[Claim]] = {}
    for claim in ordered:
        speakers = claim.speakers
        if not speakers:
            source = _unnamed(claim)
            nodes.setdefault(source.iri, source)
            speakers = (source.iri,)
        for speaker in speakers:
            targets = [entity for entity in claim.about if entity != speaker]
            if not targets:
                nodes.setdefault(claim.iri, Node(claim.iri, "Claim", claim.content))
                targets = [claim.iri]
            for target in targets:
                pairs.setdefault((speaker, target), []).append(claim)
        placed.append(claim)
    edges = [
        Edge(source, target, tuple(c.iri for c in about), edge_label(about), edge_polarity(about))
        for (source, target), about in pairs.items()
    ]
    return View(
        nodes=tuple(sorted(nodes.values())),
        edges=tuple(sorted([*edges, *_office_edges(nodes)])),
        claims=tuple(placed),
        articles=tuple(sorted(by_article.values())),
        groups=tuple(sorted(_ordered(groups, placed))),
    )


def speakers_of(claim: Claim) -> tuple[str, ...]:
    """The nodes a claim comes from: its speakers, or the node of its unnamed source."""
    return claim.speakers or (_unnamed(claim).iri,)


def edge_label(claims: Iterable[Claim]) -> str:
    """The two most frequent acts, as verbs: "says 3× · warns"; "…" stands for more."""
    counts = Counter(c.act for c in claims)
    acts = sorted(VERBS, key=lambda act: -counts[act])
    named = [VERBS[a] + (f" {counts[a]}×" if counts[a] > 1 else "") for a in acts if counts[a]]
    return " · ".join(named[:2]) + (" …" if len(named) > 2 else "")


def edge_polarity(claims: Iterable[Claim]) -> EdgePolarity:
    """The polarity that all claims share, else "mixed"."""
    found = {c.polarity for c in claims}
    return found.pop() if len(found) == 1 else "mixed"


def _unnamed(claim: Claim) -> Node:
    # Two articles' "senior officials" need not be one person, so the node belongs to its article.
    words = " ".join(claim.source.split())
    return Node(f"{claim.article}#source={words.casefold()}", "Source", words or "source not named")


def _ordered(groups: Iterable[Group], claims: Iterable[Claim]) -> Iterable[Group]:
    place = {claim.iri: i for i, claim in enumerate(claims)}
    for group in groups:
        if len(group.claims) > 1 or group.links:
            yield replace(group, claims=tuple(sorted(group.claims, key=place.__getitem__)), links=_sorted(group.links))


def _sorted(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (-link.score, link)))


def _office_edges(nodes: Mapping[str, Node]) -> Iterable[Edge]:
    held: dict[tuple[str, str], list[str]] = {}
    for node in nodes.values():
        for office in node.offices:
            if office.of in nodes:
                held.setdefault((node.iri, office.of), []).append(office.title)
    return [Edge(person, of, label=" · ".join(sorted(set(titles)))) for (person, of), titles in held.items()]
