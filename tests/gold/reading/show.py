"""Shows the items of a topic to an annotator, turns a draft into labels, and checks labels. See GUIDELINE.md.

    python tests/gold/reading/show.py show    CORPORA TOPIC [--half dev|final] [--id ID ...] [--context PARAGRAPHS]
    python tests/gold/reading/show.py resolve CORPORA TOPIC DRAFT LABELS
    python tests/gold/reading/show.py check   CORPORA TOPIC LABELS

CORPORA is a folder that holds `attribution/polnear-dev.jsonl.gz` and `syntax-coref/gum-dev.conllu.gz`. In a draft a
span may be given by its words, `"first words ~ last words"`, which `resolve` turns into offsets; in labels it is
`{"start", "end"}`. All offsets count Unicode code points: of the document for stand-off items, else of the item's text.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TYPES = ("Person", "Organisation", "Country", "Place")
ACTS = tuple(
    "statement denial question request promise warning accusation praise belief intention feeling".split()
)  # the classes of Claim.act

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A text that items lie in: the document of a corpus, or the text of a written item."""

    text: str
    published: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """What a value must be: `kind` is span, offset, text, choice, flag or when; `scope` is where a span may lie."""

    kind: str
    optional: bool = False
    choices: tuple[str, ...] = ()
    scope: str = "item"


SPAN, SPAN_OR_NULL = Field("span"), Field("span", optional=True)
TEXT, TEXT_OR_NULL = Field("text"), Field("text", optional=True)
NAMED = {"name": TEXT, "type": Field("choice", choices=TYPES)}
WHEN = {"start": Field("offset"), "end": Field("offset"), "value": Field("when", optional=True)}
WHERE = {"start": Field("offset"), "end": Field("offset"), "name": TEXT}
CLASSES = ("person", "joint", "organisation", "country", "unnamed", "unknown")
MODALITIES = ("asserted", "possible", "necessary", "intended", "conditional", "asked")

# One label of each topic, without `id` and the free `note`. A list of one schema: any number of these.
# A schema in a one-element tuple may be null.
SCHEMAS: dict[str, Record] = {
    "nested": {
        "claims": [
            {
                "id": TEXT,
                "source": SPAN_OR_NULL,
                "cue": SPAN_OR_NULL,
                "content": [SPAN],
                "within": TEXT_OR_NULL,
                "reported_by": TEXT_OR_NULL,
            }
        ]
    },
    "quotes": {"quotes": [{"content": SPAN, "source": SPAN_OR_NULL, "cue": SPAN_OR_NULL, "speakers": [NAMED]}]},
    "speakers": {"class": Field("choice", choices=CLASSES), "source": SPAN_OR_NULL, "speakers": [NAMED]},
    "polarity-modality": {
        "polarity": Field("choice", choices=("positive", "negative")),
        "modality": Field("choice", choices=MODALITIES),
    },
    "act": {"act": Field("choice", choices=ACTS)},
    "circumstances": {
        "addressee": SPAN_OR_NULL,
        "addressees": [NAMED],
        "said_on": (WHEN,),
        "place": (WHERE,),
    },
    "propositions": {
        "propositions": [
            {
                "subject": SPAN_OR_NULL,
                "subject_name": TEXT_OR_NULL,
                "predicate": SPAN,
                "object": SPAN_OR_NULL,
                "object_name": TEXT_OR_NULL,
                "negated": Field("flag"),
                "main": Field("flag"),
            }
        ]
    },
    "coreference-sources": {"who": [NAMED], "named_at": Field("span", optional=True, scope="document")},
}


def half(item_id: str) -> str:
    """`dev` or `final`: the parity of the SHA-256 of the item's id, read as one big-endian number."""
    return "final" if hashlib.sha256(item_id.encode()).digest()[-1] % 2 else "dev"


def read_polnear(folder: Path) -> Iterator[tuple[str, Source]]:
    """The documents of polnear-dev by id; texts as they are in the file."""
    with gzip.open(folder / "attribution" / "polnear-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield record["id"], Source(record["text"], record["date"], record["publisher"])


def read_gum(folder: Path) -> Iterator[tuple[str, Source]]:
    """The documents of gum-dev by id. A text is the `# text` of its sentences, parted by a space or a blank line.

    A sentence opens a paragraph when `# newpar` stands among its comments; `# newpar_block` does not open one.
    """
    name, published, text, new = "", "", "", False
    with gzip.open(folder / "syntax-coref" / "gum-dev.conllu.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.rstrip("\n").partition(" = ")
            if key == "# newdoc id":
                if name:
                    yield name, Source(text, published, None)
                name, published, text, new = value, "", "", False
            elif key == "# meta::dateCreated":
                published = value
            elif key.split() == ["#", "newpar"]:
                new = True
            elif key == "# text":
                text += ("\n\n" if new else " ") * bool(text) + value
                new = False
    yield name, Source(text, published, None)


def read_items(topic: str) -> list[Record]:
    """The items of a topic, in the order of its file."""
    with (HERE / "items" / f"{topic}.ndjson").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def source_of(item: Record, corpora: dict[str, dict[str, Source]]) -> tuple[Source, int, int]:
    """The text an item lies in, and where it starts and ends in it."""
    if "text" in item:
        return Source(item["text"], item["published"], item.get("outlet")), 0, len(item["text"])
    return corpora[item["corpus"]][item["document"]], item["start"], item["end"]


def marked(item: Record, source: Source, start: int, end: int) -> str:
    """The item's text with its target marked: [[cue]], {{content}}, <<mention>>."""
    claim = item.get("claim", {})
    targets = [(s, "{{", "}}") for s in claim.get("content", ())]
    targets += [(s, "[[", "]]") for s in (claim.get("cue"),) if s]
    targets += [(s, "<<", ">>") for s in (item.get("mention"),) if s]
    marks = [(s["start"], 1, left) for s, left, _ in targets] + [(s["end"], 0, right) for s, _, right in targets]
    out, at = "", start
    for position, _, mark in sorted(marks):
        out += source.text[at:position] + mark
        at = position
    return out + source.text[at:end]


def show(item: Record, source: Source, start: int, end: int, context: int) -> str:
    """An item as the annotator sees it; `context` paragraphs before and after (negative: the whole document)."""
    before = re.split(r"\n+", source.text[:start])
    after = re.split(r"\n+", source.text[end:])
    if context >= 0:
        before, after = before[len(before) - 1 - context :], after[: context + 1]
    head = f"=== {item['id']} ({half(item['id'])}) published {weekday(source.published)}"
    head += f", {source.outlet}" if source.outlet else ""
    head += f", {item['document']}, offsets {start}-{end}" if "document" in item else ""
    parts = ["\n".join(before).strip(), f">>>> {marked(item, source, start, end)} <<<<", "\n".join(after).strip()]
    return head + "\n" + "\n".join(p for p in parts if p) + "\n"


def weekday(day: str) -> str:
    """The date with the day of the week before it, as annotators need it for "on Tuesday"."""
    try:
        return f"{date.fromisoformat(day):%A} {day}"
    except ValueError:
        return day


class Labels:
    """Reads the labels of one item against a schema; `problems` collects what is wrong with them."""

    def __init__(self, item: Record, source: Source, start: int, end: int) -> None:
        self.source, self.start, self.end = source, start, end
        self.id = item["id"]
        self.problems: list[str] = []

    def read(self, schema: Any, value: Any, path: str) -> Any:
        """The value with spans given as words turned into offsets."""
        if isinstance(schema, tuple):
            return None if value is None else self.read(schema[0], value, path)
        if isinstance(schema, list):
            if isinstance(value, list):
                return [self.read(schema[0], v, f"{path}[{n}]") for n, v in enumerate(value)]
            return self._wrong(path, "a list", value)
        if isinstance(schema, dict):
            return self._record(schema, value, path)
        if value is None and schema.optional:
            return None
        return self._field(schema, value, path)

    def _record(self, schema: Record, value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            return self._wrong(path, "an object", value)
        if "start" in schema and "text" in value:  # a span with more to it, given by its words
            span = self._find(value["text"], value.get("nth"), path, "item")
            value = {k: v for k, v in value.items() if k not in ("text", "nth")} | span
        if set(value) - {"note"} != set(schema):
            return self._wrong(path, "the fields " + ", ".join(schema), ", ".join(value))
        if "start" in schema:
            self._inside(value["start"], value["end"], path, "item")
        return {k: self.read(schema[k], value[k], f"{path}.{k}") if k in schema else value[k] for k in value}

    def _field(self, field: Field, value: Any, path: str) -> Any:
        if field.kind == "span":
            if isinstance(value, str):
                value = {"text": value}
            if isinstance(value, dict) and "text" in value:
                value = self._find(value["text"], value.get("nth"), path, field.scope)
            if not isinstance(value, dict) or set(value) != {"start", "end"}:
                return self._wrong(path, 'a span, {"start", "end"}', value)
            self._inside(value["start"], value["end"], path, field.scope)
        elif field.kind == "choice" and value not in field.choices:
            self._wrong(path, "one of " + ", ".join(field.choices), value)
        elif field.kind == "flag" and not isinstance(value, bool):
            self._wrong(path, "true or false", value)
        elif field.kind == "text" and not (isinstance(value, str) and value.strip() == value != ""):
            self._wrong(path, "text", value)
        elif field.kind == "when" and not is_when(value):
            self._wrong(path, "an ISO 8601 date or interval (earlier date first)", value)
        return value

    def _find(self, words: str, nth: int | None, path: str, scope: str) -> Record:
        """Offsets of the nth occurrence of the words in the scope; `~` parts the first words from the last ones."""
        low, high = (self.start, self.end) if scope == "item" else (0, len(self.source.text))
        first, _, last = (part.strip() for part in words.partition("~"))
        found = [m.start() for m in re.finditer(re.escape(first), self.source.text[low:high])]
        if len(found) < (nth or 1) or (len(found) > 1 and nth is None and scope == "item" and not last):
            self._wrong(path, f"words that occur once in the item (else give nth); here {len(found)} times", words)
        at = low + found[min(nth or 1, len(found)) - 1] if found else low
        end = at + len(first)
        if last:
            stop = self.source.text.find(last, end, high)
            if stop < 0:
                self._wrong(path, "last words that follow the first ones", words)
            end = stop + len(last)
        return {"start": at, "end": end}

    def _inside(self, start: Any, end: Any, path: str, scope: str) -> None:
        low, high = (self.start, self.end) if scope == "item" else (0, len(self.source.text))
        if not (isinstance(start, int) and isinstance(end, int) and low <= start < end <= high):
            self._wrong(path, f"offsets from {low} to {high}, start before end", f"{start}-{end}")
        elif self.source.text[start:end] != self.source.text[start:end].strip():
            self._wrong(path, "a span without white space at its ends", repr(self.source.text[start:end]))

    def _wrong(self, path: str, wanted: str, got: Any) -> None:
        self.problems.append(f"{self.id}: {path or 'label'} must be {wanted}, not {got!r}")


def is_when(value: Any) -> bool:
    """Whether it is an ISO 8601 date (2025-02-12) or an interval of two (2025-01-01/2025-01-31), the earlier first."""
    try:
        days = [date.fromisoformat(part) for part in value.split("/")]
    except (AttributeError, ValueError):
        return False
    return value == "/".join(map(str, days)) and (len(days) == 1 or (len(days) == 2 and days[0] < days[1]))


def claim_links(label: Record, item_id: str) -> list[str]:
    """What is wrong with `within`: a claim that is not there, or one that holds itself."""
    inner = {c["id"]: c["within"] for c in label["claims"]}
    problems = [] if len(inner) == len(label["claims"]) else [f"{item_id}: two claims have one id"]
    for claim, outer in inner.items():
        seen = {claim}
        while outer is not None:
            if outer not in inner or outer in seen:
                problems.append(f"{item_id}: within of {claim} leads to {outer!r}, no other claim of this item")
                break
            seen.add(outer)
            outer = inner[outer]
    return problems


def read_labels(
    path: Path, topic: str, corpora: dict[str, dict[str, Source]], halves: tuple[str, ...]
) -> tuple[list[Record], list[str]]:
    """The labels of a file in the order of the items, with offsets, and all that is wrong with them."""
    items = {item["id"]: item for item in read_items(topic)}
    labels, problems = dict[str, Record](), list[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
        except json.JSONDecodeError as error:
            problems.append(f"{path}, line {number}: not JSON: {error}")
            continue
        key = str(label.get("id")) if isinstance(label, dict) else ""
        if key not in items or key in labels:
            problems.append(f"{path}, line {number}: {key!r} is {'labelled twice' if key in labels else 'no item'}")
            continue
        reader = Labels(items[key], *source_of(items[key], corpora))
        rest = {k: v for k, v in label.items() if k not in ("id", "note")}
        read = reader.read(SCHEMAS[topic], rest, "")
        problems += reader.problems
        if topic == "nested" and not reader.problems:
            problems += claim_links(read, key)
        note = {"note": label["note"]} if "note" in label else {}
        labels[key] = {"id": key, **(read or {}), **note}
    missing = [key for key in items if key not in labels and half(key) in halves]
    if missing:
        problems.append(f"{path}: no label for {len(missing)} items: {', '.join(missing[:10])}")
    return [labels[key] for key in items if key in labels], problems


def main(argv: list[str] | None = None) -> int:
    """Runs a command; returns 1 when labels are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("show", "resolve", "check"))
    parser.add_argument("corpora", type=Path)
    parser.add_argument("topic", choices=tuple(SCHEMAS))
    parser.add_argument("files", nargs="*", type=Path, help="check: LABELS; resolve: DRAFT LABELS")
    parser.add_argument("--half", choices=("dev", "final"), help="this half of the items only")
    parser.add_argument("--id", action="append", help="this item only; may be repeated")
    parser.add_argument("--context", type=int, help="paragraphs shown around an item; -1: the whole document")
    args = parser.parse_args(argv)
    if len(args.files) != {"show": 0, "check": 1, "resolve": 2}[args.command]:
        parser.error("check needs LABELS, resolve needs DRAFT and LABELS, show neither")
    corpora = {"polnear-dev": dict(read_polnear(args.corpora)), "gum-dev": dict(read_gum(args.corpora))}
    halves = (args.half,) if args.half else ("dev", "final")
    if args.command == "show":
        context = args.context if args.context is not None else (-1 if args.topic == "coreference-sources" else 3)
        for item in read_items(args.topic):
            if half(item["id"]) in halves and (not args.id or item["id"] in args.id):
                print(show(item, *source_of(item, corpora), context))
        return 0
    labels, problems = read_labels(args.files[0], args.topic, corpora, halves)
    print(*problems, sep="\n", file=sys.stderr)
    if args.command == "resolve" and not problems:
        lines = (json.dumps(label, ensure_ascii=False) + "\n" for label in labels)
        args.files[1].write_text("".join(lines), encoding="utf-8")
    print(f"{args.topic}: {len(labels)} items labelled, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
