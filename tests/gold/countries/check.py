"""Checks the gold of countries and prints its sizes: `python tests/gold/countries/check.py [--show dev]`.

`dev.ndjson` and `final.ndjson` hold a sentence a line: `{"id", "group", "text", "labels": [{"start", "end", "iso",
"kind"}]}`; see GUIDELINE.md. `--show` prints the sentences of a half with their labels in them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
HALVES = ("dev", "final")
KINDS = ("name", "demonym", "metonym")
ISO = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
    GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
    MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
    RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
    """.split()
)  # ISO 3166-1 alpha-2, officially assigned (249), and XK, which it leaves to users


def half(sentence_id: str) -> str:
    """`dev` or `final`: the parity of the SHA-256 of the id, read as one big-endian number."""
    return "final" if hashlib.sha256(sentence_id.encode()).digest()[-1] % 2 else "dev"


def read(name: str) -> list[dict[str, Any]]:
    """The sentences of a half, in the order of its file."""
    with (HERE / f"{name}.ndjson").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def problems(sentences: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the labels of these sentences, a line each."""
    found = []
    for sentence in sentences:
        text, at = sentence["text"], 0
        for label in sentence["labels"]:
            start, end = label["start"], label["end"]
            words = text[start:end]
            if not at <= start < end <= len(text):
                found.append(f"{sentence['id']}: {start}-{end} is outside the text, out of order, or overlaps")
            elif words != words.strip() or not words[0].isalnum():
                found.append(f"{sentence['id']}: {words!r} has an edge that is no word")
            elif text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum():
                found.append(f"{sentence['id']}: {words!r} cuts a word")
            if label["iso"] not in ISO or label["kind"] not in KINDS:
                found.append(f"{sentence['id']}: {label['iso']} {label['kind']} is no country of a kind")
            at = end
    return found


def marked(sentence: dict[str, Any]) -> str:
    """The sentence with its labels in it: "{Chad|TD}", "{French|FR demonym}"."""
    out, at = "", 0
    for label in sentence["labels"]:
        kind = "" if label["kind"] == "name" else f" {label['kind']}"
        words = sentence["text"][label["start"] : label["end"]]
        out += f"{sentence['text'][at : label['start']]}{{{words}|{label['iso']}{kind}}}"
        at = label["end"]
    return out + sentence["text"][at:]


def main() -> int:
    """Prints sizes and problems; returns 1 when there are problems."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=HALVES, help="print the sentences of this half with their labels")
    args = parser.parse_args()
    if args.show:
        print(*(f"{s['id']} {s['group']}: {marked(s)}" for s in read(args.show)), sep="\n")
        return 0
    found: list[str] = []
    for name in HALVES:
        sentences = read(name)
        found += problems(sentences)
        groups = Counter(s["group"] for s in sentences)
        kinds = Counter(label["kind"] for s in sentences for label in s["labels"])
        codes = {label["iso"] for s in sentences for label in s["labels"]}
        print(f"{name}: {len(sentences)} sentences {dict(groups)}, {kinds.total()} mentions {dict(kinds)}", end=", ")
        print(f"{sum(not s['labels'] for s in sentences)} sentences without any, {len(codes)} countries")
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
