"""Demonstrations and spending as the API takes and shows them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from infra.contracts.chat import Price
from infra.errors import NotFound
from tests.integration.api.conftest import SITE, World
from tests.unit.infra.test_demos import JPEG, call, trace

PICTURE = base64.b64encode(JPEG).decode()


async def test_demonstrations_are_kept_with_their_pictures_and_deleted_with_the_website(world: World) -> None:
    har = {
        "log": {"entries": [{"request": {"method": "GET", "url": SITE}, "_resourceType": "document", "response": {}}]}
    }
    demos: list[dict[str, Any]] = [
        {"instruction": "Look around"},
        {"instruction": "Buy", "steps": ["open", {"text": "click", "screenshot": PICTURE}]},
        {"instruction": "Search", "trace": base64.b64encode(trace(call(1, "goto", url=SITE))).decode()},
        {"instruction": "Read", "har": har},
        {"instruction": "Read again", "har": json.dumps(har), "answer": "4"},
    ]
    website_id = await world.submit(demos=demos)
    kept = (await world.store.website(website_id)).demos
    assert [demo.steps for demo in kept] == [(), ("open", "click"), ("open /",), ("open /",), ("open /", "answer “4”")]
    (key,) = kept[1].screenshots
    assert await world.operations.blobs.get(key) == JPEG
    await world.client.delete(f"/v1/websites/{website_id}")
    with pytest.raises(NotFound):
        await world.operations.blobs.get(key)


@pytest.mark.parametrize(
    ("demo", "words"),
    [
        (
            {"instruction": "Buy", "trace": base64.b64encode(b"no zip").decode()},
            "demos.0: the trace is no readable ZIP",
        ),
        ({"instruction": "Buy", "har": "{"}, "demos.0: the HAR cannot be read"),
        ({"instruction": "Buy", "steps": [{"text": "x", "screenshot": "R0lG"}]}, "demos.0: a picture is neither"),
        ({"instruction": "Buy", "steps": ["a"], "har": {}}, "not several of them"),
        ({"instruction": "Buy", "trace": "***"}, "demos.0: the trace is no readable ZIP"),
        ({"instruction": ""}, "demos.0.instruction"),
        ({"instruction": "Buy", "screenshots": ["trajectories/x"]}, "demos.0.screenshots"),
    ],
)
async def test_a_demonstration_that_cannot_be_read_is_refused(world: World, demo: dict[str, Any], words: str) -> None:
    answer = await world.client.post("/v1/websites", json={"url": SITE, "demos": [demo]})
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert await world.store.websites() == []


async def test_what_chat_models_cost_is_shown(world: World) -> None:
    website_id = await world.submit()
    assert (await world.client.get(f"/v1/websites/{website_id}")).json()["spending"] == []
    held = Price(tokens=50, cost=10)
    for _ in range(2):
        await world.store.hold_spending(website_id, "judge", held, most_tokens=None, most_cost=None)
    await world.store.settle_spending(
        website_id, "judge", held, calls=1, input_tokens=30, output_tokens=5, cost=1_500_000
    )
    (spent,) = (await world.client.get(f"/v1/websites/{website_id}")).json()["spending"]
    assert spent == {"role": "judge", "calls": 1, "tokens": 85, "cost": 1.50001}


async def test_a_rubric_of_ones_own_needs_a_judge(world: World) -> None:
    website_id = await world.submit()
    body = {"instruction": "Find the nicest lamp", "rubric": ["A lamp is shown."]}
    answer = await world.client.post(f"/v1/websites/{website_id}/tasks", json=body)
    assert answer.status_code == 422
    assert "evaluator.backend" in answer.json()["detail"]
