"""What actions do, and how an action that fails is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from agent.browser import Browser, Environment
from infra.contracts.action import Action, Back, Click, Scroll, Select, Type, Wait
from infra.contracts.observation import Observation
from tests.fixtures.browser import Request, Response, Site, find, html, texts, website

pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE = 0.3  # seconds after which slow answers come


def _late(body: str, content_type: str = "text/html") -> Callable[[Request], asyncio.Future[Response]]:
    async def handler(_: Request) -> Response:
        await asyncio.sleep(LATE)
        return Response(body, headers={"content-type": content_type})

    return handler


async def _click(env: Environment, seen: Observation, name: str) -> Observation:
    return (await env.act(Click(mark=find(seen, name).mark))).observation


async def test_a_click_reaches_the_element_below_the_fold(env: Environment, site: Site) -> None:
    site.page("/", "<div style='height:2500px'></div><button onclick='this.textContent=event.isTrusted'>Go</button>")
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    assert [element.name for element in seen.elements] == ["true"]
    assert seen.elements[0].in_viewport
    assert seen.scroll_y > 0
    assert seen.error is None


@pytest.mark.parametrize(
    ("body", "name", "after"),
    [
        ("<label><input type=checkbox style='position:absolute;opacity:0' onchange='o.textContent=1'>Box</label>"
         "<p id=o>0</p>", "Box", "1"),
        ("<a href='#' onclick='o.textContent=1'><span><b>Deep</b></span></a><p id=o>0</p>", "Deep", "1"),
        ("<p style='width:150px'>word word word <a href='javascript:void(o.textContent=1)'>broken over two lines"
         "</a></p><p id=o>0</p>", "broken over two lines", "1"),
    ],
    ids=["styled checkbox", "nested link", "wrapped link"],
)  # fmt: skip
async def test_awkward_elements_can_be_clicked(env: Environment, site: Site, body: str, name: str, after: str) -> None:
    site.page("/", body)
    seen = await _click(env, await env.load(f"{site.url}/"), name)
    assert seen.error is None
    assert texts(seen)[-1] == after


async def test_elements_in_shadow_roots_and_frames_can_be_clicked(env: Environment, site: Site) -> None:
    site.page("/inner", "<div style='height:400px'></div><button onclick='this.textContent=\"Done\"'>Framed</button>")
    site.page(
        "/",
        "<x-card></x-card><script>document.querySelector('x-card').attachShadow({mode:'open'}).innerHTML="
        "'<button onclick=\"this.textContent=1\">Shady</button>'</script>"
        "<div style='height:900px'></div><iframe src=/inner style='height:120px;border:7px solid'></iframe>",
    )
    seen = await env.load(f"{site.url}/")
    seen = await _click(env, seen, "Shady")
    seen = await _click(env, seen, "Framed")
    assert seen.error is None
    assert find(seen, "Done").in_viewport


async def test_typing_replaces_what_was_there(env: Environment, site: Site) -> None:
    site.page(
        "/",
        "<input aria-label=Name value=old oninput='log.textContent+=\"i\"'><p>Log:<b id=log></b></p>"
        "<input aria-label=Born type=date><textarea aria-label=Note>was</textarea>"
        "<div contenteditable aria-label=Editor>was</div><input aria-label=Copies type=number value=1>",
    )
    seen = await env.load(f"{site.url}/")
    wanted = {"Name": "né & <new>", "Born": "2024-02-29", "Note": "a\nb", "Editor": "typed", "Copies": "12"}
    for name, text in wanted.items():
        seen = (await env.act(Type(mark=find(seen, name).mark, text=text))).observation
        assert seen.error is None
    assert {name: find(seen, name).value for name in wanted} == wanted
    assert texts(seen)[0] == "Log:i"
    seen = (await env.act(Type(mark=find(seen, "Name").mark, text=""))).observation
    assert find(seen, "Name").value == ""


async def test_enter_submits_the_form(env: Environment, site: Site) -> None:
    async def results(request: Request) -> Response:
        return Response(html(f"<h1>{request.query}</h1>"), headers={"content-type": "text/html"})

    site.page("/", "<form action=/find><input name=q aria-label=Search></form>")
    site.handle("/find", results)
    seen = await env.load(f"{site.url}/")
    acted = await env.act(Type(mark=find(seen, "Search").mark, text="red shoes", submit=True))
    assert acted.observation.url == f"{site.url}/find?q=red+shoes"
    assert texts(acted.observation) == ["q=red+shoes"]
    assert acted.requests == ()
    assert acted.timings.settle > 0


async def test_an_option_is_chosen_by_its_label(env: Environment, site: Site) -> None:
    site.page(
        "/",
        "<select aria-label=Sort onchange='o.textContent=this.value'><option value=a>Name</option>"
        "<option value=b>Price:  low to high</option><option disabled>Rating</option></select><p id=o>-</p>",
    )
    seen = await env.load(f"{site.url}/")
    mark = find(seen, "Sort").mark
    seen = (await env.act(Select(mark=mark, option="price: low to high"))).observation
    assert (texts(seen), find(seen, "Sort").value) == (["b"], "Price: low to high")
    seen = (await env.act(Select(mark=mark, option="Colour"))).observation
    assert seen.error == 'nothing was chosen: it has no option "Colour"'
    seen = (await env.act(Select(mark=mark, option="Rating"))).observation
    assert seen.error == 'nothing was chosen: the option "Rating" is disabled'
    assert texts(seen) == ["b"]


async def test_scrolling_stops_at_the_ends(env: Environment, site: Site) -> None:
    site.page("/", "<div style='height:1500px'>tall</div>")
    seen = await env.load(f"{site.url}/")
    assert seen.scroll_height > 1400
    up = (await env.act(Scroll(direction="up"))).observation
    assert (up.scroll_y, up.error) == (0, "the page cannot be scrolled further up")
    down = (await env.act(Scroll())).observation
    assert (down.scroll_y, down.error) == (640, None)
    assert (await env.act(Scroll(direction="up"))).observation.scroll_y == 0


async def test_back_returns_to_the_page_before(env: Environment, site: Site) -> None:
    site.page("/", "<h1>First</h1><a href=/two>Next</a>")
    site.page("/two", "<h1>Second</h1><a href=#here>Jump</a>")
    seen = await env.load(f"{site.url}/")
    nowhere = (await env.act(Back())).observation
    assert (nowhere.url, nowhere.error) == (f"{site.url}/", "there is no earlier page")
    seen = await _click(env, nowhere, "Next")
    assert texts(seen) == ["Second", "Jump"]
    seen = await _click(env, seen, "Jump")
    assert seen.url == f"{site.url}/two#here"
    seen = (await env.act(Back())).observation
    assert seen.url == f"{site.url}/two"
    seen = (await env.act(Back())).observation
    assert (seen.url, texts(seen), seen.error) == (f"{site.url}/", ["First", "Next"], None)


async def test_waiting_ends_when_the_page_has_come_to_rest(env: Environment, site: Site) -> None:
    site.page("/", "<p id=p>before</p><script>setTimeout(() => { p.textContent = 'after' }, 400)</script>")
    await env.load(f"{site.url}/")
    acted = await env.act(Wait(seconds=8))
    assert texts(acted.observation) == ["after"]
    assert acted.timings.act < 4


COVERED = "<button>Under</button><div style='position:fixed;inset:0;background:#fff8'><p>Cookies</p></div>"


@pytest.mark.parametrize(
    ("body", "action", "error"),
    [
        ("<button>One</button>", Click(mark=9), "nothing was clicked: there is no element with mark 9"),
        ("<button disabled>Off</button>", Click(mark=0), "nothing was clicked: the element is disabled"),
        ("<fieldset disabled><button>Off</button>", Click(mark=0), "nothing was clicked: the element is disabled"),
        (COVERED, Click(mark=0), 'nothing was clicked: it is covered by <p> "Cookies"'),
        ("<button>No field</button>", Type(mark=0, text="x"), "nothing was typed: text cannot be typed into it"),
        ("<input readonly>", Type(mark=0, text="x"), "nothing was typed: the field is read-only"),
        ("<input type=date>", Type(mark=0, text="soon"), 'nothing was typed: "soon" is no value of a date field'),
        ("<button>No list</button>", Select(mark=0, option="x"), "nothing was chosen: it is no drop-down"),
    ],
    ids=["unknown", "disabled", "in disabled group", "covered", "no field", "read-only", "bad date", "no drop-down"],
)  # fmt: skip
async def test_what_cannot_be_done_is_told(env: Environment, site: Site, body: str, action: Action, error: str) -> None:
    site.page("/", body)
    before = await env.load(f"{site.url}/")
    acted = await env.act(action)
    assert acted.observation.error == error
    assert acted.observation.model_copy(update={"error": None}) == before
    assert (await env.observe()).error is None


async def test_an_element_that_is_gone_is_told(env: Environment, site: Site) -> None:
    site.page("/", "<button id=gone>Gone</button><script>setTimeout(() => gone.remove(), 500)</script>")
    seen = await env.load(f"{site.url}/")
    mark = find(seen, "Gone").mark
    await env._tab.page.wait_for_selector("#gone", state="detached")
    acted = await env.act(Click(mark=mark))
    assert acted.observation.error == "nothing was clicked: the element is no longer on the page"


SHOP = """<form method=post action=/cart/add><button>Add</button></form><button onclick=send()>Like</button>
<script>function send() { fetch('/like?x=1', {method: 'PUT'}).then(() => { document.title = 'liked' }) }</script>"""


async def test_state_changing_requests_are_reported(env: Environment, site: Site) -> None:
    site.page("/", SHOP)
    site.page("/cart/add", "<h1>In the cart</h1>")
    site.answer("/like", "ok")
    seen = await env.load(f"{site.url}/")
    liked = await env.act(Click(mark=find(seen, "Like").mark))
    assert (liked.requests, liked.observation.title) == (("PUT /like",), "liked")
    added = await env.act(Click(mark=find(seen, "Add").mark))
    assert added.requests == ("POST /cart/add",)
    assert texts(added.observation) == ["In the cart"]


async def test_a_read_only_website_is_not_changed(chromium: Browser, site: Site) -> None:
    site.page("/", SHOP + "<form action=/find><button>Find</button></form>")
    site.page("/find", "<h1>Found</h1>")
    async with chromium.context(website(site, submit_forms=False)) as env:
        seen = await env.load(f"{site.url}/")
        seen = await _click(env, seen, "Add")
        assert seen.error == "the page could not be loaded: POST requests are not permitted on this website"
        assert seen.url == f"{site.url}/"
        seen = await _click(env, seen, "Like")
        assert seen.notices == ("a request was refused: PUT requests are not permitted on this website",)
        assert seen.error is None
        assert texts(await _click(env, seen, "Find")) == ["Found"]
    assert [request for request in site.requests if not request.startswith("GET")] == []


async def test_a_late_answer_is_waited_for(env: Environment, site: Site) -> None:
    site.page(
        "/",
        "<button onclick=\"fetch('/data').then(r => r.text()).then(t => { p.textContent = t })\">Load</button>"
        "<p id=p>-</p>",
    )
    site.handle("/data", _late("the answer", "text/plain"))
    acted = await env.act(Click(mark=find(await env.load(f"{site.url}/"), "Load").mark))
    assert texts(acted.observation) == ["the answer"]
    assert LATE <= acted.timings.settle < LATE + 1


@pytest.mark.parametrize(
    "control",
    [
        "<a href=/slow>Go</a>",
        "<button onclick=\"location='/slow'\">Go</button>",
        "<form action=/slow><button>Go</button></form>",
    ],
    ids=["link", "script", "form"],
)
async def test_a_late_page_is_waited_for(env: Environment, site: Site, control: str) -> None:
    site.page("/", control)
    site.handle("/slow", _late(html("<h1>Arrived</h1>")))
    seen = await _click(env, await env.load(f"{site.url}/"), "Go")
    assert texts(seen) == ["Arrived"]
    assert seen.status == 200


async def test_the_page_before_is_never_taken_for_the_one_after(env: Environment, site: Site) -> None:
    site.page("/", "<form method=post action=/add><button>Add</button></form>")
    site.page("/add", "<h1>Added</h1>")
    for _ in range(15):  # the answer comes at once, so that asking, leaving and arriving are events of one moment
        assert texts(await _click(env, await env.load(f"{site.url}/"), "Add")) == ["Added"]
