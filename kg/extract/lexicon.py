"""What a cue does: the act of a claim from the meaning of its cue, in its context.

The tables in `kg/extract/data` are our own; its README.md says what the eleven acts mean and how the columns are read.

Lookup goes phrase first ("call for" is a request, "call" a statement; "declined to comment" a denial). A light word
("issued", "expressed", "appeared to", ":") gives way to any other of the cue ("issued a warning" is a warning). A row
with `when` holds only if one of its markers comes first after the cue ("asked whether", "asked him to").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, cast

from kg.annotate.gazetteer import first_names
from kg.annotate.tables import read_table
from kg.model import Act

if TYPE_CHECKING:
    from spacy.tokens import Span

__all__ = [
    "Cue", "Judgement", "Title", "act_of", "coverage", "cue_of", "cues", "first_names", "forms_of", "judgements",
    "lemmas_of", "pronoun_gender", "title_of", "titles",
]  # fmt: skip

Frame = Literal["", "addressee", "to", "target"]
Gender = Literal["m", "f", "u"]
Tells = Literal["", "clause", "judgement"]
Judgement = Literal["good", "bad", "false", "wrong", "harm", "claim"]
TitleType = Literal["office", "honorific", "role"]
Body = Literal["state", "igo", "company", "party", "military", "legislature", "court", "any"]

_GAP = 3  # words that may stand inside a phrase: "made it very clear"
_REACH = 8  # tokens after a cue in which its marker is looked for
_MARKERS = frozenset("to that whether if for what why how who where when which about like as".split())
_CLAUSE_STARTS = frozenset({"he", "she", "they", "we", "i", ".", ";", "?", "!", ":", "“", '"', "``"})
_POS = {
    "verb": ("VERB", "AUX"),
    "noun": ("NOUN", "PROPN"),
    "adj": ("ADJ",),
    "adv": ("ADV", "ADP", "SCONJ"),
    "punct": ("PUNCT",),
}
_PRONOUNS: Mapping[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), "u"),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the cue table.

    words   the lemmas of the cue, one or more
    pos     verb, noun, adj, adv (adverbs and prepositions) or punct
    when    markers of which one must come first after the cue; none: the row always holds
    act     what the speaker does
    frame   what the object is: the addressee ("told reporters"), in a to-phrase ("said to reporters"), or the one who
            is blamed or praised (target)
    neg     whether it is negative by itself: the content is denied, refused or doubted
    light   whether any other word of the cue counts more
    tells   what else decides the act: the clause of the content ("said"), the judgement in it ("called it a shame")
    """

    words: tuple[str, ...]
    pos: str
    when: tuple[str, ...]
    act: Act
    frame: Frame
    neg: bool
    light: bool
    tells: Tells = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A title in news: an office ("Foreign Minister"), an honorific ("Mr.") or a role ("analyst").

    `body` is the kind of organisation it is held in where the title tells, else "any".
    """

    text: str
    type: TitleType
    body: Body


@cache
def cues() -> tuple[Cue, ...]:
    """The cue table, in its order. Read once."""
    return tuple(
        Cue(
            words=tuple(row["cue"].split()),
            pos=row["pos"],
            when=tuple(m for m in row["when"].split("|") if m),
            act=cast(Act, row["act"]),
            frame=cast(Frame, row["frame"]),
            neg=bool(row["neg"]),
            light=bool(row["light"]),
            tells=cast(Tells, row["content"]),
        )
        for row in read_table("cues.tsv", "extract")
    )


@cache
def titles() -> Mapping[str, Title]:
    """All titles by their text in lower case."""
    rows = read_table("titles.tsv", "extract")
    return {
        row["title"].lower(): Title(row["title"], cast(TitleType, row["type"]), cast(Body, row["body"])) for row in rows
    }


@cache
def judgements() -> Mapping[str, Mapping[Judgement, bool]]:
    """Words that judge, by lemma: their classes, and whether the word judges by itself in any sentence."""
    found: dict[str, dict[Judgement, bool]] = {}
    for row in read_table("judgements.tsv", "extract"):
        found.setdefault(row["word"], {})[cast(Judgement, row["class"])] = bool(row["strong"])
    return found


def title_of(text: str) -> Title | None:
    """The title written so, whatever its case and with "ex-", "former" and "then-" left out; None when it is none."""
    lower = text.lower().strip()
    for before in ("former ", "ex-", "then-", "acting ", "the "):
        lower = lower.removeprefix(before)
    return titles().get(lower)


def pronoun_gender(pronoun: str) -> Gender | None:
    """ "m", "f" or "u" of a third-person pronoun in any case form; None for other words."""
    return _PRONOUNS.get(pronoun.lower())


def act_of(cue: Sequence[tuple[str, str]] | Span, following: Sequence[tuple[str, str]] = ()) -> Act | None:
    """The act of a cue, or None when the table knows none of its words. See `cue_of`."""
    found = cue_of(cue, following)
    return found.act if found else None


def cue_of(cue: Sequence[tuple[str, str]] | Span, following: Sequence[tuple[str, str]] = ()) -> Cue | None:
    """The row that says most about a cue.

    `cue` is a span of a Doc, or pairs of lemma (or word form: both are understood) and universal part of speech, ""
    where unknown. `following` are the pairs after the cue, in the same sentence; a span's are taken from its Doc.
    """
    if not isinstance(cue, Sequence):
        last = cue.end
        following = _pairs(cue.doc[last : last + _REACH])
        cue = _pairs(cue)
    words = [lemmas_of(word) for word, _ in cue]
    found = []
    for start, (_, pos) in enumerate(cue):
        after = [*cue[start + 1 :], *following]
        rows = [r for r in _rows_at(words, start) if not r.when or _marked(r.when, after)]
        # Unknown parts of speech are taken for a verb's. The tagger may err: where no row fits, all do.
        fitting = [r for r in rows if (pos in _POS[r.pos] if pos else r.pos == "verb")] or rows
        found += [((not r.light, -start, len(r.words), bool(r.when)), r) for r in fitting]
    return max(found, key=lambda item: item[0])[1] if found else None


def _rows_at(words: list[frozenset[str]], start: int) -> list[Cue]:
    """The rows whose words stand at `start`, in the order of the table."""
    rows = {id(r): r for lemma in sorted(words[start]) for r in _by_first_word().get(lemma, ())}
    return [r for r in rows.values() if _is_there(r.words, words, start)]


def coverage(texts: Iterable[Sequence[str]]) -> tuple[float, Counter[str]]:
    """The share of cues (as word lists) for which there is an act, and the cues without one, counted."""
    missing: Counter[str] = Counter()
    count = 0
    for words in texts:
        count += 1
        if act_of([(word, "") for word in words]) is None:
            missing[" ".join(words).lower()] += 1
    return (1 - missing.total() / count if count else 0.0), missing


@cache
def lemmas_of(word: str) -> frozenset[str]:
    """The lemmas a word form may belong to, itself included: "found" → found, find. Only words of our tables."""
    lower = word.lower()
    return frozenset({lower, *_lemmas().get(lower, ())})


@cache
def forms_of(lemmas: frozenset[str]) -> frozenset[str]:
    """All inflected forms of some verbs or nouns, themselves included, in lower case."""
    irregular = _irregular()
    return lemmas | {form for lemma in lemmas for form in irregular.get(lemma) or _inflections(lemma)}


@cache
def _irregular() -> Mapping[str, list[str]]:
    return {row["lemma"]: row["forms"].split("|") for row in read_table("irregular.tsv", "extract")}


@cache
def _by_first_word() -> Mapping[str, tuple[Cue, ...]]:
    index: dict[str, list[Cue]] = {}
    for row in cues():
        index.setdefault(row.words[0], []).append(row)
    return {word: tuple(rows) for word, rows in index.items()}


@cache
def _lemmas() -> Mapping[str, tuple[str, ...]]:
    """Word form → lemmas, for all words of the tables of cues and judgements."""
    irregular = _irregular()
    lemmas: dict[str, list[str]] = {}
    for lemma in sorted({word for row in cues() for word in row.words} | judgements().keys()):
        for form in irregular.get(lemma) or _inflections(lemma):
            lemmas.setdefault(form, []).append(lemma)
    return {form: tuple(each) for form, each in lemmas.items()}


def _inflections(lemma: str) -> Iterator[str]:
    """The regular forms of an English verb or noun; forms that do not exist do no harm."""
    if not lemma[-1:].isalpha():
        return
    vowel_before = lemma[-2:-1] in "aeiou"
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        yield lemma + "es"
    elif lemma.endswith("y") and not vowel_before:
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied")
    else:
        yield lemma + "s"
    if lemma.endswith("e"):
        yield from (lemma + "d", (lemma[:-2] + "y" if lemma.endswith("ie") else lemma[:-1]) + "ing")
        if lemma.endswith(("ee", "ye", "oe")):
            yield lemma + "ing"
        return
    yield from (lemma + "ed", lemma + "ing")
    if vowel_before and lemma[-1] in "bdglmnprt" and lemma[-3:-2] not in "aeiou":
        yield from (lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing")


def _pairs(span: Span) -> list[tuple[str, str]]:
    return [(token.lower_, token.pos_) for token in span if not token.is_space]  # forms: a lemma may be guessed wrong


def _is_there(phrase: tuple[str, ...], words: list[frozenset[str]], start: int) -> bool:
    """Whether the rest of a phrase follows its first word at `start`, a few other words allowed inside."""
    at = start
    for wanted in phrase[1:]:
        window = range(at + 1, min(at + 2 + _GAP, len(words)))
        found = next((i for i in window if wanted in words[i]), None)
        if found is None:
            return False
        at = found
    return True


def _marked(markers: tuple[str, ...], after: Sequence[tuple[str, str]]) -> bool:
    """Whether one of the markers comes first among all markers after a cue, before a new clause begins."""
    near = list(
        takewhile(lambda pair: pair[0].lower() not in _CLAUSE_STARTS and pair[1] not in ("VERB", "AUX"), after[:_REACH])
    )
    at = next((i for i, (word, _) in enumerate(near) if word.lower() in _MARKERS), None)
    if at is None:
        return False
    rest = [word.lower() for word, _ in after[at:]]
    return any(rest[: len(marker.split())] == marker.split() for marker in markers)
