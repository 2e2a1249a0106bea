"""places: on which pages of the map a control stands, so that an instruction can say which of them is meant. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from infra.contracts.observation import Observation
from infra.contracts.sitemap import Page
from proposer.atlas import Atlas
from proposer.controls import Control, controls
from proposer.effects import page_slots
from proposer.folds import Fold
from proposer.reading import fold


class Standing(Protocol):
    """What tells a control on one page from those on others: a control, or a stage of an effect."""

    @property
    def signature(self) -> str:
        """Return what is equal for the same control on other pages."""


class Places:
    """An index of the controls that change something. Immutable."""

    def __init__(self, atlas: Atlas, observations: Mapping[str, Observation], folds: Iterable[Fold] = ()) -> None:
        self._atlas = atlas
        self._by_signature: defaultdict[str, set[str]] = defaultdict(set)
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._by_row: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_button: defaultdict[str, set[str]] = defaultdict(set)
        self._headed: defaultdict[str, set[str]] = defaultdict(set)
        shown = [*observations.items(), *((one.url, one.after) for one in folds)]
        for url, observation in shown:
            page = atlas.pages.get(url)
            if page is not None and not atlas.is_variant(page):
                self._headed[fold(page.heading)].add(url)
                slots = page_slots(observations.get(url, observation), page.heading)
                for control in controls(observation, slots):
                    self._add(url, control)

    def _add(self, url: str, control: Control) -> None:
        self._by_button[fold(control.button)].add(url)
        if control.method == "GET":
            return  # it asks, and changes nothing
        self._by_signature[control.signature].add(url)
        if control.method and control.name.strip():  # around a lone button it is only the nearest heading
            self._by_name[fold(control.name)].add(url)
        if control.row:
            self._by_row[control.signature, fold(control.row)].add(url)

    def alone(self, standing: Standing, form: str, page: Page) -> bool:
        """Return whether it is clear without saying so that the control on this page is meant.

        It is on the start page, where tasks about it begin, and where no other page has such a control nor a form of
        that name.
        """
        others = self._by_signature[standing.signature] | (self._by_name[fold(form)] if form.strip() else set())
        return page.url == self._atlas.start or not others - {page.url}

    def row_alone(self, control: Control, page: Page) -> bool:
        """Return whether a row's name tells which control is meant.

        It does not where another page has such a row as well, or a page of that name has no such button.
        """
        name = fold(control.row)
        elsewhere = self._by_row[control.signature, name] - {page.url}
        called_so = self._headed[name] - {page.url} - self._by_button[fold(control.button)]
        return page.url == self._atlas.start or not (elsewhere or called_so)
