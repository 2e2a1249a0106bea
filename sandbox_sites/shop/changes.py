"""What visitors can change besides their account.

Every change answers with a redirect, or with the form and what is wrong with it.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox_sites.common.forms import form_of, to
from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.shop.checks import CHOOSE, NO_EMAIL, cents, empty, is_email
from sandbox_sites.shop.product_page import product_page
from sandbox_sites.shop.seed import COUPON, HELP, Catalogue, Product, Review, money
from sandbox_sites.shop.state import Order, ShopState

Visitor = Session[ShopState]
DELIVERIES = ("Standard", "Express", "Pick up in store")
TOPICS = ("An order", "A product", "Something else")
MOST = 20  # pieces


class Changes:
    """Handlers of POST requests."""

    def __init__(self, goods: Catalogue, web: Web[ShopState]) -> None:
        self._goods = goods
        self._web = web

    def register(self) -> None:
        """Serve everything."""
        changes = {
            "/cart/add": self.add, "/cart/update": self.update, "/cart/remove": self.remove,
            "/cart/coupon": self.coupon, "/wishlist/add": self.wish, "/wishlist/remove": self.unwish,
            "/product/{slug}/review": self.review, "/product/{slug}/alert": self.alert, "/checkout": self.checkout,
            "/newsletter": self.newsletter, "/help/contact": self.contact,
        }  # fmt: skip
        for path, handler in changes.items():
            self._web.change(path, handler)

    def _tell(self, visitor: Visitor, text: str, **values: object) -> None:
        visitor.messages.append(self._web.say(visitor, text).format(**values))

    async def _product(self, request: Request) -> Product | None:
        return self._goods.by_slug((await form_of(request)).get("product", ""))

    async def add(self, request: Request, visitor: Visitor) -> Response:
        """Put a product into the cart."""
        form = await form_of(request)
        product = self._goods.by_slug(form.get("product", ""))
        count = int(form["quantity"]) if form.get("quantity", "1").isdecimal() and form.get("quantity") else 1
        if product is None:
            return to("/cart")
        if product.stock == 0:
            self._tell(visitor, "{name} is sold out.", name=product.name)
            return to(f"/product/{product.slug}")
        visitor.state.cart[product.slug] = min(visitor.state.cart.get(product.slug, 0) + max(count, 1), MOST)
        self._tell(visitor, "{name} was added to your cart.", name=product.name)
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
                visitor.state.cart[slug] = min(int(count), MOST)
            self._tell(visitor, "Quantity of {name} is now {count}.", name=product.name, count=min(int(count), MOST))
        return to("/cart")

    async def remove(self, request: Request, visitor: Visitor) -> Response:
        """Take a product out of the cart."""
        product = await self._product(request)
        if product is not None and visitor.state.cart.pop(product.slug, 0):
            self._tell(visitor, "{name} was removed from your cart.", name=product.name)
        return to("/cart")

    async def coupon(self, request: Request, visitor: Visitor) -> Response:
        """Enter a coupon's code."""
        code = (await form_of(request)).get("code", "").upper()
        if code == COUPON:
            visitor.state.coupon = code
            self._tell(visitor, "Coupon {code} was applied.", code=code)
        else:
            self._tell(visitor, "This coupon is not valid.")
        return to("/cart")

    async def wish(self, request: Request, visitor: Visitor) -> Response:
        """Put a product on the wish list."""
        product = await self._product(request)
        if product is None:
            return to("/wishlist")
        if product.slug not in visitor.state.wishlist:
            visitor.state.wishlist.append(product.slug)
        self._tell(visitor, "{name} is on your wish list.", name=product.name)
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
        errors = empty(form, ["author", "text"])
        if form.get("stars") not in tuple("12345"):
            errors["stars"] = "Please choose one to five stars."
        if errors:
            return self._web.render(visitor, "review.html", status=422, product=product, errors=errors, form=form)
        review = Review(form["author"], int(form["stars"]), form["text"])
        visitor.state.reviews.setdefault(product.slug, []).insert(0, review)
        self._tell(visitor, "Thank you, {author}: your review was published.", author=review.author)
        return to(f"/product/{product.slug}")

    async def alert(self, request: Request, visitor: Visitor) -> Response:
        """Ask for a message once a product costs less."""
        form = await form_of(request)
        product = self._goods.by_slug(request.path_params["slug"])
        if product is None:
            return to("/")
        limit = cents(form.get("price", ""))
        if not limit or limit >= product.price:
            errors = {"price": "Please give an amount below today's price."}
            return product_page(self._web, self._goods, visitor, product, errors, form)
        visitor.state.alerts[product.slug] = limit
        self._tell(visitor, "We write to you once {name} costs {price}.", name=product.name, price=money(limit))
        return to(f"/product/{product.slug}")

    async def checkout(self, request: Request, visitor: Visitor) -> Response:
        """Place the order."""
        state = visitor.state
        if not state.cart:
            return to("/cart")
        form = await form_of(request)
        names = ("name", "email", "address", "city", "postcode")
        errors = empty(form, names)
        if "email" not in errors and not is_email(form["email"]):
            errors["email"] = NO_EMAIL
        if form.get("delivery") not in DELIVERIES:
            errors["delivery"] = "Please choose how we deliver."
        if errors:
            return self._web.render(visitor, "checkout.html", status=422, errors=errors, form=form)
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
        self._tell(visitor, "Thank you! Your order {number} was placed.", number=order.number)
        return to(f"/account/orders/{order.number}")

    async def newsletter(self, request: Request, visitor: Visitor) -> Response:
        """Subscribe to the newsletter."""
        email = (await form_of(request)).get("email", "")
        if is_email(email):
            visitor.state.newsletter = email
            self._tell(visitor, "{email} is subscribed to our newsletter.", email=email)
        else:
            self._tell(visitor, NO_EMAIL)
        return to("/")

    async def contact(self, request: Request, visitor: Visitor) -> Response:
        """Write to the shop."""
        form = await form_of(request)
        heading, facts = HELP["contact"]
        errors: dict[str, Any] = empty(form, ["message"])
        if form.get("topic") not in TOPICS:
            errors["topic"] = CHOOSE
        if errors:
            return self._web.render(
                visitor, "topic.html", status=422, heading=heading, facts=facts, contact=True, errors=errors, form=form
            )
        visitor.state.messages.append((form["topic"], form["message"]))
        self._tell(visitor, "Your message was sent. We answer within a day.")
        return to("/help/contact")
