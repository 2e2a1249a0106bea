"""The benchmark's figures, against numbers counted by hand."""

from __future__ import annotations

import pytest
from rich.console import Console

from evaluator.benchmark.report import Ending, TaskResult, share, summarise
from evaluator.benchmark.table import tables
from infra.contracts.attempt import StopReason
from infra.contracts.base import utcnow
from infra.contracts.task import TaskKind


def result(ending: Ending, **more: object) -> TaskResult:
    values = {
        "task": "shop-1",
        "site": "shop",
        "kind": TaskKind.FIND,
        "depth": 2,
        "instruction": "find it",
        "ending": ending,
        "attempt_ids": ("att_1",),
    } | more
    return TaskResult.model_validate(values)


RESULTS = [
    result(Ending.SUCCESS, steps=2, seconds=1.0, stop_reason=StopReason.ANSWERED),
    result(Ending.SUCCESS, steps=4, seconds=2.0, kind=TaskKind.CHANGE, depth=4),
    result(Ending.FAILURE, steps=12, seconds=9.0, stop_reason=StopReason.MAX_STEPS, missing=("ended by the agent",)),
    result(Ending.FAILURE, steps=2, seconds=3.0, stop_reason=StopReason.ANSWERED, missing=("the answer is 5",)),
    result(Ending.BLOCKED, site="forum", attempt_ids=("a", "b", "c")),
    result(Ending.TIMED_OUT, site="forum"),
]


def test_figures_by_hand() -> None:
    report = summarise(RESULTS, version=3, split="final", sites=("forum", "shop"), started_at=utcnow(), seconds=20.0)
    assert (report.overall.successes, report.overall.n) == (2, 6)
    assert report.overall.success == pytest.approx(1 / 3)
    assert report.overall.low == pytest.approx(0.09677, abs=1e-4)
    assert report.by_site["shop"].success == 0.5
    assert report.by_site["forum"].success == 0.0
    assert report.by_kind["change"].success == 1.0
    assert list(report.by_depth) == ["02", "04"]
    assert report.endings == {"success": 2, "failure": 2, "blocked": 1, "timed_out": 1}
    assert report.failures == {"max_steps": 1, "the answer is 5": 1}
    assert report.retried == 2
    assert report.mean_steps == 5.0
    assert report.mean_steps_of_successes == 3.0
    assert report.median_seconds == 2.5


def test_nothing_run_is_no_success() -> None:
    report = summarise([], version=0, split="final", sites=(), started_at=utcnow(), seconds=0.0)
    assert report.overall == share(0, 0)
    assert (report.overall.success, report.overall.low, report.overall.high) == (0.0, 0.0, 1.0)
    assert report.mean_steps is None


def test_the_tables_show_the_main_figure() -> None:
    report = summarise(RESULTS, version=3, split="final", sites=("shop",), started_at=utcnow(), seconds=20.0)
    console = Console(width=100, record=True, quiet=False, file=None)
    with console.capture() as captured:
        console.print(*tables(report), sep="\n")
    text = captured.get()
    assert "Success 33% (10%–70%, n = 6)" in text
    assert "max_steps" in text
