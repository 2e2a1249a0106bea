"""Replicas together: who is asked, what is loaded where, and what is said when it goes wrong."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from pydantic import SecretStr

from agent.policy.vlm.fleet import Fleet, open_fleet
from agent.policy.vlm.replica import Adapter, Question, Replica
from infra.errors import AdapterRefused, PolicyError, PolicyUnavailable
from infra.settings_vlm import VlmSettings
from tests.fixtures.vllm import REPLY, ScriptedVllm

ONE, TWO = Adapter("pae-1", "/adapters/1"), Adapter("pae-2", "/adapters/2")
ASKED = Question([{"role": "user", "content": "hi"}], "Thought: .*", 0.7, 64)


async def test_a_version_is_loaded_everywhere_and_asked_by_its_name(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    await fleet.load(ONE)
    assert [server.adapters for server in servers] == [{"pae-1": "/adapters/1"}] * 2
    said = await fleet.ask(ONE, ASKED)
    assert (said.text, said.whole, said.prompt) == (REPLY, True, (1, 2))
    assert said.written.log_probs == (-0.5,) * len(said.written.tokens)
    body = servers[0].asked[0]
    assert body["model"] == "pae-1"
    assert body["structured_outputs"] == {"regex": ASKED.grammar}
    assert body["temperature"] == 0.7
    assert not [name for name in body if name.startswith("guided")]


async def test_loading_again_changes_nothing(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    await fleet.load(ONE)
    await fleet.load(ONE)
    assert servers[0].adapters == {"pae-1": "/adapters/1"}
    assert servers[0].site.requests.count("POST /v1/load_lora_adapter") == 1


async def test_another_adapter_of_that_name_is_not_taken_for_it(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    servers[1].adapters["pae-1"] = "/elsewhere/1"
    with pytest.raises(AdapterRefused, match="serves another pae-1, from /elsewhere/1"):
        await fleet.load(ONE)
    assert servers[0].adapters == {}


async def test_what_one_replica_refuses_is_taken_back_from_all(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    await fleet.load(ONE)
    servers[1].refuses.add("2")
    with pytest.raises(AdapterRefused, match=r"header too large.*what was served before still is"):
        await fleet.load(TWO)
    assert [set(server.adapters) for server in servers] == [{"pae-1"}] * 2
    assert (await fleet.ask(ONE, ASKED)).text == REPLY


async def test_a_replica_that_is_away_is_passed_over(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    await servers[0].stop()
    await fleet.load(ONE)
    assert servers[1].adapters == {"pae-1": "/adapters/1"}
    assert [(await fleet.ask(ONE, ASKED)).text for _ in range(3)] == [REPLY] * 3
    assert await fleet.adapters() == {"pae-1"}
    await fleet.unload("pae-1")
    assert servers[1].adapters == {}


async def test_with_no_replica_at_all_it_is_said(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    for server in servers:
        await server.stop()
    with pytest.raises(PolicyUnavailable, match="no replica can be reached"):
        await fleet.load(ONE)
    with pytest.raises(PolicyUnavailable, match="no replica answers"):
        await fleet.ask(ONE, ASKED)


async def test_a_replica_that_lacks_the_version_loads_it(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    assert (await fleet.ask(ONE, ASKED)).text == REPLY
    assert servers[0].adapters == {"pae-1": "/adapters/1"}
    assert servers[1].adapters == {}


async def test_trouble_passes(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    await fleet.load(ONE)
    for server in servers:
        server.trouble = 1
    assert (await fleet.ask(ONE, ASKED)).text == REPLY


async def test_questions_go_to_the_least_busy(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    await fleet.load(ONE)
    for server in servers:
        server.gate = asyncio.Event()
    asking = [asyncio.create_task(fleet.ask(ONE, ASKED)) for _ in range(4)]
    async with asyncio.timeout(5):
        while sum(len(server.asked) for server in servers) < 4:  # noqa: ASYNC110 - the servers know, nobody tells
            await asyncio.sleep(0)
    assert [len(server.asked) for server in servers] == [2, 2]
    for server in servers:
        assert server.gate is not None
        server.gate.set()
    assert [said.text for said in await asyncio.gather(*asking)] == [REPLY] * 4


async def test_the_answer_of_another_version_is_none(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    await fleet.load(ONE)
    servers[0].answers_as = "base"
    with pytest.raises(PolicyError, match="base answered"):
        await fleet.ask(ONE, ASKED)


async def test_the_key_is_sent_and_not_said(servers: list[ScriptedVllm]) -> None:
    settings = VlmSettings(replicas=(servers[0].url,), api_key=SecretStr("sesame-open-now"))
    assert "sesame" not in repr(settings)
    async with open_fleet(settings) as fleet:
        assert await fleet.adapters() == set()
        (replica,) = fleet._replicas
        assert replica._client.headers["authorization"] == "Bearer sesame-open-now"


async def test_what_is_no_vllm_is_told_from_one(servers: list[ScriptedVllm]) -> None:
    servers[0].site.answer("/v1/models", "<html>hello</html>")
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(PolicyUnavailable, match="does not say what it serves"):
            await Replica(servers[0].url, client).adapters()
