"""survey: a breadth-first look at a website, through agents' visits.

Bounded by pages, depth, time and a polite rate; several visits run at a time. Whatever cannot be visited is counted
by reason. The survey fails as a whole only where its start page does, with a reason that a person can read.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import structlog

from infra.background import end
from infra.contracts.attempt import StopReason
from infra.contracts.observation import Observation
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Website
from infra.egress import host_allowed, parse_url
from infra.errors import InvalidInput, PaeError
from infra.urls import canonical_url
from proposer.frontier import Frontier, Target
from proposer.links import refusal, shape
from proposer.reading import main_heading
from proposer.robots import Robots, robots_url
from proposer.visiting import LEAST_RATE, VisitLost, Visitor

log = structlog.get_logger(__name__)

BATCH = 8

Halted = Callable[[], Awaitable[bool]]
Progress = Callable[[str], Awaitable[None]]  # what is being done now, for people


class SurveyFailed(PaeError):
    """The website cannot be surveyed; ``str(error)`` says why in words."""


class SurveyHalted(PaeError):
    """Somebody paused, stopped or deleted the website meanwhile."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as the survey saw it."""

    url: str  # canonical, after redirects
    depth: int
    observation: Observation


@dataclass
class Survey:
    """What the survey saw."""

    website: Website
    start: str
    pages: dict[str, Seen] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)  # requested canonical URL → the one it redirected to
    skipped: dict[str, int] = field(default_factory=dict)
    complete: bool = False
    seconds: float = 0.0

    def resolve(self, url: str) -> str:
        """Return the canonical URL of the page that ``url`` shows."""
        canonical = canonical_url(url)
        return self.aliases.get(canonical, canonical)


class Surveyor:
    """One survey of one website."""

    def __init__(
        self,
        website: Website,
        visitor: Visitor,
        *,
        own: bool,
        halted: Halted,
        progress: Progress,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; ``own``: the operator allows this address explicitly, so that robots.txt is not asked."""
        self._website = website
        self._visitor = visitor
        self._own = own
        self._halted = halted
        self._progress = progress
        self._clock = clock
        self._frontier = Frontier(max_depth=website.survey.depth)
        self._robots = Robots()
        self._rate = website.safety.pages_per_second
        self._started = clock()
        self._survey = Survey(website=website, start=canonical_url(website.url))
        self._planned = 0

    async def run(self) -> Survey:
        """Survey until a bound or the end is reached. Raises SurveyFailed, SurveyHalted."""
        await self._open()
        running: dict[asyncio.Task[tuple[RouteReport, ...]], list[Target]] = {}
        try:
            while await self._refill(running):
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    self._take_in(running.pop(task), task)
                await self._progress(f"{len(self._survey.pages)} pages seen")
                if await self._halted():
                    raise SurveyHalted("the survey was halted")
        finally:
            await end(running)
        return self._close()

    async def _open(self) -> None:
        """Load the start page and, on other people's sites, robots.txt."""
        website = self._website
        routes = [Route(url=website.url)]
        heed = website.safety.respect_robots and not self._own
        if heed:
            routes.append(Route(url=robots_url(website.url)))
        try:
            reports = await self._visitor.visit(website, routes, pages_per_second=self._rate)
        except VisitLost as error:
            raise SurveyFailed(f"the start page was never answered: {error}") from error
        if await self._halted():
            raise SurveyHalted("the survey was halted")
        first = reports[0]
        observation = _usable(first)
        if observation is None:
            raise SurveyFailed(f"the start page cannot be opened: {_why(first)}")
        if not observation.elements and not observation.chunks:
            raise SurveyFailed("the start page shows neither text nor anything to act on")
        if heed and len(reports) > 1 and reports[1].observations:
            self._robots = Robots.from_observation(reports[1].observations[-1])
            if not self._robots.allows(website.url):
                raise SurveyFailed("the website's robots.txt asks robots to stay away")
            if self._robots.delay:
                self._rate = min(self._rate, 1.0 / self._robots.delay)
        self._frontier.refuse(self._survey.start, "start")
        self._frontier.skipped.pop("start", None)
        self._see(Target(self._survey.start, 0, 0, shape(self._survey.start)), observation, first.folded)
        self._survey.start = self._survey.resolve(website.url)
        self._planned = 1

    async def _refill(self, running: dict[asyncio.Task[tuple[RouteReport, ...]], list[Target]]) -> bool:
        """Start visits while there is something to visit and room; return whether any is running."""
        slots = min(await self._visitor.capacity(), max(1, math.ceil(self._rate / LEAST_RATE)))
        while len(running) < slots and not self._out_of_time():
            room = self._website.survey.pages - self._planned
            share = math.ceil(self._frontier.available / slots)
            targets = self._frontier.take(min(BATCH, room, max(share, 1)))
            if not targets:
                break
            self._planned += len(targets)
            routes = [Route(url=target.url) for target in targets]
            visit = self._visitor.visit(self._website, routes, pages_per_second=self._rate / slots)
            running[asyncio.ensure_future(visit)] = targets
        return bool(running)

    def _take_in(self, targets: list[Target], task: asyncio.Task[tuple[RouteReport, ...]]) -> None:
        try:
            reports = task.result()
        except VisitLost as error:
            log.warning("visit_lost", website=self._website.id, cause=str(error), pages=len(targets))
            self._frontier.skipped["no report"] += len(targets)
            return
        for target, report in zip(targets, reports, strict=False):
            observation = _usable(report)
            if observation is None:
                self._frontier.skipped[_reason(report)] += 1
                self._planned -= 1
            else:
                self._see(target, observation, report.folded)
        missing = len(targets) - len(reports)
        if missing:
            self._frontier.skipped["no report"] += missing

    def _see(self, target: Target, observation: Observation, folded: Iterable[str]) -> None:
        url = canonical_url(observation.url)
        if url != target.url:
            self._survey.aliases[target.url] = url
        self._frontier.learn(target.url, main_heading(observation))
        if url not in self._survey.pages:
            self._survey.pages[url] = Seen(url=url, depth=target.depth, observation=observation)
        for link in (*_links(observation), *folded):
            self._offer(link, target.depth + 1)

    def _offer(self, link: str, depth: int) -> None:
        url = canonical_url(link)
        reason = refusal(url) or self._foreign(url)
        if reason is None and not self._robots.allows(url):
            reason = "robots"
        if reason is not None:
            self._frontier.refuse(url, reason)
        else:
            self._frontier.offer(url, depth)

    def _foreign(self, url: str) -> str | None:
        try:
            parsed = parse_url(url)
        except InvalidInput:
            return "scheme"
        allowed = host_allowed(parsed.host, parsed.port, parsed.scheme, self._website.allowed_hosts)
        return None if allowed else "host"

    def _out_of_time(self) -> bool:
        return self._clock() - self._started > self._website.survey.seconds

    def _close(self) -> Survey:
        survey = self._survey
        survey.complete = self._frontier.available == 0
        self._frontier.close("time" if self._out_of_time() else "pages")
        survey.skipped = dict(self._frontier.skipped)
        # Visits end in any order; what is made of the pages must not depend on it.
        survey.pages = dict(sorted(survey.pages.items()))
        survey.seconds = self._clock() - self._started
        return survey


def _links(observation: Observation) -> Iterable[str]:
    return (element.href for element in observation.elements if element.href and element.tag == "a")


def _usable(report: RouteReport) -> Observation | None:
    """Return what the route's page showed, or None where it is no page to learn from."""
    if not report.observations or report.error is not None:
        return None
    observation = report.observations[-1]
    return None if (observation.status or 200) >= 400 else observation


def _reason(report: RouteReport) -> str:
    """Return the short reason under which an unusable route is counted."""
    if report.stop_reason is StopReason.BLOCKED:
        return "refused"
    if report.error is None and report.observations:
        return f"status {report.observations[-1].status}"
    return "unreachable"


def _why(report: RouteReport) -> str:
    """Say in words why the start page cannot be used."""
    if report.error is not None:
        return report.error
    if not report.observations:
        return "the visit ended before it was seen"
    return f"it answers with status {report.observations[-1].status}"
