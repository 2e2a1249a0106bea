"""Tasks whose answer needs several pages, versions or rows."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import click_at, follow, give_up, press, steps
from sandbox_sites.common.judging import Part, all_of, looked_at, says, says_number
from sandbox_sites.common.site import Entry
from sandbox_sites.wiki.judges import JUDGES, either, looked_with, reads
from sandbox_sites.wiki.picking import Picking
from sandbox_sites.wiki.ways import contents, view

MOUNTAINS, CENSUS = "list-of-mountains", "census-of-the-isles"


def comparing(pick: Picking) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _rows(pick)
    yield from _pages(pick)
    yield from _versions(pick)


def _rows(pick: Picking) -> Iterator[Entry]:
    kind, world = "compare", pick.world
    hills, census = world.articles[MOUNTAINS], world.articles[CENSUS]
    high = pick.ranked("mountain", lambda hill: hill["height"])
    yield Entry(
        kind, 2, "Everybody knows the tallest mountain of these islands; which one comes right after it?",
        JUDGES.tell(f"/wiki/{MOUNTAINS}", says(high[1].name)),
        steps(contents(hills), press("Height (m)"), press("Height (m)"), answer=high[1].name),
        wrong=steps(contents(hills), press("Height (m)"), press("Height (m)"), answer=high[0].name),
    )  # fmt: skip
    lost = pick.ranked("town", lambda town: town["census"][0] - town["census"][-1])
    yield Entry(
        kind, 2, "Going by the census, which town shrank by the most heads from 1851 to 2001?",
        JUDGES.tell(f"/wiki/{CENSUS}", says(lost[0].name, lost[0].title)),
        steps(contents(census), answer=lost[0].name), wrong=steps(contents(census), answer=lost[1].name),
    )  # fmt: skip
    longest = max(world.things["ship"], key=lambda ship: max(days for *_, days in ship["voyages"]))
    yield Entry(
        kind, 2, "Of all the voyages on record, on which ship were people at sea for longest without a break?",
        JUDGES.tell("/wiki/list-of-voyages", says(longest.name, longest.title)),
        steps(contents(world.articles["list-of-voyages"]), press("Days"), press("Days"), answer=longest.name),
    )  # fmt: skip


def _pages(pick: Picking) -> Iterator[Entry]:
    kind, world = "compare", pick.world
    late, early = pick.differing("ship", lambda ship: ship["built"], 2)
    pages = tuple(f"/wiki/{pick.article(ship).slug}" for ship in (late, early))
    yield Entry(
        kind, 4, f"{early.name} or {late.name}: which of the two vessels was finished first?",
        JUDGES.tell_of(pages, says(early.name)),
        steps(contents(pick.article(late), pick.article(early)), answer=early.name),
        wrong=steps(contents(pick.article(late), pick.article(early)), answer=late.name),
    )  # fmt: skip
    long, short = pick.differing("person", lambda person: person["died"] - person["born"], 9)
    gap = long["died"] - long["born"] - short["died"] + short["born"]
    lives = tuple(f"/wiki/{pick.article(person).slug}" for person in (long, short))
    yield Entry(
        kind, 4, f"By how many years did {long.name} live longer than {short.name}? (Take the year of death minus the"
        " year of birth for each.)",
        JUDGES.tell_of(lives, says_number(gap)),
        steps(contents(pick.article(long), pick.article(short)), answer=str(gap)),
        wrong=steps(contents(pick.article(long), pick.article(short)), answer=str(gap + 1)),
    )  # fmt: skip
    one = world.editors[0]
    other = next(editor for editor in world.editors[4:] if pick.edits(editor.name) != pick.edits(one.name))
    busy = max(one, other, key=lambda editor: pick.edits(editor.name))
    looked = [all_of(*(_seen(editor.slug) for editor in (one, other))), looked_at("/special/editors")]
    yield Entry(
        kind, 2, f"who's written more here, {one.name} or {other.name}",
        all_of(either(*looked), says(busy.name), JUDGES.only()),
        steps(follow("Special pages", "Editors"), answer=busy.name),
    )  # fmt: skip
    towns = pick.thing("town", 6), pick.thing("town", 8)
    yield Entry(
        kind, 4, f"Is the public library of {towns[0].name} or that of {towns[1].name} larger? Name the town.",
        JUDGES.refuse(), give_up(contents(*map(pick.article, towns))), answerable=False,
    )  # fmt: skip
    big, small = pick.differing("animal", lambda beast: beast["length"], 8)
    beasts = tuple(f"/wiki/{pick.article(beast).slug}" for beast in (big, small))
    yield Entry(
        kind, 4, f"My son asks whether a {small.name.lower()} or a {big.name.lower()} is the larger one when grown up."
        " Which should I tell him?",
        JUDGES.tell_of(beasts, says(big.name)),
        steps(contents(pick.article(big), pick.article(small)), answer=big.name),
    )  # fmt: skip


def _seen(editor: str) -> Part:
    return either(looked_at(f"/editor/{editor}"), looked_at(f"/editor/{editor}/contributions"))


def _versions(pick: Picking) -> Iterator[Entry]:
    article, label, value, before = pick.corrected()
    row = f'input[name=old][value="{before.id}"]'
    seen = either(looked_with("/compare", page=article.slug), looked_with("/revision", page=article.slug))
    yield Entry(
        "compare", 5, f"The “{label}” of {article.title} was corrected at some time. What had the article said before?",
        all_of(seen, reads(value), JUDGES.only()),
        steps(view(article, "History"), click_at(row), press("Compare chosen versions"), answer=value),
        wrong=steps(view(article, "History"), click_at(row), press("Compare chosen versions"),
                    answer=article.content.box[label]),
    )  # fmt: skip
