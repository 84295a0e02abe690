"""Agreement of the two annotators, and the gold made from both. See GUIDELINE.md.

    python tests/gold/reading/agreement.py table [TOPIC ...] [--half dev|final]
    python tests/gold/reading/agreement.py differences CORPORA TOPIC
    python tests/gold/reading/agreement.py settle      CORPORA TOPIC [DECISIONS]

`table` prints the measures that the guideline names, for all items and for stand-off and written ones apart, and how
the adjudicator decided. `differences` prints the items that the annotators label differently. `settle` takes over what
both have alike, takes the rest from DECISIONS (a draft as in show.py, for as many items as are decided there; it also
overrules what both have alike), and writes `gold/dev` and `gold/final`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from show import HERE, SCHEMAS, Record, half, read_gum, read_items, read_labels, read_polnear, show, source_of

HALVES = ("dev", "final")
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president minister prime secretary senator sen governor gov "
    "representative rep mayor general gen judge justice chief chancellor king queen prince princess pope".split()
)

Label = Record
Pair = tuple[Label, Label]
Measures = dict[str, "Ratio | Kappa"]


class Ratio:
    """A share (accuracy), or with two totals an F1: hits over the mean of both totals."""

    def __init__(self, hits: int, total: int, other_total: int | None = None) -> None:
        self.hits, self.totals = hits, (total, total if other_total is None else other_total)

    @property
    def value(self) -> float:
        """From 0 to 1; 1 when there was nothing to agree on."""
        return 2 * self.hits / sum(self.totals) if sum(self.totals) else 1.0

    def __str__(self) -> str:
        total = "/".join(str(t) for t in dict.fromkeys(self.totals))
        return f"{100 * self.value:.1f} ({self.hits} of {total})"


class Kappa:
    """Cohen's kappa, unweighted, of two labels for each of several things, and the macro F1 beside it."""

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self.pairs = list(pairs)

    @property
    def value(self) -> float:
        """At most 1; 1 when both always give one and the same class."""
        n = len(self.pairs)
        left, right = Counter(a for a, _ in self.pairs), Counter(b for _, b in self.pairs)
        chance = sum(left[c] * right[c] for c in left) / (n * n) if n else 1.0
        return 1.0 if chance == 1.0 else (sum(a == b for a, b in self.pairs) / n - chance) / (1 - chance)

    @property
    def macro_f1(self) -> float:
        """Mean over the classes that occur of the F1 of one annotator against the other."""
        left, right = Counter(a for a, _ in self.pairs), Counter(b for _, b in self.pairs)
        both = Counter(a for a, b in self.pairs if a == b)
        scores = [2 * both[c] / (left[c] + right[c]) for c in left | right]
        return sum(scores) / len(scores) if scores else 1.0

    def __str__(self) -> str:
        return f"κ {self.value:.3f}, macro F1 {100 * self.macro_f1:.1f}"


def characters(spans: Iterable[Record | None]) -> frozenset[int]:
    """The offsets that spans cover together."""
    return frozenset(at for s in spans if s for at in range(s["start"], s["end"]))


def overlap(a: Record | None, b: Record | None) -> bool:
    """Whether two spans overlap in the guideline's sense (Jaccard of characters at least 0.5), or both are null."""
    if a is None or b is None:
        return a is b
    left, right = characters([a]), characters([b])
    return 2 * len(left & right) >= len(left | right)


def exact(a: Record | None, b: Record | None) -> bool:
    """Whether two spans have equal offsets, or both are null."""
    return bounds(a) == bounds(b)


def bounds(span: Record | None) -> tuple[int, int] | None:
    """The offsets of a span."""
    return None if span is None else (span["start"], span["end"])


def words(name: str) -> frozenset[str]:
    """The words of a name: lower-cased, without punctuation, titles and a leading "the"."""
    plain = "".join(c if c.isalnum() else " " for c in name.lower() if c not in ".'’")
    found = plain.split()
    return frozenset(found) - TITLES - (frozenset(["the"]) if found[:1] == ["the"] else frozenset())


def names_agree(a: str | None, b: str | None) -> bool:
    """Whether the words of one name are among the words of the other, or both are null."""
    if a is None or b is None:
        return a is b
    return words(a) <= words(b) or words(b) <= words(a)


def entities_agree(a: Sequence[Record], b: Sequence[Record]) -> bool:
    """Whether two lists of named entities are of one length and agree one to one, in any order."""
    agree = match(a, b, lambda x, y: x["type"] == y["type"] and names_agree(x["name"], y["name"]))
    return len(agree) == len(a) == len(b)


def match(left: Sequence[Any], right: Sequence[Any], same: Callable[[Any, Any], bool]) -> list[tuple[Any, Any]]:
    """Pairs of things that are the same, each used once: as many as there can be (augmenting paths)."""
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j, thing in enumerate(right):
            if j not in seen and same(left[i], thing):
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(left)):
        place(i, set())
    return [(left[i], right[j]) for j, i in sorted(taken.items(), key=lambda pair: pair[1])]


def listed(pairs: Iterable[Pair], things: Callable[[Label], list[Any]], same: Callable[[Any, Any], bool]) -> Ratio:
    """F1 of things that labels list, matched one to one inside each item."""
    hits = left = right = 0
    for a, b in pairs:
        x, y = things(a), things(b)
        hits, left, right = hits + len(match(x, y, same)), left + len(x), right + len(y)
    return Ratio(hits, left, right)


def one(field: str) -> Callable[[Label], list[Any]]:
    """The field as a list of one, empty for null: spans that may be missing are scored by F1 like listed ones."""
    return lambda label: [] if label[field] is None else [label[field]]


def same_cue(a: Record, b: Record) -> bool:
    """Whether the cues of two claims share a word; where one is null, whether the contents overlap."""
    if a["cue"] and b["cue"]:
        return bool(characters([a["cue"]]) & characters([b["cue"]]))
    left, right = characters(a["content"]), characters(b["content"])
    return a["cue"] is b["cue"] and 2 * len(left & right) >= len(left | right)


def nested(pairs: list[Pair]) -> Measures:
    def inside(label: Label) -> list[Any]:
        claims = {c["id"]: c for c in label["claims"]}
        return [(c, claims[c["within"]]) for c in label["claims"] if c["within"]]

    def reported(label: Label) -> list[Any]:
        return [(c, c["reported_by"]) for c in label["claims"] if c["reported_by"]]

    def same_link(a: Any, b: Any) -> bool:
        if not same_cue(a[0], b[0]) or isinstance(a[1], str) != isinstance(b[1], str):
            return False
        return names_agree(a[1], b[1]) if isinstance(a[1], str) else same_cue(a[1], b[1])

    return {
        "links, F1": listed(pairs, lambda label: inside(label) + reported(label), same_link),
        "within, F1": listed(pairs, inside, same_link),
        "reported_by, F1": listed(pairs, reported, same_link),
        "claims, F1": listed(pairs, lambda label: label["claims"], same_cue),
    }


def quotes(pairs: list[Pair]) -> Measures:
    def same_speaker(a: Record, b: Record) -> bool:
        if not a["speakers"] and not b["speakers"]:
            return overlap(a["source"], b["source"])
        return entities_agree(a["speakers"], b["speakers"])

    def same_stretch(a: Record, b: Record) -> bool:
        return overlap(a["content"], b["content"])

    matched = [m for a, b in pairs for m in match(a["quotes"], b["quotes"], same_stretch)]
    return {
        "stretches exact, F1": listed(pairs, lambda x: x["quotes"], lambda a, b: exact(a["content"], b["content"])),
        "stretches overlapping, F1": listed(pairs, lambda x: x["quotes"], same_stretch),
        "speakers, accuracy": Ratio(sum(same_speaker(a, b) for a, b in matched), len(matched)),
    }


def speakers(pairs: list[Pair]) -> Measures:
    return {
        "class": Kappa((a["class"], b["class"]) for a, b in pairs),
        "source exact, F1": listed(pairs, one("source"), exact),
        "source overlapping, F1": listed(pairs, one("source"), overlap),
        "speakers, accuracy": Ratio(sum(entities_agree(a["speakers"], b["speakers"]) for a, b in pairs), len(pairs)),
    }


def classes(*fields: str) -> Callable[[list[Pair]], Measures]:
    """The measures of a topic that gives one class a field."""
    return lambda pairs: {field: Kappa((a[field], b[field]) for a, b in pairs) for field in fields}


def circumstances(pairs: list[Pair]) -> Measures:
    def addressee(a: Label, b: Label) -> bool:
        return overlap(a["addressee"], b["addressee"]) and entities_agree(a["addressees"], b["addressees"])

    def said_on(a: Label, b: Label) -> bool:
        x, y = a["said_on"], b["said_on"]
        if x and y and x["value"] is y["value"] is None:
            return overlap(x, y)
        return (x and x["value"]) == (y and y["value"]) and bool(x) == bool(y)

    def place(a: Label, b: Label) -> bool:
        return names_agree(*((x["place"] or {}).get("name") for x in (a, b)))

    found: Measures = {}
    for field, same in (("addressee", addressee), ("said_on", said_on), ("place", place)):
        found[f"{field}, accuracy"] = Ratio(sum(same(a, b) for a, b in pairs), len(pairs))
        found[f"{field} exact span, F1"] = listed(pairs, one(field), exact)
        found[f"{field} given or not"] = Kappa((a[field] is None, b[field] is None) for a, b in pairs)
    return found


def propositions(pairs: list[Pair]) -> Measures:
    def loose(a: Record, b: Record) -> bool:
        return overlap(a["predicate"], b["predicate"]) and overlap(a["subject"], b["subject"])

    def full(a: Record, b: Record) -> bool:
        return loose(a, b) and overlap(a["object"], b["object"]) and a["negated"] == b["negated"]

    matched = [m for a, b in pairs for m in match(a["propositions"], b["propositions"], full)]
    sides = [(a[side], b[side]) for a, b in matched for side in ("subject_name", "object_name")]
    return {
        "propositions, F1": listed(pairs, lambda x: x["propositions"], full),
        "subject and predicate, F1": listed(pairs, lambda x: x["propositions"], loose),
        "main": Kappa((a["main"], b["main"]) for a, b in matched),
        "names, accuracy": Ratio(sum(names_agree(a, b) for a, b in sides), len(sides)),
    }


def coreference(pairs: list[Pair]) -> Measures:
    return {
        "who, accuracy": Ratio(sum(entities_agree(a["who"], b["who"]) for a, b in pairs), len(pairs)),
        "named or not": Kappa((bool(a["who"]), bool(b["who"])) for a, b in pairs),
        "named_at exact, accuracy": Ratio(sum(exact(a["named_at"], b["named_at"]) for a, b in pairs), len(pairs)),
    }


MEASURES: dict[str, Callable[[list[Pair]], Measures]] = {
    "nested": nested,
    "quotes": quotes,
    "speakers": speakers,
    "polarity-modality": classes("polarity", "modality"),
    "act": classes("act"),
    "circumstances": circumstances,
    "propositions": propositions,
    "coreference-sources": coreference,
}


def bare(label: Any) -> Any:
    """A label without the free notes in it."""
    if isinstance(label, dict):
        return {k: bare(v) for k, v in label.items() if k != "note"}
    return [bare(v) for v in label] if isinstance(label, list) else label


def read_bare(path: Path) -> dict[str, Label]:
    """The labels of a file by id, without notes; none when there is no such file."""
    if not path.exists():
        return {}
    return {label["id"]: bare(label) for label in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def annotations(topic: str) -> tuple[dict[str, Label], dict[str, Label]]:
    """The labels of annotators a and b, by id."""
    a, b = (read_bare(HERE / "labels" / annotator / f"{topic}.ndjson") for annotator in "ab")
    return a, b


def decisions(topic: str, ids: Iterable[str]) -> str:
    """How the gold stands to the two annotators: counts over items."""
    a, b = annotations(topic)
    gold = read_bare(HERE / "gold" / "dev" / f"{topic}.ndjson") | read_bare(HERE / "gold" / "final" / f"{topic}.ndjson")
    kinds = Counter[str]()
    for key in ids:
        if key in gold:
            sides = (gold[key] == a[key], gold[key] == b[key])
            kind = {(True, True): "both", (True, False): "a", (False, True): "b"}.get(sides)
            kinds[kind or ("overruled" if a[key] == b[key] else "neither")] += 1
    order = ("both", "a", "b", "neither", "overruled")
    return ", ".join(f"{kinds[kind]} {kind}" for kind in order)


def table(topics: Iterable[str], halves: tuple[str, ...]) -> str:
    """A Markdown table of the agreement, and one of the decisions."""
    lines = ["| topic | measure | all | stand-off | written |", "|---|---|---|---|---|"]
    counts = ["| topic | items | stand-off | dev, final | gold as: |", "|---|---|---|---|---|"]
    for topic in topics:
        items = [item for item in read_items(topic) if half(item["id"]) in halves]
        kinds = [items, [i for i in items if "text" not in i], [i for i in items if "text" in i]]
        a, b = annotations(topic)
        columns = [MEASURES[topic]([(a[i["id"]], b[i["id"]]) for i in kind]) if kind else {} for kind in kinds]
        for name in columns[0]:
            cells = (str(column.get(name, "–")) for column in columns)
            lines.append(f"| {topic} | {name} | {' | '.join(cells)} |")
        split = Counter(half(item["id"]) for item in items)
        ids = [item["id"] for item in items]
        counts.append(
            f"| {topic} | {len(items)} | {len(kinds[1])} | {split['dev']}, {split['final']} | {decisions(topic, ids)} |"
        )
    return "\n".join([*lines, "", *counts])


def settle(topic: str, corpora: dict[str, Any], draft: Path | None) -> list[str]:
    """Writes the gold of a topic; returns what is wrong instead of writing anything while something is."""
    a, b = annotations(topic)
    labels = {key: a[key] for key in a if a[key] == b[key]}
    if draft:
        labels |= {x["id"]: x for x in map(json.loads, draft.read_text(encoding="utf-8").splitlines())}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "gold.ndjson"
        whole.write_text("".join(json.dumps(label) + "\n" for label in labels.values()), encoding="utf-8")
        gold, problems = read_labels(whole, topic, corpora, HALVES)
    for name in HALVES if not problems else ():
        path = HERE / "gold" / name / f"{topic}.ndjson"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(label, ensure_ascii=False) + "\n" for label in gold if half(label["id"]) == name)
        path.write_text("".join(lines), encoding="utf-8")
    return problems


def main(argv: list[str] | None = None) -> int:
    """Runs a command; returns 1 when the gold could not be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    printed = commands.add_parser("table")
    printed.add_argument("topics", nargs="*", choices=[[], *SCHEMAS])
    printed.add_argument("--half", choices=HALVES)
    for name in ("differences", "settle"):
        command = commands.add_parser(name)
        command.add_argument("corpora", type=Path)
        command.add_argument("topic", choices=tuple(SCHEMAS))
        if name == "settle":
            command.add_argument("decisions", nargs="?", type=Path)
    args = parser.parse_args(argv)
    if args.command == "table":
        print(table(args.topics or list(SCHEMAS), (args.half,) if args.half else HALVES))
        return 0
    corpora = {"polnear-dev": dict(read_polnear(args.corpora)), "gum-dev": dict(read_gum(args.corpora))}
    if args.command == "settle":
        problems = settle(args.topic, corpora, args.decisions)
        print(*problems, sep="\n", file=sys.stderr)
        return 1 if problems else 0
    a, b = annotations(args.topic)
    for item in read_items(args.topic):
        if a[item["id"]] != b[item["id"]]:
            source, start, end = source_of(item, corpora)
            print(show(item, source, start, end, 3))
            for name, label in (("a", a), ("b", b)):
                print(name, json.dumps(with_words(label[item["id"]], source.text), ensure_ascii=False))
            print()
    return 0


def with_words(label: Any, text: str) -> Any:
    """A label with the words of each span in place of its offsets."""
    if isinstance(label, dict):
        rest = {k: with_words(v, text) for k, v in label.items() if k not in ("start", "end")}
        here = text[label["start"] : label["end"]] if "start" in label else None
        return rest if here is None else {"words": here, **rest} if rest else here
    return [with_words(v, text) for v in label] if isinstance(label, list) else label


if __name__ == "__main__":
    sys.exit(main())
