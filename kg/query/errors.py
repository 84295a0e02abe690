"""What goes wrong with a question: the caller words it differently and asks again."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import KgError


class QueryError(KgError):
    """The query or one of its parameters cannot be used; nothing was run. The command line exits with 2 after it."""


def nearest(word: str, known: Iterable[str], *, limit: int = 3, least: float = 55.0) -> tuple[str, ...]:
    """The known words most like `word`, best first, regardless of case; none that are less alike than `least` of 100.

    Likeness is rapidfuzz's weighted ratio, which forgives order, missing parts and misspelling. It finds short words
    inside long ones too easily, so words of less than half the length are left out.
    """
    from rapidfuzz import fuzz, process, utils

    choices = sorted({choice for choice in known if 2 * len(choice) >= len(word)})
    found = process.extract(
        word, choices, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=least
    )
    return tuple(choice for choice, _, _ in sorted(found, key=lambda f: (-f[1], f[0])))
