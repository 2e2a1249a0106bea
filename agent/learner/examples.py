"""Decisions to learn from, out of trajectories: successes as they were, and hindsight under another instruction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agent.learner.destinations import UNKNOWN, aim, destinations
from agent.learner.entering import as_well
from agent.learner.varying import Varied, as_it_was, varied
from agent.policy.base import Past, Turn
from agent.policy.encoding import Encoded, encode
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from agent.policy.text import words
from infra.contracts.action import Action, Answer
from infra.contracts.attempt import Step, Trajectory
from infra.contracts.messages import Relabel


@dataclass(frozen=True, slots=True)
class Example:
    """One decision: what was seen, and which candidates do what was done, or what might as well have been."""

    encoded: Encoded
    right: tuple[int, ...]
    weight: float
    version: int  # policy version that acted
    aim: int = UNKNOWN  # which of the turn's aims the way led to; MOST_AIMS: none of them


@dataclass(frozen=True, slots=True)
class Episode:
    """The decisions of one instruction fulfilled."""

    task: str  # successes of one task compete for room; hindsight is grouped by its kind
    source: str  # "success" or "hindsight:<kind>"
    examples: tuple[Any, ...]  # Example, or what another policy learns from: its ``encoded`` has ``nbytes``
    website: str = ""  # id

    @property
    def nbytes(self) -> int:
        """Return the memory that the examples hold, in bytes."""
        return sum(int(example.encoded.nbytes) for example in self.examples)


def _without_loops(steps: tuple[Step, ...], skip: frozenset[int]) -> list[tuple[Step, Action]]:
    return [(step, step.action) for step in steps if step.index not in skip]


def _examples(
    trajectory: Trajectory, instruction: str, decisions: list[tuple[Step, Action]], site: SiteIndex, max_steps: int
) -> tuple[Example, ...]:
    """Encode decisions one after another; those that the policy's candidates cannot express are left out.

    Every attempt is varied in its own way, those of one task too. An episode whose paraphrase leaves out what a
    decision needs is learnt as it was.
    """
    said = varied(instruction, [action for _, action in decisions], site, seed=trajectory.attempt_id)
    version = trajectory.policy_version
    examples = _encoded(said, instruction, decisions, max_steps, version)
    if len(examples) < len(decisions) and said.instruction != instruction:
        examples = _encoded(as_it_was(instruction, site), instruction, decisions, max_steps, version)
    return tuple(examples)


def _encoded(
    said: Varied, instruction: str, decisions: list[tuple[Step, Action]], max_steps: int, version: int
) -> list[Example]:
    matcher = Matcher(said.instruction, said.site, overlooked=said.overlooked)
    past: list[Past] = []
    examples = []
    named = frozenset[int]().union(*(mention.pages for mention in said.site.mentions(words(instruction))))
    ahead = destinations(decisions, said.site, named)
    for i, ((step, action), destination) in enumerate(zip(decisions, ahead, strict=True)):
        turn = Turn(said.instruction, step.observation, said.site, tuple(past), max_steps)
        candidates, encoded = encode(turn, matcher)
        right = candidates.find(action)
        if right:
            right = tuple(sorted({found for one in as_well(decisions[i:]) for found in candidates.find(one)}))
        if right and encoded.size > len(right):
            examples.append(Example(encoded, right, 1.0, version, aim(encoded, destination)))
        past.append(Past(step.observation, action, step.requests))
    return examples


def useless_steps(trajectory: Trajectory) -> frozenset[int]:
    """Return the indices of steps whose action failed or changed nothing; a success teaches better without them."""
    useless = set()
    observations = [step.observation for step in trajectory.steps]
    for i, step in enumerate(trajectory.steps[:-1]):
        after = observations[i + 1]
        if after.error is not None or (
            not step.requests
            and after.url == step.observation.url
            and after.elements == step.observation.elements
            and after.chunks == step.observation.chunks
        ):
            useless.add(step.index)
    return frozenset(useless)


def from_success(trajectory: Trajectory, site: SiteIndex, *, max_steps: int) -> Episode:
    """Return the decisions of a successful attempt."""
    decisions = _without_loops(trajectory.steps, useless_steps(trajectory))
    examples = _examples(trajectory, trajectory.instruction, decisions, site, max_steps)
    return Episode(trajectory.task_id, "success", examples, trajectory.website_id)


def from_hindsight(trajectory: Trajectory, relabel: Relabel, site: SiteIndex, *, max_steps: int) -> Episode:
    """Return the decisions that fulfil a relabelled instruction: a prefix without its loops, then the answer."""
    steps = trajectory.steps
    decisions = _without_loops(steps[: relabel.steps], frozenset(relabel.skip))
    ending = Answer(text=relabel.answer, impossible=relabel.impossible)
    if relabel.steps < len(steps):
        decisions.append((steps[relabel.steps], ending))
    elif trajectory.final is not None:
        decisions.append((Step(index=relabel.steps, observation=trajectory.final, action=ending), ending))
    examples = _examples(trajectory, relabel.instruction, decisions, site, max_steps)
    return Episode(f"hindsight:{relabel.instruction}", source_of(relabel), examples, trajectory.website_id)


def source_of(relabel: Relabel) -> str:
    """Return the source of its episode."""
    return f"hindsight:{'impossible' if relabel.impossible else relabel.kind.value}"
