"""What an authority calls an entity, as judgements say: one IRI is one entity, and the later of two says which."""

from __future__ import annotations

from pathlib import Path

import pytest
from court import EVIDENCE, INGRID, INGRID_REPLY, PETTER, entry, pair

from kg.judge import Entry, Identity, MentionQuote, append, apply, describe, read_ledger
from kg.resolve import resolve

Q1, Q2, OTHER = "http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2", "https://x.example/1"


def identity(mention: MentionQuote, iri: str, minute: int = 0, author: str = "Ann") -> Entry:
    return entry(Identity(mention, iri), minute, author)


@pytest.mark.parametrize(
    ("entries", "same_as", "conflicts"),
    [
        ([identity(INGRID, Q1)], {"Ingrid Solvang": (Q1,), "Petter Solvang": ()}, 0),
        ([identity(INGRID, Q1), identity(INGRID_REPLY, OTHER, 1)], {"Ingrid Solvang": (Q1, OTHER)}, 0),
        ([identity(INGRID, Q1), identity(INGRID, Q2, 1)], {"Ingrid Solvang": (Q2,)}, 0),
        ([identity(INGRID, Q1), identity(INGRID, Q2, 1, "Bo")], {"Ingrid Solvang": (Q2,)}, 1),
        ([identity(INGRID, Q1), identity(PETTER, Q1, 1)], {"Ingrid Solvang": (Q1,), "Petter Solvang": None}, 0),
        (
            [identity(INGRID, Q1), identity(PETTER, Q1, 1), pair("different", INGRID, PETTER, 2)],
            {"Ingrid Solvang": (Q1,), "Petter Solvang": (Q1,)},
            0,
        ),
    ],
)
def test_identities(entries: list[Entry], same_as: dict[str, tuple[str, ...] | None], conflicts: int) -> None:
    for order in (entries, entries[::-1]):
        rulings = apply(order, EVIDENCE)
        found = {e.name: e.same_as for e in resolve(EVIDENCE, rulings).entities if e.type == "Person"}
        assert {name: found.get(name) for name in same_as} == same_as
        assert len(rulings.conflicts) == conflicts


def test_an_identity_is_read_back_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    from kg.errors import RunError

    path, one = tmp_path / "ledger", identity(INGRID, Q1)
    append(path, one)
    assert read_ledger(path) == (one,)
    assert describe(one.decision).endswith(f"is {Q1}")
    path.write_text(path.read_text("utf-8").replace(Q1, "nobody"), "utf-8")
    with pytest.raises(RunError, match="not an absolute IRI"):
        read_ledger(path)
