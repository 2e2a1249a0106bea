"""What a trajectory entered into forms and sent. Pure.

A submission is the state of a form's fields at the moment when it was sent: the values that the page showed, and on
top of them what the sending action itself entered. Values typed and later overwritten, or typed into another form,
are not part of it. A field that takes effect by itself (a filter that redraws the list as it is chosen) is a
submission of that field alone, until its form is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.comparison import same_label, same_value
from infra.contracts.action import Click, Select, Type
from infra.contracts.attempt import Step, Trajectory
from infra.contracts.observation import SENDING_TYPES, Element, Observation
from infra.urls import canonical_url

_FIELD_ROLES = frozenset({"textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"})
_CHECKS = frozenset({"checkbox", "switch", "menuitemcheckbox"})
_RADIOS = frozenset({"radio", "menuitemradio"})
_ON, _OFF = ("on", "yes", "checked", "true"), ("off", "no", "unchecked", "false")


@dataclass(frozen=True, slots=True)
class Entry:
    """One field as it was sent: any of the names it goes by, any of the ways to state its value."""

    names: tuple[str, ...]
    values: tuple[str, ...]

    def named(self, name: str) -> bool:
        """Return whether the field goes by ``name``."""
        return any(same_label(own, name) for own in self.names)

    def says(self, value: str) -> bool:
        """Return whether ``value`` was sent in it."""
        return any(same_value(own, value) for own in self.values)


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent at once; ``by_itself``: one field that took effect as it was changed."""

    entries: tuple[Entry, ...]
    by_itself: bool = False


def submissions(trajectory: Trajectory) -> list[Submission]:
    """Return what was sent, in order."""
    found: list[Submission] = []
    typed: dict[tuple[str, str], str] = {}  # (page, element key) → what the agent entered last
    for index, step in enumerate(trajectory.steps):
        target = target_of(step)
        if target is None:
            continue
        page = canonical_url(step.observation.url)
        if isinstance(step.action, Type):
            typed[page, target.key] = step.action.text
        elif isinstance(step.action, Select):
            typed[page, target.key] = step.action.option
        following = trajectory.steps[index + 1].observation if index + 1 < len(trajectory.steps) else trajectory.final
        here = {key: text for (where, key), text in typed.items() if where == page}
        if _sends(step, target, following):
            members = [element for element in step.observation.elements if element.form == target.form]
            found.append(Submission(tuple(_entries(members, step, target, here))))
        elif _redraws(step, target, following):
            found.append(Submission(tuple(_entries([target], step, target, here)), by_itself=True))
    return found


def holds(sent: Sequence[Submission], fields: Sequence[tuple[str, str]]) -> list[bool]:
    """Return for each (name, value) whether it was sent, and not sent otherwise afterwards.

    A name that is asked for n times (two products, each with its quantity) must have carried those values, in any
    order, the last n times that it was sent.
    """
    results: list[bool] = []
    for name, value in fields:
        wanted = [other for label, other in fields if same_label(label, name)]
        last = _carried(sent, name)[-len(wanted) :]
        results.append(len(last) == len(wanted) and _matched(last, wanted) and any(entry.says(value) for entry in last))
    return results


def _carried(sent: Sequence[Submission], name: str) -> list[Entry]:
    """Return the entries of this name in order; a form's own replaces those that took effect before it was sent."""
    found: list[tuple[Entry, bool]] = []
    for submission in sent:
        entries = [entry for entry in submission.entries if entry.named(name)]
        while entries and found and found[-1][1]:
            found.pop()
        found += [(entry, submission.by_itself) for entry in entries]
    return [entry for entry, _ in found]


def _matched(entries: list[Entry], wanted: list[str]) -> bool:
    """Return whether the entries can be paired off with the wanted values."""
    if not wanted:
        return True
    return any(
        entry.says(wanted[0]) and _matched(entries[:i] + entries[i + 1 :], wanted[1:])
        for i, entry in enumerate(entries)
    )


def target_of(step: Step) -> Element | None:
    """Return the element that a step acted on."""
    mark = getattr(step.action, "mark", None)
    return next((element for element in step.observation.elements if element.mark == mark), None)


def _sends(step: Step, target: Element, following: Observation | None) -> bool:
    if step.requests or (isinstance(step.action, Type) and step.action.submit):
        return True
    if isinstance(step.action, Click) and target.form is not None and target.href is None:
        return target.input_type in SENDING_TYPES or (target.role == "button" and target.input_type != "button")
    # A field that sends its form by itself when it is changed.
    changed = following is not None and canonical_url(following.url) != canonical_url(step.observation.url)
    return changed and target.form is not None and target.href is None


def _redraws(step: Step, target: Element, following: Observation | None) -> bool:
    """Return whether the page's text changed as a field was changed."""
    is_field = target.role in _FIELD_ROLES | _CHECKS | _RADIOS or target.options is not None
    if not is_field or following is None:
        return False
    return [chunk.text for chunk in step.observation.chunks] != [chunk.text for chunk in following.chunks]


def _entries(members: Sequence[Element], step: Step, target: Element, typed: dict[str, str]) -> Iterator[Entry]:
    fields = tuple(name for one in members if not _opens(one) and one.role not in _RADIOS for name in _names(one))
    for element in members:
        if element.role in _CHECKS:
            on = bool(element.checked) != (element is target and isinstance(step.action, Click))
            yield Entry(_names(element), _ON if on else _OFF)
        elif element.role in _RADIOS:
            if _chosen(element, step, target):
                yield Entry(_names(element), _ON)
                taken = (*fields, element.name)
                group = tuple(name for name in (element.label, element.context) if name and not _among(name, taken))
                if group:
                    yield Entry(group, (element.name,))
        elif _opens(element):
            yield from (told for told in _told(element) if not _among(told.names[0], fields))
        elif element.role in _FIELD_ROLES or element.options is not None:
            yield Entry(_names(element), _values(element, step, target, typed.get(element.key)))


def _opens(element: Element) -> bool:
    """Return whether the element is a button that opens a list, and may say what was chosen of it."""
    return element.expanded is not None and element.tag == "button"


def _told(button: Element) -> Iterator[Entry]:
    """Yield what a button may say of its choice: "Board: Under glass" is a name and a value, wherever it is cut."""
    words = button.name.split()
    for cut in range(1, len(words)):
        yield Entry((" ".join(words[:cut]).rstrip(":"),), (" ".join(words[cut:]),))


def _among(name: str, names: Sequence[str]) -> bool:
    return any(same_label(name, other) for other in names)


def _chosen(radio: Element, step: Step, target: Element) -> bool:
    """Return whether this radio button was the chosen one; clicking another of its group would have unset it."""
    if target.role in _RADIOS and target.label == radio.label and isinstance(step.action, Click):
        return radio is target
    return bool(radio.checked)


def _names(element: Element) -> tuple[str, ...]:
    return tuple(name for name in (element.name, element.label, element.placeholder) if name)


def _values(element: Element, step: Step, target: Element, typed: str | None) -> tuple[str, ...]:
    """Return what the field held when it was sent: the action's own value, else the page's, else what was entered.

    A drop-down may show a value other than its option's words, so that what was chosen counts beside it; a password
    field shows nothing.
    """
    if element is target and isinstance(step.action, Type):
        return (step.action.text,)
    if element is target and isinstance(step.action, Select):
        return (step.action.option,)
    if element.options is not None or element.value is None or element.input_type == "password":
        return tuple(value for value in (element.value, typed) if value is not None)
    return (element.value,)
