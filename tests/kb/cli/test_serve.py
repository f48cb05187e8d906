"""`kb serve` with real processes: several share a port, one that dies is replaced, all end well."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from ingest.extract import Options
from ingest.pipeline import ingest
from kb.errors import KnowledgeBaseError
from kb.service import KnowledgeBase
from kb.settings import Settings
from web.workers import Workers

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and processes of POSIX")
PAGE = """# 某公司不服某局处罚案（示例）

## 基本案情

{words}，某局对某公司罚款一千元，该公司申请行政复议。

## 复议办理

复议机关认为事实清楚，决定维持。
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def base(home: Path) -> KnowledgeBase:
    opened = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}))
    publish(opened, home / "first.md", "起初就有的文字")
    return opened


@pytest.fixture(scope="module")
def served(home: Path, base: KnowledgeBase) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`kb serve --workers 2` over the base, and its port."""
    assert base.overview().records
    port = free_port()
    process = kb_serve(home, port, "--workers", "2")
    assert process.stdout is not None
    while "网站地址" not in (line := process.stdout.readline()):
        assert line, process.communicate()[1]
    yield process, port
    process.kill()
    process.communicate()


def kb_serve(home: Path, port: int, *more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "KB_HOME": str(home), "KB_RATE_LIMIT": "off"}
    return subprocess.Popen(
        [sys.executable, "-m", "kb.cli", "serve", "--port", str(port), *more],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def publish(base: KnowledgeBase, page: Path, words: str, *, index: bool = True) -> None:
    page.write_text(PAGE.format(words=words), "utf-8")
    assert not ingest(base, [str(page)], Options()).failed
    if index:
        base.index_changes()


def total(port: int, quoted: str) -> int:
    """How many records one of the processes finds; each call is a new connection."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as asking:
        asking.request("GET", "/api/v1/search?q=" + quote(f'"{quoted}"'))
        said = asking.getresponse().read().decode()
    found = re.search(r'"total":(\d+)', said)
    assert found, said
    return int(found.group(1))


def workers(process: subprocess.Popen[str]) -> set[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {
        int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    }


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_every_process_sees_a_change_at_once(
    base: KnowledgeBase, served: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    process, port = served
    assert len(workers(process)) == 2
    for turn in range(3):
        words = f"第{turn}回新发布的文字"
        publish(base, tmp_path / f"{turn}.md", words)
        assert [total(port, words) for _ in range(8)] == [1] * 8
        [record] = [case.id for case in base.published() if words in case.text]
        base.withdraw(record, "示例撤回", "tests")
        assert [total(port, words) for _ in range(8)] == [0] * 8


def test_what_its_maker_left_unindexed_is_indexed(
    base: KnowledgeBase, served: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    publish(base, tmp_path / "left.md", "发布者中途离开", index=False)
    assert eventually(lambda: total(served[1], "发布者中途离开") == 1, seconds=10)


def test_a_process_that_dies_is_replaced_and_nobody_waits_for_it(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = served
    before = workers(process)
    dead = min(before)
    os.kill(dead, signal.SIGKILL)
    assert total(port, "起初就有的文字") == 1
    assert eventually(lambda: len(workers(process) - {dead}) == 2)
    assert process.poll() is None


def test_an_address_that_is_taken_is_told_with_what_to_do(
    home: Path, served: tuple[subprocess.Popen[str], int]
) -> None:
    second = kb_serve(home, served[1])
    said = second.communicate(timeout=60)[1]
    assert second.returncode == 1
    assert str(served[1]) in said
    assert "--port" in said


def test_it_ends_when_told_but_answers_first(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    body = json.dumps({"text": "依据《行政处罚法》第三十三条第一款。" * 10_000})
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as asking:
        asking.request("POST", "/api/v1/citations", body, {"Content-Type": "application/json"})
        time.sleep(0.1)  # it is being read by now, and takes a second
        process.send_signal(signal.SIGTERM)
        answer = asking.getresponse()
        assert answer.status == 200
        assert answer.read().endswith(b"}")
    assert process.wait(30) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_processes_that_cannot_start_are_not_started_for_ever(
    capfd: pytest.CaptureFixture[str],
) -> None:
    lost: list[int | None] = []
    with pytest.raises(KnowledgeBaseError, match="无法启动"):
        Workers(2, int, "no number").run(lambda: None, lost.append, grace=5)
    assert lost == [1, 1]
    assert "Error" in capfd.readouterr().err
