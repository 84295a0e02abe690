"""The rules of who is who: every entity of an article has one key, and those with the same key are one.

Keys come from an entity's own names and from the acronyms that articles explain, so no pair is ever compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Article, Entity, Evidence, Member
from kg.resolve.names import fold, fold_organisation, is_acronym, is_full_name, tidy

Key = tuple[str, ...]

NO_NAME = "it has no name there"
NO_FULL_NAME = "a surname alone, or one with initials, identifies nobody beyond an article"
HOMONYMS = "two people of that article bear this name"


def keys(records: Sequence[Evidence]) -> dict[Member, Key]:
    """The key of every entity of every article."""
    expansions = _expansions(records)
    found = {}
    for record in records:
        homonyms = _homonyms(record)
        for entity in record.entities:
            found[Member(record.article.key, entity.id)] = _key(record.article, entity, homonyms, expansions)
    return found


def say(key: Key) -> str:
    """What a key stands for, as a part of a sentence: "a person by the full name “mark rutte”"."""
    match key:
        case ("alone", _, _, reason):
            return f"known within its article alone: {reason}"
        case ("Country", code):
            return f"a country by its ISO code {code}"
        case ("Country by name", name):
            return f"a country by the name “{name}”"
        case ("Person", name):
            return f"a person by the full name “{name}”"
        case ("Organisation", name):
            return f"an organisation by the name “{name}”, or an acronym that articles explain by it alone"
        case (type, name):
            return f"a {type.lower()} by the name “{name}”"
    raise ValueError(f"{key} is no key")


def names(entity: Entity) -> list[str]:
    """The names an article calls it by, in order; not what else it is called ("the minister", "Kyiv", "she")."""
    return [tidy(m.text) for m in entity.mentions if m.kind == "name"]


def _homonyms(record: Evidence) -> frozenset[str]:
    """Full names that one article gives to two people, so that the name alone says nothing about who is meant."""
    count = Counter(fold(e.name) for e in record.entities if e.type == "Person")
    return frozenset(name for name, times in count.items() if times > 1)


def _expansions(records: Iterable[Evidence]) -> dict[str, str]:
    """Acronym → long name, both folded, where the articles that explain the acronym all explain it alike."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for entity in record.entities:
            if entity.type == "Organisation" and not is_acronym(entity.name):
                for name in names(entity):
                    if is_acronym(name):
                        found[fold_organisation(name)].add(fold_organisation(entity.name))
    return {acronym: next(iter(long)) for acronym, long in found.items() if len(long) == 1}


def _key(article: Article, entity: Entity, homonyms: frozenset[str], expansions: Mapping[str, str]) -> Key:
    """What makes an entity of one article the same as one of another article."""

    def alone(reason: str) -> Key:
        return ("alone", article.key, entity.id, reason)

    if entity.type == "Country":
        return ("Country", entity.iso) if entity.iso else ("Country by name", fold(entity.name))
    if not names(entity):
        return alone(NO_NAME)
    if entity.type == "Organisation":
        name = fold_organisation(entity.name)
        return ("Organisation", expansions.get(name, name)) if name else alone(NO_NAME)
    name = fold(entity.name)
    if not name:
        return alone(NO_NAME)
    if entity.type == "Person" and name in homonyms:
        return alone(HOMONYMS)
    if entity.type == "Person" and not is_full_name(entity.name):
        return alone(NO_FULL_NAME)
    return (entity.type, name)
