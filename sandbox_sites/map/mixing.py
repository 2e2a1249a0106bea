"""Tasks that ask for several things at once."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import enter, follow, press, seen, steps
from sandbox_sites.common.judging import all_of, says
from sandbox_sites.common.site import Entry
from sandbox_sites.map.judges import MapJudges, says_phone
from sandbox_sites.map.picking import free, least, lists_after, name_of
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import SWITCHES, Kept, SavedList, fresh
from sandbox_sites.map.turning import changed
from sandbox_sites.map.ways import (
    account,
    flip,
    follow_line,
    keep,
    new_list,
    open_place,
    submit,
    suggested,
    take_off,
    unfollow_line,
    visited,
)  # fmt: skip

MIX = "compose"


def mixing(town: Town, judges: MapJudges) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _toggles(town, judges)
    yield from _lists(town, judges)
    yield from _with_answers(town, judges)


def _toggles(town: Town, judges: MapJudges) -> Iterator[Entry]:
    state, old, new = fresh(town), town.lines[1], town.lines[2]
    park, library = free(town, "parks"), free(town, "libraries", 1)
    yield Entry(
        MIX, 6, f"I changed jobs: I no longer care about {old.name}, but do want to hear of {new.name} from now on.",
        changed(judges, followed=[new.slug]), steps(unfollow_line(old.name), follow_line(new.name)),
        wrong=steps(follow_line(new.name)),
    )  # fmt: skip
    yield Entry(
        MIX, 6, f"been to {park.name} and to {library.name} this week - mark both",
        changed(judges, been=[*state.been, park.slug, library.slug]),
        steps(open_place(park), visited(), open_place(library), visited()), wrong=steps(open_place(park), visited()),
    )  # fmt: skip
    profile = {**state.profile, "phone": "01555 3131 09"}
    yield Entry(
        MIX, 5, "Two things for my account: my phone is 01555 3131 09 now, and I'd rather have big letters on the map.",
        changed(judges, profile=profile, switches={**state.switches, "large": True}),
        steps(account(town.person), enter({"Phone": "01555 3131 09"}), press("Save profile"),
              seen("Your profile was saved."), follow("Preferences"), flip(SWITCHES["large"])),
        wrong=steps(account(town.person), enter({"Phone": "01555 3131 09"}), follow("Preferences"),
                    flip(SWITCHES["large"])),
    )  # fmt: skip


def _lists(town: Town, judges: MapJudges) -> Iterator[Entry]:
    state, (first, kept), second = fresh(town), town.lists[0], town.lists[1][0]
    cinema, hotel = free(town, "cinemas"), free(town, "hotels", 1)
    moved, line = kept[3][0], town.lines[0]

    def move(lists: dict[str, SavedList]) -> None:
        lists["list-1"].places.pop(3)
        lists["list-2"].places.append(Kept(moved))

    def add(lists: dict[str, SavedList]) -> None:
        lists["list-2"].places.append(Kept(cinema.slug, "Back row"))

    def coded(lists: dict[str, SavedList]) -> None:
        lists["list-1"].places.append(Kept(hotel.slug))

    def begin(lists: dict[str, SavedList]) -> None:
        lists["list-4"] = SavedList("Car-free days")

    yield Entry(
        MIX, 8, f"Move {name_of(town, moved)} from “{first}” to “{second}”; nothing needs to be written beside it.",
        changed(judges, lists=lists_after(town, move)),
        steps(follow("Saved lists", first), take_off(name_of(town, moved)), suggested(name_of(town, moved)),
              keep(second)),
        wrong=steps(suggested(name_of(town, moved)), keep(second)),
    )  # fmt: skip
    yield Entry(
        MIX, 7, f"Last night was {cinema.name}! Note that I was there, and keep it on “{second}” with the words:"
        " Back row",
        changed(judges, been=[*state.been, cinema.slug], lists=lists_after(town, add)),
        steps(open_place(cinema), visited(), keep(second, "Back row")),
        wrong=steps(open_place(cinema), keep(second, "Back row")),
    )  # fmt: skip
    yield Entry(
        MIX, 6, f"My cousin sent me {hotel.code}, a code for some place. Whatever it is, put it on “{first}”.",
        changed(judges, lists=lists_after(town, coded)),
        steps(follow("Open a share code"), enter({"Share code": hotel.code}), submit("Open place"), keep(first)),
    )  # fmt: skip
    yield Entry(
        MIX, 7, f"please make a new list named Car-free days, and let me get the news of {line.name}",
        changed(judges, followed=[*state.followed, line.slug], lists=lists_after(town, begin)),
        steps(new_list("Car-free days"), follow_line(line.name)), wrong=steps(new_list("Car-free days")),
    )  # fmt: skip


def _with_answers(town: Town, judges: MapJudges) -> Iterator[Entry]:
    state, line = fresh(town), min(town.lines[2:], key=lambda line: line.every)
    nearest, second = least(town, ("pharmacies", "libraries", "stations", "parks"), lambda place: place.far)
    kind = nearest.kind
    yield Entry(
        MIX, 3, f"Which of the {kind.label.lower()} is nearest to the town centre? I need its phone number, and mark it"
        " as a place that I have been to.",
        all_of(judges.only(been=[*state.been, nearest.slug]), says_phone(nearest.phone)),
        steps(open_place(nearest), visited(), answer=nearest.phone),
        wrong=steps(open_place(second), visited(), answer=second.phone),
    )  # fmt: skip
    yield Entry(
        MIX, 3, f"Sign me up for updates on {line.name} and tell me which company runs it.",
        all_of(judges.only(followed=[*state.followed, line.slug]), says(line.operator)),
        steps(follow_line(line.name), answer=line.operator),
        wrong=steps(follow("Transit", line.name), answer=line.operator),
    )  # fmt: skip
