"""The ways into the base: what they count is what their links find."""

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from kb import places
from kb.issues import acts, issues, outcomes
from kb.law.parallel import parallels
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from web.app import create_app
from web.settings import OFF, Settings

PAGES = [
    "/browse",
    "/browse/issues",
    "/browse/acts",
    "/browse/outcomes",
    "/browse/statutes",
    "/browse/regions",
    "/browse/authorities",
    "/browse/years",
    "/browse/parallel",
    "/charts",
]


@pytest.fixture(scope="module")
def reader(sample_base: KnowledgeBase) -> FlaskClient:
    """A reader of the bundled samples."""
    return create_app(sample_base, settings=Settings(rate_limit=OFF)).test_client()


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A reader of an empty base."""
    home = tmp_path_factory.mktemp("empty")
    empty = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(home)}))
    return create_app(empty, settings=Settings(rate_limit=OFF)).test_client()


def soup(client: FlaskClient, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def found(client: FlaskClient, href: str) -> int:
    """How many records the search behind a link says it finds."""
    said = re.search(r"共 ([\d,]+) 件", client.get(href).get_data(as_text=True))
    return int(said.group(1).replace(",", "")) if said else 0


def counted(page: BeautifulSoup) -> list[tuple[str, int]]:
    """The links that say a number, with it."""
    links = [(a, a.select_one(".n")) for a in page.select("main a[href^='/search?']")]
    return [(str(a["href"]), number(n)) for a, n in links if n]


def number(tag: Tag) -> int:
    return int(tag.get_text().strip().rstrip("*").replace(",", ""))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_tabs_and_a_heading(reader: FlaskClient, path: str) -> None:
    page = soup(reader, path)
    assert page.h1 is not None
    tabs = [str(a["href"]) for a in page.select(".tabs a")]
    assert tabs == PAGES[1:]
    here = [a["href"] for a in page.select(".tabs a[aria-current=page]")]
    assert here == ([path] if path in tabs else [])


@pytest.mark.parametrize("path", PAGES)
def test_what_a_link_counts_is_what_it_finds(reader: FlaskClient, path: str) -> None:
    links = counted(soup(reader, path))
    if path != "/browse/parallel":
        assert links
    for href, count in links[:: max(1, len(links) // 20)]:
        assert found(reader, href) == count, href


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_base_counts_nothing(stranger: FlaskClient, path: str) -> None:
    page = soup(stranger, path)
    assert counted(page) == []
    assert not page.select("main a[href^='/search?']")


@pytest.mark.parametrize("path", ["/browse/statutes", "/browse/regions", "/browse/authorities"])
def test_an_empty_base_says_so(stranger: FlaskClient, path: str) -> None:
    assert "库中还没有案例" in stranger.get(path).get_data(as_text=True)


@pytest.mark.parametrize("path", PAGES)
def test_english_pages_have_english_headings(reader: FlaskClient, path: str) -> None:
    reader.get("/?lang=zh")
    heading = soup(reader, f"{path}?lang=en").h1
    reader.get("/?lang=zh")
    assert heading is not None
    assert heading.get_text().isascii()


def test_the_header_leads_here(reader: FlaskClient) -> None:
    assert soup(reader, "/").select_one(".ways a[href='/browse']") is not None


@pytest.mark.parametrize(
    ("path", "taxonomy"), [("issues", issues()), ("acts", acts()), ("outcomes", outcomes())]
)
def test_every_term_is_there_with_its_meaning(
    reader: FlaskClient, path: str, taxonomy: object
) -> None:
    html = unescape(reader.get(f"/browse/{path}").get_data(as_text=True))
    for term in taxonomy.terms:
        assert f'id="{term.code}"' in html
        assert term.definition in html


def test_statutes_stand_by_how_much_they_are_cited(reader: FlaskClient) -> None:
    page = soup(reader, "/browse/statutes")
    counts = [number(cell) for cell in page.select(".laws-cited td.number a")]
    assert counts == sorted(counts, reverse=True)
    local = soup(reader, "/browse/statutes?kind=judicial_interpretation")
    titles = [th.a.get_text() for th in local.select(".laws-cited tbody th")]
    assert titles
    assert all("最高人民法院" in title for title in titles)


def test_a_statute_leads_to_its_own_page(reader: FlaskClient) -> None:
    titles = soup(reader, "/browse/statutes").select(".laws-cited tbody th a")
    assert titles
    for title in titles:
        page = soup(reader, str(title["href"]))
        assert page.h1 is not None
        assert page.h1.get_text().strip() == title.get_text().strip()


def test_an_unknown_kind_of_statute_is_no_filter(reader: FlaskClient) -> None:
    whole, odd = (soup(reader, f"/browse/statutes{q}") for q in ("", "?kind=poem"))
    assert len(whole.select(".laws-cited tr")) == len(odd.select(".laws-cited tr"))


def test_each_region_of_today_has_a_tile_and_the_table_the_same_numbers(
    reader: FlaskClient,
) -> None:
    page = soup(reader, "/browse/regions")
    assert len(page.select(".cartogram rect.tile")) == len(places.tiles())
    drawn = {}
    for link in page.select(".cartogram svg a"):
        name, count = re.fullmatch(r"(.+)：([\d,]+) 件", str(link["aria-label"])).groups()
        drawn[name] = int(count.replace(",", ""))
        assert found(reader, str(link["href"])) == drawn[name]
        assert number(link.select_one("text.number")) == drawn[name]
    listed = {
        row.th.get_text().strip(): number(row.select_one("td.number"))
        for row in page.select(".tables tbody tr")
        if row.th.a
    }
    assert listed == drawn
    assert len(drawn) > 10


def test_an_abolished_district_is_in_what_it_became(reader: FlaskClient) -> None:
    page = soup(reader, "/browse/regions")
    new = page.find("th", string=re.compile("两江新区"), scope="row")
    parts = {part.get_text() for part in new.parent.select(".name")}
    assert {"原渝北区", "原江北区"} <= parts
    assert "2025年11月6日由原江北区、原渝北区等设立" in page.get_text()
    assert page.select_one("svg a[href='/search?region=500112']") is None


def test_a_drawing_is_told_in_words(reader: FlaskClient) -> None:
    for path in ("/browse/regions", "/charts"):
        page = soup(reader, path)
        drawings = [svg for svg in page.select("main svg") if svg.get("aria-hidden") != "true"]
        assert drawings
        for svg in drawings:
            named = svg.get("aria-label") or [
                page.find(id=one).get_text() for one in str(svg["aria-labelledby"]).split()
            ]
            assert all(named)


def test_authorities_stand_where_they_sit(reader: FlaskClient) -> None:
    page = soup(reader, "/browse/authorities")
    seats = {
        seat.h3.get_text(): {name.get_text() for name in seat.select(".name")}
        for seat in page.select(".seat")
    }
    assert "渝北区人力资源和社会保障局" in seats["两江新区"]
    assert "重庆市人民政府" in seats["市级"]
    assert "泸州市人民政府" in seats["泸州市"]
    assert "泸县人民政府" in seats["泸州市"]


def test_a_year_is_made_of_its_batches(reader: FlaskClient) -> None:
    page = soup(reader, "/browse/years")
    rows = page.select(".years tbody tr:not(.blank)")
    assert len(rows) >= 5
    for row in rows:
        batches = sum(number(n) for n in row.select(".articles .n"))
        assert batches == number(row.select_one("td.number"))
        assert found(reader, str(row.th.a["href"])) == batches


def test_parallel_regulations_say_where_they_were_read(reader: FlaskClient) -> None:
    page = soup(reader, "/browse/parallel")
    assert len(page.select(".pair")) == len(parallels().pairs)
    text = page.get_text()
    for pair in parallels().pairs:
        for side in (pair.sichuan, pair.chongqing):
            assert side is None or (side.title in text and side.source in text)
    assert "未核对" in page.select_one("#elderly_care").get_text()
    assert "同日施行" in page.select_one("#legal_aid").get_text()
    assert "未见对应的法规" in page.select_one("#elderly_care").get_text()
