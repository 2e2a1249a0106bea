"""``pae experiment`` as it is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from infra.cli.app import app
from infra.errors import InvalidInput
from infra.experiment import series
from infra.experiment.plan import CONFIGURATIONS
from infra.experiment.results import Failure
from infra.experiment.series import ExperimentOptions
from infra.experiment.summary import Summary, summarise


def _type(*words: str) -> Any:
    return CliRunner().invoke(app, ["experiment", *words])


class Asked:
    """In place of the experiment: notes what is asked for."""

    def __init__(self) -> None:
        self.options: ExperimentOptions | None = None
        self.failures: list[Failure] = []

    async def __call__(self, options: ExperimentOptions, console: object) -> Summary:
        self.options = options
        return summarise(options.plan, [], self.failures, {})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    made = Asked()
    monkeypatch.setattr(series, "run_experiment", made)
    return made


def test_the_configurations_are_listed() -> None:
    shown = _type("--list")
    assert shown.exit_code == 0
    assert all(name in shown.stdout for name in CONFIGURATIONS)


def test_what_is_typed_is_asked_for(asked: Asked) -> None:
    typed = "--configurations full,no-hindsight --seeds 3,4 --minutes 6 --every 2 --limit 5 --sites shop,forum"
    shown = _type(*typed.split(), "--unseen", "", "--perturb", "layout, slow", "--folder", "somewhere", "--resume")
    assert shown.exit_code == 0, shown.output
    options = asked.options
    assert options is not None
    assert [one.name for one in options.configurations] == ["full", "no-hindsight"]
    assert (options.seeds, options.folder, options.resume, options.keep) == ([3, 4], Path("somewhere"), True, False)
    plan = options.plan
    assert (plan.minutes, plan.every, plan.limit, plan.last_limit) == (6, 2, 5, None)
    assert (plan.sites, plan.unseen, plan.perturbations) == (("shop", "forum"), (), ("layout", "slow"))
    assert plan.split == "development"


def test_a_sequence_takes_the_place_of_the_sites(asked: Asked) -> None:
    assert _type("--sequence", "map,shop", "--attempts", "400").exit_code == 0
    assert asked.options is not None
    plan = asked.options.plan
    assert (plan.sequence, plan.sites, plan.unseen, plan.attempts, plan.minutes) == (
        True,
        ("map", "shop"),
        (),
        400,
        None,
    )


def test_a_failed_run_is_the_commands_failure(asked: Asked) -> None:
    asked.failures.append(Failure(configuration="full", seed=0, cause="the shop is closed"))
    shown = _type()
    assert shown.exit_code == 1
    assert "the shop is closed" in shown.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--configurations", "best"], "there are: full, reward-off"),
        (["--seeds", "one"], "--seeds takes whole numbers"),
        (["--minutes", "3", "--attempts", "3"], "a budget in minutes or in attempts"),
        (["--sites", "kiosk"], "there is no site kiosk"),
    ],
)
def test_what_cannot_be_is_refused_in_words(asked: Asked, words: list[str], why: str) -> None:
    shown = _type(*words)
    assert isinstance(shown.exception, InvalidInput)  # which ends the command with status 2
    assert why in str(shown.exception)
    assert asked.options is None
