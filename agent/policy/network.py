"""The embedded policy's network: a scorer of candidates, small enough for one core.

Shapes: B turns, n candidates in all, H hidden units. Candidates of one turn see each other through the maximum of
their hidden vectors (a deep set, Zaheer et al. 2017), so that "the best of the links" can be told from "good"; what
they make of it is added to what they were (He et al. 2016). Hidden vectors are normalised (Ba et al. 2016) and read
once more before that, so that fewer optimiser steps teach as much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from agent.policy.aim_network import LEAD, STANDING, AimReader, Aims, collate_aims, leads, standing
from agent.policy.candidates import Kind
from agent.policy.encoding import (
    ANSWER_FEATURES,
    ELEMENT_FEATURES,
    OPTION_FEATURES,
    PAIR_FEATURES,
    SPAN_FEATURES,
    STATE_FEATURES,
    Encoded,
    Floats,
    Ints,
)
from agent.policy.matching import VOCABULARY

HIDDEN = 64
WORD = 16
KINDS = len(Kind)
#: Shares of hidden units that are dropped, and of instructions whose words are not heard, while learning to imitate.
DROPPED, UNHEARD = 0.2, 0.3

#: Shares of the first, untrained choice between families: exploration neither ends at once nor clicks alone.
PRIOR = {
    Kind.CLICK: 0.62, Kind.TYPE: 0.1, Kind.SELECT: 0.05, Kind.ANSWER: 0.08, Kind.DONE: 0.08, Kind.IMPOSSIBLE: 0.01,
    Kind.BACK: 0.04, Kind.SCROLL: 0.02,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """Several encoded turns, laid end to end. ``turn`` [n] says to which turn a candidate belongs."""

    state: Tensor  # [B, S]
    words: Tensor  # [sum W]
    word_offsets: Tensor  # [B]
    elements: Tensor  # [e, E]
    clicks: Tensor  # [c]
    spans: Tensor  # [s, P]
    pairs: Tensor  # [p, Q]
    pair_index: Tensor  # [p, 2]
    options: Tensor  # [o, O]
    option_elements: Tensor  # [o]
    answers: Tensor  # [a, A]
    order: Tensor  # [n] from family order (all clicks, all pairs, …) to turn order
    kinds: Tensor  # [n] in turn order
    turn: Tensor  # [n] in turn order
    prior: Tensor  # [n] log of the family's share divided by its size
    sizes: tuple[int, ...]
    ends: int  # candidates that are neither of the page nor of the instruction
    aims: Aims


def _stack(arrays: Sequence[Floats]) -> Tensor:
    return torch.from_numpy(np.concatenate(arrays).astype(np.float32))


def _join(arrays: Sequence[Ints], counts: Sequence[int]) -> Tensor:
    """Concatenate row numbers, moved on by the rows of the turns before."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return torch.from_numpy(
        np.concatenate([a.astype(np.int64) + start for a, start in zip(arrays, starts, strict=True)])
    )


def _ids(arrays: Sequence[Ints]) -> Tensor:
    return torch.from_numpy(np.concatenate(arrays).astype(np.int64))


def log_prior(
    kinds: Ints,
) -> npt.NDArray[np.float32]:
    """Return, per candidate, the log of its family's share divided among the family's members."""
    counts = np.bincount(kinds, minlength=KINDS)
    shares = np.array([math.log(PRIOR[kind]) for kind in Kind], dtype=np.float32)
    values = shares[kinds] - np.log(counts[kinds])
    return values.astype(np.float32)


def _order(items: Sequence[Encoded]) -> Tensor:
    """Positions that bring candidates laid family by family into the order of the turns."""
    lengths = np.array(
        [[len(e.clicks), len(e.pairs), len(e.options), len(e.answers), len(e.globals)] for e in items], dtype=np.int64
    )
    family_starts = np.concatenate([[0], np.cumsum(lengths.sum(axis=0))[:-1]])
    within = np.cumsum(lengths, axis=0) - lengths
    parts = [np.arange(lengths[b, f]) + family_starts[f] + within[b, f] for b in range(len(items)) for f in range(5)]
    return torch.from_numpy(np.concatenate(parts))


def collate(items: Sequence[Encoded]) -> Batch:
    """Lay encoded turns end to end."""
    kinds = [item.kinds() for item in items]
    rows = [len(item.elements) for item in items]
    words = [item.instruction for item in items]
    pair_index = torch.stack(
        [
            _join([item.pair_index[:, 0] for item in items], rows),
            _join([item.pair_index[:, 1] for item in items], [len(item.spans) for item in items]),
        ],
        dim=1,
    )
    return Batch(
        state=torch.from_numpy(np.stack([item.state for item in items]).astype(np.float32)),
        words=_ids(words),
        word_offsets=torch.from_numpy(np.concatenate([[0], np.cumsum([len(w) for w in words])[:-1]]).astype(np.int64)),
        elements=_stack([item.elements for item in items]),
        clicks=_join([item.clicks for item in items], rows),
        spans=_stack([item.spans for item in items]),
        pairs=_stack([item.pairs for item in items]),
        pair_index=pair_index,
        options=_stack([item.options for item in items]),
        option_elements=_join([item.option_elements for item in items], rows),
        answers=_stack([item.answers for item in items]),
        order=_order(items),
        kinds=_ids(kinds),
        turn=torch.repeat_interleave(torch.arange(len(items)), torch.tensor([len(k) for k in kinds])),
        prior=torch.from_numpy(np.concatenate([log_prior(k) for k in kinds])),
        sizes=tuple(len(k) for k in kinds),
        ends=sum(len(item.globals) for item in items),
        aims=collate_aims(items),
    )


class Scorer(nn.Module):
    """Scores every candidate of every turn. About 238 thousand parameters, 131 of them for words."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.EmbeddingBag(VOCABULARY, WORD, mode="mean", padding_idx=0)
        element = len(ELEMENT_FEATURES)
        self.click = nn.Linear(element, HIDDEN)
        self.field = nn.Linear(element, HIDDEN)
        self.drop = nn.Linear(element, HIDDEN)
        self.span = nn.Linear(len(SPAN_FEATURES), HIDDEN)
        self.pair = nn.Linear(len(PAIR_FEATURES), HIDDEN)
        self.option = nn.Linear(len(OPTION_FEATURES), HIDDEN)
        self.answer = nn.Linear(len(ANSWER_FEATURES), HIDDEN)
        self.state = nn.Linear(len(STATE_FEATURES) + WORD + STANDING, KINDS * HIDDEN)
        self.aim = AimReader(WORD)
        self.lead = nn.Linear(LEAD, HIDDEN, bias=False)
        self.norm = nn.LayerNorm(HIDDEN)
        self.deeper = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, HIDDEN))
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.others = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.score = nn.Linear(HIDDEN, 1)
        self.family = nn.Parameter(torch.zeros(KINDS))
        nn.init.normal_(self.words.weight, std=0.05)  # a word never met in practice should change little
        nn.init.normal_(self.score.weight, std=0.02)
        nn.init.zeros_(self.score.bias)

    def forward(self, batch: Batch) -> Tensor:
        """Return unnormalised log-probabilities. Shape [n]."""
        return self.read(batch)[0]

    def read(self, batch: Batch, *, varied: int = 0, random: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
        """Return them, and the log-probabilities of the aims and, last, of none. Shapes [n] and [B, MOST_AIMS + 1].

        Of the first ``varied`` turns hidden units and whole instructions are dropped at random (Srivastava et al.
        2014), so that no word is trusted alone. Turns whose probabilities are compared with recorded ones come after.
        """
        instruction = self.words(batch.words, batch.word_offsets)  # [B, WORD]
        if varied:
            heard = torch.rand(varied, 1, generator=random) >= UNHEARD
            instruction = torch.cat([instruction[:varied] * heard, instruction[varied:]])
        aimed = self.aim(batch.aims, instruction)
        lead = leads(batch.aims, aimed)
        place = standing(batch.aims, aimed, lead)
        state = self.state(torch.cat([batch.state, instruction, place], dim=1)).view(-1, KINDS, HIDDEN)
        families = [
            (self.click(batch.elements) + self.lead(lead)[batch.aims.element_targets])[batch.clicks],
            self.field(batch.elements)[batch.pair_index[:, 0]]
            + self.span(batch.spans)[batch.pair_index[:, 1]]
            + self.pair(batch.pairs),
            self.drop(batch.elements)[batch.option_elements] + self.option(batch.options),
            self.answer(batch.answers),
            batch.elements.new_zeros(batch.ends, HIDDEN),
        ]
        hidden = torch.cat(families)[batch.order]  # [n, HIDDEN]
        hidden = torch.relu(self.norm(hidden + state[batch.turn, batch.kinds]))
        hidden = torch.relu(hidden + self.deeper(hidden))
        if varied:
            hidden = hidden * _dropout(batch, varied, random)
        index = batch.turn.unsqueeze(1).expand(-1, HIDDEN)
        best = hidden.new_zeros(len(batch.sizes), HIDDEN).scatter_reduce(0, index, hidden, "amax")
        hidden = hidden + torch.relu(self.mix(hidden) + self.others(best)[batch.turn])
        scores: Tensor = self.score(hidden).squeeze(1) + self.family[batch.kinds] + batch.prior
        return scores, aimed


def _dropout(batch: Batch, varied: int, random: torch.Generator | None) -> Tensor:
    """Return the factors of hidden units: 0 or 1 / (1 - DROPPED) in the first turns, 1 in the others. [n, HIDDEN]."""
    count = sum(batch.sizes[:varied])
    factors = torch.ones(len(batch.kinds), HIDDEN)
    factors[:count] = (torch.rand(count, HIDDEN, generator=random) >= DROPPED) / (1.0 - DROPPED)
    return factors


def log_softmax(scores: Tensor, turn: Tensor, turns: int) -> Tensor:
    """Normalise scores within each turn. ``scores`` [n], ``turn`` [n] → [n]."""
    peak = scores.new_full((turns,), -torch.inf).scatter_reduce(0, turn, scores.detach(), "amax")
    shifted = scores - peak[turn]
    total = scores.new_zeros(turns).scatter_add(0, turn, shifted.exp())
    return shifted - total.log()[turn]
