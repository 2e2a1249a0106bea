"""The whole loop in real processes: survey, tasks, attempts in Chromium, verdicts, updates, versions switched live."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from agent.policy.vlm.adapters import name_of
from infra.contracts.attempt import AttemptState
from infra.settings_vlm import VlmSettings
from infra.supervisor import Stack, StackOptions
from tests.fixtures.stacks import QUICK, all_attempts, until
from tests.vllm.asking import lessons, question
from tests.vllm.conftest import LEARNER

SURVEY = {"pages": 8, "depth": 1, "seconds": 20}
VERSIONS = 3


def options(folder: Path, settings: VlmSettings) -> StackOptions:
    """Return a stack whose policy is the served model."""
    own = {
        "PAE_POLICY__BACKEND": "vlm",
        "PAE_POLICY__EMBEDDINGS": "off",
        "PAE_POLICY__VLM__REPLICAS": json.dumps(settings.replicas),
        "PAE_POLICY__VLM__MODEL": settings.model,
        "PAE_POLICY__VLM__ADAPTERS": settings.adapters,
        "PAE_POLICY__VLM__ELEMENT_TOKENS": "200",
        "PAE_POLICY__VLM__HISTORY_STEPS": "2",
        "PAE_POLICY__VLM__THOUGHT_CHARACTERS": "30",
        "PAE_POLICY__VLM__TEXT_CHARACTERS": "20",
        "PAE_POLICY__VLM__DRAIN_SECONDS": "6",
        "PAE_LEARNER__OBJECTIVE": "combined",
        "PAE_LEARNER__VLM__PUBLISH_SECONDS": "4",
        "PAE_LEARNER__VLM__RANK": str(LEARNER.vlm.rank),
        "PAE_LEARNER__VLM__LEARNING_RATE": "1e-3",
        "PAE_LEARNER__VLM__BATCH_STEPS": "8",
        "PAE_LEARNER__VLM__MICRO_BATCH": "8",
        "PAE_LEARNER__VLM__CHECKPOINTING": "false",
        "PAE_LEARNER__VLM__DEVICE": "cpu",
    }
    return StackOptions(folder=folder, contexts=2, port=0, sandbox=True, sandbox_sites="shop", environment=QUICK | own)


async def submit(client: httpx.AsyncClient, url: str) -> str:
    """Submit the website; return its id."""
    safety = {"pages_per_second": 500, "third_party_resources": False}
    answer = await client.post("/v1/websites", json={"url": url, "survey": SURVEY, "safety": safety})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def ask_on(client: httpx.AsyncClient, replica: str, answered: Counter[str], failed: list[str]) -> None:
    """Ask whatever version is the active one, again and again."""
    asked = question(lessons(1, seed=3)[0])
    body = {"messages": asked.messages, "max_tokens": 40, "structured_outputs": {"regex": asked.grammar}}
    async with httpx.AsyncClient(timeout=60, trust_env=False) as plain:
        while True:
            name = name_of(await active(client))
            answer = await plain.post(f"{replica}/v1/chat/completions", json=body | {"model": name})
            answered[name] += 1
            if answer.is_error or answer.json()["model"] != name:
                failed.append(answer.text)


async def active(client: httpx.AsyncClient) -> str:
    """Return the folder of the active version."""
    while True:
        listed = (await client.get("/v1/policies", params={"limit": 200})).raise_for_status().json()
        for item in listed["items"]:
            if item["active"]:  # none where a version was published while the list was read
                return str(item["policy"]["weights"])


async def test_the_loop_learns_and_switches_while_it_is_asked(
    tmp_path: Path, settings: VlmSettings, replica: str
) -> None:
    answered: Counter[str] = Counter()
    failed: list[str] = []
    async with Stack(options(tmp_path / "pae", settings)) as stack:
        await stack.ready()
        async with httpx.AsyncClient(base_url=stack.api, timeout=20, trust_env=False) as client:
            website = await submit(client, stack.sandbox_sites["shop"])
            asking = asyncio.create_task(ask_on(client, replica, answered, failed))

            async def acted() -> list[dict[str, Any]] | None:
                ended = [one["attempt"] for one in await all_attempts(client, website)]
                by = {one["policy_version"] for one in ended if one["state"] == AttemptState.COMPLETED}
                return ended if len(by) >= VERSIONS else None

            attempts = await until(acted, 600, f"attempts by {VERSIONS} versions")
            versions = (await client.get("/v1/policies")).json()["items"]
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
    states = Counter(one["state"] for one in attempts)
    by = Counter(one["policy_version"] for one in attempts if one["policy_version"] is not None)
    print(f"attempts {dict(states)} by versions {dict(by)}; asked besides: {dict(answered)}")  # noqa: T201
    assert failed == []
    assert len(answered) >= VERSIONS
    assert AttemptState.DEAD_LETTERED not in states
    assert max(one["policy"]["updates"] for one in versions) > 0
    assert all(child.restarts == 0 for child in stack.children.values())
