"""Names of entities, for parameters: who is meant by a name, and who might be when nobody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.query.errors import nearest
from kg.resolve.names import fold

_LABELS = """
SELECT DISTINCT ?entity ?label WHERE {
  VALUES ?class { schema:Person schema:Organization schema:Country schema:Place schema:NewsMediaOrganization }
  ?entity a ?class ; skos:prefLabel|skos:altLabel|kg:isoCode ?label .
}
"""


class Names:
    """The labels of one store's entities and outlets, read when first needed.

    `ask` answers a SELECT over the dataset in question.
    """

    def __init__(self, ask: Callable[[str], QuerySolutions]) -> None:
        self._ask = ask

    def called(self, name: str) -> tuple[tuple[NamedNode, str], ...]:
        """The entities with this label, preferred or not, and their preferred labels, sorted.

        Case, accents, hyphens, apostrophes and amounts of white space make no difference.
        """
        found = self._labels.get(fold(name), ())
        return tuple(sorted(((iri, self._preferred(iri)) for iri in found), key=lambda f: (f[1], f[0].value)))

    def completed(self, name: str) -> tuple[tuple[NamedNode, str], ...]:
        """The entities with a label in which all words of a name begin a word, in their order: "ing sol", "Solvang"."""
        wanted = fold(name).split()
        iris = {iri for label, found in self._labels.items() if _begins(wanted, label.split()) for iri in found}
        return tuple(sorted(((iri, self._preferred(iri)) for iri in iris), key=lambda f: (f[1], f[0].value)))

    def entity_of(self, iri: NamedNode) -> NamedNode:
        """The entity that a mention's IRI stands for; any other IRI as it is."""
        bodies = (s["entity"] for s in self._ask(f"SELECT ?entity {{ {iri} oa:hasBody ?entity }}"))
        return min((body for body in bodies if isinstance(body, NamedNode)), key=str, default=iri)

    def explain_absence(self, name: str) -> str:
        """A sentence for a name that nothing has, with the nearest labels."""
        shown = {fold(label): label for label in self._spellings}
        near = nearest(fold(name), shown)
        if not near:
            return f"no entity is called {name!r}, nor anything like it"
        return f"no entity is called {name!r}; nearest: {', '.join(shown[label] for label in near)}"

    @cached_property
    def _labels(self) -> dict[str, list[NamedNode]]:
        labels: dict[str, set[NamedNode]] = defaultdict(set)
        for iri, label in self._pairs:
            labels[fold(label)].add(iri)
        return {label: sorted(iris, key=str) for label, iris in labels.items()}

    @cached_property
    def _spellings(self) -> list[str]:
        return sorted({label for _, label in self._pairs})

    @cached_property
    def _pairs(self) -> list[tuple[NamedNode, str]]:
        return [
            (solution["entity"], solution["label"].value)
            for solution in self._ask(_LABELS)
            if isinstance(solution["entity"], NamedNode) and isinstance(solution["label"], Literal)
        ]

    def _preferred(self, iri: NamedNode) -> str:
        labels = [s["label"].value for s in self._ask(f"SELECT ?label {{ {iri} skos:prefLabel ?label }}")]
        return min(labels, default=iri.value)


def _begins(wanted: list[str], words: list[str]) -> bool:
    """Whether each wanted word begins one of the words, one after the other."""
    rest = iter(words)
    return bool(wanted) and all(any(word.startswith(part) for word in rest) for part in wanted)
