"""Reading a clause from its dependency tree: main word, subject, negation, modality."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from spacy.tokens import Span, Token

from kg.extract.lexicon import lemmas_of
from kg.model import Act, Modality

_NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "scarcely"})
_NOTHING = frozenset({"nobody", "nothing", "none", "neither"})
_MERELY = frozenset({"only", "just", "merely", "simply", "necessarily"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_NECESSARY = frozenset({"must", "should", "shall", "ought"})
_NEEDING = frozenset({"need", "have"})
_NECESSARILY = frozenset({"necessary", "essential", "imperative", "vital", "crucial"})
_MAYBE = frozenset({"perhaps", "maybe", "possibly", "possible", "likely", "probably"})
_SUBORDINATING = frozenset("if unless when while because although though since after before until as now".split())
_QUOTING = frozenset({"quote", "cite"})
_INTENDING = frozenset({"plan", "intend", "aim", "want"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "parataxis"})


def head_of(span: Span) -> Token:
    """The main word of a span: the highest one that is neither punctuation nor white space, the first of equals."""
    words = [t for t in span if not t.is_space and not t.is_punct] or list(span)
    inside = {t.i for t in words}
    return min((t for t in words if t.head.i not in inside or t.head.i == t.i), key=_rank, default=words[0])


def _rank(token: Token) -> tuple[bool, int]:
    """Verbs and other predicates first: a span may hold an adverbial that hangs on a word outside."""
    return not _is_predicate(token) or token.dep_.split(":")[0] in ("advcl", "acl"), token.i


def _is_predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ in ("cop", "nsubj", "nsubj:pass") for c in token.children)


def is_form_of(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether a word is a form of one of these lemmas, by its own form where the tables know it."""
    return token.lemma_ in lemmas or not lemmas.isdisjoint(lemmas_of(token.lower_))


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
    while end > head.i and not any(c.isalnum() for c in doc[end].text):
        end -= 1
    return doc[start : end + 1]


def _modifiers(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_.split(":")[0] in ("acl", "punct", "parataxis", "cop", "aux", "nsubj", "advcl", "dep"):
            continue
        yield child
        yield from _modifiers(child)


def main_clause(contents: Sequence[Span]) -> Token:
    """The main word of the first content that has a main clause; else of the first that has any; else of the first."""
    heads = [head_of(content) for content in contents]
    clauses = [h for h in heads if _is_predicate(h)]
    return next((h for h in clauses if not _is_subordinate(h)), next(iter(clauses), heads[0]))


def _is_subordinate(verb: Token) -> bool:
    return verb.dep_.split(":")[0] in ("advcl", "acl") or any(
        c.dep_ == "mark" and c.lower_ in _SUBORDINATING for c in verb.children
    )


def is_negated(token: Token, within: Container[int] | None = None) -> bool:
    """Whether a predicate is negated: by an adverb, an auxiliary's "n't", a "no" before its subject or object.

    Only words of `within` count, when it is given. "Not only" and the like negate nothing.
    """
    return any(_negates(child) for child in _near(token) if within is None or child.i in within)


def _negates(child: Token) -> bool:
    if child.lower_ in _NEGATORS and child.dep_ in ("advmod", "neg", "det", "cc:preconj", "cc"):
        return not _is_merely(child)
    if child.lower_ == "longer":
        return any(c.lower_ == "no" for c in child.children)
    return child.dep_ in ("nsubj", "nsubj:pass", "obj", "obl:agent") and _is_no(child)


def _near(token: Token) -> Iterator[Token]:
    """The children of a predicate, and those of its auxiliaries and copula."""
    for child in token.children:
        yield child
        if child.dep_ == "cop" or child.dep_.startswith("aux"):
            yield from child.children


def _is_merely(negator: Token) -> bool:
    """Whether a "not" belongs to "not only", "not just" and the like."""
    following = negator.doc[negator.i + 1 : negator.i + 2]
    return bool(following) and following[0].lower_ in _MERELY


def _is_no(noun: Token) -> bool:
    return noun.lower_ in _NOTHING or any(
        c.lower_ in ("no", "neither") and c.dep_.startswith(("det", "advmod")) for c in noun.children
    )


def modality_of(contents: Sequence[Span], act: Act, direct: bool = False) -> Modality:
    """How the main clause of the content is meant.

    In reported speech "would" is the "will" of what was said; in a direct quotation it is conditional.
    """
    if act == "question" or contents[-1].text.rstrip(" \n”’\"'»").endswith("?"):
        return "asked"
    root = main_clause(contents)
    children = {c.lower_ for c in root.children}
    auxiliaries = {c.lower_ for c in root.children if c.dep_.startswith("aux")}
    to_do = any(c.dep_ == "xcomp" for c in root.children)
    if any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children) for c in root.children):
        return "conditional"
    if auxiliaries & _NECESSARY or (is_form_of(root, _NEEDING) and to_do) or root.lower_ in _NECESSARILY:
        return "necessary"
    if auxiliaries & _POSSIBLE or children & _MAYBE or root.lower_ in _MAYBE:
        return "possible"
    if act in ("intention", "promise") or (is_form_of(root, _INTENDING) and to_do):
        return "intended"
    if act == "request" and (root.tag_ == "VB" or root.dep_ == "ROOT"):
        return "necessary"
    if direct and auxiliaries & {"would", "'d", "’d"}:
        return "conditional"
    return "asserted"
