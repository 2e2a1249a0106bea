"""``pae websites``: submit, list, show, pause, resume, stop, delete."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from infra.cli.client import connect
from infra.cli.demos import demo_of

app = typer.Typer(help="Websites to practise on.", no_args_is_help=True)
console = Console()

Id = Annotated[str, typer.Argument(metavar="WEBSITE", help="a website's id")]


@app.command()
def submit(
    url: str,
    name: str = "",
    description: str = "",
    allow: Annotated[list[str] | None, typer.Option(help="a further host it may go to; may be repeated")] = None,
    attempts: Annotated[int | None, typer.Option(min=1, help="practice attempts in all")] = None,
    minutes: Annotated[float | None, typer.Option(min=0.01, help="minutes of practice in all")] = None,
    demo: Annotated[
        list[str] | None,
        typer.Option(
            metavar="INSTRUCTION[=FILE]",
            help="a demonstration; FILE: a Playwright trace (.zip), .har, steps as .json, or as lines of a text",
        ),
    ] = None,
) -> None:
    """Submit a website; practice begins at once."""
    from infra.operations import own_host

    body = {
        "url": url,
        "name": name,
        "description": description,
        "allowed_hosts": [own_host(url), *allow] if allow else [],
        "budget": {"attempts": attempts, "minutes": minutes},
        "demos": [demo_of(given) for given in demo or ()],
    }
    with connect() as api:
        website = api.post("/v1/websites", body)
        console.print(f"{website['id']}  {website['name']}: watch it at {api.url}/websites/{website['id']}")


@app.command("list")
def list_() -> None:
    """List all websites."""
    table = Table("id", "name", "URL", "status", "why", box=None)
    with connect() as api:
        for website in api.pages("/v1/websites"):
            table.add_row(*(website[part] for part in ("id", "name", "url", "status", "status_reason")))
    console.print(table)


@app.command()
def show(website: Id) -> None:
    """Show a website and its best and worst mastered skills."""
    with connect() as api:
        view = api.get(f"/v1/websites/{website}")
        report = api.get(f"/v1/websites/{website}/curriculum")["report"]
    known, recent = view["website"], view["recent_success"]
    console.print(f"[bold]{known['name']}[/]  {known['url']}\n{known['status']} {known['status_reason']}".rstrip())
    done = "nothing tried yet" if recent is None else f"{recent:.0%} of the latest attempts succeeded"
    console.print(f"{view['attempts']} attempts, {view['running']} under way; {done}")
    for spent in view["spending"]:
        console.print(
            f"chat model as {spent['role']}: {spent['calls']} calls, {spent['tokens']:,} tokens, {spent['cost']:g}"
        )
    table = Table("skill", "tasks", "attempts", "mastery", "trend", box=None)
    for skill in report["skills"]:
        trend = skill["trend"]["direction"] if skill["trend"] else ""
        table.add_row(skill["skill"], str(skill["tasks"]), str(skill["attempts"]), f"{skill['mastery']:.0%}", trend)
    console.print(table)


def _command(name: str, help_: str) -> None:
    @app.command(name, help=help_)
    def change(website: Id) -> None:
        with connect() as api:
            known = api.post(f"/v1/websites/{website}/{name}")
            console.print(f"{known['name']} is {known['status']}")


_command("pause", "Halt practice; what was learnt stays.")
_command("resume", "Go on with practice.")
_command("stop", "End practice; running attempts end before their next action.")


@app.command()
def delete(website: Id) -> None:
    """Forget a website with its tasks, attempts and pictures."""
    with connect() as api:
        api.call("DELETE", f"/v1/websites/{website}")
    console.print("deleted")
