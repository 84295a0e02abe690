"""What an evaluation found, as plain data, as JSON and as a table for the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.evaluate.scores import Counts, interval, macro_interval, total

if TYPE_CHECKING:
    from rich.console import RenderableType


_DIGITS = {"%": 1, "": 3}  # shown after the point, by unit; of others none


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. Scores are per cent of F1, with the counts behind them; other units have no counts, and "" means a
    number of 0 to 1.

    `low` and `high` bound the 95 % confidence interval where one was computed.
    """

    name: str
    value: float
    unit: str = "%"
    counts: Counts | None = None
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain data; numbers rounded to two decimals."""
        digits = max(_DIGITS.get(self.unit, 0), 2)
        data: dict[str, Any] = {"value": round(self.value, digits), "unit": self.unit}
        if self.low is not None and self.high is not None:
            data["interval"] = [round(self.low, digits), round(self.high, digits)]
        if self.counts is not None:
            data |= {
                "precision": round(100 * self.counts.precision, 2),
                "recall": round(100 * self.counts.recall, 2),
                "correct": self.counts.correct,
                "predicted": self.counts.predicted,
                "gold": self.counts.gold,
            }
        return data


@dataclass(frozen=True, slots=True)
class TaskReport:
    """The figures of one task. `headline` names those that matter most; `groups` breaks these down, by publisher say.

    `documents` counts the units that were scored, and over which confidence intervals were drawn: articles, or
    sentences where a corpus has no articles; None where nothing is scored but measured.
    """

    task: str
    corpus: str
    metric: str
    documents: int | None
    figures: tuple[Figure, ...]
    headline: tuple[str, ...] = ()
    groups: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, figures by name."""
        return {
            "corpus": self.corpus,
            "metric": self.metric,
            "documents": self.documents,
            "headline": list(self.headline),
            "figures": {figure.name: figure.to_dict() for figure in self.figures},
            "groups": {name: {f.name: f.to_dict() for f in figures} for name, figures in self.groups.items()},
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Scores of one pipeline. `notes` are one-line warnings: tasks left out and why, outputs that were all empty."""

    pipeline: str
    tasks: tuple[TaskReport, ...]
    notes: tuple[str, ...] = ()

    def figure(self, task: str, name: str) -> Figure:
        """A figure by task and name; KeyError when there is none."""
        for report in self.tasks:
            for figure in report.figures:
                if (report.task, figure.name) == (task, name):
                    return figure
        raise KeyError((task, name))

    def to_dict(self) -> dict[str, Any]:
        """Plain data: pipeline, tasks by name, notes."""
        return {
            "pipeline": self.pipeline,
            "tasks": {report.task: report.to_dict() for report in self.tasks},
            "notes": list(self.notes),
        }

    def to_json(self) -> str:
        """`to_dict` as indented JSON with a final newline."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    def table(self, groups: bool = False) -> RenderableType:
        """A rich table for each task, headline figures in bold; with `groups`, its breakdown below it."""
        from rich.console import Group
        from rich.text import Text

        parts: list[RenderableType] = [Text(f"Scores of {self.pipeline}; intervals are of 95 %", style="bold")]
        width = max((len(figure.name) for report in self.tasks for figure in report.figures), default=0)
        for report in self.tasks:
            parts += [Text(), Text(f"{report.task}: {report.corpus}", style="bold"), Text(report.metric, style="dim")]
            parts.append(_table(report, width))
            if groups and report.groups:
                parts.append(_breakdown(report))
        return Group(*parts)

    def __rich__(self) -> RenderableType:
        return self.table()


def _table(report: TaskReport, width: int) -> RenderableType:
    """The figures of a task; columns are as wide in every table, so that they stand below each other."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("figure", no_wrap=True, min_width=width)
    for heading, least in (
        ("score", 7), ("interval", 13), ("precision", 9), ("recall", 6), ("gold", 7), ("found", 7)
    ):  # fmt: skip
        table.add_column(heading, justify="right", no_wrap=True, min_width=least)
    for figure in report.figures:
        table.add_row(*_cells(figure), style="bold" if figure.name in report.headline else None)
    return table


def _cells(figure: Figure) -> list[str]:
    counts = figure.counts
    digits = _DIGITS.get(figure.unit, 0)
    bounds = "" if figure.low is None or figure.high is None else f"{figure.low:.{digits}f} – {figure.high:.{digits}f}"
    if counts is None:
        unit = "" if figure.unit == "%" else figure.unit
        return [figure.name, f"{figure.value:,.{digits}f}", bounds or unit, "", "", "", ""]
    if not counts.predicted and not counts.gold:
        return [figure.name, "–", "", "", "", "0", "0"]
    shares = [f"{100 * counts.precision:.1f}", f"{100 * counts.recall:.1f}"]
    return [figure.name, f"{figure.value:.1f}", bounds, *shares, f"{counts.gold:,}", f"{counts.predicted:,}"]


def _breakdown(report: TaskReport) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("of these")
    for name in report.headline:
        table.add_column(name, justify="right")
    for group, figures in report.groups.items():
        table.add_row(Text(group), *(f"{figure.value:.1f}" for figure in figures))
    return table


Row = tuple[str, Mapping[str, Counts]]


def summarise(
    rows: Sequence[Row], headline: Iterable[str], macro: Mapping[str, str] | None = None
) -> tuple[tuple[Figure, ...], dict[str, tuple[Figure, ...]]]:
    """Figures over all documents, and the headline ones for each group of documents where there are several groups.

    A row is a document's group and its counts. `macro` names figures that are the mean of the F1 of all figures with a
    prefix that gold has: {"act": "act: "}; they come first. Headline figures get confidence intervals.
    """
    names, means = tuple(headline), macro or {}
    counts = total(row for _, row in rows)
    figures = tuple(_mean(name, prefix, [row for _, row in rows]) for name, prefix in means.items())
    figures += tuple(
        _figure(name, sums, [row.get(name, Counts()) for _, row in rows] if name in names else [])
        for name, sums in counts.items()
    )
    members: dict[str, list[Mapping[str, Counts]]] = {}
    for group, row in rows:
        members.setdefault(group, []).append(row)
    groups = {}
    if len(members) > 1:
        for group in sorted(members):
            sums_of = total(members[group])
            groups[group] = tuple(
                replace(_mean(name, means[name], members[group]), low=None, high=None)
                if name in means
                else _figure(name, sums_of.get(name, Counts()), [])
                for name in names
            )
    return figures, groups


def _figure(name: str, counts: Counts, rows: Sequence[Counts]) -> Figure:
    bounds = interval(rows)
    low, high = (100 * bounds[0], 100 * bounds[1]) if bounds else (None, None)
    return Figure(name, 100 * counts.f1, counts=counts, low=low, high=high)


def _mean(name: str, prefix: str, rows: Sequence[Mapping[str, Counts]]) -> Figure:
    """The mean F1 of the figures with a prefix; its counts are their sum."""
    classes = sorted(c for c, sums in total(rows).items() if c.startswith(prefix) and sums.gold)
    each = [[row.get(c, Counts()) for row in rows] for c in classes]
    sums = [sum(column, Counts()) for column in each]
    value = sum(s.f1 for s in sums) / len(sums) if sums else 0.0
    bounds = macro_interval(each)
    low, high = (100 * bounds[0], 100 * bounds[1]) if bounds else (None, None)
    return Figure(name, 100 * value, counts=sum(sums, Counts()), low=low, high=high)
