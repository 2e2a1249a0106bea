"""Which pictures of an attempt the judge sees: the last one, and before it those that show something else. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from infra.contracts.attempt import Trajectory
from infra.contracts.observation import Observation

#: Share of what a page shows that must differ from the next frame's.
CHANGED = 0.15


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture by its blob key, and the address of the page on it."""

    key: str
    url: str


def keyframes(trajectory: Trajectory, most: int) -> tuple[Frame, ...]:
    """Return at most ``most`` frames, oldest first; the last page is always among them.

    Without a picture of the last page there are none: an earlier page does not show how the attempt ended.
    """
    if trajectory.final is None or trajectory.final.screenshot is None:
        return ()
    seen = [*(step.observation for step in trajectory.steps), trajectory.final]
    chosen: list[Observation] = []
    for observation in reversed(seen):
        if observation.screenshot is None:
            continue
        if not chosen or change(observation, chosen[-1]) >= CHANGED:
            chosen.append(observation)
        if len(chosen) == most:
            break
    return tuple(Frame(one.screenshot or "", one.url) for one in reversed(chosen))


def change(one: Observation, other: Observation) -> float:
    """Return how much of what two looks show differs, from 0 to 1: 1 less the Jaccard index; scrolling counts."""
    if one.url != other.url:
        return 1.0
    if abs(one.scroll_y - other.scroll_y) > one.viewport[1] / 2:
        return 1.0
    first, second = _shown(one), _shown(other)
    together = first | second
    return 1.0 - len(first & second) / len(together) if together else 0.0


def _shown(observation: Observation) -> set[str]:
    texts = {f"says {chunk.text}" for chunk in observation.chunks}
    return texts | {f"{one.key} is {one.value} {one.checked} {one.selected}" for one in observation.elements}
