"""The benchmark command: its report says what was measured. How fast that was is no test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra.bench.__main__ import main


def test_steps_and_queue_are_measured_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--only", "step", "--only", "queue", "--out", str(tmp_path)]) == 0
    report = json.loads((tmp_path / "report.json").read_text())
    step, messages = report["step_ms"], report["queue_messages_per_second"]
    assert report["steps"] == 6
    assert step["ours"] > 0
    assert report["step_ratio"] == pytest.approx(step["ours"] / step["bare"])
    low, high = report["interval"]
    assert low <= high
    assert messages["bare_redis"] > 0
    assert messages["ratio"] == pytest.approx(messages["ours"] / messages["bare_redis"])
    assert "chromium" in report["machine"]["chromium"]
    assert "step ratio" in capsys.readouterr().out
