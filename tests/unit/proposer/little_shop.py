"""A little shop that exists only in memory, behind the Visitor port: what surveys and probes can be tried on at once.

The real browser runs the same code in the integration tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote_plus, urlsplit

from infra.contracts.attempt import StopReason
from infra.contracts.observation import Element, FormShape, Observation, TextChunk
from infra.contracts.visit import Route, RouteReport
from infra.contracts.website import Safety, Website
from tests.unit.proposer import observed as o

HOST = "http://shop.test:8000"
KINDS = {"Lamps": ("Oslo", "Bergen", "Narvik", "Tromso"), "Chairs": ("Porto", "Lisboa", "Faro", "Braga", "Evora")}
FIELDS = ("textbox", "searchbox", "spinbutton", "combobox")
COLOURS = ("black", "white", "green", "red", "blue")


@dataclass(frozen=True)
class Product:
    name: str
    kind: str
    price: int
    colour: str

    @property
    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


PRODUCTS = {
    product.slug: product
    for kind, names in KINDS.items()
    for i, product in enumerate(
        Product(f"{name} {kind[:-1].lower()}", kind, 20 + 7 * i + len(kind), COLOURS[i]) for i, name in enumerate(names)
    )
}


def website(**changes: object) -> Website:
    values: dict[str, object] = {
        "id": "web_little",
        "url": f"{HOST}/",
        "name": "Little shop",
        "allowed_hosts": ("shop.test:8000",),
        "safety": Safety(pages_per_second=1000),
    }
    return Website.model_validate(values | changes)


@dataclass
class Session:
    cart: list[tuple[str, int]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    url: str = f"{HOST}/"


class LittleShop:
    """Implements proposer.visiting.Visitor."""

    def __init__(self) -> None:
        self.loads: list[str] = []
        self.together = 0
        self.most_together = 0

    async def capacity(self) -> int:
        return 4

    async def visit(
        self, website: Website, routes: Sequence[Route], *, pages_per_second: float | None = None
    ) -> tuple[RouteReport, ...]:
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        reports = tuple(self._run(route) for route in routes)
        self.together -= 1
        return reports

    def _run(self, route: Route) -> RouteReport:
        self.loads.append(route.url)
        if "loop" in route.url:
            return RouteReport(route=route, error="too many redirects", stop_reason=StopReason.BLOCKED)
        session = Session(url=route.url)
        seen = [self.show(session)]
        sent: list[tuple[str, ...]] = [()]
        for step in route.steps:
            element = next((e for e in seen[-1].elements if e.key == step.key), None)
            if element is None:
                return RouteReport(route=route, observations=tuple(seen), requests=tuple(sent), error="no such element")
            requests = self._act(session, seen[-1], element, step.value, step.submit)
            seen.append(self.show(session))
            sent.append(requests)
        return RouteReport(route=route, observations=tuple(seen), requests=tuple(sent))

    def _act(
        self, session: Session, before: Observation, element: Element, value: str | None, submit: bool
    ) -> tuple[str, ...]:
        if value is not None:
            session.values[element.key] = value
            if not submit:
                return ()
        if element.href:
            session.url, session.values = element.href, {}
            return ()
        form = next(shape for shape in before.forms if shape.index == element.form)
        fields = [e for e in before.elements if e.form == form.index and e.role in FIELDS]
        values = {e.name: session.values.get(e.key, e.value or "") for e in fields}
        session.values = {}
        if form.method == "GET":
            session.url = form.action + "?" + "&".join(f"{k.lower()}={quote_plus(v)}" for k, v in values.items())
            return ()
        return self._post(session, urlsplit(form.action).path, values)

    def _post(self, session: Session, path: str, values: dict[str, str]) -> tuple[str, ...]:
        if path.startswith("/cart/add/"):
            session.cart.append((path.rsplit("/", 1)[1], int(values.get("Quantity") or 1)))
            session.url = f"{HOST}/cart"
        elif path == "/contact":
            session.url = f"{HOST}/contact/thanks?n={quote_plus(values['Your name'])}"
        elif path == "/checkout":
            session.url = f"{HOST}/order?n={quote_plus(values['Full name'])}&c={quote_plus(values['City'])}"
            session.cart.clear()
        return (f"POST {path}",)

    def show(self, session: Session) -> Observation:
        parts = urlsplit(session.url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        found = self._page(parts.path, query, session)
        if found is None:
            return o.page(session.url, [o.heading("Not found")], status=404)
        url, chunks, elements, forms = found
        frame = [
            o.link("Home", f"{HOST}/"),
            *(o.link(kind, f"{HOST}/category/{kind.lower()}") for kind in KINDS),
            o.link("Cart", f"{HOST}/cart"),
            o.link("Contact us", f"{HOST}/contact"),
            o.link("Elsewhere", "http://other.test/"),
            o.link("Catalogue", f"{HOST}/catalogue.pdf"),
            o.link("Loop", f"{HOST}/loop"),
            o.field("q", 9, role="searchbox"),
            o.button("Search", 9),
        ]
        held = session.values
        all_elements = [
            e.model_copy(update={"value": held[e.key]}) if e.key in held else e for e in [*frame, *elements]
        ]
        shapes = [FormShape(index=9, method="GET", action=f"{HOST}/search"), *forms]
        return o.page(url, [*chunks, o.text("Little shop, est. 1999")], all_elements, shapes)

    def _page(
        self, path: str, query: dict[str, str], session: Session
    ) -> tuple[str, list[TextChunk], list[Element], list[FormShape]] | None:
        url = session.url
        if path == "/":
            return url, [o.heading("Welcome to the little shop")], [], []
        if path == "/contact":
            elements = [
                o.field("Your name", required=True),
                o.field("E-mail", input_type="email", required=True),
                o.field("Message", role="textbox", required=True),
                o.button("Send message"),
            ]
            form = FormShape(index=0, method="POST", action=f"{HOST}/contact", name="Contact form")
            return url, [o.heading("Contact us"), o.row("Phone", "555-0100")], elements, [form]
        if path == "/contact/thanks":
            return url, [o.heading("Thank you"), o.message(f"Thanks, {query['n']}! We will answer soon.")], [], []
        if path.startswith("/category/"):
            return self._category(path, query, url)
        if path == "/search":
            hits = [p for p in PRODUCTS.values() if query.get("q", "").lower() in p.name.lower()]
            links = [o.link(p.name, f"{HOST}/product/{p.slug}") for p in hits]
            return url, [o.heading(f"Results for {query.get('q', '')}")], links, []
        if path.startswith("/product/"):
            return self._product(path, url)
        if path in ("/cart", "/checkout", "/order"):
            return self._buying(path, query, session)
        return None

    def _category(
        self, path: str, query: dict[str, str], url: str
    ) -> tuple[str, list[TextChunk], list[Element], list[FormShape]] | None:
        kind = next((kind for kind in KINDS if kind.lower() == path.rsplit("/", 1)[1]), None)
        if kind is None:
            return None
        products = [p for p in PRODUCTS.values() if p.kind == kind]
        if query.get("sort") == "Highest price":
            products.reverse()
        elements = [
            o.field("Sort", role="combobox", value="Lowest price", options=("Lowest price", "Highest price")),
            o.button("Apply"),
            *(o.link(p.name, f"{HOST}/product/{p.slug}") for p in products),
            *(o.link(f"Page {n}", f"{HOST}{path}?page={n}") for n in range(2, 40)),
            *(o.link(f"View {n}", f"{HOST}{path}?view={n}&dir=up") for n in range(30)),
        ]
        form = FormShape(index=0, method="GET", action=f"{HOST}{path}")
        chunks = [o.heading(kind), *(o.row(p.name, f"${p.price}.00") for p in products)]
        return url, chunks, elements, [form]

    def _product(self, path: str, url: str) -> tuple[str, list[TextChunk], list[Element], list[FormShape]] | None:
        product = PRODUCTS.get(path.rsplit("/", 1)[1])
        if product is None:
            return None
        chunks = [
            o.heading(product.name),
            o.row("Price", f"${product.price}.00"),
            o.row("Colour", product.colour),
            o.row("Weight", f"{product.price / 10} kg"),
        ]
        elements = [
            o.field("Quantity", role="spinbutton", input_type="number", value="1"),
            o.button("Add to cart"),
        ]
        form = FormShape(index=0, method="POST", action=f"{HOST}/cart/add/{product.slug}")
        return url, chunks, elements, [form]

    def _buying(
        self, path: str, query: dict[str, str], session: Session
    ) -> tuple[str, list[TextChunk], list[Element], list[FormShape]]:
        if path == "/order":
            chunks = [o.heading("Order placed"), o.message(f"Thank you, {query['n']}. We ship to {query['c']}.")]
            return session.url, chunks, [], []
        if not session.cart:
            return f"{HOST}/cart", [o.heading("Your cart"), o.text("Your cart is empty.")], [], []
        if path == "/checkout":
            elements = [o.field("Full name", required=True), o.field("City", required=True), o.button("Place order")]
            form = FormShape(index=0, method="POST", action=f"{HOST}/checkout", name="Delivery")
            return session.url, [o.heading("Checkout")], elements, [form]
        rows = [o.text(f"{PRODUCTS[slug].name} x {n}") for slug, n in session.cart]
        total = sum(PRODUCTS[slug].price * n for slug, n in session.cart)
        chunks = [o.heading("Your cart"), *rows, o.row("Total", f"${total}.00")]
        return session.url, chunks, [o.link("To the checkout", f"{HOST}/checkout")], []
