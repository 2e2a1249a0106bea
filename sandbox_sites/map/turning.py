"""Tasks that change something by buttons and choices."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import both, follow, give_up, press, seen, steps
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.map.judges import MapJudges
from sandbox_sites.map.picking import free, lists_after, name_of
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import SWITCHES, Kept, fresh
from sandbox_sites.map.ways import (
    account,
    drop_list,
    flip,
    follow_line,
    keep,
    open_place,
    press_for,
    tab,
    take_off,
    unfollow_line,
    visited,
)  # fmt: skip

TURN = "change"


def turning(town: Town, judges: MapJudges) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _toggles(town, judges)
    yield from _places(town, judges)
    yield from _lists(town, judges)


def changed(judges: MapJudges, **changes: object) -> Check:
    """These parts of the state were changed, and no answer is given."""
    return all_of(judges.only(**changes), silent)


def _toggles(town: Town, judges: MapJudges) -> Iterator[Entry]:
    state, line, mine = fresh(town), town.lines[5], town.lines[1]
    yield Entry(
        TURN, 1, "This is a shared computer, get me out of my account.", changed(judges, signed="out"),
        steps(press("Sign out"), seen("You are signed out.")),
    )  # fmt: skip
    yield Entry(
        TURN, 3, f"Keep me informed about {line.name}, I take it daily.",
        changed(judges, followed=[*state.followed, line.slug]), steps(follow_line(line.name)),
        wrong=steps(follow_line(town.lines[4].name)),
    )  # fmt: skip
    yield Entry(
        TURN, 3, f"no more news about {mine.name} please", changed(judges, followed=[]),
        steps(unfollow_line(mine.name)),
        wrong=steps(unfollow_line(mine.name), press("Follow line"), seen("You follow this line now.")),
    )  # fmt: skip
    settings = both(account(town.person), follow("Preferences"))
    yield Entry(
        TURN, 3, "Stop e-mailing me whenever some road is shut.",
        changed(judges, switches={**state.switches, "alerts": False}), steps(settings, flip(SWITCHES["alerts"])),
        wrong=steps(settings, flip(SWITCHES["steps"])),
    )  # fmt: skip


def _places(town: Town, judges: MapJudges) -> Iterator[Entry]:
    state = fresh(town)
    been = next(place for place in town.places if place.slug == state.been[0])
    park, cafe, dinner = free(town, "parks", 1), free(town, "cafes", 1), free(town, "restaurants", 1)
    yield Entry(
        TURN, 3, f"I finally made it to {park.name} yesterday. Tick it off for me.",
        changed(judges, been=[*state.been, park.slug]), steps(open_place(park), visited()),
        wrong=steps(open_place(free(town, "parks")), visited()),
    )  # fmt: skip
    yield Entry(
        TURN, 3, f"The map claims that I visited {been.name}. I never did, correct that.", changed(judges, been=[]),
        steps(open_place(been), press("Not been here"), seen("No longer marked as visited.")),
    )  # fmt: skip
    author, other = cafe.reviews[1].author, cafe.reviews[0].author
    thanks = seen("Thanks for your vote.")
    yield Entry(
        TURN, 4, f"What {author} wrote about {cafe.name} was really useful to me, so give that opinion a vote.",
        changed(judges, helpful=[f"{cafe.slug}/{author}"]),
        steps(open_place(cafe), tab("Reviews"), press_for("Helpful", author), thanks),
        wrong=steps(open_place(cafe), tab("Reviews"), press_for("Helpful", other), thanks),
    )  # fmt: skip
    yield Entry(
        TURN, 3, f"Book me a table for two at {dinner.name} for Friday at eight.", judges.refuse(),
        give_up(open_place(dinner)), answerable=False,
    )  # fmt: skip


def _lists(town: Town, judges: MapJudges) -> Iterator[Entry]:
    (first, kept), (second, _), (third, dropped) = town.lists
    gone, museum = name_of(town, kept[2][0]), free(town, "museums", 2)
    yield Entry(
        TURN, 3, f"{gone} has no business being on “{first}”. Take it off.",
        changed(judges, lists=lists_after(town, lambda lists: lists["list-1"].places.pop(2))),
        steps(follow("Saved lists", first), take_off(gone)),
        wrong=steps(follow("Saved lists", first), take_off(name_of(town, kept[3][0]))),
    )  # fmt: skip
    yield Entry(
        TURN, 4, f"I don't need my “{third}” list with its {len(dropped)} places any longer, throw it out",
        changed(judges, lists=lists_after(town, lambda lists: lists.pop("list-3"))),
        steps(follow("Saved lists", third), drop_list()), wrong=steps(follow("Saved lists", second), drop_list()),
    )  # fmt: skip
    yield Entry(
        TURN, 5, f"{museum.name} belongs on “{second}”, can you see to that?",
        changed(judges, lists=lists_after(town, lambda lists: lists["list-2"].places.append(Kept(museum.slug)))),
        steps(open_place(museum), keep(second)), wrong=steps(open_place(museum), keep(first)),
    )  # fmt: skip
    yield Entry(
        TURN, 5, f"Put the Grand Zeppelin Hall on my list “{second}”.", judges.refuse(), give_up(follow("Search")),
        answerable=False,
    )  # fmt: skip
