"""Numbers that lead to a person: identity, telephone, plate, bank, mail, accounts of services."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.check.checksums import is_card, is_credit_code, is_id, is_old_id
from ingest.check.findings import Certainty, Hit, Kind
from ingest.check.plain import GAP, HAN
from kb.model import Span

MASK = "×××"
_WHY = "自然人的{}应当删除或以×替代（法释〔2016〕19号第十条）"
# Runs of digits with blanks and dashes between them, not part of a longer word or number. A dot or
# comma between digits makes an amount.
_RUN = re.compile(
    rf"(?<![\dA-Za-z*×])(?<!\d[.,])\d(?:{GAP}?\d){{6,23}}(?:{GAP}?[Xx])?(?![\dA-Za-z*×])(?![.,]\d)"
)
# An identity number that the end of a line broke; only its checksum tells it from two numbers.
_BROKEN = re.compile(
    rf"(?<![\dA-Za-z*×])\d(?:{GAP}?\d){{0,16}}\n{GAP}*\d(?:{GAP}?\d){{0,16}}[Xx]?(?![\dA-Za-z*×])"
)
_AREA = r"(?:010|02\d|0[3-9]\d{2})"
_PHONE = re.compile(
    rf"(?<![\dA-Za-z*×])(?<!\d[.,-])(?:"
    rf"(?:\(?(?:\+|00)?86\)?{GAP}?)?1{GAP}?[3-9](?:{GAP}?\d){{9}}"
    rf"|\({_AREA}\){GAP}?[2-9]\d{{2,3}}{GAP}?\d{{4}}|{_AREA}{GAP}?[2-9]\d{{2,3}}{GAP}?\d{{4}}"
    rf")(?![\dA-Za-z*×])(?![.,]\d|{GAP}\d{{5}})"
)
_LOCAL_PHONE = re.compile(
    r"(?:电话|座机|传真|联系方式)(?:号码?)?(?:为|是)?[: ]*"
    r"(?P<number>[2-9]\d{2,3}[ -]?\d{4})(?!\d|[.,]\d|[*×年元])"
)
_SIGN = r"A-HJ-NP-Za-hj-np-z"
# Five signs, six of a new-energy car, four and 挂 and the like.
_PLATE = re.compile(
    rf"(?<![A-Za-z\d])(?P<plate>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    rf" ?[{_SIGN}][ ·.-]{{0,2}}(?:[{_SIGN}\d]{{4}}[学警港澳挂]|[{_SIGN}\d]{{5,6}}))(?![A-Za-z\d*×])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z\d._%+-])[A-Za-z\d][A-Za-z\d._%+-]*@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+(?![A-Za-z\d-])"
)
_PUBLIC_MAIL = re.compile(r"gov\.cn$", re.I)
_SERVICE = re.compile(
    r"(?:微信(?!公众)|QQ|Qq|qq|支付宝|抖音|快手|小红书|旺旺)(?:账号|帐号|账户|号码?|ID|群)?"
    r"(?:为|是|名为)?[ :\"“]*(?P<account>[A-Za-z\d][A-Za-z\d_-]{4,19})(?![A-Za-z\d@*×])"
)
_ID_CUE = re.compile(rf"(?:身份证|公民身份|身份号|证件|驾驶证|社会保障|社保)[{HAN}]{{0,6}}[:( ]*$")
_TRAVEL = re.compile(
    r"(?:护照|通行证|军官证|士兵证|居留证|居住证)(?:号码?|编号)?(?:为|是)?[: ]*"
    r"(?P<number>(?=[A-Za-z\d]*\d{6})[A-Za-z]{0,3}\d{6,10})(?![A-Za-z\d*×])"
)
_BANK_CUE = re.compile(rf"(?:卡号|账号|帐号|账户|帐户|银行卡|信用卡|储蓄卡)[{HAN}]{{0,3}}[:( ]*$")
_SERVICE_CUE = re.compile(r"(?:微信|QQ|qq|支付宝|抖音|快手|电表|水表|用户|燃气)[^,。;]{0,6}$")
# Numbers of papers and goods: whatever they look like, they are nobody's.
_PAPER_CUE = re.compile(
    r"(?:信用代码|注册号|许可证|登记证|执照|产权证|编号|单号|订单|运单|物流|快递|邮件|流水|受理|文号|发票"
    rf"|批号|货号|条码|条形码|合同|票据|商标|宗地|地块|期号|案号|使用权|No\.?)"
    rf"[{HAN}A-Za-z第]{{0,6}}[:.( ]*$"
)
_CARD_BEGINS = ("62", "60", "4", "51", "52", "53", "54", "55", "35", "37", "95")


def numbers(text: str) -> Iterator[Hit]:
    """Every such number in a text made plain. What is masked in part (138****8025) is left out."""
    taken: list[Span] = []
    for hit in (*_papers(text), *_runs(text), *_phones(text), *_plates(text), *_accounts(text)):
        if not any(hit.span.start < span.end and span.start < hit.span.end for span in taken):
            taken.append(hit.span)
            yield hit


def _papers(text: str) -> Iterator[Hit]:
    """Numbers of passports and the like, which the word before them tells."""
    for match in _TRAVEL.finditer(text):
        span, why = Span(*match.span("number")), _WHY.format("证件号码")
        yield Hit(Kind.ID_NUMBER, span, "number.paper", why, Certainty.LIKELY, MASK)


def _runs(text: str) -> Iterator[Hit]:
    for match in _RUN.finditer(text):
        for kind, certainty, start, end in _number(text, match):
            rule, label = ("id", "身份证号码") if kind is Kind.ID_NUMBER else ("bank", "银行账号")
            why = _WHY.format(label)
            if kind is Kind.BANK_ACCOUNT:
                why = "银行账号应当删除或以×替代（法释〔2016〕19号第十条）"
            yield Hit(kind, Span(start, end), f"number.{rule}", why, certainty, MASK)
    for match in _BROKEN.finditer(text):
        number = re.sub(rf"{GAP}|\n", "", match.group()).upper()
        if len(number) == 18 and is_id(number):
            why = _WHY.format("身份证号码")
            yield Hit(
                Kind.ID_NUMBER, Span(*match.span()), "number.id", why, Certainty.CERTAIN, MASK
            )


def _number(text: str, match: re.Match[str]) -> Iterator[tuple[Kind, Certainty, int, int]]:
    """What a run of digits is: an identity number by checksum or by the word before it, an account
    by the word before it or by checksum and issuer."""
    start, end = match.span()
    number = re.sub(GAP, "", match.group()).upper()
    before = text[max(0, start - 16) : start]
    if len(number) == 18 and is_id(number) and not _is_code(number, before):
        yield Kind.ID_NUMBER, Certainty.CERTAIN, start, end
    elif len(number) in (15, 18) and _ID_CUE.search(before):
        sure = len(number) == 15 and is_old_id(number)
        yield Kind.ID_NUMBER, Certainty.CERTAIN if sure else Certainty.LIKELY, start, end
    elif _PAPER_CUE.search(before) or number.endswith("X"):
        return
    elif _BANK_CUE.search(before) and not _SERVICE_CUE.search(before):
        if 9 <= len(number) <= 24:
            sure = 16 <= len(number) <= 19 and is_card(number)
            yield Kind.BANK_ACCOUNT, Certainty.CERTAIN if sure else Certainty.LIKELY, start, end
    elif 16 <= len(number) <= 19 and number.startswith(_CARD_BEGINS) and is_card(number):
        yield Kind.BANK_ACCOUNT, Certainty.LIKELY, start, end
    elif len(number) == 15 and is_old_id(number):
        yield Kind.ID_NUMBER, Certainty.POSSIBLE, start, end


def _is_code(number: str, before: str) -> bool:
    """A unified social credit code that happens to be all digits."""
    return is_credit_code(number) and "代码" in before


def _phones(text: str) -> Iterator[Hit]:
    found = [(match.span(), Certainty.LIKELY) for match in _PHONE.finditer(text)]
    found += [(match.span("number"), Certainty.LIKELY) for match in _LOCAL_PHONE.finditer(text)]
    for (start, end), certainty in found:
        before = text[max(0, start - 16) : start]
        if not _PAPER_CUE.search(before):
            why = _WHY.format("通讯方式")
            yield Hit(Kind.PHONE, Span(start, end), "number.phone", why, certainty, MASK)


def _plates(text: str) -> Iterator[Hit]:
    for match in _PLATE.finditer(text):
        tail = match["plate"][2:]
        digits = sum(sign.isdigit() for sign in tail)
        if digits >= (4 if len(re.sub(r"\W", "", tail)) == 6 else 2):
            mask = f"{match['plate'][0]}{MASK}"
            why = "车牌号码应当删除或以×替代（法释〔2016〕19号第十条）"
            yield Hit(Kind.PLATE, Span(*match.span()), "number.plate", why, Certainty.CERTAIN, mask)


def _accounts(text: str) -> Iterator[Hit]:
    for match in _EMAIL.finditer(text):
        if not _PUBLIC_MAIL.search(match.group()):
            span = Span(*match.span())
            why = _WHY.format("通讯方式")
            yield Hit(Kind.EMAIL, span, "number.email", why, Certainty.CERTAIN, MASK)
    for match in _SERVICE.finditer(text):
        account = match["account"]
        if any(sign.isdigit() for sign in account):
            span = Span(*match.span("account"))
            why = _WHY.format("通讯方式")
            yield Hit(Kind.ACCOUNT, span, "number.account", why, Certainty.LIKELY, MASK)
