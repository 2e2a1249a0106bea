"""MiniWoB++'s pages as they are served: the package's own, with one script that begins and reports the episode."""

from __future__ import annotations

import re
from html import escape
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from sandbox_sites.common.site import CannotServe

HERE = Path(__file__).parent
SCRIPT = HERE / "static" / "episode.js"
#: The package's folders that its pages take files from.
FOLDERS = ("core", "common")

_CORE = re.compile(r'<script[^>]*src="\.\./core/core\.js"[^>]*></script>')


def root() -> Path:
    """Return the folder of the package's pages. Raises CannotServe where it is not installed."""
    spec = find_spec("miniwob")  # not imported: the package would bring a simulator and a browser driver along
    folder = Path(spec.origin).parent / "html" if spec is not None and spec.origin else None
    if folder is None or not (folder / "miniwob").is_dir():
        raise CannotServe("the pages of MiniWoB++ are missing: pip install 'pae[miniwob]' (or pip install miniwob)")
    return folder


def version() -> str:
    """Return the installed package's version. Raises CannotServe where it is not installed."""
    root()
    return metadata.version("miniwob")


def path_of(name: str) -> str:
    """Return where a task's page is served."""
    return f"/miniwob/{name}.html"


def page_of(name: str, seed: int) -> str:
    """Return a task's page for a seed. The episode begins by itself when the page is loaded.

    Raises:
        CannotServe: the package is missing, or has no such page, or one that is built differently.
    """
    file = root() / "miniwob" / f"{name}.html"
    try:
        html = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CannotServe(f"the installed miniwob {version()} has no task {name}: install miniwob>=1.0") from error
    given = f'data-task="{escape(name)}" data-seed="{seed}/{escape(name)}"'
    changed, count = _CORE.subn(rf'\g<0><script src="/static/episode.js" {given}></script>', html, count=1)
    if count != 1:
        raise CannotServe(f"{file} does not load MiniWoB++'s core.js as it used to")
    return changed
