"""The bus keeps its promises, on the embedded Redis and on a server."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest
import redis.asyncio as redis

from infra.contracts.messages import PolicyPublished, TrajectoryCompleted
from infra.errors import NotFound, StreamError
from infra.settings import RedisSettings, StreamSettings
from infra.streams import Bus, open_bus
from infra.streams.bus import RedisBus
from tests.fixtures.services import RedisProcess

QUICK = StreamSettings(claim_idle_seconds=0.6, heartbeat_seconds=0.2, max_deliveries=2)
#: For what must not be claimed by another: a loop that halts for a second must not look like one that died.
PATIENT = StreamSettings(claim_idle_seconds=2.0, heartbeat_seconds=0.2, max_deliveries=2)
Make = Callable[..., Bus]


def news(number: int) -> PolicyPublished:
    return PolicyPublished(id=str(number), version=number)


async def until(condition: Callable[[], bool], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in handlers of many kinds
            await asyncio.sleep(0.01)


@pytest.fixture
async def make(redis_url: str) -> AsyncIterator[Make]:
    opened: list[Bus] = []

    def one(name: str = "one", settings: StreamSettings = QUICK) -> Bus:
        opened.append(open_bus(RedisSettings(url=redis_url), settings, consumer=f"{name}-{len(opened)}"))
        return opened[-1]

    yield one
    for bus in opened:
        await bus.stop(drain_seconds=0)


async def test_a_group_sees_what_was_published_before_it_existed(make: Make) -> None:
    await make().publish(*(news(i) for i in range(3)))
    seen: list[int] = []

    async def handle(message: PolicyPublished) -> None:
        seen.append(message.version)

    late = make("late")
    late.subscribe(PolicyPublished, "group", handle)
    await late.start()
    await until(lambda: len(seen) == 3)
    assert seen == [0, 1, 2]


async def test_every_group_sees_every_message_and_members_share(make: Make) -> None:
    seen: Counter[tuple[str, int]] = Counter()

    def reader(group: str) -> Bus:
        async def handle(message: PolicyPublished) -> None:
            seen[group, message.version] += 1

        bus = make(group)
        bus.subscribe(PolicyPublished, group, handle, slots=2)
        return bus

    for group in ("left", "right", "right"):
        await reader(group).start()
    await make().publish(*(news(i) for i in range(20)))
    await until(lambda: len(seen) == 40)
    assert set(seen.values()) == {1}


async def test_no_more_handlers_run_than_there_are_slots(make: Make) -> None:
    running, most, done = 0, 0, 0

    async def handle(message: PolicyPublished) -> None:
        nonlocal running, most, done
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        done += 1

    bus = make()
    bus.subscribe(PolicyPublished, "group", handle, slots=3)
    await bus.start()
    await bus.publish(*(news(i) for i in range(20)))
    await until(lambda: done == 20)
    assert most == 3


async def test_nothing_is_fetched_that_no_slot_handles(make: Make) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def handle(message: PolicyPublished) -> None:
        begun.set()
        await go_on.wait()

    bus = make()
    bus.subscribe(PolicyPublished, "group", handle)
    await bus.start()
    await bus.publish(*(news(i) for i in range(5)))
    await begun.wait()
    backlog = await bus.backlog(PolicyPublished, "group")
    assert (backlog.waiting, backlog.pending) == (4, 1)
    go_on.set()


async def test_a_message_whose_handler_failed_is_tried_again(make: Make) -> None:
    tries: list[int] = []

    async def handle(message: PolicyPublished) -> None:
        tries.append(message.version)
        if len(tries) == 1:
            raise StreamError("not now")

    bus = make()
    bus.subscribe(PolicyPublished, "group", handle)
    await bus.start()
    await bus.publish(news(7))
    await until(lambda: len(tries) == 2)
    await until_empty(bus)


async def until_empty(bus: Bus, group: str = "group") -> None:
    async with asyncio.timeout(10):
        while sum(await bus.backlog(PolicyPublished, group)):  # noqa: ASYNC110 - Redis sends no news of it
            await asyncio.sleep(0.02)


async def test_what_a_dead_process_left_is_claimed(make: Make) -> None:
    begun = asyncio.Event()

    async def hang(message: PolicyPublished) -> None:
        begun.set()
        await asyncio.Event().wait()

    victim = make("victim")
    victim.subscribe(PolicyPublished, "group", hang)
    await victim.start()
    await victim.publish(news(1))
    await begun.wait()
    await victim.stop(drain_seconds=0)
    seen: list[int] = []

    async def handle(message: PolicyPublished) -> None:
        seen.append(message.version)

    heir = make("heir")
    heir.subscribe(PolicyPublished, "group", handle)
    await heir.start()
    await until(lambda: seen == [1])
    await until_empty(heir)


async def test_a_long_running_handler_keeps_its_message(make: Make) -> None:
    runs, done = 0, asyncio.Event()

    async def slow(message: PolicyPublished) -> None:
        nonlocal runs
        runs += 1
        await asyncio.sleep(PATIENT.claim_idle_seconds * 2.5)
        done.set()

    for name in ("one", "two"):
        bus = make(name, PATIENT)
        bus.subscribe(PolicyPublished, "group", slow)
        await bus.start()
    await bus.publish(news(1))
    await done.wait()
    await until_empty(bus)
    assert runs == 1


async def test_a_heartbeat_that_makes_an_error_of_its_cancellation_holds_no_slot(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = make(settings=StreamSettings(claim_idle_seconds=30, heartbeat_seconds=0.2))
    begun = asyncio.Event()
    seen: list[int] = []

    async def xclaim(*_: object, **__: object) -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise redis.ConnectionError("cancelled amid a command") from None

    async def handle(message: PolicyPublished) -> None:
        if message.version == 0:
            await begun.wait()
        seen.append(message.version)

    assert isinstance(bus, RedisBus)
    monkeypatch.setattr(bus._redis, "xclaim", xclaim)
    bus.subscribe(PolicyPublished, "group", handle)
    await bus.start()
    await bus.publish(news(0), news(1))
    await until(lambda: seen == [0, 1], seconds=5)


async def test_given_up_after_its_deliveries_then_listed_and_replayed(make: Make) -> None:
    given_up: list[tuple[int, str]] = []
    tries = 0

    async def handle(message: PolicyPublished) -> None:
        nonlocal tries
        tries += 1
        if tries <= QUICK.max_deliveries:
            raise StreamError("the disk is full")

    async def on_dead_letter(message: PolicyPublished, cause: str) -> None:
        given_up.append((message.version, cause))

    bus = make()
    bus.subscribe(PolicyPublished, "group", handle, on_dead_letter=on_dead_letter)
    await bus.start()
    await bus.publish(news(9))
    await until(lambda: bool(given_up))
    await until_empty(bus)
    assert given_up == [(9, "StreamError: the disk is full")]
    assert tries == QUICK.max_deliveries
    (letter,) = await bus.dead_letters()
    assert letter.group == "group"
    assert letter.deliveries == QUICK.max_deliveries
    assert '"version":9' in letter.body
    await bus.replay(letter.id)
    await until(lambda: tries == QUICK.max_deliveries + 1)
    assert await bus.dead_letters() == []
    with pytest.raises(NotFound):
        await bus.replay(letter.id)
    with pytest.raises(NotFound):
        await bus.replay("nonsense")


async def test_an_unreadable_message_is_dead_lettered_at_once(make: Make, redis_url: str) -> None:
    seen: list[int] = []

    async def handle(message: PolicyPublished) -> None:
        seen.append(message.version)

    bus = make()
    bus.subscribe(PolicyPublished, "group", handle)
    await bus.start()
    client = redis.Redis.from_url(redis_url)
    await client.xadd("pae.policy.published", {"__data__": b'{"id": "1", "surprise": true}'})
    await client.aclose()
    await bus.publish(news(2))
    await until(lambda: seen == [2])
    (letter,) = await bus.dead_letters()
    assert "cannot be read" in letter.cause


async def test_stop_lets_running_handlers_finish(make: Make) -> None:
    begun, done = asyncio.Event(), asyncio.Event()

    async def handle(message: PolicyPublished) -> None:
        begun.set()
        await asyncio.sleep(0.3)
        done.set()

    bus = make()
    bus.subscribe(PolicyPublished, "group", handle)
    await bus.start()
    await bus.publish(news(1))
    await begun.wait()
    await bus.stop(drain_seconds=5)
    assert done.is_set()
    other = make("other")
    backlog = await other.backlog(PolicyPublished, "group")
    assert backlog == (0, 0)


async def test_backlog_of_nothing_is_nothing(make: Make) -> None:
    assert await make().backlog(TrajectoryCompleted, "nobody") == (0, 0)


async def test_no_redis_is_a_stream_error() -> None:
    bus = open_bus(RedisSettings(url="redis://127.0.0.1:9/0"), QUICK, consumer="lonely")
    with pytest.raises(StreamError):
        await bus.publish(news(1))
    await bus.stop()


async def test_goes_on_after_redis_was_killed_and_nothing_is_lost(make_redis: Callable[[], RedisProcess]) -> None:
    process = make_redis()
    seen: set[int] = set()

    async def handle(message: PolicyPublished) -> None:
        seen.add(message.version)

    bus = open_bus(RedisSettings(url=process.url), QUICK, consumer="survivor")
    bus.subscribe(PolicyPublished, "group", handle)
    await bus.start()
    await bus.publish(*(news(i) for i in range(50)))
    process.kill()
    process.start()
    await bus.publish(news(50))
    await until(lambda: seen == set(range(51)), seconds=30)
    await bus.stop()


async def test_a_process_ends_where_its_group_is_gone_from_redis(
    make: Make, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("infra.streams.bus.WATCH_SECONDS", 0.1)
    bus = make()
    assert isinstance(bus, RedisBus)
    monkeypatch.setattr(bus, "deaf", lambda: told.append("deaf"))

    async def handle(message: PolicyPublished) -> None:
        return

    bus.subscribe(PolicyPublished, "group", handle)
    await bus.start()
    await asyncio.sleep(0.5)
    assert told == []
    client = redis.Redis.from_url(redis_url)
    await client.flushdb()
    await client.aclose()
    await until(lambda: told == ["deaf"])


async def test_what_nobody_reads_is_kept_within_bounds(make: Make, redis_url: str) -> None:
    bus = make(settings=StreamSettings(max_length=100))
    assert isinstance(bus, RedisBus)
    await bus.publish(*(news(number) for number in range(1000)))
    client = redis.Redis.from_url(redis_url)
    (stream,) = [key async for key in client.scan_iter(_type="stream")]
    await bus._upkeep.trim(stream.decode())
    assert 100 <= await client.xlen(stream) < 300  # whole nodes are dropped
    await client.aclose()
