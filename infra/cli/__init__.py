"""``pae``: everything that a person does from a terminal."""

from __future__ import annotations

import sys

from infra.errors import ConfigurationError, InvalidInput, PaeError


def main() -> None:
    """Run the command line. Exit 0: done; 1: it could not be done; 2: wrong use or settings; 130: interrupted."""
    from infra.cli.app import app, errors  # Typer and Rich are only needed here

    try:
        app()
    except PaeError as error:
        errors.print(f"[bold red]pae:[/] {error}", highlight=False, soft_wrap=True)
        sys.exit(2 if isinstance(error, ConfigurationError | InvalidInput) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
