"""The controls: rewards as issued, dealt out among attempts, or withheld."""

from __future__ import annotations

import numpy as np
import pytest

from agent.learner.dealing import POOL, AsIssued, Shuffled, Withheld, dealer
from infra.settings import LearnerSettings


def test_settings_name_the_dealer() -> None:
    assert isinstance(dealer(LearnerSettings()), AsIssued)
    assert isinstance(dealer(LearnerSettings(reward="shuffled")), Shuffled)
    assert isinstance(dealer(LearnerSettings(reward="off")), Withheld)


def test_as_issued_and_withheld() -> None:
    assert [AsIssued().deal("a", reward) for reward in (1.0, 0.0, None)] == [1.0, 0.0, None]
    assert [Withheld().deal("a", reward) for reward in (1.0, 0.0, None)] == [None, None, None]


def test_shuffled_rewards_keep_their_rate_and_say_nothing() -> None:
    rng = np.random.default_rng(5)
    shuffled = Shuffled()
    own, dealt = [], []
    for _ in range(3000):  # groups of four; a third of the tasks always succeeds, the others never do
        task = int(rng.integers(300))
        for _ in range(4):
            own.append(float(task < 100))
            dealt.append(shuffled.deal(f"t{task}", own[-1]))
    pairs = [(mine, other) for mine, other in zip(own, dealt, strict=True) if other is not None]
    assert len(pairs) == len(own) - POOL
    mine, other = np.array(pairs).T
    assert abs(sum(own) - other.sum()) <= POOL  # but for what is left in the pool, every one is dealt
    assert abs(float(np.corrcoef(mine, other)[0, 1])) < 0.05


def test_no_reward_is_dealt_twice_and_none_to_its_own_task() -> None:
    shuffled = Shuffled()
    own = {float(i): f"t{i % 7}" for i in range(500)}
    dealt = {reward: shuffled.deal(task, reward) for reward, task in own.items()}
    given = [other for other in dealt.values() if other is not None]
    assert len(given) == len(set(given)) == len(own) - POOL
    assert all(own[other] != own[reward] for reward, other in dealt.items() if other is not None)


def test_the_same_seed_deals_the_same() -> None:
    one, two, other = Shuffled(3), Shuffled(3), Shuffled(4)
    rewards = [(f"t{i % 5}", float(i % 3 == 0)) for i in range(200)]
    first = [one.deal(*reward) for reward in rewards]
    assert first == [two.deal(*reward) for reward in rewards]
    assert first != [other.deal(*reward) for reward in rewards]


@pytest.mark.parametrize("count", [POOL, 3 * POOL])
def test_with_a_single_task_there_is_nobody_to_swap_with(count: int) -> None:
    shuffled = Shuffled()
    assert [shuffled.deal("only", 1.0) for _ in range(count)] == [None] * count


def test_what_was_not_scored_takes_no_part() -> None:
    shuffled = Shuffled()
    assert [shuffled.deal(f"t{i}", None) for i in range(2 * POOL)] == [None] * 2 * POOL
    assert shuffled.deal("a", 1.0) is None  # the pool is still empty
