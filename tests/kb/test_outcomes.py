"""Outcomes in sentences of our own: what is decided, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.issues import find_outcomes, outcomes


def codes(text: str, *, court: bool = False) -> set[str]:
    found = find_outcomes(text, court=court)
    for code, span, rule in found:
        term = outcomes().get(code)
        assert term is not None
        assert term.forum == ("court" if court else "review")
        assert span is not None
        assert span.of(text).strip(), "every outcome shows its words"
        assert rule in {"outcome.decided", "outcome.bare", "outcome.stated"}
    assert len({code for code, _, _ in found}) == len(found)
    return {code for code, _, _ in found}


REVIEW = [
    # plain decisions, as sets of typical cases tell them
    ("区政府经审理，决定撤销该行政处罚决定。", "revoke"),
    (
        "复议机关遂决定撤销被申请人作出的《行政处罚决定书》，责令其在三十日内重新作出处理。",
        "revoke remand",
    ),
    (
        "据此，某市人民政府依法撤销了被申请人作出的不予工伤认定决定，并责令其重新作出认定。",
        "revoke remand",
    ),
    ("行政复议机关依法维持了被申请人作出的处罚决定。", "uphold"),
    ("区政府作出维持原处罚决定的行政复议决定。", "uphold"),
    ("复议机关将罚款5万元变更为罚款5000元。", "modify"),
    ("本府决定：变更被申请人作出的处罚决定，将罚款数额由三万元变更为三千元。", "modify"),
    ("行政复议机关最终决定将罚款由10万元调整为1万元。", "modify"),
    ("区政府依法作出变更决定，将罚款金额降为2000元。", "modify"),
    ("复议机关决定确认被申请人强制拆除行为违法。", "confirm_unlawful"),
    (
        "县政府确认被申请人未在法定期限内答复的行为违法，并责令其于十五日内作出答复。",
        "confirm_unlawful order_performance",
    ),
    ("本机关决定确认被申请人作出的登记行为无效。", "declare_void"),
    ("市政府决定责令被申请人在三十日内履行法定职责。", "order_performance"),
    ("复议机关遂责令区市场监管局在法定期限内对申请人的举报作出处理。", "order_performance"),
    ("区政府决定驳回申请人的行政复议请求。", "reject_claim"),
    ("区政府遂驳回其行政复议申请。", "dismiss"),
    ("行政复议机关作出《驳回行政复议申请决定书》。", "dismiss"),
    ("复议机关经审查，决定不予受理其行政复议申请。", "not_accepted"),
    ("经调解，双方达成一致意见，复议机关制作行政复议调解书。", "mediate"),
    ("在复议机构主持下，双方当事人自愿达成调解协议，区政府出具行政复议调解书结案。", "mediate"),
    ("申请人自愿撤回行政复议申请，复议机关决定终止行政复议。", "settle_withdraw terminate"),
    ("双方达成和解，申请人撤回了复议申请，行政复议终止。", "settle_withdraw terminate"),
    ("被申请人自行撤销了原处罚决定，申请人向复议机关撤回申请。", "self_correct settle_withdraw"),
    (
        "复议期间，被申请人主动纠正违法行为，申请人撤回行政复议申请，案件终止审理。",
        "self_correct settle_withdraw terminate",
    ),
    ("复议机关决定撤销该答复，并向被申请人制发行政复议意见书。", "revoke advisory"),
    ("区政府向该局发出《行政复议建议书》，督促其规范执法。", "advisory"),
    ("本府决定撤销处罚决定中没收违法所得部分。", "revoke_in_part"),
    ("复议机关决定部分撤销被申请人作出的答复。", "revoke_in_part"),
    ("决定撤销《行政处罚决定书》第二项处罚内容。", "revoke_in_part"),
    (
        "被申请人未在法定期限内提交答复和证据，视为该行政行为没有证据、依据，本府决定撤销该行政行为。",
        "revoke_no_reply revoke",
    ),
    ("复议机关决定被申请人继续履行征收补偿协议。", "agreement"),
    ("复议机关决定撤销扣押决定，同时责令被申请人返还扣押的车辆。", "revoke compensation"),
    (
        "本府决定确认强制拆除行为违法，并由被申请人赔偿申请人损失2万元。",
        "confirm_unlawful compensation",
    ),
    # decisions as decision documents say them
    (
        "根据《中华人民共和国行政复议法》第六十四条第一款第一项的规定，本机关决定：撤销被申请人作出的处罚决定。",
        "revoke",
    ),
    (
        "依照《行政复议法》第六十八条之规定，决定如下：\n维持被申请人作出的《工伤认定决定书》。",
        "uphold",
    ),
    (
        "本府决定如下：\n一、撤销被申请人作出的答复；\n二、责令被申请人在收到本决定书之日起二十日内重新作出答复。",
        "revoke remand",
    ),
    (
        "决定如下：一、确认被申请人查封行为违法。二、驳回申请人的其他复议请求。",
        "confirm_unlawful reject_claim",
    ),
    ("本机关决定：\n维 持 被申请人作出的行政行为。", "uphold"),
    # a result section of a word or two
    ("撤销。", "revoke"),
    ("维持", "uphold"),
    ("复议结果：维持", "uphold"),
    ("撤销被申请人作出的行政处罚决定。", "revoke"),
    ("（一）确认违法；（二）责令被申请人限期答复", "confirm_unlawful order_performance"),
    ("調解結案。", "mediate"),
    ("終止行政復議", "terminate"),
    # the request goes one way, the decision another
    ("申请人请求撤销处罚决定，复议机关经审理后决定维持该处罚决定。", "uphold"),
    ("张某请求确认拆除行为违法，区政府审查后决定驳回其行政复议申请。", "dismiss"),
    ("申请人要求变更罚款数额，复议机关认为裁量适当，遂决定维持。", "uphold"),
    ("申请人请求：1.撤销处罚决定；2.责令重新处理。区政府经审理决定维持处罚决定。", "uphold"),
    # told in passing, without a word of deciding
    ("最终，县政府以事实不清为由撤销了该登记行为。", "revoke"),
    ("复议机关采纳了申请人的意见，撤销了原处罚决定。", "revoke"),
    ("经复议，维持原行政行为。", "uphold"),
    ("复议机关作出驳回申请人行政复议请求的决定。", "reject_claim"),
    ("行政复议机关依法作出确认违法的行政复议决定。", "confirm_unlawful"),
    ("市政府对该处罚决定予以变更，罚款由5万元减为5千元。", "modify"),
    (
        "作出两江府复〔2025〕6号行政复议决定书，依照《行政复议法》第六十八条，维持原决定。",
        "uphold",
    ),
    (
        "依照《行政复议法》第六十五条第二款第一项，以某府复〔2024〕2号决定书确认拆除行为违法。",
        "confirm_unlawful",
    ),
    ("根据《行政复议法》第七十一条第一款，决定被申请人向唐某交付安置房。", "agreement"),
    (
        "经复议机关调解，双方达成一致，被申请人撤销原处罚决定，申请人撤回申请，本案终止。",
        "mediate self_correct settle_withdraw terminate",
    ),
    (
        "经协调，区市监局重新作出处罚决定，将罚款减至1000元，申请人撤回复议申请。",
        "self_correct settle_withdraw",
    ),
    ("双方握手言和，复议机构准许其撤回申请。", "settle_withdraw"),
    # what the respondent did afterwards is no part of the decision
    ("区政府决定撤销处罚决定。被申请人随后向申请人返还了罚款。", "revoke"),
    # a plain dot for 。, as on old pages
    ("依照《行政复议法》第68条,维持行政处罚决定.申请人未起诉.", "uphold"),
    # a case that went on to court keeps the authority's decision
    ("区政府复议予以维持，申请人未提起诉讼。", "uphold"),
]


@pytest.mark.parametrize(("text", "expected"), REVIEW)
def test_review_authorities(text, expected):
    assert codes(text) == set(expected.split())


NOTHING_DECIDED = [
    "申请人请求撤销该行政处罚决定。",
    "申请人请求：1.撤销处罚决定；2.责令被申请人重新作出处理。",
    "申请人请求：\n1. 撤销被申请人作出的答复。\n2. 责令被申请人履行职责。",
    "张某要求撤销处罚决定并赔偿损失。",
    "张某申请确认拆除行为违法。",
    "申请人请求复议机关撤销该决定。",
    "请求依法变更罚款数额为一千元。",
    "被申请人主张应当维持其处罚决定。",
    "复议机关可以决定变更该行政行为。",
    "《行政复议法》第六十四条规定，行政行为违反法定程序的，行政复议机关决定撤销该行政行为。",
    "法律规定：“被申请人不履行法定职责的，行政复议机关决定被申请人在一定期限内履行。”",
    "有下列情形之一的，行政复议机关决定变更该行政行为。",
    "该行政行为违反法定程序，依法应当予以撤销。",
    "处罚明显过重，应予变更。",
    "本案不应撤销该行政行为。",
    "对申请人撤销处罚决定的请求不予支持。",
    "复议机关未维持该处罚决定。",
    "双方未能达成调解协议。",
    "经多次协调，双方未达成和解。",
    "复议机构组织双方进行调解。",
    "区人社局作出不予受理工伤认定申请决定。",
    "申请人不服被申请人对其举报不予受理的决定。",
    "市场监管局责令该店限期改正。",
    "该公司办理了变更登记。",
    "行政复议有利于维护社会秩序、维持交通畅通。",
    "区市场监管局终止调解。",
    "当事人主动改正违法行为，及时消除危害后果。",
    "某局不服，可以依法提起行政诉讼。",
    "",
    "   \n\n",
    "。。。！！",
]


@pytest.mark.parametrize("text", NOTHING_DECIDED)
def test_what_only_sounds_like_an_outcome(text):
    assert codes(text) == set()


COURT = [
    ("一审法院判决驳回张某的诉讼请求。", "court_dismiss_claim"),
    ("法院经审理，判决撤销被诉行政处罚决定。", "court_revoke"),
    (
        "判决：一、撤销被告作出的不予受理决定；二、责令被告重新作出处理。",
        "court_revoke court_remand_act",
    ),
    (
        "法院判决确认被告强制拆除房屋的行为违法，并赔偿原告损失3万元。",
        "court_confirm_unlawful court_compensation",
    ),
    ("一审法院判决确认被诉登记行为无效。", "court_declare_void"),
    ("判决将罚款十万元变更为罚款一万元。", "court_modify"),
    ("判决被告于三十日内履行查处职责。", "court_order_performance"),
    ("一审判决责令被告对原告的申请作出处理。", "court_order_performance"),
    ("一审法院裁定驳回李某的起诉。", "court_dismiss_suit"),
    ("原告申请撤诉，法院裁定准许撤诉。", "court_withdrawn"),
    ("在法院主持下，双方达成调解协议，法院制作行政调解书。", "court_mediated"),
    ("裁定驳回王某的再审申请。", "retrial_refused"),
    ("二审法院裁定撤销一审判决，发回重审。", "appeal_revised appeal_remanded"),
    ("二审裁定撤销一审裁定，指令某区人民法院继续审理。", "appeal_revised appeal_order_trial"),
    ("判决解除双方签订的招商引资协议。", "court_dissolve"),
    ("仲裁委员会裁决某公司支付工资差额6000元。", "court_pay"),
    (
        "本院认为，被告适用法律错误。判决如下：\n"
        "一、撤销被告某局作出的《决定书》；\n二、被告某局退还原告罚款500元。",
        "court_revoke court_pay",
    ),
    # several instances
    (
        "一审法院遂判决撤销该处罚决定。某局不服，提起上诉。二审判决驳回上诉，维持一审判决。",
        "appeal_dismissed court_revoke",
    ),
    (
        "一审法院判决驳回诉讼请求。张某上诉。二审法院判决撤销一审判决，确认被诉行为违法。",
        "appeal_revised court_confirm_unlawful",
    ),
    (
        "一审判决撤销决定。某局提起上诉后，二审法院裁定撤销原判，发回重审。",
        "appeal_revised appeal_remanded",
    ),
    (
        "某区法院作出（2021）渝0101行初1号行政判决：驳回原告的诉讼请求。原告提起上诉。"
        "某中院作出（2021）渝01行终2号行政判决：驳回上诉，维持原判。",
        "court_dismiss_claim appeal_dismissed",
    ),
    (
        "一审判决撤销处罚决定。二审判决撤销一审判决，驳回诉讼请求。再审判决撤销二审判决，维持一审判决。",
        "retrial_revised court_revoke",
    ),
    (
        "一审判决驳回诉讼请求，二审判决驳回上诉，维持原判。"
        "张某申请再审，高级法院裁定驳回其再审申请。",
        "retrial_refused appeal_dismissed court_dismiss_claim",
    ),
    ("一审宣判后，双方均未提起上诉。一审法院判决驳回诉讼请求，判决已生效。", "court_dismiss_claim"),
    ("法院一审判决撤销该决定，二审维持。", "court_revoke appeal_dismissed"),
    ("判决支持了原告的诉讼请求。", "court_support"),
    ("依照《行政诉讼法》第七十八条，判令镇政府在六个月内完成修路。", "court_order_performance"),
    # not outcomes
    ("原告请求撤销被诉处罚决定。", ""),
    ("请求法院判决撤销该决定。", ""),
    ("原告诉至法院，请求：一、撤销处罚决定；二、判令被告赔偿损失。", ""),
    ("行政行为违法的，人民法院可以判决撤销。", ""),
    ("《行政诉讼法》第七十条规定，主要证据不足的，人民法院判决撤销或者部分撤销。", ""),
    ("对其要求赔偿损失的主张，法院不予支持。", ""),
    ("不服本判决，可以向上一级人民法院提起上诉。", ""),
]


@pytest.mark.parametrize(("text", "expected"), COURT)
def test_courts(text, expected):
    assert codes(text, court=True) == set(expected.split())


def test_the_last_instance_comes_first():
    text = "一审判决撤销处罚决定。某局提起上诉。二审判决驳回上诉，维持原判。"
    assert [code for code, _, _ in find_outcomes(text, court=True)] == [
        "appeal_dismissed",
        "court_revoke",
    ]


def test_evidence_stands_in_the_text_given_whatever_its_spelling():
    text = "复议结果：\n　　區政府經審理，決定　維　持　該處罰決定。"
    ((code, span, rule),) = find_outcomes(text, court=False)
    assert (code, rule) == ("uphold", "outcome.decided")
    assert span is not None
    assert span.of(text) == "維　持"


@pytest.mark.parametrize("mark", ["（", "(", "﹝"])
def test_width_and_brackets_do_not_matter(mark):
    text = f"{mark}一）撤销该决定;{mark}二）责令被申请人重新作出处理"
    assert codes(text) == {"revoke", "remand"}


def test_a_page_without_punctuation_costs_no_minutes():
    assert codes("撤销" * 20_000) <= {"revoke"}


@given(
    st.text(alphabet="决定撤销维持请求判令确认违法，。；：（一）\n“”可以", max_size=80),
    st.booleans(),
)
def test_any_text_is_read_and_spans_lie_within_it(text, court):
    for _, span, _ in find_outcomes(text, court=court):
        assert span is not None
        assert 0 <= span.start < span.end <= len(text)
