"""Which runs share surveys, and how a run begins with them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from infra.errors import PaeError
from infra.experiment import surveying
from infra.experiment.plan import CONFIGURATIONS, Job, Plan
from infra.experiment.surveying import Surveyed, _depends, check_addresses, copy, folder_for, surveyed
from tests.unit.infra.experiment.made import small_plan


def _found(job: Job, plan: Plan) -> Surveyed:
    return Surveyed(
        made_for=_depends(job, plan),
        sites={"shop": "http://127.0.0.1:18000/"},
        websites={"shop": "web_1"},
        proposed={"shop": 40},
        minutes=1.5,
    )


def _job(name: str, seed: int = 0) -> Job:
    return Job(CONFIGURATIONS[name], seed)


def _show(words: str, done: float | None) -> None:
    pass


def _begin(folder: Path) -> None:
    """Do as surveys do; their folder must be new."""
    (folder / "stack").mkdir(parents=True)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes what is surveyed, in place of surveys; that of reward-off fails at first."""
    calls: list[str] = []

    async def survey(job: Job, plan: Plan, folder: Path, *_: object) -> Surveyed:
        _begin(folder)  # it must be new
        calls.append(job.configuration.name)
        if len(calls) == 1 and job.configuration.name == "reward-off":
            raise PaeError("the shop is failed")
        return _found(job, plan)

    monkeypatch.setattr(surveying, "_survey", survey)
    return calls


def test_runs_of_a_seed_that_differ_in_learning_alone_share_surveys(tmp_path: Path) -> None:
    folders = {name: folder_for(tmp_path, _job(name)) for name in CONFIGURATIONS}
    apart = {name for name, folder in folders.items() if folder != folders["full"]}
    assert apart == {"no-warm-start", "home-page-only", "no-curriculum"}
    assert len({folders[name] for name in apart}) == 3
    assert folder_for(tmp_path, _job("full", 1)) != folders["full"]


async def test_surveys_are_made_once(tmp_path: Path, made: list[str]) -> None:
    first, second = [
        await surveyed(_job(name), small_plan(), tmp_path / "surveys", _show) for name in ("full", "reward-off")
    ]
    assert made == ["full"]
    assert first == second


async def test_surveys_that_were_cut_short_are_made_again(tmp_path: Path, made: list[str]) -> None:
    folder = tmp_path / "surveys"
    with pytest.raises(PaeError, match="the shop is failed"):
        await surveyed(_job("reward-off"), small_plan(), folder, _show)
    found = await surveyed(_job("reward-off"), small_plan(), folder, _show)
    (folder / "surveyed.json").write_text("{")
    again = await surveyed(_job("reward-off"), small_plan(), folder, _show)
    assert len(made) == 3
    assert found.id != again.id


async def test_surveys_of_another_plan_or_settings_are_made_again(
    tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "surveys"
    await surveyed(_job("full"), small_plan(), folder, _show)
    await surveyed(_job("full"), small_plan(every=2), folder, _show)  # as far as surveys go the same
    assert len(made) == 1
    await surveyed(_job("full"), small_plan(contexts=3), folder, _show)
    assert len(made) == 2
    monkeypatch.setenv("PAE_PROPOSER__MAX_TASKS", "33")
    await surveyed(_job("full"), small_plan(contexts=3), folder, _show)
    assert len(made) == 3


async def test_a_run_begins_with_a_copy_and_nothing_else(tmp_path: Path) -> None:
    surveys, folder = tmp_path / "surveys", tmp_path / "run"
    (surveys / "stack" / "blobs").mkdir(parents=True)
    (surveys / "stack" / "blobs" / "map").write_text("map")
    (folder / "stack").mkdir(parents=True)
    (folder / "stack" / "old").touch()
    await copy(surveys, folder)
    (folder / "stack" / "blobs" / "map").write_text("changed")
    assert not (folder / "stack" / "old").exists()
    assert (surveys / "stack" / "blobs" / "map").read_text() == "map"


def test_sites_that_are_served_elsewhere_than_surveyed_end_the_run() -> None:
    found = _found(_job("full"), small_plan())
    served: Any = SimpleNamespace(sandbox_sites=dict(found.sites))
    check_addresses(found, served)
    served.sandbox_sites = {"shop": "http://127.0.0.1:18001/"}
    with pytest.raises(PaeError, match="could not be served where they were surveyed"):
        check_addresses(found, served)
