"""Words set off without quotation marks: turns of a transcript, speeches after a dash, a block after a colon.

    WALLACE: Will she be there?          — Alone?                            Norton observed:
    PENCE: She will not.                 — With my dog, the witness said.    Fraud and corruption prevent …

A turn is the rest of its paragraph. Speakers of a dialogue in dashes take turns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import noun_phrase, subject_of
from kg.extract.drafts import Draft, tidy
from kg.extract.quotes import Quotes
from kg.extract.speech import speech_of
from kg.extract.words import Words
from kg.model import Entity

_LABEL = re.compile(
    r"^[^\S\n]*[\"“‘']?(?P<name>[A-Z][\w.’'-]*(?:[^\S\n][A-Z][\w.’'-]*){0,3})(?:[^\S\n]\([^()\n]{1,40}\))?:[^\S\n]+(?=\S)",
    re.MULTILINE,
)
_DASHED = re.compile(r"^[^\S\n]*[–—―-]{1,2}[^\S\n]+(?=\w)", re.MULTILINE)
_COLON = re.compile(r"\w:[^\S\n]*\n\s*(?=[^\s“”„\"«»‘'–—―•*-])")
_OPENED = re.compile(r":[^\S\n]*\n\s*$")
_CLOSED = re.compile(r"[.!?…]*[^\S\n]*(?:\n|$)")
_NOT_NAMES = frozenset("clarification correction editor note notes photo photos source sources update video".split())
_SURE = 0.8  # confidence of a turn
_EDGE = 8  # characters around a block in which a colon and line ends stand
_LONGEST = 10  # tokens from the end of a speech to the verb that tells who spoke
_SHORTEST = 3  # words of a block after a colon
_NEAR = 6  # tokens between a cue and the colon


@dataclass(frozen=True, slots=True)
class _Turn:
    source: Span | None
    content: Span


def with_turns(drafts: Sequence[Draft], empty: Sequence[Draft], quotes: Quotes, words: Words) -> list[Draft]:
    """The drafts with those of words set off; these take the place of what the model made of the same words.

    `empty` are drafts with a cue and without a content, one of which a block after a colon may be.
    """
    doc, text = words.doc, words.body
    turns = list(_transcript(doc, text, quotes))
    found = [Draft(t.source, None, (t.content,), _SURE, set_off=True) for t in turns]
    kept = [_as_block(d, text) for d in drafts if not _is_turn(d, turns)]
    found += _blocks(doc, text, empty, [*kept, *found], quotes)
    dialogue = list(_dialogue(doc, text, sorted((d for d in kept if d.contents), key=_content_start), quotes))
    replaced = {id(old) for old, _ in dialogue if old is not None}
    speeches = [_Turn(new.source, content) for _, new in dialogue for content in new.contents]
    kept = [d for d in kept if id(d) not in replaced and not (d.cue is None and _is_turn(d, speeches))]
    return [*kept, *found, *(new for _, new in dialogue)]


def _transcript(doc: Doc, text: str, quotes: Quotes) -> Iterator[_Turn]:
    """Turns of an article where names open paragraphs, one of them at least twice."""
    labels = [m for m in _LABEL.finditer(text) if m["name"].lower() not in _NOT_NAMES]
    count = Counter(m["name"].lower() for m in labels)
    if not labels or max(count.values()) < 2:
        return
    for label in labels:
        end = text.find("\n", label.end())
        content = doc.char_span(label.end(), end if end >= 0 else len(text), alignment_mode="contract")
        source = doc.char_span(label.start("name"), label.end("name"), alignment_mode="expand")
        # a lone name with a colon may be anything; in capitals, or again and again, it is a speaker's
        if content is None or not (label["name"].isupper() or count[label["name"].lower()] > 1):
            continue
        trimmed = tidy(content, quotes)
        if trimmed is not None:
            yield _Turn(source, trimmed)


def _is_turn(draft: Draft, turns: Sequence[_Turn]) -> bool:
    """Whether a draft is what the model made of a turn: its content, or the lone part of one, not speech in it."""
    if not draft.contents:
        return False
    at = bisect_right(turns, draft.contents[0].end - 1, key=lambda t: t.content.start) - 1
    if at < 0:
        return False
    turn = turns[at].content
    shared = sum(max(min(c.end, turn.end) - max(c.start, turn.start), 0) for c in draft.contents)
    if not shared:
        return False
    within = draft.cue is not None and turn.start <= draft.cue.start < turn.end and draft.cue.text.strip(":–—―- ")
    return not within


def _as_block(draft: Draft, text: str) -> Draft:
    """The draft, its words set off if they are a paragraph after a colon that ends the one before."""
    cue = draft.cue
    first = next((c for c in draft.contents if cue is not None and c.start > cue.start), None)
    if first is None:
        return draft
    before, after = (
        text[max(first.start_char - _EDGE, 0) : first.start_char],
        text[first.end_char : first.end_char + _EDGE],
    )
    if not (_OPENED.search(before) and _CLOSED.match(after)):
        return draft
    return replace(draft, contents=draft.contents[draft.contents.index(first) :], set_off=True)


def _blocks(doc: Doc, text: str, empty: Sequence[Draft], drafts: Sequence[Draft], quotes: Quotes) -> Iterator[Draft]:
    """A paragraph after a cue and a colon that end the one before."""
    cues = sorted((d for d in empty if d.cue is not None), key=lambda d: d.last.end)
    ends = [d.last.end for d in cues]
    starts = sorted((s.start_char, s.end_char) for d in drafts for s in d.spans)
    for colon in _COLON.finditer(text):
        end = text.find("\n", colon.end())
        content = doc.char_span(colon.end(), end if end >= 0 else len(text), alignment_mode="contract")
        before = doc.char_span(colon.start(), colon.start() + 1, alignment_mode="expand")
        if content is None or before is None or len(content) < _SHORTEST:
            continue
        at = bisect_right(ends, before.end + 1) - 1
        near = at >= 0 and before.end - ends[at] <= _NEAR
        report = cues[at] if near else _observed(before)
        touched = bisect_left(starts, (content.start_char,)) < bisect_left(starts, (content.end_char,))
        trimmed = tidy(content, quotes) if report is not None and not touched else None
        if trimmed is not None and report is not None:
            yield replace(report, contents=(trimmed,), set_off=True)


def _observed(verb: Span) -> Draft | None:
    """Who observed what follows, by the grammar of the last word before the colon."""
    subject = subject_of(verb[0]) if verb[0].pos_ == "VERB" and speech_of(verb[0]) is not None else None
    if subject is None or subject.i > verb.start or subject.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    return Draft(noun_phrase(subject, frozenset({verb.start})), verb, (), _SURE)


def _dialogue(doc: Doc, text: str, drafts: Sequence[Draft], quotes: Quotes) -> Iterator[tuple[Draft | None, Draft]]:
    """(what it replaces, draft) of speeches after dashes: paragraphs in a row, one at least with a cue."""
    block: list[tuple[int, int]] = []
    after = -1
    for dash in [*_DASHED.finditer(text), None]:
        if dash is None or text[after : dash.start()].strip() or after < 0:
            yield from _speeches(doc, block, drafts, quotes)
            block = []
        if dash is not None:
            after = text.find("\n", dash.end())
            after = after if after >= 0 else len(text)
            block.append((dash.end(), after))


def _speeches(
    doc: Doc, block: Sequence[tuple[int, int]], drafts: Sequence[Draft], quotes: Quotes
) -> Iterator[tuple[Draft | None, Draft]]:
    lines: list[tuple[Span, Draft | None]] = []
    for start, end in block:
        line = doc.char_span(start, end, alignment_mode="contract")
        if line is not None:
            first, last = (bisect_left(drafts, at, key=_content_start) for at in (line.start, line.end))
            own = next((d for d in drafts[first:last] if d.cue is not None), None)
            lines.append((line, own or _said(line)))
    if len(lines) < 2 or not any(own is not None and own.cue is not None for _, own in lines):
        return
    sources = [own.source if own is not None else None for _, own in lines]
    for n, (line, own) in enumerate(lines):
        source = sources[n]
        if source is None:
            turns = (*range(n - 2, -1, -2), *range(n + 2, len(lines), 2))
            other = [sources[m] for m in turns if sources[m] is not None]
            source = other[0] if other else None
        if own is not None and own.cue is not None:
            yield own, replace(own, source=source, set_off=True)
            continue
        if line[-1].is_punct and not quotes.inside(line[-1].idx):
            yield own, Draft(source, None, (line,), _SURE, set_off=True)
        elif (content := tidy(line, quotes)) is not None:
            yield own, Draft(source, None, (content,), _SURE, set_off=True)


def _content_start(draft: Draft) -> int:
    return draft.contents[0].start


def _said(line: Span) -> Draft | None:
    """The speech of a line that ends with who spoke: "I was there, the witness said." """
    last = line[-2:-1] if line[-1].is_punct else line[-1:]
    if not len(last) or last[0].pos_ != "VERB" or speech_of(last[0]) is None:
        return None
    comma = next(
        (i for i in range(last.start - 1, max(last.start - _LONGEST, line.start), -1) if _parts(line.doc[i])), None
    )
    if comma is None or comma + 1 == last.start:
        return None
    content = line.doc[line.start : comma + (line.doc[comma].text != ",")]
    return Draft(line.doc[comma + 1 : last.start], last, (content,), _SURE)


def _parts(token: Token) -> bool:
    return token.text in (",", "?", "!")


def speaker_of_label(label: str, entities: Sequence[Entity]) -> tuple[str, ...]:
    """The one person whose name holds the words of a label, in whatever case: "PENCE" is Mike Pence."""
    words = set(label.lower().replace(".", "").split())
    known = [e.id for e in entities if e.type == "Person" and words <= set(e.name.lower().replace(".", "").split())]
    return (known[0],) if words and len(known) == 1 else ()
