"""The experiment's figures for people: ``curves.csv`` and ``results.md``. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence

from infra.experiment.bootstrap import Estimate
from infra.experiment.plan import REFERENCE, REVISITS, Role
from infra.experiment.results import ALL, DEPTHS, IMPOSSIBLE, Measure, Point, RunResult
from infra.experiment.summary import Outcome, Summary

COLUMNS = (
    "configuration",
    "seed",
    "point",
    "role",
    "after",
    "minutes",
    "learning_minutes",
    "attempts",
    "version",
    "successes",
    "n",
    "success",
    "low",
    "high",
    "practice_success",
)


def curves_csv(results: Iterable[RunResult]) -> str:
    """Return one row per configuration, seed, point and role; intervals are Wilson's over the tasks of that row."""
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for result in results:
        for point in result.points:
            rows.writerows(_row(result, point, one) for one in point.measures if not one.perturbed)
    return out.getvalue()


def _row(result: RunResult, point: Point, one: Measure) -> dict[str, object]:
    scored = sum(site.attempts for site in point.practice.values())
    succeeded = sum(site.successes for site in point.practice.values())
    return {
        "configuration": result.configuration,
        "seed": result.seed,
        "point": point.index,
        "role": one.role.value,
        "after": point.after or "",
        "minutes": f"{point.minutes:.3f}",
        "learning_minutes": f"{point.learning_minutes:.3f}",
        "attempts": point.attempts,
        "version": point.version,
        "successes": one.overall.successes,
        "n": one.overall.n,
        "success": f"{one.overall.success:.4f}",
        "low": f"{one.overall.low:.4f}",
        "high": f"{one.overall.high:.4f}",
        "practice_success": f"{succeeded / scored:.4f}" if scored else "",
    }


def markdown(summary: Summary) -> str:
    """Return the tables of the experiment."""
    parts = [*_head(summary), *_overall(summary), *_by_group(summary), *_sequence(summary), *_runs(summary)]
    return "\n".join(parts) + "\n"


def _head(summary: Summary) -> Iterable[str]:
    plan, machine = summary.plan, summary.machine
    yield "# Learning, by configuration\n"
    order = "one after another" if plan.sequence else "together"
    yield f"Practised {order}: {', '.join(plan.sites)}; {plan.total:g} {plan.unit} of practice in each run."
    if plan.unseen:
        yield (
            f"Surveyed but neither practised nor demonstrated: {', '.join(plan.unseen)} ({Role.UNSEEN}); "
            f"the same without a map: {Role.UNSURVEYED}."
        )
    yield f"Tasks: {plan.split} split, in {'people’s' if plan.wording == 'people' else 'the sites’ own'} words."
    if plan.split != "final":
        yield "The development split may be read while tuning: published figures are those of the final one."
    if plan.last_limit is not None:
        yield f"**Only {plan.last_limit} tasks of each site were tried at the end.**"
    yield f"Intervals: 95 %, {_how(summary)}. Machine: {machine.get('cores')} cores, {machine.get('cpu')}.\n"
    for failure in summary.failures:
        yield f"- **{failure.configuration}, seed {failure.seed} has no result**: {failure.cause}"
    if summary.failures:
        yield ""


def _how(summary: Summary) -> str:
    fewest = min((len(outcome.seeds) for outcome in summary.outcomes), default=0)
    if fewest > 1:
        return "by resampling seeds and tasks"
    return "by resampling seeds and tasks; of one seed tasks only, which leaves out how another seed would differ"


def _overall(summary: Summary) -> Iterable[str]:
    conditions = list(dict.fromkeys(name for outcome in summary.outcomes for name in outcome.last))
    yield "## Held-out success after practice\n"
    yield from _table(
        ["configuration", "seeds", *conditions, "what it shows"],
        (
            [
                f"**{outcome.configuration}**" if outcome.configuration == REFERENCE else outcome.configuration,
                str(len(outcome.seeds)),
                *(_share(outcome.last.get(name, {}).get(ALL)) for name in conditions),
                outcome.shows,
            ]
            for outcome in summary.outcomes
        ),
    )
    others = [outcome for outcome in summary.outcomes if outcome.to_full]
    if others:
        yield f"Difference to {REFERENCE} in points, paired by seed and task; bold where its interval leaves out 0:\n"
        yield from _table(
            ["configuration", *conditions],
            (
                [outcome.configuration, *(_points(outcome.to_full.get(name, {}).get(ALL)) for name in conditions)]
                for outcome in others
            ),
        )


def _by_group(summary: Summary) -> Iterable[str]:
    """Yield a table per role, of the unperturbed measurement; summary.json has them all."""
    full = next((outcome for outcome in summary.outcomes if outcome.configuration == REFERENCE), None)
    if full is None:
        return
    others = [outcome for outcome in summary.outcomes if outcome.to_full]
    for role in (role for role in Role if role in full.last):
        found = full.last[role]
        yield f"## {role}: by group of tasks\n"
        yield from _table(
            ["tasks", "n", REFERENCE, *(f"{outcome.configuration} − {REFERENCE}" for outcome in others)],
            (
                [
                    group,
                    str(found[group].tasks),
                    _share(found[group]),
                    *(_points(outcome.to_full.get(role, {}).get(group)) for outcome in others),
                ]
                for group in ordered(found)
            ),
        )


def _sequence(summary: Summary) -> Iterable[str]:
    if not any(outcome.since_turn for outcome in summary.outcomes):
        return
    sites = list(summary.outcomes[0].since_turn)
    yield "## Forgetting\n"
    yield "Success at the end minus success right after the site’s own turn, in points; less than 0 was forgotten.\n"
    yield from _table(
        ["configuration", *sites, f"all, minus {REFERENCE}’s"],
        (
            [
                outcome.configuration,
                *(_points(outcome.since_turn.get(site)) for site in sites),
                _points(outcome.since_turn_to_full.get(ALL)),
            ]
            for outcome in summary.outcomes
        ),
    )
    yield (
        "While a later site has its turn, those before it join it in turn for a part of each minute, so that they keep "
        f"{_percent(REVISITS)} of the attempts; without retention they do not.\n"
    )


def _runs(summary: Summary) -> Iterable[str]:
    yield "## What it took\n"
    yield from _table(
        [
            "configuration",
            "practice, min",
            "learning, min",
            "attempts",
            "longest rest, s",
            "survey, min",
            "time went to",
        ],
        (
            [
                outcome.configuration,
                f"{outcome.minutes:.1f}",
                f"{outcome.learning_minutes:.1f}" + ("" if outcome.settled else " (not at rest)"),
                f"{outcome.attempts:.0f}",
                f"{outcome.rest_seconds:.0f}",
                f"{outcome.survey_minutes:.1f}",
                ", ".join(f"{part} {_percent(share)}" for part, share in outcome.parts.items()),
            ]
            for outcome in summary.outcomes
        ),
    )
    yield (
        "Learning counts the practice and the waits after it, in which the learner may still work on what it has. "
        "Shares of time are wall-clock seconds of the agents and the learner, summed over concurrent attempts."
    )


def ordered(found: Collection[str]) -> Sequence[str]:
    """Return groups of tasks as tables list them: all, kinds, depths, what is impossible, sites."""
    depths = [depth for depth in DEPTHS if depth in found]
    sites = sorted(group for group in found if group.startswith("on "))
    last = [*depths, *(group for group in (IMPOSSIBLE,) if group in found), *sites]
    return [ALL, *sorted(set(found) - {ALL, *last}), *last]


def headline(outcome: Outcome) -> str:
    """Return one line about a configuration, for the terminal."""
    return "; ".join(f"{name} {_share(found.get(ALL))}" for name, found in outcome.last.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _share(found: Estimate | None) -> str:
    return "–" if found is None else f"{_percent(found.mean)} ({100 * found.low:.0f} to {100 * found.high:.0f})"


def _points(found: Estimate | None) -> str:
    """Return a difference in points; bold where its interval leaves out 0."""
    if found is None:
        return "–"
    words = f"{100 * found.mean:+.1f} ({100 * found.low:+.1f} to {100 * found.high:+.1f})".replace("-", "−")
    return f"**{words}**" if found.low > 0 or found.high < 0 else words
