"""The last step of training: the names head alone, on what the finished encoder makes of texts with names.

Most of these texts are *fresh*: the encoder has not been trained on their names. Of those that it has, it knows the
names by heart, and a head that saw too much of them would trust it too far, and learn nothing from the clues that
tables of known names give. With the encoder held fixed, the other heads cannot lose, and an epoch takes seconds, since
every word is encoded once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from kg.annotate.encode import PieceEncoder
from kg.annotate.known import clues
from kg.annotate.labels import Labels
from kg.train.batches import batches, collate
from kg.train.data import UNKNOWN, Document, Window, packs, window
from kg.train.network import Reader
from kg.train.replace import pool_of, recased, replaceable, with_other_names

EPOCHS = 10
MEAN = 5  # of the last epochs' ends is the result
CUTS = 2  # of the fresh documents into sentences and runs of them, at random
SHARE = 0.1  # of the windows that the encoder was trained on, in each epoch
ENCODED = 0.4  # of these windows from which the share is drawn
UNTOLD = 0.1  # of the batches go without clues
RATE, CHAIN_RATE, KNOWN_RATE = 5e-4, 2e-3, 1e-2
DROPOUT = 0.15
GROUP = 24  # windows of a batch
WORDS = 170  # of a window, at most


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of a window's words [words, width], their labels [words]; clues; weight and origin."""

    words: Tensor
    gold: Tensor
    clued: Tensor
    clue: Tensor
    weight: float
    origin: int


def refit_names(
    model: Reader,
    labels: Labels,
    encoder: PieceEncoder,
    trained: Sequence[Document],
    fresh: Sequence[Document],
    seed: int,
) -> None:
    """Train `model.names`, its chain and the scores of clues further. All documents annotate names."""
    rng = random.Random(seed)
    old = [item for item in _windows(trained, encoder, rng) if rng.random() < ENCODED]
    cuts = [part for _ in range(CUTS) for part in packs(fresh, WORDS, rng)]
    new = [window(document, encoder, start, end, rng) for document, start, end in cuts]
    known, unseen = (_encode(model, labels, found, rng) for found in (old, new))
    _fit(model, known, unseen, rng)


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
    return [*model.names.parameters(), *model.origins.parameters(), *model.name_chain.parameters(), model.known]


def _fit(model: Reader, trained: list[Encoded], fresh: list[Encoded], rng: random.Random) -> None:
    """All epochs; the parameters become the mean of those at the ends of the last (Izmailov et al. 2018)."""
    optimizer = torch.optim.AdamW(
        [
            {"params": [*model.names.parameters(), *model.origins.parameters()], "lr": RATE},
            {"params": model.name_chain.parameters(), "lr": CHAIN_RATE},
            {"params": [model.known], "lr": KNOWN_RATE},
        ]
    )
    an_epoch = -(-(len(fresh) + round(SHARE * len(trained) / ENCODED)) // GROUP)
    steps = EPOCHS * an_epoch
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.1, 1 - step / steps))
    ends = []
    model.train()
    for epoch in range(EPOCHS):
        encoded = [*fresh, *rng.sample(trained, min(len(trained), an_epoch * GROUP - len(fresh)))]
        rng.shuffle(encoded)
        for at in range(0, len(encoded), GROUP):
            loss = _loss(model, encoded[at : at + GROUP], told=rng.random() >= UNTOLD)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(_parameters(model), 1.0)
            optimizer.step()
            schedule.step()
        if epoch >= EPOCHS - MEAN:
            ends.append([p.detach().clone() for p in _parameters(model)])
    with torch.no_grad():
        for parameter, values in zip(_parameters(model), zip(*ends, strict=True), strict=True):
            parameter.copy_(torch.stack(values).mean(0))


def _encode(model: Reader, labels: Labels, found: list[Window], rng: random.Random) -> list[Encoded]:
    device = next(model.parameters()).device
    half = device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    model.eval()
    encoded = []
    for group in batches([item for item in found if len(item.ids) <= 510], 4096, rng):
        batch = collate(group, labels).to(device)
        with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=half):
            words = model.encode(batch.ids, batch.shapes, batch.firsts, batch.mask).float()
        for row, item in enumerate(group):
            size = item.end - item.start
            gold = batch.gold["names"][row, :size]
            if (gold != UNKNOWN).all():
                pair = clues([word.text for word in item.document.words[item.start : item.end]])
                clued, clue = (torch.from_numpy(part).to(device) for part in pair)
                document = item.document
                encoded.append(
                    Encoded(words[row, :size].clone(), gold, clued, clue, document.names_weight, document.origin)
                )
    return encoded


def _loss(model: Reader, group: Sequence[Encoded], told: bool) -> Tensor:
    pad = torch.nn.utils.rnn.pad_sequence
    words = F.dropout(pad([e.words for e in group], batch_first=True), DROPOUT)
    gold = pad([e.gold for e in group], batch_first=True, padding_value=0)
    mask = pad([torch.ones_like(e.gold, dtype=torch.bool) for e in group], batch_first=True)
    weights = torch.tensor([e.weight for e in group], device=words.device)
    custom = model.origins(torch.tensor([e.origin for e in group], device=words.device))
    scores = model.names(words) + custom[:, None]
    if told:
        rows = torch.cat([torch.full_like(e.clued, row) for row, e in enumerate(group)])
        at = rows, torch.cat([e.clued for e in group])
        scores = scores.index_put(at, model.known[torch.cat([e.clue for e in group])], accumulate=True)
    nll = model.name_chain.loss(scores, gold, mask)
    total: Tensor = (nll * weights).sum() / mask.sum()
    return total
