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
    rf"第(?P<number>{NUMERAL.pattern})条(?:之(?P<inserted>{NUMERAL.pattern}))?(?:\s+|$)"
)
_LEVELS = ("编", "分编", "章", "节")
_HEADING = re.compile(rf"第(?:{NUMERAL.pattern})(?P<level>分编|编|章|节)(?:\s|$)")
_UNNUMBERED = re.compile(r"(?:总|分|附)\s*则$")
_LONGEST_HEADING = 30
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_IN_FORCE_ON = re.compile(
    r"自(?P<day>\d{4}年\d{1,2}月\d{1,2}日)起(?:开始)?(?:施行|实施|生效|执行|试行)"
)
_IN_FORCE_AT_ONCE = re.compile(
    r"自(?:公布|发布|颁布|印发|通过|批准|公告|下发)[^。，]{0,4}日?(?:之日)?起(?:施行|实施|生效|执行|试行)"
)
_AMENDED = re.compile(r"修正|修订|修改")
_COUNTRY = "中华人民共和国"
_COUNCILS = re.compile(r"最高人民法院审判委员会|最高人民检察院\S{0,8}检察委员会")
_HISTORY = re.compile(r"通过|公布|发布|修正|修订|施行|批准|令第|公告|印发|决定|会议")
_CONTENTS = re.compile(r"\s*目\s*[录次]\s*$")


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

    A second title names the part of the statute that the file holds, as collections keep the books
    of the Civil Code; it is the outermost heading of every article.

    Raises BadSource where there is no title, an article's number comes twice, there is no text, or
    no day that tells the version.
    """
    lines = without_contents([line for line in lines if line.text.strip()])
    titles = [line for line in lines if line.level == 1] or lines[:1]
    if not titles:
        raise BadSource(origin, "文件中没有文字，应有法规标题与条文")
    full_title = re.sub(r"\s+", "", titles[0].text)
    rest = [line for line in lines if line not in titles]
    history, body = _history(rest)
    preamble, articles = _articles(body, origin, [line.text.strip() for line in titles[1:]])
    if not articles and not preamble:
        last = lines[-1].number
        raise BadSource(origin, "标题之后没有正文，应有“第一条”等条文", f"第 {last} 行之后")
    dated, in_force, rule = _dates(history, [*preamble, *_closing(articles)], file_day)
    if dated is None and in_force is None:
        raise BadSource(
            origin,
            "标题下没有通过、公布或施行的日期，无法确定是哪个版本；"
            "也可在文件名末尾注明，如 某法(2024-01-01).md",
            f"第 {titles[0].number} 行之后",
        )
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


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """The lines without a list of contents (目录): it ends where its first entry comes again."""
    start = next((n for n, line in enumerate(lines) if _CONTENTS.match(line.text)), None)
    if start is None:
        return list(lines)
    first = next(iter(lines[start + 1 :]), None)
    end = start + 1
    if first is not None:
        for n, line in enumerate(lines[start + 2 :], start + 2):
            if _ARTICLE.match(line.text):
                break
            if _entry(line.text) == _entry(first.text):
                end = n
                break
    return [*lines[:start], *lines[end:]]


def _entry(text: str) -> str:
    """An entry of the contents without its dots, page number and spaces."""
    return re.sub(r"\s+|[.．…·]{2,}.*$", "", text)


def _history(lines: Sequence[Line]) -> tuple[list[str], list[Line]]:
    """The lines that tell of adoption and change, and the rest."""
    history = [line.text.strip().strip("（）()") for line in lines if line.head]
    rest = [line for line in lines if not line.head]
    if not history:
        while rest and not rest[0].level and tells_of_adoption(rest[0].text):
            history.append(rest.pop(0).text.strip().strip("（）()"))
    return history, rest


def tells_of_adoption(text: str) -> bool:
    """Whether a line tells of a day of adoption, change or publication, as lines of history do."""
    return bool(_DAY.search(text) and _HISTORY.search(text) and not is_article(text))


def is_article(text: str) -> bool:
    """Whether a line begins an article: 第一条 and white space."""
    return bool(_ARTICLE.match(text.strip()))


def is_heading(text: str) -> bool:
    """Whether a line is a heading by its words: 第一章 总则, or 附则 alone."""
    text = text.strip()
    numbered = _HEADING.match(text) and len(text) <= _LONGEST_HEADING
    return bool(numbered or _UNNUMBERED.match(text))


def _articles(
    lines: Sequence[Line], origin: str, parts: Sequence[str]
) -> tuple[list[str], list[Article]]:
    """What stands before the articles, and the articles; words after the last belong to it."""
    preamble: list[str] = []
    articles: list[tuple[Line, int | str, list[str], tuple[str, ...]]] = []
    headings: dict[int, str] = {n - len(parts): part for n, part in enumerate(parts)}
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
            headings[heading] = _heading_words(text)
        elif articles:
            articles[-1][2].append(text)
        else:
            preamble.append(text)
    return preamble, [
        Article(key, "\n".join(words), path, line.number) for line, key, words, path in articles
    ]


def _heading_level(line: Line, text: str) -> int | None:
    """0 for 编 to 3 for 节; other headings that the source marks stand below these."""
    match = _HEADING.match(text)
    if match and (line.level or len(text) <= _LONGEST_HEADING):
        return _LEVELS.index(match["level"])
    if not line.level and _UNNUMBERED.match(text):
        return _LEVELS.index("章")
    return 3 + line.level if line.level else None


def _heading_words(text: str) -> str:
    """One space after the number, none between letters that were set apart (总　则)."""
    if _UNNUMBERED.match(text):
        return re.sub(r"\s+", "", text)
    return re.sub(r"(?<=\s\S)\s+(?=\S(?:\s|$))", "", re.sub(r"\s+", " ", text))


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
    if title.startswith(("最高人民法院", "最高人民检察院")) or _COUNCILS.search(said):
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
