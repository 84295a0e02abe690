"""The sentences around spans: what to show for a claim, also where the sentence splitter erred."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.words import Words
from kg.model import Span

_BREAK = re.compile(r"\n[^\S\n]*\r?\n|(?<=[.!?…”’\"'»)])[^\S\n]*\r?\n")  # a blank line, or a line ending a sentence
_ENDS = re.compile(r"[.!?…:;][”’\"'»)\]]*$")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"‘'])(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Prof|Rev|St|Hon|vs)\.$"
)
_CLOSING = "”’\"'»)]"
_FARTHEST = 3  # sentences that may be one
_LONGEST = 5000  # characters a passage reaches to either side: text may have no sentence ends at all


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a document by their first tokens; a text without any is one sentence.

    `body` is the document's text, which a Doc puts together anew each time it is asked.
    """

    doc: Doc
    body: str
    starts: tuple[int, ...]

    def at(self, token: int) -> int:
        """The number of the sentence a token stands in."""
        return max(bisect_right(self.starts, token) - 1, 0)

    def span(self, number: int) -> tuple[int, int]:
        """The tokens of a sentence."""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.doc)
        return self.starts[number], end


def sentences_of(words: Words) -> Sentences:
    """Sentence starts as the pipeline set them."""
    return Sentences(words.doc, words.body, tuple(words.sentence_start))


def passage_of(sentences: Sentences, first: int, last: int) -> Span:
    """From the start of the sentence of token `first` to the end of that of token `last`, both included.

    A sentence goes on over a boundary that stands after no sentence end or after an abbreviation, and ends where a
    paragraph ends though no boundary stands there.
    """
    doc, body = sentences.doc, sentences.body
    begin, final = sentences.at(first), sentences.at(last)
    earliest, latest = max(begin - _FARTHEST, 0), min(final + _FARTHEST, len(sentences.starts) - 1)
    while begin > earliest and _goes_on(sentences, begin - 1):
        begin -= 1
    while final < latest and _goes_on(sentences, final):
        final += 1
    start, end = doc[sentences.span(begin)[0]].idx, _end_of(doc, sentences.span(final)[1] - 1)
    inner_start, inner_end = doc[first].idx, _end_of(doc, last)
    start, end = max(start, inner_start - _LONGEST), min(end, inner_end + _LONGEST)
    before = max((m.end() for m in _BREAK.finditer(body, start, inner_start)), default=start)
    after = _BREAK.search(body, max(inner_end - 1, 0), end)
    start, end = before, after.start() if after and after.start() >= inner_end else end
    while end < len(body) and body[end] in _CLOSING and not body[end - 1].isspace():
        end += 1  # the splitter left a closing mark to the next sentence
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return Span(start, end, body[start:end])


def _end_of(doc: Doc, token: int) -> int:
    return doc[token].idx + len(doc[token])


def _goes_on(sentences: Sentences, number: int) -> bool:
    """Whether a sentence, by its look, goes on in the next one."""
    start, end = sentences.span(number)
    doc, body = sentences.doc, sentences.body
    raw = body[doc[max(start, end - 12)].idx : doc[end].idx if end < len(doc) else len(body)]
    text = raw.rstrip()
    if "\n" in raw[len(text) :] or not text:
        return False
    return bool(_ABBREVIATED.search(text)) or (not _ENDS.search(text) and text[-1] not in _CLOSING)
