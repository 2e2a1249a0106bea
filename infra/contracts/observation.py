"""Observation: what the agent can perceive of a page at one moment."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from infra.contracts.base import Contract


class Box(Contract):
    """CSS pixels relative to the viewport's top left corner."""

    x: float
    y: float
    width: float
    height: float


#: Types of buttons that send their form.
SENDING_TYPES = frozenset({"submit", "image"})


class Element(Contract):
    """One visible interactive element.

    ``key`` names the same element again on a later visit of the same page (role, name, label, href path and
    ordinal among equals); ``mark`` numbers it in this observation only, from 0, in document order.
    """

    mark: int
    key: str
    role: str = Field(description="ARIA role: link, button, textbox, searchbox, combobox, checkbox, radio, tab, …")
    tag: str
    name: str = Field(description="accessible name, white space folded, at most 200 characters")
    input_type: str | None = Field(
        default=None, description="type of an <input>, or of a form's <button>, e.g. text, email, submit"
    )
    value: str | None = Field(default=None, description="present value of a field; None for elements without one")
    placeholder: str | None = None
    label: str | None = Field(default=None, description="text of the field's label, legend or preceding cell")
    nearby: str = Field(default="", description="text around it (row, card, list item), at most 200 characters")
    context: str = Field(default="", description="nearest preceding heading")
    href: str | None = Field(default=None, description="absolute target URL of a link")
    options: tuple[str, ...] | None = Field(default=None, description="visible labels of a <select>'s options")
    checked: bool | None = None
    selected: bool | None = None
    expanded: bool | None = None
    required: bool = False
    disabled: bool = False
    in_viewport: bool = True
    form: int | None = Field(default=None, description="index of the <form> that owns it, in document order")
    box: Box


class ChunkKind(StrEnum):
    """What a piece of page text is."""

    HEADING = "heading"
    ROW = "row"  # a table row with a label and one value, or a definition-list pair
    CELL = "cell"  # one cell of a table with column headings: label = column heading, subject = row's first cell
    MESSAGE = "message"  # alert, status, toast, error
    TEXT = "text"  # a paragraph, list item or other block of text


class TextChunk(Contract):
    """A piece of visible page text, in document order."""

    kind: ChunkKind
    text: str = Field(description="what a person reads, white space folded, at most 400 characters")
    label: str | None = Field(default=None, description="of a ROW or CELL")
    value: str | None = Field(default=None, description="of a ROW or CELL; what would answer a question")
    subject: str | None = Field(default=None, description="of a CELL: the row's first cell; else nearest heading")
    level: int | None = Field(default=None, description="1–6 of a HEADING")


class FormShape(Contract):
    """One <form> of the page, so that a survey can tell templates apart."""

    index: int
    method: str = Field(description="GET or POST, upper case")
    action: str = Field(description="absolute URL")
    name: str = Field(default="", description="accessible name, legend or nearest heading")


class Observation(Contract):
    """One look at a page. Producer: agent.browser; consumers: proposer, policy, evaluator, learner, dashboard."""

    url: str
    title: str
    elements: tuple[Element, ...] = ()
    chunks: tuple[TextChunk, ...] = ()
    forms: tuple[FormShape, ...] = ()
    status: int | None = Field(default=None, description="HTTP status of the main document, where known")
    error: str | None = Field(default=None, description="why the last action failed, in words; None if it did not")
    notices: tuple[str, ...] = Field(
        default=(), description="what happened besides: dialog text accepted or dismissed, new tab, download, crash"
    )
    viewport: tuple[int, int] = (1280, 800)
    scroll_y: float = 0.0
    scroll_height: float = 0.0
    truncated: bool = Field(default=False, description="the page had more elements or text than the caps allow")
    screenshot: str | None = Field(default=None, description="blob key of a JPEG; None where none was taken")
