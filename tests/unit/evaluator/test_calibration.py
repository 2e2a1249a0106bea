"""Agreement of two judges, against numbers counted by hand."""

from __future__ import annotations

import pytest

from evaluator.calibration import calibrate, paired
from infra.contracts.verdict import Outcome, Verdict

REWARD = {Outcome.SUCCESS: 1.0, Outcome.FAILURE: 0.0}


def verdict(attempt: str, outcome: Outcome) -> Verdict:
    return Verdict(attempt_id=attempt, outcome=outcome, reward=REWARD.get(outcome), reason="", evaluator="judge")


def test_counts_by_hand() -> None:
    s, f, u = Outcome.SUCCESS, Outcome.FAILURE, Outcome.UNSCORED
    outcomes = [(s, s), (s, s), (s, s), (s, f), (f, s), (f, f), (f, f), (u, s), (s, u)]
    result = calibrate((verdict(str(i), a), verdict(str(i), b)) for i, (a, b) in enumerate(outcomes))
    assert (result.true_positives, result.false_positives, result.false_negatives, result.true_negatives) == (
        3,
        1,
        1,
        2,
    )
    assert (result.judge_unscored, result.checker_unscored, result.compared) == (1, 1, 7)
    assert result.precision == result.recall == 0.75
    assert result.disagreement == pytest.approx(2 / 7)
    assert result.disagreeing == ("3", "4")


def test_nothing_to_compare_is_no_figure() -> None:
    result = calibrate([])
    assert result.precision is result.recall is result.disagreement is None
    assert result.precision_interval == (0.0, 1.0)


def test_pairs_by_attempt() -> None:
    checked = {"a": verdict("a", Outcome.SUCCESS)}
    assert len(paired([verdict("a", Outcome.FAILURE), verdict("b", Outcome.FAILURE)], checked)) == 1
    with pytest.raises(ValueError, match="different attempts"):
        calibrate([(verdict("a", Outcome.SUCCESS), verdict("b", Outcome.SUCCESS))])
