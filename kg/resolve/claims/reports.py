"""Who had it from whom: articles that share text, and how many newsrooms stand behind a group of claims.

Near-duplicates are found by runs of words (shingles, Broder 1997). What is asked is containment, since a copy is often
cut: of two articles where one reprints a quarter of the other, the resemblance that MinHash signatures estimate can be
0.07, too little for their index to find; runs that few articles share lead to the same pairs exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from kg.judge import Partition
from kg.resolve.claims.statements import Statement
from kg.resolve.claims.words import runs, words

COMMON = 12
"""Articles that share a run of words before it counts as everybody's."""
PART, WHOLE = 0.1, 0.4
"""Share of the shorter article's runs that the longer one has: from where it may copy in part, and where it copies."""

_LEAST = 12  # shared runs
_SENTENCE = 0.3  # of a sentence's runs, for being copied


def overlaps(texts: Sequence[str]) -> dict[tuple[int, int], float]:
    """Pairs of texts that share a good part, by their places, with the share of the shorter one's runs (0 to 1)."""
    found = [np.fromiter(runs(words(text)), dtype=np.int64) for text in texts]
    sizes = np.array([len(f) for f in found], dtype=np.int64)
    if not sizes.sum():
        return {}
    values = np.concatenate(found)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), sizes)
    order = np.lexsort((owners, values))
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    lengths = np.diff(np.r_[starts, len(values)])
    pairs = []
    for length in range(2, COMMON + 1):
        block = owners[starts[lengths == length][:, None] + np.arange(length)]
        one, other = np.triu_indices(length, 1)
        pairs.append(block[:, one].ravel() * len(texts) + block[:, other].ravel())
    codes, counts = np.unique(np.concatenate(pairs), return_counts=True)
    one, other = codes // len(texts), codes % len(texts)
    share = counts / np.minimum(sizes[one], sizes[other])
    kept = (counts >= _LEAST) & (share >= PART)
    return {(int(a), int(b)): float(s) for a, b, s in zip(one[kept], other[kept], share[kept], strict=True)}


def reports(members: Sequence[Statement], shared: Mapping[tuple[int, int], float]) -> list[tuple[Statement, ...]]:
    """The members parted into independent reports.

    One report are claims of one outlet; of articles of which one copies the other, or copies this sentence; and those
    that are credited to the same source, or to the outlet of another. All this carries over.
    """
    sets: Partition[int] = Partition()
    by: defaultdict[str, list[int]] = defaultdict(list)
    for n, member in enumerate(members):
        for name in sorted({member.channel, *member.credits}):
            by[name].append(n)
    for same in by.values():
        for n in same[1:]:
            sets.join(same[0], n)
    for n, one in enumerate(members):
        for m in range(n):
            if _copied(one, members[m], shared):
                sets.join(m, n)
    parts: defaultdict[int, list[Statement]] = defaultdict(list)
    for n, member in enumerate(members):
        parts[sets.root(n)].append(member)
    return sorted(map(tuple, parts.values()), key=lambda part: part[0].order)


def _copied(one: Statement, other: Statement, shared: Mapping[tuple[int, int], float]) -> bool:
    share = shared.get((min(one.article, other.article), max(one.article, other.article)), 0.0)
    if share >= WHOLE:
        return True
    fewer = min(len(one.frame), len(other.frame))
    return share >= PART and fewer > 0 and len(one.frame & other.frame) >= _SENTENCE * fewer
