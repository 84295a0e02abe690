"""Claims inside the content of claims: "X said that Y had asked Z to go".

The reader model gives each word one role, so that a content holds no cue. Here the verbs (and a few nouns) of speech
and thought inside a content are read off the syntax tree, with the table `data/speech.tsv` of how their contents
stand. Speech inside speech is a claim of its own; what the speaker thinks, hopes or wants is part of what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from kg.extract.clauses import head_of, is_form_of, is_predicate
from kg.extract.drafts import Draft, tidy
from kg.extract.quotes import Quotes
from kg.extract.saying import is_infinitive, parts_of_noun, parts_of_verb
from kg.extract.speech import speech_of

_LESS_SURE = 0.9  # of an inner claim's confidence in that of the outer one
_FIRST_PERSON = frozenset({"i", "we"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_OF_THINGS = frozenset(
    {"call", "claim", "contest", "dub", "label", "offer", "propose"}
)  # what these are done to may be a thing, not words


@dataclass(frozen=True, slots=True)
class _Inner:
    """A claim that may stand inside another one's content."""

    draft: Draft
    attitude: bool

    @property
    def at(self) -> int:
        assert self.draft.cue is not None
        return self.draft.cue.start


def with_nested(
    drafts: Sequence[Draft],
    quotes: Quotes,
    mended: Callable[[Span], Span | None],
    same_holder: Callable[[Draft, Draft], bool],
) -> list[Draft]:
    """The drafts and those found inside their contents, these with a `depth` above 0. Linear in the contents' length.

    `mended(source)` gives a source its whole names. `same_holder(inner, outer)` tells whether two sources are one.
    """
    occupied: set[int] = set()
    for draft in drafts:
        for span in (draft.source, draft.cue):
            occupied.update(range(span.start, span.end) if span is not None else ())
    found: dict[int, _Inner] = {}
    for draft in drafts:
        for content in draft.contents:
            scope = content.doc[content.start : draft.contents[-1].end]  # told visitors, his office said, that …
            for inner in _inside(content, scope, draft, quotes, mended, occupied):
                found.setdefault(inner.at, inner)
    return _in_their_places(drafts, [found[at] for at in sorted(found)], same_holder)


def _inside(
    content: Span,
    scope: Span,
    outer: Draft,
    quotes: Quotes,
    mended: Callable[[Span], Span | None],
    occupied: set[int],
) -> Iterator[_Inner]:
    """All claims that the words of a content may make, whoever holds them. `scope` reaches to the last content."""
    for token in content:
        if token.i in occupied:
            continue
        parts = parts_of_verb(token, scope, quotes) or parts_of_noun(token, scope)
        if parts is None:
            continue
        source, cue, pieces, attitude = parts
        pieces = [cut for piece in pieces for other in outer.contents if len(cut := _shared(piece, other))]
        contents = tuple(p for p in (tidy(piece, quotes) for piece in pieces if len(piece)) if p is not None)
        source = mended(source) if source is not None else None
        if contents and (source is not None or not (attitude or _is_nobodys(cue) or _is_thing(cue, contents[0]))):
            draft = Draft(source, cue, contents, outer.confidence * _LESS_SURE)
            yield _Inner(draft, attitude)


def _shared(a: Span, b: Span) -> Span:
    start, end = max(a.start, b.start), min(a.end, b.end)
    return a.doc[start : max(start, end)]


def _is_nobodys(cue: Span) -> bool:
    """Whether nobody says it: "it is fair to say that …", "it was never promised that …"."""
    verb = cue[-1]
    while verb.pos_ in ("ADP", "PART") and verb.i > cue.start:
        verb = verb.nbor(-1)
    if any(token.lower_ in _NEGATIONS for token in cue):
        return True
    return is_infinitive(verb) and verb.head.pos_ == "ADJ"


def _is_thing(cue: Span, content: Span) -> bool:
    """Whether a verb of speech with a noun for its object is none: "to claim losses", "a mall called The Tower"."""
    nominal = head_of(content).pos_ in ("NOUN", "PROPN", "PRON", "NUM") and not is_predicate(head_of(content))
    return nominal and is_form_of(cue[-1], _OF_THINGS)


def _is_own_attitude(draft: Draft) -> bool:
    """Whether a claim is what an "I" or "we" thinks: in somebody's words it is part of what they say."""
    first = draft.source is not None and draft.source.text.lower() in _FIRST_PERSON
    row = speech_of(draft.cue[-1]) if first and draft.cue is not None else None
    return row is not None and row.kind == "attitude"


def _in_their_places(
    drafts: Sequence[Draft], inner: Sequence[_Inner], same_holder: Callable[[Draft, Draft], bool]
) -> list[Draft]:
    """Drafts and inner ones, each at its depth; attitudes of the one whose words they stand in are left out."""
    line = [(draft, False, _is_own_attitude(draft)) for draft in drafts] + [(i.draft, True, i.attitude) for i in inner]
    line.sort(key=lambda item: (-sum(map(len, item[0].contents)), item[1], item[0].first))
    innermost: dict[int, Draft] = {}  # by token, of the contents so far: the shorter, the later
    kept: list[Draft] = []
    for draft, found, attitude in line:
        outer = innermost.get(draft.cue.start) if draft.cue is not None else None
        if (found and outer is None) or (outer is not None and attitude and same_holder(draft, outer)):
            continue
        if outer is not None:
            draft = replace(draft, depth=outer.depth + 1)
        kept.append(draft)
        innermost.update((i, draft) for content in draft.contents for i in range(content.start, content.end))
    return kept
