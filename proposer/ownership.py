"""Whether a website is the operator's own: an address that is private, and allowed by the operator all the same."""

from __future__ import annotations

import asyncio
import socket

from infra.contracts.website import Website
from infra.egress import is_private, operator_allows, parse_url
from infra.settings import EgressSettings


async def operators_own(website: Website, egress: EgressSettings) -> bool:
    """Return whether the website's start page lies at a private address that the operator allows."""
    if not egress.allow_private:
        return False
    parsed = parse_url(website.url)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(parsed.host, parsed.port, type=socket.SOCK_STREAM)
    except OSError:
        return False
    addresses = {str(entry[4][0]) for entry in found}
    return all(
        is_private(address) and operator_allows(parsed.host, parsed.port, address, egress.allow_private)
        for address in addresses
    )
