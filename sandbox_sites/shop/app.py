"""The shop's pages."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sandbox_sites.common.forms import LONGEST
from sandbox_sites.common.sessions import Session, Sessions
from sandbox_sites.common.web import Web
from sandbox_sites.shop.account import Account
from sandbox_sites.shop.changes import Changes
from sandbox_sites.shop.listing import Listing
from sandbox_sites.shop.product_page import product_page
from sandbox_sites.shop.seed import HELP, NOUNS, SHIPPING, STORES, Catalogue, money, slug
from sandbox_sites.shop.state import ShopState
from sandbox_sites.shop.wording import WORDING

TITLE = "Lark & Pine"
SUGGEST_FROM, MOST_SUGGESTED = 2, 5  # letters, goods
Visitor = Session[ShopState]


def _begins(word: str, name: str) -> bool:
    return any(part.startswith(word) for part in name.lower().split())


def reachable(goods: Catalogue) -> list[str]:
    """Return the paths that a person can reach by links, without filters and paging."""
    paths = ["/", "/cart", "/wishlist", "/account", "/account/orders", "/help", "/help/shipping", "/stores", "/about"]
    paths += ["/help/faq", "/account/addresses", *(f"/account/addresses/{key}" for key in ShopState().addresses)]
    paths += [f"/category/{slug(name)}" for name in NOUNS]
    paths += [f"/help/{name}" for name in HELP]
    paths += [f"/stores/{slug(name)}" for name in STORES]
    for order in ShopState().orders:
        paths += [f"/account/orders/{order.number}", f"/account/orders/{order.number}/return"]
    for product in goods.products:
        paths += [f"/product/{product.slug}", f"/product/{product.slug}/review"]
    return paths


class Shop:
    """Renders pages; changes of state are in :class:`Changes`."""

    def __init__(self, goods: Catalogue, web: Web[ShopState]) -> None:
        self._goods = goods
        self._web = web
        self.render, self.missing = web.render, web.missing

    def register(self) -> None:
        """Serve everything."""
        pages = {
            "/": self.home, "/category/{slug}": self.category, "/search": self.search, "/product/{slug}": self.product,
            "/product/{slug}/review": self.write_review, "/cart": self.cart, "/wishlist": self.wishlist,
            "/checkout": self.checkout, "/help": self.help, "/help/{name}": self.help_page, "/stores": self.stores,
            "/stores/{slug}": self.store, "/about": self.about,
        }  # fmt: skip
        for path, handler in pages.items():
            self._web.page(path, handler)
        self._web.data("/suggest", self.suggest)

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
        heading = self._web.say(visitor, "Results for “{query}”").format(query=query) if query else "Search"
        return self.render(visitor, "listing.html", heading=heading, listing=listing, action="/search", query=query)

    async def suggest(self, request: Request, visitor: Visitor) -> list[dict[str, str]]:
        """What somebody may mean who has typed the beginning of a word or two."""
        query = request.query_params.get("q", "")[:LONGEST].lower().split()
        if len("".join(query)) < SUGGEST_FROM:
            return []
        found = (p for p in self._goods.products if all(_begins(word, p.name) for word in query))
        return [
            {"name": p.name, "path": f"/product/{p.slug}", "price": money(p.price)}
            for p in islice(found, MOST_SUGGESTED)
        ]

    async def product(self, request: Request, visitor: Visitor) -> Response:
        """One product."""
        product = self._goods.by_slug(request.path_params["slug"])
        if product is None:
            return self.missing(visitor)
        return product_page(self._web, self._goods, visitor, product, {}, {})

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
            visitor.messages.append(self._web.say(visitor, "Your cart is empty."))
            return RedirectResponse("/cart", 303)
        return self.render(visitor, "checkout.html", errors={}, form={})

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """The list of help pages."""
        return self.render(visitor, "help.html", topics={name: title for name, (title, _) in HELP.items()})

    async def help_page(self, request: Request, visitor: Visitor) -> Response:
        """One help page."""
        name = request.path_params["name"]
        if name == "shipping":
            return self.render(visitor, "shipping.html", countries=SHIPPING)
        if name == "faq":
            return self.render(visitor, "faq.html", questions=self._goods.questions)
        if name not in HELP:
            return self.missing(visitor)
        heading, facts = HELP[name]
        contact = name == "contact"
        return self.render(visitor, "topic.html", heading=heading, facts=facts, contact=contact, errors={}, form={})

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
        expire=ShopState.run_out,
        filters={"money": money, "slug": slug},
        values={"goods": goods, "categories": list(NOUNS)},
    )
    Shop(goods, web).register()
    Account(web).register()
    Changes(goods, web).register()
    return web.app()
