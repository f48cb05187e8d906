"""Synonyms: what leads where, what must never be mixed up, and that bad data is refused."""

import pytest

from kb.errors import DataError
from kb.synonyms import Group, groups, lay_words, read, said_otherwise, synonyms


def test_there_are_enough_groups():
    assert len(groups()) >= 250


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("小过重罚", "过罚不当 处罚过重"),
        ("过罚不当", "小过重罚"),
        ("首违不罚", "首次违法不罚"),
        ("拆迁", "房屋征收"),
        ("房屋征收", "拆迁"),
        ("交警", "公安机关交通管理部门"),
        ("城管", "综合行政执法"),
        ("工商局", "市场监督管理局"),
        ("国土局", "自然资源局"),
        ("社保局", "人力资源和社会保障局"),
        ("复议", "行政复议"),
        ("黑车", "非法营运"),
        ("网约车", "网络预约出租汽车"),
        ("包工头", "转包 挂靠 实际施工人"),
        ("被开除", "解除劳动合同"),
        ("欠钱不还", "民间借贷"),
        ("拖欠工资", "拖欠劳动报酬"),
        ("打架", "殴打他人 故意伤害"),
        ("酒驾", "饮酒后驾驶"),
        ("醉驾", "醉酒驾驶 危险驾驶"),
        ("邻居噪音", "相邻关系"),
        ("七天无理由", "七日无理由退货"),
        ("未满十八周岁", "未成年人"),
        ("黄牛", "倒卖"),
        ("行复法", "行政复议法"),
    ],
)
def test_what_a_lawyer_or_a_lay_person_types(word, expected):
    assert set(expected.split()) <= set(synonyms(word))


def test_a_word_is_no_synonym_of_itself():
    assert [word for group in groups() for word in group.words if word in synonyms(word)] == []


def test_the_symmetric_groups_are_symmetric():
    symmetric = [group for group in groups() if not group.means]
    assert all(a in synonyms(b) for g in symmetric for a in g.words for b in g.words if a != b)


def test_a_directed_line_leads_one_way():
    assert "非法营运" in synonyms("黑车")
    assert "黑车" not in synonyms("非法营运")


def test_spelling_of_the_word_asked_for_does_not_matter():
    assert synonyms(" 網 約車") == synonyms("网约车") != ()


@pytest.mark.parametrize("word", ["", " ", "没有这个词", "的"])
def test_words_without_synonyms(word):
    assert synonyms(word) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("定金", "订金"),
        ("定金", "押金"),
        ("权利", "权力"),
        ("拘留", "拘役"),
        ("行政拘留", "刑事拘留"),
        ("行政复议", "行政诉讼"),
        ("罚款", "罚金"),
        ("驳回起诉", "驳回诉讼请求"),
        ("驳回行政复议申请", "驳回行政复议请求"),
        ("劳动关系", "劳务关系"),
        ("轻伤", "轻微伤"),
        ("不予受理", "不予立案"),
        ("抵押", "质押"),
        ("撤销", "撤回"),
        ("确认违法", "确认无效"),
        ("行政赔偿", "行政补偿"),
        ("从轻处罚", "减轻处罚"),
        ("从轻处罚", "不予行政处罚"),
        ("饮酒后驾驶", "醉酒驾驶"),
        ("转包", "违法分包"),
        ("征收", "征用"),
        ("公安机关", "检察机关"),
        ("中止", "终止"),
        ("上诉", "申诉"),
        ("法定代表人", "法定代理人"),
        ("借条", "欠条"),
        ("遗赠", "遗嘱"),
        ("查封", "扣押"),
        ("工伤认定", "劳动能力鉴定"),
    ],
)
def test_terms_that_differ_in_law_are_kept_apart(one, other):
    assert other not in synonyms(one)
    assert one not in synonyms(other)


def test_lines_are_read():
    text = "# 注释\n\n甲词, 乙词  # 尾注\n俗语甲, 俗语乙 => 术语甲, 术语乙\n"
    assert read(text) == (
        Group(("甲词", "乙词")),
        Group(("俗语甲", "俗语乙"), ("术语甲", "术语乙")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "甲词",
        "甲词,",
        "甲词, 甲词",
        "甲词 => 甲词",
        "甲词 => 乙词 => 丙词",
        "甲, 乙词",
        "甲词、丁词, 乙词",
        "甲 词, 乙词",
        "執照, 乙词",
        "ABC, 乙词",
    ],
)
def test_bad_lines_are_refused_with_their_place(text):
    with pytest.raises(DataError, match=r"某文件 第 2 行"):
        read(f"# 注释\n{text}\n", "某文件")


def test_a_pair_said_twice_is_refused_with_both_places():
    with pytest.raises(DataError, match=r"第 3 行.*第 1 行"):
        read("甲词, 乙词\n丙词, 丁词\n戊词, 乙词, 甲词\n")


def test_lay_words_lead_to_terms_one_way_and_repeat_no_synonym():
    assert all(group.means for group in lay_words())
    pairs = [(word, term) for group in lay_words() for word in group.words for term in group.means]
    assert [pair for pair in pairs if pair[1] in synonyms(pair[0])] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("顾客在超市摔倒", "消费者 经营场所 安全保障义务"),
        ("顧客在超市摔倒？", "消费者 经营场所 安全保障义务"),
        ("裁员 寄送", "解除劳动合同 运输 承运人 托运人"),
        ("行政处罚的幅度", ""),
        ("", ""),
    ],
)
def test_what_the_expressions_of_a_text_may_be_called(text, expected):
    assert said_otherwise(text) == tuple(expected.split())


def test_what_stands_in_the_text_itself_is_not_said_again():
    assert "消费者" not in said_otherwise("顾客也是消费者")


def test_of_expressions_that_begin_together_the_longest_counts():
    assert "延长工作时间" in said_otherwise("加班")
    assert "加班工资" in said_otherwise("加班费")
    assert "延长工作时间" not in said_otherwise("加班费")


def test_lay_words_serve_questions_only():
    assert "消费者" not in synonyms("顾客")
