"""Lists narrowed down and put in order by several things at once: what is tried, asked for, and told in hindsight."""

from __future__ import annotations

from random import Random
from urllib.parse import unquote_plus

import pytest

from infra.contracts.action import Action, Click, Select, Type
from infra.contracts.attempt import Step
from infra.contracts.observation import FormShape, Observation
from infra.contracts.sitemap import Edge, Form, Page, SiteMap
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Website
from proposer.atlas import Atlas
from proposer.deeds import searched
from proposer.grounded.goal import World
from proposer.grounded.narrow_words import Choice, narrowed
from proposer.grounded.search import goals
from proposer.queries import Query, run_queries
from proposer.survey import Seen, Survey
from tests.unit.proposer import observed as o
from tests.unit.proposer.visitors import HandMade

HOST = "http://a.test"
SITE = Website(id="web", url=f"{HOST}/", name="a", allowed_hosts=("a.test",))
GET = FormShape(index=0, method="GET", action=f"{HOST}/places")
FORM = Form(index=0, method="GET", action=GET.action)
HOME = o.page(f"{HOST}/", [o.heading("Welcome")], [o.link("Places", f"{HOST}/places", "link|Places")])
KIND, ORDER, FREE, SHOW, WORDS = range(5)


def places(url: str = "", *, words: bool = False) -> Observation:
    """Return the list; with ``words`` its form has a search box as well."""
    fields = [
        o.field("Kind", role="combobox", options=("Any", "Cafés", "Ferneries"), value="Any"),
        o.field("Sort by", role="combobox", options=("Name", "Quaintness"), value="Name"),
        o.field("Zinc roof", role="checkbox", input_type="checkbox", value=None, checked=False),
        o.button("Show"),
        *([o.field("Words in the name", role="searchbox")] if words else []),
    ]
    return o.page(f"{HOST}/places{url}", [o.heading("Places"), o.text(url or "all")], fields, [GET])


class Gazetteer(HandMade):
    """Shows the list by what was chosen."""

    def run(self, route: Route) -> RouteReport:
        chosen = "&".join(f"{step.key.split('|')[1]}={step.value or 'on'}" for step in route.steps[:-1])
        seen = [places()] * len(route.steps) + [places(f"?{chosen}")]
        return RouteReport(route=route, observations=tuple(seen), requests=((),) * len(seen))


def atlas() -> Atlas:
    pages = (
        Page(url=HOME.url, title="", heading="Welcome"),
        Page(url=f"{HOST}/places", title="", heading="Places", depth=1, forms=(FORM,)),
    )
    edge = Edge(source=HOME.url, target=f"{HOST}/places", key="link|Places", name="Places")
    return Atlas(SiteMap(website_id="web", start_url=HOME.url, pages=pages, edges=(edge,)))


async def queries() -> list[Query]:
    pages = {HOME.url: Seen(HOME.url, 0, HOME), f"{HOST}/places": Seen(f"{HOST}/places", 1, places())}
    return await run_queries(Survey(SITE, HOME.url, pages=pages), atlas(), Gazetteer(), Random(0))  # noqa: S311


async def test_choices_are_tried_alone_and_together() -> None:
    found = await queries()
    sizes = {len(query.entries) for query in found}
    assert sizes == {1, 2} or sizes == {1, 2, 3}
    for query in found:
        assert len({entry.key for entry in query.entries}) == len(query.entries)
        assert all(f"{entry.field}={entry.value}" in query.after.url for entry in query.entries)


async def test_tasks_ask_for_all_that_was_chosen() -> None:
    world = World(SITE, atlas(), {HOME.url: HOME}, (), await queries(), Random(1))  # noqa: S311
    several = [goal for goal in goals(world) if len(goal.evidence.fields) > 1]
    assert several
    for goal in several:
        assert goal.skill.startswith(f"filter-{len(goal.evidence.fields)}:")
        assert len(goal.steps) == len(goal.evidence.fields) + 1
        assert goal.evidence.url is not None
        for field, value in goal.evidence.fields:
            assert f"{field}={value}" in unquote_plus(goal.evidence.url)


@pytest.mark.parametrize("query", [None, "Zebra 5"])
def test_every_wording_says_all_of_it_and_the_order_last(query: str | None) -> None:
    choices = [
        Choice("Sort by", "Quaintness"),
        Choice("Kind", "Lidos"),
        Choice("Zinc roof", "Zinc roof", ticked=True),
    ]
    for seed in range(200):
        text = narrowed(Random(seed), "Places", choices, query)  # noqa: S311
        assert all(word in text for word in ("Quaintness", "Lidos", "zinc roof", query or "Places")), text
        assert text.index("Quaintness") > max(text.index("Lidos"), text.index("zinc roof"))


def _after(page: Observation, action: Action) -> Observation:
    held = {"text": getattr(action, "text", None), "option": getattr(action, "option", None)}
    value = held["text"] or held["option"]
    mark = getattr(action, "mark", None)
    elements = [e.model_copy(update={"value": value}) if value and e.mark == mark else e for e in page.elements]
    return page.model_copy(update={"elements": tuple(elements)})


def told(page: Observation, *actions: Action) -> str | None:
    """Return what the actions came to, of which the last one sends the form."""
    seen = [page]
    for action in actions:
        seen.append(_after(seen[-1], action))
    steps = [Step(index=i, observation=look, action=action) for i, (look, action) in enumerate(zip(seen, actions))]  # noqa: B905
    seen = [*seen[:-1], places("?sent")]
    done = next(iter(searched(steps, seen, atlas(), Random(2))), None)  # noqa: S311
    return done.clause if done is not None else None


def test_in_hindsight_all_choices_are_told() -> None:
    page = places()
    said = told(page, Select(mark=KIND, option="Ferneries"), Select(mark=ORDER, option="Quaintness"), Click(mark=SHOW))
    assert said is not None
    assert "Ferneries" in said
    assert "Quaintness" in said
    ticked = told(page, Click(mark=FREE), Click(mark=SHOW))
    assert ticked is not None
    assert "zinc roof" in ticked
    both = told(
        places(words=True), Type(mark=WORDS, text="Zebra"), Select(mark=KIND, option="Ferneries"), Click(mark=SHOW)
    )
    assert both is not None
    assert "Zebra" in both
    assert "Ferneries" in both


@pytest.mark.parametrize(("page", "said"), [("", False), ("Zebra barn", True)])
def test_a_search_of_one_page_alone_says_where(page: str, said: bool) -> None:
    texts = [narrowed(Random(seed), page, (), "Ferneries") for seed in range(50)]  # noqa: S311
    assert all("Ferneries" in text and ("Zebra barn" in text) is said for text in texts)


def test_in_hindsight_a_search_of_one_page_alone_says_where() -> None:
    page = places(words=True)
    said = told(page, Type(mark=WORDS, text="Ferneries"), Click(mark=SHOW))
    assert said is not None
    assert "Ferneries" in said
    assert "Places" in said


def test_in_hindsight_a_tick_taken_out_has_no_words() -> None:
    page = places(words=True)
    ticked = [e.model_copy(update={"checked": True}) if e.mark == FREE else e for e in page.elements]
    page = page.model_copy(update={"elements": tuple(ticked)})
    assert told(page, Type(mark=WORDS, text="Ferneries"), Click(mark=FREE), Click(mark=SHOW)) is None
