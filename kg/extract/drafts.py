"""Attributions as the reader model marked them, made tidy: trimmed, merged, and with the quotations that run on.

A draft is an attribution on its way to a claim. Nothing here knows who is who: whether two sources are one person is
asked of the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from kg.extract.passages import Sentences
from kg.extract.quotes import Quotes
from kg.extract.words import Words, has_letters

QUOTED = 0.5  # share of quoted letters from which content without a cue is a quotation of its own
_FEWEST_WORDS = 3  # of a quotation that is a sentence
_FOUND_BY_RULE = 0.5  # confidence of a quotation that the model did not see
_MARKS = frozenset("“”„‟\"«»‹›‘’'`")
_SINGLES = frozenset("‘’'`")
_BETWEEN = 2  # sentences that may stand between a quotation and what runs on from it
_FINAL = tuple(".!?…")


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution as spaCy spans, on its way to a claim. `contents` are in order.

    `depth` counts the claims in whose contents its cue stands. `set_off`: its words are set off as somebody's own, in
    another way than by quotation marks.
    """

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    confidence: float
    depth: int = 0
    set_off: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its spans."""
        return tuple(s for s in (self.source, self.cue, *self.contents) if s is not None)

    @property
    def first(self) -> int:
        """The first token of all spans."""
        return min(s.start for s in self.spans)

    @property
    def last(self) -> Span:
        """The span that ends last."""
        return max(self.spans, key=lambda s: s.end)


def read_drafts(words: Words, quotes: Quotes) -> list[Draft]:
    """The attributions of `doc.spans["claims"]` and "fragments", tidy, in order: spans that share an id are one.

    One per cue; a content stands in one of them only, the likeliest. Content is split at paragraph ends and trimmed.
    Of the fragments those that are whole are kept as far as they are quotations.
    """
    doc, body = words.doc, words.body
    drafts: dict[object, Draft] = {}
    for draft in _read(doc, "claims", quotes):
        key = (draft.cue.start, draft.cue.end) if draft.cue is not None else len(drafts)
        drafts[key] = _joined(drafts[key], draft) if key in drafts else draft
    rest = [
        d
        for d in _read(doc, "fragments", quotes)
        if d.cue is None
        or not d.contents
        or any(quotes.covered(c.start_char, c.end_char, body) >= QUOTED for c in d.contents)
    ]
    return sorted((d for d in _each_content_once([*drafts.values(), *rest]) if d.spans), key=_order)


def _read(doc: Doc, group: str, quotes: Quotes) -> Iterator[Draft]:
    """The attributions of a group of spans."""
    spans = doc.spans.get(group, ())
    confidences: Sequence[float] = spans.attrs.get("confidence", ()) if spans else ()
    parts: dict[str, list[Span]] = {}
    for span in spans:
        if any(not t.is_space for t in span):
            parts.setdefault(span.id_, []).append(span)
    for number, members in parts.items():
        known = number.isdigit() and int(number) < len(confidences)
        yield _draft(members, confidences[int(number)] if known else 1.0, quotes)


def _draft(spans: Sequence[Span], confidence: float, quotes: Quotes) -> Draft:
    by_role = {role: [s for s in spans if s.label_ == role] for role in ("source", "cue", "content")}
    pieces = [tidy(piece, quotes) for content in by_role["content"] for piece in _paragraphs(content)]
    contents = sorted({(p.start, p.end): p for p in pieces if p is not None}.values(), key=lambda s: s.start)
    source, cue = (by_role[role][0] if by_role[role] else None for role in ("source", "cue"))
    return Draft(source, cue, tuple(contents), confidence)


def _order(draft: Draft) -> tuple[int, int, int]:
    return draft.first, draft.contents[0].start if draft.contents else draft.first, draft.last.end


def _joined(a: Draft, b: Draft) -> Draft:
    contents = {(s.start, s.end): s for s in (*a.contents, *b.contents)}
    return Draft(a.source or b.source, a.cue, tuple(contents[k] for k in sorted(contents)), a.confidence)


def _each_content_once(drafts: list[Draft]) -> list[Draft]:
    owner: dict[tuple[int, int], int] = {}
    for n, draft in enumerate(drafts):
        for content in draft.contents:
            key = content.start, content.end
            other = drafts[owner[key]] if key in owner else None
            if other is None or (other.cue is None, -other.confidence) > (draft.cue is None, -draft.confidence):
                owner[key] = n
    return [
        replace(d, contents=tuple(s for s in d.contents if owner[s.start, s.end] == n)) for n, d in enumerate(drafts)
    ]


def _paragraphs(content: Span) -> Iterator[Span]:
    """A content in pieces none of which crosses the end of a paragraph."""
    start = content.start
    for token in content:
        ends = token.is_space and "\n" in token.text
        if ends and (token.text.count("\n") > 1 or (token.i and _is_final(content.doc[token.i - 1].text))):
            if token.i > start:
                yield content.doc[start : token.i]
            start = token.i + 1
    if start < content.end:
        yield content.doc[start : content.end]


def _is_final(text: str) -> bool:
    return text[-1:] in _FINAL or text in _MARKS


def tidy(content: Span, quotes: Quotes) -> Span | None:
    """A content with the quotation marks that belong to it and without marks, commas and blanks that do not.

    Never takes a word away; None for a content without any.
    """
    if not has_letters(content.text):
        return None
    doc, start, end = content.doc, content.start, content.end
    if start and quotes.opens(doc[start].idx) and _is_mark(doc, start - 1):
        start -= 1
    for reach in (end, end + 1):  # the mark itself, or a full stop and the mark
        if reach < len(doc) and _is_mark(doc, reach) and quotes.closes(doc[reach].idx) and _glued(doc, end, reach):
            end = reach + 1
            break
    while _dangles_before(doc, start, quotes):
        start += 1
    while _dangles_after(doc, end - 1, quotes, start):
        end -= 1
    return doc[start:end]


def _is_mark(doc: Doc, i: int) -> bool:
    return all(c in _MARKS for c in doc[i].text)


def _glued(doc: Doc, end: int, reach: int) -> bool:
    """Whether tokens `end` to `reach` follow without blanks and hold no word."""
    return not any(doc[i - 1].whitespace_ for i in range(end, reach + 1)) and not any(
        c.isalnum() for i in range(end, reach) for c in doc[i].text
    )


def _dangles_before(doc: Doc, i: int, quotes: Quotes) -> bool:
    token = doc[i]
    if token.is_space:
        return True
    if _is_mark(doc, i):
        blank = bool(token.whitespace_) or (i + 1 < len(doc) and doc[i + 1].is_space)
        return not quotes.opens(token.idx + len(token)) and (blank or quotes.closes(token.idx))
    return token.text in (",", ";", ":", ".", "?", "!", ")", "]", "–", "—", "-", "--")


def _dangles_after(doc: Doc, i: int, quotes: Quotes, start: int) -> bool:
    token = doc[i]
    if token.is_space:
        return True
    if _is_mark(doc, i):
        if quotes.closes(token.idx):
            return False
        blank = i == 0 or doc[i - 1].is_space or bool(doc[i - 1].whitespace_)
        return blank or quotes.opens(token.idx + len(token)) or not (token.text in _SINGLES or quotes.inside(token.idx))
    if token.text in (")", "]"):
        return not any(t.text in ("(", "[") for t in doc[start:i])
    return token.text in (",", ";", ":", "–", "—", "-", "--", "(", "[") or (
        token.text == "." and not quotes.inside(token.idx)
    )


def with_quotations(
    drafts: Sequence[Draft], quotes: Quotes, sentences: Sentences, goes_on: Callable[[Draft, Span], bool]
) -> list[Draft]:
    """Give quotations without a cue to the claim they belong to; keep other quotations, drop other lone contents.

    A quotation left open at its paragraph's end belongs to the claim whose quotation opens the next paragraph; else it
    runs on from the claim before it. `goes_on(draft, sentence)` tells whether a sentence in between keeps to the
    draft's speaker.
    """
    body = sentences.body
    kept = [d for d in drafts if d.cue is not None]
    lone = [
        Draft(None, None, (content,), d.confidence)
        for d in drafts
        if d.cue is None
        for content in d.contents
        if quotes.covered(content.start_char, content.end_char, body) >= QUOTED
    ]
    lone += _unseen(sentences, drafts, quotes)
    line = sorted([*kept, *lone], key=_order)
    line = _opened_before(line, quotes, body)
    merged: list[Draft] = []
    latest: int | None = None  # the number of the draft that reaches farthest
    for draft in line:
        before = merged[latest] if latest is not None else None
        if draft.cue is None and before is not None and _runs_on(before, draft, quotes, sentences, goes_on):
            assert latest is not None
            merged[latest] = replace(before, contents=tuple(sorted((*before.contents, *draft.contents), key=_start)))
            continue
        merged.append(draft)
        if draft.contents and (before is None or draft.last.end >= before.last.end):
            latest = len(merged) - 1
    return merged


def _start(span: Span) -> int:
    return span.start


def _unseen(sentences: Sentences, drafts: Iterable[Draft], quotes: Quotes) -> Iterator[Draft]:
    """Quotations that are sentences of their own and that no draft touches."""
    doc, body = sentences.doc, sentences.body
    seen = bytearray(len(body) + 1)
    for draft in drafts:
        for span in draft.spans:
            seen[span.start_char : span.end_char] = b"\1" * (span.end_char - span.start_char)
    for start, end in quotes.spans:
        if seen.find(1, start, end) >= 0 or not _is_sentence(body, start, end, end in quotes.open):
            continue
        quotation = doc.char_span(start, end, alignment_mode="contract")
        content = tidy(quotation, quotes) if quotation is not None else None
        if content is not None:
            for piece in _paragraphs(content):
                trimmed = tidy(piece, quotes)
                if trimmed is not None:
                    yield Draft(None, None, (trimmed,), _FOUND_BY_RULE)


def _is_sentence(text: str, start: int, end: int, unclosed: bool) -> bool:
    """Whether a quotation begins and ends as a sentence does, and the text around it does so too."""
    inner = text[start:end].strip()
    if len(inner.split()) < _FEWEST_WORDS or not (inner[0].isupper() or inner[0].isdigit() or inner[0] in _MARKS):
        return False
    before = text[max(start - 40, 0) : start].rstrip("“”„‟\"«»‹›‘’'`")
    starts = not before.strip() or before[-1:] == "\n" or before.rstrip().endswith((*_FINAL, "”", '"', "’"))
    if unclosed:
        return starts
    after = text[end : end + 40].lstrip("“”„‟\"«»‹›‘’'`")
    ends = not after.strip() or "\n" in after[: len(after) - len(after.lstrip())] or not after.lstrip()[:1].islower()
    return starts and ends and inner.rstrip("”’\"'").endswith(_FINAL) and (not after or after[0].isspace())


def _opened_before(line: Sequence[Draft], quotes: Quotes, body: str) -> list[Draft]:
    """Join quotations left open at a paragraph's end to the draft whose quotation opens the next paragraph."""
    joined: list[Draft] = []
    for draft in reversed(line):
        following = joined[-1] if joined else None
        if draft.cue is None and following is not None and _opens_next(draft.contents[-1], following, quotes, body):
            joined[-1] = replace(following, contents=(*draft.contents, *following.contents))
        else:
            joined.append(draft)
    return joined[::-1]


def _opens_next(content: Span, draft: Draft, quotes: Quotes, body: str) -> bool:
    if not draft.contents or draft.first != draft.contents[0].start:
        return False
    between = body[content.end_char : draft.contents[0].start_char]
    return (
        content.end_char in quotes.open
        and "\n" in between
        and not between.strip()
        and any(quotes.opens(draft.contents[0].start_char + n) for n in (1, 2))
    )


def _runs_on(
    before: Draft, draft: Draft, quotes: Quotes, sentences: Sentences, goes_on: Callable[[Draft, Span], bool]
) -> bool:
    """Whether a quotation without a cue goes on from a draft before it.

    In one paragraph, or over a paragraph's end when the quotation was left open there or the cue came after it
    (“…,” he said.¶“…”); a new paragraph after a closed quotation may be another speaker's.
    """
    doc, last, content = sentences.doc, before.last, draft.contents[0]
    if last.end > content.start or not before.contents:
        return False
    between = sentences.body[last.end_char : content.start_char]
    own = before.contents[-1]
    quoting = quotes.covered(own.start_char, own.end_char, sentences.body) >= QUOTED
    if "\n" in between.strip(" "):
        left_open = last is own and own.end_char in quotes.open
        if not (left_open or (quoting and last is not own)):
            return False
    first, final = sentences.at(last.end - 1) + 1, sentences.at(content.start)
    whole = [sentences.span(n) for n in range(first, final)]
    whole = [(a, b) for a, b in whole if any(t.is_alpha for t in doc[a:b])]
    if sentences.at(last.end - 1) == sentences.at(content.start) and any(c.isalpha() for c in between):
        return False  # the rest of a sentence that is not the quotation's
    return len(whole) <= _BETWEEN and all(goes_on(before, doc[a:b]) for a, b in whole)
