"""Scores of a spaCy pipeline against gold corpora. Never imported by a build.

report = evaluate(kg.load(), Path("data"))
print(report.to_json())
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.errors import RunError
from kg.evaluate import corpora, tasks
from kg.evaluate.calibration import calibration
from kg.evaluate.coreference import coreference
from kg.evaluate.countries import countries
from kg.evaluate.reading import TOPICS, Half, Reader
from kg.evaluate.report import Figure, Report, Row, TaskReport, summarise
from kg.evaluate.speed import speed
from kg.evaluate.storyline import scale, storyline

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["TASKS", "Figure", "Report", "Task", "TaskReport", "evaluate", "select"]

Progress = Callable[[str, int, int], None]
"""Called with a task's name, the documents done and the documents in all."""


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the table. `run` scores (rows of counts, or ready figures); `default` says whether it runs unasked.

    `source` says which folder `run` gets: that of corpora from elsewhere, or that of the gold made for this project.
    A task on a `topic` of reading has no `run` of its own. `halved` says that the gold has halves, of which `run` gets
    one as its last argument. `macro` names figures that are the mean of those whose names begin with a prefix.
    """

    run: Callable[..., Sequence[Row] | Sequence[Figure]] | None
    corpus: str
    metric: str
    headline: tuple[str, ...]
    default: bool = True
    source: Literal["data", "gold"] = "data"
    topic: str | None = None
    macro: Mapping[str, str] = field(default_factory=dict)
    halved: bool = False


def _names(corpus: str, described: str, default: bool = True) -> Task:
    return Task(partial(tasks.names_in_tokens, corpus=corpus), described, _NAMES, ("names",), default)


def _syntax(corpus: str, described: str, genre: str | None = None) -> Task:
    return Task(partial(tasks.syntax, corpus=corpus, genre=genre), described, _SYNTAX, ("UAS", "LAS", "raw text: LAS"))


_NAMES = "exact span and type of PER, ORG, LOC: F1, micro-averaged; MISC is shown and not counted"
_SYNTAX = "accuracy with gold tokens and sentences; F1 with own sentences, and from raw text (CoNLL 2018)"

TASKS: dict[str, Task] = {
    "attribution": Task(
        tasks.attribution,
        "PolNeAR dev, whole articles",
        "exact F1 of source, cue and content pieces; F1 of who said what",
        ("source", "cue", "content", "content characters", "who said what"),
    ),
    "calibration": Task(
        calibration,
        "PolNeAR dev, whole articles",
        "expected calibration error of claims' confidence, 0 to 1: 15 bins of equally many (Guo et al. 2017)",
        ("ECE", "ECE, cross-fitted"),
    ),
    "names-politics": _names("crossner-politics-dev", "CrossNER politics dev"),
    "names-ewt": _names("uner-ewt-dev", "Universal NER, EWT dev"),
    "names-wikigold": _names("wikigold", "WikiGold (training data)", default=False),
    "names-silver": Task(
        partial(tasks.names_in_text, read=partial(corpora.silver, split="dev")),
        "PolNeAR dev, names found automatically (silver)",
        _NAMES,
        ("names",),
    ),
    "names-re3d": Task(
        partial(tasks.names_in_text, read=partial(corpora.re3d, dev=True)),
        "re3d, a fifth of the documents, proper names",
        _NAMES,
        ("names",),
    ),
    "countries": Task(
        countries,
        "gold of countries: every country, and traps",
        "F1 of mentions by name, demonym or metonym: exact characters and ISO code",
        ("countries",),
        source="gold",
        halved=True,
    ),
    "syntax-ewt": _syntax("ewt-dev", "UD English EWT dev"),
    "syntax-gum": _syntax("gum-dev", "UD English GUM dev"),
    "syntax-gum-news": _syntax("gum-dev", "UD English GUM dev, news", "news"),
    "sentences": Task(tasks.sentences, "UD English GUM dev, news", "F1 of whole sentences", ("sentences",)),
    "storyline": Task(
        storyline,
        "the storyline: 55 articles of five outlets",
        "B-cubed F1 of mentions; F1 of offices held on a day",
        ("identity", "offices at date"),
        source="gold",
    ),
    "storyline-scale": Task(
        scale,
        "copies of the storyline with other names: 200,000 mentions and 50,000 claims",
        "processor time of resolving all of it, in times that of half; memory of the process",
        ("time of the whole over half", "peak memory"),
        source="gold",
    ),
    "coreference-gum": Task(
        coreference,
        "GUM dev, whole documents from raw text",
        "F1 of links from third-person pronouns and definite nouns to the named entity they stand for",
        ("links", "pronouns", "nouns"),
    ),
    **{
        f"reading-{name}": Task(
            None, "gold of reading", topic.metric, topic.headline, source="gold", topic=name, macro=topic.macro
        )
        for name, topic in TOPICS.items()
    },
    "speed": Task(speed, "PolNeAR dev, raw text", "words a second, and where the time goes", ("speed", "kg extract")),
}


def select(names: Iterable[str] | None) -> tuple[str, ...]:
    """The tasks asked for, in table order: by name, or all of a family ("names", "syntax"); None for the default ones.

    RunError for a name that is neither.
    """
    if names is None:
        return tuple(name for name, task in TASKS.items() if task.default)
    chosen: set[str] = set()
    for name in names:
        family = {n for n, task in TASKS.items() if n.startswith(name + "-") and task.default}
        if not (found := {name} & TASKS.keys() or family):
            raise RunError(f"no task is called {name!r}; there are {', '.join(TASKS)}")
        chosen |= found
    return tuple(name for name in TASKS if name in chosen)


def evaluate(
    nlp: Language,
    data: Path | None,
    tasks: Iterable[str] | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
    gold: Path | None = None,
    half: Half = "dev",
) -> Report:
    """Score a pipeline on the corpora of a data folder, and on the gold made for this project.

    `tasks` names rows of `TASKS` or families of them (see `select`); `limit` is the largest number of documents read
    from each corpus. `half` is that of the gold of countries and of reading to score. A task whose
    corpus is missing or damaged is left out with a note; RunError when none could run.
    """
    folders = {"data": data, "gold": gold}
    if data is not None and not data.is_dir():
        raise RunError(f"{data}: no such folder; give the data folder with attribution, entities and syntax-coref")
    reports, notes = [], []
    reader = Reader(nlp, data, gold, half)
    for name in select(tasks):
        task = TASKS[name]
        folder = folders[task.source]
        if folder is None:
            notes.append(f"{name}: left out: it needs --{task.source} DIR")
            continue
        step = partial(progress, name) if progress else _ignore
        try:
            if task.topic is not None:
                result: Sequence[Row] | Sequence[Figure] = reader.run(task.topic, limit, step)
            else:
                assert task.run is not None
                result = task.run(nlp, folder, limit, step, *([half] if task.halved else []))
        except RunError as error:
            notes.append(f"{name}: left out: {error}")
            continue
        report = _report(name, task, result)
        if silent := _silent(report):
            notes.append(f"{name}: the pipeline gave nothing for {', '.join(silent)}")
        reports.append(report)
    if not reports:
        raise RunError("; ".join(notes) or "no task was asked for")
    return Report(_title(nlp), tuple(reports), tuple(notes))


def _report(name: str, task: Task, result: Sequence[Row] | Sequence[Figure]) -> TaskReport:
    ready = tuple(item for item in result if isinstance(item, Figure))
    rows = [item for item in result if not isinstance(item, Figure)]
    figures, groups = (ready, {}) if ready else summarise(rows, task.headline, task.macro)
    return TaskReport(name, task.corpus, task.metric, None if ready else len(rows), figures, task.headline, groups)


def _silent(report: TaskReport) -> list[str]:
    """Headline figures for which there was gold and not a single answer: most often a component that is missing."""
    return [
        figure.name
        for figure in report.figures
        if figure.name in report.headline and figure.counts and figure.counts.gold and not figure.counts.predicted
    ]


def _title(nlp: Language) -> str:
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def _ignore(done: int, total: int) -> None:
    pass
