"""From what the judge says to a verdict. Pure.

A judge that contradicts itself, leaves a criterion out or cannot tell gives no verdict: unscored, never a failure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evaluator.endings import by_ending, kept_out, scored
from evaluator.judge import EVALUATOR
from evaluator.judge.prompt import Judgement
from evaluator.judge.rubric import Ending
from infra.contracts.attempt import Trajectory
from infra.contracts.verdict import Outcome, Verdict

CALLED_IMPOSSIBLE = "the agent called it impossible"
GAVE_ANSWER = "an answer was given"


def without_judge(ending: Ending, trajectory: Trajectory) -> Verdict | None:
    """Return the verdict on which nobody need be asked; None where the judge must look."""
    decided = by_ending(trajectory, EVALUATOR)
    if decided is not None:
        return decided
    if ending is Ending.IMPOSSIBLE and not trajectory.impossible:
        return scored(trajectory, [(CALLED_IMPOSSIBLE, False)], EVALUATOR)
    if ending is Ending.ANSWER and not trajectory.impossible and not (trajectory.answer or "").strip():
        return scored(trajectory, [(GAVE_ANSWER, False)], EVALUATOR)
    return None


def rule(rubric: Sequence[str], ending: Ending, trajectory: Trajectory, judgement: Judgement) -> Verdict:
    """Return the verdict that a judgement comes to."""
    if [judged.number for judged in judgement.criteria] != list(range(1, len(rubric) + 1)):
        return _untold(trajectory, f"The judge was asked about {len(rubric)} criteria, and speaks of others.")
    if trajectory.impossible and ending is not Ending.IMPOSSIBLE:
        return _gave_up(trajectory, judgement)
    denied = "yes" if trajectory.impossible else "no"  # what it cannot say of the task and call the attempt a success
    if judgement.verdict == "success" and judgement.can_be_done == denied:
        return _untold(trajectory, f"The judge contradicts itself: {judgement.critique}")
    said = {judged.holds for judged in judgement.criteria}
    criteria = [(text, judged.holds == "yes") for text, judged in zip(rubric, judgement.criteria, strict=True)]
    if "no" in said and judgement.verdict == "failure":
        missing = "; ".join(
            text for text, judged in zip(rubric, judgement.criteria, strict=True) if judged.holds == "no"
        )
        told = [pair for pair, judged in zip(criteria, judgement.criteria, strict=True) if judged.holds != "unclear"]
        return scored(trajectory, told, EVALUATOR, f"Does not hold: {missing} {judgement.critique}")
    if said == {"yes"} and judgement.verdict == "success":
        return scored(trajectory, criteria, EVALUATOR, judgement.critique)
    if judgement.verdict == "unclear" or "unclear" in said:
        return _untold(trajectory, f"The judge cannot tell: {judgement.critique}")
    return _untold(trajectory, f"The judge contradicts itself: {judgement.critique}")


def _gave_up(trajectory: Trajectory, judgement: Judgement) -> Verdict:
    """Giving up is a failure, unless it is seen that the task cannot be done: then the task is at fault."""
    if judgement.can_be_done == "no":
        return _untold(trajectory, f"It cannot be done, as far as the judge sees: {judgement.critique}")
    return scored(
        trajectory, [("the agent did not call it impossible", False)], EVALUATOR, f"It gave up. {judgement.critique}"
    )


def majority(trajectory: Trajectory, votes: Sequence[Verdict], asked: int) -> Verdict:
    """Return the first vote of the outcome that more than half of those asked agree on; unscored where none is.

    ``votes`` may be fewer than were asked, but not none.
    """
    counts = Counter(vote.outcome for vote in votes)
    outcome, count = counts.most_common(1)[0]
    if 2 * count > asked:
        return next(vote for vote in votes if vote.outcome is outcome)
    words = ", ".join(f"{number} {one}" for one, number in counts.most_common())
    return _untold(trajectory, f"The votes differ: {words}, of {asked} asked.")


def _untold(trajectory: Trajectory, reason: str) -> Verdict:
    return kept_out(trajectory, Outcome.UNSCORED, reason, EVALUATOR)
