"""Tasks that take several things at once: whole reservations, courses, lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sandbox_sites.booking.judges import JUDGES
from sandbox_sites.booking.months import spoken
from sandbox_sites.booking.papers import PAST
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.ways import crowded, free_window, keep, open_course, open_stay, open_trip
from sandbox_sites.booking.world import Course, Room, Stay, World
from sandbox_sites.common.hand import (
    Steps,
    both,
    choose,
    enter,
    enter_at,
    follow,
    give_up,
    press,
    seen,
    steps,
    tick,
)
from sandbox_sites.common.judging import Part, all_of, says_number, silent
from sandbox_sites.common.site import Entry

COMPOSE = "compose"


def composing(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _reservations(world)
    yield from _courses(world)
    yield from _several(world)


def _reserved(world: World, stay: Stay, room: Room, dates: tuple[date, date], **given: object) -> Part:
    """One reservation was made, with these values, and nothing else was done."""
    wanted = {"stay": stay.slug, "room": room.slug, "arrive": dates[0].isoformat(), "leave": dates[1].isoformat(),
              "extras": (), "payment": "Pay on arrival", "guests": 2, "wishes": "",
              **{name: world.guest[name] for name in ("name", "email", "phone")}, **given}  # fmt: skip

    def made(state: BookingState) -> bool:
        return len(state.bookings) == 1 and all(getattr(state.bookings[0], n) == v for n, v in wanted.items())

    return JUDGES.written(f"one reservation is {wanted}", made, "bookings")


def _dates(dates: tuple[date, date]) -> Steps:
    return both(enter({"Arrival": dates[0].isoformat(), "Departure": dates[1].isoformat()}), press("Continue"))


def _pair(stay: Stay) -> Room:
    return next(room for room in stay.rooms if room.sleeps >= 2)


def _reservations(world: World) -> Iterator[Entry]:
    go, done = press("Continue"), both(press("Confirm reservation"), seen("your reservation is confirmed."))
    one, two, three = crowded(world)[12:15]
    house = [(stay, _pair(stay)) for stay in (one, two, three)]
    spans = [free_window(world, stay, room, date(2031, 6 + i, 9), 2 + i) for i, (stay, room) in enumerate(house)]
    texts = [f"{spoken(first.isoformat())} to {spoken(last.isoformat())}" for first, last in spans]
    extra = next(iter(two.extras))

    def start(number: int) -> str:
        return f"/stays/{house[number][0].slug}/reserve?room={house[number][1].slug}"

    yield Entry(
        COMPOSE, 8, f"Reserve the {house[0][1].name} at {one.name} for two, {texts[0]}, with nothing extra, and have"
        " them send me a bill. The rest is as in my profile.",
        all_of(_reserved(world, one, house[0][1], spans[0], payment="Invoice"), silent),
        steps(_dates(spans[0]), go, go, tick("Invoice"), go, done), start=start(0),
        wrong=steps(_dates(spans[0]), go, go, tick("Invoice"), go),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 8, f"{two.name}, {house[1][1].name}, {texts[1]}, 2 guests. Of the extras we'd like only this:"
        f" {extra}. I pay when we get there. Please book it all the way.",
        all_of(_reserved(world, two, house[1][1], spans[1], extras=(extra,)), silent),
        steps(_dates(spans[1]), tick(extra), go, go, go, done), start=start(1),
        wrong=steps(_dates(spans[1]), go, go, go, done),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 8, f"book the {house[2][1].name} in {three.name} for my husband and me from {texts[2]}; tell them"
        ' "We come by the late ferry." no extras, we pay there',
        all_of(_reserved(world, three, house[2][1], spans[2], wishes="We come by the late ferry."), silent),
        steps(_dates(spans[2]), go, enter({"Anything we should know": "We come by the late ferry."}), go, go, done),
        start=start(2),
    )  # fmt: skip


def _open_day(course: Course, people: int) -> str:
    return next((day.on.isoformat() for day in course.days if day.places >= people), "")


def _courses(world: World) -> Iterator[Entry]:
    pair = next(course for course in world.courses[4:] if _open_day(course, 3))
    cheap = min(world.courses, key=lambda course: course.price)
    day, first = _open_day(pair, 3), _open_day(cheap, 1)
    yield Entry(
        COMPOSE, 6, f"Three of us want to do {pair.name} on {spoken(day)}. Get us in, and leave the teacher the note"
        " “One of us is left-handed”.",
        all_of(JUDGES.only(signups=[{"course": pair.slug, "day": day, "people": "3",
                                     "note": "One of us is left-handed"}]), silent),
        steps(open_course(pair), choose("Date", spoken(day)), enter({"People": "3"}),
              enter_at("A note for the teacher (optional)", "One of us is left-handed"), press("Sign up"),
              seen("you are signed up.")),
        wrong=steps(open_course(pair), choose("Date", spoken(day)), enter({"People": "2"}),
                    enter_at("A note for the teacher (optional)", "One of us is left-handed"), press("Sign up"),
                    seen("you are signed up.")),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 5, "Sign me up, just me, for the cheapest day course you have, on its first day that isn't full.",
        all_of(JUDGES.only(signups=[{"course": cheap.slug, "day": first, "people": "1", "note": ""}]), silent),
        steps(follow("Courses", "Price", cheap.name), choose("Date", spoken(first)), press("Sign up"),
              seen("you are signed up.")),
    )  # fmt: skip


def _several(world: World) -> Iterator[Entry]:
    (one, first), (two, second) = world.list_names.items()
    moved = world.lists[one][0]
    house, trip = world.stay(moved), min(world.bookings[PAST:], key=lambda trip: trip.arrive)
    stay, new = world.stay(trip.stay), crowded(world)[13]
    host = world.host(stay.host) if stay else None
    name = host.name if host else ""
    yield Entry(
        COMPOSE, 8, f"{house.name if house else ''} is in “{first}” but belongs into “{second}”. Move it over.",
        all_of(JUDGES.only(lists={one: list(world.lists[one][1:]), two: [*world.lists[two], moved]}), silent),
        steps(follow("Wish lists", first, house.name if house else ""), keep(two), seen("is on your wish list now."),
              follow("Wish lists", first), press("Remove from list", within=f"#kept-{moved}"),
              seen("The house was taken off the list.")),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 8, f"Make a fresh wish list named Honeymoon and put {new.name} on it.",
        all_of(JUDGES.only(lists={"honeymoon": [new.slug]}, list_names={"honeymoon": "Honeymoon"}), silent),
        steps(follow("Wish lists"), enter({"Name of the new list": "Honeymoon"}), press("Create list"),
              open_stay(world, new), keep("honeymoon"), seen("is on your wish list now.")),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 7, "two things: my phone is now 020 5552 0007, and i want the newsletter",
        all_of(JUDGES.only(profile={"phone": "020 5552 0007"}, preferences={"newsletter": "on"}), silent),
        steps(follow("My account", "Profile"), enter({"Telephone": "020 5552 0007"}), press("Save details"),
              follow("Preferences"), tick("Newsletter"), press("Save preferences"),
              seen("Your preferences were saved.")),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 4, "For the trip that comes next: ask the host “May we come an hour early?” and tell me how many"
        " people that reservation is for.",
        all_of(JUDGES.only(letters=[(trip.number, "May we come an hour early?")]), says_number(trip.guests)),
        steps(follow("My account", stay.name if stay else ""),
              enter({f"Message to {name}": "May we come an hour early?"}),
              press("Send message"), seen("Your message is on its way."), answer=str(trip.guests)),
    )  # fmt: skip
    yield Entry(
        COMPOSE, 6, f"Rent me a car from {name} for reservation {trip.number}, a small one with four seats.",
        JUDGES.refuse(), give_up(open_trip(trip)), answerable=False,
    )  # fmt: skip
