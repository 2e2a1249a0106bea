"""One attempt: environment and policy in turns, and everything that happened as a Trajectory.

This is the only place where steps are recorded. A stop reaches the attempt before its next action; a failed action
is part of the next observation; a page that cannot be loaded or a browser that breaks ends the attempt with a
StopReason, never with an exception.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from agent.browser.environment import Environment
from agent.policy.base import Decision, Past, Policy, Turn
from agent.policy.site import SiteIndex
from infra.contracts.action import Answer
from infra.contracts.attempt import Step, StopReason, Timings, Trajectory
from infra.contracts.messages import TaskDispatched
from infra.contracts.observation import Observation
from infra.errors import BrowserError, ForbiddenAddress, PageUnreachable
from infra.telemetry.clock import PartClock


@dataclass(frozen=True, slots=True)
class Watch:
    """What the world outside may do to a running attempt."""

    halted: Callable[[], Awaitable[str | None]]  # why it must stop, None: go on
    pictures: Callable[[], Awaitable[bool]]  # whether somebody wants to see every step
    keep: Callable[[int, bytes], Awaitable[str]]  # stores a screenshot, returns its blob key
    show: Callable[[int, Observation], Awaitable[None]]  # tells who is watching


@dataclass(slots=True)
class _Run:
    """The state of a running attempt."""

    task: TaskDispatched
    env: Environment
    policy: Policy
    site: SiteIndex
    watch: Watch
    clock: PartClock
    recorded: bool
    started: float = field(default_factory=time.monotonic)
    steps: list[Step] = field(default_factory=list)
    past: list[Past] = field(default_factory=list)
    final: Observation | None = None
    ended: tuple[StopReason, str] | None = None
    looked: tuple[str, bytes] | None = None  # blob key and JPEG of the picture taken before this step

    async def go(self, seconds: float) -> None:
        """Run to the end."""
        with self.clock.part("browser"):
            observation = await self.env.load(self.task.start_url)
        while True:
            self.final = observation
            reason = await self.watch.halted()
            if reason is not None:
                self.ended = (StopReason.STOPPED, reason)
            elif len(self.steps) >= self.task.max_steps:
                self.ended = (StopReason.MAX_STEPS, f"no answer within {self.task.max_steps} steps")
            elif time.monotonic() - self.started > seconds:
                self.ended = (StopReason.TIME_LIMIT, f"no answer within {seconds:.0f} s")
            if self.ended is not None:
                return
            observation = await self._step(observation)
            if self.ended is not None:
                return

    async def _step(self, observation: Observation) -> Observation:
        index = len(self.steps)
        took = 0.0
        self.looked = None
        watched = await self.watch.pictures()
        if watched or self.recorded:
            observation, took = await self.picture(index, observation)
        if watched:
            await self.watch.show(index, observation)
        decision, thinking = await self._decide(observation)
        if self.looked is not None:  # what the policy was shown is what is recorded, and learnt from
            observation = observation.model_copy(update={"screenshot": self.looked[0]})
        step = Step(
            index=index,
            observation=observation,
            action=decision.action,
            log_prob=decision.log_prob,
            top=decision.top,
            thought=decision.thought,
            written=decision.written,
            timings=Timings(screenshot=took, policy=thinking),
        )
        if isinstance(decision.action, Answer):
            self.steps.append(step)
            self.final = observation
            self.ended = (StopReason.ANSWERED, "")
            return observation
        with self.clock.part("browser"):
            acted = await self.env.act(decision.action)
        timings = acted.timings.model_copy(update={"screenshot": took, "policy": thinking})
        self.steps.append(step.model_copy(update={"requests": acted.requests, "timings": timings}))
        self.past.append(Past(observation, decision.action, acted.requests, decision.thought))
        return acted.observation

    async def _decide(self, observation: Observation) -> tuple[Decision, float]:
        begun = time.perf_counter()
        with self.clock.part("policy"):
            decision = await self.policy.decide(
                Turn(
                    instruction=self.task.instruction,
                    observation=observation,
                    site=self.site,
                    history=tuple(self.past),
                    max_steps=self.task.max_steps,
                    temperature=self.task.temperature,
                    look=self._look,
                )
            )
        return decision, time.perf_counter() - begun

    async def picture(self, index: int, observation: Observation) -> tuple[Observation, float]:
        """Take and keep a screenshot; return the observation that refers to it, and the seconds it took."""
        begun = time.perf_counter()
        with self.clock.part("browser"):
            jpeg = await self.env.screenshot()
        took = time.perf_counter() - begun
        with self.clock.part("store"):
            key = await self.watch.keep(index, jpeg)
        self.looked = (key, jpeg)
        return observation.model_copy(update={"screenshot": key}), took

    async def _look(self) -> bytes:
        """Return this step's picture, taken and kept once, for a policy that sees."""
        if self.looked is None:
            jpeg = await self.env.screenshot()
            self.looked = (await self.watch.keep(len(self.steps), jpeg), jpeg)
        return self.looked[1]

    async def last_picture(self) -> None:
        """Every attempt keeps a picture of its last page, for the evaluator and for people."""
        if self.final is None or self.final.screenshot is not None:
            return
        try:
            self.final, _ = await self.picture(len(self.steps), self.final)
        except BrowserError:
            return  # the page is gone; the observation still says what it showed
        if self.steps and self.ended == (StopReason.ANSWERED, ""):
            self.steps[-1] = self.steps[-1].model_copy(update={"observation": self.final})


async def rollout(
    task: TaskDispatched,
    env: Environment,
    policy: Policy,
    site: SiteIndex,
    watch: Watch,
    *,
    seconds: float,
    recorded: bool,
    clock: PartClock,
) -> Trajectory:
    """Attempt a task and return its trajectory.

    Args:
        task: what to attempt; carries nothing that only the evaluator may know.
        env: a fresh, isolated browser context.
        policy: its weights stay the same throughout.
        site: what the survey knows of the website.
        watch: stops, screenshots, onlookers.
        seconds: longest duration; checked before every action.
        recorded: whether to keep a screenshot of every step.
        clock: where the time goes.
    """
    run = _Run(task, env, policy, site, watch, clock, recorded)
    try:
        await run.go(seconds)
    except (PageUnreachable, ForbiddenAddress) as error:
        run.ended = (StopReason.BLOCKED, str(error))
    except BrowserError as error:
        run.ended = (StopReason.CRASHED, str(error))
    await run.last_picture()
    reason, detail = run.ended or (StopReason.CRASHED, "the attempt ended without a reason")
    last = run.steps[-1].action if run.steps else None
    return Trajectory(
        attempt_id=task.id,
        task_id=task.task_id,
        website_id=task.website_id,
        instruction=task.instruction,
        start_url=task.start_url,
        steps=tuple(run.steps),
        final=run.final,
        answer=last.text if isinstance(last, Answer) else None,
        impossible=isinstance(last, Answer) and last.impossible,
        stop_reason=reason,
        stop_detail=detail,
        policy_version=policy.version,
        temperature=task.temperature,
        seconds=time.monotonic() - run.started,
    )
