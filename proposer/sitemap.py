"""sitemap: from what the survey saw to the topological map that agents and people read."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence

from infra.contracts.observation import ChunkKind, Element, Observation, TextChunk
from infra.contracts.sitemap import Edge, Fact, Form, FormField, Page, SiteMap
from proposer.reading import CHOICE_ROLES, TEXT_ROLES, field_name, fold, is_button, main_heading
from proposer.survey import Survey
from proposer.templates import Layout, page_templates

MAX_TEXTS = 40
MAX_FACTS = 120
_FIELD_ROLES = TEXT_ROLES | CHOICE_ROLES | {"checkbox", "radio", "switch", "slider"}


def build_sitemap(survey: Survey) -> SiteMap:
    """Return the map of everything that the survey saw."""
    frame = site_headings([seen.observation for seen in survey.pages.values()])
    edges = [edge for seen in survey.pages.values() for edge in _edges(survey, seen.url, seen.observation)]
    depths = _depths(survey.start, edges)
    pages = [
        page_of(seen.url, seen.observation, depth=depths.get(seen.url, seen.depth), frame=frame)
        for seen in survey.pages.values()
    ]
    templates = page_templates({page.url: layout(page) for page in pages})
    return SiteMap(
        website_id=survey.website.id,
        start_url=survey.start,
        pages=tuple(page.model_copy(update={"template": templates[page.url]}) for page in pages),
        edges=tuple(edges),
        skipped=survey.skipped,
        complete=survey.complete,
        seconds=round(survey.seconds, 2),
    )


def site_headings(observations: Sequence[Observation]) -> frozenset[str]:
    """Return headings that nearly every page shows: the site's name, a footer's captions."""
    counts = Counter(
        heading
        for observation in observations
        for heading in {chunk.text for chunk in observation.chunks if chunk.kind is ChunkKind.HEADING}
    )
    return frozenset(h for h, count in counts.items() if len(observations) >= 5 and count > 0.8 * len(observations))


def page_of(url: str, observation: Observation, *, depth: int, frame: frozenset[str] = frozenset()) -> Page:
    """Return the map's entry for one observed page; ``frame``: headings that tell nothing about it."""
    headings = [c.text.strip() for c in observation.chunks if c.kind is ChunkKind.HEADING and c.text.strip()]
    heading = main_heading(observation)
    if heading in frame:
        own = observation.model_copy(update={"chunks": tuple(c for c in observation.chunks if c.text not in frame)})
        heading = main_heading(own)
    texts = [c.text for c in observation.chunks if c.kind in (ChunkKind.TEXT, ChunkKind.MESSAGE) and c.text.strip()]
    return Page(
        url=url,
        title=observation.title,
        heading=heading,
        depth=depth,
        headings=tuple(dict.fromkeys(headings)),
        facts=tuple(facts_of(observation.chunks, heading))[:MAX_FACTS],
        forms=tuple(forms_of(observation)),
        texts=tuple(dict.fromkeys(texts))[:MAX_TEXTS],
        status=observation.status,
    )


def facts_of(chunks: Sequence[TextChunk], heading: str) -> Iterable[Fact]:
    """Yield the label/value rows and the table cells (subject: the row's first cell).

    A row is about the page, unless its label comes several times with different values: then it is about its section.
    """
    values: dict[str, set[str]] = {}
    for chunk in chunks:
        if chunk.kind is ChunkKind.ROW and chunk.label and chunk.value:
            values.setdefault(fold(chunk.label), set()).add(fold(chunk.value))
    seen: set[tuple[str, str, str | None]] = set()
    for chunk in chunks:
        if chunk.kind not in (ChunkKind.ROW, ChunkKind.CELL) or not chunk.label or not chunk.value:
            continue
        label = chunk.label.strip().rstrip(":").strip()
        repeated = len(values.get(fold(chunk.label), ())) > 1
        subject = heading if chunk.kind is ChunkKind.ROW and not repeated else chunk.subject or heading
        if not label or (label, chunk.value, subject) in seen:
            continue
        seen.add((label, chunk.value, subject))
        yield Fact(label=label, value=chunk.value.strip(), subject=subject, kind=chunk.kind)


def forms_of(observation: Observation) -> Iterable[Form]:
    """Yield the page's forms that have anything visible in them."""
    for shape in observation.forms:
        members = [element for element in observation.elements if element.form == shape.index]
        fields = tuple(_field(element) for element in members if element.role in _FIELD_ROLES and not element.disabled)
        submit = next((element for element in members if is_button(element)), None)
        if not fields and submit is None:
            continue
        yield Form(
            index=shape.index,
            method=shape.method.upper(),
            action=shape.action,
            name=shape.name,
            fields=fields,
            submit_key=submit.key if submit else None,
            submit_name=(submit.name or submit.value or None) if submit else None,
        )


def _field(element: Element) -> FormField:
    return FormField(
        key=element.key,
        name=field_name(element),
        role=element.role,
        input_type=element.input_type,
        options=element.options or (),
        required=element.required,
    )


def layout(page: Page) -> Layout:
    """Return what marks the page's layout."""
    features = {f"fact:{fold(fact.label)}" for fact in page.facts}
    for form in page.forms:
        features.add(f"form:{form.method}:{fold(form.submit_name or '')}")
        features.update(f"field:{fold(field.name)}" for field in form.fields if field.role in TEXT_ROLES)
    return frozenset(features)


def _edges(survey: Survey, source: str, observation: Observation) -> Iterable[Edge]:
    """Yield one edge for each page that links lead to: the link with the most telling name."""
    best: dict[str, Element] = {}
    for element in observation.elements:
        if not element.href or element.tag != "a":
            continue
        target = survey.resolve(element.href)
        if target not in survey.pages or target == source:
            continue
        known = best.get(target)
        if known is None or (not known.name and element.name):
            best[target] = element
    for target, element in best.items():
        yield Edge(source=source, target=target, key=element.key, name=element.name, role=element.role)


def _depths(start: str, edges: Sequence[Edge]) -> Mapping[str, int]:
    """Return the least clicks from the start page."""
    out: dict[str, list[str]] = {}
    for edge in edges:
        out.setdefault(edge.source, []).append(edge.target)
    depths = {start: 0}
    queue = deque([start])
    while queue:
        page = queue.popleft()
        for target in out.get(page, ()):
            if target not in depths:
                depths[target] = depths[page] + 1
                queue.append(target)
    return depths
