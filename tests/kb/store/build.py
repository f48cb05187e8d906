"""Small contents and sources for the store's tests."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TypeVar

from kb.model import (
    Citation,
    CitationStatus,
    Claim,
    ClaimSource,
    Content,
    Docket,
    DocketKind,
    Evidence,
    Kind,
    Role,
    Section,
    Source,
    Span,
)

V = TypeVar("V")


def claim(
    value: V,
    *,
    source: ClaimSource = ClaimSource.RULE,
    rule: str = "test.rule",
    rejected: bool = False,
    quote: str = "",
    span: Span | None = None,
) -> Claim[V]:
    return Claim(value, Evidence(rule, quote, span, source), rejected)


def docket(raw: str) -> Claim[Docket]:
    folded = raw.replace("〔", "(").replace("〕", ")")
    return claim(Docket(raw, folded, DocketKind.REVIEW))


def citing(text: str, raw: str, source: ClaimSource = ClaimSource.RULE) -> Claim[Citation]:
    """A claim that the text cites 行政处罚法第三十三条 in these words."""
    start = text.index(raw)
    span = Span(start, start + len(raw))
    value = Citation(
        span, raw, "行政处罚法", date(2021, 7, 15), 33, 1, None, CitationStatus.RESOLVED, "test"
    )
    return claim(value, source=source, quote=raw, span=span)


def content(title: str = "某公司不服罚款案（示例）", text: str = "", **fields: object) -> Content:
    """A content of two sections; its text follows from the title unless given."""
    text = text or f"基本案情\n{title}的案情。\n典型意义\n{title}的意义。"
    middle = text.find("典型意义") if "典型意义" in text else len(text)
    whole = Content(
        kind=Kind.TYPICAL_CASE,
        title=title,
        text=text,
        sections=(
            Section(Role.FACTS, "基本案情", Span(0, middle), Span(min(4, middle), middle)),
            Section(Role.SIGNIFICANCE, "", Span(middle, len(text)), Span(middle, len(text))),
        ),
    )
    return whole.with_fields(**fields)


def in_batch(title: str, batch: str, day: date, publisher: str = "某省司法厅") -> Content:
    return content(
        title,
        batch=(claim(batch),),
        published=(claim(day),),
        publishers=(claim(publisher),),
    )


def source(origin: str = "pages/a.html", text: str = "", url: str = "") -> Source:
    digest = hashlib.sha256(f"{origin}{text}".encode()).hexdigest()
    return Source(origin=origin, sha256=digest, media="html", text=text or origin, url=url)
