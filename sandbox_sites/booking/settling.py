"""Tasks that change something by buttons, toggles and choices."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.booking.judges import JUDGES
from sandbox_sites.booking.months import spoken
from sandbox_sites.booking.papers import PAST
from sandbox_sites.booking.ways import crowded, keep, open_course, open_stay, open_trip
from sandbox_sites.booking.world import Course, Day, World
from sandbox_sites.common.hand import (
    Steps,
    choose,
    click_at,
    follow,
    give_up,
    press,
    seen,
    steps,
    tick,
    untick,
)
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Entry

CHANGE = "change"


def full_day(world: World) -> tuple[Course, Day]:
    """Return a course with a day that is full."""
    return next((course, day) for course in world.courses for day in course.days if not day.places)


def settling(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _choices(world)
    yield from _trips(world)
    yield from _houses(world)


def _choices(world: World) -> Iterator[Entry]:
    save, saved = press("Save preferences"), seen("Your preferences were saved.")
    yield Entry(
        CHANGE, 4, "From now on I'd like to get your news by mail; turn that on for me.",
        all_of(JUDGES.only(preferences={"newsletter": "on"}), silent),
        steps(follow("My account", "Preferences"), tick("Newsletter"), save, saved),
        wrong=steps(follow("My account", "Preferences"), tick("Newsletter")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 4, "prices in pounds please, everywhere", all_of(JUDGES.only(preferences={"currency": "GBP"}), silent),
        steps(follow("My account", "Preferences"), tick("Pound sterling"), save, saved),
        wrong=steps(follow("My account", "Preferences"), tick("Norwegian krone"), save, saved),
    )  # fmt: skip
    yield Entry(
        CHANGE, 4, "Stop reminding me of trips that are coming up.",
        all_of(JUDGES.only(preferences={"reminders": "off"}), silent),
        steps(follow("My account", "Preferences"), untick("Trip reminders"), save, saved),
    )  # fmt: skip
    yield Entry(
        CHANGE, 1, "This is a shared computer and I'm finished; make sure nobody can use my account.",
        all_of(JUDGES.only(signed_in=False), silent), steps(press("Sign out"), seen("You are signed out.")),
    )  # fmt: skip


def _trips(world: World) -> Iterator[Entry]:
    first, second, third = world.bookings[PAST:]
    stay = world.stay(second.stay)
    room = stay.room(second.room) if stay else None
    gone = seen("your reservation was cancelled.")
    more = third.guests + 1

    def call_off(reason: str) -> tuple[Steps, ...]:
        return press("Cancel reservation"), choose("Reason", reason, within=".modal"), press("Yes, cancel it"), gone

    yield Entry(
        CHANGE, 6, f"I'm ill and can't make it to {stay.name if stay else ''}. Call it off, and tell them that's why.",
        all_of(JUDGES.only(cancelled={second.number: "Illness"}), silent),
        steps(open_trip(second), *call_off("Illness")), wrong=steps(open_trip(second), *call_off("Bad weather")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 6, f"cancel {first.number}, our plans are different now",
        all_of(JUDGES.only(cancelled={first.number: "Plans have changed"}), silent),
        steps(open_trip(first), *call_off("Plans have changed")),
        wrong=steps(open_trip(third), *call_off("Plans have changed")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 5, f"One more person is joining us on trip {third.number}, so we'll be {more}. Could you arrange that?",
        all_of(JUDGES.only(party={third.number: more}), silent),
        steps(open_trip(third), click_at("[aria-label='More']"), press("Change guests"),
              seen("the number of guests was changed.")),
        wrong=steps(open_trip(third), click_at("[aria-label='More']")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 5, f"Make it {(room.sleeps if room else 0) + 30} people for reservation {second.number}.",
        JUDGES.refuse(), give_up(open_trip(second)), answerable=False,
    )  # fmt: skip
    yield Entry(
        CHANGE, 6, f"Cancel my reservation TH-{world.first_number + 7}, please: the weather looks bad.",
        JUDGES.refuse(), give_up(follow("My account", "Trips")), answerable=False,
    )  # fmt: skip


def _houses(world: World) -> Iterator[Entry]:
    course, day = full_day(world)
    name, title = next(iter(world.list_names.items()))
    stays = list(world.lists[name])
    drop, new = world.stay(stays[1]), crowded(world)[11]
    when = day.on.isoformat()
    yield Entry(
        CHANGE, 3, f"{course.name} has no place left on {spoken(when)}. Should one get free, I want it: queue me up.",
        all_of(JUDGES.only(waiting=[{"course": course.slug, "day": when}]), silent),
        steps(open_course(course), press("Join waiting list", within=f"#day-{when}"),
              seen("you are on the waiting list.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 5, f"Remember {new.name} under “{title}” for me.",
        all_of(JUDGES.only(lists={name: [*stays, new.slug]}), silent),
        steps(open_stay(world, new), keep(name), seen("is on your wish list now.")),
        wrong=steps(open_stay(world, new), keep(list(world.list_names)[1]), seen("is on your wish list now.")),
    )  # fmt: skip
    yield Entry(
        CHANGE, 3, f"I no longer care for {drop.name if drop else ''}; strike it from “{title}”.",
        all_of(JUDGES.only(lists={name: [stay for stay in stays if stay != stays[1]]}), silent),
        steps(follow("Wish lists", title), press("Remove from list", within=f"#kept-{stays[1]}"),
              seen("The house was taken off the list.")),
        wrong=steps(follow("Wish lists", title), press("Remove from list", within=f"#kept-{stays[0]}"),
                    seen("The house was taken off the list.")),
    )  # fmt: skip
