"""The 52 published cases beside the project: each is one record and keeps its whole body."""

import re
from pathlib import Path

import pytest

from ingest.document import SourceDocument
from ingest.layout import parse
from kb.model import Content, Role

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def parsed(shared_data: Path, write) -> dict[Path, tuple[SourceDocument, tuple[Content, ...]]]:
    files = sorted((shared_data / "cases").rglob("*.md"))
    documents = {file: write(_body(file), origin=str(file)) for file in files}
    return {file: (document, parse(document)) for file, document in documents.items()}


def _body(file: Path) -> str:
    return re.sub(r"<!--.*?-->", "", file.read_text(encoding="utf-8"))


def test_each_file_is_one_record_titled_by_its_first_heading(parsed):
    assert len(parsed) == 52
    for document, contents in parsed.values():
        assert [content.title for content in contents] == [document.blocks[0].text.strip()]


def test_no_character_of_the_body_is_lost(parsed):
    for file, (_, (content,)) in parsed.items():
        words = "".join(s.heading + s.body.of(content.text) for s in content.sections)
        source = re.sub(r"^#+ ", "", _body(file), flags=re.M)
        assert re.sub(r"\s", "", words) == re.sub(r"\s", "", source)


def test_sections_have_words_and_known_roles(parsed):
    for _, (content,) in parsed.values():
        assert content.sections[0].role is Role.HEAD
        assert all(section.body.of(content.text) for section in content.sections)
        assert Role.OTHER not in {section.role for section in content.sections}


def test_the_ten_on_administrative_agreements(parsed):
    ten = [contents for file, (_, contents) in parsed.items() if file.parent.name == "行政协议诉讼"]
    assert len(ten) == 10
    for (content,) in ten:
        for role in (Role.FACTS, Role.RESULT, Role.SIGNIFICANCE):
            assert content.section(role)


def test_second_headings_that_name_the_case_are_subtitles(parsed):
    named = {
        file.stem: content.subtitle for file, (_, (content,)) in parsed.items() if content.subtitle
    }
    assert len(named) == 27
    assert all(subtitle.endswith("案") for subtitle in named.values())
