"""Tasks that fill in forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sandbox_sites.common.hand import Steps, both, enter, follow, give_up, press, seen, steps, tick
from sandbox_sites.common.judging import all_of, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.map.judges import MapJudges
from sandbox_sites.map.picking import free, lists_after
from sandbox_sites.map.places import Place, Review
from sandbox_sites.map.seed import TODAY, Town
from sandbox_sites.map.state import Report, SavedList, fresh
from sandbox_sites.map.ways import account, jot, new_list, open_place, press_for, report, tab

FILL = "fill"


def writing(town: Town, judges: MapJudges) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _account(town, judges)
    yield from _lists(town, judges)
    yield from _public(town, judges)


def review(place: Place, stars: str, text: str, author: str) -> Steps:
    """Write a review."""
    return both(
        open_place(place), tab("Reviews"), follow("Write a review"), tick(stars),
        enter({"Your review": text, "Name shown": author}), press("Publish review"), seen("Your review is online."),
    )  # fmt: skip


def _account(town: Town, judges: MapJudges) -> Iterator[Entry]:
    state, person = fresh(town), town.person
    one, two = town.network.streets[1], town.network.streets[5]
    home, work = f"{one.last_number // 3} {one.name}", f"{two.last_number // 2} {two.name}"

    def changed(**changes: object) -> Check:
        return all_of(judges.only(**changes), silent)

    def save(**values: str) -> Steps:
        labels = {"phone": "Phone", "name": "Full name", "email": "E-mail"}
        fields = {labels[name]: value for name, value in values.items()}
        return both(account(person), enter(fields), press("Save profile"), seen("Your profile was saved."))

    def settle(label: str, address: str) -> Steps:
        fields = both(account(person, "Home and work"), enter({label: address}))
        return both(fields, press("Save addresses"), seen("Your addresses were saved."))

    yield Entry(
        FILL, 3, "I've got a new number: 01555 7788 12. Please put it into my profile.",
        changed(profile={**state.profile, "phone": "01555 7788 12"}), steps(save(phone="01555 7788 12")),
        wrong=steps(save(phone="01555 7788 21")),
    )  # fmt: skip
    new = {"name": "Robin Talbot", "email": "robin@talbot.example"}
    yield Entry(
        FILL, 4, "Just married! I am called Robin Talbot now, and mail should go to robin@talbot.example.",
        changed(profile={**state.profile, **new}), steps(save(**new)), wrong=steps(save(name="Robin Talbot")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, f"we moved house, home is {home} from now on", changed(home=home), steps(settle("Home", home)),
        wrong=steps(settle("Work", home)),
    )  # fmt: skip
    yield Entry(
        FILL, 4, f"The office has new premises at {work}. Would you note that as my workplace?", changed(work=work),
        steps(settle("Work", work)),
        wrong=steps(account(person, "Home and work"), enter({"Work": work})),
    )  # fmt: skip
    yield Entry(
        FILL, 3, "Enter the third of May as my birthday in my profile.", judges.refuse(), give_up(account(person)),
        answerable=False,
    )  # fmt: skip


def _lists(town: Town, judges: MapJudges) -> Iterator[Entry]:
    name, kept = town.lists[1]
    slug = kept[2][0]
    place = town.place(slug)
    label = place.name if place is not None else ""

    def named(lists: dict[str, SavedList]) -> None:
        lists["list-2"].name = "Things for June"

    def noted(lists: dict[str, SavedList]) -> None:
        next(one for one in lists["list-2"].places if one.slug == slug).note = "Take the camera"

    def add(lists: dict[str, SavedList]) -> None:
        lists["list-4"] = SavedList("Rooftop views")

    def start(title: str) -> Steps:
        return both(follow("Saved lists", name), enter({"Name of the list": title}), press("Rename"))

    yield Entry(
        FILL, 4, "Start an empty list for me that is called Rooftop views",
        all_of(judges.only(lists=lists_after(town, add)), silent), steps(new_list("Rooftop views")),
        wrong=steps(new_list("Rooftop view")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, f"“{name}” is a silly title for a list of mine. Call it “Things for June” instead.",
        all_of(judges.only(lists=lists_after(town, named)), silent),
        steps(start("Things for June"), seen("The list was renamed.")), wrong=steps(start("Things for july")),
    )  # fmt: skip
    yield Entry(
        FILL, 4, f"on my list “{name}”, next to {label}, write down: Take the camera",
        all_of(judges.only(lists=lists_after(town, noted)), silent),
        steps(follow("Saved lists", name), jot(label, "Take the camera"), press_for("Save note", label),
              seen("The note was saved.")),
        wrong=steps(follow("Saved lists", name), jot(label, "Take the camera")),
    )  # fmt: skip


def _public(town: Town, judges: MapJudges) -> Iterator[Entry]:
    bath, park = free(town, "baths"), free(town, "parks", 2)
    told = Review("Marlene", 2, "Cold showers again", TODAY)
    yield Entry(
        FILL, 8, f'Two stars for {bath.name}, signed Marlene: "Cold showers again". Publish that.',
        all_of(judges.only(reviews={bath.slug: [asdict(told)]}), silent),
        steps(review(bath, "2", "Cold showers again", "Marlene")),
        wrong=steps(review(bath, "3", "Cold showers again", "Marlene")),
    )  # fmt: skip
    text = "The bridge is shut for repairs until July"
    blocked = Report("A street is blocked", "", text, town.person, town.email)
    yield Entry(
        FILL, 6, f'Let the map makers know that a street is blocked; the details: "{text}". No place needs naming.',
        all_of(judges.only(reports=[asdict(blocked)]), silent),
        steps(follow("Report a problem"), report("A street is blocked", text),
              seen("Thank you, we will look into it.")),
        wrong=steps(follow("Report a problem"), report("It is somewhere else", text)),
    )  # fmt: skip
    text = "The gate has been locked since April"
    shut = Report("Opening hours are wrong", park.name, text, town.person, "ada@holt.example")
    yield Entry(
        FILL, 8, f'Report wrong opening hours of {park.name}, details "{text}", and have them answer to '
        "ada@holt.example rather than to me.",
        all_of(judges.only(reports=[asdict(shut)]), silent),
        steps(open_place(park), follow("Report a problem", within="main"),
              report("Opening hours are wrong", text, email="ada@holt.example"),
              seen("Thank you, we will look into it.")),
        wrong=steps(open_place(park), follow("Report a problem", within="main"),
                    report("Opening hours are wrong", text), seen("Thank you, we will look into it.")),
    )  # fmt: skip
