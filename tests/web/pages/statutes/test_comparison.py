"""Two versions side by side: aligned, marked, labelled, folded where nothing changed."""

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from tests.web.laws import LONG, TITLE

BOTH = f"/statutes/{TITLE}/compare?old=2010-05-01&new=2022-07-01"


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return unquote(page.get_data(as_text=True))


def plain(html: str) -> str:
    return re.sub(r"\s", "", re.sub(r"<[^>]+>", "", html))


def beside(html: str, identity: str) -> str:
    """The row that holds an anchor."""
    return next(row for row in html.split('<div class="beside ') if f'id="{identity}"' in row)


@pytest.fixture
def html(law_client: FlaskClient) -> str:
    return read(law_client, BOTH)


def test_articles_stand_beside_what_they_became(html: str) -> None:
    row = beside(html, "new-4")
    assert 'id="old-3"' in row
    assert row.startswith("revised")
    assert "<ins>、排放污水</ins>" in row
    assert "<del>" not in row


def test_changed_words_are_marked_on_both_sides(html: str) -> None:
    row = beside(html, "new-5")
    old, new = row.split('id="new-5"')
    assert "<del>" in old
    assert "<ins>" not in old
    assert "<del>" not in new
    assert "拒不改正的，加倍处罚" in "".join(re.findall("<ins>(.*?)</ins>", new))


def test_nothing_of_either_text_is_lost(html: str) -> None:
    row = beside(html, "new-5")
    assert plain("由水务部门处五百元罚款：") in plain(row)
    assert plain("由水利部门处一千元罚款：") in plain(row)


def test_what_was_added_and_dropped_is_labelled(html: str) -> None:
    assert "新增" in beside(html, "new-2")
    assert "删去" in beside(html, "old-5")
    tally = plain(html.split('class="tally"')[1].split("</p>")[0])
    for said in ("修改4条", "新增1条", "删去1条", "文字未改1条"):
        assert said in tally


def test_unchanged_articles_are_folded_and_can_be_left_out(
    law_client: FlaskClient, html: str
) -> None:
    assert re.search(r'<details class="unchanged"><summary>第一条：文字未改', html)
    only = read(law_client, BOTH + "&only=changes")
    assert "unchanged" not in only
    assert 'id="new-2"' in only
    assert 'only=changes" aria-current="true"' in only


def test_without_days_the_two_newest_are_compared(law_client: FlaskClient, html: str) -> None:
    unasked = read(law_client, f"/statutes/{TITLE}/compare")
    assert unasked.split("<main")[1] == html.split("<main")[1]


def test_days_the_wrong_way_round_are_turned(law_client: FlaskClient) -> None:
    page = law_client.get(f"/statutes/{TITLE}/compare?old=2022-07-01&new=2010-05-01&only=changes")
    assert page.status_code == 302
    assert unquote(page.location) == BOTH + "&only=changes"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"{LONG}/compare", 404, "不到两个版本"),
        (f"{TITLE}/compare?old=2022-07-01&new=2022-07-01", 400, "两个版本相同"),
        (f"{TITLE}/compare?old=2011-01-01", 404, "没有《示例河道管理条例》2011-01-01 版本的全文"),
        (f"{TITLE}/compare?old=x", 400, "不是日期"),
        ("没有的条例/compare", 404, "没有收录"),
    ],
)
def test_what_cannot_be_compared_is_told(
    law_client: FlaskClient, address: str, status: int, said: str
) -> None:
    assert said in read(law_client, f"/statutes/{address}", status)


def test_every_link_within_the_page_has_its_anchor_once(html: str) -> None:
    anchors = re.findall(r'\bid="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
