"""What a case should have and has not, and what in it still waits for a person's eyes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.desk.gates import Failure, Label, Message
from kb.desk.rulebook import rulebook
from kb.labels import FIELD_LABELS, ROLE_LABELS
from kb.law import label
from kb.model import CitationStatus, ClaimSource, Content, Role, settled
from kb.store.desk import Draft
from kb.store.rows import claims_of

GATE = "complete"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not there: the title (neither set), a field, or a section of any of these
    roles."""

    field: str = ""
    roles: tuple[Role, ...] = ()

    @property
    def key(self) -> str:
        if self.roles:
            return f"section-{self.roles[0].value}"
        return f"field-{self.field}" if self.field else "title"


def gaps(content: Content) -> tuple[Gap, ...]:
    """What publishing waits for."""
    asked = rulebook().required[content.kind]
    found = [] if content.title.strip() else [Gap()]
    found += [Gap(roles=row) for row in asked.sections if not _has(content, row)]
    found += [Gap(field) for field in asked.fields if not settled(claims_of(content, field))]
    return tuple(found)


def wanted(content: Content) -> tuple[Gap, ...]:
    """What is worth a look, though nothing waits for it."""
    fields = rulebook().required[content.kind].wanted
    return tuple(Gap(field) for field in fields if not settled(claims_of(content, field)))


def gate(draft: Draft) -> tuple[Failure, ...]:
    """What is missing, citations that are not settled, and warnings nobody has dealt with."""
    return _failures(draft.content)


def warning_key(warning: str) -> str:
    """Names a warning of whoever read the source, without its words."""
    return f"warning-{_digest(warning)}"


@lru_cache(maxsize=256)
def _failures(content: Content) -> tuple[Failure, ...]:
    """Kept for the drafts looked at last: they are looked at again and again."""
    return (*map(_missing, gaps(content)), *_citations(content), *_warnings(content))


def _has(content: Content, roles: tuple[Role, ...]) -> bool:
    return any(
        part.role in roles and part.body.of(content.text).strip() for part in content.sections
    )


def _missing(gap: Gap) -> Failure:
    if gap.roles:
        names = tuple(Label(ROLE_LABELS[role]) for role in gap.roles)
        said = Message("缺少“%(section)s”一段：请在正文中分段并标明", section=names[0])
        if names[1:]:
            said = Message(
                "缺少一段，以下任一即可：%(sections)s。请在正文中分段并标明", sections=names
            )
        return Failure(GATE, gap.key, said)
    if gap.field:
        name = Label(FIELD_LABELS[gap.field])
        said = Message("没有填写%(field)s：请填入，或在正文中选出", field=name)
        return Failure(GATE, gap.key, said, gap.field)
    return Failure(GATE, gap.key, Message("没有标题：请填写"), "title")


def _citations(content: Content) -> Iterator[Failure]:
    """Citations that could not be settled and that no person confirmed, each wording once."""
    confirmed = {
        claim.value
        for claim in content.citations
        if claim.evidence.source is ClaimSource.PERSON and not claim.rejected
    }
    told: set[str] = set()
    for citation in settled(content.citations):
        if citation.status is CitationStatus.RESOLVED or citation in confirmed:
            continue
        words = citation.raw or label(citation)
        if words in told:
            continue
        told.add(words)
        said = Message(
            "引用“%(words)s”版本存疑：请核对后填入，或在“引用法条”中确认、不采用", words=words
        )
        if citation.work is None:
            said = Message(
                "引用“%(words)s”未能认定是哪部法律法规：请核对后填入，或在“引用法条”中确认、不采用",
                words=words,
            )
        span = citation.span if citation.span.start < citation.span.end else None
        yield Failure(GATE, f"citation-{_digest(words)}", said, "citations", span)


def _warnings(content: Content) -> Iterator[Failure]:
    for warning in dict.fromkeys(content.warnings):
        said = Message("读入时的提示还没有看过：%(warning)s", warning=warning)
        yield Failure(GATE, warning_key(warning), said, remedy="seen")


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]
