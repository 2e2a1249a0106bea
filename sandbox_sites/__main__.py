"""``python -m sandbox_sites``: all sites and their control server in one process.

Prints one line of JSON when it serves: ``{"control": "http://…", "sites": {"shop": "http://…/"}}``. The control
server's secret comes from PAE_SANDBOX_SECRET.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import json
import os
import secrets
import signal
import socket
import sys
from importlib import import_module

import uvicorn
from starlette.applications import Starlette

from sandbox_sites.common.control import control_app
from sandbox_sites.common.perturbation import Perturbation
from sandbox_sites.common.site import CannotServe, Site

#: Each is imported when it is served.
SITES = ("shop", "forum", "map", "forge", "wiki", "booking", "admin")
#: Served only when asked for by name.
ON_DEMAND = ("miniwob",)


def build(name: str, seed: int) -> Site:
    """Return an instance of a site."""
    site: Site = import_module(f"sandbox_sites.{name}").build(seed)
    return site


def _listen(host: str, port: int) -> socket.socket:
    # Only of a socket that says it is TCP does asyncio turn off the delay of small writes, 40 ms for every page.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


def _die_with_parent() -> None:
    if os.environ.get("PAE_DIE_WITH_PARENT") and sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class _Server(uvicorn.Server):
    """Signals are handled once, for all servers of the process."""

    def install_signal_handlers(self) -> None:  # pragma: no cover - older uvicorn
        return

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        await self._serve(sockets)


async def _serve(apps: list[tuple[Starlette, socket.socket]], ready: str) -> None:
    servers = [_Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off")) for app, _ in apps]
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    for _, listener in apps:
        listener.listen(512)
    sys.stdout.write(ready + "\n")
    sys.stdout.flush()
    await asyncio.gather(*(server.serve([listener]) for server, (_, listener) in zip(servers, apps, strict=True)))


def main() -> None:
    """Read the command line and serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m sandbox_sites", description="Websites to practise on.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="the first site's port; 0: any free one")
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument(
        "--sites", default=",".join(SITES), help=f"comma-separated; on demand also: {', '.join(ON_DEMAND)}"
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed gives another instance of each site")
    parser.add_argument(
        "--perturb", default="", help=f"what every visitor meets, comma-separated: {', '.join(Perturbation)}"
    )
    arguments = parser.parse_args()
    names = [name for name in arguments.sites.split(",") if name]
    unknown = sorted(set(names) - {*SITES, *ON_DEMAND})
    if unknown:
        parser.error(f"there is no site {', '.join(unknown)}; there are {', '.join((*SITES, *ON_DEMAND))}")
    try:
        perturbed = frozenset(Perturbation(name) for name in arguments.perturb.split(",") if name)
    except ValueError as error:
        parser.error(f"{error}; there are {', '.join(Perturbation)}")
    _die_with_parent()
    try:
        sites = {name: build(name, arguments.seed) for name in names}
    except CannotServe as error:
        parser.error(str(error))
    for site in sites.values():
        site.sessions.perturbed = perturbed
    shown = "127.0.0.1" if arguments.host == "0.0.0.0" else arguments.host  # noqa: S104 - only compared
    apps: list[tuple[Starlette, socket.socket]] = []
    urls: dict[str, str] = {}
    for i, (name, site) in enumerate(sites.items()):
        listener = _listen(arguments.host, arguments.port + i if arguments.port else 0)
        urls[name] = f"http://{shown}:{listener.getsockname()[1]}/"
        apps.append((site.app, listener))
    control = _listen(arguments.host, arguments.control_port)
    secret = os.environ.get("PAE_SANDBOX_SECRET") or secrets.token_urlsafe(24)
    apps.append((control_app(sites, urls, secret), control))
    ready = json.dumps({"control": f"http://{shown}:{control.getsockname()[1]}", "sites": urls})
    asyncio.run(_serve(apps, ready))


if __name__ == "__main__":
    main()
