"""Lists, ranges and look-alikes of provisions, in sentences of our own, and what they must be.

Expected, one a citation: the work and article.paragraph.item with "-" for a level not named.
"""

import pytest

from kb.law import cite
from kb.model import Citation


def _written(citation: Citation) -> str:
    places = [citation.article, citation.paragraph, citation.item]
    while places and places[-1] is None:
        places.pop()
    return f"{citation.work} " + ".".join("-" if p is None else str(p) for p in places)


def _check(text: str, expected: list[str]) -> None:
    assert [_written(c) for c in cite(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "《行政处罚法》第三十三条第一款、三十四条第二款、三十五条",
            ["行政处罚法 33.1", "行政处罚法 34.2", "行政处罚法 35"],
        ),
        ("《行政处罚法》第33条第1款第2项和34条", ["行政处罚法 33.1.2", "行政处罚法 34"]),
        ("《行政处罚法》第三十三条第一款和三条理由", ["行政处罚法 33.1"]),
    ],
)
def test_an_article_without_its_ordinal_goes_on_after_a_paragraph(
    text: str, expected: list[str]
) -> None:
    _check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《行政诉讼法》第七十条第（一）（二）项", ["行政诉讼法 70.-.1", "行政诉讼法 70.-.2"]),
        ("《行政诉讼法》第七十条（一）（二）项", ["行政诉讼法 70.-.1", "行政诉讼法 70.-.2"]),
        (
            "《行政诉讼法》第七十条第(一)(二)、(四)项",
            [f"行政诉讼法 70.-.{n}" for n in (1, 2, 4)],
        ),
    ],
)
def test_bracketed_items_need_no_separator(text: str, expected: list[str]) -> None:
    _check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "《刑法》第一百二十条之一至第一百二十条之三",
            ["刑法 120之1", "刑法 120之2", "刑法 120之3"],
        ),
        ("《刑法》第一百二十条之一至之三", ["刑法 120之1", "刑法 120之2", "刑法 120之3"]),
        ("《刑法》第一百二十条至第一百二十条之二", ["刑法 120", "刑法 120之1", "刑法 120之2"]),
        ("《刑法》第一百二十条之一、之二", ["刑法 120之1", "刑法 120之2"]),
        ("《刑法》第一百二十条之一和之二第一款", ["刑法 120之1", "刑法 120之2.1"]),
    ],
)
def test_ranges_and_lists_of_inserted_articles(text: str, expected: list[str]) -> None:
    _check(text, expected)


@pytest.mark.parametrize("dash", ["—", "——", "--", "－", "~", "至"])
def test_a_range_is_written_with_any_dash(dash: str) -> None:
    expected = ["行政处罚法 10", "行政处罚法 11", "行政处罚法 12"]
    _check(f"《行政处罚法》第十条{dash}第十二条", expected)
    _check(f"《行政处罚法》第十{dash}十二条", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《道路交通安全法》第九十一条，位于第三条大街", ["道路交通安全法 91"]),
        ("《行政处罚法》第三十三条和第一项目部", ["行政处罚法 33"]),
        ("《行政处罚法》第三十三条，第二项目经理部", ["行政处罚法 33"]),
    ],
)
def test_streets_and_projects_are_no_provisions(text: str, expected: list[str]) -> None:
    _check(text, expected)


@pytest.mark.parametrize("particle", ["的", "中", "中的", "之"])
def test_a_particle_may_stand_between_article_and_paragraph(particle: str) -> None:
    _check(f"《行政处罚法》第三十三条{particle}第一款", ["行政处罚法 33.1"])
    _check(f"《行政诉讼法》第七十条{particle}第(二)项", ["行政诉讼法 70.-.2"])
    _check(f"《行政处罚法》第三十三条{particle}第一项目部", ["行政处罚法 33"])
