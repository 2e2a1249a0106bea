"""Which threads, members and letters of an instance the tasks are about, so that every truth is the only one."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from sandbox_sites.forum.reading import ordered
from sandbox_sites.forum.seed import ME, Board, Event, Held, Letter, Member, Post, Thread, World, slug

T = TypeVar("T")


class Choice:
    """Picks from an instance; what is picked depends on nothing but the instance."""

    def __init__(self, world: World) -> None:
        self.world = world
        touched = {*world.followed, *world.saved}
        self._plain = [
            thread
            for thread in world.threads
            if not (thread.locked or thread.pinned or thread.poll or thread.slug in touched)
            and all(post.author != ME for post in thread.posts)
        ]
        self._mine = [(t, post) for t in world.threads for post in t.replies if post.author == ME]
        self._others = [m for m in world.members if m.handle != ME and m.handle not in world.muted]

    def plain(self, number: int) -> Thread:
        """Return a thread that is nobody's business: not the demo user's, not locked, pinned, followed or saved."""
        return self._spread(self._plain, number)

    @staticmethod
    def _spread(items: list[T], number: int) -> T:
        # A stride spreads the choice over the boards, which come one after another.
        return items[(number * 5) % len(items)] if len(items) % 5 else items[number]

    def poll(self, number: int) -> Thread:
        """Return a thread with a poll."""
        return [thread for thread in self.world.threads if thread.poll][number]

    def my_reply(self, number: int) -> tuple[Thread, Post]:
        """Return a reply of the demo user's, the only one in its thread."""
        return self._mine[number]

    def followed(self) -> Thread:
        """Return a thread that is followed."""
        return next(thread for thread in self.world.threads if thread.slug == self.world.followed[0])

    def member(self, number: int) -> Member:
        """Return somebody else."""
        return self._spread(self._others, number)

    def single_reply(self, thread: Thread) -> Post:
        """Return a reply whose author wrote nothing else in the thread."""
        counts = Counter(post.author for post in thread.posts)
        return next(p for p in thread.replies if counts[p.author] == 1 and p.author not in self.world.muted)

    def word(self) -> tuple[str, Thread]:
        """Return a word that only one title, and no other thread at all, holds."""
        for thread in reversed(self._plain):
            for word in sorted({part for part in slug(thread.title).split("-") if len(part) > 6}):
                texts = [f"{t.title} {' '.join(t.tags)} {t.posts[0].text}".lower() for t in self.world.threads]
                if sum(word in text for text in texts) == 1 and word in thread.title.lower():
                    return word, thread
        raise LookupError("no title has a word of its own")

    def letter(self, start: str) -> Letter:
        """Return a letter by how its subject begins."""
        return next(letter for letter in self.world.inbox if letter.subject.startswith(start))

    def unread(self, number: int) -> Letter:
        """Return a letter that has not been read."""
        return [letter for letter in self.world.inbox if letter.unread][number]

    def held(self, start: str) -> Held:
        """Return a held post by how its heading begins."""
        return next(held for held in self.world.queue if held.heading.startswith(start))

    def event(self, number: int) -> Event:
        """Return an event."""
        return self.world.events[number]

    def committee(self, role: str) -> tuple[str, str]:
        """Return who has a role, and on which day."""
        return next((handle, day) for name, _, handle, day in self.world.committee if name == role)

    def badge(self) -> tuple[str, int]:
        """Return a badge that several members hold, and how many."""
        counts = Counter(name for member in self.world.members for name in member.badges)
        return next((name, count) for name, count in sorted(counts.items()) if count > 2)

    def two_boards(self) -> tuple[Board, Board]:
        """Return two boards that were opened in different years, the older one first."""
        first = self.world.boards[2]
        other = next(board for board in self.world.boards[::-1] if board.since != first.since)
        older, newer = sorted((first, other), key=lambda board: board.since)
        return older, newer

    def quiet_board(self, number: int) -> tuple[Board, list[Thread], list[Thread]]:
        """Return a board without pins whose most viewed threads are not saved: by age, and by views."""
        found = []
        for board in self.world.boards:
            threads = [thread for thread in self.world.threads if thread.board == board.slug]
            viewed = ordered(threads, "views")
            if not any(t.pinned for t in threads) and not {t.slug for t in viewed[:2]} & set(self.world.saved):
                found.append((board, ordered(threads, "oldest"), viewed))
        return found[number]
