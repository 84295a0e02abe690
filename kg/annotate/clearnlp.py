"""ClearNLP dependencies (Choi and Palmer 2012), which spaCy's English models write, as Universal Dependencies v2.

The two differ in what heads what: ClearNLP lets prepositions, copulas and the last word of a name head their phrases,
Universal Dependencies content words (de Marneffe et al. 2021). Each function below makes one change to a whole tree;
`to_universal` makes them in order. Every change keeps a tree a tree.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence

# Relations of ClearNLP, and what remains to be renamed once the structure is changed.
RELATIONS: Mapping[str, str] = {
    "ROOT": "ROOT",
    "acl": "acl",
    "acomp": "xcomp",
    "advcl": "advcl",
    "advmod": "advmod",
    "agent": "obl:agent",
    "amod": "amod",
    "appos": "appos",
    "attr": "xcomp",
    "aux": "aux",
    "auxpass": "aux:pass",
    "case": "case",
    "cc": "cc",
    "ccomp": "ccomp",
    "complm": "mark",
    "compound": "compound",
    "conj": "conj",
    "csubj": "csubj",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dep": "dep",
    "det": "det",
    "dobj": "obj",
    "expl": "expl",
    "hmod": "compound",
    "hyph": "punct",
    "infmod": "acl",
    "intj": "discourse",
    "iobj": "iobj",
    "mark": "mark",
    "meta": "dep",
    "neg": "advmod",
    "nmod": "nmod",
    "nn": "compound",
    "npadvmod": "obl:unmarked",
    "nsubj": "nsubj",
    "nsubjpass": "nsubj:pass",
    "num": "nummod",
    "number": "compound",
    "nummod": "nummod",
    "oprd": "xcomp",
    "parataxis": "parataxis",
    "partmod": "acl",
    "pcomp": "advcl",
    "pobj": "obl",
    "poss": "nmod:poss",
    "possessive": "case",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prep": "obl",
    "prt": "compound:prt",
    "punct": "punct",
    "quantmod": "advmod",
    "rcmod": "acl:relcl",
    "relcl": "acl:relcl",
    "xcomp": "xcomp",
}

_BE = frozenset("be am is are was were been being 's ’s 're ’re 'm ’m ai".split())
_FIXED = frozenset(
    "according to|ahead of|along with|apart from|as for|as of|as to|because of|depending on|due to|except for|"
    "instead of|next to|out of|outside of|prior to|rather than|such as|thanks to|together with|up to".split("|")
)
_PLACES = frozenset("abroad ahead around away back behind down here home in off on out over there up".split())
_NOMINALS = frozenset(("NOUN", "PROPN", "PRON", "NUM", "DET", "SYM", "X"))
_VERBS = frozenset(("VERB", "AUX"))


class Tree:
    """A parse as columns, one row a token, changed in place.

    `words` are in lower case, `pos` universal parts of speech, `heads` token indices (a root's its own), `deps`
    relations; `people` numbers the persons' names that tokens stand in, 0 outside of all.
    """

    def __init__(
        self, words: Sequence[str], pos: Sequence[str], heads: Sequence[int], deps: Sequence[str], people: Sequence[int]
    ) -> None:
        self.words, self.pos, self.people = words, pos, people
        self.heads, self.deps = list(heads), list(deps)
        self._below: list[list[int]] = [[] for _ in words]
        for i, head in enumerate(heads):
            if head != i:
                self._below[head].append(i)

    def children(self, i: int, *relations: str) -> list[int]:
        """Dependents, left to right, of these relations or of any."""
        return [c for c in self._below[i] if not relations or self.deps[c] in relations]

    def bottom_up(self) -> list[int]:
        """All tokens as the tree stands now, dependents before their heads."""
        order = [i for i, head in enumerate(self.heads) if i == head]
        for i in order:  # grows while it is read: each level after the one above
            order.extend(self._below[i])
        return order[::-1]

    def move(self, i: int, head: int, relation: str) -> None:
        """Hang a token, with all below it, on another head, which must not stand below it; itself for a root."""
        if self.heads[i] != i:
            self._below[self.heads[i]].remove(i)
        if head != i:
            insort(self._below[head], i)
        self.heads[i], self.deps[i] = head, relation

    def promote(self, i: int, relation: str, below: str) -> None:
        """Let a dependent take the place of its head, under `relation`; the head hangs on it by `below`."""
        former = self.heads[i]
        above = self.heads[former]
        self.move(i, i if above == former else above, "ROOT" if above == former else relation)
        for child in self.children(former):
            self.move(child, i, self.deps[child])
        self.move(former, i, below)


def to_universal(tree: Tree) -> None:
    """Turn a ClearNLP tree into a Universal Dependencies tree."""
    for change in (_prepositions, _fixed, _copulas, _names, _coordinations, _relations):
        change(tree)


def _prepositions(tree: Tree) -> None:
    """Complements head their prepositions: "in [Paris]" by `case`, "by [saying so]" by `mark`."""
    for i in tree.bottom_up():
        found = tree.children(i, "pobj", "pcomp")
        if not found and tree.deps[i] in ("prep", "agent"):
            found = [c for c in tree.children(i, "conj") if tree.children(c, "case")]  # "in and around [Paris]"
        if found:
            clause = tree.deps[found[0]] == "pcomp" and tree.pos[found[0]] in _VERBS
            tree.promote(found[0], _of_complement(tree, i, clause), "mark" if clause else "case")


def _of_complement(tree: Tree, preposition: int, clause: bool) -> str:
    """The relation of a preposition's complement to what the preposition hangs on."""
    relation, governor = tree.deps[preposition], tree.heads[preposition]
    if relation == "agent":
        return "advcl" if clause else "obl:agent"
    if relation not in ("prep", "dative"):
        return relation  # "conj", or the phrase is a predicate or stands alone
    if tree.deps[governor] in ("prep", "agent") and not tree.children(governor, "pobj", "pcomp"):
        return "pcomp" if clause else "pobj"  # "from behind the house", "according to officials"
    nominal = tree.pos[governor] in _NOMINALS
    if clause:
        return "acl" if nominal else "advcl"
    return "nmod" if nominal else "obl"


def _fixed(tree: Tree) -> None:
    """Prepositions of two words: the second hangs on the first."""
    for i in range(len(tree.words) - 1):
        second = i + 1
        if f"{tree.words[i]} {tree.words[second]}" not in _FIXED or tree.deps[second] != "case":
            continue
        if tree.heads[i] == tree.heads[second] and tree.deps[i] in ("case", "amod", "advmod"):
            tree.move(i, tree.heads[i], "case")
            tree.move(second, i, "fixed")


def _copulas(tree: Tree) -> None:
    """Predicates head the forms of "be": "is [a threat]", "was [ready]", "are [in Paris]", "is [that they left]"."""
    for i in tree.bottom_up():
        if tree.words[i] not in _BE or tree.pos[i] not in _VERBS or tree.deps[i] in ("aux", "auxpass"):
            continue
        if any(tree.words[c] == "there" for c in tree.children(i, "expl")):
            for child in tree.children(i, "attr"):  # what there is is the subject
                tree.move(child, i, "nsubj")
            continue
        predicate = _predicate(tree, i)
        if predicate is None:
            continue
        if tree.deps[predicate] in ("ccomp", "xcomp"):  # two clauses in one: the outer one's subject is marked
            for child in tree.children(i, "nsubj", "csubj"):
                tree.move(child, i, tree.deps[child] + ":outer")
        tree.promote(predicate, tree.deps[i], "cop")


def _predicate(tree: Tree, be: int) -> int | None:
    """What a form of "be" says of its subject; None when it stands alone."""
    after = [c for c in tree.children(be) if c > be]
    candidates = [
        *tree.children(be, "acomp", "attr", "oprd"),
        *(c for c in after if tree.deps[c] in ("ccomp", "xcomp")),
        *(c for c in after if tree.deps[c] == "obl"),
        *(c for c in after if tree.deps[c] == "advmod" and tree.words[c] in _PLACES),
    ]
    return candidates[0] if candidates else None


def _names(tree: Tree) -> None:
    """A person's first name heads the others by `flat`; what stands before it describes: "[President] Ingrid"."""
    for i in range(len(tree.words)):
        inside = tree.heads[i] != i and tree.people[tree.heads[i]] == tree.people[i]
        if not tree.people[i] or inside:
            continue
        before = [c for c in tree.children(i, "compound", "nmod", "nn") if c < i]
        parts = [c for c in before if tree.people[c] == tree.people[i]]
        for c in before:
            tree.move(c, i, "flat" if c in parts else "nmod:desc")
        if parts:
            tree.promote(parts[0], tree.deps[i], "flat")


def _coordinations(tree: Tree) -> None:
    """All conjuncts hang on the first, and each conjunction on the conjunct after it."""
    for i in range(len(tree.words)):
        if tree.deps[i] == "conj":
            tree.move(i, _first_conjunct(tree, tree.heads[i]), "conj")
    for i in range(len(tree.words)):
        if tree.deps[i] == "cc":
            first = _first_conjunct(tree, tree.heads[i])
            following = next((c for c in tree.children(first, "conj") if first < i < c), None)
            if following is not None:
                tree.move(i, following, "cc")


def _first_conjunct(tree: Tree, i: int) -> int:
    while tree.deps[i] == "conj" and tree.heads[i] != i:
        i = tree.heads[i]
    return i


def _relations(tree: Tree) -> None:
    """The names of relations."""
    for i, relation in enumerate(tree.deps):
        nominal = tree.pos[tree.heads[i]] in _NOMINALS
        if relation == "aux" and tree.words[i] == "to":
            tree.deps[i] = "mark"
        elif relation == "npadvmod" and nominal:
            tree.deps[i] = "nmod:unmarked"
        elif relation == "prep" and nominal:
            tree.deps[i] = "nmod"
        else:
            tree.deps[i] = RELATIONS.get(relation, relation)  # those of the changes above are universal already
