"""Headings drawn as pictures, and cases set in a table, as HTML pages have them."""

import pytest

from ingest.layout import parse
from ingest.read import read_bytes
from kb.errors import BadSource
from kb.model import Role

FACTS = "2024年3月5日，申请人因销售过期糕点被罚款五千元，申请人不服，申请行政复议。" * 4
TITLE = "示例甲食品店不服示例区市场监督管理局行政处罚案"


def test_pictures_of_headings_are_read_by_their_words_and_others_are_not():
    html = (
        f"<html><body><h1>{TITLE}</h1><p><img src=a.png alt=基本案情></p><p>{FACTS}</p>"
        "<p><img src=x.jpg alt=听证会现场></p>"
        "<p><img src=b.png alt=【复议结果】></p><p>复议机关决定撤销该处罚决定，退还罚款。</p>"
        "<p><img src=c.png alt=典型意义></p><p>本案规范了执法，对类似案件有参考意义。</p>"
    )
    (content,) = parse(read_bytes(html.encode(), "a.html"))
    roles = [s.role for s in content.sections if s.role is not Role.HEAD]
    assert roles == [Role.FACTS, Role.RESULT, Role.SIGNIFICANCE]
    assert "现场" not in content.text


def test_a_table_of_cases_is_refused_with_what_to_do():
    names = "".join(
        f"<th>{n}</th>" for n in ("序号", "案例名称", "基本案情", "复议结果", "典型意义")
    )
    rows = "".join(
        f"<tr><td>{n}</td><td>{TITLE}</td><td>{n}号{FACTS}</td><td>撤销。</td><td>规范执法。</td></tr>"
        for n in (1, 2, 3)
    )
    html = f"<html><body><h1>2024年行政复议典型案例</h1><table><tr>{names}</tr>{rows}</table>"
    with pytest.raises(BadSource, match="一行一案") as caught:
        parse(read_bytes(html.encode(), "a.html"))
    assert "JSONL" in caught.value.reason
