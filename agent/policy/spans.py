"""Spans of the instruction that could be entered into a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agent.policy.text import COMMON_STEMS, NUMBER_WORDS, STOP_STEMS, STOPWORDS, fold, stem, words

MAX_SPANS = 48
MAX_WORDS = 6
#: Words before a span among which its telling ones are looked for.
LEAD = 6
#: What may follow a value without being a part of it.
_IDLE = STOP_STEMS | COMMON_STEMS
#: What ends a clause and no value, unless it is written like a name: "home is 70 Foundry Road from now on".
_TAILS = frozenset(("again", "anymore", "instead", "now", "please", "pls", "thanks", "then", "today", "too"))
#: What stands before what something is called.
_CALLED = tuple((stem(word),) for word in ("called", "named", "titled", "saying"))

#: Commas and colons part tokens, but not within "1,200", "18:30" and "https://".
_TOKEN = re.compile(r"(?:(?<=\d)[,:](?=\d)|:(?=//)|[^\s,;:!?\"“”„«»‘’()])+")
_QUOTED = re.compile(
    r"\"([^\"]{1,300})\"|“([^”]{1,300})”|(?<!\w)['‘]([^'’]{1,300})['’](?!\w)|„([^“”]{1,300})[“”]|«([^»]{1,300})»"
)
#: An amount of money, or a number with its thousands parted: fields want the number alone.
_AMOUNT = re.compile(r"[$€£]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[$€£%]?")
#: What begins a sentence about oneself and is no part of a name: "I'm Robin Sommer".
_OWN = re.compile(r"I['’](?:m|ve|ll|d|re|s)?")
_AFTER_COLON = re.compile(r":\s+([^:]{2,200}?)(?=[.;!?]?\s*$|[;,]|[.!?]\s+[A-Z])")
#: Texts of any length that nobody quoted: to the end of all, where they begin with a sentence and no mere name; to the
#: end of a sentence; what something is called.
_LONG = (
    re.compile(r":\s+(?=(?:[^\s.!?]+\s+){3})([^\s\"“„«'‘].{10,400}?)[.!?]?\s*$", re.DOTALL),
    re.compile(r":\s+([^\s\"“„«'‘:](?:(?![.!?]\s)[^:]){10,300})(?=[.!?]\s)"),
    re.compile(
        r"\b(?:called|named|titled|saying)\s+([^\s\"“„«'‘].{2,120}?)"
        r"(?=[.;!?,](?:\s|$)|\s+(?:and|with|for|in|on|to|please|pls)\b|\s*$)",
        re.IGNORECASE,
    ),
)
_SENTENCE_END = re.compile(r"(?:\w{4,}|\d|[a-z])[.]$")
_CLAUSE_END = re.compile(r"[.;:!?]\s+|,\s+|\s+(?:and|then|but|so)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d[\d/.-]*")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = "(?P<month>" + "|".join([*_MONTHS, *(name[:3] for name in _MONTHS), "sept"]) + r")\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_DATES = (
    re.compile(rf"\b{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the instruction, with what stands around it."""

    text: str
    before: tuple[str, ...]  # up to three stemmed words before it, nearest last
    after: tuple[str, ...]  # up to two stemmed words after it, nearest first
    lead: tuple[str, ...]  # up to three telling ones before it, nearest last: of "the home town, which is", home, town
    joined: tuple[bool, bool]  # a telling word stands right before it, right after it, with nothing between
    quoted: bool
    capitalised: bool  # every longer word begins with a capital
    maximal: bool  # neither neighbour would continue a capitalised run
    numeric: bool
    whole: bool  # neither neighbour would continue a run of numbers, as those of a telephone number do
    email: bool
    begins: bool  # a sentence begins with it
    introduced: bool  # a colon or an equals sign stands before it
    position: float  # 0 at the instruction's beginning, 1 at its end
    count: int  # words
    place: tuple[int, int]  # where it begins and ends in the instruction, however it is written there

    @property
    def is_value(self) -> bool:
        """Whether it is likely there to be entered: quoted, an address, a number of its own."""
        number = self.whole and (self.count == 1 or all(_is_number(word) for word in self.text.split()))
        return self.quoted or self.email or (self.numeric and number)

    @property
    def is_strong(self) -> bool:
        """Whether it is likely a value or a name, and the whole of it."""
        return self.is_value or (self.capitalised and self.maximal and self.whole)


def _clean(token: str) -> str:
    """Strip the sentence's punctuation, but keep what belongs to a value such as an e-mail address."""
    return token.strip(".'`")


def _bare(token: str) -> str:
    """Strip what opens a quotation."""
    return token.lstrip("\"“‘'(")


def _is_number(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word.strip(".,")))


def _dates(instruction: str) -> Iterator[tuple[int, int, str]]:
    """Yield where dates in words stand, and how a date field takes them: "6 October 2025" is 2025-10-06."""
    for pattern in _DATES:
        for match in pattern.finditer(instruction):
            month = next(i for i, name in enumerate(_MONTHS, 1) if name[:3] == match["month"][:3].lower())
            with suppress(ValueError):
                yield match.start(), match.end(), date(int(match["year"]), month, int(match["day"])).isoformat()


def _span(instruction: str, start: int, end: int, text: str, *, quoted: bool) -> Span:
    ahead = instruction[:start].rstrip("\"“‘'( ")
    spoken = words(instruction[:start])
    after = words(instruction[end:])[:2]
    inner = text.split()
    long = [word for word in inner if len(word) > 2]
    previous = instruction[:start].split()[-1:] or [""]
    following = instruction[end:].split()[:1] or [""]
    leads = instruction[: len(instruction[:start].rstrip()) - len(previous[0])].rstrip()
    opens = not leads or leads[-1] in ".!?:" or _OWN.fullmatch(previous[0]) is not None  # an order, no part of a name
    return Span(
        text=text,
        before=spoken[-3:],
        after=after,
        lead=tuple(word for word in spoken[-LEAD:] if word not in STOP_STEMS)[-3:],
        joined=(
            previous[0][-1:].isalnum() and not STOP_STEMS.issuperset(spoken[-1:]),
            instruction[end : end + 2].strip()[:1].isalnum() and not _IDLE.issuperset(after[:1]),
        ),
        quoted=quoted,
        capitalised=bool(long) and all(word[0].isupper() or word[0].isdigit() for word in long),
        maximal=not (_bare(previous[0])[:1].isupper() and previous[0][-1] not in ',;:.!?"”’' and not opens)
        and not following[0][:1].isupper(),
        numeric=any(c.isdigit() for c in text),
        whole=not (
            (inner and _is_number(inner[0]) and previous[0][-1:] not in tuple(",;:") and _is_number(previous[0]))
            or (inner and _is_number(inner[-1]) and _is_number(following[0]) and not _ended(instruction, end))
        ),
        email=bool(_EMAIL.fullmatch(text)),
        begins=not ahead or ahead[-1] in ".!?",
        introduced=ahead[-1:] in tuple(":=") or spoken[-1:] in _CALLED,
        position=start / max(len(instruction), 1),
        count=len(inner),
        place=(start, end),
    )


def _ended(instruction: str, end: int) -> bool:
    """Return whether punctuation follows a span at once."""
    return instruction[end : end + 1] in tuple(",;:.!?")


def _rank(span: Span) -> tuple[bool, bool, bool, bool, int]:
    given = span.quoted or span.email or (span.introduced and span.count > 2)
    return (not given, not span.is_strong, not span.capitalised, not span.numeric, span.count)


def clause_of(instruction: str, span: Span) -> str:
    """Return the clause that holds a span, with "it" in its place."""
    start, end = span.place
    before, after = instruction[:start].rstrip("\"“„«‘'("), instruction[end:].lstrip("\"”“»’')")
    begin = max((match.end() for match in _CLAUSE_END.finditer(before)), default=0)
    if len(before[begin:].split()) < 2 and begin:  # "Subject: …", "…, and …": what stands before says more
        ends = [match.end() for match in _CLAUSE_END.finditer(before)]
        begin = ends[-2] if len(ends) > 1 else 0
    stop = _CLAUSE_END.search(after)
    return " ".join((before[begin:].strip(), "it", after[: stop.start() if stop else len(after)].strip())).strip()


@lru_cache(maxsize=2000)
def spans(instruction: str) -> tuple[Span, ...]:
    """Return at most MAX_SPANS spans, the likeliest values first.

    Quoted strings, what follows a colon, and runs of up to six words that neither begin nor end with a stopword.
    Number words also give their digits ("two" gives "2"), dates in words also what a date field takes.
    """
    found: dict[str, Span] = {}
    for match in _QUOTED.finditer(instruction):
        group = next(i for i in range(1, 6) if match.group(i))
        found[match.group(group)] = _span(instruction, match.start(), match.end(), match.group(group), quoted=True)
    for match in _AFTER_COLON.finditer(instruction):
        text = match.group(1).strip()
        found.setdefault(text, _span(instruction, match.start(1), match.end(1), text, quoted=False))
    for pattern in _LONG:
        for match in pattern.finditer(instruction):
            text = match.group(1).strip()
            found.setdefault(text, _span(instruction, match.start(1), match.end(1), text, quoted=False))
    for start, end, text in _dates(instruction):
        found.setdefault(text, _span(instruction, start, end, text, quoted=False))
    tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(instruction)]
    for i, (start, _, first) in enumerate(tokens):
        if fold(_clean(first)) in STOPWORDS or _OWN.fullmatch(first):
            continue
        for j in range(i, min(i + MAX_WORDS, len(tokens))):
            end, last = tokens[j][1], tokens[j][2]
            if j > i and re.search(r"[,;:!?\"“”()]", instruction[tokens[j - 1][1] : tokens[j][0]]):
                break
            if j > i and _SENTENCE_END.search(tokens[j - 1][2]):
                break
            if fold(_clean(last)) in STOPWORDS or (j > i and _clean(last) in _TAILS):
                continue
            text = _clean(instruction[start:end])
            if text:
                begin = instruction.index(text, start)
                found.setdefault(text, _span(instruction, begin, begin + len(text), text, quoted=False))
                own = re.sub(r"['’]s$", "", text)
                if own and own != text:  # whose it is can be looked for
                    found.setdefault(own, _span(instruction, begin, begin + len(own), own, quoted=False))
        amount = _AMOUNT.fullmatch(_clean(first))
        if amount is not None:
            bare = amount.group(1).replace(",", "")
            found.setdefault(bare, _span(instruction, start, tokens[i][1], bare, quoted=False))
        number = NUMBER_WORDS.get(fold(_clean(first)))
        if number is not None:
            found.setdefault(number, _span(instruction, start, tokens[i][1], number, quoted=False))
    return tuple(sorted(found.values(), key=_rank)[:MAX_SPANS])
