"""A citation as people type it into a search box, however briefly, and slips of writing one."""

from __future__ import annotations

import re

from kb.law.pinpoints import NUMERAL
from kb.law.provisions import Pinpoint
from kb.law.statutes import Registry, folded_name_key
from kb.text.normalise import fold_text
from kb.text.numerals import number

_DIGIT = "[0-9〇零一二三四五六七八九十百千]"
_N = NUMERAL
_TYPED = re.compile(
    rf"(?P<name>《?.{{2,80}}?》?)(?:第?(?P<article>{_N})(?!{_DIGIT})条?(?:之(?P<inserted>{_N}))?"
    rf"(?P<rest>(?:[-./,]{_N}|第?\(?{_N}\)?[款项目]|\({_N}\)){{0,3}}))?"
)
_TYPED_LONG_NAME = re.compile(_TYPED.pattern.replace("{2,80}?", "{2,80}"))
_REST = re.compile(rf"({_N})\)?([款项目]?)")
# 33,34 and 33-35 are articles: none has so many paragraphs.
_NEXT_ARTICLE = re.compile(rf"([-,])({_N})(?!{_DIGIT})")
_MANY_PARAGRAPHS = 9
_NAMED = re.compile(rf"第?(?={_DIGIT})")
# Articles in a row without a unit, or with one behind the last: 33、34条; 33-35.
_NO_ORDINAL = re.compile(rf"(?<=[条款项])(?={_N}条)")
_IN_A_ROW = re.compile(rf"{_N}(?:(?:[、,和及与或至到]|以及|或者|[~-]{{1,2}})第?{_N})+条?")

LEAD = (
    r"(?:是否|不)?(?:依据|依照|按照|根据|违反了?|适用|援引|引用|参照|触犯了?|符合|参见|见)"
    r"(?:了|本案)?"
)
TAIL = r"(?:(?:的|之|等)?(?:有关|相关)?(?:规定|情形|要求)|[的等])"
"""What sentences put before and behind what they cite."""
_LEAD = re.compile(rf"^{LEAD}")
_TAIL = re.compile(rf"(?<=[条款项目]){TAIL}$")
# 壹 to 玖 in the sums of contracts, 廿 and 卅 in old prints; only where they count articles, for
# 大陆架法 is a statute.
_WRITTEN_OUT = str.maketrans(
    {
        **dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True)),
        **{"廿": "二十", "卅": "三十", "卌": "四十"},
    }
)
_WRITTEN_OUT_PLACE = re.compile(
    rf"(?:第(?:[壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌]|{_DIGIT})+|[廿卅卌]{_DIGIT}?)(?=[条款项目]|$)"
)
_SIGN = re.compile(rf"(?:§+|¶|article|art\.?|[地弟低]第?|[的之])(?={_N})")
# 【行政处罚法】第33条, 行政处罚法：第33条, 行政处罚法#33: up to the first numeral of the text.
_IN_BRACKETS = re.compile(rf"^\(([^()]{{2,80}})\)(?=第|[:,、·_#§]|{_N})")
_ISSUER = re.compile(r"^最高(?:人民)?(?:法院|法|院)(?=关于)")
# The version behind the name: 行政处罚法(2021)33, 行政处罚法2021年修订第33条.
_VERSION = re.compile(
    rf"\((?:19|20)\d\d年?[^()]{{0,6}}\)(?=第?{_N})|(?:19|20)\d\d年?(?:版|修[订正改])本?(?=第?{_N})"
)
_APART = re.compile(rf"^((?:(?!{_DIGIT}).)+?)[:,、·_#]第?(?={_N})")


def read(folded: str, names: Registry) -> tuple[str, Pinpoint] | None:
    """The key of the statute and the place in it that a folded text means: 行复法30(1)(2),
    处罚法33, 行复法30条1款2项, 行复法30-1-2, 行复法. None if the text is anything else.

    In (1)(2) and -1-2 the numbers are paragraph, item and subitem, in this order.
    """
    for match in _readings(folded):
        key = folded_name_key(match["name"])
        if names.work_of_key(key) is not None and (at := _place(match)):
            return key, at
    return None


def mended(text: str) -> str:
    """A text without what leads up to a citation and what follows it, its article spelt as is
    usual: 依据…第33条的规定, 食品安全法地126条, 行政处罚法§33, 第叁拾叁条. What is no slip of
    these stays as it is, folded."""
    bare = _TAIL.sub("", _LEAD.sub("", fold_text(text)))
    bare = _WRITTEN_OUT_PLACE.sub(lambda found: found[0].translate(_WRITTEN_OUT), bare)
    bare = _VERSION.sub("", _ISSUER.sub("", bare))
    bare = _APART.sub(r"\1第", _IN_BRACKETS.sub(r"\1", bare))
    return _SIGN.sub("第", bare)


def spelt_out(text: str, names: Registry) -> str:
    """A list of places behind one name, spelt as prose has it: 处罚法33、34 and 处罚法33-35条 as
    处罚法第33、34条 and 处罚法第33-35条. "" where no name stands at its beginning."""
    bare = mended(text)
    for begun in _NAMED.finditer(bare):
        name, places = bare[: begun.start()], bare[begun.end() :]
        if names.work_of_key(folded_name_key(name)) is None:
            continue
        if _IN_A_ROW.fullmatch(places):
            places = places.replace(",", "、").removesuffix("条") + "条"
        return f"{name}第{_NO_ORDINAL.sub('第', places)}"
    return ""


def _readings(folded: str) -> list[re.Match[str]]:
    """The ways to part a typed text into name and numbers: a name may itself end in a number."""
    whole = _TYPED.fullmatch(folded)
    longest = _TYPED_LONG_NAME.fullmatch(folded)
    return [match for match in (whole, longest) if match]


def _place(match: re.Match[str]) -> Pinpoint | None:
    if match["article"] is None:
        return Pinpoint()
    article: int | str | None = number(match["article"])
    if match["inserted"]:
        article = f"{article}之{number(match['inserted'])}"
    if _goes_on(article, match["rest"]):
        return None
    values: list[int | None] = [None, None, None]
    level = 0
    for digits, unit in _REST.findall(match["rest"]):
        level = "款项目".index(unit) if unit else level
        if level > 2:
            return None
        values[level] = number(digits)
        level += 1
    return Pinpoint(article, *values) if article else None


def _goes_on(article: int | str | None, rest: str) -> bool:
    """Whether what stands behind an article is another one: 33,34; 33-35."""
    following = _NEXT_ARTICLE.match(rest)
    if following is None or not isinstance(article, int):
        return False
    value = number(following[2]) or 0
    return value > (article if following[1] == "," else max(article, _MANY_PARAGRAPHS))
