"""Attempts as decisions to learn from, on the very prompts and tokens of the sampler.

Screenshots are read when an attempt comes in and held as JPEGs; tokens and pixels are made when a decision is drawn.
A step without a screenshot cannot be learnt from: what the policy would have seen is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from agent.learner.examples import Episode, useless_steps
from agent.rendering.attempts import Rendered, of_trajectory
from agent.rendering.prompts import Budget, Prompt
from infra.blobs.base import Blobs
from infra.contracts.action import Answer
from infra.contracts.attempt import Step, Trajectory, Written
from infra.contracts.messages import Relabel
from infra.contracts.task import Task


@dataclass(frozen=True, slots=True)
class Shot:
    """What a decision was made on, and the reply."""

    prompt: Prompt
    jpeg: bytes  # without marks
    reply: str
    tokens: tuple[int, ...] | None  # that the reply was sampled as; None: it was not sampled

    @property
    def nbytes(self) -> int:
        """Return about how much memory it holds."""
        return len(self.jpeg) + len(self.prompt.text) + 200 * len(self.prompt.marked) + 500


@dataclass(frozen=True, slots=True)
class VlmExample:
    """A decision to be repeated as it was."""

    encoded: Shot
    version: int  # that acted
    weight: float = 1.0


@dataclass(slots=True)
class VlmActed:
    """A decision that was sampled, and what came of it."""

    encoded: Shot
    log_probs: Tensor  # [R] of its tokens, at ``temperature``, by the version that acted
    temperature: float  # above 0
    advantage: float
    version: int
    proximal: Tensor | None = field(default=None)  # [R] by the trained policy when it was first drawn


class VlmTeaching:
    """For the vision-language policy: see :class:`agent.learner.teaching.Teaching`."""

    rehearsals = 1.0  # an optimiser step takes seconds

    def __init__(self, blobs: Blobs, budget: Budget) -> None:
        """``budget``: the sampler's."""
        self._blobs = blobs
        self._budget = budget

    async def success(self, trajectory: Trajectory, task: Task) -> Episode:
        """Return the decisions of a successful attempt; those that changed nothing are told of, but not learnt."""
        useless = useless_steps(trajectory)
        rendered = of_trajectory(trajectory, budget=self._budget)
        examples = [
            await self._example(one, step.written, trajectory.policy_version)
            for step, one in zip(trajectory.steps, rendered, strict=True)
            if step.index not in useless and one.screenshot is not None
        ]
        return Episode(trajectory.task_id, "success", tuple(examples), trajectory.website_id)

    async def hindsight(self, trajectory: Trajectory, relabels: tuple[Relabel, ...]) -> list[Episode]:
        """Return the decisions that fulfil each relabelled instruction."""
        return [await self._relabelled(trajectory, one) for one in relabels]

    async def acted(self, trajectory: Trajectory, task: Task, advantage: float) -> tuple[VlmActed, ...]:
        """Return the decisions that were sampled, with their tokens; greedy ones were not."""
        if trajectory.temperature <= 0:
            return ()
        rendered = of_trajectory(trajectory, budget=self._budget)
        return tuple(
            [
                VlmActed(
                    await self._shot(one, step.written),
                    torch.tensor(step.written.log_probs),
                    trajectory.temperature,
                    advantage,
                    trajectory.policy_version,
                )
                for step, one in zip(trajectory.steps, rendered, strict=True)
                if step.written is not None and one.screenshot is not None
            ]
        )

    async def _relabelled(self, trajectory: Trajectory, relabel: Relabel) -> Episode:
        """Cut the loops out, say what was achieved, and end there. Thoughts were another instruction's: none is said.

        Hindsight was not sampled under its own instruction, so its tokens are spelt anew.
        """
        kept = [one for one in trajectory.steps[: relabel.steps] if one.index not in relabel.skip]
        ending = Answer(text=relabel.answer, impossible=relabel.impossible)
        if relabel.steps < len(trajectory.steps):
            last = trajectory.steps[relabel.steps].observation
        elif trajectory.final is not None:
            last = trajectory.final
        else:
            return Episode(f"hindsight:{relabel.instruction}", "hindsight:none", (), trajectory.website_id)
        steps = [one.model_copy(update={"thought": None, "written": None}) for one in kept]
        steps.append(Step(index=relabel.steps, observation=last, action=ending))
        told = trajectory.model_copy(update={"instruction": relabel.instruction, "steps": _joined(steps, trajectory)})
        examples = [
            await self._example(one, None, trajectory.policy_version)
            for one in of_trajectory(told, budget=self._budget)
            if one.screenshot is not None
        ]
        kind = "impossible" if relabel.impossible else relabel.kind.value
        source = f"hindsight:{kind}"
        return Episode(f"hindsight:{relabel.instruction}", source, tuple(examples), trajectory.website_id)

    async def _example(self, rendered: Rendered, written: Written | None, version: int) -> VlmExample:
        return VlmExample(await self._shot(rendered, written), version)

    async def _shot(self, rendered: Rendered, written: Written | None) -> Shot:
        """Raises NotFound where the screenshot is gone."""
        jpeg = await self._blobs.get(rendered.screenshot or "")
        return Shot(rendered.prompt, jpeg, rendered.reply, None if written is None else written.tokens)


def _joined(kept: list[Step], trajectory: Trajectory) -> tuple[Step, ...]:
    """Return the steps as if nothing had been cut out between them.

    Whether an action failed is what the page after it says; the page that comes next here may be one on which an action
    that was cut out had failed.
    """
    seen = [one.observation for one in trajectory.steps] + ([] if trajectory.final is None else [trajectory.final])
    errors = [None, *(seen[one.index + 1].error for one in kept[:-1])]
    return tuple(
        one.model_copy(update={"observation": one.observation.model_copy(update={"error": error})})
        for one, error in zip(kept, errors, strict=True)
    )
