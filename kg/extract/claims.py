"""Attributions of the reader model → claims: who says what of whom, how, and in which circumstances."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.extract.addressee import split_addressee
from kg.extract.chain import with_reporters
from kg.extract.circumstances import with_circumstances
from kg.extract.clauses import head_of, noun_phrase, subject_of
from kg.extract.drafts import Draft, read_drafts, with_quotations
from kg.extract.edges import content_before, cut_content, without_addressee
from kg.extract.floating import with_labels, with_speakers_beside
from kg.extract.frames import cut_reports, reporters
from kg.extract.lexicon import cue_of, titles
from kg.extract.mentions import Mentions, mentions_of
from kg.extract.missed import with_missed
from kg.extract.mood import mood_of
from kg.extract.nested import with_nested
from kg.extract.passages import Sentences, passage_of, sentences_of
from kg.extract.propositions import with_propositions
from kg.extract.quotes import Quotes, find_quotes
from kg.extract.referents import Referents
from kg.extract.sources import mended, speakers_of, with_sources
from kg.extract.turns import speaker_of_label, with_turns
from kg.extract.wholes import with_wholes
from kg.model import Claim, ClaimKind
from kg.model import Span as TextSpan

_DIRECT = 0.99  # share of quoted letters from which content counts as a direct quotation
_JOINING = re.compile(r"(?:and|but|or|yet)\s+(?=\W)")
_THIRD_PERSON = frozenset({"he", "she", "it", "they"})
_REALMS = {
    "state": frozenset({"country", "government", "state", "nation", "kingdom", "administration"}),
    "company": frozenset({"company", "firm", "group", "bank", "airline", "carmaker"}),
}  # what somebody with an office of such a body speaks for
_SPEAKER_HIMSELF = frozenset("i me my mine myself we us our ours ourselves you your yours".split())


def find_claims(
    doc: Doc, referents: Referents, published: str | None = None, outlet: str | None = None
) -> tuple[Claim, ...]:
    """The claims of a document, numbered c1, c2, … in order of first character. Pure; linear in the text's length.

    Reads `doc.spans["claims"]`, tags, the parse (where there is one), and what spans refer to; `published` is the
    article's date, `outlet` its own, which reports nothing to it.
    """
    words = referents.words
    quotes, sentences, mentions = find_quotes(words.body), sentences_of(words), mentions_of(referents.entities)
    passing_on = reporters(doc)
    drafts = with_sources(read_drafts(words, quotes), sentences, mentions, [phrase for phrase, _ in passing_on])

    def goes_on(draft: Draft, sentence: Span) -> bool:
        return _is_about_speaker(draft, sentence, referents)

    drafts = with_speakers_beside(drafts, sentences, quotes)
    empty = [d for d in drafts if not d.contents and d.cue is not None and d.source is not None]
    drafts = with_quotations([d for d in drafts if d.contents], quotes, sentences, goes_on)
    drafts = with_labels(drafts, words.body)
    drafts = with_turns(_without_reports(drafts, [phrase for phrase, _ in passing_on]), empty, quotes, words)
    drafts = with_wholes(drafts, empty, sentences, quotes)
    drafts = with_missed(drafts, sentences, quotes, lambda source: mended(source, mentions))
    drafts = with_nested(
        drafts, quotes, lambda source: mended(source, mentions), lambda a, b: _same_holder(a, b, referents)
    )
    drafts.sort(key=lambda d: (d.first, d.contents[0].start, d.last.end))
    claims = [_claim(d, quotes, sentences, mentions, referents) for d in drafts]
    order = sorted(range(len(claims)), key=lambda n: (_first_character(claims[n]), n))
    drafts, claims = [drafts[n] for n in order], [claims[n] for n in order]
    claims = [replace(claim, id=f"c{n}") for n, claim in enumerate(claims, start=1)]
    claims = with_circumstances(words, _nested(claims), referents, published)
    owns = [_own(d.source, c.speakers, referents, quotes) for d, c in zip(drafts, claims, strict=True)]
    claims = with_propositions(words, claims, owns, referents)
    phrases = [*passing_on, *_sayings(empty)]
    return tuple(with_reporters(claims, drafts, phrases, sentences, mentions, referents, outlet))


def _first_character(claim: Claim) -> int:
    return min(s.start for s in (claim.source, claim.cue, *claim.content) if s is not None)


def _is_about_speaker(draft: Draft, sentence: Span, referents: Referents) -> bool:
    """Whether the subject of a sentence is the draft's speaker, by name or pronoun."""
    speakers = speakers_of(draft.source, referents) if draft.source is not None else ()
    subject = subject_of(head_of(sentence))
    if not speakers or subject is None or not sentence.start <= subject.i < sentence.end:
        return False
    return referents.head_of(noun_phrase(subject)) == speakers


def _without_reports(drafts: Sequence[Draft], phrases: Sequence[Span]) -> list[Draft]:
    """Contents without the "as reported by X" at their ends, as far as it is not the draft's own cue."""
    starts = [p.start for p in phrases]
    done = []
    for draft in drafts:
        first, last = draft.contents[0].start, draft.contents[-1].end
        inside = phrases[bisect_left(starts, first) : bisect_right(starts, last)]
        done.append(replace(draft, contents=cut_reports(draft.contents, inside)))
    return done


def _same_holder(inner: Draft, outer: Draft, referents: Referents) -> bool:
    """Whether who thinks or hopes in a content is the one whose words it is; a pronoun is, if nothing tells."""
    if inner.source is None or inner.source.text.lower() in _SPEAKER_HIMSELF:
        return True
    if outer.source is not None and inner.source.text.lower() == outer.source.text.lower():
        return True
    theirs, own = (speakers_of(d.source, referents) if d.source is not None else () for d in (inner, outer))
    if theirs and own:
        return not set(theirs).isdisjoint(own)
    return len(inner.source) == 1 and inner.source[0].pos_ == "PRON" and inner.source[0].tag_ != "WP"


def _claim(
    draft: Draft,
    quotes: Quotes,
    sentences: Sentences,
    mentions: Mentions,
    referents: Referents,
) -> Claim:
    cue, source = draft.cue, draft.source
    row = cue_of(cue) if cue is not None else None
    contents = draft.contents
    if cue is not None:
        before = content_before(source, cue, row, contents)
        contents = without_addressee(cue, row, contents)
        contents = (before,) if before is not None else (split_addressee(cue, row, contents[0]), *contents[1:])
        contents = (*contents[:-1], cut_content(cue, contents[-1]))
    spans = tuple(_text_span(s, sentences.body) for s in contents)
    kind: ClaimKind = "direct" if draft.set_off else _kind(spans, quotes, sentences.body)
    speakers = speakers_of(source, referents) if source is not None else ()
    if source is not None and draft.set_off and cue is None:
        speakers = speakers or speaker_of_label(source.text, referents.entities)
    own = _own(source, speakers, referents, quotes)
    mood = mood_of(cue, row, source, contents, own, kind == "direct")
    return Claim(
        id="",
        kind=kind,
        content=spans,
        passage=passage_of(sentences, draft.first, draft.last.end - 1),
        source=_text_span(source, sentences.body) if source is not None else None,
        speakers=speakers,
        cue=_text_span(cue, sentences.body) if cue is not None else None,
        act=mood.act,
        polarity=mood.polarity,
        modality=mood.modality,
        about=_about(spans, mentions),
        confidence=round(draft.confidence, 2),
    )


def _text_span(span: Span, body: str) -> TextSpan:
    start, end = span.start_char, span.end_char
    return TextSpan(start, end, body[start:end])


def _own(
    source: Span | None, speakers: tuple[str, ...], referents: Referents, quotes: Quotes
) -> Callable[[Token], bool]:
    """Whether a subject in the content is the speaker, or somebody whom the source names ("a Ford spokesman").

    A third-person pronoun is never the speaker in a quotation; in reported speech one of which nobody knows whom it
    means is taken for them.
    """
    principals = {*speakers, *(referents.at(source.start_char, source.end_char) if source is not None else ())}
    head = head_of(source) if source is not None else None
    types = {entity.type for entity in referents.entities if entity.id in speakers}
    others = {"it"} if "Person" in types else {"he", "she"} if types else set()

    def own(subject: Token) -> bool:
        pronoun = subject.lower_ in _THIRD_PERSON
        if pronoun and (quotes.inside(subject.idx) or subject.lower_ in others):
            return False
        who = referents.head_of(noun_phrase(subject))
        if who and principals:
            return not principals.isdisjoint(who)
        if source is None or head is None:
            return False
        if pronoun:
            return True
        named = any(t.lower_ == subject.lower_ and t.pos_ == "NOUN" for t in source)  # "a spokesman for the bank"
        spoken_for = named or any(subject.lower_ in _REALMS.get(body, ()) for body in _bodies(source))
        return subject.pos_ == "NOUN" and spoken_for and subject.i not in range(source.start, source.end)

    return own


def _bodies(source: Span) -> set[str]:
    """The kinds of body in which a source holds an office ("the president": of a state), by its title."""
    offices = (titles().get(token.lower_) for token in source)
    return {office.body for office in offices if office is not None and office.type == "office"}


def _kind(contents: Sequence[TextSpan], quotes: Quotes, text: str) -> ClaimKind:
    """Direct when all words are quoted, but for a joining "and" or "but"."""
    if all(_is_quoted(s, quotes, text) for s in contents):
        return "direct"
    return "mixed" if any(quotes.covered(s.start, s.end, text) > 0 for s in contents) else "indirect"


def _is_quoted(content: TextSpan, quotes: Quotes, text: str) -> bool:
    joining = _JOINING.match(content.text)
    start = content.start + (joining.end() if joining else 0)
    return quotes.covered(start, content.end, text) >= _DIRECT


def _about(contents: Sequence[TextSpan], mentions: Mentions) -> tuple[str, ...]:
    """Ids of the entities mentioned in the content, in order of first mention there.

    Neither "I" and "you" count nor what only qualifies the title before a person's name: "Russian President Vladimir
    Putin" is about Putin.
    """
    found: dict[str, None] = {}
    for span in contents:
        inside = mentions.within(span.start, span.end)
        names = {(m.start, e.id) for m, e in inside if m.kind == "name" and e.type == "Person"}
        titles = {m.start for m, e in inside if m.kind == "title" and (m.end + 1, e.id) in names}
        for mention, entity in inside:
            qualifies = entity.type != "Person" and mention.end + 1 in titles
            if not qualifies and mention.text.lower() not in _SPEAKER_HIMSELF:
                found[entity.id] = None
    return tuple(found)


def _nested(claims: Sequence[Claim]) -> list[Claim]:
    """With `within`: the innermost claim in whose content another one's cue, or without one its content, stands.

    Of two with the same content it is the first one.
    """
    contents = sorted((s.start, -s.end, -n) for n, claim in enumerate(claims) for s in claim.content)
    anchors = {n: claim.cue or claim.content[0] for n, claim in enumerate(claims)}
    done = list(claims)
    opened: list[tuple[int, int]] = []  # (end, number) of the contents around the present place, the innermost last
    at = 0
    for n in sorted(anchors, key=lambda n: (anchors[n].start, -anchors[n].end)):
        start, end = anchors[n].start, anchors[n].end
        while at < len(contents) and contents[at][0] <= start:
            opened.append((-contents[at][1], -contents[at][2]))
            at += 1
        opened = [(reach, m) for reach, m in opened if reach > start]
        around = [m for reach, m in opened if m != n and reach >= end and claims[m].content[0] != claims[n].content[0]]
        if around:
            done[n] = replace(done[n], within=claims[around[-1]].id)
    return done


def _sayings(drafts: Sequence[Draft]) -> list[tuple[Span, Span]]:
    """Attributions without a content of their own (", Reuters reports"), as (phrase, reporter)."""
    found = []
    for draft in drafts:
        assert draft.source is not None
        spans = draft.spans
        phrase = draft.source.doc[min(s.start for s in spans) : max(s.end for s in spans)]
        found.append((phrase, draft.source))
    return found
