"""The page that checks a text's citations: marked in place, listed with version and records; plain
forms, nothing kept."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from tests.kb.statutes.build import TITLE, both
from web.app import create_app
from web.pages.check import MAX_TEXT
from web.pages.pasted import MAX_FORM
from web.settings import OFF, Settings

TEXT = (
    "申请书（示例）\r\n依照《中华人民共和国行政处罚法》第三十三条第一款，<script>alert(1)</script>\r\n"
    "《某某市食品摊贩办法》第九条，行政复议法第六十三条至第六十五条，该法第六十三条。"
)


def post(client: FlaskClient, text: str, decided: str = "") -> TestResponse:
    return client.post("/cite", data={"text": text, "decided": decided})


def listed(html: str) -> list[str]:
    """The rows of the table, as read."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(plain(row).split()) for row in body.split("</tr>")[:-1]]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_the_form_stands_alone(client: FlaskClient) -> None:
    html = client.get("/cite").get_data(as_text=True)
    assert '<form method="post" action="/cite"' in html
    assert "不保存" in html
    assert "核对结果" not in html


def test_each_provision_has_its_row(client: FlaskClient) -> None:
    rows = listed(post(client, TEXT, "2024-05-06").get_data(as_text=True))
    assert rows == [
        "行政处罚法第三十三条第一款 已认出 2021年7月15日起施行 1 件 1",
        "《某某市食品摊贩办法》第九条 未能确认 不认得这个名称，请核对是否写错 — — 2",
        "行政复议法第六十三条 已认出 2024年1月1日起施行 0 件 3 4",
        "行政复议法第六十四条 已认出 2024年1月1日起施行 0 件 3",
        "行政复议法第六十五条 已认出 2024年1月1日起施行 0 件 3",
    ]


def test_near_a_change_it_names_both_versions_and_says_why(client: FlaskClient) -> None:
    (row,) = listed(post(client, "行政处罚法第二十八条", "2021-07-20").get_data(as_text=True))
    assert "版本待定 决定日前一个月内换过版本 2018年1月1日起施行 2021年7月15日起施行" in row


def test_a_place_that_a_version_cannot_have_is_told(client: FlaskClient) -> None:
    html = post(client, "行政复议法第六十三条、第六条", "2020-01-01").get_data(as_text=True)
    first, second = listed(html)
    assert first == "行政复议法第六十三条 没有这一条款 2018年1月1日起施行 没有这一条 0 件 1"
    assert second == "行政复议法第六条 已认出 2018年1月1日起施行 0 件 2"
    assert 'class="cite absent" id="c1"' in html
    assert "库中没有那一版本的全文" in html


def test_provisions_are_checked_against_imported_texts(tmp_path: Path) -> None:
    kb = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(tmp_path)}))
    kb.statutes.store([kb.statutes.place(text) for text in both()], reader="1")
    client = create_app(kb, settings=Settings(rate_limit=OFF)).test_client()
    text = f"《{TITLE}》第四条第一款、第四条第（二）项。"
    old = listed(post(client, text, "2015-01-01").get_data(as_text=True))
    assert "2010年5月1日起施行 已有新版本，现为示例河道管理条例第五条" in old[0]
    new = listed(post(client, text, "2023-01-01").get_data(as_text=True))
    assert "已认出 2022年7月1日起施行 条文在" in new[0]
    assert "没有这一条款 2022年7月1日起施行 没有这一项" in new[1]
    undated = listed(post(client, text).get_data(as_text=True))
    assert "已认出 — 2022年7月1日起施行：条文在" in undated[0]


def test_the_text_is_shown_whole_and_marked(client: FlaskClient) -> None:
    html = post(client, TEXT).get_data(as_text=True)
    shown = html.split('class="pasted"')[1].split(">", 1)[1].split("</div>")[0]
    assert unescape(re.sub(r"<[^>]+>", "", shown)) == TEXT.replace("\r\n", "\n")
    assert "<script>alert" not in html
    unknown = re.search(r'<a class="cite unresolved" id="c2" href="#r2">(.*?)</a>', shown)
    assert unknown.group(1) == "《某某市食品摊贩办法》第九条"


def test_every_link_within_the_page_has_its_anchor_once(client: FlaskClient) -> None:
    html = post(client, TEXT).get_data(as_text=True)
    anchors = re.findall(r'\bid="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)


def test_a_link_leads_to_the_records_that_cite_it(client: FlaskClient) -> None:
    html = post(client, TEXT).get_data(as_text=True)
    address = unescape(re.search(r'href="(/search\?statute=[^"]+)"', html).group(1))
    assert "过期食品" in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("text", ["", "没有引用。", "\n\n", "\0"])
def test_nothing_cited_is_said(client: FlaskClient, text: str) -> None:
    page = post(client, text)
    assert page.status_code == 200
    assert "没有找到对法规的引用" in page.get_data(as_text=True)


def test_what_was_typed_is_kept_in_the_form_alone(client: FlaskClient) -> None:
    page = post(client, TEXT, "2024-05-06")
    html = page.get_data(as_text=True)
    kept = unescape(html.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
    assert kept == "\n" + TEXT.replace("\r\n", "\n")  # the first line end belongs to the tag
    assert 'name="decided" value="2024-05-06"' in html
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers


def test_line_ends_of_a_form_count_once(client: FlaskClient) -> None:
    assert post(client, "\r\n" * MAX_TEXT).status_code == 200


def test_too_long_a_text_is_told_and_kept(client: FlaskClient) -> None:
    page = post(client, "长" * (MAX_TEXT + 1))
    html = page.get_data(as_text=True)
    assert page.status_code == 413
    assert "至多 20,000 字，现有 20,001 字" in html
    assert "长" * (MAX_TEXT + 1) in html


def test_far_too_much_is_refused_unread(client: FlaskClient) -> None:
    assert post(client, "x" * MAX_FORM).status_code == 413


def test_what_is_no_day_is_told(client: FlaskClient) -> None:
    page = post(client, TEXT, '"><b>')
    html = page.get_data(as_text=True)
    assert page.status_code == 400
    assert "不是日期" in html
    assert '"><b>' not in html


def test_it_speaks_english(client: FlaskClient) -> None:
    client.get("/cite?lang=en")
    html = post(client, "行政处罚法第二十八条", "2021-07-20").get_data(as_text=True)
    assert "in force from January 1, 2018" in html
    assert "changed within a month" in html


def test_ways_lead_there(client: FlaskClient) -> None:
    for page in ("/", "/help", "/help?lang=en"):
        assert 'href="/cite"' in client.get(page).get_data(as_text=True)
