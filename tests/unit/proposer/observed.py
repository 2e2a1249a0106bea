"""Observations made by hand, short to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from infra.contracts.observation import Box, ChunkKind, Element, FormShape, Observation, TextChunk

BOX = Box(x=0, y=0, width=100, height=20)


def heading(text: str, level: int = 1) -> TextChunk:
    return TextChunk(kind=ChunkKind.HEADING, text=text, level=level)


def row(label: str, value: str) -> TextChunk:
    return TextChunk(kind=ChunkKind.ROW, text=f"{label} {value}", label=label, value=value)


def cell(label: str, value: str, subject: str) -> TextChunk:
    return TextChunk(kind=ChunkKind.CELL, text=value, label=label, value=value, subject=subject)


def text(words: str) -> TextChunk:
    return TextChunk(kind=ChunkKind.TEXT, text=words)


def message(words: str) -> TextChunk:
    return TextChunk(kind=ChunkKind.MESSAGE, text=words)


def link(name: str, href: str, key: str | None = None) -> Element:
    return Element(mark=0, key=key or f"link|{name}|{href}", role="link", tag="a", name=name, href=href, box=BOX)


def button(name: str, form: int | None = 0) -> Element:
    return Element(
        mark=0,
        key=f"button|{name}|{form}",
        role="button",
        tag="button",
        name=name,
        form=form,
        input_type="submit",
        box=BOX,
    )


def field(
    name: str,
    form: int = 0,
    *,
    role: str = "textbox",
    input_type: str | None = "text",
    value: str | None = "",
    options: tuple[str, ...] | None = None,
    required: bool = False,
    checked: bool | None = None,
) -> Element:
    return Element(
        mark=0,
        key=f"{role}|{name}|{form}",
        role=role,
        tag="select" if options else "input",
        name=name,
        label=name,
        input_type=input_type,
        value=value,
        options=options,
        required=required,
        checked=checked,
        form=form,
        box=BOX,
    )


def page(
    url: str,
    chunks: Iterable[TextChunk] = (),
    elements: Sequence[Element] = (),
    forms: Iterable[FormShape] = (),
    *,
    status: int = 200,
    title: str = "",
    error: str | None = None,
) -> Observation:
    numbered = tuple(element.model_copy(update={"mark": mark}) for mark, element in enumerate(elements))
    return Observation(
        url=url,
        title=title,
        elements=numbered,
        chunks=tuple(chunks),
        forms=tuple(forms),
        status=status,
        error=error,
    )
