"""The elements of a page in words, as many as a budget of tokens allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from agent.rendering.replies import quote
from infra.contracts.observation import Element

Count = Callable[[str], int]

NAME, VALUE, NEARBY, OPTIONS = 80, 60, 60, 12


def estimate(text: str) -> int:
    """Estimate a text's tokens from its bytes, three to a token: rather too many than too few.

    It is the same whatever the tokenizer, so a sampler that has none renders the same prompt as the learner.
    """
    return -(-len(text.encode()) // 3)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def describe(element: Element) -> str:
    """Return one line: mark, role, name, and what else tells it from others."""
    words = [f"[{element.mark}]", element.role, quote(_short(element.name, NAME))]
    if element.label and element.label != element.name:
        words.append(f"label={quote(_short(element.label, NAME))}")
    if element.placeholder and element.placeholder not in (element.name, element.label):
        words.append(f"hint={quote(_short(element.placeholder, NAME))}")
    if element.value is not None:
        words.append(f"value={quote(_short(element.value, VALUE))}")
    if element.options:
        more = ["…"] if len(element.options) > OPTIONS else []
        words.append("options=" + " | ".join([quote(_short(one, NAME)) for one in element.options[:OPTIONS]] + more))
    if element.href and not element.name:
        words.append(f"to={quote(_short(urlsplit(element.href).path, VALUE))}")
    words += [
        word
        for word, holds in (
            ("checked", element.checked),
            ("selected", element.selected),
            ("expanded", element.expanded),
            ("required", element.required),
            ("disabled", element.disabled),
            ("off-screen", not element.in_viewport),
        )
        if holds
    ]
    if element.nearby and element.nearby != element.name:
        words.append(f"near={quote(_short(element.nearby, NEARBY))}")
    return " ".join(words)


def listed(elements: Sequence[Element], budget: int, count: Count = estimate) -> tuple[list[str], tuple[Element, ...]]:
    """Return the lines of the elements that the budget has room for, in document order, and those elements.

    What is on the screen comes before what is not, and in either the top before the bottom. Where some are left out a
    last line says how many; it is within the budget.

    Args:
        elements: of one observation.
        budget: most tokens of all lines together.
        count: tokens of a text.
    """
    lines = {element.mark: describe(element) for element in elements}
    costs = {mark: count(line + "\n") for mark, line in lines.items()}
    kept: set[int] = set()
    if sum(costs.values()) <= budget:
        kept = set(lines)
    else:
        left = budget - count(_left_out(len(elements)))
        for element in sorted(elements, key=lambda one: (not one.in_viewport, one.box.y, one.mark)):
            if costs[element.mark] > left:
                break  # leaving out one and taking a later, shorter one would make the list look whole
            left -= costs[element.mark]
            kept.add(element.mark)
    shown = tuple(element for element in elements if element.mark in kept)
    missing = len(elements) - len(shown)
    return [lines[one.mark] for one in shown] + ([_left_out(missing)] if missing else []), shown


def _left_out(count: int) -> str:
    return f"({count} more are not listed; scroll to see them)"
