"""Why a page could not be loaded, in words."""

from __future__ import annotations

from agent.browser.guard import Guard
from infra.egress import parse_url
from infra.errors import ForbiddenAddress, InvalidInput, PageUnreachable

_NET_ERRORS = {
    "ERR_TOO_MANY_REDIRECTS": "it redirects endlessly",
    "ERR_NAME_NOT_RESOLVED": "its host cannot be resolved",
    "ERR_CONNECTION_REFUSED": "its host refused the connection",
    "ERR_CONNECTION_RESET": "its host broke off the connection",
    "ERR_EMPTY_RESPONSE": "its host answered with nothing",
    "ERR_TIMED_OUT": "it did not answer",
    "ERR_ABORTED": "it is no page: a download, or an empty answer",
    "ERR_UNSAFE_PORT": "browsers refuse that port",
}


def refusal(text: str, document: str, guard: Guard) -> Exception | None:
    """Return what the guard had against the document that failed with this net error; None where it was not the guard.

    ``document`` is what was asked for last: after a redirect another address than the page's.
    """
    if "SOCKS" not in text:
        return None
    try:
        parsed = parse_url(document)
    except InvalidInput:
        return None
    return guard.refusal(parsed.host, parsed.port)


def words(text: str, document: str, guard: Guard) -> str:
    """Return a net error in words."""
    refused = refusal(text, document, guard)
    if refused is not None:
        return str(refused)
    return next((found for name, found in _NET_ERRORS.items() if name in text), text)


def unreachable(url: str, text: str, document: str, guard: Guard) -> ForbiddenAddress | PageUnreachable:
    """Return the error for a page that could not be loaded."""
    refused = refusal(text, document, guard)
    if isinstance(refused, ForbiddenAddress):
        return ForbiddenAddress(f"{url} leads elsewhere: {refused}")
    return PageUnreachable(f"{url} cannot be loaded: {words(text, document, guard)}")
