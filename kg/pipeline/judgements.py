"""Which ledger goes with a store, and the graph that follows it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.config import DEFAULT_JUDGEMENTS
from kg.errors import RunError
from kg.judge import Entry, read_ledger
from kg.store import Store

_SETTING = "judgements"


def ledger_path(store: Store, given: str | Path | None = None) -> Path:
    """The ledger that is given, else the one the store was last built with, else `DEFAULT_JUDGEMENTS` at hand."""
    if given is not None:
        return Path(given)
    kept = store.record.setting(_SETTING)
    if kept is None:
        return DEFAULT_JUDGEMENTS
    path = Path(os.path.normpath((store.location or Path()) / kept))
    relative = os.path.relpath(path) if path.drive == Path.cwd().drive else str(path)
    return path if relative.startswith("..") else Path(relative)


def ledger_entries(store: Store, given: str | Path | None = None) -> tuple[Entry, ...]:
    """The judgements for a store that is open for writing, which remembers where they are.

    No ledger means no judgements, unless the graph of the store rests on some: then RunError, since they would be lost.
    RunError, too, when the ledger has a broken line.
    """
    path = ledger_path(store, given)
    entries = read_ledger(path)
    there = path.exists()
    if not there and judged(store).get("entries"):
        raise RunError(
            f"{path}: the judgements that the graph rests on are not there; put the file back, name it with "
            "--judgements, or give an empty file to go on without"
        )
    if there or given is not None:
        _remember(store, path)
    return entries


def outdated(store: Store, given: str | Path | None = None) -> str | None:
    """A sentence when the graph of a store does not follow the ledger as it is now; None when it does."""
    path = ledger_path(store, given)
    if not path.exists() and not judged(store).get("entries"):
        return None
    if [entry.id for entry in read_ledger(path)] == judged(store).get("entries", []):
        return None
    return f"{path} is not what this graph was built with; `kg judge apply` makes the graph follow"


def judged(store: Store) -> dict[str, Any]:
    """What the graph of a store says about the judgements in it, as `derive` put it there."""
    about = store.graph.about() or {}
    return dict(about.get("judgements") or {})


def hidden_claims(store: Store) -> frozenset[tuple[str, str]]:
    """The claims that are not in the graph of a store because a judgement hides them: article keys and ids."""
    return frozenset((key, claim) for key, claim in judged(store).get("hidden", ()))


def _remember(store: Store, path: Path) -> None:
    """Keeps the path relative to the store, so that both can be moved together."""
    where = os.path.abspath(path)
    if store.location is not None:
        with suppress(ValueError):  # on another drive
            where = os.path.relpath(where, store.location)
    if store.record.setting(_SETTING) != where:
        store.record.set(_SETTING, where)
