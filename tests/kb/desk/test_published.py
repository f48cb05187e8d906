"""What is published is found at once, what is withdrawn is gone at once, in a whole base."""

import pytest

from kb.accounts import UserRole, actor
from kb.errors import Withdrawn
from kb.search.request import SearchRequest
from kb.service import KnowledgeBase
from kb.settings import Settings
from tests.kb.desk.conftest import EDITOR, ON, PUBLISHER, through
from tests.kb.store.build import content, source

WORDS = "无证烧烤摊"


def found(base):
    return [hit.id for hit in base.search(SearchRequest(q=f'"{WORDS}"')).hits]


def test_a_case_is_found_from_its_publishing_to_its_withdrawal(tmp_path):
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    told = content(f"{WORDS}案（示例）")
    [record] = base.submit(source(), (told,), parser="1", publish=False).added
    through(base.desk, record, *ON[:2])
    assert found(base) == []
    through(base.desk, record, ON[2])
    assert found(base) == [record]
    base.desk.save(record, content("流动摊贩案（示例）"), EDITOR, 1)
    assert found(base) == [record]
    through(base.desk, record, *ON)
    assert found(base) == []
    base.desk.restore(record, 1, EDITOR, 2)
    through(base.desk, record, *ON)
    assert found(base) == [record]
    revision = base.desk.draft(record).revision
    base.desk.take(record, "withdraw", PUBLISHER, revision, reason="应要求撤回")
    assert found(base) == []
    with pytest.raises(Withdrawn, match="应要求撤回"):
        base.case(record)
    assert all(check.ok for check in base.checkup.checks() if check.name == "操作记录")


def test_a_base_has_accounts_of_its_own(tmp_path):
    base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    base.accounts.add("zhang", [UserRole.EDITOR])
    assert actor(base.accounts.user("zhang")).may(UserRole.EDITOR)
