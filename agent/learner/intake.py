"""What comes in to be learnt from: verdicts and hindsight become episodes to imitate and decisions with advantages.

Idempotent within a run by attempt id. After a restart :meth:`Intake.restore` reads the store: successes are kept again,
and what ended after the active version was published, which no published weights have learnt from, is taken in as if it
had just been heard. Hindsight comes in anew.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from agent.learner.dealing import dealer
from agent.learner.examples import Episode
from agent.learner.exploring import Explorer
from agent.learner.groups import PATIENCE, Group, Groups, Result, compared
from agent.learner.hindsight import few
from agent.learner.objectives import Objective
from agent.learner.on_policy import OnPolicy
from agent.learner.replay import Replay
from agent.learner.teaching import ElementTeaching, Teaching
from agent.learner.trajectories import Trajectories
from agent.learner.watching import Watching
from agent.learner.working import Work
from agent.policy.embedding import Embedder
from agent.sites import SiteCache
from infra.blobs.base import Blobs
from infra.contracts.attempt import Attempt, Purpose, Trajectory
from infra.contracts.messages import TrajectoryRelabelled, VerdictIssued
from infra.contracts.policy import PolicyVersion
from infra.contracts.verdict import Verdict
from infra.documents import load_shown
from infra.errors import NotFound
from infra.settings import LearnerSettings
from infra.store.base import Store
from infra.telemetry.clock import PartClock

LEARNT_FROM = frozenset({Purpose.PRACTICE, Purpose.RETENTION})
SUCCEEDED = 1.0
REMEMBERED = 50_000
#: How ids begin of what is no attempt: the proposer's own ways, which are not hindsight though they come as such.
DEMONSTRATION = "demo_"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the learner reads."""

    store: Store
    blobs: Blobs
    clock: PartClock
    sites: SiteCache
    embedder: Embedder | None = None


class Intake:
    """Handlers of what comes in, and where it is kept until it is drawn."""

    def __init__(
        self,
        sources: Sources,
        objective: Objective,
        active: PolicyVersion,
        settings: LearnerSettings,
        *,
        group_size: int,
        teaching: Teaching | None = None,
    ) -> None:
        """``group_size``: attempts that the proposer puts into a group; ``teaching``: None: the embedded policy's."""
        self._s = sources
        self.work = Work(sources.clock)
        self._trajectories = Trajectories(sources.blobs, sources.clock)
        self._teaching = teaching or ElementTeaching(sources.sites, self.work, sources.embedder)
        self._settings = settings
        self._imitates = objective.imitates
        self._watches = settings.reward != "off"
        self._compares = objective.reinforces and self._watches
        self._dealer = dealer(settings)
        self._group_size = group_size
        self._groups = Groups(group_size)
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._tally = {"groups": 0, "groups_without_variance": 0, "attempts_stale": 0}
        self._came = self._shown = 0
        self.replay = Replay(settings.replay_size)
        self.on_policy = OnPolicy(staleness=settings.staleness)
        self.explorer = Explorer(settings, active.sampling, group_size=group_size)
        self._watching = Watching(self.explorer)
        self.replay.limit(self.explorer.sampling.successes_per_task)
        self.active = active
        self.attempts = active.attempts
        self.arrived = asyncio.Event()

    def _remember(self, key: str) -> None:
        self._seen[key] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    async def verdict(self, message: VerdictIssued) -> None:
        """Learn from an attempt's verdict."""
        key = f"verdict {message.id}"
        if message.purpose not in LEARNT_FROM or key in self._seen:
            return
        await self._ended(
            message.group_id,
            self._result(message.id, message.task_id, message.website_id, message.reward, message.trajectory,
                         message.policy_version),
        )  # fmt: skip
        self.attempts += _counts(message.reward, message.trajectory)
        self._remember(key)  # last, so that what failed is tried again

    def _result(
        self, attempt: str, task: str, website: str, reward: float | None, trajectory: str | None, version: int | None
    ) -> Result:
        dealt = None if trajectory is None else self._dealer.deal(task, reward)
        return Result(attempt, task, website, dealt, trajectory, version)

    async def _ended(self, group_id: str, result: Result) -> None:
        """Take a result in. The order makes it safe to do again where it fails half-way."""
        if self._watches:
            for group in self._groups.add(group_id, result):
                await self._closed(group)
        if result.reward == SUCCEEDED and self._recent(result):
            await self._add_success(result)
        if result.reward is not None:
            self.replay.scored(result.task_id, result.reward)

    def _recent(self, result: Result) -> bool:
        return result.version is not None and self.active.version - result.version <= self._settings.staleness

    async def close_overdue(self) -> None:
        """Compare the groups that have waited long enough for the rest of their attempts."""
        for group in self._groups.overdue():
            await self._closed(group)

    async def _closed(self, group: Group) -> None:
        if self._compares:
            await self._compare(group)
        await self._watching.closed(group, self._trajectory)

    async def _compare(self, group: Group) -> None:
        """Keep the decisions of a group's attempts with their advantages."""
        self._tally["groups"] += 1
        scored = compared(group)
        if scored is None:
            self._tally["groups_without_variance"] += 1
            return
        for result, advantage in scored:
            if result.version is None or not self.on_policy.fresh(result.version, self.active.version):
                self._tally["attempts_stale"] += 1
                continue
            with contextlib.suppress(NotFound):  # its website has been deleted meanwhile
                trajectory = await self._trajectory(result)
                task = await self._s.store.task(result.task_id)
                self.on_policy.add(await self._teaching.acted(trajectory, task, advantage))
        self.arrived.set()

    async def _add_success(self, result: Result) -> None:
        if not self._imitates:
            return
        with contextlib.suppress(NotFound):  # its website has been deleted meanwhile
            trajectory = await self._trajectory(result)
            task = await self._s.store.task(result.task_id)
            self._add(await self._teaching.success(trajectory, task))

    async def _trajectory(self, result: Result) -> Trajectory:
        trajectory = await self._trajectories.get(result.trajectory or "")
        self._watching.saw(trajectory)
        return trajectory

    async def relabelled(self, message: TrajectoryRelabelled, *, owed: bool = True) -> None:
        """Learn from what an attempt did achieve, or from a way that the proposer shows; ``owed``: it is new."""
        key, shown = f"relabelled {message.id}", message.id.startswith(DEMONSTRATION)
        if not self._imitates or not (self._settings.hindsight or shown) or key in self._seen:
            return
        self._remember(key)  # at once: it may come by its stream and from what is kept at the same time
        chance = Random(message.id)  # noqa: S311 - which of them are learnt from is no secret
        relabels = message.relabels if shown else few(message.relabels, self.replay.counts, chance)
        try:
            trajectory = await self._trajectories.get(message.trajectory)
            episodes = await self._teaching.hindsight(trajectory, relabels)
        except NotFound:
            return  # its website has been deleted meanwhile
        except BaseException:
            self._seen.pop(key, None)  # so that it is tried again
            raise
        for episode in episodes:
            self._add(episode, shown=shown, owed=owed)

    async def recall(self) -> None:
        """Read again what the proposer showed of every website, which its stream tells only once.

        It has been learnt from, unless the active version begins anew.
        """
        anew = self.active.updates == 0
        for website in await self._s.store.websites(limit=1000):
            for message in await load_shown(self._s.blobs, website.id):
                await self.relabelled(message, owed=anew)

    def _add(self, episode: Episode, *, shown: bool = False, owed: bool = True) -> None:
        if not self.replay.add(episode) or not owed:
            return
        if shown:
            self._shown += len(episode.examples)
        else:
            self._came += len(episode.examples)
        self.arrived.set()

    def take(self) -> int:
        """Return how many decisions to imitate came in since the last call, the proposer's demonstrations left out."""
        came, self._came = self._came, 0
        return came

    def take_shown(self) -> float:
        """Return as how many decisions those of demonstrations count that came in since the last call."""
        shown, self._shown = self._shown, 0
        return shown * self._teaching.rehearsals

    async def restore(self, *, limit: int = 2000) -> None:
        """Read the newest ended attempts of every website again, after a restart.

        Those that ended before the active version was published have been learnt from, unless that one begins anew.
        """
        anew = self.active.updates == 0
        new: list[tuple[Attempt, Result]] = []
        for website in await self._s.store.websites(limit=1000):
            scored = await self._s.store.scored(website.id, purposes=LEARNT_FROM, limit=limit)
            unfinished = self._unfinished([attempt for attempt, _ in scored])
            for attempt, verdict in scored:
                result = self._of(attempt, verdict)
                if self._is_new(attempt):
                    new.append((attempt, result))
                    self.attempts += _counts(None if verdict is None else verdict.reward, attempt.trajectory)
                    continue
                if self._watches and attempt.group_id in unfinished:
                    self._groups.add(attempt.group_id, result)
                if result.reward == SUCCEEDED and (anew or self._recent(result)):
                    await self._add_success(result)
                    self._remember(f"verdict {attempt.id}")
                if result.reward is not None:
                    self.replay.scored(result.task_id, result.reward)
        if not anew:
            self.take()
        for attempt, result in new:
            await self._ended(attempt.group_id, result)
            self._remember(f"verdict {attempt.id}")

    def _is_new(self, attempt: Attempt, seconds: float = 0.0) -> bool:
        """Whether it ended after the active version was published, or at most so many seconds before."""
        since = self.active.created_at - timedelta(seconds=seconds)
        return attempt.ended_at is not None and attempt.ended_at > since

    def _unfinished(self, attempts: Sequence[Attempt]) -> frozenset[str]:
        """Return the groups that cannot have been compared before the active version was published."""
        sizes = Counter(attempt.group_id for attempt in attempts)
        return frozenset(
            attempt.group_id
            for attempt in attempts
            if self._is_new(attempt) or (sizes[attempt.group_id] < self._group_size and self._is_new(attempt, PATIENCE))
        )

    def _of(self, attempt: Attempt, verdict: Verdict | None) -> Result:
        reward = None if verdict is None else verdict.reward
        return self._result(
            attempt.id, attempt.task_id, attempt.website_id, reward, attempt.trajectory, attempt.policy_version
        )

    def forget(self) -> None:
        """Drop what was sampled by versions that were given up."""
        self.on_policy.clear()

    def take_figures(self) -> dict[str, float]:
        """Return what is kept, and what came in since the last call."""
        figures = {f"episodes_{source}": float(count) for source, count in self.replay.counts.items()}
        if self._compares:
            figures |= self.on_policy.take_figures() | {name: float(count) for name, count in self._tally.items()}
        self._tally = dict.fromkeys(self._tally, 0)
        return figures


def _counts(reward: float | None, trajectory: str | None) -> bool:
    """Whether an attempt counts among those that were learnt from, whatever reward it was dealt."""
    return reward is not None and trajectory is not None
