"""What visitors change about themselves and with other members: signing in, settings, letters, muting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import choices_of, form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.forum.posting import FILL_IN
from sandbox_sites.forum.reading import PROFILE, SWITCHES, Reading, whole
from sandbox_sites.forum.seed import ME, PASSWORD, World
from sandbox_sites.forum.state import ForumState, Sent, turn

Visitor = Session[ForumState]
LONGEST_SIGNATURE, HIGHEST_PLOT = 80, 120


class Account:
    """Handlers of POST requests about the visitor."""

    def __init__(self, world: World, web: Web[ForumState]) -> None:
        self._world = world
        self._web = web

    def open_to_all(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Response]]]:
        """Return the handlers that need no signing in, by path."""
        return {"/sign-in": self.sign_in, "/sign-out": self.sign_out, "/resume": self.resume}

    def routes(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Response]]]:
        """Return the other handlers by path."""
        return {
            "/members/{handle}/mute": self.mute, "/messages/new": self.send, "/messages/{id}/read": self.read,
            "/settings/profile": self.profile, "/settings/notifications": self.notifications,
        }  # fmt: skip

    def _tell(self, visitor: Visitor, text: str) -> None:
        visitor.messages.append(self._web.say(visitor, text))

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """Sign in with name and password."""
        form = await form_of(request)
        then = local(form.get("next", "/"))
        if form.get("username", "").lower() != ME or form.get("password") != PASSWORD:
            errors = {"password": "This name and this password do not belong together."}
            return self._web.render(visitor, "sign_in.html", status=422, errors=errors, form=form, then=then)
        visitor.state.signed_in, visitor.state.expired = True, False
        self._tell(visitor, "Welcome back!")
        return to(then)

    async def sign_out(self, request: Request, visitor: Visitor) -> Response:
        """Sign out."""
        visitor.state.signed_in = False
        self._tell(visitor, "You are signed out.")
        return to("/")

    async def resume(self, request: Request, visitor: Visitor) -> Response:
        """Go on after the session ran out."""
        visitor.state.expired = False
        return to(local((await form_of(request)).get("next", "/")))

    async def mute(self, request: Request, visitor: Visitor) -> Response:
        """Mute a member, or stop it."""
        member = self._world.member(request.path_params["handle"])
        if member is None or member.handle == ME:
            return self._web.missing(visitor)
        wanted = not Reading(self._world, visitor.state).is_on("muted", member.handle)
        turn(visitor.state.muted, member.handle, wanted, member.handle in self._world.muted)
        self._tell(visitor, "You have muted this member." if wanted else "This member is no longer muted.")
        then = local((await form_of(request)).get("next", ""))
        return to(then if then == "/settings" else f"/members/{member.handle}")

    async def send(self, request: Request, visitor: Visitor) -> Response:
        """Send a private message."""
        form = await form_of(request)
        errors = {name: FILL_IN for name in ("to", "subject", "text") if not form.get(name)}
        handles = {member.handle.lower(): member.handle for member in self._world.members}
        handle = handles.get(form.get("to", "").lower())
        if "to" not in errors and (handle is None or handle == ME):
            errors["to"] = "There is no such member to write to."
        if errors or handle is None:
            return self._web.render(visitor, "compose.html", status=422, errors=errors, form=form)
        visitor.state.sent.append(Sent(handle, form["subject"], form["text"]))
        self._tell(visitor, "Your message was sent.")
        return to("/messages/sent")

    async def read(self, request: Request, visitor: Visitor) -> Response:
        """Mark a message as read."""
        wanted = request.path_params["id"]
        letter = next((one for one in self._world.inbox if one.id == wanted), None)
        if letter is None:
            return self._web.missing(visitor)
        if Reading(self._world, visitor.state).unread(letter):
            visitor.state.read.append(wanted)
        self._tell(visitor, "Marked as read.")
        return to(f"/messages/{wanted}")

    async def profile(self, request: Request, visitor: Visitor) -> Response:
        """Change the profile."""
        form = await form_of(request)
        errors = {name: FILL_IN for name in ("town", "tool") if not form.get(name)}
        plot = whole(form.get("plot", ""))
        if plot is None or not 1 <= plot <= HIGHEST_PLOT:
            errors["plot"] = f"Plots are numbered from 1 to {HIGHEST_PLOT}."
        if len(form.get("signature", "")) > LONGEST_SIGNATURE:
            errors["signature"] = f"At most {LONGEST_SIGNATURE} characters."
        if errors:
            return self._web.render(visitor, "settings.html", status=422, errors=errors, form=form)
        wanted = {**{name: form.get(name, "") for name in PROFILE}, "plot": str(plot)}
        seeded = {name: str(getattr(self._world.me, name)) for name in PROFILE}
        visitor.state.profile = {name: value for name, value in wanted.items() if value != seeded[name]}
        self._tell(visitor, "Your profile was saved.")
        return to("/settings")

    async def notifications(self, request: Request, visitor: Visitor) -> Response:
        """Turn notifications on and off."""
        chosen = await choices_of(request, "on")
        for name, (_, seeded) in SWITCHES.items():
            turn(visitor.state.switches, name, name in chosen, seeded)
        self._tell(visitor, "Your notifications were saved.")
        return to("/settings#notifications")
