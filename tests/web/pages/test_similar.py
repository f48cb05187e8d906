"""Similar cases on the pages: a record's own, a pasted text's, two records side by side."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.errors import IndexUnavailable
from kb.search.similar import MAX_TEXT
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from tests.kb.search.similar.build import (
    FOOD,
    FOOD_AGAIN,
    FOOD_LAW,
    INJURY,
    INJURY_LAW,
    case,
    stock,
)
from web.app import create_app
from web.pages.pasted import MAX_FORM
from web.settings import OFF, Settings

SHOP, STORE, HURT = (
    "某超市不服过期食品罚款案",
    "某便利店不服过期食品处罚案",
    "张某不服不予认定工伤案",
)
TEXT = (
    f"某小卖部不服过期食品处罚案<b>\r\n{FOOD_AGAIN.replace('便利店', '小卖部')}"
    f"小卖部不服该行政处罚决定。{FOOD_LAW}"
)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeBase, dict[str, str]]:
    """A base of four: two of one cause, one of these published again, and one of another."""
    home: Path = tmp_path_factory.mktemp("similar")
    base = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(home)}))
    ids = stock(
        base,
        case(SHOP, FOOD, FOOD_LAW),
        case(STORE, FOOD_AGAIN),
        case("小过重罚被纠正", FOOD, "【裁判结果】" + FOOD_LAW),
        case(HURT, INJURY, INJURY_LAW),
    )
    return base, ids


@pytest.fixture(scope="module")
def ids(stocked: tuple[KnowledgeBase, dict[str, str]]) -> dict[str, str]:
    return stocked[1]


@pytest.fixture(scope="module")
def client(stocked: tuple[KnowledgeBase, dict[str, str]]) -> FlaskClient:
    return create_app(stocked[0], settings=Settings(rate_limit=OFF)).test_client()


def post(client: FlaskClient, text: str) -> TestResponse:
    return client.post("/similar", data={"text": text})


def read(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def section(client: FlaskClient, record: str) -> str:
    html = client.get(f"/cases/{record}").get_data(as_text=True)
    return html.split('<section id="similar"')[1].split("</section>")[0]


def test_a_record_shows_the_cases_like_it(client: FlaskClient, ids: dict[str, str]) -> None:
    html = section(client, ids[SHOP])
    told = read(html)
    assert f'href="/cases/{ids[STORE]}"' in html
    assert ids[HURT] not in html
    assert "典型案例" in told
    assert re.search(r"基本事实 \d+% 权重 59% 共同：", told)
    assert "法律适用 其中一方没有引用能认定的法条，无法比较，未计入" in told
    assert f'href="/cases/{ids[SHOP]}/compare/{ids[STORE]}"' in html


def test_a_bar_is_as_long_as_its_share_says(client: FlaskClient, ids: dict[str, str]) -> None:
    html = section(client, ids[SHOP])
    bars = re.findall(r'class="held" width="(\d+)%"', html)
    assert bars == re.findall(r"<b>(\d+)%</b>", html)
    assert len(bars) == 2


def test_what_was_published_again_stands_apart(client: FlaskClient, ids: dict[str, str]) -> None:
    html = section(client, ids[SHOP])
    apart = html.split('<div class="apart">')[1].split("</div>")[0]
    assert "重复发布" in apart
    assert ids["小过重罚被纠正"] in apart
    assert html.count(ids["小过重罚被纠正"]) == 1


def test_nothing_similar_is_said(client: FlaskClient, ids: dict[str, str]) -> None:
    assert "库中没有与本案相似度达到 33% 的案例" in read(section(client, ids[HURT]))
    page = client.get(f"/cases/{ids[HURT]}/similar").get_data(as_text=True)
    assert "库中没有与本案相似度达到 33% 的案例" in read(page)


def test_all_of_them_have_a_page(client: FlaskClient, ids: dict[str, str]) -> None:
    page = client.get(f"/cases/{ids[SHOP]}/similar").get_data(as_text=True)
    assert f'href="/cases/{ids[STORE]}"' in page
    assert client.get("/cases/nothing/similar").status_code == 404


def test_a_record_can_be_read_without_an_index(
    client: FlaskClient,
    stocked: tuple[KnowledgeBase, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def torn(*_: object) -> None:
        raise IndexUnavailable("索引已损坏")

    monkeypatch.setattr(stocked[0], "similar", torn)
    page = client.get(f"/cases/{stocked[1][SHOP]}")
    assert page.status_code == 200
    assert 'id="similar"' not in page.get_data(as_text=True)


def test_the_form_stands_alone(client: FlaskClient) -> None:
    html = client.get("/similar").get_data(as_text=True)
    assert '<form method="post" action="/similar"' in html
    assert "不保存" in html
    assert 'id="result"' not in html


def test_a_pasted_text_finds_its_like(client: FlaskClient) -> None:
    page = post(client, TEXT)
    told = read(page.get_data(as_text=True))
    assert page.status_code == 200
    assert "行政行为 行政处罚" in told
    assert "食品安全法第一百二十四条第一款第五项、行政处罚法第三十三条第一款" in told
    assert SHOP in told
    assert HURT not in told
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers


def test_what_was_typed_is_kept_in_the_form_and_escaped(client: FlaskClient) -> None:
    html = post(client, TEXT).get_data(as_text=True)
    kept = unescape(html.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
    assert kept == "\n" + TEXT.replace("\r\n", "\n")
    assert "<b>\n" not in html


@pytest.mark.parametrize("text", ["", "\n", "今天天气很好", "\0", "\ud83d"])
def test_a_text_like_nothing_is_told(client: FlaskClient, text: str) -> None:
    page = client.post("/similar", data={"text": text.encode("utf-8", "replace")})
    assert page.status_code == 200
    assert "库中没有相似度达到" in read(page.get_data(as_text=True))


def test_too_long_a_text_is_told_and_kept(client: FlaskClient) -> None:
    page = post(client, "长" * (MAX_TEXT + 1))
    html = page.get_data(as_text=True)
    assert page.status_code == 413
    assert "至多 20,000 字，现有 20,001 字" in html
    assert "长" * (MAX_TEXT + 1) in html
    assert post(client, "\r\n" * MAX_TEXT).status_code == 200
    assert post(client, "x" * MAX_FORM).status_code == 413


def test_two_records_stand_side_by_side(client: FlaskClient, ids: dict[str, str]) -> None:
    html = client.get(f"/cases/{ids[SHOP]}/compare/{ids[STORE]}").get_data(as_text=True)
    assert '<b class="same">行政处罚</b>' in html
    assert "<mark>" in html
    told = read(html)
    assert FOOD[:12] in told.replace(" ", "")
    assert FOOD_AGAIN[:12] in told.replace(" ", "")
    far = client.get(f"/cases/{ids[SHOP]}/compare/{ids[HURT]}")
    assert far.status_code == 200
    assert client.get(f"/cases/{ids[SHOP]}/compare/nothing").status_code == 404


def test_it_speaks_english(client: FlaskClient, ids: dict[str, str]) -> None:
    page = client.get(f"/cases/{ids[SHOP]}/similar?lang=en").get_data(as_text=True)
    told = read(page)
    assert "Facts" in told
    assert "weight 59%" in told
    assert "% alike" in told
    client.get("/?lang=zh")


def test_ways_lead_there(client: FlaskClient, ids: dict[str, str]) -> None:
    for path in ("/", "/help", "/help?lang=en", f"/cases/{ids[HURT]}"):
        assert 'href="/similar"' in client.get(path).get_data(as_text=True)
    client.get("/?lang=zh")
