"""The page of a product, which is shown by itself and with what is wrong with its form."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from sandbox_sites.common.sessions import Session
from sandbox_sites.common.web import Web
from sandbox_sites.shop.seed import Catalogue, Product
from sandbox_sites.shop.state import ShopState


def product_page(
    web: Web[ShopState],
    goods: Catalogue,
    visitor: Session[ShopState],
    product: Product,
    errors: Mapping[str, str],
    form: Mapping[str, str],
) -> Response:
    """Return the page."""
    return web.render(
        visitor,
        "product.html",
        status=422 if errors else 200,
        product=product,
        details=goods.details[product.slug],
        reviews=[*visitor.state.reviews.get(product.slug, []), *product.reviews],
        others=[other for other in goods.of(product.category) if other is not product][:3],
        errors=errors,
        form=form,
    )
