"""What workers give back: a whole answer, ready to be sent, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer."""

    status: int
    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def plain(status: int, text: str, **headers: str) -> Answer:
    """A sentence for people, in plain text; it can hold any character of a query. Names of headers have `_` for `-`."""
    return Answer(status, "text/plain", f"{text}\n".encode("utf-8", "replace"), _named(headers))


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
