"""The clause of a content that counts: the first that is one, below what only holds it ("I think", "it is true that").

Polarity, modality and, where the cue is neutral, the act of a claim are read off it. Trees are Universal Dependencies;
where the parse of a fronted condition is easily wrong, the order of words is trusted instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract.clauses import is_form_of, is_negated, is_predicate, is_subordinate
from kg.extract.words import has_letters

Own = Callable[[Token], bool]
"""Whether a subject is the speaker, or somebody the speaker speaks for."""

FIRST_PERSON = frozenset({"i", "we"})
_ATTITUDES = frozenset(
    """
    aim assume believe doubt expect fear feel figure guess hope intend know mean plan reckon suppose suspect think trust
    want wish worry
    """.split()
)
_MOODS = frozenset(
    """
    afraid angry ashamed certain concerned confident convinced delighted glad grateful happy hopeful optimistic pleased
    proud relieved sad sorry sure surprised worried
    """.split()
)
_IMPERSONAL = frozenset(
    """
    certain clear crucial essential evident imperative important likely necessary obvious plain possible probable true
    unlikely vital
    """.split()
)
_RAISING = frozenset({"seem", "appear"})
_BEYOND_DOUBT = frozenset({"doubt", "question"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj"})
_INVERTED = frozenset({"had", "were", "should"})
_SUBJECTS = frozenset({"PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM"})
_RESULTS = frozenset("would will could might may should must can shall wo ca 'll ’ll 'd ’d".split())
_ASKING = frozenset({"WRB", "WP", "WDT"})
_NO = frozenset({"no", "nope", "never"})
_DEEPEST = 4  # predicates that may be looked through


@dataclass(frozen=True, slots=True)
class ContentClause:
    """The clause of a content that counts.

    root      its main word; where the content has no clause, the main word of what there is
    held      predicates above it that only hold it, outermost first
    words     the content's tokens in the sentence of the clause, in order
    is_one    whether it is a clause at all; infinitives, gerunds and a bare "No" are
    inverted  whether a condition without "if" opens it ("Had we known, …")
    """

    root: Token
    held: tuple[Token, ...]
    words: tuple[Token, ...]
    is_one: bool = True
    inverted: bool = False

    @property
    def predicates(self) -> tuple[Token, ...]:
        """The main word and what holds it, outermost first."""
        return (*self.held, self.root)

    @property
    def first_word(self) -> Token:
        """Its first token that is a word."""
        return next(filter(is_word, self.words), self.words[0])

    @property
    def opens_question(self) -> bool:
        """Whether its first word is one of asking: "whether he will come", "when he would come"."""
        return self.first_word.tag_ in _ASKING or self.first_word.lower_ == "whether"

    @property
    def is_question(self) -> bool:
        """Whether a question mark ends its sentence, in the content or right behind it."""
        last = self.words[-1].i
        for token in (*self.words[-1].doc[last + 1 : last + 2], *reversed(self.words)):
            if "?" in token.text:
                return True
            if is_word(token) and token.i <= last:
                return False
        return False


def is_word(token: Token) -> bool:
    """Whether a token has a letter or digit."""
    return has_letters(token.text)


def clause_of(contents: Sequence[Span], own: Own) -> ContentClause:
    """The clause of a content that counts. `own` tells which subjects are the speaker."""
    sentences = list(_sentences(contents))
    for words in sentences:
        clause = _clause(words, own)
        if clause is not None:
            return clause
    words = next((w for w in sentences if any(map(is_word, w))), sentences[0])
    return ContentClause(next(iter(_tops(words)), words[0]), (), words, is_one=False)


def _sentences(contents: Sequence[Span]) -> Iterator[tuple[Token, ...]]:
    """The tokens of a content, sentence by sentence; a sentence that the cue interrupts is one."""
    words: list[Token] = []
    for token in (t for content in contents for t in content):
        if words and any(token.doc[i].is_sent_start for i in range(words[-1].i + 1, token.i + 1)):
            yield tuple(words)
            words = []
        words.append(token)
    yield tuple(words)


def _clause(words: tuple[Token, ...], own: Own) -> ContentClause | None:
    tops = _tops(words)
    if tops and len(words) < 4 and all(t.lower_ in _NO for t in words if is_word(t)):
        return ContentClause(tops[0], (), words)
    result = _after_inverted(words)
    if result is not None:
        held, root = _looked_through(result, words, own)
        return ContentClause(root, held, words, inverted=True)
    clauses = [t for t in tops if is_predicate(t)] or [t for top in tops for t in _infinitives(top, words)]
    main = next((t for t in clauses if not is_subordinate(t)), next(iter(clauses), None))
    if main is None:
        return None
    held, root = _looked_through(main, words, own)
    return ContentClause(root, held, words)


def _tops(words: Sequence[Token]) -> list[Token]:
    """The words that hang on nothing inside."""
    inside = {t.i for t in words}
    return [t for t in words if is_word(t) and (t.head.i not in inside or t.head.i == t.i)]


def _infinitives(noun: Token, words: Sequence[Token]) -> Iterator[Token]:
    """Infinitives on a noun, and what it is the subject of: "Russia to leave" may be parsed so."""
    inside = {t.i for t in words}
    for child in noun.children:
        to = any(c.lower_ == "to" and c.dep_ == "mark" for c in child.children)
        if child.i in inside and child.i > noun.i and (to or _is_cut_off(child)):
            yield child


def _is_cut_off(clause: Token) -> bool:
    """Whether a clause hangs on the noun that is its subject: "praise | would not affect him"."""
    opened = any(c.dep_ == "mark" or c.tag_ in _ASKING or c.dep_.startswith("nsubj") for c in clause.children)
    modal = any(c.tag_ == "MD" and c.dep_.startswith("aux") for c in clause.children)
    return clause.dep_ == "acl" and modal and not opened


def _after_inverted(words: Sequence[Token]) -> Token | None:
    """The main word behind a condition that inversion makes: "Should the court …, we will appeal"."""
    plain = [t for t in words if is_word(t)]
    if len(plain) < 3 or plain[0].lower_ not in _INVERTED or plain[1].pos_ not in _SUBJECTS:
        return None
    comma = next((t.i for t in words if t.text == "," and t.i > plain[1].i), None)
    if comma is None or not any(t.i > comma and t.lower_ in _RESULTS for t in words):
        return None
    behind = [t for t in words if t.i > comma and is_predicate(t) and not t.dep_.startswith(("aux", "cop"))]
    return min(behind, key=lambda t: (sum(1 for _ in t.ancestors), t.i), default=None)


def _looked_through(main: Token, words: Sequence[Token], own: Own) -> tuple[tuple[Token, ...], Token]:
    """Predicates that only hold a clause, and the main word of the clause they hold."""
    inside = {t.i for t in words}
    held: list[Token] = []
    while len(held) < _DEEPEST:
        below = next((c for c in (*_complements(main), *_beside(main)) if c.i in inside), None)
        if below is None or not _only_holds(main, own):
            break
        held.append(main)
        main = below
    return tuple(held), main


def _beside(predicate: Token) -> Iterator[Token]:
    """The clause right behind a predicate without complement that the tree puts beside it: "he hopes | it sends …"."""
    for other in predicate.head.children:
        if other.dep_ == predicate.dep_ == "ccomp" and other.left_edge.i == predicate.i + 1 and is_predicate(other):
            yield other


def only_holds(predicate: Token, own: Own) -> bool:
    """Whether a predicate says nothing but that the speaker holds the clause below it: "I think", "it is true that".

    An infinitive is none: "she wants to go" says what she wants.
    """
    return any(c.dep_ != "xcomp" for c in _complements(predicate)) and _only_holds(predicate, own)


def _complements(predicate: Token) -> Iterator[Token]:
    """The clauses that complete a predicate, or the noun that is its subject ("there is no doubt that …")."""
    for child in predicate.children:
        that = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
        clause = child.dep_ in _COMPLEMENTS or (that and child.dep_ in ("advcl", "acl", "nsubj"))
        if child.i > predicate.i and clause and is_predicate(child):
            yield child
        if child.lower_ in _BEYOND_DOUBT:
            yield from (c for c in child.children if c.i > child.i and c.dep_.startswith("acl"))


def _only_holds(predicate: Token, own: Own) -> bool:
    if _is_beyond_doubt(predicate):
        return True
    if is_negated(predicate):
        return False
    subject = next((c for c in predicate.children if c.dep_.startswith(("nsubj", "expl", "csubj"))), None)
    impersonal = subject is not None and (subject.lower_ == "it" or subject.dep_.startswith("expl"))
    if impersonal and (predicate.lower_ in _IMPERSONAL or is_form_of(predicate, _RAISING)):
        return True
    if not (is_form_of(predicate, _ATTITUDES) or predicate.lower_ in _MOODS):
        return False
    if subject is None:
        return not any(c.dep_ == "aux:pass" for c in predicate.children)
    return subject.dep_ in ("nsubj", "expl") and (subject.lower_ in FIRST_PERSON or own(subject))


def _is_beyond_doubt(predicate: Token) -> bool:
    """ "There is no doubt that …"."""
    nouns = [c for c in (predicate, *predicate.children) if c.lower_ in _BEYOND_DOUBT]
    return any(c.lower_ == "there" for c in predicate.children) and any(
        c.lower_ in ("no", "little") for noun in nouns for c in noun.children
    )
