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


def _past_orders() -> list[Order]:
    return [
        Order("LP-20417", (("Fjord Socks", 2, 1250),), 3090, "Robin Avery", "robin@avery.example", "12 Mill Lane",
              "Lisbon", "1100-053", "Standard", "3 March"),
        Order("LP-20988", (("Canvas Apron", 1, 3400),), 3990, "Robin Avery", "robin@avery.example", "12 Mill Lane",
              "Lisbon", "1100-053", "Express", "19 June"),
    ]  # fmt: skip


@dataclass(slots=True)
class ShopState:
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
