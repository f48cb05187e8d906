"""The keywords a page gives itself, under 关键词."""

from __future__ import annotations

import re

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted
from ingest.extract.options import Options
from kb.model import Claim, ClaimSource, Content, Evidence, Role, Span

_WORD = re.compile(r"[^\s、，,；;。/／|｜\u3000]+")
_LONGEST = 30


def keywords(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[str], ...]:
    """Each word of the sections under 关键词, as the page states it."""
    claims: dict[str, Claim[str]] = {}
    for section in content.sections:
        if section.role is not Role.KEYWORDS:
            continue
        for match in _WORD.finditer(section.body.of(content.text)):
            word = match.group().strip("·•【】[]")
            if 2 <= len(word) <= _LONGEST:
                span = Span(section.body.start + match.start(), section.body.start + match.end())
                found = quoted("keywords.section", content.text, span)
                evidence = Evidence(found.rule, found.quote, span, ClaimSource.DOCUMENT)
                claims.setdefault(word, Claim(word, evidence))
    return tuple(claims.values())
