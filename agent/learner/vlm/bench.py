"""``python -m agent.learner.vlm.bench``: how fast LoRA adapters of vision-language models train on this machine.

Models are built of random weights in their published shapes, so nothing is downloaded. It needs torch, transformers
and PEFT, and nothing else of this project's. One shape after the other is measured; what goes wrong with one is
reported, and the next one's turn comes. Under ``accelerate launch`` all processes train one model together; each builds
it whole on its own device before it is sharded.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from agent.learner.objectives import Combined, FilteredCloning, GroupRelativeGradient
from agent.learner.vlm.adapters import Lora, attach
from agent.learner.vlm.footprint import GIB, Footprint, available, footprint
from agent.learner.vlm.reporting import COLUMNS, Plan, Row, line, machine, save
from agent.learner.vlm.shapes import SHAPES, Shape, picture
from agent.learner.vlm.synthetic import Lengths, build, build_quantised, decisions
from agent.learner.vlm.team import Alone, Launched, open_team
from agent.learner.vlm.trainer import Options, VlmTrainer

#: Asks for the shape with the most weights that this machine has memory for.
LARGEST = "largest"
DEFAULT = ("tiny", "qwen2.5-vl-7b", LARGEST)


def measure(shape: Shape, plan: Plan, row: Row, team: Alone | Launched | None = None) -> None:
    """Train a model of this shape for a few steps; fill in the row as figures come."""
    team = team or Alone(plan.device)
    need = _need(shape, plan)
    free = available(plan.device)
    row.parameters, row.trained = need.parameters, need.trained
    row.need_gib, row.free_gib = round(need.gib, 2), round(free / GIB, 2)
    row.tokens = picture(shape).tokens + plan.lengths.text + plan.lengths.reply
    if need.total > free and team.size == 1:  # several must not differ about it
        row.outcome = f"does not fit: it needs about {need.gib:.0f} GiB, and {free / GIB:.0f} GiB are free"
        return
    if plan.device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(plan.device)
    begun = time.perf_counter()
    torch.manual_seed(0)
    made = build_quantised(shape, plan.device, plan.layers) if plan.four_bit else None
    model = team.shard(made or build(shape, plan.device, plan.dtype, plan.layers))
    trainer = VlmTrainer(
        attach(model, plan.lora),
        Combined(FilteredCloning(), GroupRelativeGradient(clip=0.2), weight=1.0),
        pad=0,
        options=Options(micro_batch=plan.micro_batch),
        team=team,
    )
    _synchronise(plan.device)
    row.build_seconds = round(time.perf_counter() - begun, 2)
    if not team.leads:
        trainer.help()
        return
    shown, acted = decisions(model, shape, plan.lengths, plan.batch, seed=0)
    try:
        _time(trainer, shown, acted, plan, row)
    finally:
        team.rest()


def _need(shape: Shape, plan: Plan) -> Footprint:
    return footprint(
        shape,
        plan.lengths,
        plan.lora,
        dtype=plan.dtype,
        micro_batch=plan.micro_batch,
        layers=plan.layers,
        four_bit=plan.four_bit,
    )


def _time(trainer: VlmTrainer, shown: Any, acted: Any, plan: Plan, row: Row) -> None:
    """Time optimiser steps; the first one, in which kernels are chosen, is kept apart."""
    begun = time.perf_counter()
    row.loss = round(trainer.update(shown, acted)["loss"], 4)
    _synchronise(plan.device)
    row.first_step_seconds = round(time.perf_counter() - begun, 3)
    row.peak_gib = round(_peak(plan.device) / GIB, 2)
    done, begun = 0, time.perf_counter()
    while done < plan.steps and (done == 0 or time.perf_counter() - begun < plan.seconds):
        row.loss = round(trainer.update(shown, acted)["loss"], 4)
        _synchronise(plan.device)
        done += 1
        each = (time.perf_counter() - begun) / done
        row.steps, row.seconds_per_step = done, round(each, 4)
        row.steps_per_second = round(1 / each, 4)
        row.decisions_per_second = round(plan.batch / each, 3)
        row.tokens_per_second = round(plan.batch * (row.tokens or 0) / each, 1)
        row.peak_gib = round(_peak(plan.device) / GIB, 2)


def _synchronise(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def _peak(device: torch.device) -> int:
    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _largest(plan: Plan) -> str | None:
    """Return the name of the shape with the most weights that fits; None where none does."""
    free = available(plan.device)
    sizes = {}
    for name, shape in SHAPES.items():
        need = _need(shape, plan)
        if need.total <= free:
            sizes[name] = need.parameters
    return max(sizes, key=sizes.__getitem__) if sizes else None


def run(names: Sequence[str], plan: Plan, out: Path | None, team: Alone | Launched | None = None) -> list[Row]:
    """Measure shapes one after the other; print and save each as it comes."""
    team = team or Alone(plan.device)
    _say(f"{json.dumps(machine(plan))}\n")
    _say("| shape | " + " | ".join(heading for heading, *_ in COLUMNS) + " | outcome |")
    _say("|---" * (len(COLUMNS) + 2) + "|")
    rows: list[Row] = []
    for asked in names:
        row = Row(asked)
        try:
            name = _largest(plan) if asked == LARGEST else asked
            if name is None:
                row.outcome = "no shape fits"
            elif name in [one.shape for one in rows]:
                continue
            else:
                row.shape = name
                measure(SHAPES[name], plan, row, team)
        except Exception as error:
            if not team.leads:
                raise
            row.outcome = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
        rows.append(row)
        _say(line(row))
        if out is not None:
            save(rows, plan, out)
        gc.collect()
        if plan.device.type == "cuda":
            torch.cuda.empty_cache()
    return rows


def _say(text: str) -> None:
    if os.environ.get("RANK", "0") == "0":
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 1 where no shape could be measured."""
    parser = argparse.ArgumentParser(prog="python -m agent.learner.vlm.bench", description=__doc__)
    known = (*SHAPES, LARGEST)
    parser.add_argument("--shape", nargs="+", default=DEFAULT, choices=known, metavar="SHAPE", help=", ".join(known))
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu", choices=("cpu", "cuda"))
    parser.add_argument("--dtype", choices=("bfloat16", "float32"), help="(bfloat16 on CUDA, float32 on a CPU)")
    parser.add_argument("--steps", type=int, default=6, help="optimiser steps that are timed (6)")
    parser.add_argument("--seconds", type=float, default=40.0, help="a shape's steps end after so long (40)")
    parser.add_argument("--batch", type=int, default=4, help="decisions per step (4)")
    parser.add_argument("--micro-batch", type=int, default=1, help="decisions in memory at a time (1)")
    parser.add_argument("--layers", type=int, help="truncate models to so many layers")
    parser.add_argument("--text-tokens", type=int, default=1500)
    parser.add_argument("--reply-tokens", type=int, default=64)
    parser.add_argument("--rank", type=int, default=16, help="of the adapters (16)")
    parser.add_argument("--threads", type=int, help="of torch on a CPU")
    parser.add_argument("--four-bit", action="store_true", help="frozen weights of 4 bits (needs bitsandbytes)")
    parser.add_argument("--out", type=Path, help="JSON file that is written after every shape")
    given = parser.parse_args(arguments)
    if given.device == "cuda" and not torch.cuda.is_available():
        parser.error("torch finds no CUDA here")
    if given.threads:
        torch.set_num_threads(given.threads)
    team = open_team(given.device)
    if given.four_bit and team.sharded:
        parser.error("--four-bit goes with whole weights in every process only")
    plan = _plan(given, team.device)
    names = [name for name in given.shape if name != LARGEST or team.size == 1]
    rows = run(names, plan, given.out if team.leads else None, team)
    team.close()
    return 0 if not team.leads or any(row.steps for row in rows) else 1


def _plan(given: argparse.Namespace, device: torch.device) -> Plan:
    half = given.four_bit or device.type == "cuda"
    return Plan(
        device=device,
        steps=given.steps,
        batch=given.batch,
        micro_batch=given.micro_batch,
        seconds=given.seconds,
        layers=given.layers,
        lengths=Lengths(given.text_tokens, given.reply_tokens),
        lora=Lora(rank=given.rank, alpha=2 * given.rank),
        dtype=getattr(torch, given.dtype or ("bfloat16" if half else "float32")),
        four_bit=given.four_bit,
    )


if __name__ == "__main__":
    sys.exit(main())
