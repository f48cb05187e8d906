"""From the lines of a statute to its text: title, history, headings, articles, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.errors import BadSource
from kb.law.statutes import WorkKind
from kb.law.text import Article, StatuteText
from kb.text.numerals import NUMERAL, number

_ARTICLE = re.compile(
    rf"第(?P<number>{NUMERAL.pattern})条(?:之(?P<inserted>{NUMERAL.pattern}))?(?:[ \u3000]+|$)"
)
_LEVELS = ("编", "分编", "章", "节")
_HEADING = re.compile(rf"第(?:{NUMERAL.pattern})(?P<level>分编|编|章|节)(?:[ \u3000]|$)")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_IN_FORCE_ON = re.compile(
    r"自(?P<day>\d{4}年\d{1,2}月\d{1,2}日)起(?:开始)?(?:施行|实施|生效|执行|试行)"
)
_IN_FORCE_AT_ONCE = re.compile(
    r"自(?:公布|发布|颁布|印发|通过|批准|公告|下发)[^。，]{0,4}日?(?:之日)?起(?:施行|实施|生效|执行|试行)"
)
_AMENDED = re.compile(r"修正|修订|修改")
_COUNTRY = "中华人民共和国"
_HISTORY = re.compile(r"通过|公布|发布|修正|修订|施行|批准|令第|公告|印发|决定|会议")
_CONTENTS = re.compile(r"^目\s*录$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statute. number: in the source, from 1. level: of a Markdown heading, 0 for none.
    head: whether the source sets it before the text proper."""

    number: int
    text: str
    level: int = 0
    head: bool = False


def parse(lines: Sequence[Line], *, origin: str, sha256: str, file_day: date | None) -> StatuteText:
    """The statute that some lines are. file_day: the day its file's name gives, if it does.

    Raises BadSource where there is no title, an article's number comes twice, or there is no text.
    """
    lines = [line for line in lines if line.text.strip()]
    titles = [line for line in lines if line.level == 1] or lines[:1]
    if not titles:
        raise BadSource(origin, "文件中没有文字，应有法规标题与条文")
    full_title = re.sub(r"\s+", "", titles[-1].text if _is_code(titles) else titles[0].text)
    rest = [line for line in lines if line not in titles]
    history, body = _history(rest)
    preamble, articles = _articles(body, origin)
    if not articles and not preamble:
        raise BadSource(origin, "标题之后没有正文")
    dated, in_force, rule = _dates(history, [*preamble, *_closing(articles)], file_day)
    return StatuteText(
        full_title=full_title,
        work=full_title.removeprefix(_COUNTRY),
        kind=_kind(full_title, history),
        issuer=_issuer(full_title, history),
        dated=dated,
        in_force=in_force,
        rule=rule,
        history=tuple(history),
        preamble="\n".join(preamble),
        articles=tuple(articles),
        origin=origin,
        sha256=sha256,
    )


def _is_code(titles: Sequence[Line]) -> bool:
    """A book of the Civil Code is kept as a file of its own, under the Code's title and its own."""
    return len(titles) > 1 and titles[-1].text.strip().endswith("编")


def _history(lines: Sequence[Line]) -> tuple[list[str], list[Line]]:
    """The lines that tell of adoption and change, and the rest."""
    history = [line.text.strip().strip("（）()") for line in lines if line.head]
    rest = [line for line in lines if not line.head]
    if not history:
        while rest and not rest[0].level and _tells_of_adoption(rest[0].text):
            history.append(rest.pop(0).text.strip().strip("（）()"))
    return history, rest


def _tells_of_adoption(text: str) -> bool:
    return bool(_DAY.search(text) and _HISTORY.search(text) and not _ARTICLE.match(text.strip()))


def _articles(lines: Sequence[Line], origin: str) -> tuple[list[str], list[Article]]:
    """What stands before the articles, and the articles; words after the last belong to it."""
    preamble: list[str] = []
    articles: list[tuple[Line, int | str, list[str], tuple[str, ...]]] = []
    headings: dict[int, str] = {}
    seen: dict[int | str, int] = {}
    for line in lines:
        text = line.text.strip()
        heading = _heading_level(line, text)
        match = _ARTICLE.match(text)
        if match and not line.level:
            key = _article_number(match)
            if key in seen:
                raise BadSource(
                    origin, f"第{key}条重复出现，首次在第 {seen[key]} 行", f"第 {line.number} 行"
                )
            seen[key] = line.number
            words = text[match.end() :].strip()
            path = tuple(headings[level] for level in sorted(headings))
            articles.append((line, key, [words] if words else [], path))
        elif heading is not None:
            headings = {level: name for level, name in headings.items() if level < heading}
            headings[heading] = re.sub(r"[ \u3000]+", " ", text)
        elif articles:
            articles[-1][2].append(text)
        elif not _CONTENTS.match(text):
            preamble.append(text)
    return preamble, [
        Article(key, "\n".join(words), path, line.number) for line, key, words, path in articles
    ]


def _heading_level(line: Line, text: str) -> int | None:
    """0 for 编 to 3 for 节; other headings that the source marks stand below these."""
    match = _HEADING.match(text)
    if match and (line.level or len(text) <= 30):
        return _LEVELS.index(match["level"])
    return 3 + line.level if line.level else None


def _article_number(match: re.Match[str]) -> int | str:
    main = number(match["number"]) or 0
    return f"{main}之{number(match['inserted'])}" if match["inserted"] else main


def _closing(articles: Sequence[Article]) -> list[str]:
    """Articles that may say when the statute comes into force: the last few."""
    return [line for article in articles[-4:] for line in article.text.splitlines()]


def _dates(
    history: Sequence[str], closing: Sequence[str], file_day: date | None
) -> tuple[date | None, date | None, str]:
    """The version's day, the day in force, and where that was read."""
    events = [(day, line) for line in history if (day := _day(line))]
    stated = [day for day, line in events if line.rstrip().endswith(("施行", "实施", "起施行"))]
    made = [day for day, line in events if day not in stated] or stated
    dated = max([*made, *([file_day] if file_day else [])], default=None)
    if stated:
        return dated, max(stated), "head"
    said = [day for line in closing for m in _IN_FORCE_ON.finditer(line) if (day := _day(m["day"]))]
    amended = [day for day, line in events if _AMENDED.search(line)]
    if said and (dated is None or max(said) >= dated or not (amended or _later(file_day, made))):
        return dated, max(said), "closing_article"
    if amended:
        return dated, dated, "amended_on"
    if any(_IN_FORCE_AT_ONCE.search(line) for line in closing) and made:
        return dated, dated, "published"
    if file_day:
        return dated, dated, "file_name"
    return dated, None, ""


def _later(file_day: date | None, made: Sequence[date]) -> bool:
    """Whether the file's day is well after the last event told: a change the head leaves out."""
    return bool(file_day and made and (file_day - max(made)).days > 366)


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _kind(title: str, history: Sequence[str]) -> WorkKind | None:
    said = " ".join(history)
    if title.startswith(("最高人民法院", "最高人民检察院")):
        return WorkKind.JUDICIAL_INTERPRETATION
    if title.removeprefix(_COUNTRY) == "宪法":
        return WorkKind.CONSTITUTION
    if re.search(
        r"^(?:重庆市|四川省)|(?:省|市|自治区|自治州|自治县)(?:第\S+届)?人民代表大会",
        title + " " + said,
    ):
        return WorkKind.LOCAL_REGULATION
    if "全国人民代表大会" in said:
        return WorkKind.LAW
    if "国务院令" in said or "国务院第" in said or "国务院常务会议" in said or "国务院发布" in said:
        return WorkKind.ADMINISTRATIVE_REGULATION
    if re.search(r"(?:部|总局|局|委员会|署|银行)令|发布|公布", said):
        return WorkKind.DEPARTMENTAL_RULE
    return None


_ISSUERS = re.compile(
    r"全国人民代表大会常务委员会|全国人民代表大会|最高人民法院|最高人民检察院|国务院"
    r"|[\u4e00-\u9fff]{2,8}(?:省|市|自治区|自治州|自治县)人民代表大会(?:常务委员会)?"
    r"|[\u4e00-\u9fff]{2,12}?(?:部|总局|委员会|管理局|总署|银行)(?=令|公告|第)"
)


def _issuer(title: str, history: Sequence[str]) -> str:
    """Who adopted it, as the first line of its history or its title says; "" where neither does."""
    for text in (*history[:1], title, *history[1:]):
        text = _DAY.sub("", text).removeprefix(_COUNTRY)
        match = _ISSUERS.search(re.sub(r"第[一二三四五六七八九十]+届", "", text))
        if match:
            return match.group().removeprefix(_COUNTRY)
    return ""
