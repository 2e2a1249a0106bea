"""A real vLLM on the CPU with the tiny vision-language model, and a learner's surroundings beside it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import torch

from agent.learner.vlm.encoding import Encoder
from agent.learner.vlm.publishing import VlmPublisher
from agent.learner.vlm.tiny.model import processor, save, untaught
from agent.learner.vlm.tiny.teaching import teach
from agent.policy.vlm.fleet import Fleet, open_fleet
from infra.control import Control
from infra.settings import LearnerSettings, RedisSettings, StreamSettings
from infra.settings_vlm import VlmLearnerSettings, VlmSettings
from infra.store import Store
from infra.streams import open_bus
from tests.fixtures.services import free_port

#: PEFT asks a newer transformers by an older name.
PEFT = "ignore:`is_gradient_checkpointing` is deprecated:FutureWarning"
ROOT = Path(__file__).parents[2]
#: Loading torch and vLLM on a machine that does other things besides; nothing waits that long where all is well.
START_SECONDS = 600
#: Enough for replies that mostly say an action, and far from enough for right ones.
LESSONS = 150
LEARNER = LearnerSettings(
    objective="cloning",
    vlm=VlmLearnerSettings(learning_rate=1.5e-3, rank=8, micro_batch=8, device="cpu", checkpointing=False),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only ``make test-vllm`` runs what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.vllm)
            item.add_marker(pytest.mark.timeout(1200))
            item.add_marker(pytest.mark.filterwarnings(PEFT))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model, taught how replies are written; as any model's folder."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("model")
    parts = processor(seed=0)
    model = untaught(len(parts.tokenizer), seed=0)
    teach(model, Encoder(parts), steps=LESSONS, seed=0)
    save(model, parts, folder)
    return folder


@pytest.fixture(scope="session")
def replica(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a vLLM that serves it."""
    port, log = free_port(), tmp_path_factory.mktemp("vllm") / "log"
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(ROOT / "infra" / "vllm-cpu.sh"), str(base), str(port)],
            stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    try:
        until = time.monotonic() + START_SECONDS
        while not _healthy(url):
            assert process.poll() is None, log.read_text()[-4000:]
            assert time.monotonic() < until, f"vLLM did not start: {log.read_text()[-4000:]}"
            time.sleep(0.2)  # another process: there is nothing to await
        yield url
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _healthy(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{url}/health", timeout=2, trust_env=False).is_success
    return False


@pytest.fixture
def settings(base: Path, replica: str, tmp_path: Path) -> VlmSettings:
    """What agents and the learner are told of it."""
    return VlmSettings(
        replicas=(replica,),
        model=str(base),
        adapters=str(tmp_path / "adapters"),
        thought_characters=40,
        text_characters=20,
        element_tokens=300,
        drain_seconds=0,
    )


@dataclass(frozen=True, slots=True)
class World:
    """What a learner publishes into."""

    store: Store
    control: Control
    fleet: Fleet
    publisher: VlmPublisher
    settings: VlmSettings


@pytest.fixture
async def world(sqlite_store: Store, make_redis: object, settings: VlmSettings) -> AsyncIterator[World]:
    """Store, streams and replicas; no version is published yet."""
    url = make_redis().url  # type: ignore[operator]
    bus = open_bus(RedisSettings(url=url), StreamSettings(), consumer="test")
    control = Control(url)
    async with open_fleet(settings) as fleet:
        publisher = VlmPublisher(sqlite_store, bus, fleet, settings)
        yield World(sqlite_store, control, fleet, publisher, settings)
        for name in await fleet.adapters():
            await fleet.unload(name)
    await control.close()
    await bus.stop(drain_seconds=1.0)
