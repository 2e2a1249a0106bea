"""Which runs share surveys, and how a run begins with them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from infra.errors import PaeError
from infra.experiment import surveying
from infra.experiment.plan import CONFIGURATIONS, Job
from infra.experiment.surveying import Surveyed, check_addresses, copy, folder_for, surveyed
from tests.unit.infra.experiment.made import small_plan

FOUND = Surveyed(
    sites={"shop": "http://127.0.0.1:18000/"}, websites={"shop": "web_1"}, proposed={"shop": 40}, minutes=1.5
)


def _job(name: str, seed: int = 0) -> Job:
    return Job(CONFIGURATIONS[name], seed)


def _show(words: str, done: float | None) -> None:
    pass


def _begin(folder: Path) -> None:
    """Do as surveys do; their folder must be new."""
    (folder / "stack").mkdir(parents=True)


def test_runs_of_a_seed_that_differ_in_learning_alone_share_surveys(tmp_path: Path) -> None:
    folders = {name: folder_for(tmp_path, _job(name)) for name in CONFIGURATIONS}
    apart = {name for name, folder in folders.items() if folder != folders["full"]}
    assert apart == {"no-warm-start", "home-page-only"}
    assert folders["no-warm-start"] != folders["home-page-only"]
    assert folder_for(tmp_path, _job("full", 1)) != folders["full"]


def test_what_is_shown_is_as_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_demonstrations = folder_for(tmp_path, _job("full"))
    monkeypatch.setenv("PAE_PROPOSER__DEMONSTRATIONS", "false")
    assert folder_for(tmp_path, _job("full")) == folder_for(tmp_path, _job("no-warm-start")) != with_demonstrations


async def test_surveys_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []

    async def survey(job: Job, plan: object, folder: Path, *_: object) -> Surveyed:
        _begin(folder)
        made.append(folder)
        return FOUND

    monkeypatch.setattr(surveying, "_survey", survey)
    for _ in range(2):
        assert await surveyed(_job("full"), small_plan(), tmp_path / "surveys", _show) == FOUND
    assert len(made) == 1


async def test_surveys_that_were_cut_short_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "surveys"
    calls = 0

    async def survey(*_: object) -> Surveyed:
        nonlocal calls
        calls += 1
        _begin(folder)
        if calls == 1:
            raise PaeError("the shop is failed")
        return FOUND

    monkeypatch.setattr(surveying, "_survey", survey)
    with pytest.raises(PaeError, match="the shop is failed"):
        await surveyed(_job("full"), small_plan(), folder, _show)
    assert await surveyed(_job("full"), small_plan(), folder, _show) == FOUND


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
    served: Any = SimpleNamespace(sandbox_sites=dict(FOUND.sites))
    check_addresses(FOUND, served)
    served.sandbox_sites = {"shop": "http://127.0.0.1:18001/"}
    with pytest.raises(PaeError, match="ports are in use"):
        check_addresses(FOUND, served)
