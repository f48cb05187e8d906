"""Documents made of many records together are those made of each alone."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from kb.model import Case
from kb.search import documents
from kb.search.document import index_document
from kb.search.documents import made_together
from kb.search.engine import IndexDocument
from kb.service import KnowledgeBase


@pytest.fixture
def cases(sample_base: KnowledgeBase) -> list[Case]:
    return [sample_base.case(answer.id) for answer in sample_base.published()]


def test_documentsmade_together_are_those_made_alone(cases: list[Case]) -> None:
    made = pickle.loads(pickle.dumps(made_together(cases)))
    assert [record for record, _ in made] == [case.id for case in cases]
    assert [_plain(document) for _, document in made] == [*map(index_document, cases)]


def test_one_that_fails_leaves_the_others_their_words(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = cases[len(cases) // 2].id

    def fails(case: Case, *cut: object) -> IndexDocument:
        if case.id == bad:
            raise ValueError("cannot be read")
        return index_document(case, *cut)

    monkeypatch.setattr(documents, "index_document", fails)
    made = dict(made_together(cases))
    assert made.pop(bad) is None
    alone = {case.id: index_document(case) for case in cases if case.id != bad}
    assert {record: _plain(document) for record, document in made.items()} == alone


def _plain(document: IndexDocument) -> IndexDocument:
    return replace(document, words={name: [*words] for name, words in document.words.items()})
