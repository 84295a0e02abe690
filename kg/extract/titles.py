"""Titles of office in running text: "U.S. Secretary of Defense", "the deputy prime minister", "campaign spokeswoman".

A title is a head word with its modifiers to the left ("deputy foreign") and the closed complements that belong to the
title itself to the right ("of Defense"); whose title it is and of what body is decided elsewhere.

The table of titles teaches the grammar: which words head a title ("minister"), which modify one ("foreign"), and which
heads are titles only in a fixed phrase ("first lady").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.lexicon import Body, title_of
from kg.extract.lexicon import titles as title_table
from kg.extract.words import Words

_ROLES = frozenset(
    """
    activist actor actress adviser advisor aide analyst anchor author billionaire businessman businesswoman
    candidate coach columnist commentator consultant coordinator correspondent economist editor expert founder
    co-founder fellow historian host investigator journalist lawyer lobbyist manager member negotiator nominee
    newsreader operative organizer owner pollster presenter producer professor publisher reporter researcher scholar
    scientist singer strategist surrogate
    """.split()
)
OF_THE_PRESS = frozenset("anchor columnist commentator correspondent journalist newsreader presenter reporter".split())
"""Those who report, and hold no office."""
_ABBREVIATIONS = {
    "adm.": "Admiral", "amb.": "Ambassador", "capt.": "Captain", "cmdr.": "Commander", "col.": "Colonel",
    "cpl.": "Corporal", "gen.": "General", "gov.": "Governor", "lt.": "Lieutenant", "maj.": "Major",
    "pres.": "President", "prof.": "Professor", "rep.": "Representative", "sec.": "Secretary", "sen.": "Senator",
    "sgt.": "Sergeant", "govs.": "Governors", "reps.": "Representatives", "sens.": "Senators", "atty.": "Attorney",
    "gens.": "Generals", "del.": "Delegate", "supt.": "Superintendent",
}  # fmt: skip
# Modifiers beyond those of the table.
_MODIFIERS = frozenset(
    """
    budget bureau city communications constitutional corporate counter counterterrorism county creative defence
    defense district economic election ex federal field founding government grand gubernatorial housing human
    infrastructure intelligence international joint junior law lead legal legislative longtime media military
    national parliamentary permanent policy political presidential private public regional research rights science
    second senior space staff state strategic technical technology tourism under vice-presidential water women
    """.split()
)
# Words of the table's titles that name the body: "CIA Director" is the Director of the CIA.
_BODIES = frozenset(
    """
    affairs canterbury cia commission congress court dnc eu europe european fbi house parliament republican
    democratic president in rnc senate u.n. u.s. un union western white
    """.split()
)
# Whoever wants an office holds none yet, and "lawmaker" names none.
_STANDING_FOR = frozenset("candidate nominee contender lawmaker lawmakers legislator".split())
FORMER = frozenset({"former", "ex", "late", "onetime", "one-time", "erstwhile", "then", "ex-"})
_FEMININE = frozenset(
    """
    actress assemblywoman businesswoman chairwoman congresswoman councilwoman empress princess queen spokeswoman
    """.split()
)
_MASCULINE = frozenset(
    """
    spokesman chairman congressman councilman king prince emperor pope lord businessman assemblyman alderman emir
    sultan archbishop ayatollah sheikh sheik
    """.split()
)
_AFTER = frozenset({"general", "elect", "designate", "emeritus"})
# "Secretary of State", "chief of staff": what follows "of" is part of the title, not the body it belongs to.
PORTFOLIOS = frozenset(
    """
    affairs agriculture commerce communications defence defense development economy education energy engineering
    finance foreign health homeland house housing human information intelligence interior justice labor labour law
    marketing military mission national naval operations parliament personnel police policy political public
    research science security staff state strategy studies trade transport transportation treasury veterans war
    works infrastructure industry environment culture tourism water transport shipping
    """.split()
)
"""What ministries and their ministers are of."""
_WORDY = frozenset({"chief", "general", "head", "justice", "major", "executive", "lord", "counsel", "attorney"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its tokens (`start` to `end`, exclusive), its head word, and what its form tells.

    `text` is the title spelled out ("Senator" for "Sen."), with "former" in front where it stands; `keys` are its
    words in lower case, for comparison; `is_office` is False for mere occupations ("analyst"); `body` is the kind of
    organisation it is held in, where the title tells.
    """

    start: int
    end: int
    head: int
    text: str
    keys: frozenset[str]
    gender: str | None
    is_office: bool
    former: bool
    plural: bool
    body: Body = "any"


@dataclass(frozen=True, slots=True)
class _Grammar:
    """Heads that are titles by themselves, of offices and of occupations; heads of fixed phrases; modifiers."""

    offices: frozenset[str]
    roles: frozenset[str]
    phrasal: frozenset[str]
    modifiers: frozenset[str]


@cache
def _grammar() -> _Grammar:
    offices: set[str] = set()
    phrasal: set[str] = set()
    modifiers = set(_MODIFIERS)
    for text, title in title_table().items():
        if title.type == "honorific":
            continue
        words = re.split(r" (?:of|for|to|in|and|at) ", text)[0].replace("-", " ").split()
        at = len(words) - 1 - (len(words) > 1 and words[-1] in _AFTER)
        if title.type == "office":
            (offices if len(words) - (at < len(words) - 1) == 1 else phrasal).add(words[at])
            modifiers.update(words[:at])
    # A noble title is a form of address and an office at once.
    offices |= {"prince", "princess", "sheikh", "sheik", "emir", "attorney", "secretary", "executive", "envoy"}
    offices -= {w for w in offices if w.endswith(".")} | {"private", "peer", "principal", "partner", "owner"}
    phrasal = {w for w in phrasal if not w.endswith(".")}
    offices -= _STANDING_FOR
    roles = (set(_ROLES) | {"officer", "counsel"} | _STANDING_FOR) - offices
    return _Grammar(
        frozenset(offices), frozenset(roles), frozenset(phrasal - offices - roles), frozenset(modifiers - _BODIES)
    )


def find_titles(words: Words) -> list[Title]:
    """All titles of the article, in order, without overlap."""
    titles: list[Title] = []
    grammar = _grammar()
    for i, word in enumerate(words.lower):
        singular = _singular(words, grammar, i, word)
        if singular is None or (titles and i < titles[-1].end):
            continue
        end = _extend_right(words, i + 1)
        start = _extend_left(words, grammar.modifiers, i, titles[-1].end if titles else 0)
        while singular == "minister" and start > (titles[-1].end if titles else 0) and _is_portfolio(words, start - 1):
            start -= 1
        if singular in grammar.phrasal and not _is_phrase(words, start, i, end):
            continue
        if titles and titles[-1].end == start and words.lower[titles[-1].head] in grammar.modifiers | _WORDY:
            start = titles.pop().start
        titles.append(_title(words, start, end, i, singular, singular not in grammar.roles))
    return titles


def _is_portfolio(words: Words, i: int) -> bool:
    """Whether token `i` is a noun that says what a minister is of: "shipping minister"."""
    return words.parsed and words.tag[i] in ("NN", "VBG") and words.dep[i] in ("compound", "amod")


def _is_phrase(words: Words, start: int, head: int, end: int) -> bool:
    """Whether the last words up to the head are a title of the table ("first lady", no "old lady")."""
    return any(title_of(" ".join(words.lower[k:end])) is not None for k in range(start, head))


def _singular(words: Words, grammar: _Grammar, i: int, word: str) -> str | None:
    """The head word in the singular when token `i` can head a title; else None."""
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word].lower()
    if words.pos[i] in ("VERB", "ADJ", "ADV", "AUX", "ADP"):
        return None
    for form in (word, words.lemma[i]):
        if form in grammar.offices or form in grammar.roles or form in grammar.phrasal:
            return form
    return None


def cut_title(words: Words, title: Title, start: int) -> Title:
    """The title without its words before token `start`, which a name has taken: "European Commission | President"."""
    kept = _title(words, max(start, title.start), title.end, title.head, words.lemma[title.head], title.is_office)
    return replace(kept, former=title.former, gender=title.gender)


def _extend_right(words: Words, end: int) -> int:
    """Where the title ends, from the token after its head: "General", "-elect", "of Defense", "of the Interior"."""
    size = len(words)
    if end + 1 < size and words.text[end] == "-" and words.lower[end + 1] in _AFTER:
        end += 2
    elif end < size and words.lower[end] in _AFTER | {"president-elect"}:
        end += 1
    if end + 2 < size and words.lower[end] == "in" and words.lower[end + 1] == "chief":
        end += 2
    if end + 1 < size and words.lower[end] == "of":
        at = end + 1 + (words.lower[end + 1] == "the")
        stop = at
        while stop < size and (words.lower[stop] in PORTFOLIOS or (stop > at and _joins_portfolios(words, stop))):
            stop += 1
        if stop > at and not (stop < size and (words.is_possessive(stop) or words.pos[stop] == "NOUN")):
            return stop
    return end


def _joins_portfolios(words: Words, i: int) -> bool:
    return words.lower[i] == "and" and i + 1 < len(words) and words.lower[i + 1] in PORTFOLIOS


def _extend_left(words: Words, modifiers: frozenset[str], start: int, floor: int) -> int:
    """Where the title begins: over its modifiers, hyphens between them included, as far as `floor`."""
    while start > floor:
        before = words.lower[start - 1]
        if (
            before == "-"
            and start - 2 >= floor
            and (words.lower[start - 2] in modifiers or words.lower[start - 2] in FORMER)
        ):
            start -= 2
        elif before in modifiers or before in FORMER or before in _ABBREVIATIONS:
            start -= 1
        else:
            break
    return start


def _title(words: Words, start: int, end: int, head: int, singular: str, is_office: bool) -> Title:
    former = words.lower[start] in FORMER
    while start < head and (words.lower[start] in FORMER or words.text[start] == "-"):
        start += 1
    body = words.body[words.start[start] : words.end[end - 1]]
    for i in range(start, end):
        if words.lower[i] in _ABBREVIATIONS:
            body = body.replace(words.text[i], _ABBREVIATIONS[words.lower[i]])
    keys = frozenset(w for w in " ".join(body.lower().replace("-", " ").split()).split() if w not in ("of", "the"))
    return Title(
        start=start,
        end=end,
        head=head,
        text=("former " if former else "") + " ".join(body.split()),
        keys=keys,
        gender="f" if singular in _FEMININE else "m" if singular in _MASCULINE else None,
        is_office=is_office,
        former=former,
        plural=words.tag[head] in ("NNS", "NNPS") or words.lower[head].endswith("s."),
        body=_kind_of_body(body, singular),
    )


@cache
def _kind_of_body(text: str, head: str) -> Body:
    """The kind of organisation of a title by the table: of its text, of fewer words from the left, of its head."""
    words = text.split()
    forms = [" ".join(words[k:]) for k in range(len(words))] + [head]
    return next((title.body for form in forms if (title := title_of(form)) is not None), "any")
