"""Which name mentions of one article are of one organisation.

Names join when they have one key (no article, company form or full stops), when one is the other's acronym, when one
is the other with a generic last word ("NBC", "NBC News"), with its country in front ("U.S. State Department", "State
Department"), or turned round ("Department of State"). An acronym or short form that fits two longer names joins none,
unless the text itself puts it in brackets after one. What the text says one is called joins it, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.names import GENERIC_TAILS, is_acronym, organisation_key, stands_for

_BODIES = "administration agency army bureau committee department embassy ministry office parliament senate".split()
_TURNED = re.compile(rf"(.+) ({'|'.join(_BODIES)})")
_STRAIGHT = re.compile(rf"({'|'.join(_BODIES)}) (?:of|for) (?:the )?(.+)")


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """One name mention: its tokens, its text, that text without a country in front, and what else the text calls it:
    the acronym in brackets after it, or a nickname.

    `known` is the reference table's name for this spelling, when the table has it.
    """

    start: int
    end: int
    text: str
    without_country: str
    alias: str | None = None
    known: str | None = None


def cluster_organisations(mentions: Sequence[NamedOrganisation]) -> list[list[int]]:
    """Indexes into `mentions` (in text order), grouped by organisation; groups in order of first mention."""
    keys = [organisation_key(m.text) for m in mentions]
    spellings = dict(zip(reversed(keys), reversed(mentions), strict=True))  # the first mention of each key
    join = _join_keys(spellings)
    groups: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        groups.setdefault(join(key), []).append(i)
    return sorted(groups.values(), key=lambda members: members[0])


def fullest(texts: Sequence[str]) -> str:
    """The fullest of several spellings of one name: most words, then longest, then the first in the article."""
    order = {text: -i for i, text in reversed(list(enumerate(texts)))}
    return max(order, key=lambda t: (not t.isupper() or len(order) == 1, len(t.split()), len(t), order[t]))


def _join_keys(spellings: Mapping[str, NamedOrganisation]) -> Callable[[str], str]:
    """A function from a key to the key that stands for its whole group."""
    parent = {key: key for key in spellings}
    rank = {key: i for i, key in enumerate(spellings)}

    def find(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    def unite(a: str, b: str) -> None:
        first, second = sorted((find(a), find(b)), key=rank.__getitem__)
        parent[second] = first

    by_known: dict[str, list[str]] = {}
    for key, mention in spellings.items():
        if mention.known:
            by_known.setdefault(mention.known, []).append(key)
    for same in by_known.values():
        for key in same[1:]:
            unite(same[0], key)
    for key in spellings:
        for turned in _turned(key) & spellings.keys():
            unite(key, turned)
    for short, names in sorted(_short_forms(spellings).items()):
        owners = {find(name) for name in names} - {find(short)}
        if len(owners) == 1:
            unite(short, owners.pop())
    return find


def _short_forms(spellings: Mapping[str, NamedOrganisation]) -> dict[str, set[str]]:
    """Keys of short forms, each with the keys of the longer names it fits."""
    short = {key for key, m in spellings.items() if is_acronym(m.text)}
    called = {organisation_key(m.alias): key for key, m in spellings.items() if m.alias}
    owners: dict[str, set[str]] = {key: {called[key]} for key in spellings.keys() & called.keys()}
    for key, mention in spellings.items():
        for form in _short_keys(key, mention):
            if form != key and form in spellings:
                owners.setdefault(form, set()).add(key)
    longer = [key for key in spellings if key not in short and " " in key]
    for key in sorted(short - owners.keys()):
        owners[key] = {name for name in longer if stands_for(spellings[key].text, name)}
    return owners


def _short_keys(key: str, mention: NamedOrganisation) -> set[str]:
    """The keys an organisation may go by besides its own."""
    forms = {organisation_key(mention.without_country)}
    words = key.split()
    if len(words) > 1 and words[-1] in GENERIC_TAILS:
        forms.add(" ".join(words[:-1]))
    return forms.union(*(_turned(form) for form in forms))


def _turned(key: str) -> set[str]:
    """ "state department" for "department of state", and the other way round."""
    if turned := _TURNED.fullmatch(key):
        return {f"{turned[2]} of {turned[1]}", f"{turned[2]} of the {turned[1]}"}
    straight = _STRAIGHT.fullmatch(key)
    return {f"{straight[2]} {straight[1]}"} if straight else set()
