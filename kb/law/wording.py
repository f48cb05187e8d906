"""The words around a statute's name: titles, brackets, versions, short names, references back.

All read folded text (see `kb.text.normalise`): no white space, "()" for brackets, 《》 for 〈〉.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

STATE = "中华人民共和国"
Hint = tuple[int | None, int | None, int | None, bool]

# Titles that only say which kind of statute is meant.
GENERIC_TITLES = frozenset(
    [
        "条例",
        "办法",
        "规定",
        "解释",
        "细则",
        "规则",
        "实施条例",
        "实施细则",
        "实施办法",
        "司法解释",
        "暂行条例",
    ]
)
# Such a word alone, without 《》: not the end of some longer title.
GENERIC_BARE = re.compile(
    r"(?:^|(?<=[^一-龥])|(?<=根据|依据|依照|按照|适用|违反|符合|参照|以及|属于)|(?<=[和及与按依]))"
    r"(?P<word>(?:实施|暂行)?条例|办法|规定|司法解释|解释|实施细则|细则|规则)$"
)
_STATUTORY = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|解释|通则|总则|决定|批复|规程|规范|意见)(?:\([^()]{1,6}\))?$"
)
# Titles of papers that are no statutes: decisions in a case, agreements, certificates.
_PAPER = re.compile(
    r"(?:合同|协议|约定|章程|公约|(?:处罚|复议|征收|补偿|赔偿|处理|许可|强制|认定|确认|撤销|不予.{0,6}|行政|仲裁)决定)"
    r"(?:\([^()]{1,6}\))?$|^(?:决定|通知|告知|意见|批复|规范|约定)$"
)
# Only these are reported when no registry knows them and no article is cited.
_FORMAL = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|解释)(?:\([^()]{1,6}\))?$|^(?:最高人民|全国人民代表大会|国务院).*(?:决定|批复|意见|解答|答复)$"
)


def is_statutory(key: str) -> bool:
    """Whether a name could be a statute's, by its last word."""
    return bool(_STATUTORY.search(key)) and not _PAPER.search(key)


def is_formal(name: str) -> bool:
    """Whether a title in 《》 claims to be a statute, so that not knowing it is worth saying."""
    return bool(_FORMAL.search(name)) and not _PAPER.search(name) and name not in GENERIC_TITLES


# --- titles --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Titled:
    """A title at start..end, marks included. hint: a version named inside the marks."""

    start: int
    end: int
    name: str
    hint: Hint | None
    formal: bool


_TITLE = re.compile(r"《((?:[^《》]|《[^《》]{1,80}》){1,120})》")
_INNER_VERSION = re.compile(r"\(([^()]{2,30})\)$")
# 《土地管理法》实施条例, 关于适用《行政诉讼法》的解释, 四川省《土地管理法》实施办法
_SUFFIX = re.compile(
    r"(?:的)?(?:实施条例|实施细则|实施办法|实施规定)(?:\((?:试行|暂行)\))?"
    r"|(?<=》)办法(?=第|[,。;\"(规的])"
)
_CONCERNING = re.compile(
    r"(?:(?:最高人民法院|最高人民检察院|全国人民代表大会常务委员会|全国人大常委会|国务院)[、,和]?)*"
    r"关于[^《》,。;:\"\n]{0,12}$"
)
_CONCERNING_END = re.compile(
    r"[^《》,。;:\"第()]{0,30}?(?:解释|规定|决定|批复|意见|办法|通知|公告|方案|复函)(?:\([一二三四五六]\))?"
)
_PLACE_BEFORE = re.compile(r"[一-龥]{2,9}?[省市区州县](?:实施|贯彻|执行|贯彻实施)?$|(?:实施|贯彻)$")
_PLACE_CUT = re.compile(r".*(?:根据|依据|依照|按照|适用|违反|以及|和|及|与|的|在|对|由|即|《|》)")


def read_title(text: str, start: int) -> Titled | None:
    """The title in 《》 at start, with words outside the marks that belong to it."""
    match = _TITLE.match(text, start)
    if match is None:
        return None
    name, hint = match[1], None
    if version := _INNER_VERSION.search(name):
        hint = read_version(version[1])
        if hint:
            name = name[: version.start()]
    begin, end = match.start(), match.end()
    before = text[max(0, begin - 30) : begin]
    if concerning := _CONCERNING.search(before):
        closing = _CONCERNING_END.match(text, end)
        if closing:
            begin -= len(concerning.group())
            name = concerning.group() + f"《{name}》" + closing.group()
            end = closing.end()
    elif suffix := _SUFFIX.match(text, end):
        place = _place_before(before) if not suffix.group().endswith("条例") else ""
        begin -= len(place)
        name, end = f"{place}《{name}》{suffix.group().removeprefix('的')}", suffix.end()
    return Titled(begin, end, name, hint, is_formal(name))


def _place_before(before: str) -> str:
    tail = _PLACE_CUT.sub("", before)
    match = _PLACE_BEFORE.search(tail)
    return match.group() if match else ""


# --- brackets behind a name ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brackets:
    """What the brackets behind a name said; end is where they end."""

    end: int
    version: Hint | None = None
    aliases: tuple[str, ...] = ()


_BRACKET = re.compile(r"\((?:[^()]|\([^()]{0,40}\)){1,160}\)")
_ALIAS = re.compile(
    r"(?:以下|下文|后文|文中|下)?(?:分别|统一|一并|均|统|合|并|也|皆)?"
    r"(?:简称为|简称|统称为|统称|合称为|合称|称为|称之为|称)[:为]?(?P<names>.+)$"
)
_MARKED = re.compile(r"《(?:[^《》]|《[^《》]*》)+》|\"[^\"]{1,40}\"|'[^']{1,40}'")
_PIECES = re.compile(r"[,;。]")
_VERSION = re.compile(
    r"(?:于)?(?P<year>[12]\d{3})(?:年)?(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?"
    r"(?:第[一二三四五六七八九\d]次)?(?:新)?"
    r"(?P<verb>修订|修正|修改|公布|颁布|发布|施行|实施|通过|生效|制定)?(?:版|本|版本|文本|后)?"
)


def read_brackets(text: str, position: int) -> Brackets:
    """The brackets from position on: (2021修订), (以下简称《…》), (法释(2020)26号)."""
    version: Hint | None = None
    aliases: list[str] = []
    while match := _BRACKET.match(text, position):
        inside = match.group()[1:-1]
        if alias := _alias_in(inside):
            aliases += alias
            inside = _PIECES.split(inside)[0]
        version = version or read_version(inside)
        position = match.end()
    return Brackets(position, version, tuple(aliases))


def _alias_in(inside: str) -> list[str]:
    for piece_start in [0, *(m.end() for m in _PIECES.finditer(inside))]:
        match = _ALIAS.match(inside, piece_start)
        if match:
            names = _MARKED.findall(match["names"])
            return names or [_PIECES.split(match["names"])[0]]
    return []


def read_version(text: str) -> Hint | None:
    """Year, month, day of a version in brackets: 2021修订, 2017年修正, 2022第二次修正, 1999."""
    match = _VERSION.fullmatch(text)
    if match is None:
        return None
    return (int(match["year"]), _int(match["month"]), _int(match["day"]), False)


_DATED_BEFORE = re.compile(
    r"(?<!\d)(?P<year>[12]\d{3})(?:年)?(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?(?:起)?"
    r"(?P<how>(?:新)?(?:修订|修正|修改|颁布|公布|发布|施行|实施|通过|制定|生效|版)*(?P<prior>之?前)?后?的?)$"
)
_EARLIER = re.compile(r"(?:(?:修订|修正|修改)(?:之)?前的?|旧的?|原)$")


def version_before(text: str, start: int) -> Hint | None:
    """The version named in front of a name: 2017年修正的, 修订前的, 旧, 原."""
    before = text[max(0, start - 24) : start]
    match = _DATED_BEFORE.search(before)
    if match and (match["how"] or not match["month"]):
        year, month, day = int(match["year"]), _int(match["month"]), _int(match["day"])
        if match["prior"]:
            return (None, None, None, True)
        if match["how"] or before[match.start() :].endswith("年"):
            return (year, month, day, False)
    return (None, None, None, True) if _EARLIER.search(before) else None


def skip_back_over_brackets(text: str, end: int) -> tuple[int, Hint | None]:
    """Where a bare name before 第…条 ends, past 的, 》, (2021修订); and the version named there."""
    version: Hint | None = None
    start = end
    while start > 0:
        if text[start - 1] in "的中》":
            start -= 1
        elif text[start - 1] == ")" and (
            match := _LAST_BRACKET.search(text, max(0, start - 60), start)
        ):
            version = version or read_version(match.group()[1:-1])
            if version is None and not _DOCUMENT_NUMBER.search(match.group()):
                return start, None
            start = match.start()
        else:
            break
        if end - start > 70:
            break
    return start, version


_LAST_BRACKET = re.compile(r"\((?:[^()]|\([^()]*\))*\)$")
_DOCUMENT_NUMBER = re.compile(r"\d号|令")


# --- references back -----------------------------------------------------------------------------

CARRIED_KIND = re.compile(
    "司法解释|法律规定|法律|法规|规章|条例|法典|办法|规定|解释|细则|规则|决定|条(?!例)|法(?![律规典庭院官定人制治])"
)
# The last word of the name meant, where it is not the word itself; "" for whatever was named last.
CARRIED_ENDINGS = {
    "司法解释": "司法解释",
    "法律规定": "",
    "法律": "法",
    "法规": "",
    "规章": "",
    "法典": "法",
}
BEFORE = re.compile(
    r"(?<![之此以目从先提日年])前(?P<count>[一两二三]?)"
    r"(?P<unit>条(?![件款例约文目])|款(?![项额式待])|项(?!目))"
)
_SENTENCE_END = re.compile(r"[。;!?]")
_CONTRACT = re.compile(
    r"合同|协议|约定|章程|公约|保单|条款|通知|文件|方案|计划|纪要|指南|标准|决定书|判决|裁定|预案|清单|附件|告示|公告|草案"
)
_PRIVATE = re.compile(r"合同|协议|约定|章程|公约|保单|条款")
_RULE_STATED = re.compile(
    r"(?:也|亦|还|均|同时|则|又)?(?:明确|进一步|进一步明确)?(?:规定|明确|的规定|、|对|要求|禁止)"
)


def carried_ending(word: str) -> str:
    """How the statute meant by 该+word ends; "" for whatever was named last."""
    return CARRIED_ENDINGS.get(word, word)


def endings(key: str) -> tuple[str, ...]:
    """By which words a statute can be referred back to: 该法, 该条例, 该解释."""
    name = re.sub(r"\([^()]{1,6}\)$", "", key)
    found = [
        e
        for e in ("法", "条例", "办法", "规定", "解释", "细则", "规则", "决定")
        if name.endswith(e)
    ]
    if name.endswith("法典"):
        found.append("法")
    if "最高人民" in name or name.endswith("解释"):
        found.append("司法解释")
    return tuple(e for e in found if not (e == "法" and name.endswith("办法")))


def is_list_gap(gap: str) -> bool:
    """Whether only list marks, or brackets, stand between two titles."""
    return re.fullmatch(r"(?:[、,和及与]|以及)?", gap) is not None


def same_sentence(gap: str) -> bool:
    return _SENTENCE_END.search(gap) is None


def about_contract(gap: str) -> bool:
    """Whether the words before a bare 第…条 turn to a paper that is no statute."""
    return _CONTRACT.search(gap) is not None


def ends_quotation(gap: str) -> bool:
    """Whether a quotation ends right before: …由人民法院管辖。"第四十八条规定."""
    return gap.rstrip(",、;。")[-1:] in ('"', "'") and gap.count('"') % 2 == 0


_CITING = re.compile(r"(?:根据|依据|依照|按照|符合|违反|违背|适用|超过|属于|参照|援引|引用)$")


def ends_citing(gap: str) -> bool:
    """Whether a verb of citing leads up to what follows, and the talk is not of a contract."""
    if _CITING.search(gap) is None or _PRIVATE.search(gap[-40:]):
        return False
    # Decisions talk of 补偿标准 and 征收公告 too; a clause further on they cite the law again.
    return not about_contract(re.split("[,;。:]", gap[-40:])[-1])


def ends_sentence(gap: str) -> bool:
    """Whether a sentence ends right before, and what it said was not of a contract."""
    return gap[-1:] in ("。", ";") and not about_contract(gap[-40:])


def is_title_end(gap: str) -> bool:
    """Whether nothing but a full stop or colon stands between a title and the line below."""
    return gap in ("", "。", ":", "的规定", "规定", "规定:")


def states_a_rule(text: str, end: int) -> bool:
    return _RULE_STATED.match(text, end) is not None


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None
