"""Made-up pages with an instruction and a right reply, to teach the tiny model how replies are written."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from agent.rendering.prompts import Done, Prompt, render
from agent.rendering.replies import write
from infra.contracts.action import Action, Answer, Back, Click, Scroll, Select, Type, Wait
from infra.contracts.observation import Box, Element, Observation

_FIRST = ("amber", "cobalt", "copper", "linen", "maple", "marble", "olive", "silver", "velvet", "walnut")
_SECOND = ("basket", "blanket", "candle", "chair", "clock", "kettle", "lamp", "mirror", "shelf", "teapot")
_ROLES = ("link", "button")
_FIELDS = ("Search", "Name", "Email", "City", "Amount", "Comment")
_LISTS = {"Sort by": ("Newest", "Price", "Rating"), "Size": ("Small", "Medium", "Large")}
_SIZE = (640, 400)  # pixels of a made-up page: width, height


@dataclass(frozen=True, slots=True)
class Lesson:
    """A turn and what should be replied."""

    prompt: Prompt
    jpeg: bytes  # without marks
    thought: str
    action: Action

    @property
    def reply(self) -> str:
        """Return the reply."""
        return write(self.thought, self.action)


def lesson(generator: random.Random) -> Lesson:
    """Make one up. The same generator state gives the same lesson."""
    elements = _elements(generator)
    observation = Observation(
        url=f"http://127.0.0.1:8000/{generator.choice(_SECOND)}s",
        title=f"{generator.choice(_SECOND).title()}s",
        elements=elements,
        viewport=_SIZE,
        scroll_height=float(generator.choice((_SIZE[1], 3 * _SIZE[1]))),
        error=generator.choice((None, None, None, "nothing happened")),
    )
    instruction, thought, action = _wanted(elements, generator)
    past = (Done(Click(mark=generator.randrange(9)), "This looks right.", target=_thing(generator)), Done(Back()))
    history = past[: generator.randrange(3)]
    return Lesson(render(instruction, observation, history), _draw(observation), thought, action)


def _thing(generator: random.Random) -> str:
    return f"{generator.choice(_FIRST).title()} {generator.choice(_SECOND)}"


def _elements(generator: random.Random) -> tuple[Element, ...]:
    """Return some links and buttons with different names, a field and a drop-down."""
    names = generator.sample([f"{one.title()} {two}" for one in _FIRST for two in _SECOND], generator.randint(3, 6))
    kinds = [(generator.choice(_ROLES), name, None) for name in names]
    kinds.append(("textbox", generator.choice(_FIELDS), None))
    kinds.append(("combobox", *generator.choice(list(_LISTS.items()))))  # type: ignore[arg-type]
    generator.shuffle(kinds)
    return tuple(
        Element(
            mark=mark,
            key=f"{role}:{name}",
            role=role,
            tag={"link": "a", "button": "button", "textbox": "input"}.get(role, "select"),
            name=name,
            value="" if role == "textbox" else None,
            options=options,
            box=Box(x=20 + 300 * (mark % 2), y=20 + 80 * (mark // 2), width=240, height=40),
        )
        for mark, (role, name, options) in enumerate(kinds)
    )


def _wanted(elements: tuple[Element, ...], generator: random.Random) -> tuple[str, str, Action]:
    """Return an instruction, the thought that fits it, and the action."""
    field = next(one for one in elements if one.role == "textbox")
    drop = next(one for one in elements if one.role == "combobox")
    target = generator.choice([one for one in elements if one.role in _ROLES])
    text, option = _thing(generator).lower(), generator.choice(drop.options or ("",))
    kinds: list[tuple[str, str, Action]] = [
        (f"Open {target.name}.", f"{target.name} is [{target.mark}].", Click(mark=target.mark)),
        (f"Put {text} into {field.name}.", f"{field.name} is [{field.mark}].", Type(mark=field.mark, text=text)),
        (f"Look for {text}.", f"I can type at [{field.mark}].", Type(mark=field.mark, text=text, submit=True)),
        (f"Set {drop.name} to {option}.", f"{drop.name} is [{drop.mark}].", Select(mark=drop.mark, option=option)),
        ("See what is below.", "There is more below.", Scroll(direction="down")),
        ("Go to the top.", "The top is above.", Scroll(direction="up")),
        ("Return to the page before.", "I go back.", Back()),
        ("Wait for the page.", "It is still loading.", Wait(seconds=generator.choice((1.0, 2.0, 2.5)))),
        (f"Which page is the {text} on?", "The page says so.", Answer(text=text)),
        ("Do nothing.", "It is done.", Answer()),
        (
            f"Buy the {text} on the moon.",
            "That is not here.",
            Answer(text=generator.choice(("not here", None)), impossible=True),
        ),
    ]
    weights = [6, 3, 3, 3, 1, 1, 1, 1, 2, 1, 1]
    return generator.choices(kinds, weights)[0]


def _draw(observation: Observation) -> bytes:
    """Return a picture of the page: boxes with their names."""
    picture = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(14)
    for element in observation.elements:
        box = element.box
        draw.rectangle((box.x, box.y, box.x + box.width, box.y + box.height), fill="#eeeeee", outline="#999999")
        draw.text((box.x + 8, box.y + 10), element.name, fill="black", font=font)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
