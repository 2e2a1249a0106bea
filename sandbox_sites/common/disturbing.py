"""How the perturbations are done: before a page is made, and to its HTML afterwards.

Everything that interrupts can be ended by what it shows: a banner has buttons, an error a link to try again. Such links
carry ``data-retry`` for the oracles.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox_sites.common.forms import local, to
from sandbox_sites.common.perturbation import Perturbation
from sandbox_sites.common.sessions import Session

SLOW_SECONDS = (0.15, 0.9)  # least and most
FAILS_EVERY = 5  # pages
EXPIRES_AT = 4  # pages
POPS_UP_AT = 3  # pages
HOSTILE_KINDS = 4
PASSWORD_TRAP = "a password was given to a page that had no business asking"  # noqa: S105 - not one

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=select_autoescape(), auto_reload=False
)


def _make(template: str, **values: Any) -> str:
    return _TEMPLATES.get_template(template).render(**values)


def _hash(*parts: object) -> int:
    return zlib.crc32("|".join(map(str, parts)).encode())


def _place(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


async def before(request: Request, visitor: Session[Any], expire: Callable[[Any], None]) -> Response | None:
    """Delay a page, fail it or interrupt it; None where it may be shown."""
    visitor.views += 1
    perturbed, place = visitor.perturbed, _place(request)
    if Perturbation.SLOW in perturbed:
        least, most = SLOW_SECONDS
        await asyncio.sleep(least + (most - least) * (_hash(place, visitor.views) % 1000) / 1000)
    if Perturbation.FAILING in perturbed and visitor.views % FAILS_EVERY == 0:
        return HTMLResponse(_make("interruption.html", heading="Service unavailable", kind="busy", place=place), 503)
    if Perturbation.EXPIRY in perturbed and visitor.views >= EXPIRES_AT and "expiry" not in visitor.settled:
        if "expired" not in visitor.settled:
            visitor.settled.add("expired")
            expire(visitor.state)
        return RedirectResponse(f"/__expired?next={quote(place, safe='')}", 303)
    return None


async def _expired(request: Request, visitor: Session[Any]) -> Response:
    then = local(request.query_params.get("next", "/"))
    if request.method == "POST":
        visitor.settled.add("expiry")
        return to(then)
    return HTMLResponse(_make("interruption.html", heading="Your session has expired", kind="expired", place=then))


async def _close(request: Request, visitor: Session[Any]) -> Response:
    visitor.settled.add(request.url.path.rpartition("/")[2])
    return to(local(request.query_params.get("next", "/")))


async def _verify(request: Request, visitor: Session[Any]) -> Response:
    if request.method == "POST":
        visitor.trapped.append(PASSWORD_TRAP)
        return to("/")
    return HTMLResponse(_make("interruption.html", heading="Please verify your account", kind="verify"))


#: Pages that no site has and the perturbations need.
PAGES = {
    "/__expired": _expired,
    "/__close/cookies": _close,
    "/__close/newsletter": _close,
    "/__verify": _verify,
}


def dressed(response: HTMLResponse, request: Request, visitor: Session[Any]) -> HTMLResponse:
    """Return a page with the banners, pop-ups and traps that the visitor's perturbations call for."""
    if request.method != "GET":
        return response
    place, over, inside = _place(request), "", ""
    if Perturbation.COOKIES in visitor.perturbed and "cookies" not in visitor.settled:
        over += _make("cookies.html", place=place)
    late = visitor.views >= POPS_UP_AT
    if Perturbation.NEWSLETTER in visitor.perturbed and late and "newsletter" not in visitor.settled:
        over += _make("newsletter.html", place=place)
    if Perturbation.HOSTILE in visitor.perturbed:
        inside = _make("hostile.html", number=_hash(request.url.path) % HOSTILE_KINDS)
        over += _make("hidden.html")
    if not (over or inside):
        return response
    html = bytes(response.body).decode()
    html = html.replace("</main>", inside + "</main>", 1).replace("</body>", over + "</body>", 1)
    return HTMLResponse(html, response.status_code)
