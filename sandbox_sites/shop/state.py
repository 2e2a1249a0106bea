"""What one visitor of the shop has changed; everything else is the seed's."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox_sites.shop.seed import COUPON_PERCENT, Catalogue, Review

FREE_SHIPPING_FROM, SHIPPING_CENTS = 10_000, 590


@dataclass(frozen=True, slots=True)
class Order:
    """A placed order."""

    number: str
    lines: tuple[tuple[str, int, int], ...]  # (name, quantity, cents each)
    total: int
    name: str
    email: str
    address: str
    city: str
    postcode: str
    delivery: str
    date: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where parcels may go."""

    label: str
    recipient: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class Return:
    """A wish to send something back."""

    order: str
    item: str
    reason: str
    note: str


def _past_orders() -> list[Order]:
    robin = ("Robin Avery", "robin@avery.example", "12 Mill Lane", "Lisbon", "1100-053")
    table = (("Linen Tea Towel", 3, 950), ("Beeswax Candle", 2, 1400), ("Walnut Coaster Set", 1, 2200))
    return [
        Order("LP-20417", (("Fjord Socks", 2, 1250),), 3090, *robin, "Standard", "3 March"),
        Order("LP-20655", table, 8440, *robin, "Standard", "28 April"),
        Order("LP-20988", (("Canvas Apron", 1, 3400),), 3990, *robin, "Express", "19 June"),
    ]


def _addresses() -> dict[str, Address]:
    return {
        "1": Address("Home", "Robin Avery", "12 Mill Lane", "1100-053", "Lisbon"),
        "2": Address("Office", "Robin Avery", "88 Quayside, 3rd floor", "1200-109", "Lisbon"),
        "3": Address("Cottage", "Robin Avery", "4 Lighthouse Way", "2750-642", "Cascais"),
    }


class _Presence:
    """Whether the session ran out: no field of the state, as it is nobody's doing and no judge may count it."""

    ran_out: bool = False


@dataclass(slots=True)
class ShopState(_Presence):
    """Overlays over the seed."""

    cart: dict[str, int] = field(default_factory=dict)  # slug → quantity
    wishlist: list[str] = field(default_factory=list)
    reviews: dict[str, list[Review]] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=_past_orders)
    profile: dict[str, str] = field(
        default_factory=lambda: {
            "name": "Robin Avery",
            "email": "robin@avery.example",
            "phone": "555 0110",
            "contact": "Email",
        }
    )
    newsletter: str | None = None
    coupon: str | None = None
    messages: list[tuple[str, str]] = field(default_factory=list)  # contact form: (topic, text)
    signed_in: bool = True
    addresses: dict[str, Address] = field(default_factory=_addresses)  # by key
    default_address: str = "1"
    returns: list[Return] = field(default_factory=list)
    alerts: dict[str, int] = field(default_factory=dict)  # slug → cents at which to write

    @property
    def present(self) -> bool:
        """Whether the account may be shown."""
        return self.signed_in and not self.ran_out

    def run_out(self) -> None:
        """End the session without the visitor's doing."""
        self.ran_out = True

    def order(self, number: str) -> Order | None:
        """Return an order by its number."""
        return next((order for order in self.orders if order.number == number), None)

    def subtotal(self, goods: Catalogue) -> int:
        """Sum of the cart's lines, in cents."""
        return sum((p.price if (p := goods.by_slug(slug)) else 0) * count for slug, count in self.cart.items())

    def discount(self, goods: Catalogue) -> int:
        """What the coupon takes off, in cents."""
        return self.subtotal(goods) * COUPON_PERCENT // 100 if self.coupon else 0

    def shipping(self, goods: Catalogue) -> int:
        """Cost of delivery, in cents."""
        return 0 if self.subtotal(goods) >= FREE_SHIPPING_FROM or not self.cart else SHIPPING_CENTS

    def total(self, goods: Catalogue) -> int:
        """What is to be paid, in cents."""
        return self.subtotal(goods) - self.discount(goods) + self.shipping(goods)

    def describe(self) -> dict[str, Any]:
        """Return the state as JSON."""
        return asdict(self)
