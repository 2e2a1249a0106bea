"""Small observations and maps for tests of the policy and the learner."""

from __future__ import annotations

from infra.contracts.observation import Box, ChunkKind, Element, FormShape, Observation, TextChunk
from infra.contracts.sitemap import Edge, Fact, Page, SiteMap

SITE = "http://127.0.0.1:1"
BOX = Box(x=0, y=0, width=10, height=10)


def link(mark: int, name: str, path: str) -> Element:
    return Element(mark=mark, key=f"link:{path}", role="link", tag="a", name=name, href=SITE + path, box=BOX)


def field(mark: int, name: str, *, form: int | None = 0, value: str = "", **more: object) -> Element:
    known = {"mark": mark, "key": f"field:{name}", "role": "textbox", "tag": "input", "name": name, "value": value}
    return Element.model_validate({**known, "form": form, "box": BOX, **more})


def row(label: str, value: str, subject: str | None = None) -> TextChunk:
    return TextChunk(kind=ChunkKind.ROW, text=f"{label} {value}", label=label, value=value, subject=subject)


def page(
    path: str, heading: str, *, elements: tuple[Element, ...] = (), chunks: tuple[TextChunk, ...] = ()
) -> Observation:
    top = TextChunk(kind=ChunkKind.HEADING, text=heading, level=1)
    forms = tuple(FormShape(index=i, method="GET", action=SITE + "/go") for i in {e.form for e in elements} - {None})
    return Observation(url=SITE + path, title=heading, elements=elements, chunks=(top, *chunks), forms=forms)


def site_map() -> SiteMap:
    """Home → lamps → {amber lamp, cobalt lamp}; home → chairs."""
    named = {"/": "Home", "/lamps": "Lamps", "/lamps/1": "Amber lamp", "/lamps/2": "Cobalt lamp", "/chairs": "Chairs"}
    facts = (Fact(label="Price", value="$9"), Fact(label="Warranty", value="2 years"))
    pages = tuple(
        Page(
            url=SITE + path,
            title=name,
            heading=name,
            headings=(name,),
            facts=facts if path[-1].isdigit() else (),
        )
        for path, name in named.items()
    )
    links = [("/", "/lamps"), ("/lamps", "/lamps/1"), ("/lamps", "/lamps/2"), ("/", "/chairs"), ("/chairs", "/")]
    edges = tuple(Edge(source=SITE + a, target=SITE + b, key=f"link:{b}", name=named[b]) for a, b in links)
    return SiteMap(website_id="web_1", start_url=SITE + "/", pages=pages, edges=edges)
