"""Configurations, plans and their parts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from infra.errors import ConfigurationError, InvalidInput
from infra.experiment.plan import (
    CONFIGURATIONS,
    PRACTISE,
    UNSEEN,
    Configuration,
    Plan,
    chosen,
    jobs,
    plan,
    revisited,
    settings_of,
)
from infra.settings import load_settings

CHANGED = {
    "full": None,
    "reward-off": ("learner", "reward", "off"),
    "reward-shuffled": ("learner", "reward", "shuffled"),
    "no-curriculum": ("proposer", "curriculum", False),
    "no-hindsight": ("learner", "hindsight", False),
    "no-warm-start": ("proposer", "demonstrations", False),
    "no-site-map": ("policy", "site_map", False),
    "cloning-only": ("learner", "objective", "cloning"),
    "gradient-only": ("learner", "objective", "policy_gradient"),
    "no-meaning": ("policy", "embeddings", "off"),
    "home-page-only": None,
    "no-retention": ("proposer", "retention_share", 0.0),
}


def _leaves(tree: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}.{key}": value for name, one in tree.items() if isinstance(one, dict) for key, value in one.items()}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_configuration_changes_just_the_setting_that_it_is_named_after(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAE_POLICY__EMBEDDINGS", raising=False)
    before = _leaves(load_settings().model_dump())
    for variable, value in CONFIGURATIONS[name].environment.items():
        monkeypatch.setenv(variable, value)  # as a service is started with it
    after = load_settings()
    expected = CHANGED[name]
    changed = {key: value for key, value in _leaves(after.model_dump()).items() if value != before[key]}
    assert changed == ({} if expected is None else {".".join(expected[:2]): expected[2]})
    assert settings_of(CONFIGURATIONS[name].environment) == after


def test_every_configuration_is_told_apart_in_one_line() -> None:
    assert set(CONFIGURATIONS) == set(CHANGED)
    lines = [one.shows for one in CONFIGURATIONS.values()]
    assert all(lines)
    assert all("\n" not in line for line in lines)
    assert len(set(lines)) == len(lines)
    assert [one.name for one in CONFIGURATIONS.values() if one.sort == "full"] == ["full"]


def test_a_wrong_setting_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"learner\.reward"):
        settings_of({"PAE_LEARNER__REWARD": "sometimes"})


def test_an_unknown_configuration_lists_those_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"no configuration no-reward; there are: full, reward-off.*no-retention"):
        chosen(["full", "no-reward"])
    with pytest.raises(InvalidInput, match="no configuration is named"):
        chosen([])
    assert [one.name for one in chosen(["no-hindsight", "full", "no-hindsight"])] == ["no-hindsight", "full"]


def test_seeds_are_outermost() -> None:
    runs = jobs(chosen(["full", "reward-off"]), [0, 7, 0])
    assert [(job.configuration.name, job.seed) for job in runs] == [
        ("full", 0),
        ("reward-off", 0),
        ("full", 7),
        ("reward-off", 7),
    ]


def test_practice_is_measured_at_intervals_and_at_its_end() -> None:
    legs = plan(minutes=10, every=4).legs()
    assert [leg.until for leg in legs] == [4, 8, 10]
    assert all(leg.practised == leg.measured == PRACTISE and leg.former == () for leg in legs)
    assert [leg.until for leg in plan(minutes=10).legs()] == [10]
    assert [leg.until for leg in plan(attempts=30, every=10).legs()] == [10, 20, 30]
    assert [leg.until for leg in plan(minutes=1, every=60).legs()] == [1]
    tenths = [leg.until for leg in plan(minutes=0.3, every=0.1).legs()]
    assert tenths == pytest.approx([0.1, 0.2, 0.3])


def test_a_sequence_gives_each_site_an_equal_part_and_measures_all_met_so_far() -> None:
    legs = plan(sites=("shop", "forum", "map"), unseen=(), sequence=True, minutes=6).legs()
    assert [leg.practised for leg in legs] == [("shop",), ("forum",), ("map",)]
    assert [leg.former for leg in legs] == [(), ("shop",), ("shop", "forum")]
    assert [leg.measured for leg in legs] == [("shop",), ("shop", "forum"), ("shop", "forum", "map")]
    assert [leg.until for leg in legs] == [2, 4, 6]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "a budget in minutes or in attempts"),
        ({"minutes": 1, "attempts": 1}, "a budget in minutes or in attempts"),
        ({"minutes": 0}, "minutes: .*greater than 0"),
        ({"minutes": 1, "sites": ()}, "at least one site"),
        ({"minutes": 1, "sites": ("shop", "kiosk")}, "no site kiosk; there are: shop, forum"),
        ({"minutes": 1, "sites": ("shop",), "unseen": ("shop",)}, "shop can have one role only"),
        ({"minutes": 1, "perturbations": ("rain",)}, "no perturbation rain; there are: layout"),
        ({"minutes": 1, "sequence": True}, "has no unseen sites"),
        ({"minutes": 2, "sequence": True, "unseen": (), "every": 1}, "after each of its sites"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(asked: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        plan(**asked)


def test_the_groups_of_the_sandbox_are_the_default() -> None:
    assert plan(minutes=1).named == (*PRACTISE, *UNSEEN)


def test_a_plan_reads_what_it_wrote() -> None:
    asked = plan(minutes=3, every=1, perturbations=("layout",), limit=5)
    assert Plan.model_validate_json(asked.model_dump_json()) == asked


def test_only_the_start_page_is_surveyed_where_that_is_all_there_is() -> None:
    asked = plan(minutes=1)
    assert asked.bounds(CONFIGURATIONS["home-page-only"]).pages == 1
    assert asked.bounds(CONFIGURATIONS["full"]) == asked.survey


def test_former_sites_take_turns_and_keep_their_share() -> None:
    former = ("shop", "forum")
    guests = [revisited(second / 10, former, 0.1) for second in range(10 * 240)]
    assert guests[479] is None
    assert guests[480] == guests[599] == "shop"  # the last 12 s of a minute, shared with the present one
    assert guests[600] is None
    assert guests[1100] == "forum"
    assert guests.count("shop") == guests.count("forum")
    halves = sum(guest is not None for guest in guests) / 2
    assert halves / len(guests) == pytest.approx(0.1)
    assert sum(a != b for a, b in pairwise(guests)) == 7


@pytest.mark.parametrize(("former", "share"), [((), 0.1), (("shop",), 0.0)])
def test_without_former_sites_or_a_share_nobody_is_revisited(former: tuple[str, ...], share: float) -> None:
    assert {revisited(float(second), former, share) for second in range(120)} == {None}


def test_a_share_of_a_half_is_all_the_time_beside_the_present_site() -> None:
    assert {revisited(float(second), ("shop",), 0.5) for second in range(120)} == {"shop"}
    with pytest.raises(ValueError, match="revisits"):
        Configuration(name="x", shows="y", revisits=0.6)
