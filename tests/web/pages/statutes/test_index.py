"""The list of statutes: found by title and short name, counted, and help where there are none."""

from urllib.parse import unquote

from flask.testing import FlaskClient

from tests.web.laws import COMING, LONG, REPLY, REVIEW, TITLE


def read(client: FlaskClient, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return unquote(page.get_data(as_text=True))


def row(html: str, title: str) -> str:
    return next(row for row in html.split("<tr>") if f">{title}</a>" in row)


def test_each_statute_tells_its_versions_articles_and_cases(law_client: FlaskClient) -> None:
    told = row(read(law_client, "/statutes"), TITLE)
    assert f'href="/statutes/{TITLE}"' in told
    assert "2022年7月1日起施行" in told
    assert "现行有效" in told
    assert "2 个版本" in told
    assert "地方性法规" in told
    assert ">6</td>" in told.replace("\n", "")
    assert f'href="/search?statute={TITLE}">2 件' in told


def test_a_statute_to_come_and_one_without_articles_say_so(law_client: FlaskClient) -> None:
    html = read(law_client, "/statutes")
    assert "尚未施行" in row(html, COMING)
    assert "不分条" in row(html, REPLY)


def test_the_most_cited_stands_first(law_client: FlaskClient) -> None:
    html = read(law_client, "/statutes")
    assert html.index(f">{TITLE}</a>") < html.index(f">{LONG}</a>")


def test_words_and_kinds_narrow_the_list(law_client: FlaskClient) -> None:
    html = read(law_client, "/statutes?q=河道 管理")
    assert TITLE in html
    assert LONG not in html
    assert "地方性法规" in html
    assert TITLE in read(law_client, f"/statutes?q=《{TITLE}》")
    assert TITLE not in read(law_client, "/statutes?kind=law")


def test_a_name_without_text_leads_to_what_is_known(law_client: FlaskClient) -> None:
    html = read(law_client, "/statutes?q=行复法")
    assert f"《{REVIEW}》的全文尚未导入" in html
    assert f'href="/statutes/{REVIEW}"' in html


def test_words_that_no_title_has_are_answered_with_what_is_near(law_client: FlaskClient) -> None:
    html = read(law_client, "/statutes?q=示例河道管理办法")
    assert "没有名称含“示例河道管理办法”的法规" in html
    assert f'href="/statutes/{TITLE}"' in html
    assert "kind=statute" in html


def test_odd_pages_and_kinds_are_no_failure(law_client: FlaskClient) -> None:
    for odd in ("page=0", "page=x", "page=99999999999", "page=²", "kind=x", "q=%00", "q=<b>"):
        html = read(law_client, f"/statutes?{odd}")
        assert "<b>的" not in html


def test_without_statutes_it_says_how_to_import_them(client: FlaskClient) -> None:
    assert "kb laws import" in read(client, "/statutes")
