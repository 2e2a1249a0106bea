"""Pages to work with: histories, versions, forms, discussions, editors, the visitor's own."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.wiki.articles import Article, Content, Revision
from sandbox_sites.wiki.listing import whole
from sandbox_sites.wiki.reading import DATES, Reading
from sandbox_sites.wiki.seed import World
from sandbox_sites.wiki.state import PREFERENCES, WikiState

Visitor = Session[WikiState]
REASONS = ("Spelling", "Official name has changed", "Clearer title", "Against a mix-up")
SKINS = {"paper": "Paper", "dusk": "Dusk", "contrast": "High contrast"}
SIGNATURE_MOST = 60
PASSWORD = "saltmarsh"  # noqa: S105 - shown on the page


def parts_of(content: Content) -> dict[str, str]:
    """Return what can be edited: keys of the query by their names."""
    return {"box": "Facts box", "lead": "Introduction"} | {
        str(number): heading for number, heading in enumerate(content.sections, start=1)
    }


class Desk:
    """Renders the pages of people who write."""

    def __init__(self, world: World, web: Web[WikiState]) -> None:
        self._world = world
        self.render, self.missing, self._say = web.render, web.missing, web.say

    def _asked(self, request: Request) -> Article | None:
        return self._world.articles.get(request.query_params.get("page", ""))

    def _ask_in(self, request: Request, visitor: Visitor) -> Response:
        visitor.messages.append(self._say(visitor, "Please sign in first."))
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return to(f"/sign-in?next={quote(place, safe='/')}")

    async def history(self, request: Request, visitor: Visitor) -> Response:
        """All versions of an article."""
        article = self._asked(request)
        if article is None:
            return self.missing(visitor)
        rows = Reading(self._world, visitor.state).revisions(article)
        return self.render(visitor, "history.html", article=article, rows=rows, tab="History")

    def _revision(self, visitor: Visitor, article: Article, wanted: str) -> Revision | None:
        rows = Reading(self._world, visitor.state).revisions(article)
        return next((one for one in rows if one.id == whole(wanted)), None)

    async def revision(self, request: Request, visitor: Visitor) -> Response:
        """One version."""
        article = self._asked(request)
        found = article and self._revision(visitor, article, request.query_params.get("id", ""))
        if article is None or found is None:
            return self.missing(visitor)
        return self.render(visitor, "revision.html", article=article, revision=found, tab="History")

    async def compare(self, request: Request, visitor: Visitor) -> Response:
        """What is different between two versions."""
        article = self._asked(request)
        old, new = (
            (article and self._revision(visitor, article, request.query_params.get(name, "")))
            for name in ("old", "new")
        )
        if article is None or old is None or new is None:
            return self.missing(visitor)
        then, now = old.content.parts(), new.content.parts()
        rows = [
            (key.rpartition(":")[2].replace("lead", "Introduction"), then.get(key, ""), now.get(key, ""))
            for key in dict.fromkeys([*then, *now])
            if then.get(key) != now.get(key)
        ]
        return self.render(visitor, "compare.html", article=article, old=old, new=new, rows=rows, tab="History")

    async def edit(self, request: Request, visitor: Visitor) -> Response:
        """The choice of a part, or the form for it."""
        article = self._asked(request)
        if article is None:
            return self.missing(visitor)
        if not visitor.state.signed_in:
            return self._ask_in(request, visitor)
        content = Reading(self._world, visitor.state).content(article)
        part, parts = request.query_params.get("part", ""), parts_of(content)
        if part not in parts:
            return self.render(visitor, "edit_parts.html", article=article, parts=parts, tab="Edit")
        return self.render(
            visitor, "edit.html", article=article, part=part, name=parts[part], content=content, errors={}, form={},
            texts=texts_of(content, part), preview=False, tab="Edit",
        )  # fmt: skip

    async def restore(self, request: Request, visitor: Visitor) -> Response:
        """The form that brings a version back."""
        article = self._asked(request)
        found = article and self._revision(visitor, article, request.query_params.get("id", ""))
        if article is None or found is None:
            return self.missing(visitor)
        if not visitor.state.signed_in:
            return self._ask_in(request, visitor)
        return self.render(visitor, "restore.html", article=article, revision=found, errors={}, form={}, tab="History")

    async def talk(self, request: Request, visitor: Visitor) -> Response:
        """An article's discussions."""
        article = self._asked(request)
        if article is None:
            return self.missing(visitor)
        topics = Reading(self._world, visitor.state).topics(article.slug)
        return self.render(visitor, "talk.html", article=article, topics=topics, errors={}, form={}, tab="Discussion")

    async def rename(self, request: Request, visitor: Visitor) -> Response:
        """The form for another title."""
        article = self._asked(request)
        if article is None:
            return self.missing(visitor)
        if not visitor.state.signed_in:
            return self._ask_in(request, visitor)
        return self.render(visitor, "rename.html", article=article, reasons=REASONS, errors={}, form={}, tab="Rename")

    async def links(self, request: Request, visitor: Visitor) -> Response:
        """Which articles link to an article."""
        article = self._asked(request)
        if article is None:
            return self.missing(visitor)
        return self.render(
            visitor, "links.html", article=article, found=self._world.linking(article.title), tab="Links"
        )

    async def editor(self, request: Request, visitor: Visitor) -> Response:
        """Somebody who writes here."""
        editor = next(
            (one for one in (*self._world.editors, self._world.me) if one.slug == request.path_params["slug"]), None
        )
        if editor is None:
            return self.missing(visitor)
        rows = [one for one in Reading(self._world, visitor.state).changes() if one.editor == editor.name]
        mine = [letter for letter in visitor.state.letters if letter.editor == editor.slug]
        return self.render(visitor, "editor.html", editor=editor, rows=rows, letters=mine, errors={}, form={})

    async def contributions(self, request: Request, visitor: Visitor) -> Response:
        """What somebody has edited."""
        editor = next(
            (one for one in (*self._world.editors, self._world.me) if one.slug == request.path_params["slug"]), None
        )
        if editor is None:
            return self.missing(visitor)
        rows = [one for one in Reading(self._world, visitor.state).changes() if one.editor == editor.name]
        return self.render(visitor, "contributions.html", editor=editor, rows=rows)

    async def watchlist(self, request: Request, visitor: Visitor) -> Response:
        """The visitor's articles."""
        if not visitor.state.signed_in:
            return self._ask_in(request, visitor)
        reading = Reading(self._world, visitor.state)
        rows = [(one, reading.revisions(one)[0]) for one in reading.watched()]
        return self.render(visitor, "watchlist.html", rows=rows)

    async def preferences(self, request: Request, visitor: Visitor) -> Response:
        """How the visitor wants things."""
        if not visitor.state.signed_in:
            return self._ask_in(request, visitor)
        form = {name: visitor.state.preference(name) for name in PREFERENCES}
        return self.render(visitor, "preferences.html", form=form, errors={}, skins=SKINS, styles=DATES)

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """The form to sign in."""
        then = local(request.query_params.get("next", "/"))
        return self.render(visitor, "sign_in.html", then=then, errors={}, form={}, password=PASSWORD)


def texts_of(content: Content, part: str) -> dict[str, str]:
    """Return the texts of a part by their place."""
    if part == "box":
        return {f"box:{label}": value for label, value in content.box.items()}
    if part == "lead":
        return {"lead": content.lead}
    heading = list(content.sections)[whole(part) - 1]
    return {f"section:{heading}": content.sections[heading]}
