"""An attempt in outline: the way it took and where it ended, so that attempts can be told apart. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from agent.learner.examples import useless_steps
from infra.contracts.action import Answer, Click, Select, Type
from infra.contracts.attempt import Step, Trajectory
from infra.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Outline:
    """What remains of a trajectory when only its actions count."""

    way: tuple[str, ...]  # one entry per action; steps that changed nothing are left out
    end: str  # last page and answer
    temperature: float  # that it was sampled at


def outline(trajectory: Trajectory) -> Outline:
    """Return an attempt's outline."""
    useless = useless_steps(trajectory)
    way = tuple(_deed(step) for step in trajectory.steps if step.index not in useless)
    page = canonical_url(trajectory.final.url) if trajectory.final is not None else ""
    answer = "impossible" if trajectory.impossible else f"answer {_fold(trajectory.answer)}"
    return Outline(way, f"{page} {answer}", trajectory.temperature)


def _deed(step: Step) -> str:
    """Name an action by the element's key: marks number the elements of one observation only."""
    action = step.action
    if isinstance(action, Answer):
        return "impossible" if action.impossible else f"answer {_fold(action.text)}"
    if isinstance(action, Click | Type | Select):
        keys = [element.key for element in step.observation.elements if element.mark == action.mark]
        target = keys[0] if keys else str(action.mark)
        said = {Type: "text", Select: "option"}.get(type(action))
        return f"{action.type} {target} {_fold(getattr(action, said)) if said else ''}".rstrip()
    return f"{action.type} {getattr(action, 'direction', '')}".rstrip()


def _fold(text: str | None) -> str:
    return " ".join((text or "").casefold().split())
