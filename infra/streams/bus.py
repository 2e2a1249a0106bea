"""The bus on Redis Streams, with FastStream's subscribers.

FastStream reads and runs the handlers; what it leaves open is done here: groups are made at the stream's beginning
before it starts (it would make them at the end and miss the backlog); acknowledgement is ours alone (its NACK and
REJECT do nothing on streams); every slot is one subscriber that reads one message at a time, so nothing lies
prefetched; a twin per subscription only claims what others abandoned (its ``min_idle_time`` never reads anew);
running handlers keep their messages from being claimed; a message that was delivered too often is dead-lettered.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import redis.asyncio as redis
import structlog
from faststream import AckPolicy
from faststream.redis import RedisBroker, StreamSub
from faststream.redis.parser import BinaryMessageFormatV1
from pydantic import ValidationError
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from infra.background import end
from infra.contracts.messages import Message
from infra.errors import StreamError
from infra.settings import StreamSettings
from infra.streams.base import Backlog, DeadLetter, Handler, M
from infra.streams.letters import Letters
from infra.streams.upkeep import Upkeep

log = structlog.get_logger()

FIELD = "__data__"  # where FastStream keeps a message's body
_QUIET = logging.getLogger("pae.faststream")  # a name of ours: its own loggers print every message received
POLL_MS = 1000  # longest a reader blocks; a new message wakes it at once
WATCH_SECONDS = 5.0  # how often it is looked whether readers still read
CLAIM_POLLS = 3  # how often a claimer looks within the time after which a message counts as abandoned


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who handles which messages, and how many at a time."""

    message: type[Message]
    stream: str
    group: str
    handler: Callable[[Any], Awaitable[None]]
    on_dead_letter: Callable[[Any, str], Awaitable[None]] | None


class RedisBus:
    """Implements infra.streams.base.Bus."""

    def __init__(self, url: str, settings: StreamSettings, consumer: str) -> None:
        self._url = url
        self._settings = settings
        self._consumer = consumer
        retry = Retry(ExponentialBackoff(cap=1.0, base=0.05), 6)
        self._redis: Any = redis.Redis.from_url(
            url, retry=retry, retry_on_error=[RedisConnectionError, RedisTimeoutError], health_check_interval=15
        )
        self._broker = RedisBroker(url, apply_types=False, logger=_QUIET, health_check_interval=15)
        self._subscriptions: list[Subscription] = []
        self._letters = Letters(self._redis, settings.prefix)
        self._upkeep = Upkeep(self._redis, settings)
        self._running: set[asyncio.Task[None]] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._streams: set[str] = set()  # that are read or written here
        self._stopping = False

    def _stream(self, message: type[Message]) -> str:
        return f"{self._settings.prefix}.{message.stream}"

    async def publish(self, *messages: Message) -> None:
        """Append the messages to their streams, in order, in one round trip."""
        if not messages:
            return
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                for message in messages:
                    body = await BinaryMessageFormatV1.encode(
                        message=message.model_dump_json(exclude_defaults=True).encode(),
                        reply_to=None,
                        headers=None,
                        correlation_id=message.id,
                    )
                    stream = self._stream(type(message))
                    self._streams.add(stream)
                    pipe.xadd(stream, {FIELD: body})
                await pipe.execute()
        except (RedisError, OSError) as error:
            raise StreamError(f"{len(messages)} message(s) could not be published: {error}") from error

    def subscribe(
        self,
        message: type[M],
        group: str,
        handler: Handler[M],
        *,
        slots: int = 1,
        on_dead_letter: Callable[[M, str], Awaitable[None]] | None = None,
    ) -> None:
        """Handle messages with at most ``slots`` handlers at a time, and one more for what others abandoned."""
        subscription = Subscription(message, self._stream(message), group, handler, on_dead_letter)
        self._subscriptions.append(subscription)
        for slot in range(slots):
            self._add_reader(subscription, f"{self._consumer}-{slot}", None)
        self._add_reader(subscription, f"{self._consumer}-claims", int(self._settings.claim_idle_seconds * 1000))

    def _add_reader(self, subscription: Subscription, consumer: str, min_idle_ms: int | None) -> None:
        polling = POLL_MS if min_idle_ms is None else max(50, min_idle_ms // CLAIM_POLLS)
        stream = StreamSub(
            subscription.stream,
            group=subscription.group,
            consumer=consumer,
            polling_interval=polling,
            max_records=1,
            min_idle_time=min_idle_ms,
        )

        async def handle(raw: Any) -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - a coroutine that runs has a task
            self._running.add(task)
            try:
                await self._handle(subscription, consumer, raw, claimed=min_idle_ms is not None)
            finally:
                self._running.discard(task)

        self._broker.subscriber(stream=stream, ack_policy=AckPolicy.MANUAL, no_reply=True, decoder=_undecoded)(handle)

    async def _handle(self, subscription: Subscription, consumer: str, raw: Any, *, claimed: bool) -> None:
        entry = raw.raw_message["message_ids"][0].decode()
        try:
            message = subscription.message.model_validate_json(raw.body)
        except ValidationError as error:
            await self._give_up(subscription, entry, raw.body, None, f"the message cannot be read: {error}", 1)
            return
        if claimed:
            deliveries = await self._deliveries(subscription, entry)
            if deliveries > self._settings.max_deliveries:
                cause = await self._letters.cause(subscription.stream, subscription.group, entry)
                cause = cause or "its handler never returned: the process was killed each time"
                await self._give_up(subscription, entry, raw.body, message, cause, deliveries - 1)
                return
        try:
            async with self._kept_alive(subscription, consumer, entry):
                await subscription.handler(message)
        except Exception as error:
            cause = f"{type(error).__name__}: {error}"
            log.warning("a message failed", stream=subscription.stream, id=message.id, cause=cause, exc_info=True)
            await self._letters.remember(subscription.stream, subscription.group, entry, cause)
            return
        await self._redis.xack(subscription.stream, subscription.group, entry)

    async def _give_up(
        self,
        subscription: Subscription,
        entry: str,
        body: bytes,
        message: Message | None,
        cause: str,
        deliveries: int,
    ) -> None:
        log.error("a message is dead-lettered", stream=subscription.stream, entry=entry, cause=cause)
        if message is not None and subscription.on_dead_letter is not None:
            try:
                await subscription.on_dead_letter(message, cause)
            except Exception as error:
                log.warning("a dead letter's handler failed", entry=entry, cause=str(error), exc_info=True)
                return
        letter = DeadLetter(
            "", subscription.stream, subscription.group, body.decode(errors="replace"), cause, deliveries, _now()
        )
        await self._letters.add(letter, entry)

    async def _deliveries(self, subscription: Subscription, entry: str) -> int:
        found = await self._redis.xpending_range(subscription.stream, subscription.group, entry, entry, 1)
        return int(found[0]["times_delivered"]) if found else 0

    @contextlib.asynccontextmanager
    async def _kept_alive(self, subscription: Subscription, consumer: str, entry: str) -> AsyncIterator[None]:
        """Reset the message's idle time while its handler runs, without counting a delivery."""

        ended = asyncio.Event()

        async def beat() -> None:
            while not ended.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), self._settings.heartbeat_seconds)
                    return
                with contextlib.suppress(RedisError, OSError):
                    await self._redis.xclaim(subscription.stream, subscription.group, consumer, 0, [entry], justid=True)

        task = asyncio.create_task(beat())
        try:
            yield
        finally:
            ended.set()  # cancelled amid a command, redis-py may raise an error of its own instead
            await end([task])  # it may hold a connection

    async def start(self) -> None:
        """Create streams and groups at their beginning, then read."""
        try:
            for subscription in self._subscriptions:
                await self._create_group(subscription)
            await self._broker.start()
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis cannot be reached: {error}") from error
        self._streams.update(subscription.stream for subscription in self._subscriptions)
        self._tasks += [asyncio.create_task(self._upkeep.run(self._streams)), asyncio.create_task(self._watch())]

    async def _watch(self) -> None:
        """Ask for the process's end where a reader has stopped for good, as it does where Redis lost its data.

        Whoever supervises the process starts it again, and it makes its groups anew; until then it would be deaf.
        """
        while all(reader.running for reader in self._broker.subscribers):  # noqa: ASYNC110 - they tell of no events
            await asyncio.sleep(WATCH_SECONDS)
        if not self._stopping:
            log.critical("streams or their groups are gone from Redis: this process ends, to be started again")
            self.deaf()

    def deaf(self) -> None:
        """End this process in order."""
        os.kill(os.getpid(), signal.SIGTERM)

    async def _create_group(self, subscription: Subscription) -> None:
        try:
            await self._redis.xgroup_create(subscription.stream, subscription.group, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    async def stop(self, *, drain_seconds: float = 5.0) -> None:
        """Read no more; give running handlers ``drain_seconds``, then cancel them (their messages stay pending)."""
        self._stopping = True
        for subscriber in self._broker.subscribers:
            subscriber.running = False  # their loops read no more, but what is in hand goes on
        if self._running:
            await asyncio.wait(set(self._running), timeout=drain_seconds)
        await self._broker.stop()
        await end(self._tasks)
        await self._redis.aclose()

    async def backlog(self, message: type[Message], group: str) -> Backlog:
        """Count what a group has yet to do on one stream."""
        stream = self._stream(message)
        try:
            return await self._upkeep.backlog(stream, group)
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis failed: {error}") from error

    async def dead_letters(self, *, limit: int = 100) -> Sequence[DeadLetter]:
        """Newest first."""
        try:
            return await self._letters.list(limit)
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis failed: {error}") from error

    async def replay(self, dead_letter_id: str) -> None:
        """Publish it again on its stream and remove it from the dead letters. Raises NotFound."""
        try:
            letter = await self._letters.get(dead_letter_id)
            body = await BinaryMessageFormatV1.encode(
                message=letter.body.encode(), reply_to=None, headers=None, correlation_id=dead_letter_id
            )
            await self._letters.send_again(letter, {FIELD: body})
        except (RedisError, OSError) as error:
            raise StreamError(f"Redis failed: {error}") from error


async def _undecoded(message: Any) -> Any:
    """Hand the message on as it is: reading it is our own business, and may fail in our own way."""
    return message


def _now() -> datetime:
    return datetime.now(UTC)
