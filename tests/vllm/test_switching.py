"""A new version while attempts run and a client never stops asking: nothing fails, and what is served has changed."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from agent.learner.vlm import checkpoint
from agent.learner.vlm.draining import Draining
from agent.learner.vlm.learner import VlmLearner, open_learner
from agent.learner.vlm.lessons import Shot, VlmExample
from agent.learner.vlm.tiny.lessons import Lesson
from agent.policy.base import Turn
from agent.policy.site import SiteIndex
from agent.policy.vlm.adapters import adapter, budget, name_of
from agent.policy.vlm.policy import VlmPolicy
from agent.policy.vlm.serving import from_fleet
from agent.rendering.replies import write
from infra.contracts.action import Click
from infra.contracts.policy import PolicyVersion, Sampling
from infra.errors import AdapterRefused
from tests.unit.agent.making import link, page
from tests.vllm.asking import clicks, lessons, question
from tests.vllm.conftest import LEARNER, World

AGENT = "agent-test"
THOUGHT = "The page says so."  # in words that the tiny model has: its output layer is frozen
CLIENTS = 4
PAGE = page("/", "Lamps", elements=tuple(link(i, name, f"/{i}") for i, name in enumerate(("Amber", "Cobalt", "Olive"))))


class Hammer:
    """Clients that ask the active version again and again, as agents do."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.answered: Counter[int] = Counter()  # by version
        self.failed: list[Exception] = []
        self._heard = asyncio.Event()

    async def _client(self, seed: int) -> None:
        some = lessons(5, seed=seed)
        while True:
            version = await self._world.store.active_policy()
            assert version is not None
            for one in some:
                try:
                    await self._world.fleet.ask(adapter(version, self._world.settings), question(one))
                except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
                    self.failed.append(error)
                self.answered[version.version] += 1
                self._heard.set()

    async def more(self, version: int, count: int) -> None:
        """Wait until so many more questions were answered by a version."""
        until = self.answered[version] + count
        async with asyncio.timeout(120):
            while self.answered[version] < until:
                self._heard.clear()
                await self._heard.wait()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Ask throughout the block."""
        clients = [asyncio.create_task(self._client(seed)) for seed in range(CLIENTS)]
        try:
            yield
        finally:
            for client in clients:
                client.cancel()
            await asyncio.gather(*clients, return_exceptions=True)


def turn(jpeg: bytes) -> Turn:
    """Return a turn of an attempt, with eyes."""

    async def look() -> bytes:
        return jpeg

    return Turn("Open Cobalt", PAGE, SiteIndex(None), look=look)


def versions(world: World) -> list[str]:
    """Return the folders of adapters that there are."""
    return [path.name for path in Path(world.settings.adapters).iterdir() if path.name[0] != "."]


async def publish(world: World, learner: VlmLearner, parent: PolicyVersion) -> PolicyVersion:
    """Publish what was learnt."""
    return await world.publisher.publish(
        learner.average, {}, parent=parent, updates=learner.updates, attempts=0, metrics={}, sampling=Sampling(),
        balance=None,
    )  # fmt: skip


async def least_likely(url: str, name: str) -> tuple[Lesson, int, float]:
    """Return the turn and the click that a version finds least likely among some, and how likely it finds it."""
    found = [(one, await clicks(url, name, one.prompt, one.jpeg, THOUGHT)) for one in lessons(6, seed=21)]
    every = [(shares[mark], number, mark) for number, (_, shares) in enumerate(found) for mark in shares]
    share, number, mark = min(every)
    return found[number][0], mark, share


async def test_an_update_is_served_without_a_failed_request(world: World, replica: str) -> None:
    learner = open_learner(LEARNER, world.settings, None)
    first = await world.publisher.first(learner.trainer, temperature=1.0)
    draining = Draining(world.store, world.control, world.fleet, world.settings)
    old = await from_fleet(world.fleet, world.settings)(first)
    hammer = Hammer(world)
    async with hammer.running():
        await world.control.beat(AGENT, {"kind": "agent", "versions": [0]}, 600)
        one, preferred, before = await least_likely(replica, name_of(first.weights))
        example = VlmExample(Shot(one.prompt, one.jpeg, write(THOUGHT, Click(mark=preferred)), None), version=0)
        for _ in range(80):
            await asyncio.to_thread(learner.update, [example])
        second = await publish(world, learner, first)
        await hammer.more(1, 20)
        assert await draining.sweep() == []  # an attempt still acts by it
        decisions = [await old.decide(turn(one.jpeg)) for _ in range(3)]
        assert old.version == 0
        assert all(decision.written for decision in decisions)
        await world.control.beat(AGENT, {"kind": "agent", "versions": []}, 600)
        assert await draining.sweep() == [name_of(first.weights)]
        await hammer.more(1, 20)
        after = await clicks(replica, name_of(second.weights), one.prompt, one.jpeg, THOUGHT)
    assert hammer.failed == []
    assert await world.fleet.adapters() == {name_of(second.weights)}
    said = f"click [{preferred}]: {before:.2%} to {after[preferred]:.2%}; {dict(hammer.answered)} answered"
    print(said)  # noqa: T201
    assert after[preferred] >= 5 * before


async def test_a_corrupt_version_is_refused_and_the_old_one_still_serves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = open_learner(LEARNER, world.settings, None)
    first = await world.publisher.first(learner.trainer, temperature=1.0)
    whole = checkpoint.publish

    def damaged(model: Any, root: Path, version: int, tag: str = "") -> Path:
        folder = whole(model, root, version, tag)
        (folder / "adapter_model.safetensors").write_bytes(b"\xff" * 4096)
        return folder

    monkeypatch.setattr(checkpoint, "publish", damaged)
    hammer = Hammer(world)
    async with hammer.running():
        await hammer.more(0, 10)
        with pytest.raises(AdapterRefused, match="what was served before still is"):
            await publish(world, learner, first)
        await hammer.more(0, 20)
    assert hammer.failed == []
    active = await world.store.active_policy()
    assert active == first
    assert await world.fleet.adapters() == {name_of(first.weights)}
    assert versions(world) == [first.weights]


async def test_a_version_that_was_unloaded_is_loaded_when_it_is_asked_for(world: World) -> None:
    learner = open_learner(LEARNER, world.settings, None)
    first = await world.publisher.first(learner.trainer, temperature=1.0)
    await world.fleet.unload(name_of(first.weights))
    policy = VlmPolicy(world.fleet, adapter(first, world.settings), 0, budget(world.settings))
    decision = await policy.decide(turn(lessons(1, seed=1)[0].jpeg))
    assert decision.log_prob is not None
    assert decision.log_prob < 0
    assert await world.fleet.adapters() == {name_of(first.weights)}
