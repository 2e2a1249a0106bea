"""The policy's port over replicas: what is asked of a turn, and what is made of the reply."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from agent.policy.base import Past, Turn
from agent.policy.site import SiteIndex
from agent.policy.vlm.adapters import adapter, budget
from agent.policy.vlm.fleet import Fleet
from agent.policy.vlm.serving import from_fleet
from infra.contracts.action import Click, Scroll
from infra.contracts.policy import PolicyVersion
from infra.errors import PolicyError
from infra.settings_vlm import VlmSettings
from tests.fixtures.vllm import ScriptedVllm
from tests.unit.agent.making import link, page

SETTINGS = VlmSettings(adapters="/adapters", thought_characters=30, text_characters=10)
VERSION = PolicyVersion(version=3, weights="000003-ab", backend="vlm")
PAGE = page("/", "Home", elements=(link(0, "Lamps", "/lamps"), link(1, "Chairs", "/chairs")))
PAST = Past(PAGE, Scroll(direction="down"), thought="Further down.")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    return out.getvalue()


def turn(*, temperature: float = 0.8, blind: bool = False) -> Turn:
    async def look() -> bytes:
        return jpeg()

    seen = PAGE.model_copy(update={"error": "the click did nothing"})
    given = {"history": (PAST,), "temperature": temperature, "look": None if blind else look}
    return Turn("Open the chairs", seen, SiteIndex(None), **given)  # type: ignore[arg-type]


async def test_a_turn_is_shown_and_its_reply_read(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    policy = await from_fleet(fleet, SETTINGS)(VERSION)
    decision = await policy.decide(turn())
    assert policy.version == 3
    assert (decision.action, decision.thought) == (Click(mark=1), "There.")
    assert decision.written is not None
    assert decision.log_prob == pytest.approx(sum(decision.written.log_probs))
    asked = servers[0].asked[0]
    assert asked["model"] == "pae-000003-ab"
    assert servers[0].adapters == {"pae-000003-ab": "/adapters/000003-ab"}
    picture, text = asked["messages"][0]["content"]
    marked = base64.b64decode(picture["image_url"]["url"].removeprefix("data:image/jpeg;base64,"))
    assert Image.open(io.BytesIO(marked)).size == (64, 48)
    for told in ("Open the chairs", '[1] link "Chairs"', "Further down.", "The last action failed: the click did noth"):
        assert told in text["text"]
    pattern = re.compile(asked["structured_outputs"]["regex"])
    assert pattern.fullmatch("Thought: There.\nAction: click [1]")
    assert not pattern.fullmatch("Thought: There.\nAction: click [7]")
    assert not pattern.fullmatch(f"Thought: {'x' * 31}\nAction: back")
    assert asked["max_tokens"] == budget(SETTINGS).reply_tokens


async def test_a_greedy_decision_was_not_sampled(fleet: Fleet) -> None:
    policy = await from_fleet(fleet, SETTINGS)(VERSION)
    assert (await policy.decide(turn(temperature=0))).log_prob == 0.0


async def test_a_reply_that_was_cut_off_is_sampled_again(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    policy = await from_fleet(fleet, SETTINGS)(VERSION)
    servers[0].replies = [("Thought: on and on", "length")]
    assert (await policy.decide(turn())).action == Click(mark=1)
    servers[0].replies = [("Thought: on and on", "length")] * 3
    servers[1].replies = [("Thought: on and on", "length")] * 3
    with pytest.raises(PolicyError, match="replies were longer"):
        await policy.decide(turn())


async def test_without_eyes_nothing_is_asked(fleet: Fleet, servers: list[ScriptedVllm]) -> None:
    policy = await from_fleet(fleet, SETTINGS)(VERSION)
    with pytest.raises(PolicyError, match="without a way to look"):
        await policy.decide(turn(blind=True))
    assert servers[0].asked == []


def test_versions_of_another_kind_are_told_apart() -> None:
    with pytest.raises(PolicyError, match=r"of the kind 'element', and policy.backend is 'vlm'"):
        adapter(PolicyVersion(version=3, weights="policies/3/weights.pt"), SETTINGS)


def test_replicas_may_see_the_folder_elsewhere() -> None:
    settings = VlmSettings(adapters="runs/pae/adapters", adapters_served="/mnt/adapters")
    assert adapter(VERSION, settings).path == "/mnt/adapters/000003-ab"
