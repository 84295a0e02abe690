"""Makes the storyline's articles and gold from its marked texts: `python tests/gold/storyline-gold/mark.py`.

Nobody counts offsets by hand: an annotator writes marks into `marked/*.txt`, and this strips them and counts. It adds
no judgement of its own, but for country names and demonyms, which `cast.yaml` lists. The marks:

[Hale|hale]  [She|hale:pronoun]   a mention of an entity; kind `name` unless given
<s1>…</>  <u1>…</>  <c1>…</>      source, cue and content of claim 1; `</>` closes what was opened last

After a line `%%`, one line per claim: number, speakers joined by + (or -), group (or - for a claim reported once), then
`neg`, `act=…`, `kind=…`, `to=…`, `by=…` (outlet credited for it), `in=2` (stands in claim 2's content), `on=DATE`
(when it was said, if not on the day of the article). A line `wire X` says that the whole article is X's text, and
`own 3 4` that these claims of it are not.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "storyline"
ROLES = {"s": "source", "u": "cue", "c": "content"}

_MARK = re.compile(
    r"<(?P<role>[suc])(?P<claim>\d+)>|(?P<close></>)|\[(?P<text>[^]|]+)\|(?P<id>\w+)(?::(?P<kind>\w+))?\]"
)
_ARTICLE = re.compile(r"(?P<front>---\n.*?\n---\n)(?P<body>.*)\n%%\n(?P<claims>.*)", re.DOTALL)
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|(?<!\w)‘.*?(?:’(?!\w)|$)", re.MULTILINE)
_CODE = re.compile(r"\w")

Record = dict[str, Any]


def read_marked(path: Path) -> tuple[str, str, str]:
    """Front matter, marked body and claim lines of one marked text. Raises ValueError when it has not these parts."""
    match = _ARTICLE.fullmatch(path.read_text(encoding="utf-8"))
    if not match:
        raise ValueError(f"{path.name}: not front matter, text, %% and claim lines")
    return match["front"], match["body"] + "\n", match["claims"]


def strip(marked: str) -> tuple[str, list[Record], dict[str, Record]]:
    """The text without marks, its mentions, and by claim number the spans of source, cue and content."""
    text = ""
    mentions: list[Record] = []
    spans: dict[str, Record] = defaultdict(lambda: {"source": None, "cue": None, "content": []})
    opened: list[tuple[str, str, int]] = []
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark["role"]:
            opened.append((ROLES[mark["role"]], mark["claim"], len(text)))
        elif mark["close"]:
            role, claim, start = opened.pop()
            span = {"start": start, "end": len(text), "text": text[start:]}
            if role == "content":
                spans[claim]["content"].append(span)
            elif spans[claim][role]:
                raise ValueError(f"claim {claim} has two spans as {role}: {span['text']}")
            else:
                spans[claim][role] = span
        else:
            start, text = len(text), text + mark["text"]
            mention = {"start": start, "end": len(text), "text": mark["text"], "kind": mark["kind"] or "name"}
            mentions.append({"entity": mark["id"], **mention})
    text += marked[at:]
    if opened or re.search(r"[<>\[\]|]", text):
        raise ValueError(f"a mark is broken or not closed: {opened}")
    for found in spans.values():
        found["content"].sort(key=lambda s: s["start"])
    return text, mentions, dict(spans)


def countries(text: str, cast: Record, taken: Iterable[Record]) -> Iterator[Record]:
    """Mentions of the countries of the cast by name or demonym, outside the names marked already."""
    taken = [m for m in taken if m["kind"] == "name"]
    for id, entity in cast.items():
        for kind in ("name", "demonym"):
            for form in entity.get(f"{kind}s", []):
                for found in re.finditer(rf"\b{re.escape(form)}\b", text):
                    start, end = found.span()
                    if all(end <= m["start"] or m["end"] <= start for m in taken):
                        yield {"entity": id, "start": start, "end": end, "text": form, "kind": kind}


def kind(text: str, content: list[Record]) -> str:
    """`direct` when every letter of the content stands in quotation marks, `indirect` when none does, else `mixed`."""
    quoted = [range(*m.span()) for m in _QUOTED.finditer(text)]
    letters = [i for s in content for i in range(s["start"], s["end"]) if _CODE.match(text[i])]
    inside = sum(any(i in q for q in quoted) for i in letters)
    return "direct" if inside == len(letters) else "mixed" if inside else "indirect"


def claim_lines(
    stem: str, lines: str, spans: dict[str, Record], text: str, front: Record, cast: Record
) -> list[Record]:
    """The claims of one article, with the private keys `_group`, `_on` and `_texts` that grouping needs."""
    claims, outlet = [], next(id for id, e in cast.items() if e["name"] == front["outlet"])
    wire, own = "", set[str]()
    for line in filter(None, lines.splitlines()):
        number, *rest = line.split()
        if number == "wire":
            wire = rest[0]
        elif number == "own":
            own |= set(rest)
        else:
            claims.append(_claim(stem, number, rest, spans, text, front, cast))
    if [c["id"].split("#")[1] for c in claims] != sorted(spans, key=int):
        raise ValueError(f"{stem}: claims in the text and below it are not the same")
    for claim in claims:
        reprinted = wire if claim["id"].split("#")[1] not in own else ""
        claim["_texts"] = {outlet, claim["reported_by"] or reprinted or outlet}
    return claims


def _claim(
    stem: str, number: str, rest: list[str], spans: dict[str, Record], text: str, front: Record, cast: Record
) -> Record:
    speakers, group, *options = rest
    given = {name: value for name, _, value in (o.partition("=") for o in options)}
    if unknown := set(given) - {"neg", "act", "kind", "to", "by", "in", "on"}:
        raise ValueError(f"{stem}#{number}: unknown options {sorted(unknown)}")
    to = given.get("to", "")
    known = [i for i in to.split("+") if i in cast]
    span = spans[number]
    return {
        "id": f"{stem}#{number}",
        "article": f"{stem}.md",
        "speakers": [] if speakers == "-" else sorted(speakers.split("+")),
        "source": span["source"],
        "cue": span["cue"],
        "content": span["content"],
        "kind": given.get("kind") or kind(text, span["content"]),
        "act": given.get("act", "statement"),
        "polarity": "negative" if "neg" in given else "positive",
        "addressees": sorted(known),
        "addressee_text": to.replace("_", " ") if to and not known else None,
        "reported_by": given.get("by"),
        "within": f"{stem}#{given['in']}" if "in" in given else None,
        "_group": group,
        "_on": given.get("on", front["published"]),
    }


def groups_of(claims: list[Record], known: Record) -> list[Record]:
    """The groups of these claims, each with its independent reports."""
    members = defaultdict(list)
    for claim in claims:
        members[claim["id"] if claim["_group"] == "-" else claim["_group"]].append(claim)
    return [_group(id, members[id], known) for id in sorted(members)]


def reports_of(members: list[Record]) -> list[list[str]]:
    """Ids of the claims, parted into independent reports: what shares an outlet or the text it stems from is one."""
    reports: list[tuple[set[str], list[str]]] = []
    for claim in members:
        touched = [r for r in reports if r[0] & claim["_texts"]]
        reports = [r for r in reports if not r[0] & claim["_texts"]]
        outlets = claim["_texts"].union(*(r[0] for r in touched))
        reports.append((outlets, sorted([claim["id"], *(id for r in touched for id in r[1])])))
    return sorted(ids for _, ids in reports)


def _group(id: str, members: list[Record], known: Record) -> Record:
    first = members[0]
    if id in known:
        speakers, occasion, statement = known[id]
        speakers = [] if speakers == "-" else sorted(speakers.split("+"))
        if wrong := [c["id"] for c in members if c["speakers"] != speakers]:
            raise ValueError(f"{id}: other speakers in {wrong}")
    elif first["_group"] == "-":
        text = " … ".join(s["text"] for s in first["content"])
        speakers, occasion, statement = first["speakers"], first["_on"], text
    else:
        raise ValueError(f"{first['id']}: groups.yaml has no {id}")
    return {
        "id": id,
        "speakers": speakers,
        "occasion": str(occasion),
        "statement": statement,
        "claims": [c["id"] for c in members],
        "reports": reports_of(members),
        "independent": len(reports_of(members)),
    }


def entities_of(mentions: list[Record], cast: Record) -> list[Record]:
    """The entities with all their mentions; aliases are the other names the articles use."""
    of = defaultdict(list)
    for mention in mentions:
        of[mention.pop("entity")].append(mention)
    if unknown := set(of) - set(cast):
        raise ValueError(f"not in cast.yaml: {sorted(unknown)}")
    return [
        {
            "id": id,
            "type": entity["type"],
            "name": entity["name"],
            "aliases": sorted({m["text"] for m in of[id] if m["kind"] == "name"} - {entity["name"]}),
            "iso": entity.get("iso"),
            "mentions": sorted(of[id], key=lambda m: (m["article"], m["start"])),
        }
        for id, entity in sorted(cast.items())
        if of[id]
    ]


def make() -> dict[Path, str]:
    """All files this writes, with their text."""
    cast = yaml.safe_load((HERE / "marked" / "cast.yaml").read_text(encoding="utf-8"))
    known = yaml.load((HERE / "marked" / "groups.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    files: dict[Path, str] = {}
    mentions: list[Record] = []
    claims: list[Record] = []
    for path in sorted((HERE / "marked").glob("*.txt")):
        front, marked, lines = read_marked(path)
        try:
            text, found, spans = strip(marked)
            found += countries(text, cast, found)
            metadata = yaml.load(front.strip("-\n"), Loader=yaml.BaseLoader)
            claims += claim_lines(path.stem, lines, spans, text, metadata, cast)
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"{path.name}: {error}") from error
        mentions += [{"entity": m.pop("entity"), "article": f"{path.stem}.md", **m} for m in found]
        files[ARTICLES / f"{path.stem}.md"] = front + text
    groups = groups_of(claims, known)
    for claim in claims:
        claim["group"] = next(g["id"] for g in groups if claim["id"] in g["claims"])
        for private in ("_group", "_on", "_texts"):
            del claim[private]
    for name, records in {"entities": entities_of(mentions, cast), "claims": claims, "groups": groups}.items():
        files[HERE / f"{name}.jsonl"] = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    return files


if __name__ == "__main__":
    for path, text in make().items():
        path.write_text(text, encoding="utf-8", newline="\n")
