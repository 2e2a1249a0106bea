"""What the learner minimises, behind one interface: functions of log-probabilities, never of what they are made from.

Whoever can say how probable its policy finds what was done can use these: the embedded policy from its candidates, a
policy that writes its replies from their tokens. Shapes: B choices: decisions, or tokens. A batch may come in parts
(gradient accumulation): each part then says of which :class:`~agent.learner.surrogate.Whole`, its losses are shares
that add up to the batch's, and so do the figures whose name begins with ``loss``; the other figures are means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch
from torch import Tensor

from agent.learner.surrogate import Sampled, Whole, figures, mean, surrogate, weighted_mean

if TYPE_CHECKING:  # the settings need pydantic, which a machine that only measures training may lack
    from infra.settings import LearnerSettings

#: Weight of the mean entropy, which keeps the policy trying.
ENTROPY_BONUS = 0.003


@dataclass(frozen=True, slots=True)
class Imitated:
    """Choices to be repeated as they were. All [B]."""

    log_probs: Tensor  # of doing what was done, by the policy that is trained
    weights: Tensor  # how much each choice counts
    entropy: Tensor  # in nats
    whole: Whole | None = None  # the batch that this is a part of; None: this is all of it


class Objective(Protocol):
    """Implementations: FilteredCloning, GroupRelativeGradient, Combined."""

    name: str
    imitates: bool  # whether it learns from decisions to be repeated
    reinforces: bool  # whether it learns from decisions and their advantages

    def loss(self, imitated: Imitated | None, sampled: Sampled | None) -> tuple[Tensor, dict[str, float]]:
        """Return the scalar to minimise, and figures for people. What is None is not there this time."""


class FilteredCloning:
    """Filtered behaviour cloning (Zhou et al. 2025, section 3.3): the likelihood of what succeeded.

    L = -Σ w_i log π(a_i | s_i) / Σ w_i - β · mean entropy.
    """

    name = "filtered_cloning"
    imitates, reinforces = True, False

    def __init__(self, entropy_bonus: float = ENTROPY_BONUS) -> None:
        self._bonus = entropy_bonus

    def loss(self, imitated: Imitated | None, sampled: Sampled | None) -> tuple[Tensor, dict[str, float]]:
        """Return the loss, and the mean likelihood and entropy."""
        if imitated is None:
            return torch.zeros(()), {}
        cloning = -weighted_mean(imitated.log_probs, imitated.weights, imitated.whole)
        spread = mean(imitated.entropy, imitated.whole)
        said = {
            "loss": float(cloning.detach()),
            "likelihood": float(imitated.log_probs.detach().exp().mean()),
            "entropy": float(imitated.entropy.detach().mean()),
        }
        return cloning - self._bonus * spread, said


class GroupRelativeGradient:
    """Policy gradient of group-relative advantages (Shao et al. 2024), clipped and staleness-aware.

    L = -surrogate (see :mod:`agent.learner.surrogate`) - β · mean entropy.
    """

    name = "policy_gradient"
    imitates, reinforces = False, True

    def __init__(self, clip: float, entropy_bonus: float = ENTROPY_BONUS) -> None:
        self._clip = clip
        self._bonus = entropy_bonus

    def loss(self, imitated: Imitated | None, sampled: Sampled | None) -> tuple[Tensor, dict[str, float]]:
        """Return the loss, and how far the trained policy is from the one that acted."""
        if sampled is None:
            return torch.zeros(()), {}
        gain = surrogate(sampled, self._clip)
        spread = mean(sampled.entropy, sampled.whole)
        said = {
            "loss_gradient": -float(gain.detach()),
            "entropy_sampled": float(sampled.entropy.detach().mean()),
        }
        said |= figures(sampled, self._clip)
        return -gain - self._bonus * spread, said


class Combined:
    """L = L_cloning + weight · L_policy_gradient: what worked is repeated, what did worse than its group avoided."""

    name = "combined"
    imitates, reinforces = True, True

    def __init__(self, cloning: FilteredCloning, gradient: GroupRelativeGradient, weight: float) -> None:
        self._cloning = cloning
        self._gradient = gradient
        self._weight = weight

    def loss(self, imitated: Imitated | None, sampled: Sampled | None) -> tuple[Tensor, dict[str, float]]:
        """Return the loss, and the figures of both parts."""
        cloning, of_cloning = self._cloning.loss(imitated, None)
        gradient, of_gradient = self._gradient.loss(None, sampled)
        return cloning + self._weight * gradient, of_cloning | of_gradient


def choose(settings: LearnerSettings) -> Objective:
    """Return the objective that the settings name."""
    cloning, gradient = FilteredCloning(), GroupRelativeGradient(settings.clip)
    if settings.objective == "cloning":
        return cloning
    if settings.objective == "policy_gradient":
        return gradient
    return Combined(cloning, gradient, settings.gradient_weight)
