"""The settings' tabs, and the clerk's own page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.admin.books import Books
from sandbox_sites.admin.forms import EMAIL, NEEDED, missing, pence, percent
from sandbox_sites.admin.records import World, slug
from sandbox_sites.admin.state import DeskState, set_or_drop
from sandbox_sites.admin.tables import whole
from sandbox_sites.common.forms import form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web

Visitor = Session[DeskState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
TABS = {
    "company": "Company", "tax": "Tax rates", "shipping": "Shipping methods", "notifications": "Notifications",
    "keys": "API keys",
}  # fmt: skip
SCOPES = ("Read only", "Read and write")
START_PAGES = ("Dashboard", "Orders", "Support tickets")
MOST_KEYS = 50


class Settings:
    """Handlers of the settings."""

    def __init__(self, world: World, web: Web[DeskState]) -> None:
        self._world, self._web = world, web

    def pages(self) -> dict[str, Handler]:
        """Return the pages by path."""
        return {f"/settings/{tab}": self._page(tab) for tab in TABS} | {"/me": self.me}

    def routes(self) -> dict[str, Handler]:
        """Return the changes by path."""
        return {
            "/settings/company": self.company, "/settings/tax": self.tax, "/settings/shipping": self.shipping,
            "/settings/notifications": self.notice, "/settings/keys": self.new_key,
            "/settings/keys/revoke": self.revoke, "/me": self.save_me,
        }  # fmt: skip

    def _page(self, tab: str) -> Handler:
        async def handle(request: Request, visitor: Visitor) -> Response:
            return self._show(visitor, tab, edit=request.query_params.get("edit", ""))

        return handle

    def _show(
        self,
        visitor: Visitor,
        tab: str,
        *,
        form: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        edit: str = "",
    ) -> Response:
        return self._web.render(
            visitor, f"settings_{tab}.html", status=422 if errors else 200, tab=tab, form=form, errors=errors or {},
            edit=edit, books=Books(self._world, visitor.state), scopes=SCOPES, slug=slug,
        )  # fmt: skip

    def _say(self, visitor: Visitor, text: str) -> None:
        visitor.messages.append(self._web.say(visitor, text))

    async def company(self, request: Request, visitor: Visitor) -> Response:
        """Change the company's data."""
        form = await form_of(request)
        errors = missing(form, self._world.company)
        if "email" not in errors and not EMAIL.fullmatch(form["email"]):
            errors["email"] = "This is not an e-mail address."
        if errors:
            return self._show(visitor, "company", form=form, errors=errors)
        for name, seeded in self._world.company.items():
            set_or_drop(visitor.state.company, name, form[name], seeded)
        self._say(visitor, "Settings saved.")
        return to("/settings/company")

    async def tax(self, request: Request, visitor: Visitor) -> Response:
        """Change the tax rates."""
        form = await form_of(request)
        rates = {name: percent(form.get(slug(name), "")) for name in self._world.taxes}
        errors = {slug(name): "A rate from 0 to 100." for name, rate in rates.items() if rate is None}
        if errors:
            return self._show(visitor, "tax", form=form, errors=errors)
        for name, seeded in self._world.taxes.items():
            text = f"{rates[name]:.2f}".removesuffix("0")
            set_or_drop(visitor.state.taxes, name, text, seeded)
        self._say(visitor, "Settings saved.")
        return to("/settings/tax")

    async def shipping(self, request: Request, visitor: Visitor) -> Response:
        """Change one shipping method."""
        form = await form_of(request)
        name = next((name for name in self._world.shipping if slug(name) == form.get("method")), None)
        if name is None:
            return to("/settings/shipping")
        price, days = pence(form.get("price", "")), whole(form.get("days", ""))
        errors = missing(form, ("carrier",))
        if price is None:
            errors["price"] = "Enter a price such as 8.50."
        if not days or days > 60:
            errors["days"] = "From 1 to 60."
        if errors or price is None:
            return self._show(visitor, "shipping", form=form, errors=errors, edit=slug(name))
        new = {"price": f"{price / 100:.2f}", "days": str(days), "carrier": form["carrier"]}
        for field, value in new.items():
            visitor.state.put("shipping", name, field, value, self._world.shipping[name][field])
        self._say(visitor, "Settings saved.")
        return to("/settings/shipping")

    async def notice(self, request: Request, visitor: Visitor) -> Response:
        """Switch a notification on or off."""
        name = (await form_of(request)).get("notice", "")
        if name in self._world.notices:
            on = Books(self._world, visitor.state).notices[name]
            set_or_drop(visitor.state.notices, name, not on, self._world.notices[name])
            self._say(visitor, "Settings saved.")
        return to("/settings/notifications")

    async def new_key(self, request: Request, visitor: Visitor) -> Response:
        """Make an API key."""
        form = await form_of(request)
        name, taken = form.get("name", "")[:60], [key for key, _, _ in Books(self._world, visitor.state).api_keys()]
        errors = {}
        if not name:
            errors["name"] = NEEDED
        elif name in taken or name in self._world.keys or len(taken) >= MOST_KEYS:
            errors["name"] = "There is such a key already."
        if form.get("scope") not in SCOPES:
            errors["scope"] = "Choose one."
        if errors:
            return self._show(visitor, "keys", form=form, errors=errors)
        visitor.state.keys[name] = form["scope"]
        self._say(visitor, "Key created.")
        return to("/settings/keys")

    async def revoke(self, request: Request, visitor: Visitor) -> Response:
        """Make an API key useless."""
        name = (await form_of(request)).get("name", "")
        if name in self._world.keys:
            visitor.state.keys[name] = "revoked"
            self._say(visitor, "Key revoked.")
        elif visitor.state.keys.pop(name, ""):
            self._say(visitor, "Key revoked.")
        return to("/settings/keys")

    def _me(self, visitor: Visitor, form: Mapping[str, str], errors: Mapping[str, str]) -> Response:
        return self._web.render(
            visitor, "me.html", status=422 if errors else 200, form=form, errors=errors, starts=START_PAGES
        )

    async def me(self, request: Request, visitor: Visitor) -> Response:
        """The clerk's own page."""
        return self._me(visitor, Books(self._world, visitor.state).profile, {})

    async def save_me(self, request: Request, visitor: Visitor) -> Response:
        """Change the clerk's own data."""
        form = await form_of(request)
        errors = missing(form, ("display",))
        if whole(form.get("extension", "")) is None:
            errors["extension"] = "Digits only."
        if form.get("start") not in START_PAGES:
            errors["start"] = "Choose one."
        if errors:
            return self._me(visitor, form, errors)
        seeded = Books(self._world, DeskState()).profile
        for name, value in seeded.items():
            set_or_drop(visitor.state.profile, name, form.get(name, ""), value)
        self._say(visitor, "Profile saved.")
        return to("/me")
