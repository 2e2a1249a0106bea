"""Draws an instance of the coast: deterministic by seed, plausible, and no two houses alike."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import lru_cache

from sandbox_sites.booking import words
from sandbox_sites.booking.papers import guest_papers, helps, policies, questions
from sandbox_sites.booking.world import (
    LAST_DAY,
    TODAY,
    Course,
    Day,
    Host,
    Opinion,
    Room,
    Stay,
    Town,
    World,
    nights,
    slug,
)

STAYS, COURSES, TOWNS, HOSTS = 34, 22, 8, 20
POLICIES = ("Flexible", "Moderate", "Strict")


def _towns(rng: random.Random) -> tuple[Town, ...]:
    names, blurbs = rng.sample(words.TOWNS, TOWNS), rng.sample(words.TOWN_BLURBS, TOWNS)
    people, trains = rng.sample(range(310, 9800), TOWNS), rng.sample(range(4, 95), TOWNS)
    lights = rng.sample(range(1780, 1925), TOWNS)
    return tuple(
        Town(
            slug(name), name, blurb,
            {
                "Inhabitants": f"{count:,}", "Market day": rng.choice(words.MARKETS),
                "Beach": rng.choice(words.BEACHES), "Nearest station": f"{minutes} minutes by bus",
                "Lighthouse built": str(year), "Ferry": f"to {rng.choice([n for n in names if n != name])}",
            },
        )
        for name, blurb, count, minutes, year in zip(names, blurbs, people, trains, lights, strict=True)
    )  # fmt: skip


def _hosts(rng: random.Random, towns: tuple[Town, ...]) -> tuple[Host, ...]:
    found, since = [], rng.sample(range(2004, 2030), HOSTS)
    for i, (first, last) in enumerate(zip(rng.sample(words.FIRST, HOSTS), rng.sample(words.LAST, HOSTS), strict=True)):
        name = f"{first} {last}"
        found.append(
            Host(
                slug(name), name, towns[i % len(towns)].slug, since[i],
                tuple(rng.sample(words.LANGUAGES, rng.randint(2, 3))), rng.choice(words.REPLIES),
                rng.choice(words.HOST_LINES),
            )
        )  # fmt: skip
    return tuple(found)


def _rooms(rng: random.Random) -> tuple[Room, ...]:
    rooms = []
    for name, sleeps, beds in sorted(rng.sample(words.ROOMS, rng.randint(2, 4)), key=lambda room: room[1]):
        mild = 38 + 17 * sleeps + rng.randint(0, 60)
        rooms.append(
            Room(
                slug(name), name, beds, sleeps, 9 + 5 * sleeps + rng.randint(0, 9),
                (mild - rng.randint(8, 18), mild, mild + rng.randint(12, 45)),
            )
        )  # fmt: skip
    return tuple(rooms)


def _opinions(rng: random.Random) -> tuple[Opinion, ...]:
    count = rng.randint(3, 7)
    return tuple(
        Opinion(author, f"{rng.choice(words.MONTHS)} {rng.randint(2028, 2030)}", rng.choice((3, 4, 4, 5, 5, 5)), text)
        for author, text in zip(rng.sample(words.AUTHORS, count), rng.sample(words.PRAISE, count), strict=True)
    )


def _stay(rng: random.Random, word: str, host: Host) -> Stay:
    kind = rng.choice(list(words.KINDS))
    name = f"{word} {rng.choice(words.KINDS[kind])}"
    return Stay(
        slug=slug(name),
        name=name,
        kind=kind,
        town=host.town,
        host=host.slug,
        blurb=rng.choice(words.STAY_LINES),
        sea=rng.randint(2, 90) * 10,
        built=rng.randint(1710, 1965),
        check_in=rng.choice(("14:00", "15:00", "16:00", "17:00")),
        check_out=rng.choice(("10:00", "10:30", "11:00", "12:00")),
        policy=rng.choice(POLICIES),
        amenities=tuple(a for a in words.AMENITIES if rng.random() < 0.5) or ("Wi-Fi",),
        rooms=_rooms(rng),
        rules={
            "Quiet hours": rng.choice(words.QUIET),
            "Pets": rng.choice(words.PETS),
            "Smoking": rng.choice(words.SMOKING),
            "Keys": rng.choice(words.KEYS),
            "Children": rng.choice(words.CHILDREN),
        },
        extras={name: rng.randint(6, 48) for name in rng.sample(words.EXTRAS, 4)},
        opinions=_opinions(rng),
    )


def _courses(rng: random.Random, hosts: tuple[Host, ...]) -> tuple[Course, ...]:
    found = []
    chosen = sorted(rng.sample(words.COURSES, COURSES), key=lambda course: course[0])
    prices = rng.sample(range(28, 145), COURSES)
    for (name, topic), price in zip(chosen, prices, strict=True):
        teacher, group = rng.choice(hosts), rng.randint(5, 14)
        begins = sorted(rng.sample(range(6, 120), 4))
        places = [rng.randint(1, group - 1) for _ in begins]
        if rng.random() < 0.6:
            places[rng.randrange(4)] = 0
        days = tuple(Day(TODAY + timedelta(days=n), left) for n, left in zip(begins, places, strict=True))
        found.append(
            Course(
                slug(name), name, topic, teacher.town, teacher.slug, rng.choice(words.COURSE_LINES), price,
                rng.randint(3, 8), rng.choice(("08:30", "09:00", "09:30", "10:00", "13:00")), group,
                rng.choice(words.LEVELS), rng.choice(words.BRING), rng.choice(words.MEETING), days,
            )
        )  # fmt: skip
    return tuple(found)


def _busy(rng: random.Random, stays: tuple[Stay, ...]) -> dict[tuple[str, str], frozenset[date]]:
    busy: dict[tuple[str, str], frozenset[date]] = {}
    for stay in stays:
        for room in stay.rooms:
            taken: set[date] = set()
            day = TODAY
            while day <= LAST_DAY:
                day += timedelta(days=rng.randint(2, 16))
                length = rng.randint(1, 6)
                taken.update(nights(day, day + timedelta(days=length)))
                day += timedelta(days=length)
            busy[stay.slug, room.slug] = frozenset(taken)
    return busy


@lru_cache(maxsize=8)
def coast(seed: int) -> World:
    """Return an instance."""
    rng = random.Random(f"booking {seed}")  # noqa: S311 - a fixture, not a secret
    towns = _towns(rng)
    hosts = _hosts(rng, towns)
    keepers = [*hosts[:16], *rng.sample(hosts[:16], 16), *rng.sample(hosts[:8], STAYS - 32)]
    stays = tuple(
        _stay(rng, word, host) for word, host in zip(rng.sample(words.STAY_WORDS, STAYS), keepers, strict=True)
    )
    courses = _courses(rng, hosts[6:])
    busy = _busy(rng, stays)
    papers = guest_papers(rng, stays, busy)
    return World(
        towns=towns, hosts=hosts, stays=stays, courses=courses, busy=busy, policies=policies(rng), help=helps(rng),
        questions=questions(rng), **papers,
    )  # fmt: skip
