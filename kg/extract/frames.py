"""The frame of a cue: who is addressed, and who passed the claim on."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import head_of, noun_phrase
from kg.extract.lexicon import Cue, cue_of

_REPORTING = frozenset({"report", "quote", "cite", "carry", "publish", "broadcast", "relay", "air", "write"})
_TO_SPEAK = frozenset({"to", "with"})


def addressee_of(cue: Span, row: Cue | None, outside: Iterable[Span]) -> Span | None:
    """The noun phrase that a cue is addressed to ("told reporters", "said to the BBC", "warned Europe not to …").

    `outside` are the spans that no addressee overlaps: source and content.
    """
    frame = row.frame if row is not None else ""
    if frame not in ("addressee", "to"):
        return None
    taken = {t.i for span in outside for t in span}
    for token in _verbs(cue):
        for child in sorted(token.children, key=lambda c: c.i):
            if child.i not in taken and _is_addressed(child, frame):
                phrase = noun_phrase(child)
                phrase = phrase[1:] if phrase[0].dep_ == "case" and len(phrase) > 1 else phrase
                if not any(t.i in taken for t in phrase):
                    return phrase
    return None


def _verbs(cue: Span) -> list[Token]:
    head = head_of(cue)
    return [head, *(t for t in cue if t.i != head.i and t.pos_ in ("VERB", "NOUN"))]


def _is_addressed(child: Token, frame: str) -> bool:
    if child.pos_ not in ("NOUN", "PROPN", "PRON"):
        return False
    relation = child.dep_.split(":")[0]
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
    if relation in ("obl", "nmod"):
        return case == "to"
    return frame == "addressee" and relation in ("obj", "iobj") and child.ent_type_ != "MISC"


def reporters(doc: Doc) -> list[tuple[Span, Span]]:
    """(phrase, reporter) of each "as reported by X", "according to reports by X" aside: "reported by", "quoted by" …

    The phrase runs from "as", where there is one, to the end of the reporter.
    """
    found = []
    for token in doc:
        if token.lemma_ not in _REPORTING or token.tag_ != "VBN":
            continue
        by = next((t for t in doc[token.i + 1 : token.i + 3] if t.lower_ == "by"), None)
        if by is None or by.i + 1 >= len(doc):
            continue
        head = by.head if by.dep_ == "case" and by.head.i > by.i else _next_noun(doc, by.i + 1)
        if head is None:
            continue
        reporter = noun_phrase(head)
        reporter = doc[max(reporter.start, by.i + 1) : reporter.end]
        before = doc[token.i - 1] if token.i else None
        start = before.i if before is not None and before.lower_ in ("as", "first") else token.i
        if start and doc[start - 1].lower_ == "as":
            start -= 1
        if len(reporter):
            found.append((doc[start : reporter.end], reporter))
    return found


def _next_noun(doc: Doc, at: int) -> Token | None:
    """The last of the run of nouns that begins within two tokens."""
    last = None
    for token in doc[at : at + 8]:
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
        elif last is not None or token.pos_ not in ("DET", "ADJ"):
            break
    return last


def row_of(cue: Span) -> Cue | None:
    """The lexicon's row for a cue span."""
    return cue_of(cue)
