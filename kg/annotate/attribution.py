"""Sources, cues and contents, and which belongs to which."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kg.annotate.confidence import Calibration, Sureness
from kg.annotate.labels import Labels
from kg.annotate.spans import RoleSpans, WordSpan
from kg.annotate.weights import Heads
from kg.annotate.windows import WindowScores, best_window, merge

_LINKED = -1.0  # logit from which a source that already has a better cue is taken to serve another one too
_UNLIKELY = -3.0  # logit below which a span is left without a cue
_SPARED = 4.0  # how much less likely a content may be another cue's that has none, rather than its own of several
_FILLED = 0.1  # probability of span and link from which a cue without a source is given one
_FAR = {"source_links": 150, "content_links": 300}  # words from a span to its cue
_NEAR = 60  # words from a source that is looked for to its cue
_DASH = re.compile(r"[–—―-]+")
_BY_MARK = 0.9  # probability of the link that a dash or colon makes


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in word offsets. A span that found no partner stands in an attribution of its own.

    `confidence` is what the calibration makes of `sureness`.
    """

    source: WordSpan | None
    cue: WordSpan | None
    contents: tuple[WordSpan, ...]
    confidence: float = 0.0
    sureness: Sureness = field(default_factory=Sureness)

    @property
    def whole(self) -> bool:
        """Whether it says by which words something is attributed, and what."""
        return self.cue is not None and bool(self.contents)


def attributions(
    windows: Sequence[WindowScores], labels: Labels, heads: Heads, calibration: Calibration, words: Sequence[str]
) -> tuple[Attribution, ...]:
    """Decode role spans for a whole text of these words and link them, in the order of their first words."""
    linker = Linker(windows, RoleSpans(merge(windows, "roles"), labels, heads))
    found = _joined_by_marks(linker.link(), words)
    sure = [(a, linker.sureness(a)) for a in found]
    return tuple(sorted((replace(a, confidence=calibration(s), sureness=s) for a, s in sure), key=_first_word))


class Linker:
    """Links the role spans of a text by the scores of its windows."""

    def __init__(self, windows: Sequence[WindowScores], spans: RoleSpans) -> None:
        self._windows, self._spans = windows, spans
        self._cues = spans.by_role["cue"]
        self._starts = [start for start, _ in self._cues]
        self._known = frozenset(self._cues)
        self._known_means: dict[tuple[str, int, int, int], list[float]] = {}

    def link(self) -> list[Attribution]:
        """An attribution for each cue, and one for each source or content that has none."""
        owner = self._owners()
        sources = self._sources()
        found = []
        for cue in self._cues:
            contents = tuple(content for content, its in owner.items() if its == cue)
            found.append(Attribution(sources.get(cue), cue, contents))
        found = self._filled(found)
        used = set(sources.values())
        found += [Attribution(s, None, ()) for s in self._spans.by_role["source"] if s not in used]
        found += [Attribution(None, None, (content,)) for content, cue in owner.items() if cue is None]
        return found

    def _score(self, head: str, span: WordSpan, cue: WordSpan) -> float:
        """Mean logit that the words of a span belong to a cue; minus infinity when no window holds both."""
        window = best_window(self._windows, min(span[0], cue[0]), max(span[1], cue[1]))
        a, b = max(span[0], window.start), min(span[1], window.end)
        if a >= b or not window.start <= cue[0] < window.end:
            return -np.inf
        return self._means(head, window, a, b)[cue[0] - window.start]

    def _means(self, head: str, window: WindowScores, start: int, end: int) -> list[float]:
        """For each word of a window the mean logit of words `start` to `end` with it."""
        key = head, window.start, start, end
        if key not in self._known_means:
            self._known_means[key] = window.scores[head][start - window.start : end - window.start].mean(0).tolist()
        return self._known_means[key]

    def _table(self, head: str, span: WordSpan) -> dict[WordSpan, float]:
        """The logits of all cues within reach."""
        far = _FAR[head]
        near = self._cues[bisect_left(self._starts, span[0] - far) : bisect_left(self._starts, span[1] + far)]
        return {cue: self._score(head, span, cue) for cue in near}

    def _owners(self) -> dict[WordSpan, WordSpan | None]:
        """For each content its cue: the likeliest, but no cue goes without while another has several it could spare."""
        tables = {content: self._table("content_links", content) for content in self._spans.by_role["content"]}
        owner: dict[WordSpan, WordSpan | None] = {}
        for content, table in tables.items():
            logit, cue = max(((logit, cue) for cue, logit in table.items()), default=(-np.inf, None))
            owner[content] = cue if logit > _UNLIKELY else None
        count = Counter(owner.values())
        moves = []
        for content, table in tables.items():
            own = owner[content]
            if own is not None and count[own] > 1:
                moves += [(table[own] - logit, cue, content) for cue, logit in table.items() if not count[cue]]
        for loss, cue, content in sorted(moves):
            own = owner[content]
            if loss < _SPARED and not count[cue] and count[own] > 1:
                owner[content] = cue
                count[own] -= 1
                count[cue] += 1
        return owner

    def _sources(self) -> dict[WordSpan, WordSpan]:
        """For each cue its source: every source goes to its best cue and to each further one it likely serves."""
        taken: dict[WordSpan, tuple[float, WordSpan]] = {}
        for source in self._spans.by_role["source"]:
            table = self._table("source_links", source)
            best = max(table, key=lambda cue: table[cue], default=None)
            for cue, logit in table.items():
                likely = logit > (_UNLIKELY if cue == best else _LINKED)
                if likely and (cue not in taken or taken[cue][0] < logit):
                    taken[cue] = (logit, source)
        return {cue: source for cue, (_, source) in taken.items()}

    def _filled(self, found: Sequence[Attribution]) -> list[Attribution]:
        """Attributions without a source with the likeliest one whose words are free, if it is likely enough."""
        candidates = self._spans.candidates("source")
        starts = [start for (start, _), _ in candidates]
        taken = {i for a in found for s in (a.source, a.cue, *a.contents) if s is not None for i in range(*s)}
        done = []
        for a in found:
            if a.whole and a.source is None and a.cue is not None:
                near = candidates[bisect_left(starts, a.cue[0] - _NEAR) : bisect_left(starts, a.cue[0] + _NEAR)]
                scored = [
                    (p * _sigmoid(self._score("source_links", span, a.cue)), span)
                    for span, p in near
                    if p > _FILLED and taken.isdisjoint(range(*span))
                ]
                p, source = max(scored, default=(0.0, None))
                if source is not None and p > _FILLED:
                    a = replace(a, source=source)
                    taken.update(range(*source))
            done.append(a)
        return done

    def sureness(self, a: Attribution) -> Sureness:
        """How likely the parts of an attribution are, and their links to its cue; the longest content counts."""
        source = self._spans.mean("source", a.source) if a.source is not None else None
        longest = max(a.contents, key=lambda content: content[1] - content[0], default=None)
        content = self._spans.mean("content", longest) if longest is not None else None
        return Sureness(
            a.cue is not None, source, content,
            self._sure_link("source", a.source, a.cue), self._sure_link("content", longest, a.cue),
        )  # fmt: skip

    def _sure_link(self, role: str, span: WordSpan | None, cue: WordSpan | None) -> float | None:
        if span is None or cue is None:
            return None
        return _sigmoid(self._score(f"{role}_links", span, cue)) if cue in self._known else _BY_MARK


def _joined_by_marks(found: Sequence[Attribution], words: Sequence[str]) -> list[Attribution]:
    """Lone contents and lone sources that a dash or colon joins: “Go.” — Ana Ruiz; RUIZ: Go. The mark is the cue."""
    lone = [a.source for a in found if a.source is not None and a.cue is None]
    after, before = {s[0]: s for s in lone}, {s[1]: s for s in lone}
    used: set[WordSpan] = set()
    done = []
    for a in found:
        if a.cue is None and a.contents:
            for source, mark, content in _marked(a.contents[0], after, before, words):
                a = Attribution(source, (mark, mark + 1), (content,))
                used.add(source)
                break
        done.append(a)
    return [a for a in done if a.cue is not None or a.source not in used]


def _marked(
    content: WordSpan, after: dict[int, WordSpan], before: dict[int, WordSpan], words: Sequence[str]
) -> Iterator[tuple[WordSpan, int, WordSpan]]:
    """(source, mark, content) of a dash and a source after the content, or a source and a colon before it."""
    start, end = content
    while end - 1 > start and _DASH.fullmatch(words[end - 1]):
        end -= 1
    if end + 1 in after and _DASH.fullmatch(words[end]):
        yield after[end + 1], end, (start, end)
    if start and start - 1 in before and words[start - 1] == ":":
        yield before[start - 1], start - 1, content


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _first_word(a: Attribution) -> int:
    return min(s[0] for s in (a.source, a.cue, *a.contents) if s)
