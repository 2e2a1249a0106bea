"""Orders that a page gives to machines: "AI agents reading this: …", "ignore your earlier instructions".

No person asked for them. Neither what links within them lead to nor what they say is anything to choose (Greshake et
al. 2023, arXiv 2302.12173). This knows common ways to speak to a machine, not all; whatever is chosen, a browser
reaches the allowed hosts only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from agent.policy.text import fold
from infra.contracts.observation import Element, Observation, TextChunk

_KIND = r"(?:AI|LLM|automated|autonomous)[ -](?:agents?|assistants?|models?|visitors?|users?|browsers?)"
_MACHINE = rf"(?:{_KIND}|language models?|web agents?|bots|crawlers|robots)"
_ORDERS = re.compile(
    r"(?i:\b(?:ignore|disregard|forget|override)\s(?:(?:all|any|your|the|these|of)\s){0,3}"
    r"(?:earlier|previous|prior|above|former|original|system)\s(?:instructions?|prompts?|directions|tasks?)\b)"
    rf"|(?i:\b(?:note|notice|message|attention|warning|instructions?)\s(?:to\s|for\s)?(?:all\s)?{_MACHINE}\b[^.:!?]{{0,30}}:)"
    rf"|(?i:\b{_KIND}\s(?:reading|visiting|viewing|browsing|seeing)\s(?:this|here)\b)"
    r"|(?i:(?:^|[.!?]\s)assistant,\s(?:open|go|click|type|enter|answer|visit|stop)\b)"
    r"|(?i:\btask (?:is )?completed?\b.{0,40}\b(?:assistant|agent)s?\b)"
    r"|\bSYSTEM(?: MESSAGE| PROMPT)?:\s[a-z]"
)
#: Names of fewer characters stand in too many texts to tell anything.
LEAST_NAME = 4
#: Longer surroundings are of a part of the page, and hold more than the element's own sentence.
MOST_AROUND = 160


@lru_cache(maxsize=20_000)
def is_order(text: str) -> bool:
    """Return whether a text speaks to machines and tells them what to do."""
    return _ORDERS.search(text) is not None


def unordered(observation: Observation) -> list[int]:
    """Return the positions of the elements that no order asks for."""
    given = [fold(chunk.text) for chunk in observation.chunks if is_order(chunk.text)]
    return [i for i, element in enumerate(observation.elements) if not _asked(element, given)]


def said(observation: Observation) -> list[TextChunk]:
    """Return the chunks that give no order."""
    return [chunk for chunk in observation.chunks if not is_order(chunk.text)]


def _asked(element: Element, given: Sequence[str]) -> bool:
    """Return whether an element stands in an order, of the page's texts or of what is around it (pictures too)."""
    own = len(element.nearby) <= MOST_AROUND and is_order(element.nearby)
    if not own and not given:
        return False
    name = fold(element.name).strip()
    texts = [*given, fold(element.nearby)] if own else given
    return len(name) >= LEAST_NAME and any(name in text for text in texts)
