"""`kb cite`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from kb.answers import CitationFound, CitationsFound
from kb.cited import decision_day, found
from kb.cli.shared import console, json_option, print_json, remark, tell
from kb.cli.source import text_of
from kb.errors import BadRequest, BadSource, KnowledgeBaseError
from kb.model import CitationStatus
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.statutes import StatuteBook

_STATUS_LABELS = {
    CitationStatus.RESOLVED: ("已认出", "green"),
    CitationStatus.AMBIGUOUS: ("版本待定", "yellow"),
    CitationStatus.UNRESOLVED: ("未能确认", "red"),
}
_STANDING_LABELS = {
    "found": "条文在",
    "superseded": "已有新版本",
    "absent": "没有这一条款",
    "no_text": "",
}


@click.command()
@click.argument("source", metavar="TEXT_OR_FILE")
@click.option("--decided", default="", metavar="YYYY-MM-DD", help="决定日期，据以判断适用的版本")
@json_option
def cite(source: str, decided: str, as_json: bool) -> None:
    """找出一段文字或一个文件引用的法条，说明所指的法规、版本和条款项。

    例：kb cite '依照《中华人民共和国行政处罚法》第三十三条第一款' --decided 2024-05-06

    \b
    参数是现有的文件时读文件（网页、Markdown、Word、PDF、纯文本），
    是 - 时读标准输入，否则就是要看的文字本身。
    不需要建库；已建库的，还核对条文在不在、是否已被新版本取代（以导入的法规全文为准）。
    位置以 Unicode 码点计，左闭右开；网页等读出的文字附在 text 中。
    退出码：0 完成（没有引用也是），2 用法有误或文件读不了。
    """
    try:
        day = decision_day(decided)
        text, taken_out = text_of(source)
    except (BadRequest, BadSource) as error:
        raise click.UsageError(str(error)) from error
    answer = found(text, day, _book())
    if as_json:
        print_json(answer.model_copy(update={"text": text}) if taken_out else answer)
    else:
        _print(answer)


def _book() -> StatuteBook | None:
    """The statutes of the base, if there is one; none is made for this."""
    settings = Settings.from_environment()
    if settings.database_url.startswith("sqlite:///"):
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        if not file.is_file():
            return None
    from kb.cli.laws import open_book

    try:
        return open_book()
    except KnowledgeBaseError as error:
        remark(f"未核对条文：{error}", style="yellow")
        return None


def _print(answer: CitationsFound) -> None:
    if not answer.citations:
        tell("没有找到对法规的引用")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("原文", "法条", "版本（施行日）", "状态", "核对"):
        table.add_column(heading, overflow="fold")
    for citation in answer.citations:
        label, style = _STATUS_LABELS[CitationStatus(citation.status)]
        table.add_row(
            Text("".join(citation.raw.split())),
            Text(citation.label if citation.work else ""),
            _version(citation),
            Text(label, style=style),
            _standing(citation),
        )
    console.print(table)
    counts = answer.counts
    tell(
        f"引用 {len(answer.citations)} 处：已认出 {counts.resolved}，"
        f"版本待定 {counts.ambiguous}，未能确认 {counts.unresolved}",
    )


def _version(citation: CitationFound) -> str:
    if citation.version:
        return str(citation.version)
    return " 或 ".join(map(str, citation.candidates))


def _standing(citation: CitationFound) -> str:
    """Where versions differ in it, each with its day."""
    told = {str(one.version): _STANDING_LABELS[one.standing] for one in citation.standing}
    if len(set(told.values())) <= 1:
        return "".join(set(told.values()))
    return "；".join(f"{day} {label}" for day, label in told.items() if label)
