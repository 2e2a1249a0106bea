"""Effects: what setting a control going shows, learnt from a few trials and put in terms of what varies.

Pure. Only what held in every trial is kept, so that an order number, a clock or a sum that no slot explains never
becomes evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from infra.contracts.observation import ChunkKind, Observation
from infra.contracts.visit import RouteReport, ScriptStep
from infra.urls import canonical_url
from proposer.controls import Control, Entry
from proposer.reading import fold, lines, main_heading
from proposer.sitemap import facts_of
from proposer.slots import SLOT, Slots, generalise, has_slot

MAX_LINES = 10
#: Fewest trials from which anything is concluded.
LEAST_TRIALS = 2

REFUSED = re.compile(
    r"\b(?:error|invalid|required|must|cannot|can't|could not|failed|missing|not allowed|not valid|wrong|incorrect"
    r"|please (?:enter|fill|choose|select|correct|check)|denied|expired|already|sorry|unable|sold out|out of stock"
    r"|unavailable)\b",
    re.IGNORECASE,
)
_STOCK = re.compile(r"\b(?:stock|availab\w*|left|remaining|places|seats)\b", re.IGNORECASE)
_NONE = re.compile(
    r"(?:0|none|(?:currently |temporarily )?(?:sold out|out of stock|unavailable|not available|fully booked))\.?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Stage:
    """One control set going, in terms of slots: the way from the page before, what is entered, what is sent."""

    signature: str
    heading: str  # of the page where it stands, a template
    form: str  # the form's name, may be empty
    button: str
    clicks: tuple[str, ...] = ()  # keys of links from the page before, templates
    names: tuple[str, ...] = ()  # what those links say
    steps: tuple[tuple[str, str | None, bool], ...] = ()  # (key template, value template or None for a click, submit)
    entries: tuple[Entry, ...] = ()  # of one trial; values and keys are examples
    control: Control | None = None  # of one trial


@dataclass(frozen=True, slots=True)
class Place:
    """Where a control was found: how to get there from a page of the map, and what is seen."""

    url: str  # canonical URL of the page where the route starts
    observation: Observation
    slots: Slots
    steps: tuple[ScriptStep, ...] = ()
    stages: tuple[Stage, ...] = ()
    submits: int = 0
    clicks: tuple[tuple[str, str], ...] = ()  # (key, name) of links followed since the last stage


@dataclass(frozen=True, slots=True)
class Trial:
    """One control set going once."""

    place: Place
    control: Control
    entries: tuple[Entry, ...]
    after: Observation
    submits: int  # state-changing requests of the whole route
    slots: Slots

    @property
    def refused(self) -> bool:
        """Return whether the site did not accept it."""
        if (self.after.status or 200) >= 400 or self.after.error is not None:
            return True
        known = {fold(line) for line in lines(self.place.observation)}
        stayed = canonical_url(self.after.url) == canonical_url(self.place.observation.url)
        kinds = (ChunkKind.MESSAGE, ChunkKind.TEXT) if stayed else (ChunkKind.MESSAGE,)
        return any(c.kind in kinds and fold(c.text) not in known and REFUSED.search(c.text) for c in self.after.chunks)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a chain of controls does, wherever its first one stands."""

    template: str  # of the page where the chain starts
    stages: tuple[Stage, ...]
    heading: str | None  # of the last page, a template
    lines: tuple[str, ...]  # templates
    submits: int
    trials: tuple[Trial, ...]


def unavailable(observation: Observation, heading: str) -> bool:
    """Return whether the page says that its thing cannot be had now, so that what worked elsewhere would fail here."""
    stock = [fact.value for fact in facts_of(observation.chunks, heading) if _STOCK.search(fact.label)]
    said = stock or [line for line in lines(observation) if not line.strip().isdigit()]
    return any(_NONE.fullmatch(value.strip()) for value in said)


def page_slots(observation: Observation, heading: str) -> dict[str, str]:
    """Return what a page's echo may be made of: its heading and the values of its facts."""
    slots = {"heading": heading, "heading#": _DIGITS.sub("#", heading)}  # keys hold no digits of names
    for fact in facts_of(observation.chunks, heading):
        if len(fact.value) > 1 and fact.subject == heading:
            slots.setdefault(f"fact:{fold(fact.label)}", fact.value)
    return slots


def slots_in_keys(slots: Slots) -> Slots:
    """Return the slots that an element's key may hold; a fact that is a plain word ("Email") is no part of a key."""
    return {name: value for name, value in slots.items() if not name.startswith("fact:") or _DIGITS.search(value)}


def row_slots(control: Control) -> dict[str, str]:
    """Return the slot of the name of a control's row, where it stands in one."""
    return {"row": control.row} if control.row else {}


def entered_slots(stage: int, made: Sequence[Entry]) -> dict[str, str]:
    """Return the slots of what was entered in one stage."""
    return {f"{stage}.{fold(entry.field)}": entry.value for entry in made if entry.stated and not entry.click}


def trial_of(place: Place, control: Control, made: tuple[Entry, ...], report: RouteReport | None) -> Trial | None:
    """Return what came of setting a control going; None where its route was not completed."""
    if report is None:
        return None
    return Trial(
        place=place,
        control=control,
        entries=made,
        after=report.observations[-1],
        submits=sum(len(requests) for requests in report.requests),
        slots={**entered_slots(len(place.stages), made), **row_slots(control), **place.slots},
    )


def stage_of(place: Place, control: Control, made: Sequence[Entry], steps: Sequence[ScriptStep], slots: Slots) -> Stage:
    """Return what was done, in terms of slots."""
    picked = {entry.pick for entry in made if entry.pick is not None}  # another value is another option
    return Stage(
        signature=control.signature,
        heading=generalise(main_heading(place.observation), place.slots),
        form=control.name,
        button=control.button,
        clicks=tuple(generalise(key, slots_in_keys(place.slots)) for key, _ in place.clicks),
        names=tuple(name for _, name in place.clicks),
        steps=tuple(
            (
                generalise(step.key, slots if step.key in picked else slots_in_keys(place.slots)),
                None if step.value is None else generalise(step.value, slots),
                step.submit,
            )
            for step in steps
        ),
        entries=tuple(made),
        control=control,
    )


def learn(trials: Sequence[Trial], template: str, stage: Stage, plain: Mapping[str, frozenset[str]]) -> Effect | None:
    """Return what all trials that the site accepted have in common, or None where they show nothing reliable.

    ``plain`` maps canonical URLs to the folded lines that a page shows when nothing was done; key "" holds those of
    the start page.
    """
    good = [trial for trial in trials if not trial.refused and trial.submits > trial.place.submits]
    # One trial may differ from the others for a reason of its own: then the others speak.
    for chosen in (good, *(good[:i] + good[i + 1 :] for i in range(len(good)))):
        shared = _telling(_common_lines(chosen, plain))
        if shared:
            return _effect(chosen, template, stage, shared)
    return None


def _common_lines(trials: Sequence[Trial], plain: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the new lines that all trials share; none where there are too few trials or they sent unlike much."""
    if len(trials) < LEAST_TRIALS or len({trial.submits for trial in trials}) > 1:
        return []
    first, *others = [_new_lines(trial, plain) for trial in trials]
    return [line for line in first if all(line in new for new in others)]


def _telling(shared: list[str]) -> list[str]:
    """Leave out numbers that nothing explains, such as a sum or an order's number, where other lines speak as well."""
    explained = [line for line in shared if not _DIGITS.search(SLOT.sub("", line))]
    return explained if any(has_slot(line) for line in explained) else shared


def _effect(trials: Sequence[Trial], template: str, stage: Stage, shared: list[str]) -> Effect:
    headings = {generalise(main_heading(trial.after), trial.slots) for trial in trials}
    ranked = sorted(shared, key=lambda line: not has_slot(line))[:MAX_LINES]
    return Effect(
        template=template,
        stages=(*trials[0].place.stages, stage),
        heading=headings.pop() if len(headings) == 1 else None,
        lines=tuple(line for line in shared if line in ranked),
        submits=trials[0].submits,
        trials=tuple(trials),
    )


def _new_lines(trial: Trial, plain: Mapping[str, frozenset[str]]) -> list[str]:
    known = {fold(line) for line in lines(trial.place.observation)}
    known |= plain.get(canonical_url(trial.after.url), frozenset()) | plain.get("", frozenset())
    new = [line for line in lines(trial.after) if fold(line) not in known]
    return list(dict.fromkeys(generalise(line, trial.slots) for line in new))
