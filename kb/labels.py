"""What is shown for the codes of a record: kinds, sections, regions, terms of the taxonomies."""

from __future__ import annotations

from collections.abc import Sequence

from kb import places
from kb.answers import Coded, RegionAnswer
from kb.issues import Taxonomy
from kb.model import Content, Kind, Region, Role, settled

KIND_LABELS = {
    Kind.TYPICAL_CASE: "典型案例",
    Kind.REVIEW_DECISION: "行政复议决定书",
    Kind.JUDGMENT: "裁判文书",
    Kind.GUIDING_CASE: "指导性案例",
    Kind.REFERENCE_CASE: "参考案例",
}
# Articles of statutes are searched like records, under kinds of their own.
STATUTE_LABELS = {"statute": "法规条文", "statute_superseded": "法规条文（旧版）"}
FIELD_LABELS = {
    "batch": "批次",
    "publishers": "发布机关",
    "published": "发布日期",
    "decided": "决定日期",
    "dockets": "案号",
    "parties": "当事人",
    "regions": "地区",
    "acts": "行政行为",
    "issues": "争议焦点",
    "outcomes": "处理结果",
    "citations": "引用法条",
    "keywords": "关键词",
}
ROLE_LABELS = {
    Role.HEAD: "标题",
    Role.KEYWORDS: "关键词",
    Role.PARTIES: "当事人",
    Role.FACTS: "基本案情",
    Role.CLAIMS: "请求与主张",
    Role.DEFENCE: "答复与答辩",
    Role.REVIEW: "复议审理",
    Role.REASONS: "裁判理由",
    Role.RESULT: "处理结果",
    Role.HOLDING: "裁判要旨",
    Role.SIGNIFICANCE: "典型意义",
    Role.COMMENTARY: "评析",
    Role.STATUTES: "相关法条",
    Role.TAIL: "文末",
    Role.OTHER: "其他段落",
}


def regions(content: Content) -> list[RegionAnswer]:
    """Each region once a role, with what has become of it."""
    return [region_answer(region) for region in settled(content.regions)]


def coded(taxonomy: Taxonomy, codes: Sequence[str]) -> list[Coded]:
    """Codes with their labels; a code the taxonomy no longer has stands for itself."""
    terms = [(code, taxonomy.get(code)) for code in codes]
    return [Coded(code=code, label=term.label if term else code) for code, term in terms]


def region_answer(region: Region) -> RegionAnswer:
    """A region in its role, with 原 in the note if it is no more."""
    label = places.label(region.code)
    note = label if label.startswith("原") else ""
    return RegionAnswer(code=region.code, name=region.name, role=region.role.value, note=note)
