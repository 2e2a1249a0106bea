"""Exploration and exploitation in figures, against numbers worked out by hand."""

from __future__ import annotations

from itertools import combinations

import pytest

from agent.learner.balance import (
    Tried,
    balance_score,
    better,
    better_paired,
    distinct_share,
    figures,
    group_score,
    mean_score,
    pass_at_k,
    select,
)


def tried(way: str, reward: float = 1.0, end: str = "/") -> Tried:
    """Make an attempt whose way is one action per letter."""
    return Tried(reward, tuple(way), end)


@pytest.mark.parametrize(
    ("n", "c", "k", "expected"),
    [
        (4, 0, 4, 0.0),
        (4, 1, 4, 1.0),
        (4, 1, 1, 0.25),
        (4, 1, 2, 0.5),  # 1 - C(3, 2) / C(4, 2) = 1 - 3 / 6
        (4, 2, 2, 5 / 6),  # 1 - 1 / 6
        (10, 3, 5, 1 - 21 / 252),
        (4, 3, 2, 1.0),  # no two of them are failures
    ],
)
def test_pass_at_k(n: int, c: int, k: int, expected: float) -> None:
    assert pass_at_k(n, c, k) == pytest.approx(expected)


def test_pass_at_k_is_the_share_of_draws_with_a_success() -> None:
    outcomes = [True, True, False, False, False, False]
    for k in range(1, 7):
        draws = [any(drawn) for drawn in combinations(outcomes, k)]
        assert pass_at_k(6, 2, k) == pytest.approx(sum(draws) / len(draws))


@pytest.mark.parametrize(("n", "c", "k"), [(4, 5, 1), (4, -1, 1), (4, 1, 0), (3, 1, 4)])
def test_pass_at_k_of_what_cannot_be(n: int, c: int, k: int) -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        pass_at_k(n, c, k)


@pytest.mark.parametrize(
    ("distinct", "selected", "wanted", "expected"),
    [
        (0, 0, 2, 0.0),
        (1, 1, 2, 0.5),  # one way, and nothing else: half of what is wanted
        (2, 2, 2, 1.0),
        (1, 2, 2, 0.25),  # the same way twice: 1/2 · 1/2
        (2, 4, 2, 0.5),  # enough ways, but half of what was selected repeats them
        (3, 4, 2, 0.75),  # more than enough do not count
        (0, 3, 2, 0.0),
    ],
)
def test_the_balance_score(distinct: int, selected: int, wanted: float, expected: float) -> None:
    assert balance_score(distinct, selected, wanted) == pytest.approx(expected)


def test_a_balance_score_of_what_cannot_be() -> None:
    for wrong in ((3, 2, 2.0), (-1, 2, 2.0), (1, 2, 0.0)):
        with pytest.raises(ValueError, match="wanted"):
            balance_score(*wrong)


def test_the_filter_takes_the_shortest_successes() -> None:
    group = [tried("abcd"), tried("ab"), tried("a", reward=0.0), tried("xyz"), tried("cd")]
    assert [one.way for one in select(group, 3)] == [("a", "b"), ("c", "d"), ("x", "y", "z")]
    assert select(group, 0) == []


def test_a_quota_leaves_out_repetitions_and_the_score_says_so() -> None:
    same = [tried("ab"), tried("ab"), tried("ab"), tried("ab")]
    assert [group_score(same, quota, 2.0) for quota in (4, 2, 1)] == [0.125, 0.25, 0.5]
    varied = [tried("ab"), tried("cd"), tried("ab"), tried("x", reward=0.0)]
    assert group_score(varied, 4, 2.0) == pytest.approx(2 / 3)
    assert group_score(varied, 2, 2.0) == 1.0
    assert group_score([tried("x", reward=0.0)], 4, 2.0) == 0.0


def test_what_differs() -> None:
    assert distinct_share("aabc") == 0.75
    assert distinct_share("a") == 1.0
    with pytest.raises(ValueError, match="nothing"):
        distinct_share([])


def test_figures_of_two_groups() -> None:
    groups = [
        [tried("ab", 1.0, "/a"), tried("ab", 1.0, "/a"), tried("c", 0.0, "/c"), tried("d", 0.0, "/c")],
        [tried("a", 0.0), tried("a", 0.0), tried("a", 0.0), tried("a", 0.0)],
    ]
    found = figures(groups, k=4, quota=4)
    assert found.ways == pytest.approx((3 / 4 + 1 / 4) / 2)
    assert found.ends == pytest.approx((2 / 4 + 1 / 4) / 2)
    assert (found.pass_at_1, found.pass_at_k) == (0.25, 0.5)
    assert found.separated == 0.5
    assert found.kept == 2 / 8
    assert (found.kept_distinct, found.distinct_kept) == (0.5, 1.0)
    strict = figures(groups, k=4, quota=1)
    assert (strict.kept, strict.kept_distinct, strict.distinct_kept) == (1 / 8, 1.0, 1.0)


def test_both_rates_are_taken_over_whole_groups_alone() -> None:
    whole, cut_short = [tried("a"), tried("b", 0.0)], [tried("a")]
    found = figures([whole, cut_short], k=2, quota=4)
    assert (found.pass_at_1, found.pass_at_k) == (0.5, 1.0)
    found = figures([cut_short], k=2, quota=4)
    assert (found.pass_at_1, found.pass_at_k) == (1.0, None)


def test_figures_without_a_success_say_nothing_of_the_filter() -> None:
    found = figures([[tried("a", 0.0)]], k=1, quota=4)
    assert (found.kept, found.kept_distinct, found.distinct_kept) == (0.0, None, None)
    with pytest.raises(ValueError, match="no attempt"):
        figures([], k=1, quota=4)
    with pytest.raises(ValueError, match="no attempt"):
        figures([[]], k=1, quota=4)


def test_a_mean_has_its_standard_error() -> None:
    score = mean_score(0.8, [0.0, 1.0, 1.0, 0.0])
    assert (score.value, score.groups, score.mean) == (0.8, 4, 0.5)
    assert score.error == pytest.approx((1 / 3) ** 0.5 / 2)
    assert (mean_score(1.0, []).mean, mean_score(1.0, [1.0]).error) == (0.0, None)


def test_a_gain_must_exceed_what_chance_brings() -> None:
    low, high = [0.0, 0.5] * 20, [0.5, 1.0] * 20  # means 0.25 and 0.75; the difference's error is 0.057
    assert better(high, low, 1.64)
    assert not better(low, high, 1.64)
    assert not better([0.0, 0.6] * 20, low, 1.64)  # 0.05 more, with an error of 0.062
    assert not better([1.0], low, 1.64)


def test_on_the_same_groups_a_small_gain_shows_sooner() -> None:
    low = [0.0, 0.5] * 20
    a_little = [score + 0.05 * (i % 4 == 0) for i, score in enumerate(low)]
    assert better_paired(a_little, low, 1.64)
    assert not better(a_little, low, 1.64)
    assert not better_paired(low, low, 1.64)
