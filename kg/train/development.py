"""Quick dev scores of the network being trained: windows without overlap, spans compared by words.

The figures to report are those of `kg evaluate` on the exported weights; these only show where training stands.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray

from kg.annotate.decode import bio_spans, tree, viterbi
from kg.annotate.encode import PieceEncoder
from kg.annotate.known import with_known
from kg.annotate.labels import Labels
from kg.train.batches import collate
from kg.train.data import Document, Window, cut
from kg.train.network import Reader


@torch.no_grad()
def score(
    model: Reader, labels: Labels, encoder: PieceEncoder, dev: Mapping[str, Sequence[Document]], device: torch.device
) -> dict[str, float]:
    """F1 of roles and names, UAS, LAS, tag accuracy and sentence-start F1, in per cent."""
    model.eval()
    counts: Counter[str] = Counter()
    for corpus, documents in dev.items():
        rng = random.Random(0)
        rng.random = lambda: 1.0  # type: ignore[method-assign]  # hide nothing in dev windows
        for document in documents:
            for item in cut(document, encoder, 256, rng):
                _count(model, labels, item, corpus, counts, device)
    model.train()
    scores = {}
    for name in sorted({key.rsplit(" ", 1)[0] for key in counts}):
        if counts[f"{name} all"]:
            scores[name] = 100 * counts[f"{name} right"] / counts[f"{name} all"]
        else:
            scores[name] = 200 * counts[f"{name} both"] / max(1, counts[f"{name} gold"] + counts[f"{name} found"])
    return scores


def _count(
    model: Reader, labels: Labels, item: Window, corpus: str, counts: Counter[str], device: torch.device
) -> None:
    batch = collate([item], labels).to(device)
    scores = {k: v[0].float().cpu() for k, v in model(batch.ids, batch.shapes, batch.firsts).items()}
    gold = {k: v[0].cpu().numpy() for k, v in batch.gold.items()}
    document = item.document
    for name, chain in (("roles", model.role_chain), ("names", model.name_chain)):
        if not getattr(document, name):
            continue
        table = getattr(labels, name)
        start, follow = (t.cpu().numpy() for t in chain.scores())
        emissions = scores[name].numpy()
        if name == "names":
            words = [word.text for word in document.words[item.start : item.end]]
            emissions = with_known(emissions, words, model.known.cpu().numpy())
        found = set(bio_spans([table[i] for i in viterbi(emissions, start, follow)]))
        want = set(bio_spans([table[i] for i in gold[name]]))
        for kind in {s[2] for s in found | want} - {"MISC"}:
            key = f"{corpus} {kind if name == 'roles' else 'names'}"
            a, b = {s for s in found if s[2] == kind}, {s for s in want if s[2] == kind}
            counts.update({f"{key} found": len(a), f"{key} gold": len(b), f"{key} both": len(a & b)})
    if document.heads:
        _count_syntax(model, scores, gold, corpus, counts, device)


def _count_syntax(
    model: Reader,
    scores: dict[str, torch.Tensor],
    gold: dict[str, NDArray[np.int64]],
    corpus: str,
    counts: Counter[str],
    device: torch.device,
) -> None:
    bounds = [*np.flatnonzero(gold["starts"] == 1), len(gold["starts"])]
    predicted, true = scores["starts"].numpy() > 0, gold["starts"] == 1
    counts.update(
        {
            f"{corpus} starts found": int(predicted.sum()),
            f"{corpus} starts gold": int(true.sum()),
            f"{corpus} starts both": int((predicted & true).sum()),
        }
    )
    heads = np.arange(bounds[-1])
    for a, b in pairwise(bounds):
        heads[a:b] = a + tree(scores["arcs"][a:b, a:b].numpy())
    relations = (
        model.dep_scores(scores["dep_left"].to(device), scores["dep_right"][heads].to(device)).argmax(1).cpu().numpy()
    )
    right = heads == gold["heads"]
    counts.update(
        {
            f"{corpus} UAS right": int(right.sum()),
            f"{corpus} LAS right": int((right & (relations == gold["deps"])).sum()),
            f"{corpus} UAS all": len(heads),
            f"{corpus} LAS all": len(heads),
            f"{corpus} tags right": int((scores["tags"].argmax(1).numpy() == gold["tags"]).sum()),
            f"{corpus} tags all": len(heads),
            f"{corpus} lemmas right": int((scores["lemmas"].argmax(1).numpy() == gold["lemmas"]).sum()),
            f"{corpus} lemmas all": len(heads),
        }
    )
