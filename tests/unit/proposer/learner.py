"""A learner made of arithmetic: what it practises with success it gets better at, and at the rest a little too."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import exp
from random import Random
from typing import ClassVar

from infra.contracts.task import Origin, Task, TaskKind
from infra.settings import ProposerSettings
from proposer.curriculum import Curriculum

GROUP = 4


class SyntheticLearner:
    """Does each action of a task right with the reliability of the task's skill; a task is done if all are right."""

    #: Depth and name of the skills.
    SKILLS: ClassVar = (
        (1, "navigate"), (2, "find"), (2, "search"), (3, "change"), (4, "fill"), (5, "compose"), (6, "compare"),
        (8, "compose-three"),
    )  # fmt: skip
    #: Reliability of an action at first, what practice of one skill does for the others, and how slowly it tells.
    BEGINNING, SHARED, SLOW = 0.45, 0.3, 60.0

    def __init__(self, seed: int, *, each: int = 30, curriculum: bool = True) -> None:
        self._rng = Random(seed)  # noqa: S311
        self.tasks = [self._task(depth + i % 2, skill, i) for depth, skill in self.SKILLS for i in range(each)]
        settings = ProposerSettings(curriculum=curriculum)
        self.curriculum = Curriculum("web", self.tasks, settings, Random(seed))  # noqa: S311
        self._now = datetime(2026, 1, 1, tzinfo=UTC)
        self._attempts = 0
        self._practised: Counter[str] = Counter()
        self._drawn: Counter[str] = Counter()
        self.depths: list[int] = []

    @staticmethod
    def _task(depth: int, skill: str, number: int) -> Task:
        return Task(
            id=f"{skill}-{number}",
            website_id="web",
            instruction=f"{skill} {number}",
            start_url="http://a.test/",
            kind=TaskKind.NAVIGATE,
            origin=Origin.GROUNDED,
            depth=depth,
            skill=skill,
        )

    def practise(self, *, seconds: float) -> None:
        """Draw a task, attempt it as a group, and learn from what succeeded."""
        self._now += timedelta(seconds=seconds)
        drawn = self.curriculum.draw(self._now)
        if drawn is None:
            return
        task, _ = drawn
        chance = self.reliability(task.skill) ** task.depth
        for _ in range(GROUP):
            self._attempts += 1
            reward = float(self._rng.random() < chance)
            self._practised[task.skill] += reward / GROUP  # type: ignore[assignment]
            self.curriculum.score(f"att_{self._attempts}", task.id, reward, self._now)
        self._drawn[task.id] += 1
        self.depths.append(task.depth)

    def reliability(self, skill: str) -> float:
        """Return how often one action of this skill is right."""
        known = self._practised[skill] + self.SHARED * sum(self._practised.values())
        return 1.0 - (1.0 - self.BEGINNING) * exp(-known / self.SLOW)

    def ability(self) -> float:
        """Return the mean chance of success over all tasks."""
        return sum(self.reliability(task.skill) ** task.depth for task in self.tasks) / len(self.tasks)

    def drawn(self) -> int:
        """Return how many tasks were drawn at all."""
        return len(self._drawn)

    def skills(self) -> set[str]:
        """Return the skills of the tasks drawn."""
        return {task.skill for task in self.tasks if task.id in self._drawn}
