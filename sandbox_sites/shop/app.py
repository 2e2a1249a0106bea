"""The shop's pages."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sandbox_sites.common.sessions import Session, Sessions
from sandbox_sites.common.web import Web
from sandbox_sites.shop.changes import Changes
from sandbox_sites.shop.listing import Listing
from sandbox_sites.shop.seed import HELP, NOUNS, SHIPPING, STORES, Catalogue, money, slug
from sandbox_sites.shop.state import ShopState
from sandbox_sites.shop.wording import WORDING

TITLE = "Lark & Pine"
Visitor = Session[ShopState]


def reachable(goods: Catalogue) -> list[str]:
    """Return the paths that a person can reach by links, without filters and paging."""
    paths = ["/", "/cart", "/wishlist", "/account", "/account/orders", "/help", "/help/shipping", "/stores", "/about"]
    paths += [f"/category/{slug(name)}" for name in NOUNS]
    paths += [f"/help/{name}" for name in HELP]
    paths += [f"/stores/{slug(name)}" for name in STORES]
    paths += ["/account/orders/LP-20417", "/account/orders/LP-20988"]
    for product in goods.products:
        paths += [f"/product/{product.slug}", f"/product/{product.slug}/review"]
    return paths


class Shop:
    """Renders pages; changes of state are in :class:`Changes`."""

    def __init__(self, goods: Catalogue, web: Web[ShopState]) -> None:
        self._goods = goods
        self.render, self.missing = web.render, web.missing

    async def home(self, request: Request, visitor: Visitor) -> Response:
        """The start page."""
        featured = [self._goods.of(category)[i % 9] for i, category in enumerate(NOUNS)]
        return self.render(visitor, "home.html", featured=featured)

    async def category(self, request: Request, visitor: Visitor) -> Response:
        """One category's goods."""
        name = next((name for name in NOUNS if slug(name) == request.path_params["slug"]), None)
        if name is None:
            return self.missing(visitor)
        listing = Listing.of(self._goods.of(name), request.query_params)
        return self.render(visitor, "listing.html", heading=name, listing=listing, action=request.url.path, query="")

    async def search(self, request: Request, visitor: Visitor) -> Response:
        """Goods whose name or attributes hold all the words."""
        query = request.query_params.get("q", "").strip()
        found = Listing.matching(self._goods.products, query)
        listing = Listing.of(found, request.query_params)
        heading = f"Results for “{query}”" if query else "Search"
        return self.render(visitor, "listing.html", heading=heading, listing=listing, action="/search", query=query)

    async def product(self, request: Request, visitor: Visitor) -> Response:
        """One product."""
        product = self._goods.by_slug(request.path_params["slug"])
        if product is None:
            return self.missing(visitor)
        reviews = [*visitor.state.reviews.get(product.slug, []), *product.reviews]
        others = [other for other in self._goods.of(product.category) if other is not product][:3]
        return self.render(visitor, "product.html", product=product, reviews=reviews, others=others)

    async def write_review(self, request: Request, visitor: Visitor) -> Response:
        """The form for a review."""
        product = self._goods.by_slug(request.path_params["slug"])
        if product is None:
            return self.missing(visitor)
        return self.render(visitor, "review.html", product=product, errors={}, form={})

    async def cart(self, request: Request, visitor: Visitor) -> Response:
        """What is to be bought."""
        return self.render(visitor, "cart.html")

    async def wishlist(self, request: Request, visitor: Visitor) -> Response:
        """What may be bought some day."""
        return self.render(visitor, "wishlist.html")

    async def checkout(self, request: Request, visitor: Visitor) -> Response:
        """The order form."""
        if not visitor.state.cart:
            visitor.messages.append("Your cart is empty.")
            return RedirectResponse("/cart", 303)
        return self.render(visitor, "checkout.html", errors={}, form={})

    async def order(self, request: Request, visitor: Visitor) -> Response:
        """One order."""
        number = request.path_params["number"]
        order = next((order for order in visitor.state.orders if order.number == number), None)
        return self.missing(visitor) if order is None else self.render(visitor, "order.html", order=order)

    async def account(self, request: Request, visitor: Visitor) -> Response:
        """The visitor's profile."""
        return self.render(visitor, "account.html", errors={}, form=visitor.state.profile)

    async def orders(self, request: Request, visitor: Visitor) -> Response:
        """The visitor's orders."""
        return self.render(visitor, "orders.html")

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """The list of help pages."""
        return self.render(visitor, "help.html", topics={name: title for name, (title, _) in HELP.items()})

    async def help_page(self, request: Request, visitor: Visitor) -> Response:
        """One help page."""
        name = request.path_params["name"]
        if name == "shipping":
            return self.render(visitor, "shipping.html", countries=SHIPPING)
        if name not in HELP:
            return self.missing(visitor)
        heading, facts = HELP[name]
        return self.render(visitor, "topic.html", heading=heading, facts=facts, contact=name == "contact", errors={})

    async def stores(self, request: Request, visitor: Visitor) -> Response:
        """All stores."""
        return self.render(visitor, "stores.html", stores=STORES)

    async def store(self, request: Request, visitor: Visitor) -> Response:
        """One store."""
        city = next((city for city in STORES if slug(city) == request.path_params["slug"]), None)
        if city is None:
            return self.missing(visitor)
        return self.render(visitor, "store.html", city=city, store=STORES[city])

    async def about(self, request: Request, visitor: Visitor) -> Response:
        """Who we are."""
        return self.render(visitor, "about.html")


def make_app(goods: Catalogue, sessions: Sessions[ShopState]) -> Starlette:
    """Return the shop's application."""
    web: Web[ShopState] = Web(
        Path(__file__).parent,
        TITLE,
        sessions,
        WORDING,
        context=lambda visitor: {"in_cart": sum(visitor.state.cart.values())},
        filters={"money": money, "slug": slug},
        values={"goods": goods, "categories": list(NOUNS)},
    )
    shop = Shop(goods, web)
    pages = {
        "/": shop.home, "/category/{slug}": shop.category, "/search": shop.search, "/product/{slug}": shop.product,
        "/product/{slug}/review": shop.write_review, "/cart": shop.cart, "/wishlist": shop.wishlist,
        "/checkout": shop.checkout, "/account": shop.account, "/account/orders": shop.orders,
        "/account/orders/{number}": shop.order, "/help": shop.help, "/help/{name}": shop.help_page,
        "/stores": shop.stores, "/stores/{slug}": shop.store, "/about": shop.about,
    }  # fmt: skip
    for path, handler in pages.items():
        web.page(path, handler)
    for path, change in Changes(goods, web.render).routes().items():
        web.change(path, change)
    return web.app()
