"""Every rule that reads the samples has words, and so does how far it may be relied on."""

import pytest

from ingest.pipeline import Options, ingest
from kb.desk import WorkQuery
from kb.model import CLAIM_FIELDS
from kb.service import KnowledgeBase
from kb.settings import Settings
from kb.store.rows import claims_of
from web.desk.rules import Trust, reading


@pytest.fixture
def said(desk_app):
    """The words of a rule, in Chinese."""
    with desk_app.test_request_context():
        yield lambda rule: reading(rule).words


def test_every_rule_has_words(said, samples, tmp_path):
    kb = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    ingest(kb, [str(samples)], Options(batch="示例批次"), publish=False)
    rules = {
        claim.evidence.rule
        for item in kb.desk.work(WorkQuery(size=100)).items
        for field in CLAIM_FIELDS
        for claim in claims_of(item.content, field)
    }
    assert len(rules) > 20
    assert [rule for rule in rules if said(rule).startswith("规则 ")] == []


def test_a_rule_is_known_by_its_beginning(said):
    assert said("region.court.paper") == said("region.court")
    assert said("citations.registry+decision_date:change_undated") == said("citations.registry")
    assert said("decided.closing.lost") != said("decided.closing")


def test_an_unknown_rule_is_told_by_name_and_not_relied_on(said):
    assert said("nothing.known") == "规则 nothing.known"
    assert reading("nothing.known").trust is Trust.LOW
