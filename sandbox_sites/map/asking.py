"""Tasks that end with an answer from one page."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import Hand, Steps, follow, give_up, press, steps
from sandbox_sites.common.judging import all_of, says
from sandbox_sites.common.site import Entry
from sandbox_sites.map.judges import MapJudges, says_length, says_minutes, says_phone, times
from sandbox_sites.map.picking import free, number_of, open_on
from sandbox_sites.map.routing import find_way, metres
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import fresh
from sandbox_sites.map.trips import understood
from sandbox_sites.map.ways import open_place, plan

FIND = "find"
_PEOPLE = ("", " people", " inhabitants")


def unfold(question: str) -> Steps:
    """Open a question of the help page."""

    async def go(hand: Hand) -> None:
        await hand.press(hand.page.locator("summary").get_by_text(question, exact=True))

    return go


def asking(town: Town, judges: MapJudges) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _of_places(town, judges)
    yield from _of_the_town(town, judges)
    yield from _of_ways(town, judges)


def _of_places(town: Town, judges: MapJudges) -> Iterator[Entry]:
    pharmacy, station, dinner, hotel = (
        free(town, kind) for kind in ("pharmacies", "stations", "restaurants", "hotels")
    )
    library, bath = free(town, "libraries"), free(town, "baths", 1)
    museum = open_on(town, ("museums", "libraries"), 1)
    other = free(town, "pharmacies", 1)

    def page(slug: str) -> str:
        return f"/place/{slug}"

    yield Entry(
        FIND, 2, f"I have to ring the {pharmacy.name}, which number is it?",
        judges.tell(page(pharmacy.slug), says_phone(pharmacy.phone)),
        steps(open_place(pharmacy), answer=pharmacy.phone), wrong=steps(open_place(pharmacy), answer=other.phone),
    )  # fmt: skip
    closing = museum.hours[1].split(" to ")[1]
    yield Entry(
        FIND, 2, f"until when can one visit {museum.name} on a Saturday",
        judges.tell(page(museum.slug), says(*times(closing))), steps(open_place(museum), answer=closing),
        wrong=steps(open_place(museum), answer=museum.hours[1].split(" to ")[0]),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"My train book says {station.name} is tiny. How many platforms has it got?",
        all_of(judges.told((page(station.slug),), ("/category/stations",)),
               says(station.extra, f"{station.extra} platforms")),
        steps(open_place(station), answer=station.extra),
        wrong=steps(open_place(station), answer=f"{number_of(station)}1"),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"If we eat at {dinner.name}, what sort of food will it be?",
        all_of(judges.told((page(dinner.slug),), ("/category/restaurants",)),
               says(dinner.extra, f"{dinner.extra} food", f"{dinner.extra} cuisine")),
        steps(open_place(dinner), answer=dinner.extra),
    )  # fmt: skip
    yield Entry(
        FIND, 3, f"I must tell my sister on the phone where I sleep, {hotel.name}. Which five signs do I read out?",
        judges.tell(page(hotel.slug), says(hotel.code)), steps(open_place(hotel), press("Share"), answer=hotel.code),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"Full postal address of the {library.name}, house number and street, please.",
        all_of(says(library.address), judges.only()), steps(open_place(library), answer=library.address),
        wrong=steps(open_place(library), answer=f"{library.number + 1} {library.street}"),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"how warm is the pool at {bath.name}, in degrees",
        all_of(judges.told((page(bath.slug),), ("/category/baths",)),
               says(str(number_of(bath)), bath.extra, f"{number_of(bath)} degrees", f"{number_of(bath)}°C")),
        steps(open_place(bath), answer=bath.extra),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"Could you get me the fax number of {pharmacy.name}?", judges.refuse(), give_up(open_place(pharmacy)),
        answerable=False,
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"How many parking spaces does the {library.name} have?", judges.refuse(),
        give_up(open_place(library)), answerable=False,
    )  # fmt: skip


def _of_the_town(town: Town, judges: MapJudges) -> Iterator[Entry]:
    district, line, street = town.districts[5], town.lines[3], town.network.streets[8]
    counted = [f"{number}{unit}" for number in (district.people, f"{district.people:,}") for unit in _PEOPLE]
    yield Entry(
        FIND, 2, f"How many people live in {district.name}?",
        judges.tell(f"/district/{district.slug}", says(*counted)),
        steps(follow("Districts", district.name), answer=f"{district.people:,}"),
        wrong=steps(follow("Districts", district.name), answer=str(town.districts[4].people)),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"When does the {line.name} leave for the last time at night?",
        judges.tell(f"/transit/{line.slug}", says(*times(line.last))),
        steps(follow("Transit", line.name), answer=line.last),
        wrong=steps(follow("Transit", line.name), answer=line.first),
    )  # fmt: skip
    answer = dict(town.help)["How long may a review be?"].split()[2]
    yield Entry(
        FIND, 2, "I tend to ramble. What is the limit for a review, in characters?",
        judges.tell("/help", says(answer, f"{answer} characters")),
        steps(follow("Help"), unfold("How long may a review be?"), answer=answer),
    )  # fmt: skip
    yield Entry(
        FIND, 2, f"How long is {street.name} from end to end, in metres?",
        all_of(judges.told(("/streets",), (f"/street/{street.slug}",)), says_length(street.length, "m")),
        steps(follow("Streets", street.name), answer=metres(street.length)),
        wrong=steps(follow("Streets", street.name), answer=str(street.length + 10)),
    )  # fmt: skip
    name, kept = town.lists[0]
    place = town.place(kept[1][0])
    label = place.name if place is not None else ""
    yield Entry(
        FIND, 2, f"What did I jot down for myself about {label} when I put it on the list “{name}”?",
        judges.tell("/lists/list-1", says(kept[1][1])), steps(follow("Saved lists", name), answer=kept[1][1]),
        wrong=steps(follow("Saved lists", name), answer=kept[0][1]),
    )  # fmt: skip


def _of_ways(town: Town, judges: MapJudges) -> Iterator[Entry]:
    cafe, school, market, cinema = (free(town, kind, 3) for kind in ("cafes", "schools", "grocers", "cinemas"))
    state = fresh(town)

    def way(start: str, end: str, mode: str) -> tuple[int, int]:
        one, other = understood(town, start, state), understood(town, end, state)
        route = find_way(town.network, one.spot, other.spot, mode, "") if one and other else None
        return (route.length, route.minutes) if route is not None else (0, 0)

    _, minutes = way(cafe.name, school.name, "walking")
    yield Entry(
        FIND, 4, f"How many minutes should I plan for walking from {cafe.name} to {school.name}?",
        all_of(judges.asked_way(cafe.name, school.name, "walking"), says_minutes(minutes), judges.only()),
        steps(plan(cafe.name, school.name, "Walking"), answer=f"{minutes} min"),
        wrong=steps(plan(cafe.name, school.name, "Cycling"), answer=f"{-(-minutes // 3)} min"),
    )  # fmt: skip
    length, _ = way(cinema.name, market.name, "driving")
    yield Entry(
        FIND, 5, f"by car from {cinema.name} to {market.name}: how far is that in km",
        all_of(judges.asked_way(cinema.name, market.name, "driving"), says_length(length, "km"), judges.only()),
        steps(plan(cinema.name, market.name, "Driving"), answer=metres(length)),
        wrong=steps(plan(cinema.name, market.name, "Driving"), answer=metres(length + 10)),
    )  # fmt: skip
