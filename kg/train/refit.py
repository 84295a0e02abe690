"""The last step of training: the names head alone, on what the finished encoder makes of the names corpora.

In joint training the weak names of PolNeAR outweigh the labelled ones by far. With the encoder held fixed, the other
heads cannot lose, and an epoch takes seconds, since every word is encoded once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from kg.annotate.encode import PieceEncoder
from kg.annotate.labels import Labels
from kg.train.batches import batches, collate
from kg.train.data import UNKNOWN, Document, Window, packs, window
from kg.train.network import Reader
from kg.train.replace import pool_of, recased, replaceable, with_other_names

ROUNDS = 2  # each from where the one before ended; the result is the mean of their ends
EPOCHS = 10  # of a round
DOMAIN = 6  # times that the names of political texts are repeated
RATE = 5e-4
CHAIN_RATE = 2e-3
DROPOUT = 0.15
GROUP = 24  # windows of a batch
WORDS = 170  # of a window, at most


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of a window's words [words, width], their labels [words]; weight and origin."""

    words: Tensor
    gold: Tensor
    weight: float
    origin: int


def refit_names(model: Reader, labels: Labels, encoder: PieceEncoder, documents: Sequence[Document], seed: int) -> None:
    """Train `model.names` and its chain further, on the documents that annotate names."""
    rng = random.Random(seed)
    found = _windows([document for document in documents if document.names], encoder, rng)
    encoded = _encode(model, labels, [w for w in found if len(w.ids) <= 510], rng)
    ends = []
    for _ in range(ROUNDS):
        _round(model, encoded, rng)
        ends.append([p.detach().clone() for p in _parameters(model)])
    with torch.no_grad():
        for parameter, values in zip(_parameters(model), zip(*ends, strict=True), strict=True):
            parameter.copy_(torch.stack(values).mean(0))


def _windows(documents: Sequence[Document], encoder: PieceEncoder, rng: random.Random) -> list[Window]:
    """Each sentence as it is, and where nothing but names is known of it once more, with other names or in another
    case."""
    pool = pool_of(documents)
    found = []
    for document, start, end in packs(documents, WORDS, rng):
        found.append(window(document, encoder, start, end, rng))
        if replaceable(document):
            other = with_other_names(document, start, end, pool, rng)
            other = recased(other, 0, len(other.words), rng)
            found.append(window(other, encoder, 0, len(other.words), rng))
    return found


def _parameters(model: Reader) -> list[torch.nn.Parameter]:
    return [*model.names.parameters(), *model.origins.parameters(), *model.name_chain.parameters()]


def _round(model: Reader, encoded: list[Encoded], rng: random.Random) -> None:
    chain = list(model.name_chain.parameters())
    optimizer = torch.optim.AdamW(
        [
            {"params": [*model.names.parameters(), *model.origins.parameters()], "lr": RATE},
            {"params": chain, "lr": CHAIN_RATE},
        ]
    )
    steps = EPOCHS * -(-len(encoded) // GROUP)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.01, 1 - step / steps))
    model.train()
    for _ in range(EPOCHS):
        rng.shuffle(encoded)
        for at in range(0, len(encoded), GROUP):
            loss = _loss(model, encoded[at : at + GROUP])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(_parameters(model), 1.0)
            optimizer.step()
            schedule.step()


def _encode(model: Reader, labels: Labels, found: list[Window], rng: random.Random) -> list[Encoded]:
    device = next(model.parameters()).device
    model.eval()
    encoded = []
    with torch.no_grad():
        for group in batches(found, 4096, rng):
            batch = collate(group, labels).to(device)
            words = model.encode(batch.ids, batch.shapes, batch.firsts, batch.mask)
            for row, item in enumerate(group):
                size = item.end - item.start
                gold = batch.gold["names"][row, :size]
                if (gold != UNKNOWN).all():
                    encoded.append(
                        Encoded(words[row, :size].clone(), gold, item.document.names_weight, item.document.origin)
                    )
    return encoded


def _loss(model: Reader, group: Sequence[Encoded]) -> Tensor:
    pad = torch.nn.utils.rnn.pad_sequence
    words = F.dropout(pad([e.words for e in group], batch_first=True), DROPOUT)
    gold = pad([e.gold for e in group], batch_first=True, padding_value=0)
    mask = pad([torch.ones_like(e.gold, dtype=torch.bool) for e in group], batch_first=True)
    weights = torch.tensor([e.weight for e in group], device=words.device)
    custom = model.origins(torch.tensor([e.origin for e in group], device=words.device))
    nll = model.name_chain.loss(model.names(words) + custom[:, None], gold, mask)
    total: Tensor = (nll * weights).sum() / mask.sum()
    return total
