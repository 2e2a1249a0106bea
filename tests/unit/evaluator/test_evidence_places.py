"""Evidence of where something was: headings of sites that head every page with their name, and rows of lists."""

from __future__ import annotations

from evaluator.comparison import same_answer
from evaluator.evidence import judge
from infra.contracts.action import Answer, Click
from infra.contracts.verdict import Outcome
from tests.unit.evaluator.builders import button, heading, line, page, task, trajectory

DONE = Answer()


def test_a_site_may_head_every_page_with_its_own_name() -> None:
    home = page("/", heading("My shop"), heading("Welcome"), elements=(button(0, "Lamp"),))
    lamp = page("/lamp", heading("My shop"), heading("Oslo lamp"), heading("Also liked", 2))
    way = trajectory((home, Click(mark=0)), (lamp, DONE))
    assert judge(task(heading="Oslo lamp"), way).outcome is Outcome.SUCCESS
    assert judge(task(heading="My shop"), way).outcome is Outcome.SUCCESS
    assert judge(task(heading="Also liked"), way).outcome is Outcome.FAILURE


def test_a_change_is_sent_beside_the_row_that_was_meant() -> None:
    rows = tuple(
        button(mark, "Approve").model_copy(update={"nearby": f"{name} waits since Monday"})
        for mark, name in enumerate(("Oak bench", "Zebra crossing"))
    )
    queue, after = page("/queue", heading("Queue"), elements=rows), page("/queue", heading("Queue"), line("Approved."))
    wanted = task(lines=["Approved."], beside=["Zebra crossing"], max_submits=1)
    for mark, expected in ((1, Outcome.SUCCESS), (0, Outcome.FAILURE)):
        way = trajectory((queue, Click(mark=mark), "POST /approve"), (after, DONE))
        assert judge(wanted, way).outcome is expected
    looked = trajectory((queue, Click(mark=1)), (after, DONE))
    assert judge(wanted, looked).outcome is Outcome.FAILURE, "nothing was sent"


def test_why_something_cannot_be_done_is_no_answer() -> None:
    home = page("/", heading("Welcome"))
    said = trajectory((home, Answer(text="sold out", impossible=True)))
    assert judge(task(impossible=True, visited=["Welcome"]), said).outcome is Outcome.SUCCESS
    assert judge(task(answer="sold out", visited=["Welcome"]), said).outcome is Outcome.FAILURE


def test_seconds_count_where_they_are_asked_for() -> None:
    assert same_answer("2025-10-07 09:14:03", "2025-10-07 09:14:03")
    assert not same_answer("2025-10-07 09:14:51", "2025-10-07 09:14:03")
    assert not same_answer("2:03:59", "2:03:23")
    assert same_answer("9:14:00", "9:14")
    assert same_answer("9:14", "9:14:00")
