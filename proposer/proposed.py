"""What a chat model's proposing comes to, for those who need not know how it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from infra.contracts.sitemap import SiteMap
from infra.contracts.task import Task
from infra.contracts.website import Website


@dataclass(frozen=True, slots=True)
class Proposed:
    """New tasks. ``dropped`` counts what was refused; ``cause`` says in words why there are none, else it is empty."""

    tasks: tuple[Task, ...] = ()
    dropped: Counter[str] = field(default_factory=Counter)
    cause: str = ""


#: Asks for a website's first tasks, in view of its map and of pictures of some pages, by blob key.
Propose = Callable[[Website, SiteMap, Sequence[str]], Awaitable[Proposed]]
