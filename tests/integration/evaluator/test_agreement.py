"""Verdicts against people's labels and hidden state, on what is recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evaluator.agreement.__main__ import main, printed
from evaluator.agreement.compare import AgreementReport, compare
from evaluator.judge.judge import ChatJudge
from infra.attempts import finish
from infra.chat import open_chat
from infra.contracts.attempt import Attempt, StopReason
from infra.contracts.verdict import Outcome, Verdict
from infra.errors import InvalidInput, NotFound
from infra.settings_chat import ChatSettings
from tests.fixtures import chat_server as c
from tests.integration.evaluator.conftest import WEBSITE, House, record
from tests.integration.evaluator.test_judge import LAMP, attempt, judgement


@pytest.fixture
async def server() -> AsyncIterator[c.ChatServer]:
    async with c.serving(c.says(judgement())) as known:
        yield known


def said(number: int, worked: bool | None, evaluator: str) -> Verdict:
    outcome = {True: Outcome.SUCCESS, False: Outcome.FAILURE, None: Outcome.UNSCORED}[worked]
    reward = None if worked is None else float(worked)
    return Verdict(attempt_id=f"att_{number}", outcome=outcome, reward=reward, reason="so", evaluator=evaluator)


async def ended(
    house: House, number: int, worked: bool | None, by: str, label: bool | None = None, **how: object
) -> None:
    tried = attempt(number).model_copy(update=how)
    message = await record(house, LAMP.model_copy(update={"id": f"tsk_{number}"}), tried)
    await finish(house.store, house.new_bus(f"b{number}"), message.id, said(number, worked, by))
    if label is not None:
        await house.store.label(message.id, said(number, label, "human"))


async def fill(house: House) -> None:
    for key in (0, 1):
        await house.blobs.put(f"screenshots/web_1/a/{key}.jpg", b"\xff\xd8")
    await ended(house, 1, True, "judge", label=True)
    await ended(house, 2, True, "judge", label=False)
    await ended(house, 3, None, "judge", label=True)
    await ended(house, 4, True, "judge")  # nobody knows better
    await ended(house, 5, False, "evidence", label=False)
    await ended(house, 6, False, "hidden_state")
    await ended(house, 7, True, "hidden_state", label=True)


def found(report: AgreementReport, evaluator: str, checker: str) -> tuple[int, int, int, int, int]:
    (one,) = [o for o in report.comparisons if (o.evaluator, o.checker) == (evaluator, checker)]
    known = one.calibration
    return (
        known.true_positives, known.false_positives, known.false_negatives, known.true_negatives, known.judge_unscored
    )  # fmt: skip


async def test_recorded_verdicts_are_compared(house: House) -> None:
    await fill(house)
    report = await compare(house.store, house.blobs, None, WEBSITE.id, limit=100)
    assert report.attempts == 6
    assert {(one.evaluator, one.checker) for one in report.comparisons} == {("judge", "human"), ("evidence", "human")}
    assert found(report, "judge", "human") == (1, 1, 0, 0, 1)
    assert found(report, "evidence", "human") == (0, 0, 0, 1, 0)
    console = Console(record=True, width=200)
    console.print(*printed(report), sep="\n")
    assert "50.0% (9.5%–90.5%)" in console.export_text()
    assert (await compare(house.store, house.blobs, None, WEBSITE.id, limit=2)).attempts == 2


async def test_what_an_ending_alone_decided_is_told_apart(house: House, server: c.ChatServer) -> None:
    await fill(house)
    late = {"stop_reason": StopReason.TIME_LIMIT}
    await ended(house, 8, False, "judge", label=False, **late)
    await ended(house, 9, False, "judge", label=True, **late)
    await ended(house, 10, None, "judge", label=True, stop_reason=StopReason.CRASHED)
    await ended(house, 11, False, "evidence", label=False, **late)
    await ended(house, 12, False, "hidden_state", **late)
    chat = open_chat(ChatSettings(model="m", base_url=server.url), house.store, "judge")
    judge = ChatJudge(chat, house.blobs, votes=1, frames=3)
    for asked, known in ((None, (1, 1, 0, 0, 1)), (judge, (2, 2, 0, 0, 1))):
        report = await compare(house.store, house.blobs, asked, WEBSITE.id, limit=100)
        assert report.attempts == 11
        assert found(report, "judge", "human") == known
        assert found(report, "evidence", "human") == (0, 0, 0, 1, 0)
    assert report.asked == len(server.asked) == 3
    apart = {(one.evaluator, one.checker): one.by_ending for one in report.comparisons}
    assert apart["judge", "human"].disagreeing == ("att_9",)
    assert apart["judge", "human"].true_negatives == 2
    assert apart["judge", "human"].judge_unscored == 1
    assert apart["judge", "hidden_state"].true_negatives == apart["evidence", "human"].true_negatives == 1
    console = Console(record=True, width=200)
    console.print(*printed(report), sep="\n")
    assert "judge by human: 3 more were decided by their ending alone" in console.export_text()


async def test_attempts_that_end_meanwhile_make_none_count_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(house)
    monkeypatch.setattr("evaluator.agreement.compare._PAGE", 3)
    listed, later = house.store.attempts, iter(range(8, 20))

    async def attempts(**asked: Any) -> Sequence[Attempt]:
        found = await listed(**asked)
        await ended(house, next(later), True, "judge", label=True)
        return found

    monkeypatch.setattr(house.store, "attempts", attempts)
    report = await compare(house.store, house.blobs, None, WEBSITE.id, limit=6)
    assert report.attempts == 6
    assert found(report, "judge", "human") == (1, 1, 0, 0, 1)


async def test_the_judge_is_asked_about_what_it_has_not_judged(house: House, server: c.ChatServer) -> None:
    await fill(house)
    chat = open_chat(ChatSettings(model="m", base_url=server.url), house.store, "judge")
    judge = ChatJudge(chat, house.blobs, votes=1, frames=3)
    report = await compare(house.store, house.blobs, judge, WEBSITE.id, limit=100)
    assert report.asked == len(server.asked) == 3
    assert found(report, "judge", "human") == (2, 2, 0, 0, 1)
    assert found(report, "judge", "hidden_state") == (1, 1, 0, 0, 0)
    stored = await house.store.verdict("att_5")
    assert stored is not None
    assert stored.evaluator == "evidence"  # records stay as they are


async def test_without_anybody_who_knows_better_it_says_what_to_do(house: House) -> None:
    await ended(house, 4, True, "judge")
    with pytest.raises(InvalidInput, match="label some first"):
        await compare(house.store, house.blobs, None, WEBSITE.id, limit=100)
    with pytest.raises(NotFound):
        await compare(house.store, house.blobs, None, "web_9", limit=100)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PAE_DATABASE__URL", f"sqlite+aiosqlite:///{tmp_path}/pae.sqlite")
    assert main(["--website", "web_9"]) == 2
    assert main(["--website", "web_9", "--ask"]) == 2
    said_ = capsys.readouterr().err
    assert "no website web_9" in said_
    assert "chat.model" in said_
