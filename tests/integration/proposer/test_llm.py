"""Tasks from a chat model over HTTP, in the running service: what is proposed, refused, and done when it is down."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from infra.attempts import finish
from infra.blobs import Blobs
from infra.chat import open_chat
from infra.contracts.action import Answer
from infra.contracts.attempt import Attempt, Purpose
from infra.contracts.task import Origin, Task
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.website import Demo, Website, WebsiteStatus
from infra.control import Control
from infra.documents import save_trajectory
from infra.settings import Settings
from infra.settings_chat import ChatSettings
from infra.store import Store
from infra.streams import Bus
from proposer.llm.likeness import Trigrams
from proposer.llm.proposer import LlmProposer
from proposer.llm.proposing import Proposing
from tests.fixtures import chat_server as c
from tests.integration.proposer.running import proposer, submit, until
from tests.integration.proposer.stand_in import StandIn
from tests.unit.evaluator.builders import page, task, trajectory

THINGS = ("lamp", "chair", "order", "return", "voucher", "delivery", "colour", "wood", "size", "review", "gift", "sofa")


def proposal(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "instruction": f"Say what number {number} about the {THINGS[number % len(THINGS)]} says",
        "start_path": "/",
        "kind": "find",
        "ending": "answer",
        "rubric": ["The answer is what the page says."],
        "skill": "find facts",
        "actions": 2,
        "needs_sign_in": False,
        **changes,
    }


class Inventor:
    """A model that never proposes the same twice, some of it useless."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, body: c.Body) -> c.Response:
        tasks: list[object] = []
        for _ in range(4):
            self.count += 1
            tasks.append(proposal(self.count))
        tasks += ["rubbish", proposal(self.count), proposal(99, needs_sign_in=True)]
        return c.says({"tasks": tasks})(body)


@pytest.fixture
async def server() -> AsyncIterator[c.ChatServer]:
    async with c.serving(Inventor()) as known:
        yield known


def proposing(settings: Settings, store: Store, blobs: Blobs, server: c.ChatServer, **changes: Any) -> Proposing:
    given: dict[str, Any] = {"model": "m", "base_url": server.url, "retries": 0, "timeout_seconds": 10.0}
    chat = open_chat(ChatSettings(**given | changes), store, "proposer")
    quick = settings.proposer.model_copy(update={"propose_seconds": 0.05})
    return Proposing(LlmProposer(chat, blobs, Trigrams(), count=4), store, blobs, quick)


async def tasks_of(store: Store, site: Website) -> list[Task]:
    return list(await store.tasks(site.id, limit=500))


async def test_what_the_model_proposes_is_practised_and_it_is_asked_for_more(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn,
    server: c.ChatServer,
) -> None:  # fmt: skip
    await folder_blobs.put("demos/web_little/0.jpg", b"\xff\xd8")
    demo = Demo(instruction="Buy a lamp", steps=("open Lamps",), screenshots=("demos/web_little/0.jpg",))
    site = await submit(sqlite_store, bus, demos=(demo,))
    asks = proposing(settings, sqlite_store, folder_blobs, server)

    async def replenished() -> bool:
        told = (await sqlite_store.website(site.id)).status_reason  # the last thing written
        return "tasks more" in told and await sqlite_store.count_tasks(site.id) >= 9

    async with proposer(settings, sqlite_store, folder_blobs, control, asks):
        await until(replenished)
    tasks = await tasks_of(sqlite_store, site)
    given = [task for task in tasks if task.origin is Origin.HUMAN]
    assert [task.instruction for task in given] == ["Buy a lamp"]
    tasks = [task for task in tasks if task.origin is Origin.LLM]
    assert all(task.rubric and task.evidence is None for task in tasks)
    drops = await sqlite_store.drops(site.id)
    assert drops["proposed: malformed"] == drops["proposed: needs signing in"] == len(server.asked)
    assert drops["proposed: duplicate"] == len(server.asked)
    assert "Buy a lamp" in server.texts[0]
    assert "Little shop" in server.texts[0]
    assert "Page /" in server.texts[0]
    assert server.pictures[0] == 1
    assert tasks[0].instruction in server.texts[1]
    assert "so it is" in server.texts[1]  # why an attempt failed
    attempts = await sqlite_store.attempts(website_id=site.id, limit=500)
    assert {attempt.task_id for attempt in attempts} <= {task.id for task in (*tasks, *given)}


@pytest.mark.parametrize(
    ("behaviour", "cause", "reason"),
    [
        (c.fails(500), "ChatServerError", "in trouble"),
        (c.text("Here are some tasks: …"), "ChatMalformed", "no JSON"),
        (c.says({"jobs": []}), "ChatMalformed", "wrong shape"),
        (c.truncated, "ChatTruncated", "bound on its length"),
        (c.refuses, "ChatRefused", "refused"),
        (c.fails(429), "ChatOverloaded", "too much to do"),
        (c.drips, "ChatTimedOut", "no whole reply"),
        (c.says({"tasks": ["rubbish"]}), "", "none of the 1 tasks"),
    ],
)
async def test_without_the_model_tasks_are_grounded_and_the_website_says_so(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn,
    server: c.ChatServer, behaviour: c.Behaviour, cause: str, reason: str,
) -> None:  # fmt: skip
    server.always = behaviour
    site = await submit(sqlite_store, bus)
    seconds = 0.5 if behaviour is c.drips else 10.0
    asks = proposing(settings, sqlite_store, folder_blobs, server, timeout_seconds=seconds)
    said: list[str] = []

    async def practising() -> bool:
        known = await sqlite_store.website(site.id)
        said.append(known.status_reason)
        return known.status is WebsiteStatus.PRACTISING and len(others.attempts) > 2

    async with proposer(settings, sqlite_store, folder_blobs, control, asks):
        await until(practising)
    assert {task.origin for task in await tasks_of(sqlite_store, site)} == {Origin.GROUNDED}
    assert "grounded, without the chat model" in said[-1]
    assert reason in said[-1]
    drops = await sqlite_store.drops(site.id)
    if cause:
        assert drops[f"proposed: no reply ({cause})"] >= 1
    else:
        assert drops["proposed: malformed"] >= 1


async def test_pages_of_held_out_tasks_and_of_runs_are_not_shown(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, bus: Bus, server: c.ChatServer
) -> None:
    site = await submit(sqlite_store, bus)
    wanted = task().model_copy(update={"website_id": site.id})
    await sqlite_store.add_tasks([wanted])
    for purpose in Purpose:
        id_, key = f"att_{purpose}", f"screenshots/{purpose}.jpg"
        await folder_blobs.put(key, purpose.encode())
        ended = trajectory((page(f"/{purpose}", screenshot=key), Answer())).model_copy(update={"attempt_id": id_})
        made = Attempt(id=id_, task_id=wanted.id, website_id=site.id, group_id="g", purpose=purpose)
        await sqlite_store.add_attempts([made])
        kept = await save_trajectory(folder_blobs, ended)
        await sqlite_store.record_trajectory(id_, trajectory=kept, policy_version=1, steps=1, seconds=1.0)
        verdict = Verdict(attempt_id=id_, outcome=Outcome.SUCCESS, reward=1.0, reason="", evaluator="evidence")
        await finish(sqlite_store, bus, id_, verdict)
    asks = proposing(settings, sqlite_store, folder_blobs, server)
    assert set(await asks._pictures(site)) == {b"practice", b"retention"}


async def test_a_spent_budget_stops_the_asking_and_not_the_practice(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn,
    server: c.ChatServer,
) -> None:  # fmt: skip
    site = await submit(sqlite_store, bus)
    asks = proposing(settings, sqlite_store, folder_blobs, server, website_tokens=40_000, max_output_tokens=200)
    server.always = lambda body: c.JSONResponse(
        c.completion(json.dumps({"tasks": [proposal(n) for n in range(4)]}), tokens=(35_000, 200))
    )

    async def refused() -> bool:
        return "proposed: no reply (ChatBudgetSpent)" in await sqlite_store.drops(site.id)

    async with proposer(settings, sqlite_store, folder_blobs, control, asks):
        await until(refused)
        before = len(others.attempts)

        async def goes_on() -> bool:
            return len(others.attempts) > before + 8

        await until(goes_on)
        assert "practice goes on" in (await sqlite_store.website(site.id)).status_reason
    assert len(server.asked) == 1
    (spent,) = await sqlite_store.spending(site.id)
    assert (spent.role, spent.total.tokens) == ("proposer", 35_200)
