"""Whose claim it is: the source span as the model found it, mended, or found by the grammar of the cue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import head_of, noun_phrase, subject_of
from kg.extract.drafts import Draft
from kg.extract.mentions import Mentions
from kg.extract.passages import Sentences
from kg.extract.referents import Referents
from kg.extract.words import has_letters

_SPEAKING_PRONOUNS = frozenset({"he", "she", "they", "we", "i"})
_OBJECT_PRONOUNS = frozenset({"him", "her", "them", "us", "me"})
_JOINING = frozenset({"and", "but", "then", "also", "or", "yet", ","})
_CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """.split()
)
_DOCUMENTS = frozenset(
    """
    analysis announcement article assessment blog book column document editorial email essay filing investigation
    letter memo message note paper poll post release report statement story study survey testimony transcript tweet
    """.split()
)
_EXAMPLES = frozenset({"including", "like", "such"})  # after these stand some of those who speak
_AUTHORED = frozenset({"by", "from"})
_FARTHEST = 40  # tokens a source may be long or away


def with_sources(
    drafts: Sequence[Draft], sentences: Sentences, mentions: Mentions, extra: Iterable[Span] = ()
) -> list[Draft]:
    """The drafts with their sources mended and, where the model found none, looked for.

    No source takes a word of any cue or content, or of the spans in `extra`.
    """
    doc = sentences.doc
    taken = bytearray(len(doc))
    for span in (*extra, *(s for d in drafts for s in (d.cue, *d.contents) if s is not None)):
        taken[span.start : span.end] = b"\1" * len(span)
    done: list[Draft] = []
    for draft in drafts:
        if draft.source is not None:
            draft = replace(draft, source=_mended(draft.source, taken, mentions))
        elif draft.cue is not None:
            found = _after_preposition(draft.cue, taken) or _own_subject(draft.cue, taken)
            found = found or _shared(draft.cue, done, sentences) or _subject(draft.cue, taken)
            draft = replace(draft, source=_mended(found, taken, mentions) if found is not None else None)
        done.append(draft)
    return done


def mended(source: Span, mentions: Mentions) -> Span | None:
    """A source with the whole of the names it cuts, wherever they stand."""
    return _mended(source, None, mentions)


def _mended(source: Span, taken: bytearray | None, mentions: Mentions) -> Span | None:
    """A source without dangling punctuation and a preceding adverbial, and with the whole of the names it cuts."""
    start, end = _without_adverbials(source)
    doc = source.doc
    while (start < end and not _is_word(doc[start])) or (doc[start].lower_ in ("and", "but") and start + 1 < end):
        start += 1
        if start == end:
            return None
    while end > start and not _is_word(doc[end - 1]) and doc[end - 1].text not in (")", "%", "'", "’"):
        end -= 1
    for mention, _ in mentions.cut(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])):
        whole = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        overlap = whole is not None and whole.end > start and whole.start < end
        if whole is not None and overlap and not (taken and any(taken[whole.start : whole.end])):
            start, end = min(start, whole.start), max(end, whole.end)
    if start + 1 < end and doc[start].tag_ == "WP" and start and doc[start - 1].pos_ in ("NOUN", "PROPN"):
        start = _before_who(doc, start, taken)
    while end < len(doc) and not (taken and taken[end]) and _belongs(doc[end - 1], doc[end]):
        end += 1
    return doc[start:end]


def _before_who(doc: Doc, who: int, taken: bytearray | None) -> int:
    """Where the noun phrase before a relative pronoun begins: "sources who had read it"."""
    phrase = noun_phrase(doc[who - 1], range(who, who + _FARTHEST))
    return who if taken and any(taken[phrase.start : who]) else phrase.start


def _is_word(token: Token) -> bool:
    return has_letters(token.text)


def _belongs(last: Token, token: Token) -> bool:
    """Whether a name goes on: "Secretary" before "Hegseth" in one phrase."""
    one_name = last.pos_ == token.pos_ == "PROPN" and bool(last.whitespace_) and not token.is_sent_start
    one_phrase = last.head.i == token.i or token.head.i in (last.i, last.head.i)
    return one_name and one_phrase and token.lower_ not in _CALENDAR and last.lower_ not in _CALENDAR


def _without_adverbials(source: Span) -> tuple[int, int]:
    """Where the source begins and ends without "At the end of the visit," before it and ", but …" after it."""
    doc, start, end = source.doc, source.start, source.end
    for comma in [t.i for t in source if t.text == ","]:
        before, after = doc[start], doc[comma + 1] if comma + 1 < end else None
        if before.pos_ in ("ADP", "SCONJ") and before.lower_ != "according" and after is not None:
            start = comma + 1
        elif after is not None and after.lower_ in ("but", "while", "when", "as", "if", "because", "after", "before"):
            return start, comma
    return start, end


def _own_subject(cue: Span, taken: bytearray) -> Span | None:
    """The subject of the cue's verb if it has one of its own."""
    verb = head_of(cue)
    return _subject(cue, taken) if any(c.dep_ == "nsubj" and not taken[c.i] for c in verb.children) else None


def _subject(cue: Span, taken: bytearray) -> Span | None:
    """The subject of the cue's verb, or of the clause it hangs on; the agent of a passive."""
    verb = head_of(cue)
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    subject = subject_of(verb)
    if subject is None or taken[subject.i] or not _may_speak(subject, verb) or abs(subject.i - verb.i) > _FARTHEST * 2:
        return None
    barred = [i for i in range(max(subject.i - _FARTHEST, 0), min(subject.i + _FARTHEST, len(taken))) if taken[i]]
    phrase = noun_phrase(subject, frozenset(barred))
    return phrase[1:] if phrase[0].dep_ == "case" and len(phrase) > 1 else phrase


def _may_speak(subject: Token, verb: Token) -> bool:
    """Whether a subject can be a source: no "it" or "there", no relative or demonstrative pronoun."""
    if subject.pos_ == "PRON":
        spoken = subject.lower_ in _SPEAKING_PRONOUNS
        return spoken or (subject.lower_ in _OBJECT_PRONOUNS and subject.dep_ in ("obl:agent", "obl"))
    return subject.pos_ in ("NOUN", "PROPN") and subject.lower_ not in _CALENDAR


def _after_preposition(cue: Span, taken: bytearray) -> Span | None:
    """The noun phrase that a cue such as "according to" or "in the words of" governs."""
    doc, last = cue.doc, cue[-1]
    if last.pos_ != "ADP" and last.lower_ not in ("to", "of", "by"):
        return None
    if last.lower_ == "to" and not any(t.lower_ == "according" for t in cue):
        return None
    at = next((i for i in range(cue.end, min(cue.end + 2, len(doc))) if not doc[i].is_space), None)
    if at is None or taken[at]:
        return None
    head = last.head if last.dep_ == "case" and last.head.i >= cue.end else _last_noun(doc, at)
    if head is None or taken[head.i] or head.i - at > _FARTHEST:
        return None
    barred = [i for i in range(at, min(head.i + _FARTHEST, len(doc))) if taken[i]] + [cue.end - 1]
    phrase = noun_phrase(head, frozenset(barred))
    return doc[at : phrase.end] if not any(taken[at : phrase.end]) else phrase


def _last_noun(doc: Doc, at: int) -> Token | None:
    """The last of the run of nouns that begins here."""
    last = None
    for token in doc[at : at + _FARTHEST]:
        if token.pos_ in ("NOUN", "PROPN") or (last is None and token.pos_ == "PRON"):
            last = token
        elif last is not None or token.pos_ not in ("DET", "ADJ", "NUM"):
            break
    return last


def _shared(cue: Span, done: Sequence[Draft], sentences: Sentences) -> Span | None:
    """The source of the claim before in the sentence, for a cue joined to that one: "said … and suggested …"."""
    doc = cue.doc
    before = next((d for d in reversed(done) if d.cue is not None and d.cue.end <= cue.start), None)
    if before is None or before.source is None or before.cue is None:
        return None
    if sentences.at(before.cue.start) != sentences.at(cue.start) or before.source.start > cue.start:
        return None
    verb = next((t for t in cue if t.pos_ == "VERB"), None)
    joined = cue.start and doc[cue.start - 1].lower_ in _JOINING and before.last.end >= cue.start - 3
    return before.source if verb is not None and joined else None


def speakers_of(source: Span, referents: Referents) -> tuple[str, ...]:
    """Ids of the entities a source refers to; of "a report by X" it is X, who wrote it, of "who" its antecedent."""
    if len(source) == 1 and source[0].tag_ == "WP" and source[0].head.dep_ == "acl:relcl":
        source = _antecedent(source[0])
    example = next((t.i for t in source if t.lower_ in _EXAMPLES and t.i > source.start), source.end)
    source = source.doc[source.start : example]
    named = referents.head_of(source)
    if named:
        return named
    for token in source[1:]:
        if token.lower_ in _AUTHORED and token.i + 1 < source.end and source.doc[token.i - 1].lemma_ in _DOCUMENTS:
            return referents.head_of(source.doc[token.i + 1 : source.end])
    return ()


def _antecedent(relative: Token) -> Span:
    """The noun phrase before a relative pronoun."""
    doc, noun = relative.doc, relative.head.head
    phrase = noun_phrase(noun, range(relative.i, relative.i + _FARTHEST))
    start = phrase.start
    while start and doc[start].pos_ == doc[start - 1].pos_ == "PROPN":
        start -= 1
    return doc[start : phrase.end]
