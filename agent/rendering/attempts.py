"""Prompts of an attempt: of the turn that is being decided, and of all turns of one that is over.

Both come from the same three things of every step (what was seen, done and thought), so the learner's prompt of a step
is the one that the sampler had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.rendering.elements import Count, estimate
from agent.rendering.prompts import Budget, Done, Prompt, named, render
from agent.rendering.replies import write
from infra.contracts.action import Action
from infra.contracts.attempt import Trajectory
from infra.contracts.observation import Observation

if TYPE_CHECKING:
    from agent.policy.base import Turn

Seen = tuple[Observation, Action, str | None]  # what was seen, done and thought


@dataclass(frozen=True, slots=True)
class Rendered:
    """One step of an attempt that is over."""

    prompt: Prompt
    reply: str
    screenshot: str | None  # blob key of the JPEG without marks; None: the step cannot be learnt from


def tell(past: Sequence[Seen], now: Observation) -> tuple[Done, ...]:
    """Return the history of steps; whether an action failed is what the observation after it says."""
    after = [observation for observation, _, _ in past[1:]] + [now]
    return tuple(
        Done(action, thought, then.error, named(before, action))
        for (before, action, thought), then in zip(past, after, strict=False)
    )


def of_turn(turn: Turn, *, budget: Budget | None = None, count: Count = estimate) -> Prompt:
    """Return the prompt of a turn that is to be decided."""
    past = [(one.observation, one.action, one.thought) for one in turn.history]
    history = tell(past, turn.observation)
    return render(turn.instruction, turn.observation, history, budget=budget, count=count)


def of_trajectory(trajectory: Trajectory, *, budget: Budget | None = None, count: Count = estimate) -> list[Rendered]:
    """Return prompt and reply of every step, in order."""
    seen: list[Seen] = [(step.observation, step.action, step.thought) for step in trajectory.steps]
    return [
        Rendered(
            render(trajectory.instruction, now, tell(seen[:index], now), budget=budget, count=count),
            write(thought, action),
            now.screenshot,
        )
        for index, (now, action, thought) in enumerate(seen)
    ]
