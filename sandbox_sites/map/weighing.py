"""Tasks that end with an answer from several pages or rows."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import follow, give_up, steps
from sandbox_sites.common.judging import all_of, says
from sandbox_sites.common.site import Entry
from sandbox_sites.map.judges import MapJudges, says_minutes
from sandbox_sites.map.picking import apart, free, least, number_of, used
from sandbox_sites.map.routing import find_way
from sandbox_sites.map.seed import Town
from sandbox_sites.map.ways import again, open_place, plan

WEIGH = "compare"


def weighing(town: Town, judges: MapJudges) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _places(town, judges)
    yield from _the_town(town, judges)
    yield from _paces(town, judges)


def _places(town: Town, judges: MapJudges) -> Iterator[Entry]:
    bigger, smaller = apart(town.of("hotels"), number_of)
    groups = (("/category/hotels",), (f"/place/{bigger.slug}", f"/place/{smaller.slug}"))
    yield Entry(
        WEIGH, 1, f"We are a large party: {smaller.name} or {bigger.name}, which one has more rooms? Just the name.",
        all_of(judges.told(*groups), says(bigger.name)), steps(open_place(smaller), open_place(bigger),
        answer=bigger.name),
        wrong=steps(open_place(smaller), open_place(bigger), answer=smaller.name),
    )  # fmt: skip
    nearest, second = least(town, ("grocers", "cinemas", "schools", "parks"), lambda place: place.far)
    kind = nearest.kind
    yield Entry(
        WEIGH, 1, f"which of all the {kind.label.lower()} is closest to the middle of town?",
        all_of(says(nearest.name), judges.told((f"/category/{kind.slug}",), ("/places",))),
        steps(follow(kind.label, within="main"), answer=nearest.name),
        wrong=steps(follow(kind.label, within="main"), answer=second.name),
    )  # fmt: skip
    best, next_best = least(town, ("baths", "stations", "schools", "hotels", "parks", "cafes"), lambda p: -p.rating)
    kind = best.kind
    yield Entry(
        WEIGH, 1, f"People rave about one of our {kind.label.lower()}. Which has the highest mark of them all?",
        all_of(says(best.name), judges.told((f"/category/{kind.slug}",), ("/places",))),
        steps(follow(kind.label, within="main"), answer=best.name),
        wrong=steps(follow(kind.label, within="main"), answer=next_best.name),
    )  # fmt: skip
    one, two = free(town, "parks", 0), free(town, "parks", 1)
    yield Entry(
        WEIGH, 4, f"Which has more benches, {one.name} or {two.name}?", judges.refuse(),
        give_up(open_place(one), open_place(two)), answerable=False,
    )  # fmt: skip


def _the_town(town: Town, judges: MapJudges) -> Iterator[Entry]:
    lines = sorted(town.lines, key=lambda line: line.every)
    yield Entry(
        WEIGH, 1, "I hate waiting. Which tram or bus comes most often?",
        all_of(says(lines[0].name), judges.told(("/transit",), tuple(f"/transit/{line.slug}" for line in lines))),
        steps(follow("Transit"), answer=lines[0].name), wrong=steps(follow("Transit"), answer=lines[1].name),
    )  # fmt: skip
    line = max(town.lines, key=lambda line: len(line.stops))
    stops = sorted(line.stops, key=lambda stop: -stop.riders)
    yield Entry(
        WEIGH, 2, f"At which stop of {line.name} do the most people get on and off?",
        judges.tell(f"/transit/{line.slug}", says(stops[0].name)),
        steps(follow("Transit", line.name), answer=stops[0].name),
        wrong=steps(follow("Transit", line.name), answer=stops[1].name),
    )  # fmt: skip
    old, young = sorted(town.districts[1:3], key=lambda district: district.built)
    yield Entry(
        WEIGH, 4, f"Which is the older part of town, going by the records: {town.districts[1].name} or "
        f"{town.districts[2].name}?",
        judges.tell_of((f"/district/{old.slug}", f"/district/{young.slug}"), says(old.name)),
        steps(follow("Districts", old.name, "Districts", young.name), answer=old.name),
        wrong=steps(follow("Districts", old.name, "Districts", young.name), answer=young.name),
    )  # fmt: skip


def _paces(town: Town, judges: MapJudges) -> Iterator[Entry]:
    taken = used(town)
    for start in (place for place in town.of("hotels") if place.slug not in taken):
        for end in town.of("museums"):
            ways = [find_way(town.network, start.spot, end.spot, mode, "") for mode in ("walking", "cycling")]
            walk, ride = (way.minutes if way is not None else 0 for way in ways)
            if walk - ride >= 5:
                yield Entry(
                    WEIGH, 6,
                    f"By how many minutes is a bicycle quicker than my feet from {start.name} to {end.name}?",
                    all_of(judges.asked_way(start.name, end.name, "walking"),
                           judges.asked_way(start.name, end.name, "cycling"), says_minutes(walk - ride), judges.only()),
                    steps(plan(start.name, end.name, "Walking"), again(start.name, end.name, "Cycling"),
                          answer=str(walk - ride)),
                    wrong=steps(plan(start.name, end.name, "Walking"), again(start.name, end.name, "Cycling"),
                                answer=str(ride)),
                )  # fmt: skip
                return
    raise ValueError("all museums are next door to hotels")
