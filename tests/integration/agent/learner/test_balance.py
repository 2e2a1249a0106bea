"""The balance of exploration and exploitation, from verdicts to the published version, through rollbacks."""

from __future__ import annotations

import pytest

from infra.contracts.policy import PolicyVersion, Sampling
from infra.contracts.verdict import Outcome
from infra.errors import NotFound
from tests.integration.agent.learner.conftest import Learner, World
from tests.integration.agent.learner.test_service import ONE_OF_FOUR, tell

HALF = (Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE, Outcome.FAILURE)


async def published(world: World, learner: Learner) -> PolicyVersion:
    await learner.service._update()
    await learner.service._publish()
    return await world.store.policy(learner.intake.active.version)


async def test_a_version_says_how_its_attempts_are_sampled_and_how_balanced_they_were(world: World) -> None:
    first = await world.store.active_policy()
    assert first is not None
    assert (first.sampling, first.balance) == (Sampling(), None)  # as it always was
    learner = await world.learner()
    await tell(world, learner, *ONE_OF_FOUR)
    await tell(world, learner, *HALF, group="more")
    version = await published(world, learner)
    assert version.sampling == Sampling(temperature=1.0, probes=(0.8, 1.2), probe_share=0.25)
    balance = version.balance
    assert balance is not None
    assert (balance.groups, balance.attempts, balance.k, balance.separated) == (2, 8, 4, 1.0)
    assert (balance.pass_at_1, balance.pass_at_k) == (3 / 8, 1.0)
    assert (balance.ways, balance.ends) == (1 / 4, 1 / 4)  # all walked the same way
    assert (balance.kept, balance.kept_distinct, balance.distinct_kept) == (3 / 8, 2 / 3, 1.0)
    (present,) = [score for score in balance.temperatures if score.value == 1.0]
    assert present.mean == pytest.approx((1 / 2 + 1 / 2 * 1 / 2) / 2)  # one success; twice the same


async def test_cloning_alone_watches_too(world: World) -> None:
    learner = await world.learner(objective="cloning")
    await tell(world, learner, *ONE_OF_FOUR)
    version = await published(world, learner)
    assert version.balance is not None
    assert version.balance.groups == 1
    assert "groups" not in version.metrics


async def test_without_rewards_there_is_nothing_to_go_by(world: World) -> None:
    learner = await world.learner(reward="off")
    await tell(world, learner, *ONE_OF_FOUR)
    assert learner.intake.explorer.review() is None


async def test_attempts_without_a_reward_are_left_out(world: World) -> None:
    learner = await world.learner()
    await tell(world, learner, Outcome.SUCCESS, Outcome.UNSCORED, Outcome.FAILURE, Outcome.BLOCKED)
    balance = learner.intake.explorer.review()
    assert balance is not None
    assert (balance.attempts, balance.pass_at_1, balance.pass_at_k) == (2, 0.5, None)


async def test_pinned_it_stays_where_it_was_put(world: World) -> None:
    learner = await world.learner(balance="fixed", temperature=0.7)
    await tell(world, learner, *ONE_OF_FOUR)
    version = await published(world, learner)
    assert version.sampling == Sampling(temperature=0.7)
    assert version.balance is not None


async def test_an_older_version_brings_its_sampling_back(world: World) -> None:
    learner = await world.learner()
    learner.intake.explorer.follow(Sampling(temperature=1.4, successes_per_task=2))
    await tell(world, learner, *ONE_OF_FOUR)
    version = await published(world, learner)
    assert (version.sampling.temperature, version.sampling.successes_per_task) == (1.4, 2)
    assert learner.intake.replay._successes.quota == 2
    again = await world.learner()  # after a restart, too
    assert again.intake.explorer.sampling == version.sampling
    assert again.intake.replay._successes.quota == 2
    await world.store.activate_policy(0)
    await tell(world, learner, *ONE_OF_FOUR, group="more")
    await learner.service._publish()
    assert learner.intake.active.sampling.temperature == 1.0
    assert learner.intake.replay._successes.quota == 4


async def test_a_group_whose_website_was_deleted_is_left_out(world: World) -> None:
    learner = await world.learner(objective="cloning")
    news = [await world.ended(i, Outcome.FAILURE) for i in range(4)]
    await world.blobs.delete_prefix("trajectories/web_1/")
    for message in news:
        await learner.intake.verdict(message)
    assert learner.intake.explorer.review() is None
    with pytest.raises(NotFound):
        await world.blobs.get(news[0].trajectory or "")
