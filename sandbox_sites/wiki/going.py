"""Tasks that ask to reach a page."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import follow, give_up, press, steps
from sandbox_sites.common.site import Entry
from sandbox_sites.wiki import names
from sandbox_sites.wiki.judges import JUDGES
from sandbox_sites.wiki.picking import Picking
from sandbox_sites.wiki.reading import written
from sandbox_sites.wiki.ways import contents, view


def going(pick: Picking) -> Iterator[Entry]:
    """Yield the tasks."""
    go, world = "navigate", pick.world
    river, hill = pick.article(pick.thing("river", 2)), pick.article(pick.thing("mountain", 3))
    dish, feast = pick.article(pick.thing("dish", 4)), pick.article(pick.thing("festival", 3))
    plant = pick.article(pick.thing("plant", 3))
    town, ship = next(bearers for bearers in world.shared.values() if bearers[0].kind == "town")
    yield Entry(
        go, 1, "What has been going on here lately? Bring me to the log of everybody's edits.", JUDGES.reach("/recent"),
        steps(follow("Recent changes")), wrong=steps(follow("Special pages")),
    )  # fmt: skip
    yield Entry(
        go, 1, "there must be a page somewhere that explains the local words, open it", JUDGES.reach("/glossary"),
        steps(follow("Glossary")),
    )  # fmt: skip
    yield Entry(
        go, 2, f"Take me to what you have on the {river.title}, please.", JUDGES.reach(f"/wiki/{river.slug}"),
        steps(contents(river)),
    )  # fmt: skip
    yield Entry(
        go, 2, "I'd like to leaf through everything that is filed as a ship.", JUDGES.reach("/category/ships"),
        steps(follow("Categories", "Ships")), wrong=steps(follow("Categories", "Festivals")),
    )  # fmt: skip
    yield Entry(
        go, 2, "Who are the people writing this? Show the table that has all of them.",
        JUDGES.reach("/special/editors"),
        steps(follow("Special pages", "Editors")),
    )  # fmt: skip
    yield Entry(
        go, 2, f"Open {ship.name}. I mean the vessel, not the place it was named after.",
        JUDGES.reach(f"/wiki/{pick.article(ship).slug}"), steps(contents(pick.article(ship))),
        wrong=steps(contents(pick.article(town))),
    )  # fmt: skip
    yield Entry(
        go, 2, "my teacher wants proper references; where are your rules on quoting? go there",
        JUDGES.reach("/help/citing"), steps(follow("Help", "How to cite")),
    )  # fmt: skip
    yield Entry(
        go, 3, f"Let me see what people have been arguing about regarding {hill.title}.",
        JUDGES.reach(f"/talk?page={hill.slug}"), steps(view(hill, "Discussion")),
    )  # fmt: skip
    yield Entry(
        go, 3, f"{dish.title}: list of all its past versions", JUDGES.reach(f"/history?page={dish.slug}"),
        steps(view(dish, "History")), wrong=steps(contents(dish)),
    )  # fmt: skip
    yield Entry(
        go, 3, f"I may want to give “{feast.title}” another title. Get me to the form for that, but leave it unsent.",
        JUDGES.reach(f"/rename?page={feast.slug}"), steps(view(feast, "Rename")),
    )  # fmt: skip
    first = plant.revisions[-1]
    row = f'tr:has(a[href$="id={first.id}"]) td:nth-child(3)'
    yield Entry(
        go, 4, f"How did {plant.title} read on the day it was created? Open that very first version.",
        JUDGES.reach(f"/revision?page={plant.slug}&id={first.id}"),
        steps(view(plant, "History"), follow(f"{written(first.day)}, {first.clock}", within=row)),
        wrong=steps(view(plant, "History"), press("Compare chosen versions")),
    )  # fmt: skip
    gone = pick.unknown(names.ISLANDS, "island")
    yield Entry(
        go, 2, f"Bring up the article on the island of {gone}.", JUDGES.refuse(), give_up(follow("Contents")),
        answerable=False,
    )  # fmt: skip
