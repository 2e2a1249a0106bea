"""What every store promises, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from infra.contracts.attempt import TERMINAL, Attempt, AttemptState, Purpose
from infra.contracts.base import utcnow
from infra.contracts.curriculum import Pool, TaskProgress
from infra.contracts.policy import PolicyVersion
from infra.contracts.sitemap import Page, SiteMap
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.contracts.verdict import Outcome, Verdict
from infra.contracts.website import Website, WebsiteStatus
from infra.errors import ConfigurationError, Conflict, NotFound, StoreError
from infra.settings import DatabaseSettings
from infra.store import Store, open_store

LEARNT = frozenset({Purpose.PRACTICE, Purpose.RETENTION})


def website(number: int = 1) -> Website:
    return Website(id=f"web_{number}", url="http://127.0.0.1:1/", name=f"site {number}", allowed_hosts=("127.0.0.1:1",))


def task(number: int = 1, site: int = 1) -> Task:
    return Task(
        id=f"tsk_{number}", website_id=f"web_{site}", instruction=f"Do thing {number}", start_url="http://127.0.0.1:1/",
        kind=TaskKind.FIND, origin=Origin.GROUNDED, evidence=Evidence(answer="blue"), skill="find:/x",
    )  # fmt: skip


def attempt(number: int, *, task_number: int = 1, purpose: Purpose = Purpose.PRACTICE) -> Attempt:
    return Attempt(
        id=f"att_{number}", task_id=f"tsk_{task_number}", website_id="web_1", group_id="grp_1", purpose=purpose
    )


def verdict(number: int, outcome: Outcome = Outcome.SUCCESS) -> Verdict:
    reward = {Outcome.SUCCESS: 1.0, Outcome.FAILURE: 0.0}.get(outcome)
    return Verdict(attempt_id=f"att_{number}", outcome=outcome, reward=reward, reason="Because.", evaluator="evidence")


@pytest.fixture
async def filled(store: Store) -> Store:
    """One website with one task."""
    await store.add_website(website())
    await store.add_tasks([task()])
    return store


async def _end(store: Store, number: int, outcome: Outcome = Outcome.SUCCESS) -> bool:
    return await store.end_attempt(f"att_{number}", AttemptState.COMPLETED, verdict=verdict(number, outcome))


async def test_websites_are_kept_listed_and_unique(store: Store) -> None:
    for number in (1, 2, 3):
        await store.add_website(website(number))
    assert [one.id for one in await store.websites()] == ["web_3", "web_2", "web_1"]
    assert [one.id for one in await store.websites(limit=1, offset=1)] == ["web_2"]
    assert await store.website("web_2") == website(2).model_copy(
        update={"created_at": (await store.website("web_2")).created_at}
    )
    with pytest.raises(Conflict):
        await store.add_website(website(2))
    with pytest.raises(NotFound, match="web_9"):
        await store.website("web_9")


async def test_a_status_is_set_unless_a_person_halted_the_website(store: Store) -> None:
    await store.add_website(website())
    assert await store.set_website_status("web_1", WebsiteStatus.PRACTISING, "12 tasks")
    practising = await store.website("web_1")
    assert (practising.status, practising.status_reason) == (WebsiteStatus.PRACTISING, "12 tasks")
    started = practising.practice_started_at
    assert started is not None
    assert started.tzinfo is not None
    await store.set_website_status("web_1", WebsiteStatus.PAUSED)
    halted = frozenset({WebsiteStatus.PAUSED})
    assert not await store.set_website_status("web_1", WebsiteStatus.PRACTISING, unless=halted)
    assert await store.set_website_status("web_1", WebsiteStatus.PRACTISING)
    assert (await store.website("web_1")).practice_started_at == started
    assert [one.id for one in await store.websites(status=WebsiteStatus.PRACTISING)] == ["web_1"]
    assert not await store.set_website_status("web_9", WebsiteStatus.PAUSED)


async def test_a_map_is_replaced(store: Store) -> None:
    await store.add_website(website())
    assert await store.sitemap("web_1") is None
    for title in ("old", "new"):
        page = Page(url="http://127.0.0.1:1/", title=title)
        await store.save_sitemap(SiteMap(website_id="web_1", start_url=page.url, pages=(page,)))
    found = await store.sitemap("web_1")
    assert found is not None
    assert [page.title for page in found.pages] == ["new"]


async def test_tasks_are_kept_in_order_and_added_once(filled: Store) -> None:
    await filled.add_tasks([task(number) for number in range(1, 6)])
    await filled.add_tasks([task(3)])
    assert [one.id for one in await filled.tasks("web_1")] == [f"tsk_{number}" for number in range(1, 6)]
    assert [one.id for one in await filled.tasks("web_1", limit=2, offset=3)] == ["tsk_4", "tsk_5"]
    assert await filled.count_tasks("web_1") == 5
    assert (await filled.task("tsk_4")).evidence == Evidence(answer="blue")
    with pytest.raises(NotFound):
        await filled.task("tsk_9")


async def test_progress_and_drops_are_replaced(filled: Store) -> None:
    for estimate, pool in ((0.2, Pool.LEARNING), (0.9, Pool.MASTERED)):
        await filled.save_progress(
            [TaskProgress(task_id="tsk_1", website_id="web_1", estimate=estimate, pool=pool, attempts=4)]
        )
    [progress] = await filled.progress("web_1")
    assert (progress.estimate, progress.pool) == (0.9, Pool.MASTERED)
    assert await filled.drops("web_1") == {}
    await filled.save_drops("web_1", {"duplicate": 3})
    await filled.save_drops("web_1", {"ambiguous": 1})
    assert await filled.drops("web_1") == {"ambiguous": 1}


async def test_an_attempt_is_recorded_then_ended_each_once(filled: Store) -> None:
    await filled.add_attempts([attempt(1)])
    await filled.add_attempts([attempt(1)])
    recorded = {"trajectory": "trajectories/1", "policy_version": 4, "steps": 3, "seconds": 1.5}
    assert await filled.record_trajectory("att_1", **recorded)  # type: ignore[arg-type]
    assert not await filled.record_trajectory("att_1", **{**recorded, "steps": 9})  # type: ignore[arg-type]
    assert await _end(filled, 1)
    assert not await _end(filled, 1, Outcome.FAILURE)
    found = await filled.attempt("att_1")
    assert (found.state, found.steps, found.policy_version) == (AttemptState.COMPLETED, 3, 4)
    assert found.ended_at is not None
    kept = await filled.verdict("att_1")
    assert kept is not None
    assert kept.outcome is Outcome.SUCCESS
    assert not await filled.record_trajectory("att_1", **recorded)  # type: ignore[arg-type]


async def test_of_many_who_end_an_attempt_one_succeeds(filled: Store) -> None:
    await filled.add_attempts([attempt(1)])
    outcomes = [Outcome.SUCCESS, Outcome.FAILURE] * 4
    ended = await asyncio.gather(*(_end(filled, 1, outcome) for outcome in outcomes))
    assert ended.count(True) == 1
    kept = await filled.verdict("att_1")
    assert kept is not None
    assert kept.outcome is outcomes[ended.index(True)]


async def test_only_a_terminal_state_ends_and_only_what_is_known(filled: Store) -> None:
    await filled.add_attempts([attempt(1)])
    with pytest.raises(ValueError, match="does not end"):
        await filled.end_attempt("att_1", AttemptState.RECORDED, verdict=None)
    with pytest.raises(NotFound):
        await _end(filled, 9)


async def test_attempts_are_filtered_and_counted(filled: Store) -> None:
    await filled.add_tasks([task(2)])
    purposes = (Purpose.PRACTICE, Purpose.PRACTICE, Purpose.EVALUATION, Purpose.RETENTION)
    for number, purpose in enumerate(purposes):
        await filled.add_attempts([attempt(number, task_number=1 + number % 2, purpose=purpose)])
    await _end(filled, 0)

    async def ids(**filters: object) -> list[str]:
        return [one.id for one in await filled.attempts(**filters)]  # type: ignore[arg-type]

    assert await ids(website_id="web_1") == ["att_3", "att_2", "att_1", "att_0"]
    assert await ids(task_id="tsk_2") == ["att_3", "att_1"]
    assert await ids(states=TERMINAL) == ["att_0"]
    assert await ids(purposes=frozenset({Purpose.EVALUATION})) == ["att_2"]
    assert await ids(limit=1, offset=2) == ["att_1"]
    assert await filled.count_attempts("web_1", purposes=LEARNT) == 3
    assert await filled.count_attempts(states=frozenset({AttemptState.DISPATCHED})) == 3


async def test_scored_attempts_and_the_curve_come_oldest_first(filled: Store) -> None:
    outcomes = [Outcome.FAILURE, Outcome.UNSCORED, Outcome.FAILURE, Outcome.SUCCESS, Outcome.SUCCESS]
    for number, outcome in enumerate(outcomes):
        await filled.add_attempts([attempt(number)])
        await filled.record_trajectory(f"att_{number}", trajectory="t", policy_version=number, steps=1, seconds=1.0)
        await _end(filled, number, outcome)
    await filled.add_attempts([attempt(7, purpose=Purpose.EVALUATION)])
    await _end(filled, 7)
    scored = await filled.scored("web_1", purposes=LEARNT)
    assert [one.attempt.id for one in scored] == [f"att_{number}" for number in range(5)]
    assert [one.verdict.outcome for one in scored if one.verdict] == outcomes
    later = await filled.scored("web_1", purposes=LEARNT, after=scored[2].attempt.ended_at)
    assert [one.attempt.id for one in later] == ["att_3", "att_4"]
    latest = await filled.scored("web_1", purposes=LEARNT, limit=2)
    assert [one.attempt.id for one in latest] == ["att_3", "att_4"]
    curve = await filled.curve("web_1", window=2)
    assert [(point.attempts, point.successes, point.policy_version) for point in curve] == [(2, 0, 2), (2, 2, 4)]
    assert curve[0].until < curve[1].until
    assert [point.attempts for point in await filled.curve("web_1", window=3)] == [3, 1]
    assert [await filled.recent("web_1", latest=latest) for latest in (1, 3, 9)] == [(1, 1), (3, 2), (4, 2)]
    assert await filled.recent("web_none") == (0, 0)
    assert await filled.curve("web_none") == []


async def test_ended_attempts_are_listed_by_when_they_ended(filled: Store) -> None:
    await filled.add_attempts(
        [attempt(number, purpose=Purpose.RUN if number == 3 else Purpose.PRACTICE) for number in range(6)]
    )
    for number in (1, 0, 2, 3, 4):
        await _end(filled, number)
    first, last = (await filled.attempt("att_1")).ended_at, (await filled.attempt("att_2")).ended_at
    assert first is not None
    assert last is not None

    async def ended(**more: Any) -> list[str]:
        return [one.id for one in await filled.ended("web_1", purposes=LEARNT, **more)]

    assert await ended(after=None, until=last) == ["att_1", "att_0", "att_2"]
    assert await ended(after=first, until=last) == ["att_0", "att_2"]
    assert await ended(after=None, until=utcnow()) == ["att_1", "att_0", "att_2", "att_4"]
    assert await ended(after=None, until=last, limit=2, offset=1) == ["att_0", "att_2"]


async def test_a_persons_label_stands_beside_the_verdict(filled: Store) -> None:
    await filled.add_attempts([attempt(1)])
    await _end(filled, 1)
    assert await filled.label_of("att_1") is None
    for outcome in (Outcome.SUCCESS, Outcome.FAILURE):
        await filled.label("att_1", verdict(1, outcome))
    label, judged = await filled.label_of("att_1"), await filled.verdict("att_1")
    assert label is not None
    assert judged is not None
    assert (label.outcome, judged.outcome) == (Outcome.FAILURE, Outcome.SUCCESS)
    with pytest.raises(NotFound):
        await filled.label("att_9", verdict(9))


async def test_deleting_a_website_deletes_what_belongs_to_it(filled: Store) -> None:
    await filled.add_website(website(2))
    await filled.add_tasks([task(2, site=2)])
    await filled.add_attempts([attempt(1)])
    await _end(filled, 1)
    await filled.save_progress([TaskProgress(task_id="tsk_1", website_id="web_1")])
    await filled.save_sitemap(SiteMap(website_id="web_1", start_url="http://127.0.0.1:1/"))
    await filled.delete_website("web_1")
    assert await filled.attempts() == []
    assert await filled.verdict("att_1") is None
    assert await filled.progress("web_1") == []
    assert await filled.sitemap("web_1") is None
    assert await filled.count_tasks("web_2") == 1
    with pytest.raises(NotFound):
        await filled.delete_website("web_1")


async def test_one_policy_version_is_active(store: Store) -> None:
    assert await store.active_policy() is None
    for number in range(3):
        policy = PolicyVersion(version=number, weights=f"w{number}", metrics={"loss": 1.5})
        await store.add_policy(policy, activate=number < 2)
    active = await store.active_policy()
    assert active is not None
    assert (active.version, active.metrics) == (1, {"loss": 1.5})
    await store.activate_policy(0)
    active = await store.active_policy()
    assert active is not None
    assert active.version == 0
    assert [one.version for one in await store.policies(limit=2)] == [2, 1]
    with pytest.raises(Conflict):
        await store.add_policy(PolicyVersion(version=2, weights="other"), activate=True)
    with pytest.raises(NotFound):
        await store.activate_policy(9)
    await store.add_policy(PolicyVersion(version=3, weights="w3", parent=2), activate=True, after=2)
    active = await store.active_policy()
    assert active is not None
    assert active.version == 0, "somebody went back meanwhile"
    await store.add_policy(PolicyVersion(version=4, weights="w4", parent=0), activate=True, after=0)
    active = await store.active_policy()
    assert active is not None
    assert active.version == 4


async def test_the_switch_is_remembered(store: Store) -> None:
    assert not await store.stopped()
    for stopped in (True, True, False):
        await store.set_stopped(stopped)
        assert await store.stopped() is stopped


async def test_what_was_stored_is_there_after_opening_again(store: Store, database_url: str) -> None:
    await store.add_website(website())
    again = await open_store(DatabaseSettings(url=database_url))
    try:
        await again.ping()
        assert [one.id for one in await again.websites()] == ["web_1"]
    finally:
        await again.close()


async def test_many_processes_may_open_an_empty_database_at_once(database_url: str) -> None:
    stores = await asyncio.gather(*(open_store(DatabaseSettings(url=database_url)) for _ in range(4)))
    try:
        await asyncio.gather(*(one.add_website(website(number)) for number, one in enumerate(stores)))
        assert len(await stores[0].websites()) == 4
    finally:
        for one in stores:
            await one.close()


async def test_a_database_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(StoreError):
        await open_store(DatabaseSettings(url="postgresql+asyncpg://pae@127.0.0.1:1/none"))
    with pytest.raises(ConfigurationError):
        await open_store(DatabaseSettings(url="no url"))
