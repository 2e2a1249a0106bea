"""The whole loop with chat models: tasks that one proposes, attempts that another judges, and what when both fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from infra.supervisor import Stack, StackOptions
from tests.fixtures import chat_server as c
from tests.fixtures.stacks import QUICK, all_attempts, submit_shop, until

NUMBERS = count(1)
TROUBLE = (c.text("It seems fine."), c.fails(500), c.refuses, c.truncated, c.says({"verdict": "success"}), c.fails(429))


def proposals(body: c.Body) -> dict[str, Any]:
    return {
        "tasks": [
            {
                "instruction": f"Say what number {next(NUMBERS)} on the start page is about",
                "start_path": "/", "kind": "find", "ending": "done", "rubric": ["The start page is shown."],
                "skill": "read", "actions": 1, "needs_sign_in": False,
            }
            for _ in range(4)
        ]
    }  # fmt: skip


def judgement(body: c.Body) -> dict[str, Any]:
    criteria = [{"number": 1, "seen": "a page", "holds": "yes"}]
    return {"critique": "It is shown.", "criteria": criteria, "can_be_done": "yes", "verdict": "success"}


WELL = c.by_schema(Proposals=proposals, Judgement=judgement)


@pytest.fixture
async def server() -> AsyncIterator[c.ChatServer]:
    async with c.serving(WELL) as known:
        yield known


def options(folder: Path, server: c.ChatServer) -> StackOptions:
    chat = {
        "PAE_CHAT__MODEL": "m",
        "PAE_CHAT__BASE_URL": server.url,
        "PAE_CHAT__RETRIES": "1",
        "PAE_CHAT__RETRY_SECONDS": "0.01",
        "PAE_PROPOSER__BACKEND": "llm",
        "PAE_PROPOSER__LIKENESS": "ngrams",
        "PAE_EVALUATOR__BACKEND": "judge",
    }
    return StackOptions(folder=folder, contexts=2, port=0, sandbox=True, environment={**QUICK, **chat})


async def verdicts(client: httpx.AsyncClient, website: str, outcome: str) -> list[dict[str, Any]]:
    found = [one["verdict"] for one in await all_attempts(client, website)]
    return [one for one in found if one and one["evaluator"] == "judge" and one["outcome"] == outcome]


async def test_the_loop_runs_on_chat_models_and_goes_on_when_they_fail(tmp_path: Path, server: c.ChatServer) -> None:
    async with Stack(options(tmp_path, server)) as stack, httpx.AsyncClient(base_url=stack.api, timeout=20) as client:
        await stack.ready()
        website = await submit_shop(client, stack.sandbox_sites["shop"])
        await until(lambda: verdicts(client, website, "success"), 60, "a success by the judge")
        tasks = (await client.get(f"/v1/websites/{website}/tasks")).json()["items"]
        assert {task["origin"] for task in tasks} == {"llm"}
        assert server.pictures[0] >= 1  # the proposer sees how the site looks
        kept = {path.parent.name[:4] for path in (tmp_path / "blobs").rglob("*.jpg")}
        assert kept == {"att_"}  # the pictures that the proposer saw went with the survey
        judged = [number for number, text in enumerate(server.texts) if "The start page is shown." in text]
        assert all(1 <= server.pictures[number] <= 3 for number in judged)

        turns = count()
        server.always = lambda body: TROUBLE[next(turns) % len(TROUBLE)](body)
        await until(lambda: verdicts(client, website, "unscored"), 30, "an unscored attempt")
        (failed, *_) = await verdicts(client, website, "unscored")
        assert failed["reward"] is None
        assert "The judge failed (Chat" in failed["reason"]

        server.always = WELL
        before = len(await verdicts(client, website, "success"))

        async def more() -> bool:
            return len(await verdicts(client, website, "success")) > before

        await until(more, 30, "another success")
        spending = (await client.get(f"/v1/websites/{website}")).json()["spending"]
        assert {one["role"] for one in spending} == {"judge", "proposer"}
        assert (await client.get("/v1/dead-letters")).json() == []
