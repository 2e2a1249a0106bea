"""The forum's pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import local, to
from sandbox_sites.common.sessions import Session, Sessions
from sandbox_sites.common.web import Web
from sandbox_sites.forum.account import Account
from sandbox_sites.forum.notices import REASONS
from sandbox_sites.forum.phrases import BADGES
from sandbox_sites.forum.posting import Posting
from sandbox_sites.forum.reading import SORTS, Cut, Reading, ordered
from sandbox_sites.forum.seed import ME, PASSWORD, TODAY, World, long_date
from sandbox_sites.forum.state import ForumState
from sandbox_sites.forum.suggesting import Suggesting
from sandbox_sites.forum.wording import WORDING

TITLE = "Spade & Solder"
ON_HOME, ON_BOARD, ON_SEARCH = 12, 8, 10  # threads
Visitor = Session[ForumState]


def reachable(world: World) -> list[str]:
    """Return the paths that a person can reach by links, without filters and paging."""
    paths = [
        "/",
        "/search",
        "/new-thread",
        "/following",
        "/moderation",
        "/messages",
        "/messages/sent",
        "/messages/new",
        "/settings",
        "/rules",
        "/committee",
        "/events",
        "/badges",
        "/members",
        "/tags",
    ]
    paths += [f"/boards/{board.slug}" for board in world.boards]
    paths += [f"/tags/{tag}" for tag in world.tags]
    paths += [f"/messages/{letter.id}" for letter in (*world.inbox, *world.sent)]
    paths += [f"/members/{member.handle}" for member in world.members]
    paths += [f"/threads/{thread.slug}" for thread in world.threads]
    paths += [f"/posts/{post.id}/edit" for t in world.threads if not t.locked for post in t.posts if post.author == ME]
    return paths


def _filters(request: Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "").strip()[:120] for name in ("q", "board", "author", "sort", "min")}


class Forum:
    """Renders pages; changes of state are in :class:`Posting` and :class:`Account`."""

    def __init__(self, world: World, web: Web[ForumState]) -> None:
        self._world = world
        self.render, self.missing = web.render, web.missing

    def reading(self, visitor: Visitor) -> Reading:
        """Return the forum as the visitor sees it."""
        return Reading(self._world, visitor.state)

    async def home(self, request: Request, visitor: Visitor) -> Response:
        """All boards, and what is new."""
        latest = ordered(self.reading(visitor).threads(), "")
        cut = Cut.of(latest, request.query_params.get("page", ""), ON_HOME, whole_lists=True)
        return self.render(visitor, "home.html", cut=cut, more="/data/rows?size=home")

    async def board(self, request: Request, visitor: Visitor) -> Response:
        """One board."""
        board = self._world.board(request.path_params["slug"])
        if board is None:
            return self.missing(visitor)
        sort = request.query_params.get("sort", "")
        sort = sort if sort in SORTS else ""
        threads = ordered(self.reading(visitor).of(board), sort, pins=True)
        cut = Cut.of(threads, request.query_params.get("page", ""), ON_BOARD, whole_lists=True)
        more = "/data/rows?" + urlencode({"size": "board", "board": board.slug, "sort": sort})
        return self.render(visitor, "board.html", board=board, cut=cut, sort=sort, more=more)

    async def search(self, request: Request, visitor: Visitor) -> Response:
        """Threads by words, board, author and number of replies."""
        chosen = _filters(request)
        found = self.reading(visitor).search(chosen) if request.url.query else []
        cut = Cut.of(found, request.query_params.get("page", ""), ON_SEARCH, whole_lists=True)
        more = "/data/rows?" + urlencode({"size": "search", **chosen})
        return self.render(visitor, "search.html", cut=cut, chosen=chosen, asked=bool(request.url.query), more=more)

    async def thread(self, request: Request, visitor: Visitor) -> Response:
        """One thread."""
        reading = self.reading(visitor)
        thread = reading.thread(request.path_params["slug"])
        if thread is None:
            return self.missing(visitor)
        return self.render(visitor, "thread.html", thread=thread, errors={}, form={})

    async def edit(self, request: Request, visitor: Visitor) -> Response:
        """The form for a post of the visitor's own."""
        found = self.reading(visitor).post(request.path_params["id"])
        if found is None or found[1].author != ME or found[0].locked:
            return self.missing(visitor)
        thread, post = found
        return self.render(visitor, "edit.html", thread=thread, post=post, errors={}, form={"text": post.text})

    async def new_thread(self, request: Request, visitor: Visitor) -> Response:
        """The form for a thread."""
        return self.render(visitor, "new.html", errors={}, form={"board": request.query_params.get("board", "")})

    async def members(self, request: Request, visitor: Visitor) -> Response:
        """Everybody."""
        reading = self.reading(visitor)
        counts: dict[str, int] = {}
        for thread in reading.threads():
            for post in thread.posts:
                counts[post.author] = counts.get(post.author, 0) + 1
        everybody = [reading.member(member.handle) for member in self._world.members]
        return self.render(visitor, "members.html", everybody=everybody, counts=counts)

    async def member(self, request: Request, visitor: Visitor) -> Response:
        """One member."""
        reading = self.reading(visitor)
        member = reading.member(request.path_params["handle"])
        if member is None:
            return self.missing(visitor)
        posts = reading.by(member.handle)
        return self.render(visitor, "member.html", member=member, posts=posts[:6], count=len(posts))

    async def tags(self, request: Request, visitor: Visitor) -> Response:
        """All tags."""
        counts: dict[str, int] = {}
        for thread in self.reading(visitor).threads():
            for tag in thread.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return self.render(visitor, "tags.html", counts=dict(sorted(counts.items())))

    async def tag(self, request: Request, visitor: Visitor) -> Response:
        """The threads of a tag."""
        tag = request.path_params["tag"]
        threads = ordered([thread for thread in self.reading(visitor).threads() if tag in thread.tags], "")
        return self.render(visitor, "tag.html", tag=tag, threads=threads) if threads else self.missing(visitor)

    async def following(self, request: Request, visitor: Visitor) -> Response:
        """Threads that are followed or saved."""
        reading = self.reading(visitor)
        lists = {name: ordered(reading.kept(name), "") for name in ("followed", "saved")}
        return self.render(visitor, "following.html", lists=lists)

    async def moderation(self, request: Request, visitor: Visitor) -> Response:
        """The moderators' queue."""
        return self.render(visitor, "moderation.html", faulty="")

    async def inbox(self, request: Request, visitor: Visitor) -> Response:
        """Letters that came."""
        return self.render(visitor, "letters.html", box="inbox", letters=self._world.inbox)

    async def sent(self, request: Request, visitor: Visitor) -> Response:
        """Letters that went."""
        return self.render(visitor, "letters.html", box="sent", letters=self._world.sent)

    async def letter(self, request: Request, visitor: Visitor) -> Response:
        """One letter."""
        wanted = request.path_params["id"]
        letter = next((one for one in (*self._world.inbox, *self._world.sent) if one.id == wanted), None)
        if letter is None:
            return self.missing(visitor)
        return self.render(visitor, "letter.html", letter=letter, received=letter in self._world.inbox)

    async def compose(self, request: Request, visitor: Visitor) -> Response:
        """The form for a letter."""
        form = {name: request.query_params.get(name, "")[:120] for name in ("to", "subject")}
        return self.render(visitor, "compose.html", errors={}, form=form)

    async def settings(self, request: Request, visitor: Visitor) -> Response:
        """Profile, notifications, muted members."""
        return self.render(visitor, "settings.html", errors={}, form={})

    async def rules(self, request: Request, visitor: Visitor) -> Response:
        """Rules and answers."""
        return self.render(visitor, "rules.html")

    async def committee(self, request: Request, visitor: Visitor) -> Response:
        """Who does what."""
        return self.render(visitor, "committee.html")

    async def events(self, request: Request, visitor: Visitor) -> Response:
        """What happens when."""
        return self.render(visitor, "events.html")

    async def badges(self, request: Request, visitor: Visitor) -> Response:
        """What badges are for, and who has them."""
        holders = {name: [m.handle for m in self._world.members if name in m.badges] for name in BADGES}
        return self.render(visitor, "badges.html", badges=BADGES, holders=holders)

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """The form for signing in."""
        then = local(request.query_params.get("next", "/"))
        if visitor.state.inside:
            return to(then)
        return self.render(visitor, "sign_in.html", errors={}, form={}, then=then)


Handler = Callable[[Request, Visitor], Awaitable[Response]]


def members_only(handler: Handler) -> Handler:
    """Send visitors who are signed out to the sign-in page, and back afterwards where that makes sense."""

    async def handle(request: Request, visitor: Visitor) -> Response:
        if visitor.state.inside:
            return await handler(request, visitor)
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        then = quote(place if request.method == "GET" else "/", safe="/")
        return to(f"/sign-in?next={then}")

    return handle


def make_app(world: World, sessions: Sessions[ForumState]) -> Starlette:
    """Return the forum's application."""

    def context(visitor: Visitor) -> dict[str, Any]:
        reading = Reading(world, visitor.state)
        unread = sum(reading.unread(letter) for letter in world.inbox)
        return {"reading": reading, "unread": unread, "waiting": reading.waiting(), "inside": visitor.state.inside}

    def expire(state: ForumState) -> None:
        state.expired = True

    web: Web[ForumState] = Web(
        Path(__file__).parent,
        TITLE,
        sessions,
        WORDING,
        context=context,
        filters={"day": long_date},
        values={"world": world, "ME": ME, "PASSWORD": PASSWORD, "SORTS": SORTS, "REASONS": REASONS, "TODAY": TODAY},
        expire=expire,
    )
    forum, suggesting = Forum(world, web), Suggesting(world, web)
    public: dict[str, Handler] = {
        "/": forum.home, "/boards/{slug}": forum.board, "/threads/{slug}": forum.thread, "/search": forum.search,
        "/members": forum.members, "/members/{handle}": forum.member, "/tags": forum.tags, "/tags/{tag}": forum.tag,
        "/rules": forum.rules, "/committee": forum.committee, "/events": forum.events, "/badges": forum.badges,
        "/sign-in": forum.sign_in,
    }  # fmt: skip
    private: dict[str, Handler] = {
        "/posts/{id}/edit": forum.edit, "/new-thread": forum.new_thread, "/following": forum.following,
        "/moderation": forum.moderation, "/messages": forum.inbox, "/messages/sent": forum.sent,
        "/messages/new": forum.compose, "/messages/{id}": forum.letter, "/settings": forum.settings,
    }  # fmt: skip
    for path, handler in {**public, **{path: members_only(handler) for path, handler in private.items()}}.items():
        web.page(path, handler)
    account = Account(world, web)
    for path, handler in account.open_to_all().items():
        web.change(path, handler)
    for path, handler in {**Posting(world, web).routes(), **account.routes()}.items():
        web.change(path, members_only(handler))
    for path, data in suggesting.routes().items():
        web.data(path, data)
    return web.app()
