"""Task files through the API: as JSON, as JSON lines, wrapped, uploaded; what is wrong is said with its line."""

from __future__ import annotations

import json

import pytest

from infra.contracts.task import Evidence, Origin
from tests.fixtures.taskfiles import arena, voyager
from tests.integration.api.conftest import SITE, World

VOYAGER = voyager(SITE)
ARENA = arena()


async def add(world: World, content: str, kind: str, **parameters: object) -> tuple[int, dict[str, object]]:
    website = await world.submit()
    answer = await world.client.post(
        f"/v1/websites/{website}/tasks", content=content, headers={"content-type": kind}, params=parameters
    )
    stored = await world.store.tasks(website)
    if answer.status_code == 201:
        assert [task.id for task in stored] == [one["id"] for one in answer.json()["added"]]
    else:
        assert list(stored) == []
    return answer.status_code, answer.json()


async def test_webarenas_list_is_added_with_the_evidence_that_can_be_expressed(world: World) -> None:
    status, said = await add(world, ARENA, "application/json", host=[f"SHOPPING={SITE}", "REDDIT=http://127.0.0.1:10"])
    assert (status, said["format"]) == (201, "webarena")
    website = (await world.store.websites())[0]
    stored = {task.metadata["file_id"]: task for task in await world.store.tasks(website.id)}
    assert stored["21"].evidence == Evidence(answer="Joseph Brzezinski", max_submits=1000)
    assert stored["21"].origin is Origin.HUMAN
    assert [(one["file_id"], bool(one["unscored"])) for one in said["added"]] == [
        ("21", False),
        ("22", True),
        ("23", False),
    ]
    assert [(one["file_id"], one["line"]) for one in said["rejected"]] == [("24", 8)]
    assert "127.0.0.1:10" in said["rejected"][0]["reason"]


@pytest.mark.parametrize("kind", ["application/x-ndjson", "text/plain"])
async def test_webvoyagers_lines_are_added_without_evidence(world: World, kind: str) -> None:
    status, said = await add(world, VOYAGER, kind)
    assert (status, said["format"], len(said["added"]), len(said["rejected"])) == (201, "webvoyager", 2, 1)
    assert all(one["unscored"] for one in said["added"])


async def test_content_in_json_and_an_upload_say_the_same(world: World) -> None:
    website = await world.submit()
    path = f"/v1/websites/{website}/tasks"
    wrapped = await world.client.post(path, json={"content": VOYAGER})
    upload = await world.client.post(path, files={"file": ("tasks.jsonl", VOYAGER, "application/octet-stream")})
    assert (wrapped.status_code, upload.status_code) == (201, 201), upload.text
    assert [one["file_id"] for one in wrapped.json()["added"]] == [one["file_id"] for one in upload.json()["added"]]
    assert (await world.client.post(path, files={"other": ("x", "y")})).status_code == 422


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (json.dumps([1], indent=0), "application/json", "line 2: this is neither"),
        (VOYAGER + '{"web_name": "x"', "application/x-ndjson", "line 4: this is no JSON"),
        (VOYAGER + '{"web_name": "x", "id": "y", "web": "z"}', "text/plain", "line 4: ques"),
        ("\n", "text/plain", "no tasks"),
    ],
)
async def test_a_broken_file_is_refused_as_a_whole(world: World, content: str, kind: str, words: str) -> None:
    status, said = await add(world, content, kind)
    assert status == 422
    assert words in str(said["detail"])


async def test_a_wrong_host_option_is_refused(world: World) -> None:
    status, said = await add(world, ARENA, "application/json", host="shopping")
    assert status == 422
    assert "SHOPPING=" in str(said["detail"])


async def test_one_task_is_still_one_task(world: World) -> None:
    website = await world.submit()
    path = f"/v1/websites/{website}/tasks"
    one = await world.client.post(path, json={"instruction": "Open the lamp"})
    assert (one.status_code, one.json()["instruction"]) == (201, "Open the lamp")
    misspelt = await world.client.post(path, json={"instrction": "Open the lamp"})
    assert misspelt.status_code == 422
    assert "instrction" in misspelt.json()["detail"]
    assert "content" not in misspelt.json()["detail"]
    described = (await world.client.get("/openapi.json")).json()
    assert "NewTask" in described["components"]["schemas"]
