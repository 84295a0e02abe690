"""Doc → evidence: what an article says, as typed records with spans."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import weights_hash
from kg.extract.claims import find_claims
from kg.extract.entities import find_referents
from kg.extract.referents import Referents
from kg.model import Article, Claim, Evidence, evidence_to_dict

__all__ = ["evidence_of", "extract_article", "fingerprint", "to_contract"]


def extract_article(nlp: Language, article: Article) -> Evidence:
    """Read one article with a pipeline that `kg.load` gave, or another with our components in it."""
    return evidence_of(nlp(article.body), article)


def evidence_of(doc: Doc, article: Article) -> Evidence:
    """All extractors over an annotated Doc whose text is the article's body."""
    referents = find_referents(doc, published=article.published)
    claims = find_claims(doc, referents, article.published, article.outlet)
    known = tuple(_with_unnamed(doc, claim, referents) for claim in claims)
    return Evidence(article, referents.entities, known, referents.unnamed)


def _with_unnamed(doc: Doc, claim: Claim, referents: Referents) -> Claim:
    """The claim with whoever its source calls by an office alone."""
    if claim.speakers or claim.source is None:
        return claim
    source = doc.char_span(claim.source.start, claim.source.end, alignment_mode="expand")
    return claim if source is None else replace(claim, unnamed=referents.unnamed_head_of(source))


def to_contract(evidence: Evidence) -> dict[str, Any]:
    """The record that `kg extract --format jsonl` prints for an article."""
    article = evidence.article
    record = evidence_to_dict(evidence)
    del record["unnamed"]  # who they are, only other articles tell
    for claim in record["claims"]:
        del claim["unnamed"]
        del claim["passage"]  # derived from sentence boundaries; readers of the contract have the offsets
        del claim["place_span"]
        claim["addressee_text"] = _text_of(claim.pop("addressee"))
        if said_on := claim["said_on"]:
            claim["said_on"] = {"text": said_on["span"]["text"], "value": said_on["value"]}
        claim["propositions"] = [_contract_proposition(p) for p in claim["propositions"]]
    record["article"] = {
        "path": article.path,
        "id": article.id,
        "text_sha256": article.text_sha256,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "language": article.language,
    }
    return record


def _contract_proposition(data: dict[str, Any]) -> dict[str, Any]:
    """Subject and object as the contract has them: an entity's id, else words, else null."""
    arguments = {
        name: (value["entity"] or _text_of(value["span"])) if (value := data[name]) else None
        for name in ("subject", "object")
    }
    return {
        "subject": arguments["subject"],
        "predicate": data["predicate"]["text"],
        "object": arguments["object"],
        "negated": data["negated"],
    }


def _text_of(span: dict[str, Any] | None) -> str | None:
    return span["text"] if span else None


@cache
def fingerprint() -> str:
    """What evidence depends on besides the article: weights and extraction code with its tables. Hexadecimal."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256(weights_hash().encode())
    files = [package / "model.py"]
    for stage in ("annotate", "extract"):
        files += [p for p in (package / stage).rglob("*") if p.suffix in (".py", ".tsv")]
    for path in sorted(files):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
