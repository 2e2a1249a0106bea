"""What is behind tabs, menus and lists of choices."""

from __future__ import annotations

from agent.policy.base import Turn
from agent.policy.element_features import ELEMENT_FEATURES
from agent.policy.encoding import encode
from agent.policy.matching import Matcher
from agent.policy.openers import Openers, is_closed
from agent.policy.site import SiteIndex
from infra.contracts.observation import Element
from infra.contracts.sitemap import Opener, Page, SiteMap
from tests.unit.agent.making import BOX, SITE, page


def tab(name: str, *, selected: bool = False, mark: int = 0) -> Element:
    return Element(mark=mark, key=f"tab:{name}", role="tab", tag="button", name=name, selected=selected, box=BOX)


def known(*openers: Opener) -> SiteMap:
    pages = [
        Page(url=f"{SITE}/{path}", title=path, heading=path, template=template)
        for path, template in (("inn", "/*"), ("bar", "/*"), ("help", "/help"))
    ]
    return SiteMap(website_id="web_1", start_url=SITE + "/", pages=tuple(pages), openers=openers)


REVIEWS = Opener(page=SITE + "/inn", key="tab:Reviews", name="Reviews", texts=("Helpful: Rosa", "Write a review"))
PHOTOS = Opener(page=SITE + "/inn", key="tab:Photos", name="Photos", texts=("Add a photo",))


def test_an_opener_shows_the_same_on_pages_of_its_template_and_where_nothing_else_is_known() -> None:
    other = REVIEWS.model_copy(update={"page": SITE + "/help", "texts": ("What people say",)})
    openers = Openers(known(REVIEWS, other))
    assert openers.shown(SITE + "/inn", tab("Reviews")) == REVIEWS.texts
    assert openers.shown(SITE + "/bar", tab("Reviews")) == REVIEWS.texts
    assert openers.shown(SITE + "/help", tab("Reviews")) == ("What people say",)
    assert openers.shown(SITE + "/new", tab("Reviews")) == REVIEWS.texts
    assert openers.shown(SITE + "/inn", tab("Prices")) == ()
    assert Openers(None).shown(SITE + "/inn", tab("Reviews")) == ()


def test_what_is_open_shows_nothing_more() -> None:
    assert not is_closed(tab("Reviews", selected=True))
    assert Openers(known(REVIEWS)).shown(SITE + "/inn", tab("Reviews", selected=True)) == ()
    menu = Element(mark=0, key="m", role="button", tag="button", name="Menu", expanded=False, box=BOX)
    assert is_closed(menu)
    assert not is_closed(menu.model_copy(update={"expanded": True}))
    assert not is_closed(menu.model_copy(update={"expanded": None})), "it opens nothing"


def test_the_tab_that_hides_what_is_asked_for_stands_out() -> None:
    saying = 'Press "Helpful: Rosa" on the inn'
    seen = page("/inn", "inn", elements=(tab("Photos"), tab("Reviews", mark=1)))
    index = SiteIndex(known(REVIEWS, PHOTOS))
    _, encoded = encode(Turn(saying, seen, index), Matcher(saying, index))
    photos, reviews = (dict(zip(ELEMENT_FEATURES, row.tolist(), strict=True)) for row in encoded.elements)
    assert (photos["opens"], reviews["opens"]) == (1.0, 1.0)
    assert reviews["opens_text"] == reviews["opens_phrase"] == 1.0
    assert photos["opens_phrase"] == 0.0
    assert photos["opens_text"] < 0.5
