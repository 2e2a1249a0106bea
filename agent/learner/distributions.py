"""What can be said of decisions from log-probabilities alone: pure functions, the same for any kind of policy.

Shapes: n choices in all, B decisions. ``turn`` [n] says to which decision a choice belongs; ``log_probs`` [n] are
normalised within each decision. For the embedded policy the choices are candidates; a policy that writes tokens needs
none of these but hands its sums over a decision's tokens to the objectives.
"""

from __future__ import annotations

import torch
from torch import Tensor


def _sum(values: Tensor, turn: Tensor, turns: int) -> Tensor:
    return values.new_zeros(turns).scatter_add(0, turn, values)


def likelihood(log_probs: Tensor, turn: Tensor, right: Tensor, turns: int) -> Tensor:
    """Log of the total probability of the choices that are ``right`` [n], per decision. Shape [B]."""
    return _sum(log_probs[right].exp(), turn[right], turns).clamp_min(1e-9).log()


def entropy(log_probs: Tensor, turn: Tensor, turns: int) -> Tensor:
    """Entropy of each decision, in nats. Shape [B]."""
    return _sum(-log_probs.exp() * log_probs, turn, turns)


def divergence(log_probs: Tensor, reference: Tensor, turn: Tensor, turns: int) -> Tensor:
    """Exact KL(now ‖ reference) of each decision, in nats: Σ p_now (log p_now - log p_reference). Shape [B].

    The choices of a decision are finite, so nothing has to be estimated from samples. ``reference`` [n].
    """
    return _sum(log_probs.exp() * (log_probs - reference), turn, turns)


def taken(log_probs: Tensor, turn: Tensor, alike: Tensor, recorded: Tensor) -> Tensor:
    """Log-probability now of the choice that was sampled. Shape [B].

    ``alike`` [n] marks the choices that are what was done. Mostly there is one per decision; where a page says the same
    value twice there are several, and the one that was sampled is told by its log-probability: it is the one nearest to
    what was ``recorded`` [B].
    """
    turns = len(recorded)
    infinite = float("inf")
    gap = (log_probs.detach() - recorded[turn]).abs().masked_fill(~alike, infinite)
    least = gap.new_full((turns,), infinite).scatter_reduce(0, turn, gap, "amin")
    nearest = (alike & (gap == least[turn])).to(log_probs.dtype)
    count = _sum(nearest, turn, turns)  # more than one only where their log-probabilities are equal
    return _sum(torch.where(nearest > 0, log_probs, 0.0), turn, turns) / count
