"""Reading a clause from its dependency tree: main word, subject, negation, modality."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.model import Act, Modality

_NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "scarcely"})
_NOTHING = frozenset({"nobody", "nothing", "none", "neither"})
_POSSIBLE = frozenset({"may", "might", "could", "can"})
_NECESSARY = frozenset({"must", "should", "shall", "ought"})
_NEEDING = frozenset({"need", "have"})
_MAYBE = frozenset({"perhaps", "maybe", "possibly", "likely", "probably"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "parataxis"})


def head_of(span: Span) -> Token:
    """The main word of a span: the highest one that is neither punctuation nor white space, the first of equals."""
    words = [t for t in span if not t.is_space and not t.is_punct] or list(span)
    inside = {t.i for t in words}
    return min((t for t in words if t.head.i not in inside or t.head.i == t.i), key=_rank, default=words[0])


def _rank(token: Token) -> tuple[bool, int]:
    """Verbs and other predicates first: a span may hold an adverbial that hangs on a word outside."""
    predicate = token.pos_ in ("VERB", "AUX") or any(c.dep_ in ("cop", "nsubj", "nsubj:pass") for c in token.children)
    return not predicate, token.i


def subject_of(verb: Token) -> Token | None:
    """The head of a verb's subject; a coordinate, participle or infinitive takes its governor's ("…, saying")."""
    seen = set()
    while verb.i not in seen:
        seen.add(verb.i)
        agent = next((c for c in verb.children if c.dep_ == "obl:agent"), None)
        passive = any(c.dep_ in ("nsubj:pass", "aux:pass") for c in verb.children)
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


def noun_phrase(head: Token, barred: range | None = None) -> Span:
    """The phrase of a noun without its relative clauses and appositions, in one piece, white space left out."""
    doc = head.doc
    kept = {head.i}
    for token in _modifiers(head):
        kept.add(token.i)
    start = end = head.i
    while start - 1 in kept and (barred is None or start - 1 not in barred):
        start -= 1
    while end + 1 in kept and (barred is None or end + 1 not in barred):
        end += 1
    return doc[start : end + 1]


def _modifiers(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_.split(":")[0] in ("acl", "appos", "punct", "parataxis", "cop", "aux", "nsubj", "advcl", "dep"):
            continue
        yield child
        yield from _modifiers(child)


def is_negated(token: Token) -> bool:
    """Whether a predicate is negated: by an adverb, an auxiliary's "n't", a "no" before its subject or object."""
    for child in token.children:
        if child.lower_ in _NEGATORS and child.dep_ in ("advmod", "neg", "det", "cc:preconj"):
            return True
        if child.dep_ in ("nsubj", "nsubj:pass", "obj") and _is_no(child):
            return True
    return False


def _is_no(noun: Token) -> bool:
    return noun.lower_ in _NOTHING or any(
        c.lower_ in ("no", "neither") and c.dep_.startswith(("det", "advmod")) for c in noun.children
    )


def modality_of(content: Span, act: Act) -> Modality:
    """How the content's main clause is meant."""
    if act == "question" or content.text.rstrip(" \n”’\"'»").endswith("?"):
        return "asked"
    root = head_of(content)
    auxiliaries = {c.lower_ for c in root.children if c.dep_.startswith("aux")}
    if any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children) for c in root.children):
        return "conditional"
    if auxiliaries & _NECESSARY or (root.lemma_ in _NEEDING and any(c.dep_ == "xcomp" for c in root.children)):
        return "necessary"
    if auxiliaries & _POSSIBLE or any(c.lower_ in _MAYBE for c in root.children):
        return "possible"
    if act in ("intention", "promise") or (act == "request" and root.tag_ == "VB"):
        return "intended" if act != "request" else "necessary"
    if "would" in auxiliaries:
        return "conditional"
    return "asserted"
