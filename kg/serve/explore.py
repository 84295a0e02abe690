"""The explorer's questions, answered from the index: the methods that `kg/view/assets/source.js` describes.

Each asks the index for what it needs and no more, so that it takes as long in a large graph as in a small one, apart
from those that count over all claims that a filter leaves. The answers are the same as those of the page that carries
its data with it; a test compares them.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.serve.filters import AMONG, Filter, conditions, shows_offices, types
from kg.serve.index import ROLES, fts_query

Json = dict[str, Any]

ENTITIES = ("Person", "Organisation", "Country", "Place")
MOST = 1000
"""The most nodes or claims that one answer holds."""
REACH = 300_000
"""The most nodes that are looked at for a path."""
_OTHER = "CASE e.source WHEN ? THEN e.target ELSE e.source END"


class Unanswerable(ValueError):
    """A question that is none of the explorer's, or whose arguments do not fit it."""


class Explorer:
    """The answers for one index, which is opened for reading. For one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.db.execute("PRAGMA query_only = ON")

    def ask(self, method: str, question: object) -> Any:
        """The answer to one method with its list of arguments. Unanswerable when there is no such question."""
        methods: Mapping[str, Callable[..., Any]] = {name: getattr(self, name) for name in METHODS}
        if method not in methods or not isinstance(question, list):
            raise Unanswerable(f"{method!r} with these arguments is no question; ask {', '.join(METHODS)}")
        try:
            return methods[method](*question)
        except (TypeError, KeyError, AttributeError, OverflowError, sqlite3.Error) as error:
            raise Unanswerable(f"{method} cannot be asked so: {error}") from None

    # --- the questions --------------------------------------------------------------------------------------------

    def summary(self) -> Json:
        """What the whole graph holds, and what to draw first."""
        meta = {name: json.loads(value) for name, value in self.db.execute("SELECT name, value FROM meta")}
        first, last, undated = self._row(
            "SELECT min(nullif(day, '')), max(nullif(day, '')), count(*) FILTER (WHERE day = '') FROM claim"
        )
        return {
            **{name: meta[name] for name in ("title", "counts", "look", "network")},
            "types": dict(self.db.execute("SELECT type, count(*) FROM node GROUP BY type")),
            "outlets": self._rows(
                "SELECT outlet, count(*) FROM claim WHERE outlet <> '' GROUP BY outlet ORDER BY 2 DESC, 1"
            ),
            "days": [first, last] if first else None,
            "undated": undated,
        }

    def top(self, filter: Filter, most: int) -> Json:
        """Those that take part in most claims that the filter leaves, with places where they have some."""
        where, values = conditions(filter)
        offices = shows_offices(filter)
        shown, kinds = types(filter)
        weights = (
            "SELECT n, claims AS weight FROM node"
            if not where
            else f"SELECT p.n, count(*) AS weight FROM partner p JOIN claim c USING (c) WHERE {where} GROUP BY p.n"
        )
        linked = (
            " OR n IN (SELECT source FROM edge WHERE claims = 0 UNION SELECT target FROM edge WHERE claims = 0)"
            if offices
            else ""
        )
        ranked = (
            f"WITH w AS ({weights}), r AS (SELECT node.n, node.iri, node.type, coalesce(w.weight, 0) AS weight "
            f"FROM node LEFT JOIN w USING (n) WHERE (coalesce(w.weight, 0) > 0{linked}){shown}) "
        )
        given = [*values, *kinds]
        total = self._row(f"{ranked} SELECT count(*) FROM r", given)[0]
        only = ""
        if total > most:  # unnamed sources and claims about nobody would bury the others
            only = " WHERE type IN ('Person', 'Organisation', 'Country', 'Place')"
            total = self._row(f"{ranked} SELECT count(*) FROM r{only}", given)[0]
        most = min(max(most, 0), MOST)
        order = "ORDER BY weight DESC, iri LIMIT ?"
        found = [n for (n,) in self._rows(f"{ranked} SELECT n FROM r{only} {order}", [*given, most])]
        if only and not kinds:  # who is joined to none of the rest makes room for the next who is
            among, (passing, past) = json.dumps(found), self._passing(filter)
            joined = {n for ends in self._rows(
                f"SELECT e.source, e.target FROM edge e WHERE e.source IN {AMONG} AND e.target IN {AMONG} "
                f"AND e.source <> e.target AND ({passing})", [among, among, *past],
            ) for n in ends}  # fmt: skip
            kept = json.dumps(sorted(joined))
            near = (
                f"SELECT e.target FROM edge e WHERE e.source IN {AMONG} AND ({passing}) "
                f"UNION SELECT e.source FROM edge e WHERE e.target IN {AMONG} AND ({passing})"
            )
            more = self._rows(
                f"{ranked} SELECT n FROM r{only} AND n NOT IN {AMONG} AND n IN ({near}) {order}",
                [*given, among, kept, *past, kept, *past, most - len(joined)],
            )
            found = [*(n for n in found if n in joined), *(n for (n,) in more)]
        nodes = self.numbered(found)
        where_at = self._places(min(most, len(found)))
        return {"nodes": [{**nodes[n], **where_at.get(n, {})} for n in found], "total": total}

    def nodes(self, ids: Sequence[str]) -> list[Json]:
        """The nodes of these ids, as far as there are such."""
        numbers = self._numbers(ids)
        nodes = self.numbered(numbers.values())
        return [nodes[numbers[id]] for id in ids if id in numbers]

    def neighbours(self, id: str, filter: Filter, most: int) -> Json:
        """The nodes joined to one by an edge that the filter leaves, heaviest first."""
        n = self._numbers([id]).get(id)
        if n is None:
            return {"nodes": [], "total": 0}
        where, values = conditions(filter)
        shown, kinds = types(filter)
        touching = "(e.source = ? OR e.target = ?)"
        heavy = (
            f"SELECT {_OTHER} AS n, count(*) AS heft FROM edge e JOIN edge_claim h USING (e) JOIN claim c USING (c) "
        )
        parts = [f"{heavy} WHERE {touching}{f' AND {where}' if where else ''} GROUP BY e.e"]
        given: list[Any] = [n, n, n, *values]
        if shows_offices(filter):
            parts.append(f"SELECT {_OTHER}, 0.5 FROM edge e WHERE {touching} AND e.claims = 0")
            given += [n, n, n]
        joined = (
            f"SELECT node.n FROM (SELECT n, sum(heft) AS heft FROM ({' UNION ALL '.join(parts)}) GROUP BY n) "
            f"JOIN node USING (n) WHERE node.n <> ?{shown} ORDER BY heft DESC, claims DESC, node.n"
        )
        ranked = [other for (other,) in self._rows(joined, [*given, n, *kinds])]
        chosen = ranked[: min(max(most, 0), MOST)]
        nodes = self.numbered(chosen)
        return {"nodes": [nodes[other] for other in chosen], "total": len(ranked)}

    def edges(self, ids: Sequence[str], filter: Filter) -> list[Json]:
        """The edges between these nodes, with what the filter leaves on them."""
        numbers = self._numbers(ids)
        among = json.dumps(sorted(set(numbers.values())))
        where, values = conditions(filter)
        both = f"e.source IN {AMONG} AND e.target IN {AMONG}"
        counted = self._rows(
            "SELECT e.e, c.act, c.polarity, count(*) FROM edge e JOIN edge_claim h USING (e) JOIN claim c USING (c) "
            f"WHERE {both}{f' AND {where}' if where else ''} GROUP BY 1, 2, 3", [among, among, *values],
        )  # fmt: skip
        offices = shows_offices(filter)
        ends = dict[int, tuple[int, int]]()
        acts: dict[int, Counter[str]] = {}
        negative: Counter[int] = Counter()
        for e, act, polarity, count in counted:
            acts.setdefault(e, Counter())[act] += count
            negative[e] += count * (polarity == "negative")
        for e, source, target, claims in self._rows(
            f"SELECT e.e, e.source, e.target, e.claims FROM edge e WHERE {both}", [among, among]
        ):
            if e in acts or (offices and not claims):
                ends[e] = source, target
        titles = self._titles(ends.values()) if offices else {}
        iris = {n: id for id, n in numbers.items()}
        return [
            {
                "from": iris[source], "to": iris[target], "claims": sum(acts.get(e, Counter()).values()),
                "acts": dict(sorted(acts.get(e, {}).items())), "negative": negative[e],
                "offices": titles.get((source, target), []),
            }
            for e, (source, target) in sorted(ends.items())
        ]  # fmt: skip

    def path(self, start: str, goal: str, filter: Filter) -> list[str]:
        """The fewest edges from one to the other, whatever their direction; among equals by the most connected."""
        numbers = self._numbers([start, goal])
        if len(numbers) < len({start, goal}):
            return []
        first, last = numbers[start], numbers[goal]
        before = {first: -1}
        ring = [first]
        while ring and last not in before and len(before) < REACH:
            found = list(dict.fromkeys(other for n, other in self._steps(ring, filter) if self._met(before, n, other)))
            weights = dict(self._rows(f"SELECT n, claims FROM node WHERE n IN {AMONG}", [json.dumps(found)]))
            ring = sorted(found, key=lambda n: (-weights[n], n))
        steps: list[int] = []
        at = last if last in before else -1
        while at != -1:
            steps.insert(0, at)
            at = before[at]
        nodes = self.numbered(steps)
        return [nodes[n]["id"] for n in steps]

    def search(self, words: str, most: int) -> Json:
        """Nodes by name and claims by passage that have all the words, or words that go on as these do."""
        query = fts_query(words)
        if not query:
            return {"nodes": [], "claims": []}
        found = {}
        for kind, column, order in (("node", "name", "node.claims DESC, d.of"), ("claim", "text", "d.of")):
            join = "JOIN node ON node.n = d.of" if kind == "node" else ""
            found[kind] = [of for (of,) in self._rows(
                f"SELECT d.of FROM words w JOIN document d ON d.id = w.rowid {join} WHERE d.kind = ? AND words MATCH ? "
                f"ORDER BY {order} LIMIT ?", [kind, f"{{{column}}} : ({query})", min(max(most, 0), MOST)],
            )]  # fmt: skip
        nodes = self.numbered(found["node"])
        return {"nodes": [nodes[n] for n in found["node"]], "claims": self.claim_records(found["claim"])}

    def entity(self, id: str, filter: Filter) -> Json | None:
        """A node with its names and offices, and in how many claims it takes which part."""
        row = self._one("SELECT n, aliases FROM node WHERE iri = ?", [id])
        if row is None:
            return None
        n, aliases = row
        held = self._rows('SELECT title, of, start, "end" FROM office WHERE holder = ? ORDER BY rowid', [n])
        holders = self._rows('SELECT holder, title, start, "end" FROM office WHERE of = ? ORDER BY rowid', [n])
        nodes = self.numbered([n, *(of for _, of, _, _ in held if of is not None), *(who for who, *_ in holders)])
        where, values = conditions(filter)
        passing = f" AND {where}" if where else ""
        counts = dict(self._rows(
            "SELECT p.role, count(DISTINCT p.c) FROM part p JOIN claim c USING (c) "
            f"WHERE p.n = ?{passing} GROUP BY p.role",
            [n, *values],
        ))  # fmt: skip
        return {
            **nodes[n],
            "aliases": json.loads(aliases),
            "offices": [{"title": t, "of": nodes.get(of), "from": a, "to": b} for t, of, a, b in held],
            "holders": [{"who": nodes[who], "title": t, "from": a, "to": b} for who, t, a, b in holders],
            "speakers": self._tally(n, ("about",), ("says",), filter),
            "subjects": self._tally(n, ("says",), ("about", "self"), filter),
            **{role: counts.get(role, 0) for role in ROLES},
        }

    def claims(self, of: Json, filter: Filter, skip: int, most: int) -> Json:
        """Claims in order of time: all, one, those of an edge, or those in which a node has a role."""
        source, given = self._held(of)
        where, values = conditions(filter)
        passing = f" WHERE {where}" if where else ""
        query = f"FROM claim c JOIN ({source}) USING (c){passing}"
        total = self._row(f"SELECT count(*) {query}", [*given, *values])[0]
        window = [max(skip, 0), min(max(most, 0), MOST)]
        found = self._rows(f"SELECT c {query} ORDER BY c LIMIT ?, ?", [*given, *values, *window])
        return {"claims": self.claim_records([c for (c,) in found]), "total": total}

    def days(self, of: Json, filter: Filter) -> list[list[Any]]:
        """How many claims were published on each day."""
        source, given = self._held(of)
        where, values = conditions({**filter, "from": None, "to": None})
        passing = f" AND {where}" if where else ""
        return [list(row) for row in self._rows(
            f"SELECT day, count(*) FROM claim c JOIN ({source}) USING (c) WHERE day <> ''{passing} "
            "GROUP BY day ORDER BY day",
            [*given, *values],
        )]  # fmt: skip

    def leaders(self, filter: Filter, most: int) -> Json:
        """The entities with most claims of theirs, and with most claims of others about them."""
        where, values = conditions(filter)
        passing = f" AND {where}" if where else ""

        def by(role: str) -> list[list[Any]]:
            found = self._rows(
                "SELECT p.n, count(*) FROM part p JOIN node USING (n) JOIN claim c USING (c) "
                f"WHERE p.role = ? AND node.type IN ('Person', 'Organisation', 'Country', 'Place'){passing} "
                "GROUP BY p.n ORDER BY 2 DESC, 1 LIMIT ?", [role, *values, min(max(most, 0), MOST)],
            )  # fmt: skip
            nodes = self.numbered([n for n, _ in found])
            return [[nodes[n], count] for n, count in found]

        return {"quoted": by("says"), "discussed": by("about")}

    # --- for pages, too -------------------------------------------------------------------------------------------

    def claim_records(self, numbers: Sequence[int]) -> list[Json]:
        """Claims by their numbers, in this order, as pages show them."""
        rows = {row[0]: row for row in self._rows(
            "SELECT c.c, c.iri, c.kind, c.act, c.polarity, c.data, c.start, a.iri, a.title, a.outlet, a.published, "
            f"a.url FROM claim c JOIN article a USING (a) WHERE c.c IN {AMONG}", [json.dumps(list(numbers))],
        )}  # fmt: skip
        parts = self._rows(
            f"SELECT c, CASE role WHEN 'self' THEN 'about' ELSE role END, n FROM part WHERE c IN {AMONG} "
            "ORDER BY c, 2, at", [json.dumps(list(numbers))],
        )  # fmt: skip
        nodes = self.numbered([n for _, _, n in parts])
        people: dict[tuple[int, str], list[Json]] = {}
        for c, role, n in parts:
            people.setdefault((c, role), []).append(nodes[n])
        found = []
        for c in numbers:
            _, iri, kind, act, polarity, data, start, *article = rows[c]
            found.append({
                "id": iri, "kind": kind, "act": act, "polarity": polarity, **json.loads(data), "start": start,
                "speakers": people.get((c, "says"), []), "about": people.get((c, "about"), []),
                "to": people.get((c, "to"), []), "via": people.get((c, "via"), []), "in": people.get((c, "in"), []),
                "article": dict(zip(("id", "title", "outlet", "published", "url"), article, strict=True)),
            })  # fmt: skip
        return found

    def numbered(self, numbers: Iterable[int]) -> dict[int, Json]:
        """Nodes by their numbers."""
        wanted = json.dumps(sorted(set(numbers)))
        return {
            n: {"id": iri, "type": type, "name": name, "claims": claims}
            for n, iri, type, name, claims in self._rows(
                f"SELECT n, iri, type, name, claims FROM node WHERE n IN {AMONG}", [wanted]
            )
        }

    # --- within ---------------------------------------------------------------------------------------------------

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.db.execute(sql, values).fetchall()

    def _row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        return self._rows(sql, values)[0]

    def _one(self, sql: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
        return next(iter(self._rows(sql, values)), None)

    def _numbers(self, ids: Iterable[str]) -> dict[str, int]:
        wanted = json.dumps([id for id in ids if isinstance(id, str)][:5000])
        return dict(self._rows(f"SELECT iri, n FROM node WHERE iri IN {AMONG}", [wanted]))

    def _places(self, wanted: int) -> dict[int, Json]:
        (sizes,) = self._row("SELECT value FROM meta WHERE name = 'levels'")
        levels = list(enumerate(json.loads(sizes)))
        level = next((at for at, size in levels if size >= wanted), levels[-1][0] if levels else None)
        return {n: {"x": x, "y": y} for n, x, y in self._rows("SELECT n, x, y FROM place WHERE level = ?", [level])}

    def _titles(self, ends: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
        holders = json.dumps(sorted({source for source, _ in ends}))
        found: dict[tuple[int, int], set[str]] = {}
        for holder, of, title in self._rows(f"SELECT holder, of, title FROM office WHERE holder IN {AMONG}", [holders]):
            found.setdefault((holder, of), set()).add(title)
        return {pair: sorted(titles) for pair, titles in found.items()}

    @staticmethod
    def _passing(filter: Filter) -> tuple[str, list[Any]]:
        """What holds of an edge `e` that the filter leaves, with its values."""
        where, values = conditions(filter)
        left = f"EXISTS (SELECT 1 FROM edge_claim h JOIN claim c USING (c) WHERE h.e = e.e AND {where})"
        offices = " OR e.claims = 0" if shows_offices(filter) else ""
        return f"{left if where else 'e.claims > 0'}{offices}", list(values)

    def _steps(self, ring: Sequence[int], filter: Filter) -> list[tuple[int, int]]:
        """Edges that the filter leaves from the nodes of a ring, in the order of the ring."""
        passing, values = self._passing(filter)
        shown, kinds = types(filter)
        here = json.dumps(list(ring))
        found = self._rows(
            f"SELECT r.key, e.e, r.value, {_OTHER.replace('?', 'r.value')} AS other FROM json_each(?) r "
            f"JOIN edge e ON e.source = r.value OR e.target = r.value JOIN node ON node.n = other "
            f"WHERE ({passing}){shown}", [here, *values, *kinds],
        )  # fmt: skip
        return [(n, other) for _, _, n, other in sorted(found)]

    @staticmethod
    def _met(before: dict[int, int], n: int, other: int) -> bool:
        if other in before:
            return False
        before[other] = n
        return True

    def _tally(self, n: int, mine: Sequence[str], theirs: Sequence[str], filter: Filter) -> list[list[Any]]:
        """With whom a node shares claims in which it has one role and they another, most first."""
        where, values = conditions(filter)
        passing = f" AND {where}" if where else ""
        found = self._rows(
            "SELECT o.n, count(*) AS shared FROM part p JOIN part o ON o.c = p.c JOIN claim c ON c.c = p.c "
            f"JOIN node ON node.n = o.n WHERE p.n = ? AND p.role IN {AMONG} AND o.role IN {AMONG} "
            f"AND o.n <> ?{passing} GROUP BY o.n ORDER BY shared DESC, node.claims DESC, o.n LIMIT 200",
            [n, json.dumps(mine), json.dumps(theirs), n, *values],
        )  # fmt: skip
        nodes = self.numbered([other for other, _ in found])
        return [[nodes[other], count] for other, count in found]

    def _held(self, of: Json) -> tuple[str, list[Any]]:
        """A query for the numbers of the claims that are meant."""
        if "id" in of:
            return "SELECT c FROM claim WHERE iri = ?", [of["id"]]
        if "group" in of:
            return "SELECT c FROM member WHERE g = ?", [of["group"]]
        if "edge" in of:
            ends = self._numbers(of["edge"])
            return (
                "SELECT h.c FROM edge e JOIN edge_claim h USING (e) WHERE e.source = ? AND e.target = ?",
                [ends.get(id) for id in of["edge"]],
            )
        if "node" in of:
            if of["role"] == "says":
                own = "SELECT c FROM claim WHERE iri = ? UNION "
                return f"{own} SELECT p.c FROM part p JOIN node USING (n) WHERE node.iri = ? AND p.role = 'says'", [
                    of["node"], of["node"],
                ]  # fmt: skip
            return "SELECT DISTINCT p.c FROM part p JOIN node USING (n) WHERE node.iri = ? AND p.role = ?", [
                of["node"], of["role"],
            ]  # fmt: skip
        return "SELECT c FROM claim", []


METHODS = (
    "summary", "top", "nodes", "neighbours", "edges", "path", "search", "entity", "claims", "days", "leaders",
)  # fmt: skip
