"""A run's websites through the API: what is asked for, and what is made of the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from infra.cli.client import Api
from infra.contracts.website import Budget, SurveyBounds
from infra.errors import PaeError
from infra.experiment import websites
from infra.experiment.websites import Websites


class Scripted:
    """An API that answers from a script: the last answer to a path stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {}
        self.posted: list[tuple[str, Any]] = []
        self.failing = 0

    def get(self, path: str) -> Any:
        if self.failing:
            self.failing -= 1
            raise PaeError("no API answers")
        script = self.answers[path]
        return script.pop(0) if len(script) > 1 else script[0]

    def post(self, path: str, body: object = None) -> Any:
        self.posted.append((path, body))
        return {"id": f"web_{body['name']}"} if isinstance(body, dict) else {}


def _view(status: str, **more: Any) -> dict[str, Any]:
    website = {"status": status, "status_reason": f"it is {status}"}
    return {"website": website, "attempts": 0, "running": 0, "tasks": 7, "recent_success": None, **more}


def _version(number: int) -> dict[str, Any]:
    return {"items": [{"policy": {"version": number}}]}


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    monkeypatch.setattr(websites, "SOON_SECONDS", 0.001)
    monkeypatch.setattr(websites, "LOOK_SECONDS", 0.001)
    return Scripted()


def _over(api: Scripted, publish_seconds: float = 0.02) -> Websites:
    return Websites(cast(Api, api), publish_seconds=publish_seconds)


async def _survey(over: Websites, *, practised: bool, note: Callable[[str], None] = lambda _: None) -> None:
    await over.survey("shop", "http://127.0.0.1:1/", SurveyBounds(), note, practised=practised)


async def test_what_is_practised_is_paused_right_after_its_survey(api: Scripted) -> None:
    api.answers["/v1/websites/web_shop"] = [_view("submitted"), _view("surveying"), _view("practising")]
    notes: list[str] = []
    await _survey(_over(api), practised=True, note=notes.append)
    (_, body), (paused, _) = api.posted
    assert "budget" not in body
    assert paused == "/v1/websites/web_shop/pause"
    assert notes == ["it is submitted", "it is surveying", "it is practising"]


async def test_what_is_to_stay_unseen_has_no_time_for_an_attempt(api: Scripted) -> None:
    api.answers["/v1/websites/web_shop"] = [_view("surveying"), _view("practising"), _view("finished")]
    await _survey(_over(api), practised=False)
    ((_, body),) = api.posted
    minutes = Budget.model_validate(body["budget"]).minutes
    assert minutes is not None
    assert minutes * 60 < 1e-3


async def test_an_unseen_website_that_was_practised_ends_the_run(api: Scripted) -> None:
    api.answers["/v1/websites/web_shop"] = [_view("finished", attempts=1)]
    with pytest.raises(PaeError, match="to stay unseen"):
        await _survey(_over(api), practised=False)


async def test_a_survey_that_fails_says_why(api: Scripted) -> None:
    api.answers["/v1/websites/web_shop"] = [_view("failed")]
    with pytest.raises(PaeError, match="shop is failed: it is failed"):
        await _survey(_over(api), practised=True)


async def test_a_single_silence_of_the_api_is_outlived(api: Scripted) -> None:
    api.answers["/v1/policies?limit=1"] = [_version(4)]
    api.failing = 2
    assert await _over(api).version() == 4
    api.failing = 3
    with pytest.raises(PaeError, match="no API answers"):
        await _over(api).version()


async def test_rest_comes_when_attempts_have_ended_and_versions_cease(api: Scripted) -> None:
    over = _over(api)
    over.ids["shop"] = "web_shop"
    api.answers["/v1/websites/web_shop"] = [_view("paused", running=2), _view("paused", running=1), _view("paused")]
    api.answers["/v1/policies?limit=1"] = [_version(1), _version(2), _version(2), _version(3)]
    rest = await over.rest(["shop"])
    assert rest.settled
    assert rest.seconds >= 0.04  # two publishing intervals after the last version
    assert len(api.answers["/v1/policies?limit=1"]) == 1


async def test_the_wait_for_a_learner_that_never_rests_is_bounded(
    api: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websites, "STANDSTILL_SECONDS", 0.1)
    over = _over(api)
    over.ids["shop"] = "web_shop"
    api.answers["/v1/websites/web_shop"] = [_view("paused")]
    api.answers["/v1/policies?limit=1"] = [_version(number) for number in range(10_000)]
    rest = await over.rest(["shop"])
    assert not rest.settled
    assert 0.1 <= rest.seconds < 5


async def test_attempts_that_a_pause_cut_short_are_not_counted(api: Scripted) -> None:
    over = _over(api)
    over.ids["shop"] = "web_shop"
    view = _view("paused", attempts=25, recent_success=0.5)
    curve = [{"attempts": 12, "successes": 3}, {"attempts": 8, "successes": 4}]
    api.answers["/v1/websites/web_shop"] = [_view("practising"), view, view, _view("paused", attempts=31)]
    api.answers["/v1/websites/web_shop/curriculum"] = [{"curve": curve}]
    await _survey(over, practised=True)
    found = await over.counted(["shop"])
    assert (found["shop"].attempts, found["shop"].successes, found["shop"].recent) == (20, 7, 0.5)
    assert found["shop"].tasks == 7
    assert await over.look(["shop"]) == (26, None)


async def test_practice_that_ends_by_itself_ends_the_run(api: Scripted) -> None:
    over = _over(api)
    over.ids["shop"] = "web_shop"
    await over.resume(["shop"])
    api.answers["/v1/websites/web_shop"] = [_view("stopped")]
    with pytest.raises(PaeError, match="practice on shop ended, it is stopped"):
        await over.look(["shop"])


async def test_only_what_practises_is_paused(api: Scripted) -> None:
    over = _over(api)
    over.ids |= {"shop": "web_shop", "forum": "web_forum"}
    await over.resume(["shop"])
    await over.pause(["forum"])
    await over.pause()
    await over.pause()
    assert [path for path, _ in api.posted] == ["/v1/websites/web_shop/resume", "/v1/websites/web_shop/pause"]
