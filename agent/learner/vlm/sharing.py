"""How the decisions of an optimiser step are dealt out among processes, and what comes back.

Each process computes parts (as many decisions as it has memory for at a time), and all do the same number of parts:
where frozen weights are sharded, every pass of the model is done by all together or by none. Who has fewer decisions
passes a stand-in through the model, which counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import torch
from torch import Tensor

from agent.learner.surrogate import Whole, staleness_weights
from agent.learner.vlm.tokens import Sample, TokenBatch

if TYPE_CHECKING:
    from agent.learner.vlm.trainer import Acted, Shown

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Share:
    """What one process computes of an optimiser step. Made by the first process, computed by any."""

    shown: list[Sequence[Shown]]  # parts of decisions to be repeated
    acted: list[Sequence[Acted]]  # parts of sampled decisions
    standing_in: list[Sample]  # passed through the model beside them, so that all processes do as many parts
    of_shown: Whole  # of all processes' decisions together
    of_acted: Whole
    tokens: int  # of all replies of all processes
    seed: int | None = None  # of dropout, in processes but the first; None: there are none


@dataclass(slots=True)
class Said:
    """Figures of a batch out of its parts': losses add up, the others are means by tokens. Shares add up likewise."""

    sums: dict[str, float] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    proximals: list[Tensor] = field(default_factory=list)  # [R] each, of the share's sampled decisions, in order

    def add(self, figures: dict[str, float], batch: TokenBatch) -> None:
        """Take in a part's."""
        weight = float(batch.mask.sum())
        for name, value in figures.items():
            adds = name.startswith("loss")
            self._take(name, value * (1.0 if adds else weight), 1.0 if adds else weight)

    def join(self, other: Said) -> None:
        """Take in another process's."""
        for name, value in other.sums.items():
            self._take(name, value, other.weights[name])

    def _take(self, name: str, value: float, weight: float) -> None:
        self.sums[name] = self.sums.get(name, 0.0) + value
        self.weights[name] = 1.0 if name.startswith("loss") else self.weights.get(name, 0.0) + weight

    @property
    def figures(self) -> dict[str, float]:
        """Return the whole batch's."""
        return {name: value / self.weights[name] for name, value in self.sums.items()}


def deal(shown: Sequence[Shown], acted: Sequence[Acted], *, part: int, processes: int) -> list[Share]:
    """Deal decisions out, a part of at most ``part`` to each process in turn. One share per process."""
    samples = [one.sample for one in shown] + [one.sample for one in acted]
    tokens = sum(len(sample.reply) for sample in samples)
    of_shown, of_acted = _whole_of_shown(shown), _whole_of_acted(acted)
    seed = int(torch.randint(2**31, ())) if processes > 1 else None
    shares = [Share([], [], [], of_shown, of_acted, tokens, seed) for _ in range(processes)]
    first = list(_parts(shown, part))
    for number, some in enumerate(first):
        shares[number % processes].shown.append(some)
    count = len(first)
    for number, few in enumerate(_parts(acted, part), len(first)):
        shares[number % processes].acted.append(few)
        count += 1
    short = min(samples, key=lambda sample: sample.length)
    for number in range(count, -(-count // processes) * processes):
        shares[number % processes].standing_in.append(short)
    return shares


def settle(shares: Sequence[Share], said: Sequence[Said]) -> Said:
    """Put together what processes say of their shares; write down the ``proximal`` of decisions drawn first."""
    whole = Said()
    for share, own in zip(shares, said, strict=True):
        whole.join(own)
        for one, proximal in zip((one for part in share.acted for one in part), own.proximals, strict=True):
            one.proximal = proximal
    return whole


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _whole_of_shown(shown: Sequence[Shown]) -> Whole:
    lengths = [len(one.sample.reply) for one in shown]
    return Whole(sum(one.weight * length for one, length in zip(shown, lengths, strict=True)), sum(lengths))


def _whole_of_acted(acted: Sequence[Acted]) -> Whole:
    lengths = torch.tensor([len(one.sample.reply) for one in acted], dtype=torch.float32)
    weights = staleness_weights(torch.tensor([float(one.lag) for one in acted]))
    return Whole(float((weights * lengths).sum()), int(lengths.sum()))
