"""Means and differences over runs, and the tables that tell them."""

from __future__ import annotations

import csv
import io

import pytest

from infra.experiment.plan import Role, plan
from infra.experiment.report import COLUMNS, curves_csv, headline, markdown, ordered
from infra.experiment.results import ALL, DEEP, DEPTHS, IMPOSSIBLE, Failure, depth_bucket
from infra.experiment.summary import Summary, summarise
from infra.statistics import wilson
from tests.unit.infra.experiment.made import ending, result, results, small_plan

MACHINE = {"cores": 2, "cpu": "a processor"}


def _learns(configuration: str, seed: int, point: int, role: Role, site: str, number: int) -> bool:
    """Full does 6 of 10 practised tasks at the end, the control 2, whatever the seed; half way half as many."""
    if role is not Role.PRACTISE:
        return number == 0
    return number < {"full": 3, "reward-off": 1}.get(configuration, 0) * point


def _made() -> Summary:
    asked = small_plan()
    runs = results(["reward-off", "full"], [1, 0], asked, _learns)
    return summarise(asked, runs, [Failure(configuration="no-hindsight", seed=0, cause="the shop is closed")], MACHINE)


def test_depths_have_buckets() -> None:
    assert [depth_bucket(depth) for depth in (0, 1, 2, 3, 4, 5, 12)] == [
        DEPTHS[index] for index in (0, 0, 1, 2, 2, 3, 3)
    ]


def test_a_run_counts_its_tasks() -> None:
    last = result("full", 0, small_plan(), _learns).last
    practised = last.measures[0]
    assert (practised.role, practised.overall.successes, practised.overall.n) == (Role.PRACTISE, 6, 10)
    assert (practised.overall.low, practised.overall.high) == wilson(6, 10)
    assert {kind: (share.successes, share.n) for kind, share in practised.by_kind.items()} == {
        "navigate": (2, 3),
        "find": (2, 3),
        "change": (1, 2),
        "compose": (1, 2),
    }
    assert {depth: share.n for depth, share in practised.by_depth.items()} == {
        DEPTHS[0]: 2,
        DEPTHS[1]: 2,
        DEPTHS[2]: 4,
        DEEP: 2,
    }
    assert (practised.impossible.successes, practised.impossible.n) == (1, 2)
    assert practised.answerable.n + practised.impossible.n == practised.overall.n


def test_means_and_differences_over_seeds() -> None:
    full, control = _made().outcomes
    assert (full.configuration, full.seeds, control.configuration) == ("full", (0, 1), "reward-off")
    assert full.last["practise"][ALL].mean == pytest.approx(0.6)
    assert control.last["practise"][ALL].mean == pytest.approx(0.2)
    assert (full.last["practise"][ALL].seeds, full.last["practise"][ALL].tasks) == (2, 10)
    assert full.to_full == {}
    found = control.to_full["practise"]
    assert found[ALL].mean == pytest.approx(-0.4)
    assert found[ALL].high < 0
    assert found["change"].mean == pytest.approx(-0.5)  # of tasks 2 and 6 full does the first
    assert found[IMPOSSIBLE].mean == pytest.approx(-0.5)  # of tasks 4 and 9 full does the first
    assert found[DEEP].mean == pytest.approx(-1.0)  # tasks 4 and 5
    assert control.to_full["unsurveyed"][ALL].mean == 0
    assert full.settled
    assert (full.minutes, full.learning_minutes, full.attempts) == (2.0, 3.5, 200.0)


def test_a_curve_compares_the_tasks_that_were_measured_at_all_of_its_points() -> None:
    asked = small_plan()
    run = result("full", 0, asked, _learns)
    first = run.points[0]
    few = first.model_copy(
        update={"measures": tuple(one.model_copy(update={"endings": one.endings[:4]}) for one in first.measures)}
    )
    run = run.model_copy(update={"points": (few, *run.points[1:])})
    curve = next(iter(summarise(asked, [run], [], MACHINE).outcomes[0].curves))
    assert curve.role is Role.PRACTISE
    assert curve.minutes == (0, 1, 2)
    assert [(point.mean, point.tasks) for point in curve.success] == [(0.0, 4), (0.75, 4), (1.0, 4)]
    assert summarise(asked, [run], [], MACHINE).outcomes[0].last["practise"][ALL].tasks == 10


def test_only_seeds_that_both_have_are_compared() -> None:
    asked = small_plan()
    runs = [
        *results(["full"], [0, 1], asked, _learns),
        *results(["reward-off"], [1, 2], asked, _learns),
        *results(["no-hindsight"], [5], asked, _learns),
    ]
    outcomes = {one.configuration: one for one in summarise(asked, runs, [], MACHINE).outcomes}
    assert outcomes["reward-off"].to_full["practise"][ALL].seeds == 1
    assert outcomes["reward-off"].last["practise"][ALL].seeds == 2
    assert outcomes["no-hindsight"].to_full == {}


def test_perturbed_measurements_stand_for_themselves() -> None:
    asked = small_plan(perturbations=("slow",))
    summary = summarise(asked, results(["full"], [0], asked, _learns), [], MACHINE)
    assert list(summary.outcomes[0].last) == ["practise", "unseen", "unsurveyed", "practise under slow"]
    assert "practise under slow" in markdown(summary)


def test_what_a_sequence_forgets_is_told_by_site() -> None:
    asked = plan(sites=("shop", "forum", "map"), unseen=(), sequence=True, minutes=3)

    def forgets(configuration: str, seed: int, point: int, role: Role, site: str, number: int) -> bool:
        """Without retention half of the shop is lost as soon as another site is practised."""
        lost = configuration == "no-retention" and site == "shop" and point > 1
        return number < (4 if lost else 8)

    summary = summarise(asked, results(["full", "no-retention"], [0, 1], asked, forgets), [], MACHINE)
    full, without = summary.outcomes
    assert {site: found.mean for site, found in full.since_turn.items()} == {"shop": 0, "forum": 0, "all": 0}
    assert {site: round(found.mean, 3) for site, found in without.since_turn.items()} == {
        "shop": -0.4,
        "forum": 0,
        "all": -0.2,
    }
    assert without.since_turn_to_full["all"].mean == pytest.approx(-0.2)
    assert [(curve.site, len(curve.success)) for curve in full.curves] == [("shop", 3), ("forum", 2), ("map", 1)]
    assert "## Forgetting" in markdown(summary)


def test_the_table_has_a_row_per_configuration_seed_point_and_role() -> None:
    asked = small_plan(perturbations=("slow",))
    runs = results(["full", "reward-off"], [0, 1], asked, _learns)
    rows = list(csv.DictReader(io.StringIO(curves_csv(runs))))
    assert tuple(rows[0]) == COLUMNS
    keys = {(row["configuration"], row["seed"], row["point"], row["role"]) for row in rows}
    assert len(keys) == len(rows) == 2 * 2 * 3 * 3
    last = rows[6]
    assert (last["configuration"], last["point"], last["role"]) == ("full", "2", "practise")
    assert (last["minutes"], last["attempts"], last["version"]) == ("2.000", "200", "20")
    assert (last["successes"], last["n"], last["success"], last["practice_success"]) == ("6", "10", "0.6000", "0.4000")


def test_the_report_tells_differences_in_points_and_what_failed() -> None:
    text = markdown(_made())
    assert "| **full** | 2 | 60 % (30 to 90) |" in text
    row = next(line for line in text.splitlines() if line.startswith("| all | 10 | 60 %"))
    assert row.split(" | ")[3].startswith("**−40.0 (−70.0 to −10.0)**")
    assert "**no-hindsight, seed 0 has no result**: the shop is closed" in text
    assert "published figures are those of the final one" in text
    assert "by resampling seeds and tasks." in text
    assert f"| {DEEP} | 2 |" in text
    assert f"| {IMPOSSIBLE} | 2 |" in text


def test_one_seed_is_said_to_be_one() -> None:
    asked = small_plan()
    text = markdown(summarise(asked, results(["full"], [0], asked, _learns), [], MACHINE))
    assert "of one seed tasks only" in text


def test_before_the_first_result_there_is_a_report_too() -> None:
    failure = Failure(configuration="full", seed=0, cause="no browser")
    assert "no browser" in markdown(summarise(small_plan(), [], [failure], MACHINE))


def test_groups_are_listed_in_an_order_that_people_look_for() -> None:
    found = dict.fromkeys(["on wiki", "find", IMPOSSIBLE, DEEP, ALL, "change", DEPTHS[0]])
    assert ordered(found) == [ALL, "change", "find", DEPTHS[0], DEEP, IMPOSSIBLE, "on wiki"]


def test_a_headline_fits_a_terminal() -> None:
    assert headline(_made().outcomes[0]).startswith("practise 60 % (30 to 90); unseen 10 %")


def test_a_task_that_could_not_be_scored_has_not_succeeded() -> None:
    assert not ending("shop", 1, succeeded=False).model_copy(update={"ending": "blocked"}).succeeded
