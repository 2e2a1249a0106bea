"""A stand-in for the agent and the evaluator: on the real bus and store, but the website is the little shop in memory.

It follows the tasks' demonstrations, every ``fail_every``-th time it stops half-way.
"""

from __future__ import annotations

import asyncio

from infra.attempts import finish
from infra.blobs import Blobs
from infra.contracts.action import Action, Answer, Click, Select, Type
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.messages import TaskDispatched, TrajectoryRelabelled, VisitCompleted, VisitRequested
from infra.contracts.observation import Element
from infra.contracts.task import Task
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.visit import Route, RouteReport, ScriptStep, VisitReport
from infra.contracts.website import Website
from infra.demonstration import decode
from infra.documents import save_report, save_trajectory
from infra.settings import Settings
from infra.store import Store
from infra.streams import open_bus
from tests.unit.proposer.little_shop import LittleShop


class StandIn:
    """Both services at once."""

    def __init__(self, settings: Settings, store: Store, blobs: Blobs, fail_every: int = 3) -> None:
        self.bus = open_bus(settings.redis, settings.streams, consumer="stand-in")
        self.store = store
        self.blobs = blobs
        self.shop = LittleShop()
        self.fail_every = fail_every
        self.attempts: list[TaskDispatched] = []
        self.relabelled: list[TrajectoryRelabelled] = []
        self.hold = asyncio.Event()
        self.hold.set()

    async def start(self) -> None:
        self.bus.subscribe(VisitRequested, "agent", self.visit, slots=2)
        self.bus.subscribe(TaskDispatched, "agent", self.attempt, slots=2)
        self.bus.subscribe(TrajectoryRelabelled, "learner", self.learn)
        await self.bus.start()

    async def visit(self, message: VisitRequested) -> None:
        website = await self.store.website(message.visit.website_id)
        routes = await self.shop.visit(website, message.visit.routes)
        report = VisitReport(visit_id=message.id, website_id=website.id, routes=routes)
        key = await save_report(self.blobs, report)
        await self.bus.publish(VisitCompleted(id=message.id, website_id=website.id, report=key))

    async def attempt(self, message: TaskDispatched) -> None:
        await self.hold.wait()
        self.attempts.append(message)
        fails = len(self.attempts) % self.fail_every == 0
        task = await self.store.task(message.task_id)
        website = await self.store.website(message.website_id)
        trajectory = await self._follow(website, task, message.id, half=fails)
        key = await save_trajectory(self.blobs, trajectory)
        await self.store.record_trajectory(
            message.id, trajectory=key, policy_version=1, steps=len(trajectory.steps), seconds=0.1
        )
        outcome = Outcome.FAILURE if fails else Outcome.SUCCESS
        verdict = Verdict(
            attempt_id=message.id,
            outcome=outcome,
            reward=0.0 if fails else 1.0,
            reason="so it is",
            evaluator="evidence",
        )
        await finish(self.store, self.bus, message.id, verdict)

    async def learn(self, message: TrajectoryRelabelled) -> None:
        self.relabelled.append(message)

    async def _follow(self, website: Website, task: Task, attempt_id: str, *, half: bool) -> Trajectory:
        script = decode(task.demonstration)
        script = script[: len(script) // 2] if half else script
        (report,) = await self.shop.visit(website, [Route(url=task.start_url, steps=script, fresh=True)])
        steps = [step_of(report, i, step) for i, step in enumerate(script)]
        answer = task.evidence.answer if task.evidence else None
        last = report.observations[-1]
        steps.append(Step(index=len(steps), observation=last, action=Answer(text=answer)))
        return Trajectory(
            attempt_id=attempt_id,
            task_id=task.id,
            website_id=task.website_id,
            instruction=task.instruction,
            start_url=task.start_url,
            steps=tuple(steps),
            final=last,
            answer=answer,
            stop_reason=StopReason.ANSWERED,
            policy_version=1,
        )


def step_of(report: RouteReport, index: int, script: ScriptStep) -> Step:
    """Return the recorded step that a scripted one amounts to."""
    before = report.observations[index]
    element = next(element for element in before.elements if element.key == script.key)
    return Step(
        index=index,
        observation=before,
        action=action_of(element, script),
        requests=report.requests[index + 1],
    )


def action_of(element: Element, script: ScriptStep) -> Action:
    """Return the action that a scripted step stands for."""
    if script.value is None:
        return Click(mark=element.mark)
    if element.options:
        return Select(mark=element.mark, option=script.value)
    return Type(mark=element.mark, text=script.value, submit=script.submit)
