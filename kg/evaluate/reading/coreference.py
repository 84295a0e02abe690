"""Whom a pronoun or a title stands for that is the source of an attribution: named people and bodies, or nobody."""

from __future__ import annotations

from kg.evaluate.corpora import Interval
from kg.evaluate.reading.align import Name, agree, gold_names, paired, right, words_of
from kg.evaluate.reading.gold import Item
from kg.evaluate.scores import Counts
from kg.model import Entity, Evidence

_PRONOUNS = frozenset("he him his she her hers it its they them their theirs".split())
_NAMES = ("name", "demonym", "metonym")


def score(item: Item, found: Evidence) -> dict[str, Counts]:
    """Whether the mention is linked to as many entities as gold names, each to its own; with none, to no entity."""
    assert item.mention is not None
    wanted = gold_names(item.label["who"])
    ours = linked(found, item.mention)
    pairs = paired(lambda i, j: float(_is_called(ours[i], wanted[j])), len(ours), len(wanted))
    correct = len(pairs) == len(ours) == len(wanted)
    start, end = item.mention
    kind = "pronouns" if item.text[start:end].lower() in _PRONOUNS else "nouns"
    return {
        "who": right(correct),
        "who: named" if wanted else "who: nobody named": right(correct),
        f"who: {kind}": right(correct),
        "links": Counts(len(pairs), len(ours), len(wanted)),
    }


def linked(found: Evidence, mention: Interval) -> list[Entity]:
    """The entities to which a pronoun, or the title or noun in these offsets, is linked.

    In "the governor’s aide" the governor is not meant; nor is anybody by a pronoun that is only a part.
    """
    start, end = mention
    body = found.article.body
    return [
        entity
        for entity in found.entities
        if any(
            (m.start, m.end) == mention
            or (
                m.kind in ("title", "nominal")
                and m.start < end
                and m.end > start
                and not body[m.end : end].startswith(("'", "’"))
            )
            for m in entity.mentions
            if m.kind not in _NAMES
        )
    ]


def _is_called(entity: Entity, gold: Name) -> bool:
    """Whether the entity has the gold's name: by its own, or by a mention that has all words of it."""
    if agree((entity.name, entity.type), gold):
        return True
    words = words_of(gold[0])
    called = any(m.kind in _NAMES and words <= words_of(m.text) for m in entity.mentions)
    return called and bool(words) and entity.type == gold[1]
