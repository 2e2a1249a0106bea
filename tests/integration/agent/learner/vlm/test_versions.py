"""Versions of a vision-language policy, with real adapters, SQLite and Redis, and scripted replicas."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from agent.learner.vlm.draining import Draining
from agent.learner.vlm.learner import VlmLearner
from agent.learner.vlm.lessons import Shot, VlmExample
from agent.learner.vlm.publishing import RESUME, VlmPublisher
from agent.learner.vlm.team import Alone
from agent.learner.vlm.tiny.model import processor, save, untaught
from agent.learner.vlm.wiring import Stopped, start
from agent.policy.vlm.adapters import name_of
from agent.policy.vlm.fleet import Fleet, open_fleet
from agent.policy.vlm.replica import Adapter
from infra.contracts.policy import PolicyVersion, Sampling
from infra.control import Control
from infra.errors import AdapterRefused, ConfigurationError, PolicyError, PolicyUnavailable, StoreError
from infra.runtime import Stop
from infra.settings import LearnerSettings, PolicySettings, Settings, StreamSettings
from infra.settings_vlm import VlmLearnerSettings, VlmSettings
from infra.store import Store
from infra.streams import open_bus
from tests.fixtures.services import RedisProcess
from tests.fixtures.vllm import ScriptedVllm
from tests.vllm.asking import lessons

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model, untaught."""
    folder = tmp_path_factory.mktemp("model")
    parts = processor(seed=0)
    save(untaught(len(parts.tokenizer), seed=0), parts, folder)
    return folder


@dataclass(frozen=True, slots=True)
class World:
    """What a learner's process meets, and what outlives it."""

    settings: Settings
    store: Store
    control: Control
    fleet: Fleet
    publisher: VlmPublisher
    servers: list[ScriptedVllm]

    async def start(self) -> tuple[VlmLearner, PolicyVersion]:
        """Start as ``__main__`` does."""
        return await start(self.settings, self.store, self.publisher, Stop(), Alone())

    async def publish(self, learner: VlmLearner, parent: PolicyVersion) -> PolicyVersion:
        """Publish as the service does."""
        return await self.publisher.publish(
            learner.average, learner.state(), parent=parent, updates=learner.updates, attempts=5, metrics={"loss": 1.0},
            sampling=Sampling(), balance=None,
        )  # fmt: skip

    def folders(self) -> list[str]:
        """Return the versions on disk."""
        return sorted(path.name for path in Path(self.settings.policy.vlm.adapters).iterdir() if path.name[0] != ".")


@pytest.fixture
async def world(
    base: Path, sqlite_store: Store, make_redis: Callable[[], RedisProcess], tmp_path: Path
) -> AsyncIterator[World]:
    servers = [ScriptedVllm(), ScriptedVllm()]
    for one in servers:
        await one.start()
    vlm = VlmSettings(
        replicas=tuple(one.url for one in servers), model=str(base), adapters=str(tmp_path / "adapters"),
        patience_seconds=0.5, drain_seconds=20, keep_versions=2,
    )  # fmt: skip
    learner = LearnerSettings(vlm=VlmLearnerSettings(rank=4, learning_rate=1e-3, device="cpu"), temperature=0.9)
    url = make_redis().url
    settings = Settings(policy=PolicySettings(backend="vlm", vlm=vlm), learner=learner)
    bus, control = (
        open_bus(settings.redis.model_copy(update={"url": url}), StreamSettings(), consumer="t"),
        Control(url),
    )
    async with open_fleet(vlm) as fleet:
        yield World(settings, sqlite_store, control, fleet, VlmPublisher(sqlite_store, bus, fleet, vlm), servers)
    await control.close()
    await bus.stop(drain_seconds=1.0)
    for one in servers:
        await one.stop()


def learn(learner: VlmLearner) -> None:
    one = lessons(1, seed=2)[0]
    learner.update([VlmExample(Shot(one.prompt, one.jpeg, one.reply, None), version=0)])


def weights(learner: VlmLearner) -> torch.Tensor:
    found = [weight.flatten() for weight in learner.trainer.model.parameters() if weight.requires_grad]
    return torch.cat(found).detach().clone()


async def test_the_first_version_is_made_served_and_active(world: World) -> None:
    _, version = await world.start()
    assert (version.version, version.backend, version.sampling.temperature) == (0, "vlm", 0.9)
    assert await world.store.active_policy() == version
    assert [set(server.adapters) for server in world.servers] == [{name_of(version.weights)}] * 2
    folder = Path(world.settings.policy.vlm.adapters) / version.weights
    assert (folder / "adapter_model.safetensors").is_file()
    assert world.servers[0].adapters[name_of(version.weights)] == str(folder)


async def test_a_version_has_a_new_name_and_a_new_folder(world: World) -> None:
    learner, first = await world.start()
    await asyncio.to_thread(learn, learner)
    second = await world.publish(learner, first)
    assert (second.version, second.parent, second.updates, second.attempts) == (1, 0, 1, 5)
    assert second.weights != first.weights
    assert set(world.servers[0].adapters) == {name_of(first.weights), name_of(second.weights)}
    assert world.folders() == [first.weights, second.weights]


async def test_a_refused_version_leaves_all_as_it_was(world: World) -> None:
    learner, first = await world.start()
    load = world.servers[1]._load

    async def refuse(request: object) -> object:
        world.servers[1].refuses = set(world.folders())
        return await load(request)  # type: ignore[arg-type]

    world.servers[1].site.handle("/v1/load_lora_adapter", refuse)  # type: ignore[arg-type]
    with pytest.raises(AdapterRefused, match="header too large"):
        await world.publish(learner, first)
    assert await world.store.active_policy() == first
    assert [set(server.adapters) for server in world.servers] == [{name_of(first.weights)}] * 2
    assert world.folders() == [first.weights]
    world.servers[1].site.handle("/v1/load_lora_adapter", load)
    world.servers[1].refuses = set()
    assert (await world.publish(learner, first)).version == 1  # what was learnt is not lost


@pytest.mark.parametrize("restarts", [True, False])
async def test_what_the_store_was_never_told_of_is_removed(
    world: World, monkeypatch: pytest.MonkeyPatch, restarts: bool
) -> None:
    learner, first = await world.start()
    with monkeypatch.context() as patch:
        patch.setattr(world.store, "add_policy", _away)
        with pytest.raises(StoreError):
            await world.publish(learner, first)
    assert len(world.folders()) == 2
    if restarts:
        await world.start()
        assert [set(server.adapters) for server in world.servers] == [{name_of(first.weights)}] * 2
        assert world.folders() == [first.weights]
    second = await world.publish(learner, first)
    assert second.version == 1
    assert world.folders() == [first.weights, second.weights]
    assert set(world.servers[0].adapters) == {name_of(first.weights), name_of(second.weights)}


async def test_a_version_that_the_store_got_to_know_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    learner, first = await world.start()
    add = world.store.add_policy

    async def cut_off(policy: PolicyVersion, *, activate: bool, after: int | None) -> None:
        await add(policy, activate=activate, after=after)
        await _away()

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "add_policy", cut_off)
        with pytest.raises(StoreError):
            await world.publish(learner, first)
    _, second = await world.start()
    assert second.version == 1
    assert world.folders() == [first.weights, second.weights]


async def _away(*_: object, **__: object) -> None:
    raise StoreError("the database is away")


async def test_a_learner_that_was_killed_while_it_saved_goes_on_from_what_was_saved_before(world: World) -> None:
    learner, first = await world.start()
    await asyncio.to_thread(learn, learner)
    await world.publish(learner, first)
    saved = Path(world.settings.policy.vlm.adapters) / RESUME
    saved.rename(saved.with_name(f"{RESUME}.old"))  # as it is between the two renamings of a save
    again, _ = await world.start()
    assert again.updates == 1


async def test_a_restarted_learner_goes_on_where_it_was(world: World) -> None:
    learner, first = await world.start()
    await asyncio.to_thread(learn, learner)
    second = await world.publish(learner, first)
    for server in world.servers:
        server.adapters.clear()  # the replicas were restarted as well
    again, version = await world.start()
    assert version == second
    assert torch.equal(weights(again), weights(learner))
    assert again.updates == 1
    assert [set(server.adapters) for server in world.servers] == [{name_of(second.weights)}] * 2
    await asyncio.to_thread(learn, learner)
    await asyncio.to_thread(learn, again)
    assert torch.allclose(weights(again), weights(learner), atol=1e-6)  # the optimiser went on, too


async def test_a_person_may_go_back_to_an_older_version(world: World) -> None:
    learner, first = await world.start()
    before = weights(learner)
    await asyncio.to_thread(learn, learner)
    await world.publish(learner, first)
    await world.store.activate_policy(0)
    _, folder = await world.publisher.active()
    learner.follow(folder)
    assert torch.equal(weights(learner), before)


async def test_it_waits_for_replicas_and_can_be_told_to_stop(world: World) -> None:
    for server in world.servers:
        await server.stop()
    stop = Stop()
    waiting = asyncio.create_task(start(world.settings, world.store, world.publisher, stop, Alone()))
    with pytest.raises(PolicyUnavailable):
        await world.fleet.load(Adapter("x", "/x"))
    stop.set()
    with pytest.raises(Stopped):
        await waiting
    assert await world.store.active_policy() is None


async def test_a_database_of_the_other_kind_is_refused(world: World) -> None:
    await world.store.add_policy(PolicyVersion(version=0, weights="policies/0/weights.pt"), activate=True)
    with pytest.raises(PolicyError, match="begin with an empty database"):
        await world.start()


async def test_a_missing_model_is_a_wrong_setting(world: World) -> None:
    vlm = world.settings.policy.vlm.model_copy(update={"model": "/nowhere"})
    policy = world.settings.policy.model_copy(update={"vlm": vlm})
    with pytest.raises(ConfigurationError, match=r"policy.vlm.model '/nowhere'"):
        await start(world.settings.model_copy(update={"policy": policy}), world.store, world.publisher, Stop(), Alone())


async def test_old_versions_are_unloaded_when_nobody_acts_by_them(world: World) -> None:
    learner, first = await world.start()
    second = await world.publish(learner, first)
    third = await world.publish(learner, second)
    world.servers[0].adapters["somebody-elses"] = "/elsewhere"
    now = [100.0]
    draining = Draining(world.store, world.control, world.fleet, world.settings.policy.vlm, clock=lambda: now[0])
    await world.control.beat("agent-1", {"kind": "agent", "versions": [0]}, 60)
    assert await draining.sweep() == []  # the second is idle only since now
    now[0] += 19
    assert await draining.sweep() == []
    now[0] += 1
    assert await draining.sweep() == [name_of(second.weights)]
    await world.control.beat("agent-1", {"kind": "agent", "versions": []}, 60)
    assert await draining.sweep() == []
    await world.control.beat("agent-1", {"kind": "agent", "versions": [0]}, 60)
    now[0] += 30
    assert await draining.sweep() == []  # it was needed again meanwhile
    await world.control.beat("agent-1", {"kind": "agent", "versions": []}, 60)
    await draining.sweep()
    now[0] += 20
    assert await draining.sweep() == [name_of(first.weights)]
    assert await world.fleet.adapters() == {name_of(third.weights), "somebody-elses"}
    await draining.sweep()
    assert world.folders() == [second.weights, third.weights]  # the newest two are kept, to go back to
