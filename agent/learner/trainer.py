"""Optimiser steps for the element policy."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from agent.learner.examples import Example
from agent.learner.objectives import Decisions, Objective
from agent.policy.network import Scorer, collate, log_softmax

CLIP = 1.0
#: Weight of the past in the average of weights that is published (Polyak and Juditsky 1992).
AVERAGING = 0.97


class ElementTrainer:
    """Owns the network that is trained, its optimiser (AdamW), and the ``average`` of its weights, which is served."""

    def __init__(self, network: Scorer, objective: Objective, *, learning_rate: float) -> None:
        self.network = network.train()
        self._objective = objective
        self._optimiser = torch.optim.AdamW(network.parameters(), lr=learning_rate, weight_decay=1e-3)
        self.average = copy.deepcopy(network).eval().requires_grad_(False)
        self._averaged = 0
        self.updates = 0

    def follow(self, network: Scorer) -> None:
        """Go on from other weights."""
        self.network.load_state_dict(network.state_dict())
        self.average.load_state_dict(network.state_dict())
        self._averaged = 0

    def _average(self) -> None:
        """Move the average towards the weights; its beginning is forgotten sooner."""
        self._averaged += 1
        keep = min(AVERAGING, self._averaged / (self._averaged + 4.0))
        with torch.no_grad():
            for mean, weight in zip(self.average.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(weight, 1.0 - keep)

    def update(self, examples: Sequence[Example]) -> dict[str, float]:
        """Take one optimiser step on a batch of decisions; return figures for people."""
        batch = collate([example.encoded for example in examples])
        scores = self.network(batch)
        log_probs = log_softmax(scores, batch.turn, len(examples))
        starts = np.concatenate([[0], np.cumsum(batch.sizes)[:-1]])
        right = torch.zeros(len(scores), dtype=torch.bool)
        right[
            torch.from_numpy(np.concatenate([s + np.array(e.right) for s, e in zip(starts, examples, strict=True)]))
        ] = True
        weights = torch.tensor([example.weight for example in examples], dtype=torch.float32)
        loss, figures = self._objective.loss(Decisions(log_probs, batch.turn, right, weights))
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self._optimiser.step()
        self.updates += 1
        self._average()
        return {**figures, "gradient_norm": float(norm)}

    def state(self) -> dict[str, Any]:
        """Return what :meth:`resume` needs besides the weights."""
        return {
            "optimiser": self._optimiser.state_dict(),
            "updates": self.updates,
            "weights": self.network.state_dict(),  # what is published is their average
            "averaged": self._averaged,
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on where another trainer stopped."""
        self._optimiser.load_state_dict(state["optimiser"])
        self.updates = int(state["updates"])
        self.network.load_state_dict(state["weights"])
        self._averaged = int(state["averaged"])
