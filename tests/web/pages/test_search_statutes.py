"""The search page where articles of statutes are searched, and where the index of them is made."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from kb.answers import SearchAnswer
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from tests.kb.statutes.build import statute
from tests.web.laws import TITLE
from web.app import create_app
from web.settings import OFF, Settings


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return unquote(unescape(page.get_data(as_text=True)))


def scope(html: str, words: str) -> str:
    """Where a tab leads."""
    tabs = html.split('class="scopes"')[1].split("</nav>")[0]
    return re.search(rf'href="([^"]+)"[^>]*>{words}<', tabs).group(1)


def test_a_switch_keeps_the_words(law_client: FlaskClient) -> None:
    html = read(law_client, "/search?q=洗车&region=500000")
    laws = scope(html, "法条")
    assert laws == "/search?q=洗车&kind=statute"
    html = read(law_client, laws)
    assert "共 1 条" in html
    assert scope(html, "案例") == "/search?q=洗车"
    assert 'aria-current="page">法条' in html


def test_an_article_shows_what_it_is_and_nothing_of_a_case(law_client: FlaskClient) -> None:
    html = read(law_client, "/search?q=洗车&kind=statute")
    hit = html.split('<li class="hit">')[1].split("</li>")[0]
    assert f'href="/statutes/{TITLE}@2022-07-01/art-5?q=洗车&kind=statute"' in hit
    assert "示例河道管理条例第五条" in re.sub("<[^>]+>", "", hit)
    assert "2022年7月1日起施行" in hit
    assert "<mark>洗车</mark>" in hit
    for foreign in ("引用法条", "决定<", "发布<", "件"):
        assert foreign not in hit


def test_filters_are_those_of_statutes(law_client: FlaskClient) -> None:
    html = read(law_client, "/search?q=河道&kind=statute")
    for name in ("法规", "制定机关", "施行年份"):
        assert f"<h3>{name}</h3>" in html
    for name in ("文书种类", "处理结果", "争议焦点", "行政行为", "批次"):
        assert f"<h3>{name}</h3>" not in html
    assert 'class="chip"' not in html
    year = re.search(r'href="(/search[^"]*year=2022[^"]*)"', html).group(1)
    narrowed = read(law_client, year)
    assert "施行年份</span> 2022年" in narrowed


def test_old_versions_are_searched_on_demand(law_client: FlaskClient) -> None:
    html = read(law_client, "/search?q=清淤&kind=statute")
    assert "没有找到法条" in html
    both = re.search(r'href="([^"]+)"[^>]*>也找旧版本', html).group(1)
    html = read(law_client, both)
    assert "共 1 条" in html
    assert "旧版本" in html.split('<li class="hit">')[1]
    assert "不找旧版本" in html


def test_taking_all_filters_off_stays_among_statutes(law_client: FlaskClient) -> None:
    html = read(law_client, f"/search?q=河道&kind=statute&year=2022&statute={TITLE}")
    out = re.search(r'class="clear" href="([^"]+)"', html).group(1)
    assert out == "/search?q=河道&kind=statute"


def test_a_typed_provision_leads_to_its_text(law_client: FlaskClient) -> None:
    html = read(law_client, f"/search?q={TITLE}第五条第一款")
    assert f'href="/statutes/{TITLE}/art-5/para-1" lang="zh-CN">{TITLE}第五条第一款</a>' in html
    assert 'class="straight"' not in read(law_client, "/search?q=行政复议法第五条")
    assert 'class="straight"' not in read(law_client, f"/search?q={TITLE}第九十九条")


def test_a_renumbered_article_offers_the_other(law_client: FlaskClient) -> None:
    html = read(law_client, "/search?q=行政复议法第二十八条")
    offers = html.split('class="offers"')[1].split("</div>")[0]
    assert "2024年1月1日修订前的第二十八条，修订后为" in offers
    assert 'href="/search?q=行政复议法第六十四条"' in offers
    api = SearchAnswer.model_validate(
        law_client.get("/api/v1/search?q=行政复议法第二十八条").get_json()
    )
    assert "行政复议法第六十四条" in [offer.q for offer in api.offers]


def test_without_statutes_there_is_no_switch(client: FlaskClient) -> None:
    assert 'class="scopes"' not in read(client, "/search?q=罚款")


@pytest.fixture
def unindexed(tmp_path: Path) -> FlaskClient:
    kb = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(tmp_path)}))
    kb.statutes.store([kb.statutes.place(statute())], reader="tests")
    return create_app(kb, settings=Settings(rate_limit=OFF)).test_client()


def test_while_the_index_is_made_it_asks_for_patience(unindexed: FlaskClient) -> None:
    html = read(unindexed, "/search?q=洗车&kind=statute", 503)
    assert "索引正在建立" in html
    assert 'value="洗车"' in html
    assert 'href="/search?q=洗车">在案例中检索' in html
    assert unindexed.get("/search?q=洗车&kind=statute").headers["Retry-After"]
    assert read(unindexed, "/search?q=洗车")
    problem = unindexed.get("/api/v1/search?q=洗车&kind=statute")
    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")
