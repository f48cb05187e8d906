"""Every bundled sample has a page that loses none of its words, and an answer as described."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from ingest.extract import Options
from ingest.pipeline import ingest
from kb.answers import CaseAnswer
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from kb.text.normalise import fold_text
from web.api.openapi import description
from web.app import create_app
from web.settings import OFF, Settings


@pytest.fixture(scope="module")
def sampled(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    home = tmp_path_factory.mktemp("kb")
    kb = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(home)}))
    ingest(kb, [str(samples)], Options())
    kb.index_changes()
    return kb


@pytest.fixture(scope="module")
def records(sampled: KnowledgeBase) -> list[CaseAnswer]:
    found = list(sampled.published())
    assert len(found) >= 36
    return found


@pytest.fixture(scope="module")
def reader(sampled: KnowledgeBase) -> FlaskClient:
    return create_app(sampled, settings=Settings(rate_limit=OFF)).test_client()


def test_no_page_loses_a_word(reader: FlaskClient, records: list[CaseAnswer]) -> None:
    for record in records:
        shown = plain(reader.get(f"/cases/{record.id}").get_data(as_text=True))
        missing = [
            line
            for section in record.sections
            for line in section.text.splitlines()
            if fold_text(line.replace("|", "")) not in shown
        ]
        assert missing == [], record.title


def test_no_page_repeats_an_anchor_or_leads_to_a_missing_one(
    reader: FlaskClient, records: list[CaseAnswer]
) -> None:
    for record in records:
        html = reader.get(f"/cases/{record.id}?q=行政复议").get_data(as_text=True)
        anchors = re.findall(r'\bid="([^"]+)"', html)
        assert len(anchors) == len(set(anchors)), record.title
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors), record.title


def test_every_answer_is_as_described(reader: FlaskClient, records: list[CaseAnswer]) -> None:
    schema = {"$ref": "#/components/schemas/CaseAnswer", "components": description()["components"]}
    validator = Draft202012Validator(schema)
    for record in records:
        answer = reader.get(f"/api/v1/cases/{record.id}").json
        assert list(validator.iter_errors(answer)) == [], record.title


def plain(html: str) -> str:
    """The words of a page, folded, without what the page adds between them."""
    html = re.sub(r'<a class="pilcrow".*?</a>', "", html)
    return fold_text(unescape(re.sub(r"<[^>]+>", "", html)))
