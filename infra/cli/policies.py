"""``pae policies``: list versions, activate one."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from infra.cli.client import connect

app = typer.Typer(help="Policy versions.", no_args_is_help=True)
console = Console()


@app.command("list")
def list_() -> None:
    """List all versions, newest first; a star marks the active one."""
    table = Table("", "version", "updates", "attempts learnt from", "loss", "published", box=None)
    with connect() as api:
        for view in api.pages("/v1/policies"):
            policy = view["policy"]
            loss = policy["metrics"].get("loss")
            table.add_row(
                "*" if view["active"] else "",
                str(policy["version"]),
                str(policy["updates"]),
                str(policy["attempts"]),
                "" if loss is None else f"{loss:.3f}",
                policy["created_at"][:19].replace("T", " "),
            )
    console.print(table)


@app.command()
def activate(version: int) -> None:
    """Have every agent act with this version from its next attempt on; the learner goes on from it."""
    with connect() as api:
        api.post(f"/v1/policies/{version}/activate")
    console.print(f"version {version} is active")
