"""Lists of goods: filter, sort, pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox_sites.shop.seed import BRANDS, Product

PER_PAGE = 12
SORTS = {
    "": "Featured",
    "price": "Price: low to high",
    "price-desc": "Price: high to low",
    "rating": "Best rated",
    "name": "Name",
}
_KEYS = {
    "price": lambda product: (product.price, product.name),
    "price-desc": lambda product: (-product.price, product.name),
    "rating": lambda product: (-product.rating, product.name),
    "name": lambda product: (product.name,),
}


def whole(text: str) -> int | None:
    """Read a whole number of at most six digits; None for anything else."""
    # isdigit would let superscripts through, which int refuses.
    return int(text) if text.isdecimal() and len(text) <= 6 else None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a filtered and sorted list, with what was chosen."""

    products: Sequence[Product]
    count: int
    page: int
    pages: int
    sort: str
    brand: str
    stock: bool
    most: str
    chosen: dict[str, str]

    @property
    def sorts(self) -> dict[str, str]:
        """Choices of order."""
        return SORTS

    @property
    def brands(self) -> Sequence[str]:
        """Choices of brand."""
        return BRANDS

    def link(self, page: int) -> str:
        """Return the query of another page of the same list."""
        return "?" + urlencode({**self.chosen, "page": str(page)})

    @staticmethod
    def matching(products: Sequence[Product], query: str) -> list[Product]:
        """Return the products that hold every word of a query."""
        words = query.lower().split()
        if not words:
            return []
        return [
            product
            for product in products
            if all(word in f"{product.name} {product.category} {product.brand}".lower() for word in words)
        ]

    @classmethod
    def of(cls, products: Sequence[Product], query: Mapping[str, str]) -> Listing:
        """Filter, sort and cut a list by the query's parameters; wrong values count as not given."""
        sort = query.get("sort", "") if query.get("sort", "") in SORTS else ""
        brand = query.get("brand", "") if query.get("brand", "") in BRANDS else ""
        stock = query.get("stock") == "1"
        most = query.get("most", "").strip()
        found = [p for p in products if (not brand or p.brand == brand) and (not stock or p.stock > 0)]
        limit = whole(most)
        if limit is not None:
            found = [product for product in found if product.price <= limit * 100]
        if sort:
            found.sort(key=_KEYS[sort])
        pages = max(1, -(-len(found) // PER_PAGE))
        page = min(max(whole(query.get("page", "")) or 1, 1), pages)
        chosen = {name: query[name] for name in ("q", "sort", "brand", "stock", "most") if query.get(name)}
        shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
        return cls(shown, len(found), page, pages, sort, brand, stock, most, chosen)
