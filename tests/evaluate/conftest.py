"""Tiny corpora in the published formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from treebank import tree, write

TEXT = "Ms. Kerr said  taxes would fall.\n\n“We wait,” her aide warned in Bonn."


def json_lines(path: Path, *records: object) -> Path:
    return write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def at(piece: str, text: str = TEXT) -> list[int]:
    """Start and end of a piece of the text."""
    return [text.index(piece), text.index(piece) + len(piece)]


SHE_CANNOT = tree(
    "1 She she PRON PRP 4 nsubj:pass _",
    "2-3 can't _ _ _ _ _ _",
    "2 ca can AUX MD 4 aux _",
    "3 n't not PART RB 4 advmod _",
    "4 stay stay VERB VB 0 root SpaceAfter=No",
    "4.1 there there ADV RB _ _ _",
    "5 . . PUNCT . 4 punct _",
)
YES = tree("1 Yes yes INTJ UH 0 root SpaceAfter=No", "2 ! ! PUNCT . 1 punct _")
RAIN = tree("1 Rain rain NOUN NN 2 nsubj _", "2 fell fall VERB VBD 0 root _")

ANNA = (
    tree(
        "1 Director Director PROPN NNP 2 compound Entity=(1-person-new-nnnnn-cf1-1,2-coref-Anna_Berg",
        "2 Anna Anna PROPN NNP 4 nsubj _",
        "3 Berg Berg PROPN NNP 2 flat Entity=1)",
        "4 met meet VERB VBD 0 root _",
        "5 Rome Rome PROPN NNP 6 compound Entity=(2-person-new-nnnnn-cf2-2-sgl(3-place-acc:com-nnnnn-cf3-1-sgl)",
        "6 officials official NOUN NNS 4 obj Entity=2)|SpaceAfter=No",
        "7 . . PUNCT . 4 punct _",
    )
    + tree(
        "1 She she PRON PRP 2 nsubj Entity=(1-person-giv:act-nnnnn-cf1-1-ana)",
        "2 slept sleep VERB VBD 0 root SpaceAfter=No",
        "3 . . PUNCT . 2 punct _",
    )
    + tree(
        "1 The the DET DT 2 det Entity=(1-person-giv:act-nnnnn-cf1-2-coref",
        "2 director director NOUN NN 3 nsubj Entity=1)",
        "3 left leave VERB VBD 0 root SpaceAfter=No",
        "4 . . PUNCT . 3 punct _",
    )
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with every corpus that the tasks read."""
    names = tmp_path / "entities"
    json_lines(
        tmp_path / "attribution" / "polnear-dev.jsonl.gz",
        {
            "id": "a1",
            "publisher": "nyt",
            "date": "2016-01-02",
            "text": TEXT,
            "attributions": [
                {"source": [at("Ms. Kerr")], "cue": [at("said ")], "content": [at("taxes would fall")]},
                {"source": [at("her aide")], "cue": [at("warned")], "content": [at("“We wait,”"), at("in Bonn")]},
            ],
        },
        {
            "id": "a2",
            "publisher": "politico",
            "date": "2016-01-03",
            "text": "It is thought that he left.",
            "attributions": [{"source": [], "cue": [[0, 18]], "content": [[19, 26]]}],
        },
    )
    json_lines(
        names / "polnear-silver-dev.jsonl.gz", {"id": "a1", "names": [[*at("Kerr"), "PER"], [*at("Bonn"), "LOC"]]}
    )
    sentence = {"tokens": ["Kerr", "Scott", "left", "Bonn"], "labels": ["B-PER", "B-PER", "O", "B-LOC"]}
    json_lines(names / "crossner-politics-dev.jsonl.gz", sentence, {"tokens": ["No", "."], "labels": ["O", "O"]})
    json_lines(names / "uner-ewt-dev.jsonl.gz", {"tokens": ["NATO", "met"], "labels": ["B-ORG", "O"]})
    gold = ["I-ORG", "I-ORG", "I-LOC", "O", "I-MISC"]
    json_lines(names / "wikigold.jsonl.gz", {"tokens": ["Red", "Cross", "Bonn", "and", "Greek"], "labels": gold})
    text = "The Foreign Secretary John Roe met us in Iraq, said the UN’s envoy."
    spans = [("The Foreign Secretary John Roe", "Person"), ("us", "Organisation"), ("Iraq", "Location")]
    spans += [("the UN’s", "Organisation"), ("oreign", "Location"), ("Iraq", "Organisation")]
    # "doc-3" belongs to the fifth that is held out, "doc-0" does not
    json_lines(
        names / "re3d-train.jsonl.gz",
        *(
            {
                "title": title,
                "outlet": "x",
                "text": text,
                "entities": [[*at(s, text), t] for s, t in spans],
                "relations": [],
            }
            for title in RE3D_TITLES
        ),
    )
    ewt = "# newdoc id = email-x1\n# newpar\n" + SHE_CANNOT + YES + "# newdoc id = weblog-y1\n" + RAIN
    write(tmp_path / "syntax-coref" / "ewt-dev.conllu.gz", ewt)
    gum = "# newdoc id = GUM_news_rain\n# newpar\n" + RAIN + "# newpar\n" + SHE_CANNOT + YES
    gum += "# newdoc id = GUM_vlog_hi\n# newpar\n" + YES
    gum += "# newdoc id = GUM_bio_anna\n# newpar\n" + ANNA
    write(tmp_path / "syntax-coref" / "gum-dev.conllu.gz", gum)
    return tmp_path


RE3D_TITLES = ("doc-0", "doc-3")
