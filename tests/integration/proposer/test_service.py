"""The proposer's service on a real Redis and a real store; agent and evaluator are stood in for."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from infra.blobs import Blobs
from infra.contracts.attempt import TERMINAL, Attempt, AttemptState, Purpose
from infra.contracts.base import utcnow
from infra.contracts.curriculum import Pool
from infra.contracts.messages import TaskDispatched, TrajectoryCompleted
from infra.contracts.policy import PolicyVersion, Sampling
from infra.contracts.task import Origin, Task, TaskKind
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Budget, Website, WebsiteStatus
from infra.control import Control
from infra.settings import Settings
from infra.store import Store
from infra.streams import Bus
from proposer.reaper import Reaper
from tests.integration.proposer.running import proposer, status_is, submit, until
from tests.integration.proposer.stand_in import StandIn
from tests.unit.proposer import observed as o
from tests.unit.proposer.little_shop import HOST, website


async def test_from_submission_to_a_spent_budget(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn
) -> None:
    site = await submit(sqlite_store, bus, budget=Budget(attempts=12))
    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(status_is(sqlite_store, site, WebsiteStatus.FINISHED))
        await until(lambda: _async(len(others.relabelled) >= 8))
    attempts = await sqlite_store.attempts(website_id=site.id)
    assert len(attempts) == 12
    assert all(attempt.state in TERMINAL for attempt in attempts)
    groups = Counter(attempt.group_id for attempt in attempts)
    assert set(groups.values()) == {2}
    assert (await sqlite_store.website(site.id)).status_reason == "its budget of 12 attempts is spent"
    progress = await sqlite_store.progress(site.id)
    assert sum(record.attempts for record in progress) == 12
    assert sum(record.successes for record in progress) == 8
    assert {record.pool for record in progress} <= {Pool.LEARNING, Pool.MASTERED}
    sitemap = await sqlite_store.sitemap(site.id)
    assert sitemap is not None
    assert len(sitemap.pages) > 15
    assert await sqlite_store.count_tasks(site.id) <= 80
    assert await sqlite_store.drops(site.id)
    relabels = [relabel for message in others.relabelled for relabel in message.relabels]
    assert {relabel.kind for relabel in relabels} >= {TaskKind.NAVIGATE, TaskKind.FIND, TaskKind.COMPOSE}


async def _async(value: bool) -> bool:
    return value


async def test_the_queue_is_held_at_a_multiple_of_the_capacity(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn
) -> None:
    others.hold.clear()  # both slots take an attempt and keep it
    site = await submit(sqlite_store, bus)

    async def full() -> bool:
        backlog = await bus.backlog(TaskDispatched, "agent")
        return backlog.waiting >= 4 and backlog.pending == 2

    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(full)
        backlog = await bus.backlog(TaskDispatched, "agent")
        assert backlog.waiting == 4  # 2.0 × 2 contexts
        assert await sqlite_store.count_attempts(site.id) == 6
        others.hold.set()
        await until(lambda: _async(len(others.attempts) > 20))


async def test_a_restart_goes_on_where_it_was(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn
) -> None:
    site = await submit(sqlite_store, bus, budget=Budget(attempts=30))
    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(lambda: _async(len(others.attempts) >= 8))
    loads = len([url for url in others.shop.loads if url == f"{HOST}/contact"])
    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(status_is(sqlite_store, site, WebsiteStatus.FINISHED))
    attempts = await sqlite_store.attempts(website_id=site.id)
    assert len(attempts) == 30
    assert all(attempt.state is AttemptState.COMPLETED for attempt in attempts)
    progress = await sqlite_store.progress(site.id)
    assert sum(record.attempts for record in progress) == 30
    again = len([url for url in others.shop.loads if url == f"{HOST}/contact"])
    assert again - loads < 10  # the site was not surveyed anew


async def test_a_paused_website_gets_nothing_and_goes_on_when_resumed(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn
) -> None:
    site = await submit(sqlite_store, bus)
    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(lambda: _async(len(others.attempts) >= 4))
        await sqlite_store.set_website_status(site.id, WebsiteStatus.PAUSED)

        async def quiet() -> bool:
            return await sqlite_store.count_attempts(site.id, states=frozenset(AttemptState) - TERMINAL) == 0

        await until(quiet)
        before = await sqlite_store.count_attempts(site.id)
        await sqlite_store.set_website_status(site.id, WebsiteStatus.PRACTISING)
        await until(lambda: _more(sqlite_store, site, before))


async def _more(store: Store, site: Website, than: int) -> bool:
    return await store.count_attempts(site.id) > than


async def test_a_dead_website_fails_with_a_reason(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn
) -> None:
    def dead(route: Route) -> RouteReport:
        return RouteReport(route=route, observations=(o.page(route.url, [o.text("oops")], status=500),))

    others.shop._run = dead  # type: ignore[method-assign]
    site = await submit(sqlite_store, bus)
    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(status_is(sqlite_store, site, WebsiteStatus.FAILED))
    reason = (await sqlite_store.website(site.id)).status_reason
    assert reason == "the start page cannot be opened: it answers with status 500"
    assert await control.halted(site.id, "any", Purpose.PRACTICE)


async def test_websites_share_the_agents(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn
) -> None:
    sites = [await submit(sqlite_store, bus, id=f"web_{name}") for name in ("a", "b")]
    async with proposer(settings, sqlite_store, folder_blobs, control):
        for site in sites:
            await until(lambda site=site: _more(sqlite_store, site, 10))
        counts = Counter(message.website_id for message in others.attempts[-20:])
    assert min(counts[site.id] for site in sites) >= 4


async def test_a_group_is_sampled_at_one_temperature_of_the_active_version(
    settings: Settings, sqlite_store: Store, folder_blobs: Blobs, control: Control, bus: Bus, others: StandIn
) -> None:
    sampling = Sampling(temperature=1.2, probes=(1.0, 1.4), probe_share=0.5)
    await sqlite_store.add_policy(PolicyVersion(version=3, weights="w", sampling=sampling), activate=True)
    site = await submit(sqlite_store, bus, budget=Budget(attempts=80))
    async with proposer(settings, sqlite_store, folder_blobs, control):
        await until(status_is(sqlite_store, site, WebsiteStatus.FINISHED))
    attempts = await sqlite_store.attempts(website_id=site.id)
    groups: dict[str, set[float]] = {}
    for attempt in attempts:
        groups.setdefault(attempt.group_id, set()).add(attempt.temperature)
    assert {len(temperatures) for temperatures in groups.values()} == {1}
    assert {attempt.temperature for attempt in attempts} == {1.0, 1.2, 1.4}
    told = {message.id: message.temperature for message in others.attempts}
    assert told == {attempt.id: attempt.temperature for attempt in attempts}


async def test_what_was_lost_is_published_again(
    settings: Settings, sqlite_store: Store, bus: Bus, others: StandIn
) -> None:
    others.hold.clear()
    site = website()
    await sqlite_store.add_website(site)
    task = Task(
        id="task_1",
        website_id=site.id,
        instruction="Open the cart",
        start_url=site.url,
        kind=TaskKind.NAVIGATE,
        origin=Origin.GROUNDED,
    )
    await sqlite_store.add_tasks([task])
    attempts = [
        Attempt(id=f"att_{i}", task_id=task.id, website_id=site.id, group_id="grp", purpose=Purpose.PRACTICE)
        for i in range(2)
    ]
    await sqlite_store.add_attempts(attempts)
    await sqlite_store.record_trajectory("att_1", trajectory="t", policy_version=0, steps=1, seconds=1.0)
    now = utcnow()
    reaper = Reaper(sqlite_store, bus, settings, clock=lambda: now)
    assert await reaper.sweep() == 0
    now += timedelta(seconds=16)  # nothing on the streams: both were lost for certain
    assert await reaper.sweep() == 2
    assert await reaper.sweep() == 0
    assert (await bus.backlog(TrajectoryCompleted, "evaluator")).waiting == 1

    async def taken() -> bool:
        return (await bus.backlog(TaskDispatched, "agent")).pending == 1

    await until(taken)
    now += timedelta(seconds=60)  # under way: only patience counts now
    assert await reaper.sweep() == 0
    now += timedelta(seconds=3 * settings.streams.claim_idle_seconds + settings.agent.attempt_seconds)
    assert await reaper.sweep() == 2
