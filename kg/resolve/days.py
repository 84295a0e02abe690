"""When articles were published, for sorting and for asking who held an office then."""

from __future__ import annotations

from datetime import UTC, datetime

from kg.model import Article


def when(article: Article) -> tuple[bool, str]:
    """For sorting by publication: in UTC as far as known; unknown or unreadable dates last."""
    try:
        moment = datetime.fromisoformat(article.published or "")
    except ValueError:
        return True, article.published or ""
    return False, (moment if moment.tzinfo is None else moment.astimezone(UTC)).replace(tzinfo=None).isoformat()


def day_of(article: Article) -> str:
    """The day of publication (ISO 8601), "" where unknown."""
    unknown, moment = when(article)
    return "" if unknown else moment[:10]
