"""An id stays with its case when a page is read again."""

import pytest

from kb.store.match import Known, pair
from tests.kb.store.build import content

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
