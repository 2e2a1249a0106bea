"""How a trajectory's ending alone decides, before anything is looked at; and the making of verdicts.

Shared by every judge, so that they agree on what is the agent's failure (data) and what is nobody's or ours
(unscored, blocked, stopped: kept out of training).
"""

from __future__ import annotations

from collections.abc import Sequence

from infra.contracts.attempt import StopReason, Trajectory
from infra.contracts.verdict import Outcome, Verdict

_REFUSED = 400

Criteria = Sequence[tuple[str, bool]]


def by_ending(trajectory: Trajectory, evaluator: str) -> Verdict | None:
    """Return the verdict that the ending decides; None where the agent ended it and there is something to judge."""
    detail = f": {trajectory.stop_detail}" if trajectory.stop_detail else ""
    match trajectory.stop_reason:
        case StopReason.STOPPED:
            return kept_out(trajectory, Outcome.STOPPED, f"Stopped before it ended{detail}.", evaluator)
        case StopReason.BLOCKED:
            return kept_out(
                trajectory, Outcome.BLOCKED, f"The website or the egress rules refused us{detail}.", evaluator
            )
        case StopReason.CRASHED:
            return kept_out(trajectory, Outcome.UNSCORED, f"The browser crashed{detail}.", evaluator)
    first = trajectory.steps[0].observation if trajectory.steps else trajectory.final
    if first is not None and first.status is not None and first.status >= _REFUSED:
        # The agent never had a chance; the same goes for a benchmark's one-time entry that was used up by a crash.
        return kept_out(trajectory, Outcome.BLOCKED, f"The start page answered {first.status}.", evaluator)
    if trajectory.final is None:
        return kept_out(trajectory, Outcome.UNSCORED, "Nothing was seen after the last action.", evaluator)
    match trajectory.stop_reason:
        case StopReason.MAX_STEPS:
            reason = f"The agent did not end it within {len(trajectory.steps)} steps."
            return scored(trajectory, [("ended by the agent", False)], evaluator, reason)
        case StopReason.TIME_LIMIT:
            reason = f"The agent did not end it in time ({trajectory.seconds:.0f} s)."
            return scored(trajectory, [("ended by the agent", False)], evaluator, reason)
    return None


def kept_out(trajectory: Trajectory, outcome: Outcome, reason: str, evaluator: str, criteria: Criteria = ()) -> Verdict:
    """Return a verdict without a reward."""
    return Verdict(
        attempt_id=trajectory.attempt_id,
        outcome=outcome,
        reward=None,
        reason=reason,
        criteria=tuple(criteria),
        evaluator=evaluator,
    )


def scored(trajectory: Trajectory, criteria: Criteria, evaluator: str, reason: str = "") -> Verdict:
    """Return success where every criterion holds, else failure; the reason names what did not hold."""
    missing = [text for text, held in criteria if not held]
    if not reason:
        reason = f"Does not hold: {'; '.join(missing)}." if missing else "Everything that the task asks for holds."
    return Verdict(
        attempt_id=trajectory.attempt_id,
        outcome=Outcome.FAILURE if missing else Outcome.SUCCESS,
        reward=0.0 if missing else 1.0,
        reason=reason,
        criteria=tuple(criteria),
        evaluator=evaluator,
    )
