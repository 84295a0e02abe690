"""Linear-chain conditional random field loss (Lafferty et al. 2001) over BIO labels with illegal transitions barred."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from kg.annotate.labels import legal

BARRED = -1e4


class Chain(nn.Module):
    """Learned start and transition scores of one label set."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        start, follow = legal(labels)
        self.start = nn.Parameter(torch.zeros(len(labels)))
        self.follow = nn.Parameter(torch.zeros(len(labels), len(labels)))
        self.register_buffer("start_bar", torch.where(torch.tensor(start), 0.0, BARRED))
        self.register_buffer("follow_bar", torch.where(torch.tensor(follow), 0.0, BARRED))

    def scores(self) -> tuple[Tensor, Tensor]:
        """Start scores [labels] and transition scores [from, to]."""
        return self.start + self.start_bar, self.follow + self.follow_bar

    def loss(self, emissions: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood per sequence: emissions [batch, words, labels], gold and mask [batch, words].

        Masked words must stand at the ends of the sequences.
        """
        start, follow = self.scores()
        gold = gold.clamp_min(0)
        keep = mask.float()
        score = start[gold[:, 0]] + emissions[:, 0].gather(1, gold[:, :1]).squeeze(1)
        steps = emissions[:, 1:].gather(2, gold[:, 1:, None]).squeeze(2) + follow[gold[:, :-1], gold[:, 1:]]
        score = score + (steps * keep[:, 1:]).sum(1)
        alpha = start + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            ahead = torch.logsumexp(alpha[:, :, None] + follow, dim=1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], ahead, alpha)
        return torch.logsumexp(alpha, dim=1) - score
