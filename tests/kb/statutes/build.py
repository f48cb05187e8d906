"""Small statutes of our own writing for the tests."""

from __future__ import annotations

import hashlib
from datetime import date

from kb.law.statutes import WorkKind
from kb.law.text import Article, StatuteText

OLD, NEW = date(2010, 5, 1), date(2022, 7, 1)
TITLE = "示例河道管理条例"

OLD_ARTICLES = {
    1: "为了管好示例河道，制定本条例。",
    2: "示例市水务部门负责河道的日常管理，其他部门按照分工配合。",
    3: "沿河单位应当保持河岸整洁，不得向河道倾倒垃圾。",
    4: "有下列情形之一的，由水务部门处五百元罚款：\n（一）在河道内洗车的；\n（二）损坏护栏的。",
    5: "每年四月为河道清淤月，由水务部门会同街道办事处组织居民参加清淤劳动。",
    6: "本条例自2010年5月1日起施行。",
}
NEW_ARTICLES = {
    1: "为了管好示例河道，制定本条例。",
    2: "河道管理坚持绿色发展、公众参与的原则，鼓励单位和个人认养河段。",
    3: "示例市水利部门负责河道的日常管理，其他部门按照职责配合。",
    4: "沿河单位应当保持河岸整洁，不得向河道倾倒垃圾、排放污水。",
    5: "有下列情形之一的，由水利部门处一千元罚款：\n（一）在河道内洗车的；\n（二）损坏护栏的。\n"
    "拒不改正的，加倍处罚。",
    6: "本条例自2022年7月1日起施行。",
}


def articles(
    texts: dict[int | str, str], headings: tuple[str, ...] = ("第一章 总则",)
) -> tuple[Article, ...]:
    return tuple(
        Article(number, text, headings, line)
        for line, (number, text) in enumerate(texts.items(), 5)
    )


def statute(
    texts: dict[int | str, str] | None = None,
    *,
    title: str = TITLE,
    day: date | None = OLD,
    dated: date | None = None,
    rule: str = "closing_article",
    origin: str = "",
    preamble: str = "",
    kind: WorkKind | None = WorkKind.LOCAL_REGULATION,
    headings: tuple[str, ...] = ("第一章 总则",),
) -> StatuteText:
    texts = OLD_ARTICLES if texts is None else texts
    return StatuteText(
        full_title=title,
        work=title,
        kind=kind,
        issuer="示例市人民代表大会常务委员会",
        dated=dated or day,
        in_force=day,
        rule=rule,
        history=(f"{dated or day} 示例市人民代表大会常务委员会通过",),
        preamble=preamble,
        articles=articles(texts, headings),
        origin=origin or f"{title}({day}).md",
        sha256=hashlib.sha256(f"{title}{day}{texts}{preamble}".encode()).hexdigest(),
    )


def both() -> tuple[StatuteText, StatuteText]:
    return statute(), statute(NEW_ARTICLES, day=NEW)
