"""What the reader model finds in a text, as small records, and how scores become them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.annotate.attribution import Attribution, attributions
from kg.annotate.confidence import Calibration, Sureness
from kg.annotate.decode import Scores, bio_spans, tree, viterbi
from kg.annotate.known import with_known
from kg.annotate.labels import Labels
from kg.annotate.weights import Heads
from kg.annotate.windows import WindowScores, best_window, merge

_OUT_OF_WINDOW = -50.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings for the words of one text (white-space tokens not counted).

    tags, pos, lemmas and deps are indices into the label inventories; heads are word indices, a root's its own;
    names are (start, end, type); sentences are the indices of their first words.
    """

    tags: NDArray[np.intp]
    pos: NDArray[np.intp]
    lemmas: NDArray[np.intp]
    heads: NDArray[np.intp]
    deps: NDArray[np.intp]
    sentences: tuple[int, ...]
    names: tuple[tuple[int, int, str], ...]
    attributions: tuple[Attribution, ...]

    def to_data(self) -> dict[str, Any]:
        """As plain data, which a Doc can be stored with: `from_data` gives the equal reading back."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Reading:
        """The reading that `to_data`, or MessagePack of it, was made from."""
        return cls(
            **{
                **data,
                "sentences": tuple(data["sentences"]),
                "names": tuple((start, end, type_) for start, end, type_ in data["names"]),
                "attributions": tuple(
                    Attribution(
                        _pair(a["source"]),
                        _pair(a["cue"]),
                        tuple(map(tuple, a["contents"])),
                        a["confidence"],
                        Sureness(**a["sureness"]),
                    )
                    for a in data["attributions"]
                ),
            }
        )


def _pair(span: Sequence[int] | None) -> tuple[int, int] | None:
    return (span[0], span[1]) if span is not None else None


def interpret(
    windows: Sequence[WindowScores],
    labels: Labels,
    heads: Heads,
    sentences: Sequence[int],
    words: Sequence[str],
    calibration: Calibration | None = None,
) -> Reading:
    """Decode the scores of the windows of a text of these words. `sentences` are the indices of those that start one.

    Without a `calibration` the confidence of attributions says nothing.
    """
    arcs, deps = _trees(windows, heads, sentences)
    names = with_known(merge(windows, "names"), words, heads.known)
    name_labels = viterbi(names, heads.name_start, heads.name_follow)
    return Reading(
        tags=merge(windows, "tags").argmax(1),
        pos=merge(windows, "pos").argmax(1),
        lemmas=merge(windows, "lemmas").argmax(1),
        heads=arcs,
        deps=deps,
        sentences=tuple(sentences),
        names=tuple(bio_spans([labels.names[i] for i in name_labels])),
        attributions=attributions(windows, labels, heads, calibration or Calibration(), words),
    )


def _trees(
    windows: Sequence[WindowScores], heads: Heads, sentences: Sequence[int]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Heads and relations of all words, sentence by sentence, each from the window that holds it best."""
    size = windows[-1].end
    arcs = np.arange(size)
    left = np.empty((size, heads.dep_weight.shape[1]), dtype=np.float32)
    right = np.empty_like(left)
    for start, end in zip(sentences, [*sentences[1:], size], strict=True):
        window = best_window(windows, start, end)
        a, b = max(start, window.start), min(end, window.end)
        here = slice(a - window.start, b - window.start)
        part = a + tree(window.scores["arcs"][here, here])
        # a sentence longer than a window: what is outside hangs on the root of what is inside
        arcs[start:end] = part[part == np.arange(a, b)]
        arcs[a:b] = part
    left[:, -1] = right[:, -1] = 1
    left[:, :-1], right[:, :-1] = merge(windows, "dep_left"), merge(windows, "dep_right")
    return arcs, _relations(left, right, arcs, heads)


def _relations(left: Scores, right: Scores, arcs: NDArray[np.intp], heads: Heads) -> NDArray[np.intp]:
    """The best relation of each word to its head. A third of the words are heads: what costs is done once for each."""
    above, which = np.unique(arcs, return_inverse=True)
    rows = right[above]
    scores = [np.einsum("ni,ni->n", left, (rows @ weight.T)[which]) for weight in heads.dep_weight]
    best: NDArray[np.intp] = np.argmax(scores, axis=0)
    return best
