"""The embedded policy: scores grounded candidates with a small network, in process, on the CPU."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

import numpy as np
import torch

from agent.policy.base import Decision, Turn
from agent.policy.candidates import Candidates
from agent.policy.encoding import Encoded, encode
from agent.policy.matching import Matcher
from agent.policy.network import Scorer, collate, log_softmax
from agent.policy.site import SiteIndex
from infra.contracts.attempt import Candidate

TOP = 5
MATCHERS = 64


class ElementPolicy:
    """Samples from the scorer at the turn's temperature; temperature 0 takes the best.

    Example:
        policy = ElementPolicy(weights.fresh(seed=0), version=0)
        decision = await policy.decide(turn)
    """

    def __init__(self, network: Scorer, version: int, *, seed: int | None = None) -> None:
        self._network = network.eval()
        self._version = version
        self._random = np.random.default_rng(seed)
        self._matchers: OrderedDict[tuple[str, int], Matcher] = OrderedDict()

    @property
    def version(self) -> int:
        """The published version whose weights these are."""
        return self._version

    def _matcher(self, instruction: str, site: SiteIndex) -> Matcher:
        key = (instruction, id(site))
        matcher = self._matchers.pop(key, None) or Matcher(instruction, site)
        self._matchers[key] = matcher
        while len(self._matchers) > MATCHERS:
            self._matchers.popitem(last=False)
        return matcher

    def _encode(self, turn: Turn) -> tuple[Candidates, Encoded]:
        return encode(turn, self._matcher(turn.instruction, turn.site))

    async def decide(self, turn: Turn) -> Decision:
        """Choose one of the turn's candidates."""
        if turn.site.embedder is None:
            candidates, encoded = self._encode(turn)
        else:  # new texts take a while to embed: in a thread, so that the other attempts go on
            candidates, encoded = await asyncio.to_thread(self._encode, turn)
        with torch.inference_mode():
            batch = collate([encoded])
            scores = self._network(batch)
            if turn.temperature > 0:
                scores = scores / turn.temperature
            log_probs = log_softmax(scores, batch.turn, 1).double().numpy()
        probabilities = np.exp(log_probs)
        probabilities /= probabilities.sum()
        best = np.argsort(-probabilities, kind="stable")[:TOP]
        greedy = turn.temperature == 0
        index = int(best[0]) if greedy else int(self._random.choice(len(probabilities), p=probabilities))
        top = tuple(
            Candidate(action=candidates.action(int(i)), probability=min(1.0, float(probabilities[i]))) for i in best
        )
        return Decision(
            action=candidates.action(index),
            log_prob=0.0 if greedy else float(log_probs[index]),
            top=top,
        )
