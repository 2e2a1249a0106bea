"""Tasks whose answer takes two or more pages or rows."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import click_at, follow, give_up, press, steps
from sandbox_sites.common.judging import says
from sandbox_sites.common.site import Entry
from sandbox_sites.forum.choosing import Choice
from sandbox_sites.forum.judges import JUDGES, counted
from sandbox_sites.forum.seed import Member
from sandbox_sites.forum.ways import open_member, open_thread


def _spoken(name: str) -> tuple[str, str]:
    return name, name.replace("&", "and")


def _members_pages(*members: Member) -> tuple[str, ...]:
    return ("/members", *(f"/members/{member.handle}" for member in members))


def comparing(choice: Choice) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _of_members(choice)
    yield from _of_threads(choice)
    yield from _of_others(choice)


def _of_members(choice: Choice) -> Iterator[Entry]:
    compare = "compare"
    one, two, rich, poor = (choice.member(number) for number in (7, 8, 9, 10))
    longer, shorter = sorted((one, two), key=lambda member: member.joined)
    more, less = sorted((rich, poor), key=lambda member: -member.reputation)
    ranked = sorted(choice.world.members, key=lambda member: -member.reputation)
    yield Entry(
        compare, 1, f"Who has been around here for longer, {one.handle} or {two.handle}?",
        JUDGES.read_on(_members_pages(one, two), says(longer.handle)), steps(follow("Members"), answer=longer.handle),
        wrong=steps(follow("Members"), answer=shorter.handle),
    )  # fmt: skip
    yield Entry(
        compare, 3, "of all the people on this forum, who has collected the most reputation?",
        JUDGES.read_on(("/members",), says(ranked[0].handle)),
        steps(follow("Members"), press("Reputation"), press("Reputation"), answer=ranked[0].handle),
        wrong=steps(follow("Members"), press("Reputation"), press("Reputation"), answer=ranked[1].handle),
    )  # fmt: skip
    yield Entry(
        compare,
        1,
        f"By how many reputation points is {more.handle} ahead of {less.handle}?",
        JUDGES.read_on(
            _members_pages(more, less), counted(more.reputation - less.reputation, "points", "reputation points")
        ),
        steps(follow("Members"), answer=str(more.reputation - less.reputation)),
        wrong=steps(open_member(more.handle), answer=str(more.reputation)),
    )
    yield Entry(
        compare, 2, f"Which of the two weighs more, {one.handle} or {rich.handle}?", JUDGES.refuse(),
        give_up(open_member(one.handle), open_member(rich.handle)), answerable=False,
    )  # fmt: skip


def _of_threads(choice: Choice) -> Iterator[Entry]:
    compare = "compare"
    first, second, praised, poll = choice.plain(4), choice.plain(5), choice.plain(6), choice.poll(2)
    seen, less = sorted((first, second), key=lambda thread: -thread.views)
    best = sorted(praised.replies, key=lambda post: -post.score)
    runner = next(post.author for post in best if post.author != best[0].author)
    options = sorted(poll.poll.options if poll.poll else (), key=lambda option: -option[1])
    paths = f"/threads/{first.slug}", f"/threads/{second.slug}"
    yield Entry(
        compare, 4, f"I can only read one of these tonight: “{first.title}” or “{second.title}”. Open both and tell me"
        " the title of the one with more views.", JUDGES.tell_of(paths, says(seen.title)),
        steps(open_thread(first), open_thread(second), answer=seen.title),
        wrong=steps(open_thread(first), open_thread(second), answer=less.title),
    )  # fmt: skip
    yield Entry(
        compare,
        2,
        f"Look at the answers under “{praised.title}” - whose got the best score?",
        JUDGES.tell(f"/threads/{praised.slug}", says(best[0].author)),
        steps(open_thread(praised), answer=best[0].author),
        wrong=steps(open_thread(praised), answer=runner),
    )
    yield Entry(
        compare, 3, f"what's in the lead in the vote “{poll.title}”?",
        JUDGES.tell(f"/threads/{poll.slug}", says(options[0][0])),
        steps(open_thread(poll), click_at("main details summary"), answer=options[0][0]),
        wrong=steps(open_thread(poll), click_at("main details summary"), answer=options[1][0]),
    )  # fmt: skip


def _of_others(choice: Choice) -> Iterator[Entry]:
    compare = "compare"
    older, newer = choice.two_boards()
    roomy = sorted(choice.world.events, key=lambda event: -event.seats)
    yield Entry(
        compare, 2, f"Which came first, the board {newer.name} or the board {older.name}?",
        JUDGES.tell_of((f"/boards/{older.slug}", f"/boards/{newer.slug}"), says(*_spoken(older.name))),
        steps(follow(newer.name), follow(older.name), answer=older.name),
        wrong=steps(follow(newer.name), follow(older.name), answer=newer.name),
    )  # fmt: skip
    yield Entry(
        compare, 1, "We are a big group. Which of the upcoming dates has room for the most people? Its name, please.",
        JUDGES.tell("/events", says(roomy[0].name)), steps(follow("Events"), answer=roomy[0].name),
    )  # fmt: skip
