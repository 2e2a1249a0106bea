"""How far a judge can be trusted: its verdicts against those of a checker that knows (hidden state, a human). Pure.

Only attempts that both could tell are compared; how many could not be told is reported beside, never mixed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from infra.contracts.base import Contract
from infra.contracts.verdict import Outcome, Verdict
from infra.statistics import wilson

_TOLD = frozenset({Outcome.SUCCESS, Outcome.FAILURE})


class Calibration(Contract):
    """Agreement of a judge with a checker; a share over nothing is None."""

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int
    judge_unscored: int  # the checker could tell, the judge could not
    checker_unscored: int  # the checker itself could not tell
    precision: float | None  # of what the judge calls success
    precision_interval: tuple[float, float]
    recall: float | None  # of what the checker calls success
    recall_interval: tuple[float, float]
    disagreement: float | None  # share of compared attempts
    disagreement_interval: tuple[float, float]
    disagreeing: tuple[str, ...]  # ids of attempts to look at, false positives first

    @property
    def compared(self) -> int:
        """Return how many attempts both could tell."""
        return self.true_positives + self.false_positives + self.false_negatives + self.true_negatives


def calibrate(pairs: Iterable[tuple[Verdict, Verdict]]) -> Calibration:
    """Compare (judge's, checker's) verdicts of the same attempts."""
    cells: dict[tuple[bool, bool], list[str]] = {(a, b): [] for a in (True, False) for b in (True, False)}
    judge_unscored = checker_unscored = 0
    for judged, checked in pairs:
        if judged.attempt_id != checked.attempt_id:
            raise ValueError(f"verdicts of different attempts: {judged.attempt_id}, {checked.attempt_id}")
        if checked.outcome not in _TOLD:
            checker_unscored += 1
        elif judged.outcome not in _TOLD:
            judge_unscored += 1
        else:
            cells[judged.outcome is Outcome.SUCCESS, checked.outcome is Outcome.SUCCESS].append(judged.attempt_id)
    tp, fp = len(cells[True, True]), len(cells[True, False])
    fn, tn = len(cells[False, True]), len(cells[False, False])
    return Calibration(
        true_positives=tp,
        false_positives=fp,
        false_negatives=fn,
        true_negatives=tn,
        judge_unscored=judge_unscored,
        checker_unscored=checker_unscored,
        precision=_ratio(tp, tp + fp),
        precision_interval=wilson(tp, tp + fp),
        recall=_ratio(tp, tp + fn),
        recall_interval=wilson(tp, tp + fn),
        disagreement=_ratio(fp + fn, tp + fp + fn + tn),
        disagreement_interval=wilson(fp + fn, tp + fp + fn + tn),
        disagreeing=(*cells[True, False], *cells[False, True]),
    )


def paired(judged: Iterable[Verdict], checked: Mapping[str, Verdict]) -> list[tuple[Verdict, Verdict]]:
    """Return the pairs of verdicts on attempts that ``checked`` (by attempt id) knows."""
    return [(verdict, checked[verdict.attempt_id]) for verdict in judged if verdict.attempt_id in checked]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
