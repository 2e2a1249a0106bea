"""What visitors change in lists and by buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.map.drawing import pins_of
from sandbox_sites.map.seed import Town
from sandbox_sites.map.state import Kept, MapState, SavedList

Visitor = Session[MapState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
LONGEST_NAME, LONGEST_NOTE, MOST_LISTS = 60, 200, 50


def toggled(items: list[str], item: str) -> bool:
    """Put an item on a list, or take it off; return whether it is on."""
    if item in items:
        items.remove(item)
        return False
    items.append(item)
    return True


class Changes:
    """Handlers of POST requests that change lists and toggles."""

    def __init__(self, town: Town, web: Web[MapState]) -> None:
        self._town = town
        self._web = web

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by path."""
        return {
            "/lists": self.create, "/lists/{id}/rename": self.rename, "/lists/{id}/delete": self.delete,
            "/lists/{id}/note": self.note, "/lists/{id}/remove": self.remove, "/place/{slug}/save": self.save,
            "/place/{slug}/been": self.been, "/place/{slug}/helpful": self.helpful,
            "/transit/{slug}/follow": self.follow,
            "/account/preferences": self.switch,
        }  # fmt: skip

    def _tell(self, visitor: Visitor, text: str) -> None:
        visitor.messages.append(self._web.say(visitor, text))

    def _name_error(self, state: MapState, name: str, but: str = "") -> str:
        if not name:
            return "Please give the list a name."
        if len(name) > LONGEST_NAME:
            return f"At most {LONGEST_NAME} characters, please."
        taken = any(saved.name.casefold() == name.casefold() for key, saved in state.lists.items() if key != but)
        return "You have a list of this name already." if taken else ""

    async def create(self, request: Request, visitor: Visitor) -> Response:
        """Make a list."""
        form = await form_of(request)
        lists, name = visitor.state.lists, " ".join(form.get("name", "").split())
        error = self._name_error(visitor.state, name)
        if len(lists) >= MOST_LISTS:
            error = "You have as many lists as one may have."
        if error:
            return self._web.render(visitor, "lists.html", status=422, errors={"name": error}, form=form)
        key = f"list-{max((int(key.removeprefix('list-')) for key in lists), default=0) + 1}"
        lists[key] = SavedList(name)
        self._tell(visitor, "The list was created.")
        return to(f"/lists/{key}")

    async def rename(self, request: Request, visitor: Visitor) -> Response:
        """Give a list another name."""
        key, form = request.path_params["id"], await form_of(request)
        saved = visitor.state.lists.get(key)
        if saved is None:
            return self._web.missing(visitor)
        name = " ".join(form.get("name", "").split())
        error = self._name_error(visitor.state, name, but=key)
        if error:
            rows = [(p, kept.note) for kept in saved.places if (p := self._town.place(kept.slug)) is not None]
            pins = pins_of(self._town, [place for place, _ in rows])
            return self._web.render(
                visitor, "list.html", status=422, key=key, saved=saved, rows=rows, pins=pins, errors={"name": error}
            )
        saved.name = name
        self._tell(visitor, "The list was renamed.")
        return to(f"/lists/{key}")

    async def delete(self, request: Request, visitor: Visitor) -> Response:
        """Drop a list."""
        if visitor.state.lists.pop(request.path_params["id"], None) is None:
            return self._web.missing(visitor)
        self._tell(visitor, "The list was deleted.")
        return to("/lists")

    async def note(self, request: Request, visitor: Visitor) -> Response:
        """Write a note to a place on a list."""
        key, form = request.path_params["id"], await form_of(request)
        for kept in visitor.state.lists.get(key, SavedList("")).places:
            if kept.slug == form.get("place"):
                kept.note = form.get("note", "")[:LONGEST_NOTE]
                self._tell(visitor, "The note was saved.")
        return to(f"/lists/{key}" if key in visitor.state.lists else "/lists")

    async def remove(self, request: Request, visitor: Visitor) -> Response:
        """Take a place off a list."""
        key, form = request.path_params["id"], await form_of(request)
        saved = visitor.state.lists.get(key)
        if saved is None:
            return self._web.missing(visitor)
        left = [kept for kept in saved.places if kept.slug != form.get("place")]
        if len(left) < len(saved.places):
            saved.places = left
            self._tell(visitor, "The place was removed.")
        return to(f"/lists/{key}")

    async def save(self, request: Request, visitor: Visitor) -> Response:
        """Put a place on a list; a place that is on it gets the note."""
        place, form = self._town.place(request.path_params["slug"]), await form_of(request)
        if place is None:
            return self._web.missing(visitor)
        saved = visitor.state.lists.get(form.get("list", ""))
        if saved is None:
            visitor.messages.append("Please choose a list.")
            return to(f"/place/{place.slug}")
        note = form.get("note", "")[:LONGEST_NOTE]
        known = next((kept for kept in saved.places if kept.slug == place.slug), None)
        if known is None:
            saved.places.append(Kept(place.slug, note))
        elif note:
            known.note = note
        self._tell(visitor, "The place was saved.")
        return to(f"/place/{place.slug}")

    async def been(self, request: Request, visitor: Visitor) -> Response:
        """Mark a place as visited, or take the mark away."""
        place = self._town.place(request.path_params["slug"])
        if place is None:
            return self._web.missing(visitor)
        on = toggled(visitor.state.been, place.slug)
        self._tell(visitor, "Marked as visited." if on else "No longer marked as visited.")
        return to(f"/place/{place.slug}")

    async def helpful(self, request: Request, visitor: Visitor) -> Response:
        """Vote for a review, or take the vote back."""
        place, author = self._town.place(request.path_params["slug"]), (await form_of(request)).get("author", "")
        if place is None:
            return self._web.missing(visitor)
        if any(review.author == author for review in place.reviews):
            toggled(visitor.state.helpful, f"{place.slug}/{author}")
            self._tell(visitor, "Thanks for your vote.")
        return to(f"/place/{place.slug}?all=1#reviews")

    async def follow(self, request: Request, visitor: Visitor) -> Response:
        """Follow a line, or stop to."""
        line = self._town.line(request.path_params["slug"])
        if line is None:
            return self._web.missing(visitor)
        on = toggled(visitor.state.followed, line.slug)
        self._tell(visitor, "You follow this line now." if on else "You no longer follow this line.")
        return to(f"/transit/{line.slug}")

    async def switch(self, request: Request, visitor: Visitor) -> Response:
        """Turn a setting on or off."""
        name = (await form_of(request)).get("switch", "")
        if name in visitor.state.switches:
            visitor.state.switches[name] = not visitor.state.switches[name]
            self._tell(visitor, "The setting was changed.")
        return to("/account/preferences")
