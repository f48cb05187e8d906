"""The parts of a record that fields are read from."""

from __future__ import annotations

import re

from ingest.document import SourceDocument
from kb.model import Content, Kind, Role, Section, Span

_LAWSUIT = re.compile(
    r"人民法院.{0,60}?(?:判决|裁定)|(?:一审|二审|再审)(?:法院|判决|认为|裁定)|原审法院"
)
_REVIEW = re.compile(r"复议机关|复议机构|行政复议决定|申请(?:了)?行政复议")


def bodies(content: Content, *roles: Role) -> tuple[Span, ...]:
    """The words below the headings of these roles, as stretches of the text, in order."""
    return tuple(section.body for section in content.sections if section.role in roles)


def is_paper(content: Content) -> bool:
    """Whether the record is a paper of an authority or court itself, not a case written up."""
    return content.kind in (Kind.REVIEW_DECISION, Kind.JUDGMENT)


def decision(content: Content) -> tuple[Section, ...]:
    """The sections that tell how the dispute ended: the result, else the review, else, in a record
    without such headings, every section but the head and what was said of the case later."""
    for roles in ({Role.RESULT}, {Role.REVIEW}, {Role.REASONS}):
        found = tuple(section for section in content.sections if section.role in roles)
        if found:
            return found
    told = {Role.OTHER, Role.FACTS}
    return tuple(section for section in content.sections if section.role in told)


def is_lawsuit(content: Content) -> bool:
    """Whether a court decided, as the kind of paper, a title 甲诉乙 or words of the result say."""
    if is_paper(content):
        return content.kind is Kind.JUDGMENT
    if re.search(r"(?<![投起上申胜败])诉(?![求讼])", content.title + content.subtitle):
        return True
    told = " ".join(section.body.of(content.text) for section in decision(content))
    return bool(_LAWSUIT.search(told)) and not _REVIEW.search(content.title)


def masthead(document: SourceDocument, content: Content) -> tuple[str, ...]:
    """The lines above the record in its page, and those of its own head."""
    head = content.sections[0] if content.sections else None
    own = head.span.of(content.text) if head and head.role is Role.HEAD else ""
    lines = [block.text for block in document.blocks[:8] if len(block.text) <= 80]
    return tuple(dict.fromkeys([*lines, *own.splitlines()]))
