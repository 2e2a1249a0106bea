"""Files of WebVoyager's and WebArena's formats: what becomes of each task, and how a broken file is refused."""

from __future__ import annotations

import json

import pytest

from infra.contracts.task import Evidence, Origin, TaskKind
from infra.contracts.website import Website
from infra.errors import InvalidInput
from infra.taskfiles import TaskFile, hosts_of, read
from tests.fixtures.taskfiles import arena, arena_task, voyager

SHOP = "http://127.0.0.1:7770/"
WEBSITE = Website(id="web_1", url=SHOP, name="shop", allowed_hosts=("127.0.0.1:7770",))


def taken(content: str, **hosts: str) -> TaskFile:
    return read(content, WEBSITE, hosts, Origin.HUMAN)


def judged(**evaluation: object) -> tuple[TaskKind, Evidence | None, str]:
    task = taken(json.dumps([arena_task(1, "__SHOPPING__", **evaluation)])).tasks[0]
    return task.kind, task.evidence, task.metadata.get("unscored", "")


def test_webvoyagers_lines() -> None:
    found = taken(voyager(SHOP))
    assert found.format == "webvoyager"
    assert [(task.metadata["file_id"], task.instruction, task.start_url) for task in found.tasks] == [
        ("Shop--0", "Find a lamp below 20 pounds.", SHOP),
        ("Shop--1", "When is the store open on Sundays?", SHOP + "about"),
    ]
    assert all(task.evidence is None and task.metadata["unscored"] for task in found.tasks)
    assert all(task.website_id == "web_1" and task.origin is Origin.HUMAN for task in found.tasks)
    assert [(one.id, one.line) for one in found.rejected] == [("Other--0", 2)]
    assert "other.example:443" in found.rejected[0].reason


def test_webarenas_list_with_its_placeholders_mapped() -> None:
    found = taken(arena(), SHOPPING="http://127.0.0.1:7770", REDDIT="http://127.0.0.1:9999")
    assert found.format == "webarena"
    assert [task.start_url for task in found.tasks] == [
        "http://127.0.0.1:7770",
        "http://127.0.0.1:7770",
        SHOP + "shoes",
    ]
    assert found.tasks[2].evidence == Evidence(url=SHOP + "boots?b=2&a=1", max_submits=1000)
    assert [(one.id, one.line) for one in found.rejected] == [("24", 8)]


def test_a_placeholder_that_nobody_maps() -> None:
    found = taken(arena(), SHOPPING="http://127.0.0.1:7770")
    assert "__REDDIT__" in found.rejected[0].reason
    assert [one.id for one in taken(arena()).rejected] == ["21", "22", "23", "24"]  # two placeholders: no guessing
    assert not taken(json.dumps([arena_task(1, "__GITLAB__")])).rejected  # a single one: the website


def test_start_pages_that_cannot_be() -> None:
    tasks = [arena_task(1, "__MAP__ |AND| __MAP__/x"), arena_task(2, "file:///etc/passwd"), arena_task(3, "nowhere")]
    reasons = [one.reason for one in taken(json.dumps(tasks)).rejected]
    assert "several pages" in reasons[0]
    assert "http and https" in reasons[1]
    assert "absolute URL" in reasons[2]


def test_evaluations_that_evidence_can_express() -> None:
    exact = {"exact_match": "Three"}
    assert judged(eval_types=["string_match"], reference_answers=exact) == (
        TaskKind.FIND, Evidence(answer="Three", max_submits=1000), "",
    )  # fmt: skip
    both = judged(eval_types=["string_match", "url_match"], reference_answers=exact, reference_url="__SHOPPING__/a")
    assert both == (TaskKind.COMPOSE, Evidence(answer="Three", url=SHOP + "a", max_submits=1000), "")


@pytest.mark.parametrize(
    ("evaluation", "words"),
    [
        ({"eval_types": []}, "no evaluation"),
        ({"eval_types": ["string_match"], "reference_answers": {"fuzzy_match": ["a"]}}, "fuzzy_match"),
        ({"eval_types": ["string_match"], "reference_answers": {"must_include": ["a"]}}, "must_include"),
        ({"eval_types": ["string_match"], "reference_answers": {"exact_match": "N/A"}}, "exact_match"),
        (
            {"eval_types": ["string_match"], "reference_answers": {"exact_match": "a", "must_include": ["b"]}},
            "exact_match, must_include",
        ),
        ({"eval_types": ["string_match"]}, "no answer"),
        ({"eval_types": ["url_match"], "reference_url": "__SHOPPING__/a |OR| __SHOPPING__/b"}, "single"),
        ({"eval_types": ["url_match"]}, "single"),
        ({"eval_types": ["program_html"], "program_html": [{"url": "last"}]}, "program_html"),
        (
            {"eval_types": ["program_html", "string_match"], "reference_answers": {"exact_match": "a"}},
            "program_html",
        ),
    ],
)
def test_evaluations_that_it_cannot(evaluation: dict[str, object], words: str) -> None:
    _, evidence, unscored = judged(**evaluation)
    assert evidence is None
    assert words in unscored


GOOD = json.dumps({"web_name": "a", "id": "1", "ques": "b", "web": SHOP})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "line 1: the file holds no tasks"),
        ("[]", "line 1: the file holds no tasks"),
        ("hello", "line 1: this is no JSON"),
        (f"{GOOD}\n{{", "line 2: this is no JSON"),
        (f"{GOOD}\n\n" + json.dumps({"web_name": "a", "id": "2", "web": SHOP}), "line 3: ques: Field required"),
        (f"{GOOD}\n" + json.dumps({"a": 1}), "line 2: this is neither"),
        (f"{GOOD}\n{GOOD}", "line 2: there are several tasks with the id 1"),
        (f"{GOOD}\n" + json.dumps(arena_task(2, SHOP)), "line 2: a task of webarena in a file of webvoyager"),
        ("[\n" + json.dumps(arena_task(2, SHOP)) + "\n", "line 3: the list goes on"),
        ("[\n" + json.dumps(arena_task(2, SHOP)) + ",\n", "line 3: the list does not end"),
        ("[" + json.dumps(arena_task(2, SHOP)) + "]\n{}", "line 2: there is more"),
        ("[\n" + json.dumps({**arena_task(2, SHOP), "intent": ""}) + "]", "line 2: intent"),
        ("[\n1]", "line 2: this is neither"),
        ('{"ques": ' + "[" * 100_000, "line 1"),
    ],
)
def test_a_broken_file_names_the_line(content: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        taken(content)
    assert words in str(refused.value)


def test_a_single_task_may_be_a_file() -> None:
    assert len(taken(json.dumps(arena_task(2, SHOP), indent=2)).tasks) == 1
    assert len(taken("\ufeff" + GOOD).tasks) == 1


def test_host_options() -> None:
    assert hosts_of(["SHOPPING=http://127.0.0.1:7770/", "__MAP__=http://map.example"]) == {
        "SHOPPING": "http://127.0.0.1:7770",
        "MAP": "http://map.example",
    }
    for wrong in ("SHOPPING", "shopping=http://a.example", "=http://a.example", "MAP=map.example"):
        with pytest.raises(InvalidInput):
            hosts_of([wrong])
