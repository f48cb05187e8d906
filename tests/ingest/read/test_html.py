"""HTML: what must never be lost, what must never be taken for text, and what is no record."""

from __future__ import annotations

import contextlib
import html
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import BlockKind
from ingest.read import read_bytes
from kb.errors import BadSource


def read(page: str, **options: str):
    return read_bytes(page.encode(), "x.html", **options)


def texts(page: str) -> list[str]:
    return [block.text for block in read(page).blocks]


def body(inner: str) -> str:
    return (
        f"<html><head><meta charset='utf-8'><title>某案</title></head><body>{inner}</body></html>"
    )


SENTENCE = st.text(
    st.sampled_from("甲乙丙丁复议机关决定撤销该行为程序违法一二三，、“”"), min_size=6, max_size=80
)
PARAGRAPH = SENTENCE.map(lambda text: f"申请人认为{text}。")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PARAGRAPH, min_size=1, max_size=8),
    st.sampled_from([
            "<p>{}</p>", "<div>{}</div>", "{}<br>",
            "<p><span>{}</span></p>", "<tr><td>{}</td></tr>",
        ]),
    st.sampled_from(
        ["{}", "<div id=zoom>{}</div>", "<div class=x><div>{}</div></div>", "<table>{}</table>",
         "<div class='nav-content'>{}</div>", "<article>{}</article>",
         "<form><center>{}</center></form>"]
    ),
)  # fmt: skip
def test_no_character_of_a_paragraph_is_lost(paragraphs, one: str, around: str) -> None:
    inner = "".join(one.format(html.escape(text)) for text in paragraphs)
    nav = "<ul><li><a href=/a>首页</a></li><li><a href=/b>新闻</a></li></ul>"
    found = "".join(texts(body(nav + around.format(inner))))
    assert re.sub(r"\s", "", found) == "".join(paragraphs)


@settings(max_examples=40, deadline=None)
@given(st.text("甲乙丙<>&;\"'/=!- \n\t案例一。【】divpbrtable", max_size=200))
def test_any_markup_is_read_or_refused(inner: str) -> None:
    with contextlib.suppress(BadSource):  # and nothing else
        read(body(inner))


def test_sibling_cases_in_uneven_boxes_all_stay() -> None:
    case = (
        "<div class=item><h3>案例{0}</h3><p>甲{0}不服乙局。</p><div>【结果】</div><p>{1}</p></div>"
    )
    page = body(case.format(1, "维持。" * 200) + case.format(2, "撤销。"))
    found = texts(page)
    assert [text for text in found if text.startswith("案例")] == ["案例1", "案例2"]
    assert found.count("【结果】") == 2
    assert found[-1] == "撤销。"


def test_text_outside_the_known_container_stays() -> None:
    page = body(
        "<div class=content><div class=lead>编者按：本案值得关注。</div>"
        f"<div><div><div id=zoom><p>{'甲不服乙局决定。' * 40}</p></div></div></div>"
        "<div>点评：依法行政。</div></div><div class=footer>版权所有。</div>"
    )
    found = texts(page)
    assert found[0] == "编者按：本案值得关注。"
    assert found[-1] == "点评：依法行政。"


def test_hidden_words_go_unless_they_are_the_page() -> None:
    assert texts(
        body("<p>看得见的句子，长一些。</p><p style='display: none'>看不见的句子。</p>")
    ) == ["看得见的句子，长一些。"]
    shown_later = f"<div style='display:none' id=zoom><p>{'脚本显示的正文。' * 9}</p></div>"
    assert len(texts(body(shown_later))[0]) == 72


def test_scripts_comments_and_styles_are_no_words() -> None:
    page = body("<script>a('句子。')</script><!-- 注释。 --><style>p{}</style><p>正文。</p>")
    assert texts(page) == ["正文。"]


def test_inline_tags_leave_no_gaps_and_blanks_shrink() -> None:
    page = body(
        "<p>复<b>议</b><i>机</i>关\n    认为，A&nbsp;&nbsp;B&#8203;C<wbr>。</p><p>换\n行。</p>"
    )
    assert texts(page) == ["复议机关 认为，A BC。", "换行。"] or texts(page) == [
        "复议机关认为，A BC。",
        "换行。",
    ]


def test_bold_paragraphs_and_headings_are_marked() -> None:
    page = body(
        "<p><strong>基本</strong><b>案情</b></p><p><b>甲</b>不服。</p><h3>典型<br>意义</h3>"
        "<p style='font-weight:700'>粗。</p><h4>"
        + "很长的一段话用了标题的标签，" * 9
        + "不是标题。</h4>"
    )
    found = read(page).blocks
    assert [block.strong for block in found[:4]] == [True, False, False, True]
    assert (found[2].text, found[2].kind, found[2].level) == ("典型意义", BlockKind.HEADING, 3)
    assert found[4].kind is BlockKind.PARAGRAPH


def test_data_tables_are_kept_row_by_row_and_layout_tables_are_not() -> None:
    data = "<table><tr><th>年度</th><th>件数</th></tr><tr><td>2023</td><td>15</td></tr></table>"
    found = read(body(f"<p>统计如下。</p>{data}")).blocks[1]
    assert (found.kind, found.text) == (BlockKind.TABLE, "年度 | 件数\n2023 | 15")
    rows = f"<tr><td>基本案情</td><td>{'甲不服乙局决定。' * 40}</td></tr>"
    layout = f"<table>{rows}<tr><td>结果</td><td>维持。</td></tr></table>"
    assert [block.kind for block in read(body(layout)).blocks] == [BlockKind.PARAGRAPH] * 3


def test_numbers_of_lists_are_written_out() -> None:
    page = body(
        "<p>决定如下。</p><ol start=3><li>撤销；</li><li>重作。</li></ol>"
        "<ol><li>1.已有编号。</li></ol>"
    )
    assert texts(page)[1:] == ["3. 撤销；", "4. 重作。", "1.已有编号。"]


def test_masthead_within_the_text_is_text() -> None:
    page = body(
        "<h1>某案</h1><p>来源：某局 发布时间：2024-05-06</p>" + "<p>甲不服乙局决定。</p>" * 9
        + "<p>来源：投诉人提供的照片</p><p>复议机关认为违法。</p>"
    )  # fmt: skip
    found = read(page)
    assert found.meta.publisher == "某局"
    assert found.meta.published == "2024-05-06"
    assert "来源：投诉人提供的照片" in found.text
    assert "2024-05-06" not in found.text


def test_where_each_value_stood_is_said() -> None:
    page = "<html><head><meta name='ContentSource' content='某厅'><meta property='og:url' content='https://a.example/b'></head><body><p>正文。</p></body></html>"
    meta = read(page).meta
    assert dict(meta.where) == {"publisher": "meta[name=contentsource]", "url": "meta[name=og:url]"}


def test_the_address_fetched_wins_over_another_host_or_a_front_page() -> None:
    page = "<html><head><link rel=canonical href='{}'></head><body><p>正文。</p></body></html>"
    url = "https://a.gov.example/x/1.html?from=list"
    for claimed, expected in [
        ("https://other.example/1.html", url),
        ("https://a.gov.example/", url),
        ("/x/1.html", "https://a.gov.example/x/1.html"),
    ]:
        assert read(page.format(claimed), url=url).meta.url == expected


def test_a_page_saved_by_a_browser_tells_its_address() -> None:
    page = "<!-- saved from url=(0031)https://a.gov.example/x/1.html -->" + body("<p>正文。</p>")
    assert read(page).meta.url == "https://a.gov.example/x/1.html"


def test_attachments_are_absolute_and_each_once() -> None:
    page = body(
        "<p>正文。</p>"
        "<p>附件：<a href='../f/1.docx'>1.表.docx</a><a href='../f/1.docx'>下载</a></p>"
        "<p><a href='/f/a%20b.PDF?d=1'>另一个</a></p>"
        "<div class=footer><a href=m.zip>客户端</a></div>"
    )
    found = read(page, url="http://a.example/x/y.html")
    assert found.attachments == ("http://a.example/f/1.docx", "http://a.example/f/a%20b.PDF?d=1")
    assert "1.表.docx" not in found.text


NAV = "".join(
    f"<li><a href='/{n}.html'>某单位第{n}次会议召开通知公告</a><span>2024-01-{n:02}</span></li>"
    for n in range(1, 21)
)


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<div id=app></div><noscript>Please enable JavaScript</noscript><script>", "脚本"),
        ("<div id=root></div><script src=a.js></script>", "脚本生成"),
        ("<div>请启用JavaScript后继续访问</div>", "脚本生成"),
        ("<h1>404 Not Found</h1><hr>nginx", "出错页"),
        ("<p>您访问的页面不存在或已被删除！</p><a href=/>返回首页</a>", "出错页"),
        ("<p>该内容已被发布者删除</p>", "出错页"),
        ("<p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>", "访问验证"),
        ("<form>用户名<input name=u>密码<input type=password></form>", "登录页"),
        (f"<ul>{NAV}</ul><p>共20条</p>", "列表页"),
        ("<iframe src='content.html'></iframe>", "框架页.*content.html"),
        ("", "没有正文"),
        ("<img src=a.jpg>", "没有正文"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_by_name(inner: str, said: str) -> None:
    with pytest.raises(BadSource, match=said):
        read(body(inner))


def test_framesets_name_their_frames() -> None:
    frames = "<frameset cols='*'><frame src='m.htm'></frameset>"
    page = f"<html><head><title>a</title></head>{frames}</html>"
    with pytest.raises(BadSource, match=r"http://a\.example/m\.htm"):
        read(page, url="http://a.example/")


def test_search_results_are_refused() -> None:
    rows = "".join(
        f"<div><a href='/{n}'>某公司不服某局决定案{n}</a><p>某公司不服某局决定，请求复议…</p></div>"
        for n in range(6)
    )
    found = f"<body><p>为您找到相关结果约 6 条</p>{rows}</body>"
    page = f"<html><head><title>搜索结果_某网</title></head>{found}</html>"
    with pytest.raises(BadSource, match="搜索结果页"):
        read(page)


def test_a_case_about_a_missing_page_is_a_case() -> None:
    text = "申请人称，其申请公开的网页显示页面不存在，被申请人未予答复。" * 8
    assert texts(body(f"<p>{text}</p>")) == [text]


def test_giant_pages_take_linear_work() -> None:
    """A line of 20,000 characters, a table of many cells and deep nesting, each at two sizes. Calls
    are counted, for a clock tells of the machine."""

    def calls(make, size: int) -> int:
        page, count = body(make(size)), 0

        def called(_frame: object, event: str, _argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(called)
        try:
            read(page)
        finally:
            sys.setprofile(before)
        return count

    for make in (
        lambda n: "某公司不服某局决定，申请行政复议，请求撤销。" * n,
        lambda n: "<table><tr>" + "<td>格子。</td>" * n + "</tr></table>",
        lambda n: "<div>甲。" * n,
        lambda n: "甲不服，<br>" * n,
    ):
        small, large = calls(make, 200), calls(make, 1600)
        assert large < small * 8 * 2


def test_ten_megabytes_of_picture_are_passed_over() -> None:
    picture = f"<img src='data:image/png;base64,{'QUJD' * 2_500_000}'>"
    assert texts(body(f"{picture}<p>正文在图片之后。</p>")) == ["正文在图片之后。"]
