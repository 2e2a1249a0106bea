"""Tasks whose answer needs two or more pages or rows."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.booking.judges import JUDGES, either
from sandbox_sites.booking.ways import alone, crowded, open_course, open_stay, tab
from sandbox_sites.booking.words import TOPICS
from sandbox_sites.booking.world import Course, World
from sandbox_sites.common.hand import choose, follow, give_up, press, steps
from sandbox_sites.common.judging import Part, all_of, looked_at, says, says_number
from sandbox_sites.common.site import Entry

COMPARE = "compare"


def comparing(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _houses(world)
    yield from _rows(world)
    yield from _courses(world)


def _houses(world: World) -> Iterator[Entry]:
    one, two = alone(crowded(world), lambda stay: stay.built)[8:10]
    older, younger = sorted((one, two), key=lambda stay: stay.built)
    house = next(s for s in crowded(world)[10:] if s.rooms[0].prices[2] != s.rooms[1].prices[2])
    dear, cheap = sorted(house.rooms[:2], key=lambda room: -room.prices[2])
    first, second = world.towns[0], world.towns[6]
    light = min(first, second, key=lambda town: int(town.facts["Lighthouse built"]))
    dark = second if light is first else first
    yield Entry(
        COMPARE, 6, f"Which building is older, {one.name} or {two.name}?",
        JUDGES.tell_of((f"/stays/{one.slug}", f"/stays/{two.slug}"), says(older.name)),
        steps(open_stay(world, one), open_stay(world, two), answer=older.name),
        wrong=steps(open_stay(world, one), open_stay(world, two), answer=younger.name),
    )  # fmt: skip
    yield Entry(
        COMPARE, 4,
        f"At {house.name}, in July, by how much is a night in the {dear.name} more expensive than in the {cheap.name}?",
        JUDGES.tell(f"/stays/{house.slug}", says_number(dear.prices[2] - cheap.prices[2])),
        steps(open_stay(world, house), tab("Prices"), answer=f"€{dear.prices[2] - cheap.prices[2]}"),
        wrong=steps(open_stay(world, house), tab("Prices"), answer=f"€{dear.prices[2] - cheap.prices[2] + 1}"),
    )  # fmt: skip
    yield Entry(
        COMPARE, 4, f"{first.name} or {second.name} - whose lighthouse has stood there for longer?",
        JUDGES.tell_of((f"/towns/{first.slug}", f"/towns/{second.slug}"), says(light.name)),
        steps(follow("Towns", first.name, "Towns", second.name), answer=light.name),
        wrong=steps(follow("Towns", first.name, "Towns", second.name), answer=dark.name),
    )  # fmt: skip
    yield Entry(
        COMPARE, 6, f"Which has the higher ceilings, {older.name} or {house.name}? In centimetres, please.",
        JUDGES.refuse(), give_up(open_stay(world, older), open_stay(world, house)), answerable=False,
    )  # fmt: skip


def _rows(world: World) -> Iterator[Entry]:
    three = world.hosts[3:6]
    longest = min(three, key=lambda host: host.since)
    names = ", ".join(host.name for host in three[:-1]) + f" and {three[-1].name}"
    open_ones = [voucher for voucher in world.vouchers if voucher.status == "Open"]
    soonest = min(open_ones, key=lambda voucher: voucher.until)
    yield Entry(
        COMPARE, 1, f"Of {names}, who has been with you the longest?",
        all_of(_hosts_seen([host.slug for host in three]), says(longest.name), JUDGES.only()),
        steps(follow("Hosts"), answer=longest.name),
    )  # fmt: skip
    yield Entry(
        COMPARE, 2, "i don't want to waste money: of the vouchers of mine that still work, which code runs out first",
        JUDGES.tell("/account/vouchers", says(soonest.code)),
        steps(follow("My account", "Vouchers"), answer=soonest.code),
    )  # fmt: skip


def _hosts_seen(slugs: list[str]) -> Part:
    """The hosts were looked at, together or one by one."""
    pages = [looked_at(f"/hosts/{slug}") for slug in slugs]
    return either(looked_at("/hosts"), all_of(*pages))


def _courses(world: World) -> Iterator[Entry]:
    one, two = _two_groups(world)
    larger, smaller = sorted((one, two), key=lambda course: -course.group)
    topic, rows = _cheapest(world)
    yield Entry(
        COMPARE, 4, f"Where can more people take part at once: in {one.name} or in {two.name}?",
        JUDGES.tell_of((f"/courses/{one.slug}", f"/courses/{two.slug}"), says(larger.name)),
        steps(open_course(one), open_course(two), answer=larger.name),
        wrong=steps(open_course(one), open_course(two), answer=smaller.name),
    )  # fmt: skip
    yield Entry(
        COMPARE, 3, f"Name the day course on {topic.lower()} that is easiest on the purse.",
        JUDGES.tell("/courses", says(rows[0].name)),
        steps(follow("Courses"), choose("Topic", topic), press("Filter courses"), answer=rows[0].name),
        wrong=steps(follow("Courses"), choose("Topic", topic), press("Filter courses"), answer=rows[1].name),
    )  # fmt: skip


def _two_groups(world: World) -> tuple[Course, Course]:
    one = world.courses[2]
    return one, next(course for course in world.courses[5:] if course.group != one.group)


def _cheapest(world: World) -> tuple[str, list[Course]]:
    """Return a topic with several courses, cheapest first; no two courses cost the same."""
    for topic in TOPICS:
        rows = sorted((course for course in world.courses if course.topic == topic), key=lambda course: course.price)
        if len(rows) > 2:
            return topic, rows
    raise ValueError("no topic has three courses")
