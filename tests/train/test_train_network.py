"""The network and its losses; collected only where torch is installed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest
import torch
from tokenizers import Tokenizer

from kg.annotate import weights
from kg.annotate.encode import PieceEncoder, Word
from kg.annotate.labels import Labels, bio, legal
from kg.annotate.reader import Network
from kg.train.crf import Chain
from kg.train.network import Reader, Sizes
from kg.train.shipped import blended, load_shipped

LABELS = bio(("A", "B"))
SMALL = Sizes(vocabulary=20, positions=32, width=24, inner=32, layers=2, heads=2)


def chain(seed: int) -> Chain:
    torch.manual_seed(seed)
    made = Chain(LABELS)
    torch.nn.init.normal_(made.start)
    torch.nn.init.normal_(made.follow)
    return made


@pytest.mark.parametrize("words", [1, 2, 4])
def test_chain_loss_is_that_of_all_legal_sequences(words: int) -> None:
    made = chain(words)
    emissions = torch.randn(1, words, len(LABELS))
    start, follow = legal(LABELS)

    def score(path: tuple[int, ...]) -> torch.Tensor:
        steps = [emissions[0, t, label] for t, label in enumerate(path)]
        return sum(steps) + made.start[path[0]] + sum((made.follow[a, b] for a, b in pairwise(path)), torch.tensor(0.0))

    paths = [
        p
        for p in product(range(len(LABELS)), repeat=words)
        if start[p[0]] and all(follow[a][b] for a, b in pairwise(p))
    ]
    total = torch.logsumexp(torch.stack([score(p) for p in paths]), 0)
    for path in paths[:: max(1, len(paths) // 7)]:
        loss = made.loss(emissions, torch.tensor([path]), torch.ones(1, words, dtype=torch.bool))
        assert loss.item() == pytest.approx((total - score(path)).item(), abs=1e-3)


def test_padding_changes_no_loss() -> None:
    made = chain(0)
    emissions, gold = torch.randn(1, 6, len(LABELS)), torch.tensor([[0, 1, 2, -100, -100, -100]])
    mask = gold >= 0
    short = made.loss(emissions[:, :3], gold[:, :3], mask[:, :3])
    assert torch.allclose(short, made.loss(emissions, gold, mask))


def test_padding_changes_no_score() -> None:
    torch.manual_seed(0)
    model = Reader(Labels(("a", "b"), ("x",), ("root", "dep"), ("l0|",)), SMALL).eval()
    ids, shapes = torch.tensor([[1, 5, 6, 7, 2]]), torch.tensor([[24, 0, 3, 3, 24]])
    firsts = torch.tensor([[1, 2]])
    alone = model(ids, shapes, firsts)
    mask = torch.tensor([[True] * 5 + [False] * 4])
    padded = model(torch.nn.functional.pad(ids, (0, 4)), torch.nn.functional.pad(shapes, (0, 4)), firsts, mask)
    for name, scores in alone.items():
        assert torch.allclose(scores, padded[name], atol=1e-5), name


def test_the_custom_of_a_corpus_counts_in_training_alone() -> None:
    model = Reader(Labels(("a", "b"), ("x",), ("root", "dep"), ("l0|",)), SMALL)
    assert not model.origins.weight.any()
    model.origins(torch.tensor([0, 1])).sum().backward()
    assert model.origins.weight.grad is not None
    assert not model.origins.weight.grad[0].any()  # the first is the custom that the reader shall keep
    assert model.origins.weight.grad[1].all()


def test_shipped_weights_come_back_whole() -> None:
    model = Reader(weights.load_labels(weights.FOLDER)).eval()
    load_shipped(model, weights.FOLDER)
    text = "Sudan 's army said on Monday that it had taken the city , Reuters reported . Nobody else would confirm it ."
    encoder = PieceEncoder(Tokenizer.from_file(str(weights.FOLDER / "tokenizer.json")))
    laid = encoder.lay_out([Word(word, n > 0, n == 0) for n, word in enumerate(text.split())])
    ids, shapes, firsts = (torch.tensor(column) for column in laid)
    with torch.no_grad():
        ours = model(ids[None], shapes[None], firsts[None])
    theirs = Network(weights.FOLDER).run(ids.numpy(), shapes.numpy(), firsts.numpy())
    for name in ("roles", "names", "tags", "pos", "lemmas", "arcs"):
        assert (ours[name][0].argmax(-1).numpy() == theirs[name].argmax(-1)).mean() > 0.9, name
    start, follow = model.name_chain.scores()
    heads = weights.load_heads(weights.FOLDER)
    assert torch.allclose(start, torch.from_numpy(heads.name_start))
    assert torch.allclose(follow, torch.from_numpy(heads.name_follow))


def test_weights_are_blended_by_shares() -> None:
    labels = Labels(("a", "b"), ("x",), ("root", "dep"), ("l0|",))
    old, new = Reader(labels, SMALL), Reader(labels, SMALL)
    mixed = blended(new.state_dict(), old, 0.25)
    assert mixed.keys() == new.state_dict().keys()
    assert torch.allclose(mixed["arcs.weight"], 0.75 * new.arcs.weight + 0.25 * old.arcs.weight)
    new.load_state_dict(mixed)  # barred transitions are still as barred
    assert torch.equal(new.role_chain.follow_bar, old.role_chain.follow_bar)


def test_other_weights_are_refused() -> None:
    labels = weights.load_labels(weights.FOLDER)
    with pytest.raises(ValueError, match="another network"):
        load_shipped(Reader(replace(labels, tags=labels.tags[1:])), weights.FOLDER)
