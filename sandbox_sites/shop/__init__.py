"""Lark & Pine: a little store."""

from __future__ import annotations

from sandbox_sites.common.sessions import Sessions
from sandbox_sites.common.site import Site, numbered
from sandbox_sites.shop.app import TITLE, make_app, reachable
from sandbox_sites.shop.seed import catalogue
from sandbox_sites.shop.state import ShopState
from sandbox_sites.shop.tasks import entries


def build(seed: int) -> Site:
    """Return an instance of the shop."""
    goods = catalogue(seed)
    sessions: Sessions[ShopState] = Sessions(ShopState)
    return Site(
        name="shop",
        title=TITLE,
        group="practice",
        app=make_app(goods, sessions),
        sessions=sessions,
        pages=reachable(goods),
        tasks=numbered("shop", entries(goods)),
        describe=ShopState.describe,
        spoil=lambda state: state.wishlist.append(goods.products[-1].slug),
    )
