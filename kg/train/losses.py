"""The training loss: one term a head, each a mean over what its corpora annotate."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from kg.train.batches import Batch
from kg.train.data import UNKNOWN
from kg.train.network import Reader

WEIGHTS = {
    "roles": 3.0,
    "source_links": 1.0,
    "content_links": 1.0,
    "names": 3.0,
    "tags": 0.5,
    "pos": 0.3,
    "lemmas": 0.3,
    "starts": 0.5,
    "arcs": 1.0,
    "deps": 0.7,
}


def losses(model: Reader, batch: Batch, scores: dict[str, Tensor]) -> dict[str, Tensor]:
    """Loss terms by head; a head that no window of the batch annotates has none."""
    terms: dict[str, Tensor] = {}
    for name, chain in (("roles", model.role_chain), ("names", model.name_chain)):
        rows = (batch.gold[name] != UNKNOWN).any(1)
        if rows.any():
            mask = batch.words[rows]
            emissions = scores[name][rows].float()
            if name == "names":
                emissions = emissions + model.origins(batch.origins[rows])[:, None]
            nll = chain.loss(emissions, batch.gold[name][rows], mask)
            weights = batch.weights[name][rows]
            terms[name] = (nll * weights).sum() / mask.sum()
    for name in ("tags", "pos", "lemmas"):
        gold = batch.gold[name]
        if (gold != UNKNOWN).any():
            terms[name] = F.cross_entropy(scores[name].transpose(1, 2), gold, ignore_index=UNKNOWN)
    terms |= _syntax(model, batch, scores)
    for role in ("source", "content"):
        links = batch.links[role]
        if len(links):
            row, word, cue, linked = links.unbind(1)
            logits = scores[f"{role}_links"][row, word, cue]
            each = F.binary_cross_entropy_with_logits(logits, linked.to(logits.dtype), reduction="sum")
            terms[f"{role}_links"] = each / linked.sum()  # a word of a span counts once, however many cues there are
    return terms


def _syntax(model: Reader, batch: Batch, scores: dict[str, Tensor]) -> dict[str, Tensor]:
    heads, starts = batch.gold["heads"], batch.gold["starts"]
    known = heads != UNKNOWN
    if not known.any():
        return {}
    marked = starts != UNKNOWN
    sentence = starts.clamp_min(0).cumsum(1)  # words of one sentence share a number
    same = (sentence[:, :, None] == sentence[:, None, :]) & batch.words[:, None, :]
    arcs = scores["arcs"].masked_fill(~same, -1e4)
    row, word = known.nonzero(as_tuple=True)
    head = heads[row, word]
    relations = model.dep_scores(scores["dep_left"][row, word], scores["dep_right"][row, head])
    return {
        "starts": F.binary_cross_entropy_with_logits(scores["starts"][marked], starts[marked].float()),
        "arcs": F.cross_entropy(arcs[row, word], head),
        "deps": F.cross_entropy(relations, batch.gold["deps"][row, word], ignore_index=UNKNOWN),
    }


def total(terms: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * term for name, term in terms.items()]).sum()
