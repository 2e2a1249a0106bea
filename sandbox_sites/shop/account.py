"""The visitor's account: profile, orders and what goes back, addresses, signing in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, local, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.shop.checks import CHOOSE, NO_EMAIL, empty, is_email
from sandbox_sites.shop.state import Address, Order, Return, ShopState

Visitor = Session[ShopState]
Handler = Callable[[Request, Visitor], Awaitable[Response]]
CONTACTS = ("Email", "Phone", "Post")
REASONS = ("Arrived damaged", "Wrong item sent", "Wrong size", "Arrived too late", "Changed my mind")
PASSWORD = "pine-needle"  # noqa: S105 - shown on the page
MOST_ADDRESSES = 12
_PARTS = ("label", "recipient", "street", "postcode", "city")


def guarded(handler: Handler) -> Handler:
    """Send who is not signed in to sign in first."""

    async def handle(request: Request, visitor: Visitor) -> Response:
        if visitor.state.present:
            return await handler(request, visitor)
        back = request.url.path if request.method == "GET" else "/account"
        return to(f"/sign-in?next={quote(back)}")

    return handle


def wrong_with(address: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with an address."""
    errors = empty(address, _PARTS)
    if "postcode" not in errors and not any(letter.isdecimal() for letter in address["postcode"]):
        errors["postcode"] = "A postcode holds digits."
    return errors


class Account:
    """Handlers of the account's pages and forms."""

    def __init__(self, web: Web[ShopState]) -> None:
        self._web = web

    def register(self) -> None:
        """Serve everything."""
        pages = {
            "/account": self.profile, "/account/orders": self.orders, "/account/orders/{number}": self.order,
            "/account/orders/{number}/return": self.give_back, "/account/addresses": self.addresses,
            "/account/addresses/{key}": self.address,
        }  # fmt: skip
        changes = {
            "/account": self.save_profile, "/account/orders/{number}/return": self.request_return,
            "/account/addresses": self.add_address, "/account/addresses/delete": self.delete_address,
            "/account/addresses/default": self.prefer_address, "/account/addresses/{key}": self.save_address,
        }  # fmt: skip
        for path, handler in pages.items():
            self._web.page(path, guarded(handler))
        for path, handler in changes.items():
            self._web.change(path, guarded(handler))
        self._web.page("/sign-in", self.ask_who)
        self._web.change("/sign-in", self.sign_in)
        self._web.change("/sign-out", self.sign_out)

    async def profile(self, request: Request, visitor: Visitor) -> Response:
        """Who the visitor is."""
        return self._web.render(visitor, "account.html", errors={}, form=visitor.state.profile)

    async def save_profile(self, request: Request, visitor: Visitor) -> Response:
        """Change the profile."""
        form = await form_of(request)
        errors = empty(form, ["name"])
        if not is_email(form.get("email", "")):
            errors["email"] = NO_EMAIL
        if form.get("contact") not in CONTACTS:
            errors["contact"] = CHOOSE
        if errors:
            return self._web.render(visitor, "account.html", status=422, errors=errors, form=form)
        visitor.state.profile = {name: form.get(name, "") for name in ("name", "email", "phone", "contact")}
        return self._done(visitor, "/account", "Your profile was saved.")

    async def orders(self, request: Request, visitor: Visitor) -> Response:
        """The visitor's orders."""
        return self._web.render(visitor, "orders.html")

    async def order(self, request: Request, visitor: Visitor) -> Response:
        """One order."""
        order = visitor.state.order(request.path_params["number"])
        if order is None:
            return self._web.missing(visitor)
        returned = {one.item: one.reason for one in visitor.state.returns if one.order == order.number}
        return self._web.render(visitor, "order.html", order=order, returned=returned)

    async def give_back(self, request: Request, visitor: Visitor) -> Response:
        """The form for sending something back."""
        order = visitor.state.order(request.path_params["number"])
        return self._web.missing(visitor) if order is None else self._return_form(visitor, order, {}, {})

    async def request_return(self, request: Request, visitor: Visitor) -> Response:
        """Ask to send something back."""
        order = visitor.state.order(request.path_params["number"])
        if order is None:
            return to("/account/orders")
        form = await form_of(request)
        item, errors = form.get("item", ""), {}
        if item not in {name for name, _, _ in order.lines}:
            errors["item"] = CHOOSE
        elif any(one.item == item and one.order == order.number for one in visitor.state.returns):
            errors["item"] = "This is on its way back already."
        if form.get("reason") not in REASONS:
            errors["reason"] = CHOOSE
        if errors:
            return self._return_form(visitor, order, form, errors)
        visitor.state.returns.append(Return(order.number, item, form["reason"], form.get("note", "")))
        return self._done(visitor, f"/account/orders/{order.number}", "Your return of {item} was requested.", item=item)

    def _return_form(
        self, visitor: Visitor, order: Order, form: Mapping[str, str], errors: Mapping[str, str]
    ) -> Response:
        status = 422 if errors else 200
        return self._web.render(
            visitor, "return.html", status=status, order=order, form=form, errors=errors, reasons=REASONS
        )

    async def addresses(self, request: Request, visitor: Visitor) -> Response:
        """Where parcels may go."""
        form = {"recipient": visitor.state.profile["name"]}
        return self._web.render(visitor, "addresses.html", form=form, errors={})

    async def add_address(self, request: Request, visitor: Visitor) -> Response:
        """Write down another address."""
        form, known = await form_of(request), visitor.state.addresses
        errors = wrong_with(form)
        if not errors and len(known) >= MOST_ADDRESSES:
            errors["label"] = "The address book is full."
        if errors:
            return self._web.render(visitor, "addresses.html", status=422, form=form, errors=errors)
        known[str(max(map(int, known), default=0) + 1)] = Address(*(form[part] for part in _PARTS))
        if visitor.state.default_address not in known:
            visitor.state.default_address = next(iter(known))
        return self._done(visitor, "/account/addresses", "{label} was added to your addresses.", label=form["label"])

    async def address(self, request: Request, visitor: Visitor) -> Response:
        """The form of one address."""
        key = request.path_params["key"]
        known = visitor.state.addresses.get(key)
        if known is None:
            return self._web.missing(visitor)
        return self._web.render(visitor, "address.html", form=asdict(known), label=known.label, errors={})

    async def save_address(self, request: Request, visitor: Visitor) -> Response:
        """Change an address."""
        key = request.path_params["key"]
        known = visitor.state.addresses.get(key)
        if known is None:
            return to("/account/addresses")
        form = await form_of(request)
        errors = wrong_with(form)
        if errors:
            return self._web.render(visitor, "address.html", status=422, form=form, label=known.label, errors=errors)
        visitor.state.addresses[key] = Address(*(form[part] for part in _PARTS))
        return self._done(visitor, "/account/addresses", "{label} was changed.", label=form["label"])

    async def delete_address(self, request: Request, visitor: Visitor) -> Response:
        """Forget an address; the first that is left becomes the default."""
        state = visitor.state
        gone = state.addresses.pop((await form_of(request)).get("key", ""), None)
        if gone is None:
            return to("/account/addresses")
        if state.default_address not in state.addresses:
            state.default_address = next(iter(state.addresses), "")
        return self._done(visitor, "/account/addresses", "{label} was deleted.", label=gone.label)

    async def prefer_address(self, request: Request, visitor: Visitor) -> Response:
        """Choose where parcels go unless told otherwise."""
        key = (await form_of(request)).get("key", "")
        if key not in visitor.state.addresses:
            return to("/account/addresses")
        visitor.state.default_address = key
        label = visitor.state.addresses[key].label
        return self._done(visitor, "/account/addresses", "Parcels now go to {label}.", label=label)

    async def ask_who(self, request: Request, visitor: Visitor) -> Response:
        """The form for signing in; who ran out of time finds it filled in, as browsers do."""
        back = local(request.query_params.get("next", "/account"))
        if visitor.state.present:
            return to("/account")
        known = {"email": visitor.state.profile["email"], "password": PASSWORD}
        form = known if visitor.state.ran_out else {}
        return self._web.render(visitor, "sign_in.html", form=form, errors={}, known=known, back=back)

    async def sign_in(self, request: Request, visitor: Visitor) -> Response:
        """Let the visitor in."""
        form, state = await form_of(request), visitor.state
        known = {"email": state.profile["email"], "password": PASSWORD}
        back = local(form.get("next", "/account"))
        if form.get("email", "").lower() != known["email"].lower() or form.get("password") != PASSWORD:
            errors = {"password": "These do not go together."}
            form.pop("password", None)
            return self._web.render(
                visitor, "sign_in.html", status=422, form=form, errors=errors, known=known, back=back
            )
        state.signed_in, state.ran_out = True, False
        return self._done(visitor, back, "Welcome back, {name}.", name=state.profile["name"])

    async def sign_out(self, request: Request, visitor: Visitor) -> Response:
        """Let the visitor go."""
        visitor.state.signed_in = False
        return self._done(visitor, "/", "You are signed out.")

    def _done(self, visitor: Visitor, path: str, text: str, **values: str) -> Response:
        visitor.messages.append(self._web.say(visitor, text).format(**values))
        return to(path)
