"""The forum as one visitor sees it: the instance with the visitor's changes over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sandbox_sites.forum.seed import ME, TODAY, Board, Letter, Member, Post, Thread, World
from sandbox_sites.forum.state import ForumState

#: value of the query's ``sort`` → what it is called
SORTS = {"": "Latest reply", "newest": "Newest thread", "oldest": "Oldest thread", "replies": "Most replies",
         "views": "Most views", "title": "Title"}  # fmt: skip
_KEYS: dict[str, Callable[[Thread], tuple[object, ...]]] = {
    "": lambda thread: (-thread.last.day.toordinal(), thread.title),
    "newest": lambda thread: (-thread.day.toordinal(), thread.title),
    "oldest": lambda thread: (thread.day.toordinal(), thread.title),
    "replies": lambda thread: (-len(thread.replies), thread.title),
    "views": lambda thread: (-thread.views, thread.title),
    "title": lambda thread: (thread.title.lower(),),
}
#: notification → (label, whether it is on)
SWITCHES = {
    "replies": ("Somebody answers in a thread of mine", True),
    "mentions": ("Somebody mentions me", True),
    "followed": ("News in threads that I follow", False),
    "digest": ("A digest by mail every Friday", True),
    "queue": ("The moderators' queue is not empty", True),
    "swaps": ("New offers in the Swap Shed", False),
    "sound": ("Play a sound", False),
}
PROFILE = ("town", "tool", "signature", "plot")


def whole(text: str) -> int | None:
    """Read a whole number of at most four digits; None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= 4 else None


@dataclass(frozen=True, slots=True)
class Cut:
    """What of a list is shown, and which page comes next, if any."""

    shown: Sequence[Thread]
    count: int
    next: int | None

    @classmethod
    def of(cls, threads: Sequence[Thread], page: str, size: int, *, whole_lists: bool) -> Cut:
        """Cut a list: one page of it, or (for visitors without scripts) everything up to that page."""
        number = max(whole(page) or 1, 1)
        start = 0 if whole_lists else (number - 1) * size
        more = len(threads) > number * size
        return cls(threads[start : number * size], len(threads), number + 1 if more else None)


class Reading:
    """Answers questions about the forum for one visitor."""

    def __init__(self, world: World, state: ForumState) -> None:
        self.world = world
        self.state = state

    def me(self) -> Member:
        """The demo user with the profile as it is now."""
        changed = {name: self.state.profile[name] for name in PROFILE if name in self.state.profile}
        me = self.world.me
        return replace(
            me,
            town=changed.get("town", me.town),
            tool=changed.get("tool", me.tool),
            signature=changed.get("signature", me.signature),
            plot=int(changed.get("plot", me.plot)),
        )

    def member(self, handle: str) -> Member | None:
        """Return a member."""
        return self.me() if handle == ME else self.world.member(handle)

    def _post(self, post: Post) -> Post:
        vote, text = self.state.votes.get(post.id, 0), self.state.edits.get(post.id)
        if vote:
            post = replace(post, score=post.score + vote)
        return replace(post, text=text, edited=True) if text is not None else post

    def _thread(self, thread: Thread) -> Thread:
        state = self.state
        mine = tuple(
            Post(f"n{i}", ME, TODAY, reply.text, 0, reply.quoted)
            for i, reply in enumerate(state.replies, start=1)
            if reply.thread == thread.slug
        )
        poll = thread.poll
        if poll is not None and thread.slug in state.polls:
            chosen = state.polls[thread.slug]
            poll = replace(poll, options=tuple((o, v + (i == chosen)) for i, (o, v) in enumerate(poll.options)))
        return replace(
            thread,
            board=state.moved.get(thread.slug, thread.board),
            locked=state.locked.get(thread.slug, thread.locked),
            poll=poll,
            posts=tuple(self._post(post) for post in (*thread.posts, *mine) if post.id not in state.deleted),
        )

    def threads(self) -> list[Thread]:
        """Return all threads."""
        opened = [
            Thread(new.slug, new.title, new.board, new.tags, 1, (Post(f"t{i}", ME, TODAY, new.text, 0),))
            for i, new in enumerate(self.state.opened, start=1)
        ]
        return [self._thread(thread) for thread in (*self.world.threads, *opened)]

    def thread(self, slug: str) -> Thread | None:
        """Return a thread by its slug."""
        return next((thread for thread in self.threads() if thread.slug == slug), None)

    def post(self, wanted: str) -> tuple[Thread, Post] | None:
        """Return a post with its thread."""
        found = ((thread, post) for thread in self.threads() for post in thread.posts)
        return next(((thread, post) for thread, post in found if post.id == wanted), None)

    def of(self, board: Board | str) -> list[Thread]:
        """Return a board's threads."""
        slug = board if isinstance(board, str) else board.slug
        return [thread for thread in self.threads() if thread.board == slug]

    def counts(self) -> dict[str, tuple[int, int, Thread | None]]:
        """Return for each board how many threads and posts it has, and where the newest post is."""
        everything = self.threads()
        found: dict[str, tuple[int, int, Thread | None]] = {}
        for board in self.world.boards:
            here = ordered([thread for thread in everything if thread.board == board.slug], "")
            found[board.slug] = (len(here), sum(len(t.posts) for t in here), here[0] if here else None)
        return found

    def by(self, handle: str) -> list[tuple[Thread, Post]]:
        """Return a member's posts, newest first."""
        posts = [(thread, post) for thread in self.threads() for post in thread.posts if post.author == handle]
        return sorted(posts, key=lambda pair: (-pair[1].day.toordinal(), pair[1].id))

    def search(self, query: Mapping[str, str]) -> list[Thread]:
        """Return threads that hold all words and are as the filters say, in the wanted order."""
        words = query.get("q", "").lower().split()
        board, author = query.get("board", ""), query.get("author", "").lower()
        least = whole(query.get("min", "")) or 0
        found = [
            thread
            for thread in self.threads()
            if all(word in f"{thread.title} {' '.join(thread.tags)} {thread.posts[0].text}".lower() for word in words)
            and board in ("", thread.board)
            and author in ("", thread.author.lower())
            and len(thread.replies) >= least
        ]
        return ordered(found, query.get("sort", ""))

    def is_on(self, overlay: str, name: str) -> bool:
        """Whether a thread is followed or saved, or a member muted."""
        changed: dict[str, bool] = getattr(self.state, overlay)
        seeded: tuple[str, ...] = getattr(self.world, overlay)
        return changed.get(name, name in seeded)

    def kept(self, overlay: str) -> list[Thread]:
        """Return the threads that are followed or saved."""
        return [thread for thread in self.threads() if self.is_on(overlay, thread.slug)]

    def muted(self) -> list[str]:
        """Return the members that are muted."""
        return [member.handle for member in self.world.members if self.is_on("muted", member.handle)]

    def switches(self) -> dict[str, tuple[str, bool]]:
        """Return the notifications with their labels."""
        return {name: (label, self.state.switches.get(name, on)) for name, (label, on) in SWITCHES.items()}

    def unread(self, letter: Letter) -> bool:
        """Whether a letter has not been read."""
        return letter.unread and letter.id not in self.state.read

    def waiting(self) -> int:
        """How many posts wait for a moderator."""
        return sum(held.id not in self.state.verdicts for held in self.world.queue)


def ordered(threads: Sequence[Thread], sort: str, *, pins: bool = False) -> list[Thread]:
    """Return threads in an order; an unknown one is the usual one. ``pins``: pinned ones come first."""
    key = _KEYS.get(sort, _KEYS[""])
    return sorted(threads, key=lambda thread: ((not thread.pinned) if pins else False, *key(thread)))
