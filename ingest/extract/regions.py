"""The regions a record has to do with, and what each has to do with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from ingest.document import SourceDocument
from ingest.extract.evidence import given, quoted, stated
from ingest.extract.options import Options
from ingest.extract.paper_regions import paper_regions
from ingest.extract.parts import is_paper
from kb import places
from kb.model import Claim, Content, Region, RegionRole, Role, Section, Span, settled

# Words around an organ that make it a party's counterpart or the one who decides.
_ACTS_BEHIND = re.compile(
    r"^[^。；，\n]{0,20}?(?:作出|认为|查明|受理|经审理|审理|答复|决定|认定|责令|处罚|查封|扣押|拆除|征收|辩称|称|提交"
    r"|以.{0,24}号|向.{0,12}(?:作出|发出|送达)|告知|通知|检查|立案|制作|制发|终止|驳回|撤销|维持|依照|依据|核定|核发|批准|拒绝|要求|[（(](?:以下简称)?(?:被申请人|被告))"
)
_ACTS_BEFORE = re.compile(
    r"(?:不服|被申请人|被告|诉|复议机关|向|由|上诉人|经|请求|申请)(?:原|是|为|：|:)?$"
)
_COMPANY = re.compile(
    r"^[某\w×Ｘ\u4e00-\u9fff]{0,12}?(?:公司|集团|厂(?!房)|合作社|经营部|商行|企业|工作室)"
)
# What stands before the name of a party, in the facts; in a title nothing needs to.
_PARTY_BEFORE = re.compile(r"(?:申请人|原告|上诉人|第三人|当事人|被处罚人)(?:系|为|是|：|:)?$")
# An organ that the list of organs does not know, said to be the respondent.
_RESPONDS = re.compile(
    r"^[\u4e00-\u9fff]{2,20}?[（(][^（）()。；]{0,20}(?:被申请人|被告|被上诉人)[）)]"
)
_LIVES = re.compile(r"^(?:[^。；，\n]{0,8})?(?:居民|村民|户籍|人)")
_LIVES_BEFORE = re.compile(r"(?:户籍|住所?地?|籍贯|家住|住所地)(?:在|位于|为|：|:)?$")
_PLACE_BEFORE = re.compile(r"(?:位于|在|坐落于?|途经|行至|驶?至|于|辖区|地处|址在|涉案地)$")
_PLACE_BEHIND = re.compile(
    r"^(?:某[\u4e00-\u9fff]{0,6}?(?:村|镇|乡|街道|社区|小区|工地|项目|地块|路|园区|厂房|组)|一处|境内|辖区|内的)"
)
_ELSEWHERE = re.compile(r"^[^，。；]{0,4}(?:务工|打工|上班|就读|出差|旅游|生活)")
_FACTS = frozenset({Role.HEAD, Role.FACTS, Role.REVIEW, Role.RESULT, Role.OTHER, Role.CLAIMS})
_SIX_DIGITS = re.compile(r"\d{6}$")


def regions(content: Content, _: SourceDocument, options: Options) -> tuple[Claim[Region], ...]:
    """Each region once a role, with the words that name it.

    Organs that act or are acted against give AUTHORITY and COURT; a company's or resident's place
    PARTY; a place where something stands or happened ACT; publishers PUBLISHER.
    """
    day = next(iter(settled(content.decided)), None)
    claims: dict[Region, Claim[Region]] = {}
    for claim in (
        *_given(options),
        *(_of_paper(content, day) if is_paper(content) else _of_case(content, day)),
        *_of_publishers(content),
    ):
        claims.setdefault(claim.value, claim)
    return tuple(claims.values())


def _given(options: Options) -> Iterator[Claim[Region]]:
    if not options.region:
        return
    codes = (
        [options.region]
        if _SIX_DIGITS.match(options.region)
        else [mention.code for mention in places.find(options.region)][-1:]
    )
    for code in codes:
        place = places.place(code)
        yield Claim(Region(code, place.full_name, RegionRole.AUTHORITY), given(options.region))


def _of_case(content: Content, day: date | None) -> Iterator[Claim[Region]]:
    organs = places.authorities(content.text, day)
    yield from _organs(content, organs)
    yield from _named(content, day, [organ.span for organ in organs])


def _of_paper(content: Content, day: date | None) -> Iterator[Claim[Region]]:
    """Those of a formal paper's parties, and from its words the courts below and the place of the
    act; where it introduces no parties, all that its words tell."""
    if content.section(Role.PARTIES) is None:
        yield from _of_case(content, day)
        return
    yield from paper_regions(content, day)
    for claim in _of_case(content, day):
        place = claim.evidence.span
        section = _section_at(content, place) if place else None
        told_before = section is not None and section.role is Role.REVIEW
        if claim.value.role is RegionRole.ACT or (
            claim.value.role is RegionRole.COURT and told_before
        ):
            yield claim


def _organs(content: Content, organs: tuple[places.Authority, ...]) -> Iterator[Claim[Region]]:
    """The regions of courts, and of the organs that acted, decided, or were applied against."""
    text = content.text
    for organ in organs:
        section = _section_at(content, organ.span)
        if section is None or section.role not in _FACTS:
            continue
        if not organ.court and not _has_a_part(text, organ.span, section):
            continue
        role = RegionRole.COURT if organ.court else RegionRole.AUTHORITY
        region = Region(organ.region_code, places.place(organ.region_code).full_name, role)
        yield Claim(region, quoted(f"region.{role}", text, organ.span))


def _has_a_part(text: str, span: Span, section: Section) -> bool:
    if section.role is Role.HEAD:
        return True
    before, behind = text[max(0, span.start - 8) : span.start], text[span.end : span.end + 60]
    return bool(_ACTS_BEFORE.search(before) or _ACTS_BEHIND.search(behind))


def _named(content: Content, day: date | None, taken: list[Span]) -> Iterator[Claim[Region]]:
    """Regions named by themselves, not in the names of organs (taken): of a party, or of the place
    where it happened."""
    text = content.text
    mentions = places.find(text, day)
    shared = {span for span, times in Counter(m.span for m in mentions).items() if times > 1}
    for mention in mentions:
        if mention.span in shared and places.place(mention.code).level is places.Level.PROVINCE:
            continue  # 川渝: where in them is not said
        if any(span.start < mention.span.end and mention.span.start < span.end for span in taken):
            continue
        section = _section_at(content, mention.span)
        if section is None or section.role not in _FACTS:
            continue
        before = text[max(0, mention.span.start - 8) : mention.span.start]
        role = _role(before, text[mention.span.end : mention.span.end + 24], section)
        if role:
            region = Region(mention.code, mention.name, role)
            yield Claim(region, quoted(f"region.{role}", text, mention.span))


def _role(before: str, behind: str, section: Section) -> RegionRole | None:
    in_title = section.role is Role.HEAD
    if _RESPONDS.match(behind):
        return RegionRole.AUTHORITY
    if _COMPANY.match(behind):
        told = in_title or behind.startswith("某") or _PARTY_BEFORE.search(before)
        return RegionRole.PARTY if told and section.role is not Role.REVIEW else None
    if _LIVES.match(behind) or _LIVES_BEFORE.search(before):
        return RegionRole.PARTY
    if in_title or _ELSEWHERE.match(behind):
        return None
    happened = _PLACE_BEFORE.search(before) or _PLACE_BEHIND.match(behind)
    return RegionRole.ACT if happened else None


def _of_publishers(content: Content) -> Iterator[Claim[Region]]:
    for name in settled(content.publishers):
        mentions = places.find(name)
        if mentions:
            last = mentions[-1]
            region = Region(last.code, last.name, RegionRole.PUBLISHER)
            yield Claim(region, stated("region.publisher", name))


def _section_at(content: Content, span: Span) -> Section | None:
    for section in content.sections:
        if section.span.start <= span.start < section.span.end:
            return section
    return None
