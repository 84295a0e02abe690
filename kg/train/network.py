"""The reader network: a BERT encoder (Devlin et al. 2019; MiniLM sizes) with shape embeddings, and its heads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kg.annotate.encode import SHAPES
from kg.annotate.known import CLUES
from kg.annotate.labels import Labels
from kg.train.crf import Chain
from kg.train.data import ORIGINS

ARC, LABEL, LINK = 192, 96, 128  # widths of the biaffine projections


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the base encoder."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    layers: int = 6
    heads: int = 12


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Scaled dot-product attention; spelt out, since torch's fused one is five times slower in bfloat16 on a CPU."""
    if query.device.type != "cpu" or not torch.is_autocast_enabled("cpu"):
        return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    scores = (query @ key.transpose(2, 3)).float() / math.sqrt(query.shape[3])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e4)
    return scores.softmax(3).to(value.dtype) @ value


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.query = nn.Linear(sizes.width, sizes.width)
        self.key = nn.Linear(sizes.width, sizes.width)
        self.value = nn.Linear(sizes.width, sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.out_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.up = nn.Linear(sizes.width, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.width)
        self.down_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.together: nn.Linear | None = None

    def fuse(self) -> None:
        """Make query, key and value one product, for export: its input is then quantised once instead of thrice."""
        three = (self.query, self.key, self.value)
        self.together = nn.Linear(self.query.in_features, 3 * self.query.out_features)
        self.together.weight.data = torch.cat([part.weight for part in three]).detach()
        self.together.bias.data = torch.cat([part.bias for part in three]).detach()

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        if self.together is None:
            query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        else:
            query, key, value = (split(t) for t in self.together(x).chunk(3, dim=-1))
        attended = attend(query, key, value, mask)
        attended = attended.transpose(1, 2).reshape(batch, length, width)
        x = self.out_norm(x + self.dropout(self.out(attended)))
        return self.down_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Projection(nn.Module):
    """A linear layer with GELU and dropout: the private view of the encoding that a head works on."""

    def __init__(self, width: int, out: int, dropout: float) -> None:
        super().__init__()
        self.linear = nn.Linear(width, out)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.dropout(F.gelu(self.linear(x)))


class Pairs(nn.Module):
    """Biaffine scores of ordered pairs of words (Dozat and Manning 2017)."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.left = Projection(width, inner, dropout)
        self.right = Projection(width, inner, dropout)
        self.weight = nn.Parameter(torch.zeros(inner, inner))
        self.bias = nn.Linear(inner, 1)
        nn.init.xavier_uniform_(self.weight)

    def forward(self, x: Tensor) -> Tensor:
        left, right = self.left(x), self.right(x)
        return left @ self.weight @ right.transpose(1, 2) + self.bias(right).transpose(1, 2)


class Reader(nn.Module):
    """Encoder and heads. `forward` takes windows of pieces and returns scores a word, by name.

    roles, names, tags, pos, lemmas: [batch, words, labels]; starts: [batch, words] (logit that a sentence starts);
    arcs: [batch, words, words], word → head, a root on the diagonal; dep_left, dep_right: inputs of `dep_weight`;
    source_links, content_links: [batch, words, words], logit that a role word belongs to the cue that starts there.
    """

    def __init__(self, labels: Labels, sizes: Sizes | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        sizes = sizes or Sizes()
        width = sizes.width
        self.pieces = nn.Embedding(sizes.vocabulary, width)
        self.positions = nn.Embedding(sizes.positions, width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.roles = nn.Sequential(Projection(width, width, dropout), nn.Linear(width, len(labels.roles)))
        self.names = nn.Sequential(Projection(width, width, dropout), nn.Linear(width, len(labels.names)))
        self.syntax = Projection(width, width, dropout)
        self.tags = nn.Linear(width, len(labels.tags))
        self.pos = nn.Linear(width, len(labels.pos))
        self.lemmas = nn.Linear(width, len(labels.lemmas))
        self.starts = nn.Linear(width, 1)
        self.arcs = Pairs(width, ARC, dropout)
        self.dep_left = Projection(width, LABEL, dropout)
        self.dep_right = Projection(width, LABEL, dropout)
        self.dep_weight = nn.Parameter(torch.zeros(len(labels.deps), LABEL + 1, LABEL + 1))
        self.source_links = Pairs(width, LINK, dropout)
        self.content_links = Pairs(width, LINK, dropout)
        # what a corpus calls a name, beyond the first one's custom: added in training, left out of the exported network
        self.origins = nn.Embedding(len(ORIGINS), len(labels.names), padding_idx=0)
        # scores of the clues that tables of known names give (`kg.annotate.known`), added to those of names outside
        self.known = nn.Parameter(torch.zeros(CLUES, len(labels.names)))
        self.role_chain = Chain(labels.roles)
        self.name_chain = Chain(labels.names)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.origins.weight)
        nn.init.normal_(self.dep_weight, std=0.02)

    def forward(self, ids: Tensor, shapes: Tensor, firsts: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        """Scores for ids and shapes [batch, pieces], first pieces of words [batch, words], piece mask or None."""
        words = self.encode(ids, shapes, firsts, mask)
        syntax = self.syntax(words)
        return {
            "roles": self.roles(words),
            "names": self.names(words),
            "tags": self.tags(syntax),
            "pos": self.pos(syntax),
            "lemmas": self.lemmas(syntax),
            "starts": self.starts(syntax).squeeze(2),
            "arcs": self.arcs(words),
            "dep_left": self.dep_left(words),
            "dep_right": self.dep_right(words),
            "source_links": self.source_links(words),
            "content_links": self.content_links(words),
        }

    def encode(self, ids: Tensor, shapes: Tensor, firsts: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the encoder makes of each word's first piece: [batch, words, width]."""
        position = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.pieces(ids) + self.positions(position) + self.shapes(shapes)))
        attention = mask[:, None, None, :] if mask is not None else None
        for layer in self.layers:
            x = layer(x, attention)
        return x.gather(1, firsts[:, :, None].expand(-1, -1, x.shape[2]))

    def dep_scores(self, left: Tensor, right: Tensor) -> Tensor:
        """Relation scores [n, labels] of n words and their heads, from rows of dep_left and dep_right."""
        ones = left.new_ones(left.shape[0], 1)
        left, right = torch.cat([left, ones], 1), torch.cat([right, ones], 1)
        return torch.einsum("ni,lij,nj->nl", left, self.dep_weight, right)

    def load_base(self, path: Path) -> None:
        """Take the base encoder's weights from a safetensors file in BERT's naming."""
        from safetensors.torch import load_file

        base = {name.removeprefix("bert."): tensor for name, tensor in load_file(path).items()}
        state = self.state_dict()
        names = {
            "pieces.weight": "embeddings.word_embeddings.weight",
            "positions.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        inside = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "out_norm": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "down_norm": "output.LayerNorm",
        }
        for n in range(len(self.layers)):
            for ours, theirs in inside.items():
                for part in ("weight", "bias"):
                    names[f"layers.{n}.{ours}.{part}"] = f"encoder.layer.{n}.{theirs}.{part}"
        for ours, theirs in names.items():
            state[ours] = base[theirs]
        # every piece of the base model's single segment carries the same segment vector: fold it in
        state["positions.weight"] = state["positions.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        self.load_state_dict(state)
