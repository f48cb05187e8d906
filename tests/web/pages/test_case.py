"""The page of a record: facts with evidence, text with anchors, statutes, citation, neighbours."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from kb.service import KnowledgeBase


@pytest.fixture
def html(client: FlaskClient, food: str) -> str:
    return client.get(f"/cases/{food}").get_data(as_text=True)


def test_facts_stand_in_a_table(html: str) -> None:
    table = html.split('id="facts"')[1].split("</section>")[0]
    for said in (
        "重庆市渝中区",
        "行政处罚",
        "过罚相当",
        "变更",
        "2024年5月6日",
        "渝中府复〔2024〕85号",
    ):
        assert said in table


def test_a_fact_shows_the_words_it_was_read_from_and_leads_there(html: str) -> None:
    ground = re.search(r'<q>决定变更原处罚</q>.*?href="#(p\d+)" data-show="(\d+)"', html, re.S)
    paragraph, number = ground.groups()
    there = re.search(rf'id="{paragraph}".*?</p>', html, re.S).group()
    assert re.search(rf'data-ground="[^"]*\b{number}\b[^"]*">决定变更原处罚', there)


def test_every_link_within_the_page_has_its_anchor_once(html: str) -> None:
    anchors = re.findall(r'\bid="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)


def test_the_text_of_the_record_is_all_there(html: str, base: KnowledgeBase, food: str) -> None:
    shown = html.split('<article class="body"')[1].split("</article>")[0]
    shown = re.sub(r'<a class="pilcrow".*?</a>', "", shown)
    plain = re.sub(r"\s|\|", "", unescape(re.sub(r"<[^>]+>", "", shown)))
    for section in base.answer(base.case(food)).sections:
        assert re.sub(r"\s|\|", "", section.text) in plain


def test_tables_are_tables(html: str) -> None:
    assert re.search(r"<td>饼干</td>\s*<td>3袋</td>", html)


def test_statutes_are_listed_with_how_far_they_are_sure(html: str) -> None:
    laws = html.split('id="laws"')[1]
    assert "行政处罚法第三十三条第一款" in laws
    unsure = re.search(r'<li id="law-\d+" class="unresolved">(.*?)</li>', laws, re.S).group(1)
    assert "某某市食品摊贩办法" in unsure
    assert "未能确认所指法规" in unsure


def test_it_says_that_it_is_a_sample(html: str) -> None:
    assert "不得作为真实案例引用" in html


def test_the_citation_can_be_selected_without_scripting(
    html: str, base: KnowledgeBase, food: str
) -> None:
    line = base.answer(base.case(food)).cite_as
    assert unescape(html.split('id="cite-text"')[1].split(">", 1)[1]).startswith(line)


def test_the_search_it_was_found_by_is_marked_and_led_back_to(
    client: FlaskClient, food: str
) -> None:
    html = client.get(f"/cases/{food}?q=过期食品&region=500000").get_data(as_text=True)
    assert "<mark>过期食品</mark>" in html
    assert 'href="/search?q=%E8%BF%87%E6%9C%9F%E9%A3%9F%E5%93%81&amp;region=500000"' in html
    assert f'rel="canonical" href="/cases/{food}"' in html


def test_neighbours_of_the_batch(client: FlaskClient, base: KnowledgeBase) -> None:
    before, here, after = sorted(base.published(), key=lambda answer: answer.position)[:3]
    html = client.get(f"/cases/{here.id}").get_data(as_text=True)
    assert re.search(rf'rel="prev"[^>]* href="/cases/{before.id}"', html)
    assert re.search(rf'rel="next"[^>]* href="/cases/{after.id}"', html)


def test_a_record_that_is_not_there(client: FlaskClient) -> None:
    page = client.get("/cases/nosuch")
    assert page.status_code == 404
    assert "没有找到" in page.get_data(as_text=True)


def test_a_withdrawn_record_says_why(client: FlaskClient, withdrawn: str) -> None:
    page = client.get(f"/cases/{withdrawn}")
    html = page.get_data(as_text=True)
    assert page.status_code == 410
    assert "内容有误，待更正" in html
    assert "甲处罚乙" not in html


def test_bad_words_about_the_search_do_not_hide_the_record(client: FlaskClient, food: str) -> None:
    assert client.get(f"/cases/{food}?page=x&sort=best&foo=1").status_code == 200
