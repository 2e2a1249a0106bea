"""Exploring: at which temperature the next groups are sampled and how many successes are cloned, by the balance score.

B-STaR (Zeng et al. 2025, arXiv 2412.17256) tries all temperatures and thresholds on a part of the queries
before each iteration and takes the best. Practice here never pauses, so a share of the groups is sampled at the two
neighbours of the temperature in force, side by side: neither what was learnt meanwhile nor what the curriculum draws
can be mistaken for the temperature's doing. Another quota needs no other attempts: its score is computed on the same
ones. Every so many groups there is one review, which moves each of the two by at most one step, and only where the gain
exceeds what chance would bring.

Scores are taken over tasks that were not mastered before. A mastered task mostly has one good way, and the score would
ask for detours.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from agent.learner.balance import Attempts, better, better_paired, figures, group_score, mean_score
from agent.learner.successes import PER_TASK
from infra.contracts.policy import Balance, Sampling, Score
from infra.settings import LearnerSettings

#: Temperatures lie on steps of this width, within these bounds.
STEP, COOLEST, WARMEST = 0.2, 0.6, 1.4
#: Share of practice groups that is sampled at a neighbour, both together.
PROBE_SHARE = 0.25
#: Successes cloned per task. Two at least: each is shown with other words of its instruction overlooked.
QUOTAS = (2, 3, PER_TASK)
#: Groups that figures are taken over, the newest.
WINDOW = 400
#: New groups from one review to the next; looking more often would find chance more often.
REVIEW = 80
#: Groups that a temperature needs before it is compared.
LEAST = 20
#: Standard errors that a gain must exceed: one in twenty that are none does.
CERTAINTY = 1.64
#: A task all but mastered: so much of its last group succeeded.
SETTLED = 0.75
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A group of attempts that was compared."""

    attempts: Attempts
    temperature: float
    unsettled: bool  # its task was not mastered before


class Choice(NamedTuple):
    """What is moved, and why in words."""

    value: float
    reason: str


def wanted(group_size: int) -> float:
    """Return n*: half a group of different successes. More would ask for what is as good as mastered to vary."""
    return max(1.0, group_size / 2)


class Explorer:
    """Watches groups and chooses the sampling. Without ``learner.balance`` = adapt it only watches."""

    def __init__(self, settings: LearnerSettings, active: Sampling, *, group_size: int) -> None:
        """``active``: the active version's."""
        self._adapts = settings.balance == "adapt"
        self._fixed = Sampling(temperature=settings.temperature, successes_per_task=PER_TASK)
        self._k = group_size
        self._window: deque[Seen] = deque(maxlen=WINDOW)
        self._rates: OrderedDict[str, float] = OrderedDict()  # by task, of its last group
        self._unreviewed = 0
        self.sampling = active
        self.follow(active)

    def follow(self, active: Sampling) -> None:
        """Go on from an active version's sampling; what was measured under another's weights is dropped."""
        self.sampling = _probing(active.temperature, active.successes_per_task) if self._adapts else self._fixed
        self._window.clear()
        self._unreviewed = 0

    def add(self, task_id: str, temperature: float, attempts: Attempts) -> None:
        """Take in a group's scored attempts, all sampled at one temperature."""
        if not attempts:
            return
        unsettled = self._rates.pop(task_id, 0.0) < SETTLED
        self._rates[task_id] = sum(one.reward for one in attempts) / len(attempts)
        while len(self._rates) > REMEMBERED:
            self._rates.popitem(last=False)
        self._window.append(Seen(tuple(attempts), temperature, unsettled))
        self._unreviewed += 1

    def review(self) -> Balance | None:
        """Move what is to be moved, at most one step each; return the figures. None where no group was seen."""
        if not self._window:
            return None
        said = ""
        before = self.sampling
        if self._adapts and self._unreviewed >= REVIEW:
            self._unreviewed = 0
            warmth, quota = self._temperature(), self._quota()
            self.sampling = _probing(warmth.value, int(quota.value))
            said = "; ".join(reason for reason in (warmth.reason, quota.reason) if reason)
        return self._balance(before, said)

    def _scores(self, temperature: float, quota: int) -> list[float]:
        """Return the balance scores of the unsettled groups at a temperature."""
        found = (seen.attempts for seen in self._window if seen.unsettled and seen.temperature == temperature)
        return [group_score(attempts, quota, wanted(self._k)) for attempts in found]

    def _temperature(self) -> Choice:
        """Return the temperature to sample at: the present one, or the better of its neighbours."""
        now, quota = self.sampling.temperature, self.sampling.successes_per_task
        present = self._scores(now, quota)
        rivals = {rival: self._scores(rival, quota) for rival in self.sampling.probes}
        won = [
            rival
            for rival, scores in rivals.items()
            if min(len(scores), len(present)) >= LEAST and better(scores, present, CERTAINTY)
        ]
        if not won:
            return Choice(now, "")
        best = max(won, key=lambda rival: mean_score(rival, rivals[rival]).mean)
        gain = f"{mean_score(best, rivals[best]).mean:.2f} against {mean_score(now, present).mean:.2f}"
        return Choice(best, f"temperature {now:g} to {best:g}: balance score {gain}")

    def _quota(self) -> Choice:
        """Return how many successes per task to clone: as now, or one step to the better side."""
        now = self.sampling.successes_per_task
        groups = [seen.attempts for seen in self._window if seen.unsettled]
        present = [group_score(attempts, now, wanted(self._k)) for attempts in groups]
        for rival in (quota for quota in QUOTAS if abs(quota - now) == 1):
            scores = [group_score(attempts, rival, wanted(self._k)) for attempts in groups]
            if len(groups) >= LEAST and better_paired(scores, present, CERTAINTY):
                gain = f"{mean_score(rival, scores).mean:.2f} against {mean_score(now, present).mean:.2f}"
                return Choice(rival, f"successes cloned per task {now} to {rival}: balance score {gain}")
        return Choice(now, "")

    def _balance(self, sampling: Sampling, said: str) -> Balance:
        """Return the figures as they are under a sampling."""
        groups = [seen.attempts for seen in self._window]
        unsettled = [seen.attempts for seen in self._window if seen.unsettled]
        quota, enough = sampling.successes_per_task, wanted(self._k)
        beside = sorted({sampling.temperature, *sampling.probes})
        return Balance(
            **asdict(figures(groups, k=self._k, quota=quota)),
            groups=len(groups),
            attempts=sum(map(len, groups)),
            k=self._k,
            wanted=enough,
            unsettled=len(unsettled),
            temperatures=tuple(mean_score(value, self._scores(value, quota)) for value in beside),
            quotas=tuple(_by_quota(unsettled, enough)),
            decision=said,
        )


def _by_quota(groups: Sequence[Attempts], enough: float) -> list[Score]:
    return [mean_score(quota, [group_score(attempts, quota, enough) for attempts in groups]) for quota in QUOTAS]


def neighbours(temperature: float) -> tuple[float, ...]:
    """Return the temperatures one step cooler and warmer, as far as they are within the bounds."""
    beside = (round(temperature - STEP, 2), round(temperature + STEP, 2))
    return tuple(value for value in beside if COOLEST <= value <= WARMEST)


def _probing(temperature: float, quota: int) -> Sampling:
    return Sampling(
        temperature=temperature,
        probes=neighbours(temperature),
        probe_share=PROBE_SHARE,
        successes_per_task=min(max(quota, QUOTAS[0]), PER_TASK),
    )
