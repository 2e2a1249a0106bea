"""How probable a model finds a reply, token by token (teacher forcing)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from agent.learner.vlm.tokens import TokenBatch

#: Log of a forbidden token's share: finite, so that 0 · log 0 is 0 in entropies and divergences.
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Of the replies of a batch, all [B, T]; where ``mask`` of the batch is false the values mean nothing."""

    log_probs: Tensor  # of each token given all before it, natural logarithm
    entropy: Tensor  # of the distribution that the token was drawn from, in nats
    distribution: Tensor  # [B, T, V] log-probabilities of all tokens


def likelihood(model: Any, batch: TokenBatch, temperatures: Tensor | None = None) -> Likelihood:
    """Run the model over prompts and replies. ``temperatures`` [B] are those sampled at, more than 0; None: 1.

    Where a row says what its tokens were drawn among, probabilities are among those: the policy that acted was the
    model within its grammar, so that is what an importance ratio must compare.
    Logits are made for the T columns that predict replies alone: of a vocabulary of 150,000 over a whole prompt they
    would weigh more than all activations.
    """
    length = batch.targets.shape[1]
    out = model(**batch.inputs, logits_to_keep=length + 1, use_cache=False)
    logits = out.logits[:, :-1].float()
    if temperatures is not None:
        logits = logits / temperatures.to(logits.device)[:, None, None]
    if batch.allowed is not None:
        logits = logits.masked_fill(~bits(batch.allowed, logits.shape[-1]), _NEVER)
    distribution = torch.log_softmax(logits, -1)
    log_probs = distribution.gather(-1, batch.targets[..., None]).squeeze(-1)
    entropy = -(distribution.exp() * distribution).sum(-1)
    return Likelihood(log_probs, entropy, distribution)


def bits(packed: Tensor, count: int) -> Tensor:
    """Unpack [..., W] bytes, lowest bit first, to [..., count] bool."""
    places = torch.arange(8, device=packed.device, dtype=torch.uint8)
    return ((packed[..., None] >> places) & 1).flatten(-2)[..., :count].bool()


def divergence(now: Tensor, reference: Tensor) -> Tensor:
    """Exact KL(now ‖ reference) of each token's distribution, in nats. [B, T, V] both; shape [B, T]."""
    return (now.exp() * (now - reference)).sum(-1)
