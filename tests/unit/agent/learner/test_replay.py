"""What is kept to be imitated, and how it is drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from agent.learner.examples import Episode, Example
from agent.learner.hindsight import Hindsight
from agent.learner.replay import SUCCESS_WEIGHT, Replay
from agent.learner.successes import FLOOR, PACE, PER_TASK, Successes
from tests.unit.agent.learner.walks import episode, example


def successes() -> Successes:
    return Successes(np.random.default_rng(0))


def shares(drawn: list[Episode]) -> dict[str, float]:
    counts = Counter(one.task for one in drawn)
    return {task: count / len(drawn) for task, count in counts.items()}


def test_the_shortest_successes_of_a_task_are_kept() -> None:
    kept = successes()
    for length in (5, 4, 3, 2, 6, 1):
        kept.add(episode("a", "success", length))
    assert len(kept) == PER_TASK
    assert kept.add(episode("a", "success", 9)) is False
    assert {len(one.examples) for one in kept.draw(100)} == {1, 2, 3, 4}


def test_of_equally_short_successes_the_latest_are_kept() -> None:
    replay = Replay(100)
    for number in range(6):
        examples = tuple(replace(one, version=number) for one in episode("a", "success", 2).examples)
        replay.add(replace(episode("a", "success", 2), examples=examples))
    drawn = replay._from("success", 200)
    assert {one.examples[0].version for one in drawn} == {2, 3, 4, 5}


def test_a_quota_draws_from_the_shortest_alone_and_loses_none() -> None:
    kept = Replay(100)
    for length in (4, 1, 3, 2):
        kept.add(episode("a", "success", length))
    kept.limit(2)
    lengths = Counter(len(one.examples) for one in kept._from("success", 400))
    assert set(lengths) == {1, 2}
    kept.limit(PER_TASK)
    assert {len(one.examples) for one in kept._from("success", 400)} == {1, 2, 3, 4}


def test_tasks_that_seldom_succeed_are_drawn_more() -> None:
    kept = successes()
    for task, rewards in {"easy": [1.0] * 30, "hard": [0.0] * 9 + [1.0], "new": []}.items():
        kept.add(episode(task, "success", 1))
        for reward in rewards:
            kept.scored(task, reward)
    many, ten = ((1 - (1 - PACE) ** count) / PACE for count in (30, 10))  # decayed numbers of attempts
    rates = {"easy": (many + 0.5) / (many + 1), "hard": (1 + 0.5) / (ten + 1), "new": 0.5}
    weights = {task: 1 - rate + FLOOR for task, rate in rates.items()}
    found = shares(kept.draw(20_000))
    for task, weight in weights.items():
        assert found[task] == pytest.approx(weight / sum(weights.values()), abs=0.01)


def test_websites_that_are_not_practised_any_more_are_still_drawn() -> None:
    kept = successes()
    for i in range(4):
        kept.add(episode(f"old{i}", "success", 1, "web_old"))
    for i in range(144):
        kept.add(episode(f"new{i}", "success", 1, "web_new"))
    drawn = kept.draw(4000)
    assert sum(one.website == "web_old" for one in drawn) / len(drawn) == pytest.approx(2 / (2 + 12), abs=0.02)


def test_room_is_made_by_the_website_that_has_the_most() -> None:
    kept = successes()
    kept.add(episode("old", "success", 1, "web_old"))
    for i in range(3):
        kept.add(episode(f"new{i}", "success", 1, "web_new"))
    kept.add(episode("new0", "success", 1, "web_new"))  # now its most recent
    before = kept.nbytes
    assert kept.evict()
    assert kept.nbytes < before
    assert set(shares(kept.draw(200))) == {"old", "new0", "new2"}
    assert [kept.evict() for _ in range(4)] == [True, True, True, False]
    assert kept.nbytes == 0


def test_hindsight_is_balanced_between_websites_and_makes_room_where_there_is_most() -> None:
    kept = Hindsight(100, np.random.default_rng(0))
    for i in range(104):
        kept.add(episode(f"new{i}", "hindsight:find", 1, "web_new"))
    for i in range(4):
        kept.add(episode(f"old{i}", "hindsight:find", 1, "web_old"))
    assert kept.counts == {"hindsight:find": 104}
    drawn = kept.draw("hindsight:find", 4000)
    assert sum(one.website == "web_old" for one in drawn) / len(drawn) == pytest.approx(2 / (2 + 10), abs=0.02)
    assert not {one.task for one in drawn} & {"new0", "new1", "new2", "new3"}
    for _ in range(96):
        kept.evict()
    assert {one.website for one in kept.draw("hindsight:find", 50)} == {"web_new", "web_old"}


def test_replay_is_bounded_in_bytes_and_counts_them_right() -> None:
    one = episode("a", "hindsight:find", 2)
    replay = Replay(1000, max_bytes=10 * one.nbytes)
    for i in range(30):
        replay.add(episode(f"t{i}", "hindsight:find" if i % 2 else "success", 2))
    assert 9 * one.nbytes < replay.nbytes <= 10 * one.nbytes
    assert replay.nbytes == sum(replay.counts.values()) * one.nbytes
    assert set(replay.counts) == {"success"}  # hindsight goes first


def test_sampling_an_empty_replay_gives_nothing() -> None:
    assert Replay(10).sample(8) == []


def test_every_source_is_drawn_by_the_root_of_its_size() -> None:
    replay = Replay(1000)
    for source, count in (("hindsight:navigate", 100), ("hindsight:find", 25), ("success", 1)):
        one = episode(source, source, 1).examples[0]
        marked = Example(one.encoded, one.right, {"success": 1.0, "hindsight:find": 2.0}.get(source, 3.0), 0)
        for i in range(count):
            replay.add(Episode(f"{source}{i}", source, (marked,)))
    drawn = Counter(one.weight for one in replay.sample(8000))
    assert sum(drawn.values()) == 8000
    for weight, share in ((3.0, 10 / 17), (2.0, 5 / 17), (1.0, 2 / 17)):
        assert drawn[weight] / 8000 == pytest.approx(share, abs=0.02)


def test_several_successes_of_a_task_weigh_no_more_than_one() -> None:
    replay = Replay(100)
    one = example()
    marked = Example(one.encoded, one.right, 2.0, 0)
    replay.add(Episode("hindsight:a", "hindsight:find", (one,)))
    for _ in range(PER_TASK):
        replay.add(Episode("a", "success", (marked,)))
    drawn = Counter(decision.weight for decision in replay.sample(6000))
    assert drawn[2.0] / drawn.total() == pytest.approx(SUCCESS_WEIGHT / (1 + SUCCESS_WEIGHT), abs=0.03)
