"""The bundled samples say what their golden files say: read, laid out and enriched as in an ingest.

A golden file states what a reader of the page would write down; it is written by hand. Where one
is missing, what the program finds is put beside it as `.new` and the test fails until someone has
read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ingest.extract import Options, enrich
from ingest.layout import parse
from ingest.read import read
from kb.model import Content, Role, settled
from kb.text.normalise import fold_text

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(
    path for path in (ROOT / "index_data" / "samples").iterdir() if path.name != "README.md"
)
GOLDEN = ROOT / "tests" / "golden" / "samples"
LARGEST = 400_000  # bytes; the samples travel with every clone

Value = str | list[str]


def citations(content: Content) -> list[str]:
    """Those that name an article, as work|article|paragraph|item, each once."""
    found = [
        "|".join(str(part or "") for part in (c.work, c.article, c.paragraph, c.item))
        for c in settled(content.citations)
        if c.article is not None
    ]
    return list(dict.fromkeys(found))


FIELDS: dict[str, Callable[[Content], Value]] = {
    "title": lambda content: content.title,
    "subtitle": lambda content: content.subtitle,
    "batch": lambda content: list(settled(content.batch)),
    "publishers": lambda content: list(settled(content.publishers)),
    "published": lambda content: [str(day) for day in settled(content.published)],
    "decided": lambda content: [str(day) for day in settled(content.decided)],
    "dockets": lambda content: sorted(docket.normalised for docket in settled(content.dockets)),
    "regions": lambda content: sorted(f"{r.name}|{r.role}" for r in settled(content.regions)),
    "acts": lambda content: sorted(settled(content.acts)),
    "outcomes": lambda content: sorted(settled(content.outcomes)),
    "citations": citations,
    "keywords": lambda content: list(settled(content.keywords)),
}
IN_ANY_ORDER = {"dockets", "regions", "acts", "outcomes"}


@cache
def records(path: Path) -> tuple[Content, ...]:
    document = read(path)
    return tuple(enrich(content, document, Options()) for content in parse(document))


@cache
def expected(path: Path) -> list[dict[str, object]]:
    golden = GOLDEN / f"{path.name}.json"
    if not golden.exists():
        fresh = golden.with_suffix(".json.new")
        cases = [describe(content) for content in records(path)]
        fresh.write_text(json.dumps({"cases": cases}, ensure_ascii=False, indent=1) + "\n")
        pytest.fail(f"no golden file for {path.name}: read {fresh}, correct it, drop the .new")
    cases = json.loads(golden.read_text(encoding="utf-8"))["cases"]
    assert isinstance(cases, list)
    return cases


def describe(content: Content) -> dict[str, object]:
    fields: dict[str, object] = {name: value(content) for name, value in FIELDS.items()}
    fields["sections"] = [
        {
            "role": section.role.value,
            "heading": section.heading,
            "starts": bare(section.body.of(content.text))[:12],
            "ends": bare(section.body.of(content.text))[-12:],
        }
        for section in content.sections
        if section.heading
    ]
    return fields


def bare(text: str) -> str:
    return "".join(text.split())


def test_there_are_enough_of_them() -> None:
    assert len(SAMPLES) >= 19
    assert sum(len(expected(path)) for path in SAMPLES) >= 40


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_says_that_it_is_invented_and_travels_light(path: Path) -> None:
    document = read(path)
    assert "本页为示例" in document.text
    titles = [case["title"] for case in expected(path)]
    batches = [batch for case in expected(path) for batch in case["batch"]]  # type: ignore[attr-defined]
    assert all("示例" in str(name) for name in (batches or titles))
    assert path.stat().st_size <= LARGEST


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_finds_its_cases(path: Path) -> None:
    assert [content.title for content in records(path)] == [
        case["title"] for case in expected(path)
    ]


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "title"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_field(path: Path, field: str) -> None:
    found = {content.title: FIELDS[field](content) for content in records(path)}
    wanted = {str(case["title"]): folded(case[field], field) for case in expected(path)}
    assert {title: folded(value, field) for title, value in found.items()} == wanted


def folded(value: object, field: str) -> object:
    if isinstance(value, str):
        return fold_text(value)
    assert isinstance(value, list)
    values = [fold_text(item) for item in value]
    return sorted(values) if field in IN_ANY_ORDER else values


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sections(path: Path) -> None:
    for content, case in zip(records(path), expected(path), strict=True):
        wanted = case["sections"]
        assert isinstance(wanted, list)
        sections = [section for section in content.sections if section.heading]
        assert [section.role for section in sections] == [Role(one["role"]) for one in wanted]
        for section, one in zip(sections, wanted, strict=True):
            body = fold_text(section.body.of(content.text))
            assert is_printed_as(section.heading, one["heading"])
            assert body.startswith(fold_text(one["starts"]))
            assert body.endswith(fold_text(one["ends"]))


def is_printed_as(heading: str, wanted: str) -> bool:
    """The same words; a mark, a number or a colon more is the page's own."""
    found, words = fold_text(heading).rstrip(":"), fold_text(wanted).rstrip(":")
    return words in found and len(found) <= len(words) + 3
