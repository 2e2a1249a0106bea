"""relabel: hindsight. What a trajectory did achieve, in the proposer's own words.

Pure. A prefix of an attempt that reached a page is a demonstration of "open that page", whether the attempt was a
success or not; a page with facts answers questions about them; two pages of one kind answer which of them has more of
something; what a submit newly showed is what it was for. Loops are cut out, and so are actions that failed or changed
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from infra.contracts.action import Answer, Select, Type
from infra.contracts.attempt import Step, Trajectory
from infra.contracts.messages import Relabel
from infra.contracts.observation import Observation
from infra.contracts.sitemap import Fact, Page
from infra.contracts.task import TaskKind
from infra.urls import canonical_url
from proposer.atlas import Atlas, is_row
from proposer.contrasts import contrasted
from proposer.deeds import Done, done_by, searched
from proposer.entered import acted_on
from proposer.grounded import find, impossible, phrasing
from proposer.reading import fold
from proposer.sitemap import page_of

#: Relabels of each sort from one trajectory, at most.
PAGES = 2
FACTS = 2
DEEDS = 2
COMPOSED = 2
#: Share of trajectories that also give a question about their own start page.
AT_START = 0.05
#: Share of trajectories that also give a question that a page does not answer.
MISSING = 0.3

_TOGGLES = frozenset({"checkbox", "radio", "switch"})


@dataclass(frozen=True, slots=True)
class Walk:
    """A trajectory as the pages seen: ``seen[k]`` is what was seen after k actions."""

    steps: tuple[Step, ...]
    seen: tuple[Observation, ...]
    pages: tuple[Page, ...]

    @property
    def changed(self) -> tuple[int, ...]:
        """Return the indices of steps that sent a change."""
        return tuple(i for i, step in enumerate(self.steps) if step.requests)


@dataclass(frozen=True, slots=True)
class Reached:
    """Something achieved after ``steps`` actions, with its words."""

    steps: int
    kind: TaskKind
    clause: str
    answer: str | None = None
    question: str | None = None
    changes: bool = False
    name: str | None = None  # of the page, where reaching it is all
    via: int | None = None  # after so many actions the way led over a page that belongs to it
    begins: int | None = None  # after so many actions it was still to be done; None: right before its end


def relabels(trajectory: Trajectory, atlas: Atlas, rng: Random) -> tuple[Relabel, ...]:
    """Return what prefixes of the trajectory achieved; few, and each at most once."""
    walk = walk_of(trajectory, atlas)
    if walk is None:
        return ()
    reached = _reached(walk, atlas, rng)
    made = [told(walk, rng, part) for part in reached]
    made += [joined for joined in _composed(walk, rng, reached) if joined is not None]
    made += _missing(walk, atlas, rng)
    unique: dict[tuple[int, str], Relabel] = {}
    for relabel in made:
        unique.setdefault((relabel.steps, fold(relabel.instruction)), relabel)
    return tuple(unique.values())


def walk_of(trajectory: Trajectory, atlas: Atlas) -> Walk | None:
    """Return the walk, the final answer left out; None where nothing was seen."""
    steps = tuple(step for step in trajectory.steps if not isinstance(step.action, Answer))
    if not trajectory.steps:
        return None
    seen = [step.observation for step in trajectory.steps[: len(steps) + 1]]
    if len(seen) == len(steps) and trajectory.final is not None:
        seen.append(trajectory.final)
    seen = seen[: len(steps) + 1]
    steps = steps[: len(seen) - 1]
    frame = atlas.frame_headings
    pages = tuple(page_of(canonical_url(one.url), one, depth=0, frame=frame) for one in seen)
    return Walk(steps, tuple(seen), pages)


def _reached(walk: Walk, atlas: Atlas, rng: Random) -> list[Reached]:
    """Return achievements, in no order of time: pages, facts, deeds, searches."""
    places = _places(walk, atlas)
    found: list[Reached] = []
    unchanged = [k for k in places if not any(i < k for i in walk.changed)]
    for k in _some(unchanged, PAGES, rng):
        name = _called(atlas, walk.pages[k], rng)
        found.append(Reached(k, TaskKind.NAVIGATE, phrasing.navigate(rng, name), name=name))
    for k, fact in _facts(walk, atlas, rng, unchanged):
        clause, asked = find.words(rng, fact, walk.pages[k])
        found.append(Reached(k, TaskKind.FIND, clause, answer=fact.value, question=asked))
    for one in contrasted(walk.seen, walk.pages, unchanged, atlas, rng):
        words = one.words
        found.append(Reached(one.steps, TaskKind.COMPARE, words.clause, words.answer, words.question, via=one.via))
    deeds: list[Done] = [*done_by(walk.steps, walk.seen, walk.pages, rng), *searched(walk.steps, walk.seen, atlas, rng)]
    for deed in rng.sample(deeds, min(DEEDS, len(deeds))):
        found.append(Reached(deed.steps, deed.kind, deed.clause, changes=deed.changes, begins=deed.begins))
    return found


def _places(walk: Walk, atlas: Atlas) -> list[int]:
    """Return the prefix lengths at which a page with a name of its own was first reached, the start page apart."""
    start = walk.pages[0].url
    first: dict[str, int] = {}
    for k, page in enumerate(walk.pages):
        known = atlas.pages.get(page.url)
        clear = atlas.unique(known) if known is not None else not atlas.headed(page.heading)
        usable = bool(page.heading) and len(page.heading) <= 120 and (walk.seen[k].status or 200) < 400
        if page.url != start and clear and usable:
            first.setdefault(page.url, k)
    return sorted(first.values())


def _called(atlas: Atlas, page: Page, rng: Random) -> str:
    """Return the page's heading, now and then what links call it, where they call no other page so."""
    name = atlas.name(page.url)
    return name if name and rng.random() < 0.25 and atlas.telling(name, page.url) else page.heading


def _facts(walk: Walk, atlas: Atlas, rng: Random, places: Sequence[int]) -> Iterable[tuple[int, Fact]]:
    """Yield facts of the pages reached, label/value rows before table cells."""
    candidates: list[tuple[bool, float, int, Fact]] = []
    where = [*places, 0] if rng.random() < AT_START else places
    for k in where:
        page = walk.pages[k]
        values: dict[tuple[str, str], set[str]] = {}
        for fact in page.facts:
            values.setdefault((fold(fact.label), fold(fact.subject or "")), set()).add(fold(fact.value))
        for fact in page.facts:
            single = len(values[fold(fact.label), fold(fact.subject or "")]) == 1
            if single and find.askable(atlas, fact):
                candidates.append((not is_row(fact), rng.random(), k, fact))
    for _, _, k, fact in sorted(candidates, key=lambda item: item[:2])[:FACTS]:
        yield k, fact


def _missing(walk: Walk, atlas: Atlas, rng: Random) -> Iterable[Relabel]:
    """Yield, now and then, a question that the last page with facts does not answer: to say so is right."""
    if rng.random() >= MISSING:
        return
    for k in reversed(_places(walk, atlas)):
        page = atlas.pages.get(walk.pages[k].url)
        if page is None or any(i < k for i in walk.changed):
            continue
        label = impossible.absent_label(rng, atlas, page, walk.seen[k])
        if label is not None:
            clause, asked = find.words_for(rng, label, walk.pages[k].heading)
            part = Reached(k, TaskKind.FIND, clause, question=asked)
            yield told(walk, rng, part).model_copy(update={"impossible": True})
            return


def told(walk: Walk, rng: Random, part: Reached) -> Relabel:
    """Put an achievement in words, and say which of its steps were loops."""
    if part.question is not None and rng.random() < 0.6:
        instruction = phrasing.question(rng, part.question)
    elif part.name is not None and rng.random() < phrasing.NO_ORDER:
        instruction = phrasing.where(rng, part.name)
    else:
        answers = part.answer is not None or part.question is not None
        instruction = phrasing.request(rng, part.clause, phrasing.ending(part.kind, answers=answers))
    return Relabel(
        instruction=instruction,
        kind=part.kind,
        steps=part.steps,
        skip=_cut(walk, part.via or 0, part.steps),
        answer=part.answer,
    )


def _composed(walk: Walk, rng: Random, reached: Sequence[Reached]) -> Iterable[Relabel | None]:
    """Yield two achievements in a row as one instruction; loops are cut within each part, never across them."""
    pairs = [
        (first, second)
        for first in reached
        for second in reached
        if first.steps < second.steps
        and first.steps <= (second.steps if second.begins is None else second.begins)
        and first.answer is None
        and second.via is None
        and (second.changes or not first.changes or second.answer is not None)
    ]
    for first, second in rng.sample(pairs, min(COMPOSED, len(pairs))):
        yield Relabel(
            instruction=phrasing.request(rng, phrasing.then(rng, first.clause, second.clause)),
            kind=TaskKind.COMPOSE,
            steps=second.steps,
            skip=_cut(walk, first.steps, second.steps),
            answer=second.answer,
        )


def _cut(walk: Walk, via: int, end: int) -> tuple[int, ...]:
    """Return the indices of loops on the way to ``via`` and on the way from there, none across it."""
    return (*_loops(walk, 0, via), *_loops(walk, via, end))


def _loops(walk: Walk, begin: int, end: int) -> tuple[int, ...]:
    """Return the indices in [begin, end) of steps that led back to where they started without any change sent.

    The longest loop from each point on is cut; what remains leads from page to page as the whole did.
    """
    marks = [_state(observation) for observation in walk.seen]
    idle = set(_idle(walk, begin, end))
    skip = set(idle)
    k = begin
    while k < end:
        back = next((j for j in range(end, k, -1) if marks[j] == marks[k] and _idly(walk, k, j, idle)), None)
        if back is None:
            k += 1
        else:
            skip |= set(range(k, back))
            k = back
    return tuple(sorted(skip))


def _idly(walk: Walk, begin: int, end: int, idle: set[int]) -> bool:
    """Return whether steps between two like states did nothing: no change sent, no value entered that was sent later.

    A page may hide what was entered, so that looking the same is not enough as long as it was not left.
    """
    if any(walk.steps[i].requests for i in range(begin, end)):
        return False
    if any(_left(walk, i) for i in range(begin, end)):
        return True
    return not any(isinstance(walk.steps[i].action, Type | Select) and i not in idle for i in range(begin, end))


def _idle(walk: Walk, begin: int, end: int) -> Iterable[int]:
    """Yield the indices of entries into forms that were left without being sent."""
    for i in range(begin, end):
        element = acted_on(walk.steps[i])
        entry = isinstance(walk.steps[i].action, Type | Select) or (element is not None and element.role in _TOGGLES)
        if element is None or not entry or walk.steps[i].requests or _left(walk, i):
            continue
        for j in range(i + 1, end):
            other = acted_on(walk.steps[j])
            sent = bool(walk.steps[j].requests) or (_left(walk, j) and other is not None and other.href is None)
            if sent and other is not None and other.form == element.form:
                break
            if _left(walk, j):
                yield i
                break
        else:
            yield i


def _left(walk: Walk, step: int) -> bool:
    return canonical_url(walk.seen[step].url) != canonical_url(walk.seen[step + 1].url)


def _state(observation: Observation) -> tuple[object, ...]:
    """Return what tells two looks at a page apart: its URL, and the state of everything that can be acted upon."""
    held = tuple((e.key, e.value, e.checked, e.selected, e.expanded) for e in observation.elements)
    return canonical_url(observation.url), hash(held)


def _some(items: Sequence[int], count: int, rng: Random) -> list[int]:
    """Return the last item and some of the others."""
    if len(items) <= count:
        return list(items)
    return [*rng.sample(list(items[:-1]), count - 1), items[-1]]
