"""curriculum: which task next. One per website, in memory; the store keeps what a restart needs.

A group is drawn in one of five manners: from the mastered tasks (retention: families long not practised or being
forgotten first, see retention.py), from those that people gave and that are not mastered yet, uniformly (the floor, so
that nothing starves), from the fresh ones (novelty), or from those being learnt in proportion to 4p(1 − p). Fresh tasks
and those being learnt count for more where they lead to pages that attempts have seldom reached (reach.py), and the
share of a kind of task depends on its most promising one, not on how many there are: of forms there are few, of facts
hundreds. Without curriculum every task is as likely as any other, whatever came of it. Results are taken in once per
attempt id, in whatever order they arrive.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from random import Random

from infra.contracts.curriculum import Pool, TaskProgress
from infra.contracts.task import Origin, Task, TaskKind
from infra.settings import ProposerSettings
from proposer.demonstrations import shown
from proposer.pools import TaskState, learnability
from proposer.reach import Reach
from proposer.retention import most_urgent

#: Share of the drawn groups that go to fresh tasks while there are any.
NOVELTY = 0.5
#: Weight of a task that was tried and never succeeded, to one that did: one group in six of them has mixed results.
NEVER = 0.3
#: Weight of a fresh task that the learner has been shown the way through, to one it has not: less is new about it.
SHOWN = 0.3
#: Share of the drawn groups that go to tasks which people gave, until they are mastered: they are what is wanted.
ASKED = 0.2
#: Recent results over which the website's mean success is taken.
RECENT = 200
#: With no success at all, a fresh task counts so much less for each action more that it takes.
STEEPEST = 0.5
#: Least weight of anything that may be drawn.
LEAST_WEIGHT = 0.02


class Manner(StrEnum):
    """Why a group was drawn."""

    UNIFORM = "uniform"
    RETENTION = "retention"
    ASKED = "asked"
    FRESH = "fresh"
    LEARNING = "learning"


class Curriculum:
    """The tasks of one website with their records."""

    def __init__(
        self,
        website_id: str,
        tasks: Sequence[Task],
        settings: ProposerSettings,
        rng: Random,
        reach: Reach | None = None,
    ) -> None:
        self.website_id = website_id
        self.reach = reach
        self._settings = settings
        self._rng = rng
        self._tasks: dict[str, Task] = {}
        self._states: dict[str, TaskState] = {}
        self._skills: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._changed: set[str] = set()
        self.add(tasks)

    def __len__(self) -> int:
        return len(self._tasks)

    def add(self, tasks: Iterable[Task]) -> None:
        """Take up tasks that are not known yet."""
        for task in tasks:
            if task.id not in self._tasks:
                self._tasks[task.id] = task
                self._states[task.id] = TaskState(task.id)
                self._skills[task.skill] += 1

    def task(self, task_id: str) -> Task:
        """Return a task. Raises KeyError."""
        return self._tasks[task_id]

    def state(self, task_id: str) -> TaskState:
        """Return a task's record. Raises KeyError."""
        return self._states[task_id]

    def score(self, attempt_id: str, task_id: str, reward: float | None, now: datetime) -> bool:
        """Take in a result once; return whether it was new. ``reward`` None: there was no telling."""
        state = self._states.get(task_id)
        if attempt_id in self._seen or state is None:
            return False
        self._seen.add(attempt_id)
        state.score(
            reward, now, park_after=self._settings.park_after, cool_down_seconds=self._settings.cool_down_seconds
        )
        if reward is not None:
            self._recent.append(reward)
        self._changed.add(task_id)
        return True

    @property
    def success(self) -> float:
        """Return the mean of the recent rewards; 0 before the first."""
        return sum(self._recent) / len(self._recent) if self._recent else 0.0

    def pools(self, now: datetime) -> dict[Pool, list[Task]]:
        """Return the tasks by pool."""
        pools: dict[Pool, list[Task]] = {pool: [] for pool in Pool}
        for task_id, task in self._tasks.items():
            pools[self._states[task_id].pool(now)].append(task)
        return pools

    def draw(self, now: datetime, busy: frozenset[str] = frozenset()) -> tuple[Task, Manner] | None:
        """Return the next task and why, or None where nothing can be tried now. ``busy``: tasks under way."""
        if not self._settings.curriculum:
            free = [task for task in self._tasks.values() if task.id not in busy]
            return (self._rng.choice(free), Manner.UNIFORM) if free else None
        pools = {pool: [task for task in tasks if task.id not in busy] for pool, tasks in self.pools(now).items()}
        active = [*pools[Pool.FRESH], *pools[Pool.LEARNING], *pools[Pool.MASTERED]]
        if not active:
            return None
        if pools[Pool.MASTERED] and self._rng.random() < self._settings.retention_share:
            return self._retained(pools[Pool.MASTERED], now), Manner.RETENTION
        fresh, learning = pools[Pool.FRESH], pools[Pool.LEARNING]
        asked = [task for task in (*fresh, *learning) if task.origin is Origin.HUMAN]
        if asked and self._rng.random() < ASKED:
            return self._rng.choice(asked), Manner.ASKED
        if self._rng.random() < self._settings.uniform_floor:
            return self._rng.choice(active), Manner.UNIFORM
        if fresh and (not learning or self._rng.random() < NOVELTY):
            return self._weighted(fresh, self._fresh_weights(fresh)), Manner.FRESH
        if learning:
            weights = [self._learning_weight(task) for task in learning]
            return self._weighted(learning, by_kind(learning, weights, [1.0] * len(learning))), Manner.LEARNING
        return self._retained(pools[Pool.MASTERED], now), Manner.RETENTION

    def _learning_weight(self, task: Task) -> float:
        state = self._states[task.id]
        hope = 1.0 if state.successes else NEVER
        return max(hope * learnability(state.estimate), LEAST_WEIGHT) * self._bonus(task)

    def _fresh_weights(self, fresh: Sequence[Task]) -> list[float]:
        """Short tasks first while little succeeds; rare skills as much as common ones; unseen and learnable first."""
        discount = STEEPEST + (1.0 - STEEPEST) * min(1.0, 2.0 * self.success)
        left = Counter(task.skill for task in fresh)
        promise = self._promise()
        worth = [
            discount ** max(task.depth - 1, 0)
            * promise.get(task.skill, 1.0)
            * (SHOWN if shown(task) else 1.0)
            * self._bonus(task)
            for task in fresh
        ]
        rarity = [left[task.skill] ** -0.5 for task in fresh]
        return by_kind(fresh, worth, rarity)

    def _bonus(self, task: Task) -> float:
        return self.reach.bonus(task) if self.reach is not None else 1.0

    def _promise(self) -> dict[str, float]:
        """Return for each skill that was tried how much its tasks still teach, from LEAST to 1."""
        weights: defaultdict[str, float] = defaultdict(float)
        rewards: defaultdict[str, float] = defaultdict(float)
        for task_id, state in self._states.items():
            if state.attempts:
                skill = self._tasks[task_id].skill
                weights[skill] += state.weight
                rewards[skill] += state.reward
        return {
            skill: 0.2 + 0.8 * learnability((rewards[skill] + 1.0) / (weight + 2.0))
            for skill, weight in weights.items()
        }

    def _weighted(self, tasks: Sequence[Task], weights: Sequence[float]) -> Task:
        return self._rng.choices(tasks, weights=weights)[0]

    def _retained(self, mastered: Sequence[Task], now: datetime) -> Task:
        return most_urgent(mastered, self._tasks.values(), self._states, now)

    def take_changes(self, now: datetime) -> list[TaskProgress]:
        """Return the records that changed since the last call."""
        changed = [self._states[task_id].progress(self.website_id, now) for task_id in sorted(self._changed)]
        self._changed.clear()
        return changed

    def put_back(self, task_ids: Iterable[str]) -> None:
        """Mark records as changed again, because they could not be saved."""
        self._changed.update(task_ids)


def by_kind(tasks: Sequence[Task], worth: Sequence[float], rarity: Sequence[float]) -> list[float]:
    """Return weights in proportion to worth and rarity within a kind of task, each kind being worth its best task."""
    peaks: defaultdict[TaskKind, float] = defaultdict(float)
    totals: defaultdict[TaskKind, float] = defaultdict(float)
    weights = [a * b for a, b in zip(worth, rarity, strict=True)]
    for task, value, weight in zip(tasks, worth, weights, strict=True):
        peaks[task.kind] = max(peaks[task.kind], value)
        totals[task.kind] += weight
    return [weight * peaks[task.kind] / totals[task.kind] for task, weight in zip(tasks, weights, strict=True)]


def replay(curriculum: Curriculum, results: Iterable[tuple[str, str, float | None, datetime]]) -> None:
    """Rebuild the records from (attempt id, task id, reward, when), oldest first."""
    for attempt_id, task_id, reward, when in results:
        if curriculum.score(attempt_id, task_id, reward, when) and reward and curriculum.reach is not None:
            curriculum.reach.succeeded(curriculum.task(task_id))


Clock = Callable[[], datetime]
