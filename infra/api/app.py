"""The application: routes, problems, access, and the dashboard at the root."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI

from infra.api import access, bodies, problems, storable
from infra.api.deps import Deps
from infra.api.routes import control, events, health, policies, runs, tasks, trajectories, websites
from infra.dashboard import mount

DESCRIPTION = """Submit a website, and an agent teaches itself to use it.

Errors are problem details (RFC 9457): `detail` says what went wrong and what to do. Lists are paged by `limit` and
`offset`. Where API keys are set, send one as `Authorization: Bearer KEY`."""


def create_app(deps: Deps) -> FastAPI:
    """Return the application over these dependencies."""
    app = FastAPI(title="pae", version=version("pae"), description=DESCRIPTION, redoc_url=None)
    app.state.deps = deps
    for module in (websites, tasks, trajectories, policies, runs, control, events, health):
        app.include_router(module.router)
    problems.install(app)
    storable.install(app)
    bodies.install(app, deps.settings.api.max_body_bytes)
    access.install(app, deps.keys)
    mount(app)
    return app
