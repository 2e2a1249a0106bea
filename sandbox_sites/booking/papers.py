"""What the demo guest has at the start, and what the help pages say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sandbox_sites.booking import words
from sandbox_sites.booking.world import TODAY, Booking, Stay, Voucher, nights, season, slug

UPCOMING, PAST = 3, 4
LETTERS = (
    "The code of the key box is {}.",
    "Please ring bell number {} when you arrive.",
    "Your parking space is number {}.",
)


def _nice(stay: Stay) -> bool:
    return stay.most >= 3


def _trip(
    rng: random.Random,
    stay: Stay,
    arrive: date,
    number: str,
    who: Mapping[str, str],
    busy: Mapping[Any, frozenset[date]],
) -> Booking:
    room = max(stay.rooms, key=lambda room: room.sleeps)
    leave = arrive + timedelta(days=rng.randint(2, 5))
    while arrive > TODAY and any(night in busy[stay.slug, room.slug] for night in nights(arrive, leave)):
        arrive, leave = arrive + timedelta(days=1), leave + timedelta(days=1)
    extras = tuple(rng.sample(list(stay.extras), 1))
    total = sum(room.prices[season(night)] for night in nights(arrive, leave)) + sum(stay.extras[e] for e in extras)
    return Booking(
        number, stay.slug, room.slug, arrive.isoformat(), leave.isoformat(), rng.randint(1, room.sleeps - 1), total,
        extras, rng.choice(("Pay on arrival", "Invoice")), who["name"], who["email"], who["phone"],
    )  # fmt: skip


def guest_papers(rng: random.Random, stays: tuple[Stay, ...], busy: Mapping[Any, frozenset[date]]) -> dict[str, Any]:
    """Return the demo guest's profile, reservations, letters, vouchers and wish lists."""
    name = rng.choice(words.GUESTS)
    first, last = name.lower().split()
    guest = {
        "name": name, "email": f"{first}@{last}.example", "phone": f"+44 20 5550 {rng.randint(100, 999)}",
        "street": f"{rng.randint(2, 90)} Orchard Row", "city": rng.choice(("Bristol", "Leeds", "Norwich", "Exeter")),
    }  # fmt: skip
    number = rng.randint(4000, 6000)
    houses = rng.sample([stay for stay in stays if _nice(stay)], UPCOMING + PAST)
    starts = [TODAY - timedelta(days=n) for n in sorted(rng.sample(range(40, 600), PAST), reverse=True)]
    starts += [TODAY + timedelta(days=n) for n in (rng.randint(9, 20), rng.randint(35, 60), rng.randint(80, 120))]
    trips = [
        _trip(rng, stay, start, f"TH-{number + 13 * i}", guest, busy)
        for i, (stay, start) in enumerate(zip(houses, starts, strict=True))
    ]
    letters = {}
    for trip, text in zip(trips[PAST:], LETTERS, strict=True):
        letters[trip.number] = f"Looking forward to your visit! {text.format(rng.randint(1000, 9999))}"
    codes = rng.sample(range(1000, 9999), 5)
    worths = rng.sample(range(15, 90, 5), 5)
    ends = rng.sample([f"2031-{month:02d}-{day}" for month in range(6, 13) for day in (12, 21, 28)], 2)
    vouchers = (
        Voucher(f"GALE-{codes[0]}", worths[0], ends[0], "Open"),
        Voucher(f"TIDE-{codes[1]}", worths[1], ends[1], "Open"),
        Voucher(f"FOAM-{codes[2]}", worths[2], "2030-12-31", "Expired"),
    )
    rest = [stay.slug for stay in stays if stay not in houses]
    picked = rng.sample(rest, 6)
    names = rng.sample(("Summer with the cousins", "Quiet weeks", "For painting", "Anniversary ideas", "One day"), 2)
    return {
        "guest": guest, "password": f"seabird-{rng.randint(10, 99)}", "bookings": tuple(trips), "letters": letters,
        "vouchers": vouchers, "codes": {f"WAVE-{codes[3]}": worths[3], f"REEF-{codes[4]}": worths[4]},
        "lists": {slug(names[0]): tuple(picked[:3]), slug(names[1]): tuple(picked[3:5])},
        "list_names": {slug(text): text for text in names}, "first_number": number + 13 * 40,
    }  # fmt: skip


def policies(rng: random.Random) -> tuple[tuple[str, str, str, str], ...]:
    """Return the rows of the table of cancellation policies: name, free until, refund after that, fee."""
    late = rng.sample(range(20, 75, 5), 3)
    return (
        ("Flexible", f"{rng.randint(1, 3)} days before arrival", f"{max(late)}%", "€0"),
        ("Moderate", f"{rng.randint(5, 9)} days before arrival", f"{sorted(late)[1]}%", f"€{rng.randint(5, 12)}"),
        ("Strict", f"{rng.randint(21, 35)} days before arrival", f"{min(late)}%", f"€{rng.randint(14, 30)}"),
    )


def helps(rng: random.Random) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Return the help pages: heading and facts by slug."""
    hour = rng.choice((7, 8, 9))
    return {
        "paying": ("Ways to pay", {
            "Invoice due": f"{rng.choice((7, 10, 14, 21))} days after departure",
            "Deposit for groups": f"{rng.choice((10, 15, 20, 25))}%", "On arrival": "Cash or bank transfer"}),
        "groups": ("Travelling as a group", {
            "Counts as a group from": f"{rng.randint(7, 11)} guests", "Discount for groups": f"{rng.randint(4, 12)}%",
            "Contact person": f"{rng.choice(words.FIRST)} {rng.choice(words.LAST)}"}),
        "dogs": ("Bringing a dog", {
            "Fee per night": f"€{rng.randint(4, 15)}", "Most dogs per room": str(rng.randint(1, 3)),
            "On the beaches": f"Before 10:00 and after {rng.randint(17, 20)}:00"}),
        "accessibility": ("Step-free stays", {
            "Houses inspected": str(rng.randint(9, 30)), "Hearing loops": f"In {rng.randint(3, 8)} houses",
            "Wheelchair hire": f"€{rng.randint(6, 18)} a day"}),
        "lost-property": ("Lost property", {
            "Kept for": f"{rng.choice((30, 45, 60, 90))} days", "Posting fee": f"€{rng.randint(5, 16)}"}),
        "waiting-lists": ("How waiting lists work", {
            "You hear from us": f"{rng.randint(2, 6)} days before the course",
            "Time to answer": f"{rng.choice((6, 12, 24, 36))} hours"}),
        "getting-here": ("Getting to the coast", {
            "Coast bus": f"Every {rng.choice((15, 20, 30, 40))} minutes",
            "Day ticket": f"€{rng.randint(5, 12)}", "Last ferry": f"{rng.randint(19, 22)}:{rng.choice((10, 25, 45))}"}),
        "contact": ("Write to us", {
            "Telephone": f"+44 1632 960{rng.randint(100, 999)}",
            "Office hours": f"{hour}:00 to {rng.randint(16, 19)}:30"}),
    }  # fmt: skip


def questions(rng: random.Random) -> tuple[tuple[str, str], ...]:
    """Return common questions with their answers."""
    return (
        ("Can I change my dates?", "Cancel within the free period and reserve again; we do not charge for that."),
        ("Is the linen included?", f"Yes. A fresh set in between costs €{rng.randint(6, 14)}."),
        ("How long may I stay?", "At most 28 nights in one reservation."),
        ("Do I need a car?", "No. Every town on the coast is on the bus line."),
    )
