"""Decisions to learn from, out of trajectories: successes as they were, and hindsight under another instruction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agent.learner.entering import as_well
from agent.learner.varying import Varied, as_it_was, varied
from agent.policy.aims import MOST_AIMS
from agent.policy.base import Past, Turn
from agent.policy.encoding import Encoded, encode
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from agent.policy.text import words
from infra.contracts.action import Action, Answer, Back, Click, Scroll, Wait
from infra.contracts.attempt import Step, Trajectory
from infra.contracts.messages import Relabel
from infra.contracts.observation import Observation

#: Nothing is known of where a decision led.
UNKNOWN = -1


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


def _destinations(decisions: Sequence[tuple[Step, Action]], site: SiteIndex, named: frozenset[int]) -> list[int | None]:
    """Return, per decision, the page of the map that it led to.

    That is the next page on the way where more was done than getting there, or that is one of the ``named``: "open A,
    then B" has two, and where A only leads to B its own name says that it was meant.
    """
    found: list[int | None] = []
    ahead: int | None = None
    for step, action in reversed(decisions):
        page = site.page(step.observation.url)
        done = not _leads_only(step.observation, action, site)
        found.append(page if done else ahead)
        if done or page in named:
            ahead = page
    return found[::-1]


def _leads_only(observation: Observation, action: Action, site: SiteIndex) -> bool:
    """Return whether an action only moves on: following a link, going back, scrolling, waiting."""
    if isinstance(action, Back | Scroll | Wait):
        return True
    if not isinstance(action, Click):
        return False
    element = next((one for one in observation.elements if one.mark == action.mark), None)
    if element is None:
        return False
    return element.href is not None or site.target(site.page(observation.url), element.key, None) is not None


def _aim(encoded: Encoded, destination: int | None) -> int:
    """Return the place of a page among the aims, MOST_AIMS where it is none of them."""
    if destination is None or not len(encoded.aims):
        return UNKNOWN
    places = np.flatnonzero(encoded.aim_pages == destination)
    return int(places[0]) if len(places) else MOST_AIMS


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
    destinations = _destinations(decisions, said.site, named)
    for i, ((step, action), destination) in enumerate(zip(decisions, destinations, strict=True)):
        turn = Turn(said.instruction, step.observation, said.site, tuple(past), max_steps)
        candidates, encoded = encode(turn, matcher)
        right = candidates.find(action)
        if right:
            right = tuple(sorted({found for one in as_well(decisions[i:]) for found in candidates.find(one)}))
        if right and encoded.size > len(right):
            examples.append(Example(encoded, right, 1.0, version, _aim(encoded, destination)))
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
