"""`kb stats`, `kb doctor`, `kb rebuild` and `kb export`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from kb.answers import CaseAnswer
from kb.checkup import Check, Disagreements
from kb.cli.shared import WORDS, json_option, open_base, print_json, progress_bar, tell
from kb.desk import STAGE_LABELS
from kb.errors import IndexUnavailable
from kb.labels import KIND_LABELS
from kb.model import Kind, Status
from kb.service import KnowledgeBase
from kb.store.originals import FIND_KEY


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
    tell(f"案例 {overview.records} 件，法规条文 {overview.articles} 条")
    for code, count in overview.by_kind.items():
        tell(f"  {KIND_LABELS[Kind(code)]}：{count} 件")
    if overview.newest_batch:
        tell(f"最新批次：{overview.newest_batch}")
    if overview.newest_published:
        tell(f"最近发布：{overview.newest_published}")


@click.command()
@click.option("--fix", is_flag=True, help="按库重建索引")
@json_option
def doctor(fix: bool, as_json: bool) -> None:
    """检查库与索引是否一致、封存的原文能否打开；有一项不合格时退出码为 1。不加 --fix 时只看不改。

    例：kb doctor --fix
    """
    base = open_base(mend=fix)
    apart = _apart(base)
    if fix and (apart is None or any(apart) or base.checkup.damaged()):
        with progress_bar("重建索引", base.overview().records) as advance:
            base.rebuild(advance)
        apart = _apart(base)
    if fix and not base.statutes_are_indexed():
        with progress_bar("建立法规索引", base.statutes.counts().articles) as advance:
            base.index_statutes(advance)
    checks = [*base.checkup.checks(), base.statute_check(), _originals(base), _agreement(apart)]
    agree = all(check.ok for check in checks)
    if as_json:
        found = {
            "ok": agree,
            **{name: sorted(ids) for name, ids in (apart._asdict() if apart else {}).items()},
            "checks": [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in checks],
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for check in checks:
            tell(f"{'✓' if check.ok else '✗'} {check.name}：{check.detail}")
    raise SystemExit(0 if agree else 1)


def _apart(base: KnowledgeBase) -> Disagreements | None:
    """Where index and store differ; None where the index cannot be read."""
    try:
        return base.checkup.disagreements()
    except IndexUnavailable:
        return None


def _originals(base: KnowledgeBase) -> Check:
    name, kept = "封存的原文", base.desk.originals()
    told = f"{kept.total} 份"
    if kept.total and not kept.keeps:
        return Check(name, True, f"{told}，现在不保留原文（KB_ORIGINALS=off），不能查看")
    if kept.total and not kept.has_key:
        return Check(name, False, f"{told}，密钥不见了：{FIND_KEY}")
    if kept.lost:
        why = "密钥不是封存时的那一把，或数据被改动"
        return Check(name, False, f"{told}，{kept.lost} 份打不开，{why}：{FIND_KEY}")
    return Check(name, True, f"{told}，都能打开" if kept.total else "没有")


def _agreement(apart: Disagreements | None) -> Check:
    name, hint = "库与索引", "请运行 kb doctor --fix"
    if apart is None:
        return Check(name, False, f"索引读不了，{hint}")
    if any(apart):
        missing, surplus, stale = map(len, apart)
        return Check(name, False, f"索引缺 {missing} 件、多 {surplus} 件、旧 {stale} 件，{hint}")
    return Check(name, True, "一致")


@click.command()
def rebuild() -> None:
    """按库重建索引；重建期间旧索引照常可用，完成后一次切换。

    例：kb rebuild
    """
    base = open_base()
    total = base.overview().records
    with progress_bar("重建索引", total) as advance:
        base.rebuild(advance)
    tell(f"索引已重建，共 {base.overview().records} 件")


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option("--batch", type=WORDS, default="", help="只要这一批，写批次名称的一部分即可")
@click.option(
    "--docx",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写成一份存卷用的 DOCX 文件",
)
def export(form: str, batch: str, file: Path | None) -> None:  # noqa: ARG001 - names the one form
    """导出已发布案例：写到标准输出，一件一行；或写成一份 DOCX。

    \b
    例：kb export --format jsonl > cases.jsonl
    例：kb export --batch 2025年川渝典型案例 --docx 存卷.docx
    """
    cases = (case for case in open_base().published() if batch in case.batch)
    if file is None:
        for case in cases:
            click.echo(case.model_dump_json())
        return
    found = sorted(cases, key=lambda case: (case.batch, case.origin, case.position))
    if not found:
        raise click.ClickException(
            f"没有批次名称含“{batch}”的已发布案例" if batch else "没有已发布案例"
        )
    _write_docx(found, file)
    tell(f"已写入 {file}，共 {len(found)} 件")


def _write_docx(cases: list[CaseAnswer], file: Path) -> None:
    from kb.paper import Mark, Paper, named, write  # loaded late: it takes a while

    papers = [Paper(case, Mark.PUBLIC, STAGE_LABELS[Status.PUBLISHED]) for case in cases]
    try:
        with file.open("wb") as out:
            write(named(case.batch for case in cases), papers, date.today(), out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise click.ClickException(f"无法写入 {file}（{reason}）") from error
