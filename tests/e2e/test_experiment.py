"""An experiment on a real stack, as small as it can be: its files, its figures, and that it is not made twice."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import sqlite3
import sys
from pathlib import Path

import pytest
from rich.console import Console

from infra.experiment.plan import Plan, Role, chosen, plan
from infra.experiment.results import RunResult, share
from infra.experiment.series import ExperimentOptions, run_experiment
from tests.fixtures.stacks import QUICK, processes_of

SURVEY = {"pages": 20, "depth": 2, "seconds": 10}


def _options(folder: Path, asked: Plan, *, resume: bool = False) -> ExperimentOptions:
    return ExperimentOptions(
        folder=folder, configurations=chosen(["full"]), seeds=[3], plan=asked, resume=resume, keep=True
    )


@pytest.mark.timeout(600)
async def test_a_small_experiment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in QUICK.items():
        monkeypatch.setenv(name, value)
    asked = plan(
        sites=("shop",), unseen=("wiki",), attempts=30, every=15, limit=3, last_limit=6, contexts=2, survey=SURVEY
    )
    console, folder = Console(file=io.StringIO()), tmp_path / "experiment"
    summary = await run_experiment(_options(folder, asked), console)
    assert summary.failures == ()
    assert processes_of(folder) == {}

    one = folder / "full" / "seed-3"
    assert (folder / "surveys" / "seed-3" / "surveyed.json").exists()
    result = RunResult.model_validate_json((one / "result.json").read_bytes())
    _is_consistent(result, asked)
    assert (one / "weights.pt").stat().st_size > 10_000
    assert (folder / "curves.png").stat().st_size > 10_000
    rows = list(csv.DictReader(io.StringIO((folder / "curves.csv").read_text())))
    assert len(rows) == 3 * 3
    told = [(int(row["successes"]), int(row["n"])) for row in rows]
    measured = [(one.overall.successes, one.overall.n) for point in result.points for one in point.measures]
    assert told == measured
    last = result.last.measures[0].overall
    assert summary.outcomes[0].last["practise"]["all"].mean == pytest.approx(last.success)
    assert json.loads((folder / "summary.json").read_text())["outcomes"][0]["seeds"] == [3]
    assert f"| **full** | 1 | {100 * last.success:.0f} % (" in (folder / "results.md").read_text()
    _nothing_was_learnt_from_the_unseen_site(one / "stack")

    before = (one / "result.json").stat().st_mtime_ns
    again = await run_experiment(_options(folder, asked, resume=True), console)
    assert (one / "result.json").stat().st_mtime_ns == before
    assert again.outcomes == summary.outcomes
    await _is_refused_as_another_plan(folder)


def _is_consistent(result: RunResult, asked: Plan) -> None:
    assert (result.configuration, result.seed, result.plan) == ("full", 3, asked)
    assert (result.settings["policy"]["seed"], result.settings["agent"]["contexts"]) == (3, 2)
    before, half, end = result.points
    assert before.minutes == 0
    assert before.attempts == 0
    assert before.version >= 1  # it was shown demonstrations
    assert result.warm_start_minutes > 0 < result.survey_minutes
    assert before.learning_minutes == 0
    assert 12 <= half.attempts < 28 <= end.attempts < 50
    assert half.minutes < end.minutes
    assert before.version <= half.version <= end.version
    assert before.version < end.version  # but in one half there may have been next to nothing to learn
    for point in result.points:
        assert point.learning_minutes > point.minutes or point is before
        assert point.attempts == point.practice["shop"].attempts
        assert point.practice["shop"].successes <= point.attempts
        assert [one.role for one in point.measures] == [Role.PRACTISE, Role.UNSEEN, Role.UNSURVEYED]
        for one in point.measures:
            assert one.overall == share(one.endings)
            assert one.overall.n == (6 if point is end else 3)
            assert set(one.by_site) == {"shop" if one.role is Role.PRACTISE else "wiki"}
            assert sum(kind.n for kind in one.by_kind.values()) == one.overall.n
            assert one.answerable.n + one.impossible.n == one.overall.n
            assert {ending.ending for ending in one.endings} <= {"success", "failure"}
    assert sum(result.parts.values()) == pytest.approx(1.0)
    assert result.parts["browser"] > 0.1
    assert set(result.part_seconds) == {"agent", "learner"}


def _nothing_was_learnt_from_the_unseen_site(stack: Path) -> None:
    with sqlite3.connect(stack / "pae.sqlite") as database:
        names = {json.loads(text)["name"]: key for key, text in database.execute("select id, document from websites")}
        wiki, shop = names["wiki"], names["shop"]
        purposes = {
            website: {
                purpose
                for (purpose,) in database.execute(
                    "select distinct purpose from attempts where website_id = ?", [website]
                )
            }
            for website in (wiki, shop)
        }
        proposed = database.execute("select count(*) from tasks where website_id = ?", [wiki]).fetchone()[0]
    database.close()
    assert purposes[wiki] == {"evaluation"}
    assert purposes[shop] - {"retention"} == {"evaluation", "practice"}  # a task may be mastered by then
    assert proposed > 6  # its survey led to tasks as any other's does
    log = b"".join(path.read_bytes() for path in (stack / "redis").rglob("*") if path.is_file()).decode(
        errors="replace"
    )
    shown = set(re.findall(r'"website_id":"(\w+)","trajectory":"[^"]+","relabels"', log))
    assert shown == {shop}


async def _is_refused_as_another_plan(folder: Path) -> None:
    command = [sys.executable, "-m", "infra.cli", "experiment", "--folder", str(folder), "--resume", "--minutes", "1"]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "results of another plan, unlike in attempts" in said.decode()
