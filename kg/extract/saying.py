"""What a verb or noun of speech or thought says, and who says it, by the tree: source, cue and content.

The table `data/speech.tsv` tells how contents stand. Where the tree errs, the order of the words helps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from kg.extract.clauses import noun_phrase, subject_of
from kg.extract.quotes import Quotes
from kg.extract.speech import Speech, is_speech_noun, speech_of
from kg.extract.tree import ADJUNCTS

_FIRST_PERSON = frozenset({"i", "we"})
_NOBODY = frozenset("you anyone anybody nobody someone somebody everyone everybody one it there this that what".split())
_SAYING = frozenset({"say", "tell", "suggest", "argue", "add", "guess", "suppose"})
_HEDGING = frozenset({"would", "'d", "’d", "must", "can", "could", "will", "'ll", "’ll", "should", "may", "might"})
_CONDITIONS = frozenset({"if", "unless"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "obj", "acl", "parataxis", "conj"})
_REASONS = frozenset({"because", "when", "while", "after", "before", "since", "although", "though", "as"})
_OPENERS = frozenset({"that", "whether", "if"})
_QUESTIONS = frozenset({"WP", "WRB", "WDT", "WP$"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_UPON = frozenset({"on", "upon"})
_GOVERNED = frozenset({"of", "for", "as", "about", "against", "with"})
_AFTER_NAMING = frozenset({"describe", "portray", "characterize", "characterise", "depict", "liken", "compare"})
_MINDS = frozenset({"assured", "convinced", "persuaded"})
_BLOWS = frozenset({"attack", "blast"})  # that land on people and organisations as words, on places as bombs
_QUOTATION = re.compile(r"[^.!?;:,“”\"‘’'«»\n]{0,40}[,:]\s*(‘|'(?!')|“|\"|``|'')(?=\w)")
_CLOSING = {"‘": "’", "'": "'", "“": "”", '"': '"', "``": "''", "''": "''"}
_LONGEST_CUE = 6  # tokens
_ADDRESSEE = 3  # tokens between a verb and "that"
_FARTHEST = 40  # tokens between a verb and its subject or clause

Parts = tuple[Span | None, Span, list[Span], bool]
"""Source, cue, pieces of the content, and whether it is an attitude."""


def parts_of_verb(verb: Token, content: Span, quotes: Quotes) -> Parts | None:
    """The claim that a verb of speech or thought makes within some words; None where it makes none."""
    compound = verb.dep_ in ("amod", "compound") or (verb.i and verb.nbor(-1).text == "-")  # "hard-pressed"
    if verb.pos_ != "VERB" or compound or (row := speech_of(verb)) is None:
        return None
    if _is_manner(verb, row):
        return None
    pieces = _content_of(verb, row, content, quotes)
    if not pieces:
        return None
    source, cue = _source_of(verb, content), _cue_of(verb, row)
    if source is not None and source.start < cue.end and cue.start < source.end:
        cue = verb.doc[verb.i : cue.end]
    return source, cue, pieces, row.kind == "attitude" or _is_state_of_mind(verb)


def _is_state_of_mind(verb: Token) -> bool:
    """Whether somebody is convinced or assured of something, by nobody in particular."""
    return (
        verb.tag_ in ("VBN", "JJ") and verb.lower_ in _MINDS and _agent(verb) is None and not _object_of([*verb.rights])
    )


def _is_manner(verb: Token, row: Speech) -> bool:
    """Whether words of speech are only a manner of speaking ("I'd say", "let me tell you"), or thought is supposed."""
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj") and c.i < verb.i), None)
    who = subject.lower_ if subject is not None else ""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_.startswith("aux")}
    if row.kind == "attitude":
        supposed = any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in verb.children)
        return who in _NOBODY or supposed
    if verb.lemma_ not in _SAYING:
        return False
    obliged = is_infinitive(verb) and verb.head.lemma_ in ("have", "must")  # "I have to say"
    return (
        obliged
        or (who in _FIRST_PERSON and bool(auxiliaries & _HEDGING))
        or (verb.i > 1 and verb.nbor(-2).lower_ == "let")
    )


def _content_of(verb: Token, row: Speech, content: Span, quotes: Quotes) -> list[Span]:
    """What is said or thought, by the verb's frames, within the content around it; nothing when none fits."""
    frames = row.frames
    if frames & {"c", "q"} and (quoted := _quotation_after(verb, content)) is not None:
        return [quoted]
    rights = [c for c in verb.rights if c.i < content.end and c.i - verb.i < _FARTHEST]
    for child in rights:
        if child.dep_.split(":")[0] not in _CLAUSES:
            continue
        asks = "i" in frames or ("x" in frames and verb.nbor().lower_ in _UPON)  # "called on them to go"
        fits = ("c" in frames and _is_finite(child, verb)) or (asks and is_infinitive(child))
        if not fits and "g" in frames and row.kind == "speech":
            fits = _is_gerund(child)
        if fits:
            start = _start_of(child, verb)
            judged = _object_of(rights) if frames <= {"g"} else None
            start = min(start, judged.left_edge.i) if judged is not None else start
            return [verb.doc[start : _end_of(child, content)]]
    if row.kind == "speech" and "c" in frames and (opened := _opened_by_that(verb, content)) is not None:
        return [opened]
    return _noun_content(verb, row, content, rights)


def _opened_by_that(verb: Token, content: Span) -> Span | None:
    """ "told them that …", where the tree does not show it: the rest of the sentence from "that" on."""
    doc = verb.doc
    for token in doc[verb.i + 1 : min(verb.i + 2 + _ADDRESSEE, content.end)]:
        if token.lower_ == "that" and token.tag_ == "IN":
            end = next((t.i for t in doc[token.i + 1 : content.end] if t.is_sent_start), content.end)
            return doc[token.i : end]
        if token.pos_ not in ("PRON", "DET", "ADJ", "NOUN", "PROPN"):
            break
    return None


def _noun_content(verb: Token, row: Speech, content: Span, rights: Sequence[Token]) -> list[Span]:
    doc, frames = verb.doc, row.frames
    obj = _object_of(rights)
    if obj is None and "o" in frames and (told := _antecedent(verb, content)) is not None:
        return [told]
    if frames & {"f", "x"}:
        wanted = next((c for c in rights if _case_of(c) == "for" and verb.i < c.left_edge.i <= verb.i + 2), None)
        if wanted is not None and obj in (None, wanted):
            return [doc[wanted.left_edge.i + 1 : _end_of(wanted, content)]]
    if obj is None:
        agent = _agent(verb)
        judged = next((c for c in verb.lefts if c.dep_ == "nsubj:pass"), None) if frames & {"a", "g"} else None
        return [noun_phrase(judged)] if agent is not None and judged is not None else []
    if obj.lower_ in ("it", "that", "this", "so", "what", "which"):
        return []
    end = min(max(c.right_edge.i for c in rights) + 1, content.end)
    if "x" in frames:
        named = any(c.i > obj.i and c.dep_ in ("xcomp", "obj", "ccomp", "obl", "appos") for c in rights)
        return [doc[obj.left_edge.i : end]] if named or _is_named(obj, rights) else []
    if "a" in frames:
        if verb.lemma_ in _BLOWS and obj.ent_type_ not in ("PER", "ORG"):
            return []
        as_ = any(t.lower_ in ("as", "to", "with") for t in doc[obj.i + 1 : end])
        return [doc[obj.left_edge.i : end]] if as_ or verb.lemma_ not in _AFTER_NAMING else []
    if "g" in frames and "c" not in frames:
        governed = any(t.lower_ in ("of", "for") for t in doc[obj.i + 1 : end])
        return [doc[obj.left_edge.i : end]] if governed else []
    return [doc[obj.left_edge.i : _end_of(obj, content)]] if "o" in frames else []


def _antecedent(verb: Token, content: Span) -> Span | None:
    """What a relative clause without a pronoun is about: "the loopholes he cited"."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if verb.dep_ != "acl:relcl" or subject is None or subject.tag_ in _QUESTIONS or not content.start <= verb.head.i:
        return None
    phrase = noun_phrase(verb.head, range(subject.left_edge.i, verb.i + 1))
    between = verb.doc[phrase.end : subject.left_edge.i]
    return phrase if all(t.is_quote or (t.is_punct and t.text != ",") for t in between) else None


def _is_named(obj: Token, rights: Sequence[Token]) -> bool:
    """Whether something is said of an object: "called him a thief"."""
    return any(c.i > obj.i and c.pos_ in ("NOUN", "PROPN", "ADJ") and not _case_of(c) for c in rights)


def _object_of(rights: Sequence[Token]) -> Token | None:
    nouns = [c for c in rights if c.pos_ in ("NOUN", "PROPN", "PRON")]
    bare = (c for c in nouns if c.dep_ == "obl" and not _case_of(c) and c.lower_ not in ADJUNCTS)  # a tree that errs
    return next((c for c in nouns if c.dep_ == "obj"), None) or next(bare, None)


def _case_of(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")


def _is_finite(child: Token, verb: Token) -> bool:
    """Whether a dependent is a clause: with a subject, opened by "that" or "whether", or a question."""
    marks = {c.lower_ for c in child.children if c.dep_ == "mark" and c.i > verb.i}
    if marks & _REASONS:
        return False
    if child.dep_ == "advcl" and _is_untold(child, verb):
        return True
    if child.dep_.split(":")[0] in ("advcl", "acl", "conj", "parataxis", "obj"):
        return bool(marks & {"that", "whether"})
    subject = any(c.dep_.startswith(("nsubj", "expl", "csubj")) and c.i > verb.i for c in child.children)
    question = child.doc[max(child.left_edge.i, verb.i + 1)].tag_ in _QUESTIONS
    return bool(marks & _OPENERS) or (subject and "to" not in marks) or question


def _is_untold(clause: Token, verb: Token) -> bool:
    """Whether what looks like a time is what was not told: "did not say when he would be back"."""
    opens = clause.left_edge.i == verb.i + 1 and clause.left_edge.tag_ == "WRB"
    subject = any(c.dep_.startswith(("nsubj", "expl")) and c.i > verb.i for c in clause.children)
    return opens and subject and any(c.lower_ in _NEGATIONS for c in verb.children)


def is_infinitive(child: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return child.tag_ == "VB" and any(c.lower_ == "to" and c.i < child.i for c in child.children)


def _is_gerund(child: Token) -> bool:
    having = any(c.dep_ == "aux" and c.tag_ == "VBG" for c in child.children)
    return having or child.tag_ == "VBG"


def _start_of(clause: Token, verb: Token) -> int:
    """The first token of a clause, where the tree is sound; "not" before "to" belongs to it, "of" does not."""
    start = clause.left_edge.i
    if start <= verb.i:
        opener = next((c.i for c in clause.lefts if c.i > verb.i), clause.i)
        start = opener
    if start < clause.i and clause.doc[start].lower_ in _GOVERNED and clause.doc[start].dep_ in ("mark", "case"):
        start += 1
    if start - 1 > verb.i and clause.doc[start - 1].lower_ in _NEGATIONS:
        start -= 1
    return start


def _end_of(token: Token, content: Span) -> int:
    return min(token.right_edge.i + 1, content.end)


def _quotation_after(verb: Token, content: Span) -> Span | None:
    """A quotation inside the content that the verb introduces: `said, 'Wait.'`."""
    doc, after = verb.doc, verb.idx + len(verb)
    text = doc[verb.i : content.end].text[len(verb) :]
    mark = _QUOTATION.match(text)
    if mark is None:
        return None
    start, closing = mark.start(1), _CLOSING[mark[1]]
    ends = re.compile(re.escape(closing) + r"(?!\w)").finditer(text, mark.end(1))
    end = next((m.end() for m in ends), len(text))
    return doc.char_span(after + start, after + end, alignment_mode="expand")


def _agent(verb: Token) -> Token | None:
    """Who did it, of a passive."""
    return next((c for c in verb.rights if c.dep_.startswith("obl") and _case_of(c) == "by"), None)


def _source_of(verb: Token, content: Span) -> Span | None:
    """Who speaks or thinks; None for an understood subject, as in "plans to ask"."""
    teller = None
    if verb.lemma_ == "hear":
        teller = next((c for c in verb.rights if _case_of(c) == "from"), None)
    own = any(c.dep_.startswith("nsubj") for c in verb.children)
    head = verb.head
    if teller is None and not own and verb.dep_.split(":")[0] in ("xcomp", "ccomp", "advcl") and head.i < verb.i:
        quoted = head.lemma_ in ("quote", "cite") and any(c.lower_ == "as" for c in verb.lefts)
        if quoted or is_infinitive(verb) or _is_gerund(verb):
            between = [c for c in head.rights if c.i < verb.i and c.dep_ in ("obj", "iobj", "nsubj")]
            commanded = quoted or (speech_of(head) is not None and bool(between))
            teller = between[0] if commanded and between else None
            if teller is None and verb.dep_.split(":")[0] != "advcl":
                return None
    if teller is None and is_infinitive(verb) and verb.head.pos_ == "ADJ":
        teller = next((c for c in verb.head.rights if _case_of(c) == "for" and c.i < verb.i), None)  # "sad for me to"
    subject = teller if teller is not None else subject_of(verb)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"):
        return None
    if subject.lower_ in ("it", "there", "this", "that", "which", "what") or abs(subject.i - verb.i) > _FARTHEST:
        return None
    if is_infinitive(verb) and any(c.dep_ == "cop" for c in verb.children):
        return None  # "the job is to say"
    phrase = noun_phrase(subject, frozenset({verb.i}))
    phrase = phrase[1:] if phrase[0].dep_ == "case" and len(phrase) > 1 else phrase
    return phrase if phrase[-1].pos_ != "ADP" else None


def _cue_of(verb: Token, row: Speech) -> Span:
    """The verb with its auxiliaries and negation, its particle, and the preposition that content or source hang on."""
    doc, start, end = verb.doc, verb.i, verb.i + 1
    helping = [c.i for c in verb.lefts if c.dep_.startswith("aux") or (c.lower_ in _NEGATIONS and c.dep_ == "advmod")]
    auxiliary = any(doc[i].dep_.startswith("aux") for i in helping)
    if helping and auxiliary and verb.i - min(helping) <= _LONGEST_CUE:
        between = doc[min(helping) : verb.i]
        if all(t.pos_ in ("AUX", "ADV", "PART") or t.i in helping for t in between):
            start = min(helping)
    if end < len(doc) and doc[end].dep_ == "compound:prt":
        end += 1
    governs = {"by"} if _agent(verb) is not None else {"from"} if verb.lemma_ == "hear" else set()
    governs |= {"for"} if row.frames & {"f", "x"} else set()
    governs |= _UPON if "x" in row.frames else set()
    if end < len(doc) and doc[end].lower_ in governs:
        end += 1
    return doc[start:end]


def parts_of_noun(noun: Token, content: Span) -> Parts | None:
    """The claim that a noun of speech makes: "the president's claim that …"."""
    if not is_speech_noun(noun):
        return None
    doc = noun.doc
    clause = next(
        (
            c
            for c in noun.rights
            if c.i < content.end and any(m.dep_ == "mark" and m.lower_ == "that" and m.i > noun.i for m in c.children)
        ),
        None,
    )
    if clause is None:
        return None
    owner = next((c for c in noun.children if c.dep_ == "nmod:poss"), None)
    by = next((c for c in noun.rights if _case_of(c) in ("by", "from") and c.i < clause.i), None)
    source = None
    if owner is not None:
        end = next((c.i + 1 for c in owner.children if c.dep_ == "case"), owner.i + 1)
        source = doc[noun_phrase(owner).start : end]
    elif by is not None:
        phrase = noun_phrase(by)
        source = phrase[1:] if phrase[0].dep_ == "case" and len(phrase) > 1 else phrase
    return source, doc[noun.i : noun.i + 1], [doc[_start_of(clause, noun) : _end_of(clause, content)]], False
