"""PolicyVersion: one published set of weights. Producer: agent.learner; consumers: agents, proposer, API."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from infra.contracts.base import Contract, utcnow


class Sampling(Contract):
    """How attempts for practice are sampled, and how many successes are cloned, while a version is the active one.

    Producer: agent.learner; consumers: the proposer, which dispatches groups at these temperatures, and the learner
    itself, which goes on from them after a restart.
    """

    temperature: float = Field(default=1.0, gt=0, description="of every group that compares no other one")
    probes: tuple[float, ...] = Field(default=(), description="temperatures to be compared with it, each above 0")
    probe_share: float = Field(default=0.0, ge=0, le=1, description="share of practice groups sampled at a probe")
    successes_per_task: int = Field(default=4, ge=1, description="cloned are so many of a task's successes, shortest")


class Score(Contract):
    """Mean balance score of one choice."""

    value: float = Field(description="the temperature, or the number of successes cloned per task")
    groups: int = Field(ge=0, description="groups of attempts that it was measured on")
    mean: float = Field(ge=0, le=1, description="0 where there is no group")
    error: float | None = Field(description="standard error of the mean; None with fewer than two groups")


class Balance(Contract):
    """Exploration and exploitation over the latest groups of attempts (Zeng et al. 2025, B-STaR, arXiv 2412.17256).

    Means over groups; a group is all scored attempts at one task that were dispatched together. Two attempts have the
    same way where they did the same on the same elements, steps that changed nothing not counted.
    """

    groups: int = Field(ge=1)
    attempts: int = Field(ge=1)
    ways: float = Field(ge=0, le=1, description="different ways per attempt: 1 where no two attempts did the same")
    ends: float = Field(ge=0, le=1, description="different last pages and answers per attempt")
    pass_at_1: float = Field(ge=0, le=1, description="share of attempts that succeed")
    k: int = Field(ge=1, description="attempts of a whole group")
    pass_at_k: float | None = Field(
        description="chance that at least one of k attempts succeeds; None: no group has as many scored attempts"
    )
    separated: float = Field(ge=0, le=1, description="share of groups in which the reward tells attempts apart")
    kept: float = Field(ge=0, le=1, description="share of attempts that pass the filter and are cloned")
    kept_distinct: float | None = Field(description="different ways among those that pass; None: none passed")
    distinct_kept: float | None = Field(description="share of all different successful ways that pass; None: none")
    wanted: float = Field(gt=0, description="different successes per group that are enough (n* of the balance score)")
    unsettled: int = Field(ge=0, description="groups of tasks not mastered before: those that scores are taken over")
    temperatures: tuple[Score, ...] = Field(default=(), description="the one in force and its probes, ascending")
    quotas: tuple[Score, ...] = Field(default=(), description="by the number of successes cloned per task, ascending")
    decision: str = Field(default="", description="what was changed with this version and why, in words; may be empty")


class PolicyVersion(Contract):
    """Versions are whole numbers from 0 (random weights); the store knows which one is active."""

    version: int = Field(ge=0)
    parent: int | None = None
    backend: str = Field(default="element", description="kind of policy: element or vlm")
    weights: str = Field(description="blob key; of a vlm the name of the adapter's folder")
    shape: str = Field(default="", description="of the network; versions of another one cannot be activated")
    updates: int = Field(default=0, description="optimiser steps since version 0")
    attempts: int = Field(default=0, description="attempts learnt from since version 0")
    metrics: dict[str, float] = Field(default_factory=dict)
    sampling: Sampling = Sampling()
    balance: Balance | None = Field(default=None, description="None where no group was compared since the start")
    created_at: datetime = Field(default_factory=utcnow)
