"""What shows only once something is opened: it is looked into, asked for, and changed."""

from __future__ import annotations

from collections import Counter
from random import Random

from infra.contracts.observation import Element, FormShape, Observation
from infra.contracts.task import TaskKind
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Safety, Website
from proposer.atlas import Atlas
from proposer.effects import Effect
from proposer.folds import Fold, open_folds, opener, places, shows_more
from proposer.grounded import change, folded
from proposer.grounded.goal import World
from proposer.probes import Prober
from proposer.sitemap import build_sitemap
from proposer.survey import Seen, Survey
from tests.unit.proposer import observed as o
from tests.unit.proposer.visitors import HandMade

HOST = "http://a.test"
SITE = Website(id="web", url=f"{HOST}/", name="a", allowed_hosts=("a.test",), safety=Safety(pages_per_second=1000))
SAVE = FormShape(index=0, method="POST", action=f"{HOST}/save")
NAMES = ("Oak chair", "Elm stool", "Ash bench")


def plain(name: str, **more: object) -> Element:
    return o.button(name, None).model_copy(update={"input_type": None, **more})


TAB, NOTES = plain("Care", role="tab", key="tab|Care", selected=False), plain("Notes", expanded=False)
SORT = plain("Order", expanded=False)


def address(name: str) -> str:
    return f"{HOST}/things/{name.split()[0].lower()}"


def thing(name: str, opened: str = "", said: str = "") -> Observation:
    chunks, elements = [o.heading(name), o.row("Wood", name.split()[0])], [TAB, NOTES, SORT]
    if opened == TAB.key:
        chunks.append(o.row("Cleaning", f"dry cloth for {name}"))
        elements.append(o.link("Care guide", f"{HOST}/guide"))
    elif opened == NOTES.key:
        elements += [o.field("Note"), o.button("Keep note")]
    elif opened == SORT.key:
        elements.append(plain("Newest", role="option", key="option|Newest"))
    if said:
        chunks.append(o.message(f"Kept: {said}"))
    return o.page(address(name), chunks, elements, [SAVE])


class Things(HandMade):
    def run(self, route: Route) -> RouteReport:
        name = next(name for name in NAMES if address(name) == route.url)
        seen, sent, opened, entered = [thing(name)], [()], "", ""
        requests: list[tuple[str, ...]] = [*sent]
        for step in route.steps:
            opened, entered = step.key, step.value or entered
            kept = step.key.startswith("button|Keep note")
            still = NOTES.key if step.value else opened
            seen.append(thing(name, still, entered if kept else ""))
            requests.append(("POST /save",) if kept else ())
        return RouteReport(route=route, observations=tuple(seen), requests=tuple(requests))


def survey() -> Survey:
    home = o.page(f"{HOST}/", [o.heading("Home")], [o.link(name, address(name)) for name in NAMES])
    guide = o.page(f"{HOST}/guide", [o.heading("Guide to care")])
    seen = [home, *map(thing, NAMES), guide]
    return Survey(SITE, f"{HOST}/", pages={one.url: Seen(one.url, int(one is not home), one) for one in seen})


async def explored() -> tuple[World, list[Fold], list[Effect]]:
    known = survey()
    sitemap = build_sitemap(known)
    folds = await open_folds(known, sitemap, Things())
    rng = Random(0)  # noqa: S311
    opened = tuple(places(folds, known, sitemap))
    effects = await Prober(known, sitemap, Things(), rng, seconds=60, opened=opened).run()
    observations = {url: one.observation for url, one in known.pages.items()}
    return World(SITE, Atlas(sitemap), observations, effects, [], rng, Counter(), folds), folds, effects


async def test_tabs_and_closed_sections_are_opened_lists_of_options_are_not() -> None:
    _, folds, _ = await explored()
    assert Counter(one.key for one in folds) == {TAB.key: len(NAMES), NOTES.key: len(NAMES)}
    assert not shows_more(thing("Oak chair"), thing("Oak chair", SORT.key))
    assert not shows_more(thing("Oak chair"), thing("Oak chair"))


async def test_the_map_keeps_what_was_opened() -> None:
    _, folds, _ = await explored()
    tab = next(one for one in folds if one.key == TAB.key and one.url == address("Oak chair"))
    kept = opener(tab, thing("Oak chair"))
    assert (kept.page, kept.key, kept.name) == (address("Oak chair"), TAB.key, "Care")
    assert "Care guide" in kept.texts
    assert any("dry cloth for Oak chair" in text for text in kept.texts)
    assert "Oak chair" not in kept.texts, "that was to be read before"


async def test_what_a_tab_hides_is_asked_for_and_the_way_opens_it() -> None:
    world, _, _ = await explored()
    goals = list(folded.goals(world))
    finds = [goal for goal in goals if goal.kind is TaskKind.FIND]
    assert {goal.evidence.answer for goal in finds} == {f"dry cloth for {name}" for name in NAMES}
    assert all([step.key for step in goal.steps] == [TAB.key] for goal in finds)
    (guide,) = {goal.evidence.url for goal in goals if goal.kind is TaskKind.NAVIGATE}
    assert guide == f"{HOST}/guide"


async def test_a_form_behind_a_button_is_tried_and_practised() -> None:
    world, _, effects = await explored()
    assert {effect.lines for effect in effects} == {("Kept: ⟦0.note⟧",)}
    assert {page.url for effect in effects for page in change.pages_of(world, effect)} == set(map(address, NAMES))
    deed = change.bring_about(world, effects[0], change.pages_of(world, effects[0])[0])
    assert deed is not None
    assert [step.key for step in deed.steps] == [NOTES.key, "textbox|Note|0", "button|Keep note|0"]
