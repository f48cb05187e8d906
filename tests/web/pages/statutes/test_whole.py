"""The page of a whole statute: every article with its anchor, address and cases; versions."""

import re
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from tests.kb.statutes.build import NEW_ARTICLES
from tests.web.laws import COMING, LONG, REPLY, REVIEW, TITLE


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return unquote(page.get_data(as_text=True))


def plain(html: str) -> str:
    return re.sub(r"\s", "", re.sub(r"<[^>]+>", "", html))


def test_the_version_in_force_is_shown_where_none_is_named(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}")
    assert "2022年7月1日起施行" in html
    assert "现行有效" in html
    body = plain(html)
    for text in NEW_ARTICLES.values():
        assert plain(text) in body
    assert 'href="/statutes/示例河道管理条例@2022-07-01/art-5">第五条</a>' in html
    assert "示例市人民代表大会常务委员会通过" in html


def test_an_old_version_says_so_and_leads_to_the_new(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}@2010-05-01")
    assert "这是旧版本，施行到 2022年6月30日" in html
    assert f'href="/statutes/{TITLE}">看现行版本' in html
    assert f"/statutes/{TITLE}/compare?old=2010-05-01&amp;new=2022-07-01" in html
    assert "清淤劳动" in html


def test_a_version_to_come_says_so(law_client: FlaskClient) -> None:
    assert "这一版本尚未施行" in read(law_client, f"/statutes/{COMING}")


def test_an_article_counts_its_cases_and_those_of_this_version(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}")
    fifth = html.split('id="art-5"')[1].split('id="art-6"')[0]
    assert f'href="/search?statute={TITLE}第5条">1 件案例引用' in fifth
    assert "指这一版本" not in fifth
    fourth = html.split('id="art-4"')[1].split('id="art-5"')[0]
    assert "1 件案例引用" in fourth
    assert "0 件指这一版本" in fourth  # the record cites the article 4 of before
    assert "引用" not in html.split('id="art-3"')[1].split('id="art-4"')[0]


def test_every_article_of_a_long_statute_has_its_anchor_once(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{LONG}")
    anchors = re.findall(r'\bid="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert {f"art-{n}" for n in range(1, 1201)} | {"art-5-1"} <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)
    assert html.index('id="art-5"') < html.index('id="art-5-1"') < html.index('id="art-6"')
    assert 'href="#part-2">第一章 一般规定</a>' in html


@pytest.mark.parametrize("words", ["1000", "第一千条", "一千", "１０００"])
def test_the_box_leads_to_an_article(law_client: FlaskClient, words: str) -> None:
    page = law_client.get(f"/statutes/{LONG}?article={words}")
    assert (page.status_code, page.location) == (302, f"/statutes/{quote(LONG)}#art-1000")


def test_the_box_says_what_it_cannot_find(law_client: FlaskClient) -> None:
    assert "共 1201 条" in read(law_client, f"/statutes/{LONG}?article=1300", 404)
    assert "不是条号" in read(law_client, f"/statutes/{LONG}?article=目录", 400)


def test_a_text_without_articles_stands_whole(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{REPLY}")
    assert "你院的请示收悉" in html
    assert "到第几条" not in html


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        (f"《{TITLE}》", TITLE),
        (f"{TITLE}/", TITLE),
        ("行复法", REVIEW),
        ("中华人民共和国行政复议法", REVIEW),
        ("行复法@2024-01-01/art-30", f"{REVIEW}@2024-01-01/art-30"),
        ("行政复议法第三十条第一款", f"{REVIEW}/art-30/para-1"),
        ("行复法30", f"{REVIEW}/art-30"),
        (f"{TITLE}@2022-07-01/art-05", f"{TITLE}@2022-07-01/art-5"),
    ],
)
def test_other_names_lead_to_the_title(law_client: FlaskClient, name: str, canonical: str) -> None:
    page = law_client.get(f"/statutes/{name}?lang=en")
    assert page.status_code == 302
    assert unquote(page.location) == f"/statutes/{canonical}?lang=en"


def test_without_text_it_tells_what_is_known(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{REVIEW}")
    assert "全文尚未导入" in html
    assert "kb laws import" in html
    assert "行复法" in html
    assert "2024年1月1日起施行" in html
    assert f'href="/search?statute={REVIEW}第30条"' in html
    article = read(law_client, f"/statutes/{REVIEW}@2018-01-01/art-17")
    assert "第三十条" in article  # the row that a person checked
    assert "人工核对" in article


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("没有的条例", 404, "没有收录名为《没有的条例》的法规"),
        ("示例河道管理办法", 404, f'href="/statutes/{TITLE}"'),
        (f"{TITLE}@2011-01-01", 404, "没有 2011-01-01 起施行的版本"),
        (f"{TITLE}@2011-13-01", 400, "不是日期"),
        (f"{TITLE}@2011", 400, "不是条文地址"),
        (f"{TITLE}/art-9", 404, "共 6 条"),
        (f"{TITLE}/第三条/x", 400, "不是条文地址"),
        (f"{TITLE}/art-", 400, "不是条文地址"),
        (f"{TITLE}/art-0", 404, "共 6 条"),
        ("a" * 3000, 404, "没有收录"),
        ("<script>alert(1)", 404, "没有收录"),
    ],
)
def test_a_bad_address_is_told_with_a_way_on(
    law_client: FlaskClient, address: str, status: int, said: str
) -> None:
    page = law_client.get(f"/statutes/{address}")
    assert page.status_code == status
    html = page.get_data(as_text=True)
    assert said in unquote(html)
    assert "/statutes/行政复议法@2024-01-01/art-30" in html
    assert "<script>alert" not in html
