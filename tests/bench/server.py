"""`kb serve` as a process of its own, over a KB_HOME."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.processes import Memory, cpu_seconds, memory

HOST = "127.0.0.1"
_PATIENCE = 3_600  # seconds: an index of another version is made anew first


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers. pid: of the process that was started."""

    pid: int
    port: int

    def memories(self) -> list[Memory]:
        """Of each process that serves."""
        return [memory(pid) for pid in self._workers()]

    def cpu_seconds(self) -> float:
        """What those processes have used of the processors."""
        return sum(map(cpu_seconds, self._workers()))

    def _workers(self) -> list[int]:
        """Those that it started, or itself."""
        return [pid for pid in _children(self.pid) if _serves(pid)] or [self.pid]


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Serving]:
    """Ends with the block. The rate of requests is not limited."""
    port = _free_port()
    environment = {**os.environ, "KB_HOME": str(home), "KB_RATE_LIMIT": "off"}
    command = [sys.executable, "-m", "kb.cli", "serve", "--port", str(port), *options]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            _wait(process, port)
            yield Serving(process.pid, port)
        except BaseException:
            said.seek(0)
            print(said.read().decode()[-4_000:], file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait()


def get(connection: HTTPConnection, path: str) -> tuple[int, bytes]:
    """Status and body."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection((HOST, port), timeout=60).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("kb serve did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port: int = taken.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _serves(pid: int) -> bool:
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
