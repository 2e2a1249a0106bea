"""What visitors can change. Every change answers with a redirect, or with the form and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.shop.seed import COUPON, HELP, Catalogue, Review
from sandbox_sites.shop.state import Order, ShopState

Visitor = Session[ShopState]
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DELIVERIES = ("Standard", "Express", "Pick up in store")
CONTACTS = ("Email", "Phone", "Post")
TOPICS = ("An order", "A product", "Something else")


class Changes:
    """Handlers of all POST requests."""

    def __init__(self, goods: Catalogue, render: Callable[..., Response]) -> None:
        self._goods = goods
        self._render = render

    def routes(self) -> dict[str, Callable[[Request, Visitor], Awaitable[Response]]]:
        """Return the handlers by path."""
        return {
            "/cart/add": self.add, "/cart/update": self.update, "/cart/remove": self.remove,
            "/cart/coupon": self.coupon, "/wishlist/add": self.wish, "/wishlist/remove": self.unwish,
            "/product/{slug}/review": self.review, "/checkout": self.checkout, "/account": self.account,
            "/newsletter": self.newsletter, "/help/contact": self.contact,
        }  # fmt: skip

    async def add(self, request: Request, visitor: Visitor) -> Response:
        """Put a product into the cart."""
        form = await form_of(request)
        product = self._goods.by_slug(form.get("product", ""))
        count = int(form["quantity"]) if form.get("quantity", "1").isdecimal() and form.get("quantity") else 1
        if product is None:
            return to("/cart")
        if product.stock == 0:
            visitor.messages.append(f"{product.name} is sold out.")
            return to(f"/product/{product.slug}")
        visitor.state.cart[product.slug] = min(visitor.state.cart.get(product.slug, 0) + max(count, 1), 20)
        visitor.messages.append(f"{product.name} was added to your cart.")
        return to("/cart")

    async def update(self, request: Request, visitor: Visitor) -> Response:
        """Change a quantity."""
        form = await form_of(request)
        slug, count = form.get("product", ""), form.get("quantity", "")
        product = self._goods.by_slug(slug)
        if product is not None and slug in visitor.state.cart and count.isdecimal():
            if int(count) == 0:
                del visitor.state.cart[slug]
            else:
                visitor.state.cart[slug] = min(int(count), 20)
            visitor.messages.append(f"Quantity of {product.name} is now {min(int(count), 20)}.")
        return to("/cart")

    async def remove(self, request: Request, visitor: Visitor) -> Response:
        """Take a product out of the cart."""
        product = self._goods.by_slug((await form_of(request)).get("product", ""))
        if product is not None and visitor.state.cart.pop(product.slug, 0):
            visitor.messages.append(f"{product.name} was removed from your cart.")
        return to("/cart")

    async def coupon(self, request: Request, visitor: Visitor) -> Response:
        """Enter a coupon's code."""
        code = (await form_of(request)).get("code", "").upper()
        if code == COUPON:
            visitor.state.coupon = code
            visitor.messages.append(f"Coupon {code} was applied.")
        else:
            visitor.messages.append("This coupon is not valid.")
        return to("/cart")

    async def wish(self, request: Request, visitor: Visitor) -> Response:
        """Put a product on the wish list."""
        product = self._goods.by_slug((await form_of(request)).get("product", ""))
        if product is None:
            return to("/wishlist")
        if product.slug not in visitor.state.wishlist:
            visitor.state.wishlist.append(product.slug)
        visitor.messages.append(f"{product.name} is on your wish list.")
        return to("/wishlist")

    async def unwish(self, request: Request, visitor: Visitor) -> Response:
        """Take a product off the wish list."""
        slug = (await form_of(request)).get("product", "")
        if slug in visitor.state.wishlist:
            visitor.state.wishlist.remove(slug)
        return to("/wishlist")

    async def review(self, request: Request, visitor: Visitor) -> Response:
        """Write a review."""
        form = await form_of(request)
        product = self._goods.by_slug(request.path_params["slug"])
        if product is None:
            return to("/")
        errors = {name: "Please fill in this field." for name in ("author", "text") if not form.get(name)}
        if form.get("stars") not in tuple("12345"):
            errors["stars"] = "Please choose one to five stars."
        if errors:
            return self._render(visitor, "review.html", status=422, product=product, errors=errors, form=form)
        review = Review(form["author"], int(form["stars"]), form["text"])
        visitor.state.reviews.setdefault(product.slug, []).insert(0, review)
        visitor.messages.append(f"Thank you, {review.author}: your review was published.")
        return to(f"/product/{product.slug}")

    async def checkout(self, request: Request, visitor: Visitor) -> Response:
        """Place the order."""
        state = visitor.state
        if not state.cart:
            return to("/cart")
        form = await form_of(request)
        names = ("name", "email", "address", "city", "postcode")
        errors = {name: "Please fill in this field." for name in names if not form.get(name)}
        if "email" not in errors and not _EMAIL.fullmatch(form["email"]):
            errors["email"] = "This is no e-mail address."
        if form.get("delivery") not in DELIVERIES:
            errors["delivery"] = "Please choose how we deliver."
        if errors:
            return self._render(visitor, "checkout.html", status=422, errors=errors, form=form)
        products = {slug: self._goods.by_slug(slug) for slug in state.cart}
        lines = tuple((p.name, state.cart[slug], p.price) for slug, p in products.items() if p is not None)
        order = Order(
            number=f"LP-{21000 + 7 * len(state.orders)}",
            lines=lines,
            total=state.total(self._goods),
            delivery=form["delivery"],
            date="today",
            **{name: form[name] for name in names},
        )
        state.orders.append(order)
        state.cart.clear()
        state.coupon = None
        visitor.messages.append(f"Thank you! Your order {order.number} was placed.")
        return to(f"/account/orders/{order.number}")

    async def account(self, request: Request, visitor: Visitor) -> Response:
        """Change the profile."""
        form = await form_of(request)
        errors: dict[str, str] = {}
        if not form.get("name"):
            errors["name"] = "Please fill in this field."
        if not _EMAIL.fullmatch(form.get("email", "")):
            errors["email"] = "This is no e-mail address."
        if form.get("contact") not in CONTACTS:
            errors["contact"] = "Please choose one."
        if errors:
            return self._render(visitor, "account.html", status=422, errors=errors, form=form)
        visitor.state.profile = {name: form.get(name, "") for name in ("name", "email", "phone", "contact")}
        visitor.messages.append("Your profile was saved.")
        return to("/account")

    async def newsletter(self, request: Request, visitor: Visitor) -> Response:
        """Subscribe to the newsletter."""
        email = (await form_of(request)).get("email", "")
        if _EMAIL.fullmatch(email):
            visitor.state.newsletter = email
            visitor.messages.append(f"{email} is subscribed to our newsletter.")
        else:
            visitor.messages.append("This is no e-mail address.")
        return to("/")

    async def contact(self, request: Request, visitor: Visitor) -> Response:
        """Write to the shop."""
        form = await form_of(request)
        heading, facts = HELP["contact"]
        errors: dict[str, Any] = {}
        if form.get("topic") not in TOPICS:
            errors["topic"] = "Please choose one."
        if not form.get("message"):
            errors["message"] = "Please fill in this field."
        if errors:
            return self._render(
                visitor, "topic.html", status=422, heading=heading, facts=facts, contact=True, errors=errors
            )
        visitor.state.messages.append((form["topic"], form["message"]))
        visitor.messages.append("Your message was sent. We answer within a day.")
        return to("/help/contact")
