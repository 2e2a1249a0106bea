"""What is asked for in vain is made of what is there, and is really not there."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest

from infra.contracts.sitemap import Edge, SiteMap
from infra.contracts.task import TaskKind
from infra.contracts.website import Website
from proposer.atlas import Atlas
from proposer.grounded.goal import Goal, World
from proposer.grounded.impossible import absent_name, goals
from proposer.sitemap import page_of
from tests.unit.proposer import observed as o

HOST = "http://shop.test"
LAMPS = ("Oslo Lamp", "Bergen Chair", "Narvik Table")
TOWNS = ("Tromso Market", "Stavanger Harbour")
HOME = o.page(f"{HOST}/", [o.heading("Home")])


def world(seed: int, *, complete: bool = True) -> World:
    """Return three things with drawers and two towns with platforms, each a click from all others."""
    seen = [HOME]
    seen += [
        o.page(f"{HOST}/thing/{i}", [o.heading(name), o.row("Drawers", f"{2 + i}"), o.row("Maker", f"Firm {i}")])
        for i, name in enumerate(LAMPS)
    ]
    seen += [
        o.page(f"{HOST}/town/{i}", [o.heading(name), o.row("Platforms", f"{3 + i}"), o.row("Mayor", f"Person {i}")])
        for i, name in enumerate(TOWNS)
    ]
    pages = [page_of(one.url, one, depth=int(one is not HOME)) for one in seen]
    pages = [page.model_copy(update={"template": page.url.rpartition("/")[0] + "/*"}) for page in pages]
    edges = [
        Edge(source=a.url, target=b.url, key=f"link|{b.heading}", name=b.heading)
        for a in pages
        for b in pages
        if a != b
    ]
    sitemap = SiteMap(website_id="web", start_url=HOME.url, pages=tuple(pages), edges=tuple(edges), complete=complete)
    website = Website(id="web", url=HOME.url, name="Shop", allowed_hosts=("shop.test",))
    return World(website, Atlas(sitemap), {one.url: one for one in seen}, (), (), Random(seed))  # noqa: S311


def made(skill: str) -> Iterable[Goal]:
    return [goal for seed in range(4) for goal in goals(world(seed)) if goal.skill == skill]


def test_names_are_made_up_of_strange_words_or_of_those_that_others_bear() -> None:
    names = {name for seed in range(40) if (name := absent_name(world(seed), "Oslo Lamp"))}
    assert not names & {*LAMPS, *TOWNS}
    known = {word for name in (*LAMPS, *TOWNS) for word in name.split()}
    mixed = {name for name in names if set(name.split()) <= known}
    assert mixed
    assert names - mixed
    assert all({"Oslo", "Lamp"} & set(name.split()) for name in names)


def test_where_not_all_was_seen_names_of_known_words_may_well_exist() -> None:
    known = {word for name in (*LAMPS, *TOWNS) for word in name.split()}
    names = {name for seed in range(40) if (name := absent_name(world(seed, complete=False), "Oslo Lamp"))}
    assert names
    assert not any(set(name.split()) & known for name in names)


def test_facts_are_asked_of_what_there_is_not() -> None:
    asked = made("impossible:find-of")
    assert asked
    for goal in asked:
        assert goal.evidence.impossible
        assert goal.question
        assert not any(name in goal.question for name in (*LAMPS, *TOWNS))


@pytest.mark.parametrize("names", [LAMPS, TOWNS])
def test_things_are_compared_by_what_only_others_state(names: tuple[str, ...]) -> None:
    compared = [goal for goal in made("impossible:compare") if set(goal.evidence.visited) <= set(names)]
    assert compared
    for goal in compared:
        assert goal.kind is TaskKind.COMPARE
        assert goal.evidence.impossible
        assert goal.evidence.visited_any_order
        assert len(goal.steps) == 1
        assert all(name in (goal.question or "") for name in goal.evidence.visited)
