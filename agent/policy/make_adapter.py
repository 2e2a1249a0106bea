"""``python -m agent.policy.make_adapter WORDNET OUT``: adapt MiniLM to how people speak of websites.

Contrastive learning (Oord et al. 2018, InfoNCE, within batches) of low-rank updates. What people say is drawn to what
websites call it, and to another way of saying it: the phrasebook's phrasings, most of them in carrier sentences amid
small talk; invented names within such sentences; and, as a reverse dictionary, WordNet's definitions of common words.
Embeddings are held near those of MiniLM as published.

Of every entry only every other phrasing is learnt from. ``--held-out 0.15`` leaves out that share of entries as well
and reports how often an entry of theirs, and of the others, comes first among some sixty by a phrasing never learnt
from. WORDNET is the folder of WordNet 3.0's database files, such as Debian's wordnet-base installs in
/usr/share/wordnet. Two minutes on a GPU, hours on a CPU.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from agent.policy.adapter import linears
from agent.policy.adapting_pairs import Pair, Pairs, learnable, query
from infra.optional import minilm_folder
from infra.phrasebook import Entry

RANK, RATE, WARM_UP, DECAY, TEMPERATURE, KEPT_NEAR = 16, 1e-3, 100, 0.01, 0.05, 2.0
#: Pairs per batch: of the phrasebook, of the dictionary, of invented names.
ENTRIES, DEFINITIONS, NAMES = 320, 128, 96
LENGTH, CHARACTERS, AMONG = 64, 160, 60


class LowRank(nn.Module):
    """A frozen linear layer with an update that can be switched off."""

    def __init__(self, linear: nn.Linear, generator: torch.Generator) -> None:
        super().__init__()
        self.linear = linear
        down = torch.randn(RANK, linear.in_features, generator=generator) / linear.in_features**0.5
        self.down = nn.Parameter(down.to(linear.weight.device))
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK, device=linear.weight.device))
        self.on = True

    def forward(self, given: Tensor) -> Tensor:
        """Return the layer's output, with the update's added."""
        out: Tensor = self.linear(given)
        return out + F.linear(F.linear(given, self.down), self.up) if self.on else out


class Adapting:
    """MiniLM with updates in training."""

    def __init__(self, device: str, seed: int) -> None:
        from transformers import AutoModel, AutoTokenizer

        folder = minilm_folder()
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._bert: Any = AutoModel.from_pretrained(folder, dtype=torch.float32).to(device).eval().requires_grad_(False)
        generator = torch.Generator().manual_seed(seed)
        self.updates = {name: LowRank(linear, generator) for name, linear in linears(self._bert).items()}
        for name, update in self.updates.items():
            above, _, own = name.rpartition(".")
            setattr(self._bert.encoder.get_submodule(above), own, update)
        self._device = device

    @property
    def parameters(self) -> list[nn.Parameter]:
        """Return what is trained."""
        return [parameter for update in self.updates.values() for parameter in (update.down, update.up)]

    def saved(self) -> dict[str, Tensor]:
        """Return the updates as :func:`agent.policy.adapter.adapt` takes them."""
        parts = {f"{name}.{part}": getattr(one, part) for name, one in self.updates.items() for part in ("down", "up")}
        return {name: value.detach().half().cpu().contiguous() for name, value in parts.items()}

    def encode(self, texts: Sequence[str], *, adapted: bool = True) -> Tensor:
        """Return embeddings of length 1. Shape [len(texts), 384]."""
        for update in self.updates.values():
            update.on = adapted
        cut = [text[:CHARACTERS] for text in texts]
        read = self._tokenizer(cut, padding=True, truncation=True, max_length=LENGTH, return_tensors="pt")
        read = read.to(self._device)
        with torch.autocast(self._device, dtype=torch.bfloat16, enabled=self._device == "cuda"):
            states = self._bert(**read).last_hidden_state
        mask = read["attention_mask"].unsqueeze(-1).float()
        return F.normalize((states.float() * mask).sum(dim=1) / mask.sum(dim=1), dim=1)


def clashes(pairs: Sequence[Pair]) -> Tensor:
    """Return which two of a batch's pairs share a name, so that one is no counterexample to the other. [n, n]."""
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for i, pair in enumerate(pairs):
        for name in pair.names:
            bearers[name].append(i)
    shared = torch.zeros(len(pairs), len(pairs), dtype=torch.bool)
    for rows in bearers.values():
        for row in rows:
            shared[row, rows] = True
    return shared & ~torch.eye(len(pairs), dtype=torch.bool)


def loss_of(model: Adapting, pairs: Sequence[Pair]) -> Tensor:
    """Return a batch's loss."""
    texts = [text for part in ("said", "name", "otherwise") for text in (getattr(pair, part) for pair in pairs)]
    found = model.encode(texts)
    with torch.no_grad():
        before = model.encode(texts, adapted=False)
    said, name, otherwise = found.chunk(3)
    shared, right = clashes(pairs).to(found.device), torch.arange(len(pairs), device=found.device)
    named = (said @ name.T / TEMPERATURE).masked_fill(shared, -1e4)
    alike = (said @ otherwise.T / TEMPERATURE).masked_fill(shared, -1e4)
    contrast = F.cross_entropy(named, right) + F.cross_entropy(named.T, right) + 0.5 * F.cross_entropy(alike, right)
    return contrast + KEPT_NEAR * (1.0 - (found * before).sum(dim=1)).mean()


def train(model: Adapting, pairs: Pairs, steps: int) -> None:
    """Take steps of AdamW, with a warm-up and a linear decay."""
    optimiser = torch.optim.AdamW(model.parameters, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1.0 - step / steps)
    )
    begun = time.monotonic()
    for step in range(1, steps + 1):
        loss = loss_of(model, pairs.draw(ENTRIES, DEFINITIONS, NAMES))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters, 1.0)
        optimiser.step()
        schedule.step()
        if step % 20 == 0 or step == steps:
            _say(f"{step} of {steps} steps, {time.monotonic() - begun:.0f} s, loss {loss.item():.3f}")


@torch.no_grad()
def first(model: Adapting, asked: Sequence[Entry], among: Sequence[Entry], *, adapted: bool) -> float:
    """Return how often an entry comes first by name among AMONG drawn ones, by a phrasing never learnt from."""
    rng = Random(5)  # noqa: S311 - a measurement, no secret
    said = [query(rng, entry.kind, rng.choice(entry.phrasings[1::2])) for entry in asked]
    others = [[entry, *rng.sample([one for one in among if one != entry], AMONG)] for entry in asked]
    embedded = torch.cat([model.encode(said[i : i + 256], adapted=adapted) for i in range(0, len(said), 256)])
    right = 0
    for own, entries in zip(embedded, others, strict=True):
        names = [name for entry in entries for name in entry.names[:2]]
        owner = [i for i, entry in enumerate(entries) for _ in entry.names[:2]]
        right += owner[int((model.encode(names, adapted=adapted) @ own).argmax())] == 0
    return right / len(asked)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Train, report and save."""
    from safetensors.torch import save_file

    parser = argparse.ArgumentParser(prog="python -m agent.policy.make_adapter", description=__doc__)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=380)
    parser.add_argument("--held-out", type=float, default=0.0, help="share of entries that are not learnt from")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    given = parser.parse_args()
    entries = learnable()
    Random(1).shuffle(entries)  # noqa: S311 - a split, no secret
    count = round(given.held_out * len(entries))
    model = Adapting(given.device, given.seed)
    train(model, Pairs(entries[count:], given.wordnet, given.seed), given.steps)
    for label, asked in (("held-out", entries[:count]), ("learnt", entries[count:][:400] if count else [])):
        if asked:
            before, after = (first(model, asked, entries, adapted=adapted) for adapted in (False, True))
            _say(f"{label} entries come first by an unknown phrasing: {before:.1%} before, {after:.1%} after")
    save_file(model.saved(), given.out)


if __name__ == "__main__":
    main()
