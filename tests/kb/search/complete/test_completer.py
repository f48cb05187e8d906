"""What is offered while someone types, over the bundled samples."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest

from kb import places
from kb.answers import Suggestion
from kb.law.statutes import registry
from kb.places.gazetteer import gazetteer
from kb.search.complete import MAX_TYPED
from kb.search.complete.completer import _text
from kb.search.complete.pending import Pending
from kb.search.complete.stock import Stock, _regions
from kb.search.parse import understand
from kb.search.query import Filed, Node, Or
from kb.search.request import FacetName, SearchRequest
from kb.search.survey import Survey
from kb.service import KnowledgeBase
from tests.conftest import filled

Complete = Callable[[str], list[Suggestion]]


@pytest.fixture
def complete(sample_base: KnowledgeBase) -> Complete:
    return lambda typed: sample_base.complete(typed).suggestions


def shown(suggestions: list[Suggestion]) -> list[tuple[str, str]]:
    return [(suggestion.kind.code, suggestion.label) for suggestion in suggestions]


@pytest.mark.parametrize(
    ("typed", "kind", "label", "q"),
    [
        ("处罚法", "statute", "行政处罚法", "法条:行政处罚法"),
        ("中华人民共和国行政复", "statute", "行政复议法", "法条:行政复议法"),
        ("《行政处罚", "statute", "行政处罚法", "法条:行政处罚法"),
        ("xzcff", "statute", "行政处罚法", "法条:行政处罚法"),
        ("xzcff33", "statute", "行政处罚法第33条", "法条:行政处罚法第33条"),
        ("行政处罚法第3", "statute", "行政处罚法第32条", "法条:行政处罚法第32条"),
        ("处罚法３", "statute", "行政处罚法第33条", "法条:行政处罚法第33条"),
        ("处罚法 33", "statute", "行政处罚法第33条", "法条:行政处罚法第33条"),
        ("行政處罰法第三十", "statute", "行政处罚法第33条", "法条:行政处罚法第33条"),
        ("过罚", "issue", "过罚相当", "焦点:过罚相当"),
        ("小过重", "issue", "过罚相当", "焦点:过罚相当"),
        ("行政处", "act", "行政处罚", "行为:行政处罚"),
        ("重慶", "region", "重庆市", "地区:重庆市"),
        ("渝", "region", "重庆市", "地区:重庆市"),
        ("chongq", "region", "重庆市", "地区:重庆市"),
        ("cqs", "region", "重庆市", "地区:重庆市"),
        ("川渝", "region", "川渝", "地区:川渝"),
        ("渝北区人社", "authority", "重庆市渝北区人力资源和社会保障局", None),
        ("渝北府复2024", "docket", "渝北府复〔2024〕286号", "案号:渝北府复〔2024〕286号"),
        ("９０２７", "docket", "（2024）渝0113行初9027号", "案号:（2024）渝0113行初9027号"),
        ("川渝行政", "batch", "川渝行政复议典型案例（示例批次）", None),
        ("结果:维", "outcome", "维持", None),
        ("年份:202", "year", "2024年", "年份:2024年"),
        ("种类:典型", "kind", "典型案例", "种类:典型案例"),
    ],
)
def test_it_is_offered(complete: Complete, typed: str, kind: str, label: str, q: str) -> None:
    offered = {(s.kind.code, s.label): s for s in complete(typed)}
    assert (kind, label) in offered
    if q:
        assert offered[kind, label].q == q


def test_what_stands_in_front_stays(complete: Complete) -> None:
    assert "过期食品  罚款 地区:渝中区" in [s.q for s in complete("过期食品  罚款 渝中")]
    assert "罚款 -地区:渝中区" in [s.q for s in complete("罚款 -渝中")]
    assert "地区:渝北区,渝中区" in [s.q for s in complete("地区:渝北区,渝中")]


def test_a_region_that_is_no_more_shows_its_dates(complete: Complete) -> None:
    labels = [s.label for s in complete("地区:渝北")]
    assert labels[0] == "原渝北区（1997年—2025年11月6日）"


def test_regions_of_one_name_are_told_apart(complete: Complete) -> None:
    offered = {s.q: s.note for s in complete("地区:江北区")}
    assert offered["地区:江北区"] == "重庆市"
    assert offered["地区:浙江省宁波市江北区"] == "浙江省宁波市"


def test_the_other_name_by_which_it_was_found_is_told(complete: Complete) -> None:
    assert next(s.note for s in complete("小过重") if s.kind.code == "issue") == "小过重罚"


def test_behind_a_statute_stand_the_articles_most_cited(
    complete: Complete, sample_base: KnowledgeBase
) -> None:
    offered = complete("处罚法")
    assert offered[0].label == "行政处罚法"
    articles = [s for s in offered if s.label.startswith("行政处罚法第")]
    counts = [s.count for s in articles]
    assert counts == sorted(counts, reverse=True)
    rows = sample_base.survey.rows(FacetName.STATUTE).values
    most = max(row.count for row in rows if row.parent == "行政处罚法")
    assert counts[0] == most


def test_an_article_begins_with_the_number_typed(complete: Complete) -> None:
    labels = [s.label for s in complete("处罚法3")]
    assert labels
    assert all(label.startswith("行政处罚法第3") for label in labels)


def test_behind_a_fields_colon_the_most_used_stand(complete: Complete) -> None:
    offered = complete("罚款 地区:")
    assert {s.kind.code for s in offered} == {"region"}
    assert len(offered) == 10
    assert [s.count for s in offered] == sorted((s.count for s in offered), reverse=True)


def test_at_most_ten_and_each_kind_together(complete: Complete) -> None:
    for typed in ("行政", "渝", "区", "a", "人民政府"):
        kinds = [s.kind.code for s in complete(typed)]
        assert len(kinds) <= 10
        assert [kind for kind, _ in groupby(kinds)] == list(dict.fromkeys(kinds))


def test_what_leads_to_no_record_comes_last(complete: Complete) -> None:
    offered = complete("罚款")
    used = [s.count > 0 for s in offered]
    assert used == sorted(used, reverse=True)
    assert {s.kind.code for s in offered if not s.count} == {"statute"}


@pytest.mark.parametrize(
    "typed",
    ["", " ", "渝 ", '"府复', "没有这个东西", "渝" * 41, "渝 " * MAX_TYPED + "渝", "：", "-", "💥"],
)
def test_nothing_is_offered(complete: Complete, typed: str) -> None:
    assert complete(typed) == []


# --- what is taken is read back as what was offered ----------------------------------------------

TYPED = ("行政", "处罚法", "渝", "复", "区", "工伤", "典型", "2024", "示例", "局", "院", "yb", "sc")
FIELDS = ("法条", "行为", "焦点", "结果", "地区", "机关地区", "当事人地区", "机关", "发布", "批次")


@pytest.mark.parametrize(
    "typed", [*TYPED, *(f"{name}:" for name in (*FIELDS, "种类", "年份", "案号"))]
)
def test_as_many_are_found_as_were_promised(sample_base: KnowledgeBase, typed: str) -> None:
    offered = sample_base.complete(typed).suggestions
    assert offered
    for suggestion in offered:
        found = sample_base.search(SearchRequest(q=suggestion.q, size=1))
        if suggestion.kind.code in ("authority", "docket"):  # which texts may name besides
            assert found.total >= suggestion.count
        else:
            assert (suggestion.q, found.total) == (suggestion.q, suggestion.count)


def filed(node: Node) -> frozenset[str]:
    if isinstance(node, Or):
        node = next(part for part in node.parts if isinstance(part, Filed))
    assert isinstance(node, Filed)
    return node.values


def read_back(field: FacetName, value: str, names: tuple[str, ...]) -> frozenset[str]:
    text = _text(field, value, names)
    assert text is not None
    q = Pending("罚款 ", "").completed(field, text)
    assert q is not None
    return filed(understand(q).parts[-1].node)


@pytest.mark.parametrize("field", list(FacetName))
def test_every_value_of_the_base_can_be_taken(sample_base: KnowledgeBase, field: FacetName) -> None:
    stock = Stock(Survey(sample_base._engine), dict)
    used = [entry for entry in stock.drawer(field).entries if entry.count]
    assert used
    for entry in used:
        meant = read_back(field, entry.value, entry.names)
        assert entry.value in meant
        assert len(meant) == 1 or "region" in field


def test_every_statute_can_be_taken() -> None:
    for work in registry().works:
        assert read_back(FacetName.STATUTE, work.title, (work.title,)) == {work.title}


def test_every_region_there_was_can_be_taken() -> None:
    units = {unit.code: unit for unit in gazetteer().units}
    for entry in (*_regions()[:500], *_regions()[500::10]):  # those at home stand in front
        meant = read_back(FacetName.REGION, entry.value, entry.names)
        assert entry.value in meant or entry.value not in units
        assert places.widen(entry.names[-1]) is not None


# --- drawers follow the index ---------------------------------------------------------------------


@pytest.fixture
def changing(tmp_path: Path, samples: Path) -> KnowledgeBase:
    return filled(tmp_path, samples / "joint-batch-2026.html")


def test_what_is_withdrawn_is_offered_no_more(
    changing: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.search.complete.stock._SHARE", 0)
    before, offered = changing.completion_state(), changing.complete("案号:").suggestions
    assert offered
    record = changing.search(SearchRequest(q=offered[0].q)).hits[0].id
    changing.withdraw(record, "示例", "tests")
    assert changing.completion_state() != before
    left = {s.label for s in changing.complete("案号:").suggestions}
    assert left == {s.label for s in offered} - {offered[0].label}


def test_where_filling_takes_long_the_old_drawers_serve_meanwhile(
    changing: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.search.complete.stock._SHARE", 1_000_000)
    offered, state = changing.complete("案号:"), changing.completion_state()
    record = changing.search(SearchRequest(q=offered.suggestions[0].q)).hits[0].id
    changing.withdraw(record, "示例", "tests")
    assert changing.complete("案号:") == offered
    assert changing.completion_state() == state  # so that the tag of an answer says its age
