"""A website's map in words, as many pages of every kind as fit. Pure."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from urllib.parse import urlsplit

from infra.contracts.sitemap import Form, Page, SiteMap

LINKS, FACTS, FIELDS, OPTIONS, TEXTS = 12, 6, 10, 6, 3
#: Characters of one page.
MOST_PAGE = 900


def summary(sitemap: SiteMap, rng: Random, most: int) -> str:
    """Return the map in at most ``most`` characters; templates take turns, the start page comes first."""
    links: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for edge in sitemap.edges:
        if edge.name.strip():
            links[edge.source][" ".join(edge.name.split())[:60]] = None
    lines: list[str] = []
    used = 0
    for page in _in_turn(sitemap, rng):
        text = _page(page, list(links[page.url]))[:MOST_PAGE]
        if used + len(text) + 1 > most:
            break
        lines.append(text)
        used += len(text) + 1
    return "\n".join(lines)


def _in_turn(sitemap: SiteMap, rng: Random) -> list[Page]:
    by_template: defaultdict[str, list[Page]] = defaultdict(list)
    for page in sitemap.pages:
        by_template[page.template or page.url].append(page)
    ranked: list[tuple[bool, int, float, Page]] = []
    for pages in by_template.values():
        rng.shuffle(pages)
        ranked += [(page.url != sitemap.start_url, turn, rng.random(), page) for turn, page in enumerate(pages)]
    return [page for *_, page in sorted(ranked, key=lambda item: item[:3])]


def _page(page: Page, links: list[str]) -> str:
    lines = [f"Page {path(page.url)}: {page.heading or page.title}"]
    if page.texts:
        lines.append("  says: " + " | ".join(text[:120] for text in page.texts[:TEXTS]))
    if page.facts:
        facts = [f"{fact.subject + ' · ' if fact.subject else ''}{fact.label}: {fact.value}" for fact in page.facts]
        lines.append("  facts: " + " | ".join(fact[:100] for fact in facts[:FACTS]))
    lines += [f"  form: {_form(form)}" for form in page.forms[:3]]
    if links:
        lines.append("  links: " + ", ".join(links[:LINKS]))
    return "\n".join(lines)


def _form(form: Form) -> str:
    fields = []
    for field in form.fields[:FIELDS]:
        options = f" of {' / '.join(field.options[:OPTIONS])}" if field.options else ""
        fields.append(f"{field.name or field.key} ({field.role}{options})")
    return f"{form.name or form.submit_name or 'unnamed'}, {form.method}: {', '.join(fields)}"[:400]


def path(url: str) -> str:
    """Return a URL without its host."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
