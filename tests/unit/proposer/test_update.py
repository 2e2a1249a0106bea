"""Updates: tasks that change a part of what a form holds, their words, and what the evidence says of the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from infra.contracts.action import Action, Click, Select, Type
from infra.contracts.attempt import Step
from infra.contracts.observation import Element, FormShape, Observation
from infra.contracts.sitemap import Edge, Form, Page, SiteMap
from infra.contracts.task import TaskKind
from infra.contracts.website import Website
from proposer.atlas import Atlas
from proposer.controls import controls, entries, field_sets, script
from proposer.deeds import Done, done_by
from proposer.effects import Effect, Place, Trial, page_slots, stage_of
from proposer.grounded import update
from proposer.grounded.change import goals as changes
from proposer.grounded.goal import Goal, World
from proposer.grounded.update_words import Change, Sort
from proposer.grounded.update_words import update as words
from tests.unit.proposer import observed as o

HOST = "http://a.test"
SAVE = FormShape(index=0, method="POST", action=f"{HOST}/settings", name="Details")
FORM = Form(index=0, method="POST", action=SAVE.action, name="Details")
HOME = o.page(f"{HOST}/", [o.heading("Welcome")], [o.link("Settings", f"{HOST}/settings", "link|Settings")])
FIELDS = (
    o.field("Phone", input_type="tel", value="555 1"),
    o.field("Town", value="Malton", required=True),
    o.field("Theme", role="combobox", options=("Light", "Dark"), value="Light"),
    o.field("Weekly letter", role="checkbox", input_type="checkbox", value=None, checked=True),
    o.field("Sound", role="checkbox", input_type="checkbox", value=None, checked=False),
)


def settings(*fields: Element) -> Observation:
    return o.page(f"{HOST}/settings", [o.heading("Settings")], [*fields, o.button("Save")], [SAVE])


def world(page: Observation, lines: tuple[str, ...] = ("Saved.", "Phone ⟦0.phone⟧", "⟦0.town⟧, ⟦0.phone⟧")) -> World:
    pages = (Page(url=HOME.url, title="", heading="Welcome"), Page(url=page.url, title="", heading="Settings", depth=1))
    edge = Edge(source=HOME.url, target=page.url, key="link|Settings", name="Settings")
    atlas = Atlas(SiteMap(website_id="web", start_url=HOME.url, pages=pages, edges=(edge,)))
    rng = Random(0)  # noqa: S311
    slots = page_slots(page, "Settings")
    (control,) = controls(page, slots)
    made = entries(control, control.fields, rng) or ()
    place = Place(page.url, page, slots)
    stage = stage_of(place, control, made, script(control, made), slots)
    trial = Trial(place, control, made, page, 1, slots)
    effect = Effect(pages[1].template, (stage,), "Settings", lines, 1, (trial, trial))
    site = Website(id="web", url=HOME.url, name="a", allowed_hosts=("a.test",))
    return World(site, atlas, {HOME.url: HOME, page.url: page}, [effect], (), rng)


def made_of(page: Observation) -> list[Goal]:
    return list(update.goals(world(page)))


def test_parts_are_changed_and_the_rest_must_stay() -> None:
    held = {"Phone": "555 1", "Town": "Malton", "Theme": "Light", "Weekly letter": "on", "Sound": "off"}
    found = made_of(settings(*FIELDS))
    assert len(found) > 10
    for goal in found:
        fields = dict(goal.evidence.fields)
        assert set(fields) == set(held)
        changed = {name for name in held if fields[name] != held[name]}
        assert 1 <= len(changed) <= 3
        assert len(goal.steps) == len(changed) + 1
        assert goal.evidence.max_submits == 1
        assert "Saved." in goal.evidence.lines
        assert ("Phone" in changed) == any(line.startswith("Phone ") for line in goal.evidence.lines)
        assert any(line.count(",") for line in goal.evidence.lines) == ({"Phone", "Town"} <= changed)
        assert goal.kind is (TaskKind.FILL if changed & {"Phone", "Town"} else TaskKind.CHANGE)
        for name in changed - {"Weekly letter", "Sound"}:
            assert fields[name] in goal.clause
    seen = Counter(name for goal in found for name in held if dict(goal.evidence.fields)[name] != held[name])
    assert set(seen) == set(held)


@pytest.mark.parametrize(
    "fields",
    [
        [o.field("Message"), o.field("Topic", role="combobox", options=("Praise", "Blame"), value="Praise")],
        [o.field("Quantity", role="spinbutton", input_type="number", value="1")],
        [o.field("Town", value="Malton"), o.field("Code", required=True)],
    ],
)
def test_a_form_that_has_yet_to_be_filled_in_is_not_updated(fields: list[Element]) -> None:
    assert made_of(settings(*fields)) == []


def test_what_shows_no_effect_is_not_asked_for() -> None:
    there = world(
        settings(o.field("Town", value="Malton"), o.field("Home", value="3 Mill Lane")), ("⟦0.home⟧ is home.",)
    )
    found = list(update.goals(there))
    assert found
    assert all(dict(goal.evidence.fields)["Home"] != "3 Mill Lane" for goal in found)
    assert there.dropped["no visible effect"] > 0


def test_radio_buttons_exclude_each_other() -> None:
    radios = [
        o.field(name, role="radio", input_type="radio", checked=name == "Public", value=None).model_copy(
            update={"key": f"radio|{name}|||visible"}
        )
        for name in ("Public", "Members", "Nobody")
    ]
    found = made_of(settings(*radios))
    assert {goal.evidence.fields for goal in found} == {(("Members", "on"),), (("Nobody", "on"),)}
    assert all("Members" in goal.clause or "Nobody" in goal.clause for goal in found)


def test_nobody_is_asked_to_send_a_form_as_it_stands() -> None:
    there = world(settings(*FIELDS))
    stage = replace(there.effects[0].stages[0], entries=())
    there.effects = [replace(there.effects[0], stages=(stage,))]
    assert list(changes(there)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(Sort.TEXT, "Phone number", "555 0199"), {"555 0199"}),
        (Change(Sort.OPTION, "Theme", "Dark"), {"Dark"}),
        (Change(Sort.OPTION, "", "Dark"), {"Dark"}),
        (Change(Sort.ON, "Zebra letter"), {"zebra letter"}),
        (Change(Sort.OFF, "Zebra letter"), {"zebra letter"}),
    ],
)
def test_every_wording_says_what_is_to_become_of_it(change: Change, said: set[str]) -> None:
    for seed in range(200):
        text = words(Random(seed), [change], "Oak 7", named=seed % 2 == 0)  # noqa: S311
        assert all(part in text for part in said), text
        assert "{" not in text
        assert seed % 2 == 0 or "Oak 7" in text


def test_two_changes_are_both_said() -> None:
    pair = [Change(Sort.TEXT, "Zebra", "one"), Change(Sort.OPTION, "Theme", "Dark")]
    for seed in range(100):
        text = words(Random(seed), pair, "Oak 7", named=True)  # noqa: S311
        assert "one" in text
        assert "Dark" in text


def deed(page: Observation, *actions: Action) -> Done | None:
    """Return what the actions did, of which the last sends the form and the page says so."""
    seen, steps = [page], []
    for i, action in enumerate(actions):
        sent = ("POST /settings",) if i == len(actions) - 1 else ()
        steps.append(Step(index=i, observation=seen[-1], action=action, requests=sent))
        seen.append(_after(seen[-1], action, saved=bool(sent)))
    pages = [Page(url=page.url, title="", heading="Settings", forms=(FORM,))] * len(seen)
    return next(iter(done_by(steps, seen, pages, Random(1))), None)  # noqa: S311


def _after(page: Observation, action: Action, *, saved: bool) -> Observation:
    def changed(e: Element) -> Element:
        if isinstance(action, Click) and e.mark == action.mark and e.role == "checkbox":
            return e.model_copy(update={"checked": not e.checked})
        if isinstance(action, Type | Select) and e.mark == action.mark:
            return e.model_copy(update={"value": action.text if isinstance(action, Type) else action.option})
        return e

    chunks = (*page.chunks, o.message("Saved.")) if saved else page.chunks
    return page.model_copy(update={"elements": tuple(map(changed, page.elements)), "chunks": chunks})


PHONE, TOWN, THEME, LETTER, SOUND, BUTTON = range(6)


def test_in_hindsight_an_update_is_told_as_one() -> None:
    page = settings(*FIELDS)
    done = deed(page, Type(mark=TOWN, text="Leeds"), Click(mark=BUTTON))
    assert done is not None
    assert done.kind is TaskKind.FILL
    assert "Leeds" in done.clause
    assert "Malton" not in done.clause
    done = deed(page, Select(mark=THEME, option="Dark"), Click(mark=BUTTON))
    assert done is not None
    assert (done.kind, "Dark" in done.clause) == (TaskKind.CHANGE, True)


def test_in_hindsight_a_tick_counts_as_it_was_sent() -> None:
    page = settings(*FIELDS)
    done = deed(page, Click(mark=SOUND), Click(mark=BUTTON))
    assert done is not None
    assert "sound" in done.clause
    twice = deed(page, Type(mark=PHONE, text="555 2"), Click(mark=SOUND), Click(mark=SOUND), Click(mark=BUTTON))
    assert twice is not None
    assert "sound" not in twice.clause
    assert "555 2" in twice.clause


def test_in_hindsight_a_form_that_was_empty_is_filled_in() -> None:
    page = settings(o.field("Your note"), o.field("Zebra"))
    done = deed(page, Type(mark=0, text="old"), Type(mark=0, text="Leeds"), Type(mark=1, text="five"), Click(mark=2))
    assert done is not None
    assert done.kind is TaskKind.FILL
    assert "Leeds" in done.clause
    assert "five" in done.clause
    assert "old" not in done.clause


def test_in_hindsight_what_was_as_before_is_not_told() -> None:
    page = settings(*FIELDS)
    done = deed(page, Type(mark=TOWN, text="Malton"), Type(mark=PHONE, text="555 2"), Click(mark=BUTTON))
    assert done is not None
    assert "555 2" in done.clause
    assert "Malton" not in done.clause
    assert deed(page, Type(mark=PHONE, text="555 9"), Type(mark=PHONE, text=""), Click(mark=BUTTON)) is None


def test_in_hindsight_words_added_to_what_is_held_are_no_change_of_it() -> None:
    comment = o.field("Comment").model_copy(update={"tag": "textarea"})
    done = deed(settings(o.field("Your name", value="Ann"), comment), Type(mark=1, text="It leaks"), Click(mark=2))
    assert done is not None
    assert "Details" in done.clause
    assert "It leaks" in done.clause


def test_only_what_can_be_told_apart_is_changed() -> None:
    pairs = [(group, name) for group in ("ads", "news") for name in ("Yes", "No")]
    radios = [
        o.field(name, role="radio", input_type="radio", checked=name == "No", value=None).model_copy(
            update={"key": f"radio|{name}|||{group}"}
        )
        for group, name in pairs
    ]
    assert made_of(settings(*radios)) == []
    often = ("Daily", "Weekly", "Never")
    selects = [o.field(name, role="combobox", options=often, value="Daily") for name in ("Replies", "Mentions")]
    found = made_of(settings(*selects))
    assert found
    for goal in found:
        changed = [name for name, value in goal.evidence.fields if value != "Daily"]
        assert all(name.lower() in goal.clause for name in changed), goal.clause


@pytest.mark.parametrize(
    "missing",
    [
        o.field("I accept", role="checkbox", input_type="checkbox", value=None, checked=False, required=True),
        o.field("Country", role="combobox", options=("Choose…", "Norway"), value="Choose…", required=True),
    ],
)
def test_what_cannot_be_sent_as_it_stands_is_not_changed(missing: Element) -> None:
    assert made_of(settings(*FIELDS, missing)) == []


def test_empty_fields_must_stay_empty_where_a_trial_left_them_so() -> None:
    there = world(settings(o.field("Town", value="Malton"), o.field("Fax")))
    (whole,) = there.effects
    (stage,) = whole.stages
    part = replace(stage, entries=tuple(entry for entry in stage.entries if entry.field != "Fax"))
    there.effects = [whole, replace(whole, stages=(part,))]
    found = list(update.goals(there))
    assert all({"Town", "Fax"} == set(dict(goal.evidence.fields)) for goal in found)
    assert any(dict(goal.evidence.fields)["Fax"] == "" for goal in found)


def test_empty_fields_that_every_trial_filled_in_are_filled_in() -> None:
    found = made_of(settings(o.field("Town", value="Malton"), o.field("Summary")))
    assert found
    for goal in found:
        held = dict(goal.evidence.fields)
        assert held["Town"] != "Malton"
        assert held["Summary"]
        assert held["Summary"] in goal.clause


def test_a_word_on_what_was_changed_goes_with_a_change_of_what_is_written() -> None:
    minor = o.field("Minor", role="checkbox", input_type="checkbox", value=None, checked=False)
    found = made_of(settings(o.field("Town", value="Malton"), minor, o.field("Summary")))
    assert {dict(goal.evidence.fields)["Minor"] for goal in found} == {"on", "off"}
    assert all(dict(goal.evidence.fields)["Town"] != "Malton" for goal in found)


def test_a_trial_tells_whether_what_is_empty_may_stay_so() -> None:
    (control,) = controls(settings(o.field("Town", value="Malton"), o.field("Summary")), {})
    assert [[one.name for one in fields] for fields in field_sets(control)] == [["Town"], ["Town", "Summary"]]
    (control,) = controls(settings(o.field("Title"), o.field("Text")), {})
    assert [[one.name for one in fields] for fields in field_sets(control)] == [["Title", "Text"]]


def test_a_line_that_speaks_of_one_change_is_not_asked_of_another() -> None:
    there = world(settings(*FIELDS), ("Saved.", "Your profile is now private."))
    plain = replace(there.effects[0], stages=(replace(there.effects[0].stages[0], entries=()),), lines=("Saved.",))
    there.effects = [*there.effects, plain]
    assert {goal.evidence.lines for goal in update.goals(there)} == {("Saved.",)}


def test_braces_in_names_and_values_are_only_text() -> None:
    for seed in range(100):
        text = words(Random(seed), [Change(Sort.TEXT, "Size {cm}", "{page} {x}")], "Oak 7", named=False)  # noqa: S311
        assert "{page} {x}" in text
