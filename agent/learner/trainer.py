"""Optimiser steps for the element policy: its candidates' log-probabilities, handed to the objective."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from agent.learner import distributions
from agent.learner.destinations import UNKNOWN
from agent.learner.examples import Example
from agent.learner.objectives import Imitated, Objective
from agent.learner.on_policy import Drawn
from agent.learner.surrogate import Sampled
from agent.policy.network import Batch, Scorer, collate, log_softmax

CLIP = 1.0
#: Weight of naming the page that the way led to, beside the decisions themselves.
AIM_WEIGHT = 0.5
#: Weight of the past in the average of weights that is published (Polyak and Juditsky 1992).
AVERAGING = 0.99


class ElementTrainer:
    """Owns the network that is trained, its optimiser (AdamW), and the ``average`` of its weights, which is served.

    ``kl`` weighs the divergence from the version that was served before; at 0 no copy of it is kept or asked.
    """

    def __init__(self, network: Scorer, objective: Objective, *, learning_rate: float, kl: float = 0.0) -> None:
        self.network = network.train()
        self.objective = objective
        self._optimiser = torch.optim.AdamW(network.parameters(), lr=learning_rate, weight_decay=1e-3)
        self.average = copy.deepcopy(network).eval().requires_grad_(False)
        self._averaged = 0
        self._kl = kl
        self._reference: Scorer | None = copy.deepcopy(self.average) if kl > 0 else None
        self._random = torch.Generator().manual_seed(0)
        self.updates = 0

    def follow(self, network: Scorer) -> None:
        """Go on from other weights."""
        self.network.load_state_dict(network.state_dict())
        self.average.load_state_dict(network.state_dict())
        self._averaged = 0
        self.published()

    def published(self) -> None:
        """Take the average as the version that the next steps should not stray from."""
        if self._reference is not None:
            self._reference.load_state_dict(self.average.state_dict())

    def _average(self) -> None:
        """Move the average towards the weights; its beginning is forgotten sooner."""
        self._averaged += 1
        keep = min(AVERAGING, self._averaged / (self._averaged + 4.0))
        with torch.no_grad():
            for mean, weight in zip(self.average.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(weight, 1.0 - keep)

    def update(self, examples: Sequence[Example], drawn: Sequence[Drawn] = ()) -> dict[str, float]:
        """Take one optimiser step on decisions to imitate and on sampled ones; return figures for people.

        Both go through the network at once. Sets the ``proximal`` of decisions that are drawn for the first time.
        """
        decided = [one.held.decision for one in drawn]
        batch = collate([one.encoded for one in examples] + [one.encoded for one in decided])
        temperatures = torch.tensor([1.0] * len(examples) + [one.temperature for one in decided])
        marked = _marked(batch, [one.right for one in examples] + [one.alike for one in decided])
        turns = len(batch.sizes)
        scores, aimed = self.network.read(batch, varied=len(examples), random=self._random)
        log_probs = log_softmax(scores / temperatures[batch.turn], batch.turn, turns)
        entropy = distributions.entropy(log_probs, batch.turn, turns)
        split, among = len(examples), sum(batch.sizes[: len(examples)])
        imitated = sampled = None
        if examples:
            chosen = distributions.likelihood(log_probs[:among], batch.turn[:among], marked[:among], split)
            imitated = Imitated(chosen, torch.tensor([one.weight for one in examples]), entropy[:split])
        if drawn:
            sampled = _sampled(drawn, log_probs[among:], batch.turn[among:] - split, marked[among:], entropy[split:])
        loss, figures = self.objective.loss(imitated, sampled)
        if examples:
            missed, figures["aim_likelihood"] = _missed(aimed[:split], [one.aim for one in examples])
            loss = loss + AIM_WEIGHT * missed
        if self._reference is not None:
            apart = self._apart(self._reference, batch, temperatures)
            loss = loss + self._kl * apart
            figures["loss_kl"] = float(apart.detach())
        return {**figures, "gradient_norm": self._step(loss)}

    def _apart(self, reference: Scorer, batch: Batch, temperatures: Tensor) -> Tensor:
        """Return the mean divergence from the version served before, in nats, nothing being dropped. A scalar."""
        turns = len(batch.sizes)
        log_probs = log_softmax(self.network(batch) / temperatures[batch.turn], batch.turn, turns)
        with torch.no_grad():
            served = log_softmax(reference(batch) / temperatures[batch.turn], batch.turn, turns)
        return distributions.divergence(log_probs, served, batch.turn, turns).mean()

    def _step(self, loss: Tensor) -> float:
        """Descend; return the gradient's norm before it was clipped. One that is not finite moves nothing."""
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = float(torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP))
        if math.isfinite(norm):
            self._optimiser.step()
        self.updates += 1
        self._average()
        return norm

    def state(self) -> dict[str, Any]:
        """Return what :meth:`resume` needs besides the weights."""
        return {
            "optimiser": self._optimiser.state_dict(),
            "updates": self.updates,
            "weights": self.network.state_dict(),  # what is published is their average
            "averaged": self._averaged,
            "random": self._random.get_state(),
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on where another trainer stopped."""
        self._optimiser.load_state_dict(state["optimiser"])
        self.updates = int(state["updates"])
        self.network.load_state_dict(state["weights"])
        self._averaged = int(state["averaged"])
        if "random" in state:
            self._random.set_state(state["random"])


def _missed(aimed: Tensor, aims: Sequence[int]) -> tuple[Tensor, float]:
    """Return how unlikely the pages were held that the ways led to, in nats, and their mean likelihood.

    ``aimed`` [B, MOST_AIMS + 1] log-probabilities; decisions of which nothing is known are left out.
    """
    meant = torch.tensor(aims)
    known = meant != UNKNOWN
    if not known.any():
        return aimed.new_zeros(()), 0.0
    likelihood = aimed[known].gather(1, meant[known].unsqueeze(1))
    return -likelihood.mean(), float(likelihood.detach().exp().mean())


def _marked(batch: Batch, chosen: Sequence[tuple[int, ...]]) -> Tensor:
    """Mark the chosen candidates of each decision. Shape [n] bool."""
    starts = np.concatenate([[0], np.cumsum(batch.sizes)[:-1]])
    places = [start + np.array(own) for start, own in zip(starts, chosen, strict=True)]
    marked = torch.zeros(sum(batch.sizes), dtype=torch.bool)
    marked[torch.from_numpy(np.concatenate(places))] = True
    return marked


def _sampled(drawn: Sequence[Drawn], log_probs: Tensor, turn: Tensor, alike: Tensor, entropy: Tensor) -> Sampled:
    """Put together what the objective asks of sampled decisions."""
    then = torch.tensor([one.held.decision.log_prob for one in drawn])
    now = distributions.taken(log_probs, turn, alike, then)
    for one, value in zip(drawn, now.tolist(), strict=True):
        if one.held.proximal is None:
            one.held.proximal = value
    return Sampled(
        now=now,
        then=then,
        proximal=torch.tensor([one.held.proximal for one in drawn]),
        advantages=torch.tensor([one.held.decision.advantage for one in drawn]),
        lags=torch.tensor([float(one.lag) for one in drawn]),
        entropy=entropy,
    )
