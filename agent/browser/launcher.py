"""Finding and starting a Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import structlog
from playwright.async_api import Browser as PlaywrightBrowser
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Playwright

from infra.errors import BrowserError, NoBrowser

log = structlog.get_logger()

#: The headless shell opens a context in a third of the time and needs half the memory of the full browser.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: How often a browser that ends while it starts is started, and what Playwright says of one.
TRIES = 3
ENDED = "has been closed"

_DISABLED = (
    # no page may be shown from memory: an observation must be of a page that was loaded
    "BackForwardCache", "ProactivelySwapBrowsingInstance",
    # one renderer per site, frames included: our session sees them all
    "IsolateOrigins", "site-per-process",
    # what Playwright turns off; its own list is replaced by this one
    "AcceptCHFrame", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider",
    "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding", "OptimizationHints",
    "ThirdPartyStoragePartitioning", "Translate", "AutoDeElevate", "RenderDocument",
)  # fmt: skip

FLAGS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-gpu", "--in-process-gpu", "--no-zygote",
    "--process-per-site", "--disable-site-isolation-trials", "--dns-prefetch-disable", "--mute-audio",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--enable-features=NetworkServiceInProcess2", f"--disable-features={','.join(_DISABLED)}",
)  # fmt: skip


def find_chromium(configured: str | None, playwright: Playwright) -> str:
    """Return the path of a Chromium: the configured one, PAE_CHROMIUM, one on the PATH, or Playwright's own.

    Raises:
        NoBrowser: there is none; the message says how to get one.
    """
    for given in (configured, os.environ.get("PAE_CHROMIUM")):
        if given:
            found = shutil.which(given)
            if found is None:
                raise NoBrowser(f"there is no executable {given}: set browser.executable or PAE_CHROMIUM to a Chromium")
            return found
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    own = playwright.chromium.executable_path
    if own and Path(own).exists():
        return own
    raise NoBrowser(
        "no Chromium was found: install one (apt-get install chromium-headless-shell, or playwright install chromium),"
        " or set PAE_CHROMIUM to its path"
    )


def resolver_rules(allow_private: Sequence[str]) -> str:
    """Names are resolved by the guard alone, but for those that the operator allows to be reached directly."""
    names = {entry.rpartition(":")[0] or entry for entry in allow_private if "/" not in entry}
    return ", ".join(["MAP * ~NOTFOUND", *(f"EXCLUDE {name}" for name in sorted(names | {"127.0.0.1"}))])


async def launch(playwright: Playwright, executable: str, allow_private: Sequence[str]) -> PlaywrightBrowser:
    """Start a browser with a temporary profile, in a process group of its own.

    One that ends while it starts, which happens on a busy machine, is started again.

    Raises:
        BrowserError: it does not start.
    """
    tries = 1
    while True:
        try:
            return await playwright.chromium.launch(
                executable_path=executable,
                headless=True,
                args=[*FLAGS, f"--host-resolver-rules={resolver_rules(allow_private)}"],
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                timeout=60_000,
            )
        except PlaywrightError as error:
            what = error.message.splitlines()[0]
            if tries == TRIES or ENDED not in what:
                raise BrowserError(f"{executable} does not start: {what}") from error
        log.warning("the browser ended while it started; starting another", executable=executable)
        tries += 1
