"""The help pages: every example is read as the page says, and none of them leads nowhere."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from kb.search.request import SearchRequest
from kb.service import KnowledgeBase


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_example_finds_something_and_is_read_as_meant(
    client: FlaskClient, sample_base: KnowledgeBase, language: str
) -> None:
    html = client.get(f"/help?lang={language}").get_data(as_text=True)
    examples = re.findall(r'<a href="/search\?q=[^"]*" lang="zh-CN">([^<]*)</a>', html)
    assert len(examples) > 15
    for example in map(unescape, examples):
        answer = sample_base.search(SearchRequest(q=example))
        assert answer.total, example
        assert not any("按词检索" in note for note in answer.reading.notes), example
