"""Successes to learn from: the shortest few of each task (Zhou et al. 2025 prefer the shorter ones), by website."""

from __future__ import annotations

import math

import numpy as np

from agent.learner.examples import Episode

#: Kept of each task; what is drawn from may be fewer (see ``Successes.quota``).
PER_TASK = 4
#: Weight of the newest attempt in a task's moving rate of success.
PACE = 0.2
#: Weight of a task that always succeeds; one that hardly ever does weighs 1 + FLOOR.
FLOOR = 0.1


class Successes:
    """Bounded per task; whoever holds it bounds the bytes.

    Draws go to websites in proportion to the root of their number of tasks, whether they are still practised or not, so
    that what was learnt there is not forgotten. Within a website a task weighs 1 - its moving rate of success + FLOOR:
    what succeeds anyhow needs less showing (cf. Vinyals et al. 2019, prioritised fictitious self-play).
    """

    def __init__(self, random: np.random.Generator) -> None:
        self._random = random
        self._kept: dict[str, dict[str, list[Episode]]] = {}  # website → task, least recently added first → episodes
        self._rates: dict[str, tuple[float, float]] = {}  # task → decayed sums of rewards and of attempts
        self.nbytes = 0
        self.quota = PER_TASK  # drawn are only so many of a task's successes, the shortest

    def __len__(self) -> int:
        return sum(len(episodes) for tasks in self._kept.values() for episodes in tasks.values())

    @property
    def tasks(self) -> int:
        """Return the number of tasks that have successes."""
        return sum(map(len, self._kept.values()))

    def scored(self, task: str, reward: float) -> None:
        """Take an attempt's reward into its task's moving rate of success."""
        rewards, attempts = self._rates.get(task, (0.0, 0.0))
        self._rates[task] = ((1.0 - PACE) * rewards + reward, (1.0 - PACE) * attempts + 1.0)

    def _rate(self, task: str) -> float:
        """Return a task's moving rate of success, a half before its first attempt."""
        rewards, attempts = self._rates.get(task, (0.0, 0.0))
        return (rewards + 0.5) / (attempts + 1.0)

    def add(self, episode: Episode) -> bool:
        """Keep a success; return False where the task has enough that are shorter.

        Of equally short ones the latest stay: the same few again and again would be learnt by heart.
        """
        tasks = self._kept.setdefault(episode.website, {})
        own = tasks.pop(episode.task, [])
        tasks[episode.task] = own  # now the most recent
        if len(own) >= PER_TASK and len(episode.examples) > len(own[-1].examples):
            return False
        own.insert(0, episode)
        own.sort(key=lambda kept: len(kept.examples))
        self.nbytes += episode.nbytes - sum(dropped.nbytes for dropped in own[PER_TASK:])
        del own[PER_TASK:]
        return True

    def evict(self) -> bool:
        """Drop a task of the website that has the most: the one whose last success is longest ago."""
        if not self._kept:
            return False
        website = max(self._kept, key=lambda key: len(self._kept[key]))
        tasks = self._kept[website]
        self.nbytes -= sum(episode.nbytes for episode in tasks.pop(next(iter(tasks))))
        if not tasks:
            del self._kept[website]
        return True

    def draw(self, count: int) -> list[Episode]:
        """Draw episodes, with replacement; there must be some."""
        websites = list(self._kept)
        shares = np.array([math.sqrt(len(self._kept[website])) for website in websites])
        picks = self._random.choice(len(websites), size=count, p=shares / shares.sum())
        drawn: list[Episode] = []
        for i in np.unique(picks):
            drawn += self._from(self._kept[websites[int(i)]], int((picks == i).sum()))
        return [drawn[int(i)] for i in self._random.permutation(count)]

    def _from(self, tasks: dict[str, list[Episode]], count: int) -> list[Episode]:
        weights = np.array([1.0 - self._rate(task) + FLOOR for task in tasks])
        kept = [episodes[: self.quota] for episodes in tasks.values()]
        picks = self._random.choice(len(kept), size=count, p=weights / weights.sum())
        return [kept[int(i)][int(self._random.integers(len(kept[int(i)])))] for i in picks]
