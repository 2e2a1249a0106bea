"""Which page of the map is meant: a distribution over a turn's aims, and what it says of elements and of this page.

Shapes: B turns, m aims (padded to MOST_AIMS), t distinct targets in all, row 0 of each turn's being its own page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from agent.policy.aims import AIM_FEATURES, MOST_AIMS, REACH
from agent.policy.encoding import Encoded

AIM_HIDDEN = 48
#: Values per target: what it is to the aims on average, and to the likeliest one.
LEAD = 2 * len(REACH)
#: Values per turn: the same of its own page, and how sure the reader is.
STANDING = LEAD + 3


@dataclass(frozen=True, slots=True)
class Aims:
    """The aims of several turns."""

    features: Tensor  # [B, m, M]
    there: Tensor  # [B, m] bool, False where padded
    reach: Tensor  # [t, REACH, m]
    turn: Tensor  # [t]
    own: Tensor  # [B] row of reach that is the turn's own page
    element_targets: Tensor  # [e] rows of reach


def collate_aims(items: Sequence[Encoded]) -> Aims:
    """Lay the aims of encoded turns on top of each other."""
    counts = np.array([len(item.reach) for item in items])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    features = np.zeros((len(items), MOST_AIMS, len(AIM_FEATURES)), dtype=np.float32)
    there = np.zeros((len(items), MOST_AIMS), dtype=bool)
    reach = np.zeros((int(counts.sum()), len(REACH), MOST_AIMS), dtype=np.float32)
    for i, (item, start) in enumerate(zip(items, starts, strict=True)):
        aims = len(item.aims)
        features[i, :aims] = item.aims
        there[i, :aims] = True
        reach[start : start + len(item.reach), :, :aims] = item.reach
    targets = [item.element_targets.astype(np.int64) + start for item, start in zip(items, starts, strict=True)]
    return Aims(
        features=torch.from_numpy(features),
        there=torch.from_numpy(there),
        reach=torch.from_numpy(reach),
        turn=torch.repeat_interleave(torch.arange(len(items)), torch.from_numpy(counts)),
        own=torch.from_numpy(starts),
        element_targets=torch.from_numpy(np.concatenate(targets)),
    )


class AimReader(nn.Module):
    """Scores aims. About 3,200 parameters."""

    def __init__(self, word: int) -> None:
        """``word``: width of the instruction's embedding."""
        super().__init__()
        self.hidden = nn.Linear(len(AIM_FEATURES), AIM_HIDDEN)
        self.instruction = nn.Linear(word, AIM_HIDDEN, bias=False)
        self.score = nn.Linear(AIM_HIDDEN, 1)
        self.none = nn.Linear(AIM_HIDDEN, 1)  # it is none of them

    def forward(self, aims: Aims, instruction: Tensor) -> Tensor:
        """Return log-probabilities of the aims and, last, of none of them. ``instruction`` [B, word] → [B, m + 1]."""
        hidden = torch.relu(self.hidden(aims.features) + self.instruction(instruction).unsqueeze(1))
        hidden = hidden * aims.there.unsqueeze(2)
        scores = self.score(hidden).squeeze(2).masked_fill(~aims.there, -1e9)
        none = self.none(hidden.amax(dim=1))
        return torch.log_softmax(torch.cat([scores, none], dim=1), dim=1)


def leads(aims: Aims, log_probs: Tensor) -> Tensor:
    """Return what each target is to the aims. ``log_probs`` [B, m + 1] → [t, LEAD]."""
    probabilities = log_probs[:, :-1].exp()
    likeliest = log_probs[:, :-1].argmax(dim=1)
    expected = (aims.reach * probabilities[aims.turn].unsqueeze(1)).sum(dim=2)
    best = aims.reach.gather(2, likeliest[aims.turn].view(-1, 1, 1).expand(-1, len(REACH), 1)).squeeze(2)
    return torch.cat([expected, best], dim=1)


def standing(aims: Aims, log_probs: Tensor, lead: Tensor) -> Tensor:
    """Return what each turn's own page is to its aims, and how sure the reader is. Shape [B, STANDING]."""
    probabilities = log_probs.exp()
    entropy = -(probabilities * log_probs.clamp_min(-20.0)).sum(dim=1, keepdim=True)
    sure = torch.cat([probabilities[:, :-1].amax(dim=1, keepdim=True), probabilities[:, -1:], entropy], dim=1)
    return torch.cat([lead[aims.own], sure], dim=1)
