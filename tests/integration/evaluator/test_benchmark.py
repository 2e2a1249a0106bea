"""The benchmark over real streams, store and evaluator, with a scripted agent and control server.

The scripted ones stand where the agents and the sandbox are in tests/e2e; here they misbehave on purpose.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from evaluator.benchmark import BenchmarkOptions, Deps, TaskResult, run_benchmark
from evaluator.benchmark.report import Ending
from evaluator.hidden_state import HiddenState
from evaluator.service import EvaluatorService
from infra.contracts.action import Answer
from infra.contracts.attempt import Attempt, Purpose, StopReason
from infra.contracts.messages import TaskDispatched, TrajectoryCompleted
from infra.contracts.policy import PolicyVersion
from infra.contracts.task import Origin
from infra.contracts.website import WebsiteStatus
from infra.documents import save_trajectory
from infra.errors import ConfigurationError, InvalidInput, NotFound
from infra.streams import Bus
from tests.integration.evaluator.conftest import WEBSITE, House
from tests.unit.evaluator.builders import heading, page, trajectory

CONTROL = "http://127.0.0.1:9"
SECRET = SecretStr("s3cret")


class ControlServer:
    """Answers as the sandbox's control server does; the right answer to every task is 42."""

    def __init__(self, *instructions: str) -> None:
        self.instructions = instructions
        self.sessions: list[str] = []
        self.entered: Counter[str] = Counter()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("X-Sandbox-Secret") != SECRET.get_secret_value():
            return httpx.Response(403, text="wrong secret")
        match request.method, request.url.path.strip("/").split("/"):
            case "GET", ["sites"]:
                return httpx.Response(200, json=[{"site": "shop", "url": WEBSITE.url, "title": "The Shop"}])
            case "GET", ["sites", "shop", "tasks"]:
                return httpx.Response(200, json=self._tasks(request.url.params["split"]))
            case "POST", ["sites", "shop", "sessions"]:
                self.sessions.append(f"s{len(self.sessions)}")
                return httpx.Response(
                    200,
                    json={"session": self.sessions[-1], "entry": f"{WEBSITE.url}__enter/{self.sessions[-1]}?next=/"},
                )
            case "POST", ["sites", "shop", "check"]:
                asked = json.loads(request.content)
                right = asked["answer"] == "42"
                return httpx.Response(200, json={"passed": right, "reason": "checked", "criteria": [["is 42", right]]})
        return httpx.Response(404)

    def _tasks(self, split: str) -> list[dict[str, object]]:
        return [
            {"id": f"shop-{split}-{n}", "instruction": text, "kind": "find", "depth": 1 + n % 2, "start": "/",
             "split": split, "answerable": True}
            for n, text in enumerate(self.instructions)
        ]  # fmt: skip


class ScriptedAgent:
    """Consumes TaskDispatched; does what the instruction's first word says."""

    def __init__(self, house: House, bus: Bus) -> None:
        self._house = house
        self._bus = bus
        self.seen: list[TaskDispatched] = []
        self.began = asyncio.Event()
        self._blocked: set[str] = set()
        bus.subscribe(TaskDispatched, "agent", self.handle, slots=4)

    async def handle(self, message: TaskDispatched) -> None:
        self.seen.append(message)
        self.began.set()
        word = message.instruction.split()[0]
        if word == "never":
            return
        home = page("/", heading("Welcome"))
        done = trajectory((home, Answer(text="42" if word == "right" else "41")))
        if word == "blocked" or (word == "once" and message.instruction not in self._blocked):
            self._blocked.add(message.instruction)
            done = trajectory(stop_reason=StopReason.BLOCKED)
        done = done.model_copy(
            update={"attempt_id": message.id, "task_id": message.task_id, "website_id": message.website_id}
        )
        key = await save_trajectory(self._house.blobs, done)
        await self._house.store.record_trajectory(
            message.id, trajectory=key, policy_version=message.pinned_version or 0, steps=len(done.steps), seconds=0.5
        )
        await self._bus.publish(
            TrajectoryCompleted(
                id=message.id,
                task_id=message.task_id,
                website_id=message.website_id,
                purpose=message.purpose,
                trajectory=key,
            )
        )


class Bench:
    """A house with an agent, an evaluator and a control server at work."""

    def __init__(self, house: House, agent: ScriptedAgent, control: ControlServer, deps: Deps) -> None:
        self.house = house
        self.agent = agent
        self.control = control
        self.deps = deps


def options(**changes: object) -> BenchmarkOptions:
    values = {"control": CONTROL, "secret": SECRET, "split": "final", "attempt_seconds": 20.0} | changes
    return BenchmarkOptions.model_validate(values)


@pytest.fixture
async def bench(house: House) -> AsyncIterator[Bench]:
    control = ControlServer("right one", "wrong one", "once blocked", "blocked always", "right two")
    async with httpx.AsyncClient(transport=httpx.MockTransport(control)) as client:
        bus = house.new_bus("all")
        agent = ScriptedAgent(house, bus)
        EvaluatorService(house.store, house.blobs, bus, HiddenState(client, SECRET)).subscribe()
        await bus.start()
        yield Bench(house, agent, control, Deps(house.store, house.blobs, bus, client))


async def test_every_task_is_tried_and_counted(bench: Bench) -> None:
    shown: list[tuple[int, int, TaskResult]] = []
    report = await run_benchmark(bench.deps, options(), lambda *progress: shown.append(progress))
    assert report.endings == {"success": 2, "failure": 2, "blocked": 1}
    assert (report.overall.successes, report.overall.n) == (2, 5)
    assert report.by_site["shop"].n == 5
    assert report.failures == {"is 42": 2}
    assert report.retried == 3  # once for "once", twice for "blocked"
    assert [len(result.attempt_ids) for result in report.results] == [1, 1, 2, 3, 1]
    assert [done for done, _, _ in shown] == [1, 2, 3, 4, 5]
    assert len(set(bench.control.sessions)) == len(bench.agent.seen) == 8  # a fresh session for every try
    assert report.model_validate_json(report.model_dump_json()) == report


async def test_attempts_are_evaluations_on_a_record_that_nothing_practises(bench: Bench) -> None:
    report = await run_benchmark(bench.deps, options(limit=2))
    store = bench.house.store
    attempt: Attempt = await store.attempt(report.results[0].attempt_ids[0])
    assert attempt.purpose is Purpose.EVALUATION
    assert attempt.temperature == 0
    assert attempt.pinned_version == report.version == 0
    task = await store.task(attempt.task_id)
    assert task.origin is Origin.BENCHMARK
    assert task.evidence is None
    assert task.max_steps == 2 * task.depth + 8
    website = await store.website(attempt.website_id)
    assert website.status is WebsiteStatus.FINISHED
    again = await run_benchmark(bench.deps, options(limit=1))
    assert (await store.attempt(again.results[0].attempt_ids[0])).website_id == website.id


async def test_the_agent_is_told_nothing_of_the_check(bench: Bench) -> None:
    await run_benchmark(bench.deps, options(limit=1))
    told = bench.agent.seen[0].model_dump_json()
    assert "shop-final" not in told
    assert CONTROL not in told
    assert bench.agent.seen[0].start_url.startswith(WEBSITE.url)


async def test_attempts_go_to_the_practised_website(bench: Bench) -> None:
    report = await run_benchmark(bench.deps, options(limit=1, website_id=WEBSITE.id))
    attempt = await bench.house.store.attempt(report.results[0].attempt_ids[0])
    assert attempt.website_id == WEBSITE.id
    elsewhere = WEBSITE.model_copy(update={"id": "web_2", "allowed_hosts": ("example.com",)})
    await bench.house.store.add_website(elsewhere)
    with pytest.raises(InvalidInput, match="covers none"):
        await run_benchmark(bench.deps, options(website_id="web_2"))


async def test_the_version_is_pinned_for_the_whole_run(bench: Bench) -> None:
    for version in (0, 1, 2):
        await bench.house.store.add_policy(PolicyVersion(version=version, weights="w"), activate=version == 1)
    for wanted, pinned in (("active", 1), ("random", 0), (2, 2)):
        report = await run_benchmark(bench.deps, options(version=wanted, limit=2))
        assert report.version == pinned
        assert {message.pinned_version for message in bench.agent.seen[-2:]} == {pinned}
    with pytest.raises(NotFound):
        await run_benchmark(bench.deps, options(version=9))


async def test_all_splits(bench: Bench) -> None:
    report = await run_benchmark(bench.deps, options(split="all", retries=0))
    assert Counter(result.task.split("-")[1] for result in report.results) == {"development": 5, "final": 5}


async def test_an_attempt_that_never_ends_is_ended_as_stopped(bench: Bench) -> None:
    bench.control.instructions = ("never mind", "right one")
    report = await run_benchmark(bench.deps, options(attempt_seconds=1.0))
    assert [result.ending for result in report.results] == [Ending.TIMED_OUT, Ending.SUCCESS]
    assert (await bench.house.store.attempt(report.results[0].attempt_ids[0])).state == "stopped"


async def test_a_cancelled_run_leaves_no_open_attempt(bench: Bench) -> None:
    bench.control.instructions = ("never mind",)
    running = asyncio.create_task(run_benchmark(bench.deps, options()))
    async with asyncio.timeout(10):
        await bench.agent.began.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await bench.house.store.attempt(bench.agent.seen[0].id)).state == "stopped"


async def test_what_is_wrong_is_said(bench: Bench) -> None:
    with pytest.raises(ConfigurationError, match="403"):
        await run_benchmark(bench.deps, options(secret=SecretStr("other")))
    with pytest.raises(InvalidInput, match="there are: shop"):
        await run_benchmark(bench.deps, options(sites=("forum",)))
