"""Documents with attributions by hand: `<s1 Rutte/NNP > <c1 said/VBD > <q1 that/IN it/PRP rains/VBZ > ./.`.

`<s1`, `<c1` and `<q1` open a source, cue or content of attribution 1, `>` closes the last one opened; they may nest.
The tokens are those of `docs.make_doc`.
"""

from __future__ import annotations

from collections.abc import Mapping

from docs import make_doc
from spacy.tokens import Doc, Span

from kg.extract.claims import find_claims
from kg.extract.entities import find_referents
from kg.model import Claim

_ROLES = {"s": "source", "c": "cue", "q": "content"}

# The people and bodies of the tests' articles, marked wherever they stand.
ENTS = {
    "Mark Rutte": "PER", "Rutte": "PER", "Pete Hegseth": "PER", "Hegseth": "PER", "Jane Miller": "PER",
    "Miller": "PER", "VOA": "ORG", "NATO": "ORG", "Reuters": "ORG", "BBC": "ORG", "Chad": "LOC", "Europe": "LOC",
    "Russia": "LOC", "Ukraine": "LOC", "Brussels": "LOC", "Russian Foreign Ministry": "ORG",
}  # fmt: skip


def claims_doc(text: str, ents: Mapping[str, str] = ENTS) -> Doc:
    """A Doc of `make_doc` with the marked attributions in `doc.spans["claims"]`."""
    tokens: list[str] = []
    opened: list[tuple[str, int]] = []
    marked: list[tuple[str, int, int]] = []
    for token in text.split():
        if token == ">":
            mark, start = opened.pop()
            marked.append((mark, start, len(tokens)))
        elif token[0] == "<" and len(token) > 1:
            opened.append((token[1:], len(tokens)))
        else:
            tokens.append(token)
    doc = make_doc(" ".join(tokens), ents)
    spans = [Span(doc, a, b, label=_ROLES[mark[0]], span_id=mark[1:]) for mark, a, b in sorted(marked)]
    doc.spans["claims"] = spans
    return doc


def read(text: str, ents: Mapping[str, str] = ENTS) -> tuple[tuple[Claim, ...], dict[str, str], Doc]:
    """The claims of a marked text, the names of its entities by id, and the Doc."""
    doc = claims_doc(text, ents)
    referents = find_referents(doc)
    return find_claims(doc, referents), {e.id: e.name for e in referents.entities}, doc
