"""Windows of all corpora as padded batches."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from kg.annotate.encode import SPECIAL_SHAPE, PieceEncoder
from kg.annotate.labels import Labels
from kg.train.data import UNKNOWN, Document, Window, cut, packs, window
from kg.train.replace import SENTENCES, pool_of, replaceable, with_other_names

COLUMNS = ("roles", "names", "tags", "pos", "deps", "lemmas")


@dataclass(slots=True)
class Batch:
    """Padded windows. `gold` holds a label index or UNKNOWN for each word and column, and heads and sentence starts.

    `links` are (row, role word, cue word, 1 or 0) by role: each word of a linked span with every cue of its window.
    """

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    firsts: Tensor
    words: Tensor
    origins: Tensor
    gold: dict[str, Tensor]
    links: dict[str, Tensor]
    weights: dict[str, Tensor]

    def to(self, device: torch.device) -> Batch:
        """The same batch on a device."""

        def move(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
            return {name: tensor.to(device) for name, tensor in tensors.items()}

        return Batch(
            ids=self.ids.to(device),
            shapes=self.shapes.to(device),
            mask=self.mask.to(device),
            firsts=self.firsts.to(device),
            words=self.words.to(device),
            origins=self.origins.to(device),
            gold=move(self.gold),
            links=move(self.links),
            weights=move(self.weights),
        )


def windows(
    articles: Sequence[Document], sentences: Sequence[Document], encoder: PieceEncoder, limit: int, rng: random.Random
) -> list[Window]:
    """One epoch's windows: articles cut at a new place each time, sentences packed anew."""
    found: list[Window] = []
    for document in articles:
        if document.weight < rng.random():
            continue
        found.extend(cut(document, encoder, rng.choice((limit, limit, limit * 3 // 4)), rng))
    pool = pool_of(sentences)
    for document, start, end in packs(sentences, limit * 2 // 3, rng):
        if replaceable(document) and rng.random() < SENTENCES:
            document = with_other_names(document, start, end, pool, rng)
            start, end = 0, len(document.words)
        laid = window(document, encoder, start, end, rng)
        if len(laid.ids) <= limit + 64:
            found.append(laid)
    return found


def batches(found: list[Window], pieces: int, rng: random.Random) -> list[list[Window]]:
    """Groups of about `pieces` pieces, of windows of like length, in random order."""
    rng.shuffle(found)
    groups: list[list[Window]] = []
    for at in range(0, len(found), 512):
        group: list[Window] = []
        for item in sorted(found[at : at + 512], key=lambda w: len(w.ids)):
            if group and (len(group) + 1) * len(item.ids) > pieces:
                groups.append(group)
                group = []
            group.append(item)
        groups.append(group)
    rng.shuffle(groups)
    return groups


def collate(group: Sequence[Window], labels: Labels) -> Batch:
    """Pad a group of windows and look up their gold labels."""
    length = max(len(w.ids) for w in group)
    width = max(w.end - w.start for w in group)
    ids = torch.zeros(len(group), length, dtype=torch.long)
    shapes = torch.full((len(group), length), SPECIAL_SHAPE)
    mask = torch.zeros(len(group), length, dtype=torch.bool)
    firsts = torch.zeros(len(group), width, dtype=torch.long)
    words = torch.zeros(len(group), width, dtype=torch.bool)
    names = (*COLUMNS, "heads", "starts")
    gold = {name: torch.full((len(group), width), UNKNOWN) for name in names}
    links: dict[str, list[tuple[int, int, int, int]]] = {"source": [], "content": []}
    index = {name: {label: i for i, label in enumerate(getattr(labels, name))} for name in COLUMNS}
    for row, item in enumerate(group):
        size = item.end - item.start
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        shapes[row, : len(item.ids)] = torch.tensor(item.shapes)
        mask[row, : len(item.ids)] = True
        firsts[row, :size] = torch.tensor(item.firsts)
        words[row, :size] = True
        for name, column in _columns(item, index).items():
            gold[name][row, :size] = torch.tensor(column)
        _link(item, row, links)
    weights = {
        "roles": torch.ones(len(group)),
        "names": torch.tensor([w.document.names_weight for w in group]),
    }
    tensors = {role: torch.tensor(rows).view(-1, 4) for role, rows in links.items()}
    origins = torch.tensor([w.document.origin for w in group])
    return Batch(ids, shapes, mask, firsts, words, origins, gold, tensors, weights)


def _columns(item: Window, index: dict[str, dict[str, int]]) -> dict[str, list[int]]:
    document, start, end = item.document, item.start, item.end
    found: dict[str, list[int]] = {}
    for name in COLUMNS:
        column: list[str] = getattr(document, name)
        if not column:
            continue
        cells = column[start:end]
        if name in ("roles", "names") and cells[0].startswith("I-"):  # a span cut by the window begins there
            cells[0] = "B-" + cells[0][2:]
        found[name] = [index[name].get(cell, UNKNOWN) for cell in cells]
    if document.heads:
        # a head outside the window belongs to a sentence that was cut: nothing to learn there
        found["heads"] = [h - start if start <= h < end else UNKNOWN for h in document.heads[start:end]]
        units = set(document.units)
        found["starts"] = [int(i in units) for i in range(start, end)]
    return found


def _link(item: Window, row: int, links: dict[str, list[tuple[int, int, int, int]]]) -> None:
    inside = [link for link in item.document.links if item.start <= link.cue < item.end]
    cues = sorted({link.cue for link in inside})
    pairs: dict[tuple[str, int], set[int]] = {}
    for link in inside:
        for word in link.words:
            if item.start <= word < item.end:
                pairs.setdefault((link.role, word), set()).add(link.cue)
    for (role, word), linked in pairs.items():
        for cue in cues:
            links[role].append((row, word - item.start, cue - item.start, int(cue in linked)))
