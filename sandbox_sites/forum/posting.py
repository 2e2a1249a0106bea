"""What visitors change about threads and posts, and what moderators do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox_sites.common.forms import form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.forum.notices import REASONS
from sandbox_sites.forum.reading import Reading, whole
from sandbox_sites.forum.seed import ME, Thread, World, slug
from sandbox_sites.forum.state import ForumState, Opened, Reply, turn

Visitor = Session[ForumState]
SHORTEST_TITLE, LONGEST_TITLE, MOST_TAGS = 8, 90, 4
FILL_IN = "This cannot be empty."


class Posting:
    """Handlers of POST requests about threads."""

    def __init__(self, world: World, web: Web[ForumState]) -> None:
        self._world = world
        self._web = web

    def routes(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Response]]]:
        """Return the handlers by path."""
        return {
            "/new-thread": self.open, "/threads/{slug}/reply": self.reply, "/threads/{slug}/poll": self.poll,
            "/threads/{slug}/follow": self.follow, "/threads/{slug}/save": self.save,
            "/threads/{slug}/lock": self.lock, "/threads/{slug}/move": self.move, "/posts/{id}/vote": self.vote,
            "/posts/{id}/edit": self.edit, "/posts/{id}/delete": self.delete,
            "/moderation/{id}/approve": self.approve, "/moderation/{id}/reject": self.reject,
        }  # fmt: skip

    def _tell(self, visitor: Visitor, text: str) -> None:
        visitor.messages.append(self._web.say(visitor, text))

    def _thread(self, request: Request, visitor: Visitor) -> Thread | None:
        return Reading(self._world, visitor.state).thread(request.path_params["slug"])

    async def open(self, request: Request, visitor: Visitor) -> Response:
        """Open a thread."""
        form = await form_of(request)
        title, tags = form.get("title", ""), form.get("tags", "").lower().replace(",", " ").split()
        errors = {name: FILL_IN for name in ("title", "text") if not form.get(name)}
        if title and not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
            errors["title"] = f"A title has {SHORTEST_TITLE} to {LONGEST_TITLE} characters."
        if self._world.board(form.get("board", "")) is None:
            errors["board"] = "Please choose a board."
        unknown = [tag for tag in tags if tag not in self._world.tags]
        if not tags:
            errors["tags"] = "Please give at least one tag."
        elif unknown:
            errors["tags"] = f"There is no tag “{unknown[0]}”. Choose from the suggestions."
        elif len(tags) > MOST_TAGS:
            errors["tags"] = f"At most {MOST_TAGS} tags."
        if errors:
            return self._web.render(visitor, "new.html", status=422, errors=errors, form=form)
        taken = {thread.slug for thread in Reading(self._world, visitor.state).threads()}
        name = slug(title) or "thread"
        while name in taken:
            name += "-again"
        visitor.state.opened.append(Opened(name, title, form["board"], form["text"], tuple(dict.fromkeys(tags))))
        self._tell(visitor, "Your thread is up.")
        return to(f"/threads/{name}")

    async def reply(self, request: Request, visitor: Visitor) -> Response:
        """Answer in a thread."""
        form, thread = await form_of(request), self._thread(request, visitor)
        if thread is None:
            return self._web.missing(visitor)
        if thread.locked:
            self._tell(visitor, "The thread is locked.")
            return to(f"/threads/{thread.slug}")
        if not form.get("text"):
            errors = {"text": FILL_IN}
            return self._web.render(visitor, "thread.html", status=422, thread=thread, errors=errors, form=form)
        quoted = form.get("quoted", "")
        known = any(post.id == quoted for post in thread.posts)
        visitor.state.replies.append(Reply(thread.slug, form["text"], quoted if known else ""))
        self._tell(visitor, "Your reply is up.")
        return to(f"/threads/{thread.slug}")

    async def poll(self, request: Request, visitor: Visitor) -> Response:
        """Vote in a poll, once."""
        form, thread = await form_of(request), self._thread(request, visitor)
        if thread is None or thread.poll is None:
            return self._web.missing(visitor)
        option = whole(form.get("option", ""))
        if option is None or option >= len(thread.poll.options):
            self._tell(visitor, "Please choose one of the answers.")
        elif thread.slug not in visitor.state.polls:
            visitor.state.polls[thread.slug] = option
            self._tell(visitor, "Your vote was counted.")
        return to(f"/threads/{thread.slug}")

    async def follow(self, request: Request, visitor: Visitor) -> Response:
        """Follow a thread, or stop it."""
        thread = self._thread(request, visitor)
        if thread is None:
            return self._web.missing(visitor)
        wanted = not Reading(self._world, visitor.state).is_on("followed", thread.slug)
        turn(visitor.state.followed, thread.slug, wanted, thread.slug in self._world.followed)
        self._tell(visitor, "You follow this thread." if wanted else "You no longer follow this thread.")
        return to(f"/threads/{thread.slug}")

    async def save(self, request: Request, visitor: Visitor) -> Response:
        """Bookmark a thread, or stop it."""
        thread = self._thread(request, visitor)
        if thread is None:
            return self._web.missing(visitor)
        wanted = not Reading(self._world, visitor.state).is_on("saved", thread.slug)
        turn(visitor.state.saved, thread.slug, wanted, thread.slug in self._world.saved)
        self._tell(visitor, "Saved to your bookmarks." if wanted else "Taken off your bookmarks.")
        return to(f"/threads/{thread.slug}")

    async def lock(self, request: Request, visitor: Visitor) -> Response:
        """Lock a thread, or open it again."""
        thread = self._thread(request, visitor)
        if thread is None:
            return self._web.missing(visitor)
        seeded = next((one.locked for one in self._world.threads if one.slug == thread.slug), False)
        turn(visitor.state.locked, thread.slug, not thread.locked, seeded)
        self._tell(visitor, "The thread is open again." if thread.locked else "The thread is locked.")
        return to(f"/threads/{thread.slug}")

    async def move(self, request: Request, visitor: Visitor) -> Response:
        """Move a thread to another board."""
        form, thread = await form_of(request), self._thread(request, visitor)
        if thread is None:
            return self._web.missing(visitor)
        board = form.get("board", "")
        if self._world.board(board) is None:
            self._tell(visitor, "Please choose a board.")
            return to(f"/threads/{thread.slug}")
        seeded = next((one.board for one in self._world.threads if one.slug == thread.slug), "")
        if board == seeded:
            visitor.state.moved.pop(thread.slug, None)
        else:
            visitor.state.moved[thread.slug] = board
        self._tell(visitor, "The thread was moved.")
        return to(f"/threads/{thread.slug}")

    async def vote(self, request: Request, visitor: Visitor) -> Response:
        """Vote a post up or down; the same vote again takes it back."""
        form, found = await form_of(request), Reading(self._world, visitor.state).post(request.path_params["id"])
        wanted = {"up": 1, "down": -1}.get(form.get("direction", ""))
        if found is None or wanted is None:
            return self._web.missing(visitor)
        thread, post = found
        votes = visitor.state.votes
        if post.author == ME:
            text = "You cannot vote on a post of your own."
        elif votes.get(post.id) == wanted:
            del votes[post.id]
            text = "Your vote was taken back."
        else:
            votes[post.id] = wanted
            text = "Your vote was counted."
        if request.headers.get("x-wanted") == "json":
            found = Reading(self._world, visitor.state).post(post.id)
            score, vote = found[1].score if found else post.score, votes.get(post.id, 0)
            return JSONResponse({"message": self._web.say(visitor, text), "score": score, "vote": vote})
        self._tell(visitor, text)
        return to(f"/threads/{thread.slug}")

    async def edit(self, request: Request, visitor: Visitor) -> Response:
        """Change a post of the visitor's own."""
        form, found = await form_of(request), Reading(self._world, visitor.state).post(request.path_params["id"])
        if found is None or found[1].author != ME or found[0].locked:
            return self._web.missing(visitor)
        thread, post = found
        if not form.get("text"):
            errors = {"text": FILL_IN}
            return self._web.render(
                visitor, "edit.html", status=422, thread=thread, post=post, errors=errors, form=form
            )
        if form["text"] != post.text:
            visitor.state.edits[post.id] = form["text"]
        self._tell(visitor, "The post was changed.")
        return to(f"/threads/{thread.slug}")

    async def delete(self, request: Request, visitor: Visitor) -> Response:
        """Delete a reply of the visitor's own."""
        found = Reading(self._world, visitor.state).post(request.path_params["id"])
        if found is None or found[1].author != ME or found[0].posts[0] == found[1]:
            return self._web.missing(visitor)
        visitor.state.deleted.append(found[1].id)
        self._tell(visitor, "The post was deleted.")
        return to(f"/threads/{found[0].slug}")

    async def approve(self, request: Request, visitor: Visitor) -> Response:
        """Let a held post through."""
        return self._judge(request.path_params["id"], visitor, "approved", "The post was approved.")

    async def reject(self, request: Request, visitor: Visitor) -> Response:
        """Turn a held post down, for a reason."""
        wanted, reason = request.path_params["id"], (await form_of(request)).get("reason", "")
        if reason not in REASONS:
            return self._web.render(visitor, "moderation.html", status=422, faulty=wanted)
        return self._judge(wanted, visitor, reason, "The post was rejected.")

    def _judge(self, wanted: str, visitor: Visitor, verdict: str, text: str) -> Response:
        if self._world.held(wanted) is None:
            return self._web.missing(visitor)
        visitor.state.verdicts.setdefault(wanted, verdict)
        self._tell(visitor, text)
        return to("/moderation")
