"""Tasks that end on a page: navigate and search."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import choose, enter, follow, give_up, steps, tick
from sandbox_sites.common.judging import all_of, listed, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.map.judges import MapJudges
from sandbox_sites.map.names import DISTRICTS
from sandbox_sites.map.picking import free
from sandbox_sites.map.seed import Town
from sandbox_sites.map.ways import account, again, drop, look_around, open_place, plan, search, submit, suggested, tab

GO, SEEK = "navigate", "search"


def going(town: Town, judges: MapJudges) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _pages(town, judges)
    yield from _lists_of_places(town, judges)
    yield from _around(town, judges)


def _pages(town: Town, judges: MapJudges) -> Iterator[Entry]:
    reach = judges.reach
    museum, other = free(town, "museums"), free(town, "museums", 1)
    cafe, district, line = free(town, "cafes", 2), town.districts[3], town.lines[4]
    yield Entry(
        GO, 1, "Is there a page with all the streets on it? Go there.", reach("/streets"), steps(follow("Streets"))
    )
    yield Entry(
        GO, 1, "trams and buses, the overview pls", reach("/transit"), steps(follow("Transit")),
        wrong=steps(follow("Transit", town.lines[0].name)),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"I'd like to have a look at the {museum.name}.", reach(f"/place/{museum.slug}"),
        steps(open_place(museum)), wrong=steps(open_place(other)),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"What sort of neighbourhood is {district.name}? Just bring its page up.",
        reach(f"/district/{district.slug}"), steps(follow("Districts", district.name, within="body")),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"bring me to the stops of {line.name.lower()}", reach(f"/transit/{line.slug}"),
        steps(follow("Transit", line.name)), wrong=steps(follow("Transit", town.lines[3].name)),
    )  # fmt: skip
    yield Entry(
        GO, 2, "Where do I tell this thing where I live and where my office is? Take me there, I'll type it myself.",
        reach("/account/addresses"), steps(account(town.person, "Home and work")),
    )  # fmt: skip
    yield Entry(
        GO, 4, f"I had coffee at {cafe.name} and have opinions. Open the form for that, but leave it empty, please.",
        reach(f"/place/{cafe.slug}/review"), steps(open_place(cafe), tab("Reviews"), follow("Write a review")),
    )  # fmt: skip
    name = town.lists[1][0]
    yield Entry(
        GO, 2, f"Show me what I have put on “{name}”", reach("/lists/list-2"), steps(follow("Saved lists", name)),
        wrong=steps(follow("Saved lists", town.lists[2][0])),
    )  # fmt: skip
    yield Entry(
        GO, 1, "There is a mistake on your map and I want to tell somebody. Open whatever I need for that, no more.",
        reach("/report"), steps(follow("Report a problem")),
    )  # fmt: skip
    strange = next(name for name in DISTRICTS if name not in {d.name for d in town.districts})
    yield Entry(
        GO, 2, f"Open the page about the district {strange}.", judges.refuse(), give_up(follow("Districts")),
        answerable=False,
    )  # fmt: skip


def _lists_of_places(town: Town, judges: MapJudges) -> Iterator[Entry]:
    baths, grocer, hotel = free(town, "baths"), free(town, "grocers"), free(town, "hotels", 1)

    def shows(**chosen: str) -> Check:
        return all_of(listed("/places", chosen), judges.only(), silent)

    show = submit("Show places")
    yield Entry(
        SEEK, 1, "search for garden please, the results are all I need", shows(q="garden"), steps(search("garden"))
    )
    yield Entry(
        SEEK, 2, f"Look {baths.name} up with the search box and go to it.", judges.reach(f"/place/{baths.slug}"),
        steps(search(baths.name), follow(baths.name, within="main")),
    )  # fmt: skip
    yield Entry(
        SEEK, 2, f"Somebody mentioned “{grocer.name}” - can you find it and show me the details?",
        judges.reach(f"/place/{grocer.slug}"), steps(suggested(grocer.name)),
        wrong=steps(search(grocer.name)),
    )  # fmt: skip
    yield Entry(
        SEEK, 5, "We are free next Sunday: leave me on a list of the museums that one can visit on that day.",
        shows(category="museums", sunday="1"),
        steps(follow("Search"), drop("Category", "Museums"), tick("Open on Sunday"), show),
        wrong=steps(follow("Search"), drop("Category", "Museums"), show),
    )  # fmt: skip
    yield Entry(
        SEEK, 5, "All cafés, the most central one at the top of the list",
        shows(category="cafes", sort="distance"),
        steps(follow("Search"), drop("Category", "Cafés"), choose("Sort by", "Distance from the centre"), show),
        wrong=steps(follow("Search"), drop("Category", "Cafés"), choose("Sort by", "Rating"), show),
    )  # fmt: skip
    yield Entry(
        SEEK, 4, "My mother is in a wheelchair and picky: show every place without steps that has at least 4 stars.",
        shows(rating="4", access="1"),
        steps(follow("Search"), choose("Minimum rating", "4 stars"), tick("Step-free access"), show),
        wrong=steps(follow("Search"), choose("Minimum rating", "4.5 stars"), tick("Step-free access"), show),
    )  # fmt: skip
    yield Entry(
        SEEK, 3, f"A friend read the code {hotel.code} out to me on the phone. Open the place that it stands for.",
        judges.reach(f"/place/{hotel.slug}"),
        steps(follow("Open a share code"), enter({"Share code": hotel.code.lower()}), submit("Open place")),
        wrong=steps(follow("Open a share code"), enter({"Share code": hotel.code[:4]}), submit("Open place")),
    )  # fmt: skip
    yield Entry(
        SEEK, 4, "List only those restaurants that have live music.", judges.refuse(),
        give_up(follow("Search"), drop("Category", "Restaurants"), show), answerable=False,
    )  # fmt: skip


def _around(town: Town, judges: MapJudges) -> Iterator[Entry]:
    station, hotel = free(town, "stations"), free(town, "hotels")
    cinema, park, school, library = (free(town, kind, 1) for kind in ("cinemas", "parks", "schools", "libraries"))
    yield Entry(
        SEEK, 4, f"I have half an hour at {station.name}. What can I get to within 600 metres? Show me.",
        all_of(judges.around(station.name, 600), judges.only(), silent), steps(look_around(station.name, "600")),
        wrong=steps(look_around(station.name, "650")),
    )  # fmt: skip
    yield Entry(
        SEEK, 6, f"pharmacies no further than 1200 m from {hotel.name}, show them",
        all_of(judges.around(hotel.name, 1200, "pharmacies"), judges.only(), silent),
        steps(look_around(hotel.name, "1200", "Pharmacies")), wrong=steps(look_around(hotel.name, "1200", "Parks")),
    )  # fmt: skip
    yield Entry(
        SEEK, 5, f"How do I get from {cinema.name} to {park.name} on my bike? Show the way, I can read it myself.",
        all_of(judges.way(cinema.name, park.name, "cycling"), judges.only(), silent),
        steps(plan(cinema.name, park.name, "Cycling")), wrong=steps(plan(park.name, cinema.name, "Cycling")),
    )  # fmt: skip
    yield Entry(
        SEEK, 8, f"First show me how to walk from home to {school.name}, and then by car from there to {library.name}.",
        all_of(judges.asked_way("Home", school.name, "walking"), judges.way(school.name, library.name, "driving"),
               judges.only(), silent),
        steps(plan("home", school.name, "Walking"), again(school.name, library.name, "Driving")),
        wrong=steps(plan("home", school.name, "Walking"), again("home", library.name, "Driving")),
    )  # fmt: skip
