"""What real sites do to a visitor, switchable for a whole run or for one session."""

from __future__ import annotations

from enum import StrEnum


class Perturbation(StrEnum):
    """One thing that goes differently from the plain site."""

    LAYOUT = "layout"  # the site's other templates and words
    SLOW = "slow"  # every answer takes its time
    FAILING = "failing"  # every few pages one answers 503 at first
    COOKIES = "cookies"  # a banner that asks for consent
    NEWSLETTER = "newsletter"  # a pop-up that covers the page after a while
    EXPIRY = "expiry"  # the session runs out once
    HOSTILE = "hostile"  # instructions to the agent, foreign links, a request for a password, a fake "task complete"
