"""A file's tasks over real streams, store and evaluator, with a scripted agent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from evaluator.benchmark import __main__ as command
from evaluator.benchmark.given import GivenOptions, GivenReport, given_tables, run_given
from evaluator.benchmark.report import Ending
from evaluator.benchmark.run import Deps
from evaluator.hidden_state import HiddenState
from evaluator.service import EvaluatorService
from infra.contracts.attempt import Purpose
from infra.contracts.task import Origin
from infra.errors import InvalidInput, NotFound
from infra.streams.base import Bus
from tests.fixtures.taskfiles import arena_task
from tests.integration.evaluator.conftest import WEBSITE, House
from tests.integration.evaluator.test_benchmark import ScriptedAgent

EXACT = {"eval_types": ["string_match"], "reference_answers": {"exact_match": "42"}}


def file_of(*words: str) -> str:
    """A task per word, which tells the scripted agent what to do; "unjudged" ones bring no evaluation."""
    tasks = [
        arena_task(number, "__SHOPPING__", **({} if word == "unjudged" else EXACT)) | {"intent": f"{word} {number}"}
        for number, word in enumerate(words)
    ]
    return json.dumps([*tasks, arena_task(99, "http://elsewhere.example/")])


@pytest.fixture
def bus(house: House) -> Bus:
    return house.new_bus("all")


@pytest.fixture
def agent(house: House, bus: Bus) -> ScriptedAgent:
    return ScriptedAgent(house, bus)


@pytest.fixture
async def deps(house: House, bus: Bus, agent: ScriptedAgent) -> AsyncIterator[Deps]:
    async with httpx.AsyncClient() as client:
        EvaluatorService(house.store, house.blobs, bus, HiddenState(client, None)).subscribe()
        await bus.start()
        yield Deps(house.store, house.blobs, bus, client)


def options(content: str, **changes: object) -> GivenOptions:
    return GivenOptions.model_validate({"content": content, "website_id": WEBSITE.id, "attempt_seconds": 20} | changes)


async def test_every_task_of_the_file_is_accounted_for(deps: Deps) -> None:
    seen: list[tuple[int, int]] = []
    content = file_of("right", "wrong", "unjudged", "blocked", "right")
    report = await run_given(deps, options(content), lambda done, total, result: seen.append((done, total)))
    assert report.endings == {"success": 2, "failure": 1, "unscored": 1, "blocked": 1}
    assert (report.overall.successes, report.overall.n) == (2, 5)
    assert (report.scored.successes, report.scored.n) == (2, 3)
    assert report.without_evidence == {"the file brings no evaluation": 1}
    assert [(one.task, one.line) for one in report.rejected] == [("99", 1)]
    assert "elsewhere.example" in report.rejected[0].reason
    assert [result.task for result in report.results] == ["0", "1", "2", "3", "4"]
    assert {result.site for result in report.results} == {"shopping"}
    assert report.results[2].reason == "the file brings no evaluation"
    assert all(len(result.attempt_ids) == 1 for result in report.results)
    assert [done for done, _ in seen] == [1, 2, 3, 4, 5]
    assert GivenReport.model_validate_json(report.model_dump_json()) == report
    attempt = await deps.store.attempt(report.results[0].attempt_ids[0])
    assert attempt.purpose is Purpose.EVALUATION
    assert (await deps.store.task(attempt.task_id)).origin is Origin.BENCHMARK
    shown = Console(file=StringIO(), width=160)
    shown.print(*given_tables(report), sep="\n")
    assert isinstance(shown.file, StringIO)
    for words in ("judged 3 of 5", "no evaluation", "elsewhere.example", "unscored"):
        assert words in shown.file.getvalue()


async def test_what_never_ends_is_stopped(deps: Deps) -> None:
    report = await run_given(deps, options(file_of("never"), attempt_seconds=1))
    assert report.results[0].ending is Ending.TIMED_OUT
    assert (await deps.store.attempt(report.results[0].attempt_ids[0])).state == "stopped"


async def test_a_cancelled_run_leaves_no_open_attempt(deps: Deps, agent: ScriptedAgent) -> None:
    running = asyncio.create_task(run_given(deps, options(file_of("never", "never"))))
    async with asyncio.timeout(10):
        await agent.began.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    left = await deps.store.attempts(website_id=WEBSITE.id)
    assert agent.seen[0].id in {attempt.id for attempt in left}
    assert {(attempt.state, attempt.cause) for attempt in left} == {("stopped", "the benchmark was cancelled")}


async def test_what_is_wrong_is_said(deps: Deps) -> None:
    with pytest.raises(InvalidInput, match="line 1"):
        await run_given(deps, options("nothing"))
    with pytest.raises(InvalidInput, match="oracle"):
        await run_given(deps, options(file_of("right"), version="oracle"))
    with pytest.raises(NotFound):
        await run_given(deps, options(file_of("right"), website_id="web_none"))


def test_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, redis_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAE_REDIS__URL", redis_url)
    monkeypatch.setenv("PAE_DATABASE__URL", f"sqlite+aiosqlite:///{tmp_path}/pae.sqlite")
    monkeypatch.setenv("PAE_BLOBS__URL", str(tmp_path / "blobs"))
    file = tmp_path / "tasks.json"
    file.write_text(file_of("right"))
    for arguments, words in (
        ([], "--tasks FILE"),
        (["--tasks", str(file)], "--website"),
        (["--tasks", str(tmp_path / "none"), "--website", "web_1"], "cannot be read"),
        (["--tasks", str(file), "--website", "web_1", "--host", "x"], "SHOPPING="),
        (["--tasks", str(file), "--website", "web_1"], "web_1"),
    ):
        assert command.main(arguments) == 2, arguments
        assert words in " ".join(capsys.readouterr().err.split())
