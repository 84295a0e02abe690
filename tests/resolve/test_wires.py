"""Whose copy an article prints."""

import pytest

from kg.model import Article
from kg.resolve.claims.wires import wires

OUTLETS = ("quay news agency", "post", "harbour post")


@pytest.mark.parametrize(
    ("author", "body", "expected"),
    [
        ("Ann Berg", "Nothing else.", set()),
        ("Ann Berg and Quay News Agency", "", {"quay news agency"}),
        ("By Ann Berg, Quay", "", {"quay news agency"}),
        ("Reuters", "", {"reuters"}),
        ("Ann Berg with AFP", "", {"agence france presse"}),
        ("The Post", "", {"post"}),
        (None, "OSLO, March 3 (Quay) — Ships left.", {"quay news agency"}),
        (None, "OSLO (Reuters) - Ships left.", {"reuters"}),
        (None, "Ships left.\n\nSource: Quay\n", {"quay news agency"}),
        (None, "Ships left.\n\n(With reporting from Reuters and AFP.)", {"reuters", "agence france presse"}),
        (None, "Ships (old ones) — they left. The source: Reuters of all papers said nothing of it.", set()),
        (None, "A source says the harbour is full.\nVia the sea they came.", set()),
        ("News desk", "", set()),
    ],
)
def test_bylines_datelines_and_source_lines(author: str | None, body: str, expected: set[str]) -> None:
    assert wires(Article("a.md", body, author=author), OUTLETS) == expected
