"""What the proposer makes of a sandbox site: how much of it the survey reached, and whether its tasks are sound.

An executor follows each task's own demonstration in a session of its own. The task is feasible where the evidence then
holds, and the evidence agrees with the hidden state where the site saw the same: that the last page was shown, that
something changed exactly where the task asks for a change, and that what was to be entered stands in the state.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from agent.browser import Browser
from infra.contracts.base import new_id
from infra.contracts.task import Task
from infra.contracts.visit import Route
from infra.contracts.website import Safety, SurveyBounds, Website
from infra.demonstration import decode
from infra.urls import canonical_url
from proposer.generation import generate
from proposer.reading import fold
from proposer.verify import holds
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.site import path_of
from tests.integration.proposer.through_browser import BrowserVisitor
from tests.integration.sandbox_sites.proving import Served

SAMPLE = 100


@dataclass
class Explored:
    """What came of it."""

    missed: list[str]  # listed pages that the survey did not reach
    pages: int  # listed pages
    tasks: list[Task]
    dropped: dict[str, int]
    tried: int = 0
    infeasible: list[str] = field(default_factory=list)
    disagreeing: list[str] = field(default_factory=list)

    @property
    def coverage(self) -> float:
        """Share of the listed pages that were reached."""
        return 1.0 - len(self.missed) / self.pages

    @property
    def sound(self) -> float:
        """Share of the tried tasks that are feasible and agree with the hidden state."""
        return 1.0 - (len(self.infeasible) + len(self.disagreeing)) / self.tried if self.tried else 0.0


def website_of(at: Served) -> Website:
    """Return the site as somebody would submit it who owns it."""
    return Website(
        id=new_id("web"),
        url=f"{at.url}/",
        name=at.site.title,
        allowed_hosts=(at.url.removeprefix("http://"),),
        safety=Safety(pages_per_second=500, third_party_resources=False),
        survey=SurveyBounds(pages=400, depth=8, seconds=300),
    )


async def explore(at: Served, browser: Browser, *, sample: int = SAMPLE) -> Explored:
    """Survey a served site, make tasks and follow a random sample of them."""

    async def halted() -> bool:
        return False

    async def progress(note: str) -> None:
        return None

    website, visitor = website_of(at), BrowserVisitor(browser)
    made = await generate(
        website, visitor, own=True, max_tasks=3000, halted=halted, progress=progress, demonstrate=False
    )
    reached = {path_of(page.url).partition("?")[0] for page in made.sitemap.pages}
    found = Explored(
        missed=[path for path in at.site.pages if path not in reached],
        pages=len(at.site.pages),
        tasks=list(made.tasks),
        dropped=dict(made.dropped),
    )
    rng = Random(0)  # noqa: S311 - a sample, no secret
    for task in rng.sample(found.tasks, min(sample, len(found.tasks))):
        found.tried += 1
        await _follow(at, website, visitor, task, found)
    return found


async def _follow(at: Served, website: Website, visitor: BrowserVisitor, task: Task, found: Explored) -> None:
    assert task.evidence is not None
    begun = len(at.site.sessions)
    (report,) = await visitor.visit(website, [Route(url=task.start_url, steps=decode(task.demonstration))])
    session = at.site.sessions.newest()
    assert len(at.site.sessions) == begun + 1
    submits = sum(len(requests) for requests in report.requests)
    label = f"{task.kind} {task.instruction!r} from {task.start_url}"
    if report.error or not holds(task.evidence, report.observations, submits):
        found.infeasible.append(f"{label}: {report.error or 'the evidence does not hold'}")
        return
    reason = _disagreement(at, task, session, report.observations[-1].url)
    if reason:
        found.disagreeing.append(f"{label}: {reason}")


def _disagreement(at: Served, task: Task, session: Session[Any], last: str) -> str | None:
    """Return in what the hidden state is not as the evidence has it."""
    evidence = task.evidence
    assert evidence is not None
    shown = {canonical_url(at.url + place) for place in session.visited}
    if canonical_url(last) not in shown:
        return "the site did not show the last page"
    fresh = at.site.describe(at.site.sessions.new().state)
    state = at.site.describe(session.state)
    changed = state != fresh
    if changed and not evidence.max_submits:
        return "the state has changed, and the evidence allows no change"
    text = fold(json.dumps(state, ensure_ascii=False, default=str))
    if evidence.max_submits and changed:
        asked = [value for place in session.visited for _, value in parse_qsl(urlsplit(place).query)]
        entered = {value for _, value in evidence.fields} - set(asked)  # what was searched for need not be kept
        lost = [value for value in entered if not any(form in text for form in _forms(value))]
        if lost and len(lost) == len(entered):
            return f"nothing of what was entered stands in the state: {lost}"
    return None


def _forms(value: str) -> tuple[str, str]:
    """Return how a state may hold a value: as it is, or as a slug where it names one of the site's things."""
    return fold(json.dumps(value, ensure_ascii=False)[1:-1]), re.sub(r"[^a-z0-9]+", "-", fold(value)).strip("-")


def account(name: str, found: Explored) -> str:
    """Say it in words."""
    kinds = Counter(task.kind.value for task in found.tasks)
    lines = [
        f"{name}: {found.coverage:.1%} of {found.pages} pages, {len(found.tasks)} tasks {dict(kinds)}",
        f"  {found.sound:.1%} of {found.tried} sound; dropped {found.dropped}",
        *(f"  missed {path}" for path in found.missed[:10]),
        *(f"  infeasible {text}" for text in found.infeasible),
        *(f"  disagrees {text}" for text in found.disagreeing),
    ]
    return "\n".join(lines)
