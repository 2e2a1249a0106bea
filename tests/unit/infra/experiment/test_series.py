"""All runs one after another: what is made again, what is not, and what a failure leaves."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from infra.errors import ConfigurationError, PaeError
from infra.experiment import picture, series
from infra.experiment.plan import CONFIGURATIONS, Job, Plan, Role, chosen
from infra.experiment.results import RunResult
from infra.experiment.run import Show
from infra.experiment.series import ExperimentOptions, results_in, run_experiment
from infra.experiment.summary import Summary
from tests.unit.infra.experiment.made import result, small_plan

CONSOLE = Console(file=io.StringIO())


def _some(configuration: str, seed: int, point: int, role: Role, site: str, number: int) -> bool:
    return number < 2 * point


class Runs:
    """In place of real runs: notes what was asked for; fails where told to."""

    def __init__(self) -> None:
        self.made: list[tuple[str, int]] = []
        self.failing: dict[tuple[str, int], Exception] = {}

    async def __call__(self, job: Job, plan: Plan, root: Path, folder: Path, show: Show, *, port: int = 0) -> RunResult:
        assert folder.parent.parent == root
        key = (job.configuration.name, job.seed)
        self.made.append(key)
        shutil.rmtree(folder, ignore_errors=True)  # as a real one does
        show("practising", 0.5)
        for name in ("logs", "redis", "blobs/policies/20"):
            (folder / "stack" / name).mkdir(parents=True)
        (folder / "stack" / "pae.sqlite").touch()
        (folder / "stack" / "blobs" / "policies" / "20" / "weights.pt").write_bytes(b"weights")
        if key in self.failing:
            raise self.failing[key]
        return result(*key, plan, _some)


def _drawn(summary: Summary, path: Path) -> None:
    path.touch()  # a real picture takes a second; test_picture draws


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    made = Runs()
    monkeypatch.setattr(series, "run", made)
    monkeypatch.setattr(picture, "draw", _drawn)
    return made


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _options(folder: Path, names: str = "full,reward-off", **more: object) -> ExperimentOptions:
    chosen_ = {"seeds": (0, 1), "plan": small_plan(), **more}
    return ExperimentOptions(folder=folder, configurations=chosen(names.split(",")), **chosen_)  # type: ignore[arg-type]


async def test_every_run_leaves_its_result_and_weights_and_all_leave_tables(tmp_path: Path, runs: Runs) -> None:
    summary = await run_experiment(_options(tmp_path), CONSOLE)
    assert runs.made == [("full", 0), ("reward-off", 0), ("full", 1), ("reward-off", 1)]
    assert [outcome.seeds for outcome in summary.outcomes] == [(0, 1), (0, 1)]
    assert _names(tmp_path) == {"full", "reward-off", "summary.json", "curves.csv", "curves.png", "results.md"}
    one = tmp_path / "full" / "seed-0"
    assert (one / "weights.pt").read_bytes() == b"weights"
    assert _names(one) == {"result.json", "weights.pt", "stack"}
    assert _names(one / "stack") == {"logs"}
    assert json.loads((tmp_path / "summary.json").read_text())["outcomes"][0]["configuration"] == "full"


async def test_a_stack_is_kept_where_that_is_asked_for(tmp_path: Path, runs: Runs) -> None:
    await run_experiment(_options(tmp_path, "full", seeds=(0,), keep=True), CONSOLE)
    assert (tmp_path / "full" / "seed-0" / "stack" / "pae.sqlite").exists()


async def test_what_is_finished_is_not_run_again(tmp_path: Path, runs: Runs) -> None:
    await run_experiment(_options(tmp_path, "full"), CONSOLE)
    with pytest.raises(ConfigurationError, match="go on with --resume"):
        await run_experiment(_options(tmp_path, "full"), CONSOLE)
    summary = await run_experiment(_options(tmp_path, "full,reward-off", resume=True), CONSOLE)
    assert runs.made == [("full", 0), ("full", 1), ("reward-off", 0), ("reward-off", 1)]
    assert len(summary.outcomes) == 2


async def test_results_of_another_plan_are_not_mixed_in(tmp_path: Path, runs: Runs) -> None:
    await run_experiment(_options(tmp_path, "full"), CONSOLE)
    with pytest.raises(ConfigurationError, match=r"unlike in every, limit: .*another --folder"):
        await run_experiment(_options(tmp_path, "full", resume=True, plan=small_plan(every=2, limit=3)), CONSOLE)
    assert len(runs.made) == 2


@pytest.mark.parametrize("error", [PaeError("the shop is failed"), ValueError("a bug")])
async def test_a_failure_is_recorded_and_the_others_go_on(tmp_path: Path, runs: Runs, error: Exception) -> None:
    runs.failing[("full", 0)] = error
    summary = await run_experiment(_options(tmp_path), CONSOLE)
    assert len(runs.made) == 4
    ((failed,), full) = summary.failures, summary.outcomes[0]
    assert (failed.configuration, failed.seed) == ("full", 0)
    assert str(error) in failed.cause
    assert full.seeds == (1,)
    assert (tmp_path / "full" / "seed-0" / "stack" / "pae.sqlite").exists()  # to be looked into

    runs.failing.clear()
    again = await run_experiment(_options(tmp_path, resume=True), CONSOLE)
    assert runs.made[4:] == [("full", 0)]
    assert again.failures == ()


async def test_what_every_run_would_fail_by_ends_the_experiment(tmp_path: Path, runs: Runs) -> None:
    runs.failing[("full", 0)] = ConfigurationError("port 8080 is in use: choose another with --port")
    with pytest.raises(ConfigurationError, match="port 8080 is in use"):
        await run_experiment(_options(tmp_path), CONSOLE)
    assert runs.made == [("full", 0)]


async def test_an_interruption_leaves_what_was_finished(tmp_path: Path, runs: Runs) -> None:
    runs.failing[("reward-off", 0)] = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        await run_experiment(_options(tmp_path), CONSOLE)
    assert [(one.configuration, one.seed) for one in results_in(tmp_path)] == [("full", 0)]
    assert "| **full** | 1 |" in (tmp_path / "results.md").read_text()


async def test_without_minilm_there_is_no_ablation_of_it(
    tmp_path: Path, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "has_embeddings", lambda: False)
    with pytest.raises(ConfigurationError, match=r"pae\[embeddings\]"):
        await run_experiment(_options(tmp_path, "no-meaning"), CONSOLE)
    assert runs.made == []


async def test_a_wrong_setting_is_found_before_anything_runs(
    tmp_path: Path, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAE_LEARNER__LEARNING_RATE", "fast")
    with pytest.raises(ConfigurationError, match=r"learner\.learning_rate"):
        await run_experiment(_options(tmp_path), CONSOLE)
    assert runs.made == []


async def test_a_result_that_cannot_be_read_is_named(tmp_path: Path, runs: Runs) -> None:
    path = tmp_path / "full" / "seed-0" / "result.json"
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    with pytest.raises(ConfigurationError, match=r"seed-0/result\.json is no result"):
        await run_experiment(_options(tmp_path, resume=True), CONSOLE)


def test_a_result_reads_what_it_wrote() -> None:
    made = result("no-hindsight", 3, small_plan(), _some)
    assert RunResult.model_validate_json(made.model_dump_json()) == made
    assert made.environment == CONFIGURATIONS["no-hindsight"].environment
