"""`kb similar`."""

from __future__ import annotations

import click
from rich.table import Table
from rich.text import Text

from kb.answers import LegAnswer, SimilarAnswer
from kb.cli.shared import console, json_option, open_base, print_json, remark, tell
from kb.cli.source import text_of
from kb.errors import BadSource
from kb.search.similar import MAX_TEXT


@click.command()
@click.argument("source", metavar="TEXT_OR_FILE")
@json_option
def similar(source: str, as_json: bool) -> None:
    """找出与一段案情或一份文书相似的案例（类案）。

    例：kb similar 案情.docx

    \b
    参数是现有的文件时读文件（网页、Markdown、Word、PDF、纯文本），
    是 - 时读标准输入，否则就是案情本身；至多读 20000 字。
    按基本事实、争议焦点、法律适用三项比较，先列效力较高的。
    退出码：0 完成（没有类案也是），2 用法有误或文件读不了。
    """
    try:
        text, _ = text_of(source)
    except BadSource as error:
        raise click.UsageError(str(error)) from error
    if len(text) > MAX_TEXT:
        remark(f"全文 {len(text)} 字，只读了前 {MAX_TEXT} 字", style="yellow")
    answer = open_base().similar_to(text[:MAX_TEXT])
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: SimilarAnswer) -> None:
    for one in (*answer.same, *answer.series):
        tell(f"{one.how.label}：{one.link.title}（{one.link.id}，{one.why}）", style="yellow")
    if not answer.similar:
        tell(f"没有相似度达到 {answer.least}% 的案例（比较了 {answer.compared} 件）")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("编号", "位阶", "相似度", "标题", "基本事实", "争议焦点", "法律适用"):
        table.add_column(heading, overflow="fold")
    for found in answer.similar:
        table.add_row(
            found.link.id,
            found.tier.label,
            f"{found.share}%",
            Text(found.link.title),
            *(Text(_leg(leg)) for leg in found.legs),
        )
    console.print(table)
    tell(f"类案 {len(answer.similar)} 件")


def _leg(leg: LegAnswer) -> str:
    if leg.share is None:
        return leg.note
    return " ".join([f"{leg.share}%", "、".join(leg.shared)]).strip()
