"""Trajectories, runs, policies, control, health and events."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
import uvicorn

from infra.api.app import create_app
from infra.api.deps import Deps
from infra.attempts import finish
from infra.contracts.attempt import Purpose
from infra.contracts.messages import TaskDispatched
from infra.contracts.verdict import Outcome, Verdict
from infra.settings import RedisSettings, Settings
from tests.fixtures.dashboard import learnt
from tests.fixtures.services import free_port
from tests.integration.api.conftest import SITE, World


async def test_a_trajectory_is_shown_with_steps_picture_and_verdict(world: World) -> None:
    attempt = await world.attempt(await world.submit(), Outcome.SUCCESS)
    view = (await world.client.get(f"/v1/trajectories/{attempt}")).json()
    assert view["instruction"] == "Open the lamp"
    assert [step["action"]["type"] for step in view["trajectory"]["steps"]] == ["click", "answer"]
    assert view["verdict"]["outcome"] == "success"
    picture = await world.client.get(f"/v1/trajectories/{attempt}/screenshots/0")
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.content.startswith(b"\xff\xd8")
    assert (await world.client.get(f"/v1/trajectories/{attempt}/screenshots/1")).status_code == 404
    assert "from 0 to 2" in (await world.client.get(f"/v1/trajectories/{attempt}/screenshots/3")).json()["detail"]


async def test_trajectories_are_filtered(world: World) -> None:
    website = await world.submit()
    practice = await world.attempt(website, Outcome.SUCCESS)
    held_out = await world.attempt(website, Outcome.FAILURE, purpose=Purpose.EVALUATION)

    async def ids(**parameters: str) -> set[str]:
        found = (await world.client.get("/v1/trajectories", params=parameters)).json()["items"]
        return {item["attempt"]["id"] for item in found}

    assert await ids(website_id=website) == {practice, held_out}
    assert await ids(purpose="evaluation") == {held_out}
    assert await ids(state="blocked") == set()


async def test_a_person_labels_an_attempt(world: World) -> None:
    attempt = await world.attempt(await world.submit(), Outcome.SUCCESS)
    path = f"/v1/trajectories/{attempt}"
    said = await world.client.put(f"{path}/label", json={"outcome": "failure", "reason": "The wrong lamp."})
    assert said.json()["evaluator"] == "human"
    view = (await world.client.get(path)).json()
    assert (view["label"]["outcome"], view["verdict"]["outcome"]) == ("failure", "success")
    assert (await world.client.put(f"{path}/label", json={"outcome": "blocked"})).status_code == 422


async def test_a_run_is_dispatched_and_its_answer_shown(world: World) -> None:
    website = await world.submit()
    begun = await world.client.post("/v1/runs", json={"website_id": website, "instruction": "How much is the lamp?"})
    assert begun.status_code == 202
    attempt = begun.json()["attempt"]
    assert (attempt["purpose"], attempt["temperature"]) == ("run", 0.0)
    assert (await world.operations.bus.backlog(TaskDispatched, "agent")).waiting == 1
    assert (await world.client.get(f"/v1/runs/{attempt['id']}")).json()["answer"] is None
    done = await world.attempt(website, Outcome.UNSCORED, purpose=Purpose.RUN)
    assert (await world.client.get(f"/v1/runs/{done}")).json()["answer"] == "42"
    practice = await world.attempt(website, Outcome.SUCCESS)
    assert (await world.client.get(f"/v1/runs/{practice}")).status_code == 404


async def test_a_run_on_an_unknown_website_makes_one_that_is_not_practised(world: World) -> None:
    first = await world.client.post("/v1/runs", json={"url": SITE, "instruction": "Look around"})
    again = await world.client.post("/v1/runs", json={"url": SITE + "other", "instruction": "Look around"})
    assert first.json()["attempt"]["website_id"] == again.json()["attempt"]["website_id"]
    [website] = await world.store.websites()
    assert website.status == "paused"
    refused = await world.client.post("/v1/runs", json={"url": "http://127.0.0.2/", "instruction": "Look around"})
    assert refused.status_code == 403
    nowhere = await world.client.post("/v1/runs", json={"instruction": "Look around"})
    assert "website_id or a url" in nowhere.json()["detail"]


async def test_an_attempt_is_stopped_once(world: World) -> None:
    website = await world.submit()
    begun = await world.client.post("/v1/runs", json={"website_id": website, "instruction": "Look around"})
    attempt = begun.json()["attempt"]["id"]
    stopped = await world.client.post(f"/v1/trajectories/{attempt}/stop")
    assert (stopped.status_code, stopped.json()["state"]) == (202, "stopped")
    assert await world.operations.control.halted(website, attempt, Purpose.RUN) == "the attempt was stopped"
    assert (await world.client.post(f"/v1/trajectories/{attempt}/stop")).status_code == 409


async def test_policies_are_listed_and_an_older_one_activated(world: World) -> None:
    for version in (0, 1):
        await world.store.add_policy(learnt(version), activate=True)
    await world.operations.blobs.put(learnt(0).weights, b"weights")
    listed = (await world.client.get("/v1/policies")).json()["items"]
    assert [(view["policy"]["version"], view["active"]) for view in listed] == [(1, True), (0, False)]
    newest, first = listed[0]["policy"], listed[1]["policy"]
    assert (newest["balance"]["groups"], newest["balance"]["temperatures"][1]["value"]) == (80, 1.0)
    assert (newest["sampling"]["probes"], first["balance"]) == ([0.8, 1.2], None)
    assert "pae_sampling_temperature 1.0" in (await world.client.get("/metrics")).text
    assert (await world.client.post("/v1/policies/0/activate")).json()["active"]
    active = await world.store.active_policy()
    assert active is not None
    assert active.version == 0
    assert (await world.client.post("/v1/policies/7/activate")).status_code == 404
    await world.store.add_policy(learnt(2).model_copy(update={"shape": "another"}), activate=False)
    refused = await world.client.post("/v1/policies/2/activate")
    assert refused.status_code == 409
    assert "do not fit" in refused.json()["detail"]
    await world.store.add_policy(learnt(3).model_copy(update={"weights": "policies/3/weights.pt"}), activate=False)
    refused = await world.client.post("/v1/policies/3/activate")
    assert refused.status_code == 409
    assert "not kept any more" in refused.json()["detail"]
    assert (await world.client.get(f"/v1/policies/{2**63}")).status_code == 422
    assert await world.store.active_policy() == active


async def test_everything_is_stopped_and_goes_on(world: World) -> None:
    website = await world.submit()
    assert (await world.client.put("/v1/control/stop")).json() == {"stopped": True}
    assert "stopped by the operator" in (await world.operations.control.halted(website, "att", Purpose.RUN) or "")
    refused = await world.client.post("/v1/runs", json={"website_id": website, "instruction": "Look around"})
    assert refused.status_code == 409
    assert (await world.client.delete("/v1/control/stop")).json() == {"stopped": False}
    assert await world.operations.control.halted(website, "att", Purpose.RUN) is None


async def test_health_says_what_is_missing(world: World) -> None:
    await world.operations.control.beat("agent-1", {"kind": "agent"}, 10)
    assert (await world.client.get("/healthz")).json() == {"status": "ok"}
    assert (await world.client.get("/readyz")).json() == {"status": "ready", "workers": {"agent": 1}}
    await world.attempt(await world.submit(), Outcome.SUCCESS)
    figures = (await world.client.get("/metrics")).text
    assert 'pae_attempts{state="completed"} 1.0' in figures
    assert 'pae_workers{kind="agent"} 1.0' in figures
    world.redis.kill()
    answer = await world.client.get("/readyz")
    assert answer.status_code == 503
    assert "Redis" in answer.json()["detail"]
    world.redis.start()


async def test_keys_are_needed_where_there_are_any(world: World) -> None:
    client = world.open_client("a-key-of-sixteen-letters", host="pae.example.com")
    assert (await client.get("/healthz")).status_code == 200
    refused = await client.get("/v1/websites")
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    for headers in ({"Authorization": "Bearer a-key-of-sixteen-letters"}, {"X-API-Key": "a-key-of-sixteen-letters"}):
        assert (await client.get("/v1/websites", headers=headers)).status_code == 200
    assert (await client.get("/metrics", headers={"X-API-Key": "another-key-of-ours"})).status_code == 401


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 200), ("localhost:8080", 200), ("evil.example", 421)])
async def test_without_keys_only_names_of_this_machine_are_answered(world: World, host: str, status: int) -> None:
    assert (await world.client.get("/v1/websites", headers={"Host": host})).status_code == status


async def test_a_wrong_path_is_a_problem_too(world: World) -> None:
    answer = await world.client.get("/v1/nothing")
    assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")


async def test_the_openapi_document_has_examples(world: World) -> None:
    document = (await world.client.get("/openapi.json")).json()
    assert document["components"]["schemas"]["NewWebsite"]["examples"]
    assert "/v1/trajectories/{attempt_id}/screenshots/{index}" in document["paths"]


async def test_events_are_sent_as_they_happen_and_missed_ones_again(world: World) -> None:
    website = await world.submit()
    settings = Settings(redis=RedisSettings(url=world.redis.url))
    app = create_app(Deps(world.operations, settings))
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            headers = {"Last-Event-ID": "0-1"}
            async with client.stream("GET", "/v1/events", headers=headers) as stream:
                lines = stream.aiter_lines()
                assert await _next(lines) == ("website.submitted", website)
                attempt = await world.attempt(website, Outcome.FAILURE)
                assert await _next(lines) == ("verdict.issued", attempt)
    finally:
        server.should_exit = True
        await serving


async def _next(lines: object) -> tuple[str, str]:
    """Return kind and subject of the next event."""
    kind = ""
    async with asyncio.timeout(10):
        async for line in lines:  # type: ignore[attr-defined]
            if line.startswith("event:"):
                kind = line.removeprefix("event:").strip()
            elif line.startswith("data:"):
                data = json.loads(line.removeprefix("data:"))
                return kind, data["website_id"] if kind == "website.submitted" else data["id"]
    raise AssertionError("the stream ended")


async def test_ending_an_attempt_twice_keeps_the_first_verdict(world: World) -> None:
    attempt = await world.attempt(await world.submit(), Outcome.SUCCESS)
    other = Verdict(attempt_id=attempt, outcome=Outcome.FAILURE, reward=0.0, reason="No.", evaluator="evidence")
    assert not await finish(world.store, world.operations.bus, attempt, other)
    assert (await world.client.get(f"/v1/trajectories/{attempt}")).json()["verdict"]["outcome"] == "success"
