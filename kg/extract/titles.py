"""Titles of office in running text: "U.S. Secretary of Defense", "the deputy prime minister", "campaign spokeswoman".

A title is a head word with its modifiers to the left ("deputy foreign") and the closed complements that belong to the
title itself to the right ("of Defense"); whose title it is and of what body is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.words import Words

_OFFICES = frozenset(
    """
    admiral ambassador archbishop attorney ayatollah bishop captain chair chairman chairperson chairwoman chancellor
    chief colonel commander commissioner congressman congresswoman councillor councilman councilwoman counsel
    delegate deputy dictator director emir emperor empress envoy executive general governor head judge justice king
    leader lieutenant lord major marshal mayor minister monarch officer ombudsman pope premier president
    prime-minister prince princess prosecutor queen rabbi representative secretary senator sergeant sheik sheikh
    sheriff speaker spokesman spokesperson spokeswoman sultan superintendent taoiseach treasurer whip assemblyman
    assemblywoman alderman lawmaker legislator mp ceo cfo coo
    """.split()
)
_ROLES = frozenset(
    """
    activist actor actress adviser advisor aide analyst anchor author billionaire businessman businesswoman
    candidate coach columnist commentator consultant coordinator correspondent economist editor expert founder
    co-founder fellow historian host investigator journalist lawyer lobbyist manager member negotiator nominee
    operative organizer owner pollster producer professor publisher reporter researcher scholar scientist singer
    strategist surrogate
    """.split()
)
_ABBREVIATIONS = {
    "adm.": "Admiral", "amb.": "Ambassador", "capt.": "Captain", "cmdr.": "Commander", "col.": "Colonel",
    "cpl.": "Corporal", "gen.": "General", "gov.": "Governor", "lt.": "Lieutenant", "maj.": "Major",
    "pres.": "President", "prof.": "Professor", "rep.": "Representative", "sec.": "Secretary", "sen.": "Senator",
    "sgt.": "Sergeant", "govs.": "Governors", "reps.": "Representatives", "sens.": "Senators", "atty.": "Attorney",
    "gens.": "Generals", "del.": "Delegate", "supt.": "Superintendent",
}  # fmt: skip
_MODIFIERS = frozenset(
    """
    acting agriculture army assistant associate attorney budget bureau cabinet campaign chief city commerce
    communications congressional constitutional corporate counter counterterrorism county creative crown defence
    defense deputy digital district economic economics economy education emergency energy environment executive ex
    external federal field finance financial fire first foreign founding general government grand gubernatorial
    health high home housing human immigration independent information infrastructure intelligence interim interior
    international investment joint junior justice labor labour law lead legal legislative lieutenant longtime major
    majority managing marketing media military minority national opposition parliamentary party permanent police
    policy political premier presidential press prime principal private public regional research resident rights
    science second security senior special staff state strategic supreme technical technology trade transport
    transportation treasury undersecretary under vice vice-presidential women
    """.split()
)
_FORMER = frozenset({"former", "ex", "late", "onetime", "one-time", "erstwhile", "then", "ex-"})
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
_PORTFOLIOS = frozenset(
    """
    affairs agriculture commerce communications defence defense development economy education energy engineering
    finance foreign health homeland house housing human information intelligence interior justice labor labour law
    marketing military mission national naval operations parliament personnel police policy political public
    research science security staff state strategy studies trade transport transportation treasury veterans war
    works
    """.split()
)
_WORDY = frozenset({"chief", "general", "head", "justice", "major", "executive", "lord", "counsel", "attorney"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its tokens (`start` to `end`, exclusive), its head word, and what its form tells.

    `text` is the title spelled out ("Senator" for "Sen."), with "former" in front where it stands; `keys` are its
    words in lower case, for comparison; `is_office` is False for mere occupations ("analyst").
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


def find_titles(words: Words) -> list[Title]:
    """All titles of the article, in order, without overlap."""
    titles: list[Title] = []
    for i, word in enumerate(words.lower):
        singular = _singular(words, i, word)
        if singular is None or (titles and i < titles[-1].end):
            continue
        end = _extend_right(words, i + 1)
        start = _extend_left(words, i, titles[-1].end if titles else 0)
        if titles and titles[-1].end == start and words.lower[titles[-1].head] in _WORDY | _MODIFIERS:
            start = titles.pop().start
        titles.append(_title(words, start, end, i, singular))
    return titles


def _singular(words: Words, i: int, word: str) -> str | None:
    """The head word in the singular when token `i` can head a title; else None."""
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word].lower()
    if words.pos[i] in ("VERB", "ADJ", "ADV", "AUX", "ADP"):
        return None
    for form in (word, words.lemma[i]):
        if form in _OFFICES or form in _ROLES:
            return form
    return None


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
        while stop < size and (words.lower[stop] in _PORTFOLIOS or (stop > at and _joins_portfolios(words, stop))):
            stop += 1
        if stop > at and not (stop < size and words.is_possessive(stop)):
            return stop
    return end


def _joins_portfolios(words: Words, i: int) -> bool:
    return words.lower[i] == "and" and i + 1 < len(words) and words.lower[i + 1] in _PORTFOLIOS


def _extend_left(words: Words, start: int, floor: int) -> int:
    """Where the title begins: over its modifiers, hyphens between them included, as far as `floor`."""
    while start > floor:
        before = words.lower[start - 1]
        if before == "-" and start - 2 >= floor and words.lower[start - 2] in _MODIFIERS | _FORMER:
            start -= 2
        elif before in _MODIFIERS or before in _FORMER or before in _ABBREVIATIONS:
            start -= 1
        else:
            break
    return start


def _title(words: Words, start: int, end: int, head: int, singular: str) -> Title:
    former = words.lower[start] in _FORMER
    while start < head and (words.lower[start] in _FORMER or words.text[start] == "-"):
        start += 1
    body = words.doc.text[words.start[start] : words.end[end - 1]]
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
        is_office=singular in _OFFICES or words.lower[head] in _ABBREVIATIONS,
        former=former,
        plural=words.tag[head] in ("NNS", "NNPS") or words.lower[head].endswith("s."),
    )
