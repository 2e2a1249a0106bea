"""Exploration and exploitation in figures: pure functions over groups of attempts.

Exploration is whether attempts at a task differ, and whether more of them succeed at more tasks: pass@k above pass@1.
Exploitation is whether the filter lets through what is worth cloning: different successes, not the same one again. The
balance score of Zeng et al. 2025 (B-STaR, arXiv 2412.17256) puts both in one number per group:

    bs = min(n' / n*, 1) · n' / n

with n the attempts that the filter selects, n' the different correct ones among them, n* how many are wanted. The
first factor asks for enough of them, the second for nothing else to be selected.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from statistics import fmean, stdev

from infra.contracts.policy import Score

Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One scored attempt."""

    reward: float  # 1 for success, 0 for failure
    way: Way  # what it did, step by step
    end: str  # last page and answer


Attempts = Sequence[Tried]


def pass_at_k(n: int, c: int, k: int) -> float:
    """Return the chance that at least one of ``k`` attempts succeeds, where ``c`` of ``n`` did.

    1 - C(n-c, k) / C(n, k), which is unbiased (Chen et al. 2021, arXiv 2107.03374, section 2.1). Raises ValueError
    unless 0 ≤ c ≤ n and 1 ≤ k ≤ n.
    """
    if not 0 <= c <= n or not 1 <= k <= n:
        raise ValueError(f"pass@{k} cannot be told from {c} successes out of {n}")
    return 1.0 - comb(n - c, k) / comb(n, k)


def distinct_share(things: Iterable[Hashable]) -> float:
    """Return how many of the things differ, divided by how many there are. Raises ValueError where there are none."""
    found = list(things)
    if not found:
        raise ValueError("nothing to tell apart")
    return len(set(found)) / len(found)


def select(attempts: Attempts, quota: int) -> list[Tried]:
    """Return what the filter lets through: the shortest ``quota`` successes; of equal length the earlier ones."""
    return sorted((one for one in attempts if one.reward > 0), key=lambda one: len(one.way))[:quota]


def balance_score(distinct: int, selected: int, wanted: float) -> float:
    """Return min(n' / n*, 1) · n' / n; 0 where nothing was selected. Raises ValueError unless n' ≤ n and n* > 0."""
    if not 0 <= distinct <= selected or wanted <= 0:
        raise ValueError(f"{distinct} different ones among {selected} selected, {wanted} wanted")
    return min(distinct / wanted, 1.0) * distinct / selected if selected else 0.0


def group_score(attempts: Attempts, quota: int, wanted: float) -> float:
    """Return the balance score of a group under a quota."""
    kept = select(attempts, quota)
    return balance_score(len({one.way for one in kept}), len(kept), wanted)


def mean_score(value: float, scores: Sequence[float]) -> Score:
    """Return a choice's mean balance score with its standard error."""
    n = len(scores)
    error = stdev(scores) / sqrt(n) if n > 1 else None
    return Score(value=value, groups=n, mean=fmean(scores) if n else 0.0, error=error)


def better(challenger: Sequence[float], present: Sequence[float], z: float) -> bool:
    """Return whether the first mean exceeds the second by more than ``z`` standard errors of their difference (Welch).

    The samples are independent; each needs at least two values, else the answer is no.
    """
    if min(len(challenger), len(present)) < 2:
        return False
    error = sqrt(stdev(challenger) ** 2 / len(challenger) + stdev(present) ** 2 / len(present))
    return fmean(challenger) - fmean(present) > z * error


def better_paired(challenger: Sequence[float], present: Sequence[float], z: float) -> bool:
    """Return the same where both were measured on the same groups, in the same order. Raises ValueError otherwise."""
    gains = [a - b for a, b in zip(challenger, present, strict=True)]
    return len(gains) > 1 and fmean(gains) > z * stdev(gains) / sqrt(len(gains))


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over groups; see infra.contracts.policy.Balance for what they say."""

    ways: float
    ends: float
    pass_at_1: float
    pass_at_k: float | None
    separated: float
    kept: float
    kept_distinct: float | None
    distinct_kept: float | None


def figures(groups: Sequence[Attempts], *, k: int, quota: int) -> Figures:
    """Return what can be said of groups of attempts, each of at least one. Raises ValueError where there is none."""
    if not groups or not all(groups):
        raise ValueError("there is no attempt to speak of")
    kept = [select(group, quota) for group in groups]
    passed = sum(map(len, kept))
    different = sum(len({one.way for one in own}) for own in kept)
    in_all = sum(len({one.way for one in group if one.reward > 0}) for group in groups)
    whole = [group for group in groups if len(group) >= k]  # both rates are taken over these, or could not be compared
    return Figures(
        ways=fmean(distinct_share(one.way for one in group) for group in groups),
        ends=fmean(distinct_share(one.end for one in group) for group in groups),
        pass_at_1=fmean(pass_at_k(len(group), _successes(group), 1) for group in whole or groups),
        pass_at_k=fmean(pass_at_k(len(group), _successes(group), k) for group in whole) if whole else None,
        separated=fmean(0 < _successes(group) < len(group) for group in groups),
        kept=passed / sum(map(len, groups)),
        kept_distinct=different / passed if passed else None,
        distinct_kept=different / in_all if in_all else None,
    )


def _successes(group: Attempts) -> int:
    return sum(one.reward > 0 for one in group)
