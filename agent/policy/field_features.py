"""Features of spans, of a span in a field, and of a drop-down's options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from agent.policy.candidates import submits_alone
from agent.policy.directions import DIRECTIONS, directions
from agent.policy.matching import MATCH, Matcher
from agent.policy.meaning import MEANING
from agent.policy.progress import Progress
from agent.policy.spans import Span
from agent.policy.text import COMMON_STEMS, STOP_STEMS, fold, stem, word_set
from infra.contracts.observation import Element, Observation

#: Words that say what a value beside them is for, whatever the site: "search for X", "X in the search", "X as title".
BESIDE = tuple(
    stem(word)
    for word in (
        "for", "in", "into", "as", "to", "with", "is", "of", "under", "by", "at", "on", "from", "the", "my", "it",
        "about", "be", "and", "or", "called", "named", "search", "find", "look", "type", "enter", "put", "write",
        "use", "set", "say", "only", "form", "page", "than",
    )
)  # fmt: skip
SPAN_FEATURES = (
    "quoted", "capitalised", "maximal", "numeric", "whole", "email", "position", "words", "weight", "share", "known",
    "used", "consumed", "plain", "begins", "introduced", "joined_before", "joined_after",
    *(f"before_{word}" for word in BESIDE),
    *(f"after_{word}" for word in BESIDE),
)  # fmt: skip
PAIR_FEATURES = (
    "before", "nearest_before", "after", "label_inside", "label_apart", "type_fits", "type_misfits", "already",
    "submits", "stated", "stated_otherwise", "lead", "nearest_lead", "fit", "below_fields_best", "below_spans_best",
)  # fmt: skip
_FITTING = tuple(PAIR_FEATURES.index(name) for name in ("lead", "type_fits", "stated", "stated_otherwise"))
_MISFITS = PAIR_FEATURES.index("type_misfits")
OPTION_FEATURES = (
    *(f"option_{i}" for i in range(MATCH)),
    "rest",
    "chosen",
    "place",
    "first",
    "label_instruction",
    "label_text",
    *(f"meaning_{i}" for i in range(MEANING)),
    "meaning_gap",
    "meaning_rest",
    *DIRECTIONS,
)

_MAIL = re.compile(r"\b(?:email|mail address)\b")
#: Fields that may well take an address, whatever their type.
_MAILED = re.compile(r"\b(?:mail|to|cc|recipients?|contact|reply|invite|answer|login|user ?name)\b")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


def span_rows(spans: Sequence[Span], matcher: Matcher, progress: Progress) -> list[list[float]]:
    """Return one row of SPAN_FEATURES per span."""
    rows = []
    for span in spans:
        own = word_set(span.text)
        shared = matcher.shared(span.text)
        rows.append(
            [
                float(span.quoted),
                float(span.capitalised),
                float(span.maximal),
                float(span.numeric),
                float(span.whole),
                float(span.email),
                span.position,
                min(span.count / 6, 1.0),
                max((matcher.weights[word] for word in shared), default=0.0),
                matcher.share(shared),
                sum(matcher.site.knows(word) for word in own) / max(len(own), 1),
                float(fold(span.text) in progress.typed),
                len(shared & progress.consumed) / max(len(shared), 1),
                sum(word in STOP_STEMS or word in COMMON_STEMS for word in own) / max(len(own), 1),
                float(span.begins),
                float(span.introduced),
                *map(float, span.joined),
                *(float(span.before[-1:] == (word,)) for word in BESIDE),
                *(float(span.after[:1] == (word,)) for word in BESIDE),
            ]
        )
    return rows


@lru_cache(maxsize=20_000)
def _takes_address(*names: str) -> tuple[bool, bool]:
    """Return whether a field of these names wants an e-mail address, and whether it may well take one."""
    called = fold(" ".join(names))
    return _MAIL.search(called) is not None, _MAILED.search(called) is not None


def _type_fit(element: Element, span: Span) -> tuple[float, float]:
    """Whether the span is of the sort that the field asks for, and whether it is plainly of another."""
    kind = element.input_type or ""
    mail, mailed = _takes_address(element.name, element.label or "", element.placeholder or "")
    if kind == "email" or mail:
        return float(span.email), float(not span.email)
    if kind in ("number", "range") or element.role == "spinbutton":
        number = span.numeric and span.count == 1 and not span.email
        return float(number), float(not number)
    if kind == "date":
        date = bool(_DATE.search(span.text))
        return float(date), float(not date)
    if kind == "tel":
        digits = sum(c.isdigit() for c in span.text)
        return float(digits >= 5), float(digits < 5)
    return 0.0, float(span.email and not mailed)


def pair_rows(
    pairs: Sequence[tuple[Element, Span]], observation: Observation, matcher: Matcher, progress: Progress
) -> list[list[float]]:
    """Return one row of PAIR_FEATURES per (field, span)."""
    names: dict[int, frozenset[str]] = {}
    alone: dict[int, float] = {}
    rows = []
    for element, span in pairs:
        mark = element.mark
        if mark not in names:
            names[mark] = word_set(element.name) | word_set(element.label or "") | word_set(element.placeholder or "")
            alone[mark] = float(submits_alone(element, observation))
        label = names[mark]
        own = word_set(span.text)
        fits, misfits = _type_fit(element, span)
        size = max(len(label), 1)
        rows.append(
            [
                len(label & set(span.before)) / size,
                float(bool(span.before) and span.before[-1] in label),
                len(label & set(span.after)) / size,
                len(label & own) / max(len(own), 1),
                float(not label & own),
                fits,
                misfits,
                float(fold(element.value or "") == fold(span.text)),
                alone[mark],
                *matcher.stated.near(element.name or element.label or element.placeholder or "", span),
                len(label & set(span.lead)) / max(len(label - STOP_STEMS), 1),
                float(bool(span.lead) and span.lead[-1] in label),
            ]
        )
    return [[*row, *fit] for row, fit in zip(rows, _fits(pairs, rows, progress.typed), strict=True)]


def _fits(
    pairs: Sequence[tuple[Element, Span]], rows: Sequence[Sequence[float]], used: Set[str]
) -> Iterator[tuple[float, float, float]]:
    """Yield fit … below_spans_best: how much speaks for a pair, and how much more for its field's or span's best.

    Each value belongs into one field and each field takes one value; neither can be told from the pair alone.
    """
    fits = [
        0.0 if fold(span.text) in used or row[_MISFITS] else max(min(row[i], 1.0) for i in _FITTING)
        for (_, span), row in zip(pairs, rows, strict=True)
    ]
    of_field: dict[int, float] = {}
    of_span: dict[str, float] = {}
    for (element, span), fit in zip(pairs, fits, strict=True):
        of_field[element.mark] = max(of_field.get(element.mark, 0.0), fit)
        of_span[span.text] = max(of_span.get(span.text, 0.0), fit)
    for (element, span), fit in zip(pairs, fits, strict=True):
        yield fit, fit - of_field[element.mark], fit - of_span[span.text]


def option_rows(options: Sequence[tuple[Element, int]], matcher: Matcher, progress: Progress) -> list[list[float]]:
    """Return one row of OPTION_FEATURES per (drop-down, option index)."""
    rows = []
    of = matcher.meanings.of
    best: dict[int, float] = {}
    for element, i in options:
        texts = element.options or ()
        if element.mark not in best:
            best[element.mark] = max(of(text)[2] for text in texts)
        meaning = of(texts[i])
        label = matcher.match(element.label or element.name)
        rows.append(
            [
                *matcher.match(texts[i]),
                matcher.rest(texts[i], progress.consumed),
                float(fold(element.value or "") == fold(texts[i])),
                i / max(len(texts), 1),
                float(i == 0),
                label[0],
                label[1],
                *meaning,
                best[element.mark] - meaning[2],
                matcher.meanings.rest(texts[i], progress.done),
                *directions(texts[i], matcher.instruction),
            ]
        )
    return rows
