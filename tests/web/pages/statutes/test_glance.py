"""A provision in a few lines, and where citations lead to it."""

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from kb.service import KnowledgeBase
from tests.web.laws import LONG, REVIEW, TITLE


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return unquote(page.get_data(as_text=True))


def case(base: KnowledgeBase, words: str) -> str:
    return next(f"/cases/{found.id}" for found in base.published() if words in found.title)


def test_it_is_a_fragment_that_may_be_kept(law_client: FlaskClient) -> None:
    page = law_client.get(f"/statutes/{TITLE}@2022-07-01/art-5/para-2/glance")
    html = page.get_data(as_text=True)
    assert "<html" not in html
    assert "示例河道管理条例第五条第二款" in html
    assert "2022年7月1日起施行 · 现行有效" in html
    assert "<mark>拒不改正的，加倍处罚。</mark>" in html
    assert page.headers["Cache-Control"] == "private, max-age=600"
    assert "Content-Security-Policy" in page.headers


def test_an_old_article_says_what_it_became(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}@2010-05-01/art-3/glance")
    assert "已被修改，现为第四条" in html


def test_of_a_long_article_only_what_was_asked_for_is_shown(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{LONG}/art-7/para-1/item-8/glance")
    assert "第八处倾倒" in html
    assert "有下列情形之一的" in html  # the opening words that the item belongs to
    assert "第七处倾倒" not in html
    assert "节录" in html
    whole = read(law_client, f"/statutes/{LONG}/art-7/glance")
    assert "第一处倾倒" in whole
    assert "第八处倾倒" not in whole


def test_a_place_that_is_not_there_is_told(law_client: FlaskClient) -> None:
    assert "这一条没有第三条第九款" in read(law_client, f"/statutes/{TITLE}/art-3/para-9/glance")


@pytest.mark.parametrize(
    "address", [f"{TITLE}/art-99", f"{REVIEW}/art-1", "没有的条例/art-1", TITLE, "x@y"]
)
def test_what_is_not_here_is_not_found(law_client: FlaskClient, address: str) -> None:
    assert "没有这一条的全文" in read(law_client, f"/statutes/{address}/glance", 404)


def test_a_case_leads_to_the_version_it_cites(
    law_client: FlaskClient, law_base: KnowledgeBase
) -> None:
    html = read(law_client, case(law_base, "洗车行"))
    page = f"/statutes/{TITLE}@2022-07-01/art-5/para-1/item-1"
    text, laws = html.split('id="laws"')
    for place in (text, laws):
        assert f'href="{page}" data-glance="{page}/glance"' in place
    assert "同引案例" in laws
    old = read(law_client, case(law_base, "倾倒垃圾"))
    assert f'data-glance="/statutes/{TITLE}@2010-05-01/art-4/para-1/glance"' in old


def test_a_citation_without_text_leads_to_the_list_as_before(
    law_client: FlaskClient, law_base: KnowledgeBase
) -> None:
    html = read(law_client, case(law_base, "复议期限"))
    assert "data-glance" not in html
    assert re.search(r'<a class="cite" id="c1" href="#law-1">', html)
    absent = read(law_client, case(law_base, "洗车行"))
    assert "art-99" not in absent  # cited, but the version has no such article


def test_a_checked_brief_leads_to_the_texts(law_client: FlaskClient) -> None:
    text = f"依照《{TITLE}》第四条，《{TITLE}》第九十九条，《{REVIEW}》第三十条。"
    page = law_client.post("/cite", data={"text": text, "decided": "2023-03-01"})
    html = unquote(page.get_data(as_text=True))
    there = f"/statutes/{TITLE}@2022-07-01/art-4"
    assert f'<a href="{there}" data-glance="{there}/glance">{TITLE}第四条</a>' in html
    assert f'href="#r1" data-glance="{there}/glance"' in html
    assert "art-99" not in html
    assert "art-30" not in html
