"""Where a person lives, when they were born, and what tells who a minor is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.check.findings import Certainty, Hit, Kind
from ingest.check.plain import HAN
from kb.model import Span
from kb.text.numerals import NUMERAL, number

_N = rf"(?:{NUMERAL.pattern}|[A-Za-z](?=[栋幢座区]))"
# 88号3栋2单元501室, 12号附5号, 7幢1单元12-3, 5号附8-2-1: what follows a road or an estate.
_UNIT = rf"{_N}(?:号楼|[栋幢座]|单元|楼|层|室|房|户|号)"
# A bare number behind a unit belongs to it, unless a unit of its own follows: 11幢|2单元6-2号.
_BARE = rf"(?:附?{_N}(?:-{_N}){{0,3}}号?(?!楼|栋|幢|座|单元|层|室|房|户))"
_DOOR = rf"(?:附?{_UNIT}{_BARE}?|附?{_N}(?:-{_N}){{1,3}}号?)"
_ROAD = (
    rf"(?:[{HAN}]{{1,30}}?(?:大道|路|街|巷|弄|胡同|道|里|坝|湾|支路)"
    rf"(?:(?:{_N}|[东南西北中])段)?{_N}号院?(?:{_DOOR}){{0,5}}"
    # 凤天路128号附12号天星小区B区6栋12-5: the estate at this number.
    rf"(?:[{HAN}]{{2,12}}?(?:[A-Z东南西北]区|[一二三四五六七八九十\d]期)?{_N}(?:栋|幢|座|号楼)(?:{_DOOR})*)?)"
)
_ESTATE = (
    rf"(?:[{HAN}]{{2,30}}?(?:[东南西北]区|[一二三四五六七八九十\d]期)?"
    rf"{_N}(?:栋|幢|座|号楼)(?:{_DOOR})+)"
)
_VILLAGE = rf"(?:[{HAN}]{{2,30}}?(?:村|社区){_N}(?:组|社|队)(?:{_DOOR})?)"
_ADDRESS = re.compile(rf"(?P<road>{_ROAD})|(?P<estate>{_ESTATE})|(?P<village>{_VILLAGE})")
# What runs into an address from the left: the address begins behind it.
_LEAD = re.compile(
    rf"^.*(?:现居住于|居住于|居住在|居住地址|现住址?|家住|户籍所在地|户籍地址?|住址|住所地?|居住地|送达地址|收件地址"
    rf"|联系地址|通讯地址|地址|坐落于|座落于|坐落|位于|住在|住|系|为|是|在|于|至|到|往|将|对)(?=[{HAN}]{{2,}})"
)
_HOME = re.compile(
    r"家住|居住|现住|户籍|户口|住址|住所|住在|[,;:(]住|送达地址|收件地址|联系地址|通讯地址|家庭地址|村民|居民|社员|住户|户主"
)
_PERSON = re.compile(
    r"[男女](?:[,。;)]|$)|出生|身份|[\u4e00-\u9fff]族|系[^,。;]{0,12}(?:村民|居民)|某"
)
_ORGAN = re.compile(
    r"公司|政府|管委会|委员会|[局厅院店厂社行部馆](?=[,:(]|住所)|信用代码|法定代表人|营业场所|经营场所|注册地址|办公地址|负责人"
)
# Where nobody lives: 某医院住院楼3号楼2层.
_PUBLIC = re.compile(r"医院|学院|学校|商场|市场|办公|政务|车站|机场|派出所|法院")
_DOORPLATE = re.compile(r"门牌号?码?(?:为|是)?[: ]*(?P<door>[A-Za-z\d]+(?:-[A-Za-z\d]+)+)")
_HOME_SECTION = re.compile(r"栋|幢|座|单元|室|号楼|号附|\d-\d")
_COUNTY = re.compile(
    rf"^(?:[{HAN}]{{2,8}}?(?:省|自治区|市))?(?:[{HAN}]{{2,8}}?(?:市|自治州|州))?"
    rf"[{HAN}]{{1,8}}?(?:自治县|新区|区|县|市)"
)
_MASKED = re.compile(r"某|[×*＊Xx]{2}")

_DAY = (
    r"(?:[12]\d{3}|[一二][零〇○一二三四五六七八九]{3})(?:年|[-./])(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:月|[-./])(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
)
_MONTH = (
    r"(?:[12]\d{3}|[一二][零〇○一二三四五六七八九]{3})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
)
_BORN_IN = re.compile(
    rf"(?P<after>{_MONTH}(?:份)?出生)|(?P<before>(?:出生于|(?<!发)(?<!产)(?<!学)生于){_MONTH})(?!\d|[一二三])"
    rf"|出生(?:日期|年月日?|时间)?[:为是 ]*(?P<field>{_MONTH})(?!\d|[一二三])"
)
_BORN = re.compile(
    rf"(?P<after>{_DAY}(?:出生|生)(?![产效活意成])(?:于)?)|(?P<before>(?:出生于|(?<!发)(?<!产)(?<!学)生于){_DAY})"
    rf"|出生(?:日期|年月日?|时间)?[:为是 ]*(?P<field>{_DAY})"
    rf"|(?<=[男女],)(?:[{HAN}]{{1,5}}族,)?(?P<head>{_DAY})(?=[,。;])"
)

_AGE = re.compile(rf"(?<![\d第])(?P<n>{NUMERAL.pattern})(?P<unit>周?岁)(?!以[上下]|至|-|到|及以)")
_NO_AGE = re.compile(r"(?:不满|未满|已满|年满|满|不到|未达到?|达到|至|-|超过|低于|小于)$")
_SCHOOL = re.compile(
    rf"(?P<school>[{HAN}]{{2,20}}?(?:小学|中学|初中|高中|幼儿园|托儿所|职高|学校)(?:[{HAN}]{{2,3}}校区)?)?"
    rf"(?P<class>(?:(?:[小初高]?{NUMERAL.pattern}年级|[初高][一二三])"
    rf"\(?{NUMERAL.pattern}\)?班|[大中小]班|学前班))?"
)
_SCHOOL_KIND = re.compile(r"小学|中学|初中|高中|幼儿园|托儿所|职高|学校")
_ANY_SCHOOL = re.compile(
    r"(?:寄宿|公办|民办|公立|私立|培训|专门|普通|职业|驾驶|老年|其他|当地|附近)+学校"
)
_PUPIL = re.compile(
    r"学生|就读|在读|上学|入学|幼儿(?!园)|儿童|未成年|岁|班(?:级|主任)|同学|女童|男童|其子|其女|孩"
)
_SCHOOL_LEAD = re.compile(
    r"^.*(?:就读于|毕业于|就读|考入|转入|进入|前往|送往|位于|被|系|在|于|到|至|的|为|是|和|与|及|某|称|经|由|从|向|所|生|对)"
)
_SENTENCE = re.compile(r"[^。;\n]+")


def homes(text: str) -> Iterator[Hit]:
    """Addresses of persons down to the door, their birthdays, minors' ages and schools, in a text
    made plain."""
    for sentence in _SENTENCE.finditer(text):
        words, at = sentence.group(), sentence.start()
        for hit in (*_addresses(words), *_doorplates(words), *_births(words), *_minors(words)):
            span = Span(at + hit.span.start, at + hit.span.end)
            yield Hit(hit.kind, span, hit.rule, hit.why, hit.certainty, hit.mask)


def _addresses(text: str) -> Iterator[Hit]:
    for match in _ADDRESS.finditer(text):
        start, end = match.span()
        if lead := _LEAD.match(match.group()):
            start += lead.end()
        quote, before, behind = text[start:end], text[:start], text[end : end + 4]
        if _MASKED.search(_last_name(quote)):
            continue
        home = _HOME.search(before[-24:]) or _HOME.match(behind)
        flat = _HOME_SECTION.search(quote)
        clause = before[(_last(_PERSON, before) or 0) :]
        public = not home and _PUBLIC.search(text[max(0, start - 6) : end])
        if not (home or flat) or public or _ORGAN.search(clause):
            continue
        certainty = Certainty.LIKELY if home else Certainty.POSSIBLE
        county = _COUNTY.match(quote)
        mask = f"{county.group() if county and '某' not in county.group() else ''}×××"
        why = "家庭住址应当删除，只保留到县、区（法释〔2016〕19号第十条、第十一条）"
        yield Hit(Kind.ADDRESS, Span(start, end), "home.address", why, certainty, mask)


def _doorplates(text: str) -> Iterator[Hit]:
    for match in _DOORPLATE.finditer(text):
        why = "家庭住址应当删除，只保留到县、区（法释〔2016〕19号第十条、第十一条）"
        span = Span(*match.span("door"))
        yield Hit(Kind.ADDRESS, span, "home.doorplate", why, Certainty.POSSIBLE, "×××")


def _last_name(address: str) -> str:
    """The name that the numbers of an address follow: 某小区 of 渝北区某小区3栋."""
    return (
        re.split(
            r"省|市|区(?!\d)|县|镇|乡|街道", re.split(r"\d|[一二三四五六七八九十]", address)[0]
        )[-1]
        or address
    )


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    return max((match.end() for match in pattern.finditer(text)), default=None)


def _births(text: str) -> Iterator[Hit]:
    for match in (*_BORN.finditer(text), *_BORN_IN.finditer(text)):
        group = match.lastgroup
        assert group
        span = Span(*match.span(group))
        quote = span.of(text)
        year = re.search(r"[12]\d{3}|[一二][零〇○一二三四五六七八九]{3}", quote)
        assert year
        day = "×日" if match.re is _BORN else ""
        mask = f"{quote[: year.start()]}{year.group()}年×月{day}"
        if match["after"]:
            mask += quote[quote.rindex("出生" if "出生" in quote else "生") :]
        certainty = Certainty.LIKELY if group == "head" else Certainty.CERTAIN
        why = "出生日期与其他信息合在一起可以认出本人，建议只留年份（法释〔2016〕19号第十条）"
        yield Hit(Kind.BIRTHDAY, span, "home.birthday", why, certainty, mask)


def _minors(text: str) -> Iterator[Hit]:
    why = "未成年人的姓名和能认出其身份的信息不得公开（法释〔2016〕19号第八条；未成年人保护法）"
    for match in _AGE.finditer(text):
        age = number(match["n"])
        if age is None or not 0 < age < 18 or _NO_AGE.search(text[: match.start()]):
            continue
        mask = f"×{match['unit']}"
        span = Span(*match.span())
        yield Hit(Kind.MINOR, span, "minor.age", why, Certainty.POSSIBLE, mask)
    if not _PUPIL.search(text):
        return
    for match in _SCHOOL.finditer(text):
        start, end = match.span()
        if lead := _SCHOOL_LEAD.match(match["school"] or ""):
            start += lead.end()
        school = text[start : match.end("school")] if match["school"] else ""
        kind = None if _ANY_SCHOOL.fullmatch(school) else _SCHOOL_KIND.search(school)
        if "某" in text[max(0, start - 1) : start] + school or len(school) < 4:
            start, kind = match.start("class"), None  # the school is masked, the class is not
        if start < 0 or not (kind or match["class"]):
            continue
        mask = (f"某{kind.group()}" if kind else "") + ("×年级×班" if match["class"] else "")
        span = Span(start, end)
        yield Hit(Kind.MINOR, span, "minor.school", why, Certainty.LIKELY, mask)
