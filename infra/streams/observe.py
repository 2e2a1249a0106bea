"""Looking on at streams without taking part: no group, no acknowledgement, so nothing is taken from anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

import redis.asyncio as redis
from faststream.redis.parser import BinaryMessageFormatV1
from redis.exceptions import RedisError

from infra.contracts.messages import Message
from infra.errors import StreamError
from infra.streams.bus import FIELD

BLOCK_MS = 1000
AT_ONCE = 200


class Seen(NamedTuple):
    """A message, and its entry id in its stream (milliseconds and a number)."""

    entry: str
    message: Message


async def observe(
    url: str, prefix: str, messages: Sequence[type[Message]], *, after: str | None = None
) -> AsyncIterator[Seen | None]:
    """Yield messages as they are published, and None after every quiet second.

    ``after`` is an entry id that was seen before: what came later is repeated, at least once. Without it only what
    is published from now on is seen.

    Raises:
        StreamError: Redis cannot be reached.
    """
    kinds = {f"{prefix}.{kind.stream}": kind for kind in messages}
    client: Any = redis.Redis.from_url(url)
    try:
        cursors: dict[str | bytes, str | bytes] = {}
        for stream in kinds:
            newest = await client.xrevrange(stream, count=1)
            cursors[stream] = f"{after.split('-')[0]}-0" if after else (newest[0][0] if newest else "0-0")
        while True:
            found = await client.xread(cursors, count=AT_ONCE, block=BLOCK_MS)
            if not found:
                yield None
            for stream, entries in found:
                name = stream.decode()
                for entry, fields in entries:
                    cursors[name] = entry
                    body, _ = BinaryMessageFormatV1.parse(fields[FIELD.encode()])
                    yield Seen(entry.decode(), kinds[name].model_validate_json(body))
    except (RedisError, OSError) as error:
        raise StreamError(f"Redis failed: {error}") from error
    finally:
        await client.aclose()
