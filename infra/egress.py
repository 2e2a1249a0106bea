"""Which addresses may be reached: pure rules, and one check that resolves names.

The rules are the same wherever they are asked: when a website is submitted, and for every connection that a browser
makes (agent.browser.guard). Only http and https; never an address that is not public unless the operator allows it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from infra.errors import ForbiddenAddress, InvalidInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}
RESOLVE_SECONDS = 5.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ParsedUrl(NamedTuple):
    """The parts of a URL that rules look at; host in lower case, without brackets."""

    scheme: str
    host: str
    port: int
    url: str


def parse_url(url: str) -> ParsedUrl:
    """Split an absolute http(s) URL.

    Raises:
        ForbiddenAddress: the scheme is another one, such as file or javascript.
        InvalidInput: it is no absolute URL.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise InvalidInput(f"{url!r} is no valid URL: {error}") from error
    scheme = parts.scheme.lower()
    if not scheme:
        raise InvalidInput(f"{url!r} is no absolute URL: it must begin with http:// or https://")
    if scheme not in DEFAULT_PORTS:
        raise ForbiddenAddress(f"{scheme}: addresses are not allowed, only http and https")
    if not parts.hostname:
        raise InvalidInput(f"{url!r} names no host")
    if parts.username or parts.password:
        raise InvalidInput("a URL must not carry a user name or password")
    host = parts.hostname.lower().rstrip(".")
    return ParsedUrl(scheme, host, port or DEFAULT_PORTS[scheme], url.strip())


def host_allowed(host: str, port: int, scheme: str, allowed_hosts: Sequence[str]) -> bool:
    """Return whether ``allowed_hosts`` names this host; an entry without a port means the scheme's default port."""
    bare = f"[{host}]" if ":" in host else host
    named = {entry.lower() for entry in allowed_hosts}
    if f"{bare}:{port}" in named:
        return True
    return port == DEFAULT_PORTS.get(scheme) and bool({bare, host} & named)


def literal(host: str) -> Address | None:
    """Return the address that a host spells out, also as 127.1, 0x7f.1 or 2130706433 as browsers read it."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if not host or host[-1] not in "0123456789abcdef" or not all(c in "0123456789abcdefx." for c in host):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def is_private(address: Address | str) -> bool:
    """Return whether an address is anything but public: private, loopback, link-local, multicast, reserved …"""
    ip = ipaddress.ip_address(address) if isinstance(address, str) else address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_private(ip.ipv4_mapped)
        if ip in _NAT64:
            return is_private(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.sixtofour is not None:
            return is_private(ip.sixtofour)
    return not ip.is_global or ip.is_multicast


def operator_allows(host: str, port: int, address: Address | str | None, allow_private: Sequence[str]) -> bool:
    """Return whether the operator allows a private address: by host, host:port, or network."""
    bare = f"[{host}]" if ":" in host else host
    for entry in allow_private:
        if entry.lower() in (host, bare, f"{bare}:{port}"):
            return True
        if address is not None and "/" in entry and ipaddress.ip_address(address) in ipaddress.ip_network(entry, False):
            return True
    return False


async def resolve(host: str, port: int) -> list[str]:
    """Return a host's addresses. Raises InvalidInput where it has none."""
    spelt = literal(host)
    if spelt is not None:
        return [str(spelt)]
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError) as error:
        raise InvalidInput(f"the host {host} cannot be resolved: check the spelling, or the DNS") from error
    return list(dict.fromkeys(str(item[4][0]).partition("%")[0] for item in found))


async def reachable(host: str, port: int, allow_private: Sequence[str]) -> str:
    """Return an address of the host that may be connected to.

    A name with even one forbidden address is refused: which of them is used would be the name server's choice.

    Raises:
        InvalidInput: the host does not resolve.
        ForbiddenAddress: it resolves to an address that is not public, and the operator does not allow it.
    """
    addresses = await resolve(host, port)
    for address in addresses:
        if is_private(address) and not operator_allows(host, port, address, allow_private):
            what = host if literal(host) is not None else f"{host} ({address})"
            raise ForbiddenAddress(
                f"{what}:{port} is not a public address; the operator can allow it with egress.allow_private"
            )
    return addresses[0]


async def check_url(url: str, *, allow_private: Sequence[str]) -> None:
    """Check that a URL may be visited; connects to nothing but the name server.

    Raises:
        InvalidInput: no valid URL, or its host does not resolve.
        ForbiddenAddress: not http(s), or not a public address.
    """
    parsed = parse_url(url)
    await reachable(parsed.host, parsed.port, allow_private)
