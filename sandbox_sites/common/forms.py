"""Reading forms, and sending visitors on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

LONGEST = 500  # characters of one form field


def to(path: str) -> Response:
    """Send the visitor on after a change."""
    return RedirectResponse(path, 303)


def local(path: str) -> str:
    """Return a path of this site; anything else becomes the start page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


async def form_of(request: Request) -> dict[str, str]:
    """Return a form's fields, trimmed and cut; the last one of a name counts."""
    return {name: str(value).strip()[:LONGEST] for name, value in (await request.form()).items()}


async def choices_of(request: Request, name: str) -> list[str]:
    """Return all values that a form sends under one name, as ticked boxes do."""
    return [str(value)[:LONGEST] for value in (await request.form()).getlist(name)][:LONGEST]
