"""People whom an article calls by their office alone."""

from __future__ import annotations

import pytest
from docs import make_doc

from kg.extract import evidence_of, to_contract
from kg.extract.entities import find_referents
from kg.model import Article

PER = "PER"


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        ("Norway ’s/POS energy/NN minister/NN left/VBD", {},
         [("Norway’s energy minister", "energy minister", "Norway")]),
        ("The/DT Norwegian/JJ foreign/JJ minister/NN left/VBD", {},
         [("Norwegian foreign minister", "foreign minister", "Norway")]),
        ("The/DT foreign/JJ minister/NN of/IN Norway left/VBD", {},
         [("foreign minister of Norway", "foreign minister", "Norway")]),
        ("The/DT former/JJ Norwegian/JJ foreign/JJ minister/NN left/VBD", {},
         [("Norwegian foreign minister", "former foreign minister", "Norway")]),
        ("its/PRP$ foreign/JJ minister/NN left/VBD", {}, [("foreign minister", "foreign minister", None)]),
        # no reference to whoever holds it
        ("a/DT Norwegian/JJ foreign/JJ minister/NN left/VBD", {}, []),
        ("He/PRP spoke/VBD as/IN Norway ’s/POS energy/NN minister/NN", {}, []),
        ("the/DT Norwegian/JJ ministers/NNS left/VBD", {}, []),
        ("the/DT Norwegian/JJ analyst/NN left/VBD", {}, []),
        # somebody's own
        ("Norwegian/JJ foreign/JJ minister/NN Eva Roe left/VBD", {"Eva Roe": PER}, []),
    ],
)  # fmt: skip
def test_unnamed_people(text: str, ents: dict[str, str], expected: list[tuple[str, str, str | None]]) -> None:
    referents = find_referents(make_doc(text, ents))
    names = {e.id: e.name for e in referents.entities}
    found = [(u.name, u.offices[0].title, names.get(u.offices[0].of or "")) for u in referents.unnamed]
    assert found == expected


def test_a_claim_says_whose_it_is_and_the_contract_does_not() -> None:
    text = "The/DT Norwegian/JJ foreign/JJ minister/NN said/VBD that/IN it/PRP rains/VBZ"
    claims = [
        ("c1", "source", "The Norwegian foreign minister"),
        ("c1", "cue", "said"),
        ("c1", "content", "that it rains"),
    ]
    doc = make_doc(text, claims=claims)
    evidence = evidence_of(doc, Article("a", doc.text))
    (claim,) = evidence.claims
    assert (claim.speakers, claim.unnamed) == ((), ("u1",))
    assert [e.id for e in evidence.everyone if e.type == "Person"] == ["u1"]
    record = to_contract(evidence)
    assert "unnamed" not in record
    assert "unnamed" not in record["claims"][0]
    assert record["claims"][0]["speakers"] == ()
