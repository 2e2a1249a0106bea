"""What a URL's shape tells before the page is visited: what to leave alone, and which URLs are variants of one page."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

#: Query parameters that walk through one long list.
PAGING = frozenset({"page", "p", "pg", "paged", "pagenum", "offset", "start", "from", "cursor", "after", "before"})

_FILE = re.compile(
    r"\.(?:pdf|zip|gz|tgz|bz2|7z|rar|exe|dmg|iso|apk|jpe?g|png|gif|webp|svg|ico|css|js|mjs|json|xml|rss|atom|csv|xlsx?"
    r"|docx?|pptx?|odt|mp3|mp4|m4a|avi|mov|webm|ogg|wav|woff2?|ttf|ics)$",
    re.IGNORECASE,
)
#: Links that change something although they are plain links: following one could end a session or lose data.
_ACTION = re.compile(
    r"(?:^|[/_\-?&=])(?:log-?out|sign-?out|delete|remove|destroy|unsubscribe|revoke)(?:$|[/_\-?&=.])", re.IGNORECASE
)


class Shape(NamedTuple):
    """A URL without its values: path, and the sorted names of its query parameters."""

    path: str
    names: tuple[str, ...]

    @property
    def group(self) -> str:
        """Return the folder of the path: pages in it are likely of one kind."""
        folder, _, _ = self.path.rstrip("/").rpartition("/")
        return f"{folder}/"

    @property
    def paging(self) -> bool:
        """Return whether the URL is a later page of a list."""
        return len(self.names) == 1 and self.part

    @property
    def part(self) -> bool:
        """Return whether the URL says how far into a list it begins, sorted or narrowed down or not."""
        return any(name.lower() in PAGING for name in self.names)


def shape(url: str) -> Shape:
    """Return the shape of a canonical URL."""
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return Shape(path=parts.path or "/", names=tuple(names))


def refusal(url: str) -> str | None:
    """Return why a link is not to be followed whatever its host, or None: "scheme", "file" or "action"."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "scheme"
    if _FILE.search(parts.path):
        return "file"
    if _ACTION.search(parts.path) or _ACTION.search(f"?{parts.query}"):
        return "action"
    return None
