"""The page of an article: the place marked, its neighbours, counterparts, cases and citation."""

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.web.laws import LONG, TITLE


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return unquote(page.get_data(as_text=True))


def part(html: str, identity: str) -> str:
    return html.split(f'id="{identity}"')[1].split("</section>")[0]


def marked(html: str) -> str:
    body = html.split('class="article asked"')[1].split("<nav")[0]
    return "".join(re.findall(r"<mark>(.*?)</mark>", body))


def test_the_article_stands_with_its_heading_and_neighbours(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}@2022-07-01/art-5")
    assert "第一章 总则" in html
    assert f'rel="prev" href="/statutes/{TITLE}@2022-07-01/art-4"' in html
    assert f'rel="next" class="after" href="/statutes/{TITLE}@2022-07-01/art-6"' in html
    assert marked(html) == ""
    last = read(law_client, f"/statutes/{TITLE}@2022-07-01/art-6")
    assert 'rel="next"' not in last


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("para-2", "拒不改正的，加倍处罚。"),
        ("para-1/item-2", "（二）损坏护栏的。"),
        (
            "para-1",
            "有下列情形之一的，由水利部门处一千元罚款：（一）在河道内洗车的；（二）损坏护栏的。",
        ),
    ],
)
def test_the_place_asked_for_is_marked(law_client: FlaskClient, place: str, words: str) -> None:
    assert marked(read(law_client, f"/statutes/{TITLE}@2022-07-01/art-5/{place}")) == words


def test_a_place_that_is_not_there_is_told_with_the_article(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}@2022-07-01/art-5/para-3", 404)
    assert "这一条没有第五条第三款" in html
    assert "加倍处罚" in html


def test_each_paragraph_and_item_has_its_own_address(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}@2022-07-01/art-5")
    stem = f"/statutes/{TITLE}@2022-07-01/art-5"
    for place in ("para-1", "para-1/item-1", "para-1/item-2", "para-2"):
        assert f'href="{stem}/{place}"' in html
        assert law_client.get(f"{stem}/{place}").status_code == 200


def test_counterparts_say_how_they_were_found(law_client: FlaskClient) -> None:
    told = part(read(law_client, f"/statutes/{TITLE}@2022-07-01/art-3"), "counterparts")
    assert f'href="/statutes/{TITLE}@2010-05-01/art-2">第二条</a>' in told
    assert "按条文相似度推算，0." in told
    assert "compare?old=2010-05-01&amp;new=2022-07-01#new-3" in told
    older = part(read(law_client, f"/statutes/{TITLE}@2010-05-01/art-3"), "counterparts")
    assert f'href="/statutes/{TITLE}@2022-07-01/art-4">第四条</a>' in older


def test_the_same_number_may_be_another_article(law_client: FlaskClient) -> None:
    """The article 3 of before is article 4 now: both readings of the number are told."""
    told = part(read(law_client, f"/statutes/{TITLE}@2022-07-01/art-3"), "counterparts")
    namesake = told.split('class="namesake"')[1]
    assert f'href="/statutes/{TITLE}@2010-05-01/art-3">第三条</a>' in namesake
    assert f'href="/statutes/{TITLE}@2022-07-01/art-4">第四条</a>' in namesake
    same = part(read(law_client, f"/statutes/{TITLE}@2022-07-01/art-1"), "counterparts")
    assert "文字未改" in same
    assert "namesake" not in same


def test_the_records_that_cite_it_are_listed(law_client: FlaskClient) -> None:
    cases = part(read(law_client, f"/statutes/{TITLE}@2022-07-01/art-5/para-1/item-1"), "cases")
    assert "某洗车行不服河道罚款案（示例）" in cases
    assert f'href="/search?statute={TITLE}第5条第1款第1项">全部 1 件' in cases
    other = part(read(law_client, f"/statutes/{TITLE}@2022-07-01/art-4"), "cases")
    assert "其中 0 件指这一版本" in other
    assert "还没有案例引用" in part(read(law_client, f"/statutes/{LONG}/art-9"), "cases")


def test_it_can_be_cited_and_kept(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}/art-5/para-2")
    assert f"《{TITLE}》（2022年7月1日起施行）第五条第二款" in html
    kept = f"/statutes/{TITLE}@2022-07-01/art-5/para-2"
    assert f"http://localhost{kept}</p>" in html
    assert f'rel="canonical" href="{kept}"' in html
    assert "地址没有写明版本" in html


def test_a_search_it_was_found_by_is_marked_and_led_back_to(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}@2022-07-01/art-5?q=洗车&kind=statute")
    assert marked(html) == "洗车"
    assert 'href="/search?q=洗车&amp;kind=statute">← 回到检索结果' in html


def test_an_inserted_article_has_its_page(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{LONG}/art-5-1")
    assert "第五条之一" in html
    assert "插入的一条" in html


def test_every_link_within_the_page_has_its_anchor_once(law_client: FlaskClient) -> None:
    html = read(law_client, f"/statutes/{TITLE}@2022-07-01/art-5/para-2")
    anchors = re.findall(r'\bid="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)
