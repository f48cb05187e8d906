"""Search as its users meet it, on the bundled samples and on real cases."""

import random
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest

from kb.answers import Dropped, SearchAnswer
from kb.errors import BadRequest
from kb.search.request import MAX_WITHIN, SearchRequest
from kb.service import KnowledgeBase
from kb.text.exact import needle, numbered
from kb.text.normalise import fold_text


def ask(base: KnowledgeBase, q: str = "", **more: str) -> SearchAnswer:
    return base.search(SearchRequest.from_pairs([("q", q), *more.items()]))


def titles(answer: SearchAnswer) -> list[str]:
    return [hit.title for hit in answer.hits]


WENJIANG = "成都某商贸有限公司诉四川省成都市温江区规划和自然资源局行政决定案"


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", {"region": "成都"}),
        ("", {"region": "成都市"}),
        ("", {"region": "510100"}),
        ("", {"region": "温江区"}),
        ("地区:温江", {}),
        ("温江区", {}),
        ("《行政协议司法解释》第八条", {}),
        ("《行政协议司法解释》第8条", {}),
        ("", {"statute": "《行政协议司法解释》第八条"}),
        ('"再行作出《决定书》追缴违约金"', {}),
        ('"予以\n实现。案涉合同"', {}),
        ('"（2018）366号"', {}),
        ("温国土资发〔2018〕366号", {}),
    ],
)
def test_a_real_case_is_found_by_every_way_in(
    real_base: KnowledgeBase, query: str, filters: dict[str, str]
) -> None:
    assert WENJIANG in titles(ask(real_base, query, size="100", **filters))


def test_every_part_of_real_cases_is_found_and_nothing_else(real_base: KnowledgeBase) -> None:
    """Random stretches of the published texts, quoted: none missed, none wrong."""
    cases = list(real_base.published())
    forms = {}
    for case in cases:
        folded = fold_text(f"{case.title}\ue002{case.subtitle}\ue002{case.text}")
        forms[case.id] = (folded, numbered(folded))
    draw = random.Random(20260714)
    for _ in range(400):
        case = draw.choice(cases)
        start = draw.randrange(len(case.text) - 2)
        quoted = case.text[start : start + draw.choice([2, 3, 5, 9, 20, 60])]
        wanted = needle(quoted)
        if not wanted.plain or '"' in quoted:
            continue
        expected = {
            record_id
            for record_id, (plain, with_numbers) in forms.items()
            if wanted.plain in plain or (wanted.numbered and wanted.numbered in with_numbers)
        }
        answer = ask(real_base, f'"{quoted}"', size="100")
        assert {hit.id for hit in answer.hits} == expected, quoted
        assert case.id in expected


def test_the_lawyers_question(sample_base: KnowledgeBase) -> None:
    everywhere = ask(sample_base, "过期食品 罚款")
    here = ask(sample_base, "过期食品 罚款", region="重庆")
    assert 0 < here.total < everywhere.total
    for hit in here.hits:
        assert any(region.name.startswith("重庆市") for region in hit.regions)
        assert hit.passages
        assert any("罚款" in line for line in hit.why)


def test_marks_show_what_was_asked_in_the_original_text(sample_base: KnowledgeBase) -> None:
    for hit in ask(sample_base, "工伤认定").hits:
        text = sample_base.answer(sample_base.case(hit.id)).text
        for passage in hit.passages:
            assert text[passage.start : passage.start + len(passage.text)] == passage.text
            for mark in passage.marks:
                marked = fold_text(passage.text[mark.start : mark.end])
                assert "工伤" in marked or "认定" in marked or "因工" in marked
            assert all(a.end < b.start for a, b in pairwise(passage.marks))


def test_facets_narrow_to_what_they_count(sample_base: KnowledgeBase) -> None:
    answer = ask(sample_base, "处罚")
    for facet in answer.facets:
        for value in facet.values[:4]:
            narrowed = ask(sample_base, "处罚", **{facet.name: value.value})
            assert narrowed.total == value.count, (facet.name, value)


def test_region_rows_stand_below_their_province(sample_base: KnowledgeBase) -> None:
    [regions] = [facet for facet in ask(sample_base).facets if facet.name == "region"]
    depth = {value.value: value.depth for value in regions.values}
    assert depth["500000"] == depth["510000"] == 0
    assert all(depth[v.parent] == v.depth - 1 for v in regions.values if v.parent)


def test_a_joint_batch_does_not_put_every_case_in_both_provinces(
    sample_base: KnowledgeBase,
) -> None:
    batch = "川渝行政复议典型案例（示例批次）"
    both = ask(sample_base, "", batch=batch).total
    assert both == 10
    chongqing = ask(sample_base, "", batch=batch, region="重庆").total
    sichuan = ask(sample_base, "", batch=batch, region="四川").total
    assert 0 < chongqing < both
    assert 0 < sichuan < both


def test_a_new_district_also_finds_the_old_ones_and_says_so(sample_base: KnowledgeBase) -> None:
    answer = ask(sample_base, "", region="两江新区", size="100")
    codes = {region.code for hit in answer.hits for region in hit.regions}
    assert {"500157", "500112"} <= codes
    assert any("原渝北区" in note for note in answer.reading.notes)


def test_an_empty_answer_says_what_emptied_it(sample_base: KnowledgeBase) -> None:
    answer = ask(sample_base, "过期食品 罚款", region="西藏")
    assert answer.total == 0
    [dropped] = answer.dropped
    assert dropped.parameter == "region"
    assert dropped.total == ask(sample_base, "过期食品 罚款").total
    answer = ask(sample_base, "过期食品 夔门纤夫")
    assert [drop.value for drop in answer.dropped] == ["夔门纤夫"]


def test_a_misspelt_word_is_put_right(sample_base: KnowledgeBase) -> None:
    assert "过期食品" in ask(sample_base, "过期食吕").did_you_mean


def test_cursors_walk_through_everything_once(sample_base: KnowledgeBase) -> None:
    seen: list[str] = []
    pairs = [("q", "行政"), ("size", "7")]
    answer = sample_base.search(SearchRequest.from_pairs(pairs))
    total = answer.total
    while True:
        assert answer.total == total
        seen += [hit.id for hit in answer.hits]
        if answer.next is None:
            break
        answer = sample_base.search(SearchRequest.from_pairs([*pairs, ("cursor", answer.next)]))
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize("cursor", ["x", "W10", "中文", "eyJhIjoxfQ"])
def test_a_made_up_cursor_is_refused(sample_base: KnowledgeBase, cursor: str) -> None:
    with pytest.raises(BadRequest, match="cursor"):
        ask(sample_base, "行政", cursor=cursor)


def test_a_cursor_of_another_search_is_refused(sample_base: KnowledgeBase) -> None:
    cursor = ask(sample_base, "行政", size="2").next
    assert cursor
    with pytest.raises(BadRequest, match="另一次检索"):
        ask(sample_base, "罚款", size="2", cursor=cursor)


def test_pages_and_cursors_agree(sample_base: KnowledgeBase) -> None:
    first = ask(sample_base, "行政", size="5")
    assert first.next
    by_cursor = ask(sample_base, "行政", size="5", cursor=first.next)
    assert titles(by_cursor) == titles(ask(sample_base, "行政", size="5", page="2"))
    assert by_cursor.page == 2


def test_an_authority_is_found_by_its_short_name(sample_base: KnowledgeBase) -> None:
    full = ask(sample_base, "", authority="重庆市渝北区人力资源和社会保障局")
    assert full.total > 0
    assert titles(ask(sample_base, "", authority="渝北区人社局")) == titles(full)
    assert set(titles(full)) <= set(titles(ask(sample_base, "机关:渝北区人社局")))


def test_regions_can_be_asked_by_role(sample_base: KnowledgeBase) -> None:
    """A company from Sichuan before an authority of Chongqing."""
    answer = ask(sample_base, "当事人地区:四川 机关地区:重庆")
    assert answer.total > 0
    for hit in answer.hits:
        roles = {(region.role, region.code[:2]) for region in hit.regions}
        assert ("party", "51") in roles
        assert {("authority", "50"), ("court", "50")} & roles


@pytest.mark.parametrize("year", ["abcd", "20245", "今年"])
def test_a_year_that_is_none_finds_nothing_and_says_so(
    sample_base: KnowledgeBase, year: str
) -> None:
    answer = ask(sample_base, "", year=year)
    assert answer.total == 0
    assert year in answer.reading.notes[0]


def test_a_code_means_what_its_row_counts(sample_base: KnowledgeBase) -> None:
    """The new district by its code alone; by its name with the old ones, as the note says."""
    by_code = ask(sample_base, "", region="500157")
    assert by_code.total < ask(sample_base, "", region="两江新区").total
    assert "两江新区" in by_code.reading.notes[0]


def test_what_is_offered_for_a_misspelling_finds_something(sample_base: KnowledgeBase) -> None:
    answer = ask(sample_base, "火星殖民 罚款")
    assert all(ask(sample_base, other).total for other in answer.did_you_mean)


def test_a_section_can_be_asked_for_alone(real_base: KnowledgeBase) -> None:
    """Found is exactly what says it there; the passage is from there."""
    for query, roles in (
        ("典型意义:处罚", ("significance",)),
        ("段落:事实,结果 撤销", ("facts", "result")),
    ):
        word = query[-2:]
        expected = {
            case.id
            for case in real_base.published()
            if any(word in fold_text(s.text) for s in case.sections if s.role in roles)
        }
        answer = ask(real_base, query, size="100")
        assert {hit.id for hit in answer.hits} == expected
        for hit in answer.hits:
            assert {passage.role for passage in hit.passages} <= set(roles)
            assert all(passage.marks for passage in hit.passages)
        left_out = ask(real_base, f"-{query}", size="100")
        assert expected.isdisjoint(hit.id for hit in left_out.hits)
        assert left_out.total + answer.total == ask(real_base, "").total


def test_an_empty_section_leads_to_the_whole_text(sample_base: KnowledgeBase) -> None:
    answer = ask(sample_base, "裁判要旨:过期食品")
    [lifted] = [drop for drop in answer.dropped if "各段" in drop.what]
    assert follow(sample_base, lifted).total == lifted.total == ask(sample_base, "过期食品").total


def follow(base: KnowledgeBase, dropped: Dropped) -> SearchAnswer:
    """The search that a way out leads to."""
    return base.search(SearchRequest.from_pairs(parse_qsl(dropped.query)))


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("过期食品 夔门纤夫", {}),
        ("过期食品 夔门纤夫 紫外线灯", {}),
        ("过期食品 罚款", {"region": "西藏"}),
        ("过期食品", {"region": "西藏", "year": "1999"}),
        ("过期食品 夔门纤夫", {"region": "西藏"}),
        ("过期食品", {"within": "夔门纤夫"}),
        ("过期食品夔门纤夫", {}),
        ('"过期食品" OR 食品 夔门纤夫', {}),
        ("段落:评析 过期食品", {}),
        ("(工伤 或 食品) 夔门纤夫", {"size": "3"}),
    ],
)
def test_every_way_out_of_an_empty_answer_finds_what_it_says(
    sample_base: KnowledgeBase, query: str, more: dict[str, str]
) -> None:
    answer = ask(sample_base, query, **more)
    assert answer.total == 0
    assert answer.dropped
    for dropped in answer.dropped:
        assert follow(sample_base, dropped).total == dropped.total > 0, dropped


def test_all_values_of_a_filter_are_dropped_together(sample_base: KnowledgeBase) -> None:
    pairs = [("q", "过期食品"), ("region", "西藏"), ("region", "青海")]
    answer = sample_base.search(SearchRequest.from_pairs(pairs))
    [dropped] = answer.dropped
    assert (dropped.parameter, dropped.value) == ("region", "")
    assert dropped.what == "地区：西藏或青海"
    assert follow(sample_base, dropped).total == dropped.total > 0


def test_an_answer_says_what_the_index_covers(sample_base: KnowledgeBase) -> None:
    coverage = ask(sample_base, "夔门纤夫").coverage
    assert coverage.records == ask(sample_base).total
    assert coverage.updated
    years = {int(v.value) for f in ask(sample_base).facets if f.name == "year" for v in f.values}
    assert coverage.years == (min(years), max(years))


def test_words_within_the_results_narrow_them(sample_base: KnowledgeBase) -> None:
    both = {hit.id for hit in ask(sample_base, "食品 罚款", size="100").hits}
    answer = ask(sample_base, "食品", within="罚款", size="100")
    assert {hit.id for hit in answer.hits} == both
    assert answer.within == ["罚款"]
    assert answer.reading.text == "食品，且 罚款"
    either = ask(sample_base, "食品", within="撤销 或 变更", size="100")
    assert {hit.id for hit in either.hits} == {
        hit.id for hit in ask(sample_base, "食品 (撤销 或 变更)", size="100").hits
    }


def test_a_cursor_is_bound_to_the_words_within(sample_base: KnowledgeBase) -> None:
    cursor = ask(sample_base, "行政", within="处罚", size="2").next
    assert cursor
    assert ask(sample_base, "行政", within="处罚", size="2", cursor=cursor).page == 2
    for other in ({}, {"within": "罚款"}):
        with pytest.raises(BadRequest, match="另一次检索"):
            ask(sample_base, "行政", size="2", cursor=cursor, **other)


@pytest.mark.parametrize(
    "said", ["批次:川渝", "batch:川渝", "批次：示例批次", "批次:“川渝行政复议”"]
)
def test_a_batch_is_found_by_part_of_its_name(sample_base: KnowledgeBase, said: str) -> None:
    answer = ask(sample_base, said)
    assert answer.total == 10
    assert {hit.batch for hit in answer.hits} == {"川渝行政复议典型案例（示例批次）"}
    assert ask(sample_base, "", batch="川渝").total == 10


def test_old_and_new_articles_are_offered_among_other_words(sample_base: KnowledgeBase) -> None:
    answer = ask(sample_base, "撤销 行政复议法第28条 罚款")
    assert "撤销 行政复议法第六十一条 罚款" in [offer.q for offer in answer.offers]
    assert ask(sample_base, "法条:行复法 28").offers


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("过期石品 罚款", "过期食品 罚款"),
        ("罚宽", "罚款"),
        ("行政付议", "行政复议"),
        ("公伤认定", "工伤认定"),
    ],
)
def test_a_slip_that_sounds_alike_is_put_right_first(
    sample_base: KnowledgeBase, slip: str, meant: str
) -> None:
    assert ask(sample_base, slip).did_you_mean[0] == meant


def test_an_or_typed_without_blanks_is_offered(sample_base: KnowledgeBase) -> None:
    assert ask(sample_base, "工伤或食品").did_you_mean == ["工伤 或 食品"]


def test_too_many_or_too_long_words_within_are_refused() -> None:
    with pytest.raises(BadRequest, match="within"):
        SearchRequest.from_pairs([("within", str(n)) for n in range(MAX_WITHIN + 1)])
    with pytest.raises(BadRequest, match="within"):
        SearchRequest.from_pairs([("within", "食" * 20_001)])
    request = SearchRequest.from_pairs(
        [("q", "甲"), ("within", "乙"), ("within", "乙"), ("within", "")]
    )
    assert request.within == ("乙",)
    assert SearchRequest.from_pairs(request.pairs()) == request


def test_a_place_in_an_article_that_nobody_cites_offers_the_article(
    sample_base: KnowledgeBase,
) -> None:
    answer = ask(sample_base, "行政处罚法33条9款")
    assert answer.total == 0
    assert answer.offers[0].q == "行政处罚法第三十三条"
    assert ask(sample_base, answer.offers[0].q).total


def test_a_list_of_places_finds_any_of_them(sample_base: KnowledgeBase) -> None:
    one, other = (ask(sample_base, f"行政处罚法第{n}条", size="50") for n in (33, 28))
    either = ask(sample_base, "行政处罚法第33条、第28条", size="50")
    assert {hit.id for hit in either.hits} == {h.id for h in (*one.hits, *other.hits)}
    assert "行政处罚法第33条或第28条" in either.reading.text
    both = ask(sample_base, "行政处罚法第33条 行政处罚法第28条", size="50")
    assert {hit.id for hit in both.hits} == {h.id for h in one.hits} & {h.id for h in other.hits}


def test_a_provision_typed_by_its_sounds_is_found_without_completion(
    sample_base: KnowledgeBase,
) -> None:
    assert titles(ask(sample_base, "xzcff33")) == titles(ask(sample_base, "行政处罚法第33条"))
    assert ask(sample_base, "xzcff33").total
