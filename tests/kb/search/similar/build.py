"""Invented cases (示例) to compare, and a base to hold them."""

from __future__ import annotations

import hashlib
from datetime import date

from kb import law
from kb.issues import find_acts, find_issues
from kb.law import dockets
from kb.model import (
    Claim,
    Content,
    Evidence,
    Kind,
    Party,
    PartyRole,
    Region,
    RegionRole,
    Role,
    Section,
    Source,
    Span,
)
from kb.service import KnowledgeBase

FOOD = (
    "某超市销售过期饼干三袋，货值九元。市场监督管理局检查时在货架上发现，认定其销售超过保质期的食品，"
    "处以罚款五万元。超市称违法行为轻微，未造成危害后果，请求撤销处罚。"
)
FOOD_AGAIN = (
    "某便利店货架上摆放超过保质期的饮料两瓶，货值六元。市场监督管理局立案后认定销售过期食品，"
    "决定罚款五万元。便利店认为初次违法且及时改正，处罚明显过重。"
)
INJURY = (
    "张某下班骑电动车回家途中与货车相撞受伤，交警认定其负次要责任。人力资源和社会保障局以超过合理"
    "路线为由不予认定工伤。张某不服，申请行政复议。"
)
INJURY_AGAIN = (
    "李某骑摩托车上班途中发生交通事故受伤，负同等责任。人力资源和社会保障局认为不在合理时间，作出"
    "不予认定工伤决定。李某不服，申请行政复议。"
)
DISCLOSURE = (
    "王某向镇人民政府申请公开村内道路硬化工程的招标文件。镇人民政府答复该政府信息不存在，"
    "未说明检索过程。王某不服，申请行政复议。"
)
FOOD_LAW = (
    "依照《中华人民共和国食品安全法》第一百二十四条第一款第五项、"
    "《中华人民共和国行政处罚法》第三十三条第一款。"
)
INJURY_LAW = "依照《工伤保险条例》第十四条第六项。"


def case(
    title: str,
    facts: str,
    reasons: str = "",
    *,
    kind: Kind = Kind.TYPICAL_CASE,
    decided: date | None = None,
    docket: str = "",
    region: str = "",
    applicant: str = "",
) -> Content:
    """A record with a section of facts and one of reasons; acts, issues and citations as found."""
    text = f"{facts}\n{reasons}\n{docket}\n"
    below = len(facts) + 1
    found = Evidence("tests")
    return Content(
        kind=kind,
        title=f"{title}（示例）",
        text=text,
        sections=(
            Section(Role.FACTS, "", Span(0, below), Span(0, below)),
            Section(Role.REASONS, "", Span(below, len(text)), Span(below, len(text))),
        ),
        decided=(Claim(decided, found),) if decided else (),
        acts=tuple(Claim(code, found) for code, _, _ in find_acts(title, text)),
        issues=tuple(Claim(code, found) for code, _, _ in find_issues(title, text)),
        citations=tuple(Claim(cited, found) for cited in law.cite(text, decided)),
        dockets=tuple(Claim(number, found) for _, number in dockets.find(docket)),
        regions=(Claim(Region(region, region, RegionRole.AUTHORITY), found),) if region else (),
        parties=(Claim(Party(applicant, PartyRole.APPLICANT, True), found),) if applicant else (),
    )


def stock(base: KnowledgeBase, *contents: Content) -> dict[str, str]:
    """Puts records into a base; the ids of all it holds by title."""
    digest = hashlib.sha256(repr(contents).encode()).hexdigest()
    source = Source(origin=digest, sha256=digest, media="text", text="")
    base.submit(source, contents, parser="tests", publish=True)
    base.index_changes()
    return {answer.title.removesuffix("（示例）"): answer.id for answer in base.published()}
