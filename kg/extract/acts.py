"""The act of a claim: what the speaker does with the content, from the cue in its context.

A cue that names an act decides ("warned"), with what complements it ("wants to pay", "wants Rome to pay"). A neutral
one ("said") leaves it to the clause of the content that counts, which must itself be the act: a question, a command, "I
promise", "he lied", "she hopes …". "Called it a shame" is decided by the judgement. The tests and their order are those
of the project's annotation guideline (tests/gold/reading/GUIDELINE.md, act).
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import is_form_of, is_negated
from kg.extract.contentclause import FIRST_PERSON, ContentClause, Own, is_word
from kg.extract.lexicon import Cue, Judgement, cue_of, judgements, lemmas_of, titles
from kg.extract.modality import is_imperative
from kg.model import Act, Modality

_DESIRE = frozenset({"want", "wish", "like", "prefer", "love", "desire", "need", "wanna"})
_TURNING_DOWN = frozenset({"refuse", "decline", "refusal", "unwilling", "unwillingness"})
_SPEAKING = frozenset(
    """
    address answer call comment confirm describe detail disclose discuss elaborate explain give identify name offer
    provide release reveal say specify speculate speak state talk tell
    """.split()
)
_SCORNING = frozenset("challenge deride lampoon laugh mock ridicule rubbish scoff scorn trash".split())
_OPENING = frozenset({"suggest", "insist", "propose", "insistent", "adamant", "agree"})
_ASKING = frozenset({"ask", "demand", "press", "want", "beg", "challenge", "plead", "implore", "appeal"})
_ASKED = frozenset("whether if how why what who whom whose which when where about".split())
_BEING = frozenset({"are", "have", "were", "do", "'re", "’re", "need"})
_FUTURE = frozenset("will wo 'll ’ll shall would 'd ’d going".split())
_PERFORMED: frozenset[Act] = frozenset({"promise", "request", "denial", "warning", "praise"})
_ATTITUDES: frozenset[Act] = frozenset({"belief", "feeling", "intention"})
_MOODS = frozenset({"hope", "wish", "worry", "fear", "feel"})
_KNOWING = frozenset("know understand realize realise recognize recognise remember see hear learn look".split())
_READY = frozenset({"open", "aware", "conscious"})  # says more than what one thinks
_PEOPLE = frozenset(
    """
    administration campaign company congressman congresswoman firm government guy lady man minister ministry mayor
    party person politician regime woman
    """.split()
)
_PAST = frozenset({"VBD", "VBN"})
_PERSONS = frozenset({"he", "she", "they", "you"})
_DEFINITE = frozenset({"the", "this", "that"})
_THINGS = frozenset({"it", "this", "that", "these", "those", "which"})
_UNTRUE = frozenset({"true", "correct", "accurate", "right", "happen"})
_INVOLVED = frozenset("involve know aware do have be take give say meet make see receive commit tell pay use".split())
_ALLEGED = frozenset(
    """
    accusation accuse alleged allegation allegations allegedly accusations accused accuses accusing allege alleges claim
    claimed claims charge charged charges charging critics criticism deny denied denies denying rumors rumours report
    reports suspicion suspected blamed blame
    """.split()
)
_ACCUSED = frozenset({"accused", "accusation", "accusations", "alleged", "allegation", "allegations", "charged"})
_STILL = frozenset({"asserted", "possible"})
_CONTEXT = 80  # tokens before a content in which an allegation is looked for


def cue_act(cue: Span | None, row: Cue | None, clause: ContentClause, direct: bool) -> Act | None:
    """The act that a cue names, with its complement; None when it leaves the act to the content.

    `direct` tells whether the content is a quotation.
    """
    if cue is None or row is None or row.tells == "clause":
        begins = direct and clause.first_word.text[0].isupper()  # "“To repeat myself, …”"
        return None if begins else _neutral(row, clause)
    if row.tells == "judgement":
        return _judged(clause) or "statement"
    if direct and clause.is_question and (row.words[0] in _ASKING or row.act == "statement"):
        return "question"
    act = _complemented(row, clause) or row.act
    if act in ("accusation", "denial") and row.words[0] in _SCORNING:
        return "denial" if _is_about_claim(cue, clause) else "accusation"
    return act


def _neutral(row: Cue | None, clause: ContentClause) -> Act | None:
    """Requests that a neutral cue makes by its complement: "told them to wait", "insists that he go"."""
    if row is not None and clause.is_one and not clause.held:
        if row.words[0] == "assure":
            return "promise" if _auxiliaries(clause.root) & _FUTURE else "statement"
        if _is_infinitive(clause.root) and not _has_subject(clause):
            return "request"
        if row.words[0] in _OPENING and _is_subjunctive(clause.root):
            return "request"
    return None


def _complemented(row: Cue, clause: ContentClause) -> Act | None:
    """What the form of the complement makes of a cue, where it changes the act."""
    verb, first = row.words[0], clause.first_word
    infinitive = clause.is_one and _is_infinitive(clause.root)
    if not _DESIRE.isdisjoint(row.words) and row.act in ("intention", "feeling", "question"):
        if infinitive and not _has_subject(clause):
            return "question" if clause.root.lemma_ in ("know", "hear", "learn") else "intention"
        return "request" if infinitive and (row.act == "intention" or "would" in row.words) else None
    if verb in _TURNING_DOWN:
        to = infinitive or _is_infinitive(clause.root)  # "declined to comment": the last word may be taken for a noun
        if (to and is_form_of(clause.root, _SPEAKING)) or any(w in _SPEAKING for w in row.words):
            return "statement"
        return "intention" if to else None
    if verb == "question" and row.act == "question":
        asked = first.lower_ in _ASKED or clause.is_question or first.nbor(-1).lower_ in _ASKED if first.i else False
        return "question" if asked else "accusation"
    if verb == "consider" and first.tag_ == "VBG" and not _has_subject(clause):
        return "intention"
    if verb == "feel":
        return "belief" if clause.is_one and _has_subject(clause) else None
    if verb == "propose" and infinitive and not _has_subject(clause):
        return "intention"
    if verb == "suggest":
        plural = clause.is_one and clause.root.tag_ == "VBP" and not _auxiliaries(clause.root)  # "that they wait"
        asks = not clause.is_one or _is_subjunctive(clause.root) or first.tag_ == "VBG"
        return "request" if asks or (plural and clause.root.lower_ not in _BEING) else "statement"
    if verb == "agree":
        return "promise" if infinitive else None
    if verb == "warn":
        return "warning"
    return None


def _is_infinitive(root: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "mark" and c.i < root.i for c in root.children)


def _is_subjunctive(root: Token) -> bool:
    """ "That he go", "that it be done", "that it should be done"."""
    auxiliaries = [c for c in root.children if c.dep_.startswith(("aux", "cop"))]
    subject = any(c.dep_.startswith("nsubj") for c in root.children)
    if any(c.lower_ == "should" for c in auxiliaries):
        return True
    bare = root.tag_ == "VB" and not any(c.tag_ == "MD" or c.lower_ in ("do", "does", "did", "to") for c in auxiliaries)
    return subject and (bare or any(c.lower_ == "be" and c.tag_ == "VB" for c in auxiliaries[:1]))


def _has_subject(clause: ContentClause) -> bool:
    """Whether a subject stands before the verb of the clause, or a noun before its "to"."""
    root = clause.root
    if any(c.dep_.startswith("nsubj") for c in root.children):
        return True
    to = next((c.i for c in root.children if c.lower_ == "to" and c.dep_ == "mark"), root.i)
    return any(t.pos_ in ("NOUN", "PROPN", "PRON") and t.i < to for t in clause.words)


def _judged(clause: ContentClause) -> Act | None:
    """The act of calling something good, bad or untrue: by the last word that judges."""
    words = [t for t in clause.words if is_word(t)]
    found = [(t, c) for t in words for c in _classes(t) if c in ("good", "bad", "false", "wrong")]
    if not found:
        return None
    last = found[-1][0]
    classes = {c for t, c in found if t.i == last.i}
    if _is_turned(last):
        classes = {"bad"} if "good" in classes else {"good"} if "bad" in classes else classes
    if "false" in classes:
        about = any("claim" in _classes(t) for t in words if t.i < last.i)
        return "denial" if about or last.lemma_ in ("lie", "hoax", "myth", "untrue", "false") else "accusation"
    return "praise" if "good" in classes else "accusation"


def _is_turned(word: Token) -> bool:
    return any(t.lower_ in ("not", "no", "never", "without", "hardly") for t in word.doc[max(word.i - 3, 0) : word.i])


def _classes(token: Token) -> frozenset[Judgement]:
    found: set[Judgement] = set()
    for lemma in lemmas_of(token.lower_) | {token.lemma_}:
        found |= judgements().get(lemma, {}).keys()
    return frozenset(found)


def _strong(token: Token, judgement: Judgement) -> bool:
    return any(judgements().get(lemma, {}).get(judgement) for lemma in lemmas_of(token.lower_) | {token.lemma_})


def _is_about_claim(cue: Span, clause: ContentClause) -> bool:
    """Whether a claim is what is turned down: "mocked the allegation that …"."""
    words = [*cue, *[t for t in clause.words if t.i <= clause.words[0].i + 4]]
    return any("claim" in _classes(t) and t.pos_ == "NOUN" for t in words)


def content_act(clause: ContentClause, modality: Modality, own: Own, direct: bool) -> Act:
    """The act of a claim whose cue is neutral: that of the clause, if it is one itself, else a statement."""
    if clause.is_question:
        return "question"
    if is_imperative(clause) and direct:
        return _commanded(clause.root)
    subject = _subject(clause.predicates[0])
    performed = _performed(clause, subject, own, direct)
    if performed in ("request", "promise", "denial"):
        return performed
    inner = _subject(clause.root)
    if _is_addressed_duty(clause, inner, direct):
        return "request"
    if _is_denied(clause, inner, own):
        return "denial"
    if performed is not None and performed not in ("belief", "intention", "feeling"):
        return performed
    if modality in ("asserted", "possible", "conditional", "intended") and _is_warning(clause, modality, inner, own):
        return "warning"
    if performed is None and modality in _STILL:
        judged = _judging(clause, inner, own)
        if judged is not None:
            return judged
    return performed or ("intention" if modality == "intended" else "statement")


def _subject(predicate: Token) -> Token | None:
    return next((c for c in predicate.children if c.dep_.startswith(("nsubj", "csubj"))), None)


def _commanded(root: Token) -> Act:
    if is_form_of(root, frozenset({"thank", "congratulate", "bless"})):
        return "praise"
    return "warning" if is_form_of(root, frozenset({"beware"})) else "request"


def _performed(clause: ContentClause, subject: Token | None, own: Own, direct: bool) -> Act | None:
    """The act that the speaker performs or the attitude they own to in the clause: "I promise", "she hopes"."""
    top = clause.predicates[0]
    opening = _opening_act(clause) if direct else None
    if opening is not None:
        return opening
    if subject is None:
        thanks = is_form_of(clause.root, frozenset({"thank", "thanks", "congratulation"}))
        return "praise" if thanks else None
    if subject.dep_ == "nsubj:pass" or not (subject.lower_ in FIRST_PERSON or own(subject)):
        return None
    row = cue_of([(top.lower_, top.pos_)], [(t.lower_, t.pos_) for t in top.doc[top.i + 1 : top.i + 6]])
    if row is None or row.act in ("statement", "question") or row.light:
        return None
    if clause.held and is_form_of(top, _MOODS):
        return "belief" if is_form_of(top, frozenset({"feel"})) else "feeling"
    auxiliaries = _auxiliaries(top)
    if row.act == "belief" and (is_form_of(top, _KNOWING) or top.lower_ in _READY):
        return None
    if row.act in _ATTITUDES:
        modal = auxiliaries - {
            "do",
            "does",
            "did",
            "am",
            "is",
            "are",
            "was",
            "were",
            "be",
            "have",
            "has",
            "had",
            "been",
        }
        if row.act == "intention":
            return "intention" if not modal and not is_negated(top) else None
        return row.act if not {m for m in modal if m not in ("n't", "'m", "'re", "'ve", "’m", "’re", "’ve")} else None
    if is_negated(top) or auxiliaries & {"would", "will", "could", "did", "had", "'d", "’d", "should", "may", "might"}:
        return None
    if top.tag_ in _PAST and (direct or auxiliaries):
        return None
    return row.act if row.act != "denial" or top.tag_ not in _PAST else "denial"


def _opening_act(clause: ContentClause) -> Act | None:
    """The act of "I promise …", "we call on …", "you have my word" at the beginning, whatever the parse."""
    words = [t for t in clause.words if is_word(t) and t.pos_ not in ("ADV", "INTJ", "CCONJ")][:4]
    lower = [t.lower_ for t in words]
    if lower[1:4] in (["have", "my", "word"], ["have", "our", "word"]):
        return "promise"
    if len(words) < 2 or lower[0] not in FIRST_PERSON or words[1].tag_ not in ("VBP", "VB"):
        return None
    row = cue_of([(t.lower_, t.pos_) for t in words[1:3]], [(t.lower_, t.pos_) for t in words[3:]])
    performed = row is not None and not row.light and words[1].lower_ in lemmas_of(row.words[0])
    return row.act if row is not None and performed and row.act in _PERFORMED else None


def _auxiliaries(predicate: Token) -> set[str]:
    return {c.lower_ for c in predicate.children if c.dep_.startswith(("aux", "cop")) or c.tag_ == "MD"}


def _is_addressed_duty(clause: ContentClause, subject: Token | None, direct: bool) -> bool:
    """ "You should resign": a duty of whom is spoken to, in their own presence."""
    if subject is None or subject.lower_ != "you" or not direct or clause.held or is_negated(clause.root):
        return False
    duty = _auxiliaries(clause.root) & {"should", "must", "ought"}
    needs = is_form_of(clause.root, frozenset({"need", "have", "get", "got"})) and any(
        c.dep_ == "xcomp" for c in clause.root.children
    )
    return bool(duty) or needs


def _is_denied(clause: ContentClause, subject: Token | None, own: Own) -> bool:
    """Whether the clause says that a claim is untrue, or negates of the speaker what others allege before it."""
    root = clause.root
    if not clause.is_one or subject is None:
        return not clause.is_one and any("false" in _classes(t) and _strong(t, "false") for t in clause.words[:4])
    claimed = subject.lower_ in _THINGS or "claim" in _classes(subject)
    predicate = "false" in _classes(root) and (root.pos_ in ("ADJ", "NOUN") or root.tag_ == "VBN")
    untrue = is_negated(root) and (root.lemma_ in _UNTRUE or root.lower_ == "case")
    if claimed and ((predicate and not is_negated(root)) or untrue):
        return True
    if not (subject.lower_ in FIRST_PERSON or own(subject)) or not is_negated(root) or clause.held:
        return False
    past = root.tag_ in _PAST or bool(_auxiliaries(root) & {"did", "had", "has", "have", "was", "were", "'ve", "’ve"})
    return past and is_form_of(root, _INVOLVED | _wrongs()) and _is_alleged(root.doc, clause.words[0].i)


def _wrongs() -> frozenset[str]:
    return frozenset(word for word, classes in judgements().items() if "wrong" in classes)


def _is_alleged(doc: Doc, at: int) -> bool:
    """Whether somebody alleges something before, or is told in the sentence itself to be accused."""
    before = any(t.lower_ in _ALLEGED for t in doc[max(at - _CONTEXT, 0) : at])
    return before or any(t.lower_ in _ACCUSED for t in doc[at].sent)


def _is_warning(clause: ContentClause, modality: Modality, subject: Token | None, own: Own) -> bool:
    """Whether the clause announces harm to come: "the dam will burst", "if you cross, we shoot"."""
    root = clause.root
    if is_negated(root) or clause.held or "harm" not in _classes(root):
        return False
    mine = subject is not None and (subject.lower_ in FIRST_PERSON or own(subject))
    if mine:
        return modality == "conditional" and any(t.lower_ == "you" for t in clause.words)
    coming = _auxiliaries(root) & (_FUTURE | {"could", "may", "might", "can"})
    return bool(coming) and "have" not in _auxiliaries(root)


def _judging(clause: ContentClause, subject: Token | None, own: Own) -> Act | None:
    """Praise or accusation, when the clause judges a person, body or deed."""
    root = clause.root
    if not clause.is_one:
        return _fragment(clause)
    if subject is None or is_negated(root):
        return None
    mine = subject.lower_ in FIRST_PERSON or own(subject)
    predicative = any(c.dep_ == "cop" for c in root.children)
    judged = [root, *(c for c in root.children if c.dep_ == "amod")] if predicative else [root]
    if mine:
        return None
    if predicative and any(_strong(t, "good") for t in judged):
        return "praise"
    if not _is_somebody(subject):
        return None
    if not predicative and root.pos_ == "VERB" and any(_strong(t, "wrong") for t in judged) and _is_done(root):
        return "accusation"
    if not predicative and is_form_of(root, frozenset({"break"})):
        broken = {c.lower_ for c in root.children if c.dep_ == "obj"}
        return "accusation" if broken & {"law", "laws", "promise", "promises", "word", "rules", "oath"} else None
    if predicative and any(_strong(t, "bad") or _strong(t, "wrong") for t in judged):
        return "accusation"
    return None


def _is_done(root: Token) -> bool:
    """Whether somebody did it: no passive, no modal."""
    return not any(c.dep_ == "aux:pass" for c in root.children) and not (
        _auxiliaries(root) & (_FUTURE | {"could", "may", "might", "can", "should", "must"})
    )


def _is_somebody(subject: Token) -> bool:
    if subject.pos_ == "NOUN":  # "this man", "the government"
        known = subject.lower_ in _PEOPLE or subject.lower_ in titles()
        return known and any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in subject.children)
    return subject.lower_ in _PERSONS or subject.pos_ == "PROPN" or subject.ent_type_ in ("PER", "ORG", "LOC")


def _fragment(clause: ContentClause) -> Act | None:
    """A cry: "Lovely, just lovely", "A disgrace"."""
    words = [t for t in clause.words if is_word(t)]
    if len(words) > 8:
        return None
    if any(_strong(t, "good") for t in words):
        return "praise"
    return "accusation" if any(_strong(t, "bad") for t in words) else None
