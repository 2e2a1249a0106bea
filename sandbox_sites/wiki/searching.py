"""Tasks that search, filter or sort."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import enter_at, follow, give_up, steps, tick
from sandbox_sites.common.judging import all_of, at, listed, silent
from sandbox_sites.common.site import Entry
from sandbox_sites.wiki.judges import JUDGES, looked_with, searched
from sandbox_sites.wiki.listing import Search
from sandbox_sites.wiki.picking import Picking
from sandbox_sites.wiki.reading import Reading
from sandbox_sites.wiki.state import WikiState
from sandbox_sites.wiki.ways import advanced, contents, recent, suggested

BOX = "Search the Tidebook"


def searching(pick: Picking) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _words(pick)
    yield from _edits(pick)


def _words(pick: Picking) -> Iterator[Entry]:
    find, world = "search", pick.world
    main, island = pick.thing("dish", 1)["main"], pick.thing("island", 2)
    yield Entry(
        find, 2, f'Look up "{main}" and leave me with whatever comes out.',
        all_of(searched(main), JUDGES.only(), silent), steps(enter_at(BOX, main, submit=True)),
        wrong=steps(enter_at(BOX, island.name, submit=True)),
    )  # fmt: skip
    yield Entry(
        find, 4, f'Search for "{island.name}", but I only care about rivers.',
        all_of(searched(island.name, kind="river"), JUDGES.only(), silent),
        steps(advanced(island.name, kind="Rivers")), wrong=steps(advanced(island.name)),
    )  # fmt: skip
    yield Entry(
        find, 4, "Everything that mentions bridges (type: bridges), in alphabetical order please.",
        all_of(searched("bridges", sort="title"), JUDGES.only(), silent),
        steps(advanced("bridges", sort="Title")), wrong=steps(advanced("bridges", sort="Longest first")),
    )  # fmt: skip
    reading = Reading(world, WikiState())
    first, second = (hit[0] for hit in Search.of(reading, {"q": "market", "sort": "longest"}).hits[:2])
    yield Entry(
        find, 5, 'search the word market, bring the longest pieces to the front, then open the one on top',
        all_of(at(f"/wiki/{first.slug}"), looked_with("/search", q="market", sort="longest"), JUDGES.only(), silent),
        steps(advanced("market", sort="Longest first"), follow(first.title, within=".hits")),
        wrong=steps(advanced("market", sort="Longest first"), follow(second.title, within=".hits")),
    )  # fmt: skip
    beast, other = (pick.article(pick.thing("animal", number)) for number in (5, 7))
    typed = beast.title.split()[0]
    yield Entry(
        find, 2, f"Start typing {typed} into the box at the top and go to the animal that it offers: the"
        f" {beast.title.lower()}.",
        JUDGES.reach(f"/wiki/{beast.slug}"), steps(suggested(typed, beast.title)),
        wrong=steps(suggested(other.title.split()[0], other.title)),
    )  # fmt: skip
    person = pick.article(pick.thing("person", 7))
    yield Entry(
        find, 2, f"Use the search to find {person.title} and read the article.",
        all_of(at(f"/wiki/{person.slug}"), JUDGES.only(), silent),
        steps(enter_at(BOX, person.title, submit=True), follow(person.title, within=".hits")),
    )  # fmt: skip
    yield Entry(
        find, 4, f'Results for "{main}", restricted to the category Volcanoes.', JUDGES.refuse(),
        give_up(advanced(main)), answerable=False,
    )  # fmt: skip
    yield Entry(
        find, 2, "Find the article on the royal railway and open it.", JUDGES.refuse(),
        give_up(enter_at(BOX, "royal railway", submit=True)), answerable=False,
    )  # fmt: skip


def _edits(pick: Picking) -> Iterator[Entry]:
    find = "search"
    writer = pick.world.editors[2]
    sieved = pick.article(pick.thing("event", 2))
    yield Entry(
        find, 3, "In the log of edits, leave out the little corrections, they bore me.",
        all_of(listed("/recent", {"minor": "hide"}), JUDGES.only(), silent),
        steps(recent(hide=True)), wrong=steps(follow("Recent changes"), tick("Hide minor edits")),
    )  # fmt: skip
    yield Entry(
        find, 4, "show me what has been edited lately, nothing but plants",
        all_of(listed("/recent", {"kind": "plant"}), JUDGES.only(), silent), steps(recent(kind="Plants")),
        wrong=steps(recent(kind="Animals")),
    )  # fmt: skip
    yield Entry(
        find, 6, f"I'm checking on {writer.name}: which edits to towns were made by them recently, spelling fixes and"
        " the like not counted? Set the list up accordingly.",
        all_of(listed("/recent", {"minor": "hide", "editor": writer.slug, "kind": "town"}), JUDGES.only(), silent),
        steps(recent(hide=True, editor=writer.name, kind="Towns")),
        wrong=steps(recent(editor=writer.name, kind="Towns")),
    )  # fmt: skip
    yield Entry(
        find, 3, f"In the full list of articles, type the first word of “{sieved.title}” to narrow it down, and open"
        " that article from there.",
        all_of(at(f"/wiki/{sieved.slug}"), JUDGES.only(), silent),
        steps(follow("Contents"), enter_at("Narrow the list", sieved.title.split()[0]),
              follow(sieved.title, within="main")),
        wrong=steps(contents(pick.article(pick.thing("event", 3)))),
    )  # fmt: skip
