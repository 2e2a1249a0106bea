"""What it is to enter something on a page without sending it."""

from __future__ import annotations

from infra.contracts.action import Action, Click, Select, Type
from infra.contracts.observation import Element, Observation

#: Roles that a click switches on or off.
TICKED = frozenset({"checkbox", "radio", "switch"})
#: Roles of what a list of the page's own making offers.
OFFERED = frozenset({"option", "menuitemradio", "menuitemcheckbox"})


def acted_on(observation: Observation, action: Action) -> Element | None:
    """Return the element that an action is done to; None where it is done to none, or to one that is not there."""
    if not isinstance(action, Type | Select | Click):
        return None
    return next((one for one in observation.elements if one.mark == action.mark), None)


def entered(observation: Observation, action: Action) -> Element | None:
    """Return the field that an action enters something into without sending the form; None where it does not."""
    if isinstance(action, Type) and action.submit:
        return None
    field = acted_on(observation, action)
    if field is None or (isinstance(action, Click) and field.role not in TICKED):
        return None
    return field


def picked(observation: Observation, action: Action) -> Element | None:
    """Return what an action picks in an open list of the page's own making; None where it does not."""
    element = acted_on(observation, action)
    return element if element is not None and isinstance(action, Click) and element.role in OFFERED else None
