"""Controls that several pages have: the words say which of them is meant, or nobody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from infra.contracts.observation import Element, FormShape, Observation
from infra.contracts.sitemap import Edge, Page, SiteMap
from infra.contracts.website import Website
from proposer.atlas import Atlas
from proposer.controls import controls, entries, script
from proposer.effects import Effect, Place, Trial, page_slots, row_slots, stage_of
from proposer.grounded import change, update
from proposer.grounded.goal import World
from tests.unit.proposer import observed as o

HOST = "http://a.test"
SITE = Website(id="web", url=f"{HOST}/", name="a", allowed_hosts=("a.test",))
HOME = o.page(f"{HOST}/", [o.heading("Welcome")], [o.link(name, f"{HOST}/{name}", name) for name in "abc"])


def holding(at: str, heading: str, *fields: Element, name: str = "Outlay") -> Observation:
    """Return a page with a form to send."""
    form = FormShape(index=0, method="POST", action=f"{HOST}/{at}/send", name=name)
    return o.page(f"{HOST}/{at}", [o.heading(heading)], [*fields, o.button("Send in")], [form])


def listing(at: str, heading: str, names: Sequence[str]) -> Observation:
    """Return a page with a button beside each name, all of them alike."""
    buttons = [
        o.button("Nudge", i).model_copy(update={"context": name, "key": f"button|Nudge|||{i}"})
        for i, name in enumerate(names)
    ]
    forms = [FormShape(index=i, method="POST", action=f"{HOST}/{at}/p{i}/nudge") for i in range(len(names))]
    return o.page(f"{HOST}/{at}", [o.heading(heading)], buttons, forms)


def world(*shown: Observation, seed: int = 0, tried: int = 1, home: Observation = HOME) -> World:
    """Return what is known where only the control of page number ``tried`` has been tried, and said "Done."."""
    seen = {one.url: one for one in (home, *shown)}
    headings = {one.url: one.chunks[0].text for one in seen.values()}
    pages = [
        Page(url=url, title="", heading=headings[url], depth=int(url != HOME.url), template=url.removeprefix(HOST))
        for url in seen
    ]
    edges = [Edge(source=HOME.url, target=page.url, key=page.url[-1], name=page.url[-1]) for page in pages[1:]]
    atlas = Atlas(SiteMap(website_id="web", start_url=HOME.url, pages=tuple(pages), edges=tuple(edges)))
    rng = Random(seed)  # noqa: S311
    page, observation = pages[tried], seen[pages[tried].url]
    slots = page_slots(observation, page.heading)
    control = controls(observation, slots)[0]
    made = entries(control, control.fields, rng) or ()
    place = Place(page.url, observation, slots)
    stage = stage_of(place, control, made, script(control, made), {**slots, **row_slots(control)})
    trial = Trial(place, control, made, observation, 1, slots)
    effect = Effect(page.template, (stage,), page.heading, ("Done.",), 1, (trial, trial))
    return World(SITE, atlas, seen, [effect], (), rng)


EMPTY = (o.field("Zeal", required=True),)
FILLED = (o.field("Zeal", value="much"), o.field("Mood", role="combobox", options=("Light", "Dark"), value="Light"))


@pytest.mark.parametrize(("fields", "goals"), [(EMPTY, change.goals), (FILLED, update.goals)])
def test_a_form_that_several_pages_have_is_asked_for_with_its_page(fields: tuple[Element, ...], goals) -> None:  # type: ignore[no-untyped-def]
    """Only one of them was tried, of which the others have nothing but the form."""
    many = [world(holding("a", "Oak trees", *fields), holding("b", "Elm trees", *fields), seed=i) for i in range(20)]
    clauses = [goal.clause for one in many for goal in goals(one)]
    assert len(clauses) >= 20
    assert all("Oak trees" in clause for clause in clauses)
    alone = [goal.clause for i in range(20) for goal in goals(world(holding("a", "Oak trees", *fields), seed=i))]
    assert any("Oak trees" not in clause for clause in alone)


def test_a_form_of_the_same_name_is_enough_to_be_mistaken() -> None:
    other = holding("b", "Elm trees", o.field("Yield", required=True))
    for seed in range(20):
        there = world(holding("a", "Outlay", *EMPTY), other, seed=seed)
        for goal in change.goals(there):
            assert goal.clause.count("Outlay") == 2 or "Outlay form" not in goal.clause, goal.clause


def test_on_the_start_page_its_form_needs_no_name() -> None:
    home, other = holding("", "Welcome", *EMPTY), holding("a", "Oak trees", *EMPTY)
    made = [goal.clause for i in range(20) for goal in change.goals(world(other, seed=i, tried=0, home=home))]
    assert any("Welcome" not in clause for clause in made)


def test_a_form_on_pages_of_one_name_is_asked_for_only_where_one_page_has_it() -> None:
    alike = world(holding("a", "Trees", *EMPTY), holding("b", "Trees", *EMPTY))
    assert list(change.goals(alike)) == []
    assert alike.dropped["ambiguous"] == 1
    assert list(change.goals(world(holding("a", "Trees", *EMPTY), o.page(f"{HOST}/b", [o.heading("Trees")]))))


def test_a_button_in_a_row_is_beside_it_and_its_page_is_named_where_the_row_is_not_enough() -> None:
    shown = listing("a", "Oak trees", ["Zed_Quill", "Una_Vane"])
    twice = [shown, listing("b", "Elm trees", ["Zed_Quill", "Wim_Yarrow"])]
    for others, named in (((), False), (twice[1:], True), ((o.page(f"{HOST}/b", [o.heading("Zed_Quill")]),), True)):
        clauses = [goal.clause for i in range(30) for goal in change.goals(world(shown, *others, seed=i))]
        zed = [clause for clause in clauses if "Zed_Quill" in clause]
        assert zed
        assert all("Oak trees" in clause for clause in zed) is named
        assert not [clause for clause in clauses if "Zed_Quill page" in clause or "on Zed_Quill" in clause]


def test_what_opens_on_one_page_may_open_on_others_of_its_kind() -> None:
    there = world(holding("a", "Oak trees", *EMPTY), o.page(f"{HOST}/b", [o.heading("Elm trees")]))
    shown, other = (there.atlas.pages[f"{HOST}/{at}"] for at in "ab")
    folded = replace(there.effects[0].stages[0], clicks=("button|More",))
    assert change.alone(there, folded, shown)
    alike = [page.model_copy(update={"template": "/*"}) for page in (shown, other)]
    sitemap = there.atlas.sitemap.model_copy(update={"pages": (there.atlas.pages[HOME.url], *alike)})
    there = World(SITE, Atlas(sitemap), there.observations, there.effects, (), there.rng)
    assert not change.alone(there, folded, alike[0])
    assert change.alone(there, there.effects[0].stages[0], alike[0])
