"""Slots: what an echo depends on. A line that a site shows becomes a template by naming the parts that vary.

"Oslo lamp × 2" seen after adding two Oslo lamps is "⟦heading⟧ × ⟦0.quantity⟧"; filled with another page's heading and
another number it says what that page would show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Slots = Mapping[str, str]

SLOT = re.compile("⟦([^⟧]*)⟧")


def generalise(text: str, slots: Slots) -> str:
    """Replace every value of ``slots`` that stands in ``text`` as whole words by its slot, longest values first."""
    names: dict[str, str] = {}
    for name, value in slots.items():
        if value.strip():
            names.setdefault(value.strip(), name)  # the first name of a value wins, always in the same order
    if not names:
        return text
    values = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<![\w.]){re.escape(value)}(?!\w|\.\d)" for value in values))
    return pattern.sub(lambda match: f"⟦{names[match.group()]}⟧", text)


def fill(template: str, slots: Slots) -> str | None:
    """Put values into a template; None where one of its slots is not known."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        known = slots.get(match.group(1))
        missing = missing or known is None
        return known or ""

    filled = SLOT.sub(value, template)
    return None if missing else filled


def has_slot(template: str) -> bool:
    """Return whether anything in the template varies."""
    return SLOT.search(template) is not None
