"""following: the way of a demonstration, looked up step by step on the pages as they come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from infra.contracts.observation import Element, Observation
from infra.contracts.visit import Route, RouteReport, ScriptStep
from infra.contracts.website import Demo, Website
from infra.demos.recorded import MOST_STEPS, secret
from infra.egress import host_allowed, parse_url
from infra.errors import InvalidInput
from infra.urls import canonical_url
from proposer.controls import submit_of
from proposer.demos.finding import CannotFollow, element_for, option_of
from proposer.demos.said import Said, Verb, hidden, said
from proposer.links import refusal
from proposer.reading import field_name, harmful
from proposer.survey import Halted
from proposer.visiting import VisitLost, Visitor

#: Visits for one demonstration, at most: each goes its way from the start.
MOST_VISITS = 40
#: What stands for itself in a URL, and what is escaped already.
_RESERVED = "/?#[]@!$&'()*+,;=:%"


@dataclass(frozen=True, slots=True)
class Followed:
    """A demonstration that was followed to its end, twice."""

    first: RouteReport
    again: RouteReport
    answer: str | None


async def follow(demo: Demo, website: Website, visitor: Visitor, halted: Halted) -> Followed:
    """Follow a demonstration, and once more to see what comes out alike.

    What is entered into fields is looked up together, everything else on the page that the step before led to; so
    that a change is made once more for every step after it, and once again.

    Raises:
        CannotFollow: a step cannot be told, has no element, leads astray, enters a secret, or ends what nobody asked
            to end; or the website was halted.
    """
    pending = _steps(demo)
    answer = pending.pop().value if pending and pending[-1].verb is Verb.ANSWER else None
    if answer == "":
        raise CannotFollow("its answer is empty")
    look = _Looks(website, visitor, halted)
    route = Route(url=website.url, fresh=True)
    if pending and pending[0].verb is Verb.OPEN:
        route = Route(url=_address(pending.pop(0).target, website), fresh=True)
    report = await look(route)
    while pending:
        if pending[0].verb is Verb.OPEN:
            route = _to(_address(pending.pop(0).target, website), report)
        else:
            steps, taken = _here(pending, report.observations[-1])
            pending = pending[taken:]
            route = report.route.model_copy(update={"steps": (*report.route.steps, *steps)})
        if route != report.route:
            report = await look(route)
    return Followed(report, await look(report.route), answer)


class _Looks:
    """Visits for one demonstration, at the website's polite rate."""

    def __init__(self, website: Website, visitor: Visitor, halted: Halted) -> None:
        self._website = website
        self._visitor = visitor
        self._halted = halted
        self._left = MOST_VISITS
        self._next = time.monotonic()

    async def __call__(self, route: Route) -> RouteReport:
        """Return what a route shows. Raises CannotFollow where it does not come to its end."""
        if self._left == 0:
            raise CannotFollow(f"it takes more than {MOST_VISITS} visits")
        self._left -= 1
        await asyncio.sleep(max(0.0, self._next - time.monotonic()))
        if await self._halted():
            raise CannotFollow("the website was halted")
        rate = self._website.safety.pages_per_second
        self._next = time.monotonic() + (1 + len(route.steps)) / rate
        try:
            (report,) = await self._visitor.visit(self._website, [route], pages_per_second=rate)
        except VisitLost as error:
            raise CannotFollow(str(error)) from error
        if report.error is not None:
            raise CannotFollow(report.error)
        if len(report.observations) != len(route.steps) + 1:
            raise CannotFollow("the agent stopped on the way")
        last = report.observations[-1]
        if (last.status or 200) >= 400:
            raise CannotFollow(f"{last.url} answers with status {last.status}")
        if any(report.requests) and not self._website.safety.submit_forms:
            raise CannotFollow("it changes something, which the website does not allow")
        return report


def _steps(demo: Demo) -> list[Said]:
    if len(demo.steps) >= MOST_STEPS:
        raise CannotFollow(f"it has {MOST_STEPS} steps or more")
    steps: list[Said] = []
    for text in demo.steps:
        step = said(text)
        if step is None:
            raise CannotFollow(f"it cannot be told what “{text}” does")
        if hidden(step):
            raise CannotFollow(f"“{text}” enters a secret, which is not kept")
        if step.verb is not Verb.NOTHING:
            steps.append(step)
    if any(step.verb is Verb.ANSWER for step in steps[:-1]):
        raise CannotFollow("it answers before its end")
    return steps


def _address(target: str, website: Website) -> str:
    """Return a page's absolute URL. Raises CannotFollow where it is not the website's, or ends something."""
    try:
        url = urljoin(website.url, quote(target, safe=_RESERVED))  # recorders tell values as they read
        parsed = parse_url(url)
    except (InvalidInput, ValueError) as error:
        raise CannotFollow(f"“{target}” is no address: {error}") from error
    if not host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts):
        raise CannotFollow(f"{parsed.host} is not among the website's allowed hosts")
    if refusal(url) is not None:
        raise CannotFollow(f"{url} may change or end something by being opened")
    return url


def _to(address: str, report: RouteReport) -> Route:
    """Return the route on to an address: over a link where there is one, else afresh from there.

    Raises CannotFollow where what was changed on the way would be lost.
    """
    at, target = report.observations[-1], canonical_url(address)
    if canonical_url(at.url) == target:
        return report.route
    link = next((one for one in at.elements if one.href is not None and canonical_url(one.href) == target), None)
    if link is not None:
        _refuse_harm(link, at)
        return report.route.model_copy(update={"steps": (*report.route.steps, ScriptStep(key=link.key))})
    if any(report.requests):
        raise CannotFollow(f"no link leads from {at.url} to {address}")
    return Route(url=address, fresh=True)


def _here(pending: Sequence[Said], at: Observation) -> tuple[list[ScriptStep], int]:
    """Return what the next step does on this page, or the next ones where they enter text; and how many they are.

    Raises CannotFollow.
    """
    script: list[ScriptStep] = []
    for taken, step in enumerate(pending):
        if step.verb is Verb.SUBMIT and (script or not taken):
            return _submitted(step, at, script), taken + 1
        if taken and step.verb is not Verb.ENTER:
            return script, taken
        try:
            new = _scripted(step, at)
        except CannotFollow:
            if not taken:
                raise
            return script, taken  # what was entered may bring it about
        if new is not None:
            script = [*(one for one in script if one.key != new.key), new]
        if step.verb is not Verb.ENTER:
            return script, taken + 1
    return script, len(pending)


def _scripted(step: Said, at: Observation) -> ScriptStep | None:
    """Return the step as a script; None where a box is ticked, or not, as it should be. Raises CannotFollow."""
    element = element_for(step, at)
    _refuse_harm(element, at)
    match step.verb:
        case Verb.ENTER | Verb.SEARCH:
            _refuse_secret(element)
            return ScriptStep(key=element.key, value=step.value, submit=step.verb is Verb.SEARCH)
        case Verb.CHOOSE:
            return ScriptStep(key=element.key, value=option_of(element, step.value))
        case Verb.TICK | Verb.UNTICK if bool(element.checked) is (step.verb is Verb.TICK):
            return None
    return ScriptStep(key=element.key)


def _submitted(step: Said, at: Observation, before: list[ScriptStep]) -> list[ScriptStep]:
    """Return the script with what was entered into a field, or entered last, sent by Enter. Raises CannotFollow."""
    if step.target:
        element = element_for(step, at)
    else:
        found = [one for one in at.elements if before and one.key == before[-1].key]
        if not found:
            raise CannotFollow("nothing was entered that Enter could send")
        (element,) = found
    _refuse_secret(element)
    button = submit_of([one for one in at.elements if one.form == element.form and not one.disabled])
    for one in (element, *([button] if button is not None and element.form is not None else [])):
        _refuse_harm(one, at)
    value = next((one.value for one in before if one.key == element.key), element.value or "")
    others = [one for one in before if one.key != element.key]
    return [*others, ScriptStep(key=element.key, value=value, submit=True)]


def _refuse_harm(element: Element, at: Observation) -> None:
    """Raise CannotFollow where acting on the element may end or destroy something: the survey would not either."""
    if harmful(element.name) or (element.href is not None and refusal(element.href) == "action"):
        raise CannotFollow(f"“{element.name}” on {at.url} may end or destroy something")


def _refuse_secret(element: Element) -> None:
    if element.input_type in ("password", "file") or secret(field_name(element)):
        raise CannotFollow(f"“{field_name(element)}” takes a secret or a file")
