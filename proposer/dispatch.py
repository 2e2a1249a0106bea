"""dispatch: keep the agents supplied, and no more than that.

The queue of waiting attempts is held at ``queue_factor`` times the agents' capacity; all websites under practice
share it, the one with the fewest attempts under way first. An attempt is recorded before it is published.

The attempts of a group are sampled at one temperature: that of the version which is active when they are dispatched,
or one of those that the learner wants compared with it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from random import Random

import structlog

from infra.contracts.attempt import Attempt, Purpose
from infra.contracts.base import new_id, utcnow
from infra.contracts.messages import TaskDispatched
from infra.contracts.policy import Sampling
from infra.contracts.task import Task
from infra.contracts.website import HALTED, Website, WebsiteStatus
from infra.control import Control
from infra.settings import ProposerSettings
from infra.store.base import Store
from infra.streams.base import Bus
from proposer.curriculum import Manner
from proposer.practice import Practice, Practices

log = structlog.get_logger(__name__)

#: Attempts that wait while no agent is alive.
WITHOUT_AGENTS = 8
AGENT_GROUP = "agent"


class Dispatcher:
    """Call :meth:`tick` again and again."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        control: Control,
        practices: Practices,
        settings: ProposerSettings,
        contexts: Callable[[], Awaitable[int]],
    ) -> None:
        self._store = store
        self._bus = bus
        self._control = control
        self._practices = practices
        self._settings = settings
        self._contexts = contexts
        self._random = Random()  # noqa: S311 - draws temperatures, no secret

    async def tick(self, websites: list[Website]) -> int:
        """Dispatch what there is room for among these practising websites; return how many attempts."""
        room = await self.room()
        ready: list[tuple[Website, Practice]] = []
        for website in websites:
            practice = await self._practices.get(website.id)
            if await self._spent(website, practice):
                continue
            ready.append((website, practice))
        sent = 0
        active = await self._store.active_policy() if ready and room else None
        sampling = active.sampling if active is not None else Sampling()
        while ready and sent < room:
            ready.sort(key=lambda pair: len(pair[1].under_way))
            website, practice = ready[0]
            count = await self._group(website, practice, sampling)
            if count == 0:
                ready.pop(0)
            sent += count
        return sent

    async def room(self) -> int:
        """Return how many more attempts may wait."""
        capacity = await self._contexts()
        waiting = (await self._bus.backlog(TaskDispatched, AGENT_GROUP)).waiting
        aim = self._settings.queue_factor * capacity if capacity else WITHOUT_AGENTS
        return max(0, round(aim) - waiting)

    async def _group(self, website: Website, practice: Practice, sampling: Sampling) -> int:
        """Dispatch one group of attempts; return how many, 0 where nothing can be tried now."""
        drawn = practice.curriculum.draw(utcnow(), practice.busy)
        if drawn is None:
            return 0
        task, manner = drawn
        count = self._settings.group_size
        if website.budget.attempts is not None:
            count = min(count, website.budget.attempts - practice.dispatched)
        if count <= 0:
            return 0
        attempts = _attempts(task, manner, count, temperature_of(manner, sampling, self._random))
        await self._store.add_attempts(attempts)
        practice.dispatched += count
        practice.under_way |= {attempt.id: task.id for attempt in attempts}
        await self._bus.publish(*(dispatched(attempt, task) for attempt in attempts))
        return count

    async def _spent(self, website: Website, practice: Practice) -> bool:
        """Return whether the budget is spent; when its last attempt has ended too, the website is finished."""
        budget = website.budget
        if budget.minutes is not None and _out_of_time(website, utcnow()):
            await self._finish(website, f"its budget of {budget.minutes:g} minutes is spent")
            return True
        if budget.attempts is not None and practice.dispatched >= budget.attempts:
            if not practice.under_way:
                await self._finish(website, f"its budget of {budget.attempts} attempts is spent")
            return True
        return False

    async def _finish(self, website: Website, reason: str) -> None:
        if await self._store.set_website_status(website.id, WebsiteStatus.FINISHED, reason, unless=HALTED):
            await self._control.set_website(website.id, WebsiteStatus.FINISHED)
            log.info("finished", website=website.id, reason=reason)


def _out_of_time(website: Website, now: datetime) -> bool:
    begun = website.practice_started_at
    return (
        begun is not None
        and website.budget.minutes is not None
        and (now - begun).total_seconds() >= 60.0 * website.budget.minutes
    )


def temperature_of(manner: Manner, sampling: Sampling, rng: Random) -> float:
    """Draw a group's temperature. Mastered tasks are tried at the usual one: they say nothing of exploration."""
    if manner is not Manner.RETENTION and sampling.probes and rng.random() < sampling.probe_share:
        return rng.choice(sampling.probes)
    return sampling.temperature


def _attempts(task: Task, manner: Manner, count: int, temperature: float) -> list[Attempt]:
    group = new_id("grp")
    purpose = Purpose.RETENTION if manner is Manner.RETENTION else Purpose.PRACTICE
    return [
        Attempt(
            id=new_id("att"),
            task_id=task.id,
            website_id=task.website_id,
            group_id=group,
            purpose=purpose,
            temperature=temperature,
        )
        for _ in range(count)
    ]


def dispatched(attempt: Attempt, task: Task) -> TaskDispatched:
    """Return the message that has an agent make the attempt: never the evidence."""
    return TaskDispatched(
        id=attempt.id,
        task_id=task.id,
        website_id=task.website_id,
        instruction=task.instruction,
        start_url=task.start_url,
        max_steps=task.max_steps,
        purpose=attempt.purpose,
        temperature=attempt.temperature,
        pinned_version=attempt.pinned_version,
    )
