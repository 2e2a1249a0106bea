"""Clauses in everyday words: what a site's names stand for, said as people would who do not know what it calls them.

The words are the phrasebook's. Every function returns None where it has none, or, by the share given, would rather use
the site's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from random import Random

from infra.phrasebook import EntryKind, phrasebook

#: How often everyday words take the place of the site's own, where there are any.
SHARE = 0.6

PAGE = (
    "open {page}",
    "open {page}",
    "go to {page}",
    "take me to {page}",
    "take me to {page}",
    "show me {page}",
    "show me {page}",
    "bring up {page}",
    "bring me to {page}",
    "get me to {page}",
    "pull up {page}",
    "let me see {page}",
    "find {page}",
    "open the page for {page}",
    "get {page} on the screen",
)

WHERE = (
    "Where do I find {page}?",
    "Where can I see {page}? Show me.",
    "I'm looking for {page}.",
    "I'd like to see {page}.",
    "I need {page}.",
    "I need to see {page}. Open that page, nothing more.",
    "Is there a place for {page}? Go there.",
    "There must be {page} somewhere. Take me there.",
    "{page}, please.",
    "Would you open {page} for me? No need to tell me anything.",
    "I want to have a look at {page}.",
)

FILTER = (
    "on {page}, only {option}",
    "in {page}, leave only {option}",
    "narrow {page} down to {option}",
    "limit {page} to {option}",
    "show me {page}, but only {option}",
    "go to {page} and keep just {option}",
    "from {page} I only want {option}",
)

SORT = (
    "put {page} in order, {option}",
    "show {page}, {option}",
    "list {page} with {option}",
    "rank {page}: {option}",
    "go to {page} and arrange it, {option}",
)

FILL = (
    "{form}: {fields}",
    "use {form}: {fields}",
    "put this into {form}: {fields}",
    "hand in {form}, {fields}",
    "take care of {form}; {fields}",
    "fill in {form}. {fields}",
    "open {form} and send it with this: {fields}",
)

#: Names of fields that take what somebody writes.
_WRITING = re.compile(r"\b(?:message|comment|review|text|reply|question|note|opinion|letter|post)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|does|do|did|can|could|has|have)\b"
)


def page(rng: Random, name: str) -> str | None:
    """Return what people call a page of this name."""
    return _draw(rng, name, EntryKind.PAGE)


def navigate(rng: Random, name: str) -> str | None:
    """Return a clause that asks for a page."""
    said = page(rng, name)
    return rng.choice(PAGE).format(page=said) if said else None


def where(rng: Random, name: str) -> str | None:
    """Return a request for a page that is no order."""
    said = page(rng, name)
    return rng.choice(WHERE).format(page=said) if said else None


def ask(rng: Random, label: str) -> str | None:
    """Return a question with ``{subject}`` for what a label states."""
    said = _draw(rng, label, EntryKind.FACT)
    if said is None:
        return None
    asked = said.replace("{x}", "{subject}")
    if "{subject}" not in asked:
        asked = f"{asked}, for {{subject}}"
    return f"{asked}?" if _ASKS.match(asked) else asked


def act(rng: Random, button: str, what: str) -> str | None:
    """Return a clause for what a button does to something."""
    said = _draw(rng, button, EntryKind.ACT)
    if said is None or said.startswith("{x}"):
        return None
    return said.format(x=what) if "{x}" in said else f"{said} ({what})"


def choose(rng: Random, option: str, page: str, *, sorting: bool) -> str | None:
    """Return a clause that asks for a filter or an order."""
    said = _draw(rng, option, EntryKind.SORT if sorting else EntryKind.OPTION)
    return rng.choice(SORT if sorting else FILTER).format(page=page, option=said) if said else None


def option(rng: Random, name: str, kind: EntryKind) -> str | None:
    """Return what people call an option, by which a list is narrowed down (OPTION) or put in order (SORT)."""
    return _draw(rng, name, kind)


def leaning(label: str, *, more: bool) -> tuple[str, ...]:
    """Return what people call the one of several that has more, or less, of what a label states."""
    entry = phrasebook().exactly(label, EntryKind.MORE if more else EntryKind.LESS)
    return entry.phrasings if entry is not None else ()


def field(rng: Random, name: str, value: str) -> str | None:
    """Return a statement from which a field's value follows."""
    said = _draw(rng, name, EntryKind.FIELD)
    return said.format(v=_value(rng, value)) if said else None


def deed(rng: Random, name: str) -> str | None:
    """Return a clause for what a switch of this name does, whatever it concerns."""
    entry = phrasebook().exactly(name, EntryKind.ACT)
    said = [text for text in entry.phrasings if "{x}" not in text] if entry is not None else []
    return rng.choice(said) if said and rng.random() < SHARE else None


def free_texts(fields: Iterable[str]) -> frozenset[str]:
    """Return the text fields of which one is what is written: the only one, else those that are named so."""
    names = frozenset(fields)
    return names if len(names) == 1 else frozenset(name for name in names if _WRITING.search(name))


def write(
    rng: Random, names: Sequence[str], thing: str, pairs: Sequence[tuple[str, str]], texts: Set[str]
) -> str | None:
    """Return a clause for what is written, where one of the names (button, form) says what sort of writing it is.

    It is the value of the one field of ``texts``; the others follow, each in a sentence of its own. ``thing``: what it
    is about, empty where it is about nothing.
    """
    entry = next((found for name in names if (found := phrasebook().exactly(name, EntryKind.WRITE))), None)
    written = [pair for pair in pairs if pair[0] in texts]
    if entry is None or len(written) != 1 or rng.random() >= SHARE:
        return None
    # A value that begins a sentence would get a capital letter that is not its own.
    fit = [text for text in entry.phrasings if not text.startswith("{v}") and (thing or "{x}" not in text)]
    if not fit:
        return None
    phrasing = rng.choice(fit)
    value = written[0][1] if re.search(r"[“\"]\{v\}", phrasing) else _value(rng, written[0][1])
    parts = [_part(rng, *pair) for pair in pairs if pair is not written[0]]
    clause = phrasing.format(v=value, x=thing)
    return clause if not parts else f"{clause}. {_joined(rng, parts)}"


def _part(rng: Random, name: str, value: str) -> str:
    """Return a sentence for one of the other values."""
    said = _draw(rng, name, EntryKind.FIELD, share=0.5)
    if said is None:
        return f"{capital(name)}: {_value(rng, value)}"
    return (said if said.startswith("{v}") else capital(said)).format(v=_value(rng, value))


def capital(text: str) -> str:
    """Return ``text`` with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def fill(rng: Random, form: str, pairs: Sequence[tuple[str, str]]) -> str | None:
    """Return a clause that asks for a form to be filled in and sent, if there are words for every field."""
    said = [_draw(rng, name, EntryKind.FIELD, share=1.0) for name, _ in pairs]
    if rng.random() >= SHARE or not all(said):
        return None
    parts = [(one or "").format(v=_value(rng, value)) for one, (_, value) in zip(said, pairs, strict=True)]
    return rng.choice(FILL).format(form=form, fields=_joined(rng, parts))


def _joined(rng: Random, parts: Sequence[str]) -> str:
    return rng.choice((", ", "; ", " and ", ". ")).join(parts)


def _value(rng: Random, value: str) -> str:
    quoting = '"' not in value and (len(value.split()) > 3 or rng.random() < 0.3)
    return rng.choice(("“{}”", '"{}"')).format(value) if quoting else value


def _draw(rng: Random, name: str, kind: EntryKind, *, share: float = SHARE) -> str | None:
    """Return one of the phrasings for a name; None where there is none, or the draw says so."""
    entry = phrasebook().exactly(name, kind)
    if entry is None or rng.random() >= share:
        return None
    return rng.choice(entry.phrasings)
