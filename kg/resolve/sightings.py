"""What articles say of offices, gathered per person: the sightings that tenures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import ArticleError
from kg.model import Article, Entity, Evidence, Member
from kg.resolve.days import day_of
from kg.resolve.names import tidy
from kg.resolve.profiles import is_named_in
from kg.resolve.records import Quote
from kg.resolve.tenures import Sighting


def sightings(seen: Iterable[tuple[Evidence, Entity]], where: Mapping[Member, str]) -> list[Sighting]:
    """All offices of somebody's entities. `where` says what each member is; ArticleError for one that it lacks."""
    return [
        Sighting(
            title=tidy(office.title),
            of=find(record.article, office.of, where, f"an office of entity {entity.id}") if office.of else None,
            named=office.of is not None and is_named_in(record.entity(office.of), office.evidence),
            start=office.start,
            end=office.end,
            day=spoken_of(record, entity),
            quote=Quote(record.article.key, office.evidence),
        )
        for record, entity in seen
        for office in entity.offices
    ]


def spoken_of(record: Evidence, entity: Entity) -> str:
    """The day of which an article speaks of somebody's office: of whom it calls by that alone, when they spoke."""
    told = {c.said_on.value for c in record.claims if entity.id in c.unnamed and c.said_on and c.said_on.value}
    day = min(told) if len(told) == 1 else ""
    return day if len(day) == 10 else day_of(record.article)


def find(article: Article, entity: str, where: Mapping[Member, str], what: str) -> str:
    """What an entity of an article is. ArticleError, which says `what` refers to it, when nothing is known of it."""
    try:
        return where[Member(article.key, entity)]
    except KeyError:
        raise ArticleError(
            article.path, f"{what} refers to entity {entity}, which its evidence does not hold", "extract it again"
        ) from None
