"""The evaluator on real Redis and SQLite: one terminal record per attempt, whatever is delivered how often."""

from __future__ import annotations

import httpx
import pytest
from pydantic import SecretStr

from evaluator.hidden_state import HiddenState
from evaluator.service import EvaluatorService
from infra.contracts.action import Answer
from infra.contracts.attempt import AttemptState
from infra.contracts.messages import TrajectoryCompleted
from infra.contracts.task import HiddenCheck
from infra.contracts.verdict import Outcome, Verdict
from infra.settings import StreamSettings
from infra.store import Store
from infra.streams import Bus
from tests.integration.evaluator.conftest import IMPATIENT, House, News, record
from tests.unit.evaluator.builders import heading, page, task, trajectory

HOME = page("/", heading("Welcome"))
DONE = trajectory((HOME, Answer()))


@pytest.fixture
def endings(monkeypatch: pytest.MonkeyPatch, house: House) -> list[bool]:
    """Return what every call that would end an attempt came to."""
    results: list[bool] = []
    end_attempt = type(house.store).end_attempt

    async def counted(self: Store, *arguments: object, **named: object) -> bool:
        ended: bool = await end_attempt(self, *arguments, **named)  # type: ignore[arg-type]
        results.append(ended)
        return ended

    monkeypatch.setattr(type(house.store), "end_attempt", counted)
    return results


async def evaluator(
    house: House, client: httpx.AsyncClient, name: str = "one", streams: StreamSettings | None = None
) -> Bus:
    """Start one evaluator."""
    bus = house.new_bus(name, streams)
    hidden_state = HiddenState(client, SecretStr("s"), tries=1)
    EvaluatorService(house.store, house.blobs, bus, hidden_state).subscribe(slots=2)
    await bus.start()
    return bus


@pytest.mark.parametrize(
    ("wanted", "outcome", "state"),
    [
        (task(heading="Welcome"), Outcome.SUCCESS, AttemptState.COMPLETED),
        (task(heading="Cart"), Outcome.FAILURE, AttemptState.COMPLETED),
        (task(), Outcome.UNSCORED, AttemptState.UNSCORED),
    ],
)
async def test_a_trajectory_is_judged_and_announced(
    house: House, news: News, client: httpx.AsyncClient, wanted: object, outcome: Outcome, state: AttemptState
) -> None:
    message = await record(house, wanted, DONE)  # type: ignore[arg-type]
    bus = await evaluator(house, client)
    await bus.publish(message)
    issued = (await news.wait_for(1))[0]
    attempt, verdict = await house.store.attempt(message.id), await house.store.verdict(message.id)
    assert verdict is not None
    assert attempt.state is state
    assert issued.outcome is verdict.outcome is outcome
    assert issued.trajectory == message.trajectory
    assert attempt.cause == verdict.reason


async def test_one_terminal_record_under_duplicate_delivery(
    house: House, news: News, client: httpx.AsyncClient, endings: list[bool]
) -> None:
    message = await record(house, task(heading="Welcome"), DONE)
    first, _ = await evaluator(house, client), await evaluator(house, client, "two")
    await first.publish(*[message] * 5)
    heard = await news.wait_for(5)
    assert endings.count(True) == 1
    assert {issued.outcome for issued in heard} == {Outcome.SUCCESS}


async def test_news_lost_in_a_crash_is_sent_again(house: House, news: News, client: httpx.AsyncClient) -> None:
    message = await record(house, task(heading="Welcome"), DONE)
    verdict = Verdict(attempt_id=message.id, outcome=Outcome.FAILURE, reward=0.0, reason="earlier", evaluator="x")
    await house.store.end_attempt(message.id, AttemptState.COMPLETED, verdict=verdict)
    bus = await evaluator(house, client)
    await bus.publish(message)
    assert (await news.wait_for(1))[0].outcome is Outcome.FAILURE  # the record stands, it is not judged anew
    stored = await house.store.verdict(message.id)
    assert stored is not None
    assert stored.reason == "earlier"


async def test_a_control_server_that_stays_down_ends_as_dead_lettered_and_unscored(
    house: House, news: News, client: httpx.AsyncClient, endings: list[bool]
) -> None:
    check = HiddenCheck(control_url="http://127.0.0.1:1", site="shop", task="shop-001", session="s")
    message = await record(house, task().model_copy(update={"hidden_check": check}), DONE)
    bus = await evaluator(house, client, streams=IMPATIENT)
    await bus.publish(message)
    issued = (await news.wait_for(1))[0]
    attempt = await house.store.attempt(message.id)
    assert issued.outcome is Outcome.UNSCORED
    assert issued.reward is None
    assert attempt.state is AttemptState.DEAD_LETTERED
    assert "cannot judge" in attempt.cause
    assert endings == [True]


async def test_a_trajectory_that_is_gone_is_never_a_failure(
    house: House, news: News, client: httpx.AsyncClient
) -> None:
    message = await record(house, task(heading="Welcome"), DONE)
    await house.blobs.delete_prefix("trajectories/")
    bus = await evaluator(house, client, streams=IMPATIENT)
    await bus.publish(message)
    assert (await news.wait_for(1))[0].outcome is Outcome.UNSCORED
    assert (await house.store.attempt(message.id)).state is AttemptState.DEAD_LETTERED


async def test_an_attempt_of_a_deleted_website_is_passed_over(
    house: House, news: News, client: httpx.AsyncClient
) -> None:
    gone = TrajectoryCompleted(id="att_x", task_id="t", website_id="w", purpose="practice", trajectory="x")
    message = await record(house, task(heading="Welcome"), DONE)
    bus = await evaluator(house, client)
    await bus.publish(gone, message)
    heard = await news.wait_for(1)
    assert [issued.id for issued in heard] == [message.id]
    assert not await bus.dead_letters()
