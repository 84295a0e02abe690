"""How fast kg reads, beside a spaCy CNN pipeline on the same texts, cores and run.

    python tests/benchmarks/reading.py CORPORA

CORPORA is the folder of the corpora (`attribution/`, `syntax-coref/`, `entities/`). The texts are PolNeAR's dev
articles. The peer has the configuration of spaCy's small English model (a convolutional tok2vec of width 96 and depth
4 shared by tagger and parser, one more for names) and is trained here, for one epoch on EWT and WikiGold: it costs
what a trained one costs, and its parser cuts sentences as one that has learnt something does. It tags, parses and
finds names; kg does that, and attributions, coreference and claims.

Each figure is the best of some rounds in which the contestants take turns, since machines are noisy; what counts are
the ratios. Memory and start-up are those of the `kg` command in a process of its own, without torch.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy, as the command does

import spacy
from rich.console import Console
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

import kg.annotate
from kg.annotate.reader import words_of
from kg.annotate.windows import split
from kg.evaluate import corpora
from kg.evaluate.trees import trees
from kg.extract import evidence_of
from kg.model import Article
from kg.pipeline.extraction import extracted
from kg.read import read

COMMAND = "import sys; from kg.cli import main; sys.modules['torch'] = None; sys.exit(main())"
SIZES = (125_000, 250_000, 500_000, 1_000_000)  # characters of one article
MEGABYTE = 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    parser.add_argument("--rounds", type=int, default=3, help="of each measurement; the best counts (%(default)s)")
    parser.add_argument("--articles", type=int, help="how many of the dev articles; default: all")
    arguments = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        texts = [document.text for document in corpora.polnear(arguments.corpora, "dev")][: arguments.articles]
        files = write(Path(folder), texts)
        speed(console, files, arguments.corpora, arguments.rounds)
        stages(console, files)
        process(console, files, arguments.rounds)
        growth(console, Path(folder), texts)


def write(folder: Path, texts: Sequence[str]) -> list[Path]:
    """Each text as a file; kg reads files."""
    files = [folder / f"{n:03}.txt" for n in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf8")
    return files


def articles_of(files: Sequence[Path]) -> list[Article]:
    """The articles as kg reads them; all of them are good."""
    return [item for item in read([str(file) for file in files]) if isinstance(item, Article)]


def words_in(texts: Iterable[str]) -> int:
    """Tokens that are not white space, by spaCy's English rules: what every contestant reads."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    return sum(not token.is_space for doc in map(nlp.make_doc, texts) for token in doc)


def speed(console: Console, files: Sequence[Path], data: Path, rounds: int) -> None:
    """Words per second of kg and of the peer, which may use one process or all cores."""
    articles = articles_of(files)
    texts = [article.body for article in articles]
    words = words_in(texts)
    ours = kg.annotate.load()
    console.print("training the peer …")
    peer = train_peer(data)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    contestants: dict[str, Callable[[], object]] = {
        "kg, the network alone": lambda: run_network(ours, texts),
        "kg, spaCy pipeline": lambda: list(ours.pipe(texts)),
        "kg extract, end to end": lambda: list(extracted(articles_of(files))),
        "peer, one process": lambda: list(peer.pipe(texts)),
        f"peer, {cores} processes": lambda: list(peer.pipe(texts, n_process=cores, batch_size=8)),
    }
    rates = dict.fromkeys(contestants, 0.0)
    for warm in (True, *[False] * rounds):
        for name, run in contestants.items():
            began = time.perf_counter()
            run()
            if not warm:
                rates[name] = max(rates[name], words / (time.perf_counter() - began))
    best = max(rate for name, rate in rates.items() if name.startswith("peer"))
    table = Table("", "words/s", "of the peer's best", title=f"{words} words on {cores} cores")
    for name, rate in rates.items():
        table.add_row(name, f"{rate:,.0f}", f"{rate / best:.2f}")
    console.print(table)


def run_network(nlp: Language, texts: Sequence[str]) -> None:
    """All windows of the texts through the network, overlaps included, on all cores."""
    from concurrent.futures import ThreadPoolExecutor

    reader: Any = nlp.get_pipe("kg_reader")
    windows = [window for text in texts for window in split(words_of(nlp.make_doc(text)), reader.encoder)]
    with ThreadPoolExecutor(reader.threads) as pool:
        for _ in pool.map(lambda w: reader.network.run(w.ids, w.shapes, w.firsts), windows):
            pass


def stages(console: Console, files: Sequence[Path]) -> None:
    """Where the time goes: processor time by stage, of the first articles."""
    articles = articles_of(files[:30])
    words = words_in(article.body for article in articles)
    nlp = kg.annotate.load()
    for doc in nlp.pipe([articles[0].body]):
        evidence_of(doc, articles[0])
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        result = work()
        spent[name] = time.process_time() - began
        return result

    docs: list[Doc] = timed("tokens", lambda: [nlp.make_doc(article.body) for article in articles])
    for name, component in nlp.pipeline:
        pipe: Any = component
        if hasattr(pipe, "pipe"):
            docs = timed(name, lambda pipe=pipe, docs=docs: list(pipe.pipe(docs)))
        else:
            docs = timed(name, lambda pipe=pipe, docs=docs: [pipe(doc) for doc in docs])
    timed("entities, claims", lambda: [evidence_of(d, a) for d, a in zip(docs, articles, strict=True)])
    whole = sum(spent.values())
    table = Table("stage", "µs of processor time a word", "share", title="where time goes")
    for name, seconds in spent.items():
        table.add_row(name, f"{1e6 * seconds / words:.1f}", f"{seconds / whole:.0%}")
    console.print(table)
    profile = cProfile.Profile()
    profile.runcall(lambda: [evidence_of(d, a) for d, a in zip(docs, articles, strict=True)])
    functions = pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]
    table = Table("function of kg.extract", "share, with what it calls", title="within entities and claims (profiled)")
    total = max(values[3] for _, values in functions)
    rows = sorted(((v[3], Path(f[0]).stem, f[2]) for f, v in functions if "/kg/extract/" in f[0]), reverse=True)
    for seconds, module, function in rows[:15]:
        table.add_row(f"{module}.{function}", f"{seconds / total:.0%}")
    console.print(table)


def process(console: Console, files: Sequence[Path], rounds: int) -> None:
    """Start-up and peak memory of the command."""
    one = min(_command([str(files[0])])[0] for _ in range(rounds))
    seconds, peak = _command([str(file) for file in files])
    table = Table("", "", title="the command `kg extract`, in an environment without torch")
    table.add_row("one article, start-up included", f"{one:.2f} s")
    table.add_row(f"{len(files)} articles, start-up included", f"{seconds:.1f} s")
    table.add_row("peak memory", f"{peak / MEGABYTE:.0f} MB")
    size = sum(file.stat().st_size for file in kg.annotate.weights.FOLDER.iterdir() if file.suffix != ".md")
    table.add_row("weights", f"{size / MEGABYTE:.1f} MB")
    console.print(table)


def _command(paths: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak bytes of `kg extract` on these paths."""
    began = time.perf_counter()
    watched = (
        "import resource, subprocess, sys; "
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", watched, sys.executable, "-c", COMMAND, "extract", *paths]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, bytes
    return time.perf_counter() - began, float(printed) * unit


def growth(console: Console, folder: Path, texts: Sequence[str]) -> None:
    """Seconds for one article of growing length: the articles, one after the other, over and over."""
    whole = "\n\n".join(texts)
    whole *= -(-SIZES[-1] // len(whole))
    table = Table("characters", "s", "against the size before", title="one long article")
    before = 0.0
    for size in SIZES:
        file = folder / f"long-{size}.txt"
        file.write_text(whole[:size], encoding="utf8")
        began = time.perf_counter()
        list(extracted(articles_of([file])))
        seconds = time.perf_counter() - began
        table.add_row(f"{size:,}", f"{seconds:.1f}", f"{seconds / before:.2f}" if before else "")
        before = seconds
    console.print(table)


def train_peer(data: Path) -> Language:
    """spaCy's small English model by its configuration, after one epoch."""
    peer = spacy.blank("en")
    peer.max_length = 10_000_000
    tok2vec = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 96, "depth": 4,
               "embed_size": 2000, "window_size": 1, "maxout_pieces": 3, "subword_features": True}  # fmt: skip
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    transitions = {"@architectures": "spacy.TransitionBasedParser.v2", "extra_state_tokens": False,
                   "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None}  # fmt: skip
    peer.add_pipe("tok2vec", config={"model": tok2vec})
    peer.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    peer.add_pipe("parser", config={"model": {**transitions, "state_type": "parser", "tok2vec": listener}})
    peer.add_pipe("ner", config={"model": {**transitions, "state_type": "ner", "tok2vec": tok2vec}})
    examples = [*_parsed(peer, data), *_named(peer, data)]
    rng = random.Random(0)
    rng.shuffle(examples)
    spacy.util.fix_random_seed(0)
    optimizer = peer.initialize(lambda: examples)
    for batch in spacy.util.minibatch(examples, size=64):
        peer.update(batch, sgd=optimizer, drop=0.1)
    return peer


def _parsed(peer: Language, data: Path) -> list[Example]:
    """EWT's training documents whole, so that the parser learns where sentences start."""
    examples = []
    for document in trees(data, "ewt-train"):
        words = [word.form for word in document.words]
        spaces = [a.end < b.start for a, b in pairwise(document.words)] + [False]
        reference = Doc(
            peer.vocab,
            words=words,
            spaces=spaces,
            tags=[word.xpos for word in document.words],
            heads=[word.head for word in document.words],
            deps=["ROOT" if word.head == i else word.deprel for i, word in enumerate(document.words)],
        )
        examples.append(Example(Doc(peer.vocab, words=words, spaces=spaces), reference))
    return examples


def _named(peer: Language, data: Path) -> list[Example]:
    examples = []
    for sentence in corpora.tagged(data, "wikigold"):
        reference = Doc(peer.vocab, words=list(sentence.tokens))
        reference.ents = [Span(reference, start, end, label=type_) for start, end, type_ in sorted(sentence.names)]
        examples.append(Example(Doc(peer.vocab, words=list(sentence.tokens)), reference))
    return examples


if __name__ == "__main__":
    main()
