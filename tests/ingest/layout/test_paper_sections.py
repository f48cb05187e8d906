"""The parts of a paper partition its text whatever its lines are, and cost little on any page."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.layout import LAYOUTS, choose, parse
from kb.model import Role

LINES = [
    "示例市人民政府",
    "行政复议决定书",
    "行 政 判 决 书",
    "示府复〔2024〕7号",
    "（2024）渝01行初7号",
    "示例市中级人民法院",
    "申请人：张某，男，住示例区。",
    "被申请人：示例市市场监督管理局。",
    "原告：张某。",
    "被告：示例市公安局。",
    "申请人不服罚款决定，向本府申请行政复议，本府受理。",
    "原告张某诉被告示例市公安局行政处罚一案，本院受理后进行了审理。",
    "申请人称：处罚过重。",
    "被申请人答复称：处罚适当。",
    "经审理查明：张某经营过期食品。",
    "本府认为：处罚过重。",
    "本院认为，处罚过重。依照《行政诉讼法》第七十条，判决如下：",
    "本府决定：撤销罚款决定。",
    "撤销罚款决定。",
    "如不服本决定，可以向人民法院起诉。",
    "案件受理费50元，由被告负担。",
    "审判长 某某",
    "二〇二四年五月六日",
    "20240506日",
    "附：相关法律条文",
    "《行政诉讼法》第七十条",
    "01",
    "一、",
    "【本府认为】",
    "目录",
    "　",
    "来源：示例",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_parts_partition_the_text_and_have_words(write, lines):
    document = write("\n".join(lines))
    for layout in (LAYOUTS["review_decision"], LAYOUTS["judgment"]):
        if not layout.recognise(document):
            continue
        for content in layout.parse(document):
            assert content.title
            assert content.text in document.text
            spans = [section.span for section in content.sections]
            assert "".join(span.of(content.text) for span in spans) == content.text
            for section in content.sections:
                body = section.body.of(content.text)
                assert body == body.strip()
                assert body or section.role is Role.HEAD


PAPER = """示例市人民政府
行政复议决定书
示府复〔2024〕7号
申请人：张某，男。
被申请人：示例市市场监督管理局。
申请人不服罚款决定，向本府申请行政复议，本府受理。
申请人称：{}
本府认为：处罚适当。根据《行政复议法》第六十八条，本府决定：维持罚款决定。
2024年5月6日"""


def test_the_words_of_a_party_open_no_other_part_behind_the_reasons(write):
    text = PAPER.format("处罚过重。").replace(
        "处罚适当。", "处罚适当。\n被申请人答复称：其程序合法，本府予以采信。"
    )
    (content,) = parse(write(text))
    assert [section.role for section in content.sections] == [
        Role.HEAD, Role.PARTIES, Role.REVIEW, Role.CLAIMS, Role.REASONS, Role.RESULT, Role.TAIL,
    ]  # fmt: skip


def test_a_long_paper_is_read_quickly(write):
    claims = "申请人已经多次反映，被申请人没有答复；有关情况见证据。" * 20_000
    document = write(PAPER.format(claims))
    began = time.perf_counter()
    (content,) = parse(document)
    assert time.perf_counter() - began < 10
    assert content.section(Role.RESULT)


def test_a_page_that_only_names_papers_costs_little(write):
    lines = [f"行政复议决定书（示府复〔2024〕{n}号）" for n in range(3_000)]
    document = write("\n".join(lines))
    began = time.perf_counter()
    assert LAYOUTS["review_decision"].recognise(document) == 0
    assert time.perf_counter() - began < 10


def test_two_kinds_on_a_page_are_both_kept(write):
    judgment = (
        "示例市中级人民法院\n行政判决书\n（2024）渝01行初7号\n原告：张某。\n被告：示例市人民政府。\n"
        "原告张某诉被告示例市人民政府行政复议决定一案，本院受理。\n"
        "本院认为，被告的决定合法。依照《行政诉讼法》第六十九条，判决如下：\n驳回原告的诉讼请求。"
    )
    document = write(PAPER.format("过重。") + "\n" + judgment)
    assert choose(document) == "review_decision"
    assert [content.kind.value for content in parse(document)] == ["review_decision", "judgment"]
