"""Goal: something to achieve on the website, with its words, its evidence and a way to it. World: what goals are
drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from infra.contracts.observation import ChunkKind, Observation
from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence, TaskKind
from infra.contracts.visit import ScriptStep
from infra.contracts.website import Website
from proposer.atlas import Atlas
from proposer.effects import Effect
from proposer.folds import Fold
from proposer.grounded.places import Places
from proposer.queries import Query
from proposer.reading import fold, said_by

#: Share of goals that start a click or two from their page instead of at the website's start page.
NEARBY = 0.25


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing to do. ``url`` is the page of the map where ``steps`` begin."""

    kind: TaskKind
    skill: str
    url: str
    clause: str
    evidence: Evidence
    steps: tuple[ScriptStep, ...] = ()
    question: str | None = None  # the same as a question, where it is one
    near: bool = True  # may start near its page
    name: str | None = None  # of the page, where reaching it is all that is asked for
    parts: tuple[str, ...] = ()  # clauses of its parts, where it has several

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the clauses of its parts, or its own where it is one."""
        return self.parts or (self.clause,)


@dataclass
class World:
    """All that is known of a website when tasks are made."""

    website: Website
    atlas: Atlas
    observations: Mapping[str, Observation]
    effects: Sequence[Effect]
    queries: Sequence[Query]
    rng: Random
    dropped: Counter[str] = field(default_factory=Counter)
    folds: Sequence[Fold] = ()

    @property
    def start(self) -> str:
        """Return the start page's canonical URL."""
        return self.atlas.start

    @cached_property
    def places(self) -> Places:
        """Return on which pages the site's controls stand."""
        return Places(self.atlas, self.observations, self.folds)

    @cached_property
    def said(self) -> str:
        """Return all that was seen anywhere as one folded text, behind folds and on buttons too."""
        seen = [*self.observations.values(), *(one.after for one in self.folds)]
        return " ".join({self.atlas.said(), *map(said_by, seen)})

    def opened(self, url: str) -> list[Observation]:
        """Return what a page showed with each of its folds opened that were."""
        return [one.after for one in self.folds if one.url == url]

    def place(self, page: Page) -> str:
        """Return what says where a search is made: nothing on the start page, of which nobody speaks."""
        return "" if page.url == self.start else page.heading

    def heading(self, page: Page) -> str | None:
        """Return the page's heading if evidence can rely on it: the page shows it at its highest level."""
        observation = self.observations.get(page.url)
        if observation is None or not page.heading:
            return None
        found = [chunk for chunk in observation.chunks if chunk.kind is ChunkKind.HEADING]
        top = min((chunk.level or 6 for chunk in found), default=0)
        shown = any(chunk.text.strip() == page.heading and (chunk.level or 6) == top for chunk in found)
        return page.heading if shown else None

    def named_pages(self) -> list[Page]:
        """Return pages that can be spoken of without doubt, apart from the start page."""
        return [page for page in self.atlas.pages.values() if page.url != self.start and self.atlas.unique(page)]

    def at_start(self, label: str, value: str) -> bool:
        """Return whether the start page states this fact already."""
        start = self.atlas.pages.get(self.start)
        return start is not None and any(
            fold(fact.label) == fold(label) and fold(fact.value) == fold(value) for fact in start.facts
        )
