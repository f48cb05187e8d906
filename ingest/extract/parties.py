"""The parties, where the page names them plainly: in titles like 甲诉乙…案 and as 申请人甲."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted
from ingest.extract.options import Options
from ingest.extract.paper_parties import paper_parties
from ingest.extract.parts import is_lawsuit
from kb.model import Claim, Content, Party, PartyRole, Role, Span

_ORGAN = (
    r"(?:人民政府|政府|街道办事处|管理委员会|管委会|委员会|公安局|分局|派出所"
    r"|大队|支队|总队|中心|局|厅|部(?!门)|院|办公室|办(?!事|公))"
)
_COMPANY = (
    r"(?:公司(?:[\u4e00-\u9fff]{1,8}?(?:店|分公司|支公司|支行))?|集团(?![）)])|厂|超市|药房|诊所|医院|学校"
    r"|中心|合作社|经营部|商行|企业|工作室|宾馆|酒店|农场|支行|银行|食堂|餐饮店|[^书]店|养殖场|加油站|茶庄)"
)
_PERSON = r"[\u4e00-\u9fff](?:某{1,2}|[*＊×xX]{1,2}|[甲乙丙丁])"
_NAME = (
    rf"(?:{_PERSON}(?:等[^，。、]{{0,4}}人)?"
    rf"|[^，。：:、\s]{{2,40}}?(?:有限(?:责任)?{_COMPANY}|{_ORGAN}|{_COMPANY}))"
)
_AGAINST = re.compile(
    rf"^(?P<one>[^，。：:\s]{{2,60}}?)(?P<verb>(?<![投起上申])诉|不服)(?P<other>{_NAME}(?:、{_NAME})*)"
)
# 退休职工宋某不服…: who applies, where the title does not say against whom.
_APPLIES = re.compile(
    r"^(?P<before>[^，。：:\s]{0,20}?)(?P<one>"
    rf"{_PERSON}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{0,6}}某(?!某)[\u4e00-\u9fff]{{1,12}}?)"
    r"(?:等[\u4e00-\u9fff\d]{0,5}?[人户])?(?=不服|请求|申请)"
)
_LABELS = {
    "申请人": PartyRole.APPLICANT,
    "被申请人": PartyRole.RESPONDENT,
    "第三人": PartyRole.THIRD_PARTY,
    "原告": PartyRole.PLAINTIFF,
    "被告": PartyRole.DEFENDANT,
    "上诉人": PartyRole.APPELLANT,
    "被上诉人": PartyRole.APPELLEE,
}
_LABELLED = re.compile(
    r"(?<![\u4e00-\u9fff])?(?P<label>被申请人|申请人|第三人|被上诉人|上诉人|原告|被告)\s*[：:]?\s*"
    rf"(?P<name>{_PERSON}[\u4e00-\u9fff]?|[^，。；：、（）()\s]{{2,40}}?(?:{_ORGAN}|{_COMPANY}))"
    r"(?=[，。；：、（(\s不系于在为是向与和提认称请因对未辩]|$)"
)
# 某区城市管理局（被申请人）: the label behind the name.
_BRACKETED = re.compile(
    r"[（(](?:以下简称|下称|以下称)?[“\"]?(?P<label>被申请人|被告|第三人)[”\"]?[）)]"
)
_LABEL_BEHIND = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,30}}?{_ORGAN}){_BRACKETED.pattern}")
_BEFORE_NAME = re.compile(r"^.*(?:[向由对被的月日因经以]|不服|诉)(?=[\u4e00-\u9fff]{3})")
_NOT_A_NAME = re.compile(r"[的了是不向于与对在从被将诉因]|申请|认为|提出|提供|复议|请求")
_ROLES = frozenset({Role.HEAD, Role.PARTIES, Role.FACTS, Role.CLAIMS, Role.OTHER})


def parties(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[Party], ...]:
    """Each party once a role, by the name the text gives."""
    introduced = paper_parties(content)
    if content.section(Role.PARTIES) and introduced:
        return introduced
    claims: dict[tuple[str, PartyRole], Claim[Party]] = {}
    for rule, party, span in (*_of_title(content), *_labelled(content)):
        claim = Claim(party, quoted(rule, content.text, span))
        claims.setdefault((party.name, party.role), claim)
    for introduction in introduced:
        claims.setdefault((introduction.value.name, introduction.value.role), introduction)
    return tuple(claims.values())


def _of_title(content: Content) -> Iterator[tuple[str, Party, Span]]:
    court = is_lawsuit(content)
    for title in (content.title, content.subtitle.lstrip("—–- ")):
        match = _AGAINST.match(title)
        at = content.text.find(title)
        if at < 0:
            continue
        if not match or re.search(r"不予|不履|请求|撤销|决定|申请", match["other"]):
            if not court and (alone := _APPLIES.match(title)):
                start, end = alone.span("one")
                span = Span(at + start, at + end)
                yield from _each("parties.title", alone["one"], PartyRole.APPLICANT, span)
            continue
        sues = match["verb"] == "诉" and court
        first = PartyRole.PLAINTIFF if sues else PartyRole.APPLICANT
        second = PartyRole.DEFENDANT if sues else PartyRole.RESPONDENT
        for group, role in (("one", first), ("other", second)):
            start, end = match.span(group)
            yield from _each("parties.title", match[group], role, Span(at + start, at + end))
        return


def _labelled(content: Content) -> Iterator[tuple[str, Party, Span]]:
    for section in content.sections:
        if section.role not in _ROLES:
            continue
        body = section.body.of(content.text)
        for match in _LABELLED.finditer(body):
            start, end = match.span("name")
            if _NOT_A_NAME.search(match["name"]):
                continue
            span = Span(section.body.start + start, section.body.start + end)
            yield from _each("parties.label", match["name"], _LABELS[match["label"]], span)
        # A text without such brackets, as most are, is not tried for a name at every character.
        behind = _LABEL_BEHIND.finditer(body) if _BRACKETED.search(body) else ()
        for match in behind:
            start, end = match.span("name")
            if lead := _BEFORE_NAME.match(match["name"]):
                start += lead.end()
            if end - start >= 3:
                span = Span(section.body.start + start, section.body.start + end)
                yield from _each("parties.label", body[start:end], _LABELS[match["label"]], span)


def _each(rule: str, names: str, role: PartyRole, span: Span) -> Iterator[tuple[str, Party, Span]]:
    """One party a name: 王某某、陈某某 are two."""
    at = span.start
    for name in re.split(r"(、)", names):
        bare = re.sub(r"等[^等]{0,4}人$", "", name)
        if len(bare) >= 2:
            yield rule, Party(bare, role, _is_natural(bare)), Span(at, at + len(bare))
        at += len(name)


def _is_natural(name: str) -> bool:
    """A name of a person: short, and not one of an organ or a business."""
    business = re.search(rf"(?:{_ORGAN}|{_COMPANY}|[社馆站场行庄坊])$", name)
    return len(name) <= 4 and not name.startswith("某") and not business
