"""Decisions as they were acted, for the policy gradient: every step, with nothing overlooked and nothing left out.

What is learnt from must be what was sampled: the same candidates, features and temperature, and the log-probability
that was recorded then. That is why these are not the examples that cloning uses.
"""

from __future__ import annotations

from dataclasses import dataclass

from agent.policy.base import Past, Turn
from agent.policy.encoding import Encoded, encode
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from infra.contracts.attempt import Trajectory


@dataclass(frozen=True, slots=True)
class Acted:
    """One decision of an attempt that was compared with others."""

    encoded: Encoded
    alike: tuple[int, ...]  # candidates that are the very action; several where a page says one value twice
    log_prob: float  # of the one that was sampled, at ``temperature``, by the version that acted
    temperature: float  # above 0
    advantage: float
    version: int  # that acted


def as_acted(trajectory: Trajectory, site: SiteIndex, advantage: float, *, max_steps: int) -> tuple[Acted, ...]:
    """Encode an attempt's decisions as the policy met them.

    Left out are decisions without a choice, without a recorded log-probability, and greedy ones: they were not sampled.
    """
    if trajectory.temperature <= 0:
        return ()
    matcher = Matcher(trajectory.instruction, site)
    past: list[Past] = []
    found = []
    for step in trajectory.steps:
        if step.log_prob is not None:
            turn = Turn(trajectory.instruction, step.observation, site, tuple(past), max_steps, trajectory.temperature)
            candidates, encoded = encode(turn, matcher)
            alike = tuple(i for i in candidates.find(step.action) if candidates.action(i) == step.action)
            if alike and encoded.size > 1:
                found.append(
                    Acted(encoded, alike, step.log_prob, trajectory.temperature, advantage, trajectory.policy_version)
                )
        past.append(Past(step.observation, step.action, step.requests))
    return tuple(found)
