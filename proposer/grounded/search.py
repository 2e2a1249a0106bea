"""search: search, filter or sort, and open what comes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from infra.contracts.observation import Element
from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, TaskKind
from infra.contracts.visit import ScriptStep
from infra.urls import canonical_url
from proposer.controls import script
from proposer.grounded import phrasing
from proposer.grounded.goal import Goal, World
from proposer.grounded.narrow_words import Choice, narrowed
from proposer.links import shape
from proposer.queries import Query
from proposer.reading import fold, main_heading

#: Results of one search that are asked for.
RESULTS = 2
MAX_VARIANTS = 40
#: Variants of one page that are asked for.
PER_BASE = 3


def goals(world: World) -> Iterable[Goal]:
    """Yield goals from the queries that were tried, and from links that lead to variants of a page."""
    for query in world.queries:
        page = world.atlas.pages.get(query.url)
        if page is None:
            continue
        plain = query.free and len(query.entries) == 1
        yield from _searches(world, page, query) if plain else _choices(world, page, query)
    yield from _variants(world)


def _searches(world: World, page: Page, query: Query) -> Iterable[Goal]:
    rng, (entry,) = world.rng, query.entries
    text, steps = entry.value, script(query.control, query.entries)
    landed = world.atlas.page(query.after.url)
    opened = results(world, query)
    if landed is None and not opened:
        world.dropped["empty search"] += 1
        return
    place = world.place(page)
    clause = narrowed(rng, place, (), text)
    fields = ((entry.field, text),) if entry.field else ()
    yield Goal(
        kind=TaskKind.SEARCH,
        skill=f"search:{page.template}",
        url=page.url,
        clause=clause,
        evidence=Evidence(url=canonical_url(query.after.url), fields=fields),
        steps=steps,
    )
    for element, target in opened[:RESULTS]:
        yield Goal(
            kind=TaskKind.SEARCH,
            skill=f"search-open:{target.template}",
            url=page.url,
            clause=f"{narrowed(rng, place, (), text)} {phrasing.open_result(rng, target.heading, text)}",
            evidence=Evidence(url=target.url, heading=world.heading(target), fields=fields),
            steps=(*steps, ScriptStep(key=element.key)),
        )


def results(world: World, query: Query) -> list[tuple[Element, Page]]:
    """Return links of the result page to named pages that the page before does not link to."""
    before = {edge.target for edge in world.atlas.edges(query.url)}
    found: dict[str, tuple[Element, Page]] = {}
    for element in query.after.elements:
        page = world.atlas.page(element.href) if element.href else None
        if page is not None and page.url not in before and page.url != query.url and world.atlas.unique(page):
            found.setdefault(page.url, (element, page))
    ranked = list(found.values())
    world.rng.shuffle(ranked)
    return ranked


def _choices(world: World, page: Page, query: Query) -> Iterable[Goal]:
    """Yield goals for filters and an order: apply them; apply them and open what then comes first."""
    rng = world.rng
    if not world.atlas.unique(page) and not (query.free and page.url == world.start):
        world.dropped["ambiguous"] += 1
        return
    steps = script(query.control, query.entries)
    fields = tuple((entry.field, entry.value) for entry in query.entries if entry.field)
    several = "" if len(query.entries) == 1 else f"-{len(query.entries)}"
    clause = _choice_words(world, page, query)
    landed = canonical_url(query.after.url)
    yield Goal(
        kind=TaskKind.SEARCH,
        skill=f"filter{several}:{page.template}",
        url=page.url,
        clause=clause,
        evidence=Evidence(url=landed, fields=fields)
        if landed != page.url
        else Evidence(heading=main_heading(query.after), fields=fields),
        steps=steps,
    )
    first = _first_result(world, query)
    if first is not None:
        element, target = first
        what = rng.choice(("the first result", "the first one", "the one at the top", "the top result"))
        yield Goal(
            kind=TaskKind.SEARCH,
            skill=f"filter{several}-open:{target.template}",
            url=page.url,
            clause=f"{_choice_words(world, page, query)}, then open {what}",
            evidence=Evidence(url=target.url, heading=world.heading(target), fields=fields),
            steps=(*steps, ScriptStep(key=element.key)),
        )


def _choice_words(world: World, page: Page, query: Query) -> str:
    chosen = query.entries[1:] if query.free else query.entries
    choices = [Choice(one.field, one.field if one.click else one.value, ticked=one.click) for one in chosen]
    if query.free:
        return narrowed(world.rng, world.place(page), choices, query.entries[0].value)
    return narrowed(world.rng, page.heading, choices)


def _first_result(world: World, query: Query) -> tuple[Element, Page] | None:
    """Return the first link to a leaf page of the list, if the list has one kind of leaf and is really reordered."""
    frame = {edge.target for edge in world.atlas.edges(world.start)} | {world.start}
    own = world.atlas.pages[query.url].template  # links to other lists are no results
    found: list[tuple[Element, Page]] = []
    for element in query.after.elements:
        page = world.atlas.page(element.href) if element.href else None
        if page is None or page.url in frame or page.template == own:
            continue
        if "*" in page.template and "?" not in page.template:
            found.append((element, page))
    if not found:
        return None
    templates = [page.template for _, page in found]
    leaf = max(dict.fromkeys(templates), key=templates.count)
    leaves = [(element, page) for element, page in found if page.template == leaf]
    if len({page.url for _, page in leaves}) < 2 or not world.atlas.unique(leaves[0][1]):
        return None
    return leaves[0]


def _variants(world: World) -> Iterable[Goal]:
    """Yield goals for links that sort or filter: their target is a page of the map, in another state.

    Not for the next part of a list: nobody asks for that as such, and scripts often add it without going anywhere.
    """
    pages = world.atlas.pages.values()
    variants = [page for page in pages if world.atlas.is_variant(page) and not shape(page.url).part]
    asked: Counter[str] = Counter()
    for page in world.rng.sample(variants, min(MAX_VARIANTS, len(variants))):
        base = world.atlas.pages[page.url.partition("?")[0]]
        if asked[base.url] >= PER_BASE:
            continue
        asked[base.url] += 1
        name = world.atlas.name(page.url)
        if not world.atlas.unique(base) or not name or fold(name).isdigit():
            continue
        clause = world.rng.choice(
            (
                "open {base} and choose “{name}”",
                "on {base}, pick “{name}”",
                "show {base} with “{name}”",
                "go to {base} and switch to “{name}”",
                "list {base} by “{name}”",
                "view {base}: {name}",
            )
        ).format(base=base.heading, name=name)
        yield Goal(
            kind=TaskKind.SEARCH,
            skill=f"variant:{page.template}",
            url=page.url,
            clause=clause,
            evidence=Evidence(url=page.url),
            near=False,
        )
