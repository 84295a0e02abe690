"""Whether a claim is negative; whether its content is asserted, possible, necessary, intended, conditional or asked.

Both are read off the clause of the content that counts (`kg.extract.contentclause`) and the cue. Of several modal words
the leftmost decides, but "will" and "would" let the next one through ("will have to"). The order of the tests, and what
they look for, are those of the project's annotation guideline (tests/gold/reading/GUIDELINE.md, polarity-modality).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from kg.extract.clauses import NEGATORS, NOTHING, head_of, is_form_of, is_negated
from kg.extract.contentclause import FIRST_PERSON, ContentClause, Own, is_word
from kg.extract.lexicon import Cue
from kg.model import Act, Modality, Polarity

_STOPPING = frozenset({"decline", "refuse"})
_SPEAKING = frozenset(
    """
    address answer call comment confirm describe detail disclose discuss elaborate explain give identify name offer
    provide release reveal say specify speculate speak state talk tell
    """.split()
)
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_NECESSARY = frozenset({"must", "should", "ought"})
_NEEDING = frozenset({"need", "have"})
_NECESSARILY = frozenset({"necessary", "essential", "imperative", "vital", "crucial"})
_MAYBE = frozenset("perhaps maybe possibly possible probably probable likely unlikely potentially conceivably".split())
_SEEMING = frozenset({"seem", "appear"})
_WISHING = frozenset({"hope", "fear", "worry", "doubt", "suspect", "wish", "dread"})
_DREADING = frozenset({"doubt", "fear", "worry", "suspect", "dread"})
_WISHFUL = frozenset({"hopeful", "afraid", "worried", "fearful", "doubtful"})
_INTENDING = frozenset("agree aim decide hope intend mean offer plan pledge promise resolve vow want wish".split())
_FUTURE = frozenset({"will", "wo", "'ll", "’ll", "shall", "sha"})
_FUTURE_IN_PAST = frozenset({"would", "'d", "’d"})
_NO_ACTION = frozenset(
    """
    be become benefit cost depend deserve die exist face fail fall find forget get happen have know lack lead like live
    lose love matter mean miss need remain remember rise see seem stay succeed suffer survive understand win
    """.split()
)
_WHETHER = frozenset({"whether", "if"})
_CONDITIONS = frozenset({"if", "unless"})
_BEFORE_IF = frozenset({"even", "as"})
_PROVIDED = frozenset({"provided", "providing", "assuming", "supposing"})
_ON_CONDITION = tuple(
    tuple(phrase.split())
    for phrase in (
        "as long as", "so long as", "on condition", "on the condition", "in the event", "in case of", "only if",
        "but for",
    )
)  # fmt: skip
_WONDERING = frozenset("ask know see wonder doubt say tell check decide determine care question clear sure".split())
_OPENING = frozenset({"with", "without", "given", "absent", "barring"})
_POLITE = frozenset({"please", "and", "so", "then", "just", "now", "but", "always", "never", "do", "not", "n't", "n’t"})
_CHAIN = frozenset("appear go have need seem tend use happen able likely unlikely set due bound".split())
_HAD = frozenset({"had", "'d", "’d"})
_WITHIN = 5  # tokens beside a cue in which its negation is looked for


def polarity_of(clause: ContentClause, cue: Span | None, source: Span | None, contents: Sequence[Span]) -> Polarity:
    """Negative when the clause that counts is negated, or the cue ("did not say", "declined to say")."""
    negated = (
        (clause.is_one and any(map(is_negated, _chain(clause.root))))
        or clause.root.lower_ in ("no", "nope", "never")
        or (not clause.is_one and clause.first_word.lower_ in (NEGATORS | NOTHING))
    )
    return "negative" if negated or (cue is not None and _is_cue_negated(cue, source, contents)) else "positive"


def _chain(root: Token) -> Iterator[Token]:
    """A predicate, and the infinitives below the words that only colour them: "does not appear | to be a link"."""
    yield root
    while is_form_of(root, _CHAIN) or root.lower_ in _CHAIN:
        below = next((c for c in root.children if c.dep_ == "xcomp" and c.i > root.i), None)
        if below is None:
            return
        yield below
        root = below


def _is_cue_negated(cue: Span, source: Span | None, contents: Sequence[Span]) -> bool:
    content = {i for span in contents for i in range(span.start, span.end)}
    verb = head_of(cue)
    near = [i for i in range(cue.start - _WITHIN, cue.end + 2) if i not in content]
    if verb.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and is_negated(verb, near):
        return True
    if any(t.lower_ in ("not", "n't", "n’t", "never", "neither", "nor") and not _is_only(t) for t in cue):
        return True
    if source is not None and source[0].lower_ in (NOTHING | {"no", "neither"}):
        return True
    if is_form_of(verb, _STOPPING) or any(is_form_of(t, _STOPPING) for t in cue):
        return any(t.tag_ == "VB" and is_form_of(t, _SPEAKING) for t in cue.doc[cue.start : cue.end + 3])
    return cue.text.lower().startswith(("stopped short", "stop short", "stops short", "stopping short"))


def _is_only(negator: Token) -> bool:
    return any(t.lower_ in ("only", "just", "merely") for t in negator.doc[negator.i + 1 : negator.i + 2])


def modality_of(
    clause: ContentClause, act: Act, row: Cue | None, own: Own, direct: bool = False, promised: bool = False
) -> Modality:
    """How the clause that counts is meant.

    `act` and `row` are the cue's; `own` tells which subjects are the speaker. In a `direct` quotation "would" is no
    reported "will".
    """
    if act == "question" or clause.is_question:
        return "asked"
    if _is_conditional(clause):
        return "conditional"
    found = _leftmost(clause)
    if found == "necessary" or (found is None and _is_request(clause, act)):
        return "necessary"
    if found is None and _is_intended(clause, act, row, own, direct):
        return "intended"
    if found == "possible" or _is_wished(clause, row):
        return "possible"
    return "asserted"


def _is_conditional(clause: ContentClause) -> bool:
    if clause.inverted:
        return True
    predicates = {t.i for p in clause.predicates for t in _chain(p)}
    first = clause.first_word
    auxiliaries = _auxiliaries(clause.root)
    results = auxiliaries & (_FUTURE | _FUTURE_IN_PAST | _POSSIBLE | _NECESSARY)
    for token in clause.words:
        word = token.lower_
        if word in _CONDITIONS and not (token.i and token.nbor(-1).lower_ in _BEFORE_IF):
            verb = token.head
            fronted = token.i < clause.root.i and token.i - first.i <= 1 and verb.i != clause.root.i
            if fronted or (verb.dep_.startswith("advcl") and verb.i not in predicates and verb.head.i in predicates):
                return True
        if _is_condition(token, clause, first, results):
            return True
        if word == "otherwise" and token.i == first.i and token.head.i in predicates:
            return True
    possible = not auxiliaries.isdisjoint(_FUTURE | _FUTURE_IN_PAST | _POSSIBLE)
    return possible and any(_is_without(c) for c in clause.root.children)


def _is_condition(token: Token, clause: ContentClause, first: Token, results: set[str]) -> bool:
    """Whether a condition begins here that the parse need not show: "as long as", "provided that", an "if" behind.

    `results` are the auxiliaries of the clause that counts which tell of what a condition leads to.
    """
    word = token.lower_
    if word in _PROVIDED and (token.i == first.i or _are_next(token, (word, "that"))):
        return True
    if any(word == phrase[0] and _are_next(token, phrase) for phrase in _ON_CONDITION):
        return _is_of_first(token, clause)
    if word in _CONDITIONS and token.i > clause.root.i and results:
        asked = is_form_of(token.nbor(-1), _WONDERING) or token.nbor(-1).lower_ in _BEFORE_IF
        return not asked and _is_of_first(token, clause)
    return word in _OPENING and token.i - first.i in (0, 1) and bool(results & _FUTURE_IN_PAST)


def _are_next(token: Token, words: Sequence[str]) -> bool:
    """Whether these words stand here, the first at the token."""
    return [t.lower_ for t in token.doc[token.i : token.i + len(words)]] == list(words)


def _is_of_first(token: Token, clause: ContentClause) -> bool:
    """Whether no coordinated clause stands between the clause that counts and a condition behind it."""
    return not any(c.dep_ == "conj" and clause.root.i < c.i < token.i for c in clause.root.children)


def _is_without(oblique: Token) -> bool:
    return oblique.dep_.startswith(("obl", "advcl")) and any(c.lower_ == "without" for c in oblique.children)


def _auxiliaries(predicate: Token) -> set[str]:
    return {c.lower_ for c in predicate.children if c.dep_.startswith("aux") or c.tag_ == "MD"}


def _leftmost(clause: ContentClause) -> Modality | None:
    """Necessary or possible, by the leftmost word of the clause that says either; None without one."""
    found = sorted({(t.i, m) for p in clause.predicates for t, m in _modal_words(p)})
    return found[0][1] if found else None


def _modal_words(predicate: Token) -> Iterator[tuple[Token, Modality]]:
    for token in _chain(predicate):
        if token.lower_ in _MAYBE or token.lower_ == "able" or is_form_of(token, _SEEMING):
            yield token, "possible"
        elif token.lower_ in _NECESSARILY or _is_to_be_done(token):
            yield token, "necessary"
        for child in token.children:
            word = child.lower_
            modal = child.tag_ == "MD" or child.dep_.startswith(("aux", "cop"))
            if (modal and word in _POSSIBLE) or (word in _MAYBE and child.dep_.startswith(("advmod", "obl"))):
                yield child, "possible"
            elif (modal and (word in _NECESSARY or _is_to_be_done(child))) or _is_had_better(child, token):
                yield child, "necessary"


def _is_had_better(better: Token, verb: Token) -> bool:
    return better.lower_ == "better" and better.i < verb.i and better.nbor(-1).lower_ in _HAD


def _is_to_be_done(token: Token) -> bool:
    """ "Have to", "need to", "it is time to", "they are to"; "had better" where it is taken for a main verb."""
    if token.lower_ in _HAD and token.i + 1 < len(token.doc) and token.nbor().lower_ == "better":
        return True
    known = is_form_of(token, _NEEDING) or token.lower_ in ("time", "is", "are", "was", "were")
    return known and _before_infinitive(token)


def _before_infinitive(token: Token) -> bool:
    """Whether "to" and a verb stand right behind a word, "not" or an adverb between them or not."""
    following = [t for t in token.doc[token.i + 1 : token.i + 5] if t.pos_ != "ADV" and t.dep_ != "advmod"]
    return len(following) > 1 and following[0].lower_ == "to" and following[1].tag_ == "VB"


def _is_request(clause: ContentClause, act: Act) -> bool:
    """Whether another is to do it: under a cue of asking or ordering, an imperative, or an infinitive of warning."""
    if act == "request":
        return True
    to = any(c.lower_ == "to" and c.dep_ == "mark" for c in clause.root.children)
    if act == "warning" and clause.is_one and to and not clause.held:
        return True
    return is_imperative(clause)


def is_imperative(clause: ContentClause) -> bool:
    """Whether the clause is a command or "let us": the bare verb first, without a subject."""
    root = clause.root
    if clause.held or root.tag_ not in ("VB", "VBP") or not clause.is_one:
        return False
    if any(c.dep_.startswith(("nsubj", "csubj", "expl")) or (c.dep_ == "mark" and c.i < root.i) for c in root.children):
        return False
    if not _auxiliaries(root) <= {"do", "please"}:
        return False
    before = [t for t in clause.words if t.i < root.i and is_word(t)]
    return all(t.lower_ in _POLITE or t.dep_ in ("vocative", "discourse") or t.pos_ == "INTJ" for t in before)


def _is_intended(clause: ContentClause, act: Act, row: Cue | None, own: Own, direct: bool) -> bool:
    """Whether the speaker, or whom they speak for, means to do it."""
    root = clause.root
    subject = next((c for c in root.children if c.dep_.startswith("nsubj")), None)
    to = any(c.lower_ == "to" and c.dep_ == "mark" and c.i < root.i for c in root.children)
    if row is not None and row.words[0] in _DREADING and not to:
        return False
    if clause.held:
        return is_form_of(clause.held[-1], _INTENDING) and (to or root.dep_ == "xcomp") and subject is None
    if act in ("promise", "intention") or (row is not None and row.words[0] == "threaten" and to):
        return True
    if subject is None or (not direct and clause.opens_question):
        return False
    mine = subject.lower_ in FIRST_PERSON or own(subject)
    if not mine:
        return False
    if is_form_of(root, _INTENDING) and _before_infinitive(root):
        return True
    acts = not is_form_of(root, _NO_ACTION) and not any(c.dep_ in ("cop", "aux:pass") for c in root.children)
    auxiliaries = _auxiliaries(root)
    if root.lower_ == "going" and _before_infinitive(root):
        infinitive = next((c for c in root.children if c.dep_ == "xcomp"), None)
        return infinitive is None or not is_form_of(infinitive, _NO_ACTION)
    future = auxiliaries & _FUTURE or (not direct and auxiliaries & _FUTURE_IN_PAST)
    return acts and bool(future)


def _is_wished(clause: ContentClause, row: Cue | None) -> bool:
    if row is not None and row.words[0] in _WISHING:
        return True
    if any(is_form_of(h, _WISHING) or h.lower_ in _WISHFUL for h in clause.held):
        return True
    return clause.is_one and clause.first_word.lower_ in _WHETHER
