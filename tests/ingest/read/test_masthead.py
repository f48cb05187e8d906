"""The line of source and date: read where it is one, left alone where it is not."""

from __future__ import annotations

import pytest

from ingest.read.masthead import is_tools, lone_day, parse


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        (
            "来源：四川省某厅 发布时间：2024-05-06 10:00 浏览次数：123",
            "四川省某厅",
            "2024-05-06 10:00",
        ),
        ("来源：四川省某厅发布时间：2024-05-06", "四川省某厅", "2024-05-06"),
        ("2024-05-06 10:00 来源：某厅 【字体：大 中 小】 打印", "某厅", "2024-05-06 10:00"),
        ("作者：admin　来源：本站　发布时间：2019-3-4　点击数：3", "", "2019-3-4"),
        ("发布日期：2024.05.06 | 信息来源：某市司法局 | 阅读：  次", "某市司法局", "2024.05.06"),
        ("时间：2024年5月6日", "", "2024年5月6日"),
        ("2024-05-06 10:00:01", "", "2024-05-06 10:00:01"),
        ("来源：某市司法局（示例） | 2024-01-02", "某市司法局（示例）", ""),
        ("发布机构：某市司法局", "某市司法局", ""),
    ],
)
def test_mastheads(line: str, publisher: str, published: str) -> None:
    found = parse(line)
    assert found is not None
    assert (found.publisher, found.published, found.complete) == (publisher, published, True)


@pytest.mark.parametrize(
    "line",
    [
        "来源：投诉人王某称，其购买的食品已经过期。",
        "时间：2021年3月，张某入职某公司。",
        "案件来源：群众举报",
        "某局于2024年5月6日作出决定。",
        "申请人不服",
    ],
)
def test_sentences_are_no_mastheads(line: str) -> None:
    found = parse(line)
    assert found is None or not found.complete


def test_buttons_and_lone_days() -> None:
    assert is_tools("【字体：大 中 小】 打印 关闭")
    assert is_tools("分享到： 微信 微博")
    assert not is_tools("大中小企业")
    assert lone_day("2024年5月6日") == "2024年5月6日"
    assert lone_day("某局 2024年5月6日") == ""
