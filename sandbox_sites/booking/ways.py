"""Ways through the service that several solutions take, and choices that make a task's truth unique."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from sandbox_sites.booking.months import all_free
from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.world import Booking, Course, Room, Stay, World
from sandbox_sites.common.hand import Hand, Steps, both, click, click_at, follow, press

T = TypeVar("T")


def name_of_town(world: World, slug: str) -> str:
    """Return a town's name."""
    town = world.town(slug)
    return town.name if town else ""


def open_stay(world: World, stay: Stay) -> Steps:
    """Go to a house through its town."""
    return follow("Towns", name_of_town(world, stay.town), stay.name)


def open_course(course: Course) -> Steps:
    """Go to a course through the table."""
    return follow("Courses", course.name)


def open_trip(trip: Booking) -> Steps:
    """Go to a reservation."""
    if trip.past:
        return both(follow("My account", "Trips"), click("tab", "Past"), follow(trip.number))
    return follow("My account", "Trips", trip.number)


def tab(name: str) -> Steps:
    """Turn to a tab."""
    return click("tab", name)


def order(text: str) -> Steps:
    """Choose the order of a list in its own drop-down."""
    return both(click_at(".drop > button"), click("option", text))


def pick_day(field: str, day: date, months: int) -> Steps:
    """Choose a day in the date picker, ``months`` after the present one."""

    async def go(hand: Hand) -> None:
        box = hand.page.locator(f"[data-datepicker]:has(#f-{field})")
        await hand.press(box.locator(".cal-open"))
        for _ in range(months):
            await hand.press(box.get_by_role("button", name="Month after"))
        label = f"{day.day} {day:%B %Y}"
        await hand.press(box.get_by_role("button", name=label, exact=True))

    return go


def keep(name: str) -> Steps:
    """Put the house that is shown on a wish list."""
    return both(press("Save to wish list"), press("Put on this list", within=f"#list-{name}"))


def alone(things: Iterable[T], key: Callable[[T], Any]) -> list[T]:
    """Return the things that share the key with no other."""
    known = list(things)
    values = [key(thing) for thing in known]
    return [thing for thing, value in zip(known, values, strict=True) if values.count(value) == 1]


def free_window(world: World, stay: Stay, room: Room, first: date, length: int) -> tuple[date, date]:
    """Return the first dates from a day on when a room is free."""
    while not all_free(world, BookingState(), stay, room, first, first + timedelta(days=length)):
        first += timedelta(days=1)
    return first, first + timedelta(days=length)


def crowded(world: World) -> list[Stay]:
    """Return houses that are not alone in their town and that the demo guest has no part in."""
    busy = {trip.stay for trip in world.bookings} | {slug for stays in world.lists.values() for slug in stays}
    free = [stay for stay in world.stays if stay.slug not in busy]
    return [stay for stay in free if sum(other.town == stay.town for other in world.stays) > 1]
