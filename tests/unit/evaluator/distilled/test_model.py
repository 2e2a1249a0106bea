"""The distilled reward model: what it sees, how it learns, and when it is believed."""

from __future__ import annotations

from random import Random

import pytest

from evaluator.agreement.savings import saved
from evaluator.distilled.features import features, share, words
from evaluator.distilled.model import LEAST, RATE, RewardModel, sigmoid
from infra.contracts.action import Answer
from infra.contracts.verdict import Outcome, Verdict
from tests.unit.evaluator.builders import heading, line, page, task, trajectory

SHOP = task().model_copy(update={"instruction": "What do 2 brass lamps cost?", "skill": "find:price"})


def model() -> RewardModel:
    return RewardModel(0.95, Random(0))  # noqa: S311


def test_features_by_hand() -> None:
    tried = trajectory((page("/lamp", heading("Brass lamp"), line("2 cost £ 8")), Answer(text="£ 8")))
    seen = features(SHOP, tried)
    assert seen["words on the page"] == 2 / 4  # brass and cost of what, brass, lamps, cost
    assert seen["words in its headings"] == 1 / 4
    assert seen["numbers on the page"] == 1.0
    assert seen["answer on the page"] == seen["answered"] == seen["still at the start"] == 1.0
    assert sum(name.startswith(("state|", "place|", "family|")) for name in seen) == 3
    assert all(0.0 <= value <= 1.0 for value in seen.values())
    assert features(SHOP, tried.model_copy(update={"final": None})) == {"bias": 1.0}


def test_words_and_shares() -> None:
    assert words("An old LAMP") == {"old", "lamp"}
    assert share({"a", "b"}, {"b"}) == 0.5
    assert share(set(), {"b"}) == 0.0
    assert (sigmoid(0.0), sigmoid(-1000.0), sigmoid(1000.0)) == (0.5, 0.0, 1.0)


def test_one_step_by_hand() -> None:
    learner = model()
    learner._step({"x": 1.0}, 1.0)  # AdaGrad's first step is the rate, whatever the gradient
    assert learner._weights == {"x": pytest.approx(RATE)}


def test_what_was_judged_is_remembered_and_what_is_open_stays_open() -> None:
    learner, rng = model(), Random(1)  # noqa: S311
    for turn in range(40):
        good = turn % 2 == 0
        learner.learn({"bias": 1.0, "good" if good else "bad": 1.0}, float(good), None)
        learner.learn({"bias": 1.0, "toss": 1.0}, float(rng.random() < 0.5), None)
    assert learner.probability({"bias": 1.0, "good": 1.0}) > 0.95
    assert learner.probability({"bias": 1.0, "bad": 1.0}) < 0.05
    assert not learner.sure(learner.probability({"bias": 1.0, "toss": 1.0}))
    assert not learner.sure(learner.probability({"bias": 1.0, "never seen": 1.0}))


def test_it_is_trusted_while_its_sure_predictions_are_right() -> None:
    learner = model()
    assert not learner.trusted
    for _ in range(LEAST):
        learner.learn({"a": 1.0}, 1.0, 0.6)  # not sure: says nothing
    assert not learner.trusted
    for _ in range(LEAST // 2):
        assert not learner.trusted
        learner.learn({"a": 1.0}, 1.0, 0.99)
        learner.learn({"b": 1.0}, 0.0, 0.01)
    assert learner.trusted
    for _ in range(2):
        learner.learn({"a": 1.0}, 0.0, 0.99)
    assert not learner.trusted


@pytest.mark.parametrize("successes", [0, 1, 10])
def test_always_saying_the_same_earns_no_trust(successes: int) -> None:
    learner = model()
    for turn in range(300):  # where nearly all fails, failure is nearly always right
        success = turn % 30 == 0 and turn // 30 < successes
        learner.learn({"bias": 1.0}, float(success), 0.02)
        assert not learner.trusted


def test_savings_by_hand() -> None:
    def verdict(evaluator: str, reward: float, predicted: float | None) -> Verdict:
        outcome = Outcome.SUCCESS if reward else Outcome.FAILURE
        return Verdict(
            attempt_id="a", outcome=outcome, reward=reward, reason="", evaluator=evaluator, predicted=predicted
        )

    found = saved(
        [
            verdict("distilled", 1.0, 0.99), verdict("judge", 1.0, 0.99), verdict("judge", 0.0, 0.99),
            verdict("judge", 0.0, 0.01), verdict("judge", 1.0, 0.5), verdict("judge", 1.0, None),
            verdict("evidence", 1.0, None),
        ],
        0.95,
    )  # fmt: skip
    assert (found.answered, found.asked, found.checked) == (1, 5, 3)
    assert found.agreement == pytest.approx(2 / 3)
