"""deed: one effect brought about on one page, and what shows it."""

from __future__ import annotations

from dataclasses import dataclass

from infra.contracts.sitemap import Page
from infra.contracts.task import Evidence
from infra.contracts.visit import ScriptStep
from proposer.effects import Effect


@dataclass(frozen=True, slots=True)
class Deed:
    """One effect brought about on one page."""

    page: Page
    effect: Effect
    clause: str
    steps: tuple[ScriptStep, ...]
    fields: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    heading: str | None
    beside: tuple[str, ...] = ()  # its row, where nothing that is shown afterwards says which it was
    visited: tuple[str, ...] = ()  # its page's heading, likewise

    @property
    def evidence(self) -> Evidence:
        """Return what shows it done."""
        return Evidence(
            heading=self.heading,
            lines=self.lines,
            fields=self.fields,
            beside=self.beside,
            visited=self.visited,
            max_submits=self.effect.submits,
        )
