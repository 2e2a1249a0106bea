"""recalling: ways made of pieces that were gone before need not be gone again.

The survey saw where links lead; searches, probes and verification showed what comes of forms and buttons. Most tasks
put such pieces together anew, with other values and on other pages of the same kind. What they show can mostly be told
without a browser, and each is a demonstration the more (Ecoffet et al. 2019: remember, return, then explore).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from infra.contracts.observation import Observation
from infra.contracts.task import Task
from infra.contracts.visit import Route, RouteReport, ScriptStep
from infra.contracts.website import Website
from infra.demonstration import decode
from infra.urls import canonical_url
from proposer.atlas import Atlas
from proposer.effects import REFUSED, page_slots, slots_in_keys
from proposer.imagining import Names, changed, element_of, entered, keys_of, takes
from proposer.reading import lines
from proposer.slots import generalise
from proposer.survey import Survey
from proposer.visiting import Visitor

#: Pieces kept of the same keys on the same kind of page, of those that change something.
ALIKE = 12

Requests = tuple[str, ...]
#: A kind of page, and keys in terms of its slots.
Signature = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Piece:
    """What was done from one page on, up to what changed something or led elsewhere."""

    steps: tuple[ScriptStep, ...]
    seen: tuple[Observation, ...]  # before the first step, and after each
    requests: tuple[Requests, ...]  # per step

    @property
    def changes(self) -> bool:
        """Return whether it changed something on the website."""
        return any(self.requests)

    @property
    def refused(self) -> bool:
        """Return whether the site did not accept it."""
        known, last = set(lines(self.seen[0])), self.seen[-1]
        if (last.status or 200) >= 400 or last.error is not None:
            return True
        return self.changes and any(REFUSED.search(line) for line in lines(last) if line not in known)

    @property
    def url(self) -> str:
        """Return the canonical URL of the page where it begins."""
        return canonical_url(self.seen[0].url)


class Memory:
    """A visitor that keeps pieces of the ways that it went, beside the pages that the survey saw."""

    def __init__(self, visitor: Visitor, survey: Survey, atlas: Atlas) -> None:
        self.survey = survey
        self._visitor = visitor
        self._atlas = atlas
        self._slots: dict[str, Mapping[str, str]] = {}
        self._pieces: defaultdict[Signature, list[Piece]] = defaultdict(list)
        self._lengths: defaultdict[tuple[str, str], set[int]] = defaultdict(set)  # by kind of page and first key

    async def capacity(self) -> int:
        """Return how many visits can run at a time, at least 1."""
        return await self._visitor.capacity()

    async def visit(
        self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
    ) -> tuple[RouteReport, ...]:
        """Run the routes in one fresh context, in order. Raises VisitLost."""
        reports = await self._visitor.visit(website, routes, pages_per_second=pages_per_second)
        for report in reports:
            if report.error is None and len(report.observations) == len(report.requests) == len(report.route.steps) + 1:
                for piece in pieces(report):
                    self._keep(piece)
        return reports

    def recall(self, task: Task) -> RouteReport | None:
        """Return what the task's own way shows; None where that cannot be told.

        Pages that are passed after something was changed are recalled as they were before.
        """
        steps = decode(task.demonstration)
        page = self.survey.pages.get(self.survey.resolve(task.start_url))
        if page is None:
            return None
        seen: list[Observation] = [page.observation]
        requests: list[Requests] = [()]
        while len(seen) <= len(steps):
            piece = self._next(seen[-1], steps[len(seen) - 1 :])
            if piece is None:
                return None
            seen += piece.seen[1:]
            requests += piece.requests
        route = Route(url=task.start_url, steps=steps, fresh=True)
        return RouteReport(route=route, observations=tuple(seen), requests=tuple(requests))

    def _next(self, at: Observation, steps: Sequence[ScriptStep]) -> Piece | None:
        """Return what comes of the next step or steps; None where that is not known."""
        element = element_of(at, steps[0].key)
        if element is None:
            return None
        if element.href is not None and steps[0].value is None:
            page = self.survey.pages.get(self.survey.resolve(element.href))
            return None if page is None else Piece((steps[0],), (at, page.observation), ((),))
        kind, slots = self._kind(at), self._slots_of(at)
        keys = tuple(generalise(step.key, slots_in_keys(slots)) for step in steps)
        for length in sorted(self._lengths.get((kind, keys[0]), ()), reverse=True):
            known = self._pieces.get((kind, keys[:length]), ())
            for piece in sorted(known, key=lambda one: one.url != canonical_url(at.url)):
                made = self._here(piece, at, tuple(steps[:length]))
                if made is not None:
                    return made
        return None

    def _here(self, piece: Piece, at: Observation, steps: tuple[ScriptStep, ...]) -> Piece | None:
        """Return the piece as it would have been on this page and with these values; None where that is not known.

        What a search or a filter shows depends on page and value. What a change shows only repeats them.
        """
        if any(
            (a.value is None, a.submit) != (b.value is None, b.submit) for a, b in zip(piece.steps, steps, strict=True)
        ):
            return None
        same_page = piece.url == canonical_url(at.url)
        others = [(a.value, b.value) for a, b in zip(piece.steps, steps, strict=True) if a.value != b.value]
        if same_page and not others:
            return Piece(steps, (at, *piece.seen[1:]), piece.requests)
        first = piece.seen[0]
        fits = all(takes(at, b, element_of(first, a.key)) for a, b in zip(piece.steps, steps, strict=True))
        if not piece.changes or not fits:
            return None
        old, new = slots_in_keys(self._slots_of(first)), slots_in_keys(self._slots_of(at))
        names = Names(first, {} if same_page else old, new, others)
        seen, filled = [at], at
        for i, (step, after) in enumerate(zip(steps, piece.seen[1:], strict=True)):
            filled = entered(filled, step)
            quiet = not any(piece.requests[: i + 1]) and keys_of(after) == keys_of(first)
            # What was entered stays while nothing has been sent, also where a list opens.
            told = filled if quiet else self._told(names, at if any(piece.requests[: i + 1]) else filled, first, after)
            if told is None:
                return None
            seen.append(told)
        return Piece(steps, tuple(seen), piece.requests)

    def _told(self, names: Names, at: Observation, first: Observation, after: Observation) -> Observation | None:
        """Return what was seen as it would be with other names; None where it is a page about what they name."""
        if names.wanting(first, after):
            return None
        if canonical_url(after.url) == canonical_url(first.url):
            return changed(at, first, names.put_into(after))
        page = self._atlas.page(after.url)
        about = page is not None and names.said(page.heading) != page.heading
        return None if about else names.put_into(after)

    def _kind(self, observation: Observation) -> str:
        page = self._atlas.page(observation.url)
        return page.template if page is not None else canonical_url(observation.url)

    def _slots_of(self, observation: Observation) -> Mapping[str, str]:
        page = self._atlas.page(observation.url)
        if page is None:
            return {}
        if page.url not in self._slots:  # as the survey saw it, whatever it shows by now
            known = self.survey.pages.get(page.url)
            self._slots[page.url] = page_slots(known.observation if known else observation, page.heading)
        return self._slots[page.url]

    def _keep(self, piece: Piece) -> None:
        if piece.refused:
            return
        kind = self._kind(piece.seen[0])
        slots = slots_in_keys(self._slots_of(piece.seen[0]))
        keys = tuple(generalise(step.key, slots) for step in piece.steps)
        alike = self._pieces[kind, keys]
        again = any((one.url, one.steps) == (piece.url, piece.steps) for one in alike)
        if not again and (len(alike) < ALIKE or not piece.changes):
            alike.append(piece)
            self._lengths[kind, keys[0]].add(len(keys))


def pieces(report: RouteReport) -> Iterable[Piece]:
    """Yield what was done on a route, links that were followed aside: each up to every change after it began."""
    steps, seen, requests = report.route.steps, report.observations, report.requests
    begun, changed = 0, False
    for i, step in enumerate(steps):
        changes = bool(requests[i + 1])
        moved = canonical_url(seen[i].url) != canonical_url(seen[i + 1].url)
        if not (moved or changes or i + 1 == len(steps)):
            continue
        element = element_of(seen[i], step.key)
        link = element is not None and element.href is not None
        if changes or (not changed and not (link and i == begun)):
            yield Piece(steps[begun : i + 1], seen[begun : i + 2], requests[begun + 1 : i + 2])
        changed = changed or changes
        if not changed:
            begun = i + 1
