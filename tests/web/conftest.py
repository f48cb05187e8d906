"""The site over a real knowledge base of a dozen invented records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb import law
from kb.issues import acts, issues, outcomes
from kb.model import (
    Claim,
    ClaimSource,
    Content,
    Docket,
    DocketKind,
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
from kb.settings import Settings as BaseSettings
from web.app import create_app
from web.settings import OFF, Settings

BATCH = "川渝行政复议典型案例（示例）"
REASON = "应发布机关要求撤回：内容有误，待更正"
HEADINGS = {
    Role.FACTS: "【基本案情】",
    Role.REVIEW: "【复议办理】",
    Role.SIGNIFICANCE: "【典型意义】",
}
CHONGQING = Region("500103", "重庆市渝中区", RegionRole.AUTHORITY)
CHENGDU = Region("510115", "四川省成都市温江区", RegionRole.AUTHORITY)


def record(
    title: str,
    facts: str,
    review: str,
    meaning: str,
    *,
    region: Region,
    act: str,
    issue: str,
    outcome: tuple[str, str],
    decided: date,
    subtitle: str = "",
    docket: str = "",
    party: str = "",
) -> Content:
    """A typical case of three sections. outcome: its name, and the words that say so."""
    said = {Role.FACTS: facts, Role.REVIEW: review, Role.SIGNIFICANCE: meaning}
    text, sections = f"{title}\n", [Section(Role.HEAD, "", Span(0, len(title) + 1), Span(0, 0))]
    for role, body in said.items():
        start = len(text)
        text += f"{HEADINGS[role]}\n"
        below = len(text)
        text += f"{body}\n"
        span = Span(start, len(text))
        sections.append(Section(role, HEADINGS[role], span, Span(below, len(text))))

    def found(rule: str, quote: str) -> Evidence:
        start = text.find(quote)
        return Evidence(rule, quote, Span(start, start + len(quote)) if start >= 0 else None)

    stated = Evidence("page.meta", source=ClaimSource.DOCUMENT)
    return Content(
        kind=Kind.TYPICAL_CASE,
        title=title,
        subtitle=subtitle,
        text=text,
        sections=tuple(sections),
        batch=(Claim(BATCH, stated),),
        publishers=(Claim("重庆市司法局（示例）", stated),),
        published=(Claim(date(2025, 7, 1), stated),),
        decided=(Claim(decided, found("date.decided", "")),),
        regions=(Claim(region, found("region.authority", region.name)),),
        acts=(Claim(acts().find(act).code, found("act.cue", act)),),
        issues=(Claim(issues().find(issue).code, found("issue.cue", issue)),),
        outcomes=(Claim(outcomes().find(outcome[0]).code, found("outcome.result", outcome[1])),),
        citations=tuple(
            Claim(citation, Evidence(f"citation.{citation.rule}", citation.raw, citation.span))
            for citation in law.cite(text, decided)
        ),
        dockets=(
            (Claim(Docket(docket, law.dockets.normalise(docket), DocketKind.REVIEW), stated),)
            if docket
            else ()
        ),
        parties=(
            (Claim(Party(party, PartyRole.APPLICANT, False), found("party.named", party)),)
            if party
            else ()
        ),
        keywords=(Claim("行政复议", stated),),
    )


def records() -> tuple[Content, ...]:
    """Two records to read, and ten alike enough to fill a second page."""
    food = record(
        "某超市不服过期食品罚款申请行政复议案（示例）",
        "某超市因货架上有三袋过期食品，被重庆市渝中区市场监督管理局处以行政处罚，罚款五万元。"
        "该局依据《中华人民共和国食品安全法》第一百二十四条第一款第五项作出决定。\n"
        "货物 | 数量\n饼干 | 3袋",
        "重庆市渝中区人民政府认为，《中华人民共和国行政处罚法》第三十三条第一款规定，违法行为轻微并及时"
        "改正的，不予行政处罚；本案过罚不当。依照《某某市食品摊贩办法》第九条亦同。决定变更原处罚。",
        "行政处罚应当遵循行政处罚法第五条第二款所定的过罚相当。",
        region=CHONGQING,
        act="行政处罚",
        issue="过罚相当",
        outcome=("变更", "决定变更原处罚"),
        decided=date(2024, 5, 6),
        subtitle="——小过不应重罚",
        docket="渝中府复〔2024〕85号",
        party="某超市",
    )
    injury = record(
        "张某某不服工伤认定申请行政复议案（示例）",
        "张某某在上下班途中发生非本人主要责任的交通事故，四川省成都市温江区人力资源和社会保障局不予工伤认定。",
        "复议机关认为事实不清，依照《工伤保险条例》第十四条第六项，决定撤销原决定。<script>alert(1)</script>",
        "保障劳动者合法权益。",
        region=CHENGDU,
        act="工伤认定",
        issue="工伤认定",
        outcome=("撤销", "决定撤销原决定"),
        decided=date(2023, 3, 1),
    )
    alike = [
        record(
            f"某公司第{n}号货车超限运输行政处罚复议案（示例）",
            f"某公司第{n}号货车超限运输，被交通运输局给予行政处罚，罚款{n}千元。",
            f"复议机关认为程序合法，决定维持第{n}号决定。",
            f"治理超限运输，保护公路第{n}标段。",
            region=CHENGDU if n % 2 else CHONGQING,
            act="行政处罚",
            issue="过罚相当",
            outcome=("维持", "决定维持"),
            decided=date(2019 + n % 5, 1, n),
        )
        for n in range(1, 11)
    ]
    return (food, injury, *alike)


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeBase, str]:
    """A base of a dozen published records, and the id of one withdrawn."""
    home: Path = tmp_path_factory.mktemp("kb")
    kb = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(home)}))
    gone = record(
        "某案（示例）",
        "甲处罚乙。",
        "决定维持。",
        "无。",
        region=CHENGDU,
        act="行政处罚",
        issue="过罚相当",
        outcome=("维持", "决定维持"),
        decided=date(2022, 1, 1),
    )
    source = Source(
        origin="samples/set.html",
        sha256="0" * 64,
        media="html",
        text="",
        url="https://example.org/set.html",
    )
    kb.submit(source, (*records(), gone), parser="tests", publish=True)
    kb.index_changes()
    withdrawn = next(answer.id for answer in kb.published() if answer.title == gone.title)
    kb.withdraw(withdrawn, REASON, "tests")
    return kb, withdrawn


@pytest.fixture(scope="session")
def base(stocked: tuple[KnowledgeBase, str]) -> KnowledgeBase:
    return stocked[0]


@pytest.fixture(scope="session")
def withdrawn(stocked: tuple[KnowledgeBase, str]) -> str:
    """The id of the record that was withdrawn."""
    return stocked[1]


@pytest.fixture(scope="session")
def ids(base: KnowledgeBase) -> dict[str, str]:
    """Ids by title."""
    return {answer.title: answer.id for answer in base.published()}


@pytest.fixture(scope="session")
def food(ids: dict[str, str]) -> str:
    """The id of the record about expired food."""
    return next(identity for title, identity in ids.items() if "过期食品" in title)


@pytest.fixture(scope="session")
def app(base: KnowledgeBase) -> Flask:
    return create_app(base, settings=Settings(rate_limit=OFF))


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture(scope="session")
def law_base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A base with statutes, see `tests.web.laws`."""
    from tests.web import laws  # it builds its records with what stands above

    return laws.base(tmp_path_factory.mktemp("laws"))


@pytest.fixture
def law_client(law_base: KnowledgeBase) -> Iterator[FlaskClient]:
    with create_app(law_base, settings=Settings(rate_limit=OFF)).test_client() as client:
        yield client
