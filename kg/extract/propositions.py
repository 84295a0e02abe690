"""What a content says, clause by clause, with the entities that its subjects and objects stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.contentclause import only_holds
from kg.extract.predication import Clause, clauses_in
from kg.extract.referents import Referents
from kg.extract.tree import Stretch
from kg.extract.utterance import tokens_of
from kg.extract.words import Words
from kg.model import Argument, Claim, Proposition, Span

Own = Callable[[Token], bool]
_SPEAKER = frozenset({"i", "me", "myself"})
_ADDRESSED = frozenset({"you", "yourself"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "DET"})
_REQUESTING = frozenset({"request", "warning", "question"})


def with_propositions(words: Words, claims: Sequence[Claim], owns: Sequence[Own], referents: Referents) -> list[Claim]:
    """The claims with the propositions of their contents. Linear in the contents' length.

    `owns` tells for each claim which subjects are its speaker, whose own attitude ("she believes") is no proposition.
    """
    contents = [[tokens_of(words, span) for span in claim.content] for claim in claims]
    questions = _questions(words)
    innermost = _innermost(len(words), contents)
    done = []
    for claim, content, own in zip(claims, contents, owns, strict=True):
        asked = _asks(claim, questions, content, words)
        clauses = () if asked is None else clauses_in(words, content, _holder(words, own), asked)
        found = [_proposition(words, clause, claim, claims, innermost, referents) for clause in clauses]
        done.append(replace(claim, propositions=tuple(found)))
    return done


def _holder(words: Words, own: Own) -> Callable[[int], bool]:
    def holds(i: int) -> bool:
        return only_holds(words.doc[i], own)

    return holds


def _questions(words: Words) -> frozenset[int]:
    """The numbers of the sentences that end in a question mark."""
    return frozenset(words.sentence[i] for i, text in enumerate(words.text) if "?" in text)


def _asks(
    claim: Claim, questions: frozenset[int], content: Sequence[range], words: Words
) -> Callable[[int], bool] | None:
    """Which tokens of a content are part of a question; None where all of it is one, as under "asked whether"."""
    sentences = {words.sentence[i] for piece in content for i in piece}
    if claim.modality == "asked" and sentences.isdisjoint(questions):
        return None
    return lambda i: words.sentence[i] in questions


def _innermost(size: int, contents: Sequence[Sequence[range]]) -> list[int]:
    """For each token the claim whose content it stands in, the innermost; -1 outside all."""
    numbers = [-1] * size
    for _, n, piece in sorted(
        ((-len(piece), n, piece) for n, each in enumerate(contents) for piece in each), key=_first
    ):
        numbers[piece.start : piece.stop] = [n] * len(piece)
    return numbers


def _first(item: tuple[int, int, range]) -> tuple[int, int]:
    return item[0], item[1]


def _proposition(
    words: Words,
    clause: Clause,
    claim: Claim,
    claims: Sequence[Claim],
    innermost: Sequence[int],
    referents: Referents,
) -> Proposition:
    def argument(stretch: Stretch | None) -> Argument | None:
        if stretch is None:
            return None
        stretch = _with_whole_names(words, stretch, clause.verb)
        at = innermost[stretch[0]]
        return Argument(_span(words, stretch), _entity(words, stretch, claims[at] if at >= 0 else claim, referents))

    subject = argument(clause.subject)
    if clause.command and len(claim.addressees) == 1:
        subject = Argument(None, claim.addressees[0])
    if clause.bare:
        subject = _who_is_to_act(claim)
    return Proposition(subject, _span(words, clause.verb), argument(clause.object), clause.negated)


def _with_whole_names(words: Words, stretch: Stretch, verb: Stretch) -> Stretch:
    """A stretch that does not begin or end within a name."""
    doc, (start, end) = words.doc, stretch
    while start > 0 and start != verb[1] and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(words) and end != verb[0] and doc[end].ent_iob_ == "I":
        end += 1
    return start, end


def _who_is_to_act(claim: Claim) -> Argument | None:
    """The subject of an infinitive or gerund that is the content: who is asked to, else who promises to."""
    if claim.addressee is not None and claim.act in _REQUESTING:
        return Argument(claim.addressee, claim.addressees[0] if len(claim.addressees) == 1 else None)
    if claim.source is None:
        return None
    return Argument(claim.source, claim.speakers[0] if len(claim.speakers) == 1 else None)


def _entity(words: Words, stretch: Stretch, claim: Claim, referents: Referents) -> str | None:
    """The one entity that a noun phrase stands for; "I" is who is quoted, "you" whom it is addressed to."""
    start, end = stretch
    if end - start == 1 and words.quoted[start]:
        who = claim.speakers if words.lower[start] in _SPEAKER else ()
        who = claim.addressees if words.lower[start] in _ADDRESSED else who
        if len(who) == 1:
            return who[0]
    tops = [i for i in range(start, end) if not start <= words.head[i] < end and words.pos[i] != "PUNCT"]
    if any(words.pos[i] not in _NOUNS for i in tops):
        return None
    joined = any(start <= c < end for i in tops for c in words.children_of(i, "conj"))
    found = referents.head_of(words.doc[start:end])
    return found[0] if len(found) == 1 and not joined else None


def _span(words: Words, stretch: Stretch) -> Span:
    first, last = words.start[stretch[0]], words.end[stretch[1] - 1]
    return Span(first, last, words.body[first:last])
