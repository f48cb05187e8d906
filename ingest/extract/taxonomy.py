"""Acts under review, issues in dispute and outcomes, by the taxonomies of `kb.issues`."""

from __future__ import annotations

from ingest.document import SourceDocument
from ingest.extract.evidence import quoted, shifted, stated
from ingest.extract.options import Options
from ingest.extract.parts import decision, is_lawsuit
from kb import issues as taxonomies
from kb.model import Claim, Content, Evidence, Span

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
    """How it ended, from the words of the result."""
    court = is_lawsuit(content)
    claims: dict[str, Claim[str]] = {}
    for section in decision(content):
        found = taxonomies.find_outcomes(section.body.of(content.text), court=court)
        for claim in _claims("outcomes", found, content, section.body.start):
            claims.setdefault(claim.value, claim)
    return tuple(claims.values())


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
