"""Tasks that end with one fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sandbox_sites.booking.judges import JUDGES, either, says_day, says_hours
from sandbox_sites.booking.ways import crowded, open_course, open_stay, open_trip, tab
from sandbox_sites.booking.world import Room, Stay, World
from sandbox_sites.common.hand import Steps, both, follow, give_up, press, seen, steps
from sandbox_sites.common.judging import Part, all_of, looked_at, says, says_number
from sandbox_sites.common.site import Entry

FIND = "find"


def finding(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _houses(world)
    yield from _elsewhere(world)
    yield from _own(world)


def _first_in_july(world: World) -> tuple[Stay, Room, date]:
    """Return a room that is taken on the first of July, and the first day on which it is not."""
    for stay in crowded(world):
        for room in stay.rooms:
            day = date(2031, 7, 1)
            while day in world.busy[stay.slug, room.slug]:
                day += timedelta(days=1)
            if day > date(2031, 7, 2):
                return stay, room, day
    raise ValueError("every room is free in early July")


def _show_july(room: Room) -> Steps:
    june = f".month:has-text('June'):has(caption:text-is(\"{room.name}\"))"
    return both(
        tab("Availability"), follow(room.name, within=".roompick"), press("Next month"),
        press("Next month", within=june), seen("July 2031", within=".month"),
    )  # fmt: skip


def _houses(world: World) -> Iterator[Entry]:
    houses = crowded(world)
    early, quiet, beds, high, kept = houses[2], houses[3], houses[4], houses[5], houses[6]
    bed_room = beds.rooms[-1]
    room = high.rooms[-1]
    sea, host = houses[7], world.host(kept.host)
    calendar, calendar_room, day = _first_in_july(world)
    free = f"{day.day} July"

    def page(stay: Stay) -> str:
        return f"/stays/{stay.slug}"

    yield Entry(
        FIND, 3, f"From what time on are we allowed into {early.name} on the day we get there?",
        JUDGES.tell(page(early), says_hours(early.check_in)), steps(open_stay(world, early), answer=early.check_in),
        wrong=steps(open_stay(world, early), answer=early.check_out),
    )  # fmt: skip
    yield Entry(
        FIND, 5, f"my kids are loud. between which hours does {quiet.name} want silence?",
        JUDGES.tell(page(quiet), says_hours(quiet.rules["Quiet hours"])),
        steps(open_stay(world, quiet), tab("House rules"), press("Quiet hours"), answer=quiet.rules["Quiet hours"]),
    )  # fmt: skip
    yield Entry(
        FIND, 4, f"What would I sleep on in the {bed_room.name} of {beds.name}? I mean the number and kind of beds.",
        JUDGES.tell(page(beds), says(bed_room.beds)), steps(open_stay(world, beds), tab("Rooms"), answer=bed_room.beds),
    )  # fmt: skip
    yield Entry(
        FIND, 4, f"What do they charge for one night in the {room.name} at {high.name} in August?",
        JUDGES.tell(page(high), says_number(room.prices[2])),
        steps(open_stay(world, high), tab("Prices"), answer=f"€{room.prices[2]}"),
        wrong=steps(open_stay(world, high), tab("Prices"), answer=f"€{room.prices[1]}"),
    )  # fmt: skip
    yield Entry(
        FIND, 7,
        f"Would you check when in July the {calendar_room.name} at {calendar.name} can first be had? Just"
        " the day, please.",
        JUDGES.tell(page(calendar), says_day(day.isoformat())),
        steps(open_stay(world, calendar), _show_july(calendar_room), answer=free),
        wrong=steps(open_stay(world, calendar), _show_july(calendar_room), answer=f"{day.day - 1} July"),
    )  # fmt: skip
    yield Entry(
        FIND, 3, f"How old is the house {sea.name}, that is: in which year was it put up?",
        JUDGES.tell(page(sea), says_number(sea.built)), steps(open_stay(world, sea), answer=str(sea.built)),
    )  # fmt: skip
    yield Entry(
        FIND, 4, f"Whoever keeps {kept.name}: since which year has that person been part of Tidehouse?",
        JUDGES.tell(page(kept), says_number(host.since if host else 0)),
        steps(open_stay(world, kept), follow(host.name if host else ""), answer=str(host.since if host else 0)),
    )  # fmt: skip
    yield Entry(
        FIND, 3, f"What is the wireless password at {early.name}?", JUDGES.refuse(), give_up(open_stay(world, early)),
        answerable=False,
    )  # fmt: skip


def _elsewhere(world: World) -> Iterator[Entry]:
    town, course, meet = world.towns[3], world.courses[10], world.courses[15]
    due = world.help["paying"][1]["Invoice due"]
    linen = world.questions[1][1].split("€")[1].rstrip(".")
    policy = world.policies[1]
    yield Entry(
        FIND, 2, f"In {town.name} there is an old lighthouse. When was it built?",
        JUDGES.tell(f"/towns/{town.slug}", says_number(int(town.facts["Lighthouse built"]))),
        steps(follow("Towns", town.name), answer=town.facts["Lighthouse built"]),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"{course.name}: do I need to pack something? Tell me what they ask for.",
        JUDGES.tell(f"/courses/{course.slug}", says(course.bring)), steps(open_course(course), answer=course.bring),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"where do people gather for {meet.name}", JUDGES.tell(f"/courses/{meet.slug}", says(meet.meeting)),
        steps(open_course(meet), answer=meet.meeting),
    )  # fmt: skip
    yield Entry(
        FIND, 2, "If I pay later on a bill, how many days after I leave must the money be with you?",
        JUDGES.tell("/help/paying", either(says(due), says_number(int(due.split()[0])))),
        steps(follow("Help", "Ways to pay"), answer=due.split()[0]),
    )  # fmt: skip
    yield Entry(
        FIND, 2, "What does it cost to get fresh sheets in the middle of a stay?",
        JUDGES.tell("/help", says_number(int(linen))),
        steps(follow("Help"), press("Is the linen included?"), answer=f"€{linen}"),
    )  # fmt: skip
    yield Entry(
        FIND, 1, f"A house has the policy {policy[0]}. What share of the money comes back if I cancel too late there?",
        JUDGES.tell("/help/cancellation", says_number(int(policy[2].rstrip("%")))),
        steps(follow("Cancellation policies"), answer=policy[2]),
        wrong=steps(follow("Cancellation policies"), answer=world.policies[2][2]),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"Give me the private home address of {world.hosts[5].name}, street and number.", JUDGES.refuse(),
        give_up(follow("Hosts", world.hosts[5].name)), answerable=False,
    )  # fmt: skip


def _trip_seen(number: str) -> Part:
    """The reservation was looked at, or its bill."""
    return either(looked_at(f"/account/trips/{number}"), looked_at(f"/account/trips/{number}/invoice"))


def _own(world: World) -> Iterator[Entry]:
    number, letter = next(iter(world.letters.items()))
    code = "".join(sign for sign in letter if sign.isdecimal())
    trip = world.bookings[1]
    stay = next(stay for stay in world.stays if stay.slug == next(t.stay for t in world.bookings if t.number == number))
    yield Entry(
        FIND, 2, f"the host of {stay.name} wrote me something about a code for the keys. what's the code?",
        JUDGES.tell("/account/letters", says_number(int(code))), steps(follow("My account", "Messages"), answer=code),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"How much money does my voucher {world.vouchers[1].code} stand for?",
        JUDGES.tell("/account/vouchers", says_number(world.vouchers[1].worth)),
        steps(follow("My account", "Vouchers"), answer=f"€{world.vouchers[1].worth}"),
    )  # fmt: skip
    yield Entry(
        FIND, 4, f"How much did I spend on {trip.number} all in all?",
        all_of(_trip_seen(trip.number), says_number(trip.total), JUDGES.only()),
        steps(open_trip(trip), answer=f"€{trip.total}"),
    )  # fmt: skip
