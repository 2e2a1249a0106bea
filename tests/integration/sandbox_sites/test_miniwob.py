"""MiniWoB++ behind the common door: what its tasks say, and that its own reward decides."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from sandbox_sites.__main__ import ON_DEMAND, SITES
from sandbox_sites.common.site import KINDS, CannotServe, judge, passed
from sandbox_sites.miniwob import harvest, pages
from sandbox_sites.miniwob.catalogue import KEPT, LEFT_OUT
from tests.integration.sandbox_sites.proving import Served, outcome, served

SEED = 0
FEW = ("click-button", "choose-list", "click-color", "email-inbox-nl-turk", "enter-text", "login-user")


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One harvest for all tests, made by the first site that is served."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture
async def at() -> AsyncIterator[Served]:
    async with served("miniwob", SEED, "a") as opened:
        yield opened


@pytest.fixture
async def page(chromium: Browser) -> Page:
    context = await chromium.new_context()
    context.set_default_timeout(10_000)
    return await context.new_page()


@dataclass
class Try:
    """One task in a session of its own."""

    at: Served
    page: Page
    name: str
    said: str
    session: object

    def passes(self) -> bool:
        task = self.at.site.by_id[f"miniwob-{self.name}"]
        return passed(judge(task, outcome(self.session, self.page.url, None, False)))  # type: ignore[arg-type]


async def begin(at: Served, page: Page, name: str) -> Try:
    task = at.site.by_id[f"miniwob-{name}"]
    return Try(at, page, name, task.instruction, await at.enter(page, task.start))


async def over(one: Try) -> None:
    """Wait until the page shows that the episode is over, and the report has come."""
    await one.page.locator("#episode-over").wait_for()
    await one.page.wait_for_load_state("networkidle")


def quoted(text: str) -> list[str]:
    return re.findall(r'"([^"]*)"', text)


Doing = Callable[[Try], Awaitable[None]]


async def click_test(one: Try) -> None:
    await one.page.click("#subbtn")


async def click_button(one: Try) -> None:
    await (
        one.page.locator("#area button, #area input[type=button]")
        .get_by_text(quoted(one.said)[0], exact=True)
        .first.click()
    )


async def enter_text(one: Try) -> None:
    await one.page.fill("#tt", quoted(one.said)[0])
    await one.page.click("#subbtn")


async def enter_other_text(one: Try) -> None:
    await one.page.fill("#tt", "something else")
    await one.page.click("#subbtn")


async def choose_list(one: Try) -> None:
    wanted = one.said.removeprefix("Select ").removesuffix(" from the list and click Submit.")
    await one.page.select_option("#options", label=wanted)
    await one.page.click("button.secondary-action")


async def choose_another(one: Try) -> None:
    wanted = one.said.removeprefix("Select ").removesuffix(" from the list and click Submit.")
    labels = await one.page.locator("#options option").all_inner_texts()
    await one.page.select_option("#options", label=next(label for label in labels if label != wanted))
    await one.page.click("button.secondary-action")


async def click_checkboxes(one: Try) -> None:
    wanted = one.said.removeprefix("Select ").removesuffix(" and click Submit.")
    for label in [] if wanted == "nothing" else wanted.split(", "):
        await one.page.locator("label").get_by_text(label, exact=True).click()
    await one.page.click("#subbtn")


async def tick_nothing(one: Try) -> None:
    await one.page.click("#subbtn")


async def login_user(one: Try) -> None:
    user, password = quoted(one.said)
    await one.page.fill("#username", user)
    await one.page.fill("#password", password)
    await one.page.click("#subbtn")


async def log_in_without_password(one: Try) -> None:
    await one.page.fill("#username", quoted(one.said)[0])
    await one.page.click("#subbtn")


async def enter_password(one: Try) -> None:
    for field in ("#password", "#verify"):
        await one.page.fill(field, quoted(one.said)[0])
    await one.page.click("#subbtn")


async def click_dialog(one: Try) -> None:
    await one.page.click(".ui-dialog-titlebar-close")


async def click_sequence(one: Try) -> None:
    await one.page.click("#subbtn")
    await one.page.click("#subbtn2")


async def click_sequence_backwards(one: Try) -> None:
    await one.page.click("#subbtn2")
    await one.page.click("#subbtn")


RIGHT: dict[str, Doing] = {
    "click-test": click_test,
    "click-button": click_button,
    "enter-text": enter_text,
    "choose-list": choose_list,
    "click-checkboxes": click_checkboxes,
    "login-user": login_user,
    "enter-password": enter_password,
    "click-dialog": click_dialog,
    "click-button-sequence": click_sequence,
}
WRONG: dict[str, Doing] = {
    "enter-text": enter_other_text,
    "choose-list": choose_another,
    "click-checkboxes": tick_nothing,
    "login-user": log_in_without_password,
    "click-button-sequence": click_sequence_backwards,
}


@pytest.mark.timeout(900)
async def test_every_task_shows_what_it_says_and_begins_without_an_error(at: Served, page: Page) -> None:
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error.message}"))
    page.on("response", lambda answer: troubles.append(answer.url) if answer.status >= 500 else None)
    assert len(at.site.tasks) >= 85
    for task in at.site.tasks:
        session = await at.enter(page, task.start)
        assert await page.locator("#area").count() == 1, task.id
        said = await page.evaluate("(() => { const u = core.getUtterance(); return u.utterance ?? u; })()")
        assert said == task.instruction, task.id
        assert await page.locator("#query").is_visible(), task.id
        shown = (await page.inner_text("body")).lower()
        assert "reward" not in shown, task.id
        assert "time left" not in shown, task.id
        assert not passed(judge(task, outcome(session, page.url, "done", False))), task.id
    assert troubles == []


@pytest.mark.timeout(200)
async def test_what_tasks_say_is_the_same_every_time_and_another_with_another_seed() -> None:
    first, again, other = [await harvest.harvest(seed, FEW) for seed in (SEED, SEED, SEED + 1)]
    assert first == again
    assert all(first[name] != other[name] for name in ("enter-text", "login-user", "email-inbox-nl-turk"))
    assert first == {name: text for name, text in harvest.utterances(SEED).items() if name in FEW}


@pytest.mark.parametrize("name", RIGHT)
async def test_doing_it_is_rewarded_and_the_page_does_not_say_so(at: Served, page: Page, name: str) -> None:
    one = await begin(at, page, name)
    assert not one.passes()
    await RIGHT[name](one)
    await over(one)
    assert one.passes()
    assert (await page.inner_text("body")).strip() == "The episode is over."


@pytest.mark.parametrize("name", WRONG)
async def test_doing_it_wrong_is_not_rewarded_and_cannot_be_mended(at: Served, page: Page, name: str) -> None:
    one = await begin(at, page, name)
    await WRONG[name](one)
    await over(one)
    assert not one.passes()
    assert (await page.inner_text("body")).strip() == "The episode is over."
    await page.reload()
    await RIGHT[name](one)
    await over(one)
    assert not one.passes()


async def test_an_episode_of_another_task_or_session_does_not_count(at: Served, page: Page) -> None:
    other = await begin(at, page, "click-test")
    await click_test(other)
    await over(other)
    one = await begin(at, page, "enter-text")
    assert not one.passes()
    await page.goto(at.url + pages.path_of("click-test"))
    await click_test(one)
    await over(one)
    assert other.passes()
    assert not one.passes()


async def test_reports_that_make_no_sense_are_refused(at: Served, page: Page) -> None:
    one = await begin(at, page, "click-test")
    for form in ({"task": "click-test", "reward": "nan"}, {"task": "click-test"}, {"task": "none", "reward": "1"}):
        assert (await page.request.post(at.url + "/__episode", form=form)).status == 422
    assert not one.passes()


def test_the_catalogue_knows_every_page_of_the_package() -> None:
    assert {kind for kind, _ in KEPT.values()} == set(KINDS)
    assert not set(KEPT) & set(LEFT_OUT)
    assert {file.stem for file in (pages.root() / "miniwob").glob("*.html")} == set(KEPT) | set(LEFT_OUT)


def test_it_is_served_on_demand_only() -> None:
    assert "miniwob" in ON_DEMAND
    assert "miniwob" not in SITES


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAE_CHROMIUM", "no-such-browser")
    with pytest.raises(CannotServe, match="PAE_CHROMIUM"):
        harvest.utterances(SEED + 77)
    monkeypatch.setattr(pages, "find_spec", lambda name: None)
    with pytest.raises(CannotServe, match="pip install"):
        harvest.utterances(SEED)
