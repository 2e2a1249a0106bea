"""following: the way of a demonstration, looked up step by step on the pages as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from infra.contracts.observation import Element, Observation
from infra.contracts.visit import Route, RouteReport, ScriptStep
from infra.contracts.website import Demo, Website
from infra.egress import host_allowed, parse_url
from infra.errors import InvalidInput
from infra.urls import canonical_url
from proposer.demos.finding import CannotFollow, element_for, option_of
from proposer.demos.said import Said, Verb, hidden, said
from proposer.reading import harmful
from proposer.visiting import VisitLost, Visitor

#: Pages on which one demonstration's steps are looked up, at most: each takes a visit from its start on.
MOST_PAGES = 20
#: What stands for itself in a URL, and what is escaped already.
_RESERVED = "/?#[]@!$&'()*+,;=:%"


@dataclass(frozen=True, slots=True)
class Followed:
    """A demonstration that was followed to its end, twice."""

    first: RouteReport
    again: RouteReport
    answer: str | None


async def follow(demo: Demo, website: Website, visitor: Visitor) -> Followed:
    """Follow a demonstration, and once more to see what comes out alike.

    Steps up to the next that may open another page are looked up together, so that what changes something is done
    no more often than there are pages after it, and once again.

    Raises:
        CannotFollow: a step cannot be told, has no element, leads astray, or ends what nobody asked to end.
    """
    pending = _steps(demo)
    answer = pending.pop().value if pending and pending[-1].verb is Verb.ANSWER else None
    route = Route(url=website.url, fresh=True)
    if pending and pending[0].verb is Verb.OPEN:
        route = Route(url=_address(pending.pop(0).target, website), fresh=True)
    report = await _look(route, website, visitor)
    for _ in range(MOST_PAGES):
        if not pending:
            again = await _look(report.route, website, visitor)
            return Followed(report, again, answer)
        at = report.observations[-1]
        if pending[0].verb is Verb.OPEN:
            route = _to(_address(pending.pop(0).target, website), report)
        else:
            steps, taken = _here(pending, at)
            pending = pending[taken:]
            route = route.model_copy(update={"steps": (*report.route.steps, *steps)})
        if route != report.route:
            report = await _look(route, website, visitor)
    raise CannotFollow(f"it goes over more than {MOST_PAGES} pages")


def _steps(demo: Demo) -> list[Said]:
    if not demo.steps:
        raise CannotFollow("it has no steps")
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
    """Return a page's absolute URL. Raises CannotFollow where it is not the website's."""
    url = urljoin(website.url, quote(target, safe=_RESERVED))  # recorders tell values as they read
    try:
        parsed = parse_url(url)
    except InvalidInput as error:
        raise CannotFollow(str(error)) from error
    if not host_allowed(parsed.host, parsed.port, parsed.scheme, website.allowed_hosts):
        raise CannotFollow(f"{parsed.host} is not among the website's allowed hosts")
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
        return report.route.model_copy(update={"steps": (*report.route.steps, ScriptStep(key=link.key))})
    if any(report.requests):
        raise CannotFollow(f"no link leads from {at.url} to {address}")
    return Route(url=address, fresh=True)


def _here(pending: Sequence[Said], at: Observation) -> tuple[list[ScriptStep], int]:
    """Return what the next steps do on this page, up to one that may lead elsewhere; and how many they are.

    Raises CannotFollow where the very first has no element; a later one may have it once those before are done.
    """
    script: list[ScriptStep] = []
    for taken, step in enumerate(pending):
        if step.verb is Verb.OPEN:
            return script, taken
        try:
            done = _scripted(step, at, script)
        except CannotFollow:
            if not taken:
                raise
            return script, taken
        script = done
        if step.verb in (Verb.CLICK, Verb.SUBMIT, Verb.SEARCH):
            return script, taken + 1
    return script, len(pending)


def _scripted(step: Said, at: Observation, before: list[ScriptStep]) -> list[ScriptStep]:
    """Return the script with this step added. Raises CannotFollow."""
    if step.verb is Verb.SUBMIT and not step.target:
        if not before or before[-1].value is None:
            raise CannotFollow("nothing is entered that Enter could send")
        return [*before[:-1], before[-1].model_copy(update={"submit": True})]
    element = element_for(step, at)
    match step.verb:
        case Verb.SUBMIT:
            return _submitted(element, before)
        case Verb.ENTER | Verb.SEARCH:
            return [*before, ScriptStep(key=element.key, value=step.value, submit=step.verb is Verb.SEARCH)]
        case Verb.CHOOSE:
            return [*before, ScriptStep(key=element.key, value=option_of(element, step.value))]
        case Verb.TICK | Verb.UNTICK:
            return before if element.checked is (step.verb is Verb.TICK) else [*before, ScriptStep(key=element.key)]
    if harmful(element.name):
        raise CannotFollow(f"“{element.name}” may end or destroy something")
    return [*before, ScriptStep(key=element.key)]


def _submitted(element: Element, before: list[ScriptStep]) -> list[ScriptStep]:
    """Return the script with what was entered into the element sent by Enter."""
    for index, step in enumerate(before):
        if step.key == element.key and step.value is not None:
            sent = step.model_copy(update={"submit": True})
            return [*before[:index], *before[index + 1 :], sent]
    return [*before, ScriptStep(key=element.key, value=element.value or "", submit=True)]


async def _look(route: Route, website: Website, visitor: Visitor) -> RouteReport:
    """Return what a route shows. Raises CannotFollow where it does not come to its end."""
    try:
        (report,) = await visitor.visit(website, [route], pages_per_second=website.safety.pages_per_second)
    except VisitLost as error:
        raise CannotFollow(str(error)) from error
    if report.error is not None:
        raise CannotFollow(report.error)
    if len(report.observations) != len(route.steps) + 1:
        raise CannotFollow("the agent stopped on the way")
    if (report.observations[-1].status or 200) >= 400:
        raise CannotFollow(f"{report.observations[-1].url} answers with status {report.observations[-1].status}")
    return report
