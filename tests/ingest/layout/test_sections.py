"""The sections of any case partition its text, whatever the lines of the page are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.layout import LAYOUTS
from kb.model import Role

HEADINGS = [
    "【基本案情】",
    "一、复议结果",
    "典型意义：",
    "■ 裁判理由",
    "## 关键词",
    "【观察】",
    "01",
    "二、处理",
]
TITLES = [
    "案例一",
    "案例二：甲不服乙局处罚案",
    "## 丙诉丁局案",
    "1.戊不服己局案",
    "来源：示例",
    "目录",
    "——庚案",
]
WORDS = [
    "申请人不服该决定，向示例区人民政府申请行政复议，请求撤销。",
    "短句",
    "　",
    "（一）甲；",
    "2024年5月6日",
]
LINES = st.lists(st.sampled_from(HEADINGS + TITLES + WORDS), max_size=30)


@settings(deadline=None)
@given(LINES)
def test_sections_partition_the_text_and_have_words(write, lines):
    document = write("\n".join(lines))
    for layout in LAYOUTS.values():
        if not layout.recognise(document):
            continue
        for content in layout.parse(document):
            assert content.text in document.text
            spans = [section.span for section in content.sections]
            assert "".join(span.of(content.text) for span in spans) == content.text
            for section in content.sections:
                body = section.body.of(content.text)
                assert section.span.start <= section.body.start <= section.body.end
                assert section.body.end <= section.span.end
                assert body == body.strip()
                assert body or section.role is Role.HEAD
                joined = "".join((section.heading + body).split())
                assert joined == "".join(section.span.of(content.text).split())
