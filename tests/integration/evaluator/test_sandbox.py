"""The hidden-state judge and the benchmark's client against a real control server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import httpx
import pytest
from pydantic import SecretStr

from evaluator.benchmark.control import BenchmarkTask, ControlClient
from evaluator.hidden_state import HiddenState
from infra.contracts.action import Answer
from infra.contracts.attempt import Trajectory
from infra.contracts.task import HiddenCheck, Origin, Task
from infra.contracts.verdict import Outcome
from infra.errors import ConfigurationError
from tests.unit.evaluator.builders import heading, page, trajectory

SECRET = SecretStr("of the evaluator's tests")


class Served(NamedTuple):
    """Where a sandbox serves."""

    control: str
    shop: str


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A sandbox of its own, with a secret that is known here."""
    environment = {**os.environ, "PAE_SANDBOX_SECRET": SECRET.get_secret_value()}
    command = [sys.executable, "-m", "sandbox_sites", "--sites", "shop"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        yield Served(ready["control"], ready["sites"]["shop"])
        process.terminate()
        process.wait(10)


@pytest.fixture
def control(served: Served, client: httpx.AsyncClient) -> ControlClient:
    return ControlClient(client, served.control, SECRET)


def as_task(held_out: BenchmarkTask, control_url: str, session: str) -> Task:
    return Task(
        id="tsk_1",
        website_id="web_1",
        instruction=held_out.instruction,
        start_url="http://127.0.0.1/",
        kind=held_out.kind,
        origin=Origin.BENCHMARK,
        hidden_check=HiddenCheck(control_url=control_url, site="shop", task=held_out.id, session=session),
    )


def answered(text: str | None, *, impossible: bool = False) -> Trajectory:
    return trajectory((page("/", heading("Shop")), Answer(text=text, impossible=impossible)))


async def test_the_control_server_is_understood(
    control: ControlClient, served: Served, client: httpx.AsyncClient
) -> None:
    assert [(site.site, site.url) for site in await control.sites()] == [("shop", served.shop)]
    splits = [await control.tasks("shop", "development"), await control.tasks("shop", "final")]
    assert all(splits)
    assert not {task.id for task in splits[0]} & {task.id for task in splits[1]}
    plain = await control.tasks("shop", "development", "plain")
    assert [task.id for task in plain] == [task.id for task in splits[0]]
    reworded = [(own, said) for own, said in zip(plain, splits[0], strict=True) if own != said]
    assert len(reworded) >= 10
    assert all(own.model_copy(update={"instruction": said.instruction}) == said for own, said in reworded)
    session = await control.open_session("shop", "/")
    assert session.entry.startswith(served.shop)
    entered = await client.get(session.entry)
    assert entered.is_redirect
    assert session.session not in entered.headers["location"]
    assert (await client.get(session.entry)).status_code >= 400  # spent: the agent's start page is refused


async def test_a_wrong_secret_is_a_matter_of_configuration(served: Served, client: httpx.AsyncClient) -> None:
    with pytest.raises(ConfigurationError, match="40"):
        await ControlClient(client, served.control, SecretStr("wrong")).sites()


async def test_nothing_done_and_wrong_answers_fail(
    control: ControlClient, served: Served, client: httpx.AsyncClient
) -> None:
    judge = HiddenState(client, SECRET)
    for held_out in await control.tasks("shop", "development"):
        session = await control.open_session("shop", held_out.start)
        task = as_task(held_out, served.control, session.session)
        for attempt in (answered(None), answered("N/A"), answered("Shop " * 300)):
            verdict = await judge.judge(task, attempt)
            assert verdict.outcome is Outcome.FAILURE, (held_out.id, verdict.reason)
            assert any(not held for _, held in verdict.criteria)
        if held_out.answerable:
            assert (await judge.judge(task, answered(None, impossible=True))).outcome is Outcome.FAILURE


async def test_an_unknown_session_and_a_refused_secret_are_unscored(
    control: ControlClient, served: Served, client: httpx.AsyncClient
) -> None:
    held_out = (await control.tasks("shop", "development"))[0]
    unknown = as_task(held_out, served.control, "nobody")
    assert (await HiddenState(client, SECRET).judge(unknown, answered("x"))).outcome is Outcome.UNSCORED
    known = as_task(held_out, served.control, (await control.open_session("shop", "/")).session)
    assert (await HiddenState(client, SecretStr("wrong")).judge(known, answered("x"))).outcome is Outcome.UNSCORED
