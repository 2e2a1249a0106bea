"""What the learner makes of attempts, by the kind of policy that is trained."""

from __future__ import annotations

from typing import Any, Protocol

from agent.learner.acted import as_acted
from agent.learner.examples import Episode, from_hindsight, from_success
from agent.learner.working import Work
from agent.policy.embedding import Embedder
from agent.policy.meaning import spoken
from agent.policy.stated import value_clauses
from agent.sites import SiteCache
from infra.contracts.attempt import Trajectory
from infra.contracts.messages import Relabel
from infra.contracts.task import Task

MAX_STEPS_OF_HINDSIGHT = (2, 5)  # as the proposer's tasks: twice the depth and five more


class Teaching(Protocol):
    """Implementations: ElementTeaching, VlmTeaching. Every method may raise NotFound: the website has been deleted."""

    rehearsals: float  # how often the proposer's demonstrations are drawn, to once for anything else

    async def success(self, trajectory: Trajectory, task: Task) -> Episode:
        """Return the decisions of a successful attempt."""

    async def hindsight(self, trajectory: Trajectory, relabels: tuple[Relabel, ...]) -> list[Episode]:
        """Return the decisions that fulfil each relabelled instruction."""

    async def acted(self, trajectory: Trajectory, task: Task, advantage: float) -> tuple[Any, ...]:
        """Return the decisions as they were sampled: what the policy's trainer takes."""


class ElementTeaching:
    """For the embedded policy: observations as features of candidates."""

    rehearsals = 3.0  # more still taught more, and before practice there is time

    def __init__(self, sites: SiteCache, work: Work, embedder: Embedder | None) -> None:
        self._sites = sites
        self._work = work
        self._embedder = embedder

    async def success(self, trajectory: Trajectory, task: Task) -> Episode:
        """Return the decisions of a successful attempt."""
        site = await self._sites.index(trajectory.website_id)
        return await self._work.do(from_success, trajectory, site, max_steps=task.max_steps)

    async def hindsight(self, trajectory: Trajectory, relabels: tuple[Relabel, ...]) -> list[Episode]:
        """Return the decisions that fulfil each relabelled instruction."""
        site = await self._sites.index(trajectory.website_id)
        if self._embedder is not None:  # all at once is several times as fast as one by one
            said = [relabel.instruction for relabel in relabels]
            texts = [text for one in said for text in (*spoken(one), *value_clauses(one).values())]
            await self._work.do(self._embedder.encode, texts)
        factor, more = MAX_STEPS_OF_HINDSIGHT
        return [
            await self._work.do(from_hindsight, trajectory, one, site, max_steps=factor * one.steps + more)
            for one in relabels
        ]

    async def acted(self, trajectory: Trajectory, task: Task, advantage: float) -> tuple[Any, ...]:
        """Return the decisions with their candidates as they were met."""
        site = await self._sites.index(trajectory.website_id)
        return await self._work.do(as_acted, trajectory, site, advantage, max_steps=task.max_steps)
