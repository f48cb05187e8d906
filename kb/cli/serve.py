"""`kb serve`."""

from __future__ import annotations

import errno
import gc
import logging
import multiprocessing
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from types import FrameType
from typing import TYPE_CHECKING

import click

from kb.accounts import Accounts, UserRole
from kb.cli.shared import doer, open_base, remark, tell
from kb.errors import IndexUnavailable, KnowledgeBaseError
from kb.search.request import SearchRequest

if TYPE_CHECKING:
    from kb.service import KnowledgeBase
    from web.settings import Settings

_log = logging.getLogger(__name__)
# A change that its maker left unindexed is in the index after so many seconds.
_LOOK = 0.5
FIRST = "admin"
"""The first administrator, where one is made at the first run."""
_ANY = ("", "0.0.0.0", "::")  # addresses at which no browser asks
_AFTER_FAILURE = 30.0
_REASONS = {
    errno.EADDRINUSE: "端口已被占用，请先停止占用它的程序，或用 --port 另选一个",
    errno.EACCES: "没有权限，1024 以下的端口通常需要管理员权限，请用 --port 另选一个",
    errno.EADDRNOTAVAIL: "本机没有这个地址，请检查 --host",
}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="PORT",
    default=8000,
    show_default="环境变量 PORT，否则 8000",
    help="监听端口",
)
@click.option("--threads", type=click.IntRange(1), default=8, show_default=True, help="线程数")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    envvar="KB_WORKERS",
    default=1,
    show_default="环境变量 KB_WORKERS，否则 1",
    help="进程数；多于一个时各进程共用一个端口，另有一个进程更新索引",
)
def serve(host: str, port: int, threads: int, workers: int) -> None:
    """启动网站与接口。

    例：kb serve --port 8080 --workers 2
    """
    from web.serve import listen
    from web.settings import Settings

    settings = Settings.from_environment()
    try:
        sockets = listen(host, port)
    except OSError as error:
        raise click.ClickException(f"无法监听 {host}:{port}：{_reason(error)}") from error
    base = open_base()
    try:
        _warm(base)
    except IndexUnavailable as error:  # it opens, but cannot be searched
        remark(f"{error}；现在重建")
        base.rebuild()
    overview = base.overview()
    tell(
        f"已载入案例 {overview.records} 件"
        + (f"，最新批次：{overview.newest_batch}" if overview.newest_batch else ""),
    )
    site = f"http://{host if host not in _ANY else '127.0.0.1'}:{port}"
    first_run(base.accounts, site, shown=sys.stdout.isatty())
    stopping = Event()
    try:
        _keep_indexed(base, stopping)
        address = f"网站地址：http://{host}:{port}　（按 Ctrl+C 停止）"
        if workers == 1:
            _serve(base, sockets, threads, settings, lambda: tell(address))
        else:
            several = address.replace("按 Ctrl+C", f"{workers} 个进程，按 Ctrl+C")
            _share(sockets, threads, settings, workers, several)
    finally:
        stopping.set()


def first_run(accounts: Accounts, site: str, *, shown: bool) -> None:
    """Where nobody can sign in to the desk yet, tells how. There is no default password: at a
    terminal the first administrator is made and their one-time link is shown; where nobody may be
    watching, as in the log of a service, no account is made and no link goes into a log.

    site: the address of the site. shown: whether what is printed goes to a terminal.
    """
    users = accounts.users()
    if any(one.password and not one.disabled for one in users):
        return
    waiting = next((one.name for one in users if not one.disabled), "")
    if waiting:
        tell(f"还没有人能登录审核台，账户 {waiting} 尚未设密码：运行 kb user reset {waiting}")
    elif shown and not users:
        link = accounts.add(FIRST, [UserRole.ADMIN], by=doer())
        tell(f"审核台还没有账户，已建立管理员 {FIRST}，请用一次性链接设置密码（24 小时内有效）：")
        tell(f"{site}/desk/welcome/{link}")
    else:
        tell(
            "还没有人能登录审核台：运行 kb user add 名字 --role admin 取得第一个管理员的一次性链接"
        )


def _warm(base: KnowledgeBase) -> None:
    """Reads the dictionaries now, not when first asked. Raises IndexUnavailable."""
    base.search(SearchRequest(q="行政复议"))
    base.complete("行政")


def work(sockets: list[socket.socket], threads: int, settings: Settings, said: Connection) -> None:
    """One of several processes that serve on the same sockets; see `web.workers`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all; the first one decides
    try:
        base = open_base(mend=False)
        with suppress(IndexUnavailable):  # the site says so, and what to do
            _warm(base)
        _serve(base, sockets, threads, settings, lambda: said.send(True))
    except KnowledgeBaseError as error:
        remark(f"Error: {error}")
        sys.exit(1)


def _share(
    sockets: list[socket.socket], threads: int, settings: Settings, workers: int, address: str
) -> None:
    from web.serve import GRACE
    from web.workers import Workers

    def lost(code: int | None) -> None:
        remark(f"一个工作进程意外结束（退出码 {code}），已启动新的进程代替")

    Workers(workers, work, sockets, threads, settings).run(lambda: tell(address), lost, GRACE + 5)


def _serve(
    base: KnowledgeBase,
    sockets: list[socket.socket],
    threads: int,
    settings: Settings,
    ready: Callable[[], None],
) -> None:
    """Serves until this process is told to end; one of several, until the first one has ended."""
    from web.serve import Server

    server = Server(base, sockets, threads, settings)
    first = multiprocessing.parent_process()
    if first is None:
        _at_signals((signal.SIGTERM, signal.SIGINT), server.stop)
    else:
        _at_signals((signal.SIGTERM,), server.stop)
        Thread(target=_follow, args=(first, server.stop), daemon=True).start()
    # What stays for good, some million objects, is no longer looked through for garbage, which
    # would hold up a request for a fifth of a second every now and then.
    gc.collect()
    gc.freeze()
    ready()
    server.run()


def _follow(first: BaseProcess, stop: Callable[[], None]) -> None:
    first.join()
    stop()


def _at_signals(numbers: tuple[int, ...], stop: Callable[[], None]) -> None:
    """The first of these signals ends in good order, a second one at once."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
        stop()

    for number in numbers:
        signal.signal(number, handle)


def _keep_indexed(base: KnowledgeBase, stopping: Event) -> None:
    """Makes the index of statutes and what duplicates are found by, and takes in what others
    published and did not live to index."""

    def changes() -> None:
        while not stopping.wait(_LOOK):
            try:
                base.index_changes()
            except Exception:  # nothing may end this: what others publish would not be found
                _log.exception("changes could not be indexed")
                stopping.wait(_AFTER_FAILURE)

    Thread(target=base.index_statutes, name="statute-index", daemon=True).start()
    Thread(target=base.desk.duplicates.prepare, name="sketches", daemon=True).start()
    Thread(target=changes, name="index-changes", daemon=True).start()


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
