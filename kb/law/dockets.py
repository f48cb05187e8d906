"""Numbers of cases and papers (案号, 文号): found in a text, made one in spelling, read in parts.

Forms: 渝中府复〔2024〕85号; （2024）渝01行终354号; (2014)榕行终字第379号; 2024-12-3-001-005.
Masked digits (*, ×), a lost bracket, spaces and full width are read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kb.model import Docket, DocketKind, Span
from kb.text.normalise import fold, fold_text


class Instance(StrEnum):
    """Stage of a court case (审级), from its type code."""

    FIRST = "first"
    SECOND = "second"
    RETRIAL_REVIEW = "retrial_review"
    RETRIAL = "retrial"
    ENFORCEMENT = "enforcement"
    NON_LITIGATION = "non_litigation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CourtNumber:
    """The parts of a court's number. year and serial keep masks (202*). court: 渝01, 最高法, 榕.

    specialty: 专门审判代字 such as 知 or 赔, "" where none. type: the type code whole, e.g. 行终.
    """

    year: str
    court: str
    type: str
    serial: str
    instance: Instance
    specialty: str = ""


def find(text: str) -> tuple[tuple[Span, Docket], ...]:
    """Every number in a text, in text order, with the place it stands at."""
    folded = fold(text)
    found: list[tuple[Span, Docket]] = []
    for start, end, kind in _matches(folded.text):
        span = folded.span(start, end)
        raw = span.of(text)
        if _one_piece(raw):
            found.append((span, Docket(raw, _canonical(folded.text[start:end]), kind)))
    return tuple(found)


def normalise(raw: str) -> str:
    """The spelling numbers are compared and shown in: "渝中府复(2024)85号". Brackets and width are
    folded, spaces and the 第 before a serial dropped, a lost bracket put back, masks written *."""
    return _canonical(fold_text(raw))


def same(one: str, other: str) -> bool:
    """Whether two spellings are one number. Masked numbers are the same only when spelt alike."""
    return normalise(one) == normalise(other)


def parse(raw: str) -> CourtNumber | None:
    """The parts of a court's number; None for any other."""
    match = _COURT.fullmatch(fold_text(raw)) or _OLD_COURT.fullmatch(fold_text(raw))
    if match is None:
        return None
    code = match["type"]
    return CourtNumber(
        year=_masks(match["year"]),
        court=match["court"],
        type=code,
        serial=_masks(match["serial"]),
        instance=_instance(code),
        specialty=_specialty(code),
    )


# --- the forms, on folded text -------------------------------------------------------------------

_HAN = "[一-鿿]"
_PROVINCE = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵"
_DIGITS = r"[0-9*×x]"
_YEAR = r"(?:1[89]|20)[0-9*×x]{2}"
_SERIAL = rf"{_DIGITS}{{1,7}}(?:(?:-|之){_DIGITS}{{1,4}})?"
_PART = "(?:之[一二三四五六七八九十0-9]{1,2})?"  # 号之一: a further ruling in one case
# What a court may do; the type code begins with it, perhaps after the court's division.
_TYPES = (
    r"(?:(?:知|商|海|铁|林|环|破|金|涉外|军|少|互)?(?:行|民|刑|执|赔|破|清|财|司|认|协|国|委|法|诉前|保|督|特|仲|监)"
    r"(?:赔|保|知|商|特|督|保令|监|他|辖|提|抗|审|复|异|恢|执|救|调|受|撤|强|更|没|医|惩|初|终|申|再|诉|港|澳|台|外|认|破|管)"
    r"{0,4})"
)
_COURT = re.compile(
    rf"\(?(?P<year>{_YEAR})\)?"
    rf"(?P<court>最高法知|最高法|[{_PROVINCE}]{_DIGITS}{{0,4}}|军{_DIGITS}{{0,2}})"
    rf"(?P<type>{_TYPES})字?第?(?P<serial>{_SERIAL})号{_PART}"
)
_OLD_COURT = re.compile(
    rf"\(?(?P<year>{_YEAR})\)?(?P<court>{_HAN}{{1,8}}?)(?P<type>{_TYPES})字第?(?P<serial>{_SERIAL})号{_PART}"
)
# (2014)渝府复字第12号, (2018)渝劳仲案字第3号
_OLD_PAPER = re.compile(
    rf"\((?P<year>{_YEAR})\)(?P<prefix>{_HAN}{{2,12}}?)字第(?P<serial>{_SERIAL})号"
)
_REFERENCE = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{1,2}-\d{3}-\d{3}(?![\d-])")
# 渝北公(治)行罚决字(2023)第123号: the year in brackets is the anchor, the prefix is read backwards.
_PAPER = re.compile(
    rf"(?:\((?P<year>{_YEAR})\)?|(?P<open>{_YEAR})\)|\((?P<lost>{_YEAR}))(?:第)?"
    rf"(?P<serial>{_SERIAL}(?:[、,]{_SERIAL})*)(?P<end>号)?"
)
_BARE_REVIEW = re.compile(
    rf"(?<={_HAN}{_HAN}复|府复决|复决字|府复字|行复字|行复决)(?P<year>{_YEAR})第(?P<serial>{_SERIAL})号"
)
_PREFIX = re.compile(rf"(?:{_HAN}|\({_HAN}{{1,8}}\)){{2,30}}$")
# Words that run on into a prefix; the prefix begins after the last of them.
_RUN_ON = re.compile(
    r".*(?:作出的?|出具的?|制作的?|下达的?|送达的?|发布的?|印发的?|下发的?|颁发的?|核发的?|签发的?|收到的?|撤销|维持|变更|确认"
    r"|根据|依据|依照|按照|参照|违反|以及|不服|详见|包括|文号|案号|编号|字号|决定书|通知书|告知书|意见书|判决书|裁定书"
    r"|调解书|答复书|认定书|协议书|许可证|证书|处罚决定|复议决定|征收决定|补偿决定|的决定|公告|通告|文件|年度|号|的|为|以|和|及|与|于|了"
    r"|份|将|被|是|系|即|简称为?|下称|分局|管理局|公安局|监督局|政府|委员会|在|对|其|该|由|向|从|按|因|经其|[日月年元条款项])"
)
_REVIEW_PREFIX = re.compile(
    r"(?<![批答回函收修报恢康])复(?:议|决|驳|终|不|受|延|中|调|撤|补|告|审|案|查|止|转|函|理|申|维|确|变|赔|协|予|字|听|停|期|意|建){0,6}$"
)
_NOT_A_PREFIX = re.compile(r"(?:法|条例|规定|办法|规则|细则|解释|标准|规范)$|^(?:第|共|约|近|计)")


def _matches(text: str) -> list[tuple[int, int, DocketKind]]:
    found: list[tuple[int, int, DocketKind]] = []
    for pattern in (_COURT, _OLD_COURT):
        for match in pattern.finditer(text):
            if _believable_court(text, match):
                found.append((match.start(), match.end(), DocketKind.COURT))
    found += [(m.start(), m.end(), DocketKind.REFERENCE) for m in _REFERENCE.finditer(text)]
    for match in _PAPER.finditer(text):
        if paper := _paper(text, match):
            found.append(paper)
    for match in _OLD_PAPER.finditer(text):
        review = _REVIEW_PREFIX.search(match["prefix"]) is not None
        kind = DocketKind.REVIEW if review else DocketKind.DOCUMENT
        found.append((match.start(), match.end(), kind))
    for match in _BARE_REVIEW.finditer(text):
        start = _prefix_start(text, match.start())
        if start is not None:
            found.append((start, match.end(), DocketKind.REVIEW))
    return _without_overlaps(found)


def _believable_court(text: str, match: re.Match[str]) -> bool:
    """A year without brackets must not be the tail of another number, nor court a word of prose."""
    before = text[match.start() - 1 : match.start()]
    if text[match.start()] != "(" and (before.isdigit() or before in "-/.*"):
        return before == ""
    return not re.search(r"[年月日]", match["court"])


def _paper(text: str, match: re.Match[str]) -> tuple[int, int, DocketKind] | None:
    start = _prefix_start(text, match.start())
    if start is None:
        return None
    prefix = text[start : match.start()]
    review = _REVIEW_PREFIX.search(re.sub(r"\([^()]*\)", "", prefix)) is not None
    if not match["end"]:
        # 号 may be lost behind a review's number, but not in front of 年, a unit or a word.
        following = text[match.end() : match.end() + 1]
        if (
            not review
            or not match["year"]
            or not (following == "" or following in '，。,.;:、)"》(')
        ):
            return None
    if match["open"] is not None and not review:
        return None
    kind = DocketKind.REVIEW if review else DocketKind.DOCUMENT
    return start, match.end(), kind


def _prefix_start(text: str, end: int) -> int | None:
    """Where the prefix before a bracketed year begins; None if what stands there is none."""
    match = _PREFIX.search(text, max(0, end - 34), end)
    if match is None:
        return None
    run = match.group()
    cut = _RUN_ON.match(run[:-1])
    start = match.start() + (cut.end() if cut else 0)
    prefix = text[start:end]
    if len(prefix) > _LONGEST_PREFIX:
        begins = [i for i, c in enumerate(prefix) if c in _PROVINCE and len(prefix) - i >= 3]
        near = [i for i in begins if len(prefix) - i <= _LONGEST_PREFIX]
        start += near[0] if near else 0
        prefix = text[start:end]
    if not 2 <= len(prefix) <= _LONGEST_PREFIX or _NOT_A_PREFIX.search(prefix):
        return None
    return None if prefix.startswith("(") and ")" not in prefix[1:] else start


_LONGEST_PREFIX = 16


def _without_overlaps(
    found: list[tuple[int, int, DocketKind]],
) -> list[tuple[int, int, DocketKind]]:
    """Courts' numbers first: (2014)榕行终字第379号 is no paper of some 榕行终字."""
    kept: list[tuple[int, int, DocketKind]] = []
    order = {DocketKind.COURT: 0, DocketKind.REFERENCE: 1, DocketKind.REVIEW: 2}
    taken: set[int] = set()
    for start, end, kind in sorted(found, key=lambda item: (order.get(item[2], 3), item[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, kind))
    return sorted(kept)


def _one_piece(raw: str) -> bool:
    """A narrow column may break a number once; what runs over more lines is no number."""
    return raw.count("\n") <= 1 and len(raw) <= 80


# --- one spelling --------------------------------------------------------------------------------

_LOST_OPEN = re.compile(rf"(?<![(\d])({_YEAR})\)")
_LOST_CLOSE = re.compile(rf"\(({_YEAR})(?!\))")
_NO_BRACKETS = re.compile(rf"^({_YEAR})(?=[{_PROVINCE}最军])")
_SERIAL_MARK = re.compile(rf"(?<=\))第(?={_DIGITS})|(?<=[初终申再审监执复他提抗辖])第(?={_DIGITS})")


def _canonical(folded: str) -> str:
    if _REFERENCE.fullmatch(folded):
        return folded
    number = _masks(folded)
    number = _NO_BRACKETS.sub(r"(\1)", number)
    number = _LOST_OPEN.sub(r"(\1)", number)
    number = _LOST_CLOSE.sub(r"(\1)", number)
    if "(" not in number:
        number = re.sub(rf"^({_HAN}+)({_YEAR})第?(?={_DIGITS})", r"\1(\2)", number)
    return _SERIAL_MARK.sub("", number)


def _masks(number: str) -> str:
    return re.sub(r"[×x]", "*", number)


# --- type codes ----------------------------------------------------------------------------------

_INSTANCES = (
    ("申", Instance.RETRIAL_REVIEW),
    ("监", Instance.RETRIAL_REVIEW),
    ("抗", Instance.RETRIAL),
    ("再", Instance.RETRIAL),
    ("提", Instance.RETRIAL),
    ("终", Instance.SECOND),
    ("初", Instance.FIRST),
    ("执", Instance.ENFORCEMENT),
    ("审", Instance.NON_LITIGATION),
)


def _instance(code: str) -> Instance:
    """行赔终 -> second. 行审 is the review of an application to enforce (非诉行政执行审查)."""
    for ending, instance in _INSTANCES:
        if code.endswith(ending) or (ending == "执" and code.startswith("执")):
            return instance
    return Instance.OTHER


def _specialty(code: str) -> str:
    """知 in 知民初, 赔 in 行赔终."""
    if code[:1] in "知商海铁林环金军少互":
        return code[0]
    return "赔" if "赔" in code[1:] else ""
