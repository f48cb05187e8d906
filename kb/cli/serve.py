"""`kb serve`."""

from __future__ import annotations

from threading import Thread

import click

from kb.cli.shared import (
    open_base,
    tell,
)
from kb.search.request import SearchRequest


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
def serve(host: str, port: int, threads: int) -> None:
    """启动网站与接口。

    例：kb serve --port 8080
    """
    from web.serve import server

    base = open_base()
    try:
        listening = server(base, host, port, threads)
    except OSError as error:
        raise click.ClickException(f"无法监听 {host}:{port}：{error.strerror or error}") from error
    base.search(SearchRequest(q="行政复议"))  # dictionaries are read now, not at the first query
    Thread(target=base.index_statutes, name="statute-index", daemon=True).start()
    overview = base.overview()
    tell(
        f"已载入案例 {overview.records} 件"
        + (f"，最新批次：{overview.newest_batch}" if overview.newest_batch else ""),
    )
    tell(f"网站地址：http://{host}:{port}　（按 Ctrl+C 停止）")
    listening.run()
