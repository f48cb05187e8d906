"""Blank forms that ministries and courts publish for papers: they hold no case."""

from __future__ import annotations

import re

_BLANKS = (
    re.compile(r"_{3,}"),
    re.compile(r"[（(]写明|……\s*[（(〔\[]"),
    re.compile(r"〔\s*〕|[（(]\s*[）)]\s*第?\s*号"),
    re.compile(r"[（(](?:姓名|名称|姓名或名称|姓名或者名称)[）)]"),
    re.compile(r"(?<![\d*×xX某])\s*年[ 　]+月[ 　]+日"),
)
_ENOUGH, _KINDS = 3, 2


def reason(text: str) -> str:
    """Why a text is a form and no paper: blanks of several kinds stand in it; "" if it is none."""
    found = [len(pattern.findall(text)) for pattern in _BLANKS]
    if sum(found) < _ENOUGH or sum(map(bool, found)) < _KINDS:
        return ""
    return "像是文书样式（空白格式），没有具体案件"
