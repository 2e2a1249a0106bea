"""Sessions: dropped when idle or too many, entered once."""

from __future__ import annotations

import pytest

from sandbox_sites.common import sessions
from sandbox_sites.common.sessions import Sessions


class Clock:
    """A time that tests set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_session_has_a_state_of_its_own() -> None:
    known: Sessions[list[str]] = Sessions(list)
    first, second = known.new(), known.new()
    first.state.append("changed")
    assert second.state == []
    assert known.get(first.id) is first
    assert known.get("made up") is known.get(None) is None


def test_an_idle_session_is_dropped_and_a_used_one_stays() -> None:
    clock = Clock()
    known: Sessions[list[str]] = Sessions(list, clock=clock)
    idle, used = known.new(), known.new()
    clock.now = sessions.IDLE_SECONDS - 1
    known.get(used.id)
    clock.now = sessions.IDLE_SECONDS + 1
    known.new()
    assert known.get(idle.id) is None
    assert known.get(used.id) is used


def test_the_least_recently_used_goes_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST", 2)
    known: Sessions[list[str]] = Sessions(list)
    first, second = known.new(), known.new()
    known.get(first.id)
    known.new()
    assert (known.get(second.id), known.get(first.id)) == (None, first)
    assert len(known) == 2


def test_a_ticket_is_good_once() -> None:
    known: Sessions[list[str]] = Sessions(list)
    session = known.new()
    ticket = known.ticket(session)
    assert known.redeem(ticket) is session
    assert known.redeem(ticket) is None
