"""What visitors change in articles. Changes answer with a redirect, or with the form and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Handler, Web
from sandbox_sites.wiki.articles import Article, Content
from sandbox_sites.wiki.desk import REASONS, parts_of, texts_of
from sandbox_sites.wiki.listing import whole
from sandbox_sites.wiki.reading import Reading
from sandbox_sites.wiki.seed import World
from sandbox_sites.wiki.state import Edit, Rename, WikiState

Visitor = Session[WikiState]
SUMMARY_MOST, VALUE_MOST, TITLE_MOST = 120, 90, 80
MOST = 200  # of anything that one visitor writes
_NUMBER = re.compile(r"\d")


class Changes:
    """Handlers of POST requests about articles."""

    def __init__(self, world: World, web: Web[WikiState]) -> None:
        self._world = world
        self._render, self._missing, self._say = web.render, web.missing, web.say

    def routes(self) -> dict[str, Handler[WikiState]]:
        """Return the handlers by path."""
        return {
            "/edit": self.edit, "/restore": self.restore, "/rename": self.rename, "/watch": self.watch,
            "/thank": self.thank,
        }  # fmt: skip

    def _shut_out(self, visitor: Visitor) -> Response | None:
        if visitor.state.signed_in:
            return None
        visitor.messages.append(self._say(visitor, "Please sign in first."))
        return to("/sign-in")

    def _summary(self, visitor: Visitor, form: Mapping[str, str]) -> dict[str, str]:
        summary = form.get("summary", "")
        if not summary:
            return {"summary": self._say(visitor, "Please fill in this field.")}
        return {"summary": self._say(visitor, "This is too long.")} if len(summary) > SUMMARY_MOST else {}

    async def edit(self, request: Request, visitor: Visitor) -> Response:
        """Publish a part of an article, or show what it would look like."""
        form = await form_of(request)
        article = self._world.articles.get(form.get("page", ""))
        if article is None:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        content = Reading(self._world, visitor.state).content(article)
        part, parts = form.get("part", ""), parts_of(content)
        if part not in parts:
            return to(f"/edit?page={article.slug}")
        old = texts_of(content, part)
        texts = {
            key: form.get(f"text{number}", value).replace("\r\n", "\n")
            for number, (key, value) in enumerate(old.items())
        }
        changes = {key: text for key, text in texts.items() if text != old[key]}
        errors = self._wrong(visitor, texts, content)
        preview = "preview" in form
        if not preview:
            errors |= self._summary(visitor, form)
            if not changes and not errors:
                errors["form"] = self._say(visitor, "Nothing has changed.")
        if errors or preview:
            return self._render(
                visitor, "edit.html", status=422 if errors else 200, article=article, part=part, name=parts[part],
                content=content.changed(texts), errors=errors, form=form, texts=texts, preview=preview and not errors,
                tab="Edit",
            )  # fmt: skip
        if len(visitor.state.edits) < MOST:
            visitor.state.edits.append(Edit(article.slug, changes, form["summary"], "minor" in form))
        visitor.messages.append(self._say(visitor, "Your changes were published."))
        return to(f"/wiki/{article.slug}")

    def _wrong(self, visitor: Visitor, texts: Mapping[str, str], content: Content) -> dict[str, str]:
        errors, now = {}, content.parts()
        for key, text in texts.items():
            if not text:
                errors[key] = self._say(visitor, "Please fill in this field.")
            elif key.startswith("box:") and len(text) > VALUE_MOST:
                errors[key] = self._say(visitor, "This is too long.")
            elif key.startswith("box:") and now[key][0].isdigit() and not _NUMBER.search(text):
                errors[key] = self._say(visitor, "This must hold a number.")
        return errors

    async def restore(self, request: Request, visitor: Visitor) -> Response:
        """Bring a version back."""
        form = await form_of(request)
        article = self._world.articles.get(form.get("page", ""))
        reading = Reading(self._world, visitor.state)
        rows = reading.revisions(article) if article else []
        found = next((one for one in rows if one.id == whole(form.get("id", ""))), None)
        if article is None or found is None:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        errors = self._summary(visitor, form)
        if not errors and found is rows[0]:
            errors["form"] = self._say(visitor, "Nothing has changed.")
        if errors:
            return self._render(
                visitor,
                "restore.html",
                status=422,
                article=article,
                revision=found,
                errors=errors,
                form=form,
                tab="History",
            )
        if len(visitor.state.edits) < MOST:
            visitor.state.edits.append(Edit(article.slug, {}, form["summary"], restored=found.id))
        visitor.messages.append(f"{reading.title(article)} {self._say(visitor, 'was restored.')}")
        return to(f"/history?page={article.slug}")

    def _title_error(self, article: Article, title: str, visitor: Visitor) -> str:
        reading = Reading(self._world, visitor.state)
        taken = {reading.title(one).lower() for one in self._world.articles.values()}
        taken |= {bearers[0].name.lower() for bearers in self._world.shared.values()}
        if not title:
            return "Please fill in this field."
        if len(title) > TITLE_MOST:
            return "This is too long."
        if title == reading.title(article):
            return "Nothing has changed."
        return "An article of this name exists." if title.lower() in taken else ""

    async def rename(self, request: Request, visitor: Visitor) -> Response:
        """Give an article another title."""
        form = await form_of(request)
        article = self._world.articles.get(form.get("page", ""))
        if article is None:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        errors = {}
        wrong = self._title_error(article, form.get("title", ""), visitor)
        if wrong:
            errors["title"] = self._say(visitor, wrong)
        if form.get("reason") not in REASONS:
            errors["reason"] = self._say(visitor, "Please choose one.")
        if errors:
            return self._render(
                visitor,
                "rename.html",
                status=422,
                article=article,
                reasons=REASONS,
                errors=errors,
                form=form,
                tab="Rename",
            )
        visitor.state.renames[article.slug] = Rename(form["title"], form["reason"], form.get("note", ""))
        visitor.messages.append(self._say(visitor, "The article was renamed."))
        return to(f"/wiki/{article.slug}")

    async def watch(self, request: Request, visitor: Visitor) -> Response:
        """Put an article on the watchlist or take it off."""
        form = await form_of(request)
        article = self._world.articles.get(form.get("page", ""))
        if article is None:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        state, on = visitor.state.watch, form.get("on") == "1"
        state.pop(article.slug, None)
        if on != (article.slug in self._world.watched):
            state[article.slug] = on
        said = "is on your watchlist." if on else "is off your watchlist."
        visitor.messages.append(f"{Reading(self._world, visitor.state).title(article)} {self._say(visitor, said)}")
        return to(local(form.get("next", f"/wiki/{article.slug}")))

    async def thank(self, request: Request, visitor: Visitor) -> Response:
        """Thank the editor of a version."""
        form = await form_of(request)
        found = next((one for one in self._world.log if one.id == whole(form.get("id", ""))), None)
        if found is None:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        if found.id not in visitor.state.thanks and found.editor != self._world.me.name:
            visitor.state.thanks.append(found.id)
        visitor.messages.append(f"{self._say(visitor, 'You thanked')} {found.editor}.")
        return to(local(form.get("next", f"/history?page={found.slug}")))
