"""Several processes of the learner, over gloo on loopback: the same steps as one process takes."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import signal
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from agent.learner.vlm.launching import command
from agent.learner.vlm.team import Alone, open_team
from infra.settings_vlm import VlmLearnerSettings
from infra.supervisor.stack import free_port
from tests.unit.agent.learner.vlm.together import lead, trainer

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")

WAYS = (
    "ddp",
    "fsdp",
    pytest.param(
        "deepspeed-zero3",
        marks=pytest.mark.skipif(importlib.util.find_spec("deepspeed") is None, reason="needs the extra 'deepspeed'"),
    ),
)


async def start(parallel: str, folder: Path, case: str) -> asyncio.subprocess.Process:
    """Start two processes as the learner does, with another module in its place."""
    words = command(VlmLearnerSettings.model_validate({"processes": 2, "parallel": parallel}))[:-1]
    words += ["tests.unit.agent.learner.vlm.together", str(folder), case]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "DS_ACCELERATOR": "cpu", "CUDA_VISIBLE_DEVICES": ""}
    return await asyncio.create_subprocess_exec(
        *words, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )


async def together(parallel: str, folder: Path, case: str) -> None:
    process = await start(parallel, folder, case)
    out, _ = await process.communicate()
    assert process.returncode == 0, out.decode()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process leaves behind."""
    folder = tmp_path_factory.mktemp("alone")
    lead(trainer(Alone()), folder, "plain")
    return folder / "plain"


@pytest.mark.parametrize("parallel", WAYS)
async def test_processes_together_take_the_steps_of_one(parallel: str, alone: Path, tmp_path: Path) -> None:
    await together(parallel, tmp_path, "plain")
    expected, found = (load_file(one / "000000" / "adapter_model.safetensors") for one in (alone, tmp_path / "plain"))
    assert found.keys() == expected.keys()
    for name, weight in expected.items():
        torch.testing.assert_close(found[name], weight, rtol=1e-4, atol=5e-5)  # AdamW makes much of tiny gradients
    for said, ours in zip(_figures(alone), _figures(tmp_path / "plain"), strict=True):
        assert ours == pytest.approx(said, rel=1e-4, abs=1e-6)
    proximals = [torch.load(one / "proximals.pt") for one in (alone, tmp_path / "plain")]
    assert len(proximals[0]) == 5
    for first, second in zip(*proximals, strict=True):
        torch.testing.assert_close(first, second, rtol=1e-4, atol=1e-4)


async def test_processes_together_go_on_exactly_after_a_restart(tmp_path: Path) -> None:
    await together("ddp", tmp_path, "save")
    await together("ddp", tmp_path, "resume")
    expected, found = (
        load_file(tmp_path / case / "000000" / "adapter_model.safetensors") for case in ("save", "resume")
    )
    assert all(torch.equal(found[name], weight) for name, weight in expected.items())
    assert _figures(tmp_path / "resume") == _figures(tmp_path / "save")[2:]  # with dropout, in both processes


async def reached(step: int, folder: Path, *processes: asyncio.subprocess.Process) -> None:
    """Wait until a step has begun."""
    while not (folder / f"step-{step}").exists():
        for one in processes:
            assert one.returncode is None, await one.communicate()
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("rank", [0, 1])
async def test_where_one_is_killed_all_end(rank: int, tmp_path: Path) -> None:
    process = await start("fsdp", tmp_path, "die")
    async with asyncio.timeout(60):
        await reached(1, tmp_path, process)
        os.kill(int((tmp_path / f"pid-{rank}").read_text()), signal.SIGKILL)
        await process.communicate()
    assert process.returncode not in (0, None)  # so that whoever supervises it starts all of them again
    for other in (tmp_path / "pid-0", tmp_path / "pid-1"):
        with pytest.raises(ProcessLookupError):
            os.kill(int(other.read_text()), 0)


@pytest.mark.parametrize(("number", "patience"), [(signal.SIGKILL, 60.0), (signal.SIGSTOP, 6.0)])
async def test_without_a_launcher_one_notices_that_the_other_is_gone(
    number: signal.Signals, patience: float, tmp_path: Path
) -> None:
    shared = {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free_port()), "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-m", "tests.unit.agent.learner.vlm.together", str(tmp_path), "die", str(patience)]
    first, second = [
        await asyncio.create_subprocess_exec(
            *words,
            env={**os.environ, **shared, "CUDA_VISIBLE_DEVICES": "", "RANK": rank, "LOCAL_RANK": rank},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE if rank == "0" else asyncio.subprocess.DEVNULL,
        )
        for rank in ("0", "1")
    ]
    try:
        async with asyncio.timeout(60):
            await reached(1, tmp_path, first, second)
            os.kill(second.pid, number)
            _, said = await first.communicate()
    finally:
        for one in (first, second):
            if one.returncode is None:
                one.kill()
                await one.wait()
    assert first.returncode not in (0, None)
    assert "TeamBroken: another process of the learner is gone or too slow" in said.decode()


def test_who_was_not_launched_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCAL_RANK", raising=False)
    team = open_team("cpu")
    assert isinstance(team, Alone)
    assert (team.size, team.leads, team.sharded, team.device) == (1, True, False, torch.device("cpu"))


def test_a_device_for_several_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_RANK", "1")
    with pytest.raises(ValueError, match="a device of its own"):
        open_team("cuda:1")
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    monkeypatch.setenv("FSDP_VERSION", "1")
    with pytest.raises(ValueError, match="fsdp_version: 2"):
        open_team("cpu")


def _figures(folder: Path) -> list[dict[str, float]]:
    found: list[dict[str, float]] = json.loads((folder / "figures.json").read_text())
    return found
