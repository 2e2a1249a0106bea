"""Tasks that end on a page: navigate."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.booking.judges import JUDGES
from sandbox_sites.booking.papers import PAST
from sandbox_sites.booking.ways import crowded, name_of_town, open_stay, open_trip
from sandbox_sites.booking.words import TOWNS
from sandbox_sites.booking.world import World
from sandbox_sites.common.hand import follow, give_up, steps
from sandbox_sites.common.site import Entry

GO = "navigate"


def going(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _public(world)
    yield from _own(world)


def _public(world: World) -> Iterator[Entry]:
    stay = crowded(world)[0]
    beside = next(other for other in world.stays if other.town == stay.town and other is not stay)
    reserved = crowded(world)[1]
    town, host, course = world.towns[4], world.hosts[11], world.courses[7]
    absent = next(name for name in TOWNS if name not in {town.name for town in world.towns})
    yield Entry(
        GO, 1, "Where is it written what I get back when I have to call off a trip? Open that.",
        JUDGES.reach("/help/cancellation"), steps(follow("Cancellation policies")),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"take me to the page about {town.name}", JUDGES.reach(f"/towns/{town.slug}"),
        steps(follow("Towns", town.name)), wrong=steps(follow("Towns", world.towns[5].name)),
    )  # fmt: skip
    yield Entry(
        GO, 3, f"My sister raves about {stay.name} in {name_of_town(world, stay.town)}; I'd like to have a look at it.",
        JUDGES.reach(f"/stays/{stay.slug}"), steps(open_stay(world, stay)), wrong=steps(open_stay(world, beside)),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"Who is {host.name}? Bring up what you have on this person, please.",
        JUDGES.reach(f"/hosts/{host.slug}"), steps(follow("Hosts", host.name)),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"open the day course {course.name}", JUDGES.reach(f"/courses/{course.slug}"),
        steps(follow("Courses", course.name)),
    )  # fmt: skip
    yield Entry(
        GO, 4, f"I want to book {reserved.name} myself: just get me to the page where the dates go"
        " in, I'll do the rest.",
        JUDGES.reach(f"/stays/{reserved.slug}/reserve"),
        steps(open_stay(world, reserved), follow("Reserve", within=".booking-box")),
    )  # fmt: skip
    yield Entry(
        GO, 2, "We lost a jacket in one of your houses - open the page about forgotten things, will you?",
        JUDGES.reach("/help/lost-property"), steps(follow("Help", "Lost property")),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"Show me the page of the town {absent}.", JUDGES.refuse(), give_up(follow("Towns")), answerable=False
    )


def _own(world: World) -> Iterator[Entry]:
    trips = world.bookings
    last, old, older = trips[-1], trips[PAST - 1], trips[PAST - 2]
    name, title = list(world.list_names.items())[1]
    last_stay = world.stay(last.stay)
    yield Entry(
        GO, 3, f"Pull up the reservation that I hold at {last_stay.name if last_stay else ''}.",
        JUDGES.reach(f"/account/trips/{last.number}"), steps(open_trip(last)), wrong=steps(open_trip(trips[-2])),
    )  # fmt: skip
    yield Entry(
        GO, 5, f"tax time... i need to see the bill for {old.number} on screen",
        JUDGES.reach(f"/account/trips/{old.number}/invoice"), steps(open_trip(old), follow("Invoice page")),
        wrong=steps(open_trip(older), follow("Invoice page")),
    )  # fmt: skip
    yield Entry(
        GO, 2, "Go to where the currency is picked, but leave everything as it is.",
        JUDGES.reach("/account/preferences"), steps(follow("My account", "Preferences")),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"Show me the houses that I collected under “{title}”.", JUDGES.reach(f"/saved/{name}"),
        steps(follow("Wish lists", title)),
    )  # fmt: skip
