"""`kb ingest`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.progress import Progress, TaskID

from ingest.extract import Options
from ingest.inputs import shown
from ingest.pipeline import ingest as run
from ingest.report import Outcome, Report
from kb import places
from kb.cli.shared import (
    check_report,
    json_option,
    new_progress,
    open_base,
    progress_bar,
    remark,
    tell,
)

_LABELS = {
    Outcome.ADDED: "新增",
    Outcome.UPDATED: "更新",
    Outcome.UNCHANGED: "未变",
    Outcome.FAILED: "失败",
    Outcome.DRY_RUN: "试读",
}
_INTERRUPTED = 130


@click.command()
@click.argument("sources", metavar="PATH_OR_URL...", nargs=-1, required=True)
@click.option("--publisher", default="", help="发布机关（页面未写明时）")
@click.option("--batch", default="", help="批次名称（页面未写明时）")
@click.option("--region", default="", help="地区名称或代码")
@click.option("--dry-run", is_flag=True, help="只读取并报告，不入库")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="把报告写成 JSON")
@click.option("--force", is_flag=True, help="读过且未变的来源也重新读取")
@click.option("--allow-private", is_flag=True, help="允许抓取内网与本机地址")
@json_option
def ingest(
    sources: tuple[str, ...],
    publisher: str,
    batch: str,
    region: str,
    dry_run: bool,
    report: Path | None,
    force: bool,
    allow_private: bool,
    as_json: bool,
) -> None:
    """导入网页、Markdown、DOCX、PDF、文本、JSONL 文件，文件夹、通配符或网址。

    例：kb ingest 网页/ 案例.docx 'https://example.org/case.html' --batch 第一批

    \b
    中断后再次运行即可继续；内容未变的来源自动跳过。
    退出码：0 全部成功，1 有来源失败（逐一列出），2 用法有误。
    """
    if region and places.widen(region) is None:
        raise click.UsageError(
            f"--region：没有“{region}”这个地区，请写名称（渝中区）或代码（500103）"
        )
    if report and not report.absolute().parent.is_dir():
        raise click.UsageError(f"--report：文件夹 {report.parent} 不存在")
    check_report(report)
    base = open_base()
    known = base.statutes.registry()
    options = Options(publisher=publisher, batch=batch, region=region, known=known)
    try:
        found = run(
            base,
            sources,
            options,
            _Bar(),
            dry_run=dry_run,
            allow_private=allow_private,
            force=force,
        )
        with progress_bar("写入索引", base.backlog()) as advance:
            base.index_changes(advance)
    except KeyboardInterrupt:
        remark("已中断；已导入的不会丢失，再次运行同一命令即可继续")
        raise SystemExit(_INTERRUPTED) from None
    if report:
        report.write_text(found.to_json(), "utf-8")
    if as_json:
        click.echo(found.to_json())
    else:
        _print_report(found)
    raise SystemExit(1 if found.failed else 0)


class _Bar:
    """The pipeline's progress as a Rich bar."""

    _progress: Progress
    _task: TaskID

    def start(self, total: int) -> None:
        self._progress = new_progress()
        self._task = self._progress.add_task("导入", total=total)
        self._progress.start()

    def step(self, origin: str) -> None:
        self._progress.update(self._task, advance=1, description=f"导入 {Path(origin).name[:24]}")

    def finish(self) -> None:
        self._progress.stop()


def _print_report(report: Report) -> None:
    for source in report.sources:
        for warning in source.warnings:
            remark(f"注意 {shown(source.origin)}：{warning}", style="yellow")
        for error in source.errors:
            remark(f"失败 {shown(source.origin)}：{error}", style="red")
    for ignored in report.ignored:
        remark(f"略过 {ignored}", style="dim")
    counts = report.counts()
    told = (
        "，".join(f"{_LABELS[o]} {counts[o]}" for o in Outcome if counts[o]) or "没有可导入的文件"
    )
    cases = sum(len(source.titles) for source in report.sources)
    tell(f"来源 {len(report.sources)} 个：{told}；读出案例 {cases} 件")
