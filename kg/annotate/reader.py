"""The reader model as a spaCy component: runs the network, leaves a `Reading` on the Doc for the others to write."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.annotate import weights
from kg.annotate.columns import texts_of
from kg.annotate.confidence import load_calibration
from kg.annotate.decode import Scores
from kg.annotate.encode import PieceEncoder, Word
from kg.annotate.reading import Reading, interpret
from kg.annotate.sentences import sentence_starts
from kg.annotate.windows import WindowInput, WindowScores, merge, split

KEY = "kg_reading"
_Submitted = tuple[Doc, list[Word], list[Future[WindowScores]]]
_AHEAD = 4  # articles whose windows are under way while the one before is decoded


class Network:
    """The ONNX graph. One window a call, so that a window's scores cannot depend on its company."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # windows run side by side instead
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused one is slower: a seventh of the time, measured
        )
        self.outputs = [output.name for output in self.session.get_outputs()]

    def run(self, ids: NDArray[np.int64], shapes: NDArray[np.int64], firsts: NDArray[np.int64]) -> dict[str, Scores]:
        """Scores by head for the words of a window, whose first pieces stand at `firsts`."""
        values = self.session.run(None, {"ids": ids, "shapes": shapes, "firsts": firsts})
        return dict(zip(self.outputs, values, strict=True))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ReaderComponent:
    """`kg_reader`: sets `doc.user_data["kg_reading"]`, for texts of any length."""

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        folder = folder or weights.FOLDER
        weights.check(folder)
        self.inventory = weights.load_labels(folder)  # spaCy takes an attribute `labels` for a list of strings
        self.heads = weights.load_heads(folder)
        self.calibration = load_calibration(folder, weights.FOLDER)
        self.encoder = PieceEncoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self.network = Network(folder)
        self.threads = threads or _cores()

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = _AHEAD) -> Iterator[Doc]:
        """Read a stream of Docs. While one is decoded, the windows of the next ones are already being run."""
        stream = iter(docs)
        ahead: deque[_Submitted] = deque()
        with ThreadPoolExecutor(self.threads) as pool:
            # scores are large, and spaCy's own batches hold a thousand articles
            for doc in islice(stream, min(batch_size, _AHEAD)):
                ahead.append(self._submit(pool, doc))
            while ahead:
                doc, words, futures = ahead.popleft()
                windows = [future.result() for future in futures]
                for coming in islice(stream, 1):
                    ahead.append(self._submit(pool, coming))
                doc.user_data[KEY] = self._read(doc, words, windows).to_data() if windows else None
                yield doc

    def _submit(self, pool: ThreadPoolExecutor, doc: Doc) -> _Submitted:
        words = words_of(doc)
        return doc, words, [pool.submit(self._run, window) for window in split(words, self.encoder)]

    def _run(self, window: WindowInput) -> WindowScores:
        scores = self.network.run(window.ids, window.shapes, window.firsts)
        if window.end - window.start == 1:
            scores = {
                name: values[:1, :1] if name in ("arcs", "source_links", "content_links") else values[:1]
                for name, values in scores.items()
            }
        return WindowScores(window.start, window.end, scores)

    def _read(self, doc: Doc, words: Sequence[Word], windows: Sequence[WindowScores]) -> Reading:
        sentences = _given_sentences(doc) or sentence_starts(merge(windows, "starts"), words)
        return interpret(
            windows, self.inventory, self.heads, sentences, [word.text for word in words], self.calibration
        )


def words_of(doc: Doc) -> list[Word]:
    """The tokens of a Doc that are not white space, with what stands before them."""
    words: list[Word] = []
    space = line = True
    for text, spaced in zip(texts_of(doc), doc.to_array("SPACY").tolist(), strict=True):
        if text.isspace():
            space, line = True, line or "\n" in text
            continue
        words.append(Word(text, space, line))
        space, line = bool(spaced), False
    return words


def word_indices(doc: Doc) -> list[int]:
    """The token indices of the words that `words_of` lists."""
    indices: list[int] = np.flatnonzero(doc.to_array("IS_SPACE") == 0).tolist()
    return indices


def _given_sentences(doc: Doc) -> list[int] | None:
    """Sentence starts that somebody set before, as word indices; None when nobody did."""
    if not doc.has_annotation("SENT_START", require_complete=False):
        return None
    starts, pending = [], False
    for token in doc:
        pending = pending or bool(token.is_sent_start)
        if token.text.isspace():
            continue
        starts.append(pending)
        pending = False
    starts[0] = True
    return [i for i, start in enumerate(starts) if start]


def reading_of(doc: Doc) -> Reading | None:
    """What `kg_reader` found; None for a Doc without words. ValueError when it has not run."""
    if KEY not in doc.user_data:
        raise ValueError("no reading on this Doc: add kg_reader to the pipeline, before the components that write it")
    data = doc.user_data[KEY]
    return Reading.from_data(data) if data is not None else None
