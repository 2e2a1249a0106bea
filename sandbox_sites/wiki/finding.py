"""Tasks that ask for one fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sandbox_sites.common.hand import click_at, follow, give_up, press, steps
from sandbox_sites.common.judging import Part, all_of, looked_at, says
from sandbox_sites.common.site import Entry
from sandbox_sites.wiki.judges import JUDGES, either, looked_with, measures
from sandbox_sites.wiki.picking import Picking
from sandbox_sites.wiki.reading import Reading
from sandbox_sites.wiki.state import WikiState
from sandbox_sites.wiki.things import Thing
from sandbox_sites.wiki.ways import contents, editor_page, view


def finding(pick: Picking) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _facts(pick)
    yield from _elsewhere(pick)
    yield from _unanswerable(pick)


def _facts(pick: Picking) -> Iterator[Entry]:
    kind, thing = "find", pick.thing

    def page(one: Thing) -> str:
        return f"/wiki/{pick.article(one).slug}"

    hill, town, plant, ship = thing("mountain", 1), thing("town", 2), thing("plant", 1), thing("ship", 1)
    dish, counted = thing("dish", 2), thing("town", 5)
    yield Entry(
        kind, 2, f"How far above the sea is the top of {hill.name}?",
        JUDGES.tell(page(hill), measures(hill["height"], "m")),
        steps(contents(pick.article(hill)), answer=f"{hill['height']} m"),
        wrong=steps(contents(pick.article(hill)), answer=f"{hill['climbed']}"),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"I'd like to buy cheese in {town.name}. On which weekday are the stalls up?",
        JUDGES.tell(page(town), says(town["market"], f"{town['market']}s", f"on {town['market']}s")),
        steps(contents(pick.article(town)), answer=town["market"]),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"when does {plant.name.lower()} bloom?? just the month",
        JUDGES.tell(page(plant), says(plant["month"], f"in {plant['month']}")),
        steps(contents(pick.article(plant)), answer=plant["month"]),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"Whose command was the {ship.name} under? Full name, please.",
        JUDGES.tell(page(ship), says(ship["captain"].name)),
        steps(contents(pick.article(ship)), answer=ship["captain"].name),
    )  # fmt: skip
    yield Entry(
        kind, 2, f"I'm making {dish.name.lower()} tonight. How many minutes will it be on the stove?",
        JUDGES.tell(page(dish), measures(dish["minutes"], "minutes")),
        steps(contents(pick.article(dish)), answer=f"{dish['minutes']} minutes"),
    )  # fmt: skip
    count = counted["census"][1]
    yield Entry(
        kind, 2, f"Our family left {counted.name} in 1901. What was the head count there that year?",
        all_of(measures(count, "people"), _either_table(pick, counted), JUDGES.only()),
        steps(contents(pick.article(counted)), answer=f"{count:,}"),
        wrong=steps(contents(pick.article(counted)), answer=f"{counted['census'][2]:,}"),
    )  # fmt: skip


def _either_table(pick: Picking, town: Thing) -> Part:
    return either(looked_at(f"/wiki/{pick.article(town).slug}"), looked_at("/wiki/census-of-the-isles"))


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def _elsewhere(pick: Picking) -> Iterator[Entry]:
    kind, world = "find", pick.world
    rope, longest = _number(world.glossary["Rope"]), _number(world.help["editing"][1]["Longest summary"])
    yield Entry(
        kind, 2, "Old charts give depths in ropes. How many fathoms does one of those make?",
        JUDGES.tell("/glossary", measures(rope, "fathoms")),
        steps(follow("Glossary"), click_at('.term:has-text("Rope") .word'), answer=f"{rope} fathoms"),
    )  # fmt: skip
    yield Entry(
        kind, 2, "What is the limit, in characters, for the note that goes with an edit?",
        JUDGES.tell("/help/editing", measures(longest, "characters")),
        steps(follow("Help", "How to edit"), answer=str(longest)),
    )  # fmt: skip
    person = pick.article(pick.thing("person", 4))
    first = person.revisions[-1].editor
    yield Entry(
        kind, 3, f"Which user began the article about {person.title}?",
        all_of(looked_with("/history", page=person.slug), says(first), JUDGES.only()),
        steps(view(person, "History"), answer=first),
    )  # fmt: skip
    article, topics = pick.talked(2, 3)
    asked = topics[1]
    yield Entry(
        kind, 3, f"Somebody opened a conversation called “{asked.title}” about {article.title}. Who was it?",
        all_of(looked_with("/talk", page=article.slug), says(asked.author), JUDGES.only()),
        steps(view(article, "Discussion"), press(asked.title, within="main"), answer=asked.author),
    )  # fmt: skip
    beast = pick.article(pick.thing("animal", 6))
    short = Reading(world, WikiState()).citations(beast)["Short"]
    yield Entry(
        kind, 3, f"I need the short form for citing the {beast.title.lower()} article, exactly as you give it.",
        JUDGES.tell(f"/wiki/{beast.slug}", says(short)),
        steps(contents(beast), press("Cite"), answer=short),
    )  # fmt: skip
    writer = world.editors[3]
    yield Entry(
        kind, 3, f"since what year has {writer.name} been with you?",
        JUDGES.tell(f"/editor/{writer.slug}", says(str(writer.joined.year))),
        steps(editor_page(writer.name), answer=str(writer.joined.year)),
    )  # fmt: skip


def _unanswerable(pick: Picking) -> Iterator[Entry]:
    kind = "find"
    river, writer, town = pick.thing("river", 5), pick.world.editors[1], pick.thing("town", 9)
    yield Entry(
        kind, 2, f"What is the water temperature of the {river.name} in August?", JUDGES.refuse(),
        give_up(contents(pick.article(river))), answerable=False,
    )  # fmt: skip
    yield Entry(
        kind, 3, f"Could you tell me the phone number of {writer.name}?", JUDGES.refuse(),
        give_up(editor_page(writer.name)), answerable=False,
    )  # fmt: skip
    yield Entry(
        kind, 2, f"Which train line serves {town.name}?", JUDGES.refuse(),
        give_up(contents(pick.article(town))), answerable=False,
    )  # fmt: skip
