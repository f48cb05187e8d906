"""Pages that hold no case though they look like it: statutes, lists of search results, indexes."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.document import BlockKind
from ingest.layout import forms, spun
from ingest.layout.page import Page
from ingest.layout.vocabulary import known

_ARTICLE = re.compile(
    r"^第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十])?(?:\s|$|[^款项规、和与的])"
)
_RESULTS = re.compile(
    r"共(?:找到|检索到|搜索到|查询到|有)?约?\s*\d+\s*(?:条|个|项)(?:相关)?(?:结果|记录|信息)|(?:搜索|检索|查询)结果|相关结果"
)
_PAGER = re.compile(r"上一页|下一页|共\s*\d+\s*页|尾页|末页|第\s*\d+\s*/\s*\d+\s*页")
_CUT_SHORT = re.compile(r"(?:\.{3,}|…+)\s*(?:\[?(?:详细|更多|查看|阅读全文|详情).{0,4})?$")
_DATED = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?\s*[\])）]?\s*$")


def reason_against(page: Page) -> str:
    """Why a page cannot hold cases, in words for the user; "" if nothing speaks against it."""
    if not page.lines:
        return "没有正文"
    if reason := spun.reason(page.document.text) or forms.reason(page.document.text):
        return reason
    if _is_table_of_cases(page):
        return (
            "案例写在表格里（一行一案），表格中的案例不能直接读取："
            "请把每行改成一个案例，标题单独一行，其下按【基本案情】【复议结果】分段，"
            "或者转成 JSONL（每行一个对象，含 title 和 text）"
        )
    if _is_statute(page):
        return "正文由“第…条”条文组成，像是法律法规而不是案例"
    if _is_result_list(page):
        return "像是检索结果或文章列表（摘要被截断或带翻页），不是案例正文"
    return ""


def _is_table_of_cases(page: Page) -> bool:
    """Whether a table has headings of sections as its columns, two of them at least, rows below,
    and the page has no sections outside of tables."""
    if any(
        h and line.kind is not BlockKind.TABLE
        for h, line in zip(page.headings, page.lines, strict=True)
    ):
        return False
    for line, below in pairwise(page.lines):
        if line.kind is BlockKind.TABLE is below.kind and below.text.count(" | ") >= 2:
            columns = [known(cell.strip()) for cell in line.text.split(" | ")]
            roles = {column.role for column in columns if column}
            if len(columns) >= 3 and len(roles) >= 2:
                return True
    return False


def _is_statute(page: Page) -> bool:
    articles = sum(bool(_ARTICLE.match(line.text.strip())) for line in page.lines)
    return articles >= 3 and articles >= 0.3 * len(page.lines) and sum(map(bool, page.headings)) < 2


def _is_result_list(page: Page) -> bool:
    texts = [line.text.strip() for line in page.lines]
    cut_short = sum(bool(_CUT_SHORT.search(text[-60:])) for text in texts)
    dated = sum(bool(_DATED.search(text[-40:])) for text in texts)
    announced = any(_RESULTS.search(text[:400]) for text in texts[:12])
    paged = any(_PAGER.search(text) for text in texts if len(text) < 60)
    signs = int(announced) + int(paged) + (cut_short >= 3) + (dated >= 3)
    whole = sum(
        heading is not None and not _CUT_SHORT.search(text[-60:])
        for heading, text in zip(page.headings, texts, strict=True)
    )
    return signs >= 2 and whole < 3
