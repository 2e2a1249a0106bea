"""Shapes, what they need, and the measurement of training."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from agent.learner.vlm import bench
from agent.learner.vlm.adapters import Lora
from agent.learner.vlm.bench import run
from agent.learner.vlm.footprint import footprint
from agent.learner.vlm.reporting import Plan, Row, line
from agent.learner.vlm.shapes import SHAPES, picture
from agent.learner.vlm.synthetic import Lengths

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")

PLAN = Plan(torch.device("cpu"), 1, 2, 1, 30.0, None, Lengths(40, 6), Lora(rank=4, alpha=8), torch.float32)


@pytest.mark.parametrize(
    ("name", "parameters"),  # as the model cards on Hugging Face count them, in 10⁹
    [("llava-1.6-7b", 7.57), ("llava-1.6-34b", 34.75), ("qwen2.5-vl-3b", 3.75), ("qwen2.5-vl-7b", 8.29)],
)
def test_shapes_have_the_published_number_of_weights(name: str, parameters: float) -> None:
    found = footprint(SHAPES[name], Lengths(), Lora(), dtype=torch.bfloat16, micro_batch=1)
    assert found.parameters / 1e9 == pytest.approx(parameters, abs=0.01)
    assert found.weights == 2 * found.parameters
    assert found.weights < found.total < 1.35 * found.weights + 4 * 2**30


def test_a_screenshot_has_the_tokens_that_the_processors_make_of_it() -> None:
    assert picture(SHAPES["qwen2.5-vl-7b"]).tokens == 29 * 46  # 812 × 1288 pixels in squares of 28
    assert picture(SHAPES["llava-1.6-7b"]).tokens == 576 + 30 * 49  # overview, then 30 × 48 patches and line breaks
    assert picture(SHAPES["llava-1.6-7b"], (1280, 800)).tokens == 576 + 48 * 31


def test_every_family_is_measured_and_failures_do_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = bench.measure

    def measure(shape: object, plan: Plan, row: Row, team: object) -> None:
        if row.shape == "llava-1.6-7b":
            raise RuntimeError("out of\nmemory | now")
        real(shape, plan, row, team)  # type: ignore[arg-type]

    monkeypatch.setattr(bench, "measure", measure)
    names = ("llava-1.6-7b", "tiny", "tiny-llava-1.6", "tiny-qwen2.5-vl")
    rows = run(names, PLAN, tmp_path / "out" / "vlm.json")
    assert [row.outcome for row in rows] == ["RuntimeError: out of memory | now", *["measured"] * 3]
    assert all(row.steps == 1 and row.tokens_per_second and row.peak_gib for row in rows[1:])
    saved = json.loads((tmp_path / "out" / "vlm.json").read_text())
    assert [row["shape"] for row in saved["rows"]] == list(names)
    assert saved["machine"]["dtype"] == "float32"
    table = [text for text in capsys.readouterr().out.splitlines() if text.startswith("|")]
    assert len(table) == 6
    assert len({text.count("|") for text in table}) == 1


def test_what_does_not_fit_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "available", lambda device: 2 * 2**30)
    (row,) = run(["llava-1.6-34b"], PLAN, None)
    assert row.outcome.startswith("does not fit: it needs about 1")  # 34.75·10⁹ weights of 4 bytes: 130 GiB and more
    assert row.outcome.endswith("GiB, and 2 GiB are free")
    assert row.steps is None
    assert " – |" in line(row)


def test_the_largest_that_fits_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    some = {name: SHAPES[name] for name in ("tiny", "tiny-llava-1.6", "llava-1.6-7b")}
    monkeypatch.setattr(bench, "SHAPES", some)
    monkeypatch.setattr(bench, "available", lambda device: 3 * 2**30)
    monkeypatch.setattr(bench, "measure", lambda shape, plan, row, team: None)
    assert [row.shape for row in run([bench.LARGEST], PLAN, None)] == ["tiny"]
    monkeypatch.setattr(bench, "available", lambda device: 0)
    assert [row.outcome for row in run([bench.LARGEST], PLAN, None)] == ["no shape fits"]


def test_it_runs_where_only_torch_and_transformers_are() -> None:
    lacking = ("pydantic_settings", "structlog", "redis", "faststream", "sqlalchemy", "playwright")
    code = (
        f"import sys\nfor name in {lacking!r}: sys.modules[name] = None\n"
        "from agent.learner.vlm.bench import main\n"
        "assert not any(name.startswith('infra') for name in sys.modules)\n"
        "sys.exit(main(['--shape', 'tiny', '--device', 'cpu', '--steps', '1', '--batch', '1', '--threads', '1',"
        " '--text-tokens', '20', '--reply-tokens', '4']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "| measured |" in done.stdout
