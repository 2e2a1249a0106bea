"""Replies and actions: one spelling, both ways."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.rendering.replies import ReplyError, grammar, read, tidy, write, write_action
from infra.contracts.action import Action, Answer, Back, Click, Scroll, Select, Type, Wait
from infra.errors import PolicyError

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\\\n\t'), max_size=40)
marks = st.integers(0, 9999)
actions: st.SearchStrategy[Action] = st.one_of(
    st.builds(Click, mark=marks),
    st.builds(Type, mark=marks, text=texts, submit=st.booleans()),
    st.builds(Select, mark=marks, option=texts),
    st.builds(Scroll, direction=st.sampled_from(("down", "up"))),
    st.builds(Back),
    st.builds(Wait, seconds=st.integers(1, 100).map(lambda tenths: tenths / 10)),
    st.builds(Answer, text=st.none() | texts, impossible=st.booleans()),
)


@given(st.text(max_size=60), actions)
def test_whatever_is_written_fits_the_grammar_and_is_read_again(thought: str, action: Action) -> None:
    text = write(thought, action)
    assert re.fullmatch(grammar(), text)
    assert read(text).action == action
    again = read(text)
    assert write(again.thought, again.action) == text


@given(st.from_regex(grammar([3, 12]), fullmatch=True))
def test_whatever_the_grammar_admits_is_read_and_written_alike(text: str) -> None:
    reply = read(text)
    assert write(reply.thought, reply.action) == text
    assert getattr(reply.action, "mark", 3) in (3, 12)


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("click [7]", Click(mark=7)),
        ('type [0] "two \\"words\\"" and submit', Type(mark=0, text='two "words"', submit=True)),
        ('select [3] "Größe | groß"', Select(mark=3, option="Größe | groß")),
        ("wait 2.5", Wait(seconds=2.5)),
        ("done", Answer()),
        ("impossible", Answer(impossible=True)),
        ('impossible "sold out"', Answer(text="sold out", impossible=True)),
    ],
)
def test_spelling(words: str, action: Action) -> None:
    assert write_action(action) == words
    assert read(f"Thought: so.\nAction: {words}").action == action


@pytest.mark.parametrize(
    "text",
    [
        "",
        "click [3]",
        "Thought: I will click [3].",
        "Thought: a\nAction: click",
        "Thought: a\nAction: click [3] now",
        "Thought: a\nAction: click [-1]",
        'Thought: a\nAction: click [1] "x"',
        "Thought: a\nAction: type [1] unquoted",
        'Thought: a\nAction: answer "open',
        'Thought: a\nAction: answer "x" and submit',
        'Thought: a\nAction: answer "\\x"',
        "Thought: a\nAction: impossible [2]",
        "Thought: a\nAction: scroll 5",
        "Thought: a\nAction: wait 0",
        "Thought: a\nAction: wait 1.2.3",
        "Thought: a\nAction: wait up",
        "Thought: a\nAction: hover [2]",
        "Thought: a\nAction: back\nAction: back",
        f'Thought: a\nAction: answer "{"x" * 5000}"',
    ],
)
def test_what_says_no_action_is_a_typed_error(text: str) -> None:
    with pytest.raises(ReplyError) as raised:
        read(text)
    assert raised.value.text == text
    assert isinstance(raised.value, PolicyError)


def test_the_grammar_of_a_page_admits_its_marks_alone() -> None:
    pattern = re.compile(grammar([2, 11], options=False))
    assert pattern.fullmatch("Thought: x\nAction: click [11]")
    assert not pattern.fullmatch("Thought: x\nAction: click [1]")
    assert not pattern.fullmatch('Thought: x\nAction: select [2] "a"')
    assert not re.fullmatch(grammar([]), "Thought: x\nAction: click [0]")
    assert re.fullmatch(grammar([]), "Thought: x\nAction: done")


def test_thoughts_are_tidied_onto_one_line() -> None:
    assert tidy(" a\nb\t c\x00 ") == "a b c"
    assert tidy("\n") == "…"
    assert len(tidy("x" * 1000)) == 400
    assert write(None, Back()) == "Thought: …\nAction: back"
