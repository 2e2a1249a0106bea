"""``python -m agent.learner`` as two processes: they start, publish and end together."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from agent.learner.vlm.tiny.model import processor, save, untaught
from infra.settings import DatabaseSettings
from infra.store import open_store
from tests.fixtures.services import RedisProcess
from tests.fixtures.vllm import ScriptedVllm


async def test_two_processes_publish_and_end_together(make_redis: Callable[[], RedisProcess], tmp_path: Path) -> None:
    parts = processor(seed=0)
    save(untaught(len(parts.tokenizer), seed=0), parts, tmp_path / "model")
    server = ScriptedVllm()
    await server.start()
    database = f"sqlite+aiosqlite:///{tmp_path}/pae.sqlite"
    environment = {
        **os.environ,
        "PAE_POLICY__BACKEND": "vlm",
        "PAE_POLICY__VLM__REPLICAS": json.dumps([server.url]),
        "PAE_POLICY__VLM__MODEL": str(tmp_path / "model"),
        "PAE_POLICY__VLM__ADAPTERS": str(tmp_path / "adapters"),
        "PAE_LEARNER__VLM__PROCESSES": "2",
        "PAE_LEARNER__VLM__PARALLEL": "fsdp",
        "PAE_LEARNER__VLM__DEVICE": "cpu",
        "PAE_REDIS__URL": make_redis().url,
        "PAE_DATABASE__URL": database,
        "PAE_BLOBS__URL": str(tmp_path / "blobs"),
        "PAE_DIE_WITH_PARENT": str(os.getpid()),
        "OMP_NUM_THREADS": "1",
    }
    store = await open_store(DatabaseSettings(url=database))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "agent.learner", env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60):
            while (version := await store.active_policy()) is None:
                assert process.returncode is None, (await process.communicate())[0].decode()
                await asyncio.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
        await store.close()
        await server.stop()
    assert (tmp_path / "adapters" / version.weights / "adapter_model.safetensors").is_file()
    assert "the service broke" not in out.decode(), out.decode()
    assert out.decode().count(" ended ") == 2, out.decode()
