"""Pages to read: articles and the ways to them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.wiki.listing import Recent, Search
from sandbox_sites.wiki.past import TODAY
from sandbox_sites.wiki.reading import Reading
from sandbox_sites.wiki.seed import KINDS, PORTALS, World
from sandbox_sites.wiki.state import WikiState
from sandbox_sites.wiki.things import slug

Visitor = Session[WikiState]
SUGGESTIONS = 7


class Browsing:
    """Renders pages that change nothing."""

    def __init__(self, world: World, web: Web[WikiState]) -> None:
        self._world = world
        self._categories = world.categories()
        self.render, self.missing = web.render, web.missing

    async def home(self, request: Request, visitor: Visitor) -> Response:
        """The start page."""
        day = TODAY.toordinal()
        featured = self._world.of("town")[day % 20]
        facts = [self._world.of(kind)[day % 7] for kind in ("animal", "dish", "mountain", "ship")]
        events = self._world.of("event")[:4]
        return self.render(visitor, "home.html", featured=featured, facts=facts, events=events)

    async def article(self, request: Request, visitor: Visitor) -> Response:
        """One article, or the list of what bears a name."""
        wanted = request.path_params["slug"]
        if wanted in self._world.shared:
            bearers = self._world.shared[wanted]
            found = [self._world.articles[slug(thing.title)] for thing in bearers]
            return self.render(visitor, "shared.html", name=bearers[0].name, found=found, surname=wanted)
        article = self._world.articles.get(wanted)
        if article is None:
            return self.missing(visitor)
        reading = Reading(self._world, visitor.state)
        see = [self._world.articles[self._world.slugs[title]] for title in article.see]
        return self.render(
            visitor, "article.html", article=article, content=reading.content(article), see=see, tab="Article",
            citations=reading.citations(article),
        )  # fmt: skip

    async def contents(self, request: Request, visitor: Visitor) -> Response:
        """All articles."""
        reading = Reading(self._world, visitor.state)
        letters: dict[str, list[Any]] = {}
        for article in sorted(self._world.articles.values(), key=reading.title):
            letters.setdefault(reading.title(article)[:1].upper(), []).append(article)
        return self.render(visitor, "contents.html", letters=letters)

    async def categories(self, request: Request, visitor: Visitor) -> Response:
        """All categories."""
        return self.render(visitor, "categories.html", found=self._categories)

    async def category(self, request: Request, visitor: Visitor) -> Response:
        """One category's articles."""
        wanted = request.path_params["slug"]
        name = next((name for name in self._categories if slug(name) == wanted), None)
        if name is None:
            return self.missing(visitor)
        letters: dict[str, list[Any]] = {}
        for article in self._categories[name]:
            letters.setdefault(article.title[0], []).append(article)
        return self.render(visitor, "category.html", name=name, letters=letters, count=len(self._categories[name]))

    async def portals(self, request: Request, visitor: Visitor) -> Response:
        """All portals."""
        return self.render(visitor, "portals.html", portals=PORTALS)

    async def portal(self, request: Request, visitor: Visitor) -> Response:
        """One portal: a tab for each kind."""
        found = PORTALS.get(request.path_params["name"])
        if found is None:
            return self.missing(visitor)
        tabs = {KINDS[kind]: self._world.of(kind) for kind in found[1]}
        return self.render(visitor, "portal.html", name=found[0], tabs=tabs)

    async def glossary(self, request: Request, visitor: Visitor) -> Response:
        """Words of the islands."""
        return self.render(visitor, "glossary.html", terms=self._world.glossary)

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """The list of help pages."""
        return self.render(visitor, "help.html", topics=self._world.help)

    async def help_page(self, request: Request, visitor: Visitor) -> Response:
        """One help page."""
        found = self._world.help.get(request.path_params["name"])
        if found is None:
            return self.missing(visitor)
        return self.render(visitor, "help_page.html", heading=found[0], facts=found[1])

    async def about(self, request: Request, visitor: Visitor) -> Response:
        """What this is."""
        return self.render(visitor, "about.html")

    async def search(self, request: Request, visitor: Visitor) -> Response:
        """Articles that hold all the words."""
        listing = Search.of(Reading(self._world, visitor.state), request.query_params)
        return self.render(visitor, "search.html", listing=listing)

    async def recent(self, request: Request, visitor: Visitor) -> Response:
        """What has been edited."""
        listing = Recent.of(Reading(self._world, visitor.state), request.query_params)
        return self.render(visitor, "recent.html", listing=listing)

    async def suggest(self, request: Request, visitor: Visitor) -> list[dict[str, str]]:
        """Titles that begin with, or hold, what is typed."""
        typed, reading = request.query_params.get("q", "").strip().lower(), Reading(self._world, visitor.state)
        if not typed:
            return []
        titles = [(reading.title(one), one) for one in self._world.articles.values()]
        hits = sorted(hit[0] for hit in titles if typed in hit[0].lower())
        hits.sort(key=lambda title: not title.lower().startswith(typed))
        paths = {title: (f"/wiki/{one.slug}", KINDS[one.kind]) for title, one in titles}
        return [{"title": hit, "path": paths[hit][0], "kind": paths[hit][1]} for hit in hits[:SUGGESTIONS]]

    async def more(self, request: Request, visitor: Visitor) -> dict[str, str]:
        """Older changes as HTML rows."""
        listing = Recent.of(Reading(self._world, visitor.state), request.query_params)
        kept, visitor.messages = visitor.messages, []
        rows = bytes(self.render(visitor, "recent_rows.html", listing=listing).body).decode()
        visitor.messages = kept
        return {"rows": rows, "next": listing.next}

    async def special(self, request: Request, visitor: Visitor) -> Response:
        """The list of special pages."""
        return self.render(visitor, "special.html")

    async def special_page(self, request: Request, visitor: Visitor) -> Response:
        """One special page: a table of articles, or of editors."""
        world, reading = self._world, Reading(self._world, visitor.state)
        every = list(world.articles.values())
        name = request.path_params["name"]
        if name == "editors":
            counts = {
                one.name: sum(row.editor == one.name for row in reading.changes()) for one in (*world.editors, world.me)
            }
            return self.render(
                visitor,
                "editors.html",
                editors=sorted((*world.editors, world.me), key=lambda one: one.name),
                counts=counts,
            )
        if name == "statistics":
            counts = {label: len(world.of(kind)) for kind, label in KINDS.items()}
            return self.render(visitor, "statistics.html", counts=counts, edits=len(reading.changes()))
        if name == "longest":
            rows = sorted(every, key=lambda one: (-reading.content(one).size, one.title))[:25]
            found = [(one, f"{reading.content(one).size:,}") for one in rows]
            return self.render(visitor, "ranking.html", heading="Longest articles", column="Characters", found=found)
        if name == "most-linked":
            linked = sorted(
                ((len(world.linking(one.title)), one) for one in every), key=lambda pair: (-pair[0], pair[1].title)
            )
            found = [(one, str(count)) for count, one in linked[:25]]
            return self.render(visitor, "ranking.html", heading="Most linked", column="Links", found=found)
        if name == "untouched":
            rows = sorted(every, key=lambda one: reading.revisions(one)[0].id)[:25]
            found = [(one, reading.day(reading.revisions(one)[0].day)) for one in rows]
            return self.render(visitor, "ranking.html", heading="Long untouched", column="Last edit", found=found)
        return self.missing(visitor)
