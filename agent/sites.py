"""Websites and their maps as agents and the learner need them: read from the store, kept for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from agent.policy.embedding import Embedder
from agent.policy.site import SiteIndex
from infra.store.base import Store

#: Seconds after which a known map is read again; one that is not there yet is asked for sooner.
KEEP_SECONDS = 90.0
KEEP_MISSING_SECONDS = 3.0


class SiteCache:
    """SiteIndex by website. The same object is returned until the map has changed.

    Without ``site_map`` it is the same empty one for all of them, as for a website that has not been surveyed.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None = None,
        *,
        site_map: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._empty = None if site_map else SiteIndex(None, embedder)
        self._clock = clock
        self._known: dict[str, tuple[float, object, SiteIndex]] = {}

    async def index(self, website_id: str) -> SiteIndex:
        """Return the website's index; an empty one where it has not been surveyed."""
        if self._empty is not None:
            return self._empty
        now = self._clock()
        until, stamp, index = self._known.get(website_id, (0.0, None, None))
        if index is not None and now < until:
            return index
        sitemap = await self._store.sitemap(website_id)
        fresh = sitemap.created_at if sitemap else None
        if index is None or fresh != stamp:
            index = SiteIndex(sitemap, self._embedder)
        self._known[website_id] = (now + (KEEP_SECONDS if sitemap else KEEP_MISSING_SECONDS), fresh, index)
        return index
