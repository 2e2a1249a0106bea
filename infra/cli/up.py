"""``pae up``: the stack until interrupted."""

from __future__ import annotations

import asyncio
import signal

from rich.console import Console

from infra.supervisor import Stack, StackOptions

console = Console()


async def serve(options: StackOptions) -> None:
    """Run the stack until SIGINT or SIGTERM, then stop everything."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    with console.status("starting"):
        stack = Stack(options)
        await stack.__aenter__()
    try:
        with console.status("waiting for the agents' browsers"):
            ready = asyncio.create_task(stack.ready())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({ready, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if ready.done():
            ready.result()
            _greet(stack)
            await stopping
        ready.cancel()
    finally:
        with console.status("stopping"):
            await stack.__aexit__(None, None, None)
    console.print("stopped; nothing is lost: start again with the same folder and it goes on")


def _greet(stack: Stack) -> None:
    console.print(f"dashboard  [link={stack.api}]{stack.api}/[/link]")
    console.print(f"API        {stack.api}/docs")
    console.print(f"kept in    {stack.folder}", highlight=False)
    url = next(iter(stack.sandbox_sites.values()), "https://…")
    for name, at in stack.sandbox_sites.items():
        console.print(f"sandbox    {name}: {at}", highlight=False)
    console.print("\nSubmit a website:\n")
    console.print(
        f"  curl {stack.api}/v1/websites -H 'content-type: application/json' -d '{{\"url\": \"{url}\"}}'\n",
        highlight=False,
        soft_wrap=True,
    )
    console.print("Ctrl-C stops everything.")
