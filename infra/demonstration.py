"""How a task's demonstration is written down: one string per step.

``key`` clicks the element with that key; ``key=value`` enters the value (text, or an option's label) into it; a
value that ends in a line feed is submitted with Enter. Within keys and values ``%`` is written ``%25`` and ``=`` is
written ``%3D``, so that a step holds at most one bare ``=``.
"""

from __future__ import annotations

from collections.abc import Iterable

from infra.contracts.visit import ScriptStep


def encode(steps: Iterable[ScriptStep]) -> tuple[str, ...]:
    """Return the steps as strings."""
    return tuple(_encode(step) for step in steps)


def decode(demonstration: Iterable[str]) -> tuple[ScriptStep, ...]:
    """Return the steps that :func:`encode` wrote down."""
    return tuple(_decode(text) for text in demonstration)


def _encode(step: ScriptStep) -> str:
    if step.value is None:
        return _escape(step.key)
    return f"{_escape(step.key)}={_escape(step.value)}" + ("\n" if step.submit else "")


def _decode(text: str) -> ScriptStep:
    key, enters, value = text.partition("=")
    if not enters:
        return ScriptStep(key=_unescape(key))
    submit = value.endswith("\n")
    return ScriptStep(key=_unescape(key), value=_unescape(value.removesuffix("\n")), submit=submit)


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("=", "%3D")


def _unescape(text: str) -> str:
    return text.replace("%3D", "=").replace("%25", "%")
