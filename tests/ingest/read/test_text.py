"""Plain text and lines: paragraphs found, wrapped lines joined, run-on text parted."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import read_bytes
from ingest.read.lines import clean, split_run_on, unwrap


def texts(text: str) -> list[str]:
    return [block.text for block in read_bytes(text.encode(), "x.txt").blocks]


def test_lines_are_paragraphs_with_their_place() -> None:
    found = read_bytes(
        "某案（示例）\n\n来源：某局 日期：2024-01-02\r\n　　甲不服。\n　　乙答辩。\n".encode(),
        "x.txt",
    )
    assert [(block.text, block.place) for block in found.blocks] == [
        ("某案（示例）", "第 1 行"),
        ("来源：某局 日期：2024-01-02", "第 3 行"),
        ("甲不服。", "第 4 行"),
        ("乙答辩。", "第 5 行"),
    ]
    assert (found.meta.title, found.meta.publisher, found.meta.published) == (
        "某案（示例）", "某局", "2024-01-02",
    )  # fmt: skip


def test_lines_of_a_fixed_width_are_joined() -> None:
    text = (
        "申请人称，被申请人作出的行政处罚决定认定事实不清、适用依据错误，请求复议机关予以撤销。" * 4
    )
    rows = [("　　" + text)[at : at + 38] for at in range(0, len(text) + 2, 38)]
    found = texts("\n".join(["某某行政复议决定书", *rows, "　　被申请人答辩。", *rows]))
    assert found == ["某某行政复议决定书", text, "被申请人答辩。", text]


def test_short_lines_are_never_joined() -> None:
    lines = ["申请人：甲", "被申请人：乙局", "案例一", "某公司不服某局案", "基本案情"]
    assert texts("\n".join(lines)) == lines


def test_a_wrapped_line_may_begin_with_a_number() -> None:
    first = "被申请人依照《中华人民共和国行政处罚法》以及有关规章的规定，并参照裁量基准的第"
    lines = [
        f"　　{first}",
        "三条、（二）项的规定作出处罚，申请人认为该处罚明显不当，应当依法予以变更或撤",
        "销。",
    ]
    assert texts("\n".join(["　　标题。", *lines])) == ["标题。", "".join(lines).strip()]


GIANT = (
    "现公布案例。"
    + "案例一：甲诉乙局案　　【基本案情】"
    + "甲不服。" * 60
    + "【典型意义】案例一是好案例。案例二：丙诉丁局案　　【基本案情】丙不服。　　某局　　2024年"
)


def test_giant_lines_part_where_something_begins() -> None:
    found = texts(GIANT)
    assert [text[:6] for text in found] == [
        "现公布案例。", "案例一：甲诉", "【基本案情】", "【典型意义】",
        "案例二：丙诉", "【基本案情】", "某局", "2024年",
    ]  # fmt: skip


def test_a_number_and_its_title_stay_together() -> None:
    assert texts("案例一　　某公司不服某局罚款决定案")[0] == "案例一　　某公司不服某局罚款决定案"


@settings(deadline=None, max_examples=60)
@given(st.text("甲乙案例一二、。（）【】基本情　 \n12", max_size=600))
def test_parting_and_joining_lose_nothing(text: str) -> None:
    def bare(words: str) -> str:
        return re.sub(r"\s", "", words)

    assert bare("".join(split_run_on(text))) == bare(text)
    assert bare("".join(unwrap(text.split("\n")))) == bare(text)
    assert bare(clean(text)) == bare(text)
