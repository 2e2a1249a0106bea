"""Page templates: which pages share their layout, told from URL paths and from what the pages hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

#: Siblings in one folder that make a family even where their layout says nothing (articles, say).
FAMILY = 4
#: Siblings directly below the root make a family only with this much layout in common.
ALIKE = 0.5

_ID = re.compile(r"\d+|[0-9a-f]{8,}(?:-[0-9a-f]{4,})*", re.IGNORECASE)

Layout = frozenset[str]


def page_templates(layouts: Mapping[str, Layout]) -> dict[str, str]:
    """Return the template of each page, such as ``/product/*`` or ``/search?q=*``.

    ``layouts`` maps canonical URLs to what marks a page's layout: labels of its facts, names of its forms' fields.
    """
    common = _common(list(layouts.values()))
    families: defaultdict[tuple[str, ...], dict[str, list[Layout]]] = defaultdict(lambda: defaultdict(list))
    for url, layout in layouts.items():
        segments = _segments(url)
        if segments:
            families[(*segments[:-1], str(len(segments)))][segments[-1]].append(layout - common)
    starred = {key for key, members in families.items() if _is_family(key, members)}
    return {url: _template(url, starred) for url in layouts}


def _segments(url: str) -> tuple[str, ...]:
    return tuple(segment for segment in urlsplit(url).path.split("/") if segment)


def _common(layouts: list[Layout]) -> Layout:
    """Return the features that nearly every page has: the site's frame."""
    counts: defaultdict[str, int] = defaultdict(int)
    for layout in layouts:
        for feature in layout:
            counts[feature] += 1
    return frozenset(feature for feature, count in counts.items() if count > 0.8 * len(layouts))


def _is_family(key: tuple[str, ...], members: Mapping[str, list[Layout]]) -> bool:
    if len(members) < FAMILY:
        return False
    if len(key) > 1:  # below some folder, not below the root
        return True
    layouts = [layouts[0] for layouts in members.values()]
    union = [layout for layout in layouts if layout]
    if len(union) < FAMILY or len(union) < ALIKE * len(layouts):
        return False
    counts: defaultdict[str, int] = defaultdict(int)
    for layout in union:
        for feature in layout:
            counts[feature] += 1
    shared = sum(1 for count in counts.values() if count >= ALIKE * len(layouts))
    return shared >= 2


def _template(url: str, starred: set[tuple[str, ...]]) -> str:
    segments = _segments(url)
    names: list[str] = []
    for i, segment in enumerate(segments):
        family = (*segments[:i], str(i + 1)) in starred
        names.append("*" if family or _ID.fullmatch(segment) else segment)
    query = sorted({name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)})
    return "/" + "/".join(names) + ("?" + "&".join(f"{name}=*" for name in query) if query else "")
