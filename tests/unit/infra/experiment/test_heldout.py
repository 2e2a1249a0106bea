"""The benchmark's command as experiments and the demo call it."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from infra.errors import PaeError
from infra.experiment.heldout import Found, HeldOut, try_held_out
from infra.supervisor import Stack


def _stack(folder: Path, control: str | None) -> Stack:
    environment = {name: value for name, value in os.environ.items() if name != "PAE_SANDBOX_SECRET"}
    return cast(Stack, SimpleNamespace(sandbox_control=control, environment=lambda: environment, folder=folder))


async def test_why_it_could_not_be_completed_is_told(tmp_path: Path) -> None:
    what = HeldOut(sites=("shop", "forum"), website="web_1", version=3, perturbed="layout", limit=2)
    with pytest.raises(PaeError, match=r"ended with status 2 .*PAE_SANDBOX_SECRET is not set"):
        await try_held_out(_stack(tmp_path, "http://127.0.0.1:9"), what, tmp_path / "out" / "heldout.json")


async def test_without_sandbox_sites_there_are_no_held_out_tasks(tmp_path: Path) -> None:
    with pytest.raises(PaeError, match="need the sandbox sites"):
        await try_held_out(_stack(tmp_path, None), HeldOut(sites=("shop",)), tmp_path / "heldout.json")


def test_a_report_of_the_benchmark_is_read_as_far_as_it_matters() -> None:
    share = {"successes": 1, "n": 2, "success": 0.5, "low": 0.1, "high": 0.9}
    task = {"task": "shop-001", "site": "shop", "kind": "find", "depth": 2, "ending": "success", "link": "…"}
    found = Found.model_validate(
        {"version": 3, "overall": share, "by_kind": {"find": share}, "results": [task], "seconds": 1.5, "endings": {}}
    )
    assert (found.version, found.overall.success, found.results[0].succeeded) == (3, 0.5, True)
