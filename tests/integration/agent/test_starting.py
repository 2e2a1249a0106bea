"""A browser that crashes while it starts is started again, but not for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from agent.browser.launcher import TRIES, find_chromium, launch
from infra.errors import BrowserError


def crashing(folder: Path, times: int, real: str) -> tuple[str, Path]:
    """Return an executable that crashes so many times before it becomes Chromium, and where it notes its starts."""
    starts, program = folder / "starts", folder / "chromium"
    program.write_text(
        f"""#!/bin/sh
echo >> "{starts}"
if [ "$(wc -l < "{starts}")" -le {times} ]; then kill -SEGV $$; fi
exec "{real}" "$@"
"""
    )
    program.chmod(0o755)
    return str(program), starts


async def test_one_that_crashes_at_first_is_started_again(tmp_path: Path) -> None:
    async with async_playwright() as playwright:
        program, starts = crashing(tmp_path, TRIES - 1, find_chromium(None, playwright))
        browser = await launch(playwright, program, ())
        assert browser.is_connected()
        assert len(starts.read_text().splitlines()) == TRIES
        await browser.close()


async def test_one_that_always_crashes_is_reported(tmp_path: Path) -> None:
    async with async_playwright() as playwright:
        program, starts = crashing(tmp_path, 100, find_chromium(None, playwright))
        with pytest.raises(BrowserError, match="does not start"):
            await launch(playwright, program, ())
        assert len(starts.read_text().splitlines()) == TRIES


async def test_what_is_no_browser_is_tried_once(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("no program")
    async with async_playwright() as playwright:
        with pytest.raises(BrowserError, match="does not start"):
            await launch(playwright, str(program), ())
