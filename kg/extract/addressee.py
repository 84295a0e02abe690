"""Whom a claim is addressed to: the object of telling, "to" or "with" somebody, the occasion's other side."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import head_of, noun_phrase
from kg.extract.lexicon import Cue
from kg.extract.utterance import Utterance
from kg.extract.words import has_letters

_AFTER_ADDRESSEE = frozenset({"that", "whether", "if", "against", "why", "how", "what", "when", "where", "who"})
_WITH_TO = frozenset({"not", "never", "n't", "n’t"})
_NOMINATIVE = frozenset({"he", "she", "they", "we", "i", "there"})
_NOT_ADDRESSED = frozenset(
    """
    anything anecdote argument claim concern evidence fact fear idea interest it joke lie message news nothing point
    possibility question questions risk rumor rumour sign signs something story tale that theory
    thing this threat truth view
    """.split()
)
_LISTENERS = frozenset(
    """
    assembly audience board chamber colleagues commission committee conference congregation congress council court
    crowd crowds delegates diplomats donors executives fans farmers followers forum gathering group guests inquiry
    investors journalist journalists judge judges jurors jury lawmakers leaders meeting members mourners officials
    panel parents parliament people police prosecutors protesters pupils rally reporter reporters residents
    sailors senate senators shareholders soldiers staff students subscribers summit supporters teachers troops veterans
    viewers visitors voters workers
    """.split()
)
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"})
_LONGEST = 15  # tokens of an addressee, or to it
_ADDRESSING = frozenset({"on", "upon", "to", "with"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_JOINING = frozenset({"of", "and", "&"})
_TIMES = frozenset(
    """
    today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december earlier later last next recently then
    """.split()
)
_OCCASIONS = {
    "with": frozenset(
        "call chat conversation debate dialogue discussion exchange interview interviews meeting session talk".split()
    ),
    "to": frozenset(
        """
        address appeal cable complaint email lecture letter letters memo message note presentation remarks report
        sermon speech statement statements submission telegram testimony toast written
        """.split()
    ),
}
_SPEAKING = {
    "speaking": ("to", "with", "before"), "talking": ("to", "with"), "writing": ("to",), "testifying": ("to", "before"),
    "addressing": ("",), "telling": ("",), "asked": ("by",), "questioned": ("by",), "interviewed": ("by",),
    "pressed": ("by",), "answering": ("", "to"), "responding": ("to",), "replying": ("to",), "appearing": ("before",),
    "meeting": ("with",), "briefing": ("",), "reminded": ("by",), "prompted": ("by",),
}  # fmt: skip
_ELSEWHEN = frozenset({"after", "before", "since", "following", "without"})
_ANSWERED = frozenset({"answering", "responding", "replying"})
_PERSONAL = frozenset({"him", "her", "them", "us", "me", "you"})
_WITH = frozenset({"plead", "pleaded", "pleads", "pleading", "speak", "spoke", "spoken", "speaking", "talk", "talked"})


def addressee_of(utterance: Utterance, row: Cue | None) -> Span | None:
    """The noun phrase that a claim is addressed to ("told reporters", "said to the BBC", "in an interview with X").

    It stands in the cue or near it, outside what is told and who tells it.
    """
    doc = utterance.words.doc
    cue = doc[utterance.cue.start : utterance.cue.stop]
    return _in_frame(cue, row, utterance) or _on_occasion(doc, utterance)


def _in_frame(cue: Span, row: Cue | None, utterance: Utterance) -> Span | None:
    frame = row.frame if row is not None else ""
    named = row.words[-1] if row is not None and len(row.words) > 1 and row.words[-1] in _ADDRESSING else ""
    doc, free = cue.doc, utterance.is_free
    prepositions = {named or "to"} | ({"with"} if any(t.lower_ in _WITH for t in cue) else set())
    for i in range(cue.start, min(cue.end + 1, len(doc))):
        if doc[i].lower_ in prepositions and (i < cue.end or free(i)):
            found = _phrase_at(doc, i + 1, cue, free)
            if found is not None and _is_someone(found[1]) and (frame in ("to", "addressee") or _listens(found[1])):
                return found[0]
    if frame == "addressee" and not named:
        found = _phrase_at(doc, cue.end, cue, free)
        if found is not None and _is_someone(found[1]):
            return found[0]
    return _by_parse(cue, frame, utterance)


def _by_parse(cue: Span, frame: str, utterance: Utterance) -> Span | None:
    head = head_of(cue)
    for token in (head, *(t for t in cue if t.i != head.i and t.pos_ in ("VERB", "NOUN"))):
        for child in sorted(token.children, key=lambda c: c.i):
            near = cue.start < child.i < cue.end + _LONGEST and utterance.is_free(child.i)
            if near and _is_addressed(child, frame):
                reach = range(cue.start, min(cue.end + 2 * _LONGEST, len(cue.doc)))
                phrase = noun_phrase(child, frozenset(i for i in reach if not utterance.is_free(i)))
                start = phrase.start + (phrase[0].dep_ == "case" and phrase.start < child.i)
                if not any(t.is_sent_start or t.text in '.;“"' for t in cue.doc[cue.end : start]):
                    return cue.doc[start : phrase.end]
    return None


def _is_addressed(child: Token, frame: str) -> bool:
    if child.pos_ not in ("NOUN", "PROPN", "PRON") or child.tag_ in ("WP", "WDT") or not _is_someone(child):
        return False
    if child.dep_ in ("obl:unmarked", "nmod:unmarked", "obl:agent") or child.lower_ in _TIMES:
        return False
    relation = child.dep_.split(":")[0]
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
    if relation in ("obl", "nmod"):
        return case == "to" and (frame in ("to", "addressee") or _listens(child))
    return frame == "addressee" and not case and relation in ("obj", "iobj")


def _is_someone(head: Token) -> bool:
    """Whether a noun can stand for somebody spoken to, as against what is said and when."""
    return head.lower_ not in _NOT_ADDRESSED


def _listens(head: Token) -> bool:
    """Whether a noun can hardly be anything but somebody spoken to."""
    return head.pos_ == "PROPN" or head.lower_ in _LISTENERS or head.lower_ in _PERSONAL


def _on_occasion(doc: Doc, utterance: Utterance) -> Span | None:
    """ "… in an interview with X", "Speaking to X, …", "Asked by X, …"."""
    words, cue = utterance.words, doc[utterance.cue.start : utterance.cue.stop]
    first, last = utterance.window
    for i in range(first, last):
        if not (i in utterance.cue or utterance.is_free(i)) or (i and words.lower[i - 1] in _ELSEWHEN):
            continue  # "after meeting with X"
        prepositions = _SPEAKING.get(words.lower[i], ()) if words.pos[i] in ("VERB", "NOUN") else ()
        of_noun = tuple(p for p, nouns in _OCCASIONS.items() if words.lower[i] in nouns)
        for preposition in (*prepositions, *of_noun):
            before = _after_times(doc, i + 1, last) if preposition in of_noun else i + 1  # "a note on Monday to …"
            at = before if not preposition else before + 1
            if preposition and (before >= len(doc) or words.lower[before] != preposition):
                continue
            found = _phrase_at(doc, at, cue, utterance.is_free)
            heard = found is not None and _is_someone(found[1])
            if found and heard and words.lower[i] in _ANSWERED and not _listens(found[1]):
                heard = False  # "responding to the report"
            if found and heard and utterance.distance(i, i + 1) is not None:
                return found[0]
    return None


def _phrase_at(doc: Doc, start: int, cue: Span, free: Callable[[int], bool]) -> tuple[Span, Token] | None:
    """The noun phrase that begins at a token, and its head, read from the words alone."""
    end, head = start, None
    limit = min(start + _LONGEST, len(doc))
    while end < limit and (end < cue.end or free(end)) and _continues_phrase(doc[end], head, end == start):
        token = doc[end]
        if (token.pos_ in ("NOUN", "PROPN", "PRON") and token.tag_ != "PRP$") or token.lower_ in _LISTENERS:
            head = token if head is None or not _after_of(doc, end, start) else head
        end += 1
    while end > start and doc[end - 1].pos_ not in ("NOUN", "PROPN", "PRON", "NUM") and head != doc[end - 1]:
        end -= 1
    return (doc[start:end], head) if head is not None and end > head.i else None


def _continues_phrase(token: Token, head: Token | None, first: bool) -> bool:
    if token.lower_ in _TIMES or token.tag_ in ("WP", "WDT", "EX") or token.lower_ in _NOMINATIVE:
        return False
    joined = not first and token.nbor(-1).lower_ in _JOINING
    if token.pos_ == "PRON" and token.tag_ != "PRP$":
        return first
    if token.pos_ in _PHRASE or (head is not None and token.lower_ in _LISTENERS):
        return token.lower_ not in _WITH_TO and not (
            token.pos_ in ("DET", "PART") and head is not None and token.lower_ not in _POSSESSIVE and not joined
        )
    return head is not None and token.lower_ in (*_JOINING, "-", *_POSSESSIVE)


def _after_of(doc: Doc, i: int, start: int) -> bool:
    return any(t.lower_ == "of" for t in doc[start:i])


def split_addressee(cue: Span, row: Cue | None, content: Span) -> Span:
    """The content without the addressee, times and places at its start: "warned | Europe | not to exploit …".

    Read from the words alone, since the content's own verb is easily taken for the governor of the addressee: a noun
    phrase right after a cue that takes an addressee, and after it an infinitive or a clause; or "to" somebody.
    """
    doc = content.doc
    if row is None or content.start < cue.end or row.words[-1] in ("against", "of"):
        return content
    if any(has_letters(doc[i].text) for i in range(cue.end, content.start)):
        return content
    if doc[content.start].lower_ == "to":
        return _after_listener(cue, content) if len(content) > 2 else content
    if row.frame != "addressee":
        return content
    found = _phrase_at(doc, content.start, cue, _everywhere)
    if found is None or not _is_someone(found[1]):
        return content
    start = _after_times(doc, found[0].end, content.end)  # "warned China on Thursday not to …"
    return doc[start : content.end] if _begins_content(doc, start, content.end) else content


def _everywhere(i: int) -> bool:
    return True


def _after_listener(cue: Span, content: Span) -> Span:
    """What follows "to Warsaw" at a content's start."""
    doc = content.doc
    infinitive = doc[content.start + 1].pos_ in ("VERB", "AUX", "ADV")
    found = None if infinitive else _phrase_at(doc, content.start + 1, cue, _everywhere)
    if found is None or not _listens(found[1]) or found[0].end >= content.end:
        return content
    start = _after_times(doc, found[0].end, content.end)
    return doc[start : content.end] if any(t.is_alpha for t in doc[start : content.end]) else content


def _after_times(doc: Doc, start: int, end: int) -> int:
    """The first token that is no "on Thursday", "yesterday" or "in Oslo"."""
    while start < end and doc[start].lower_ in _TIMES:
        start += 1
    if start + 1 < end and doc[start].lower_ in ("on", "in", "at"):
        at = start + 1
        while at < end and (doc[at].pos_ == "PROPN" or doc[at].lower_ in _TIMES or doc[at].text.isdigit()):
            at += 1
        return _after_times(doc, at, end) if at > start + 1 else start
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
