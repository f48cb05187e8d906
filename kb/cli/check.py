"""`kb check`."""

from __future__ import annotations

from pathlib import Path

import click
from pydantic import BaseModel
from rich.table import Table
from rich.text import Text

from ingest.check.files import check_file
from ingest.check.findings import Certainty, Field, Finding
from ingest.check.privacy import check as check_record
from ingest.extract import Options, enrich
from ingest.inputs import expand, shown
from ingest.layout import parse
from ingest.read import read_many_bytes
from kb.cli.shared import console, json_option, print_json, remark, tell
from kb.errors import BadSource
from kb.model import Content, Kind, Role, Section, Span

_MOST = 3  # places of a finding that the table names


class PlaceAnswer(BaseModel):
    """Where a finding stands: record from 0, field, code points from start to end."""

    record: int
    field: str
    start: int
    end: int


class FindingAnswer(BaseModel):
    """One finding. mask: proposed, null where a person decides."""

    kind: str
    label: str
    quote: str
    mask: str | None
    certainty: str
    rule: str
    why: str
    places: list[PlaceAnswer]


class FileAnswer(BaseModel):
    """One file; error: why it could not be read, "" mostly."""

    file: str
    titles: list[str]
    findings: list[FindingAnswer]
    error: str = ""


class CheckAnswer(BaseModel):
    files: list[FileAnswer]


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@json_option
def check(files: tuple[str, ...], as_json: bool) -> None:
    """查出文件里未隐去的个人信息：姓名、证件、电话、车牌、账号、住址、生日、未成年人、文件属性。

    例：kb check 案例.docx 网页/ --json

    \b
    只查不改：每处给出理由和建议的隐名写法，由人决定是否采用。
    退出码：0 没有发现，1 有发现或有文件读不了，2 用法有误。
    """
    answers = [
        _failed(one.origin, one.problem) if one.problem or one.is_url else _file(one.origin)
        for one in expand(files).inputs
    ]
    if as_json:
        print_json(CheckAnswer(files=answers))
    else:
        for answer in answers:
            _print(answer)
        found = sum(len(answer.findings) for answer in answers)
        tell(f"文件 {len(answers)} 个，发现 {found} 项")
    raise SystemExit(1 if any(answer.findings or answer.error for answer in answers) else 0)


def _failed(origin: str, problem: str) -> FileAnswer:
    reason = problem or "请先保存为文件再检查"
    return FileAnswer(file=shown(origin), titles=[], findings=[], error=reason)


def _file(origin: str) -> FileAnswer:
    try:
        data = Path(origin).read_bytes()
    except OSError as error:
        return _failed(origin, f"打不开文件（{error.strerror or error}）")
    answer = FileAnswer(file=shown(origin), titles=[], findings=[])
    answer.findings += [_answer(finding, 0) for finding in check_file(data)]
    seen: set[Finding] = set()
    for document in read_many_bytes(data, origin):
        if isinstance(document, BadSource):
            answer.error = document.reason
            continue
        try:
            records = [enrich(content, document, Options()) for content in parse(document)]
        except BadSource:  # no case in it: the words are checked all the same
            records = [_whole(document.text)]
        for content in records:
            number = len(answer.titles)
            answer.titles.append(content.title)
            for finding in check_record(content, origin):
                outside = all(place.field is Field.FILE_NAME for place in finding.places)
                if not (outside and finding in seen):
                    answer.findings.append(_answer(finding, number))
                seen.add(finding)
    return answer


def _whole(text: str) -> Content:
    span = Span(0, len(text))
    sections = (Section(Role.OTHER, "", span, span),)
    return Content(kind=Kind.TYPICAL_CASE, title="", text=text, sections=sections)


def _answer(finding: Finding, record: int) -> FindingAnswer:
    return FindingAnswer(
        kind=finding.kind,
        label=finding.kind.label,
        quote=finding.quote,
        mask=finding.mask,
        certainty=finding.certainty,
        rule=finding.rule,
        why=finding.why,
        places=[
            PlaceAnswer(
                record=record, field=place.field, start=place.span.start, end=place.span.end
            )
            for place in finding.places
        ],
    )


def _print(answer: FileAnswer) -> None:
    if answer.error:
        remark(f"失败 {answer.file}：{answer.error}", style="red")
    if not answer.findings:
        return
    tell(answer.file, style="bold")
    table = Table(box=None, pad_edge=False)
    for heading in ("种类", "原文", "建议", "把握", "位置", "理由"):
        table.add_column(heading, overflow="fold")
    for finding in answer.findings:
        table.add_row(
            finding.label,
            Text(finding.quote),
            Text(finding.mask or "由人决定"),
            Certainty(finding.certainty).label,
            Text(_where(answer, finding)),
            Text(finding.why),
        )
    console.print(table)


def _where(answer: FileAnswer, finding: FindingAnswer) -> str:
    """案例 2 正文 120、标题; a record's number only where a file holds several."""
    places = []
    for place in finding.places[:_MOST]:
        inside = place.field not in (Field.FILE, Field.FILE_NAME)
        record = f"案例 {place.record + 1} " if inside and len(answer.titles) > 1 else ""
        at = f" {place.start + 1}" if place.field == Field.TEXT else ""
        places.append(f"{record}{Field(place.field).label}{at}")
    more = f" 等 {len(finding.places)} 处" if len(finding.places) > _MOST else ""
    return "、".join(places) + more
