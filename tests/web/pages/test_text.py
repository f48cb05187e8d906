"""A record's text on its page: nothing lost, every paragraph numbered, every mark in its place."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from kb.answers import CaseAnswer, Coded, SectionAnswer
from web.pages.text import Stretch, paragraph_at, sections

TEXT = """案例一 标题
【基本案情】
甲公司不服<处罚>。

　　申请复议。
货物 | 数量
饼干 | 3袋
典型意义：过罚相当。
"""


def answer(text: str, cuts: list[tuple[int, int, str]]) -> CaseAnswer:
    made = [
        SectionAnswer(
            role="facts",
            label="基本案情",
            heading=heading,
            text=text[s:e].strip().removeprefix(heading),
            start=s,
            end=e,
        )
        for s, e, heading in cuts
    ]
    return CaseAnswer.model_construct(
        text=text,
        title="甲公司案",
        subtitle="",
        sections=made,
        kind=Coded(code="typical_case", label="典型案例"),
    )


def sample() -> CaseAnswer:
    facts, meaning = TEXT.index("【"), TEXT.index("典型")
    return answer(
        TEXT,
        [
            (0, facts, ""),
            (facts, meaning, "【基本案情】"),
            (meaning, len(TEXT), "典型意义："),
        ],
    )


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def words(view_of: CaseAnswer, stretches: list[Stretch]) -> str:
    return "".join(
        plain(cell)
        for view in sections(view_of, stretches)
        for paragraph in view.paragraphs
        for cell in paragraph.cells
    )


def test_headings_lose_their_ornament_and_paragraphs_are_counted_through() -> None:
    views = sections(sample())
    assert [view.heading for view in views] == ["", "基本案情", "典型意义"]
    assert [p.number for view in views for p in view.paragraphs] == [1, 2, 3, 4, 5, 6]
    assert [block.table for block in views[1].blocks] == [False, True]


def test_a_heading_with_text_on_its_line_leaves_the_text() -> None:
    assert [str(c) for p in sections(sample())[2].paragraphs for c in p.cells] == ["过罚相当。"]


def test_a_heading_on_two_lines_is_not_said_again_in_the_text() -> None:
    text = "01\n基 本 案 情\n甲公司不服。\n"
    section = SectionAnswer(
        role="facts", label="", heading="01 基本案情", text="甲公司不服。", start=0, end=len(text)
    )
    whole = CaseAnswer.model_construct(text=text, title="", subtitle="", sections=[section])
    assert [str(c) for p in sections(whole)[0].paragraphs for c in p.cells] == ["甲公司不服。"]


def test_the_text_is_escaped() -> None:
    assert "甲公司不服&lt;处罚&gt;。" in sections(sample())[1].blocks[0].paragraphs[0].cells


def test_the_title_is_not_said_twice() -> None:
    text = "案例一\n甲公司 案\n——小过\n决定书\n"
    head = SectionAnswer(role="head", label="", heading="", text="", start=0, end=len(text))
    whole = CaseAnswer.model_construct(
        text=text, title="甲公司案", subtitle="——小过", sections=[head]
    )
    shown = [str(cell) for p in sections(whole)[0].paragraphs for cell in p.cells]
    assert shown == ["案例一", "决定书"]


def test_a_citation_links_to_its_row_and_can_be_jumped_to() -> None:
    at = TEXT.index("处罚")
    views = sections(sample(), [Stretch(at, at + 2, "cite", number=4, row=2)])
    html = views[1].blocks[0].paragraphs[0].cells[0]
    assert '<a class="cite" id="c4" href="#law-2">处罚</a>' in html


def test_overlapping_stretches_are_all_said_and_each_anchor_stands_once() -> None:
    at = TEXT.index("甲公司")
    stretches = [
        Stretch(at, at + 5, "cite", 1, 1),
        Stretch(at, at + 3, "cite", 2, 2),
        Stretch(at + 2, at + 6, "evidence", 7),
        Stretch(at + 1, at + 4, "hit"),
    ]
    html = str(sections(sample(), stretches)[1].blocks[0].paragraphs[0].cells[0])
    assert html.count('id="c1"') == html.count('id="c2"') == 1
    assert plain(html) == "甲公司不服<处罚>。"
    assert html.count('data-ground="7"') >= 1


def test_an_offset_finds_its_paragraph() -> None:
    views = sections(sample())
    assert paragraph_at(views, TEXT.index("申请复议") + 1) == 3
    assert paragraph_at(views, TEXT.index("【基本案情】")) is None


@given(
    st.text(st.sampled_from("案例法 <>&|\n　x"), max_size=60),
    st.lists(
        st.builds(
            Stretch,
            st.integers(0, 60),
            st.integers(0, 60),
            st.sampled_from(["cite", "evidence", "hit"]),
            st.integers(1, 9),
            st.integers(1, 9),
        ),
        max_size=6,
    ),
)
def test_marking_never_changes_the_words(text: str, stretches: list[Stretch]) -> None:
    whole = answer(text, [(0, len(text), "")])
    unmarked = words(whole, [])
    assert words(whole, stretches) == unmarked
    kept = re.sub(r"\s", "", unmarked.replace("|", ""))
    assert kept == re.sub(r"\s", "", text.replace("|", ""))
