"""Dead letters: messages that were given up, with their cause, in a stream of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from redis.exceptions import ResponseError

from infra.errors import NotFound
from infra.streams.base import DeadLetter

#: Seconds for which the cause of a failure is remembered after the last one.
CAUSE_SECONDS = 24 * 3600


class Letters:
    """Lists, adds and replays. Errors are redis-py's."""

    def __init__(self, client: Any, prefix: str) -> None:
        self._redis = client
        self._stream = f"{prefix}.dead-letters"
        self._prefix = prefix

    def _causes(self, stream: str, group: str) -> str:
        return f"{self._prefix}:causes:{stream}:{group}"

    async def remember(self, stream: str, group: str, entry: str, cause: str) -> None:
        """Keep why a message's handler failed, until it succeeds or is given up."""
        key = self._causes(stream, group)
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hset(key, entry, cause[:2000])
            pipe.expire(key, CAUSE_SECONDS)
            await pipe.execute()

    async def cause(self, stream: str, group: str, entry: str) -> str | None:
        """Return the last failure of a message."""
        cause = await self._redis.hget(self._causes(stream, group), entry)
        return cause.decode() if cause is not None else None

    async def add(self, letter: DeadLetter, entry: str) -> None:
        """Move a message here: one transaction, so that it is in exactly one place."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xadd(
                self._stream,
                {
                    "stream": letter.stream,
                    "group": letter.group,
                    "body": letter.body,
                    "cause": letter.cause,
                    "deliveries": letter.deliveries,
                    "at": letter.at.isoformat(),
                },
            )
            pipe.xack(letter.stream, letter.group, entry)
            pipe.hdel(self._causes(letter.stream, letter.group), entry)
            await pipe.execute()

    async def list(self, limit: int) -> Sequence[DeadLetter]:
        """Newest first."""
        return [_letter(entry, fields) for entry, fields in await self._redis.xrevrange(self._stream, count=limit)]

    async def get(self, letter_id: str) -> DeadLetter:
        """Raises NotFound."""
        try:
            found = await self._redis.xrange(self._stream, letter_id, letter_id)
        except ResponseError:  # not even an id
            found = []
        if not found:
            raise NotFound(f"there is no dead letter {letter_id}")
        return _letter(*found[0])

    async def send_again(self, letter: DeadLetter, fields: Mapping[str, bytes]) -> None:
        """Append to its stream and remove from here, in one transaction."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xadd(letter.stream, fields)
            pipe.xdel(self._stream, letter.id)
            await pipe.execute()


def _letter(entry: bytes, fields: dict[bytes, bytes]) -> DeadLetter:
    text = {name.decode(): value.decode() for name, value in fields.items()}
    return DeadLetter(
        id=entry.decode(),
        stream=text["stream"],
        group=text["group"],
        body=text["body"],
        cause=text["cause"],
        deliveries=int(text["deliveries"]),
        at=datetime.fromisoformat(text["at"]),
    )
