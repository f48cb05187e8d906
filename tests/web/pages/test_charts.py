"""The charts: bars that add up, numbers that can be taken away, small samples that say so."""

import csv
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.issues import families
from kb.search.request import FacetName
from kb.service import KnowledgeBase
from web.app import create_app
from web.pages.charts import heat, shares
from web.pages.charts.shares import HEAD, TALL, Bar
from web.settings import OFF, Settings

FILES = ["outcomes-by-year", "outcomes-by-region", "issues-by-act"]


@pytest.fixture(scope="module")
def site(sample_base: KnowledgeBase) -> Flask:
    return create_app(sample_base, settings=Settings(rate_limit=OFF))


def table(site: Flask, name: str, lang: str = "zh") -> list[list[str]]:
    answer = site.test_client().get(f"/charts/{name}.csv?lang={lang}")
    assert answer.mimetype == "text/csv"
    assert f'filename="{name}.csv"' in answer.headers["Content-Disposition"]
    return list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig"))))


def test_bars_of_a_year_stand_on_the_floor_and_stay_in_the_drawing(
    site: Flask, sample_base: KnowledgeBase
) -> None:
    with site.test_request_context():
        panels = shares.by_year(sample_base)
    assert [len(panel.bars) for panel in panels] == [len(panels[0].bars)] * 3
    for bar in (bar for panel in panels for bar in panel.bars if bar.count):
        assert bar.parts[0].start + bar.parts[0].size == pytest.approx(HEAD + TALL, abs=0.05)
        assert bar.parts[-1].start >= HEAD - 0.05
        check(bar)
    tallest = min(part.start for panel in panels for bar in panel.bars for part in bar.parts)
    assert tallest == pytest.approx(HEAD, abs=0.05)


def test_bars_of_regions_share_a_scale_in_each_group(
    site: Flask, sample_base: KnowledgeBase
) -> None:
    with site.test_request_context():
        groups = shares.by_region(sample_base)
    assert [bar.label for bar in groups[0]] == ["重庆市", "四川省"]
    for group in groups:
        longest = [sum(part.size for part in bar.parts) for bar in group]
        assert longest[0] == pytest.approx(100, abs=0.01)
        assert longest == sorted(longest, reverse=True)
        for bar in group:
            check(bar)


def check(bar: Bar) -> None:
    assert len(bar.shares) == len(families()) + 1
    assert sum(bar.shares) == bar.count == sum(part.count for part in bar.parts)


def test_the_panels_of_all_years_hold_every_dated_case(
    site: Flask, sample_base: KnowledgeBase
) -> None:
    with site.test_request_context():
        whole = shares.by_year(sample_base)[0]
    dated = sum(row.count for row in sample_base.survey.rows(FacetName.YEAR).values)
    assert sum(bar.count for bar in whole.bars) == dated
    assert whole.count == sample_base.survey.found(())


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_whole_and_opens_in_a_spreadsheet(site: Flask, name: str) -> None:
    raw = site.test_client().get(f"/charts/{name}.csv").get_data()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = table(site, name)
    assert rows
    assert all(len(row) == len(head) for row in rows)


@pytest.mark.parametrize("name", FILES)
def test_the_file_speaks_the_readers_language(site: Flask, name: str) -> None:
    head, *_ = table(site, name, "en")
    assert all(column.isascii() for column in head)


def test_the_numbers_on_the_page_are_those_of_the_file(site: Flask) -> None:
    html = site.test_client().get("/charts").get_data(as_text=True)
    for name in FILES:
        assert f"/charts/{name}.csv" in html
    first = table(site, "outcomes-by-region")[1]
    cells = "".join(f'<td class="number">{n}</td>' for n in first[2:])
    assert cells in html


def test_there_is_no_other_file(client: FlaskClient) -> None:
    assert client.get("/charts/passwords.csv").status_code == 404
    assert client.get("/charts/.csv").status_code == 404


def test_a_small_sample_says_so(site: Flask) -> None:
    html = site.test_client().get("/charts").get_data(as_text=True)
    assert "样本较少，仅供参考" in html
    assert [Bar("", "", n, (), ()).few for n in (0, 1, 29, 30)] == [False, True, True, False]


def test_issues_by_act_agree_with_the_search(site: Flask, sample_base: KnowledgeBase) -> None:
    with site.test_request_context():
        shown = heat.issues_by_act(sample_base)
        client = site.test_client()
    assert shown.rows
    cells = [cell for _, cells in shown.rows for cell in cells]
    assert all(bool(cell.count) == bool(cell.href) == bool(cell.shade) for cell in cells)
    for cell in [cell for cell in cells if cell.count][::9]:
        html = client.get(cell.href).get_data(as_text=True)
        assert f"共 {cell.count} 件" in html


def test_every_part_of_a_bar_has_its_pattern(site: Flask) -> None:
    html = site.test_client().get("/charts").get_data(as_text=True)
    for family in [*(family.code for family in families()), "none"]:
        assert f'<pattern id="f-{family}"' in html
