"""What visitors can change of their own: profile, keys, notifications, snippets, whom they follow."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import choices_of, form_of, to
from sandbox_sites.forge.changing import NEEDED, OWNER, Changing, Handler, Visitor, plain_lines
from sandbox_sites.forge.listing import whole
from sandbox_sites.forge.seed import NOTIFICATIONS

_KEY = re.compile(r"(?:ssh-ed25519|ssh-rsa) [A-Za-z0-9+/=]{16,}(?: \S+)?")
_FILE = re.compile(r"[\w.-]+\.\w+")
LANGUAGES = {"py": "Python", "rs": "Rust", "go": "Go", "ts": "TypeScript", "c": "C", "sh": "Shell", "md": "Markdown"}
PROFILE = ("name", "bio", "location", "website")


class OwnChanges(Changing):
    """Handlers of POST requests."""

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            "/settings/profile": self.profile, "/settings/keys": self.add_key, "/settings/keys/remove": self.remove_key,
            "/settings/notifications": self.notifications, "/snippets/new": self.snippet,
            f"{OWNER}/follow": self.follow,
        }  # fmt: skip

    async def profile(self, request: Request, visitor: Visitor) -> Response:
        """Change the profile."""
        form = await form_of(request)
        if not form.get("name"):
            errors = {"name": NEEDED}
            return self._web.render(visitor, "settings_profile.html", status=422, form=form, errors=errors)
        seeded = {name: getattr(self._world.me, name) for name in PROFILE}
        visitor.state.profile = {name: form[name] for name in PROFILE if form.get(name, seeded[name]) != seeded[name]}
        self._tell(visitor, "Profile updated.")
        return to("/settings/profile")

    async def add_key(self, request: Request, visitor: Visitor) -> Response:
        """Add an SSH key."""
        form = await form_of(request)
        errors = {name: NEEDED for name in ("title", "key") if not form.get(name)}
        if "key" not in errors and not _KEY.fullmatch(form["key"]):
            errors["key"] = "A key begins with ssh-ed25519 or ssh-rsa."
        if "title" not in errors and any(key.title == form["title"] for key in self._now(visitor).ssh_keys()):
            errors["title"] = "You have a key of this title."
        if errors:
            return self._web.render(visitor, "settings_keys.html", status=422, form=form, errors=errors)
        visitor.state.keys_added.append({"title": form["title"], "key": form["key"]})
        self._tell(visitor, "Key “{title}” was added.", title=form["title"])
        return to("/settings/keys")

    async def remove_key(self, request: Request, visitor: Visitor) -> Response:
        """Remove an SSH key."""
        title = (await form_of(request)).get("title", "")
        state = visitor.state
        if title in [key["title"] for key in state.keys_added]:
            state.keys_added = [key for key in state.keys_added if key["title"] != title]
        elif title in [key.title for key in self._world.keys] and title not in state.keys_removed:
            state.keys_removed.append(title)
        else:
            return to("/settings/keys")
        self._tell(visitor, "Key “{title}” was removed.", title=title)
        return to("/settings/keys")

    async def notifications(self, request: Request, visitor: Visitor) -> Response:
        """Choose what mails to get."""
        chosen = await choices_of(request, "mail")
        seeded = self._world.notifications
        visitor.state.notifications = {n: n in chosen for n in NOTIFICATIONS if (n in chosen) != seeded[n]}
        most = whole((await form_of(request)).get("per_mail", ""))
        if most is not None:
            visitor.state.per_mail = min(max(most, 5), 50)
        self._tell(visitor, "Notification choices saved.")
        return to("/settings/notifications")

    async def snippet(self, request: Request, visitor: Visitor) -> Response:
        """Share a snippet."""
        form = await form_of(request)
        errors = {name: NEEDED for name in ("title", "file", "text") if not form.get(name)}
        if "file" not in errors and not _FILE.fullmatch(form["file"]):
            errors["file"] = "A file name has an ending, as in notes.md."
        if form.get("visibility") not in ("public", "private"):
            errors["visibility"] = "Please choose who can see it."
        if errors:
            return self._web.render(visitor, "snippet_new.html", status=422, form=form, errors=errors)
        language = LANGUAGES.get(form["file"].rpartition(".")[2].lower(), "Text")
        made = {name: form[name] for name in ("title", "file", "visibility")}
        visitor.state.snippets.append({**made, "text": plain_lines(form["text"]), "language": language})
        self._tell(visitor, "Snippet “{title}” was created.", title=form["title"])
        return to(f"/snippets/new-{len(visitor.state.snippets)}")

    async def follow(self, request: Request, visitor: Visitor) -> Response:
        """Follow a person, or no longer."""
        handle = request.path_params["owner"]
        if handle == self._world.me.handle or handle not in self._world.by_handle:
            return self._web.missing(visitor)
        follows = visitor.state.follows
        name = self._world.name(handle)
        if handle in follows:
            follows.remove(handle)
            self._tell(visitor, "You no longer follow {name}.", name=name)
        else:
            follows.append(handle)
            self._tell(visitor, "You follow {name} now.", name=name)
        return to(f"/{handle}")
