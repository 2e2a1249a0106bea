"""The proposer's own tasks judged by hidden state: what its own way leads to is the truth."""

from __future__ import annotations

import pytest

from evaluator.benchmark.control import HiddenState
from evaluator.benchmark.proposed import verdict_of
from infra.contracts.action import Answer, Wait
from infra.contracts.attempt import StopReason, Trajectory
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.contracts.verdict import Outcome
from tests.unit.evaluator.builders import heading, page, trajectory

KETTLE = HiddenState(visited=["/", "/product/kettle"], state={"cart": {}})
CART = HiddenState(visited=["/", "/product/kettle", "/cart"], state={"cart": {"kettle": 1}})


def task(**evidence: object) -> Task:
    return Task(
        id="tsk_1",
        website_id="web_1",
        instruction="Do it",
        start_url="http://127.0.0.1/",
        kind=TaskKind.CHANGE,
        origin=Origin.GROUNDED,
        evidence=Evidence.model_validate(evidence),
    )


def done(text: str | None = None, *, impossible: bool = False) -> Trajectory:
    return trajectory((page("/", heading("Shop")), Answer(text=text, impossible=impossible)))


def test_the_same_state_is_success_and_any_other_is_not() -> None:
    buying = task(lines=("Kettle was added",), max_submits=1)
    assert verdict_of(buying, CART, CART, done()).outcome is Outcome.SUCCESS
    twice = HiddenState(visited=CART.visited, state={"cart": {"kettle": 2}})
    for left in (KETTLE, twice):
        verdict = verdict_of(buying, CART, left, done())
        assert verdict.outcome is Outcome.FAILURE
        assert "left as" in verdict.reason
    assert verdict_of(buying, CART, CART, done("it is done now")).outcome is Outcome.FAILURE
    assert verdict_of(buying, CART, CART, done(impossible=True)).outcome is Outcome.FAILURE


def test_an_answer_must_be_the_right_one_and_leave_nothing_changed() -> None:
    asking = task(answer="$24.50")
    assert verdict_of(asking, KETTLE, KETTLE, done("24.50 dollars")).outcome is Outcome.SUCCESS
    for text in (None, "", "42", "no"):
        assert verdict_of(asking, KETTLE, KETTLE, done(text)).outcome is Outcome.FAILURE
    assert verdict_of(asking, KETTLE, CART, done("$24.50")).outcome is Outcome.FAILURE


@pytest.mark.parametrize(
    ("last", "outcome"),
    [("/product/kettle", Outcome.SUCCESS), ("/product/kettle?page=", Outcome.SUCCESS), ("/", Outcome.FAILURE),
     ("/product/kettle?page=2", Outcome.FAILURE)],
)  # fmt: skip
def test_a_page_must_be_the_one_shown_last(last: str, outcome: Outcome) -> None:
    left = HiddenState(visited=["/", last], state=KETTLE.state)
    assert verdict_of(task(heading="Kettle"), KETTLE, left, done()).outcome is outcome


def test_what_is_impossible_must_be_called_so() -> None:
    absent = task(impossible=True)
    assert verdict_of(absent, KETTLE, KETTLE, done(impossible=True)).outcome is Outcome.SUCCESS
    assert verdict_of(absent, KETTLE, CART, done(impossible=True)).outcome is Outcome.FAILURE
    assert verdict_of(absent, KETTLE, KETTLE, done()).outcome is Outcome.FAILURE


def test_who_never_says_done_has_not_succeeded() -> None:
    endless = trajectory((page("/", heading("Shop")), Wait(seconds=1)), stop_reason=StopReason.MAX_STEPS)
    assert verdict_of(task(heading="Kettle"), KETTLE, KETTLE, endless).outcome is Outcome.FAILURE


def test_what_cannot_be_compared_is_unscored() -> None:
    assert verdict_of(task(heading="Kettle"), None, KETTLE, done()).outcome is Outcome.UNSCORED
    one = task(visited=("Kettle",), answer="4")
    assert (
        verdict_of(one, KETTLE, CART.model_copy(update={"state": KETTLE.state}), done("4")).outcome is Outcome.SUCCESS
    )
    unseen = HiddenState(visited=["/", "/cart"], state=KETTLE.state)
    assert verdict_of(one, KETTLE, unseen, done("4")).outcome is Outcome.FAILURE, "the page was not looked at"
    ordered = task(visited=("Shop", "Kettle"), answer="4")
    assert verdict_of(ordered, KETTLE, KETTLE, done("4")).outcome is Outcome.UNSCORED
