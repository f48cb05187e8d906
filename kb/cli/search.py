"""`kb search` and `kb show`."""

from __future__ import annotations

import click
from rich.table import Table
from rich.text import Text

from kb.answers import CaseAnswer, Hit, Mark, SearchAnswer
from kb.cli.shared import (
    WORDS,
    console,
    json_option,
    open_base,
    print_json,
    tell,
)
from kb.errors import BadRequest
from kb.search.request import SearchRequest


@click.command()
@click.argument("query", type=WORDS, required=False, default="")
@click.option(
    "--region", type=WORDS, multiple=True, help="地区：名称、代码或区域，如 重庆、510115、川渝"
)
@click.option("--statute", type=WORDS, multiple=True, help="法条，如 行政处罚法33")
@click.option("--issue", type=WORDS, multiple=True, help="争议焦点")
@click.option("--within", type=WORDS, multiple=True, help="在结果中再找这些词，可重复")
@click.option("--no-synonyms", is_flag=True, help="不找同义词")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="第几页")
@json_option
def search(
    query: str,
    region: tuple[str, ...],
    statute: tuple[str, ...],
    issue: tuple[str, ...],
    within: tuple[str, ...],
    no_synonyms: bool,
    page: int,
    as_json: bool,
) -> None:
    """检索案例。

    例：kb search '过期食品 罚款' --region 重庆

    \b
    加引号的内容逐字查找；减号排除；“或”连接两者；
    可写 地区:、法条:、争议焦点:、结果:、批次:、年份:2023..2025。
    段落:典型意义 词、理由:(词 词)、标题:词 只在那一段里找。
    以减号开头的检索词前加 --，如 kb search -- -罚款
    """
    pairs = [("q", query), ("page", str(page))]
    pairs += [("region", value) for value in region]
    pairs += [("statute", value) for value in statute]
    pairs += [("issue", value) for value in issue]
    pairs += [("within", value) for value in within]
    pairs += [("synonyms", "off")] if no_synonyms else []
    try:
        request = SearchRequest.from_pairs(pairs)
    except BadRequest as error:
        raise click.UsageError(str(error)) from error
    answer = open_base().search(request)
    if as_json:
        print_json(answer)
    else:
        _print_answer(answer)


@click.command()
@click.argument("record_id", type=WORDS, metavar="ID")
@json_option
def show(record_id: str, as_json: bool) -> None:
    """查看一件案例的全文与要素。

    例：kb show k7m2qx9r4t
    """
    base = open_base()
    answer = base.answer(base.case(record_id))
    if as_json:
        print_json(answer)
    else:
        _print_case(answer)


def _print_answer(answer: SearchAnswer) -> None:
    tell(f"检索：{answer.reading.text}　共 {answer.total} 件")
    for note in answer.reading.notes:
        tell(f"  · {note}", style="dim")
    first = (answer.page - 1) * answer.size + 1
    for number, hit in enumerate(answer.hits, first):
        _print_hit(number, hit)
    for drop in answer.dropped:
        tell(f"去掉 {drop.what}，可得 {drop.total} 件")
    for other in answer.did_you_mean:
        tell(f"是否要找：{other}")


def _print_hit(number: int, hit: Hit) -> None:
    title = Text(f"{number}. ")
    title.append(_marked(hit.title, hit.title_marks))
    tell(title)
    facts = [hit.id, hit.kind.label]
    facts += [region.name for region in hit.regions[:1]]
    facts += [outcome.label for outcome in hit.outcomes]
    facts += [str(day) for day in (hit.decided or hit.published,) if day]
    tell("   " + "　".join(facts), style="dim")
    if hit.why:
        tell("   " + "　".join(hit.why), style="dim")
    for passage in hit.passages:
        line = Text(f"   {passage.heading}　" if passage.heading else "   ")
        line.append(_marked(passage.text.replace("\n", " "), passage.marks))
        tell(line)


def _marked(text: str, marks: list[Mark]) -> Text:
    shown = Text(text)
    for mark in marks:
        shown.stylize("bold yellow", mark.start, mark.end)
    return shown


def _print_case(case: CaseAnswer) -> None:
    tell(Text(case.title, style="bold"))
    table = Table(show_header=False, box=None)
    rows = {
        "编号": f"{case.id}（第 {case.revision} 次修订）",
        "种类": case.kind.label,
        "批次": case.batch,
        "发布机关": "、".join(case.publishers),
        "发布日期": str(case.published or ""),
        "地区": "、".join(dict.fromkeys(region.name for region in case.regions)),
        "行政行为": "、".join(act.label for act in case.acts),
        "争议焦点": "、".join(issue.label for issue in case.issues),
        "处理结果": "、".join(outcome.label for outcome in case.outcomes),
        "案号": "、".join(docket["raw"] for docket in case.dockets),
        "法律依据": "、".join(dict.fromkeys(citation.label for citation in case.citations)),
        "来源": case.url or case.origin,
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value))
    console.print(table)
    for section in case.sections:
        if section.text.strip():
            tell(Text(f"\n{section.heading or section.label}", style="bold"))
            tell(Text(section.text.strip()))
