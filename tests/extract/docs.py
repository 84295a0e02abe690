"""Small documents by hand: `make_doc("Pete/NNP Hegseth/NNP/nsubj/said said/VBD ./.", ents={"Pete Hegseth": "PER"})`.

A token is written `form/TAG/relation/head`, from the right as much as the test needs. The head is a word of the same
sentence (its next occurrence to the right, else to the left; `form@2` for the second one there). The first token that
heads others and has no head itself is the sentence's root; further tokens without a head hang from it. A document in
which no token has a relation has no parse. `¶` is a blank line. Spaces follow English print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import spacy
from spacy.tokens import Doc, Span

from kg.annotate.gazetteer import CountryMatcher, annotate_countries

_UPOS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "DT": "DET", "IN": "ADP", "TO": "ADP", "CC": "CCONJ",
    "JJ": "ADJ", "RB": "ADV", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "MD": "AUX", "POS": "PART",
    "CD": "NUM",
    "VBD": "VERB", "VBZ": "VERB", "VBP": "VERB", "VBN": "VERB", "VBG": "VERB", "VB": "VERB", "_SP": "SPACE",
}  # fmt: skip
_LEMMAS = {
    "said": "say", "was": "be", "is": "be", "told": "tell", "met": "meet", "warned": "warn", "added": "add",
    "spoke": "speak", "forces": "force", "talks": "talk", "wants": "want", "elected": "elect", "accused": "accuse",
    "lies": "lie", "agreed": "agree", "flights": "flight", "pressed": "press",
}  # fmt: skip
_TIGHT_LEFT = frozenset(", . ; : ! ? ) ” ’s 's ’ - %".split())
_TIGHT_RIGHT = frozenset("( “ - $".split())


@cache
def _tools() -> tuple[spacy.Language, CountryMatcher]:
    nlp = spacy.blank("en")
    return nlp, CountryMatcher(nlp.vocab)


def make_doc(
    text: str,
    ents: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    claims: Sequence[tuple[str, str, str]] = (),
) -> Doc:
    """A Doc from marked-up text. `ents` maps names, as token texts joined by spaces, to labels: a mapping marks every
    occurrence, pairs mark one occurrence each, from left to right. `claims` are (number, role, words) in text order.
    """
    rows = [_row(token) for token in text.split()]
    words = ["\n\n" if form == "¶" else form for form, *_ in rows]
    starts = [i == 0 or words[i - 1] == "\n\n" or rows[i - 1][0] in (".", "?", "!") for i in range(len(rows))]
    parsed = any(relation for _, _, relation, _ in rows)
    nlp, matcher = _tools()
    doc = Doc(
        nlp.vocab,
        words=words,
        spaces=[_space(words, i) for i in range(len(words))],
        tags=["_SP" if w == "\n\n" else tag for w, (_, tag, _, _) in zip(words, rows, strict=True)],
        pos=[_pos(form, tag, relation) for form, tag, relation, _ in rows],
        lemmas=[_LEMMAS.get(form.lower(), form.lower()) for form, *_ in rows],
        heads=[_head(rows, starts, i) for i in range(len(rows))] if parsed else None,
        deps=[_relation(rows, starts, i) for i in range(len(rows))] if parsed else None,
        sent_starts=None if parsed else starts,
    )
    doc.ents = list(_entities(doc, ents))
    annotate_countries(doc, matcher)
    at, spans = 0, []
    for number, role, phrase in claims:
        start = _find(doc, phrase, 0 if role == "content" else at)
        spans.append(Span(doc, start, start + len(phrase.split()), label=role, span_id=number))
        at = start if role != "content" else at
    doc.spans["claims"] = spans
    return doc


def _row(token: str) -> tuple[str, str, str, str]:
    form, *marks = token.split("/")
    tag, relation, head = [*marks, "", "", ""][:3]
    if not tag:
        tag = "_SP" if form == "¶" else "NNP" if form[:1].isupper() else "," if form == "," else "NN"
    return form, tag, relation, head


def _pos(form: str, tag: str, relation: str) -> str:
    if relation in ("cop", "aux", "aux:pass"):
        return "AUX"
    return _UPOS.get(tag, "SPACE" if form == "¶" else "PUNCT")


def _space(words: Sequence[str], i: int) -> bool:
    following = words[i + 1] if i + 1 < len(words) else ""
    return bool(following) and not (
        following in _TIGHT_LEFT or words[i] in _TIGHT_RIGHT or "\n" in following or "\n" in words[i]
    )


def _head(rows: Sequence[tuple[str, str, str, str]], starts: Sequence[bool], i: int) -> int:
    wanted, _, number = rows[i][3].partition("@")
    first = max(k for k in range(i + 1) if starts[k])
    last = next((k for k in range(i + 1, len(rows)) if starts[k]), len(rows))
    if not wanted:
        heads = {row[3].partition("@")[0] for row in rows[first:last]}
        return next((k for k in range(first, last) if rows[k][0] in heads and not rows[k][3]), first)
    if number:
        return [k for k in range(first, last) if rows[k][0] == wanted][int(number) - 1]
    order = [*range(i + 1, last), *range(i - 1, first - 1, -1)]
    return next(k for k in order if rows[k][0] == wanted)


def _relation(rows: Sequence[tuple[str, str, str, str]], starts: Sequence[bool], i: int) -> str:
    if rows[i][2]:
        return rows[i][2]
    return "ROOT" if _head(rows, starts, i) == i else "punct" if _pos(*rows[i][:3]) == "PUNCT" else "dep"


def _find(doc: Doc, phrase: str, start: int) -> int:
    words = phrase.split()
    return next(i for i in range(start, len(doc)) if [t.text for t in doc[i : i + len(words)]] == words)


def _entities(doc: Doc, ents: Mapping[str, str] | Sequence[tuple[str, str]]) -> Sequence[Span]:
    spans: list[Span] = []
    if not isinstance(ents, Mapping):
        at = 0
        for phrase, label in ents:
            at = _find(doc, phrase, at)
            spans.append(Span(doc, at, at + len(phrase.split()), label=label))
            at += len(phrase.split())
        return spans
    texts = [t.text for t in doc]
    for phrase, label in ents.items():
        words = phrase.split()
        spans += [
            Span(doc, i, i + len(words), label=label) for i in range(len(doc)) if texts[i : i + len(words)] == words
        ]
    return spacy.util.filter_spans(spans)
