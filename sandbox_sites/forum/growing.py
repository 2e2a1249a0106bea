"""How an instance of the forum comes about."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from sandbox_sites.forum import notices, phrases
from sandbox_sites.forum.seed import ME, TODAY, Board, Event, Held, Letter, Member, Poll, Post, Thread, World, slug
from sandbox_sites.forum.topics_growing import GROWING, Topic
from sandbox_sites.forum.topics_making import MAKING

MEMBERS = 27
TITLES = ((900, "Head gardener"), (400, "Journeyman"), (120, "Apprentice"), (0, "Seedling"))
_TH = (6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 18, 19, 24, 26, 28)


def _blanks(rng: random.Random) -> dict[str, object]:
    """Return what fills the braces of a text."""
    return {
        "veg": rng.choice(phrases.VEG), "fruit": rng.choice(phrases.FRUIT), "tool": rng.choice(phrases.TOOLS),
        "wood": rng.choice(phrases.WOODS), "town": rng.choice(phrases.TOWNS), "size": rng.choice(phrases.SIZES),
        "price": rng.randint(12, 48), "n": rng.choice(_TH), "weeks": rng.randint(3, 8), "hour": rng.randint(2, 8),
        "colour": rng.choice(notices.COLOURS), "surname": rng.choice(notices.SURNAMES),
    }  # fmt: skip


def _members(rng: random.Random) -> tuple[Member, ...]:
    firsts, lasts = rng.sample(phrases.HANDLE_FIRST, MEMBERS), rng.sample(phrases.HANDLE_LAST, MEMBERS)
    handles = [f"{first}{rng.choice(('', '_'))}{last}" for first, last in zip(firsts, lasts, strict=True)] + [ME]
    count = len(handles)
    days, points = rng.sample(range(400, 4000), count), rng.sample(range(15, 1900), count)
    plots, signatures = rng.sample(range(1, 90), count), rng.sample(phrases.SIGNATURES, count)
    towns = list(phrases.TOWNS) + rng.sample(phrases.TOWNS, count - len(phrases.TOWNS))
    rng.shuffle(towns)
    members = []
    for i, handle in enumerate(handles):
        badges = rng.sample([name for name in phrases.BADGES if name != "Old Boot"], rng.randint(0, 4))
        members.append(
            Member(
                handle=handle,
                joined=TODAY - timedelta(days=days[i]),
                town=towns[i],
                reputation=points[i],
                badges=(*badges, "Old Boot") if days[i] > 8 * 366 else tuple(badges),
                signature=signatures[i],
                tool=rng.choice(phrases.TOOLS),
                plot=plots[i],
                title="Moderator" if handle == ME else next(t for least, t in TITLES if points[i] >= least),
            )
        )
    return tuple(sorted(members, key=lambda member: member.handle.lower()))


def _posts(rng: random.Random, number: int, board: str, opening: str, start: date, cast: Sequence[str]) -> list[Post]:
    """Return an opening post and its replies by ``cast``, whose first opened the thread."""
    count = len(cast)
    remarks = rng.sample(phrases.REMARKS, count)
    own = rng.sample(phrases.BOARD_REMARKS[board], min(count, 4))
    scores = rng.sample(range(-4, 40), count)
    gaps = sorted(rng.sample(range(0, max(count + 1, min(60, (TODAY - start).days))), count))
    posts = [Post(f"p{number:02d}00", cast[0], start, opening, max(scores[0], 3))]
    for i, author in enumerate(cast[1:], start=1):
        text = remarks[i] if i % 3 or i // 3 >= len(own) else f"{own[i // 3]} {remarks[i]}"
        quoted = rng.choice(posts).id if i > 2 and rng.random() < 0.2 else ""
        day = min(start + timedelta(days=gaps[i]), TODAY)
        posts.append(Post(f"p{number:02d}{i:02d}", author, day, text, scores[i], quoted))
    return posts


def _threads(rng: random.Random, members: Sequence[Member]) -> tuple[Thread, ...]:
    chosen: list[tuple[str, Topic]] = []
    for board, topics in {**GROWING, **MAKING}.items():
        chosen += [(board, topic) for topic in (topics[0], *rng.sample(topics[1:], rng.choice((8, 9))))]
    days, views = rng.sample(range(8, 420), len(chosen)), rng.sample(range(60, 3000), len(chosen))
    others = [member.handle for member in members if member.handle != ME]
    with_me = set(rng.sample([i for i, (_, topic) in enumerate(chosen) if not topic[3]], 9))
    threads = []
    for i, (board, topic) in enumerate(chosen):
        blanks = _blanks(rng)
        cast = [rng.choice(others) for _ in range(rng.randint(4, 15))]
        if i in with_me:
            cast[0 if len([j for j in with_me if j < i]) < 2 else rng.randint(1, len(cast) - 1)] = ME
        title = topic[0].format(**blanks)
        votes = rng.sample(range(4, 70), len(topic[3]))
        options = tuple((text.format(**blanks), count) for text, count in zip(topic[3], votes, strict=True))
        posts = _posts(rng, i, board, topic[1].format(**blanks), TODAY - timedelta(days=days[i]), cast)
        tags = (*topic[2], "beginners") if rng.random() < 0.15 and "beginners" not in topic[2] else topic[2]
        threads.append(
            Thread(slug(title), title, board, tags, views[i], tuple(posts), Poll(options) if options else None)
        )
    return _flagged(rng, threads)


def _flagged(rng: random.Random, threads: list[Thread]) -> tuple[Thread, ...]:
    """Pin two threads and lock four others that have no poll and nothing by the demo user."""
    plain = [t for t in threads if t.poll is None and all(post.author != ME for post in t.posts)]
    flagged = rng.sample(plain, 6)
    pinned, locked = {t.slug for t in flagged[:2]}, {t.slug for t in flagged[2:]}
    return tuple(replace(t, pinned=t.slug in pinned, locked=t.slug in locked) for t in threads)


def _letters(rng: random.Random, handles: list[str], texts: Sequence[tuple[str, str]], mark: str) -> tuple[Letter, ...]:
    days = sorted(rng.sample(range(0, 40), len(texts)))
    order = rng.sample(texts, len(texts))
    letters = []
    for i, ((subject, text), ago) in enumerate(zip(order, days, strict=True)):
        blanks = _blanks(rng)
        letters.append(
            Letter(f"{mark}{i + 1}", handles[i], subject.format(**blanks), text.format(**blanks),
                   TODAY - timedelta(days=ago), mark == "m" and i < 3)
        )  # fmt: skip
    return tuple(letters)


def _queue(rng: random.Random, boards: Sequence[str]) -> tuple[Held, ...]:
    newcomers = rng.sample(notices.NEWCOMERS, len(notices.QUEUE))
    held = []
    for i, (kind, heading, text, why) in enumerate(rng.sample(notices.QUEUE, len(notices.QUEUE))):
        blanks = _blanks(rng)
        held.append(
            Held(f"q{i + 1}", kind, heading.format(**blanks), text.format(**blanks), why, newcomers[i],
                 rng.choice(boards))
        )  # fmt: skip
    return tuple(held)


@lru_cache(maxsize=8)
def world(seed: int) -> World:
    """Return an instance."""
    rng = random.Random(f"forum {seed}")  # noqa: S311 - a fixture, not a secret
    members = _members(rng)
    others = [member.handle for member in members if member.handle != ME]
    slugs = list(phrases.BOARDS)
    pairs = rng.sample(others, 2 * len(slugs))
    boards = tuple(
        Board(name, *phrases.BOARDS[name], tuple(pairs[2 * i : 2 * i + 2]), rng.randint(2009, 2022))
        for i, name in enumerate(slugs)
    )
    threads = _threads(rng, members)
    numbers = {
        "megabytes": rng.randint(3, 15), "edit_days": rng.randint(2, 9), "quiet_months": rng.randint(7, 20),
        "ceiling": rng.randint(10, 30) * 5, "notes": rng.randint(2, 6), "badge_points": rng.randint(11, 40),
        "poll_weeks": rng.randint(2, 9), "leave_days": rng.randint(3, 21), "server": rng.randint(14, 60),
    }  # fmt: skip
    pool = [thread.slug for thread in threads if not thread.locked]
    kept = rng.sample(pool, 9)
    days = sorted(rng.sample(range(3, 120), len(notices.EVENTS)))
    return World(
        boards=boards,
        members=members,
        threads=threads,
        queue=_queue(rng, slugs),
        inbox=_letters(rng, rng.sample(others, 7), notices.MESSAGES, "m"),
        sent=_letters(rng, rng.sample(others, 2), notices.SENT, "s"),
        rules=tuple((question, answer.format(**numbers)) for question, answer in notices.RULES),
        numbers=numbers,
        committee=tuple(
            (role, duty, handle, day)
            for (role, duty), handle, day in zip(
                notices.ROLES, rng.sample(others, 6), rng.sample(notices.DAYS, 6), strict=True
            )
        ),
        events=tuple(
            Event(name, TODAY + timedelta(days=ahead), rng.choice(notices.PLACES), host, seats)
            for name, ahead, host, seats in zip(
                rng.sample(notices.EVENTS, 9), days, rng.sample(others, 9), rng.sample(range(8, 60), 9), strict=True
            )
        ),
        followed=tuple(kept[:5]),
        saved=tuple(kept[5:]),
        muted=(others[rng.randint(0, 5)],),
    )
