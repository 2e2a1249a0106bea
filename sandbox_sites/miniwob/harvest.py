"""``python -m sandbox_sites.miniwob.harvest``: what the tasks of a seed say, read off their pages by a browser.

The words are made by the pages' scripts, so each page is opened once; the result is kept in the user's cache folder
and made again when the package, the script or the list of tasks has changed.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox_sites.common.site import CannotServe
from sandbox_sites.miniwob.catalogue import KEPT
from sandbox_sites.miniwob.pages import FOLDERS, SCRIPT, page_of, path_of, root, version

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright, Route

ORIGIN = "http://miniwob.invalid"
PAGES_AT_A_TIME = 4
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_INSTALL = "install one (apt-get install chromium-headless-shell, or playwright install chromium), or set PAE_CHROMIUM"


def utterances(seed: int) -> dict[str, str]:
    """Return what each served task says, from the cache or by a harvest, which takes a minute on a small machine.

    Raises:
        CannotServe: the package or a browser is missing, or a page does not work.
    """
    file = cache_file(seed)
    with suppress(OSError, ValueError):
        known = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(known, dict) and set(known) == set(KEPT):
            return {str(name): str(text) for name, text in known.items()}
    sys.stderr.write("reading what MiniWoB++'s tasks say; this is done once\n")
    with ThreadPoolExecutor(1) as apart:  # the caller may be in an event loop of its own
        found = apart.submit(lambda: asyncio.run(harvest(seed))).result()
    with suppress(OSError):  # without a cache it is only slower
        _write(file, json.dumps(found, indent=1, ensure_ascii=False))
    return found


def cache_file(seed: int) -> Path:
    """Return where a seed's words are kept. Raises CannotServe where the package is missing."""
    made_of = [version(), SCRIPT.read_text(encoding="utf-8"), *sorted(KEPT)]
    digest = hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "pae" / f"miniwob-{digest}-{seed}.json"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8") as part:
        part.write(text)
    Path(part.name).replace(file)


async def harvest(seed: int, names: Iterable[str] = tuple(KEPT)) -> dict[str, str]:
    """Open each task's page and return what it says, by name.

    Raises:
        CannotServe: the package or a browser is missing, or a page does not work.
    """
    root()
    try:
        from playwright.async_api import async_playwright
    except ImportError as error:
        raise CannotServe("Playwright is missing: pip install 'pae[miniwob]' (or pip install playwright)") from error
    async with async_playwright() as playwright:
        browser = await _launch(playwright)
        try:
            return await _read_all(browser, seed, sorted(names))
        finally:
            await browser.close()


def _find_chromium(playwright: Playwright) -> str:
    given = os.environ.get("PAE_CHROMIUM")
    for name in (given,) if given else _BROWSERS:
        found = shutil.which(name)
        if found is not None:
            return found
    own = playwright.chromium.executable_path
    if not given and Path(own).exists():
        return own
    raise CannotServe(f"no Chromium was found to read MiniWoB++'s tasks: {_INSTALL} to its path")


async def _launch(playwright: Playwright) -> Browser:
    from playwright.async_api import Error as PlaywrightError

    try:
        return await playwright.chromium.launch(
            executable_path=_find_chromium(playwright),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
    except PlaywrightError as error:
        raise CannotServe(f"Chromium does not start: {error.message.splitlines()[0]}") from error


async def _read_all(browser: Browser, seed: int, names: list[str]) -> dict[str, str]:
    waiting, found = list(reversed(names)), dict[str, str]()
    context = await browser.new_context()
    await context.route("**/*", lambda route: _serve(route, seed))

    async def work() -> None:
        while waiting:
            name = waiting.pop()
            found[name] = await _read(context, name)

    await asyncio.gather(*(work() for _ in range(PAGES_AT_A_TIME)))
    return {name: found[name] for name in names}


async def _read(context: BrowserContext, name: str) -> str:
    page = await context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(error.message))
    try:
        await page.goto(ORIGIN + path_of(name))
        begun = await page.evaluate("document.documentElement.dataset.episode")
        said = await page.evaluate("(() => { const u = core.getUtterance(); return u.utterance ?? u; })()")
    finally:
        await page.close()
    if troubles or begun != "running" or not said:
        raise CannotServe(f"MiniWoB++'s task {name} does not work: {'; '.join(troubles) or 'it does not begin'}")
    return str(said)


async def _serve(route: Route, seed: int) -> None:
    path = route.request.url.removeprefix(ORIGIN).partition("?")[0].lstrip("/")
    name = path.removeprefix("miniwob/").removesuffix(".html")
    if path == f"miniwob/{name}.html" and name in KEPT:
        await route.fulfill(body=page_of(name, seed), content_type="text/html; charset=utf-8")
    elif path == "static/episode.js":
        await route.fulfill(path=SCRIPT)
    elif path.partition("/")[0] in FOLDERS and (root() / path).is_file():
        await route.fulfill(path=root() / path)
    else:
        await route.fulfill(status=404, body="")


def main() -> int:
    """Print each task's words; with the cache filled, the site starts at once."""
    parser = argparse.ArgumentParser(prog="python -m sandbox_sites.miniwob.harvest", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    seed = parser.parse_args().seed
    try:
        for name, text in utterances(seed).items():
            sys.stdout.write(f"{name}: {text}\n")
        sys.stdout.write(f"kept in {cache_file(seed)}\n")
    except CannotServe as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
