"""Episodes out of trajectories, and that training learns from them and goes on where it was."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from random import Random

import pytest
import torch

from agent.learner import varying
from agent.learner.examples import from_hindsight, from_success
from agent.learner.objectives import FilteredCloning
from agent.learner.trainer import ElementTrainer
from agent.policy.base import Turn
from agent.policy.candidates import list_candidates
from agent.policy.element import ElementPolicy
from agent.policy.encoding import encode
from agent.policy.matching import Matcher
from agent.policy.site import SiteIndex
from agent.policy.weights import dump, fresh, load, restore
from infra.contracts.action import Answer, Click
from infra.contracts.messages import Relabel
from infra.contracts.task import TaskKind
from tests.unit.agent.learner.walks import COBALT, HOME, LAMPS, WALK, trajectory
from tests.unit.agent.making import site_map


def test_success_gives_one_example_per_step() -> None:
    episode = from_success(WALK, SiteIndex(site_map()), max_steps=9)
    assert (episode.task, episode.source, episode.website) == ("tsk_1", "success", "web_1")
    assert [example.version for example in episode.examples] == [7, 7, 7]


def test_a_step_that_changed_nothing_is_not_taught() -> None:
    failed = LAMPS.model_copy(update={"error": "covered by a banner"})
    walk = trajectory(
        [(HOME, Click(mark=0)), (LAMPS, Click(mark=0)), (failed, Click(mark=1)), (COBALT, Answer())], COBALT
    )
    assert len(from_success(walk, SiteIndex(site_map()), max_steps=9).examples) == 3


def test_hindsight_teaches_the_prefix_under_the_other_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "OVERLOOKING", 0.0)
    site = SiteIndex(site_map())
    relabel = Relabel(instruction="Go to Lamps", kind=TaskKind.NAVIGATE, steps=1)
    episode = from_hindsight(WALK, relabel, site, max_steps=7)
    assert (episode.source, episode.website) == ("hindsight:navigate", "web_1")
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
    drawn = [varying.overlooked("Please tell me the price of the Cobalt lamp", rng) for _ in range(4000)]
    share = {word: sum(word in gone for gone in drawn) / len(drawn) for word in ("tell", "cobalt")}
    assert share["cobalt"] < 0.08 < 0.2 < share["tell"] < 0.3
    assert 0.45 < sum(not gone for gone in drawn) / len(drawn) < 0.56


def test_nothing_is_overlooked_where_a_word_makes_the_task_impossible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(varying, "OVERLOOKING", 1.0)
    monkeypatch.setattr(varying, "OVERLOOKED_WORDS", 1.0)
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


def test_a_gradient_that_is_not_finite_moves_nothing() -> None:
    batch = from_success(WALK, SiteIndex(site_map()), max_steps=9).examples
    trainer = ElementTrainer(fresh(0), FilteredCloning(), learning_rate=0.01)
    before = trainer.network.score.weight.detach().clone()
    said = trainer.update([replace(one, weight=float("nan")) for one in batch])
    assert not isfinite(said["gradient_norm"])
    assert torch.equal(trainer.network.score.weight, before)
    trainer.update(batch)
    assert not torch.equal(trainer.network.score.weight, before)


def test_a_state_from_before_units_were_dropped_is_resumed() -> None:
    trainer = ElementTrainer(fresh(0), FilteredCloning(), learning_rate=0.01)
    trainer.update(from_success(WALK, SiteIndex(site_map()), max_steps=9).examples)
    state = {name: value for name, value in trainer.state().items() if name != "random"}
    other = ElementTrainer(fresh(1), FilteredCloning(), learning_rate=0.01)
    other.resume(state)
    assert other.updates == 1


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
