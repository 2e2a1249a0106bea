"""Submitting websites and looking after them."""

from __future__ import annotations

import json

import pytest

from infra.contracts.messages import WebsiteSubmitted
from infra.contracts.sitemap import SiteMap
from infra.contracts.verdict import Outcome
from infra.contracts.website import WebsiteStatus
from tests.integration.api.conftest import SITE, World


async def test_a_submitted_website_is_stored_and_announced(world: World) -> None:
    answer = await world.client.post("/v1/websites", json={"url": SITE, "budget": {"attempts": 5}})
    assert answer.status_code == 201
    body = answer.json()
    assert body["name"] == "127.0.0.1"
    assert body["allowed_hosts"] == ["127.0.0.1:9"]
    assert body["status"] == "submitted"
    assert (await world.store.website(body["id"])).budget.attempts == 5
    assert (await world.operations.bus.backlog(WebsiteSubmitted, "proposer")).waiting == 1


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("http://169.254.169.254/", 403, "not a public address"),
        ("http://10.0.0.1/", 403, "not a public address"),
        ("http://[::1]/", 403, "not a public address"),
        ("http://127.0.0.2:6379/", 403, "not a public address"),
        ("http://2130706434/", 403, "not a public address"),
        ("file:///etc/passwd", 403, "only http and https"),
        ("javascript:alert(1)", 403, "only http and https"),
        ("http://no-such-host.invalid/", 422, "cannot be resolved"),
        ("http://user:secret@127.0.0.1/", 422, "user name or password"),
        ("not a url", 422, "no absolute URL"),
        ("http://", 422, "names no host"),
        ("http://127.0.0.1:99999/", 422, "no valid URL"),
        ("", 422, "at least 1 character"),
    ],
)
async def test_a_wrong_address_is_refused_with_its_reason(world: World, url: str, status: int, words: str) -> None:
    answer = await world.client.post("/v1/websites", json={"url": url})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert list(await world.store.websites()) == []


async def test_localhost_is_refused_unless_the_operator_allows_it(world: World) -> None:
    answer = await world.client.post("/v1/websites", json={"url": "http://localhost:6379/"})
    assert answer.status_code == 403
    assert "egress.allow_private" in answer.json()["detail"]


async def test_allowed_hosts_must_name_the_websites_own(world: World) -> None:
    answer = await world.client.post("/v1/websites", json={"url": SITE, "allowed_hosts": ["127.0.0.1:10"]})
    assert answer.status_code == 422
    assert "127.0.0.1:9" in answer.json()["detail"]


async def test_an_unknown_key_is_named(world: World) -> None:
    answer = await world.client.post("/v1/websites", json={"url": SITE, "budjet": {}})
    assert answer.status_code == 422
    assert "budjet" in answer.json()["detail"]


async def test_a_website_is_paused_resumed_stopped_and_deleted(world: World) -> None:
    website = await world.submit()
    path = f"/v1/websites/{website}"
    assert (await world.client.post(f"{path}/resume")).status_code == 409
    assert (await world.client.post(f"{path}/pause")).json()["status"] == "paused"
    assert (await world.client.post(f"{path}/resume")).json()["status"] == "submitted"
    assert (await world.client.post(f"{path}/stop")).json()["status"] == "stopped"
    assert (await world.client.post(f"{path}/pause")).status_code == 409
    attempt = await world.attempt(website, Outcome.SUCCESS)
    key = (await world.store.attempt(attempt)).trajectory
    assert key is not None
    assert (await world.client.delete(path)).status_code == 204
    assert (await world.client.get(path)).status_code == 404
    assert not await world.operations.blobs.exists(key)


async def test_resuming_what_was_practised_practises_on(world: World) -> None:
    website = await world.submit()
    await world.attempt(website, Outcome.SUCCESS)
    await world.store.set_website_status(website, WebsiteStatus.PRACTISING)
    await world.client.post(f"/v1/websites/{website}/pause")
    assert (await world.client.post(f"/v1/websites/{website}/resume")).json()["status"] == "practising"


async def test_lists_are_paged_newest_first(world: World) -> None:
    ids = [await world.submit(name=f"site {i}") for i in range(3)]
    first = (await world.client.get("/v1/websites", params={"limit": 2})).json()
    assert [website["id"] for website in first["items"]] == [ids[2], ids[1]]
    rest = (await world.client.get("/v1/websites", params={"limit": 2, "offset": first["next_offset"]})).json()
    assert [website["id"] for website in rest["items"]] == [ids[0]]
    assert rest["next_offset"] is None


async def test_a_website_is_shown_with_its_progress(world: World) -> None:
    website = await world.submit()
    await world.attempt(website, Outcome.SUCCESS)
    await world.attempt(website, Outcome.FAILURE)
    await world.attempt(website, Outcome.UNSCORED)
    view = (await world.client.get(f"/v1/websites/{website}")).json()
    assert (view["attempts"], view["tasks"], view["recent_success"]) == (3, 3, 0.5)


async def test_the_curriculum_shows_skills_pools_and_the_curve(world: World) -> None:
    website = await world.submit()
    for outcome in (Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE):
        await world.attempt(website, outcome)
    view = (await world.client.get(f"/v1/websites/{website}/curriculum")).json()
    [point] = view["curve"]
    assert (point["attempts"], point["successes"]) == (3, 2)
    assert point["low"] < point["success"] < point["high"]
    [skill] = view["report"]["skills"]
    assert (skill["skill"], skill["tasks"]) == ("navigate:/x", 3)
    assert skill["best_attempt"] is not None
    assert skill["last_practised"] is not None
    assert (skill["trend"], skill["forgetting"]) == (None, None)  # too few attempts
    assert view["report"]["tasks_by_pool"]["fresh"] == 3


async def test_the_map_is_given_once_there_is_one(world: World) -> None:
    website = await world.submit()
    missing = await world.client.get(f"/v1/websites/{website}/sitemap")
    assert missing.status_code == 404
    assert "submitted" in missing.json()["detail"]
    await world.store.save_sitemap(SiteMap(website_id=website, start_url=SITE))
    assert (await world.client.get(f"/v1/websites/{website}/sitemap")).json()["start_url"] == SITE


async def test_a_task_of_ones_own_is_added(world: World) -> None:
    website = await world.submit()
    path = f"/v1/websites/{website}/tasks"
    body = {"instruction": "What does the kettle cost?", "kind": "find", "evidence": {"answer": "24.50"}}
    added = await world.client.post(path, json=body)
    assert added.status_code == 201
    assert (added.json()["origin"], added.json()["start_url"]) == ("human", SITE)
    assert [task["id"] for task in (await world.client.get(path)).json()["items"]] == [added.json()["id"]]
    elsewhere = await world.client.post(path, json={**body, "start_url": "http://127.0.0.2/"})
    assert elsewhere.status_code == 422
    assert "127.0.0.1:9" in elsewhere.json()["detail"]


@pytest.mark.parametrize("path", ["", "/sitemap", "/curriculum", "/tasks"])
async def test_an_unknown_website_is_not_found(world: World, path: str) -> None:
    answer = await world.client.get(f"/v1/websites/web_nowhere{path}")
    assert answer.status_code == 404
    assert "web_nowhere" in answer.json()["detail"]


@pytest.mark.parametrize("host", ["a.test:port", "user@a.test", "https://a.test", "*.a.test", "a.test/path", "a b"])
async def test_an_allowed_host_is_a_host(world: World, host: str) -> None:
    answer = await world.client.post("/v1/websites", json={"url": SITE, "allowed_hosts": ["127.0.0.1:9", host]})
    assert answer.status_code == 422
    assert host in answer.json()["detail"]


async def test_what_cannot_be_stored_is_refused_in_words(world: World) -> None:
    website = await world.submit()
    for text in ("half \ud83d", "nul \0"):
        evidence = {"instruction": "x", "evidence": {"heading": text}}
        for path, body in (
            ("/v1/websites", {"url": SITE, "name": text}),
            (f"/v1/websites/{website}/tasks", evidence),
            ("/v1/runs", {"instruction": "x", "website_id": text}),
        ):
            answer = await world.client.post(
                path, content=json.dumps(body), headers={"content-type": "application/json"}
            )
            assert answer.status_code == 422, (path, answer.text)
            assert "cannot be stored" in answer.json()["detail"]
    assert (await world.client.get("/v1/websites/%00")).status_code == 404
    assert (await world.client.get("/v1/trajectories?website_id=%00")).status_code == 404
    assert (await world.client.post("/v1/runs", json={"instruction": "x", "policy_version": 2**40})).status_code == 422
