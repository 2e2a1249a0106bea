"""SiteMap: the topological map that the survey leaves. Producer: proposer; consumers: agent, dashboard."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from infra.contracts.base import Contract, utcnow
from infra.contracts.observation import ChunkKind


class Fact(Contract):
    """Something a page states: a label with its value."""

    label: str
    value: str
    subject: str | None = None
    kind: ChunkKind = ChunkKind.ROW


class FormField(Contract):
    """A field of a form, as a person would name it."""

    key: str = Field(description="Element.key")
    name: str
    role: str
    input_type: str | None = None
    options: tuple[str, ...] = ()
    required: bool = False


class Form(Contract):
    """A form on a page."""

    index: int
    method: str
    action: str
    name: str = ""
    fields: tuple[FormField, ...] = ()
    submit_key: str | None = None
    submit_name: str | None = None


class Edge(Contract):
    """An element of a page, and the page that it led to."""

    source: str = Field(description="canonical URL")
    target: str = Field(description="canonical URL")
    key: str = Field(description="Element.key")
    name: str
    role: str = "link"


class Page(Contract):
    """One page of the map, by canonical URL."""

    url: str
    title: str
    heading: str = ""
    template: str = Field(default="", description="pages with the same template share their layout, e.g. /product/*")
    depth: int = Field(default=0, description="least clicks from the start page")
    headings: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    forms: tuple[Form, ...] = ()
    texts: tuple[str, ...] = Field(default=(), description="other text chunks, at most 40")
    status: int | None = None


class Opener(Contract):
    """An element that shows more of its page when it is pressed: a tab, a menu, a list of choices."""

    page: str = Field(description="canonical URL")
    key: str = Field(description="Element.key")
    name: str
    texts: tuple[str, ...] = Field(description="what can be acted upon or read then, at most 40")


class SiteMap(Contract):
    """What is known of a website's structure."""

    website_id: str
    start_url: str
    pages: tuple[Page, ...] = ()
    edges: tuple[Edge, ...] = ()
    openers: tuple[Opener, ...] = ()
    skipped: dict[str, int] = Field(
        default_factory=dict, description="reason → how many URLs were not visited: robots, host, pages, depth, time…"
    )
    complete: bool = Field(default=False, description="the survey ended by itself, not by a bound")
    seconds: float = 0.0
    created_at: datetime = Field(default_factory=utcnow)
