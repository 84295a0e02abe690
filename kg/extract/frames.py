"""The frame of a cue: who is addressed, and who passed the claim on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import head_of, noun_phrase
from kg.extract.lexicon import Cue

_PASSING_ON = frozenset({"report", "quote", "cite", "carry", "publish", "broadcast", "relay", "air", "write"})
_AFTER_ADDRESSEE = frozenset({"that", "whether", "if", "against", "why", "how", "what", "when", "where", "who"})
_WITH_TO = frozenset({"not", "never", "n't", "n’t"})
_NOMINATIVE = frozenset({"he", "she", "they", "we", "i", "there"})
_NOT_ADDRESSED = frozenset(
    """
    anything anecdote argument claim fact fear idea it joke lie message news nothing point possibility question risk
    rumor rumour something story tale that theory thing this threat truth view
    """.split()
)
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"})
_LONGEST = 15  # tokens of an addressee before the content


def addressee_of(cue: Span, row: Cue | None, outside: Iterable[Span]) -> Span | None:
    """The noun phrase that a cue is addressed to ("told reporters", "said to the BBC", "warned Europe not to …").

    `outside` are the spans that no addressee overlaps: source and content.
    """
    frame = row.frame if row is not None else ""
    if frame not in ("addressee", "to"):
        return None
    taken = frozenset(i for span in outside for i in range(span.start, span.end))
    for token in _verbs(cue):
        for child in sorted(token.children, key=lambda c: c.i):
            if child.i not in taken and _is_addressed(child, frame):
                phrase = noun_phrase(child, taken)
                start = max(phrase.start, cue.end) if child.i >= cue.end else phrase.start
                start += phrase.doc[start].dep_ == "case" and start < child.i
                return phrase.doc[start : phrase.end]
    return None


def _verbs(cue: Span) -> list[Token]:
    head = head_of(cue)
    return [head, *(t for t in cue if t.i != head.i and t.pos_ in ("VERB", "NOUN"))]


def _is_addressed(child: Token, frame: str) -> bool:
    if child.pos_ not in ("NOUN", "PROPN", "PRON") or child.lower_ in _NOT_ADDRESSED or child.tag_ in ("WP", "WDT"):
        return False
    relation = child.dep_.split(":")[0]
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
    if child.dep_ in ("obl:unmarked", "nmod:unmarked", "obl:tmod"):
        return False
    if relation in ("obl", "nmod"):
        return case == "to"
    return frame == "addressee" and not case and relation in ("obj", "iobj") and child.ent_type_ != "MISC"


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
    end, head = content.start, None
    while end < min(content.end, content.start + _LONGEST):
        token = doc[end]
        if head is not None and _begins_content(doc, end, content.end):
            break
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.tag_ not in ("PRP$", "WP", "WDT"):
            head = token if head is None or doc[end - 1].pos_ not in ("ADP",) else head
        elif not (token.pos_ in _PHRASE or token.lower_ in ("of", "and", "in", "&", "-", "’s", "'s")):
            return None, content
        end += 1
    else:
        return None, content
    if head is None or head.lower_ in _NOT_ADDRESSED or head.ent_type_ == "MISC" or end >= content.end:
        return None, content
    return doc[content.start : end], doc[end : content.end]


def _begins_content(doc: Doc, i: int, end: int) -> bool:
    """Whether the words from token `i` on begin an infinitive or a clause."""
    word = doc[i].lower_
    following = doc[i + 1] if i + 1 < end else None
    if following is None:
        return False
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
        if token.lemma_ in _PASSING_ON and token.pos_ == "VERB":
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
