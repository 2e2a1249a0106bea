"""demonstrations: what the proposer itself did on the website, as trajectories to learn from.

Whoever proposes a task after having done it knows one way (Ecoffet et al. 2019: remember, return, then explore).
A form of six fields is filled in by chance once in a thousand attempts; shown once, it is practised. Only tasks for
practice are shown, and ``proposer.demonstrations`` switches it off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from infra.blobs.base import Blobs
from infra.contracts.action import Action, Click, Select, Type
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.messages import Relabel, TrajectoryRelabelled
from infra.contracts.observation import Observation
from infra.contracts.task import Task
from infra.contracts.visit import RouteReport, ScriptStep
from infra.documents import keep_shown, save_trajectory
from infra.streams.base import Bus
from proposer.reading import is_select

#: Key of a task's metadata: the learner was shown a way through it.
SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A task of the proposer's, and how it was done."""

    trajectory: Trajectory
    relabel: Relabel
    others: tuple[Relabel, ...] = ()  # the same in other words


def demonstration(task: Task, report: RouteReport) -> Demonstration | None:
    """Return a completed route as a trajectory that fulfils the task; None where a step cannot be told."""
    steps: list[Step] = []
    for i, (script, seen) in enumerate(zip(report.route.steps, report.observations, strict=False)):
        action = _action(script, seen)
        if action is None:
            return None
        steps.append(Step(index=i, observation=seen, action=action, requests=report.requests[i + 1]))
    trajectory = Trajectory(
        attempt_id=f"demo_{task.id}",
        task_id=task.id,
        website_id=task.website_id,
        instruction=task.instruction,
        start_url=task.start_url,
        steps=tuple(steps),
        final=report.observations[-1],
        stop_reason=StopReason.ANSWERED,
        policy_version=0,
    )
    answer = task.evidence.answer if task.evidence is not None else None
    impossible = task.evidence is not None and task.evidence.impossible
    relabel = Relabel(
        instruction=task.instruction, kind=task.kind, steps=len(steps), answer=answer, impossible=impossible
    )
    return Demonstration(trajectory, relabel)


def _action(script: ScriptStep, seen: Observation) -> Action | None:
    element = next((element for element in seen.elements if element.key == script.key), None)
    if element is None:
        return None
    if script.value is None:
        return Click(mark=element.mark)
    if is_select(element):
        return Select(mark=element.mark, option=script.value)
    return Type(mark=element.mark, text=script.value, submit=script.submit)


def marked(tasks: Iterable[Task], demonstrations: Iterable[Demonstration]) -> tuple[Task, ...]:
    """Return the tasks, those that are demonstrated marked as such: see ``shown``."""
    ways = {one.trajectory.task_id for one in demonstrations}
    return tuple(
        task.model_copy(update={"metadata": {**task.metadata, SHOWN: True}}) if task.id in ways else task
        for task in tasks
    )


def shown(task: Task) -> bool:
    """Return whether the survey demonstrated this task."""
    return bool(task.metadata.get(SHOWN))


async def show(demonstrations: tuple[Demonstration, ...], blobs: Blobs, bus: Bus) -> None:
    """Hand the demonstrations to the learner. Idempotent: a task's demonstration always has the same id."""
    kept: defaultdict[str, list[TrajectoryRelabelled]] = defaultdict(list)
    for one in demonstrations:
        message = TrajectoryRelabelled(
            id=one.trajectory.attempt_id,
            website_id=one.trajectory.website_id,
            trajectory=await save_trajectory(blobs, one.trajectory),
            relabels=(one.relabel, *one.others),
        )
        kept[message.website_id].append(message)
        await bus.publish(message)
    for website_id, messages in kept.items():
        await keep_shown(blobs, website_id, messages)
