"""A second look at each article, with all others in mind: names that it was not seen to hold, or took for another sort.

The reader sees one article at a time, and misses names that it never learnt, or takes a person for a place. What others
read often enough tells better. Looked for are organisations by acronyms, by names of several words or of a word that is
no common one, and by the nicknames that some article says they have ("which everyone calls the Lighthouse").

Two people of one name whom an article was read to take for one are told apart, too (`kg.resolve.apart`).

look_again(evidence) -> records    pure, independent of order; a record of which nothing is to be said otherwise is kept
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.model import Claim, Entity, EntityType, Evidence, Mention, Span
from kg.resolve.apart import told_apart
from kg.resolve.names import fold, initials, is_acronym, organisation_words, tidy

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_TWICE = 2  # articles that must have a name before it is looked for in others
_OFTEN = 3  # articles that must have a name of one common sort of word, or that outvote the only one that has another
_MOSTLY = 0.75  # the share of articles that must read a name as an organisation
_OUTVOTED = 3  # times the articles that take a name for another sort
_HUMAN = frozenset({"he", "him", "his", "she", "her"})
_TYPES = frozenset({"Person", "Organisation", "Place"})

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class _Known:
    """How names are read: `read` counts articles by name and type; `nicknames` are stated ones; `wanted` are looked
    for, by their first word, the longest first; `outlets` are the words of the names of those that print the
    articles."""

    read: Mapping[str, Counter[EntityType]]
    nicknames: frozenset[str]
    wanted: Mapping[str, Sequence[Form]]
    outlets: frozenset[frozenset[str]]


def look_again(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The records in the given order, with what the others tell of their names."""
    records = tuple(evidence)
    known = _known(records)
    return told_apart(_found(_retyped(record, known), known) for record in records)


# --- what is known of names ----------------------------------------------------------------------------------------


def _known(records: Sequence[Evidence]) -> _Known:
    read: defaultdict[str, Counter[EntityType]] = defaultdict(Counter)
    common: set[str] = set()
    nicknames: set[str] = set()
    for record in records:
        here: set[tuple[str, EntityType]] = set()
        for entity in record.entities:
            names = _names(entity)
            here |= {(name, entity.type) for name in names}
            if entity.type == "Organisation":
                nicknames.update(_nicknames(names))
        for name, type in here:
            read[name][type] += 1
        common |= {word for word in _WORD.findall(record.article.body) if word.islower()}
    wanted: defaultdict[str, list[Form]] = defaultdict(list)
    for name in sorted(read):
        form = tuple(_WORD.findall(name))
        if form and (name in nicknames or _is_wanted(name, form, read[name], common)):
            wanted[form[0]].append(form)
    return _Known(
        read,
        frozenset(nicknames),
        {first: sorted(forms, key=lambda f: (-len(f), f)) for first, forms in wanted.items()},
        frozenset(frozenset(_WORD.findall(record.article.outlet or "")) for record in records),
    )


def _names(entity: Entity) -> set[str]:
    return {tidy(m.text) for m in entity.mentions if m.kind == "name"}


def _nicknames(names: Iterable[str]) -> Iterator[str]:
    """Of the names of one organisation in one article those that share no word with a longer one, nor abbreviate it."""
    long = [words for name in names if len(words := organisation_words(name)) > 2]
    for name in names:
        words = organisation_words(name)
        if words and len(words) < 3 and not is_acronym(name):
            apart = all(not set(words) & set(other) and "".join(words) not in initials(other) for other in long)
            if long and apart:
                yield name


def _is_wanted(name: str, form: Form, read: Counter[EntityType], common: set[str]) -> bool:
    if read["Organisation"] < _TWICE or read["Organisation"] < _MOSTLY * read.total() or not name[0].isupper():
        return False
    if len(form) > 1 or (is_acronym(name) and len(name) > 2):
        return True
    return read["Organisation"] >= _OFTEN and len(name) > 3 and name.lower() not in common


# --- names taken for another sort ----------------------------------------------------------------------------------


def _retyped(record: Evidence, known: _Known) -> Evidence:
    """With entities of the type that most have for their name, where hardly any take it for what this article does."""
    entities = tuple(
        replace(entity, type=better) if (better := _better(record, entity, known)) else entity
        for entity in record.entities
    )
    return record if entities == record.entities else replace(record, entities=entities)


def _better(record: Evidence, entity: Entity, known: _Known) -> EntityType | None:
    names = _names(entity)
    if entity.type not in _TYPES or not names or entity.offices:
        return None
    if entity.type != "Organisation" and names <= known.nicknames:
        return "Organisation"
    if entity.type == "Person" and _is_outlet(entity, names, known):
        return "Organisation"
    votes: Counter[EntityType] = Counter()
    for name in names:
        votes.update(known.read[name])
    best = max(sorted(votes), key=votes.__getitem__)
    if best not in _TYPES or votes[best] < max(_OFTEN, _OUTVOTED * votes[entity.type]):
        return None
    short = any(len(name.split()) < 2 for name in names)
    if short and (best != "Organisation" or any(m.text.lower() in _HUMAN for m in entity.mentions)):
        return None  # a surname tells too little
    return best if not _has_namesake(record, entity, best) else None


def _is_outlet(entity: Entity, names: set[str], known: _Known) -> bool:
    """Whether a person has no name but words of an outlet's, as "the Ledger", and is nobody's "he"."""
    words = {word for name in names for word in _WORD.findall(name)}
    human = any(m.text.lower() in _HUMAN for m in entity.mentions)
    return not human and any(words <= outlet for outlet in known.outlets)


def _has_namesake(record: Evidence, entity: Entity, type: EntityType) -> bool:
    """Whether the article has another one of that type with the last word of the name: then it meant two."""
    last = fold(entity.name).split()[-1:]
    return any(e is not entity and e.type == type and fold(e.name).split()[-1:] == last for e in record.entities)


# --- names not seen ------------------------------------------------------------------------------------------------


def _found(record: Evidence, known: _Known) -> Evidence:
    """With the wanted names that stand in the article and are part of nothing that was found there."""
    new: dict[Form, list[Mention]] = {}
    for form, start, end in _occurrences(record, known):
        new.setdefault(form, []).append(Mention(start, end, record.article.body[start:end], "name"))
    if not new:
        return record
    entities = list(record.entities)
    added: dict[str, list[Mention]] = {}
    for form, mentions in new.items():
        words = organisation_words(" ".join(form))
        owner = next((n for n, e in enumerate(entities) if _is_called(e, words)), None)
        if owner is None:
            name = tidy(mentions[0].text)
            entities.append(Entity(f"o{mentions[0].start}", "Organisation", name, tuple(mentions)))
        else:
            its = tuple(sorted((*entities[owner].mentions, *mentions)))
            entities[owner] = replace(entities[owner], mentions=its)
        added.setdefault(entities[-1 if owner is None else owner].id, []).extend(mentions)
    claims = tuple(_with(claim, added) for claim in record.claims)
    return replace(record, entities=tuple(entities), claims=claims)


def _is_called(entity: Entity, words: tuple[str, ...]) -> bool:
    return entity.type == "Organisation" and any(organisation_words(name) == words for name in _names(entity))


def _with(claim: Claim, added: Mapping[str, Sequence[Mention]]) -> Claim:
    """The claim with what it is about, and whose it is, of the names that were added."""
    about = [id for id, mentions in added.items() if any(_in(m, span) for m in mentions for span in claim.content)]
    speakers = [id for id, mentions in added.items() if claim.source and any(_is(m, claim.source) for m in mentions)]
    return replace(
        claim,
        about=(*claim.about, *(id for id in about if id not in claim.about)),
        speakers=claim.speakers or tuple(speakers),
    )


def _in(mention: Mention, span: Span) -> bool:
    return span.start <= mention.start and mention.end <= span.end


def _is(mention: Mention, source: Span) -> bool:
    """Whether a source is the name, with an article or without."""
    return source.end == mention.end and source.text[: mention.start - source.start].strip().lower() in ("", "the")


def _occurrences(record: Evidence, known: _Known) -> Iterator[tuple[Form, int, int]]:
    body = record.article.body
    taken = bytearray(len(body) + 1)
    for entity in record.entities:
        for mention in entity.mentions:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    words = [_Word(m[0], m.start(), m.end()) for m in _WORD.finditer(body)]
    at = 0
    while at < len(words):
        form = next((f for f in known.wanted.get(words[at].text, ()) if _stands(body, words, at, f)), None)
        end = at + len(form) if form else at + 1
        if form and not any(taken[words[at].start : words[end - 1].end]):
            nickname = " ".join(form) in known.nicknames
            if _is_apart(body, words, at, end, nickname) and not _is_shouted(body, words[at].start):
                yield form, words[at].start, words[end - 1].end
        at = end
    return


def _stands(body: str, words: Sequence[_Word], at: int, form: Form) -> bool:
    """Whether the words from `at` are these, with no more than a space between them."""
    here = words[at : at + len(form)]
    if tuple(word.text for word in here) != form:
        return False
    return all(body[a.end : b.start].isspace() for a, b in pairwise(here))


def _is_apart(body: str, words: Sequence[_Word], at: int, end: int, nickname: bool) -> bool:
    """Whether the words are a name by themselves: no part of a longer one, and no common word with a capital.

    A nickname has its article; another word stands within a sentence. An acronym is a name anywhere.
    """
    before = words[at - 1] if at and body[words[at - 1].end : words[at].start] == " " else None
    after = words[end] if end < len(words) and body[words[end - 1].end : words[end].start] == " " else None
    if is_acronym(words[at].text):
        return True
    if nickname:
        return before is not None and before.text.lower() == "the" and not (after is not None and after.capital)
    lower = before is not None and (not before.capital or before.text == "The")
    return (lower or end - at > 1) and not any(w is not None and w.capital and w.text != "The" for w in (before, after))


def _is_shouted(body: str, at: int) -> bool:
    """Whether the line is a headline, with capitals throughout."""
    line = body[body.rfind("\n", 0, at) + 1 : (body.find("\n", at) + 1 or len(body) + 1) - 1]
    letters = [word for word in _WORD.findall(line) if len(word) > 3 and word[0].isalpha()]
    return len(letters) > 2 and all(word[0].isupper() for word in letters)
