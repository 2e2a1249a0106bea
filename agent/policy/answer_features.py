"""Features of the texts that could answer a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.policy.candidates import AnswerText
from agent.policy.comparing import Compared
from agent.policy.matching import MATCH, Matcher
from agent.policy.meaning import MEANING
from agent.policy.progress import Progress
from infra.contracts.observation import ChunkKind

_KINDS = tuple(ChunkKind)
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?(?:USD|EUR|GBP)\b")
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s\d",
    re.IGNORECASE,
)

COMPARING = (
    "asked", "share_known", "known", "greatest", "least", "compared_label", "compared_meaning", "list_most",
    "list_least", "more", "less",
)  # fmt: skip

ANSWER_FEATURES = (
    *(f"label_{i}" for i in range(MATCH)),
    "label_rest",
    *(f"subject_{i}" for i in range(MATCH)),
    *(f"label_meaning_{i}" for i in range(MEANING)),
    "label_meaning_gap",
    *(f"text_meaning_{i}" for i in range(MEANING)),
    "text_meaning_gap",
    "text_instruction",
    "text_text",
    "text_rest",
    "value_instruction",
    "value_text",
    "value_phrase",
    "piece",
    "place",
    "new",
    "money",
    "number",
    "date",
    "email",
    "short",
    "long",
    "bare_number",
    *COMPARING,
    *(f"kind_{kind}" for kind in _KINDS),
)


def meant(answer: AnswerText) -> tuple[str, str]:
    """Return what is compared in meaning: what says what the answer is, and the whole text that it stands in."""
    chunk = answer.chunk
    label = chunk.label or (chunk.text.replace(answer.text, " ").strip() if answer.piece else "")
    return label, chunk.text


def _comparing(answer: AnswerText, matcher: Matcher, compared: Compared) -> list[float]:
    """The values of COMPARING."""
    if not answer.asked:
        leaning = (0.0, 0.0) if answer.most is None else _leaning(answer.chunk.label or "", matcher)
        return [*[0.0] * 7, float(answer.most is True), float(answer.most is False), *leaning]
    label = compared.label
    fits = [matcher.match(label)[1], matcher.meanings.of(label)[2]]
    return [1.0, compared.known, *compared.standing(answer.text), *fits, 0.0, 0.0, *_leaning(label, matcher)]


def _leaning(label: str, matcher: Matcher) -> tuple[float, float]:
    """more, less: by how much the one is asked for more plainly than the other."""
    more, less = matcher.meanings.leaning(label)
    return max(more - less, 0.0), max(less - more, 0.0)


def answer_rows(
    answers: Sequence[AnswerText], matcher: Matcher, progress: Progress, compared: Compared
) -> list[list[float]]:
    """Return one row of ANSWER_FEATURES per answer."""
    rows = []
    of = matcher.meanings.of
    told = [meant(answer) for answer in answers]
    best_label = max((of(label)[2] for label, _ in told), default=0.0)
    best_text = max((of(text)[2] for _, text in told), default=0.0)
    for answer, (label, _) in zip(answers, told, strict=True):
        chunk, text = answer.chunk, answer.text
        whole = matcher.match(chunk.text)
        value = matcher.match(text)
        by_label, by_text = of(label), of(chunk.text)
        count = len(text.split())
        digits = any(c.isdigit() for c in text)
        rows.append(
            [
                *matcher.match(label),
                matcher.rest(label, progress.consumed),
                *matcher.match(chunk.subject or ""),
                *by_label,
                best_label - by_label[2],
                *by_text,
                best_text - by_text[2],
                whole[0],
                whole[1],
                matcher.rest(chunk.text, progress.consumed),
                value[0],
                value[1],
                value[3],
                float(answer.piece),
                answer.place,
                float(chunk.text in progress.new_lines),
                float(bool(_MONEY.search(text))),
                float(digits),
                float(bool(_DATE.search(text))),
                float("@" in text),
                float(count <= 3),
                float(count > 8),
                float(text.replace(",", "").replace(".", "").isdigit()),
                *_comparing(answer, matcher, compared),
                *(float(chunk.kind is kind) for kind in _KINDS),
            ]
        )
    return rows
