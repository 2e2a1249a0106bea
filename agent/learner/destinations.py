"""Which page of the map decisions led to, known in hindsight: what the policy's reader of aims learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from agent.policy.aims import MOST_AIMS
from agent.policy.encoding import Encoded
from agent.policy.entering import acted_on
from agent.policy.site import SiteIndex
from infra.contracts.action import Action, Answer, Back, Click, Scroll, Type, Wait
from infra.contracts.attempt import Step
from infra.contracts.observation import Observation

#: Nothing is known of where a decision led.
UNKNOWN = -1
#: What can be searched on so many of the pages is no page's own.
EVERYWHERE = 0.8


def destinations(decisions: Sequence[tuple[Step, Action]], site: SiteIndex, named: frozenset[int]) -> list[int | None]:
    """Return, per decision, the page of the map that it led to.

    That is the next page on the way where more was done than getting there, or that is one of the ``named``: "open A,
    then B" has two, and where A only leads to B its own name says that it was meant. That something cannot be done,
    said at once, leads nowhere: it is not the page on which it was said that was meant.
    """
    if len(decisions) == 1 and _gives_up(decisions[0][1]):
        return [None]
    searches = _searches(site)
    start = site.page(decisions[0][0].observation.url) if decisions else None
    found: list[int | None] = []
    ahead: int | None = None
    for step, action in reversed(decisions):
        page = site.page(step.observation.url)
        searching = _is_search(step.observation, action, searches)
        done = not searching and not _leads_only(step.observation, action, site)
        found.append(page if done else ahead)
        if done or page in named or (searching and page not in (None, start)):  # was read, before searching on from it
            ahead = page
    return found[::-1]


def aim(encoded: Encoded, destination: int | None) -> int:
    """Return the place of a page among the aims; MOST_AIMS where it is none of them, UNKNOWN where there is no page."""
    if destination is None or not len(encoded.aims):
        return UNKNOWN
    places = np.flatnonzero(encoded.aim_pages == destination)
    return int(places[0]) if len(places) else MOST_AIMS


def _gives_up(action: Action) -> bool:
    return isinstance(action, Answer) and action.impossible


def _searches(site: SiteIndex) -> frozenset[str]:
    """Return the keys of the fields by which nearly every page lets its website be searched."""
    pages = [site.map_page(number) for number in range(site.size)]
    counts = Counter(
        key
        for page in pages
        for key in {field.key for form in page.forms if form.method == "GET" for field in form.fields}
    )
    return frozenset(key for key, count in counts.items() if count > EVERYWHERE * len(pages))


def _is_search(observation: Observation, action: Action, searches: frozenset[str]) -> bool:
    field = acted_on(observation, action)
    return field is not None and isinstance(action, Type) and field.key in searches


def _leads_only(observation: Observation, action: Action, site: SiteIndex) -> bool:
    """Return whether an action only moves on: following a link, going back, scrolling, waiting."""
    if isinstance(action, Back | Scroll | Wait):
        return True
    element = acted_on(observation, action)
    if element is None or not isinstance(action, Click):
        return False
    return element.href is not None or site.target(site.page(observation.url), element.key, None) is not None
