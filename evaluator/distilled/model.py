"""A logistic regression over sparse features, learnt as it goes, that knows whether it may be believed. Pure.

AdaGrad (Duchi et al. 2011) with weights drawn towards 0; every verdict is learnt a few times, among earlier ones. It is
trusted once its sure predictions, made before the judge spoke, have agreed with the judge often enough of late: among
what the judge called success, and among what it called failure. Where nearly all fails, whoever always says failure is
nearly always right, and would take the few successes for failures.
"""

from __future__ import annotations

from collections import deque
from math import exp, sqrt
from random import Random

from evaluator.distilled.features import Features

RATE, DECAY = 0.5, 1e-3
#: Verdicts remembered, of which some are learnt again with each new one.
REMEMBERED, AGAIN = 400, 48
#: Sure predictions of either outcome that are looked back at, how many there must be of both together and of each, and
#: the share of each that must be right.
LOOKED_BACK, LEAST, LEAST_EACH, RIGHT = 60, 20, 5, 0.95


class RewardModel:
    """Probability of success by the features of an attempt."""

    def __init__(self, sure: float, rng: Random) -> None:
        self._sure = sure
        self._rng = rng
        self._weights: dict[str, float] = {}
        self._squares: dict[str, float] = {}
        self._known: deque[tuple[Features, float]] = deque(maxlen=REMEMBERED)
        # By what the judge said, whether the sure predictions of it were right.
        self._right: dict[bool, deque[bool]] = {told: deque(maxlen=LOOKED_BACK) for told in (True, False)}
        self.learnt = 0

    def probability(self, features: Features) -> float:
        """Return the probability of success; 0.5 before anything is learnt."""
        return sigmoid(sum(self._weights.get(name, 0.0) * value for name, value in features.items()))

    def sure(self, probability: float) -> bool:
        """Return whether it is near enough to 0 or to 1."""
        return max(probability, 1.0 - probability) >= self._sure

    @property
    def trusted(self) -> bool:
        """Return whether its sure predictions were right of late, those of successes and those of failures."""
        each = self._right.values()
        return sum(map(len, each)) >= LEAST and all(
            len(right) >= LEAST_EACH and sum(right) >= RIGHT * len(right) for right in each
        )

    def learn(self, features: Features, reward: float, predicted: float | None) -> None:
        """Take in what the judge said (1 or 0), and what was predicted before it did."""
        if predicted is not None and self.sure(predicted):
            success = reward >= 0.5
            self._right[success].append((predicted >= 0.5) == success)
        self._known.append((features, reward))
        self.learnt += 1
        again = self._rng.sample(list(self._known), min(AGAIN, len(self._known)))
        for one, target in [*again, (features, reward)]:
            self._step(one, target)

    def _step(self, features: Features, target: float) -> None:
        error = self.probability(features) - target
        for name, value in features.items():
            weight = self._weights.get(name, 0.0)
            gradient = error * value + DECAY * weight
            square = self._squares[name] = self._squares.get(name, 0.0) + gradient * gradient
            if square > 0.0:
                self._weights[name] = weight - RATE * gradient / sqrt(square)


def sigmoid(x: float) -> float:
    """Return 1 / (1 + exp(-x)), without overflow."""
    return 1.0 / (1.0 + exp(-x)) if x >= 0 else exp(x) / (1.0 + exp(x))
