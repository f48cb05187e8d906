"""What the codes of the knowledge base are called on the site, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from kb.accounts import ROLE_LABELS, Scope, UserRole
from kb.chain import Relation, Stage
from kb.law.statutes import WorkKind
from kb.model import DocketKind, Kind, PartyRole, RegionRole
from kb.search.similar import LegName, Same, Tier
from web.language import chosen

_SET_OFF = re.compile(r"^[\W\d_]+|[\W_]+$")

# The labels that answers carry are Chinese; those of facets and kinds are named here as well, so
# that an English page can say them.
_FACETS = {
    "region": lazy_gettext("地区"),
    "authority_region": lazy_gettext("机关所在地区"),
    "party_region": lazy_gettext("当事人所在地区"),
    "authority": lazy_gettext("机关"),
    "act": lazy_gettext("行政行为"),
    "issue": lazy_gettext("争议焦点"),
    "outcome": lazy_gettext("处理结果"),
    "statute": lazy_gettext("法律依据"),
    "kind": lazy_gettext("文书种类"),
    "publisher": lazy_gettext("发布机关"),
    "batch": lazy_gettext("批次"),
    "year": lazy_gettext("年份"),
}
_STATUTE_FACETS = {
    "region": lazy_gettext("适用地区"),
    "statute": lazy_gettext("法规"),
    "publisher": lazy_gettext("制定机关"),
    "year": lazy_gettext("施行年份"),
}
_KINDS = {
    Kind.TYPICAL_CASE: lazy_gettext("典型案例"),
    Kind.REVIEW_DECISION: lazy_gettext("行政复议决定书"),
    Kind.JUDGMENT: lazy_gettext("裁判文书"),
    Kind.GUIDING_CASE: lazy_gettext("指导性案例"),
    Kind.REFERENCE_CASE: lazy_gettext("参考案例"),
    "statute": lazy_gettext("法规条文"),
    "statute_superseded": lazy_gettext("法规条文（旧版）"),
}
_REGION_ROLES = {
    RegionRole.AUTHORITY: lazy_gettext("办案机关所在地"),
    RegionRole.COURT: lazy_gettext("法院所在地"),
    RegionRole.PARTY: lazy_gettext("当事人所在地"),
    RegionRole.ACT: lazy_gettext("行为发生地"),
    RegionRole.PUBLISHER: lazy_gettext("发布机关所在地"),
}
_PARTY_ROLES = {
    PartyRole.APPLICANT: lazy_gettext("申请人"),
    PartyRole.RESPONDENT: lazy_gettext("被申请人"),
    PartyRole.THIRD_PARTY: lazy_gettext("第三人"),
    PartyRole.REVIEW_AUTHORITY: lazy_gettext("复议机关"),
    PartyRole.COURT: lazy_gettext("法院"),
    PartyRole.PLAINTIFF: lazy_gettext("原告"),
    PartyRole.DEFENDANT: lazy_gettext("被告"),
    PartyRole.APPELLANT: lazy_gettext("上诉人"),
    PartyRole.APPELLEE: lazy_gettext("被上诉人"),
}
_SCOPES = {
    Scope.READ: lazy_gettext("读草稿"),
    Scope.SUBMIT: lazy_gettext("录入、修改、送审"),
    Scope.REVIEW: lazy_gettext("审核"),
    Scope.PUBLISH: lazy_gettext("发布、撤回"),
}
_DOCKET_KINDS = {
    DocketKind.REVIEW: lazy_gettext("复议案号"),
    DocketKind.COURT: lazy_gettext("法院案号"),
    DocketKind.REFERENCE: lazy_gettext("入库编号"),
    DocketKind.DOCUMENT: lazy_gettext("文号"),
}
_SOURCES = {
    "document": lazy_gettext("页面自述"),
    "rule": lazy_gettext("按规则从原文提取"),
    "external": lazy_gettext("随导入给出"),
    "person": lazy_gettext("人工确认"),
}
_CITATIONS = {
    "resolved": lazy_gettext("已核对"),
    "ambiguous": lazy_gettext("版本待定"),
    "unresolved": lazy_gettext("未能确认所指法规"),
}
_STAGES = {
    Stage.REVIEW: lazy_gettext("行政复议"),
    Stage.FIRST: lazy_gettext("一审"),
    Stage.SECOND: lazy_gettext("二审"),
    Stage.RETRIAL_REVIEW: lazy_gettext("再审审查"),
    Stage.RETRIAL: lazy_gettext("再审"),
    Stage.ENFORCEMENT: lazy_gettext("强制执行"),
    Stage.COURT: lazy_gettext("裁判文书"),
    Stage.ACCOUNT: lazy_gettext("公布的案例"),
}
_RELATIONS = {
    Relation.MENTIONED: lazy_gettext("本件提到它的案号"),
    Relation.MENTIONS: lazy_gettext("它提到本件的案号"),
    Relation.SAME: lazy_gettext("案号相同"),
    Relation.SHARED: lazy_gettext("都提到这个文号"),
    Relation.CHAIN: lazy_gettext("经前后程序相连"),
}
_LEGS = {
    LegName.FACTS: lazy_gettext("基本事实"),
    LegName.ISSUE: lazy_gettext("争议焦点"),
    LegName.LAW: lazy_gettext("法律适用"),
}
_LEG_NOTES = {
    LegName.FACTS: lazy_gettext("案情文字太少，无法比较，未计入"),
    LegName.ISSUE: lazy_gettext("看不出争议焦点，无法比较，未计入"),
    LegName.LAW: lazy_gettext("其中一方没有引用能认定的法条，无法比较，未计入"),
}
_TIERS = {
    Tier.GUIDING: lazy_gettext("指导性案例"),
    Tier.TYPICAL: lazy_gettext("典型案例"),
    Tier.REFERENCE: lazy_gettext("参考案例"),
    Tier.OTHER: lazy_gettext("其他案例"),
}
_SAME = {
    Same.DISPUTE: lazy_gettext("同一案件"),
    Same.DUPLICATE: lazy_gettext("重复发布"),
    Same.SERIES: lazy_gettext("同批类似案件"),
}
# In the order of their rank.
STATUTE_KINDS = {
    WorkKind.CONSTITUTION.value: lazy_gettext("宪法"),
    WorkKind.LAW.value: lazy_gettext("法律"),
    WorkKind.ADMINISTRATIVE_REGULATION.value: lazy_gettext("行政法规"),
    WorkKind.JUDICIAL_INTERPRETATION.value: lazy_gettext("司法解释"),
    WorkKind.DEPARTMENTAL_RULE.value: lazy_gettext("部门规章及文件"),
    WorkKind.LOCAL_REGULATION.value: lazy_gettext("地方性法规"),
    WorkKind.LOCAL_RULE.value: lazy_gettext("地方政府规章"),
    "unknown": lazy_gettext("未归类"),
}
_CHANGES = {
    "same": lazy_gettext("文字未改"),
    "renumbered": lazy_gettext("仅条号变动"),
    "revised": lazy_gettext("修改"),
    "split": lazy_gettext("拆分"),
    "merged": lazy_gettext("合并"),
    "added": lazy_gettext("新增"),
    "dropped": lazy_gettext("删去"),
}


def facet(name: str, label: str) -> str:
    """A facet's name; the answer's own label where the site has none. within: of the words that a
    search within the results looks for."""
    if name == "within":
        return gettext("结果中含")
    return str(_FACETS.get(name, label))


def completed_kinds() -> dict[str, str]:
    """What the kinds of suggestions in a search box are called."""
    return {name: str(said) for name, said in {**_FACETS, "docket": gettext("案号")}.items()}


def statute_facet(name: str, label: str) -> str:
    """A facet's name where articles of statutes are searched."""
    return str(_STATUTE_FACETS.get(name, facet(name, label)))


def kind(code: str) -> str:
    return _named(_KINDS, code)


def region_role(code: str) -> str:
    return _named(_REGION_ROLES, code)


def party_role(code: str) -> str:
    return _named(_PARTY_ROLES, code)


def user_role(code: str) -> str:
    return code.capitalize() if chosen() == "en" else ROLE_LABELS[UserRole(code)]


def scope(code: str) -> str:
    return _named(_SCOPES, code)


def docket_kind(code: str) -> str:
    return _named(_DOCKET_KINDS, code)


def claim_source(code: str) -> str:
    return _named(_SOURCES, code.lower())


def citation_status(code: str) -> str:
    return _named(_CITATIONS, code)


def stage(code: str) -> str:
    """Where a record stands in its dispute."""
    return _named(_STAGES, code)


def relation(code: str) -> str:
    """What joins a record to another."""
    return _named(_RELATIONS, code)


def leg(code: str) -> str:
    """One of the three legs on which cases are compared."""
    return _named(_LEGS, code)


def leg_note(code: str) -> str:
    """Why a leg cannot be judged."""
    return _named(_LEG_NOTES, code)


def tier(code: str) -> str:
    """The authority of a similar case."""
    return _named(_TIERS, code)


def same(code: str) -> str:
    """What makes a record no other case, or one of a series."""
    return _named(_SAME, code)


def statute_kind(code: str | None) -> str:
    """The rank of a statute."""
    return _named(STATUTE_KINDS, code or "unknown")


def change(code: str) -> str:
    """What became of an article from one version to another."""
    return _named(_CHANGES, code)


def heading(printed: str) -> str:
    """A heading without the marks and numbers that set it off: ►►►复议审理, 02 基本案情."""
    return _SET_OFF.sub("", printed)


def count(number: int) -> str:
    """A number for reading: 1,613."""
    return f"{number:,}"


def paragraph(number: int) -> str:
    return gettext("第 %(number)s 段", number=number)


def _named(names: Mapping[Any, object], code: str) -> str:
    return str(names.get(code, code))
