"""The control server keeps out who does not know the secret; sessions know nothing of one another."""

from __future__ import annotations

import re
import signal

import httpx
import pytest

from sandbox_sites.shop.seed import catalogue
from tests.fixtures.sites import HEADER, Sandbox, serve_sandbox

IN_STOCK = next(product.slug for product in catalogue(0).products if product.stock > 0)
BUY = {"product": IN_STOCK, "quantity": "2"}


def browser() -> httpx.AsyncClient:
    """A visitor with cookies of its own."""
    return httpx.AsyncClient(follow_redirects=True, trust_env=False)


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "guess"}])
async def test_control_refuses_without_the_secret(sandbox: Sandbox, headers: dict[str, str]) -> None:
    async with browser() as client:
        for path in ("/sites", "/sites/shop/tasks", "/sites/shop/pages", "/sites/shop/sessions/any"):
            assert (await client.get(sandbox.control + path, headers=headers)).status_code == 403, path
        for path in ("/sites/shop/sessions", "/sites/shop/check"):
            assert (await client.post(sandbox.control + path, headers=headers, json={})).status_code == 403, path


async def test_the_shop_does_not_serve_the_control_paths(sandbox: Sandbox) -> None:
    async with browser() as client:
        for path in ("sites", "sites/shop/tasks", "sites/shop/check"):
            assert (await client.get(sandbox.url + path, headers=sandbox.headers)).status_code in (404, 405)


async def test_sites_and_tasks_are_listed_without_solutions(sandbox: Sandbox) -> None:
    assert [site["url"] for site in await sandbox.get("")] == [sandbox.url]
    tasks = await sandbox.tasks()
    assert {tuple(task) for task in tasks} == {
        ("id", "instruction", "kind", "depth", "start", "split", "answerable", "ends_itself"),
    }
    halves = [await sandbox.tasks(split) for split in ("development", "final")]
    assert sorted(task["id"] for half in halves for task in half) == sorted(task["id"] for task in tasks)


async def test_an_entry_works_once_and_leads_to_the_prepared_session(sandbox: Sandbox) -> None:
    session, entry = await sandbox.open_session("/cart")
    async with browser() as client, browser() as second:
        assert (await client.get(entry)).url.path == "/cart"
        assert (await second.get(entry)).status_code == 410
        await client.post(f"{sandbox.url}cart/add", data=BUY)
    state = await sandbox.state(session)
    assert state["visited"][0] == "/cart"
    assert state["state"]["cart"] == {IN_STOCK: 2}


async def test_an_entry_leads_nowhere_else(sandbox: Sandbox) -> None:
    for elsewhere in ("//example.org/", "https://example.org/", "\\\\example.org"):
        _, entry = await sandbox.open_session(elsewhere)
        async with httpx.AsyncClient(trust_env=False) as client:
            target = (await client.get(entry)).headers["location"]
        assert target == "/", elsewhere


async def test_sessions_are_isolated(sandbox: Sandbox) -> None:
    sessions = [await sandbox.open_session() for _ in range(2)]
    async with browser() as first, browser() as other, browser() as stranger:
        await first.get(sessions[0][1])
        await other.get(sessions[1][1])
        before = (await sandbox.state(sessions[1][0]))["state"]
        await first.post(f"{sandbox.url}cart/add", data=BUY)
        await first.post(f"{sandbox.url}newsletter", data={"email": "one@example.org"})
        await first.post(
            f"{sandbox.url}product/{IN_STOCK}/review", data={"author": "One", "stars": "4", "text": "Only mine."}
        )
        assert "Only mine." in (await first.get(f"{sandbox.url}product/{IN_STOCK}")).text
        for client in (other, stranger):
            assert "Only mine." not in (await client.get(f"{sandbox.url}product/{IN_STOCK}")).text
        assert (await sandbox.state(sessions[1][0]))["state"] == before


async def test_all_listed_pages_are_served_and_show_a_heading(sandbox: Sandbox) -> None:
    pages = await sandbox.get("/shop/pages")
    assert 60 <= len(pages) <= 300
    async with browser() as client:
        await client.get(sandbox.url)
        for path in pages:
            page = await client.get(sandbox.url.rstrip("/") + path)
            assert (page.status_code, page.text.count("<h1")) == (200, 1), path


async def test_links_lead_to_all_listed_pages_and_to_no_others(sandbox: Sandbox) -> None:
    listed = set(await sandbox.get("/shop/pages"))
    found: set[str] = set()
    waiting = ["/"]
    async with browser() as client:
        while waiting:
            path = waiting.pop()
            if path in found:
                continue
            found.add(path)
            page = await client.get(sandbox.url.rstrip("/") + path)
            assert page.status_code == 200, path
            links = (href.partition("?")[0] for href in re.findall(r'<a [^>]*href="(/[^"#]*)"', page.text))
            waiting += [link for link in links if link not in found]
    assert found == listed


async def test_unusual_input_is_refused_and_changes_nothing(sandbox: Sandbox) -> None:
    session, entry = await sandbox.open_session()
    async with browser() as client:
        await client.get(entry)
        before = (await sandbox.state(session))["state"]
        for path, form in (
            ("cart/add", {"product": "no-such", "quantity": "1"}),
            ("cart/update", {"product": IN_STOCK, "quantity": "²"}),
            ("cart/coupon", {"code": "FREE"}),
            ("newsletter", {"email": "nobody"}),
            (f"product/{IN_STOCK}/review", {"author": "x", "stars": "9", "text": "y"}),
            ("account", {"name": "", "email": "z"}),
            ("checkout", {"name": "x"}),
            (f"product/{IN_STOCK}/alert", {"price": "99999"}),
            ("account/addresses", {"label": "Home", "postcode": "none"}),
            ("account/addresses/²", {"label": "Home"}),
            ("account/addresses/delete", {"key": "99"}),
            ("account/addresses/default", {"key": ""}),
            ("account/orders/LP-20988/return", {"item": "Fjord Socks", "reason": "Changed my mind"}),
            ("account/orders/none/return", {"item": "Canvas Apron"}),
            ("sign-in", {"email": "robin@avery.example", "password": "guess"}),
        ):
            assert (await client.post(sandbox.url + path, data=form)).status_code < 500, path
        assert (await client.get(f"{sandbox.url}search?q=lamp&page=²&most=²")).status_code == 200
    assert (await sandbox.state(session))["state"] == before


async def test_the_account_is_closed_to_who_signed_out_until_they_sign_in(sandbox: Sandbox) -> None:
    async with browser() as client:
        assert "Robin Avery" in (await client.get(sandbox.url)).text
        await client.post(f"{sandbox.url}sign-out")
        asked = await client.get(f"{sandbox.url}account/orders")
        assert (asked.url.path, asked.url.query) == ("/sign-in", b"next=/account/orders")
        assert "Robin Avery" not in asked.text
        form = {"email": "robin@avery.example", "password": "pine-needle", "next": "/account/orders"}
        back = await client.post(f"{sandbox.url}sign-in", data=form)
        assert back.url.path == "/account/orders"
        assert "Robin Avery" in back.text


async def test_a_search_is_suggested_while_it_is_typed(sandbox: Sandbox) -> None:
    name = next(product.name for product in catalogue(0).products if product.name.endswith("Kettle"))
    async with browser() as client:
        found = (await client.get(f"{sandbox.url}suggest", params={"q": "KET"})).json()
        assert name in [one["name"] for one in found]
        assert (await client.get(sandbox.url.rstrip("/") + found[0]["path"])).status_code == 200
        for nothing in ("k", "", "zzzz", "²"):
            assert (await client.get(f"{sandbox.url}suggest", params={"q": nothing})).json() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_cleanly(number: signal.Signals) -> None:
    with serve_sandbox() as served:
        served.process.send_signal(number)
        assert served.process.wait(10) == 0
