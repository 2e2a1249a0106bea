"""The distilled reward model in front of the judge: it saves calls, is checked, and is made anew from the records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import Random

import pytest

from evaluator.agreement.savings import savings
from evaluator.distilled.features import features
from evaluator.distilled.judge import DistillingJudge
from evaluator.judge.judge import ChatJudge
from infra.attempts import finish
from infra.chat import open_chat
from infra.contracts.attempt import Trajectory
from infra.contracts.verdict import Outcome, Verdict
from infra.settings_chat import ChatSettings
from tests.fixtures import chat_server as c
from tests.integration.evaluator.conftest import WEBSITE, House, record
from tests.integration.evaluator.test_judge import LAMP, attempt, judgement


@pytest.fixture
async def server() -> AsyncIterator[c.ChatServer]:
    async with c.serving(c.refuses) as known:
        yield known


def ending(number: int, *, well: bool) -> Trajectory:
    """Return an attempt that ends in the cart or not."""
    made = attempt(number)
    if well or made.final is None:
        return made
    return made.model_copy(update={"final": made.final.model_copy(update={"url": "http://127.0.0.1:8123/elsewhere"})})


def distilling(house: House, server: c.ChatServer, *, sample: float) -> DistillingJudge:
    chat = open_chat(ChatSettings(model="m", base_url=server.url, retries=0), house.store, "judge")
    judge = ChatJudge(chat, house.blobs, votes=1, frames=3)
    return DistillingJudge(judge, house.store, house.blobs, sure=0.9, sample=sample, rng=Random(0))  # noqa: S311


async def test_it_answers_where_it_is_sure_and_asks_where_it_is_not(house: House, server: c.ChatServer) -> None:
    for key in (0, 1):
        await house.blobs.put(f"screenshots/web_1/a/{key}.jpg", b"\xff\xd8")
    judge, bus = distilling(house, server, sample=0.0), house.new_bus("one")
    number = 0

    async def judged(by: DistillingJudge, *, well: bool) -> Verdict:
        nonlocal number
        number += 1
        server.always = c.says(judgement() if well else judgement("no", "failure"))
        tried = ending(number, well=well)
        await record(house, LAMP, tried)
        verdict = await by.judge(LAMP, tried)
        await finish(house.store, bus, tried.attempt_id, verdict)
        return verdict

    for turn in range(60):
        verdict = await judged(judge, well=turn % 2 == 0)
        assert verdict.outcome is (Outcome.SUCCESS if turn % 2 == 0 else Outcome.FAILURE)
    asked = len(server.asked)
    assert asked < 60  # it answers itself in the end
    assert {(await judged(judge, well=well)).evaluator for well in (True, False)} == {"distilled"}

    again = distilling(house, server, sample=0.0)  # as after a restart
    assert (await judged(again, well=False)).evaluator == "distilled"
    assert len(server.asked) == asked
    checking = distilling(house, server, sample=1.0)
    verdict = await judged(checking, well=True)
    assert verdict.evaluator == "judge"
    assert verdict.predicted is not None
    assert verdict.predicted > 0.9

    found = await savings(house.store, WEBSITE.id, 0.9)
    assert (found.answered, found.asked) == (63 - asked, asked + 1)
    assert found.agreement == 1.0
    assert found.checked >= 20


async def test_whether_a_task_that_was_given_up_can_be_done_is_the_judges_to_say(
    house: House, server: c.ChatServer
) -> None:
    for key in (0, 1):
        await house.blobs.put(f"screenshots/web_1/a/{key}.jpg", b"\xff\xd8")
    judge = distilling(house, server, sample=0.0)
    model = await judge._model(WEBSITE.id)
    seen = features(LAMP, given_up(0))
    for turn in range(60):  # sure and trusted
        model.learn(seen if turn % 2 else {"other": 1.0}, float(not turn % 2), 0.01 if turn % 2 else 0.99)
    assert model.trusted
    assert model.sure(model.probability(seen))
    learnt = model.learnt
    server.always = c.says({**judgement("no", "failure"), "can_be_done": "no"})
    verdict = await judge.judge(LAMP, given_up(1))
    assert (verdict.outcome, verdict.evaluator, len(server.asked)) == (Outcome.UNSCORED, "judge", 1)
    server.always = c.says(judgement("no", "failure"))
    verdict = await judge.judge(LAMP, given_up(2))
    assert (verdict.outcome, verdict.predicted, model.learnt) == (Outcome.FAILURE, None, learnt)


def given_up(number: int) -> Trajectory:
    return attempt(number).model_copy(update={"impossible": True})


async def test_a_judge_that_fails_teaches_nothing(house: House, server: c.ChatServer) -> None:
    for key in (0, 1):
        await house.blobs.put(f"screenshots/web_1/a/{key}.jpg", b"\xff\xd8")
    judge = distilling(house, server, sample=0.0)
    verdict = await judge.judge(LAMP, attempt(1))
    assert (verdict.outcome, verdict.predicted) == (Outcome.UNSCORED, None)
    assert (await judge._model(WEBSITE.id)).learnt == 0
