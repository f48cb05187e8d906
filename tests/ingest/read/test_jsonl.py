"""JSON Lines: one record a line, bad lines named, good ones kept."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from ingest.document import BlockKind, SourceDocument
from ingest.read import read, read_bytes, read_many, read_many_bytes
from kb.answers import CaseAnswer, Coded, SectionAnswer
from kb.errors import BadSource

GOOD = {
    "title": "某案（示例）",
    "text": "基本案情\n甲不服。",
    "publisher": "某局",
    "date": "2024-01-02",
    "region": "重庆",
}


def many(*lines: object) -> list[SourceDocument | BadSource]:
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    return list(read_many_bytes(text.encode(), "a.jsonl"))


def test_each_line_is_a_document_with_its_own_hash() -> None:
    first, second = many(GOOD, "", {**GOOD, "title": "乙案"})
    assert isinstance(first, SourceDocument)
    assert isinstance(second, SourceDocument)
    assert first.origin != second.origin
    assert (first.blocks[0].place, second.blocks[0].place) == ("第 1 行", "第 3 行")
    assert first.sha256 != second.sha256
    assert many(GOOD)[0].sha256 == first.sha256  # type: ignore[union-attr]
    meta = first.meta
    assert (meta.title, meta.publisher, meta.published, meta.region) == (
        "某案（示例）", "某局", "2024-01-02", "重庆",
    )  # fmt: skip
    assert [block.text for block in first.blocks] == ["某案（示例）", "基本案情", "甲不服。"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"title": "a", ', "不是完整的 JSON"),
        ("[1]", "不是 JSON 对象"),
        ('{"title": "甲"}', '缺少 "text"'),
        ('{"title": "甲", "text": 3}', '"text" 的值不对'),
        ('{"title": "", "text": "甲"}', '"title" 的值不对'),
        ("[" * 100_000, "不是完整的 JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(line: str, said: str) -> None:
    first, bad, last = many(GOOD, line, GOOD)
    assert isinstance(first, SourceDocument)
    assert isinstance(last, SourceDocument)
    assert isinstance(bad, BadSource)
    assert (bad.origin, bad.place) == ("a.jsonl", "第 2 行")
    assert said in bad.reason
    assert "title" in bad.reason


def test_a_line_of_mojibake_is_refused_alone() -> None:
    wrong = "申请人不服行政处罚决定，向某县人民政府申请行政复议。".encode().decode(
        "gb18030", "replace"
    )
    first, bad = many(GOOD, {**GOOD, "text": wrong})
    assert isinstance(first, SourceDocument)
    assert isinstance(bad, BadSource)
    assert "乱码" in bad.reason


def test_our_own_export_comes_back() -> None:
    text = "【基本案情】\n甲不服。\n典型意义\n依法。"
    answer = CaseAnswer(
        id="k1", revision=1, status="published", kind=Coded(code="typical_case", label="典型案例"),
        title="某案（示例）", subtitle="", batch="第一批", position=0, publishers=["甲厅", "乙局"],
        published=date(2024, 1, 2), decided=None, url="https://a.example/1",
        origin="a.html", sha256="0",
        text=text,
        sections=[
            SectionAnswer(role="facts", label="基本案情", heading="【基本案情】",
                text="甲不服。", start=0, end=12),
            SectionAnswer(role="significance", label="典型意义", heading="典型意义",
                text="依法。", start=12, end=20),
        ],
        dockets=[], parties=[], regions=[], acts=[], issues=[], outcomes=[],
        citations=[], keywords=[],
        fields=[], warnings=[], cite_as="",
    )  # fmt: skip
    document = read_bytes(answer.model_dump_json().encode(), "export.jsonl")
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.HEADING, "某案（示例）"),
        (BlockKind.HEADING, "【基本案情】"),
        (BlockKind.PARAGRAPH, "甲不服。"),
        (BlockKind.HEADING, "典型意义"),
        (BlockKind.PARAGRAPH, "依法。"),
    ]
    meta = document.meta
    assert (meta.publisher, meta.published, meta.url, meta.batch) == (
        "甲厅、乙局", "2024-01-02", "https://a.example/1", "第一批",
    )  # fmt: skip
    assert datetime.fromisoformat(meta.published)


def test_several_records_need_read_many(tmp_path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + json.dumps(GOOD) + "\n", "utf-8")
    with pytest.raises(BadSource, match="2 条记录"):
        read(path)
    assert [document.origin for document in read_many(path)] == [
        (first := many(GOOD, GOOD)[0].origin.replace("a.jsonl", str(path))), f"{first}-2",
    ]  # fmt: skip


def origins(*lines: object) -> list[str]:
    return [document.origin for document in many(*lines)]


def test_an_origin_stays_where_lines_come_before_it() -> None:
    by_id, by_number = {**GOOD, "id": "k1"}, {**GOOD, "id": 7}
    by_url = {**GOOD, "url": "https://a.example/1"}
    by_title = {**GOOD, "title": "乙案"}
    before = origins(by_id, by_number, by_url, by_title)
    assert before[:2] == ["a.jsonl#k1", "a.jsonl#7"]
    assert len(set(before)) == 4
    assert (
        origins({**GOOD, "title": "新案"}, "{oops", by_id, by_number, by_url, by_title)[2:]
        == before
    )
    edited = [{**record, "text": "更正。"} for record in (by_id, by_number, by_url, by_title)]
    assert origins(*edited) == before
    assert origins({**by_id, "title": "改"}, {**by_url, "title": "改"}) == [before[0], before[2]]


def test_records_that_share_an_address_or_a_title_are_told_apart_by_what_they_say() -> None:
    page = [{**GOOD, "url": "https://a.example/1", "title": title} for title in "甲乙丙"]
    assert origins(*page[1:]) == origins(*page)[1:]
    papers = [
        {**GOOD, "title": "行政复议决定书", "text": f"某府复〔2024〕{n}号\n{n}号的正文。"}
        for n in (1, 2, 3)
    ]
    assert origins(*papers[1:]) == origins(*papers)[1:]
    nameless = [
        {**GOOD, "title": "行政复议决定书", "text": text} for text in ("甲。", "乙。", "丙。")
    ]
    assert origins(*nameless[1:]) == origins(*nameless)[1:]


def test_an_id_that_is_no_name_is_hashed() -> None:
    (origin,) = origins({**GOOD, "id": "../a b#c"})
    assert "/" not in origin.partition("#")[2]
