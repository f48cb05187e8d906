"""Serves the site with waitress, a production WSGI server."""

from __future__ import annotations

import errno
import logging
import socket
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from kb.desk.runner import Runner
from web.app import create_app
from web.settings import Settings

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

MAX_HEADERS = 262_144  # bytes: a pasted text of 20,000 characters, percent-encoded, is a query too
GRACE = 20.0
"""Seconds that requests have to end once the server is told to stop."""
_CONNECTIONS = 1_000  # browsers keep some open each; waitress stops listening at its own 100
_TURN = 1.0
# A machine without IPv6 knows localhost by both kinds of address all the same.
_NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def listen(host: str, port: int) -> list[socket.socket]:
    """The sockets of an address, taken but not yet listening: who connects is refused until a
    server is there. Port 0: any free one. Raises OSError where the address is taken or unknown."""
    sockets: list[socket.socket] = []
    absent: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(
        host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        try:
            sockets.append(_bound(family, kind, protocol, address))
        except OSError as error:
            if error.errno not in _NOT_HERE:
                for taken in sockets:
                    taken.close()
                raise
            absent = error
    if absent and not sockets:
        raise absent
    return sockets


class Server:
    """Serves on sockets, which it closes in the end; other processes may serve on the same."""

    def __init__(
        self,
        kb: KnowledgeBase,
        sockets: Sequence[socket.socket],
        threads: int,
        settings: Settings,
    ) -> None:
        """Listens from now on; the requests wait for `run`."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self.port: int = sockets[0].getsockname()[1]
        self._stopping = threading.Event()
        self._map: dict[int, wasyncore.dispatcher] = {}
        app = create_app(kb, settings=settings)
        self._jobs: Runner = app.extensions["jobs"]
        create_server(
            app,
            map=self._map,
            sockets=list(sockets),
            threads=threads,
            connection_limit=_CONNECTIONS,
            ident=None,
            max_request_header_size=MAX_HEADERS,
        )
        self._listeners = [one for one in self._map.values() if isinstance(one, BaseWSGIServer)]

    def run(self) -> None:
        """Serves until `stop`, and does the jobs that were left undone; then whoever was heard
        before is still answered, and the item of a job at hand done, for GRACE seconds at most."""
        self._jobs.wake()
        while not self._stopping.is_set():
            self._turn(_TURN)
        self._turn(0)  # what was sent before the end is read
        for listener in self._listeners:
            wasyncore.dispatcher.close(listener)
        deadline = time.monotonic() + GRACE
        while self._busy() and time.monotonic() < deadline:
            self._turn(0.1)
        self._listeners[0].task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)
        self._jobs.end(max(0.0, deadline - time.monotonic()))

    def stop(self) -> None:
        """Ends `run`. May be called from any thread, and from a signal handler."""
        self._stopping.set()
        for listener in self._listeners:
            listener.pull_trigger()

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _busy(self) -> bool:
        """Whether anyone waits for an answer; connections on which nobody does are closed."""
        channels = [one for one in self._map.values() if isinstance(one, HTTPChannel)]
        for channel in channels:
            if not channel.requests and not channel.total_outbufs_len:
                channel.will_close = True
        return bool(channels)


def server(kb: KnowledgeBase, host: str, port: int, threads: int, *, settings: Settings) -> Server:
    """A server on an address of its own, see `listen`."""
    return Server(kb, listen(host, port), threads, settings)


def _bound(family: int, kind: int, protocol: int, address: tuple[str, int]) -> socket.socket:
    taken = socket.socket(family, kind, protocol)
    try:
        if family == socket.AF_INET6:
            taken.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError:
        taken.close()
        raise
    return taken
