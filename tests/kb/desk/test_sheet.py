"""Rows of a spreadsheet name records and change their fields, or say why they cannot."""

from datetime import date

import pytest

from kb.desk import sheet
from kb.desk.columns import kinds, read, read_heads
from kb.desk.fields import set_values
from kb.desk.sheet import Index, Trouble, check_stage, filled
from kb.errors import BadRequest, DataError
from kb.model import RegionRole, Status, settled
from kb.store.names import Named
from tests.kb.store.build import claim, content

HEADS = (
    "编号",
    "标题",
    "文号",
    "地区",
    "争议焦点",
    "案由",
    "结果",
    "决定日期",
    "法条",
    "复议机关",
    "申请人",
)


def columns(*heads):
    found = read_heads([heads])
    assert found
    return found.columns


def said(**cells):
    """A row of the cells that are filled, by their heads."""
    made = columns("编号", "标题", *(head for head in cells if head not in ("编号", "标题")))
    row = [cells.get(column.head, "") for column in made]
    return filled(made, row)


def applied(before, named_by="id", **cells):
    return sheet.apply(before, said(**cells), named_by)


@pytest.fixture
def index():
    return Index(
        [
            Named("aaaaaaaaaa", "某超市不服罚款案", Status.DRAFT, frozenset({"渝中府复(2024)1号"})),
            Named("bbbbbbbbbb", "某饭店不服罚款案", Status.DRAFT, frozenset()),
            Named("cccccccccc", "某饭店不服罚款案", Status.DRAFT, frozenset({"渝中府复(2024)2号"})),
            Named("dddddddddd", "待审的案", Status.IN_REVIEW, frozenset()),
        ]
    )


def test_heads_are_known_in_their_usual_spellings():
    made = columns(*HEADS)
    assert [column.field for column in made] == [
        *("", "title", "dockets", "regions", "issues", "acts"),
        *("outcomes", "decided", "citations", "parties", "parties"),
    ]
    other = columns(" ID ", "案例标题", "作出日期（年-月-日）", "处理结果*", "ＩＤ号码")
    assert [column.name for column in other] == ["id", "title", "decided", "outcomes"]


def test_heads_may_stand_below_a_title_and_unknown_ones_are_told():
    rows = [
        ["2024年典型案例汇总表"],
        [],
        ["序号", "标题", "联系电话", "结果"],
        ["1", "某案", "", ""],
    ]
    found = read_heads(rows)
    assert found.row == 2
    assert found.unknown == ("联系电话",)
    assert [column.name for column in found.columns] == ["title", "outcomes"]
    assert read_heads([["姓名", "电话"], ["标题"]]) is None


def test_a_head_that_stands_there_twice_is_refused():
    with pytest.raises(BadRequest, match="同一项"):
        read_heads([["标题", "结果", "处理结果"]])


def test_the_template_is_read_as_it_is_made():
    first = [kind.heads[0] for kind in kinds()]
    assert len(read_heads([first]).columns) == len(kinds()) - 1  # all but those ignored


def test_examples_of_the_template_are_understood():
    before = content("某超市不服罚款申请行政复议案（示例）")
    cells = {kind.heads[0]: kind.example for kind in kinds() if kind.example}
    _, changes, troubles = applied(before, **cells)
    assert troubles == ()
    assert len(changes) >= 10


def test_columns_that_contradict_each_other_are_a_fault_of_the_data():
    two = '[[column]]\nname="a"\ndoes="sets"\nfield="acts"\nheads=["X"]\nhint=""\nexample=""\n'
    with pytest.raises(DataError, match="已归"):
        read(two + two.replace('"a"', '"b"'))
    with pytest.raises(DataError, match="没有"):
        read(two.replace('field="acts"', 'field="nothing"'))


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"编号": "aaaaaaaaaa", "标题": "新标题"}, ("aaaaaaaaaa", "id")),
        ({"编号": "AAAAAAAAAA"}, ("aaaaaaaaaa", "id")),
        ({"标题": " 某超市 不服罚款案 "}, ("aaaaaaaaaa", "title")),
        ({"编号": "1", "标题": "某超市不服罚款案"}, ("aaaaaaaaaa", "title")),
        ({"标题": "某饭店不服罚款案", "文号": "渝中府复〔2024〕2号"}, ("cccccccccc", "title")),
        ({"文号": "渝中府复〔2024〕 1 号"}, ("aaaaaaaaaa", "dockets")),
    ],
)
def test_a_row_names_its_record(index, cells, named):
    one, by = index.find(said(**cells))
    assert (one.id, by) == named


@pytest.mark.parametrize(
    ("cells", "head", "reason"),
    [
        ({"编号": "zzzzzzzzzz"}, "编号", "没有找到"),
        ({"标题": "没有这件"}, "标题", "没有找到"),
        ({"标题": "某饭店不服罚款案"}, "标题", "bbbbbbbbbb、cccccccccc"),
        ({"结果": "变更"}, "", "不知道是哪件"),
        ({"编号": "12", "结果": "变更"}, "编号", "不知道是哪件"),
    ],
)
def test_a_row_that_names_none_says_so(index, cells, head, reason):
    trouble = index.find(said(**cells))
    assert isinstance(trouble, Trouble)
    assert trouble.head == head
    assert reason in trouble.reason


def test_what_is_in_review_cannot_be_changed(index):
    one, _ = index.find(said(编号="dddddddddd"))
    assert "待审" in check_stage(one).reason


def test_cells_become_values_of_a_person():
    after, changes, troubles = applied(
        content(),
        决定日期="2024/5/6 0:00",
        结果="变更",
        争议焦点="主要事实不清、证据不足；行政程序",
        案由="处罚决定、行政许可",
        地区="重庆市渝中区",
        文号="渝中府复〔2024〕85号",
        法条="行政处罚法第三十三条第一款；行政复议法第六十三条",
    )
    assert troubles == ()
    assert settled(after.decided) == (date(2024, 5, 6),)
    assert settled(after.outcomes) == ("modify",)
    assert settled(after.issues) == ("facts_unclear", "procedure")
    assert settled(after.acts) == ("penalty", "licence")
    assert [one.code for one in settled(after.regions)] == ["500103"]
    assert [one.normalised for one in settled(after.dockets)] == ["渝中府复(2024)85号"]
    assert len(settled(after.citations)) == 2
    assert {change.head for change in changes} == {
        *("决定日期", "结果", "争议焦点", "案由", "地区", "文号", "法条")
    }


def test_only_the_cells_that_are_filled_change_anything():
    before = content().with_fields(outcomes=(claim("modify"),))
    after, changes, _ = applied(before, 结果="", 决定日期=" ")
    assert after == before
    assert changes == ()
    emptied, [change], _ = applied(before, 结果="（清空）")
    assert settled(emptied.outcomes) == ()
    assert (change.before, change.after) == (("modify",), ())


def test_a_column_of_one_role_leaves_the_others():
    first, *_ = applied(content(), 申请人="某超市、陈某某", 复议机关="渝中区人民政府")
    after, [change], _ = applied(first, 申请人="某商店")
    assert [one.name for one in settled(first.parties)] == ["某超市", "陈某某", "渝中区人民政府"]
    assert [one.name for one in settled(after.parties)] == ["某商店", "渝中区人民政府"]
    assert [one.name for one in change.before] == ["某超市", "陈某某"]
    assert {one.name: one.natural for one in settled(first.parties)} == {
        "某超市": False,
        "陈某某": True,
        "渝中区人民政府": False,
    }
    placed, *_ = applied(first, 行为地="四川省成都市")
    placed, *_ = applied(placed, 地区="重庆市渝中区")
    roles = {one.role for one in settled(placed.regions)}
    assert roles == {RegionRole.ACT, RegionRole.AUTHORITY}


def test_the_same_value_is_confirmed_and_confirmed_once():
    before = content().with_fields(outcomes=(claim("modify"),))
    after, [change], _ = applied(before, 结果="变更")
    assert change.before == change.after == ("modify",)
    assert after == set_values(before, "outcomes", ["modify"])
    assert applied(after, 结果="变更")[1] == ()


def test_a_provision_that_is_cited_already_stays_where_it_is_cited():
    before = content(text="基本案情\n依照行政处罚法第三十三条第一款。\n典型意义\n无。")
    once, *_ = applied(before, 法条="行政处罚法第三十三条第一款")
    again, changes, _ = applied(once, 法条="《中华人民共和国行政处罚法》第33条第1款")
    assert changes == ()
    assert again == once


def test_each_cell_that_is_not_understood_is_told():
    before = content()
    after, changes, troubles = applied(
        before, 决定日期="五月", 结果="不知道", 地区="火星", 案由="行政处罚"
    )
    assert [trouble.head for trouble in troubles] == ["决定日期", "结果", "地区"]
    assert [change.head for change in changes] == ["案由"]
    assert after != before
    assert all(str(trouble).startswith(f"“{trouble.head}”列：") for trouble in troubles)


def test_a_title_is_changed_where_something_else_names_the_record():
    before = content("旧")
    assert applied(before, 标题="新")[0].title == "新"
    assert applied(before, 标题="王\u200b小明案")[0].title == "王小明案"
    assert "不超过" in str(applied(before, 标题="长" * 301)[2][0])
    assert applied(before, "title", 标题="新")[0].title == before.title
    assert "不能清空" in str(applied(before, 标题="清空")[2][0])
