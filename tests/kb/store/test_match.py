"""An id stays with its case when a page is read again."""

import pytest

from kb.model import Party, PartyRole
from kb.store.match import Known, pair
from tests.kb.store.build import claim, content, docket

LONG = "申请人不服被申请人作出的行政处罚决定，向本机关申请行政复议。本机关依法受理并组织听证。"
OTHER = "某建筑公司与某镇政府签订征收补偿协议，后因付款期限发生争议，诉至人民法院。"


def known(*contents):
    return [Known(f"id{place}", place, said) for place, said in enumerate(contents)]


def test_cases_keep_their_ids_in_any_order():
    a, b, c = content("甲"), content("乙"), content("丙")
    assert pair((c, a, b), known(a, b, c)) == {0: "id2", 1: "id0", 2: "id1"}


def test_a_case_put_in_the_middle_is_new():
    a, b, x = content("甲"), content("乙"), content("新", OTHER)
    assert pair((a, x, b), known(a, b)) == {0: "id0", 2: "id1"}


def test_a_changed_text_is_found_by_its_title_however_it_is_spaced():
    assert pair((content("甲 案　", OTHER),), known(content("甲案", LONG))) == {0: "id0"}


def test_a_changed_title_is_found_by_the_text_wherever_it_stands():
    before = known(content("甲", LONG), content("乙", OTHER))
    assert pair((content("丙", OTHER),), before) == {0: "id1"}


def test_title_and_text_both_touched_are_found_by_place():
    edited = LONG.replace("组织听证", "举行了听证会")
    assert pair((content("甲（更正）", edited),), known(content("甲", LONG))) == {0: "id0"}


def test_another_case_in_the_place_of_one_that_is_gone_gets_no_old_id():
    assert pair((content("乙", OTHER),), known(content("甲", LONG))) == {}


def test_twins_of_one_title_are_told_apart_by_text():
    one, two = content("同名", LONG), content("同名", OTHER)
    assert pair((two, one), known(one, two)) == {0: "id1", 1: "id0"}


def test_twins_of_one_text_are_told_apart_by_title():
    one, two = content("甲诉丙", LONG), content("乙诉丙", LONG)
    assert pair((two, one), known(one, two)) == {0: "id1", 1: "id0"}


@pytest.mark.parametrize("title", ["", " "])
def test_nothing_is_not_a_name(title):
    assert pair((content(title, OTHER),), known(content(title, LONG))) == {}


def test_no_id_is_given_twice():
    before = known(content("甲", LONG))
    assert pair((content("甲", LONG), content("甲", LONG), content("甲")), before) == {0: "id0"}


TEMPLATE = (
    "申请人{0}不服被申请人某区市场监督管理局作出的罚款{1}的行政处罚决定，向某区人民政府申请行政复议。"
    "某区人民政府依法受理，听取双方意见后认为，处罚事实清楚、证据确凿，决定维持。"
)


def party(name: str):
    return (claim(Party(name, PartyRole.APPLICANT, natural=False)),)


def test_another_case_of_the_same_template_gets_no_old_id():
    one = content("甲店不服罚款案", TEMPLATE.format("甲店", "五千元"))
    facts = "近日，执法人员在检查中发现冷柜里有过期食品，遂立案。"
    other = content("乙公司案", facts + TEMPLATE.format("乙公司", "三万元并没收所得")[:60])
    assert pair((other,), known(one)) == {}


def test_a_text_of_other_parties_or_numbers_gets_no_old_id_however_alike():
    one = content("甲店案", TEMPLATE.format("甲店", "五千元"), parties=party("甲店"))
    other = content("乙店案", TEMPLATE.format("乙店", "五千元"), parties=party("乙店"))
    assert pair((other,), known(one)) == {}
    assert pair((other.with_fields(parties=one.parties),), known(one)) == {0: "id0"}
    numbered = one.with_fields(dockets=(docket("某府复〔2024〕1号"),))
    renamed = one.with_fields(title="丙", text=one.text + "特此公布。")
    assert (
        pair((renamed.with_fields(dockets=(docket("某府复〔2024〕2号"),)),), known(numbered)) == {}
    )
    assert pair((renamed,), known(numbered)) == {0: "id0"}


def test_a_title_that_many_papers_bear_does_not_join_papers_of_other_numbers():
    one = content("行政复议决定书", LONG, dockets=(docket("某府复〔2024〕1号"),))
    other = content("行政复议决定书", OTHER, dockets=(docket("某府复〔2024〕2号"),))
    assert pair((other,), known(one)) == {}
    assert pair((one, other), known(other)) == {1: "id0"}
