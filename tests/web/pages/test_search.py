"""The search page: what is found, how it was read, how to narrow it and how to get out again."""

import re
from html import unescape
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient


def read(client: FlaskClient, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return page.get_data(as_text=True)


def links(html: str, words: str) -> list[str]:
    """Where the links lead that hold some words."""
    anchors = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.S)
    return [unescape(href) for href, inside in anchors if words in re.sub(r"<[^>]+>", "", inside)]


def test_a_hit_shows_why_and_where(client: FlaskClient) -> None:
    html = read(client, "/search?q=过期食品 罚款")
    assert "共 1 件" in html
    assert "<mark>过期食品</mark>" in html
    assert "变更" in html
    assert "2024-05-06" in html
    assert "基本案情" in html
    assert "食品安全法第一百二十四条第一款第五项" in html


def test_a_filter_is_put_on_and_taken_off_by_a_link(client: FlaskClient) -> None:
    html = read(client, "/search?q=行政处罚")
    narrowed = next(href for href in links(html, "重庆市") if "region=" in href)
    html = read(client, narrowed)
    assert "共 6 件" in html
    (out,) = links(html, "去掉筛选：")
    assert "region" not in out
    assert "共 11 件" in read(client, out)


def test_the_search_box_keeps_words_and_filters(client: FlaskClient) -> None:
    html = read(client, "/search?q=罚款&region=500000&sort=newest")
    assert 'name="q" value="罚款"' in html
    assert '<input type="hidden" name="region" value="500000">' in html
    assert '<input type="hidden" name="sort" value="newest">' in html


def test_pages_are_numbered_and_lead_on(client: FlaskClient) -> None:
    first = read(client, "/search?size=5")
    assert "第 1 页，共 3 页" in first
    (following,) = links(first, "下一页")
    second = read(client, following)
    assert '<ol class="hits" start="6">' in second
    titles = re.compile(r"/cases/(\w+)")
    assert not set(titles.findall(first)) & set(titles.findall(second))


def test_a_page_past_the_end_leads_back(client: FlaskClient) -> None:
    assert links(read(client, "/search?size=5&page=9"), "回到最后一页") == ["/search?page=3&size=5"]


def test_order_can_be_chosen(client: FlaskClient) -> None:
    dates = re.compile(r'<time datetime="([\d-]+)"')
    newest = dates.findall(read(client, "/search?sort=newest&size=50"))
    oldest = dates.findall(read(client, "/search?sort=oldest&size=50"))
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)


def test_an_empty_answer_says_what_to_drop(client: FlaskClient) -> None:
    html = read(client, "/search?q=过期食品&region=510000")
    assert "没有找到案例" in html
    (out,) = links(html, "去掉 地区")
    assert "共 1 件" in read(client, out)


def test_a_word_that_stands_nowhere_can_be_dropped(client: FlaskClient) -> None:
    html = read(client, "/search?q=过期食品 紫外线灯")
    (out,) = links(html, "去掉 紫外线灯")
    assert out == "/search?q=%E8%BF%87%E6%9C%9F%E9%A3%9F%E5%93%81"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/search?q=过期食品&page=x", 'value="过期食品"'),
        ("/search?q=过期食品&size=9999&region=500000", 'name="region" value="500000"'),
        ("/search?q=过期食品&sort=best", 'value="过期食品"'),
        ("/search?q=过期食品&cursor=made-up", 'value="过期食品"'),
    ],
)
def test_a_bad_parameter_is_named_and_the_rest_kept(
    client: FlaskClient, address: str, kept: str
) -> None:
    html = read(client, address, 400)
    assert "这样检索不了" in html
    assert kept in html
    assert links(html, "不带这个参数检索")


def test_too_long_a_query_is_kept_in_its_box(client: FlaskClient) -> None:
    assert "食" * 20_001 in read(client, "/search?q=" + "食" * 20_001, 400)


def test_what_messengers_add_to_a_link_does_not_break_it(client: FlaskClient) -> None:
    assert "共 1 件" in read(client, "/search?q=过期食品 罚款&from=singlemessage&utm_source=x")


@pytest.mark.parametrize("query", ["", "   ", "(", "“", "-", "年份:abc", "%00", "%FF%FE", "法条:"])
def test_no_query_fails(client: FlaskClient, query: str) -> None:
    read(client, f"/search?q={query}")


def test_an_english_page_speaks_of_the_same_search(client: FlaskClient) -> None:
    html = read(client, "/search?q=过期食品&lang=en")
    assert "1 found" in html
    assert "Typical case" in html


def test_words_within_the_results_keep_everything_else(client: FlaskClient) -> None:
    html = read(client, "/search?q=行政处罚&region=500000&sort=newest&within=罚款")
    form = re.search(r'<form class="within".*?</form>', html, re.S)[0]
    for name, value in (("q", "行政处罚"), ("region", "500000"), ("within", "罚款")):
        assert f'type="hidden" name="{name}" value="{value}"' in form
    assert 'type="search" name="within"' in form
    (out,) = links(html, "结果中含")
    assert "within" not in out
    assert "region=500000" in out
    assert "结果中含" not in read(client, out)


def test_kinds_typed_among_the_words_are_the_filter(client: FlaskClient) -> None:
    assert 'name="kind" value="statute"' in client.get("/search?q=种类:法规条文 罚款").get_data(
        as_text=True
    )


def test_a_hit_says_what_matched_and_the_page_what_the_index_holds(client: FlaskClient) -> None:
    html = read(client, "/search?q=小过重罚&region=500000")
    assert "索引收有 " in html
    why = re.findall(r'<p class="why".*?</p>', html)
    assert all("命中：" in line or "同义词：" in line for line in why)
    assert all("地区：重庆市" in line for line in why)


def test_a_pasted_text_is_not_repeated_in_every_link(client: FlaskClient) -> None:
    told = "某店销售过期食品被罚款三万元，不服而申请行政复议，复议机关认为过罚不当。"
    pasted = f"基本案情如下：{told * 100}"
    page = client.get("/search", query_string={"q": pasted}).get_data(as_text=True)
    assert "不能逐项筛选" in page
    assert 0 < page.count(quote_plus("基本案情如下")) < 30
