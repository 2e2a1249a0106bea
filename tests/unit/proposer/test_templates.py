"""Page templates told from paths and layouts."""

from __future__ import annotations

from proposer.templates import page_templates

B = "http://a.test"
PRODUCT = frozenset({"fact:price", "fact:colour", "form:POST:add to cart"})


def test_siblings_below_a_folder_are_one_family() -> None:
    layouts = {f"{B}/product/{name}": PRODUCT for name in ("oslo", "bergen", "narvik", "porto")}
    layouts |= {f"{B}/": frozenset(), f"{B}/help/a": frozenset(), f"{B}/help/b": frozenset()}
    templates = page_templates(layouts)
    assert templates[f"{B}/product/oslo"] == "/product/*"
    assert templates[f"{B}/help/a"] == "/help/a"
    assert templates[f"{B}/"] == "/"


def test_pages_below_the_root_need_a_common_layout() -> None:
    plain = {f"{B}/{name}": frozenset[str]() for name in ("about", "cart", "contact", "imprint", "login")}
    assert page_templates(plain)[f"{B}/about"] == "/about"
    alike = {f"{B}/{name}": PRODUCT for name in ("oslo", "bergen", "narvik", "porto")}
    mixed = page_templates(alike | {f"{B}/": frozenset()})
    assert mixed[f"{B}/oslo"] == "/*"


def test_numbers_and_queries_are_placeholders() -> None:
    templates = page_templates({f"{B}/user/42/posts": frozenset(), f"{B}/search?q=a&sort=b": frozenset()})
    assert templates[f"{B}/user/42/posts"] == "/user/*/posts"
    assert templates[f"{B}/search?q=a&sort=b"] == "/search?q=*&sort=*"
