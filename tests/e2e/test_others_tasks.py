"""Other people's tasks through real agents: MiniWoB++ with random weights, and a task file on a website."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from infra.settings import DatabaseSettings
from infra.store import open_store
from infra.supervisor import StackOptions
from sandbox_sites.miniwob.catalogue import KEPT
from tests.fixtures.stacks import QUICK, Stack
from tests.fixtures.taskfiles import arena_task, voyager

JUDGED = {"success", "failure"}


async def measure(environment: Mapping[str, str], out: Path, *arguments: str) -> dict[str, Any]:
    """Run the benchmark's command with random weights; return its report."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "evaluator.benchmark", "--version", "random", "--out", str(out), *arguments),
        env=dict(environment),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return _read(out)


def _read(out: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(out.read_text())
    return report


@pytest.mark.timeout(900)
async def test_miniwob_and_a_task_file(tmp_path: Path) -> None:
    options = StackOptions(
        folder=tmp_path / "pae", contexts=4, port=0, sandbox=True, sandbox_sites="miniwob", environment=QUICK
    )
    async with Stack(options) as stack:
        await stack.ready()
        environment, control = stack.environment(), stack.sandbox_control
        assert control is not None
        out = tmp_path / "report.json"
        report = await measure(environment, out, "--control", control, "--sites", "miniwob", "--split", "all")
        assert len(report["results"]) == len(KEPT)
        assert sum(result["ending"] in JUDGED for result in report["results"]) >= 80, report["endings"]
        assert report["overall"]["successes"] >= 1  # a click somewhere on a page with one button

        site = stack.sandbox_sites["miniwob"]
        website = await _website_of(environment, site)
        file = tmp_path / "tasks.jsonl"
        file.write_text(voyager(site))
        given = await measure(environment, out, "--tasks", str(file), "--website", website)
        assert given["endings"] == {"unscored": 1, "blocked": 1}  # the second one's start page is not there
        assert [one["task"] for one in given["rejected"]] == ["Other--0"]
        tasks = [
            arena_task(n, "__X__/miniwob/click-test.html", eval_types=["url_match"], reference_url=f"__X__/{path}")
            for n, path in enumerate(("no/such/page", "miniwob/click-test.html"))
        ]
        file.write_text(json.dumps(tasks))
        given = await measure(environment, out, "--tasks", str(file), "--website", website, "--host", f"X={site}")
        assert sum(given["endings"].get(ending, 0) for ending in JUDGED) == 2, given["endings"]
        assert given["results"][0]["ending"] == "failure"


async def _website_of(environment: Mapping[str, str], url: str) -> str:
    store = await open_store(DatabaseSettings(url=environment["PAE_DATABASE__URL"]))
    try:
        return next(website.id for website in await store.websites() if website.url == url)
    finally:
        await store.close()
