r"""The replies of a vision-language policy: a thought, then an action, each on one line.

    Thought: The kettle's page should say how heavy it is.
    Action: click [12]

An action is one of ``click [MARK]``, ``type [MARK] "TEXT"``, ``type [MARK] "TEXT" and submit``,
``select [MARK] "LABEL"``, ``scroll down``, ``scroll up``, ``back``, ``wait SECONDS``, ``answer "TEXT"``, ``done``
(nothing to report), ``impossible`` and ``impossible "REASON"``. Texts are JSON strings.

A reply has one spelling: what is read from any text that the grammar admits is written as that very text. So a reply
that was sampled under it is rebuilt from the recorded thought and action, character by character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from pydantic import ValidationError

from infra.contracts.action import Action, Answer, Back, Click, Scroll, Select, Type, Wait
from infra.errors import PolicyError

LONGEST_THOUGHT = 400
LONGEST_TEXT = 300

#: One character of a JSON string as :func:`json.dumps` spells it with ``ensure_ascii=False``, control characters but
#: line breaks and tabs left out.
_CHARACTER = r'(?:[^"\\\x00-\x1f\x7f]|\\["\\nrt])'
_SECONDS = r"(?:10|[1-9](?:\.[1-9])?|0\.[1-9])"
_MARK = r"(?:0|[1-9][0-9]{0,3})"


class ReplyError(PolicyError):
    """A reply that says no action; ``str`` says why, ``text`` is the reply."""

    def __init__(self, why: str, text: str) -> None:
        super().__init__(f"the policy's reply says no action: {why}: {text[:200]!r}")
        self.text = text


@dataclass(frozen=True, slots=True)
class Reply:
    """What the policy thought and does."""

    thought: str
    action: Action


def grammar(
    marks: Collection[int] | None = None,
    *,
    options: bool = True,
    thought: int = LONGEST_THOUGHT,
    text: int = LONGEST_TEXT,
) -> str:
    """Return the regular expression that a whole reply matches, for structured decoding.

    Args:
        marks: those that may be named; None: any. Without marks only actions that name none are left.
        options: whether some element is a drop-down, so that ``select`` makes sense.
        thought: most characters of the thought, 1 to LONGEST_THOUGHT.
        text: most characters of a text that is typed, chosen or answered, at most LONGEST_TEXT.
    """
    said = rf'"{_CHARACTER}{{0,{text}}}"'
    mark = _MARK if marks is None else f"(?:{'|'.join(str(one) for one in sorted(marks))})"
    actions = ["scroll down", "scroll up", "back", f"wait {_SECONDS}", f"answer {said}", "done"]
    actions.append(f"impossible(?: {said})?")
    if marks is None or marks:
        actions += [rf"click \[{mark}\]", rf"type \[{mark}\] {said}(?: and submit)?"]
        actions += [rf"select \[{mark}\] {said}"] if options else []
    return rf"Thought: [^\x00-\x1f\x7f ][^\x00-\x1f\x7f]{{0,{thought - 1}}}\nAction: (?:{'|'.join(actions)})"


def quote(text: str) -> str:
    """Return the text as a JSON string."""
    return json.dumps(text, ensure_ascii=False)


def write_action(action: Action) -> str:
    """Return the action in words."""
    match action:
        case Click():
            return f"click [{action.mark}]"
        case Type():
            return f"type [{action.mark}] {quote(action.text)}{' and submit' if action.submit else ''}"
        case Select():
            return f"select [{action.mark}] {quote(action.option)}"
        case Scroll():
            return f"scroll {action.direction}"
        case Back():
            return "back"
        case Wait():
            return f"wait {max(0.1, round(action.seconds, 1)):g}"
        case Answer():
            return _write_answer(action)


def _write_answer(action: Answer) -> str:
    if action.impossible:
        return "impossible" if action.text is None else f"impossible {quote(action.text)}"
    return "done" if action.text is None else f"answer {quote(action.text)}"


def tidy(thought: str) -> str:
    """Return a thought on one line, without control characters, no longer than the grammar admits."""
    folded = " ".join("".join(c if c.isprintable() else " " for c in thought).split())
    return folded[:LONGEST_THOUGHT].rstrip() or "…"


def write(thought: str | None, action: Action) -> str:
    """Return the reply. A thought that the grammar would not admit is tidied; None is "…"."""
    thought = thought or "…"
    fits = _THOUGHT.fullmatch(thought) is not None
    return f"Thought: {thought if fits else tidy(thought)}\nAction: {write_action(action)}"


_THOUGHT = re.compile(rf"[^\x00-\x1f\x7f ][^\x00-\x1f\x7f]{{0,{LONGEST_THOUGHT - 1}}}")
_REPLY = re.compile(r"Thought:[ \t]*(?P<thought>[^\n]*)\n+Action:[ \t]*(?P<action>[^\n]+)")
_ACTION = re.compile(
    r'(?P<verb>[a-z]+)(?: \[(?P<mark>\d{1,4})\])?(?: (?P<text>"(?:[^"\\]|\\.)*"))?(?P<submit> and submit)?'
    r"(?: (?P<word>down|up|[0-9.]+))?"
)
_TAKES = {  # what follows each verb: mark, text, word
    "click": (True, False, False),
    "type": (True, True, False),
    "select": (True, True, False),
    "scroll": (False, False, True),
    "back": (False, False, False),
    "wait": (False, False, True),
    "answer": (False, True, False),
    "done": (False, False, False),
}


def read(text: str) -> Reply:
    """Understand a reply; more than the grammar's is admitted: blank space around it, and longer texts.

    Raises:
        ReplyError: it says no action, or one that cannot be.
    """
    found = _REPLY.fullmatch(text.strip())
    if found is None:
        raise ReplyError("it is not a line 'Thought: …' and a line 'Action: …'", text)
    action = _ACTION.fullmatch(found["action"].rstrip())
    if action is None:
        raise ReplyError(f"{found['action'][:80]!r} is no action", text)
    try:
        return Reply(found["thought"], _action(action, text))
    except (ValidationError, ValueError) as error:
        raise ReplyError(f"{found['action'][:80]!r} cannot be: {str(error).splitlines()[0]}", text) from error


def _action(found: re.Match[str], reply: str) -> Action:
    """Make the action of its parts. Raises ValueError or ValidationError where they do not go together."""
    verb, mark, word = found["verb"], found["mark"], found["word"]
    said = None if found["text"] is None else str(json.loads(found["text"], strict=False))
    given = (mark is not None, said is not None, word is not None)
    if verb == "impossible" and given in ((False, False, False), (False, True, False)) and not found["submit"]:
        return Answer(text=said, impossible=True)
    if _TAKES.get(verb) != given or (found["submit"] and verb != "type"):
        raise ReplyError(f"{found[0][:80]!r} is no action", reply)
    match verb:
        case "click":
            return Click(mark=int(mark))
        case "type":
            return Type(mark=int(mark), text=said or "", submit=bool(found["submit"]))
        case "select":
            return Select(mark=int(mark), option=said or "")
        case "scroll":
            return Scroll.model_validate({"direction": word})
        case "back":
            return Back()
        case "wait":
            return Wait(seconds=float(word))
        case _:
            return Answer(text=said)
