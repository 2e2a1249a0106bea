"""generation: from a submitted website to its map and its tasks. Survey, queries, probes, tasks, verification."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import structlog

from infra.contracts.base import utcnow
from infra.contracts.observation import Element
from infra.contracts.sitemap import Edge, Page, SiteMap
from infra.contracts.task import Task
from infra.contracts.visit import Route
from infra.contracts.website import Website
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.controls import controls
from proposer.demonstrations import Demonstration, marked
from proposer.demos.tasks import Taken, take
from proposer.effects import Effect, page_slots
from proposer.folds import open_folds, opener, places
from proposer.grounded.goal import World
from proposer.grounded.tasks import ground, share_out
from proposer.probes import Prober
from proposer.proposed import Propose, Proposed
from proposer.queries import run_queries
from proposer.recalling import Memory
from proposer.rewording import in_other_words
from proposer.sitemap import build_sitemap, page_of
from proposer.survey import Halted, Progress, Survey, SurveyHalted, Surveyor
from proposer.verify import recollect, verify
from proposer.visiting import Visitor, visit_all

log = structlog.get_logger(__name__)

#: Pages of which a picture is taken for whoever proposes tasks.
PICTURED = 4


@dataclass(frozen=True, slots=True)
class Generated:
    """What a website offers to practise."""

    sitemap: SiteMap
    tasks: tuple[Task, ...]
    dropped: dict[str, int]
    demonstrations: tuple[Demonstration, ...] = ()
    note: str = ""  # what people should know of how they came about
    warning: str = ""  # what of the submission is not made use of, and why


class _Laps:
    """Seconds that each part took."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self.seconds: dict[str, float] = {}

    def __call__(self, part: str) -> None:
        now = time.monotonic()
        self.seconds[part] = round(now - self._last, 1)
        self._last = now


async def generate(
    website: Website,
    visitor: Visitor,
    *,
    own: bool,
    max_tasks: int,
    halted: Halted,
    progress: Progress,
    propose: Propose | None = None,
    demonstrate: bool = True,
) -> Generated:
    """Survey the website and make its tasks, by a chat model where there is one, else grounded in what was seen.

    ``demonstrate``: whether somebody is to be shown how some of them are done.

    Raises SurveyFailed, SurveyHalted.
    """
    lap = _Laps()
    survey = await Surveyor(website, visitor, own=own, halted=halted, progress=progress).run()
    sitemap = build_sitemap(survey)
    log.info("surveyed", website=website.id, pages=len(sitemap.pages), seconds=round(survey.seconds, 1))
    lap("survey")
    taken = Taken()
    if website.demos and not await halted():
        await progress(f"{len(sitemap.pages)} pages seen; following the demonstrations")
        taken = await take(website, Atlas(sitemap), visitor, halted)
        lap("demonstrations")
    proposed = Proposed()
    if propose is not None and not await halted():
        await progress(f"{len(sitemap.pages)} pages seen; asking the chat model for tasks")
        proposed = await propose(website, sitemap, await pictured(website, sitemap, visitor))
    if proposed.tasks:
        made = Generated(sitemap, tuple(proposed.tasks), dict(proposed.dropped), note="by the chat model")
    else:
        made = await _grounded(survey, sitemap, visitor, max_tasks, halted, progress, lap, demonstrate)
        dropped = dict(Counter(made.dropped) + proposed.dropped)
        note = f"grounded, without the chat model: {proposed.cause}" if proposed.cause else ""
        made = replace(made, dropped=dropped, note=note)
    return _with(taken, made, demonstrate=demonstrate)


def _with(taken: Taken, made: Generated, *, demonstrate: bool) -> Generated:
    """Return what was made together with what users demonstrated."""
    shown = taken.demonstrations if demonstrate else ()
    return replace(
        made,
        tasks=(*marked(taken.tasks, shown), *made.tasks),
        demonstrations=(*shown, *made.demonstrations),
        warning=taken.note,
    )


async def _grounded(
    survey: Survey,
    sitemap: SiteMap,
    visitor: Visitor,
    max_tasks: int,
    halted: Halted,
    progress: Progress,
    lap: _Laps,
    demonstrate: bool,
) -> Generated:
    """Try the website's searches and controls, and make tasks of what came of it. Raises SurveyHalted."""
    website, atlas = survey.website, Atlas(sitemap)
    memory = Memory(visitor, survey, atlas)
    rng = Random(website.id)  # noqa: S311 - choices among tasks, no secret
    pages = f"{len(sitemap.pages)} pages seen"
    await progress(f"{pages}; trying the site's searches")
    queries = await run_queries(survey, atlas, memory, rng)
    lap("queries")
    folds = [] if await halted() else await open_folds(survey, sitemap, memory)
    lap("folds")
    effects: list[Effect] = []
    openers = [opener(one, survey.pages[one.url].observation) for one in folds]
    dropped: Counter[str] = Counter()
    if website.safety.submit_forms and not await halted():
        await progress(f"{pages}; trying what their controls do")
        opened = tuple(places(folds, survey, sitemap))
        prober = Prober(survey, sitemap, memory, rng, seconds=website.survey.seconds, opened=opened)
        effects = await prober.run()
        openers += prober.lists
        dropped.update(prober.dropped)
    lap("probes")
    if await halted():
        raise SurveyHalted("the survey was halted")
    observations = {url: seen.observation for url, seen in survey.pages.items()}
    world = World(website, atlas, observations, effects, queries, rng, dropped, folds)
    made = await asyncio.to_thread(ground, world)
    tasks = share_out(made, max_tasks, rng, dropped)
    lap("grounding")
    await progress(f"{pages}; following the ways through {len(tasks)} tasks")
    doubtful = {task.id for task in tasks}
    tasks, shown = await verify(tasks, memory, rng, dropped, demonstrate=demonstrate)
    lap("verification")
    doubtful -= {task.id for task in tasks}
    others = [task for task in made if task.id not in doubtful] if demonstrate else []
    more = await asyncio.to_thread(recollect, others, tasks, shown, memory, rng)
    lap("recollection")
    log.info(
        "tasks_made",
        website=website.id,
        tasks=len(tasks),
        shown=(len(shown), len(more)),
        effects=len(effects),
        asked=len(queries),
        folds=len(folds),
        seconds=lap.seconds,
    )
    demonstrations = (*(in_other_words(one, atlas, rng) for one in shown), *more)
    return Generated(
        sitemap=extended(sitemap, survey, effects).model_copy(update={"openers": tuple(openers)}),
        tasks=marked(tasks, demonstrations),
        dropped={reason: count for reason, count in dropped.items() if count},
        demonstrations=demonstrations,
    )


async def pictured(website: Website, sitemap: SiteMap, visitor: Visitor) -> tuple[str, ...]:
    """Return pictures, by blob key, of the start page and of one page of each of the commonest templates."""
    common = Counter(page.template for page in sitemap.pages).most_common(PICTURED)
    first = {page.template: page.url for page in reversed(sitemap.pages)}
    urls = dict.fromkeys([sitemap.start_url, *(first[template] for template, _ in common)])
    routes = [Route(url=url, fresh=True, picture=True) for url in list(urls)[:PICTURED]]
    reports = await visit_all(website, visitor, routes)
    seen = [report.observations[-1] for report in reports if report is not None and report.observations]
    return tuple(observation.screenshot for observation in seen if observation.screenshot is not None)


def extended(sitemap: SiteMap, survey: Survey, effects: Sequence[Effect]) -> SiteMap:
    """Return the map with the pages and ways that open only after a change, such as a checkout."""
    pages = {page.url: page for page in sitemap.pages}
    edges = list(sitemap.edges)
    for effect in effects:
        for trial in effect.trials[:1]:  # the others look the same
            for url, observation in (
                (canonical_url(trial.place.observation.url), trial.place.observation),
                (canonical_url(trial.after.url), trial.after),
            ):
                if url not in pages:
                    depth = pages[trial.place.url].depth + len(trial.place.steps) + 1
                    pages[url] = page_of(url, observation, depth=depth)
                    edges += _links(url, observation.elements, pages, survey)
        edges += _deeds(effect, pages, survey)
    known: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        known.setdefault((edge.source, edge.key), edge)
    return sitemap.model_copy(
        update={"pages": tuple(pages.values()), "edges": tuple(known.values()), "created_at": utcnow()}
    )


def _links(url: str, elements: Iterable[Element], pages: dict[str, Page], survey: Survey) -> Iterable[Edge]:
    for element in elements:
        if element.href and element.tag == "a":
            target = survey.resolve(element.href)
            if target in pages and target != url:
                yield Edge(source=url, target=target, key=element.key, name=element.name, role=element.role)


def _deeds(effect: Effect, pages: dict[str, Page], survey: Survey) -> Iterable[Edge]:
    """Yield the ways that the effect's last control opens, on every page where it stands."""
    landings = {canonical_url(trial.after.url) for trial in effect.trials}
    for trial in effect.trials:
        source, target = canonical_url(trial.place.observation.url), canonical_url(trial.after.url)
        if trial.control.submit is not None and source != target:
            yield _edge(source, target, trial.control.submit.key, trial.control.button)
    if len(effect.stages) > 1 or len(landings) > 1:
        return
    landing = landings.pop()
    for url, seen in survey.pages.items():
        page = pages[url]
        if page.template != effect.template or url == landing:
            continue
        for control in controls(seen.observation, page_slots(seen.observation, page.heading)):
            if control.signature == effect.stages[0].signature and control.submit is not None:
                yield _edge(url, landing, control.submit.key, control.button)


def _edge(source: str, target: str, key: str, name: str) -> Edge:
    return Edge(source=source, target=target, key=key, name=name, role="button")
