"""What visitors say and choose: discussions, letters, preferences, signing in and out."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Handler, Web
from sandbox_sites.wiki.changes import MOST
from sandbox_sites.wiki.desk import PASSWORD, SIGNATURE_MOST, SKINS
from sandbox_sites.wiki.listing import whole
from sandbox_sites.wiki.reading import DATES, Reading
from sandbox_sites.wiki.seed import World
from sandbox_sites.wiki.state import PREFERENCES, Letter, NewReply, NewTopic, WikiState

Visitor = Session[WikiState]
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class People:
    """Handlers of POST requests about people."""

    def __init__(self, world: World, web: Web[WikiState]) -> None:
        self._world = world
        self._render, self._missing, self._say = web.render, web.missing, web.say

    def routes(self) -> dict[str, Handler[WikiState]]:
        """Return the handlers by path."""
        return {
            "/talk/topic": self.topic, "/talk/reply": self.reply, "/talk/settle": self.settle,
            "/editor/{slug}": self.letter, "/preferences": self.preferences, "/sign-in": self.sign_in,
            "/sign-out": self.sign_out,
        }  # fmt: skip

    def _shut_out(self, visitor: Visitor) -> Response | None:
        if visitor.state.signed_in:
            return None
        visitor.messages.append(self._say(visitor, "Please sign in first."))
        return to("/sign-in")

    def _empty(self, visitor: Visitor, form: dict[str, str], *names: str) -> dict[str, str]:
        return {name: self._say(visitor, "Please fill in this field.") for name in names if not form.get(name)}

    async def topic(self, request: Request, visitor: Visitor) -> Response:
        """Begin a discussion."""
        form = await form_of(request)
        article = self._world.articles.get(form.get("page", ""))
        if article is None:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        errors = self._empty(visitor, form, "title", "text")
        if errors:
            topics = Reading(self._world, visitor.state).topics(article.slug)
            return self._render(
                visitor,
                "talk.html",
                status=422,
                article=article,
                topics=topics,
                errors=errors,
                form=form,
                tab="Discussion",
            )
        if len(visitor.state.topics) < MOST:
            visitor.state.topics.append(NewTopic(article.slug, form["title"], form["text"].replace("\r\n", "\n")))
        visitor.messages.append(self._say(visitor, "Your topic was posted."))
        return to(f"/talk?page={article.slug}")

    async def reply(self, request: Request, visitor: Visitor) -> Response:
        """Answer in a discussion."""
        form = await form_of(request)
        article = self._world.articles.get(form.get("page", ""))
        topics = Reading(self._world, visitor.state).topics(article.slug) if article else []
        if article is None or form.get("topic") not in [topic.id for topic in topics]:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        errors = self._empty(visitor, form, "reply")
        if errors:
            return self._render(
                visitor,
                "talk.html",
                status=422,
                article=article,
                topics=topics,
                errors=errors,
                form=form,
                tab="Discussion",
            )
        if len(visitor.state.replies) < MOST:
            visitor.state.replies.append(NewReply(form["topic"], form["reply"].replace("\r\n", "\n")))
        visitor.messages.append(self._say(visitor, "Your reply was posted."))
        return to(f"/talk?page={article.slug}")

    async def settle(self, request: Request, visitor: Visitor) -> Response:
        """Say that a discussion has come to its end."""
        form = await form_of(request)
        article = self._world.articles.get(form.get("page", ""))
        topics = Reading(self._world, visitor.state).topics(article.slug) if article else []
        if article is None or form.get("topic") not in [topic.id for topic in topics]:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        if form["topic"] not in visitor.state.settled:
            visitor.state.settled.append(form["topic"])
        visitor.messages.append(self._say(visitor, "The topic is settled."))
        return to(f"/talk?page={article.slug}")

    async def letter(self, request: Request, visitor: Visitor) -> Response:
        """Write to another editor."""
        form = await form_of(request)
        wanted = request.path_params["slug"]
        editor = next((one for one in self._world.editors if one.slug == wanted), None)
        if editor is None:
            return self._missing(visitor)
        if (out := self._shut_out(visitor)) is not None:
            return out
        errors = self._empty(visitor, form, "subject", "text")
        if errors:
            rows = [one for one in Reading(self._world, visitor.state).changes() if one.editor == editor.name]
            mine = [letter for letter in visitor.state.letters if letter.editor == editor.slug]
            return self._render(
                visitor, "editor.html", status=422, editor=editor, rows=rows, letters=mine, errors=errors, form=form
            )
        if len(visitor.state.letters) < MOST:
            visitor.state.letters.append(Letter(editor.slug, form["subject"], form["text"].replace("\r\n", "\n")))
        visitor.messages.append(self._say(visitor, "Your message was sent."))
        return to(f"/editor/{editor.slug}")

    async def preferences(self, request: Request, visitor: Visitor) -> Response:
        """Choose how things are."""
        form = await form_of(request)
        if (out := self._shut_out(visitor)) is not None:
            return out
        chosen = {name: form.get(name, "") for name in PREFERENCES}
        errors = {}
        if not _EMAIL.fullmatch(chosen["email"]):
            errors["email"] = self._say(visitor, "This is no e-mail address.")
        if len(chosen["signature"]) > SIGNATURE_MOST:
            errors["signature"] = self._say(visitor, "This is too long.")
        allowed = {"skin": SKINS, "dates": DATES, "width": ("narrow", "wide"), "first_day": ("monday", "sunday")}
        for name, values in allowed.items():
            if chosen[name] not in values:
                errors[name] = self._say(visitor, "Please choose one.")
        if not 14 <= whole(chosen["text_size"]) <= 24:
            errors["text_size"] = self._say(visitor, "Please choose one.")
        if errors:
            return self._render(
                visitor, "preferences.html", status=422, form=chosen, errors=errors, skins=SKINS, styles=DATES
            )
        chosen.update({name: "yes" if chosen[name] else "" for name in ("mail", "tips", "digest")})
        visitor.state.preferences = {name: value for name, value in chosen.items() if value != PREFERENCES[name]}
        visitor.messages.append(self._say(visitor, "Your preferences were saved."))
        return to("/preferences")

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """Sign in as the one person who is known here."""
        form = await form_of(request)
        then = local(form.get("next", "/"))
        if form.get("name", "").lower() != self._world.me.name.lower() or form.get("password") != PASSWORD:
            errors = {"form": self._say(visitor, "The name or the password is wrong.")}
            return self._render(
                visitor, "sign_in.html", status=422, then=then, errors=errors, form=form, password=PASSWORD
            )
        visitor.state.signed_in = True
        visitor.messages.append(self._say(visitor, "Welcome back."))
        return to(then)

    async def sign_out(self, request: Request, visitor: Visitor) -> Response:
        """Sign out."""
        visitor.state.signed_in = False
        visitor.messages.append(self._say(visitor, "You are signed out."))
        return to("/")
