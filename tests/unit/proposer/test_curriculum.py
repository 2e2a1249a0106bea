"""The curriculum's mathematics against numbers worked out by hand, and which task it draws."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.contracts.curriculum import Pool
from infra.contracts.sitemap import Page, SiteMap
from infra.contracts.task import Evidence, Origin, Task, TaskKind
from infra.settings import ProposerSettings
from proposer.atlas import Atlas
from proposer.curriculum import ASKED, NEVER, SHOWN, Curriculum, Manner, by_kind, replay
from proposer.pools import TaskState, learnability
from proposer.practice import practisable
from proposer.reach import Reach
from tests.unit.proposer.learner import SyntheticLearner

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMITS = {"park_after": 4, "cool_down_seconds": 60.0}


def task(name: str, depth: int = 1, skill: str = "navigate:/x") -> Task:
    return Task(
        id=name,
        website_id="web",
        instruction=name,
        start_url="http://a.test/",
        kind=TaskKind.NAVIGATE,
        origin=Origin.GROUNDED,
        depth=depth,
        skill=skill,
    )


def curriculum(tasks: list[Task], seed: int = 0, **settings: float) -> Curriculum:
    return Curriculum("web", tasks, ProposerSettings(**settings), Random(seed))  # type: ignore[arg-type]  # noqa: S311


@pytest.mark.parametrize(("p", "expected"), [(0.0, 0.0), (0.25, 0.75), (0.5, 1.0), (0.9, 0.36), (1.0, 0.0)])
def test_learnability(p: float, expected: float) -> None:
    assert learnability(p) == pytest.approx(expected)


def test_the_estimate_moves_as_worked_out_by_hand() -> None:
    state = TaskState("t")
    assert state.estimate == 0.5  # (0 + 1) / (0 + 2)
    state.score(1.0, NOW, **LIMITS)
    assert state.estimate == pytest.approx((1.0 + 1) / (1.0 + 2))
    state.score(0.0, NOW, **LIMITS)  # weight 0.9 + 1, reward 0.9
    assert state.estimate == pytest.approx((0.9 + 1) / (1.9 + 2))
    state.score(1.0, NOW, **LIMITS)  # weight 0.9 * 1.9 + 1 = 2.71, reward 0.9 * 0.9 + 1 = 1.81
    assert state.estimate == pytest.approx((1.81 + 1) / (2.71 + 2))
    assert (state.attempts, state.successes, state.failures_in_a_row) == (3, 2, 0)


def test_a_task_is_mastered_and_forgotten() -> None:
    state = TaskState("t")
    assert state.pool(NOW) is Pool.FRESH
    for _ in range(3):
        state.score(1.0, NOW, **LIMITS)
    assert state.pool(NOW) is Pool.LEARNING  # too few attempts to be sure
    state.score(1.0, NOW, **LIMITS)  # (3.439 + 1) / (3.439 + 2) = 0.816
    assert state.pool(NOW) is Pool.MASTERED
    state.score(0.0, NOW, **LIMITS)  # (3.0951 + 1) / (4.0951 + 2) = 0.672: not forgotten yet
    assert state.pool(NOW) is Pool.MASTERED
    state.score(0.0, NOW, **LIMITS)  # (2.78559 + 1) / (4.68559 + 2) = 0.566
    assert state.pool(NOW) is Pool.LEARNING


def test_failures_park_a_task_and_each_time_for_longer() -> None:
    state = TaskState("t")
    for _ in range(4):
        state.score(0.0, NOW, **LIMITS)
    assert state.pool(NOW) is Pool.PARKED
    assert state.parked_until == NOW + timedelta(seconds=60)
    later = NOW + timedelta(seconds=61)
    assert state.pool(later) is Pool.LEARNING
    for _ in range(4):
        state.score(0.0, later, **LIMITS)
    assert state.parked_until == later + timedelta(seconds=120)


def test_no_verdict_changes_no_estimate_but_parks_in_the_end() -> None:
    state = TaskState("t")
    for _ in range(5):
        state.score(None, NOW, **LIMITS)
    assert (state.estimate, state.attempts, state.pool(NOW)) == (0.5, 0, Pool.FRESH)
    state.score(None, NOW, **LIMITS)
    assert state.pool(NOW) is Pool.PARKED


@given(st.lists(st.sampled_from([0.0, 1.0, None]), max_size=60))
def test_estimates_stay_probabilities(rewards: list[float | None]) -> None:
    state = TaskState("t")
    for reward in rewards:
        state.score(reward, NOW, **LIMITS)
        assert 0 < state.estimate < 1
        progress = state.progress("web", NOW)
        assert progress.attempts >= progress.successes


def test_an_attempt_counts_once() -> None:
    known = curriculum([task("a")])
    assert known.score("att_1", "a", 1.0, NOW)
    assert not known.score("att_1", "a", 1.0, NOW)
    assert not known.score("att_2", "unknown", 1.0, NOW)
    assert known.state("a").attempts == 1


def test_a_restart_rebuilds_the_same_records() -> None:
    results = [(f"att_{i}", "ab"[i % 2], float(i % 3 == 0), NOW) for i in range(20)]
    first, second = curriculum([task("a"), task("b")]), curriculum([task("a"), task("b")])
    for result in results:
        first.score(*result)
    replay(second, results)
    assert first.take_changes(NOW) == second.take_changes(NOW)
    assert not second.score("att_3", "b", 1.0, NOW)
    assert first.take_changes(NOW) == []


def test_short_tasks_come_first_while_little_succeeds() -> None:
    tasks = [task(f"short{i}", 1) for i in range(10)] + [task(f"long{i}", 6) for i in range(10)]
    known = curriculum(tasks, uniform_floor=0.0)
    drawn = Counter(item[0].depth for _ in range(400) if (item := known.draw(NOW)))
    assert drawn[1] > 10 * drawn[6]  # weights 1 : 0.5 ** 5
    for i in range(200):
        known.score(f"att_{i}", "short0", 1.0, NOW)
    drawn = Counter(i[0].depth for _ in range(400) if (i := known.draw(NOW)) and i[1] is Manner.FRESH)
    assert 0.5 < drawn[1] / drawn[6] < 1.6


def test_the_most_learnable_is_drawn_most() -> None:
    known = curriculum([task("half"), task("never"), task("busy")], uniform_floor=0.0, park_after=1000)
    for i in range(60):
        known.score(f"h{i}", "half", float(i % 2), NOW)
        known.score(f"n{i}", "never", 0.0, NOW)
        known.score(f"b{i}", "busy", float(i % 2), NOW)
    drawn = Counter(item[0].id for _ in range(600) if (item := known.draw(NOW, frozenset({"busy"}))))
    assert set(drawn) == {"half", "never"}
    p = known.state("never").estimate
    hope = NEVER * learnability(p)
    expected = hope / (hope + learnability(known.state("half").estimate))
    assert drawn["never"] / 600 == pytest.approx(expected, abs=0.06)


def test_what_never_succeeded_waits_for_what_sometimes_does() -> None:
    known = curriculum([task("once"), task("never")], uniform_floor=0.0, park_after=1000)
    known.score("o0", "once", 1.0, NOW)
    for i in range(4):
        known.score(f"o{i + 1}", "once", 0.0, NOW)
        known.score(f"n{i}", "never", 0.0, NOW)
    drawn = Counter(item[0].id for _ in range(600) if (item := known.draw(NOW)))
    assert drawn["once"] > 3 * drawn["never"] > 0


def test_mastered_tasks_are_tried_again_at_times() -> None:
    known = curriculum([task("easy"), task("other")], retention_share=0.25, uniform_floor=0.0)
    for i in range(10):
        known.score(f"e{i}", "easy", 1.0, NOW)
        known.score(f"o{i}", "other", float(i % 2), NOW)
    manners = Counter(item[1] for _ in range(1000) if (item := known.draw(NOW)))
    assert manners[Manner.RETENTION] / 1000 == pytest.approx(0.25, abs=0.05)
    assert set(manners) == {Manner.RETENTION, Manner.LEARNING}


def test_the_uniform_floor_reaches_everything_that_is_not_parked() -> None:
    known = curriculum([task("a"), task("b"), task("c")], uniform_floor=1.0, retention_share=0.0, park_after=2)
    for i in range(2):
        known.score(f"c{i}", "c", 0.0, NOW)
    drawn = Counter(item[0].id for _ in range(200) if (item := known.draw(NOW)))
    assert set(drawn) == {"a", "b"}
    assert known.draw(NOW, frozenset({"a", "b"})) is None


def test_rare_skills_get_their_share() -> None:
    tasks = [task(f"find{i}", skill="find") for i in range(100)] + [task("fill", skill="fill")]
    known = curriculum(tasks, uniform_floor=0.0)
    drawn = Counter(item[0].skill for _ in range(1100) if (item := known.draw(NOW)))
    assert drawn["fill"] == pytest.approx(100, abs=40)  # 1 : sqrt(100)


def test_what_was_not_shown_is_tried_before_what_was() -> None:
    tasks = [task(f"new{i}") for i in range(10)]
    seen = [task(f"seen{i}").model_copy(update={"metadata": {"shown": True}}) for i in range(10)]
    known = curriculum([*tasks, *seen], uniform_floor=0.0)
    drawn = Counter(item[0].id[:3] for _ in range(2600) if (item := known.draw(NOW)))
    assert drawn["see"] == pytest.approx(2600 * SHOWN / (1 + SHOWN), abs=100)


def test_without_curriculum_every_task_is_as_likely_whatever_came_of_it() -> None:
    known = curriculum([task("never", 9), task("always"), task("fresh", 4), task("busy")], curriculum=False)
    for i in range(40):
        known.score(f"n{i}", "never", 0.0, NOW)  # parked, if there were pools
        known.score(f"a{i}", "always", 1.0, NOW)
    drawn = [known.draw(NOW, frozenset({"busy"})) for _ in range(900)]
    assert {item[1] for item in drawn if item} == {Manner.UNIFORM}
    counts = Counter(item[0].id for item in drawn if item)
    assert set(counts) == {"never", "always", "fresh"}
    assert min(counts.values()) > 240


def seldom_reached() -> tuple[list[Task], Reach]:
    """Return two tasks, one of which leads to a page that many attempts have reached."""
    pages = tuple(Page(url=f"http://a.test/{name}", title="", heading=name, template=name) for name in ("near", "far"))
    tasks = [
        task(page.heading, skill=page.heading).model_copy(update={"evidence": Evidence(url=page.url)}) for page in pages
    ]
    reach = Reach(Atlas(SiteMap(website_id="web", start_url="http://a.test/", pages=pages)))
    for _ in range(99):
        reach.passed([pages[0].url])
    return tasks, reach


def test_what_is_seldom_reached_counts_for_more() -> None:
    tasks, reach = seldom_reached()
    known = Curriculum("web", tasks, ProposerSettings(uniform_floor=0.0), Random(0), reach)  # noqa: S311
    fresh = Counter(item[0].id for _ in range(1000) if (item := known.draw(NOW)))
    assert fresh["far"] / 1000 == pytest.approx(2.0 / 3.1, abs=0.05)  # 2.0 : 1.1
    for i in range(10):
        for one in tasks:
            known.score(f"{one.id}{i}", one.id, float(i % 2), NOW)
    learning = Counter(item[0].id for _ in range(1000) if (item := known.draw(NOW)))
    assert learning["far"] / 1000 == pytest.approx(2.0 / 3.1, abs=0.05)


def test_a_restart_counts_what_successes_have_reached() -> None:
    tasks, _ = seldom_reached()
    _, reach = seldom_reached()
    known = Curriculum("web", tasks, ProposerSettings(), Random(0), reach)  # noqa: S311
    replay(known, [("a", "far", 1.0, NOW), ("b", "far", 0.0, NOW), ("c", "far", None, NOW)])
    assert reach.visits["far"] == 1


@pytest.mark.parametrize("seed", range(3))
def test_the_tasks_drawn_get_deeper_as_the_learner_learns(seed: int) -> None:
    learner = SyntheticLearner(seed)
    for _ in range(900):
        learner.practise(seconds=1.5)
    first, last = learner.depths[:180], learner.depths[-180:]
    assert sum(last) / 180 > sum(first) / 180 + 0.8
    assert sum(depth >= 5 for depth in last) > 1.5 * sum(depth >= 5 for depth in first)
    assert sum(depth >= 5 for depth in last) > 60
    assert learner.skills() == {skill for _, skill in learner.SKILLS}, "each skill has had its turn"
    for _ in range(2000):
        learner.practise(seconds=1.5)
    assert learner.drawn() == len(learner.tasks), "and each task in the end"


def test_a_learner_gets_further_than_by_uniform_draws() -> None:
    reached = {}
    for on in (True, False):
        total = 0.0
        for seed in range(3):
            learner = SyntheticLearner(seed, curriculum=on)
            for _ in range(600):
                learner.practise(seconds=1.0)
            total += learner.ability()
        reached[on] = total / 3
    assert reached[True] > 1.1 * reached[False]


def test_each_kind_gets_the_same_share_however_many_its_tasks() -> None:
    many = [task(f"n{i}", skill=f"navigate:/{i % 9}") for i in range(90)]
    few = [task(f"f{i}", skill="fill:/form").model_copy(update={"kind": TaskKind.FILL}) for i in range(3)]
    drawn = Counter(
        chosen.kind
        for chosen, manner in filter(None, (curriculum([*many, *few], seed).draw(NOW) for seed in range(600)))
        if manner is Manner.FRESH
    )
    assert 0.42 < drawn[TaskKind.FILL] / drawn.total() < 0.58


def test_a_kind_counts_as_much_as_its_most_promising_task() -> None:
    tasks = [task("a"), task("b"), task("c").model_copy(update={"kind": TaskKind.FILL})]
    assert by_kind(tasks, [0.3, 0.6, 0.2], [1.0] * 3) == pytest.approx([0.2, 0.4, 0.2])
    assert by_kind(tasks, [0.6, 0.6, 0.2], [0.5, 0.25, 0.1]) == pytest.approx([0.4, 0.2, 0.2])


def test_what_can_be_judged_is_practised() -> None:
    bare = {"id": "t", "website_id": "w", "instruction": "x", "start_url": "http://a/", "kind": TaskKind.FIND}
    evidence = Evidence(answer="4")
    assert practisable(Task(**bare, origin=Origin.LLM, rubric=("It is so.",)))
    assert practisable(Task(**bare, origin=Origin.HUMAN, rubric=("It is so.",)))
    assert practisable(Task(**bare, origin=Origin.HUMAN, evidence=evidence))
    assert not practisable(Task(**bare, origin=Origin.HUMAN))
    assert not practisable(Task(**bare, origin=Origin.BENCHMARK, evidence=evidence, rubric=("It is so.",)))


def test_what_people_gave_has_its_share_until_it_is_mastered() -> None:
    given = task("given").model_copy(update={"origin": Origin.HUMAN})
    tasks = curriculum([given, *(task(f"t{i}") for i in range(200))], uniform_floor=0.0, retention_share=0.0)
    drawn = [draw for _ in range(1000) if (draw := tasks.draw(NOW)) is not None]
    asked = [chosen for chosen, manner in drawn if manner is Manner.ASKED]
    assert len(asked) == pytest.approx(1000 * ASKED, abs=60)
    assert {one.id for one in asked} == {"given"}
    for number in range(20):
        tasks.score(f"a{number}", "given", 1.0, NOW)
    manners = {draw[1] for _ in range(300) if (draw := tasks.draw(NOW)) is not None}
    assert manners == {Manner.FRESH}
