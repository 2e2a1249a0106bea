"""Ending an attempt: the one terminal record first, then the news of it."""

from __future__ import annotations

from infra.contracts.attempt import AttemptState
from infra.contracts.messages import VerdictIssued
from infra.contracts.verdict import Outcome, Verdict
from infra.store.base import Store
from infra.streams.base import Bus

_STATES = {
    Outcome.SUCCESS: AttemptState.COMPLETED,
    Outcome.FAILURE: AttemptState.COMPLETED,
    Outcome.UNSCORED: AttemptState.UNSCORED,
    Outcome.BLOCKED: AttemptState.BLOCKED,
    Outcome.STOPPED: AttemptState.STOPPED,
}


async def finish(
    store: Store,
    bus: Bus,
    attempt_id: str,
    verdict: Verdict | None,
    *,
    cause: str = "",
    state: AttemptState | None = None,
) -> bool:
    """End an attempt, exactly once, and announce it; return whether it was this call that ended it.

    A verdict of None stands for "we broke": ``state`` must then say so. Where the attempt had ended already its own
    record is announced again, so that a crash between record and news loses nothing; who hears it twice must not mind.

    Raises:
        NotFound: there is no such attempt.
        ValueError: neither verdict nor state is given.
    """
    if verdict is None:
        if state is None:
            raise ValueError("an attempt without a verdict needs a state")
        verdict = Verdict(
            attempt_id=attempt_id, outcome=Outcome.UNSCORED, reward=None, reason=cause or state, evaluator="none"
        )
    ended = await store.end_attempt(
        attempt_id, state or _STATES[verdict.outcome], verdict=verdict, cause=cause or verdict.reason
    )
    attempt = await store.attempt(attempt_id)
    if not ended:
        verdict = await store.verdict(attempt_id) or verdict
    await bus.publish(
        VerdictIssued(
            id=attempt_id,
            task_id=attempt.task_id,
            website_id=attempt.website_id,
            group_id=attempt.group_id,
            purpose=attempt.purpose,
            outcome=verdict.outcome,
            reward=verdict.reward,
            trajectory=attempt.trajectory,
            policy_version=attempt.policy_version,
        )
    )
    return ended
