"""The terms of our own, as data in one place: the closed namespace, the ontology and the value lists derive from it.

A term is ours only where no standard has one (schema.org, Web Annotation, PROV-O, W3C ORG, OWL-Time and SKOS cover the
rest). Each term says in which layer it stands: `evidence` (what one text says), `synthesis` (what is concluded),
`article` (about the text itself), `both` (claims in the evidence as read, in the synthesis as corrected) or
`judgements` (what people decided).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import ORG, TIME, DefinedNamespace

from kg.assemble.iri import BASE, Minter
from kg.judge import DecisionName, Field, Standing
from kg.model import Act, ClaimKind, EntityType, MentionKind, Modality, Polarity
from kg.resolve.claims.records import LinkKind

NAMESPACE = "urn:kg:vocabulary#"
SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")

PREFIXES: dict[str, str] = {
    "kg": NAMESPACE,
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "skos": str(SKOS),
    "time": str(TIME),
    "xsd": str(XSD),
}
"""Every prefix that graphs, queries and documents of this package use."""

Layer = Literal["article", "evidence", "synthesis", "both", "judgements"]


@dataclass(frozen=True, slots=True)
class Term:
    """One class or property. `domain` and `range` are prefixed names; `values` lists all literals it can take.

    A property whose range is an `xsd:` type is a datatype property, any other property an object property.
    """

    name: str
    kind: Literal["class", "property"]
    layer: Layer
    label: str
    comment: str
    parents: tuple[str, ...] = ()
    domain: str | None = None
    range: str | None = None
    values: tuple[str, ...] = ()

    @property
    def iri(self) -> URIRef:
        """The full IRI."""
        return URIRef(NAMESPACE + self.name)


def _class(name: str, layer: Layer, label: str, comment: str, *parents: str) -> Term:
    return Term(name, "class", layer, label, comment, parents)


def _property(
    name: str,
    layer: Layer,
    domain: str | None,
    range: str,
    label: str,
    comment: str,
    *parents: str,
    values: tuple[str, ...] = (),
) -> Term:
    return Term(name, "property", layer, label, comment, parents, domain, range, values)


TERMS: tuple[Term, ...] = (
    _class(
        "Claim", "both", "claim",
        "One attribution: someone's words or thought as one article reports it. Direct and mixed ones are also "
        "schema:Quotation.",
        "schema:Claim", "prov:Entity",
    ),
    _class(
        "Referent", "evidence", "referent",
        "What several mentions of one article stand for together, before it is known who that is elsewhere.",
    ),
    _class("OfficeStatement", "evidence", "office statement", "A passage that says that a person holds an office."),
    _class(
        "ClaimGroup", "synthesis", "claim group",
        "Claims that report one statement of the same speakers (prov:wasAttributedTo) on the same occasion, however "
        "they word it; schema:text is that of the first report.",
        "prov:Entity",
    ),
    _class("IndependentReport", "synthesis", "independent report",
           "Claims of a group that go back to one newsroom: one outlet's, reprints of one text, or credited alike."),
    _class("GroupLink", "synthesis", "group link",
           "Two groups of claims that cannot both stand, with a score and a reason: a reason to look, no verdict."),
    _class("Proposition", "both", "proposition", "Subject, predicate and object of one clause of a claim's content."),
    # Who and what: concluded.
    _property("speaker", "synthesis", "kg:Claim", "prov:Agent", "speaker", "Whose claim it is.",
              "prov:wasAttributedTo"),
    _property("said", "synthesis", "prov:Agent", "kg:Claim", "said", "Shortcut, inverse of kg:speaker."),
    _property("speakerOffice", "synthesis", "kg:Claim", "org:Membership", "office of the speaker",
              "An office that a speaker held on the day of the claim."),
    _property("over", "synthesis", "org:Membership", "xsd:boolean", "over",
              "Articles call the office former; an end, if there is one, is the last day on which it was seen held."),
    _property("about", "synthesis", "kg:Claim", "owl:Thing", "about", "An entity that the content speaks of.",
              "schema:about"),
    _property("addressee", "synthesis", "kg:Claim", "owl:Thing", "addressee", "Whom the speaker spoke to."),
    _property("reportedBy", "synthesis", "kg:Claim", "owl:Thing", "reported by",
              "The go-between who reported the claim to the article's author, such as an agency."),
    _property("saidOn", "synthesis", None, "time:Interval", "said on",
              "When it was said: an interval whose beginning and end are days, the same day where one day is known."),
    _property("saidIn", "synthesis", "kg:Claim", "owl:Thing", "said in", "The place where it was said."),
    _property("subject", "synthesis", "kg:Proposition", "owl:Thing", "subject", "The entity that is the subject."),
    _property("object", "synthesis", "kg:Proposition", "owl:Thing", "object", "The entity that is the object."),
    _property("isoCode", "synthesis", "schema:Country", "xsd:string", "ISO code",
              "ISO 3166-1 alpha-2 code in capitals; XK for Kosovo."),
    # Claims across articles: concluded.
    _property("inGroup", "synthesis", "kg:Claim", "kg:ClaimGroup", "in group",
              "The group of claims that report the same statement; every claim is in one, often alone."),
    _property("inReport", "synthesis", "kg:Claim", "kg:IndependentReport", "in report",
              "The independent report of the group that the claim belongs to."),
    _property("reportOf", "synthesis", "kg:IndependentReport", "kg:ClaimGroup", "report of", "The group it reports."),
    _property("firstReport", "synthesis", None, "kg:Claim", "first report",
              "The earliest published claim of a group, or of one independent report of it."),
    _property("reportedIn", "synthesis", "kg:ClaimGroup", "schema:NewsMediaOrganization", "reported in",
              "An outlet that reports the statement, in its own words or not."),
    _property("independentReports", "synthesis", "kg:ClaimGroup", "xsd:integer", "independent reports",
              "How many newsrooms stand behind a group: reprints and credited accounts count once."),
    _property("changes", "synthesis", "kg:ClaimGroup", "kg:ClaimGroup", "changes",
              "The earlier position of the same speaker that this one cannot stand beside."),
    _property("contradicts", "synthesis", "kg:ClaimGroup", "kg:ClaimGroup", "contradicts",
              "A statement of another speaker that cannot be true together with this one; goes both ways."),
    _property("linkKind", "synthesis", "kg:GroupLink", "xsd:string", "link kind", "What the link says.",
              values=get_args(LinkKind)),
    _property("linkFrom", "synthesis", "kg:GroupLink", "kg:ClaimGroup", "link from",
              "The later position of a change; of a contradiction, the statement first reported."),
    _property("linkTo", "synthesis", "kg:GroupLink", "kg:ClaimGroup", "link to",
              "The earlier position of a change; of a contradiction, the other statement."),
    _property("score", "synthesis", "kg:GroupLink", "xsd:decimal", "score", "How sure the link is, 0 to 1."),
    _property("explanation", "synthesis", "kg:GroupLink", "xsd:string", "explanation",
              "Why the groups are linked: the words that oppose each other, and how."),
    # The claim's own features: as read in the evidence, as corrected in the synthesis.
    _property("passage", "both", None, "oa:SpecificResource", "passage",
              "The sentence or sentences to show for a claim, the words of an office or of a proposition."),
    _property("source", "both", "kg:Claim", "oa:SpecificResource", "source", "The words that say whose claim it is."),
    _property("cue", "both", "kg:Claim", "oa:SpecificResource", "cue",
              "The words that say that it is a claim, and of what kind."),
    _property("content", "both", "kg:Claim", "oa:SpecificResource", "content",
              "The words of what is claimed; several in order of oa:start."),
    _property("kind", "both", "kg:Claim", "xsd:string", "kind",
              "Whether the words are the speaker's own, the author's, or both.", values=get_args(ClaimKind)),
    _property("act", "both", "kg:Claim", "xsd:string", "act", "What is done by saying it.", values=get_args(Act)),
    _property("polarity", "both", "kg:Claim", "xsd:string", "polarity",
              "Negative where the content's main clause or the cue is negated.", values=get_args(Polarity)),
    _property("modality", "both", "kg:Claim", "xsd:string", "modality", "How far the content is asserted as fact.",
              values=get_args(Modality)),
    _property("addresseeText", "both", "kg:Claim", "xsd:string", "addressee as written",
              "The words for whom the speaker spoke to, named or not."),
    _property("saidOnText", "both", "kg:Claim", "xsd:string", "time as written", "The words for when it was said."),
    _property("addresseePassage", "both", "kg:Claim", "oa:SpecificResource", "addressee passage",
              "Where the text says whom the speaker spoke to."),
    _property("saidOnPassage", "both", "kg:Claim", "oa:SpecificResource", "time passage",
              "Where the text says when it was said."),
    _property("saidInPassage", "both", "kg:Claim", "oa:SpecificResource", "place passage",
              "Where the text says where it was said."),
    _property("within", "both", "kg:Claim", "kg:Claim", "within", "The claim whose content this one stands in."),
    _property("confidence", "both", "kg:Claim", "xsd:decimal", "confidence",
              "The reader's probability, 0 to 1, that this claim is read rightly."),
    _property("proposition", "both", "kg:Claim", "kg:Proposition", "proposition", "A clause of the content, analysed."),
    _property("subjectText", "both", "kg:Proposition", "xsd:string", "subject as written",
              "The words for the subject, an entity or not."),
    _property("predicate", "both", "kg:Proposition", "xsd:string", "predicate", "The verb alone."),
    _property("objectText", "both", "kg:Proposition", "xsd:string", "object as written",
              "The words for the object, an entity or not."),
    _property("negated", "both", "kg:Proposition", "xsd:boolean", "negated", "Whether the clause is negated."),
    # What one text says: mentions instead of entities.
    _property("sourceMention", "evidence", "kg:Claim", "oa:Annotation", "source mention", "A mention of a speaker."),
    _property("aboutMention", "evidence", "kg:Claim", "oa:Annotation", "about mention",
              "A mention in the content of what it speaks of."),
    _property("addresseeMention", "evidence", "kg:Claim", "oa:Annotation", "addressee mention",
              "A mention of whom the speaker spoke to."),
    _property("reporterMention", "evidence", "kg:Claim", "oa:Annotation", "reporter mention",
              "A mention of the go-between who reported the claim."),
    _property("placeMention", "evidence", "kg:Claim", "oa:Annotation", "place mention",
              "A mention of the place where it was said."),
    _property("subjectMention", "evidence", "kg:Proposition", "oa:Annotation", "subject mention",
              "A mention of the subject."),
    _property("objectMention", "evidence", "kg:Proposition", "oa:Annotation", "object mention",
              "A mention of the object."),
    _property("refersTo", "evidence", "oa:Annotation", "kg:Referent", "refers to",
              "What the mention stands for within its article; several for joint mentions such as \"they\"."),
    _property("entityType", "evidence", "kg:Referent", "xsd:string", "entity type", "What sort of thing it is.",
              values=get_args(EntityType)),
    _property("holder", "evidence", "kg:OfficeStatement", "kg:Referent", "holder", "Who is said to hold the office."),
    _property("officeOf", "evidence", "kg:OfficeStatement", "kg:Referent", "office of",
              "The organisation or country whose office it is."),
    # The text itself.
    _property("mentionKind", "article", "oa:Annotation", "xsd:string", "mention kind",
              "How the words refer to what they mention.", values=get_args(MentionKind)),
    _property("publishedOn", "article", "schema:NewsArticle", "xsd:date", "published on",
              "The day of publication as the article gives it: the one to sort and compare by, whatever the precision "
              "of schema:datePublished."),
    _property("path", "article", "schema:NewsArticle", "xsd:string", "path",
              "The file, relative to where reading began, with forward slashes."),
    _property("textSha256", "article", "schema:NewsArticle", "xsd:string", "SHA-256 of the text",
              "Hexadecimal SHA-256 of the body that all offsets count in."),
    _property("version", "article", "schema:NewsArticle", "xsd:string", "version",
              "Hexadecimal SHA-256 of body and metadata."),
    _property("fingerprint", "article", "prov:Entity", "xsd:string", "fingerprint",
              "Hash of the extractor's weights, code version and settings."),
    # What people decided.
    _class("Judgement", "judgements", "judgement",
           "A person's decision about the evidence; prov:wasAttributedTo and prov:generatedAtTime say whose and when.",
           "prov:Entity"),
    _property("decision", "judgements", "kg:Judgement", "xsd:string", "decision", "What sort of decision it is.",
              values=get_args(DecisionName)),
    _property("judges", "judgements", "kg:Judgement", "owl:Thing", "judges",
              "The claim, or the two mentions, that it is about, as far as they are in the evidence."),
    _property("rightSpeaker", "judgements", "kg:Judgement", "oa:Annotation", "right speaker",
              "A mention of whoever made the claim."),
    _property("rightField", "judgements", "kg:Judgement", "xsd:string", "right field",
              "The property of the claim, by its name here, that it gives another value.", values=get_args(Field)),
    _property("rightValue", "judgements", "kg:Judgement", "xsd:string", "right value",
              "A word of the property's list, or the words of a span."),
    _property("undoes", "judgements", "kg:Judgement", "kg:Judgement", "undoes", "The judgement that counts no more."),
    _property("overruledBy", "judgements", "kg:Judgement", "kg:Judgement", "overruled by",
              "A later judgement that contradicts it and holds."),
    _property("standing", "judgements", "kg:Judgement", "xsd:string", "standing",
              "Whether it is in force; an orphan names words that are no longer in the evidence.",
              values=get_args(Standing)),
    _property("reason", "judgements", "kg:Judgement", "xsd:string", "reason", "Why it was decided so."),
)  # fmt: skip


class KG(DefinedNamespace):
    """`KG.speaker` is the IRI of kg:speaker; a name that is no term raises AttributeError."""

    _NS = Namespace(NAMESPACE)
    _fail = True
    _extras = [term.name for term in TERMS]  # noqa: RUF012 - the form rdflib asks for


def values(name: str) -> tuple[str, ...]:
    """All literals a property can take, in natural order; none when they are not listed. KeyError when no term."""
    return {term.name: term.values for term in TERMS}[name]


def expand(prefixed: str) -> URIRef:
    """The IRI of a prefixed name such as "schema:Claim". KeyError for an unknown prefix."""
    prefix, _, local = prefixed.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def bind_prefixes(graph: Graph) -> Graph:
    """Give a graph our prefixes, for writing; the graph itself is returned."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


def vocabulary_graph(base: str = BASE) -> Graph:
    """The ontology (OWL 2) of our terms, as a named graph: the same every time."""
    graph = Graph(store="SimpleMemory", identifier=Minter(base).vocabulary_graph(), bind_namespaces="none")
    graph.add((URIRef(NAMESPACE.rstrip("#")), RDF.type, OWL.Ontology))
    for term in TERMS:
        _describe(graph, term)
    graph.add((KG.said, OWL.inverseOf, KG.speaker))
    return graph


def _describe(graph: Graph, term: Term) -> None:
    is_class = term.kind == "class"
    is_literal = bool(term.range and term.range.startswith("xsd:"))
    graph.add((
        term.iri,
        RDF.type,
        OWL.Class if is_class else OWL.DatatypeProperty if is_literal else OWL.ObjectProperty,
    ))  # fmt: skip
    graph.add((term.iri, RDFS.label, RdfLiteral(term.label, lang="en")))
    graph.add((term.iri, RDFS.comment, RdfLiteral(term.comment, lang="en")))
    graph.add((term.iri, RDFS.isDefinedBy, URIRef(NAMESPACE.rstrip("#"))))
    for parent in term.parents:
        graph.add((term.iri, RDFS.subClassOf if is_class else RDFS.subPropertyOf, expand(parent)))
    if term.domain:
        graph.add((term.iri, RDFS.domain, expand(term.domain)))
    if term.range:
        graph.add((term.iri, RDFS.range, expand(term.range)))
