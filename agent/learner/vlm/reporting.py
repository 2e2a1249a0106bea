"""What is measured of training, and how the figures are shown."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from agent.learner.vlm.adapters import Lora
from agent.learner.vlm.synthetic import Lengths


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured of every shape."""

    device: torch.device
    steps: int  # optimiser steps that are timed; one before them is not
    batch: int  # decisions per step
    micro_batch: int  # decisions in memory at a time
    seconds: float  # after so many no further step of a shape is begun
    layers: int | None  # truncated to so many; None: all
    lengths: Lengths
    lora: Lora
    dtype: torch.dtype  # of the frozen weights, and of forward passes
    four_bit: bool = False  # of the language model's frozen weights


@dataclass(slots=True)
class Row:
    """One shape's figures; None: not measured."""

    shape: str
    outcome: str = "measured"
    parameters: int | None = None  # frozen
    trained: int | None = None
    tokens: int | None = None  # of a decision: screenshot, text, reply
    need_gib: float | None = None  # estimated
    free_gib: float | None = None  # before the model was built
    build_seconds: float | None = None
    first_step_seconds: float | None = None
    steps: int | None = None
    seconds_per_step: float | None = None
    steps_per_second: float | None = None
    decisions_per_second: float | None = None
    tokens_per_second: float | None = None
    peak_gib: float | None = None  # allocated on CUDA; resident on a CPU, of the whole process so far
    loss: float | None = None


COLUMNS: tuple[tuple[str, str, float, int], ...] = (  # heading, field, divisor, decimals
    ("weights (10⁹)", "parameters", 1e9, 2),
    ("trained (10⁶)", "trained", 1e6, 1),
    ("tokens per decision", "tokens", 1, 0),
    ("s to build", "build_seconds", 1, 1),
    ("steps/s", "steps_per_second", 1, 3),
    ("decisions/s", "decisions_per_second", 1, 2),
    ("tokens/s", "tokens_per_second", 1, 0),
    ("peak GiB", "peak_gib", 1, 1),
    ("need GiB", "need_gib", 1, 1),
)


def line(row: Row) -> str:
    """Return the row of the Markdown table."""
    cells = []
    for _, name, divisor, decimals in COLUMNS:
        value = getattr(row, name)
        cells.append("–" if value is None else f"{value / divisor:,.{decimals}f}")
    return f"| {row.shape} | " + " | ".join(cells) + f" | {row.outcome.replace('|', '/')} |"


def save(rows: Sequence[Row], plan: Plan, out: Path) -> None:
    """Write all that is known so far as JSON."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"machine": machine(plan), "rows": [asdict(row) for row in rows]}, indent=2) + "\n")


def machine(plan: Plan) -> dict[str, Any]:
    """Return what figures depend on."""
    import peft
    import transformers

    cuda = plan.device.type == "cuda"
    return {
        "device": torch.cuda.get_device_name(plan.device) if cuda else platform.processor() or platform.machine(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "peft": peft.__version__,
        "python": platform.python_version(),
        "dtype": str(plan.dtype).removeprefix("torch."),
        "batch": plan.batch,
        "micro_batch": plan.micro_batch,
        "lora_rank": plan.lora.rank,
        "layers": plan.layers,
        "four_bit": plan.four_bit,
        "processes": int(os.environ.get("WORLD_SIZE", "1")),
        "text_tokens": plan.lengths.text,
        "reply_tokens": plan.lengths.reply,
    }
