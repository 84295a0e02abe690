"""The chain of reporting: the outlet through which a claim reached the article, when it is not the article's own.

"Reuters reported that X said", "told the BBC", "said on CNN", "in a statement carried by SUNA". What stands in a claim
came the way that the claim came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from kg.extract.clauses import head_of, is_form_of, subject_of
from kg.extract.drafts import Draft
from kg.extract.lexicon import lemmas_of
from kg.extract.mentions import Mentions
from kg.extract.outlets import is_outlet, same_outlet
from kg.extract.passages import Sentences
from kg.extract.referents import Referents
from kg.extract.sources import mended, speakers_of
from kg.model import Claim, Entity, Mention

_REPORTING = frozenset(
    """
    report write publish reveal note find describe quote cite accord according tell broadcast air learn show uncover
    detail
    """.split()
)
_OF_ITSELF = frozenset("say announce add insist claim suggest argue state confirm allege estimate".split())
_JOURNALISTS = frozenset(
    """
    reporter correspondent journalist anchor host reporters journalists correspondents anchors hosts
    """.split()
)
_NO_LONGER = frozenset({"former", "ex", "then", "onetime"})
_ACCOUNTS = frozenset("account article column interview letter op-ed piece report story transcript".split())
_POLLS = frozenset({"poll", "polls", "polling", "survey", "surveys"})
_ASKING = frozenset({"request", "question", "accusation", "praise", "feeling"})  # acts whose addressee is no medium
_PASSED_ON = frozenset("report carry publish broadcast relay air print post reprint run".split())
_STATE = frozenset(
    """
    agency army board bureau commission committee council court department fund government institute ministry navy
    office party police secretariat service staff union university
    """.split()
)
_TALKS = frozenset(
    """
    interview conversation interviews appearance discussion speaking speak spoke talk talking talked told statement
    email emailed e-mail comments remarks message
    """.split()
)
_PIECES = frozenset(
    """
    column editorial essay interview letter op-ed ed article piece report story transcript blog commentary profile
    """.split()
)
_SHOWN = frozenset(
    """
    interview program programme show broadcast debate report story article op-ed op column editorial essay profile
    town panel forum podcast segment special appearance
    """.split()
)
_WRITING = frozenset({"wrote", "write", "writes", "writing", "published", "said", "saying", "quoted"})
_FILLERS = frozenset("the a an 's ’s its his her their".split())
_REACH = 7  # tokens before an outlet's name in which its part is looked for


@dataclass(frozen=True, slots=True)
class _Article:
    """What is asked about the claims of one article."""

    claims: Sequence[Claim]
    drafts: Sequence[Draft]
    sentences: Sentences
    mentions: Mentions
    referents: Referents
    by_sentence: dict[int, list[int]]

    @property
    def doc(self) -> Doc:
        return self.sentences.doc


def with_reporters(
    claims: Sequence[Claim],
    drafts: Sequence[Draft],
    phrases: Sequence[tuple[Span, Span]],
    sentences: Sentences,
    mentions: Mentions,
    referents: Referents,
    outlet: str | None,
) -> list[Claim]:
    """With `reported_by`. `drafts` are those of the claims; `phrases` are "as reported by X", each with its X.

    `outlet` is the article's own. Linear in the text's length.
    """
    by_sentence: dict[int, list[int]] = {}
    for n, draft in enumerate(drafts):
        spans = (draft.cue or draft.contents[0], *draft.contents)
        for k in sorted({k for s in spans for k in (sentences.at(s.start), sentences.at(s.end - 1))}):
            by_sentence.setdefault(k, []).append(n)
    article = _Article(claims, drafts, sentences, mentions, referents, by_sentence)
    names = {e.id: e.name for e in referents.entities}
    found: dict[int, str] = {}
    media = list(_media(article))
    here = [*_own(article, names), *_credited(article, phrases, names), *_spoken_to(media)]
    for n, id in (*here, *_right_after(article, media)):
        if not (outlet and same_outlet(outlet, names[id])):
            found.setdefault(n, id)
    by_content = {claims[n].content: id for n, id in reversed(found.items())}
    for n, claim in enumerate(claims):
        if claim.content in by_content:  # "Kyodo said, citing officials, that …"
            found.setdefault(n, by_content[claim.content])
    return _inherited(claims, found)


def _inherited(claims: Sequence[Claim], found: dict[int, str]) -> list[Claim]:
    number = {claim.id: n for n, claim in enumerate(claims)}
    done = []
    for n, claim in enumerate(claims):
        m, seen = n, set[int]()
        while m not in found and claims[m].within is not None and m not in seen:
            seen.add(m)
            m = number[claims[m].within or ""]
        done.append(replace(claim, reported_by=found.get(m)))
    return done


def _own(article: _Article, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Claims of an outlet that reports, of its journalists, and of whom a claim is addressed to it."""
    for n, (claim, draft) in enumerate(zip(article.claims, article.drafts, strict=True)):
        source = draft.source
        polled = source is not None and any(t.lower_ in _POLLS for t in source)
        id = claim.speakers[0] if len(claim.speakers) == 1 else ""
        if id in names and not polled and _is_report(draft, article.referents, names[id], id):
            yield n, id
        told = source is not None and not claim.speakers and not polled and any(t.lower_ in _ACCOUNTS for t in source)
        if source is not None and (told or _is_journalist(source)):
            yield from ((n, id) for id in _outlets_in(article, source.start_char, source.end_char))
        if claim.addressee is not None and claim.act not in _ASKING:
            yield from ((n, id) for id in _outlets_in(article, claim.addressee.start, claim.addressee.end))


def _is_journalist(source: Span) -> bool:
    words = {t.lower_ for t in source}
    return not words.isdisjoint(_JOURNALISTS) and words.isdisjoint(_NO_LONGER)


def _outlets_in(article: _Article, start: int, end: int) -> Iterator[str]:
    """The outlets named in a stretch of text: of "told CNN’s Ann Lee" it is CNN."""
    for mention, entity in article.mentions.within(start, end):
        if _is_outlet(mention, entity):
            yield entity.id


def _is_report(draft: Draft, referents: Referents, name: str, id: str) -> bool:
    """Whether an outlet passes on what it found out, as against speaking for itself."""
    if draft.cue is None:
        return False
    lemmas = {lemma for t in draft.cue for lemma in (t.lemma_, *lemmas_of(t.lower_))}
    passive = draft.cue[-1].lower_ == "by" and not lemmas.isdisjoint(_PASSED_ON)
    if not is_outlet(name):
        return passive and _may_be_outlet(name)
    if passive or not lemmas.isdisjoint(_REPORTING):
        return True
    if lemmas.isdisjoint(_OF_ITSELF):
        return False
    subject = subject_of(head_of(draft.contents[0]))
    return subject is None or id not in referents.head_of(subject.doc[subject.i : subject.i + 1])


def _may_be_outlet(name: str) -> bool:
    """Whether an organisation of a name we do not know can be an outlet: not a body of state or the like."""
    return _STATE.isdisjoint(name.lower().split())


def _is_outlet(mention: Mention, entity: Entity) -> bool:
    return entity.type == "Organisation" and (is_outlet(entity.name) or is_outlet(mention.text))


def _credited(
    article: _Article, phrases: Sequence[tuple[Span, Span]], names: dict[str, str]
) -> Iterator[tuple[int, str]]:
    """ "as reported by X" goes with the outermost claim that shares its sentence and stands nearest."""
    for phrase, reporter in phrases:
        who = speakers_of(mended(reporter, article.mentions) or reporter, article.referents)
        if len(who) != 1 or not _may_pass_on(phrase, names[who[0]]):
            continue
        near = [
            (draft.depth, min(abs(s.start - phrase.start) for s in draft.contents), n)
            for n in article.by_sentence.get(article.sentences.at(phrase.start), ())
            if not _is_own(draft := article.drafts[n], phrase) and article.claims[n].speakers != who
        ]
        if near:
            yield min(near)[2], who[0]


def _may_pass_on(phrase: Span, name: str) -> bool:
    if is_outlet(name):
        return True
    return _may_be_outlet(name) and any(is_form_of(t, _PASSED_ON) for t in phrase)


def _is_own(draft: Draft, phrase: Span) -> bool:
    """Whether the phrase is the draft's own cue: the draft is then what X reported, not what X passed on."""
    return draft.cue is not None and draft.cue.start < phrase.end and phrase.start < draft.cue.end


@dataclass(frozen=True, slots=True)
class _Medium:
    """An outlet that somebody speaks to, and the claims in its sentence that are made to it, the nearest and others of
    its speakers."""

    span: Span
    id: str
    claims: tuple[int, ...]


def _media(article: _Article) -> Iterator[_Medium]:
    """ "in an interview with X", "said on X", "wrote in X": claims whose cue stands in the sentence with X."""
    for mention, entity in article.mentions.pairs:
        if not _is_outlet(mention, entity):
            continue
        span = article.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or not _is_medium(span):
            continue
        here = sorted(
            (abs(draft.cue.start - span.start), n)
            for n in article.by_sentence.get(article.sentences.at(span.start), ())
            if (draft := article.drafts[n]).cue is not None
            and article.sentences.at(draft.cue.start) == article.sentences.at(span.start)
            and not any(s.start < span.end and span.start < s.end for s in draft.contents)
        )
        yield _Medium(span, entity.id, tuple(_with_nearest(article, [n for _, n in here])))


def _with_nearest(article: _Article, here: Sequence[int]) -> Iterator[int]:
    """The first claim and those of the same speakers at the same depth."""
    for n in here:
        same = article.claims[n].speakers == article.claims[here[0]].speakers
        if same and article.drafts[n].depth == article.drafts[here[0]].depth:
            yield n


def _spoken_to(media: Sequence[_Medium]) -> Iterator[tuple[int, str]]:
    for medium in media:
        yield from ((n, medium.id) for n in medium.claims)


def _right_after(article: _Article, media: Sequence[_Medium]) -> Iterator[tuple[int, str]]:
    """Claims of the next sentence, in the same paragraph, by one who speaks in that of the outlet, or is named there
    where nobody speaks: "Lee appeared on CNN on Sunday. She said …"."""
    for medium in media:
        k = article.sentences.at(medium.span.start)
        start, end = article.sentences.span(k)
        sentence = article.doc[start:end]
        speaking = {id for n in medium.claims for id in article.claims[n].speakers}
        around = article.mentions.within(sentence.start_char, medium.span.start_char)
        named = {e.id for _, e in around if e.type == "Person"}
        who = speaking or (named if len(named) == 1 else set())
        if "\n" not in sentence.text and who:
            yield from ((n, medium.id) for n in _outermost(article, k + 1) if set(article.claims[n].speakers) == who)


def _outermost(article: _Article, sentence: int) -> Iterator[int]:
    """The claims with their cue in a sentence that stand in no other's content."""
    for n in article.by_sentence.get(sentence, ()):
        draft = article.drafts[n]
        if draft.cue is not None and not draft.depth and article.sentences.at(draft.cue.start) == sentence:
            yield n


def _is_medium(outlet: Span) -> bool:
    """Whether somebody speaks to an outlet, on it or in it, by the words before and after its name."""
    doc = outlet.doc
    words = [t.lower_ for t in reversed(doc[max(outlet.start - _REACH, 0) : outlet.start])]
    while words and (words[0] in _FILLERS):
        if words.pop(0) in ("’s", "'s") and words:
            words.pop(0)  # "in Iowa’s Gazette"
    following = [t.lower_ for t in doc[outlet.end : outlet.end + 3]]
    if any(w in _SHOWN for w in following[:2]) and any(w in ("in", "on", "during", "to", "at") for w in words[:4]):
        return True
    if not words:
        return False
    if words[0] == "on":
        return True
    if words[0] in ("with", "to", "told"):
        return not _TALKS.isdisjoint(words[:4])
    if words[0] in ("in", "for"):
        return not (_PIECES | _WRITING).isdisjoint(words[1:4])
    return False
