"""What the title of a case looks like, and how it reads without number, marks and site names."""

from __future__ import annotations

import re

from ingest.layout.lines import Line
from ingest.layout.numbering import DECORATION, case_mark, ordinal
from kb.text.normalise import fold_text

LONGEST_TITLE = 150
_READ = 400  # characters of a line that are looked at for its title

# 诉 as "against", not as in 投诉, 起诉, 诉讼.
_AGAINST = re.compile(r"(?<![投起上申胜败应控告哭倾自公抗反])诉(?![求讼说苦称请])")
_ENDS_AS_CASE = re.compile(
    r"(?<![备立结方预档提议答教图草个报办])案(?:件)?(?:[(（][^()（）]{1,24}[)）])?[。.；;:：]?$"
)
_KIND_BEFORE = re.compile(
    r"^(?:行政复议|行政诉讼|行政审判|行政)?(?:典型案例|参考案例|案例|以案释法|以案说法)\s*[：:|｜丨]\s*"
)
_SUBTITLE = re.compile(r"^\s*(?:副标题\s*[：:]|[—–\-─―]{1,4})\s*")
_MARKS_BEHIND = re.compile(r"[\s*#＊_~：:；;，,、|｜丨◆■●★☆◀◁«<\-—–…·.]+$")
_MARKS_BEFORE = re.compile(DECORATION)
_WRAPPED = re.compile(r"^[【〖\[《“「『]([^【】〖〗\[\]《》“”「」『』]{4,})[】〗\]》”」』]$")
_MASTHEAD = re.compile(
    r"^[（(]?\s*(?:来源|发布(?:时间|日期|机构)?|时间|日期|作者|浏览|字[号体]|信息来源|阅读|点击|编辑|责任编辑|索引号|发文|入库编号|案例编号"
    r"|检例第|\d{4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2})"
)


def is_case_title(text: str) -> bool:
    """甲诉乙…案, 某不服某局…案, 某与某…纠纷案: words that name a case."""
    text = text.strip()
    if not 4 <= len(text) <= LONGEST_TITLE or "。" in text.rstrip("。"):
        return False
    folded = fold_text(text)
    if _ENDS_AS_CASE.search(folded):
        return True
    against = "不服" in folded or _AGAINST.search(folded)
    return bool(against) and not folded.endswith(("。", ";", "；", ":", "：", ",", "，"))


def may_be_title(line: Line) -> bool:
    """Whether a line is short and unfinished enough to be a title."""
    text = line.text.strip()
    if is_case_title(text):
        return True
    return (
        len(text) <= LONGEST_TITLE
        and not text.endswith(("。", "；", ";", "，", ",", "：", ":"))
        and not re.search(r"[。；]", text)
    )


def is_masthead(text: str) -> bool:
    """A line of date, source and the like under a title."""
    return bool(_MASTHEAD.match(text.strip()))


def is_subtitle(text: str) -> bool:
    """A line marked as a second title: ——甲诉乙案, 副标题：…"""
    return bool(_SUBTITLE.match(text)) and len(_SUBTITLE.sub("", text).strip()) >= 4


def clean_subtitle(text: str) -> str:
    """A subtitle as printed, its dash included, without the words 副标题."""
    return re.sub(r"^副标题\s*[：:]\s*", "", _MARKS_BEHIND.sub("", " ".join(text.split())))


def clean_title(text: str) -> str:
    """A title without its number and the marks around it; a sentence keeps its full stop."""
    text = _unnumbered(" ".join(text[:_READ].split()))
    shorter = _KIND_BEFORE.sub("", text)
    text = shorter if len(shorter) >= 4 else text
    text = _MARKS_BEHIND.sub("", text)
    if wrapped := _WRAPPED.match(text):
        text = wrapped.group(1)
    return text[:-1] if text.endswith("案。") else text


def from_page_title(title: str) -> str:
    """The title of an HTML page without the site's name behind it."""
    first = re.split(r"\s*(?:_|\||｜|–|—|--| - )\s*", title.strip(), maxsplit=1)[0]
    return clean_title(first if len(first) >= 4 else title)


def _unnumbered(text: str) -> str:
    mark = case_mark(text) or ordinal(text)
    if mark and mark.rest(text):
        text = mark.rest(text)
    else:
        match = _MARKS_BEFORE.match(text)
        text = text[match.end() :] if match and match.end() < len(text) else text
    return text.strip()
