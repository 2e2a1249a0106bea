"""What scripts of the pages ask for: suggestions, and more of a list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.forum.reading import Cut, Reading, ordered
from sandbox_sites.forum.seed import World
from sandbox_sites.forum.state import ForumState

Visitor = Session[ForumState]
MOST = 6  # suggestions
SIZES = {"home": 12, "board": 8, "search": 10}


class Suggesting:
    """Handlers of the data that scripts ask for."""

    def __init__(self, world: World, web: Web[ForumState]) -> None:
        self._world = world
        self._web = web

    def routes(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Any]]]:
        """Return the handlers by path."""
        return {
            "/data/rows": self.rows,
            "/data/titles": self.titles,
            "/data/tags": self.tags,
            "/data/members": self.members,
        }

    async def rows(self, request: Request, visitor: Visitor) -> dict[str, Any]:
        """One page of a list of threads, as HTML, and where the next one is."""
        query = {name: value[:120] for name, value in request.query_params.items()}
        reading, size = Reading(self._world, visitor.state), query.get("size", "")
        if size == "board":
            threads = ordered(reading.of(query.get("board", "")), query.get("sort", ""), pins=True)
        else:
            threads = reading.search(query)
        cut = Cut.of(threads, query.get("page", ""), SIZES.get(size, 10), whole_lists=False)
        messages, visitor.messages = visitor.messages, []
        page = self._web.render(visitor, "rows.html", threads=cut.shown, with_board=size != "board")
        visitor.messages = messages  # they are for the next page
        following = f"/data/rows?{urlencode({**query, 'page': str(cut.next)})}" if cut.next else None
        return {"html": bytes(page.body).decode(), "next": following}

    async def titles(self, request: Request, visitor: Visitor) -> list[dict[str, str]]:
        """Threads whose title holds the words."""
        words = request.query_params.get("q", "").lower().split()
        threads = Reading(self._world, visitor.state).threads() if words else []
        found = [thread for thread in threads if all(word in thread.title.lower() for word in words)]
        return [{"text": thread.title, "link": f"/threads/{thread.slug}"} for thread in found[:MOST]]

    async def tags(self, request: Request, visitor: Visitor) -> list[dict[str, str]]:
        """Tags that begin like this."""
        start = request.query_params.get("q", "").lower().strip()
        return [{"text": tag} for tag in self._world.tags if start and tag.startswith(start)][:MOST]

    async def members(self, request: Request, visitor: Visitor) -> list[dict[str, str]]:
        """Members whose handle holds this."""
        part = request.query_params.get("q", "").lower().strip()
        handles = [member.handle for member in self._world.members]
        return [{"text": handle} for handle in handles if part and part in handle.lower()][:MOST]
