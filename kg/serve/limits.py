"""How much a question may cost before it is stopped, and how many run at a time."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a server. All are of one query unless they say otherwise.

    `seconds` of running, `memory` in bytes beyond what a worker has when it is idle, `rows` of a table or triples of a
    graph, `request` in bytes of a request's body. `workers` processes answer queries and as many make pages. A query
    that runs longer than `patience` seconds leaves its place to others and goes on at low priority: at most `slow`
    such queries at a time; more are refused. `waiting` is how many requests may stand in line.
    """

    seconds: float = 10.0
    memory: int = 512 * MIB
    rows: int = 10_000
    request: int = 256 * 1024
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    patience: float = 0.3
    slow: int = 4
    waiting: int = 400
