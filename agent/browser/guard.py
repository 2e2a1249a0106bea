"""The egress guard: a SOCKS5 proxy inside the worker through which a browser context reaches the world.

Every connection that is not on the context's bypass list (hosts that are the website's own and that the operator
allows by name) comes here: name resolution, the address check and the connection are one step, so that a name cannot
resolve to one address for the check and to another for the connection. The check runs once per connection, not per
request. Only what SOCKS5 needs for CONNECT is implemented (RFC 1928).
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from collections import OrderedDict
from collections.abc import Sequence

from infra.egress import host_allowed, reachable
from infra.errors import ForbiddenAddress, InvalidInput

CHUNK = 65_536
CONNECT_SECONDS = 10.0
REMEMBERED = 200

_VERSION, _NO_AUTH, _CONNECT = 5, 0, 1
_OK, _NOT_ALLOWED, _HOST_UNREACHABLE, _REFUSED, _BAD_COMMAND = 0, 2, 4, 5, 7


class Guard:
    """One per set of rules; contexts of one website share it."""

    def __init__(self, allow_private: Sequence[str], only_hosts: Sequence[str] | None) -> None:
        self._allow_private = allow_private
        self._only_hosts = only_hosts
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self._refusals: OrderedDict[tuple[str, int], Exception] = OrderedDict()
        self.port = 0

    async def start(self) -> None:
        """Listen on a free loopback port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close everything."""
        if self._server is not None:
            self._server.close()
        for task in set(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def refusal(self, host: str, port: int) -> Exception | None:
        """Return why a connection to this host was last refused; None where it was not."""
        return self._refusals.get((host, port))

    def _refuse(self, host: str, port: int, error: Exception) -> None:
        self._refusals.pop((host, port), None)
        self._refusals[host, port] = error
        while len(self._refusals) > REMEMBERED:
            self._refusals.popitem(last=False)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine that runs has a task
        self._open.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        version, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        if version != _VERSION:
            return
        writer.write(bytes([_VERSION, _NO_AUTH]))
        _, command, _, kind = await reader.readexactly(4)
        if kind == 1:
            host = str(ipaddress.IPv4Address(await reader.readexactly(4)))
        elif kind == 4:
            host = str(ipaddress.IPv6Address(await reader.readexactly(16)))
        else:
            (length,) = await reader.readexactly(1)
            host = (await reader.readexactly(length)).decode("ascii", "replace").lower().rstrip(".")
        port = int.from_bytes(await reader.readexactly(2))
        if command != _CONNECT:
            await self._reply(writer, _BAD_COMMAND)
            return
        upstream = await self._connect(host, port, writer)
        if upstream is not None:
            await self._reply(writer, _OK)
            await _pipe_both(reader, writer, *upstream)

    async def _connect(
        self, host: str, port: int, writer: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            if self._only_hosts is not None and not self._listed(host, port):
                raise ForbiddenAddress(f"{host}:{port} is not one of the website's hosts")
            address = await reachable(host, port, self._allow_private)
        except ForbiddenAddress as error:
            self._refuse(host, port, error)
            await self._reply(writer, _NOT_ALLOWED)
            return None
        except InvalidInput as error:
            self._refuse(host, port, error)
            await self._reply(writer, _HOST_UNREACHABLE)
            return None
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                connected = await asyncio.open_connection(address, port)
        except (OSError, TimeoutError) as error:
            self._refuse(host, port, InvalidInput(f"{host}:{port} cannot be connected to: {error or 'no answer'}"))
            await self._reply(writer, _REFUSED)
            return None
        self._refusals.pop((host, port), None)
        return connected

    def _listed(self, host: str, port: int) -> bool:
        return any(host_allowed(host, port, scheme, self._only_hosts or ()) for scheme in ("http", "https"))

    async def _reply(self, writer: asyncio.StreamWriter, code: int) -> None:
        writer.write(bytes([_VERSION, code, 0, 1, 0, 0, 0, 0, 0, 0]))
        await writer.drain()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


async def _pipe_both(
    near_reader: asyncio.StreamReader,
    near_writer: asyncio.StreamWriter,
    far_reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
) -> None:
    try:
        await asyncio.gather(_pipe(near_reader, far_writer), _pipe(far_reader, near_writer))
    finally:
        far_writer.close()
