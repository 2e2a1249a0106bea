"""robots.txt, as a browser shows it.

Only agents touch the web, so the file arrives as a page's visible text, its white space folded: the lines are found
again by their directive names. The rules themselves are the standard library's.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from infra.contracts.observation import Observation

USER_AGENT = "pae"

_DIRECTIVE = re.compile(r"\s*\b(user-agent|disallow|allow|crawl-delay|request-rate|sitemap|host)\s*:", re.IGNORECASE)


def robots_url(url: str) -> str:
    """Return where the site of ``url`` keeps its robots.txt."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


class Robots:
    """What a site asks robots to leave alone. Without a file everything is allowed."""

    def __init__(self, text: str = "") -> None:
        self._parser = RobotFileParser()
        self._parser.parse(lines(text))

    @classmethod
    def from_observation(cls, observation: Observation | None) -> Robots:
        """Read the rules from the page that robots.txt showed; a missing or HTML page has none."""
        if observation is None or (observation.status or 200) >= 400 or observation.elements:
            return cls()
        return cls("\n".join(chunk.text for chunk in observation.chunks))

    def allows(self, url: str) -> bool:
        """Return whether the survey may load ``url``."""
        return self._parser.can_fetch(USER_AGENT, url)

    @property
    def delay(self) -> float | None:
        """Return the seconds that the site asks for between two loads; None where it does not."""
        delay = self._parser.crawl_delay(USER_AGENT)
        return float(delay) if delay else None


def lines(text: str) -> list[str]:
    """Split folded text back into one directive a line; comments are cut off."""
    separated = _DIRECTIVE.sub(lambda match: f"\n{match.group(1)}:", text)
    return [line.partition("#")[0].strip() for line in separated.splitlines()]
