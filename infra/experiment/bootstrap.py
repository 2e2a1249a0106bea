"""Bootstrap intervals over seeds and tasks. Pure.

All seeds are measured on the same tasks, so seeds and tasks are crossed: a resample draws seeds, and draws tasks once
for all of them (Owen 2007, "The pigeonhole bootstrap"). Of few seeds a bootstrap sees too little of their spread;
where there is one, only tasks are drawn, and the estimate says so.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from infra.contracts.base import Contract
from infra.statistics import wilson

RESAMPLES = 4000
SEED = 20130

Values = NDArray[np.float64]


class Estimate(Contract):
    """A mean with its 95 % interval. A share lies in [0, 1], a difference of shares in [-1, 1]."""

    mean: float
    low: float
    high: float
    seeds: int
    tasks: int
    over: Literal["tasks", "seeds and tasks"]


def estimate(values: Values) -> Estimate:
    """Return the mean success with its percentile interval.

    ``values``: seeds × tasks, 1 where a task succeeded and 0 where it did not. Where all are alike no resample
    differs from another: the interval is then Wilson's for what was never seen in so many tasks.

    Raises:
        ValueError: there are no seeds or no tasks.
    """
    return _estimate(values, least=0.0)


def difference(values: Values, reference: Values) -> Estimate:
    """Return the mean of ``values`` − ``reference``, paired: rows are the same seeds, columns the same tasks.

    Raises:
        ValueError: the shapes differ, or there are no seeds or no tasks.
    """
    if values.shape != reference.shape:
        raise ValueError(f"{values.shape} cannot be paired with {reference.shape}")
    return _estimate(values - reference, least=-1.0)


def _estimate(values: Values, *, least: float) -> Estimate:
    if values.ndim != 2 or 0 in values.shape:
        raise ValueError(f"an estimate needs seeds and tasks, and this has shape {values.shape}")
    seeds, tasks = values.shape
    mean = float(values.mean())
    if np.ptp(values) == 0:
        _, unseen = wilson(0, tasks)
        low, high = max(least, mean - unseen), min(1.0, mean + unseen)
    else:
        low, high = np.quantile(_means(values), [0.025, 0.975]).tolist()
    over: Literal["tasks", "seeds and tasks"] = "tasks" if seeds == 1 else "seeds and tasks"
    return Estimate(mean=mean, low=low, high=high, seeds=seeds, tasks=tasks, over=over)


def _means(values: Values) -> Values:
    """Return the mean of each resample."""
    seeds, tasks = values.shape
    random = np.random.default_rng(SEED)
    drawn_seeds = random.multinomial(seeds, np.full(seeds, 1 / seeds), size=RESAMPLES)
    drawn_tasks = random.multinomial(tasks, np.full(tasks, 1 / tasks), size=RESAMPLES)
    means: Values = np.einsum("bs,bs->b", drawn_seeds, drawn_tasks @ values.T) / values.size
    return means
