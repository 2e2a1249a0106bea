"""The policy gradient's surrogate, off-policy by a bounded amount.

Three policies meet in a decision that was sampled: the one that acted (*then*: the version that was served), the one
that is trained *now*, and the *proximal* one, as the trained policy was when the decision was first drawn for an
optimiser step. The decoupled objective of Hilton et al. 2022 (arXiv 2110.00641, section 3), which Fu et al. 2025
(AReaL, arXiv 2505.24298, section 5.2) use for asynchronous training, splits the importance ratio between them:

    π_now / π_then  =  (π_proximal / π_then)  ·  (π_now / π_proximal)
                        truncated weight          clipped ratio

That is what copes with the served weights: they are a moving average of the trained ones and some versions old, so the
first factor need not be 1. It is corrected for, within a bound; the second one starts at 1, and clipping holds the
trained policy near where it was when it first saw the decision. Where the proximal policy is the one that acted, this
is PPO (Schulman et al. 2017, arXiv 1707.06347). The proximal log-probability is a by-product of the first step that a
decision is drawn for, so it costs nothing.

Shapes: B choices: decisions, or for a policy that writes its replies, their tokens. Everything is a function of
log-probabilities at the temperature that they were sampled at.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

#: Bound on the weight of a decision that the trained policy would take more often than the one that acted: truncated
#: importance sampling as in V-trace (Espeholt et al. 2018, arXiv 1802.01561) and IMPACT (Luo et al. 2020, arXiv
#: 1912.00167), which the constant is taken from.
TRUNCATION = 2.0
#: Where the advantage is negative, clipping leaves the ratio unbounded above; this bounds it (dual clipping, Ye et al.
#: 2020, arXiv 1912.09729, section 3.5).
MOST_RATIO = 3.0
#: Log-ratios beyond this are as good as infinite, and would overflow.
MOST_LOG_RATIO = 20.0


@dataclass(frozen=True, slots=True)
class Whole:
    """A batch too big for memory, of which a part is at hand: means are taken over the whole, so that parts add up."""

    weight: float  # sum of the weights of all choices
    count: int  # number of all choices


@dataclass(frozen=True, slots=True)
class Sampled:
    """Choices as the policy sampled them, each with what came of it. All [B]."""

    now: Tensor  # log-probability of what was done, by the policy that is trained
    then: Tensor  # the same by the policy that acted, as it recorded it
    proximal: Tensor  # the same by the trained policy when the decision was first drawn
    advantages: Tensor
    lags: Tensor  # published versions between the one that acted and the newest, 0 or more
    entropy: Tensor  # in nats, now
    whole: Whole | None = None  # the batch that this is a part of, weighed by staleness; None: this is all of it


def weighted_mean(values: Tensor, weights: Tensor, whole: Whole | None = None) -> Tensor:
    """Return Σ w v / Σ w; the lower sum is over the whole batch where these [B] are a part of it. A scalar."""
    total = weights.sum() if whole is None else weights.new_tensor(whole.weight)
    return (weights * values).sum() / total.clamp_min(1e-9)


def mean(values: Tensor, whole: Whole | None = None) -> Tensor:
    """Return Σ v / B; B counts the whole batch where these are a part of it. A scalar."""
    return values.sum() / (values.numel() if whole is None else whole.count)


def ratio(now: Tensor, then: Tensor) -> Tensor:
    """Return π_now / π_then of what was done. Shape [B]."""
    return (now - then).clamp(-MOST_LOG_RATIO, MOST_LOG_RATIO).exp()


def importance(proximal: Tensor, then: Tensor) -> Tensor:
    """Return min(π_proximal / π_then, TRUNCATION), through which no gradient flows. Shape [B]."""
    return ratio(proximal, then).clamp_max(TRUNCATION).detach()


def staleness_weights(lags: Tensor) -> Tensor:
    """Return 1 / (1 + lag): what an old version did counts less, in proportion to its age. Shape [B].

    Zhang et al. 2016 (staleness-aware asynchronous SGD, arXiv 1511.05950) divide a gradient by its staleness. The
    truncated importance weight bounds the variance that age brings; this, the bias that the truncation leaves.
    """
    return 1.0 / (1.0 + lags)


def clipped(now: Tensor, proximal: Tensor, advantages: Tensor, clip: float) -> Tensor:
    """Return min(u A, clip(u, 1 - ε, 1 + ε) A) with u = π_now / π_proximal, at least MOST_RATIO · A. Shape [B]."""
    moved = ratio(now, proximal)
    kept = torch.minimum(moved * advantages, moved.clamp(1.0 - clip, 1.0 + clip) * advantages)
    return torch.where(advantages < 0, torch.maximum(kept, MOST_RATIO * advantages), kept)


def surrogate(sampled: Sampled, clip: float) -> Tensor:
    """Return what is to be maximised: the mean of importance · clipped, weighted by staleness. A scalar.

    Of a part of a batch: its share of that mean.
    """
    weights = staleness_weights(sampled.lags)
    gains = importance(sampled.proximal, sampled.then) * clipped(
        sampled.now, sampled.proximal, sampled.advantages, clip
    )
    return weighted_mean(gains, weights, sampled.whole)


def approximate_kl(now: Tensor, then: Tensor) -> Tensor:
    """Estimate KL(then ‖ now) from what was sampled then, in nats: mean of r - 1 - log r. A scalar.

    Schulman 2020, "Approximating KL divergence": unbiased, and never negative.
    """
    moved = ratio(now, then)
    return (moved - 1.0 - moved.log()).mean()


def figures(sampled: Sampled, clip: float) -> dict[str, float]:
    """Return figures for people: how far the trained policy is from the one that acted, and what that cost."""
    with torch.no_grad():
        moved = ratio(sampled.now, sampled.proximal)
        held = torch.where(sampled.advantages > 0, moved > 1.0 + clip, moved < 1.0 - clip)
        weight = ratio(sampled.proximal, sampled.then)
        return {
            "ratio_mean": float(ratio(sampled.now, sampled.then).mean()),
            "clipped_share": float(held.float().mean()),
            "truncated_share": float((weight > TRUNCATION).float().mean()),
            "approximate_kl": float(approximate_kl(sampled.now, sampled.then)),
            "lag_mean": float(sampled.lags.mean()),
        }
