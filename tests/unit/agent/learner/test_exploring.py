"""The explorer moves temperature and quota by single steps, on evidence alone, and stays within its bounds."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from agent.learner.balance import Tried
from agent.learner.exploring import (
    COOLEST,
    LEAST,
    PROBE_SHARE,
    QUOTAS,
    REVIEW,
    WARMEST,
    WINDOW,
    Explorer,
    neighbours,
    wanted,
)
from infra.contracts.policy import Balance, PolicyVersion, Sampling
from infra.settings import LearnerSettings

GROUP = 4
Attempt = Callable[[float, Random], Tried]


def explorer(active: Sampling | None = None, **settings: object) -> Explorer:
    return Explorer(LearnerSettings.model_validate(settings), active or Sampling(), group_size=GROUP)


def practise(known: Explorer, attempt: Attempt, reviews: int, seed: int = 0) -> list[Balance]:
    """Sample groups as the proposer does, each at a new task; return what each review said."""
    rng = Random(seed)  # noqa: S311
    said = []
    for review in range(reviews):
        for i in range(REVIEW):
            sampling = known.sampling
            probed = sampling.probes and rng.random() < sampling.probe_share
            temperature = rng.choice(sampling.probes) if probed else sampling.temperature
            known.add(f"{seed} {review} {i}", temperature, [attempt(temperature, rng) for _ in range(GROUP)])
        said.append(known.review())
    assert None not in said
    return [balance for balance in said if balance is not None]


def best_at(best: float) -> Attempt:
    """Make attempts that succeed most at one temperature, each in its own way."""

    def attempt(temperature: float, rng: Random) -> Tried:
        success = rng.random() < max(0.0, 0.5 - 1.5 * abs(temperature - best))
        return Tried(float(success), (str(rng.random()),), "/")

    return attempt


def mute(temperature: float, rng: Random) -> Tried:
    return Tried(0.0, ("look",), "/")


@pytest.mark.parametrize("best", [0.6, 1.4])
def test_the_temperature_goes_where_the_score_is_best_and_no_further(best: float) -> None:
    known = explorer()
    practise(known, best_at(best), reviews=12)
    assert known.sampling.temperature == best
    assert all(COOLEST <= value <= WARMEST for value in known.sampling.probes)


def test_one_review_moves_one_step() -> None:
    known = explorer()
    before = known.sampling.temperature
    for seed in range(12):
        (balance,) = practise(known, best_at(1.4), reviews=1, seed=seed)
        now = known.sampling.temperature
        assert abs(now - before) < 0.21
        assert (now != before) == balance.decision.startswith("temperature")
        before = now


def test_without_a_success_nothing_moves() -> None:
    known = explorer()
    said = practise(known, mute, reviews=6)
    assert known.sampling.temperature == 1.0
    assert known.sampling.successes_per_task == QUOTAS[-1]
    assert {balance.decision for balance in said} == {""}


def test_where_the_temperature_does_nothing_it_seldom_moves() -> None:
    def level(temperature: float, rng: Random) -> Tried:
        return Tried(float(rng.random() < 0.4), (str(rng.random()),), "/")

    moves = sum(
        balance.decision != "" for seed in range(20) for balance in practise(explorer(), level, reviews=4, seed=seed)
    )
    assert moves <= 16  # of 80 reviews; two neighbours at one in twenty make 8


def test_repeated_successes_lower_the_quota_step_by_step_but_not_to_one() -> None:
    known = explorer()
    quotas = []
    for seed in range(4):
        practise(known, lambda _, rng: Tried(float(rng.random() < 0.6), ("the", "way"), "/"), reviews=1, seed=seed)
        quotas.append(known.sampling.successes_per_task)
    assert quotas == [3, 2, 2, 2]


def test_successes_that_differ_raise_the_quota_again() -> None:
    def attempt(temperature: float, rng: Random) -> Tried:
        longer = rng.random() < 0.5  # the short way is always the same, the long ones never
        return Tried(1.0, (str(rng.random()), "b") if longer else ("a",), "/")

    known = explorer(Sampling(successes_per_task=2))
    practise(known, attempt, reviews=3)
    assert known.sampling.successes_per_task > 2


def test_pinned_it_watches_and_moves_nothing() -> None:
    known = explorer(Sampling(temperature=0.6, probes=(0.8,), probe_share=0.5), balance="fixed", temperature=0.9)
    assert known.sampling == Sampling(temperature=0.9)
    said = practise(known, best_at(1.4), reviews=4)
    assert known.sampling == Sampling(temperature=0.9)
    assert said[-1].groups == 4 * REVIEW
    assert [score.value for score in said[-1].temperatures] == [0.9]


def test_mastered_tasks_do_not_count_in_scores() -> None:
    known = explorer()
    for _ in range(3):
        known.add("mastered", 1.0, [Tried(1.0, ("a",), "/")] * GROUP)
    balance = known.review()
    assert balance is not None
    assert (balance.groups, balance.unsettled) == (3, 1)  # at its first group nobody knew
    assert [score.groups for score in balance.temperatures] == [0, 1, 0]
    known.add("mastered", 1.0, [Tried(0.0, ("a",), "/")] * GROUP)
    known.add("mastered", 1.0, [Tried(1.0, ("a",), "/")] * GROUP)  # forgotten meanwhile: it counts again
    balance = known.review()
    assert balance is not None
    assert balance.unsettled == 2


def test_few_groups_are_no_evidence() -> None:
    known = explorer()
    for i in range(LEAST - 1):
        known.add(f"warm {i}", 1.2, [Tried(1.0, (str(i), str(j)), "/") for j in range(GROUP)])
    for i in range(REVIEW):
        known.add(f"now {i}", 1.0, [Tried(0.0, ("a",), "/")] * GROUP)
    balance = known.review()
    assert balance is not None
    assert balance.decision == ""
    assert [(score.value, score.groups) for score in balance.temperatures] == [
        (0.8, 0),
        (1.0, REVIEW),
        (1.2, LEAST - 1),
    ]


def test_between_two_reviews_nothing_moves_however_clear_it_is() -> None:
    known = explorer()
    for i in range(REVIEW):
        assert known.sampling.temperature == 1.0
        warm = i % 2 == 1
        attempts = [Tried(float(warm), (str(i), str(j)), "/") for j in range(GROUP)]
        known.add(f"{i}", 1.2 if warm else 1.0, attempts)
        balance = known.review()  # as at every version
        assert balance is not None
        assert (balance.decision != "") == (i == REVIEW - 1)
    assert known.sampling.temperature == 1.2


def test_it_begins_as_it_always_was_and_goes_on_from_the_active_version() -> None:
    first = Sampling()
    assert (first.temperature, first.probes, first.probe_share, first.successes_per_task) == (1.0, (), 0.0, 4)
    older = PolicyVersion.model_validate_json('{"version": 7, "weights": "w"}')  # stored before there was sampling
    assert (older.sampling, older.balance) == (first, None)
    known = explorer(Sampling(temperature=1.2, successes_per_task=3))
    assert known.review() is None
    assert (known.sampling.temperature, known.sampling.successes_per_task) == (1.2, 3)
    assert (known.sampling.probes, known.sampling.probe_share) == ((1.0, 1.4), PROBE_SHARE)


def test_another_version_means_a_new_beginning() -> None:
    known = explorer()
    practise(known, best_at(1.4), reviews=2)
    known.follow(Sampling(temperature=0.8))
    assert known.review() is None
    assert known.sampling.temperature == 0.8


def test_the_window_is_bounded_and_a_group_of_one_is_no_less() -> None:
    known = explorer()
    practise(known, mute, reviews=WINDOW // REVIEW + 3)
    balance = known.review()
    assert balance is not None
    assert balance.groups == WINDOW
    assert wanted(1) == 1.0
    assert wanted(8) == 4.0


def test_neighbours_stay_within_the_bounds() -> None:
    assert neighbours(1.0) == (0.8, 1.2)
    assert neighbours(COOLEST) == (0.8,)
    assert neighbours(WARMEST) == (1.2,)
