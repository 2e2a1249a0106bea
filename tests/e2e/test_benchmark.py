"""The benchmark's command on a running stack: the sites' own solutions, perturbed, and the proposer's own tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.test_others_tasks import measure
from tests.fixtures.stacks import Stack, options, submit_shop, until


@pytest.mark.timeout(600)
async def test_solutions_and_proposed_tasks(tmp_path: Path) -> None:
    async with Stack(options(tmp_path / "pae")) as stack, httpx.AsyncClient(base_url=stack.api, timeout=10) as client:
        await stack.ready()
        environment, control, out = stack.environment(), str(stack.sandbox_control), tmp_path / "report.json"
        asked = ("--control", control, "--version", "oracle", "--sites")
        solved = await measure(environment, out, *asked, "practice", "--limit", "2")
        assert set(solved["by_site"]) == {"shop", "forum", "map", "forge"}
        assert _failed(solved) == {}
        # What interrupts swallows the message that a solution waits for, so these are the ones that do not.
        perturbed = ["layout", "slow", "cookies", "hostile"]
        solved = await measure(environment, out, *asked, "shop", "--limit", "4", "--perturb", ",".join(perturbed))
        assert (solved["version"], solved["perturbed"]) == (None, perturbed)
        assert _failed(solved) == {}

        website = await submit_shop(client, stack.sandbox_sites["shop"])

        async def surveyed() -> bool:
            return bool((await client.get(f"/v1/websites/{website}")).json()["website"]["status"] == "practising")

        await until(surveyed, 180, "the end of the survey")
        await client.post(f"/v1/websites/{website}/pause")
        report = await measure(environment, out, "--control", control, "--proposed", "16", "--website", website)
        found = report["calibration"]
        compared = found["true_positives"] + found["false_positives"] + found["false_negatives"]
        compared += found["true_negatives"]
        assert len(report["results"]) == 16
        assert compared >= 6, report
        assert found["judge_unscored"] == 0
        assert found["disagreement"] <= 0.2, report["disagreements"]


def _failed(report: dict[str, Any]) -> dict[str, str]:
    return {result["task"]: result["reason"] for result in report["results"] if result["ending"] != "success"}
