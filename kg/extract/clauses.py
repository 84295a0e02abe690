"""Reading a clause from its dependency tree: main word, subject, phrases, negation."""

from __future__ import annotations

from collections.abc import Container, Iterator

from spacy.tokens import Span, Token

from kg.extract.lexicon import forms_of
from kg.extract.words import has_letters

NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
NOTHING = frozenset({"nobody", "nothing", "none", "neither", "nowhere", "no-one"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_MERELY = frozenset({"only", "just", "merely", "simply", "necessarily"})
_NOTHING_BUT = frozenset({"but", "short", "less"})
_OCCASIONS = frozenset(
    "time circumstance circumstances condition conditions event account point stage means way".split()
)
_SUBORDINATING = frozenset("if unless when while because although though since after before until as now".split())
_QUOTING = frozenset({"quote", "cite"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "parataxis"})


def head_of(span: Span) -> Token:
    """The main word of a span: the highest one that is neither punctuation nor white space, the first of equals."""
    words = [t for t in span if not t.is_space and not t.is_punct] or list(span)
    inside = {t.i for t in words}
    return min((t for t in words if t.head.i not in inside or t.head.i == t.i), key=_rank, default=words[0])


def _rank(token: Token) -> tuple[bool, int]:
    """Verbs and other predicates first: a span may hold an adverbial that hangs on a word outside."""
    return not is_predicate(token) or token.dep_.split(":")[0] in ("advcl", "acl"), token.i


def is_predicate(token: Token) -> bool:
    """Whether a word heads a clause: a verb, or whatever has a copula or a subject."""
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ in ("cop", "nsubj", "nsubj:pass") for c in token.children)


def is_form_of(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether a word is a form of one of these lemmas, by its lemma or, since the tagger's may be wrong, its form."""
    return token.lemma_ in lemmas or token.lower_ in forms_of(lemmas)


def subject_of(verb: Token) -> Token | None:
    """The head of a verb's subject; a coordinate, participle or infinitive takes its governor's ("…, saying").

    A passive verb has its agent, and without one nothing; "was quoted as saying" keeps its subject.
    """
    seen = set()
    while verb.i not in seen:
        seen.add(verb.i)
        agent = next((c for c in verb.children if c.dep_ == "obl:agent"), None) or _agent(verb)
        passive = any(c.dep_ in ("nsubj:pass", "aux:pass") for c in verb.children)
        if passive and agent is None and is_form_of(verb, _QUOTING):
            return next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
        if passive or agent is not None:
            return agent
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "csubj", "nsubj:outer")), None)
        if subject is not None:
            return subject
        relation = verb.dep_.split(":")[0]
        if relation == "acl":
            return verb.head if verb.tag_ == "VBG" or verb.dep_ == "acl:relcl" else None
        if relation not in _SHARED:
            return None
        verb = verb.head
    return None


def _agent(verb: Token) -> Token | None:
    """The noun after "by" that hangs on a past participle, whatever the relation is called."""
    if verb.tag_ != "VBN":
        return None
    obliques = (c for c in verb.children if c.dep_.startswith("obl") and c.i > verb.i)
    return next((o for o in obliques if any(c.lower_ == "by" and c.dep_ == "case" for c in o.children)), None)


def noun_phrase(head: Token, barred: Container[int] = ()) -> Span:
    """The phrase of a noun without its relative clauses, in one piece around it and free of `barred` tokens.

    It crosses a comma only within a list ("A, B and C") or to an apposition ("Smith, the mayor").
    """
    doc, kept = head.doc, {head.i}
    commas: set[int] = set()
    for token in _modifiers(head):
        kept.add(token.i)
        if token.dep_ in ("conj", "appos") and token.i > head.i:
            commas.update(i for i in (token.left_edge.i, token.left_edge.i - 1) if i > head.i)
    start = end = head.i
    while start - 1 in kept and start - 1 not in barred and doc[start - 1].text != ",":
        start -= 1
    while (
        end + 1 < len(doc)
        and end + 1 not in barred
        and ((end + 1 in kept and doc[end + 1].text != ",") or (end + 1 in commas and doc[end + 1].text in (",", "(")))
    ):
        end += 1
    while end > head.i and not has_letters(doc[end].text):
        end -= 1
    return doc[start : end + 1]


def _modifiers(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_.split(":")[0] in ("acl", "punct", "parataxis", "cop", "aux", "nsubj", "advcl", "dep"):
            continue
        yield child
        yield from _modifiers(child)


def is_subordinate(verb: Token) -> bool:
    """Whether a clause depends on another one, by its relation or its first word."""
    return verb.dep_.split(":")[0] in ("advcl", "acl") or any(
        c.dep_ == "mark" and c.lower_ in _SUBORDINATING for c in verb.children
    )


def is_negated(token: Token, within: Container[int] | None = None) -> bool:
    """Whether a predicate is negated: by an adverb, an auxiliary's "n't", a "no" before its subject or object.

    Only words of `within` count, when it is given. "Not only" and the like negate nothing, nor do words that come close
    to a negation ("hardly", "few").
    """
    if token.lower_ in NOTHING and within is None and any(c.dep_ == "cop" for c in token.children):
        return not _is_merely(token)
    return any(_negates(child) for child in _near(token) if within is None or child.i in within)


def _negates(child: Token) -> bool:
    if child.lower_ in _NOT:
        return not _is_merely(child) and child.dep_.split(":")[0] not in ("conj", "parataxis")
    if child.lower_ in NEGATORS and child.dep_ in ("advmod", "neg", "det", "cc:preconj", "cc"):
        return not _is_merely(child) and not _is_answer(child)
    if child.lower_ in ("longer", "more"):
        return any(c.lower_ == "no" for c in child.children)
    if child.dep_.startswith("obl") and child.lower_ in _OCCASIONS:
        return any(c.lower_ == "no" for c in child.children)
    if child.dep_ not in ("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "advmod") or not _is_no(child):
        return False
    return child.dep_ != "obj" or not _is_subject_below(child)


def _is_subject_below(noun: Token) -> bool:
    """Whether an object is rather the subject of the clause behind it: "shows no one | released it"."""
    below = (c for c in noun.head.children if c.dep_ == "ccomp" and c.i > noun.i)
    return any(not any(g.dep_ == "mark" or g.dep_.startswith("nsubj") for g in c.children) for c in below)


def _near(token: Token) -> Iterator[Token]:
    """The children of a predicate, and those of its auxiliaries and copula."""
    for child in token.children:
        yield child
        if child.dep_ == "cop" or child.dep_.startswith("aux"):
            yield from child.children


def _is_merely(negator: Token) -> bool:
    """Whether a "not" belongs to "not only", "not just" and the like, a "nothing" to "nothing but"."""
    following = negator.doc[negator.i + 1 : negator.i + 2]
    but = _NOTHING_BUT if negator.lower_ in NOTHING else _MERELY
    return bool(following) and following[0].lower_ in but


def _is_answer(no: Token) -> bool:
    """ "No, it is not so"."""
    return no.lower_ == "no" and no.doc[no.i + 1 : no.i + 2].text in (",", ".", "!", ";", "—")


def _is_no(noun: Token) -> bool:
    if noun.lower_ in NOTHING:
        return not _is_merely(noun)
    return any(
        (c.lower_ in ("no", "neither") and c.dep_.startswith(("det", "advmod", "cc")))
        or (c.lower_ == "not" and c.i < noun.i)
        for c in noun.children
    )
