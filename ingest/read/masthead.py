"""The lines that say where a page comes from: 来源：… 发布时间：… 浏览次数：…"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.read.page_words import either, words

_LABEL = re.compile(
    rf"(?P<source>{either('masthead', 'source')})\s*[:：]"
    rf"|(?P<date>{either('masthead', 'date')})\s*[:：]"
    rf"|(?P<other>{either('masthead', 'other')})\s*[:：]"
)
_DAY = re.compile(
    r"(?:19|20)\d\d\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2})"
    r"(?:[\sT]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_TRIMMED = " \u3000|｜·•-—–_/\\【】[]（）()《<>》“”\"'，,;；"
_NOBODY = frozenset(words("masthead", "nobody"))
_TOOLS = re.compile(either("masthead", "tools"))


_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,24}(?:局|厅|院|委|府|部|办|会|报|网|社|司法|发布|中心)(?:（[^（）]{1,12}）?)?"
)


_AFTER_NAME = re.compile(r"\s{2,}|[|｜【\[]|\s(?:打印|字体|字号|分享|作者|编辑)")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What one such line says; "" where it is silent. complete: it says nothing else, so that
    no word of a text is lost with it."""

    publisher: str = ""
    published: str = ""
    complete: bool = False


def parse(line: str) -> Masthead | None:
    """The source and date of a line like "来源：某市司法局 发布时间：2024-05-06 浏览次数：12".

    None where it has no such label. A lone date is a masthead too.
    """
    line = line.strip()
    if not line or len(line) > 160:
        return None
    labels = list(_LABEL.finditer(line))
    if not labels:
        day = lone_day(line)
        return Masthead(published=day, complete=True) if day else None
    values = _values(line, labels)
    publisher = next((_name(v) for kind, v in values if kind == "source" and _name(v)), "")
    dates = [first_day(v) for kind, v in values if kind == "date" and first_day(v)]
    before = line[: labels[0].start()]
    loose = _DAY.search(before)
    published = dates[0] if dates else loose.group() if loose else ""
    left = [before.replace(loose.group(), "") if loose else before]
    left += [value for kind, value in values if kind == "date" and not _DAY.search(value)]
    complete = (
        not any(_TOOLS.sub("", part).strip(_TRIMMED + ":：") for part in left)
        and all(len(value) <= 40 and "。" not in value for _, value in values)
        and (bool(publisher or published) or len(labels) > 1 or not values[0][1].strip(_TRIMMED))
    )
    return Masthead(publisher, published, complete)


def lone_day(line: str) -> str:
    """The date that a line consists of, "" where it has other words."""
    found = _DAY.search(line)
    if not found:
        return ""
    left = _TOOLS.sub("", line[: found.start()] + line[found.end() :])
    return found.group() if not left.strip(_TRIMMED + ":：") else ""


def named_day(line: str) -> Masthead | None:
    """A line of a name and a date without labels: "四川省司法厅 2024-05-06 10:00"."""
    found = _DAY.search(line)
    if not found or len(line) > 80 or "。" in line:
        return None
    rest = _TOOLS.sub("", line[: found.start()] + " " + line[found.end() :]).strip(_TRIMMED + ":：")
    if not _NAME.fullmatch(rest):
        return None
    return Masthead(_closed(rest), found.group(), complete=True)


def mere_day(line: str) -> Masthead | None:
    """The date of a line that has little besides: "原创某地司法2024-05-06 10:00四川".

    For lines that the page itself marks as such."""
    found = _DAY.search(line)
    if not found or len(line) - len(found.group()) > 40 or re.search("[。，；、《〔]", line):
        return None
    return Masthead(published=found.group(), complete=True)


def is_value(line: str) -> bool:
    """Whether a line is what follows a label: an authority's name or a date, and nothing else."""
    return bool(lone_day(line) or _NAME.fullmatch(line.strip(_TRIMMED)))


def first_day(text: str) -> str:
    """The first date in a text as printed, "" where there is none."""
    found = _DAY.search(text)
    return found.group() if found else ""


def is_tools(line: str) -> bool:
    """Whether a line has only a page's buttons: 打印 关闭 字体：大 中 小 分享到."""
    return bool(line) and len(line) < 80 and not _TOOLS.sub("", line).strip(_TRIMMED + ":：+")


def name_of(value: str) -> str:
    """A publisher's name as it may be kept, "" where it names nobody (本站, 网络)."""
    return _name(value)


def _values(line: str, labels: list[re.Match[str]]) -> list[tuple[str, str]]:
    ends = [label.start() for label in labels[1:]] + [len(line)]
    return [
        (label.lastgroup or "", line[label.end() : end])
        for label, end in zip(labels, ends, strict=True)
    ]


def _name(value: str) -> str:
    value = _DAY.sub(" ", value).strip(_TRIMMED)
    value = _AFTER_NAME.split(value)[0]
    value = _closed(value.strip(_TRIMMED))
    if not value or value.lower() in _NOBODY or len(value) > 40 or "。" in value:
        return ""
    return value


def _closed(name: str) -> str:
    """The name with the bracket that trimming took: 某市司法局（示例）."""
    for opening, closing in ("（）", "()"):
        if name.count(opening) > name.count(closing):
            return name + closing
    return name
