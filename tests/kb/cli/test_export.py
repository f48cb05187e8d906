"""`kb export`: a batch as lines of JSON, or as one DOCX for the paper file."""

import json

import pytest
from click.testing import CliRunner
from docx import Document

from kb.cli import main
from tests.conftest import filled


@pytest.fixture(scope="module")
def home(tmp_path_factory, samples):
    folder = tmp_path_factory.mktemp("export")
    filled(folder, samples)
    return folder


@pytest.fixture
def kb(home, monkeypatch):
    monkeypatch.setenv("KB_HOME", str(home))
    monkeypatch.delenv("KB_DATABASE_URL", raising=False)
    return lambda *words: CliRunner().invoke(main, ["export", *words])


def test_a_batch_is_written_as_a_document(kb, tmp_path):
    cases = [json.loads(line) for line in kb().stdout.splitlines()]
    batch = next(case["batch"] for case in cases if case["batch"])
    wanted = [case["title"] for case in cases if case["batch"] == batch]
    told = kb("--batch", batch, "--docx", str(tmp_path / "存卷.docx"))
    assert f"共 {len(wanted)} 件" in told.stdout
    document = Document(str(tmp_path / "存卷.docx"))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert {title.partition("．")[2] or title for title in headings} - {"目录"} <= set(wanted) | {
        ""
    }
    assert all(any(title in one for one in headings) for title in wanted)
    assert document.sections[0].header.paragraphs[0].text == batch


def test_what_cannot_be_written_is_told(kb, tmp_path):
    nothing = kb("--batch", "没有这一批", "--docx", str(tmp_path / "a.docx"))
    assert nothing.exit_code == 1
    assert "没有这一批" in nothing.stderr
    assert not (tmp_path / "a.docx").exists()
    refused = kb("--docx", str(tmp_path / "no" / "a.docx"))
    assert refused.exit_code == 1
    assert "无法写入" in refused.stderr
