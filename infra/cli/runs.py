"""``pae run`` and ``pae dead-letters``."""

from __future__ import annotations

import time
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from infra.cli.client import Api, connect
from infra.contracts.attempt import TERMINAL

console = Console()
POLL_SECONDS = 0.3


def run(
    instruction: str,
    website: Annotated[str | None, typer.Option(help="a submitted website's id")] = None,
    url: Annotated[str | None, typer.Option(help="where to start")] = None,
    max_steps: Annotated[int, typer.Option(min=1, max=200)] = 20,
    version: Annotated[int | None, typer.Option(min=0, help="policy version; default: the active one")] = None,
) -> None:
    """Carry out an instruction with the active policy, and print the steps and the answer."""
    body = {
        "instruction": instruction,
        "website_id": website,
        "url": url,
        "max_steps": max_steps,
        "policy_version": version,
    }
    with connect() as api:
        begun = api.post("/v1/runs", body)
        with console.status(f"“{instruction}”"):
            done = _ended(api, begun["attempt"]["id"])
        _show(done)
        console.print(f"\n[dim]{api.url}/attempts/{done['attempt']['id']}", highlight=False)
        if done["attempt"]["state"] not in ("completed", "unscored"):
            raise typer.Exit(1)


def _ended(api: Api, attempt_id: str) -> dict[str, Any]:
    while True:
        found: dict[str, Any] = api.get(f"/v1/runs/{attempt_id}")
        if found["attempt"]["state"] in TERMINAL:
            return found
        time.sleep(POLL_SECONDS)


def _show(run_: dict[str, Any]) -> None:
    trajectory = run_["trajectory"]
    for step in trajectory["steps"] if trajectory else ():
        console.print(f"{step['index'] + 1:3}  {_words(step)}", highlight=False, markup=False)
    if run_["answer"]:
        console.print(f"\n{run_['answer']}", style="bold", highlight=False, markup=False)
    elif run_["impossible"]:
        console.print("\nThe agent says that it cannot be done.", style="yellow")
    elif run_["attempt"]["state"] in ("completed", "unscored"):
        console.print(f"\nended: {trajectory['stop_reason'] if trajectory else 'nothing was seen'}")
    else:
        console.print(f"\n{run_['attempt']['state']}: {run_['attempt']['cause']}", style="red", markup=False)


def _words(step: dict[str, Any]) -> str:
    action, elements = step["action"], step["observation"]["elements"]
    name = next((element["name"] for element in elements if element["mark"] == action.get("mark")), "")
    words = {
        "click": f"click “{name}”",
        "type": f"type “{action.get('text')}” into “{name}”",
        "select": f"choose “{action.get('option')}” in “{name}”",
        "scroll": f"scroll {action.get('direction')}",
        "answer": "answer",
    }
    return words.get(action["type"], str(action["type"]))


def dead_letters(replay: Annotated[str | None, typer.Option(metavar="ID", help="send this one again")] = None) -> None:
    """List messages that were given up, with their cause; or send one again."""
    with connect() as api:
        if replay is not None:
            api.post(f"/v1/dead-letters/{replay}/replay")
            console.print("sent again")
            return
        table = Table("id", "stream", "group", "deliveries", "cause", box=None)
        for letter in api.get("/v1/dead-letters", limit=200):
            table.add_row(letter["id"], letter["stream"], letter["group"], str(letter["deliveries"]), letter["cause"])
        console.print(table)
