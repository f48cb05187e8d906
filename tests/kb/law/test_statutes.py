"""The registry: names, versions and days."""

from datetime import date, timedelta

import pytest

from kb.errors import DataError
from kb.law.statutes import Registry, Version, Work, WorkKind, name_key, registry


def work(title: str, *days: date, **fields: object) -> Work:
    versions = tuple(Version(day, day - timedelta(days=30)) for day in days)
    return Work(title, title, WorkKind.LAW, versions=versions, **fields)  # type: ignore[arg-type]


def test_it_knows_enough_statutes_of_every_rank() -> None:
    works = registry().works
    assert len(works) >= 170
    assert {work.kind for work in works} == set(WorkKind)
    provinces = [work for work in works if work.title.startswith(("四川省", "重庆市", "成都市"))]
    assert len(provinces) >= 60


def test_every_work_is_found_by_each_of_its_names() -> None:
    for of in registry().works:
        assert "中华人民共和国" not in of.title
        for name in (of.title, of.full_title, f"《{of.full_title}》", *of.aliases):
            assert registry().work(name) is of


def test_the_days_of_every_work_are_in_order() -> None:
    for of in registry().works:
        days = [version.in_force for version in of.versions]
        assert days == sorted(set(days)), of.title
        adopted = [version.adopted for version in of.versions if version.adopted]
        assert adopted == sorted(set(adopted)), of.title
        assert not set(of.undated) & set(adopted), of.title
        assert of.ended is None or not days or of.ended > days[-1], of.title
        for version in of.versions:
            assert version.adopted is None or version.adopted <= version.in_force, of.title
            assert version.last_day is None or version.last_day >= version.in_force, of.title
            assert version.note in ("text", "decision", "report"), of.title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("行复法", "行政复议法"),
        ("行政复议法", "行政复议法"),
        ("中华人民共和国行政复议法", "行政复议法"),
        ("《中华人民共和国行政复议法》", "行政复议法"),
        (" 行政 复议法", "行政复议法"),
        ("行政復議法", "行政复议法"),
        ("处罚法", "行政处罚法"),
        ("适用解释", "最高人民法院关于适用《行政诉讼法》的解释"),
        ("行诉解释", "最高人民法院关于适用《行政诉讼法》的解释"),
        ("行政协议司法解释", "最高人民法院关于审理行政协议案件若干问题的规定"),
        ("关于审理行政协议案件若干问题的规定", "最高人民法院关于审理行政协议案件若干问题的规定"),
        ("信息公开条例", "政府信息公开条例"),
        ("医疗机构制剂配制质量管理规范", "医疗机构制剂配制质量管理规范（试行）"),
        ("医疗机构制剂配制质量管理规范(试行)", "医疗机构制剂配制质量管理规范（试行）"),
    ],
)
def test_names(name: str, title: str) -> None:
    found = registry().work(name)
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize("name", ["", "安全法", "中华人民共和国安全法", "条例", "行政复议", "法"])
def test_no_name_is_guessed(name: str) -> None:
    assert registry().work(name) is None


def test_the_days_of_the_statutes_that_matter_most() -> None:
    def days(name: str) -> list[str]:
        found = registry().work(name)
        assert found is not None
        return [version.in_force.isoformat() for version in found.versions]

    assert days("行政复议法") == ["1999-10-01", "2009-08-27", "2018-01-01", "2024-01-01"]
    assert days("行政处罚法") == ["1996-10-01", "2009-08-27", "2018-01-01", "2021-07-15"]
    assert days("行政诉讼法") == ["1990-10-01", "2015-05-01", "2017-07-01"]
    assert days("政府信息公开条例") == ["2008-05-01", "2019-05-15"]
    assert days("治安管理处罚法") == ["2006-03-01", "2013-01-01", "2026-01-01"]
    assert days("工伤保险条例") == ["2004-01-01", "2011-01-01"]


JANUARY, JULY = date(2020, 1, 1), date(2022, 7, 1)


@pytest.mark.parametrize(
    ("day", "why", "candidates"),
    [
        (date(2019, 12, 31), "before_first_version", [JANUARY]),
        (JANUARY, "", [JANUARY]),
        (date(2022, 6, 30), "", [JANUARY]),
        (JULY, "within_a_month_of_change", [JANUARY, JULY]),
        (date(2022, 7, 31), "within_a_month_of_change", [JANUARY, JULY]),
        (date(2022, 8, 1), "", [JULY]),
    ],
)
def test_version_on(day: date, why: str, candidates: list[date]) -> None:
    dating = work("甲法", JANUARY, JULY).version_on(day)
    assert (dating.why, [v.in_force for v in dating.candidates]) == (why, candidates)
    assert (dating.version is None) == (why != "")


def test_a_change_of_unknown_day_leaves_the_version_open() -> None:
    of = work("甲法", JANUARY, undated=(date(2021, 3, 1),))
    assert of.version_on(date(2021, 2, 1)).version is not None
    assert of.version_on(date(2021, 3, 1)).why == "change_undated"
    assert of.version_on(date(2021, 3, 1)).version is None


def test_after_repeal_the_last_version_is_meant() -> None:
    dating = work("甲法", JANUARY, ended=date(2021, 12, 31)).version_on(JULY)
    assert dating.why == "after_repeal"
    assert dating.version is not None


def test_a_work_known_by_name_only_has_no_version() -> None:
    assert work("甲条例").version_on(JULY).why == "no_versions"


def test_imported_works_join() -> None:
    small = Registry([work("甲法", JANUARY, aliases=("甲",), undated=(date(2022, 6, 1),))])
    joined = small.with_works(
        [
            Work(
                "甲法",
                "中华人民共和国甲法",
                WorkKind.LAW,
                versions=(Version(JANUARY, articles=10), Version(JULY, date(2022, 6, 1))),
            ),
            work("乙办法", JULY),
        ]
    )
    first, second = joined.work("甲"), joined.work("乙办法")
    assert first is not None
    assert second is not None
    assert [version.in_force for version in first.versions] == [JANUARY, JULY]
    assert first.versions[0].articles == 10
    assert first.versions[0].last_day == JULY - timedelta(days=1)
    assert first.undated == ()
    assert small.work("乙办法") is None


def test_one_name_for_two_works_is_an_error_that_names_both() -> None:
    with pytest.raises(DataError, match="同时指《甲法》和《乙法》"):
        Registry([work("甲法", aliases=("共法",)), work("乙法", aliases=("共法",))])


def test_an_implied_name_that_two_works_share_is_nobodys() -> None:
    shared = Registry([work("最高人民法院关于某事的规定"), work("最高人民检察院关于某事的规定")])
    assert shared.work("关于某事的规定") is None


def test_name_key() -> None:
    assert name_key("《中华人民共和国 行政复议法》") == name_key("行政复议法")
    assert name_key("关于（试行）") == name_key("关于(试行)")
