"""From what the judge says to a verdict: what is a failure, and what is no telling."""

from __future__ import annotations

import pytest

from evaluator.judge.prompt import Judged, Judgement
from evaluator.judge.rubric import Ending, ending_of, rubric_of
from evaluator.judge.ruling import majority, rule, without_judge
from infra.contracts.action import Answer, Click
from infra.contracts.attempt import StopReason, Trajectory
from infra.contracts.verdict import Outcome
from tests.unit.evaluator.builders import heading, page, task, trajectory

HOME = page("/", heading("Welcome"))
RUBRIC = ("The lamp is in the cart.", "The cart shows one lamp.")


def judgement(holds: str, verdict: str, can_be_done: str = "yes", numbers: str = "12") -> Judgement:
    letters = {"y": "yes", "n": "no", "u": "unclear"}
    criteria = [
        Judged.model_validate({"number": int(number), "seen": "…", "holds": letters[letter]})
        for number, letter in zip(numbers, holds, strict=True)
    ]
    return Judgement.model_validate(
        {"critique": "So it looks.", "criteria": criteria, "can_be_done": can_be_done, "verdict": verdict}
    )


def ended(answer: str | None = None, *, impossible: bool = False) -> Trajectory:
    return trajectory((HOME, Answer(text=answer, impossible=impossible)))


@pytest.mark.parametrize(
    ("holds", "verdict", "outcome", "words"),
    [
        ("yy", "success", Outcome.SUCCESS, "So it looks"),
        ("yn", "failure", Outcome.FAILURE, "one lamp"),
        ("un", "failure", Outcome.FAILURE, "one lamp"),
        ("yu", "unclear", Outcome.UNSCORED, "cannot tell"),
        ("yu", "success", Outcome.UNSCORED, "cannot tell"),
        ("yu", "failure", Outcome.UNSCORED, "cannot tell"),
        ("yn", "unclear", Outcome.UNSCORED, "cannot tell"),
        ("yn", "success", Outcome.UNSCORED, "contradicts"),
        ("yy", "failure", Outcome.UNSCORED, "contradicts"),
    ],
)
def test_criteria_and_verdict_must_agree(holds: str, verdict: str, outcome: Outcome, words: str) -> None:
    found = rule(RUBRIC, Ending.DONE, ended(), judgement(holds, verdict))
    assert (found.outcome, found.evaluator) == (outcome, "judge")
    assert words in found.reason


def test_success_at_what_cannot_be_done_is_a_contradiction() -> None:
    done = rule(RUBRIC, Ending.DONE, ended(), judgement("yy", "success", "no"))
    called = rule(RUBRIC, Ending.IMPOSSIBLE, ended(impossible=True), judgement("yy", "success", "yes"))
    assert done.outcome is called.outcome is Outcome.UNSCORED
    assert "contradicts" in done.reason


@pytest.mark.parametrize("numbers", ["11", "21", "23"])
def test_every_criterion_is_judged_once(numbers: str) -> None:
    found = rule(RUBRIC, Ending.DONE, ended(), judgement("yy", "success", numbers=numbers))
    assert found.outcome is Outcome.UNSCORED


@pytest.mark.parametrize(
    ("ending", "can_be_done", "outcome"),
    [
        (Ending.DONE, "yes", Outcome.FAILURE),
        (Ending.ANSWER, "unclear", Outcome.FAILURE),
        (Ending.DONE, "no", Outcome.UNSCORED),  # the task is at fault, not the agent
        (Ending.IMPOSSIBLE, "no", Outcome.SUCCESS),  # goes by its rubric
    ],
)
def test_giving_up_is_a_failure_unless_the_task_cannot_be_done(
    ending: Ending, can_be_done: str, outcome: Outcome
) -> None:
    said = judgement("yy", "success", can_be_done)
    assert rule(RUBRIC, ending, ended(impossible=True), said).outcome is outcome


def test_what_needs_no_judge_is_decided_without() -> None:
    assert without_judge(Ending.DONE, ended()) is None
    assert without_judge(Ending.ANSWER, ended("4")) is None
    assert without_judge(Ending.ANSWER, ended(impossible=True)) is None
    for ending, tried in ((Ending.ANSWER, ended(" ")), (Ending.IMPOSSIBLE, ended("4"))):
        found = without_judge(ending, tried)
        assert found is not None
        assert found.outcome is Outcome.FAILURE
    crashed = trajectory((HOME, Click(mark=1)), stop_reason=StopReason.CRASHED)
    found = without_judge(Ending.DONE, crashed)
    assert found is not None
    assert found.outcome is Outcome.UNSCORED


@pytest.mark.parametrize(
    ("votes", "asked", "outcome"),
    [
        ("sss", 3, Outcome.SUCCESS),
        ("sfs", 3, Outcome.SUCCESS),
        ("fsf", 3, Outcome.FAILURE),
        ("sf", 2, Outcome.UNSCORED),
        ("sfu", 3, Outcome.UNSCORED),
        ("s", 3, Outcome.UNSCORED),  # two of three calls failed
        ("uus", 3, Outcome.UNSCORED),
    ],
)
def test_more_than_half_of_all_votes_decide(votes: str, asked: int, outcome: Outcome) -> None:
    said = {"s": judgement("yy", "success"), "f": judgement("nn", "failure"), "u": judgement("uu", "unclear")}
    given = [rule(RUBRIC, Ending.DONE, ended(), said[vote]) for vote in votes]
    assert majority(ended(), given, asked).outcome is outcome


def test_a_rubric_is_the_tasks_own_or_made_of_its_evidence() -> None:
    own = task(heading="Cart").model_copy(update={"rubric": ("It is in the cart.",)})
    assert rubric_of(own) == ("It is in the cart.",)
    made = rubric_of(task(heading="Cart", facts=(("Total", "£ 4"),), answer="£ 4"))
    assert len(made) == 3
    assert "“Cart”" in made[0]
    assert "£ 4" in made[2]
    assert len(rubric_of(task().model_copy(update={"evidence": None}))) == 1


def test_how_a_task_is_to_end() -> None:
    bare = task().model_copy(update={"evidence": None})
    assert ending_of(bare) is Ending.ANY
    assert ending_of(bare.model_copy(update={"metadata": {"ending": "answer"}})) is Ending.ANSWER
    assert ending_of(task(answer="4")) is Ending.ANSWER
    assert ending_of(task(impossible=True)) is Ending.IMPOSSIBLE
    assert ending_of(task(heading="Cart")) is Ending.DONE
