"""PDF: lines joined, furniture of pages dropped, and what has no text refused."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind
from ingest.read import read_bytes
from ingest.read.pdf_lines import tidy
from kb.errors import BadSource
from tests.ingest.read.pdfs import Words, write

LEFT, EM, PER_LINE = 90.0, 12.0, 34
TEXT = (
    "2023年3月，申请人某食品公司在其经营场所销售过期食品，被申请人某区市场监督管理局依照"
    "《食品安全法》第一百二十四条第一款第五项的规定，作出罚款五千元的行政处罚决定。申请人不服，"
    "向某区人民政府申请行政复议，请求撤销该决定，理由是被申请人没有听取其陈述和申辩。"
)


def paragraph(text: str, y: float) -> tuple[list[Words], float]:
    """A paragraph as a word processor sets it: two hanzi indent, full lines, 20 points a line."""
    lines, x, room = [], LEFT + 2 * EM, PER_LINE - 2
    while text:
        taken, width = "", 0.0
        while text and width + (0.5 if text[0].isascii() else 1) <= room:
            width += 0.5 if text[0].isascii() else 1
            taken, text = taken + text[0], text[1:]
        lines.append(Words(x, y, taken, EM))
        x, room, y = LEFT, PER_LINE, y + 20
    return lines, y


def centred(text: str, y: float, size: float = 12, bold: bool = False) -> Words:
    return Words(LEFT + (PER_LINE * EM - len(text) * size) / 2, y, text, size, bold)


def book() -> bytes:
    """Three pages with a running head and numbers, a title, cases and a paragraph over a page."""
    pages = []
    for number in (1, 2, 3):
        page = [centred("行政复议典型案例汇编（示例）", 40, 9), centred(f"— {number} —", 800, 9)]
        y = 100.0
        if number == 1:
            page += [
                centred("某市行政复议典型案例", y, 20, True),
                centred("（示例）", y + 30, 20, True),
            ]
            y += 80
        page += [
            centred(f"案例{number}", y, bold=True),
            centred("某公司不服某局罚款案", y + 25, bold=True),
        ]
        y += 60
        for text in ("【基本案情】", TEXT, "一、程序问题", "（二）被申请人未听取意见。"):
            lines, y = paragraph(text, y)
            page += lines
        pages.append(page)
    whole, _ = paragraph(TEXT, 500)
    pages[0] += [Words(w.x, 700 + n * 20, w.text, w.size) for n, w in enumerate(whole[:3])]
    pages[1] = [w for w in pages[1] if w.size == 9] + [
        Words(w.x, 100 + n * 20, w.text, w.size) for n, w in enumerate(whole[3:])
    ] + [Words(w.x, w.y + 80, w.text, w.size, w.bold) for w in pages[1] if w.size != 9]  # fmt: skip
    return write(pages)


@pytest.fixture(scope="module")
def document():
    return read_bytes(book(), "book.pdf")


def test_broken_lines_are_paragraphs_again_even_over_a_page(document) -> None:
    assert [block.text for block in document.blocks].count(TEXT) == 4
    assert [block.place for block in document.blocks if block.text == TEXT] == [
        "第 1 页", "第 1 页", "第 2 页", "第 3 页",
    ]  # fmt: skip


def test_heads_and_page_numbers_are_gone_and_said_so(document) -> None:
    assert "汇编" not in document.text
    assert "—" not in document.text
    assert document.warnings == ("已去掉每页重复的页眉页脚：行政复议典型案例汇编（示例）",)


def test_titles_and_bold_lines_are_marked(document) -> None:
    title, case, name, facts, *_ = document.blocks
    assert (title.text, title.kind, title.level) == (
        "某市行政复议典型案例（示例）", BlockKind.HEADING, 1,
    )  # fmt: skip
    assert (case.text, case.strong, name.text, name.strong) == (
        "案例1", True, "某公司不服某局罚款案", True,
    )  # fmt: skip
    assert (facts.text, facts.strong) == ("【基本案情】", False)
    assert document.meta.title == title.text


def test_short_paragraphs_stay_apart(document) -> None:
    found = [block.text for block in document.blocks]
    at = found.index("一、程序问题")
    assert found[at + 1] == "（二）被申请人未听取意见。"


def test_ruled_tables_are_tables() -> None:
    rules = "1 w 90 700 m 390 700 l S 90 670 m 390 670 l S 90 640 m 390 640 l S "
    rules += "90 700 m 90 640 l S 240 700 m 240 640 l S 390 700 m 390 640 l S"
    page = [Words(90, 100, "罚款情况见下表，供参考之用。")]
    page += [Words(95, 160, "项目"), Words(245, 160, "金额")]
    page += [Words(95, 190, "罚款"), Words(245, 190, "5000元"), Words(90, 250, "以上为示例文字。")]
    found = read_bytes(write([page], rules=rules), "x.pdf").blocks
    assert [(block.kind, block.text) for block in found] == [
        (BlockKind.PARAGRAPH, "罚款情况见下表，供参考之用。"),
        (BlockKind.TABLE, "项目 | 金额\n罚款 | 5000元"),
        (BlockKind.PARAGRAPH, "以上为示例文字。"),
    ]


def test_a_scan_needs_character_recognition() -> None:
    with pytest.raises(BadSource, match=r"文字识别（OCR）"):
        read_bytes(write([[], []], image=True), "x.pdf")
    with pytest.raises(BadSource, match=r"文字识别（OCR）"):
        read_bytes(write([[Words(90, 90, "第1页")], []], image=True), "x.pdf")


def test_a_scanned_page_among_others_is_named() -> None:
    lines, _ = paragraph(TEXT, 100)
    found = read_bytes(write([lines, []], image=True), "x.pdf")
    assert found.text == TEXT
    assert "第 2 页只有图片" in found.warnings[0]


def test_shape_numbers_for_letters_are_refused() -> None:
    data = (
        book()
        .replace(b"/Ordering(GB1)", b"/Ordering(XY1)")
        .replace(b"UniGB-UCS2-H", b"Identity-H  ")
    )
    with pytest.raises(BadSource, match="字形编号"):
        read_bytes(data, "x.pdf")


def test_an_encrypted_file_asks_for_one_without_password() -> None:
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]/Root" % (
        b"11" * 32,
        b"22" * 32,
    )
    with pytest.raises(BadSource, match="加密"):
        read_bytes(book().replace(b"/Root", locked), "x.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\nnonsense\n%%EOF", None])
def test_a_damaged_file_is_refused(data: bytes | None) -> None:
    with pytest.raises(BadSource, match=r"损坏|没有一页"):
        read_bytes(data if data is not None else book()[:700], "x.pdf")


def test_a_gap_as_wide_as_a_hanzi_is_meant() -> None:
    page = [Words(90, 100, "案例一　某公司不服某局罚款案（示例）")]
    page += [Words(90 + n * 13.5, 140, char) for n, char in enumerate("申请人不服提出复议申请")]
    page += [Words(90, 180, "Case No. 64 of 2024，第 64 条")]
    found = read_bytes(write([page]), "x.pdf").text
    assert "案例一　某公司不服某局罚款案（示例）" in found
    assert "申请人不服提出复议申请" in found
    assert "Case No. 64 of 2024，第64条" in found


def test_gaps_between_hanzi_close_and_radicals_are_hanzi() -> None:
    assert tidy("行 政复议 法第 64 条和 A B") == "行政复议法第64条和 A B"
    assert tidy("⼈⺠法院⻓⾏") == "人民法院长行"
    assert tidy("申 请 人") == "申 请 人"
