"""Acts under review, issues in dispute and outcomes, by the taxonomies of `kb.issues`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted, shifted, stated
from ingest.extract.options import Options
from ingest.extract.parts import decision, is_lawsuit, is_paper
from kb import issues as taxonomies
from kb.law import papers
from kb.model import Claim, Content, Evidence, Role, Section, Span

_Found = tuple[str, Span | None, str]


def acts(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[str], ...]:
    """The kinds of administrative act in dispute."""
    found = taxonomies.find_acts(content.title, content.text)
    return _claims("acts", found, content, 0)


def issues(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[str], ...]:
    """What was in dispute."""
    found = taxonomies.find_issues(content.title, content.text)
    return _claims("issues", found, content, 0)


def outcomes(content: Content, _: SourceDocument, __: Options) -> tuple[Claim[str], ...]:
    """How it ended, from the words of the result; some papers say it in their name (调解书)."""
    court = is_lawsuit(content)
    claims = {claim.value: claim for claim in _named(content)}
    for section in decision(content):
        _add(claims, content, section, court)
    for section in _told_before(content, claims):
        _add(claims, content, section, court)
    return tuple(claims.values())


def _add(claims: dict[str, Claim[str]], content: Content, section: Section, court: bool) -> None:
    found = taxonomies.find_outcomes(section.body.of(content.text), court=court)
    for claim in _claims("outcomes", found, content, section.body.start):
        claims.setdefault(claim.value, claim)


def _told_before(content: Content, claims: dict[str, Claim[str]]) -> tuple[Section, ...]:
    """What a paper that only ends the proceedings tells of why: withdrawn, settled, corrected."""
    if "terminate" not in claims or not is_paper(content):
        return ()
    return tuple(section for section in content.sections if section.role is Role.REVIEW)


def _named(content: Content) -> Iterator[Claim[str]]:
    """The outcome that a formal paper's own name says, the last one in its head."""
    head = content.section(Role.HEAD) if is_paper(content) else None
    if head is None:
        return
    found: Claim[str] | None = None
    for line in re.finditer(r"[^\n]+", head.span.of(content.text)):
        name = papers.named(line.group())
        if name is None or name.paper.kind is not content.kind:
            continue
        start = head.span.start + line.start()
        place = Span(start, start + len(line.group()))
        evidence = quoted("outcomes.paper", content.text, place)
        found = Claim(name.paper.outcome, evidence) if name.paper.outcome else None
    if found:
        yield found


def _claims(
    field: str, found: tuple[_Found, ...], content: Content, start: int
) -> tuple[Claim[str], ...]:
    claims: dict[str, Claim[str]] = {}
    for code, span, rule in found:
        claims.setdefault(code, Claim(code, _evidence(f"{field}.{rule}", span, content, start)))
    return tuple(claims.values())


def _evidence(rule: str, span: Span | None, content: Content, start: int) -> Evidence:
    """Words of the text; for those of the title, the title where it stands in the text."""
    if span is not None:
        return quoted(rule, content.text, shifted(span, start))
    at = content.text.find(content.title)
    if at >= 0:
        return quoted(rule, content.text, Span(at, at + len(content.title)))
    return Evidence(rule, stated(rule, content.title).quote)
