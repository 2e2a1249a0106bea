"""What the learner makes of verdicts and hindsight, through restarts and rollbacks."""

from __future__ import annotations

import asyncio

import pytest
import torch

from agent.learner.publisher import Publisher
from agent.policy.weights import dump
from infra.contracts.attempt import Purpose
from infra.contracts.messages import PolicyPublished, Relabel, TrajectoryRelabelled, VerdictIssued
from infra.contracts.policy import PolicyVersion, Sampling
from infra.contracts.task import TaskKind
from infra.contracts.verdict import Outcome
from infra.documents import keep_shown, save_trajectory
from infra.errors import AdapterRefused
from infra.runtime import Stop
from tests.integration.agent.learner.conftest import GROUP, Learner, World
from tests.unit.agent.learner.walks import WALK

STEPS = len(WALK.steps)
ONE_OF_FOUR = (Outcome.SUCCESS, *[Outcome.FAILURE] * 3)
RELABEL = Relabel(instruction="Go to Lamps", kind=TaskKind.NAVIGATE, steps=1)


async def tell(world: World, learner: Learner, *outcomes: Outcome, group: str = "grp") -> list[VerdictIssued]:
    """Have attempts of one group end, and the learner hear of them."""
    first = await world.store.count_attempts("web_1")
    news = [await world.ended(first + i, outcome, group=group) for i, outcome in enumerate(outcomes)]
    for message in news:
        await learner.intake.verdict(message)
    return news


async def hindsight(world: World, id_: str) -> TrajectoryRelabelled:
    key = await save_trajectory(world.blobs, WALK.model_copy(update={"attempt_id": id_}))
    return TrajectoryRelabelled(id=id_, website_id="web_1", trajectory=key, relabels=(RELABEL,))


def advantages(learner: Learner) -> list[float]:
    drawn = learner.intake.on_policy.sample(1000, 0)
    return sorted(one.held.decision.advantage for one in drawn)


async def test_a_whole_group_gives_every_decision_its_advantage(world: World) -> None:
    learner = await world.learner()
    news = await tell(world, learner, *ONE_OF_FOUR[:3])
    assert len(learner.intake.on_policy) == 0
    news += await tell(world, learner, ONE_OF_FOUR[3])
    for message in news:  # delivered again
        await learner.intake.verdict(message)
    assert learner.intake.attempts == 4
    assert learner.intake.replay.counts == {"success": 1}
    low, high = -1.5 / 3**0.5, 1.5 * 3**0.5
    assert advantages(learner) == pytest.approx([low] * 3 * STEPS + [high] * STEPS, rel=1e-3)


async def test_attempts_without_a_reward_complete_their_group(world: World) -> None:
    learner = await world.learner()
    await tell(world, learner, Outcome.SUCCESS, Outcome.UNSCORED, Outcome.FAILURE, Outcome.BLOCKED)
    assert advantages(learner) == pytest.approx([-1.0] * STEPS + [1.0] * STEPS, rel=1e-3)
    assert learner.intake.attempts == 2


async def test_a_group_without_variance_is_dropped_and_counted(world: World) -> None:
    learner = await world.learner()
    await tell(world, learner, *[Outcome.FAILURE] * GROUP)
    figures = learner.intake.take_figures()
    assert (figures["groups"], figures["groups_without_variance"]) == (1.0, 1.0)
    assert len(learner.intake.on_policy) == 0
    assert learner.intake.take_figures()["groups"] == 0.0  # since the last call


async def test_held_out_tasks_teach_nothing(world: World) -> None:
    learner = await world.learner()
    for i, outcome in enumerate(ONE_OF_FOUR):
        message = await world.ended(i, outcome)
        await learner.intake.verdict(message.model_copy(update={"purpose": Purpose.EVALUATION}))
    assert (learner.intake.attempts, len(learner.intake.on_policy), learner.intake.replay.counts) == (0, 0, {})


async def test_cloning_alone_needs_no_groups_and_the_gradient_alone_no_episodes(world: World) -> None:
    cloning = await world.learner(objective="cloning")
    gradient = await world.learner(objective="policy_gradient")
    for message in await tell(world, cloning, *ONE_OF_FOUR):
        await gradient.intake.verdict(message)
    await gradient.intake.relabelled(await hindsight(world, "att_9"))
    assert (len(cloning.intake.on_policy), cloning.intake.replay.counts) == (0, {"success": 1})
    assert (len(gradient.intake.on_policy), gradient.intake.replay.counts) == (4 * STEPS, {})


async def test_with_rewards_off_only_hindsight_is_learnt_from(world: World) -> None:
    learner = await world.learner(reward="off")
    await tell(world, learner, *ONE_OF_FOUR)
    assert (len(learner.intake.on_policy), learner.intake.replay.counts) == (0, {})
    await learner.intake.relabelled(await hindsight(world, "att_0"))
    assert learner.intake.replay.counts == {"hindsight:navigate": 1}
    again = await world.learner(reward="off")  # what is read again at a start is no exception
    assert (len(again.intake.on_policy), again.intake.replay.counts, again.intake.attempts) == (0, {}, 4)


async def test_with_hindsight_off_the_proposers_own_ways_are_still_shown(world: World) -> None:
    learner = await world.learner(hindsight=False)
    await learner.intake.relabelled(await hindsight(world, "att_0"))
    assert learner.intake.replay.counts == {}
    await learner.intake.relabelled(await hindsight(world, "demo_tsk_1"))
    await learner.intake.relabelled(await hindsight(world, "demo_tsk_1"))
    assert learner.intake.replay.counts == {"hindsight:navigate": 1}


async def test_of_an_attempts_hindsight_a_few_are_learnt_from_and_all_that_the_proposer_shows(world: World) -> None:
    learner = await world.learner()
    message = await hindsight(world, "att_0")
    said = tuple(RELABEL.model_copy(update={"instruction": f"{RELABEL.instruction} {n}"}) for n in range(5))
    await learner.intake.relabelled(message.model_copy(update={"relabels": said}))
    assert learner.intake.replay.counts == {"hindsight:navigate": 2}
    await learner.intake.relabelled(message.model_copy(update={"id": "demo_tsk_1", "relabels": said}))
    assert learner.intake.replay.counts == {"hindsight:navigate": 7}


async def test_with_shuffled_rewards_others_successes_are_imitated(world: World) -> None:
    learner = await world.learner(reward="shuffled")
    for i in range(100):  # one task always fails, the other never does
        outcome, task = (Outcome.FAILURE, "tsk_1") if i % 2 else (Outcome.SUCCESS, "tsk_2")
        await learner.intake.verdict(await world.ended(i, outcome, group=f"g{i // 8}_{task}", task=task))
    shown = {example.version for example in learner.intake.replay.sample(10)}
    assert shown == {0}
    tasks = learner.intake.replay._successes._kept["web_1"]
    assert set(tasks) == {"tsk_1"}


async def test_after_a_crash_what_no_version_has_learnt_is_taken_in_once(world: World) -> None:
    learner = await world.learner()
    news = await tell(world, learner, *ONE_OF_FOUR, group="whole")
    news += await tell(world, learner, *ONE_OF_FOUR[:2], group="half")
    again = await world.learner()
    for message in news:  # were not acknowledged
        await again.intake.verdict(message)
    assert again.intake.attempts == 6
    assert sum(again.intake.replay.counts.values()) == 2
    assert again.intake.take() == 2 * STEPS
    assert len(again.intake.on_policy) == 4 * STEPS
    await tell(world, again, *ONE_OF_FOUR[2:], group="half")
    assert len(again.intake.on_policy) == 8 * STEPS


async def test_after_a_restart_what_was_learnt_is_kept_and_not_owed(world: World) -> None:
    learner = await world.learner()
    await tell(world, learner, *ONE_OF_FOUR, group="whole")
    await tell(world, learner, Outcome.SUCCESS, Outcome.FAILURE, group="half")
    await learner.service._update()
    await learner.service._publish()
    again = await world.learner()
    assert again.intake.attempts == 6
    assert again.intake.replay.counts == {"success": 2}
    assert again.intake.take() == 0
    assert len(again.intake.on_policy) == 0
    await tell(world, again, Outcome.FAILURE, Outcome.FAILURE, group="half")  # its first half is not forgotten
    low, high = -1.5 / 3**0.5, 1.5 * 3**0.5
    assert advantages(again) == pytest.approx([low] * 3 * STEPS + [high] * STEPS, rel=1e-3)


async def test_the_loop_trains_publishes_and_says_how_it_went(world: World) -> None:
    learner = await world.learner(kl=0.1)
    published: asyncio.Queue[PolicyPublished] = asyncio.Queue()
    world.bus.subscribe(PolicyPublished, "test", published.put)
    await world.bus.start()
    for group in range(3):
        await tell(world, learner, *ONE_OF_FOUR, group=f"g{group}")
    stop = Stop()
    running = asyncio.create_task(learner.service.run(stop))
    async with asyncio.timeout(30):
        while "loss_gradient" not in (await published.get()).metrics:
            pass
    stop.set()
    await running
    metrics = learner.intake.active.metrics
    expected = {
        "loss", "likelihood", "entropy", "loss_gradient", "loss_kl", "ratio_mean", "clipped_share", "truncated_share",
        "approximate_kl", "stale_share", "groups", "groups_without_variance", "attempts_stale", "gradient_norm",
    }  # fmt: skip
    assert expected <= set(metrics)
    stored = await world.store.active_policy()
    assert stored is not None
    assert stored.metrics == metrics


async def test_what_the_proposer_shows_is_rehearsed_more_often_than_hindsight(world: World) -> None:
    async def steps_for(id_: str) -> int:
        learner = await world.learner(objective="cloning", batch_steps=8)
        said = tuple(RELABEL.model_copy(update={"instruction": f"{RELABEL.instruction} {n}"}) for n in range(2))
        message = (await hindsight(world, id_)).model_copy(update={"relabels": said})
        await learner.intake.relabelled(message)
        learner.service._owe()
        while learner.service._debt >= 1.0:
            await learner.service._update()
        return learner.trainer.updates

    shown, overheard = await steps_for("demo_tsk_1"), await steps_for("att_0")
    assert overheard >= 1
    assert shown == 3 * overheard


async def test_a_rollback_drops_what_was_sampled_by_the_versions_given_up(world: World) -> None:
    learner = await world.learner()
    await tell(world, learner, *ONE_OF_FOUR)
    await learner.service._update()
    await learner.service._publish()
    assert learner.intake.active.version == 1
    await world.store.activate_policy(0)
    await tell(world, learner, *ONE_OF_FOUR, group="more")
    await learner.service._publish()
    assert len(learner.intake.on_policy) == 0
    assert (learner.intake.active.version, learner.intake.active.parent) == (2, 0)


async def test_of_many_versions_the_first_and_the_newest_keep_their_weights(world: World) -> None:
    publisher = Publisher(world.store, world.blobs, world.bus, keep=2)
    active, network = await publisher.active(seed=0)
    for _ in range(4):
        active = await publisher.publish(
            network, {}, parent=active, updates=1, attempts=1, metrics={}, sampling=Sampling(), balance=None
        )
    kept = [number for number in range(5) if await world.blobs.exists(f"policies/{number}/weights.pt")]
    assert kept == [0, 3, 4]


async def test_after_an_upgrade_learning_begins_anew_from_what_is_kept(world: World) -> None:
    before = await world.learner()
    await tell(world, before, *ONE_OF_FOUR)
    await before.service._update()
    await before.service._publish()
    await world.blobs.put("policies/1/weights.pt", dump({"an.earlier.network": torch.zeros(1)}))
    learner = await world.learner()
    active = await world.store.active_policy()
    assert active == learner.intake.active
    assert (active.version, active.parent, active.updates) == (2, None, 0)
    assert learner.intake.replay.counts == {"success": 1}
    assert learner.intake.take() == STEPS, "they are to be learnt from once more"
    await learner.service._update()
    await learner.service._publish()
    assert (learner.intake.active.version, learner.intake.active.shape) == (3, active.shape)


async def test_what_cannot_be_served_is_published_with_what_comes_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = await world.learner()
    await tell(world, learner, *ONE_OF_FOUR)
    await learner.service._update()

    async def refuse(*_: object, **__: object) -> PolicyVersion:
        raise AdapterRefused("a replica refused it")

    with monkeypatch.context() as patch:
        patch.setattr(world.publisher, "publish", refuse)
        await learner.service._publish()
    assert learner.intake.active.version == 0
    assert (await world.store.active_policy()) == learner.intake.active
    stop = Stop()
    stop.set()
    await learner.service.run(stop)
    assert (learner.intake.active.version, learner.intake.active.updates) == (1, 1)


async def test_what_the_proposer_showed_is_read_again_after_a_restart_and_after_an_upgrade(world: World) -> None:
    shown = await hindsight(world, "demo_tsk_1")
    await keep_shown(world.blobs, shown.website_id, [shown])
    await keep_shown(world.blobs, shown.website_id, [shown])
    begins = await world.learner()
    await asyncio.gather(begins.intake.recall(), begins.intake.relabelled(shown))
    assert begins.intake.take_shown() == 3.0 * (RELABEL.steps + 1), "once, whichever came first"
    assert sum(begins.intake.replay.counts.values()) == len(shown.relabels)
    await begins.service._update()
    await begins.service._publish()
    again = await world.learner()
    await again.intake.recall()
    assert sum(again.intake.replay.counts.values()) == len(shown.relabels)
    assert again.intake.take_shown() == 0.0, "it was learnt from"
