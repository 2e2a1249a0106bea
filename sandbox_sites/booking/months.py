"""Dates, months and what is free when."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from sandbox_sites.booking.state import BookingState
from sandbox_sites.booking.words import MONTHS
from sandbox_sites.booking.world import LAST_DAY, TODAY, Room, Stay, World, nights, season

LONGEST_STAY = 28
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def day_of(text: str) -> date | None:
    """Read YYYY-MM-DD; None for anything else."""
    if not _DATE.fullmatch(text) or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def spoken(text: str) -> str:
    """Write a date as people do: 14 June 2031."""
    day = day_of(text)
    return text if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def whole(text: str) -> int | None:
    """Read a whole number of at most four digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None


def free(world: World, state: BookingState, stay: Stay, room: Room, night: date) -> bool:
    """Return whether a room can be had for a night."""
    if night in world.busy[stay.slug, room.slug]:
        return False
    for trip in state.trips(world):
        if trip.stay == stay.slug and trip.room == room.slug and trip.number not in state.cancelled:
            arrive, leave = date.fromisoformat(trip.arrive), date.fromisoformat(trip.leave)
            if arrive <= night < leave:
                return False
    return TODAY <= night <= LAST_DAY


def all_free(world: World, state: BookingState, stay: Stay, room: Room, arrive: date, leave: date) -> bool:
    """Return whether a room is free for all nights."""
    return all(free(world, state, stay, room, night) for night in nights(arrive, leave))


def cost(room: Room, arrive: date, leave: date) -> int:
    """What the nights cost."""
    return sum(room.prices[season(night)] for night in nights(arrive, leave))


def wrong_dates(arrive: str, leave: str) -> dict[str, str]:
    """Return what is wrong with two dates, by field."""
    first, last = day_of(arrive), day_of(leave)
    errors = {}
    if first is None:
        errors["arrive"] = "Please give a date as YYYY-MM-DD."
    elif first < TODAY:
        errors["arrive"] = "This day is over."
    if last is None:
        errors["leave"] = "Please give a date as YYYY-MM-DD."
    if first is None or last is None or errors:
        return errors
    if last <= first:
        errors["leave"] = "You leave after you arrive."
    elif (last - first).days > LONGEST_STAY:
        errors["leave"] = f"At most {LONGEST_STAY} nights."
    elif last > LAST_DAY:
        errors["leave"] = f"We take reservations until {spoken(LAST_DAY.isoformat())}."
    return errors


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a room's calendar."""

    title: str
    weeks: list[list[tuple[int, str]]]  # (day or 0, "free", "taken" or "past")
    before: str
    after: str

    @classmethod
    def of(cls, world: World, state: BookingState, stay: Stay, room: Room, wanted: str) -> Month:
        """Return a month by YYYY-MM; the present one for anything else."""
        year, month = TODAY.year, TODAY.month
        if _MONTH.fullmatch(wanted) and wanted.isascii() and 1 <= int(wanted[5:]) <= 12:
            year, month = int(wanted[:4]), int(wanted[5:])
        if not (TODAY.year, TODAY.month) <= (year, month) <= (LAST_DAY.year, LAST_DAY.month):
            year, month = TODAY.year, TODAY.month

        def cell(day: int) -> tuple[int, str]:
            if not day:
                return 0, "past"
            night = date(year, month, day)
            if night < TODAY:
                return day, "past"
            return day, "free" if free(world, state, stay, room, night) else "taken"

        weeks = [[cell(day) for day in week] for week in calendar.Calendar().monthdayscalendar(year, month)]
        first = (year, month) == (TODAY.year, TODAY.month)
        last = (year, month) == (LAST_DAY.year, LAST_DAY.month)
        return cls(
            f"{MONTHS[month - 1]} {year}", weeks, "" if first else f"{year}-{month - 1:02d}",
            "" if last else f"{year}-{month + 1:02d}",
        )  # fmt: skip
