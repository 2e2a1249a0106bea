"""What an observation says of a page."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image, ImageChops

from agent.browser import Browser, Environment
from agent.rendering.marks import draw_marks
from infra.contracts.observation import ChunkKind
from infra.settings import BrowserSettings
from tests.fixtures.browser import Site, find, texts, website

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIELDS = """
<h1>Your account</h1>
<form id=f method=post action=/save aria-label=Details>
  <label for=m>E-mail</label><input id=m name=mail type=email required value="a@b.c">
  <label>Password<input type=password name=p value=hunter2></label>
  <input name=q type=search placeholder="Search products">
  <label>Born <input type=date name=born value=2001-02-03></label>
  <label>Copies <input type=number name=n value=2></label>
  <label><input type=checkbox name=news checked> Newsletter</label>
  <label><input type=radio name=r value=1> Slow</label>
  <label>Country <select name=c><option>France</option><option selected>Japan</option></select></label>
  <textarea name=t aria-label=Remarks>Hello</textarea>
  <table><tr><td>Phone:</td><td><input name=tel type=tel></td></tr></table>
  <button disabled>Delete</button>
  <button type=submit>Save</button>
</form>
<a href="/orders?page=2#top">My   orders</a>
<button aria-label=Close>x</button>
<button aria-expanded=false>Menu</button>
<div role=tab aria-selected=true tabindex=0>Specs</div>
<div role=switch aria-checked=true tabindex=0>Dark</div>
<span onclick="1">Clickable</span>
<div style="cursor:pointer">Pointer</div>
<details open><summary>More</summary><p>Details here</p></details>
<div contenteditable=true aria-label=Editor>text</div>
"""


SAID: dict[str, dict[str, Any]] = {
    "E-mail": {"role": "textbox", "input_type": "email", "value": "a@b.c", "required": True, "label": "E-mail"},
    "Password": {"role": "textbox", "input_type": "password", "value": "••••"},
    "Search products": {"role": "searchbox", "value": "", "placeholder": "Search products"},
    "Born": {"input_type": "date", "value": "2001-02-03"},
    "Copies": {"role": "spinbutton", "value": "2"},
    "Newsletter": {"role": "checkbox", "checked": True, "value": None},
    "Slow": {"role": "radio", "checked": False},
    "Country": {"role": "combobox", "value": "Japan", "options": ("France", "Japan"), "form": 0},
    "Remarks": {"role": "textbox", "tag": "textarea", "value": "Hello"},
    "Phone:": {"role": "textbox", "label": "Phone:"},
    "Delete": {"role": "button", "disabled": True},
    "Save": {"role": "button", "disabled": False, "form": 0, "context": "Your account"},
    "My orders": {"role": "link", "form": None},
    "Close": {"role": "button"},
    "Menu": {"role": "button", "expanded": False},
    "Specs": {"role": "tab", "selected": True},
    "Dark": {"role": "switch", "checked": True},
    "Clickable": {"role": "button", "tag": "span"},
    "Pointer": {"role": "button", "tag": "div"},
    "More": {"role": "button", "expanded": True},
    "Editor": {"role": "textbox", "value": "text"},
}


async def _outer_html(env: Environment) -> str:
    page = env._tab.page
    return str(await page.evaluate("document.documentElement.outerHTML"))


async def test_each_kind_of_element_says_what_it_is(env: Environment, site: Site) -> None:
    site.page("/", FIELDS)
    seen = await env.load(f"{site.url}/")
    said = {name: find(seen, name).model_dump() for name in SAID}
    assert {name: {key: said[name][key] for key in keys} for name, keys in SAID.items()} == SAID
    assert len(seen.elements) == len(SAID)
    assert [element.mark for element in seen.elements] == list(range(len(SAID)))
    assert find(seen, "My orders").href == f"{site.url}/orders?page=2#top"
    (form,) = seen.forms
    assert (form.method, form.action, form.name) == ("POST", f"{site.url}/save", "Details")
    assert (seen.status, seen.error, seen.title, seen.truncated) == (200, None, "A page", False)


BADGES = """
<style>.badge { margin-left: 6px } .tag { display: inline-block } b.float { float: left }</style>
<a href="/i">Issues<b class=badge aria-hidden=true>5</b></a>
<a href="/o">Orders<b class=badge>7</b></a>
<button><span aria-hidden=true>⌕</span>Find</button>
<button><span aria-hidden=true>⌕</span></button>
<p>A<b>B</b>C, <b class=float>O</b>nce, H<sub>2</sub>O, <code class=badge>pip</code>.</p>
<table><tr><th>Thread</th><th>Views</th></tr>
<tr><td><a href="/t">Worm bin</a><span class=tag>compost</span><span class=tag>wild</span></td><td>2</td></tr></table>
"""


async def test_badges_and_tags_stand_apart_and_decoration_is_no_name(env: Environment, site: Site) -> None:
    site.page("/", BADGES)
    seen = await env.load(f"{site.url}/")
    assert [element.name for element in seen.elements] == ["Issues", "Orders 7", "Find", "⌕", "Worm bin"]
    assert "ABC, Once, H2O, pip." in texts(seen)
    cell = next(chunk for chunk in seen.chunks if chunk.kind is ChunkKind.CELL)
    assert (cell.subject, cell.label, cell.value) == ("Worm bin", "Views", "2")
    assert cell.text == "Worm bin compost wild Views 2"


HIDDEN = """
<button style="display:none">None</button><button style="visibility:hidden">Invisible</button>
<div style="opacity:0"><button>Transparent</button></div><button hidden>Attribute</button>
<input type=hidden name=token value=t><button style="width:0;height:0;padding:0;border:0"></button>
<div aria-hidden=false><a>No target</a></div><details><summary>Closed</summary><button>Inside</button></details>
<div inert><button>Inert</button></div>
<label><input type=checkbox style="position:absolute;opacity:0"> Styled</label>
<div style="height:3000px"></div><button>Below</button>
"""


async def test_what_cannot_be_seen_is_left_out(env: Environment, site: Site) -> None:
    site.page("/", HIDDEN)
    seen = await env.load(f"{site.url}/")
    assert [element.name for element in seen.elements] == ["Closed", "Styled", "Below"]
    assert [element.in_viewport for element in seen.elements] == [True, True, False]
    assert find(seen, "Styled").box.width > 1  # the label's box stands for the transparent input's


async def test_only_an_open_modal_dialog_can_be_used(env: Environment, site: Site) -> None:
    site.page("/", "<button>Behind</button><dialog id=d><button>Agree</button></dialog><script>d.showModal()</script>")
    seen = await env.load(f"{site.url}/")
    assert [element.name for element in seen.elements] == ["Agree"]


async def test_boxes_are_where_elements_are_painted(env: Environment, site: Site) -> None:
    place = "position:absolute;left:200px;top:120px;width:90px;height:40px"
    site.page("/", f"<button style='{place}'>Here</button>")
    box = find(await env.load(f"{site.url}/"), "Here").box
    assert (box.x, box.y, box.width, box.height) == (200, 120, 90, 40)


async def test_shadow_roots_and_frames_belong_to_the_page(env: Environment, site: Site) -> None:
    site.page("/inner", "<p>Inner words</p><button id=b onclick='parent.document.title=\"pressed\"'>Framed</button>")
    site.page(
        "/",
        "<x-card><span>Slotted</span></x-card>"
        "<script>const root=document.querySelector('x-card').attachShadow({mode:'open'});"
        "root.innerHTML='<p>Shadow words</p><button>Shady</button><slot></slot>'</script>"
        "<iframe src=/inner style='position:absolute;left:300px;top:200px;border:5px solid'></iframe>",
    )
    seen = await env.load(f"{site.url}/")
    assert [element.name for element in seen.elements] == ["Shady", "Framed"]
    assert {"Shadow words", "Slotted", "Inner words"} <= set(texts(seen))
    framed = find(seen, "Framed")
    assert framed.box.x > 305
    assert framed.box.y > 205


CHUNKS = """
<h2>Prices</h2>
<table><tr><th>City</th><th>Price</th><th>Days</th></tr><tr><td>Oslo</td><td>10 €</td><td>3</td></tr></table>
<table><tr><th>Weight</th><td>3 kg</td></tr></table>
<dl><dt>Colour</dt><dd>Red</dd></dl>
<p>Stock: 14 left</p>
<div role=alert>Card refused</div><div class="flash success">Saved</div>
<p>One <b>plain</b> paragraph. <span style="display:none">not this</span></p>
<script>var no = 1</script><style>p { margin: 0 }</style>
"""


async def test_text_comes_in_pieces_that_answer_questions(env: Environment, site: Site) -> None:
    site.page("/", CHUNKS)
    seen = await env.load(f"{site.url}/")
    said = [(chunk.kind, chunk.label, chunk.value, chunk.subject) for chunk in seen.chunks]
    assert said == [
        (ChunkKind.HEADING, None, None, None),
        (ChunkKind.CELL, "Price", "10 €", "Oslo"),
        (ChunkKind.CELL, "Days", "3", "Oslo"),
        (ChunkKind.ROW, "Weight", "3 kg", "Prices"),
        (ChunkKind.ROW, "Colour", "Red", "Prices"),
        (ChunkKind.ROW, "Stock", "14 left", "Prices"),
        (ChunkKind.MESSAGE, None, None, None),
        (ChunkKind.MESSAGE, None, None, None),
        (ChunkKind.TEXT, None, None, None),
    ]
    assert texts(seen)[6:] == ["Card refused", "Saved", "One plain paragraph."]
    assert seen.chunks[0].level == 2


async def test_nearby_text_tells_equal_buttons_apart(env: Environment, site: Site) -> None:
    site.page("/", "<ul><li>Red chair <button>Buy</button></li><li>Blue chair <button>Buy</button></li></ul>")
    seen = await env.load(f"{site.url}/")
    assert [element.nearby for element in seen.elements] == ["Red chair Buy", "Blue chair Buy"]
    assert len({element.key for element in seen.elements}) == 2


async def test_keys_are_the_same_on_a_later_visit(chromium: Browser, site: Site) -> None:
    site.page("/", FIELDS)
    keys = []
    for _ in range(2):
        async with chromium.context(website(site)) as env:
            keys.append([element.key for element in (await env.load(f"{site.url}/")).elements])
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(keys[0])
    site.page("/", "<p>New paragraph</p>" + FIELDS.replace("a@b.c", "other"))
    async with chromium.context(website(site)) as env:
        assert [element.key for element in (await env.load(f"{site.url}/")).elements] == keys[0]


def _differs(one: bytes, other: bytes, box: Sequence[float]) -> bool:
    area = tuple(int(side) for side in box)
    pictures = [Image.open(io.BytesIO(jpeg)).convert("RGB").crop(area) for jpeg in (one, other)]
    extremes = ImageChops.difference(*pictures).getextrema()
    return max(high for _, high in extremes) > 60


async def test_looking_and_marking_change_nothing(
    env: Environment, site: Site, browser_settings: BrowserSettings
) -> None:
    site.page("/", FIELDS)
    seen = await env.load(f"{site.url}/")
    before = await _outer_html(env)
    again = await env.observe()
    bare = await env.screenshot()
    marked = draw_marks(bare, again.elements)
    assert again == seen
    assert await _outer_html(env) == before
    for picture in (bare, marked):
        opened = Image.open(io.BytesIO(picture))
        assert (opened.format, opened.size) == ("JPEG", browser_settings.viewport)
    box = find(seen, "Save").box
    assert _differs(bare, marked, (box.x - 2, box.y - 2, box.x + box.width + 2, box.y + box.height + 2))
    assert not _differs(bare, marked, (900, 600, 1200, 780))


async def test_the_page_cannot_see_that_it_is_observed(env: Environment, site: Site) -> None:
    site.page("/", "<p id=p>none</p><script>setInterval(() => { p.textContent = typeof pae }, 1)</script>")
    seen = await env.load(f"{site.url}/")
    assert texts(seen) == ["undefined"]


async def test_a_huge_page_is_observed_within_bounds(
    env: Environment, site: Site, browser_settings: BrowserSettings
) -> None:
    row = "<tr><td>Article {0}</td><td><a href=/a/{0}>Show</a></td><td><p>" + "words " * 20 + "</p></td></tr>"
    site.page("/", "<table>" + "".join(row.format(number) for number in range(52_000)) + "</table>")
    begun = time.monotonic()
    seen = await env.load(f"{site.url}/")
    assert time.monotonic() - begun < 40
    assert len(seen.elements) == browser_settings.max_elements
    assert 0 < len(seen.chunks) <= browser_settings.max_chunks
    assert seen.truncated
    assert len(seen.model_dump_json()) < 500_000


async def test_half_a_character_is_no_obstacle(env: Environment, site: Site) -> None:
    long = "x" * 399 + "\N{GRINNING FACE}"  # cut in its middle
    site.page("/", f"<p>{long}</p><button id=b>b</button><script>b.title = b.textContent = 'Half \\ud83d'</script>")
    seen = await env.load(f"{site.url}/")
    assert seen.model_dump_json()
    assert find(seen, "Half \N{REPLACEMENT CHARACTER}")
