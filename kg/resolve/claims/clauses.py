"""The clauses of a claim: who is said to do or be what, whether it is negated, whether it speaks of the future.

Where the claim's propositions are known, each is a clause, with the words around it. Otherwise the content is cut at
punctuation and conjunctions, as far as it asserts something: a noun phrase ("her plan for the harbour") does not,
unless it is denied, or is a short judgement ("the paper a forgery").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Argument, Claim, Proposition, Span
from kg.resolve.claims import wording
from kg.resolve.claims.lexicon import meanings, phrases, words_of
from kg.resolve.claims.quantities import Quantity, quantities
from kg.resolve.claims.statements import Statement
from kg.resolve.claims.words import NEGATIONS, stems, words

_POINTING = re.compile(r"(?:this|that|these|those|such)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|this|that|these|those|they|he|she|them|there|i|we|us|me)$", re.IGNORECASE)
_SPEAKER = re.compile(r"(?:i|we|us|me|myself|ourselves)$", re.IGNORECASE)
_NO_SUBJECT = re.compile(r"(?:you|one|who|which|what|whoever|whatever)$", re.IGNORECASE)
_ANY = re.compile(
    r"(?:none|nobody|nothing|no one|everybody|everyone|everything|somebody|someone|some|many|any|all|most|few)$",
    re.IGNORECASE,
)
_OF_SEVERAL = re.compile(
    r"(?:the )?(?:others?|another|every|each|all|some|any|most|no|many|few|both|either|neither|several|two|three|four|"
    r"five|six|seven|eight|nine|ten|hundreds|thousands|millions|\d[\d,.]*)\b",
    re.IGNORECASE,
)
_SAYING = dict.fromkeys(("tell", "tells", "told"), "inform") | dict.fromkeys(("say", "says", "said"), "say")
_BEFORE, _AFTER = 2, 4  # words around a negation that it may negate
_FEW = 3  # stems of an object that says what the verb leaves open
_SHORT = 6  # words of a judgement without a verb
_AROUND = 300  # characters before a claim in which a pronoun's meaning may stand


@dataclass(frozen=True, slots=True)
class Clause:
    """What a claim says, in a piece. Stems are those of `kg.resolve.claims.lexicon.same`.

    `core` are the stems of the predicate, `complement` those of its object, `rest` those of all but subject and core.
    Without a proposition (`loose`) the core are those near a negation, or all. `actors` are the entities that the
    subject stands for, `subject` its stems; `several` says that it is some or all of several, `points` that it is a
    pronoun or "this …", whose meaning stands elsewhere. `negated` counts a denial of the whole as a negation; `limits`
    are the stems of what limits the thing negated: "no emails that were secret". `context` are those of the headline
    and of what stands around the claim. `wished` is what only should or might be, `taste` a judgement. `parsed`
    says that the article's propositions are known at all.
    """

    text: str
    stems: frozenset[str]
    core: frozenset[str]
    rest: frozenset[str]
    negated: bool
    future: bool
    amounts: frozenset[Quantity]
    context: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    several: bool = False
    points: bool = False
    passive: bool = False
    wished: bool = False
    taste: bool = False
    loose: bool = False
    parsed: bool = True
    limits: frozenset[str] = frozenset()


def clauses(told: Statement) -> tuple[Clause, ...]:
    """The clauses that the claim asserts, as far as they have a word to compare."""
    claim = told.claim
    denied = claim.act == "denial" and claim.kind != "direct"
    deed = wording.DEED.search(wording.tidy(claim.content[0].text)) if claim.act in ("denial", "accusation") else None
    if deed:
        found = [_deed(told, deed[1] or deed[2])]
    else:
        found = list(_read(told, denied) if claim.propositions else _cut(told, denied))
    telling = [clause for clause in found if clause.stems and not _only_judges(clause)]
    context = _context(told) if telling else frozenset()
    return tuple(replace(clause, negated=clause.negated != denied, context=context) for clause in telling)


def _only_judges(clause: Clause) -> bool:
    """Whether it only says of something told before that it is so, or not: "That is untrue"."""
    return clause.points and not clause.subject and clause.core <= words_of("verdict") | {"exist"}


def _read(told: Statement, denied: bool) -> Iterator[Clause]:
    """A clause for each proposition that is asserted in the speaker's own name."""
    for span in told.claim.content:
        sentences, pieces = (wording.stretches(span.text, border) for border in (wording.SENTENCE, wording.PIECE))
        for p in told.claim.propositions:
            at = p.predicate.start
            if not span.start <= at < span.end or any(o.start <= at < o.end for o in told.others):
                continue
            whole = _stretch_at(at - span.start, sentences, (0, len(span.text)))
            piece = _stretch_at(at - span.start, pieces, whole)
            clause = _clause(told, _Place(span, p, whole, piece), denied)
            if clause is not None:
                yield clause


def _stretch_at(at: int, stretches: Sequence[tuple[int, int]], otherwise: tuple[int, int]) -> tuple[int, int]:
    return next(((start, end) for start, end in stretches if start <= at < end), otherwise)


class _Place:
    """A proposition in its content: where clause and sentence start and end, in characters of the content."""

    def __init__(self, span: Span, p: Proposition, sentence: tuple[int, int], piece: tuple[int, int]) -> None:
        self.proposition, self.sentence = p, sentence
        self.verb = p.predicate.start - span.start
        self.start, self.end = piece
        subject, thing = (argument.span if argument else None for argument in (p.subject, p.object))
        if subject is not None and sentence[0] <= subject.start - span.start < self.verb:
            self.start = subject.start - span.start
        if thing is not None and thing.end - span.start <= sentence[1]:
            self.end = max(self.end, thing.end - span.start)
        self.subject = subject.text.strip() if subject else ""
        self.text = wording.tidy(span.text[self.start : self.end])
        self.whole = span.text[slice(*sentence)]
        self.before, self.after = span.text[sentence[0] : self.start], span.text[self.end : sentence[1]]
        self.until_verb = span.text[sentence[0] : self.verb]
        self.described = subject is not None and wording.describes(
            span.text[max(0, subject.end - span.start) : self.verb]
        )

    def phrases(self) -> Iterator[str]:
        """What phrases in it mean; that there is something, where the verb itself says so."""
        for first, last, meaning in phrases(self.whole):
            first, last = first + self.sentence[0], last + self.sentence[0]
            if first <= self.verb < last if meaning == "exist" else first < self.end and self.start < last:
                yield meaning


def _clause(told: Statement, place: _Place, denied: bool) -> Clause | None:
    """The clause of a proposition; None where it is not asserted, or stands beside what is denied, or says nothing."""
    p = place.proposition
    doubted = wording.doubted(place.before, place.after)
    if not doubted and wording.not_asserted(place.before, place.until_verb, place.whole):
        return None
    if _NO_SUBJECT.match(place.subject) or place.described or (denied and wording.beside(place.before)):
        return None
    negated = (p.negated or wording.shares_negation(place.until_verb)) != doubted
    smallest = words_of("smallest") if negated else frozenset()
    subject, actors, points = _subject(told, p.subject)
    core, complement = _predicate(p, told.claim.propositions)
    meant = frozenset(place.phrases())
    core = frozenset({"exist"}) if "exist" in meant else core | meant
    complement -= smallest
    passive = wording.passive(place.until_verb, p.predicate.text)
    if not complement and not passive and core <= words_of("holding", "spoken"):
        return None
    everything = meanings(stems(words(place.text))) - smallest | core
    limited = negated and wording.LIMITING.match(place.after)
    return Clause(
        text=place.text,
        stems=everything,
        core=core,
        rest=everything - subject - core,
        negated=negated,
        future=_ahead(told.claim, place.text),
        amounts=quantities(place.text),
        complement=complement - core,
        actors=actors,
        subject=subject,
        several=bool(_OF_SEVERAL.match(place.subject) or _ANY.match(place.subject)),
        points=points,
        passive=passive,
        wished=wording.WISHED.search(place.text) is not None,
        taste=not core.isdisjoint(words_of("taste")),
        limits=meanings(stems(words(place.after))) if limited else frozenset(),
    )


def _subject(told: Statement, subject: Argument | None) -> tuple[frozenset[str], frozenset[str], bool]:
    """Stems of the subject, the entities it stands for, and whether it only points at something."""
    if subject is None:
        return frozenset(), frozenset(), True
    text = subject.span.text.strip() if subject.span else ""
    if _SPEAKER.match(text) and told.claim.kind != "indirect":
        return frozenset(), told.speakers, not told.speakers
    who = told.entities.get(subject.entity or "")
    actors = frozenset({who}) if who else frozenset()
    found = meanings(stems(words(text)))
    points = not (actors or _ANY.match(text)) and bool(_PRONOUN.match(text) or _POINTING.match(text) or not found)
    return found, actors, points


def _predicate(p: Proposition, others: Sequence[Proposition]) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of what is said of the subject, and of the object: the verb's, or where these say little the object's."""
    thing = p.object.span if p.object else None
    if thing is not None and any(o != p and thing.start <= o.predicate.start < thing.end for o in others):
        thing = None  # a clause of its own
    complement = meanings(stems(_no_adverbs(wording.BUT_NOT.sub("", thing.text)))) if thing else frozenset()
    spoken = _no_adverbs(wording.CLITIC.sub("", p.predicate.text))
    if len(spoken) > 1 and stems(spoken[:1]):  # a verb with its particle is another verb: "run away"
        spoken = ["".join(spoken)]
    verb = meanings(stems(spoken)) or frozenset(said for word in spoken if (said := _SAYING.get(word)))
    core = verb - words_of("holding") or (complement if 0 < len(complement) <= _FEW else verb)
    return core | {"exist"} if "real" in core else core, complement


def _no_adverbs(text: str) -> list[str]:
    return [word for word in words(text) if not wording.ADVERB.match(word)]


def _deed(told: Statement, verb: str) -> Clause:
    """What somebody denies to have done, or is accused of: "having promised to sign"."""
    denied = told.claim.act == "denial"
    text = wording.tidy(" ".join(span.text for span in told.claim.content))
    tokens = words(text)
    core = meanings(stems(words(verb))) | {meaning for _, _, meaning in phrases(text)}
    found = meanings(stems(tokens)) | core
    return Clause(
        text=text,
        stems=found,
        core=core or found,
        rest=found - core,
        negated=wording.negated(text, tokens),
        future=False,
        amounts=quantities(text),
        complement=found - core,
        actors=told.speakers if denied else frozenset(),
        points=not (denied and told.speakers),
    )


def _cut(told: Statement, denied: bool) -> Iterator[Clause]:
    """Clauses without knowing who does what: the sentences, and their pieces where there are several."""
    for text in _pieces(told.claim):
        tokens = words(text)
        if not (denied or len(tokens) <= _SHORT or wording.FINITE.search(text) or quantities(text)):
            continue
        found = meanings(stems(tokens)) | {meaning for _, _, meaning in phrases(text)}
        negated = wording.negated(text, tokens)
        core = _near_negation(tokens) & found if negated and not denied else found
        yield Clause(
            text=text,
            stems=found,
            core=core or found,
            rest=found,
            negated=negated,
            future=_ahead(told.claim, text),
            amounts=quantities(text),
            wished=wording.WISHED.search(text) is not None,
            loose=True,
            parsed=told.parsed,
        )


def _pieces(claim: Claim) -> Iterator[str]:
    for span in claim.content:
        for whole in map(wording.tidy, wording.SENTENCE.split(span.text)):
            parts = [text for piece in wording.BORDER.split(whole) if (text := wording.tidy(piece))]
            yield from dict.fromkeys([whole, *parts] if wording.one_negation(whole) else parts)


def _near_negation(tokens: Sequence[str]) -> frozenset[str]:
    near = {i for at, word in enumerate(tokens) if word in NEGATIONS for i in range(at - _BEFORE, at + _AFTER + 1)}
    return meanings(stems(tokens[i] for i in sorted(near) if 0 <= i < len(tokens)))


def _ahead(claim: Claim, text: str) -> bool:
    return claim.act in ("promise", "intention") or claim.modality == "intended" or wording.ahead(text)


def _context(told: Statement) -> frozenset[str]:
    report, start = told.report, told.claim.passage.start
    text = f"{report.title or ''} {report.body[max(0, start - _AROUND) : start]} {told.claim.passage.text}"
    return meanings(stems(words(text)))
