"""What is behind tabs, menus and lists of choices, as the survey saw it when it opened them."""

from __future__ import annotations

from agent.policy.text import fold
from infra.contracts.observation import Element
from infra.contracts.sitemap import SiteMap
from infra.urls import canonical_url

Texts = tuple[str, ...]


def is_closed(element: Element) -> bool:
    """Return whether an element would show more if it were pressed: a tab not chosen, a menu or a list not open."""
    if element.disabled or element.options:
        return False
    return not element.selected if element.role == "tab" else element.expanded is False


class Openers:
    """The openers of a map. One that is not known on a page is taken to show what its namesakes show elsewhere.

    Namesakes on pages of the same template come first; what is on every page was opened on one.
    """

    def __init__(self, sitemap: SiteMap | None) -> None:
        """``sitemap``: None: nothing is known."""
        self._here: dict[tuple[str, str], Texts] = {}
        self._alike: dict[tuple[str, str], Texts] = {}
        self._templates = {page.url: page.template for page in sitemap.pages} if sitemap else {}
        for one in sitemap.openers if sitemap else ():
            self._here[one.page, one.key] = one.texts
            for template in (self._templates.get(one.page, ""), ""):
                self._alike.setdefault((template, fold(one.name)), one.texts)

    def shown(self, url: str, element: Element) -> Texts:
        """Return what a closed element of the page at ``url`` has been seen to show; nothing where it is open."""
        if not self._here or not is_closed(element):
            return ()
        page, name = canonical_url(url), fold(element.name)
        known = self._here.get((page, element.key)) or self._alike.get((self._templates.get(page, ""), name))
        return known or self._alike.get(("", name), ())
