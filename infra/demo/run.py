"""One demo, from an empty folder to its report."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from infra.demo.figures import Measured, report, summary
from infra.errors import PaeError
from infra.experiment.heldout import HeldOut, try_held_out
from infra.supervisor import Stack, StackOptions

console = Console()

LOOK_SECONDS = 1.0
SURVEY_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What a person chooses."""

    folder: Path
    minutes: float = 8.0
    contexts: int = 4
    checkpoints: int = 2
    seed: int = 0
    port: int = 0
    embeddings: Literal["minilm", "off"] = "off"


async def run_demo(options: DemoOptions) -> dict[str, Any]:
    """Run the demo; return its report, which lies in the folder as ``report.json`` beside ``curve.png``.

    Raises:
        PaeError: it could not be completed; the message says why.
    """
    begun = time.monotonic()
    work = options.folder / "stack"
    shutil.rmtree(work, ignore_errors=True)  # random weights and an empty curriculum, every time
    stack_options = StackOptions(
        folder=work,
        contexts=options.contexts,
        port=options.port,
        sandbox=True,
        sandbox_seed=options.seed,
        environment={"PAE_POLICY__SEED": str(options.seed), "PAE_POLICY__EMBEDDINGS": options.embeddings},
    )
    async with Stack(stack_options) as stack:
        with console.status("starting the services"):
            await stack.ready()
        reads = "words and their meaning (MiniLM)" if options.embeddings == "minilm" else "words alone"
        console.print(f"Dashboard: {stack.api}/\nThe policy reads {reads}.\n")
        demo = _Demo(stack, options)
        website = await demo.submit()
        await demo.survey(website)
        measured = await demo.practise(website)
        plain = await demo.measure_plain(website)
        curve = await demo.get(f"/v1/websites/{website}/curriculum")
    found = report(options, measured, plain, curve, seconds=time.monotonic() - begun)
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "report.json").write_text(json.dumps(found, indent=2) + "\n")
    from infra.demo.picture import draw  # Matplotlib takes a second to import

    picture = options.folder / "curve.png"
    await asyncio.to_thread(draw, found, picture)
    console.print(summary(found))
    console.print(f"\n[dim]{options.folder / 'report.json'}, {picture}", highlight=False)
    return found


class _Demo:
    """The demo's steps, as a client of the API."""

    def __init__(self, stack: Stack, options: DemoOptions) -> None:
        from infra.cli.client import Api

        self._stack = stack
        self._options = options
        self._api = Api(stack.api)
        self._practised = 0.0

    async def get(self, path: str) -> Any:
        return await asyncio.to_thread(self._api.get, path)

    async def post(self, path: str, body: object = None) -> Any:
        return await asyncio.to_thread(self._api.post, path, body)

    async def submit(self) -> str:
        """Submit the shop as any user would; only the pace is that of a site of one's own."""
        body = {
            "url": self._stack.sandbox_sites["shop"],
            "name": "Sandbox shop",
            "safety": {"pages_per_second": 500, "third_party_resources": False},
        }
        website = await self.post("/v1/websites", body)
        return str(website["id"])

    async def survey(self, website: str) -> None:
        """Wait until the site is known, and hold practice until it has been measured untrained."""
        deadline = time.monotonic() + SURVEY_SECONDS
        columns = (SpinnerColumn(), TextColumn("surveying the website {task.fields[note]}"), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            line = bar.add_task("survey", total=None, note="")
            while True:
                view = await self.get(f"/v1/websites/{website}")
                known = view["website"]
                bar.update(line, note=f"[dim]{known['status_reason']}[/]")
                if known["status"] == "practising":
                    break
                if known["status"] not in ("submitted", "surveying") or time.monotonic() > deadline:
                    raise PaeError(f"the website is {known['status']}: {known['status_reason'] or 'no reason given'}")
                await asyncio.sleep(LOOK_SECONDS)
        await self.post(f"/v1/websites/{website}/pause")
        sitemap = await self.get(f"/v1/websites/{website}/sitemap")
        view = await self.get(f"/v1/websites/{website}")
        console.print(f"Surveyed {len(sitemap['pages'])} pages; {view['tasks']} tasks to practise.")

    async def practise(self, website: str) -> list[Measured]:
        """Practise in equal parts, measuring before the first and after each."""
        measured = [await self._measure(website, "before", 0)]
        parts = self._options.checkpoints + 1
        for part in range(1, parts + 1):
            await self.post(f"/v1/websites/{website}/resume")
            await self._watch(website, until=self._options.minutes * 60 * part / parts)
            await self.post(f"/v1/websites/{website}/pause")
            measured.append(await self._measure(website, "after" if part == parts else "on the way", None))
        return measured

    async def _measure(self, website: str, when: str, version: int | None) -> Measured:
        view = await self.get(f"/v1/websites/{website}")
        with console.status("measuring success on held-out tasks"):
            found = await self._try_held_out(website, "heldout.json", version=version)
        console.print(
            f"Held-out success {when}: [bold]{found.success:.0%}[/] "
            f"[dim](95 % interval {found.low:.0%} to {found.high:.0%}, {found.n} tasks, version {found.version})"
        )
        return found._replace(minutes=self._practised / 60, attempts=view["attempts"])

    async def measure_plain(self, website: str) -> Measured:
        """Measure the active version on the same tasks in the shop's own words, where it has any for them."""
        with console.status("measuring success on held-out tasks in the shop's own words"):
            return await self._try_held_out(website, "heldout_plain.json", wording="plain")

    async def _try_held_out(
        self, website: str, name: str, *, version: int | None = None, wording: Literal["people", "plain"] = "people"
    ) -> Measured:
        what = HeldOut(
            sites=("shop",),
            split="all",
            wording=wording,
            website=website,
            version=version,
            concurrency=self._options.contexts,
        )
        return Measured.of(await try_held_out(self._stack, what, self._options.folder / name))

    async def _watch(self, website: str, *, until: float) -> None:
        columns = (
            TextColumn("practising"),
            BarColumn(),
            TextColumn("{task.fields[words]}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console) as bar:
            line = bar.add_task("practice", total=self._options.minutes * 60, words="")
            bar.update(line, completed=self._practised)
            started, before = time.monotonic(), self._practised
            while self._practised < until:
                await asyncio.sleep(min(LOOK_SECONDS, until - self._practised))
                self._practised = before + time.monotonic() - started
                view = await self.get(f"/v1/websites/{website}")
                if view["website"]["status"] != "practising":
                    raise PaeError(f"practice ended: {view['website']['status_reason']}")
                active = next(iter((await self.get("/v1/policies?limit=1"))["items"]), None)
                version = active["policy"]["version"] if active else 0
                recent = view["recent_success"]
                words = f"{view['attempts']} attempts, policy version {version}"
                if recent is not None:
                    words += f", {recent:.0%} of the latest succeed"
                bar.update(line, completed=self._practised, words=words)
