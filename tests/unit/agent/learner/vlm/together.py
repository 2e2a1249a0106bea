"""What the tests run in one process and in several: as a module with FOLDER CASE [PATIENCE]."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from agent.learner.objectives import Combined, FilteredCloning, GroupRelativeGradient
from agent.learner.vlm import checkpoint
from agent.learner.vlm.adapters import Lora, attach
from agent.learner.vlm.shapes import SHAPES
from agent.learner.vlm.synthetic import Lengths, build, decisions
from agent.learner.vlm.team import Team, open_team
from agent.learner.vlm.trainer import Acted, Options, Shown, VlmTrainer

SHAPE = SHAPES["tiny"]


def trainer(team: Team, *, dropout: float = 0.0) -> VlmTrainer:
    """Return one whose adapters do something, and in each process something else to begin with."""
    torch.manual_seed(0)
    base = team.shard(build(SHAPE, "cpu", torch.float32, layers=2))
    model = attach(base, Lora(rank=4, alpha=8, dropout=dropout))
    for number, weight in enumerate(weight for weight in model.parameters() if weight.requires_grad):
        generator = torch.Generator().manual_seed(number + (0 if team.leads else 1000))
        torch.nn.init.normal_(weight, std=0.05, generator=generator)
    both = Combined(FilteredCloning(), GroupRelativeGradient(clip=0.2), weight=0.7)
    return VlmTrainer(model, both, pad=0, options=Options(learning_rate=1e-3, kl=0.05), team=team)


def batches(count: int) -> list[tuple[Sequence[Shown], Sequence[Acted]]]:
    """Return decisions of so many steps: replies and prompts of different lengths, some drawn twice."""
    model, found = build(SHAPE, "meta", torch.float32, layers=2), []
    for number in range(count):
        shown, acted = decisions(model, SHAPE, Lengths(30 + 5 * number, 5 + number), 5, seed=number)
        shown = [replace(one, weight=1.0 + row) for row, one in enumerate(shown)]
        for row, one in enumerate(acted):
            one.lag, one.temperature, one.then = row, 1.0 + 0.1 * row, -30.0
        found.append((shown, list(acted)))
    found[-1] = (found[-1][0][:1], found[0][1][:1])  # with two processes: a decision each
    return [*found, (found[0][0][:1], ())]  # one decision: nothing for a second process


def lead(one: VlmTrainer, folder: Path, case: str) -> None:
    """Take steps, and leave behind what came of them."""
    some = batches(3)
    if case in ("save", "resume"):
        some[2:] = [(shown, ()) for shown, _ in some[2:]]  # what is drawn again would bring its past along
    if case == "resume":
        checkpoint.resume(one, folder / "state")
        some = some[2:]
    figures = []
    for number, (shown, acted) in enumerate(some):
        if case == "save" and number == 2:
            checkpoint.save(one, folder / "state")
        if case == "die":
            (folder / f"step-{number}").touch()
        figures.append(one.update(shown, acted))
    checkpoint.publish(one.model, folder / case, 0)
    proximals = [other.proximal for _, acted in some for other in acted if other.proximal is not None]
    torch.save(proximals, folder / case / "proximals.pt")
    (folder / case / "figures.json").write_text(json.dumps(figures))


def main(folder: Path, case: str, patience: float = 60.0) -> None:
    """Run a case as this process's part in it."""
    team = open_team("cpu", patience=patience)
    one = trainer(team, dropout=0.2 if case in ("save", "resume") else 0.0)
    if case == "die":  # the second one dies while the first one waits for it
        (folder / f"pid-{os.environ['RANK']}").write_text(str(os.getpid()))
    if team.leads:
        lead(one, folder, case)
        team.rest()
    else:
        one.help()
    team.close()


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), sys.argv[2], *map(float, sys.argv[3:]))
