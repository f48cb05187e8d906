"""Review decisions and judgments: every trap of real pages as a golden document of our own."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kb.text.normalise import fold_text
from tests.goldens import FIELDS, Found, documents, expected, folded, found, sections

PAPERS = documents("decisions", "judgments")
READABLE = [path for path in PAPERS if "refused" not in expected(path)]
REFUSED = [path for path in PAPERS if "refused" in expected(path)]


@cache
def read_once(path: Path) -> Found:
    return found(path)


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def cases(path: Path) -> list[dict[str, Any]]:
    wanted = expected(path)["cases"]
    assert isinstance(wanted, list)
    return wanted


def test_there_are_enough_of_them() -> None:
    assert len(PAPERS) >= 50
    assert sum(len(cases(path)) for path in READABLE) >= 45


@pytest.mark.parametrize("path", PAPERS, ids=named)
def test_says_that_it_is_invented(path: Path) -> None:
    what = read_once(path)
    raw = path.read_bytes()
    said = "示例".encode() in raw or any("示例" in content.text for content in what.contents)
    assert said or path.name == "mojibake.txt"


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_holds_its_papers(path: Path) -> None:
    what = read_once(path)
    assert [content.title for content in what.contents] == [case["title"] for case in cases(path)]


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "title"])
@pytest.mark.parametrize("path", READABLE, ids=named)
def test_field(path: Path, field: str) -> None:
    for content, case in zip(read_once(path).contents, cases(path), strict=True):
        value = FIELDS[field](content)
        if isinstance(value, str):
            assert value == case[field]
        else:
            assert folded(value) == folded(case[field])


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_sections(path: Path) -> None:
    for content, case in zip(read_once(path).contents, cases(path), strict=True):
        got, wanted = sections(content), case["sections"]
        assert [(s["role"], bare_heading(s)) for s in got] == [
            (s["role"], bare_heading(s)) for s in wanted
        ]
        for section, one in zip(got, wanted, strict=True):
            start = fold_text(section["starts"])
            assert start.startswith(fold_text(one["starts"])[: len(start)])


def bare_heading(section: dict[str, str]) -> str:
    return fold_text(section["heading"])


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_sections_partition_the_text(path: Path) -> None:
    for content in read_once(path).contents:
        spans = [section.span for section in content.sections]
        assert "".join(span.of(content.text) for span in spans) == content.text
        assert all(one.end == other.start for one, other in pairwise(spans))
        for section in content.sections:
            body = section.body.of(content.text)
            assert body
            assert body == body.strip()


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_warns_of_what_is_wrong_and_of_nothing_else(path: Path) -> None:
    for content, case in zip(read_once(path).contents, cases(path), strict=True):
        assert len(content.warnings) == len(case["warnings"])
        for warning, part in zip(content.warnings, case["warnings"], strict=True):
            assert part in warning


@pytest.mark.parametrize("path", REFUSED, ids=named)
def test_is_refused_with_the_reason(path: Path) -> None:
    what = read_once(path)
    assert not what.contents
    assert expected(path)["refused"] in what.refused


@pytest.mark.parametrize("path", READABLE, ids=named)
def test_evidence_stands_where_it_says(path: Path) -> None:
    for content in read_once(path).contents:
        for claim in (*content.parties, *content.regions, *content.decided, *content.dockets):
            evidence = claim.evidence
            if evidence.span:
                assert evidence.quote == evidence.span.of(content.text)


def test_the_own_number_goes_first() -> None:
    path = next(path for path in PAPERS if path.name == "replaced-decision.html")
    later = read_once(path).contents[1]
    assert later.dockets[0].evidence.rule == "dockets.own"
    assert later.dockets[0].value.normalised == "遂船府复(2024)19-1号"
