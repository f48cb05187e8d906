"""Forms of writing in which whatever stands is a person's name, be it a word or of any people.

A party's entry (申请人：高兴，男), the names at the head of a case's title (高峰诉某公司…案), names
of peoples that have no Chinese surnames (扎西卓玛).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.check.name_weights import around
from ingest.check.name_words import NameWords, name_words
from ingest.check.plain import HAN
from kb.model import Span

_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_HEAD = r"[#\s\d.]*(?:案例[^\s:]{0,4}[: ]+)?"
_CASE = r"[^,。\n]{4,60}案(?:例?$|\()"
_ROLE = (
    r"(?:委托|法定|诉讼|指定)?(?:申请人|上诉人|申诉人|执行人|第三人|原告|被告人?|代理人|(?<!法定)代表人|监护人|继承人|经营者|处罚人"
    r"|当事人|投诉人|举报人|询问人|信访人|证人|户主|业主|承包人|承租人|出租人|收件人|姓名|户名)"
    r"(?:[一二三四五六七八九十]|\d{1,2})?(?:\([^()]{1,12}\))?"
)
_PERSON = (
    r"[,( ]+(?:性别:?)?[男女](?:[,。;) ]|$)"
    rf"|[,( ]+[{HAN}]{{1,4}}族[,。;)]"
    r"|[,( ]*(?:公民)?身份证?号?码"
    rf"|[,( ]+(?:{_DATE}|\d{{4}}年(?:\d{{1,2}}月)?)[出生]"
    r"|[,( ]+(?:系[^,。;]{0,10}(?:之|的)|住)"
)
# Any name of a party whose sex, people, birth or home follows.
_DESCRIBED = re.compile(
    rf"{_ROLE}[: ]+(?P<name>[{HAN}](?:[{HAN}·]{{1,9}}?| {{1,2}}[{HAN}]))(?={_PERSON})"
)
# 申请人：Mike Johnson，男; a home tells nothing, firms have Latin names too.
_LATIN = re.compile(
    rf"{_ROLE}[: ]+(?P<name>[A-Z][A-Za-z.'-]+(?:[ ·][A-Z][A-Za-z.'-]*){{0,3}})"
    rf"(?=[,( ]+(?:(?:性别:?)?[男女](?:[,。;) ]|$)|[{HAN}]{{1,6}}(?:籍|公民)|{_DATE}出?生))"
)
# A name with a dot of any sounds: 申请人：爱新觉罗·启星, or without a colon before what parties do.
_DOTTED = re.compile(
    rf"{_ROLE}(?P<colon>[: ]+)?(?P<name>[{HAN}]{{2,8}}(?:·[{HAN}]{{2,8}}?){{1,2}})"
    rf"(?=不服|诉|作证|(?(colon)(?:[^{HAN}·]|$|[等与和及因向系])|(?!)))"
)
_KIN = re.compile(r"(?:[其之长次妻儿父母婆]子|\d日)$")
_ONE = rf"[{HAN}]{{2,4}}?"
_LIST = rf"(?P<names>{_ONE}(?:(?:、|和|与|及){_ONE})*)"
# Where any name may stand that begins with a surname.
_STRICT = (
    # 申请人：高兴、江山。
    re.compile(
        rf"(?m)(?:^|[,。;:( ]){_ROLE}(?:\(?签[名字]\)?)?(?::|(?=\n)) *{_LIST}(?=等|[,。;( ]|$)"
    ),
    # 高峰、江山等三人诉某公司…案, at the head of a line.
    re.compile(rf"(?m)^{_HEAD}{_LIST}(?:等[^,。\n]{{0,5}})?(?:不服|诉(?!讼)){_CASE}"),
    # 向阳不服该决定.
    re.compile(rf"(?m)(?:^|[。;])(?P<names>{_ONE})(?=不服)"),
    re.compile(rf"(?:我叫|名叫|姓名是)(?P<names>{_ONE})(?=[,。;])"),
    # 安静，女，1990年生.
    re.compile(rf"(?m)(?:^|[,。;、 ])(?P<names>{_ONE})(?=[,(] ?[男女](?:[,)]|$))"),
)
# Where other words stand as well.
_LOOSE = (
    re.compile(
        rf"(?m)^{_HEAD}{_LIST}(?:等[^,。\n]{{0,5}})?"
        rf"(?:申请(?!人)|请求|要求|与|投诉|举报){_CASE}"
    ),
)
_ORGAN = re.compile(r"[局厅院店厂社行部馆所站队场校]$|公司|政府|委员会|中心|学校|集团|个体|合作社")
_ESTATE = re.compile(r"[城苑府园湾室吧区期]$")
_NEAR = 8  # characters beside a name that are cut into words
_MASKED = re.compile(r"某|[×*＊]|[xX]{2}")


def formal(text: str) -> Iterator[Span]:
    """The names in a text made plain that its form alone tells."""
    words = name_words()
    for match in (*_DESCRIBED.finditer(text), *_LATIN.finditer(text)):
        if not _MASKED.search(match["name"]) and not _ORGAN.search(match["name"]):
            yield Span(*match.span("name"))
    for forms, no_names in ((_STRICT, words.others), (_LOOSE, words.others | words.own)):
        for match in (found for form in forms for found in form.finditer(text)):
            for one in re.finditer(rf"[{HAN}]+?(?=、|和|与|及|$)", match["names"]):
                if _may_be(one.group(), no_names, words):
                    start = match.start("names") + one.start()
                    yield Span(start, start + len(one.group()))
    told = [
        _outside_words(text, Span(*match.span()), words) for match in words.peoples.finditer(text)
    ]
    yield from told
    for match in _DOTTED.finditer(text):
        name, span = match["name"], Span(*match.span("name"))
        apart = not any(one.start < span.end and span.start < one.end for one in told)
        if apart and not any(no.search(name) for no in (_MASKED, _ORGAN, _ESTATE)):
            yield span
    yield from _parts(text, words)


def _outside_words(text: str, span: Span, words: NameWords) -> Span:
    """A name with a dot without what belongs to the words beside it: 妻|子古丽·买买提不|服."""
    first, last = text.find("·", span.start, span.end), text.rfind("·", span.start, span.end)
    if first < 0:
        return span
    from_, start, end = max(0, span.start - _NEAR), span.start, span.end
    inside = {from_ + at for at in words.inside(text[from_ : span.end + _NEAR])}
    while start < first - 2 and (
        start in inside or _KIN.search(text, max(0, start - 1), start + 1)
    ):
        start += 1
    while end > last + 3 and end in inside:
        end -= 1
    return Span(start, end)


def _parts(text: str, words: NameWords) -> Iterator[Span]:
    """A name of one part, where a label stands before it or what only persons do behind it."""
    for match in words.part.finditer(text):
        before, behind, _ = around(text, Span(*match.span()))
        if max(before, behind) == 3 and before + behind > 3:
            yield Span(*match.span())


def _may_be(name: str, no_names: frozenset[str], words: NameWords) -> bool:
    surname = words.surname(name)
    given = name[len(surname) :]
    return bool(
        surname
        and 1 <= len(given) <= 2
        and not {name, name[:2]} & no_names
        and name not in words.nobody
        and given not in words.titles
        and (name in words.pairs or not words.cut(given))
        and not _MASKED.search(name)
        and not _ORGAN.search(name)
    )
