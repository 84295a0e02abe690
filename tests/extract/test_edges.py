"""Contents cut where the occasion begins, and those that stand before their source."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract.claims import find_claims
from kg.extract.entities import find_referents

RUIZ = "Ana/NNP/nsubj/{0} Ruiz/NNP/flat/Ana {0}/VBD "


@pytest.mark.parametrize(
    ("text", "cue", "given", "content", "said_on"),
    [
        (
            RUIZ.format("demanded") + "more/JJR/amod/money money/NN/obj/demanded in/IN/case/statement "
            "a/DT/det/statement statement/NN/nmod/money on/IN/case/Thursday Thursday/NNP/nmod/statement ./.",
            "demanded", "more money in a statement on Thursday", "more money", "Thursday",
        ),
        (  # with a verb the occasion may be its own
            RUIZ.format("said") + "he/PRP/nsubj/lied lied/VBD/ccomp/said in/IN/case/statement a/DT/det/statement "
            "statement/NN/obl/lied on/IN/case/Thursday Thursday/NNP/nmod/statement ./.",
            "said", "he lied in a statement on Thursday", "he lied in a statement on Thursday", None,
        ),
        (
            RUIZ.format("urged") + "Oman/NNP/obj/urged to/TO/mark/wait wait/VB/xcomp/urged after/IN/mark/struck "
            "hackers/NNS/nsubj/struck struck/VBD/advcl/urged ./.",
            "urged", "to wait after hackers struck", "to wait", None,
        ),
        (
            RUIZ.format("urged") + "Oman/NNP/obj/urged to/TO/mark/rest rest/VB/xcomp/urged after/IN/case/game "
            "the/DT/det/game game/NN/obl/rest ./.",
            "urged", "to rest after the game", "to rest after the game", None,
        ),
        (
            "Nobody/NN/nsubj/left was/VBD/aux/left left/VBN/ccomp/told behind/RB/advmod/left ,/, "
            + RUIZ.format("told") + "the/DT/det/families families/NNS/obj/told ./.",
            "told", "the families", "Nobody was left behind", None,
        ),
        (
            "In/IN/case/May May/NNP/obl/promised it/PRP/nsubj/rained rained/VBD/advcl/promised ,/, "
            + RUIZ.format("promised") + "the/DT/det/families families/NNS/obj/promised ./.",
            "promised", "the families", "the families", "May",
        ),
        (
            RUIZ.format("vowed") + "not/RB/advmod/wait to/TO/mark/wait wait/VB/xcomp/vowed and/CC/cc/left "
            "left/VBD/conj/vowed Oman/NNP/obj/left ./.",
            "vowed", "not to wait and left Oman", "not to wait", None,
        ),
        (
            RUIZ.format("vowed") + "to/TO/mark/stop stop/VB/xcomp/vowed what/WP/nsubj/hurts hurts/VBZ/ccomp/stop "
            "and/CC/cc/kills kills/VBZ/conj/hurts ./.",
            "vowed", "to stop what hurts and kills", "to stop what hurts and kills", None,
        ),
    ],
)  # fmt: skip
def test_where_contents_begin_and_end(text: str, cue: str, given: str, content: str, said_on: str | None) -> None:
    doc = make_doc(text, {"Ana Ruiz": "PER", "Oman": "LOC"},
                   [("1", "source", "Ana Ruiz"), ("1", "cue", cue), ("1", "content", given)])  # fmt: skip
    claim = next(c for c in find_claims(doc, find_referents(doc), "2025-02-14") if c.cue and c.cue.text == cue)
    assert [span.text for span in claim.content] == [content]
    assert (claim.said_on.text if claim.said_on else None) == said_on
