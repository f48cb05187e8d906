"""What is marked: exactly what matched, in offsets of the text, in the section it was asked for."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answers import Match, SearchAnswer
from kb.model import Content, Kind, Role, Section, Span
from kb.search.excerpt import PASSAGE_LENGTH, excerpts
from kb.search.highlight import Why, asked, located, merged, places_in
from kb.search.parse import understand
from kb.search.request import SearchRequest
from kb.service import KnowledgeBase
from kb.text.exact import needle
from kb.text.normalise import fold_text

FACTS = (
    "某超市销售过期食品，\n货值八元。" + "此处从略。" * 40 + "市场监管局作出罚款5万元的处罚决定。"
)
MEANING = "本案提示：小过不应重罚，过罚\n相当是底线。罚款不是目的。"


def content(**sections: str) -> Content:
    """A record; section role -> text."""
    text, parts = "", []
    for role, body in sections.items():
        heading = f"【{role}】\n"
        start = len(text)
        text += f"{heading}{body}\n"
        below = Span(start + len(heading), len(text) - 1)
        parts.append(Section(Role(role), heading.strip(), Span(start, len(text)), below))
    return Content(
        kind=Kind.TYPICAL_CASE, title="某超市不服罚款案", text=text, sections=tuple(parts)
    )


RECORD = content(facts=FACTS, significance=MEANING)


def marked(query: str, record: Content = RECORD) -> list[str]:
    """What of the text is marked for a query, places of parts of words included."""
    sought = asked(understand(query, use_synonyms=False).node)
    return [record.text[place.start : place.end] for place in places_in(record, sought).text]


def test_words_are_marked_in_the_original_text() -> None:
    assert marked('"过期食品，货值"') == ["过期食品，\n货值"]
    assert "过罚\n相当" in marked("过罚相当")
    assert marked("五万元") == ["5万元"]


def test_what_is_left_out_is_not_marked() -> None:
    assert marked("过期食品 -罚款") == marked("过期食品")


def test_only_the_section_asked_for_is_marked() -> None:
    assert len(marked("罚款")) == 2
    sought = asked(understand("典型意义:罚款").node)
    places = places_in(RECORD, sought)
    assert places.title == []
    [place] = places.text
    assert place.start > RECORD.text.index("【significance】")
    title = places_in(RECORD, asked(understand("标题:罚款").node))
    assert title.title
    assert title.text == []


def test_a_section_that_holds_only_part_of_it_is_not_marked() -> None:
    twice = content(significance="罚款过重。", commentary="罚款与教育相结合。")
    assert marked("段落:典型意义,评析(罚款 教育)", twice) == ["罚款", "教育"]


def test_the_passage_is_from_the_section_asked_for_with_its_heading() -> None:
    sought = asked(understand("典型意义:罚款 市场监管局 过期食品").node)
    found = excerpts(RECORD, sought, places_in(RECORD, sought).text)
    assert [excerpt.section.heading for excerpt in found] == ["【facts】", "【significance】"]
    only = excerpts(RECORD, sought, places_in(RECORD, sought).text, most=1)
    assert [excerpt.section.heading for excerpt in only] == ["【significance】"]


def test_the_passages_show_different_things() -> None:
    """A second section that says the same thing tells less than one that says another."""
    record = content(
        facts="罚款甲乙丙，责令停业。", review="罚款甲乙丙，责令。", result="予以撤销。"
    )
    sought = asked(understand("罚款 责令 停业 撤销").node)
    found = excerpts(record, sought, places_in(record, sought).text)
    assert [excerpt.section.role for excerpt in found] == [Role.FACTS, Role.RESULT]


def test_provisions_are_marked_where_they_are_cited(sample_base: KnowledgeBase) -> None:
    answer = sample_base.search(SearchRequest(q="处罚法33"))
    assert answer.total
    for hit in answer.hits:
        text = sample_base.case(hit.id).content.text
        [match] = [match for match in hit.matches if match.kind == Why.PROVISION]
        assert match.term == "行政处罚法第33条"
        assert all("处罚法" in text[s:e] and "三十三条" in text[s:e] for s, e in match.text)
        assert any(passage.marks for passage in hit.passages)
        assert any(line.startswith("引用：行政处罚法第三十三条") for line in hit.why)


QUERIES = [
    "过期食品 罚款",
    "小过重罚",
    "工伤认定 -维持",
    "(工伤 或 食品) 撤销",
    '"行政处罚"',
    "典型意义:处罚",
    "标题:工伤 认定",
    "第六十四条",
    "我在工地干活受伤，包工头不承认劳动关系，人社局不予认定工伤",
]


@pytest.mark.parametrize("query", QUERIES)
def test_every_mark_and_match_is_something_asked_for(
    sample_base: KnowledgeBase, query: str
) -> None:
    answer = sample_base.search(SearchRequest(q=query, size=50))
    assert answer.hits
    for hit in answer.hits:
        record = sample_base.case(hit.id).content
        for match in hit.matches:
            wanted = needle(match.term)
            places = [(record.title, *place) for place in match.title]
            places += [(record.text, *place) for place in match.text]
            assert 0 < len(places) <= match.count
            for text, start, end in places:
                standing = needle(text[start:end])
                assert wanted.plain in standing.plain or wanted.numbered == standing.numbered
        marks = {(m.start, m.end) for m in hit.title_marks}
        assert marks == {(s.start, s.end) for s in merged(_title_places(hit.matches))}
        for passage in hit.passages:
            assert record.text[passage.start :].startswith(passage.text)
            assert len(passage.text) <= PASSAGE_LENGTH
            assert all(a.end < b.start for a, b in pairwise(passage.marks))
        assert any(line.startswith(("命中", "同义词")) for line in hit.why)


def _title_places(matches: list[Match]) -> list[tuple[int, int]]:
    return [place for match in matches for place in match.title]


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_of_a_score_add_up_to_it(sample_base: KnowledgeBase, query: str) -> None:
    answer: SearchAnswer = sample_base.search(SearchRequest(q=query))
    for hit in answer.hits:
        assert sum(part.score for part in hit.score_parts) == pytest.approx(hit.score, abs=1e-4)


def test_a_synonym_that_stands_is_named_with_what_was_typed(sample_base: KnowledgeBase) -> None:
    answer = sample_base.search(SearchRequest(q="小过重罚"))
    lines = [line for hit in answer.hits for line in hit.why]
    assert any(line.startswith("同义词：") and "（小过重罚）" in line for line in lines)
    off = sample_base.search(SearchRequest(q="小过重罚", synonyms=False))
    assert not any(match.kind == "synonym" for hit in off.hits for match in hit.matches)


def test_random_stretches_are_marked_where_they_were_taken_from(
    sample_base: KnowledgeBase,
) -> None:
    draw = random.Random(7)
    for case in sample_base.published():
        text = case.text
        start = draw.randrange(len(text) - 30)
        stretch = text[start : start + draw.randrange(2, 30)]
        if fold_text(stretch) and '"' not in fold_text(stretch):
            sought = asked(understand(f"“{stretch}”").node)
            assert any(
                start <= place.start and place.end <= start + len(stretch)
                for place in located(text, sought.wanted)
            )


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))))
def test_merged_stretches_cover_the_same_and_lie_apart(places: list[tuple[int, int]]) -> None:
    stretches = [(start, start + size) for start, size in places]
    spans = merged(stretches)
    assert all(a.end < b.start for a, b in pairwise(spans))
    covered = {at for start, end in stretches for at in range(start, end)}
    assert covered == {at for span in spans for at in range(span.start, span.end)}


@given(st.text(alphabet="罚款。，甲乙\n ", min_size=1, max_size=400))
def test_a_passage_holds_what_it_is_shown_for(body: str) -> None:
    record = content(facts=body)
    sought = asked(understand("罚款").node)
    places = places_in(record, sought).text
    for excerpt in excerpts(record, sought, places):
        section = record.sections[0].body
        assert section.start <= excerpt.span.start <= excerpt.span.end <= section.end
        assert bool(excerpt.marks) == bool(places)
