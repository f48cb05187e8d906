"""A base with a small statute of our own writing in two versions, and records that cite it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kb import law
from kb.model import Claim, Content, Evidence, Source
from kb.service import KnowledgeBase
from kb.settings import Settings
from tests.kb.statutes.build import NEW_ARTICLES, OLD_ARTICLES, TITLE, statute
from tests.web.conftest import CHONGQING, record

OLD, NEW = date(2010, 5, 1), date(2022, 7, 1)
LONG = "示例长篇条例"
COMING = "示例将来办法"
REPLY = "示例批复"
REVIEW = "行政复议法"  # of the registry, without text here

_LEAD = "有下列情形之一的，由水务部门责令改正：\n"
_ITEMS = "\n".join(f"（{n}）{'在示例河段的第' * 12}{n}处倾倒的；" for n in "一二三四五六七八")


def base(home: Path) -> KnowledgeBase:
    """Statutes: one in two versions, one long, one to come, one without articles."""
    kb = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}))
    book = kb.statutes
    texts = (
        statute(OLD_ARTICLES, day=OLD),
        statute(NEW_ARTICLES, day=NEW),
        statute(
            _long(), title=LONG, day=date(2015, 1, 1), headings=("第一编 通则", "第一章 一般规定")
        ),
        statute({1: "将来的办法。"}, title=COMING, day=date(2999, 1, 1)),
        statute({}, title=REPLY, preamble="示例省高级法院：\n你院的请示收悉。", rule="published"),
    )
    book.store([book.place(text) for text in texts], reader="tests")
    kb.index_statutes()
    source = Source(origin="samples/rivers.html", sha256="1" * 64, media="html", text="", url="")
    kb.submit(source, tuple(_records(kb)), parser="tests", publish=True)
    kb.index_changes()
    return kb


def _long() -> dict[int | str, str]:
    articles: dict[int | str, str] = {n: f"示例规定之{n}。" for n in range(1, 1201)}
    return articles | {"5之1": "插入的一条。", 7: _LEAD + _ITEMS}


def _records(kb: KnowledgeBase) -> list[Content]:
    """One of 2023, one of 2015; the third cites what has no text here."""
    said = {
        "某洗车行不服河道罚款案（示例）": (
            f"依照《{TITLE}》第五条第一款第一项，决定维持。依照《{TITLE}》第九十九条亦同。",
            date(2023, 3, 1),
        ),
        "某餐馆不服倾倒垃圾罚款案（示例）": (
            f"依照《{TITLE}》第四条第一款，决定维持。",
            date(2015, 3, 1),
        ),
        "某公司不服复议期限案（示例）": (
            f"依照《{REVIEW}》第三十条第一款，决定维持。",
            date(2024, 5, 6),
        ),
    }
    return [_record(kb, title, *rest) for title, rest in said.items()]


def _record(kb: KnowledgeBase, title: str, review: str, decided: date) -> Content:
    content = record(
        title,
        "某单位在河道内有违法行为，被处罚款。",
        review,
        "保护河道。",
        region=CHONGQING,
        act="行政处罚",
        issue="过罚相当",
        outcome=("维持", "决定维持"),
        decided=decided,
    )
    cited = law.cite(content.text, decided, kb.statutes.registry())
    return content.with_fields(
        citations=tuple(
            Claim(one, Evidence(f"citation.{one.rule}", one.raw, one.span)) for one in cited
        )
    )
