"""Decisions to learn from, out of trajectories: successes as they were, and hindsight under another instruction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from agent.policy.base import Past, Turn
from agent.policy.encoding import Encoded, encode
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from agent.policy.text import words
from infra.contracts.action import Action, Answer
from infra.contracts.attempt import Step, Trajectory
from infra.contracts.messages import Relabel

#: Share of episodes in which words are overlooked, and of the words then.
OVERLOOKING = 0.5
OVERLOOKED_WORDS, OVERLOOKED_NAMES = 0.5, 0.08

_WORD = re.compile(r"[^\s\"“”‘’,;:!?.()]+")


@dataclass(frozen=True, slots=True)
class Example:
    """One decision: what was seen, and which candidates do what was done."""

    encoded: Encoded
    right: tuple[int, ...]
    weight: float
    version: int  # policy version that acted


@dataclass(frozen=True, slots=True)
class Episode:
    """The decisions of one instruction fulfilled."""

    task: str  # successes of one task compete for room; hindsight is grouped by its kind
    source: str  # "success" or "hindsight:<kind>"
    examples: tuple[Example, ...]
    website: str = ""  # id

    @property
    def nbytes(self) -> int:
        """Return the memory that the examples hold, in bytes."""
        return sum(example.encoded.nbytes for example in self.examples)


def _without_loops(steps: tuple[Step, ...], skip: frozenset[int]) -> list[tuple[Step, Action]]:
    return [(step, step.action) for step in steps if step.index not in skip]


def overlooked(instruction: str, rng: Random) -> frozenset[str]:
    """Draw words of an instruction to be overlooked, so that the policy learns to cope with words that match nothing.

    Practice speaks in the site's own words, people mostly do so for names alone: other words go more often.
    """
    if rng.random() >= OVERLOOKING:
        return frozenset()
    gone = set()
    for i, word in enumerate(_WORD.findall(instruction)):
        named = i > 0 and (word[0].isupper() or word[0].isdigit())
        if rng.random() < (OVERLOOKED_NAMES if named else OVERLOOKED_WORDS):
            gone |= set(words(word))
    return frozenset(gone)


def _examples(
    instruction: str, decisions: list[tuple[Step, Action]], site: SiteIndex, max_steps: int, version: int
) -> tuple[Example, ...]:
    """Encode decisions one after another; those that the policy's candidates cannot express are left out."""
    rng = Random(f"{instruction} {version} {len(decisions)}")  # noqa: S311 - augments data, no secret
    impossible = any(isinstance(action, Answer) and action.impossible for _, action in decisions)
    # What makes a task impossible is a word that matches nothing: without it the task would look possible.
    gone = frozenset[str]() if impossible else overlooked(instruction, rng)
    matcher = Matcher(instruction, site, overlooked=gone)
    past: list[Past] = []
    examples = []
    for step, action in decisions:
        turn = Turn(instruction, step.observation, site, tuple(past), max_steps)
        candidates, encoded = encode(turn, matcher)
        right = candidates.find(action)
        if right and encoded.size > len(right):
            examples.append(Example(encoded, right, 1.0, version))
        past.append(Past(step.observation, action, step.requests))
    return tuple(examples)


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
    examples = _examples(trajectory.instruction, decisions, site, max_steps, trajectory.policy_version)
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
    examples = _examples(relabel.instruction, decisions, site, max_steps, trajectory.policy_version)
    kind = "impossible" if relabel.impossible else relabel.kind.value
    return Episode(f"hindsight:{relabel.instruction}", f"hindsight:{kind}", examples, trajectory.website_id)
