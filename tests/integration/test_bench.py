"""The benchmark command measures a real shop and a real Redis, says what it found, and leaves nothing running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from infra.bench.__main__ import PARTS, windows
from infra.bench.attempts import difference
from infra.bench.report import table
from infra.telemetry.clock import shares
from tests.fixtures.stacks import processes_of

ROOT = Path(__file__).parents[2]


def start(out: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the command in a session of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "infra.bench", "--quick", "--out", str(out), *arguments],
        cwd=ROOT,
        env={**os.environ, "PAE_BENCH_TEST": str(out), "COLUMNS": "120"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def gone(folder: Path) -> bool:
    """Return whether no process of a folder is left; what was killed may take a moment."""
    deadline = time.monotonic() + 5
    while processes_of(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes_of(folder)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, Path]:
    """A quick run of steps and queue: its report, what it printed, where."""
    out = tmp_path_factory.mktemp("bench") / "out"
    process = start(out, "--only", "step", "queue")
    try:
        printed, _ = process.communicate(timeout=110)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, printed
    return json.loads((out / "report.json").read_text()), printed, out


def test_a_step_is_compared_with_a_bare_one(measured: tuple[dict[str, Any], str, Path]) -> None:
    report, printed, _ = measured
    step = report["step_ms"]
    assert step["ours"] > 0
    assert step["bare"] > 0
    assert step["bare_trivial"] > 0
    assert report["step_ratio"] == pytest.approx(step["ours"] / step["bare"])
    low, high = report["step_ratio_interval"]
    assert 0 < low <= high
    assert report["steps"] == 8  # two cycles of four: the warm-up does not count
    for kind in ("click", "type"):
        one = report["step_kinds_ms"][kind]
        assert one["ratio"] == pytest.approx(one["ours"] / one["bare"])
    assert all(report["step_parts_ms"][part] > 0 for part in ("act", "settle", "screenshot"))
    assert f"{report['step_ratio']:.2f}" in printed


def test_the_queue_is_compared_with_bare_redis(measured: tuple[dict[str, Any], str, Path]) -> None:
    report, printed, _ = measured
    queue = report["queue_messages_per_second"]
    assert queue["ours"] > 0
    assert queue["bare_redis"] > 0
    assert queue["ratio"] == pytest.approx(queue["ours"] / queue["bare_redis"])
    assert queue["blocks"] >= 2
    assert f"{queue['ours']:.0f}" in printed


def test_the_report_says_what_it_was_measured_on(measured: tuple[dict[str, Any], str, Path]) -> None:
    report, _, _ = measured
    machine = report["machine"]
    assert machine["cores"] >= 1
    assert machine["cpu"]
    assert machine["python"] == ".".join(map(str, sys.version_info[:3]))
    assert "chrom" in machine["chromium"].lower()
    assert report["seconds"] > 0


def test_what_was_not_asked_for_is_not_in_the_report(measured: tuple[dict[str, Any], str, Path]) -> None:
    report, _, _ = measured
    assert "attempts_per_second" not in report
    assert "shares" not in report


def test_nothing_is_left_behind(measured: tuple[dict[str, Any], str, Path]) -> None:
    _, _, out = measured
    assert [path.name for path in out.iterdir()] == ["report.json"]
    assert gone(out), processes_of(out)


def test_an_interrupt_stops_everything(tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start(out, "--only", "step")
    try:
        deadline = time.monotonic() + 60
        while not any("agent.browser.bench" in command for command in processes_of(out).values()):
            time.sleep(0.05)
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < deadline, processes_of(out)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert time.monotonic() - begun < 25
    assert gone(out), processes_of(out)
    assert not (out / "report.json").exists()


def test_all_parts_are_in_the_table() -> None:
    found = {
        "step_ratio": 0.5,
        "step_ratio_interval": [0.4, 0.6],
        "step_ms": {"ours": 50.0, "bare": 100.0},
        "step_kinds_ms": {"click": {"ours": 50.0, "bare": 100.0, "ratio": 0.5}},
        "queue_messages_per_second": {"ours": 1000.0, "bare_redis": 2000.0, "ratio": 0.5},
        "attempts_per_second": {"1": 1.5, "2": 2.5},
        "shares": {"browser": 0.75, "policy": 0.25},
    }
    shown = table(found)
    first = list(shown.columns[0].cells)
    assert first[-2:] == ["attempts per second, 1 context", "attempts per second, 2 contexts"]
    assert len(first) == 5
    assert list(shown.columns[1].cells)[-1] == "2.50"
    assert shown.caption == "time with 4 contexts: browser 75%, policy 25%"


def test_shares_are_of_the_window_alone() -> None:
    before = {"agent": {"browser": 10.0, "policy": 5.0}, "gone": {"browser": 100.0}}
    after = {"agent": {"browser": 13.0, "policy": 6.0}, "gone": {"browser": 100.0}, "new": {"learner": 4.0}}
    found = shares(difference(before, after))
    assert found["browser"] == pytest.approx(3 / 8)
    assert found["policy"] == pytest.approx(1 / 8)
    assert found["learner"] == pytest.approx(4 / 8)


def test_windows_grow_with_the_seconds() -> None:
    assert windows(60, quick=False).attempts.seconds == 60
    assert windows(60, quick=False).cycles > windows(None, quick=False).cycles > windows(None, quick=True).cycles
    assert tuple(windows(None, quick=True).attempts.contexts) == (1, 2, 4, 8)


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    process = start(tmp_path, "--only", "nonsense")
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert all(part in printed for part in PARTS)
