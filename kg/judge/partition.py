"""Things that are one and things that must stay apart: union-find with cannot-links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)


class Partition(Generic[_T]):
    """Disjoint sets of things, some pairs of which must not be joined. Whatever is asked for first, holds.

    Each step takes nearly constant time but for sets that must stay apart, whose number it grows with.
    """

    def __init__(self) -> None:
        self._parent: dict[_T, _T] = {}
        self._size: dict[_T, int] = {}
        self._apart: defaultdict[_T, set[_T]] = defaultdict(set)

    def root(self, thing: _T) -> _T:
        """What stands for the set the thing is in; another thing after its set was joined with another."""
        root = thing
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(thing, thing)) != root:
            self._parent[thing], thing = root, parent
        return root

    def join(self, one: _T, other: _T) -> bool:
        """Makes one set of the sets of both; False, and nothing is changed, where these must stay apart."""
        big, small = self.root(one), self.root(other)
        if big == small:
            return True
        if small in self._apart.get(big, ()):
            return False
        if self._size.get(big, 1) < self._size.get(small, 1):
            big, small = small, big
        self._parent[small] = big
        self._size[big] = self._size.get(big, 1) + self._size.pop(small, 1)
        for enemy in self._apart.pop(small, ()):
            self._apart[enemy].remove(small)
            self._apart[enemy].add(big)
            self._apart[big].add(enemy)
        return True

    def part(self, one: _T, other: _T) -> bool:
        """Keeps the sets of both apart from now on; False, and nothing is changed, where they are one already."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return False
        self._apart[first].add(second)
        self._apart[second].add(first)
        return True

    def parted(self, one: _T, other: _T) -> bool:
        """Whether the sets of both must not be joined."""
        return self.root(other) in self._apart.get(self.root(one), ())

    def joined(self, one: _T, other: _T) -> bool:
        """Whether both are in one set."""
        return self.root(one) == self.root(other)
