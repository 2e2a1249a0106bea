"""Objectives against hand-computed numbers, episodes out of trajectories, replay, and that training learns."""

from __future__ import annotations

import math
from random import Random

import pytest
import torch

from agent.learner import examples
from agent.learner.examples import Episode, Example, from_hindsight, from_success
from agent.learner.objectives import Decisions, FilteredCloning, chosen_log_prob, entropy
from agent.learner.replay import PER_TASK, Replay
from agent.learner.trainer import ElementTrainer
from agent.policy.base import Turn
from agent.policy.candidates import list_candidates
from agent.policy.element import ElementPolicy
from agent.policy.encoding import encode
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from agent.policy.weights import dump, fresh, load, restore
from infra.contracts.action import Action, Answer, Click
from infra.contracts.attempt import Step, StopReason, Trajectory
from infra.contracts.messages import Relabel
from infra.contracts.observation import Observation
from infra.contracts.task import TaskKind
from tests.unit.agent.making import link, page, row, site_map

HOME = page("/", "Home", elements=(link(0, "Lamps", "/lamps"), link(1, "Chairs", "/chairs")))
LAMPS = page("/lamps", "Lamps", elements=(link(0, "Amber lamp", "/lamps/1"), link(1, "Cobalt lamp", "/lamps/2")))
COBALT = page("/lamps/2", "Cobalt lamp", chunks=(row("Price", "$9"), row("Warranty", "2 years")))


def decisions(log_probs: list[float], turn: list[int], right: list[bool], weights: list[float]) -> Decisions:
    return Decisions(torch.tensor(log_probs), torch.tensor(turn), torch.tensor(right), torch.tensor(weights))


def test_cloning_loss_by_hand() -> None:
    quarter, half = math.log(0.25), math.log(0.5)
    batch = decisions(
        [quarter, quarter, half, half, half], [0, 0, 0, 1, 1], [True, True, False, True, False], [1.0, 3.0]
    )
    assert chosen_log_prob(batch).tolist() == pytest.approx([half, half])
    loss, figures = FilteredCloning(entropy_bonus=0).loss(batch)
    assert float(loss) == pytest.approx(math.log(2.0))
    assert figures["likelihood"] == pytest.approx(0.5)


def test_entropy_by_hand() -> None:
    half = math.log(0.5)
    batch = decisions([half, half, 0.0], [0, 0, 1], [True, False, True], [1.0, 1.0])
    assert entropy(batch).tolist() == pytest.approx([math.log(2.0), 0.0])


def trajectory(steps: list[tuple[Observation, Action]], final: Observation) -> Trajectory:
    return Trajectory(
        attempt_id="att_1",
        task_id="tsk_1",
        website_id="web_1",
        instruction="Open the cobalt lamp",
        start_url=HOME.url,
        steps=tuple(Step(index=i, observation=o, action=a) for i, (o, a) in enumerate(steps)),
        final=final,
        stop_reason=StopReason.ANSWERED,
        policy_version=7,
    )


WALK = trajectory([(HOME, Click(mark=0)), (LAMPS, Click(mark=1)), (COBALT, Answer())], COBALT)


def test_success_gives_one_example_per_step() -> None:
    episode = from_success(WALK, SiteIndex(site_map()), max_steps=9)
    assert episode.source == "success"
    assert [example.version for example in episode.examples] == [7, 7, 7]


def test_a_step_that_changed_nothing_is_not_taught() -> None:
    failed = LAMPS.model_copy(update={"error": "covered by a banner"})
    walk = trajectory(
        [(HOME, Click(mark=0)), (LAMPS, Click(mark=0)), (failed, Click(mark=1)), (COBALT, Answer())], COBALT
    )
    assert len(from_success(walk, SiteIndex(site_map()), max_steps=9).examples) == 3


def test_hindsight_teaches_the_prefix_under_the_other_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "OVERLOOKING", 0.0)
    site = SiteIndex(site_map())
    relabel = Relabel(instruction="Go to Lamps", kind=TaskKind.NAVIGATE, steps=1)
    episode = from_hindsight(WALK, relabel, site, max_steps=7)
    assert episode.source == "hindsight:navigate"
    assert len(episode.examples) == 2
    matcher = Matcher(relabel.instruction, site)
    _, done = encode(Turn(relabel.instruction, LAMPS, site), matcher)
    last = episode.examples[1]
    assert last.right == list_candidates(relabel.instruction, LAMPS, history=True).find(Answer())
    assert last.encoded.instruction.tolist() == done.instruction.tolist()


def test_hindsight_of_the_whole_walk_ends_on_the_final_page() -> None:
    relabel = Relabel(instruction="Warranty of the cobalt lamp?", kind=TaskKind.FIND, steps=2, answer="2 years")
    episode = from_hindsight(WALK, relabel, SiteIndex(site_map()), max_steps=7)
    assert len(episode.examples) == 3


def test_hindsight_of_what_is_not_there_ends_by_saying_so() -> None:
    relabel = Relabel(instruction="Weight of the cobalt lamp?", kind=TaskKind.FIND, steps=2, impossible=True)
    episode = from_hindsight(WALK, relabel, SiteIndex(site_map()), max_steps=7)
    candidates = list_candidates(relabel.instruction, COBALT, history=True)
    assert episode.source == "hindsight:impossible"
    assert episode.examples[-1].right == candidates.find(Answer(impossible=True))


def test_words_are_overlooked_in_some_episodes_and_names_seldom() -> None:
    rng = Random(0)  # noqa: S311
    drawn = [examples.overlooked("Please tell me the price of the Cobalt lamp", rng) for _ in range(4000)]
    share = {word: sum(word in gone for gone in drawn) / len(drawn) for word in ("tell", "cobalt")}
    assert share["cobalt"] < 0.08 < 0.2 < share["tell"] < 0.3
    assert 0.45 < sum(not gone for gone in drawn) / len(drawn) < 0.56


def test_nothing_is_overlooked_where_a_word_makes_the_task_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "OVERLOOKING", 1.0)
    monkeypatch.setattr(examples, "OVERLOOKED_WORDS", 1.0)
    relabel = Relabel(instruction="Weight of the cobalt lamp?", kind=TaskKind.FIND, steps=2, impossible=True)
    whole = from_hindsight(WALK, relabel, SiteIndex(site_map()), max_steps=7).examples[0]
    told = relabel.model_copy(update={"impossible": False, "answer": "2 years"})
    lacking = from_hindsight(WALK, told, SiteIndex(site_map()), max_steps=7).examples[0]
    assert len(whole.encoded.instruction) > len(lacking.encoded.instruction)


def test_training_goes_on_from_the_weights_and_serving_from_their_average() -> None:
    batch = from_success(WALK, SiteIndex(site_map()), max_steps=9).examples
    first = ElementTrainer(fresh(0), FilteredCloning(), learning_rate=0.01)
    for _ in range(3):
        first.update(batch)
    published = restore(dump(first.average.state_dict()))
    second = ElementTrainer(published, FilteredCloning(), learning_rate=0.01)
    second.resume(load(dump(first.state())))
    for trainer in (first, second):
        trainer.update(batch)
    assert torch.allclose(first.network.score.weight, second.network.score.weight)
    assert torch.allclose(first.average.score.weight, second.average.score.weight)


def test_the_average_of_weights_is_served() -> None:
    trainer = ElementTrainer(fresh(0), FilteredCloning(), learning_rate=0.01)
    batch = from_success(WALK, SiteIndex(site_map()), max_steps=9).examples
    weights = []
    for _ in range(3):
        trainer.update(batch)
        weights.append(trainer.network.score.weight.detach().clone())
    first = fresh(0).score.weight.detach()
    expected = first
    for i, weight in enumerate(weights, start=1):
        expected = torch.lerp(expected, weight, 1.0 - i / (i + 4.0))
    assert torch.allclose(trainer.average.score.weight, expected, atol=1e-6)
    assert not torch.allclose(trainer.average.score.weight, weights[-1])


def episode(task: str, source: str, length: int) -> Episode:
    example = from_success(WALK, SiteIndex(site_map()), max_steps=9).examples[0]
    return Episode(task, source, (Example(example.encoded, example.right, 1.0, 0),) * length)


def test_replay_keeps_the_shortest_successes_of_a_task() -> None:
    replay = Replay(100)
    for length in (5, 4, 3, 2, 6, 1):
        replay.add(episode("a", "success", length))
    assert replay.counts == {"success": PER_TASK}
    assert replay.add(episode("a", "success", 9)) is False
    longest = max(len(kept.examples) for kept in replay._successes["a"])
    assert longest == 4


def test_replay_is_bounded_in_bytes_and_counts_them_right() -> None:
    one = episode("a", "hindsight:find", 2)
    replay = Replay(1000, max_bytes=10 * one.nbytes)
    for i in range(30):
        replay.add(episode(f"t{i}", "hindsight:find" if i % 2 else "success", 2))
    assert replay.nbytes <= 10 * one.nbytes
    total = sum(e.nbytes for own in replay._hindsight.values() for e in own)
    total += sum(e.nbytes for own in replay._successes.values() for e in own)
    assert replay.nbytes == total


def test_sampling_an_empty_replay_gives_nothing() -> None:
    assert Replay(10).sample(8) == []


def test_every_source_is_drawn() -> None:
    replay = Replay(1000)
    for _ in range(100):
        replay.add(episode("x", "hindsight:navigate", 1))
    replay.add(episode("rare", "success", 3))
    drawn = replay.sample(400)
    assert len(drawn) == 400


async def test_training_on_hindsight_teaches_other_instructions() -> None:
    site = SiteIndex(site_map())
    trainer = ElementTrainer(fresh(0), FilteredCloning(), learning_rate=5e-3)
    relabels = [
        Relabel(instruction="Open the cobalt lamp", kind=TaskKind.NAVIGATE, steps=2),
        Relabel(instruction="Go to Lamps", kind=TaskKind.NAVIGATE, steps=1),
        Relabel(instruction="Warranty of the cobalt lamp?", kind=TaskKind.FIND, steps=2, answer="2 years"),
    ]
    examples = [e for relabel in relabels for e in from_hindsight(WALK, relabel, site, max_steps=9).examples]
    first = trainer.update(examples)["likelihood"]
    for _ in range(60):
        last = trainer.update(examples)["likelihood"]
    assert first < 0.4 < 0.9 < last
    policy = ElementPolicy(trainer.network, 1)
    unseen = await policy.decide(Turn("Take me to the amber lamp", LAMPS, site, temperature=0))
    assert unseen.action == Click(mark=0)


def test_a_trainer_resumes_where_another_stopped() -> None:
    examples = from_success(WALK, SiteIndex(site_map()), max_steps=9).examples
    one = ElementTrainer(fresh(0), FilteredCloning(), learning_rate=1e-3)
    for _ in range(3):
        one.update(examples)
    two = ElementTrainer(fresh(1), FilteredCloning(), learning_rate=1e-3)
    two.network.load_state_dict(one.network.state_dict())
    two.resume(load(dump(one.state())))
    assert two.updates == 3
    one.update(examples)
    two.update(examples)
    for a, b in zip(one.network.parameters(), two.network.parameters(), strict=True):
        assert torch.allclose(a, b)
