"""Actions on a tab: real input events where a person's would be, after checks that Playwright would make.

Each function returns why the action failed, in words, or None.
"""

from __future__ import annotations

import asyncio
from typing import assert_never

from agent.browser.tab import Navigated, Tab
from infra.contracts.action import Action, Answer, Back, Click, Scroll, Select, Type, Wait


async def perform(tab: Tab, action: Action) -> str | None:
    """Do it; return why it failed."""
    match action:
        case Click():
            return await click(tab, action.mark)
        case Type():
            return await type_text(tab, action)
        case Select():
            done = await tab.call("choose", action.mark, action.option)
            return _failure(done, "nothing was chosen")
        case Scroll():
            moved = await tab.call("scroll", action.direction == "down")
            return None if moved else f"the page cannot be scrolled further {action.direction}"
        case Back():
            return await back(tab)
        case Wait():
            await tab.call("settled", 500, int(action.seconds * 1000), seconds=action.seconds + 2)
            return None
        case Answer():
            return None
        case _:
            assert_never(action)


def _failure(result: dict[str, object], what: str) -> str | None:
    return f"{what}: {result['error']}" if result.get("error") else None


async def click(tab: Tab, mark: int) -> str | None:
    """Scroll to the element, check that a click would reach it, and click."""
    place = await tab.call("point", mark)
    if place.get("error"):
        return f"nothing was clicked: {place['error']}"
    at = {"x": place["x"], "y": place["y"]}
    press = {**at, "button": "left", "clickCount": 1}
    await _together(
        tab.send("Input.dispatchMouseEvent", type="mouseMoved", **at),
        tab.send("Input.dispatchMouseEvent", type="mousePressed", buttons=1, **press),
        tab.send("Input.dispatchMouseEvent", type="mouseReleased", **press),
    )
    return None


async def _together(*calls: object) -> None:
    """Send without waiting in between; the protocol keeps the order. A page that goes away meanwhile is no failure."""
    results = await asyncio.gather(*calls, return_exceptions=True)  # type: ignore[call-overload]
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, Navigated):
            raise result


async def type_text(tab: Tab, action: Type) -> str | None:
    """Replace the field's content; ``submit`` presses Enter."""
    ready = await tab.call("focus", action.mark, action.text)
    if ready.get("error"):
        return f"nothing was typed: {ready['error']}"
    if not ready["done"]:
        if action.text:
            await tab.send("Input.insertText", text=action.text)
        else:
            await _press(tab, "Delete", 46)
    if action.submit:
        await _press(tab, "Enter", 13, "\r")
    return None


async def _press(tab: Tab, key: str, code: int, text: str | None = None) -> None:
    common = {"key": key, "code": key, "windowsVirtualKeyCode": code}
    down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
    await _together(
        tab.send("Input.dispatchKeyEvent", **common, **down),
        tab.send("Input.dispatchKeyEvent", **common, type="keyUp"),
    )


async def can_go_back(tab: Tab) -> bool:
    """Return whether the tab has an earlier page."""
    history = await tab.send("Page.getNavigationHistory")
    index = history["currentIndex"]
    return bool(index > 0 and history["entries"][index - 1]["url"] != "about:blank")


async def back(tab: Tab) -> str | None:
    """Go back one entry in the tab's history."""
    history = await tab.send("Page.getNavigationHistory")
    index = history["currentIndex"]
    if index == 0 or history["entries"][index - 1]["url"] == "about:blank":
        return "there is no earlier page"
    same = history["entries"][index]["url"].partition("#")[0] == history["entries"][index - 1]["url"].partition("#")[0]
    if not same:
        tab.expect_navigation()
    try:
        await tab.send("Page.navigateToHistoryEntry", entryId=history["entries"][index - 1]["id"])
    except Navigated:
        return None
    return None
