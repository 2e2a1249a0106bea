"""said: what one step of a demonstration says is to be done, as recorders write it down or people do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from infra.demos.recorded import HIDDEN


class Verb(StrEnum):
    """What is done in a step."""

    OPEN = "open"
    CLICK = "click"
    ENTER = "enter"
    CHOOSE = "choose"
    TICK = "tick"
    UNTICK = "untick"
    SUBMIT = "submit"
    SEARCH = "search"
    ANSWER = "answer"
    NOTHING = "nothing"  # what changes nothing on a page


@dataclass(frozen=True, slots=True)
class Said:
    """One step. ``target``: what the element is called, or a path or URL; empty where that goes without saying."""

    verb: Verb
    target: str = ""
    role: str = ""  # ARIA role of the target, where it is said
    value: str = ""  # what is entered, chosen, searched for or answered
    within: str = ""  # what the target's row or card shows, where that is said


#: What people call elements, and their ARIA roles.
_ROLES = {
    "link": "link", "button": "button", "tab": "tab", "radio": "radio", "checkbox": "checkbox", "menuitem": "menuitem",
    "option": "option", "searchbox": "searchbox", "combobox": "combobox", "switch": "switch",
    "spinbutton": "spinbutton", "slider": "slider", "textbox": "", "field": "", "box": "",
}  # fmt: skip
#: What points at something that was said before.
_POINTING = frozenset({"it", "this", "that", "them", "one", "there", "here"})
_OPENING, _CLOSING = "“\"'‘«", "”\"'’»"
_SEVERAL = f"[{_OPENING}].+?[{_CLOSING}]|.+?"
_FLAGS = re.IGNORECASE | re.DOTALL

_OPEN = re.compile(r"(?:open|go to|goto|visit|navigate to|load)\s+(?:the (?:page|url)\s+)?(/.*|https?://.+)", _FLAGS)
_NOTHING = re.compile(
    r"(?:(?:wait|scroll|hover|reload|look at)\b.*|load the page again|press (?:tab|escape)(?: in .+)?)", _FLAGS
)
_SUBMIT = re.compile(
    r"(?:press|hit|push)\s+(?:the\s+)?(?:enter|return)(?:\s+key)?(?:\s+(?:in|on)\s+(?P<target>.+))?", _FLAGS
)
_SEARCH = re.compile(rf"(?:search|look)\s+for\s+(?P<value>{_SEVERAL})", _FLAGS)
_ENTER = re.compile(
    rf"(?:enter|type|write|put|input)\s+(?P<value>{_SEVERAL})\s+(?:into|in|as)\s+(?P<target>.+)", _FLAGS
)
_FILL = re.compile(rf"(?:fill(?:\s+in)?|set)\s+(?P<target>{_SEVERAL})\s+(?:with|to)\s+(?P<value>.+)", _FLAGS)
_CHOOSE = re.compile(
    rf"(?:choose|select|pick)\s+(?P<value>{_SEVERAL})\s+(?:in|from|for|as|under)\s+(?P<target>.+)", _FLAGS
)
_TICK = re.compile(r"(?P<not>un)?(?:check|tick)\s+(?P<target>.+)", _FLAGS)
_ANSWER = re.compile(r"(?:answer|reply)(?:\s+with)?\s*:?\s+(?P<value>.+)", _FLAGS)
_CLICK = re.compile(
    r"(?:click|press|tap|push|hit|follow|open|choose|select|pick|go to|visit)(?:\s+on)?\s+(?P<target>.+)", _FLAGS
)
_WITHIN = re.compile(rf"(?P<name>{_SEVERAL})\s+(?:of|beside|next to)\s+(?P<within>[{_OPENING}].+)", _FLAGS)


def said(step: str) -> Said | None:
    """Return what a step says; None where it cannot be told."""
    text = " ".join(step.split()).rstrip(".")
    if (found := _OPEN.fullmatch(text)) is not None:
        return Said(Verb.OPEN, found.group(1))
    if (found := _SEARCH.fullmatch(text)) is not None:
        return Said(Verb.SEARCH, value=_bare(found["value"]))
    if _NOTHING.fullmatch(text):
        return Said(Verb.NOTHING)
    if (found := _SUBMIT.fullmatch(text)) is not None:
        return _on(Verb.SUBMIT, found["target"] or "")
    if (found := _ANSWER.fullmatch(text)) is not None:
        return Said(Verb.ANSWER, value=_bare(found["value"]))
    for pattern, verb in ((_ENTER, Verb.ENTER), (_FILL, Verb.ENTER), (_CHOOSE, Verb.CHOOSE)):
        if (found := pattern.fullmatch(text)) is not None:
            return _on(verb, found["target"], _bare(found["value"]))
    if (found := _TICK.fullmatch(text)) is not None:
        return _on(Verb.UNTICK if found["not"] else Verb.TICK, found["target"])
    if (found := _CLICK.fullmatch(text)) is not None and found["target"].casefold() not in _POINTING:
        return _on(Verb.CLICK, found["target"])
    return None


def hidden(step: Said) -> bool:
    """Return whether a value was left out because it is a secret."""
    return HIDDEN in step.value or HIDDEN in step.target


def _on(verb: Verb, target: str, value: str = "") -> Said:
    """Return a step on an element: "the button “Add” of “Oslo lamp”", "Orders link", "“Name”"."""
    found = _WITHIN.fullmatch(target.strip())
    name, within = (found["name"], _bare(found["within"])) if found is not None else (target.strip(), "")
    name = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    role = ""
    first, _, rest = name.partition(" ")
    before, _, last = name.rpartition(" ")
    if first.casefold() in _ROLES and rest[:1] in _OPENING:
        role, name = _ROLES[first.casefold()], rest
    elif last.casefold() in _ROLES and before:
        role, name = _ROLES[last.casefold()], before
    elif name.casefold() in _ROLES:
        role, name = _ROLES[name.casefold()], ""
    return Said(verb, _bare(name), role, value, within)


def _bare(text: str) -> str:
    """Return a text without the quotation marks around it."""
    text = text.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING else text
