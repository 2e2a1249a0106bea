"""Tasks that change something by buttons and choices, and tasks of several parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from sandbox_sites.common.hand import (
    Steps,
    both,
    click_at,
    enter,
    follow,
    give_up,
    press,
    seen,
    steps,
    tick,
    untick,
)  # fmt: skip
from sandbox_sites.common.judging import all_of, looked_at, says, silent
from sandbox_sites.common.site import Check, Entry
from sandbox_sites.wiki.desk import PASSWORD
from sandbox_sites.wiki.judges import JUDGES
from sandbox_sites.wiki.picking import Picking
from sandbox_sites.wiki.state import Edit, NewTopic
from sandbox_sites.wiki.things import slug
from sandbox_sites.wiki.ways import begin_topic, contents, edit_box, preference, view

STAR, STARRED = press("Watch this article"), seen("is on your watchlist.")


def _prefer(**chosen: str) -> Check:
    return all_of(JUDGES.only(preferences=chosen), silent)


def changing(pick: Picking) -> Iterator[Entry]:
    """Yield the tasks that change one thing."""
    yield from _watching(pick)
    yield from _choosing()
    yield from _people(pick)


def _watching(pick: Picking) -> Iterator[Entry]:
    kind, world = "change", pick.world
    feast = pick.of_others("festival", 5)
    yield Entry(
        kind, 3, f"Keep an eye on {feast.title} for me.",
        all_of(JUDGES.only(watch={feast.slug: True}), silent), steps(contents(feast), STAR, STARRED),
        wrong=steps(contents(feast)),
    )  # fmt: skip
    off, other = (world.articles[name] for name in (world.watched[1], world.watched[2]))

    def strike(title: str) -> str:
        return f'.log li:has(a:text-is("{title}")) button'

    yield Entry(
        kind, 2, f"I no longer care what happens to the article {off.title}, so stop following it.",
        all_of(JUDGES.only(watch={off.slug: False}), silent),
        steps(follow("Watchlist"), click_at(strike(off.title)), seen("is off your watchlist.")),
        wrong=steps(follow("Watchlist"), click_at(strike(other.title)), seen("is off your watchlist.")),
    )  # fmt: skip


def _choosing() -> Iterator[Entry]:
    kind, save = "change", both(press("Save preferences"), seen("Your preferences were saved."))
    yield Entry(
        kind, 4, "The white page hurts at night. Switch me to the dark colours.", _prefer(skin="dusk"),
        steps(follow("Preferences"), preference("Appearance", tick("Dusk")), save),
        wrong=steps(follow("Preferences"), preference("Appearance", tick("High contrast")), save),
    )  # fmt: skip
    yield Entry(
        kind, 4, "I sort my notes by date, so write dates with the year first, then month and day in figures.",
        _prefer(dates="iso"), steps(follow("Preferences"), preference("Dates", tick("2024-06-14")), save),
    )  # fmt: skip
    yield Entry(
        kind, 4, "stop e-mailing me whenever something I follow is changed", _prefer(mail=""),
        steps(follow("Preferences"), preference("Notices", untick("Mail me when a watched article changes")), save),
        wrong=steps(follow("Preferences"), preference("Notices", untick("Show tips for writers")), save),
    )  # fmt: skip
    yield Entry(
        kind, 4, "Where I come from, Sunday is the first day of the week. Could the calendar respect that?",
        _prefer(first_day="sunday"), steps(follow("Preferences"), preference("Dates", tick("Sunday")), save),
    )  # fmt: skip
    yield Entry(
        kind, 1, "I'm done for today, log me out.", all_of(JUDGES.only(signed_in=False), silent),
        steps(press("Sign out"), seen("You are signed out.")),
    )  # fmt: skip
    yield Entry(
        kind, 4, "In my settings, set the language of the menus to Danish.", JUDGES.refuse(),
        give_up(follow("Preferences"), preference("Appearance")), answerable=False,
    )  # fmt: skip


def _people(pick: Picking) -> Iterator[Entry]:
    kind, me = "change", pick.world.me.name
    rivers = [pick.article(pick.thing("river", number)) for number in range(10)]
    river = next(one for one in rivers if one.revisions[-1].editor != me != one.revisions[0].editor)
    first, newest = river.revisions[-1], river.revisions[0]

    def thank(number: int) -> str:
        return f'tr:has(input[value="{number}"]) .acts button'

    yield Entry(
        kind, 4, f"Send thanks for the very first version of the article on the {river.title}.",
        all_of(JUDGES.only(thanks=[first.id]), silent),
        steps(view(river, "History"), click_at(thank(first.id)), seen("You thanked")),
        wrong=steps(view(river, "History"), click_at(thank(newest.id)), seen("You thanked")),
    )  # fmt: skip
    article, topics = pick.talked(2, 3, 1)

    def settle(number: int) -> Steps:
        return press("Mark as settled", within=f".thread:nth-of-type({number})")

    yield Entry(
        kind, 5, f"The conversation “{topics[1].title}” about {article.title} has come to an end. Close it.",
        all_of(JUDGES.only(settled=[topics[1].id]), silent),
        steps(view(article, "Discussion"), press(topics[1].title), settle(2), seen("The topic is settled.")),
        wrong=steps(view(article, "Discussion"), settle(1), seen("The topic is settled.")),
    )  # fmt: skip


def composing(pick: Picking) -> Iterator[Entry]:
    """Yield the tasks of several parts."""
    yield from _mending(pick)
    yield from _following(pick)


def _mending(pick: Picking) -> Iterator[Entry]:
    kind = "compose"
    beast, ship = pick.article(pick.thing("animal", 1)), pick.thing("ship", 3)
    good, older = beast.revisions[1], beast.revisions[-1]

    def back(number: int) -> Check:
        def held(edits: list[Edit]) -> bool:
            return len(edits) == 1 and edits[0].page == beast.slug and edits[0].restored == number

        restored = JUDGES.written("the version before is back", lambda state: held(state.edits), "edits")
        return all_of(restored, silent)

    yield Entry(
        kind, 5, f"Some guest has scribbled nonsense over the diet in the {beast.title.lower()} article. Bring back the"
        " version from just before that.", back(good.id),
        steps(view(beast, "History"), follow("Undo"), press("Restore this version"), seen("was restored.")),
        wrong=steps(view(beast, "History"), click_at(f'tr:has(input[value="{older.id}"]) td:nth-child(3) a'),
                    follow("Restore this version"), press("Restore this version"), seen("was restored.")),
    )  # fmt: skip
    crew = ship["crew"] + 1
    edit = Edit(pick.article(ship).slug, {"box:Crew": str(crew)}, "Crew recounted")
    yield Entry(
        kind, 7, f"Your figure for the crew of the {ship.name} is one too low. Correct it in the facts and say \"Crew"
        " recounted\" as the summary.",
        all_of(JUDGES.only(edits=[asdict(edit)]), silent),
        steps(edit_box(pick.article(ship), {"Crew": str(crew)}, edit.summary), seen("Your changes were published.")),
        wrong=steps(edit_box(pick.article(ship), {"Crew": str(crew - 2)}, edit.summary),
                    seen("Your changes were published.")),
    )  # fmt: skip
    save = both(press("Save preferences"), seen("Your preferences were saved."))
    yield Entry(
        kind, 6, "Give me the colours with the strongest contrast, and dates like 06/14/2024.",
        _prefer(skin="contrast", dates="slash"),
        steps(follow("Preferences"), preference("Appearance", tick("High contrast")),
              preference("Dates", tick("06/14/2024")), save),
        wrong=steps(follow("Preferences"), preference("Appearance", tick("High contrast")), save),
    )  # fmt: skip


def _following(pick: Picking) -> Iterator[Entry]:
    kind, world = "compose", pick.world
    me = world.me.name
    hill, ship = pick.thing("mountain", 7), pick.thing("ship", 4)
    climber, captain = pick.article(hill["climber"]), pick.article(ship["captain"])
    yield Entry(
        kind, 4, f"Find out who was the first to stand on {hill.name}, and have that person's article followed for me.",
        all_of(JUDGES.only(watch={climber.slug: True}), silent),
        steps(contents(pick.article(hill)), follow(climber.title, within="main"), STAR, STARRED),
        wrong=steps(contents(pick.article(hill)), STAR, STARRED),
    )  # fmt: skip
    home = ship["captain"]["home"]
    yield Entry(
        kind, 3, f"In which town was the person born who commanded the {ship.name}?",
        JUDGES.tell_of((f"/wiki/{pick.article(ship).slug}", f"/wiki/{captain.slug}"), says(home.name, home.title)),
        steps(contents(pick.article(ship)), follow(captain.title, within="main"), answer=home.name),
    )  # fmt: skip
    again = both(press("Sign out"), seen("You are signed out."), follow("Sign in"))
    yield Entry(
        kind, 5, f"Log me out, then back in again as {me}; the pass phrase is {PASSWORD}. My session behaves oddly.",
        all_of(looked_at("/sign-in"), JUDGES.only(), silent),
        steps(again, enter({"Name": me, "Password": PASSWORD}), press("Sign in", within="main"), seen("Welcome back.")),
        wrong=steps(again),
    )  # fmt: skip
    plant = pick.of_others("plant", 4)
    newest = plant.revisions[0]
    thank = both(press("Thank", within=f'tr:has(input[value="{newest.id}"])'), seen("You thanked"))
    yield Entry(
        kind, 5, f"Follow the article on {plant.title.lower()} for me, and say thanks for its latest edit.",
        all_of(JUDGES.only(watch={plant.slug: True}, thanks=[newest.id]), silent),
        steps(contents(plant), STAR, STARRED, follow("History", within=".bar, .tray"), thank),
        wrong=steps(contents(plant), STAR, STARRED),
    )  # fmt: skip
    dish = pick.of_others("dish", 5)
    posted = seen("Your topic was posted.")
    asked = NewTopic(dish.slug, "Vegetarian?", "Is there a version without meat?")
    yield Entry(
        kind, 8, f"Two things about {dish.title}: have me told of its changes from now on, and open a conversation"
        f' there, titled "{asked.title}", in which I ask: "{asked.text}"',
        all_of(JUDGES.only(watch={dish.slug: True}, topics=[asdict(asked)]), silent),
        steps(contents(dish), STAR, STARRED, begin_topic(dish, asked.title, asked.text), posted),
        wrong=steps(begin_topic(dish, asked.title, asked.text), posted),
    )  # fmt: skip
    island = next(one for one in world.things["island"][3:] if slug(one["seat"].title) not in world.watched)
    seat = island["seat"]
    yield Entry(
        kind, 4, f"I want to keep track of the largest town of {island.name}: put it where I keep what I follow.",
        all_of(JUDGES.only(watch={slug(seat.title): True}), silent),
        steps(contents(pick.article(island)), follow(seat.name, within=".plate"), STAR, STARRED),
    )  # fmt: skip
