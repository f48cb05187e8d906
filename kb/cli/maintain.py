"""`kb stats`, `kb doctor`, `kb rebuild` and `kb export`."""

from __future__ import annotations

import json

import click

from kb.cli.shared import console, json_option, open_base, print_json, progress_bar
from kb.labels import KIND_LABELS
from kb.model import Kind


@click.command()
@json_option
def stats(as_json: bool) -> None:
    """库中有什么：件数、种类、最新批次。

    例：kb stats --json
    """
    overview = open_base().overview()
    if as_json:
        print_json(overview)
        return
    console.print(f"案例 {overview.records} 件，法规条文 {overview.articles} 条", highlight=False)
    for code, count in overview.by_kind.items():
        console.print(f"  {KIND_LABELS[Kind(code)]}：{count} 件", highlight=False)
    if overview.newest_batch:
        console.print(f"最新批次：{overview.newest_batch}", highlight=False)
    if overview.newest_published:
        console.print(f"最近发布：{overview.newest_published}", highlight=False)


@click.command()
@click.option("--fix", is_flag=True, help="按库重建索引")
@json_option
def doctor(fix: bool, as_json: bool) -> None:
    """检查库与索引是否一致；不一致时退出码为 1。

    例：kb doctor --fix
    """
    base = open_base()
    missing, surplus = base.disagreements()
    if (missing or surplus) and fix:
        with progress_bar("重建索引", base.overview().records) as advance:
            base.rebuild(advance)
        missing, surplus = base.disagreements()
    checks = base.checks()
    agree = not missing and not surplus and all(check.ok for check in checks)
    if as_json:
        found = {
            "ok": agree,
            "missing": sorted(missing),
            "surplus": sorted(surplus),
            "checks": [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in checks],
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for check in checks:
            console.print(
                f"{'✓' if check.ok else '✗'} {check.name}：{check.detail}", highlight=False
            )
        if missing or surplus:
            console.print(
                f"✗ 索引缺 {len(missing)} 件、多 {len(surplus)} 件，请运行 kb doctor --fix",
                highlight=False,
            )
        else:
            console.print("✓ 库与索引一致", highlight=False)
    raise SystemExit(0 if agree else 1)


@click.command()
def rebuild() -> None:
    """按库重建索引；重建期间旧索引照常可用，完成后一次切换。

    例：kb rebuild
    """
    base = open_base()
    total = base.overview().records
    with progress_bar("重建索引", total) as advance:
        base.rebuild(advance)
    console.print(f"索引已重建，共 {base.overview().records} 件", highlight=False)


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
def export(form: str) -> None:  # noqa: ARG001 - one form so far; the option names it
    """把全部已发布案例写到标准输出，一件一行。

    例：kb export --format jsonl > cases.jsonl
    """
    for case in open_base().published():
        click.echo(case.model_dump_json())
