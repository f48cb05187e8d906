"""Lines and paragraphs of Chinese text: clean them, join wrapped ones, part run-on ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\r\n\f\v\u2028\u2029\x85]+")
_CJK = (
    "\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
_BREAK_IN_CJK = re.compile(f"(?<=[{_CJK}“”‘’—…])[ \\t]*[\\r\\n]\\s*(?=[{_CJK}“”‘’—…])")

# 申请人：, 法定代表人：, 住　　所：, in the head of a decision or judgment a line each.
_INTRODUCES = (
    r"(?:被?\s*申\s*请\s*人|第\s*三\s*人|被?\s*上\s*诉\s*人|原\s*告|被\s*告|法\s*定\s*代\s*表\s*人|负\s*责\s*人"
    r"|(?:委托|诉讼){1,2}代理人|住\s*所\s*地?|住\s*址|地\s*址|经\s*营\s*者)(?:[（(][^（）()]{1,20}[）)])?\s*[：:]"
)
STARTS_BLOCK = re.compile(
    rf"\s*(?:{_INTRODUCES}|案例\s*(?:[一二三四五六七八九十百零〇\d]{{1,4}})(?!号|款)|【[^【】\d]{{1,20}}】"
    r"|[►▶●■◆★▲◎]|(?:基本案情|典型意义|关键词|裁判结果|复议办理|处理结果|专家点评)(?:\s|[：:]|$))"
)
"""How a line begins that starts something new, whatever stood before it."""

NUMBERED = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[编章节条案]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(〔][一二三四五六七八九十\d]{1,3}[）)〕](?!项|款|目)|\d{1,3}[、．]|\d{1,3}\.(?!\d)|[①-⑳])"
)
"""How a numbered paragraph begins; inside a sentence (依照第三条…) it means nothing."""

_INDENT = re.compile(r"^(?:[\u3000\u00a0]{1,}|[ \t]{2,})")
_GIANT = 300
_HALF_LINE = 30
_AFTER = "(?<=[。！？；：”’）】》\\s])"
_BRACKETED = re.compile(r"(?<=[。！？；：”’）】》\s])(?=【[\u4e00-\u9fff]{2,10}】)")
_INDENT_WITHIN = re.compile(r"(?<=[。！？”）】])[ \u00a0]*[\u3000\u00a0]{2,}[ \u00a0]*")
_WIDE_GAP = re.compile(
    r"(?<=[。！？；：”’）】》])[ \u00a0]*\u3000[\u3000 \u00a0]*|[\u3000\u00a0]{2,} *"
)
_CASE_START = re.compile(
    _AFTER
    + r"(?=案例(?:[一二三四五六七八九十百]{1,3}|\d{1,3})"
    + r"(?:[：:、.．\s]|[^\s\d是中的里与和为对号款条，。]))"
)
_NUMBERED = re.compile(
    r"(?<=[。！？”】\s])(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）(?!项|款))"
)
_ONLY_NUMBER = re.compile(
    r"\s*(?:案例)?[（(【]?[一二三四五六七八九十百\d]{1,4}[）)】]?[、.．：:]?\s*|\s*案例[一二三四五六七八九十百\d]{1,4}\s*"
)


def clean(text: str) -> str:
    """One line without marks nobody sees: zero-width and control characters go, runs of white
    space shrink to one space, a line break between two hanzi was never meant as a space."""
    text = _INVISIBLE.sub("", text)
    text = _BREAK_IN_CJK.sub("", text)
    return _SPACES.sub(" ", text).strip(" \u3000")


def indented(line: str) -> bool:
    """Whether a line begins as a Chinese paragraph does, with some white space."""
    return bool(_INDENT.match(line))


def unwrap(lines: Iterable[str]) -> list[str]:
    """Paragraphs from lines that were broken at a fixed width; others stay as they are.

    A line goes on in the next one where it is about as long as the longest ones, ends without a
    sentence's end, and the next line is not indented and starts nothing new. Empty lines part.
    """
    lines = list(lines)
    return ["\n".join(lines[n] for n in group) for group in unwrap_groups(lines)]


def unwrap_groups(lines: list[str]) -> list[list[int]]:
    """As `unwrap`, but the numbers of the lines that make each paragraph."""
    if len(lines) < 2:
        return [[0]] if lines and lines[0].strip() else []
    lengths = sorted(_width(line) for line in lines if line.strip())
    if not lengths:
        return []
    full = lengths[int(len(lengths) * 0.9)] if len(lengths) > 3 else lengths[-1]
    wrapped = _looks_wrapped(lines, full)
    with_indents = sum(indented(line) for line in lines) >= 2
    paragraphs: list[list[int]] = []
    open_ended = False
    for number, line in enumerate(lines):
        text = line.strip()
        if not text:
            open_ended = False
            continue
        if open_ended and not indented(line) and not STARTS_BLOCK.match(text):
            paragraphs[-1].append(number)
        else:
            paragraphs.append([number])
        width = _width(line)
        finished = text[-1] in "。！？；："
        if wrapped and abs(width - full) <= 6:
            open_ended = with_indents or not finished
        else:  # where every paragraph is indented, a line that is not goes on
            open_ended = with_indents and width >= _HALF_LINE and not finished
    return paragraphs


def split_run_on(text: str) -> list[str]:
    """The paragraphs of a text whose breaks were lost, parted where a new one plainly begins:
    at an indent after a sentence, before 【headings】, and in giant texts at any wide gap and
    before 案例一, 一、 and （一）.
    White space aside, the parts joined are the text."""
    parts = [text]
    if "【" in text:
        parts = _split(parts, _BRACKETED)
    if "\u3000\u3000" in text or "\u00a0\u00a0" in text:
        parts = _split(parts, _INDENT_WITHIN)
    if len(text) < _GIANT:
        return parts
    for mark in (_WIDE_GAP, _CASE_START):
        parts = _split(parts, mark)
    if len(parts) == 1 or max(map(len, parts)) > 3 * _GIANT:
        parts = _split(parts, _NUMBERED)
    return parts


def join(left: str, right: str) -> str:
    """Two pieces of one paragraph: hanzi meet without a space, words of letters with one."""
    return clean(left + "\n" + right)


def _looks_wrapped(lines: list[str], full: int) -> bool:
    """At least a quarter of the lines are full and yet end inside a sentence."""
    texts = [line.strip() for line in lines if line.strip()]
    cut = [
        text
        for line, text in zip((x for x in lines if x.strip()), texts, strict=True)
        if abs(_width(line) - full) <= 6 and text[-1] not in "。！？：；"
    ]
    return 40 <= full <= 180 and len(cut) >= max(2, len(texts) // 4)


def _width(line: str) -> int:
    """In columns: a hanzi is two wide, a letter or digit one."""
    line = line.rstrip()
    return 2 * len(line) - sum(map(str.isascii, line))


def _split(parts: list[str], mark: re.Pattern[str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        start = 0
        for gap in mark.finditer(part):
            before = part[start : gap.start()]
            if not before.strip() or _ONLY_NUMBER.fullmatch(before):
                continue
            found.append(before.strip())
            start = gap.end()
        if part[start:].strip():
            found.append(part[start:].strip())
    return found
