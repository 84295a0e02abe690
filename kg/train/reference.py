"""`python -m kg.train.reference --data DIR`: learn what pronouns, titles and nouns go back to.

Reads GUM's training articles, and the PolNeAR training articles that `data/reference.ndjson` labels, with the shipped
weights of the reader, and fits the weights of `kg.extract.ranking` (kg/extract/data/reference.tsv): a log-linear model
of each group of anaphors (pronouns, nouns) with one weight for the group and one for each kind, pulled to a prior that
says what must be so whatever the data, such as that a title that somebody holds speaks for them. The probabilities
from which somebody with a name is meant are those with which most anaphors of both corpora are decided rightly, when
every article is scored by weights learnt without it.

A label is `{"document", "start", "end", "name"}`: offsets of an anaphor in a PolNeAR article and of a name of what it
means; null where that has no name. `"also"` holds further names where several are meant. The article's words are not
here. Of 283, an earlier program was unsure; so that these do not stand for all, 220 of which it was sure are there too,
`"by": "program"`. The other 576 are sources of claims, drawn by chance from other articles and labelled by a reader.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import torch
from spacy.language import Language

from kg.annotate import load
from kg.evaluate import corpora
from kg.evaluate.coreference import GoldLinks
from kg.evaluate.gum import is_pronoun
from kg.evaluate.trees import TreeDocument, trees
from kg.extract.anaphors import Anaphor
from kg.extract.discourse import Discourse, Seen
from kg.extract.entities import find_referents
from kg.extract.ranking import Features, Option
from kg.extract.reference import most_likely

LABELS = Path(__file__).parent / "data" / "reference.ndjson"
TABLE = Path(__file__).parent.parent / "extract" / "data" / "reference.tsv"
GROUPS = {"pronouns": ("he", "it", "they"), "nouns": ("body", "person", "place")}
# What must be so, whatever the data.
PRIOR = {
    "held": 2.0, "held by another": -1.0, "held by several": 1.0, "title unlike": -1.5, "held elsewhere": -2.0,
    "held before": -1.5, "held still": -3.0, "named so": 2.0, "called so": 2.0, "kind": 0.7, "kind unlike": -0.7,
    "kind unknown": -0.2, "modifiers known": 0.5, "modifiers unknown": -0.3, "gender known": 0.5,
    "gender likely": 0.5, "gender unlikely": -0.5, "speaks on": 0.7, "speaks on after quotation": 0.7,
}  # fmt: skip
_OWN = 0.7  # how freely a kind's weights leave its group's
_RIDGE = 1.0
_NEWS, _SURE = 1.5, 0.7  # weight of an anaphor of PolNeAR that a person labelled, that the program did; of GUM 1
_FOLDS = 5
_LEAST, _STEPS, _GAIN = 0.4, 3, 0.01  # the lowest threshold, how many are tried, what a higher one must gain


@dataclass(frozen=True, slots=True)
class Row:
    """One anaphor: the features of its options, which of them have a name, which are right, and whether it has one."""

    document: str
    form: str
    options: tuple[Features, ...]
    named: tuple[bool, ...]
    right: tuple[bool, ...]
    wanted: bool
    weight: float


class Teacher:
    """Decides as gold has it, and keeps what it was asked. `is_right` tells whether gold means an entity by it."""

    def __init__(self, document: str, weight: float) -> None:
        self.document, self.weight = document, weight
        self.rows: list[Row] = []

    def decide(
        self, a: Anaphor, options: Sequence[Option], d: Discourse, right: Sequence[bool], wanted: bool
    ) -> int | None:
        """Keep an anaphor with its right options; the answer that the text is to go on from."""
        nobody = not any(right)
        rights = [r or (nobody and o.node is None) for r, o in zip(right, options, strict=True)]
        named = [o.node is not None and d.standings[o.node].named for o in options]
        self.rows.append(
            Row(
                self.document,
                a.form,
                tuple(o.features for o in options),
                tuple(named),
                tuple(rights),
                wanted,
                self.weight,
            )
        )
        chosen = [(n, o.features.get("salience", 0.0), o) for n, o, r in zip(named, options, rights, strict=True) if r]
        return max(chosen, key=lambda c: c[:2])[2].node


class GumTeacher(Teacher):
    """Gold of GUM: two mentions are of one entity when their groups are."""

    def __init__(self, document: TreeDocument) -> None:
        super().__init__(document.id, 1.0)
        self.tree, self.gold = document, GoldLinks(document)
        self._groups: dict[int, set[str]] = {}
        self._named = {m.group for m in self.gold.names} | set(self.gold.joint)

    def __call__(self, a: Anaphor, options: Sequence[Option], d: Discourse) -> int | None:
        """The choice that `find_referents` asks for."""
        pronoun = a.form in GROUPS["pronouns"]
        mentions = self.gold.by_head(self._word(d, a.head))
        groups = {
            m.group
            for m in mentions
            if (is_pronoun(self.tree, m) if pronoun else m.end - m.start > 1 or a.title is not None)
        }
        right = [o.node is not None and bool(groups & self._groups_of(o.node, d)) for o in options]
        return self.decide(a, options, d, right, bool(groups & self._named))

    def _word(self, d: Discourse, i: int) -> int:
        return self.gold.words_of(d.words.start[i], d.words.end[i]).start

    def _groups_of(self, node: int, d: Discourse) -> set[str]:
        if node not in self._groups:
            standing = d.standings[node]
            own = [s for s in d.seen if s.node == node]
            if standing.members:
                parts = [self._groups_of(m, d) for m in standing.members]
                found = {group for group, ps in self.gold.joint.items() if all(p & ps for p in parts)}
                found |= {g for s in own for g in self._lists_at(s, d)}
            elif node >= 0:
                found = {g for s in own if s.how == "name" for g in self._names_at(s, d)}
            else:
                found = {m.group for s in own[:1] for m in self.gold.by_head(self._word(d, s.root))}
            self._groups[node] = found
        return self._groups[node]

    def _names_at(self, seen: Seen, d: Discourse) -> set[str]:
        return self.gold.named_at(d.words.start[seen.start], d.words.end[seen.end - 1])

    def _lists_at(self, seen: Seen, d: Discourse) -> Iterator[str]:
        for mention in self.gold.by_head(self._word(d, seen.root)):
            if any(self.tree.words[k].lemma in ("and", "or") for k in range(mention.start, mention.end)):
                yield mention.group


Label = Mapping[str, Any]


class NewsTeacher(Teacher):
    """Labels of PolNeAR; what has none is decided as before."""

    def __init__(self, document: str, labels: Mapping[int, Label]) -> None:
        super().__init__(document, _NEWS)
        self.labels = labels

    def __call__(self, a: Anaphor, options: Sequence[Option], d: Discourse) -> int | None:
        """The choice that `find_referents` asks for."""
        label = self.labels.get(d.words.start[a.head])
        if label is None:
            return most_likely(a, options, d)
        name = label["name"]
        if name is None:
            right = [o.node is None or not d.standings[o.node].named for o in options]
            self.weight = _NEWS
            self.decide(a, options, d, right, False)
            return None
        meant = [self._bearers(d, *span) for span in (name, *label.get("also", ()))]
        self.weight = _SURE if "by" in label else _NEWS
        right = [o.node is not None and self._is(d, o.node, meant) for o in options]
        return self.decide(a, options, d, right, True)

    @staticmethod
    def _bearers(d: Discourse, start: int, end: int) -> set[int]:
        return {
            s.node
            for s in d.seen
            if s.how == "name" and d.words.start[s.start] < end and d.words.end[s.end - 1] > start
        }

    @staticmethod
    def _is(d: Discourse, node: int, meant: Sequence[set[int]]) -> bool:
        members = d.standings[node].members or (node,)
        return len(members) == len(meant) and all(any(m in bearers for m in members) for bearers in meant)


def collect(nlp: Language, data: Path) -> list[Row]:
    """All anaphors of both corpora."""
    rows: list[Row] = []
    for tree in trees(data, "gum-train"):
        teacher = GumTeacher(tree)
        find_referents(nlp(tree.text), teacher)
        rows += teacher.rows
    labels: dict[str, dict[int, Label]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        labels.setdefault(label["document"], {})[label["start"]] = label
    for article in corpora.polnear(data, "train"):
        if article.id in labels:
            news = NewsTeacher(article.id, labels[article.id])
            find_referents(nlp(article.text), news)
            rows += news.rows
    return rows


Weights = dict[str, dict[str, float]]


def fit(rows: Sequence[Row]) -> Weights:
    """The weights by kind of anaphor."""
    found: Weights = {}
    for forms in GROUPS.values():
        own = [_widened(row) for row in rows if row.form in forms]
        learnt = _fit_group(own)
        names = {name.partition("|")[2] or name for name in learnt}
        for form in forms:
            found[form] = {n: learnt.get(n, 0.0) + _OWN * learnt.get(f"{form}|{n}", 0.0) for n in sorted(names)}
    return found


def _widened(row: Row) -> Row:
    """Every feature once for the group and once for the kind."""
    return replace(
        row, options=tuple({**o, **{f"{row.form}|{n}": _OWN * v for n, v in o.items()}} for o in row.options)
    )


def _fit_group(rows: Sequence[Row]) -> dict[str, float]:
    """The maximum a posteriori of a log-linear ranking, by L-BFGS."""
    names = sorted({name for row in rows for option in row.options for name in option})
    index = {name: i for i, name in enumerate(names)}
    places: list[tuple[int, int]] = []
    values: list[float] = []
    at: list[int] = []
    right: list[bool] = []
    for k, row in enumerate(rows):
        for option, is_right in zip(row.options, row.right, strict=True):
            for name, value in option.items():
                if value:
                    places.append((len(at), index[name]))
                    values.append(value)
            at.append(k)
            right.append(is_right)
    option_of, feature_of = (torch.tensor(column) for column in zip(*places, strict=True))
    strength = torch.tensor(values, dtype=torch.float64)
    segment = torch.tensor(at)
    correct = torch.tensor(right)
    weight = torch.tensor([row.weight for row in rows], dtype=torch.float64)
    prior = torch.tensor([PRIOR.get(name, 0.0) for name in names], dtype=torch.float64)
    learnt = prior.clone().requires_grad_()

    def total(scores: torch.Tensor, within: torch.Tensor) -> torch.Tensor:
        sums = torch.zeros(len(rows), dtype=torch.float64)
        return torch.log(sums.index_add(0, segment[within], torch.exp(scores[within])))

    optimiser = torch.optim.LBFGS(
        [learnt], max_iter=120, history_size=20, tolerance_change=1e-4, line_search_fn="strong_wolfe"
    )
    everything = torch.ones(len(at), dtype=torch.bool)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        scores = torch.zeros(len(at), dtype=torch.float64).index_add(0, option_of, strength * learnt[feature_of])
        loss = (weight * (total(scores, everything) - total(scores, correct))).sum()
        loss = loss + 0.5 * _RIDGE * ((learnt - prior) ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return dict(zip(names, learnt.detach().tolist(), strict=True))


def answers(rows: Iterable[Row], weights: Weights) -> list[tuple[Row, float, bool]]:
    """Of every anaphor how likely somebody with a name is meant, and whether the likeliest with a name is right."""
    found = []
    for row in rows:
        own = weights[row.form]
        scores = torch.tensor([sum(own.get(n, 0.0) * v for n, v in option.items()) for option in row.options])
        shares = torch.softmax(scores, 0).tolist()
        named = [k for k in range(len(shares)) if row.named[k]]
        best = max(named, key=lambda k: shares[k], default=None)
        found.append((row, sum(shares[k] for k in named), best is not None and row.right[best]))
    return found


def thresholds(rows: Sequence[Row]) -> dict[str, float]:
    """The least probability of a link by kind of anaphor, cross-validated over the articles."""
    documents = sorted({row.document for row in rows})
    random.Random(0).shuffle(documents)
    fold = {document: n % _FOLDS for n, document in enumerate(documents)}
    judged: list[tuple[Row, float, bool]] = []
    for n in range(_FOLDS):
        weights = fit([row for row in rows if fold[row.document] != n])
        judged += answers([row for row in rows if fold[row.document] == n], weights)
    found = {}
    for form, group in groupby(sorted(judged, key=lambda j: j[0].form), key=lambda j: j[0].form):
        own = list(group)
        total = sum(row.weight for row, _, _ in own)
        best, chosen = -1.0, _LEAST
        for step in range(_STEPS):
            least = round(_LEAST + 0.05 * step, 2)
            right = sum(row.weight for row, share, good in own if (good if share >= least else not row.wanted))
            if right / total > best + _GAIN:
                best, chosen = right / total, least
        found[form] = chosen
        print(f"{form}: {100 * best:.1f} % right in cross-validation, links from {chosen:.2f}")
    return found


def write(weights: Weights, least: Mapping[str, float], path: Path) -> None:
    """The table."""
    lines = ["anaphor\tfeature\tweight"]
    for form in sorted(weights):
        lines.append(f"{form}\tthreshold\t{least.get(form, _LEAST):.2f}")
        lines += [
            f"{form}\t{name}\t{weight:.2f}" for name, weight in sorted(weights[form].items()) if abs(weight) >= 0.005
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None, nlp: Callable[[], Language] = load) -> None:
    """Parse the command line, read, fit and write."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.train.reference", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with attribution/ and syntax-coref/")
    parser.add_argument("--out", type=Path, default=TABLE, help="the table to write; default: the shipped one")
    arguments = parser.parse_args(argv)
    rows = collect(nlp(), arguments.data)
    least = thresholds(rows)
    write(fit(rows), least, arguments.out)


if __name__ == "__main__":
    main()
