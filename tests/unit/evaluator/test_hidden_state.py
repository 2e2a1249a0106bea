"""What the hidden-state judge makes of a control server's replies; the real server is in the integration tests."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest
from pydantic import SecretStr

from evaluator.hidden_state import HiddenState
from infra.contracts.action import Answer
from infra.contracts.attempt import StopReason
from infra.contracts.task import HiddenCheck
from infra.contracts.verdict import Outcome, Verdict
from infra.errors import JudgeUnavailable
from tests.unit.evaluator.builders import heading, page, task, trajectory

HELD_OUT = task().model_copy(
    update={"hidden_check": HiddenCheck(control_url="http://127.0.0.1:9/", site="shop", task="shop-001", session="s1")}
)
DONE = trajectory((page("/cart", heading("Cart")), Answer(text="two")))

Reply = Callable[[httpx.Request], httpx.Response]


async def judged(reply: Reply, *, has_secret: bool = True, **changes: object) -> Verdict:
    async with httpx.AsyncClient(transport=httpx.MockTransport(reply)) as client:
        judge = HiddenState(client, SecretStr("s3cret") if has_secret else None, pause_seconds=0.0)
        return await judge.judge(HELD_OUT, DONE.model_copy(update=changes))


@pytest.mark.parametrize("passed", [True, False])
async def test_the_reply_decides(passed: bool) -> None:
    asked: list[httpx.Request] = []

    def reply(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"passed": passed, "reason": "as it is", "criteria": [["two in cart", passed]]})

    verdict = await judged(reply)
    assert verdict.outcome is (Outcome.SUCCESS if passed else Outcome.FAILURE)
    assert verdict.reason == "as it is"
    assert verdict.criteria == (("two in cart", passed),)
    assert verdict.evaluator == "hidden_state"
    assert str(asked[0].url) == "http://127.0.0.1:9/sites/shop/check"
    assert asked[0].headers["X-Sandbox-Secret"] == "s3cret"
    assert json.loads(asked[0].content) == {
        "task": "shop-001",
        "session": "s1",
        "answer": "two",
        "impossible": False,
        "final_url": "http://127.0.0.1:8123/cart",
    }


@pytest.mark.parametrize("status", [500, 503, 302])
async def test_a_server_in_trouble_is_asked_again_and_never_a_failure(status: int) -> None:
    tries: list[int] = []

    def reply(request: httpx.Request) -> httpx.Response:
        tries.append(status)
        return httpx.Response(status)

    with pytest.raises(JudgeUnavailable):
        await judged(reply)
    assert len(tries) == 3


async def test_a_server_that_comes_back_is_believed() -> None:
    replies = [httpx.Response(503), httpx.Response(200, json={"passed": True})]

    def reply(request: httpx.Request) -> httpx.Response:
        if len(replies) == 2:
            replies.pop(0)
            raise httpx.ConnectError("refused")
        return replies.pop(0)

    assert (await judged(reply)).outcome is Outcome.SUCCESS


async def test_a_reply_that_cannot_be_read_is_never_a_failure() -> None:
    with pytest.raises(JudgeUnavailable):
        await judged(lambda request: httpx.Response(200, text="<html>"))


@pytest.mark.parametrize("status", [401, 403, 404, 422])
async def test_a_refusal_is_unscored(status: int) -> None:
    verdict = await judged(lambda request: httpx.Response(status, text="no such session"))
    assert verdict.outcome is Outcome.UNSCORED
    assert "no such session" in verdict.reason


async def test_without_a_secret_nothing_is_asked() -> None:
    verdict = await judged(lambda request: pytest.fail("asked without a secret"), has_secret=False)
    assert verdict.outcome is Outcome.UNSCORED


@pytest.mark.parametrize(
    ("stop_reason", "outcome"),
    [
        (StopReason.MAX_STEPS, Outcome.FAILURE),
        (StopReason.BLOCKED, Outcome.BLOCKED),
        (StopReason.STOPPED, Outcome.STOPPED),
        (StopReason.CRASHED, Outcome.UNSCORED),
    ],
)
async def test_an_ending_that_decides_needs_no_server(stop_reason: StopReason, outcome: Outcome) -> None:
    verdict = await judged(lambda request: pytest.fail("asked in vain"), stop_reason=stop_reason)
    assert verdict.outcome is outcome


async def test_a_spent_entry_is_nobodys_failure() -> None:
    spent = trajectory((page("/__enter/x", status=410), Answer()))
    verdict = await judged(lambda request: pytest.fail("asked in vain"), steps=spent.steps)
    assert verdict.outcome is Outcome.BLOCKED


@pytest.mark.parametrize("passed", [True, False])
async def test_a_site_that_notices_the_end_itself_is_asked_after_the_last_step(passed: bool) -> None:
    check = HELD_OUT.hidden_check
    assert check is not None
    noticing = HELD_OUT.model_copy(update={"hidden_check": check.model_copy(update={"ends_itself": True})})

    def reply(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"passed": passed, "reason": "", "criteria": []})

    async with httpx.AsyncClient(transport=httpx.MockTransport(reply)) as client:
        judge = HiddenState(client, SecretStr("s3cret"), pause_seconds=0.0)
        verdict = await judge.judge(noticing, DONE.model_copy(update={"stop_reason": StopReason.MAX_STEPS}))
        stopped = await judge.judge(noticing, DONE.model_copy(update={"stop_reason": StopReason.STOPPED}))
    assert verdict.outcome is (Outcome.SUCCESS if passed else Outcome.FAILURE)
    assert stopped.outcome is Outcome.STOPPED
