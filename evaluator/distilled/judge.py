"""The distilled reward model before the judge: it answers where it is sure and trusted, and asks where it is not.

Where the agent gave up it is always the judge's turn: it alone can see that a task cannot be done, and then nobody has
failed; a model of successes and failures would call it a failure. A share of the sure cases is asked as well, so that
it is noticed when the model goes wrong; every verdict of the judge keeps what was predicted. It is made anew from the
recorded verdicts at each start, so there is nothing to lose.
"""

from __future__ import annotations

import asyncio
from random import Random

import structlog

from evaluator.distilled import EVALUATOR
from evaluator.distilled.features import features
from evaluator.distilled.model import RewardModel
from evaluator.judge import EVALUATOR as JUDGE
from evaluator.judge.rubric import Ending, ending_of
from evaluator.judge.ruling import without_judge
from evaluator.service import Judge
from infra.blobs.base import Blobs
from infra.contracts.attempt import Purpose, Trajectory
from infra.contracts.task import Task
from infra.contracts.verdict import Outcome, Verdict
from infra.documents import load_trajectory
from infra.errors import NotFound
from infra.store.base import Store

log = structlog.get_logger(__name__)

#: Recorded verdicts that a model is made of at the start.
RECORDED = 400


class DistillingJudge:
    """Answers itself, or has ``judge`` answer and learns from it."""

    def __init__(
        self, judge: Judge, store: Store, blobs: Blobs, *, sure: float, sample: float, rng: Random | None = None
    ) -> None:
        self._judge = judge
        self._store = store
        self._blobs = blobs
        self._sure = sure
        self._sample = sample
        self._rng = rng or Random()  # noqa: S311 - chooses what is asked as well, no secret
        self._models: dict[str, RewardModel] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def judge(self, task: Task, trajectory: Trajectory) -> Verdict:
        """Raises StoreError as the judge does."""
        decided = without_judge(ending_of(task), trajectory)
        if decided is not None:
            return decided
        if _gave_up(task, trajectory):
            return await self._judge.judge(task, trajectory)
        model = await self._model(task.website_id)
        seen = features(task, trajectory)
        probability = model.probability(seen)
        if model.trusted and model.sure(probability) and self._rng.random() >= self._sample:
            return _verdict(trajectory, probability, model.learnt)
        verdict = await self._judge.judge(task, trajectory)
        if verdict.reward is None:
            return verdict
        model.learn(seen, verdict.reward, probability)
        return verdict.model_copy(update={"predicted": probability})

    async def _model(self, website_id: str) -> RewardModel:
        async with self._locks.setdefault(website_id, asyncio.Lock()):
            if website_id not in self._models:
                self._models[website_id] = await self._recall(website_id)
            return self._models[website_id]

    async def _recall(self, website_id: str) -> RewardModel:
        """Return a model that has learnt from the recorded verdicts of the judge."""
        model = RewardModel(self._sure, self._rng)
        scored = await self._store.scored(website_id, purposes=frozenset(Purpose), limit=2 * RECORDED)
        told = [
            (attempt, verdict)
            for attempt, verdict in scored
            if verdict is not None and verdict.evaluator == JUDGE and verdict.reward is not None
        ]
        for attempt, verdict in told[-RECORDED:]:
            if attempt.trajectory is None or verdict.reward is None:
                continue
            try:
                task = await self._store.task(attempt.task_id)
                trajectory = await load_trajectory(self._blobs, attempt.trajectory)
            except NotFound:
                continue
            if without_judge(ending_of(task), trajectory) is None and not _gave_up(task, trajectory):
                model.learn(features(task, trajectory), verdict.reward, verdict.predicted)
        log.info("reward_model_recalled", website=website_id, verdicts=model.learnt, trusted=model.trusted)
        return model


def _gave_up(task: Task, trajectory: Trajectory) -> bool:
    return trajectory.impossible and ending_of(task) is not Ending.IMPOSSIBLE


def _verdict(trajectory: Trajectory, probability: float, learnt: int) -> Verdict:
    success = probability >= 0.5
    certainty = max(probability, 1.0 - probability)
    return Verdict(
        attempt_id=trajectory.attempt_id,
        outcome=Outcome.SUCCESS if success else Outcome.FAILURE,
        reward=1.0 if success else 0.0,
        reason=f"The reward model, taught by {learnt} verdicts of the judge, is sure ({certainty:.0%}).",
        evaluator=EVALUATOR,
        predicted=probability,
    )
