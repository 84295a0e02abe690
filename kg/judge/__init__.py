"""What people decided: an append-only ledger, and what it says of the evidence at hand.

read_ledger(path) -> entries, by time        append(path, entry)        the file `judgements.jsonl`
quote_mention(article, mention), quote_claim(article, claim)            naming things by their words
apply(entries, evidence) -> Rulings          links, right speakers, revised evidence, orphans, conflicts
describe(decision) -> str                    a sentence for people
"""

from kg.judge.apply import Conflict, Link, Orphan, Rulings, Standing, apply, undone
from kg.judge.ledger import FIELD_VALUES, IRI, append, in_order, read_ledger, to_line
from kg.judge.locate import ClaimId, Located, Place
from kg.judge.partition import Partition
from kg.judge.records import (
    ClaimQuote,
    Decision,
    DecisionName,
    Entry,
    Field,
    Hide,
    Identity,
    MentionQuote,
    Pair,
    Relation,
    Speaker,
    Undo,
    Words,
    Wrong,
    describe,
    quote_claim,
    quote_mention,
    quote_words,
    quoted,
)
from kg.judge.revise import split
from kg.judge.sentence import sentence

__all__ = [
    "FIELD_VALUES",
    "IRI",
    "ClaimId",
    "ClaimQuote",
    "Conflict",
    "Decision",
    "DecisionName",
    "Entry",
    "Field",
    "Hide",
    "Identity",
    "Link",
    "Located",
    "MentionQuote",
    "Orphan",
    "Pair",
    "Partition",
    "Place",
    "Relation",
    "Rulings",
    "Speaker",
    "Standing",
    "Undo",
    "Words",
    "Wrong",
    "append",
    "apply",
    "describe",
    "in_order",
    "quote_claim",
    "quote_mention",
    "quote_words",
    "quoted",
    "read_ledger",
    "sentence",
    "split",
    "to_line",
    "undone",
]  # fmt: skip
