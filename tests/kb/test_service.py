"""Store and index together: what the outside relies on when something goes wrong."""

from pathlib import Path

import pytest

from kb.model import Case, Content, Kind, Role, Section, Source, Span
from kb.search import documents
from kb.search.document import index_document
from kb.search.request import SearchRequest
from kb.service import KnowledgeBase
from kb.settings import Settings


def submit(base: KnowledgeBase, name: str, text: str) -> None:
    whole = Span(0, len(text))
    content = Content(
        kind=Kind.TYPICAL_CASE,
        title=f"{name}（示例）",
        text=text,
        sections=(Section(Role.FACTS, "", whole, whole),),
    )
    source = Source(origin=f"{name}.txt", sha256=name, media="text", text=text)
    base.submit(source, (content,), parser="1", publish=True)
    base.index_changes()


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))


def total(base: KnowledgeBase, query: str) -> int:
    return base.search(SearchRequest(q=query)).total


def test_a_record_of_nothing_but_digits_is_kept_and_found(base: KnowledgeBase) -> None:
    submit(base, "甲案", "编码" + "7" * 5000)
    submit(base, "乙案", "九亿" * 1500)
    assert total(base, '"编码777"') == 1
    assert total(base, '"九亿九亿"') == 1


def test_a_record_that_cannot_be_indexed_keeps_no_other_from_being_found(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(case: Case, *_: object) -> object:
        if "坏" in case.content.text:
            raise ValueError("cannot be read")
        return index_document(case)

    monkeypatch.setattr(documents, "index_document", fails)
    submit(base, "甲案", "坏的文字")
    submit(base, "乙案", "好的文字")
    assert total(base, "好的文字") == 1
    assert base.backlog() == 0
    missing = base.checkup.disagreements()[0]
    assert len(missing) == 1
    assert next(iter(missing)) in caplog.text
    monkeypatch.undo()
    base.rebuild()
    assert base.checkup.disagreements()[0] == set()
    assert total(base, "坏的文字") == 1
