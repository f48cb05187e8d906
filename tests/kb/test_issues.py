"""The taxonomies, and acts and issues found in titles and texts of our own."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import DataError
from kb.issues import acts, find_acts, find_issues, find_outcomes, issues, outcomes
from kb.issues.taxonomy import read

TAXONOMIES = [acts, issues, outcomes]

ACTS = {
    *("行政处罚", "举报投诉处理", "政府信息公开", "行政不作为", "行政确认", "行政征收"),
    *("行政强制", "行政确权", "行政许可", "行政协议", "行政裁决", "行政登记"),
    *("行政赔偿", "行政补偿", "行政给付", "行政命令", "行政复议决定", "其他"),
}
DECISIONS = {
    *("modify", "revoke", "revoke_in_part", "remand", "confirm_unlawful", "order_performance"),
    *("declare_void", "uphold", "reject_claim", "revoke_no_reply", "agreement", "compensation"),
    *("mediate", "settle_withdraw", "self_correct", "advisory", "not_accepted", "dismiss"),
    "terminate",
}


@pytest.mark.parametrize("taxonomy", TAXONOMIES)
def test_every_term_is_whole(taxonomy):
    for term in taxonomy().terms:
        assert term.label
        assert term.label_en.isascii()
        assert term.definition.endswith("。")
        assert re.search(r"第.+条|条例|规定|办法|法|意见|答复", term.source), (
            "names what it rests on"
        )
        assert taxonomy().find(term.label) is term or term.forum == "court"
        assert term in taxonomy().find_all(term.label)


def test_the_vocabulary_of_the_domain_is_there():
    labels = {term.label for term in acts().terms}
    assert labels == ACTS
    assert {term.code for term in outcomes().terms} >= DECISIONS
    assert len(issues().children("")) >= 18


@pytest.mark.parametrize(
    ("code", "new", "old"),
    [
        ("modify", "第六十三条", "第二十八条第一款第三项"),
        ("revoke", "第六十四条", "第二十八条第一款第三项"),
        ("confirm_unlawful", "第六十五条", "第二十八条第一款第三项"),
        ("order_performance", "第六十六条", "第二十八条第一款第二项"),
        ("declare_void", "第六十七条", ""),
        ("uphold", "第六十八条", "第二十八条第一款第一项"),
        ("reject_claim", "第六十九条", ""),
        ("revoke_no_reply", "第七十条", "第二十八条第一款第四项"),
        ("agreement", "第七十一条", ""),
        ("compensation", "第七十二条", "第二十九条"),
        ("mediate", "第七十三条", ""),
        ("settle_withdraw", "第七十四条", "第二十五条"),
        ("advisory", "第七十六条", ""),
        ("not_accepted", "第三十条", "第十七条"),
        ("dismiss", "第三十三条", ""),
        ("terminate", "第四十一条", "第二十五条"),
    ],
)
def test_the_articles_that_decisions_rest_on(code, new, old):
    term = outcomes().get(code)
    assert (term.article_2023, term.article_1999) == (new, old)


# What each article must speak of, in the words of the law beside the project.
WORDS = {
    "modify": "变更",
    "revoke": "撤销",
    "confirm_unlawful": "违法",
    "order_performance": "履行",
    "declare_void": "无效",
    "uphold": "维持",
    "reject_claim": "驳回",
    "revoke_no_reply": "书面答复",
    "agreement": "行政协议",
    "compensation": "赔偿",
    "mediate": "调解",
    "settle_withdraw": "撤回",
    "advisory": "意见书",
    "not_accepted": "不予受理",
    "dismiss": "驳回申请",
    "terminate": "终止",
}


@pytest.mark.parametrize("code", WORDS)
def test_the_articles_say_so(shared_data, code):
    folder = shared_data / "laws" / "诉讼与非诉讼程序法"
    term = outcomes().get(code)
    for article, file in (
        (term.article_2023, "行政复议法(2023-09-01).md"),
        (term.article_1999, "行政复议法(2017-09-01).md"),
    ):
        if article:
            number = article.split("条")[0] + "条"
            law = (folder / file).read_text("utf-8")
            text = re.search(rf"^{number}\s(.*?)(?=^第\S+条\s|\Z)", law, re.M | re.S)
            assert text is not None
            assert WORDS[code] in text.group(1)


@pytest.mark.parametrize(
    ("taxonomy", "name", "code"),
    [
        (acts, "处罚决定", "penalty"),
        (acts, "工伤认定", "confirmation"),
        (acts, "PENALTY", "penalty"),
        (issues, "小过重罚", "discretion_proportionality"),
        (issues, "過罰相當", "discretion_proportionality"),
        (issues, "包工头", "work_injury_employer"),
        (outcomes, "撤销", "revoke"),
        (outcomes, "责令重作", "remand"),
        (outcomes, "驳回上诉，维持原判", "appeal_dismissed"),
        (outcomes, "驳回上诉", "appeal_dismissed"),
    ],
)
def test_terms_are_found_by_any_name(taxonomy, name, code):
    assert taxonomy().find(name).code == code


@pytest.mark.parametrize("taxonomy", TAXONOMIES)
def test_a_name_is_looked_up_not_searched_for(taxonomy):
    """A spreadsheet has thousands of them."""
    called = []
    name = taxonomy().terms[-1].label
    taxonomy().find(name)
    before = sys.getprofile()
    sys.setprofile(lambda _frame, event, _what: called.append(event))
    try:
        taxonomy().find(name)
    finally:
        sys.setprofile(before)
    assert len(called) < 20


def test_a_name_that_both_forums_use_finds_both():
    assert [term.code for term in outcomes().find_all("撤销")] == ["revoke", "court_revoke"]


@pytest.mark.parametrize("name", ["", " ", "没有这一项"])
def test_unknown_names(name):
    assert issues().find(name) is None
    assert issues().find_all(name) == ()
    assert issues().get(name) is None
    assert issues().lineage(name) == ()


def test_lineage_runs_from_the_top():
    assert issues().lineage("discretion_first") == ("discretion", "discretion_first")
    assert issues().lineage("discretion") == ("discretion",)


TERM = """
[[term]]
code = "a"
label = "甲"
label_en = "A"
definition = "释义。"
synonyms = ["子"]
cues = ["甲事"]
not = []
source = "某法第一条"
"""


def test_a_small_taxonomy_is_read():
    taxonomy = read(TERM, "试.toml")
    assert taxonomy.find("子").code == "a"
    assert taxonomy.terms[0].cues[0].weight == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("code = ", "kode = "), "kode"),
        (('code = "a"', 'code = "甲"'), "小写字母"),
        (('label = "甲"', 'label = ""'), "label"),
        (('definition = "释义。"', ""), "definition"),
        (('source = "某法第一条"', ""), "source"),
        (('cues = ["甲事"]', 'cues = ["甲("]'), "cues 第 1 条.*写错了"),
        (('cues = ["甲事"]', 'cues = [""]'), "不空"),
        (('cues = ["甲事"]', 'cues = ["甲*"]'), "空串"),
        (('cues = ["甲事"]', 'cues = ["甲，乙"]'), "，"),
        (('cues = ["甲事"]', 'cues = ["處罰"]'), "简体"),
        (('cues = ["甲事"]', 'cues = [{ find = "甲", heavy = 1 }]'), "heavy"),
        (('cues = ["甲事"]', "cues = [{ weight = 1 }]"), "find"),
        (('cues = ["甲事"]', 'cues = [{ find = "甲", where = "body" }]'), "where"),
        (('cues = ["甲事"]', 'cues = [{ find = "甲", weight = 0 }]'), "weight"),
        (('cues = ["甲事"]', 'cues = "甲"'), "列表"),
        (('synonyms = ["子"]', "synonyms = [1]"), "字符串"),
        (("not = []", 'not = []\nparent = "b"'), "parent b"),
        (("not = []", 'not = []\nforum = "x"'), "forum"),
        (("not = []", 'not = []\nrequires = ["b"]'), "没有 b"),
        (("not = []", "not = []\n["), "TOML"),
    ],
)
def test_bad_data_is_refused_with_file_and_key(change, message):
    with pytest.raises(DataError, match=f"试.toml.*{message}"):
        read(TERM.replace(*change), "试.toml")


def test_codes_and_names_are_unique():
    with pytest.raises(DataError, match="code 重复"):
        read(TERM + TERM, "试.toml")
    with pytest.raises(DataError, match="“子”已是 a"):
        read(TERM + TERM.replace('"a"', '"b"').replace("甲", "乙"), "试.toml")
    with pytest.raises(DataError, match="没有"):
        read("threshold = 2", "试.toml")


# ---- acts

ACTS_BY_TITLE = [
    ("某公司不服某区市场监管局行政处罚决定案", "penalty"),
    ("张某不服某县公安局治安管理处罚案", "penalty"),
    ("依法纠正小过重罚，助力小微企业发展", "penalty"),
    ("李某不服某区人社局不予认定工伤决定案", "confirmation"),
    ("某建筑公司不服工伤认定决定行政复议案", "confirmation"),
    ("王某对某街道办事处政府信息公开答复不服申请行政复议案", "disclosure"),
    ("赵某不服举报不予立案告知案", "complaint"),
    ("职业打假人不服投诉举报处理案", "complaint"),
    ("刘某不服某镇政府不履行宅基地审批职责案", "inaction licence"),
    ("陈某不服某镇人民政府强制拆除行为案", "compulsion"),
    ("某村民小组不服某县政府山林权属争议处理决定案", "tenure"),
    ("某公司不服某区政府解除招商引资协议案", "agreement"),
    ("周某不服房屋征收补偿决定案", "state_indemnity"),
    ("吴某不服某区政府房屋征收决定案", "expropriation"),
    ("郑某不服某市监局公司登记行为案", "registration"),
    ("孙某不服不予注销登记案", "registration"),
    ("某公司不服政府采购投诉处理决定案", "adjudication"),
    ("钱某申请行政赔偿案", "state_compensation"),
    ("某中心不服责令限期改正通知案", "order"),
    ("某公司不服不予行政许可决定案", "licence"),
    ("冯某不服停发养老金案", "benefit"),
    ("张某诉某局行政处罚及某区政府行政复议案", "penalty review_decision"),
    ("張某不服某區市場監管局行政處罰決定案", "penalty"),
]


@pytest.mark.parametrize(("title", "expected"), ACTS_BY_TITLE)
def test_acts_named_by_the_title(title, expected):
    text = "申请人不服，申请行政复议。行政机关应当依法行政。"
    found = find_acts(title, text)
    assert {code for code, _, _ in found} == set(expected.split())
    assert {(span, rule) for _, span, rule in found} == {(None, "act.title")}


ACTS_BY_CLAIM = [
    ("区市场监管局作出罚款5万元的行政处罚决定，某公司不服，向区政府申请行政复议。", "penalty"),
    ("交警大队对张某作出罚款200元、记3分的处罚决定。张某不服，申请行政复议。", "penalty"),
    ("李某请求撤销区人社局作出的《不予认定工伤决定书》。", "confirmation"),
    (
        "王某向街道办申请公开征地补偿安置方案，街道办逾期未答复，王某不服，申请行政复议。",
        "disclosure",
    ),
    ("某公司对被申请人作出的强制拆除行为不服，请求确认违法。", "compulsion"),
    ("黄某要求撤销为他人办理的不动产登记。", "registration"),
]


@pytest.mark.parametrize(("text", "expected"), ACTS_BY_CLAIM)
def test_acts_named_where_the_contest_is_stated(text, expected):
    title, text = "一起典型案例", text + "行政复议机关依法受理。"
    found = find_acts(title, text)
    assert found[0][0] == expected
    for _, span, rule in found:
        assert rule == "act.claim"
        assert span is not None
        assert span.of(text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("房屋买卖合同纠纷案", "张某与某公司签订房屋买卖合同，公司逾期交房，张某诉至法院。"),
        ("加班费争议", "劳动者要求支付加班费，仲裁委员会裁决支付。监察机构责令改正，给予警告。"),
        ("服务合同纠纷", "该机构屡次受到行政处罚，法院判决其赔偿。该机构曾因虚假宣传受行政处罚。"),
        ("", ""),
    ],
)
def test_civil_texts_have_no_contested_act(title, text):
    assert find_acts(title, text) == ()
    assert find_issues(title, text) == ()


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("张某举报后不服不予行政处罚决定案", "penalty"),
        ("某局依据《行政处罚法》开展普法", "penalty"),
        ("李某不服未取得许可证经营被罚款案", "licence"),
        ("某公司不服征收补偿协议案", "expropriation"),
        ("某公司不服政府采购投诉处理案", "complaint"),
    ],
)
def test_longer_phrases_take_the_cue_another_way(title, code):
    assert code not in {found for found, _, _ in find_acts(title, "申请行政复议。")}


# ---- issues

ISSUES = [
    ("被申请人未告知申请人享有陈述、申辩的权利，即作出处罚。", "procedure_notice"),
    ("拟作出较大数额罚款，未告知当事人有要求听证的权利。", "procedure_hearing"),
    ("处罚决定书未依法送达申请人。", "procedure_service"),
    ("该局超过法定办案期限作出决定。", "procedure_period"),
    ("该处罚未经负责人集体讨论。", "procedure_deliberation"),
    ("该行为属于程序轻微违法，对申请人权利不产生实际影响。", "procedure_minor"),
    ("罚款五万元与违法情节不相适应，有违过罚相当原则。", "discretion_proportionality"),
    ("本案属于典型的小过重罚。", "discretion_proportionality"),
    ("当事人系初次违法，危害后果轻微并及时改正，适用首违不罚。", "discretion_first"),
    ("违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。", "discretion_minor"),
    ("当事人有证据足以证明没有主观过错。", "discretion_fault"),
    ("被申请人对同一违法行为再次罚款，违反一事不再罚原则。", "discretion_double"),
    ("违法行为在二年内未被发现，已过处罚时效。", "discretion_limitation"),
    ("被申请人认定事实不清、证据不足。", "facts_unclear"),
    ("检测报告取证程序违法，不能作为认定违法的依据。", "facts_evidence"),
    ("被申请人承担举证责任，应承担举证不能的后果。", "facts_burden"),
    ("被申请人适用法律错误。", "law_wrong"),
    ("应当按照从旧兼从轻原则适用修订后的条例。", "law_time"),
    ("地方规章与上位法相抵触，应优先适用上位法优先的规则，该规定违反上位法。", "law_hierarchy"),
    ("申请人与被申请复议的行为没有利害关系。", "standing_interest"),
    ("举报人与不予立案决定没有利害关系，不具有申请人资格。", "standing_complainant"),
    ("申请人的复议申请已超过法定申请期限。", "time_limit"),
    ("该批复属于内部行为，过程性行为不可诉。", "scope_internal"),
    ("镇政府超越职权，无权作出处罚。", "authority_exceeded"),
    ("执法时仅一名执法人员到场，且未出示执法证件。", "authority_officers"),
    ("申请人基于对许可的信赖进行投资，其信赖利益应予保护。", "reliance"),
    ("区政府应当兑现招商承诺，行政允诺具有约束力。", "reliance_promise"),
    ("被申请人是否具有查处该行为的法定职责。", "inaction_duty"),
    ("被申请人至今未作出答复，拖延履行职责。", "inaction_delay"),
    ("被申请人答复信息不存在，但未尽合理检索义务。", "disclosure_existence"),
    ("以涉及商业秘密为由不予公开，未征求第三方意见。", "disclosure_exempt"),
    ("申请内容需要加工、分析，不属于政府信息。", "disclosure_nature"),
    ("申请人大量反复申请，滥用申请权。", "disclosure_abuse"),
    ("区局对举报决定不予立案。", "complaint_no_case"),
    ("申请人系职业打假人，以牟利为目的投诉。", "complaint_professional"),
    ("伤害是否因工作原因造成，是工伤认定的关键。", "work_injury_three"),
    ("职工在家中突发疾病，四十八小时内抢救无效死亡。", "work_injury_illness"),
    ("职工下班途中绕道买菜，是否属于合理路线。", "work_injury_commute"),
    ("建筑公司将工程转包给包工头，应由其承担工伤保险责任。", "work_injury_employer"),
    ("超过法定退休年龄的农民工能否认定工伤。", "work_injury_overage"),
    ("房屋评估价格过低，补偿标准有争议。", "expropriation_standard"),
    ("外嫁女是否具有安置资格。", "expropriation_eligibility"),
    ("征收应当先补偿、后搬迁。", "expropriation_procedure"),
    ("该房屋是否属于违法建筑，应结合历史原因认定。", "expropriation_illegal_building"),
    ("实施强制拆除前未催告。", "enforcement_procedure"),
    ("双方争议在于强制拆除的实施主体。", "enforcement_actor"),
    ("山林四至界限不清，权属争议由县政府处理。", "tenure"),
    ("他人冒用申请人身份办理公司登记。", "registration_impostor"),
    ("申请人请求对该规范性文件一并审查，提出附带审查申请。", "norm_review"),
    ("行政机关行使行政优益权单方解除协议。", "agreement_termination"),
    ("行政机关拒绝履行补偿协议约定的义务。", "agreement_performance"),
    ("直接损失与违法行为之间有因果关系。", "compensation_loss"),
    ("该类争议应当先申请行政复议，属于复议前置。", "exhaustion"),
]


@pytest.mark.parametrize(("text", "code"), ISSUES)
def test_issues_in_dispute(text, code):
    text = "申请人不服，申请行政复议。" + text
    found = find_issues("某行政复议案", text)
    assert code in {found for found, _, _ in found}
    for _, span, rule in found:
        assert rule in {"issue.text", "issue.focus", "issue.title"}
        assert span is None or span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "区政府认为，该处罚认定事实清楚、证据确凿、程序合法、内容适当。",
        "被申请人依法告知其享有陈述、申辩和要求听证的权利，并送达处罚决定书。",
        "申请人在法定期限内提出申请，符合受理条件。",
        "执法人员出示执法证件后进行检查。",
    ],
)
def test_what_went_well_is_not_in_dispute(text):
    assert find_issues("某行政复议案", "申请人申请行政复议。" + text) == ()


def test_a_general_issue_gives_way_to_the_particular_one():
    found = find_issues("某行政复议案", "程序违法：未告知当事人有要求听证的权利。")
    assert {code for code, _, _ in found} == {"procedure_hearing"}


def test_the_focus_that_a_text_names_goes_first():
    text = "申请行政复议。被申请人认定事实不清。本案争议焦点是申请人与该行为有无利害关系。"
    code, span, rule = find_issues("某案", text)[0]
    assert (code, rule) == ("standing_interest", "issue.focus")
    assert "利害关系" in span.of(text)


def test_spacing_and_script_do_not_matter():
    text = "行 政 復 議：該處罰不符合 過 罰\n相 當 原則。"
    ((code, span, _),) = find_issues("", text)
    assert code == "discretion_proportionality"
    assert span.of(text).startswith("過")


@given(st.text(alphabet="不服行政处罚决定听证告知未举报投诉，。；：\n（）“”", max_size=80))
def test_any_text_is_read_and_spans_lie_within_it(text):
    for _, span, _ in (*find_acts(text, text), *find_issues(text, text)):
        assert span is None or 0 <= span.start < span.end <= len(text)


def test_a_page_without_punctuation_costs_no_minutes():
    assert find_issues("行政处罚", "不予立案" * 20_000)
    assert find_acts("", "不服行政处罚决定" * 10_000)


# ---- the real cases beside the project, each read and judged by hand

DISMISSED = "appeal_dismissed court_dismiss_claim"
REAL = {
    "中山市某房地产": ("agreement", "agreement_termination", "appeal_revised court_dissolve"),
    "凤冈县某工贸": ("agreement", "agreement_third_party", "appeal_dismissed court_revoke"),
    "宁某某诉": (
        "agreement",
        "agreement_performance",
        "appeal_revised court_order_performance court_pay",
    ),
    "成都某商贸": ("agreement", "scope_repeated", "appeal_dismissed court_revoke"),
    "某停车管理": ("agreement", "agreement_termination norm_review", DISMISSED),
    "某国际有限公司": ("agreement review_decision", "agreement_termination", DISMISSED),
    "王某某、陈某某诉": ("agreement", "expropriation_eligibility", "appeal_revised court_modify"),
    "王某诉": (
        "agreement",
        "reliance",
        "court_confirm_unlawful court_compensation appeal_revised",
    ),
    "赵某某诉": ("agreement", "agreement_performance", "appeal_revised court_order_performance"),
    "韩某某诉": ("agreement", "agreement_validity", DISMISSED),
}


@pytest.mark.parametrize("name", REAL)
def test_real_administrative_cases(shared_data, name):
    (file,) = (shared_data / "cases" / "行政协议诉讼").glob(f"{name}*.md")
    text = file.read_text("utf-8")
    result = re.search(r"^## 裁判结果\n([^#]*)", text, re.M).group(1)
    expected_acts, expected_issues, expected_outcomes = (set(part.split()) for part in REAL[name])
    assert {code for code, _, _ in find_acts(file.stem, text)} == expected_acts
    assert {code for code, _, _ in find_issues(file.stem, text)} >= expected_issues
    assert {code for code, _, _ in find_outcomes(result, court=True)} == expected_outcomes


def test_real_civil_cases_have_no_contested_act(shared_data):
    files = [
        file
        for folder in ("劳动人事", "民法典", "消费购物")
        for file in (shared_data / "cases" / folder).glob("*.md")
    ]
    assert len(files) == 42
    assert [file.stem for file in files if find_acts(file.stem, file.read_text("utf-8"))] == []
