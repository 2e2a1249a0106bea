"""The judge in the service, asked over HTTP: verdicts by rubric, and every failure of the model is unscored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from evaluator.hidden_state import HiddenState
from evaluator.judge.judge import ChatJudge
from evaluator.service import EvaluatorService
from infra.chat import open_chat
from infra.contracts.action import Answer, Click
from infra.contracts.attempt import AttemptState, Trajectory
from infra.contracts.task import Origin, Task
from infra.contracts.verdict import Outcome, Verdict
from infra.settings_chat import ChatSettings
from tests.fixtures import chat_server as c
from tests.integration.evaluator.conftest import WEBSITE, House, News, record
from tests.unit.evaluator.builders import heading, page, task, trajectory

LAMP = task().model_copy(
    update={
        "evidence": None,
        "origin": Origin.LLM,
        "rubric": ("The lamp is in the cart.",),
        "metadata": {"ending": "done"},
    }
)


def attempt(number: int = 1) -> Trajectory:
    """Return an attempt with two pictures."""
    made = trajectory(
        (page("/", heading("Welcome"), screenshot="screenshots/web_1/a/0.jpg"), Click(mark=1)),
        (page("/cart", heading("Cart"), screenshot="screenshots/web_1/a/1.jpg"), Answer()),
    )
    return made.model_copy(update={"attempt_id": f"att_{number}"})


def judgement(holds: str = "yes", verdict: str = "success") -> dict[str, Any]:
    criteria = [{"number": 1, "seen": "a lamp", "holds": holds}]
    return {"critique": "One sees a lamp.", "criteria": criteria, "can_be_done": "yes", "verdict": verdict}


@pytest.fixture
async def server() -> AsyncIterator[c.ChatServer]:
    async with c.serving(c.says(judgement())) as known:
        yield known


class Bench:
    """Judges attempts one after another by a running service."""

    def __init__(self, house: House, news: News, server: c.ChatServer, client: httpx.AsyncClient) -> None:
        self._house, self._news, self._server, self._client = house, news, server, client
        self._heard = 0

    async def start(self, *, votes: int = 1, judges_all: bool = False, **changes: Any) -> None:
        given: dict[str, Any] = {"model": "m", "base_url": self._server.url, "retries": 1, "retry_seconds": 0.01}
        chat = open_chat(ChatSettings(**given | changes), self._house.store, "judge")
        judge = ChatJudge(chat, self._house.blobs, votes=votes, frames=3)
        self._bus = self._house.new_bus("one")
        hidden_state = HiddenState(self._client, SecretStr("s"), tries=1)
        service = EvaluatorService(
            self._house.store, self._house.blobs, self._bus, hidden_state, judge, judges_all=judges_all
        )
        service.subscribe()
        for number in range(2):
            await self._house.blobs.put(f"screenshots/web_1/a/{number}.jpg", b"\xff\xd8 picture")
        await self._bus.start()

    async def judge(self, wanted: Task, tried: Trajectory) -> Verdict:
        message = await record(self._house, wanted, tried)
        await self._bus.publish(message)
        self._heard += 1
        issued = (await self._news.wait_for(self._heard))[-1]
        verdict = await self._house.store.verdict(message.id)
        assert verdict is not None
        assert (issued.outcome, issued.reward) == (verdict.outcome, verdict.reward)
        states = {Outcome.UNSCORED: AttemptState.UNSCORED}
        attempt = await self._house.store.attempt(message.id)
        assert attempt.state is states.get(verdict.outcome, AttemptState.COMPLETED)
        return verdict


@pytest.fixture
def bench(house: House, news: News, server: c.ChatServer, client: httpx.AsyncClient) -> Bench:
    return Bench(house, news, server, client)


async def test_a_rubric_is_judged_by_pictures(bench: Bench, server: c.ChatServer) -> None:
    await bench.start()
    verdict = await bench.judge(LAMP, attempt(1))
    assert (verdict.outcome, verdict.evaluator, verdict.reason) == (Outcome.SUCCESS, "judge", "One sees a lamp.")
    assert verdict.criteria == (("The lamp is in the cart.", True),)
    assert server.pictures == [2]
    server.always = c.says(judgement("no", "failure"))
    assert (await bench.judge(LAMP, attempt(2))).outcome is Outcome.FAILURE


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (c.text("It looks fine to me."), "ChatMalformed"),
        (c.says({"verdict": "success"}), "ChatMalformed"),
        (c.says(judgement("perhaps")), "ChatMalformed"),
        (c.refuses, "ChatRefused"),
        (c.truncated, "ChatTruncated"),
        (c.fails(429), "ChatOverloaded"),
        (c.fails(500), "ChatServerError"),
        (c.drips, "ChatTimedOut"),
    ],
)
async def test_a_failure_of_the_model_is_unscored_and_the_loop_goes_on(
    bench: Bench, server: c.ChatServer, behaviour: c.Behaviour, cause: str
) -> None:
    await bench.start(timeout_seconds=20.0 if behaviour is not c.drips else 2.0)
    server.script = [behaviour, behaviour]
    verdict = await bench.judge(LAMP, attempt(1))
    assert verdict.outcome is Outcome.UNSCORED
    assert verdict.reward is None
    assert cause in verdict.reason
    server.script.clear()
    assert (await bench.judge(LAMP, attempt(2))).outcome is Outcome.SUCCESS


async def test_a_spent_budget_is_unscored_without_a_call(bench: Bench, server: c.ChatServer) -> None:
    await bench.start(website_tokens=100)
    verdict = await bench.judge(LAMP, attempt())
    assert verdict.outcome is Outcome.UNSCORED
    assert "ChatBudgetSpent" in verdict.reason
    assert server.asked == []


async def test_votes_must_agree(bench: Bench, server: c.ChatServer) -> None:
    await bench.start(votes=3)
    server.script = [c.says(judgement()), c.says(judgement("no", "failure")), c.says(judgement("no", "failure"))]
    assert (await bench.judge(LAMP, attempt(1))).outcome is Outcome.FAILURE
    server.script = [c.says(judgement()), c.says(judgement("no", "failure")), c.refuses]
    verdict = await bench.judge(LAMP, attempt(2))
    assert verdict.outcome is Outcome.UNSCORED
    assert "votes differ" in verdict.reason


async def test_evidence_stays_with_the_evidence_unless_told_otherwise(bench: Bench, server: c.ChatServer) -> None:
    await bench.start()
    verdict = await bench.judge(task(heading="Cart"), attempt())
    assert (verdict.outcome, verdict.evaluator) == (Outcome.SUCCESS, "evidence")
    assert server.asked == []


async def test_the_judge_may_have_tasks_with_evidence_too(bench: Bench, server: c.ChatServer) -> None:
    await bench.start(judges_all=True)
    verdict = await bench.judge(task(heading="Cart"), attempt())
    assert (verdict.outcome, verdict.evaluator) == (Outcome.SUCCESS, "judge")
    assert "“Cart”" in server.texts[0]


async def test_an_attempt_without_pictures_is_unscored(bench: Bench, server: c.ChatServer, house: House) -> None:
    await bench.start()
    tried = trajectory((page("/", heading("Welcome")), Answer()))
    assert (await bench.judge(LAMP, tried)).outcome is Outcome.UNSCORED
    await house.blobs.delete_prefix(f"screenshots/{WEBSITE.id}/")
    lost = await bench.judge(LAMP, attempt(2))
    assert lost.outcome is Outcome.UNSCORED
    assert "there is no blob" in lost.reason
    assert server.asked == []
