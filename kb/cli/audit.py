"""`kb audit`: whether the log of what was done is whole, and what it says."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from kb.cli.shared import WORDS, json_option, settings_with_home, tell
from kb.store.database import open_database
from kb.store.desk import DeskStore


@click.group()
def audit() -> None:
    """操作记录：谁在何时做了什么；只增不改，前后以哈希相连。"""


@audit.command("verify")
@json_option
def verify_audit(as_json: bool) -> None:
    """核对操作记录是否完整；有一条被改动或抽走时退出码为 1，并指出第一处。

    \b
    例：kb audit verify
    末尾的哈希可另行抄存：以后核对时它应仍在链中，可发现整段截尾。
    """
    store = _store()
    verdict = store.verify_audit()
    if as_json:
        click.echo(json.dumps({**asdict(verdict), "ok": not verdict.broken}, indent=2))
    elif verdict.broken:
        tell(f"✗ 操作记录 {verdict.entries} 条，第 {verdict.broken[0]} 条起被改动或有缺失")
    else:
        tell(f"✓ 操作记录 {verdict.entries} 条，完整；末尾哈希 {verdict.head}")
    raise SystemExit(1 if verdict.broken else 0)


@audit.command("list")
@click.option("--record", type=WORDS, help="只看一件案例")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@json_option
def list_audit(record: str | None, limit: int, as_json: bool) -> None:
    """列出最近的操作，新的在前。

    例：kb audit list --record 7k2m9xq4rt
    """
    entries = _store().entries(record, limit=limit)
    if as_json:
        rows = [asdict(entry) | {"detail": json.loads(entry.detail)} for entry in entries]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for entry in entries:
        at, about = entry.at[:19].replace("T", " "), entry.record_id or "-"
        tell(f"{entry.seq}  {at}Z  {entry.who}  {entry.action}  {about}  {entry.detail}")


def _store() -> DeskStore:
    return DeskStore(open_database(settings_with_home().database_url))
