"""probes: try each kind of control on two or three pages, and look again at what the changed state opens up.

A cart with something in it shows a checkout that an empty one hides: after every effect the pages that it leads to
are examined for links and controls not seen before, up to MAX_STAGES controls in a row. Bounded by routes and time.
"""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import structlog

from infra.contracts.sitemap import Opener, SiteMap
from infra.contracts.visit import Route, RouteReport, ScriptStep
from infra.urls import canonical_url
from proposer.controls import Control, Entry, controls, entries, field_sets, script
from proposer.effects import Effect, Place, Trial, learn, page_slots, stage_of, trial_of, unavailable
from proposer.links import refusal
from proposer.reading import fold, lines, main_heading
from proposer.survey import Survey
from proposer.visiting import Visitor, visit_all
from proposer.widgets import Widget, label_of, offered, opener_of

log = structlog.get_logger(__name__)

TRIALS = 3
MAX_STAGES = 3
MAX_ROUTES = 240
#: Places of one effect that are looked at again.
FOLLOWED = 2
MAX_NEW_LINKS = 4
#: Draws after which a trial may repeat a value of an earlier one.
DRAWS = 8
_OF_A_ROW = re.compile(r": [^,\]]*")


#: A kind of control: (page template, control signature); and one of the places where it stands.
Key = tuple[str, str]
Member = tuple[Place, Control]


@dataclass(frozen=True, slots=True)
class _Plan:
    """One trial: of which control and field set, where, with which values; and whether it is the first of these."""

    of: tuple[Key, int]
    place: Place
    control: Control
    made: tuple[Entry, ...]
    first: bool


class Prober:
    """Probes one website after its survey."""

    def __init__(
        self,
        survey: Survey,
        sitemap: SiteMap,
        visitor: Visitor,
        rng: Random,
        *,
        seconds: float,
        opened: Sequence[Place] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; ``seconds`` bounds all probes together. ``opened``: the map's pages with something opened."""
        self._opened = opened
        self._survey = survey
        self._visitor = visitor
        self._rng = rng
        self._clock = clock
        self._until = clock() + seconds
        self._routes_left = MAX_ROUTES
        self._pages = {page.url: page for page in sitemap.pages}
        self._seen: set[Key] = set()  # (page template, control signature)
        self._everywhere: set[str] = set()
        self._plain = {
            url: frozenset(fold(line) for line in lines(seen.observation)) for url, seen in survey.pages.items()
        }
        self._plain[""] = self._plain[survey.start]
        self.dropped: Counter[str] = Counter()
        self.lists: list[Opener] = []

    async def run(self) -> list[Effect]:
        """Return the effects of all state-changing controls that could be found."""
        effects: list[Effect] = []
        groups = self._plain_groups()
        groups |= self._group(self._opened)
        for _ in range(MAX_STAGES):
            found = await self._probe_all(groups)
            effects += found
            groups = self._group(await self._places_after(found))
            if not groups:
                break
        return effects

    def _plain_groups(self) -> dict[Key, list[Member]]:
        """Group the controls of the map's pages by page template and signature; the site's frame counts once."""
        places = []
        for url, seen in self._survey.pages.items():
            page = self._pages.get(url)
            if page is not None:
                places.append(Place(url, seen.observation, page_slots(seen.observation, page.heading)))
        groups = self._group(places)
        by_signature: defaultdict[str, list[Key]] = defaultdict(list)
        for key in groups:
            by_signature[key[1]].append(key)
        for signature, keys in by_signature.items():
            if len(keys) > 3:  # on many kinds of pages: part of the frame
                self._everywhere.add(signature)
                best = min(keys, key=lambda key: groups[key][0][0].url != self._survey.start)
                for key in keys:
                    if key != best:
                        del groups[key]
        return groups

    def _group(self, places: Iterable[Place]) -> dict[Key, list[Member]]:
        groups: defaultdict[Key, list[Member]] = defaultdict(list)
        for place in places:
            where = self._where(place)
            for control in controls(place.observation, place.slots):
                if control.method == "GET" or control.signature in self._everywhere:
                    continue
                if (where, control.signature) not in self._seen:
                    groups[where, control.signature].append((place, control))
        self._seen |= set(groups)
        return dict(groups)

    def _where(self, place: Place) -> str:
        url = canonical_url(place.observation.url)
        page = self._pages.get(url)
        return page.template if page is not None else url

    async def _probe_all(self, groups: dict[Key, list[Member]]) -> list[Effect]:
        """Return what the controls of all groups do: each is tried once, and again where that sent a change."""
        ranked = _ranked(groups)
        await self._open(groups)
        plans = [plan for key in ranked for plan in self._plans(key, groups[key])]
        trials: defaultdict[tuple[Key, int], list[Trial]] = defaultdict(list)
        await self._try([plan for plan in plans if plan.first], trials)
        promising = {key for key, found in trials.items() if any(one.submits > one.place.submits for one in found)}
        await self._try([plan for plan in plans if not plan.first and plan.of in promising], trials)
        effects = []
        for key in ranked:
            learnt = [self._learn(trials[key, number]) for number in (0, 1) if trials[key, number]]
            effects += [effect for effect in learnt if effect is not None]
            if not any(learnt):
                self.dropped["no visible effect"] += 1
        return effects

    async def _open(self, groups: dict[Key, list[Member]]) -> None:
        """Look into the lists that the forms' buttons open, and add to the controls what is known of them."""
        found: defaultdict[Key, list[Widget]] = defaultdict(list)
        closed = [(key, members[0][0], one) for key, members in groups.items() for one in members[0][1].openers]
        opened = await self._run([(place, (ScriptStep(key=one.key),)) for _, place, one in closed])
        shown = [
            (key, place, one, options)
            for (key, place, one), report in zip(closed, opened, strict=True)
            if report is not None and (options := offered(report.observations[-2], report.observations[-1]))
        ]
        routes = [(place, (ScriptStep(key=one.key), ScriptStep(key=options[0][0]))) for _, place, one, options in shown]
        self.lists += [opener_of(place.observation.url, one, options) for _, place, one, options in shown]
        for (key, _, one, options), report in zip(shown, await self._run(routes), strict=True):
            label = label_of(one, options[0][1], report.observations[-1]) if report is not None else ""
            if label:
                found[key].append(Widget(one.key, label, options))
        for key, widgets in found.items():
            groups[key] = [(place, replace(control, widgets=tuple(widgets))) for place, control in groups[key]]

    def _plans(self, key: Key, members: Sequence[Member]) -> Iterable[_Plan]:
        """Yield the trials of one kind of control."""
        for number in range(len(field_sets(members[0][1]))):
            used: set[str] = set()
            first = True
            for place, control in self._spread(members):
                made = self._entries(control, number, used)
                if made is None:
                    self.dropped["form needs what cannot be invented"] += 1
                else:
                    yield _Plan((key, number), place, control, made, first)
                    first = False

    async def _try(self, plans: Sequence[_Plan], trials: defaultdict[tuple[Key, int], list[Trial]]) -> None:
        """Run the plans, and add what came of them to ``trials``."""
        routes = [(plan.place, script(plan.control, plan.made)) for plan in plans]
        for plan, report in zip(plans, await self._run(routes), strict=True):
            trial = trial_of(plan.place, plan.control, plan.made, report)
            if trial is not None:
                trials[plan.of].append(trial)

    def _entries(self, control: Control, number: int, used: set[str]) -> tuple[Entry, ...] | None:
        """Return values for the ``number``-th field set, other ones than in earlier trials where that is possible."""
        sets = field_sets(control)
        made = None
        for _ in range(DRAWS):
            made = entries(control, sets[min(number, len(sets) - 1)], self._rng)
            if made is None or not any(entry.value in used for entry in made if entry.stated):
                break
        used.update(entry.value for entry in made or ())
        return made

    def _spread(self, members: Sequence[Member]) -> list[Member]:
        """Return TRIALS members, spread over the pages that have the control and do not say that it would fail."""
        fit = [
            one for one in members if not unavailable(one[0].observation, main_heading(one[0].observation))
        ] or members
        return [fit[i * len(fit) // TRIALS] for i in range(TRIALS)]

    def _learn(self, trials: Sequence[Trial]) -> Effect | None:
        first = trials[0]
        steps = script(first.control, first.entries)
        stage = stage_of(first.place, first.control, first.entries, steps, first.slots)
        page = self._pages.get(first.place.url)
        return learn(trials, page.template if page else "", stage, self._plain)

    async def _places_after(self, effects: Sequence[Effect]) -> list[Place]:
        """Return the pages that the effects lead to, and those that new links on them lead to."""
        places: list[Place] = []
        follow: list[tuple[Place, ScriptStep, str]] = []
        for effect in effects:
            for trial in effect.trials[:FOLLOWED]:
                steps = (*trial.place.steps, *script(trial.control, trial.entries))
                place = Place(
                    url=trial.place.url,
                    observation=trial.after,
                    slots=trial.slots,
                    steps=steps,
                    stages=effect.stages,
                    submits=trial.submits,
                )
                places.append(place)
                follow += [(place, ScriptStep(key=key), name) for key, name in self._new_links(place)]
        reports = await self._run([(place, (step,)) for place, step, _ in follow])
        for (place, step, name), report in zip(follow, reports, strict=True):
            if report is not None:
                places.append(
                    Place(
                        url=place.url,
                        observation=report.observations[-1],
                        slots=place.slots,
                        steps=(*place.steps, step),
                        stages=place.stages,
                        submits=place.submits,
                        clicks=((step.key, name),),
                    )
                )
        return places

    def _new_links(self, place: Place) -> list[tuple[str, str]]:
        """Return (key, name) of links to pages that the survey could not see without the changed state."""
        found: dict[str, tuple[str, str]] = {}
        for element in place.observation.elements:
            if not element.href or element.tag != "a":
                continue
            url = canonical_url(element.href)
            same_host = url.split("/")[2:3] == place.url.split("/")[2:3]
            if same_host and url not in self._survey.pages and refusal(url) is None:
                found.setdefault(url, (element.key, element.name))
        return list(found.values())[:MAX_NEW_LINKS]

    async def _run(self, routes: Sequence[tuple[Place, tuple[ScriptStep, ...]]]) -> list[RouteReport | None]:
        """Run the routes in fresh contexts; None for those that failed or exceeded the bounds."""
        allowed = list(routes)[: max(0, self._routes_left)]
        self._routes_left -= len(allowed)
        if self._clock() > self._until:
            allowed = []
        full = [Route(url=place.url, steps=(*place.steps, *steps), fresh=True) for place, steps in allowed]
        reports = await visit_all(self._survey.website, self._visitor, full)
        self.dropped["probe bound"] += len(routes) - len(allowed)
        return [*reports, *([None] * (len(routes) - len(allowed)))]


def _ranked(groups: dict[Key, list[Member]]) -> list[Key]:
    """Return the kinds of controls in the order in which they are worth a trial.

    Lone buttons seldom change anything, and what does to each row what another does to its own ("Save note: Oslo
    lamp") comes after all else was tried.
    """
    alike: Counter[Key] = Counter()
    rank: dict[Key, tuple[bool, int]] = {}
    for key, members in groups.items():
        family = (key[0], _OF_A_ROW.sub("", key[1]))
        rank[key] = (not members[0][1].method, alike[family] // TRIALS)
        alike[family] += 1
    return sorted(groups, key=rank.__getitem__)
