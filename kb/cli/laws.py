"""`kb laws`: import statutes, list them, show a provision."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from ingest.statutes.importing import Outcome, Report, find_files, import_statutes
from kb.cli.shared import (
    WORDS,
    check_report,
    console,
    json_option,
    open_base,
    progress_bar,
    remark,
    remarks,
    settings_with_home,
    tell,
)
from kb.errors import BadRequest
from kb.law.provisions import Pinpoint, parse_address, place
from kb.statutes import ArticlePage, StatuteBook, VersionText
from kb.statutes.values import Edition, Force
from kb.store.database import open_database
from kb.store.statutes import StatuteStore

FORCE_LABELS = {
    Force.COMING: "尚未施行",
    Force.IN_FORCE: "现行有效",
    Force.SUPERSEDED: "已被修改",
    Force.REPEALED: "已废止",
}


@click.group()
def laws() -> None:
    """法规全文：导入、查看版本与条文。"""


@laws.command("import")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="把逐个文件的导入结果写成 JSON 文件",
)
@json_option
def import_laws(paths: tuple[str, ...], report: Path | None, as_json: bool) -> None:
    """导入法规全文：文件、文件夹或通配符，Markdown（.md）与国家法律法规数据库的 Word（.docx）。

    例：kb laws import ../laws --report laws.json

    \b
    未变动的文件自动跳过；中断后再次运行会接着导入。
    个别文件读不懂不影响其余文件，其位置与原因列在最后。
    退出码：0 全部成功；1 有文件未能导入；2 用法有误。
    """
    try:
        files = find_files(paths)
    except BadRequest as error:
        raise click.UsageError(error.reason) from error
    check_report(report)
    with _progress(len(files)) as advance:
        done = import_statutes(open_book(), files, advance)
    told = json.dumps(report_json(done), ensure_ascii=False, indent=2)
    if report:
        try:
            report.write_text(told + "\n", encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"无法写入 {report}：{error.strerror}") from error
    if as_json:
        click.echo(told)
    else:
        _print_report(done)
    if done.count("new") or done.count("changed"):
        remark("检索到新的条文之前要更新索引：运行 kb laws index，或由 kb serve 在后台更新")
    raise SystemExit(1 if done.failed else 0)


@laws.command("index")
def index_laws() -> None:
    """建立或更新法规条文的检索索引；kb serve 也会在后台做这件事。

    例：kb laws index
    """
    base = open_base()
    with progress_bar("建立法规索引", base.statutes.counts().articles) as advance:
        base.index_statutes(advance)
    tell(f"法规条文索引已更新，共 {base.statutes.counts().articles} 条")


@laws.command("list")
@click.argument("words", type=WORDS, required=False, default="")
@json_option
def list_laws(words: str, as_json: bool) -> None:
    """列出已导入全文的法规及其版本；可给出标题中的词。

    例：kb laws list 行政复议
    """
    works = open_book().works(words)
    if as_json:
        rows = [
            {
                "work": work.title,
                "full_title": work.full_title,
                "kind": work.kind.value if work.kind else None,
                "issuer": work.issuer,
                "versions": [
                    {"version": str(v.day), "certain": v.certain, "articles": v.articles}
                    for v in work.versions
                ],
            }
            for work in works
        ]
        _echo(rows)
        return
    for work in works:
        versions = "、".join(f"{v.day}（{v.articles} 条）" for v in work.versions)
        tell(Text.assemble(work.title, ("　" + versions, "dim")))
    tell(f"共 {len(works)} 部")


@laws.command("show")
@click.argument("address", type=WORDS)
@json_option
def show_law(address: str, as_json: bool) -> None:
    """查看一部法规或其中一条：法规名[@版本][/art-条[/para-款[/item-项]]]。

    \b
    例：kb laws show 行政处罚法@2021-07-15/art-33/para-1
    例：kb laws show 行政复议法
    """
    try:
        asked = parse_address(address)
    except BadRequest as error:
        raise click.UsageError(error.reason) from error
    book = open_book()
    if asked.at.article is None:
        text = book.text(asked.work, asked.version)
        if as_json:
            _echo(text_json(text))
        else:
            _print_text(text)
        return
    page = book.article(asked)
    if as_json:
        _echo(article_json(page))
    else:
        _print_article(page)


def open_book() -> StatuteBook:
    """The statutes of the base that the environment names."""
    settings = settings_with_home()
    return StatuteBook(StatuteStore(open_database(settings.database_url)))


def _echo(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def report_json(done: Report) -> dict[str, Any]:
    return {
        "files": len(done.outcomes),
        **{state: done.count(state) for state in ("new", "changed", "unchanged", "copy", "failed")},
        "articles": done.articles,
        "seconds": round(done.seconds, 2),
        "articles_per_second": round(done.rate),
        "sources": [_outcome_json(outcome) for outcome in done.outcomes],
    }


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    told = {**asdict(outcome), "version": str(outcome.version) if outcome.version else ""}
    return {name: value for name, value in told.items() if value or name == "articles"}


def text_json(text: VersionText) -> dict[str, Any]:
    return {
        "work": text.about.title,
        "full_title": text.about.full_title,
        "version": str(text.edition.day),
        "editions": [_edition_json(edition) for edition in text.about.editions],
        "history": list(text.history),
        "preamble": text.preamble,
        "articles": [
            {"article": a.number, "headings": list(a.headings), "text": a.text}
            for a in text.articles
        ],
    }


def article_json(page: ArticlePage) -> dict[str, Any]:
    span = page.span
    return {
        "address": page.provision.address(),
        "label": page.label,
        "work": page.about.title,
        "version": str(page.edition.day),
        "force": page.edition.force.value,
        "article": page.article.number,
        "headings": list(page.article.headings),
        "text": page.article.text,
        "asked": {"start": span.start, "end": span.end} if span else None,
        "cited": page.cited,
    }


def _edition_json(edition: Edition) -> dict[str, Any]:
    return {
        "version": str(edition.day),
        "certain": edition.certain,
        "adopted": str(edition.adopted) if edition.adopted else None,
        "last_day": str(edition.last_day) if edition.last_day else None,
        "force": edition.force.value,
        "has_text": edition.has_text,
        "articles": edition.articles,
    }


def _print_report(done: Report) -> None:
    for outcome in done.failed:
        where = f"{outcome.origin}（{outcome.place}）" if outcome.place else outcome.origin
        tell(Text(f"✗ {where}：{outcome.reason}"))
    for outcome in done.outcomes:
        if outcome.state == "copy":
            tell(
                Text(
                    f"· {outcome.origin}：与 {outcome.copy_of} 是同一版本，未重复收入", style="dim"
                )
            )
    tell(
        f"文件 {len(done.outcomes)} 个：新增 {done.count('new')}，更新 {done.count('changed')}，"
        f"未变 {done.count('unchanged')}，重复 {done.count('copy')}，失败 {len(done.failed)}；"
        f"条文 {done.articles} 条，用时 {done.seconds:.1f} 秒（{done.rate:.0f} 条/秒）",
    )


def _print_text(text: VersionText) -> None:
    tell(Text(text.about.full_title, style="bold"))
    table = Table("版本（施行日）", "通过", "效力", "全文", box=None)
    for edition in text.about.editions:
        shown = "当前显示" if edition.day == text.edition.day else ""
        here = f"{edition.articles} 条" if edition.has_text else "未导入"
        day = f"{edition.day}{'' if edition.certain else '（推定）'}"
        table.add_row(
            day, str(edition.adopted or ""), FORCE_LABELS[edition.force], f"{here} {shown}"
        )
    console.print(table)
    for line in (*text.history, text.preamble):
        if line:
            tell(Text(line, style="dim" if line != text.preamble else ""))
    begins: dict[int | str, list[str]] = {}
    for entry in text.outline:
        begins.setdefault(entry.first, []).append(entry.text)
    for article in text.articles:
        for heading in begins.get(article.number, ()):
            tell(Text(f"\n{heading}", style="bold"))
        tell(Text(f"{place(Pinpoint(article.number))}　{article.text}"))


def _print_article(page: ArticlePage) -> None:
    tell(Text(f"{page.label}　{page.edition.day} 起施行", style="bold"))
    tell(Text("　".join(page.article.headings), style="dim"))
    shown = Text(page.article.text)
    if page.span:
        shown.stylize("bold yellow", page.span.start, page.span.end)
    else:
        tell("这一条没有所指的款或项，以下为全条：")
    tell(shown)
    facts = [FORCE_LABELS[page.edition.force], f"引用案例 {page.cited} 件"]
    tell(Text("　".join(facts), style="dim"))


@contextmanager
def _progress(files: int) -> Iterator[Callable[[int, int], None]]:
    """A bar by files, with the rate in articles, on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=remarks, transient=True) as progress:
        task = progress.add_task("导入法规", total=files, rate="")
        articles = 0

        def advance(more_files: int, more_articles: int) -> None:
            nonlocal articles
            articles += more_articles
            elapsed = progress.tasks[0].elapsed or 0
            rate = f"{articles} 条，{articles / elapsed:.0f} 条/秒" if elapsed else ""
            progress.update(task, advance=more_files, rate=rate)

        yield advance
