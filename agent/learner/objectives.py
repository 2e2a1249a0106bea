"""What the learner minimises: pure functions of log-probabilities, behind one interface.

Shapes: n candidates in all, B decisions. ``turn`` [n] says to which decision a candidate belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Decisions:
    """A batch of decisions as the policy now scores them."""

    log_probs: Tensor  # [n], normalised within each decision
    turn: Tensor  # [n]
    right: Tensor  # [n] bool: candidates that do what was done
    weights: Tensor  # [B] how much each decision counts


class Objective(Protocol):
    """Implementations: FilteredCloning."""

    name: str

    def loss(self, decisions: Decisions) -> tuple[Tensor, dict[str, float]]:
        """Return the scalar to minimise, and figures for people."""


def chosen_log_prob(decisions: Decisions) -> Tensor:
    """Log of the total probability of the right candidates, per decision. Shape [B]."""
    turns = len(decisions.weights)
    total = decisions.log_probs.new_zeros(turns)
    right = decisions.right
    total = total.scatter_add(0, decisions.turn[right], decisions.log_probs[right].exp())
    return total.clamp_min(1e-9).log()


def entropy(decisions: Decisions) -> Tensor:
    """Entropy of each decision, in nats. Shape [B]."""
    terms = -decisions.log_probs.exp() * decisions.log_probs
    return terms.new_zeros(len(decisions.weights)).scatter_add(0, decisions.turn, terms)


class FilteredCloning:
    """Filtered behaviour cloning (Zhou et al. 2025, section 3.3): the likelihood of what succeeded.

    L = -Σ w_i log π(a_i | s_i) / Σ w_i - β · mean entropy. The small entropy bonus keeps the policy trying.
    """

    name = "filtered_cloning"

    def __init__(self, entropy_bonus: float = 0.003) -> None:
        self._bonus = entropy_bonus

    def loss(self, decisions: Decisions) -> tuple[Tensor, dict[str, float]]:
        """Return the loss, and the mean likelihood and entropy."""
        chosen = chosen_log_prob(decisions)
        weights = decisions.weights
        cloning = -(weights * chosen).sum() / weights.sum().clamp_min(1e-9)
        spread = entropy(decisions).mean()
        with torch.no_grad():
            figures = {
                "loss": float(cloning),
                "likelihood": float(chosen.exp().mean()),
                "entropy": float(spread),
            }
        return cloning - self._bonus * spread, figures
