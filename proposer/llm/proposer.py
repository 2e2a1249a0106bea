"""The proposer that asks a chat model."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import structlog

from infra.blobs.base import Blobs
from infra.chat import Chat
from infra.contracts.sitemap import SiteMap
from infra.errors import ChatError, NotFound
from proposer.llm.accepting import accept
from proposer.llm.context import DEMOS, MOST_SUMMARY, PICTURES, Context
from proposer.llm.likeness import Likeness
from proposer.llm.proposals import Proposals, prompt_of
from proposer.llm.summary import summary
from proposer.proposed import Proposed

log = structlog.get_logger(__name__)

#: Instructions of known tasks that the model is told, so that it proposes others.
TOLD = 40


class LlmProposer:
    """Asks for some tasks at a time."""

    def __init__(self, chat: Chat, blobs: Blobs, likeness: Likeness, *, count: int) -> None:
        self._chat = chat
        self._blobs = blobs
        self._likeness = likeness
        self._count = count

    async def propose(self, context: Context, sitemap: SiteMap | None, known: Sequence[str], limit: int) -> Proposed:
        """Return at most ``limit`` new tasks; what the model fails at is told, not raised.

        ``known``: instructions of all tasks that the website has. Raises StoreError.
        """
        dropped: Counter[str] = Counter()
        rng = Random(f"{context.website.id} {len(known)}")  # noqa: S311 - chooses what is told, no secret
        asked = replace(
            context,
            summary=summary(sitemap, rng, MOST_SUMMARY) if sitemap is not None else "",
            known=tuple(rng.sample(list(known), min(TOLD, len(known)))),
            demo_pictures=await self._demo_pictures(context),
        )
        try:
            reply = await self._chat.ask(context.website.id, prompt_of(asked, min(self._count, limit)), Proposals)
        except (ChatError, NotFound) as error:
            log.warning("proposing_failed", website=context.website.id, cause=str(error), kind=type(error).__name__)
            dropped[f"proposed: no reply ({type(error).__name__})"] += 1
            return Proposed(dropped=dropped, cause=str(error))
        tasks = await asyncio.to_thread(accept, reply.tasks, context.website, sitemap, known, self._likeness, dropped)
        dropped["proposed: beyond the number of tasks kept"] += max(0, len(tasks) - limit)
        log.info("proposed", website=context.website.id, tasks=len(tasks), dropped=dict(+dropped))
        cause = "" if tasks else f"none of the {len(reply.tasks)} tasks that the chat model proposed can be used"
        return Proposed(tuple(tasks[:limit]), +dropped, cause)

    async def _demo_pictures(self, context: Context) -> dict[int, tuple[bytes, ...]]:
        found: dict[int, tuple[bytes, ...]] = {}
        for index, demo in enumerate(context.website.demos[:DEMOS]):
            found[index] = await pictures(self._blobs, demo.screenshots[:PICTURES])
        return found


async def pictures(blobs: Blobs, keys: Sequence[str]) -> tuple[bytes, ...]:
    """Return the pictures that are still there."""
    found: list[bytes] = []
    for key in keys:
        try:
            found.append(await blobs.get(key))
        except NotFound:
            continue
    return tuple(found)
