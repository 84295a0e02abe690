"""The frame of a cue: who is addressed, and who passed the claim on."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import head_of, is_form_of, noun_phrase
from kg.extract.lexicon import Cue

_PASSING_ON = frozenset({"report", "quote", "cite", "carry", "publish", "broadcast", "relay", "air", "write"})
_AFTER_ADDRESSEE = frozenset({"that", "whether", "if", "against", "why", "how", "what", "when", "where", "who"})
_WITH_TO = frozenset({"not", "never", "n't", "n’t"})
_NOMINATIVE = frozenset({"he", "she", "they", "we", "i", "there"})
_NOT_ADDRESSED = frozenset(
    """
    anything anecdote argument claim fact fear idea it joke lie message news nothing point possibility question
    questions risk rumor rumour something story tale that theory thing this threat truth view
    """.split()
)
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"})
_LONGEST = 15  # tokens of an addressee, or to it
_ADDRESSING = frozenset({"on", "upon", "to", "with"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_TIMES = frozenset(
    """
    today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december earlier later last next
    """.split()
)


def addressee_of(cue: Span, row: Cue | None, taken: Sequence[int]) -> Span | None:
    """The noun phrase that a cue is addressed to ("told reporters", "said to the BBC", "called on Russia to …").

    It stands in the cue or near it, outside the tokens for which `taken` is true: sources, cues and contents.
    """
    if row is None or row.frame not in ("addressee", "to"):
        return None
    doc = cue.doc
    preposition = row.words[-1] if len(row.words) > 1 and row.words[-1] in _ADDRESSING else "to"
    for i in range(cue.start, min(cue.end + 1, len(doc))):
        if doc[i].lower_ == preposition and not (i >= cue.end and taken[i]):
            found = _phrase_at(doc, i + 1, cue, taken)
            if found is not None and _is_someone(found[1]):
                return found[0]
    if row.frame == "addressee" and preposition == "to":
        found = _phrase_at(doc, cue.end, cue, taken)
        if found is not None and _is_someone(found[1]):
            return found[0]
    return _by_parse(cue, row.frame, taken) or _interviewer(cue, taken)


def _by_parse(cue: Span, frame: str, taken: Sequence[int]) -> Span | None:
    head = head_of(cue)
    for token in (head, *(t for t in cue if t.i != head.i and t.pos_ in ("VERB", "NOUN"))):
        for child in sorted(token.children, key=lambda c: c.i):
            near = cue.start < child.i < cue.end + _LONGEST and (child.i < cue.end or not taken[child.i])
            if near and _is_addressed(child, frame):
                barred = [i for i in range(cue.start, min(cue.end + 2 * _LONGEST, len(cue.doc))) if taken[i]]
                phrase = noun_phrase(child, frozenset(barred) - {child.i})
                start = phrase.start + (phrase[0].dep_ == "case" and phrase.start < child.i)
                if not any(t.is_sent_start or t.text in '.;“"' for t in cue.doc[cue.end : start]):
                    return cue.doc[start : phrase.end]
    return None


def _is_addressed(child: Token, frame: str) -> bool:
    if child.pos_ not in ("NOUN", "PROPN", "PRON") or child.tag_ in ("WP", "WDT") or not _is_someone(child):
        return False
    if child.dep_ in ("obl:unmarked", "nmod:unmarked", "obl:agent"):
        return False
    relation = child.dep_.split(":")[0]
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
    if relation in ("obl", "nmod"):
        return case == "to"
    return frame == "addressee" and not case and relation in ("obj", "iobj")


def _is_someone(head: Token) -> bool:
    """Whether a noun can stand for somebody spoken to, as against what is said and when."""
    return head.lower_ not in _NOT_ADDRESSED


def _interviewer(cue: Span, taken: Sequence[int]) -> Span | None:
    """ "… said in an interview with X"."""
    doc = cue.doc
    for i in range(cue.start + 1, min(cue.end + 5, len(doc) - 1)):
        if doc[i].lower_ == "with" and doc[i - 1].lower_ in ("interview", "conversation"):
            found = _phrase_at(doc, i + 1, cue, taken)
            return found[0] if found is not None else None
    return None


def _phrase_at(doc: Doc, start: int, cue: Span, taken: Sequence[int] | None) -> tuple[Span, Token] | None:
    """The noun phrase that begins at a token, and its head, read from the words alone."""
    end, head = start, None
    limit = min(start + _LONGEST, len(doc))
    while (
        end < limit
        and (end < cue.end or not (taken and taken[end]))
        and _continues_phrase(doc[end], head, end == start)
    ):
        token = doc[end]
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.tag_ != "PRP$":
            head = token if head is None or not _after_of(doc, end, start) else head
        end += 1
    while end > start and doc[end - 1].pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
        end -= 1
    return (doc[start:end], head) if head is not None and end > head.i else None


def _continues_phrase(token: Token, head: Token | None, first: bool) -> bool:
    if token.lower_ in _TIMES or token.tag_ in ("WP", "WDT", "EX") or token.lower_ in _NOMINATIVE:
        return False
    if token.pos_ == "PRON" and token.tag_ != "PRP$":
        return first
    if token.pos_ in _PHRASE:
        return token.lower_ not in _WITH_TO and not (
            token.pos_ in ("DET", "PART") and head is not None and token.lower_ not in _POSSESSIVE
        )
    return head is not None and token.lower_ in ("of", "and", "&", "-", *_POSSESSIVE)


def _after_of(doc: Doc, i: int, start: int) -> bool:
    return any(t.lower_ == "of" for t in doc[start:i])


def split_addressee(cue: Span, row: Cue | None, content: Span) -> tuple[Span | None, Span]:
    """The addressee at the start of a content, and the content after it: "warned | Europe | not to exploit …".

    Read from the words alone, since the content's own verb is easily taken for the governor of the addressee: a noun
    phrase right after a cue that takes an addressee, and after it an infinitive or a clause.
    """
    doc = content.doc
    if row is None or row.frame != "addressee" or content.start < cue.end or row.words[-1] in ("against", "of"):
        return None, content
    if any(any(c.isalnum() for c in doc[i].text) for i in range(cue.end, content.start)):
        return None, content
    found = _phrase_at(doc, content.start, cue, None)
    if found is None or not _is_someone(found[1]):
        return None, content
    start = _after_times(doc, found[0].end, content.end)  # "warned China on Thursday not to …"
    if not _begins_content(doc, start, content.end):
        return None, content
    return found[0], doc[start : content.end]


def _after_times(doc: Doc, start: int, end: int) -> int:
    """The first token that is no "on Thursday" or "yesterday"."""
    while start < end and doc[start].lower_ in _TIMES:
        start += 1
    if start + 1 < end and doc[start].lower_ == "on" and doc[start + 1].lower_ in _TIMES:
        return _after_times(doc, start + 1, end)
    return start


def _begins_content(doc: Doc, i: int, end: int) -> bool:
    """Whether the words from token `i` on begin an infinitive or a clause."""
    if i + 1 >= end:
        return False
    word, following = doc[i].lower_, doc[i + 1]
    if word in _WITH_TO:
        return following.lower_ == "to"
    if word == "to":
        return following.pos_ in ("VERB", "AUX", "ADV") or following.tag_ == "VB"
    if word in _NOMINATIVE:
        return following.pos_ in ("VERB", "AUX", "ADV")
    return word in _AFTER_ADDRESSEE and doc[i].pos_ not in ("NOUN", "DET")


def reporters(doc: Doc) -> list[tuple[Span, Span]]:
    """(phrase, reporter) of each "as reported by X", "first published by X", "as X reported", in order.

    The phrase runs from "as", where there is one, to the end of the reporter or its verb.
    """
    found = []
    for token in doc:
        if is_form_of(token, _PASSING_ON) and token.pos_ == "VERB":
            pair = _by(token) if token.tag_ == "VBN" else None
            pair = pair or _as(token)
            if pair is not None:
                found.append(pair)
    return found


def _by(verb: Token) -> tuple[Span, Span] | None:
    """ "… reported by X": the agent, by position rather than by the parse."""
    doc = verb.doc
    by = next((t for t in doc[verb.i + 1 : verb.i + 3] if t.lower_ == "by"), None)
    if by is None or by.i + 1 >= len(doc):
        return None
    head = by.head if by.dep_ == "case" and by.head.i > by.i else _next_noun(doc, by.i + 1)
    if head is None:
        return None
    phrase = noun_phrase(head)
    reporter = doc[max(phrase.start, by.i + 1) : phrase.end]
    start = verb.i
    while start and doc[start - 1].lower_ in ("as", "first", "earlier", "also"):
        start -= 1
    return (doc[start : reporter.end], reporter) if len(reporter) else None


def _as(verb: Token) -> tuple[Span, Span] | None:
    """ "as X reported": X between the two words."""
    doc = verb.doc
    at = next((i for i in range(verb.i - 1, max(verb.i - 10, -1), -1) if doc[i].lower_ == "as"), None)
    if at is None or at + 1 >= verb.i or (at and doc[at - 1].text not in (",", "(", "–", "—")):
        return None
    reporter = doc[at + 1 : verb.i]
    while len(reporter) > 1 and reporter[-1].pos_ in ("ADV", "AUX"):
        reporter = reporter[:-1]
    plain = all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "PART") for t in reporter)
    return (doc[at : verb.i + 1], reporter) if plain and reporter[-1].pos_ in ("NOUN", "PROPN") else None


def _next_noun(doc: Doc, at: int) -> Token | None:
    """The last of the run of nouns that begins within two tokens."""
    last = None
    for token in doc[at : at + 8]:
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
        elif last is not None or token.pos_ not in ("DET", "ADJ"):
            break
    return last


def cut_reports(contents: Sequence[Span], phrases: Sequence[Span]) -> tuple[Span, ...]:
    """Contents without an "as reported by X" at their ends, and the comma before it."""
    return tuple(_cut(content, phrases) for content in contents)


def _cut(content: Span, phrases: Sequence[Span]) -> Span:
    doc = content.doc
    for phrase in phrases:
        if content.start < phrase.start < content.end <= phrase.end or content.end == phrase.end > content.start:
            end = phrase.start
            while end > content.start and doc[end - 1].text in (",", "(", "–", "—"):
                end -= 1
            if end > content.start:
                return doc[content.start : end]
    return content
