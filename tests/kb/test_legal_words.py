"""The legal dictionary: its form, and that the segmenter cuts with it as a lawyer would."""

import re
from importlib import resources

import pytest

from kb.text.normalise import fold_text
from kb.text.segment import words

LINES = (resources.files("kb") / "data" / "legal_words.txt").read_text("utf-8").splitlines()
ENTRIES = [line.partition("#")[0].split() for line in LINES if line.partition("#")[0].strip()]
WORDS = [entry[0] for entry in ENTRIES]


def test_there_are_enough_words():
    assert len(WORDS) >= 1800


def test_no_word_stands_twice():
    assert len(WORDS) == len(set(WORDS))


def test_every_word_has_a_family_with_its_origin():
    families = [line for line in LINES if line.startswith("# ") and "整理" in line]
    assert len(families) >= 15
    assert LINES.index(families[0]) < LINES.index(WORDS[0])


def test_every_entry_is_a_word_with_perhaps_its_frequency_and_tag():
    assert [
        e for e in ENTRIES if len(e) > 3 or not all(re.fullmatch(r"\d+", f) for f in e[1:2])
    ] == []


def test_words_are_of_2_to_16_characters_without_punctuation():
    assert [word for word in WORDS if not re.fullmatch(r"\w{2,16}", word)] == []


def test_words_are_written_as_texts_are_folded():
    assert [word for word in WORDS if fold_text(word) != word] == []


def test_every_word_is_a_word_to_the_segmenter():
    """A word that begins with a numeral and its unit, say, would be taken apart before jieba."""
    assert [word for word in WORDS if word not in words(word)] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "申请人不服被申请人渝北区市场监管局作出的行政处罚决定",
            "申请人 被申请人 渝北区 市场监管局 行政处罚 处罚决定",
        ),
        ("未告知当事人享有陈述申辩权和要求听证的权利，程序违法", "陈述申辩 听证 程序违法"),
        (
            "依据行政复议法第六十四条第一款第一项决定撤销",
            "行政复议法 行政复议 第64条 第1款 第1项 撤销",
        ),
        ("责令被申请人限期重新作出处理", "责令 被申请人 重新作出"),
        ("该处罚过罚不当，畸轻畸重", "过罚不当 畸轻畸重"),
        ("小过重罚不符合过罚相当原则", "小过重罚 过罚相当"),
        ("职业打假人购买过期食品后投诉举报", "职业打假人 过期食品 投诉举报 举报"),
        ("市场监管部门决定不予立案", "不予立案"),
        ("在上下班途中发生非本人主要责任的交通事故", "上下班途中 非本人主要责任 交通事故"),
        (
            "工程层层转包给包工头，由用工主体承担工伤保险责任",
            "转包 包工头 用工主体 工伤保险责任 工伤保险 工伤",
        ),
        ("未取得道路运输经营许可从事网约车经营属非法营运", "道路运输 网约车 非法营运"),
        ("街道办事处对违法建筑实施强制拆除，未依法催告", "街道办事处 违法建筑 强制拆除 催告"),
        ("两江新区市场监管局对该公司罚款", "两江新区 市场监管局 罚款"),
        (
            "川渝高竹新区管委会作出政府信息公开告知书",
            "川渝高竹新区 高竹新区 管委会 政府信息公开 信息公开",
        ),
        ("天府新区与两江新区签署川渝合作协议", "天府新区 两江新区 川渝合作 川渝"),
        ("成都市温江区规划和自然资源局作出不动产登记", "温江区 规划和自然资源局 不动产登记 不动产"),
        (
            "交警大队认定其饮酒后驾驶机动车，暂扣驾驶证",
            "交警大队 饮酒后驾驶 机动车 暂扣驾驶证 驾驶证",
        ),
        ("人社局作出不予认定工伤决定书", "人社局 不予认定工伤 认定工伤 工伤"),
        ("与被复议行政行为没有利害关系", "行政行为 利害关系"),
        ("房屋征收补偿协议属于行政协议", "征收补偿协议 行政协议"),
        ("二审判决驳回上诉，维持原判", "二审 驳回上诉 维持原判"),
        ("申请人自愿撤回行政复议申请，行政复议终止", "撤回 行政复议申请 行政复议"),
        ("税务稽查局作出税务处理决定，追缴税款并加收滞纳金", "税务稽查局 税务处理决定 滞纳金"),
        ("集体土地征收中的被征地农民安置补助费", "集体土地征收 被征地农民 安置补助费"),
        (
            "首违不罚适用于初次违法且危害后果轻微并及时改正",
            "首违不罚 初次违法 危害后果轻微 及时改正",
        ),
        ("当事人没有主观过错的，不予行政处罚", "主观过错 不予行政处罚 行政处罚"),
        ("该公司通过暗管排放污水逃避监管", "暗管 污水 逃避监管"),
        ("公安机关对其处以行政拘留并处罚款", "公安机关 行政拘留 罚款"),
        ("请求附带审查该规范性文件的合法性", "附带审查 规范性文件 合法性"),
        ("登记机关应当尽到审慎审查义务，撤销冒名登记", "登记机关 审慎审查义务 冒名登记"),
        (
            "根据国有土地上房屋征收与补偿条例作出征收决定",
            "国有土地上房屋征收与补偿条例 房屋征收 征收决定",
        ),
        ("工傷認定決定書已送達", "工伤认定 送达"),
        ("綜合行政執法局強制拆除", "综合行政执法局 强制拆除"),
    ],
)
def test_sentences_are_cut_as_a_lawyer_would(sentence, expected):
    assert set(expected.split()) - set(words(fold_text(sentence))) == set()
