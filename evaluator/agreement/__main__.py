"""``python -m evaluator.agreement``: how far verdicts agree with people and with hidden state.

Exit 0 when there was something to compare, 1 when that could not be done, 2 when settings or arguments are wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from rich.console import Console, RenderableType
from rich.table import Table

from evaluator.agreement.compare import AgreementReport, compare
from evaluator.agreement.savings import savings
from evaluator.delivering import deliver
from evaluator.opening import open_judge
from infra.blobs import open_blobs
from infra.errors import ConfigurationError, InvalidInput, NotFound, PaeError
from infra.settings import Settings, load_settings
from infra.store import open_store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    console, errors = Console(), Console(stderr=True)
    parsed = _parser().parse_args(arguments)
    try:
        report = asyncio.run(_run(load_settings(), parsed))
    except (ConfigurationError, InvalidInput, NotFound) as error:
        errors.print(f"[red]{error}", highlight=False)
        return 2
    except PaeError as error:
        errors.print(f"[red]The verdicts could not be compared: {error}", highlight=False)
        return 1
    deliver(report, printed(report), console, out=parsed.out, as_json=parsed.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluator.agreement", description="How far verdicts agree.")
    parser.add_argument("--website", required=True, metavar="ID")
    parser.add_argument("--limit", type=int, default=500, help="most attempts, the latest first")
    parser.add_argument("--ask", action="store_true", help="ask the judge about those that it has not judged")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the report there, as JSON")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    return parser


async def _run(settings: Settings, parsed: argparse.Namespace) -> AgreementReport:
    if parsed.ask and not settings.judge_chat.model:
        raise ConfigurationError("--ask needs a chat model: set chat.model or evaluator.chat.model")
    async with AsyncExitStack() as stack:
        store = await open_store(settings.database)
        stack.push_async_callback(store.close)
        blobs = open_blobs(settings.blobs)
        judge = open_judge(settings, store, blobs, distil=False) if parsed.ask else None
        slots = settings.judge_chat.concurrency
        saved = await savings(store, parsed.website, settings.evaluator.distil_sure)
        try:
            report = await compare(store, blobs, judge, parsed.website, limit=parsed.limit, slots=slots)
        except InvalidInput:
            if not saved.answered:
                raise
            report = AgreementReport(website_id=parsed.website, attempts=0, asked=0, comparisons=())
        return report.model_copy(update={"distilled": saved})


def printed(report: AgreementReport) -> Iterator[RenderableType]:
    """Return what to print, in order."""
    table = Table("verdicts by", "checked by", "compared", "precision", "recall", "disagreement", box=None)
    for one in report.comparisons:
        found = one.calibration
        table.add_row(
            one.evaluator,
            one.checker,
            str(found.compared),
            _share(found.precision, found.precision_interval),
            _share(found.recall, found.recall_interval),
            _share(found.disagreement, found.disagreement_interval),
        )
    yield table
    yield f"{report.attempts} attempts that somebody knows better of; intervals of 95 %"
    yield f"The paper's evaluator disagrees with people in {report.standard:.1%}; the goal is under {report.goal:.0%}."
    if report.distilled is not None and (saved := report.distilled).answered:
        yield f"The reward model answered {saved.answered} of {saved.answered + saved.asked} attempts itself."
        agreed = _share(saved.agreement, saved.interval)
        yield f"Where it was sure and the judge was asked as well, they agreed in {agreed} of {saved.checked}."
    for one in report.comparisons:
        found = one.calibration
        yield (
            f"[dim]{one.evaluator} by {one.checker}: {found.judge_unscored} unscored by {one.evaluator}, "
            f"{found.checker_unscored} by {one.checker}; differing: {' '.join(found.disagreeing) or 'none'}[/]"
        )
        if (ended := one.by_ending).compared:
            yield (
                f"[dim]{one.evaluator} by {one.checker}: {ended.compared} more were decided by their ending alone, and "
                f"are in no rate; differing: {' '.join(ended.disagreeing) or 'none'}[/]"
            )


def _share(share: float | None, interval: tuple[float, float]) -> str:
    return "–" if share is None else f"{share:.1%} ({interval[0]:.1%}–{interval[1]:.1%})"


if __name__ == "__main__":
    sys.exit(main())
