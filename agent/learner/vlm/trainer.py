"""Optimiser steps for a vision-language policy: its tokens' log-probabilities, handed to the objective.

The policy gradient clips token by token, as PPO does, and weighs by how much more probable each token is to the trained
policy than it was to the one that acted; where only the decision's log-probability is on record, by that of the whole.
Losses are means over all tokens of a batch, so a long reply counts for more than a short one (Yu et al. 2025, DAPO,
arXiv 2503.14476, section 3.3).
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from agent.learner.objectives import Imitated, Objective
from agent.learner.surrogate import Sampled, Whole
from agent.learner.vlm.likelihood import Likelihood, divergence, likelihood
from agent.learner.vlm.sharing import Said, Share, deal, settle
from agent.learner.vlm.team import Alone, Launched, Team
from agent.learner.vlm.tokens import Sample, TokenBatch, collate


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision to be repeated as it was."""

    sample: Sample
    weight: float = 1.0


@dataclass(slots=True)
class Acted:
    """A decision that the policy sampled, and what came of it."""

    sample: Sample
    then: float  # natural log of the whole reply's probability, by the version that acted, at its temperature
    advantage: float
    lag: int = 0  # published versions between the one that acted and the newest
    temperature: float = 1.0  # more than 0
    proximal: Tensor | None = None  # [R] by the trained policy when first drawn; the trainer fills it in
    tokens_then: Tensor | None = None  # [R] what ``then`` is the sum of; None: not on record


@dataclass(frozen=True, slots=True)
class Options:
    """How steps are taken."""

    learning_rate: float = 1e-4
    micro_batch: int = 1  # decisions in memory at a time; gradients add up over a batch
    kl: float = 0.0  # weight of the divergence from the model without its adapters
    clip_norm: float = 1.0
    weight_decay: float = 0.0


class VlmTrainer:
    """Owns a model with adapters (:mod:`agent.learner.vlm.adapters`) and their optimiser (AdamW).

    Forward passes run in bfloat16 where the frozen weights are (on CUDA), else in float32; adapters and optimiser are
    float32.
    """

    def __init__(
        self, model: Any, objective: Objective, *, pad: int, options: Options | None = None, team: Team | None = None
    ) -> None:
        """``team``: the processes that steps are shared among; None: there is this one."""
        self.model = model
        self.team: Team = team or Alone()
        self.objective = objective
        self.options = options or Options()
        self.updates = 0
        self._pad = pad
        self._learnt: list[Tensor] = [weight for weight in model.parameters() if weight.requires_grad]
        self._half = any(weight.dtype == torch.bfloat16 for weight in model.parameters())
        self.optimiser = torch.optim.AdamW(
            self._learnt, lr=self.options.learning_rate, weight_decay=self.options.weight_decay
        )

    @property
    def device(self) -> torch.device:
        """Where the adapters are."""
        return self._learnt[0].device

    def precision(self) -> contextlib.AbstractContextManager[object]:
        """Return the context that forward passes run in."""
        return torch.autocast(self.device.type, dtype=torch.bfloat16) if self._half else contextlib.nullcontext()

    def update(self, shown: Sequence[Shown], acted: Sequence[Acted] = ()) -> dict[str, float]:
        """Take one optimiser step; return figures for people.

        Only what the objective learns from is looked at. Sets the ``proximal`` of decisions drawn for the first time.
        For the first process of a team; the others :meth:`help`.

        Raises:
            ValueError: there is nothing for this objective to learn from.
            TeamBroken: another process is gone; nothing has changed but the gradients.
        """
        shown = shown if self.objective.imitates else ()
        acted = acted if self.objective.reinforces else ()
        if not shown and not acted:
            raise ValueError("there is nothing to learn from")
        shares = deal(shown, acted, part=self.options.micro_batch, processes=self.team.size)
        with self.team.deal(shares, self._learnt) as own:
            said = settle(shares, self.team.collect(self._differentiate(own), self._learnt))
        norm = float(torch.nn.utils.clip_grad_norm_(self._learnt, self.options.clip_norm))
        if math.isfinite(norm):  # one overflow must not make an adapter of nothing but NaN
            self.optimiser.step()
        self.updates += 1
        return {**said.figures, "gradient_norm": norm}

    def help(self) -> None:
        """Compute shares of the first process's steps until it lets go. For all the others.

        Raises:
            TeamBroken: another process is gone.
        """
        assert isinstance(self.team, Launched)  # noqa: S101 - who is alone has nobody to help
        while (share := self.team.hear(self._learnt)) is not None:
            self.team.collect(self._differentiate(share), self._learnt)
            self.updates += 1

    def _differentiate(self, share: Share) -> Said:
        """Leave a share's gradients with the adapters, in place of what was there."""
        said = Said()
        self.optimiser.zero_grad(set_to_none=True)
        for some in share.shown:
            batch, found = self._forward([one.sample for one in some])
            loss, figures = self.objective.loss(_imitated(some, batch, found, share.of_shown), None)
            said.add(figures, batch)
            self._backward(loss, batch, found, None, share, said)
        for few in share.acted:
            temperatures = torch.tensor([one.temperature for one in few], device=self.device)
            batch, found = self._forward([one.sample for one in few], temperatures)
            loss, figures = self.objective.loss(None, _sampled(few, batch, found, share.of_acted))
            said.add(figures, batch)
            said.proximals += [one.proximal for one in few if one.proximal is not None]
            self._backward(loss, batch, found, temperatures, share, said)
        for sample in share.standing_in:
            batch, found = self._forward([sample])
            self._backward(0.0 * found.log_probs[batch.mask].sum(), batch, found, None, share, None)
        return said

    def _forward(self, samples: list[Sample], temperatures: Tensor | None = None) -> tuple[TokenBatch, Likelihood]:
        batch = collate(samples, self._pad).to(self.device)
        with self.precision():
            return batch, likelihood(self.model, batch, temperatures)

    def _backward(
        self,
        loss: Tensor,
        batch: TokenBatch,
        found: Likelihood,
        temperatures: Tensor | None,
        share: Share,
        said: Said | None,
    ) -> None:
        """Add a part's gradients to those at hand, with its share of the divergence; None: it counts for nothing."""
        if self.options.kl > 0:
            with torch.no_grad(), self.model.disable_adapter(), self.precision():
                reference = likelihood(self.model, batch, temperatures)
            if said is not None:
                apart = divergence(found.distribution, reference.distribution)[batch.mask].sum() / share.tokens
                loss = loss + self.options.kl * apart
                said.add({"loss_kl": float(apart.detach())}, batch)
        loss.backward()  # type: ignore[no-untyped-call]


def _imitated(shown: Sequence[Shown], batch: TokenBatch, found: Likelihood, whole: Whole) -> Imitated:
    weights = torch.tensor([one.weight for one in shown], device=batch.mask.device)
    return Imitated(
        log_probs=found.log_probs[batch.mask],
        weights=weights[:, None].expand_as(batch.mask)[batch.mask],
        entropy=found.entropy[batch.mask],
        whole=whole,
    )


def _sampled(acted: Sequence[Acted], batch: TokenBatch, found: Likelihood, whole: Whole) -> Sampled:
    """Put together what the objective asks of sampled tokens.

    Where it is not on record how the acting policy's probability was spread over the tokens, each token's ``then`` is
    set so that its importance weight is that of its decision, π_proximal / π_then of the whole reply.
    """
    now, mask = found.log_probs, batch.mask
    for row, one in enumerate(acted):
        if one.proximal is None:
            one.proximal = now[row][mask[row]].detach().cpu()
    firsts = [one.proximal for one in acted if one.proximal is not None]
    thens = [
        first - (float(first.sum()) - one.then) if one.tokens_then is None else one.tokens_then
        for first, one in zip(firsts, acted, strict=True)
    ]
    proximal = torch.cat(firsts).to(now.device)

    def spread(values: list[float]) -> Tensor:
        return torch.tensor(values, device=now.device)[:, None].expand_as(mask)[mask]

    return Sampled(
        now=now[mask],
        then=torch.cat(thens).to(now.device),
        proximal=proximal,
        advantages=spread([one.advantage for one in acted]),
        lags=spread([float(one.lag) for one in acted]),
        entropy=found.entropy[mask],
        whole=whole,
    )
