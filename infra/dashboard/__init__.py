"""The page people watch: four views over the API, and nothing that the API does not give.

Static files without a build step. Whoever opens a view gets the shell; its script asks the API, with the key that
the person entered where keys are needed. Text from websites is only ever set as text, and the content security
policy refuses scripts that are not ours.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def mount(app: FastAPI) -> None:
    """Serve the dashboard at the root of the API's server."""
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    async def shell() -> Response:
        return FileResponse(STATIC / "index.html", headers=HEADERS)

    for path in ("/", "/websites/{website_id}", "/attempts/{attempt_id}", "/learning"):
        app.add_api_route(path, shell, methods=["GET"], include_in_schema=False)
