"""The page that checks a text's citations: marked in place, listed with version and records; plain
forms, nothing kept."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web.pages.check import MAX_FORM, MAX_TEXT

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
    assert "版本待定 决定日前一个月内换过版本 2018年1月1日或2021年7月15日起施行" in row


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
    assert "in force from January 1, 2018 or July 15, 2021" in html


def test_ways_lead_there(client: FlaskClient) -> None:
    for page in ("/", "/help", "/help?lang=en"):
        assert 'href="/cite"' in client.get(page).get_data(as_text=True)
