"""A record as it is answered: labels for codes, evidence for fields, a line to cite it by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from kb import law
from kb.answers import (
    CaseAnswer,
    CitationAnswer,
    Coded,
    CorrectionAnswer,
    EvidenceAnswer,
    FieldAnswer,
    SectionAnswer,
)
from kb.issues import acts, issues, outcomes
from kb.labels import KIND_LABELS, ROLE_LABELS, coded, region_answer, regions
from kb.model import CLAIM_FIELDS, Case, Citation, Claim, Content, Docket, Party, Region, settled
from kb.text.dates import written


def case_answer(case: Case, corrections: Iterable[CorrectionAnswer] = ()) -> CaseAnswer:
    """The whole record with its labels."""
    content = case.content
    return CaseAnswer(
        id=case.id,
        revision=case.revision,
        status=case.status.value,
        kind=Coded(code=content.kind.value, label=KIND_LABELS[content.kind]),
        title=content.title,
        subtitle=content.subtitle,
        batch=_batch(content),
        position=case.position,
        publishers=list(settled(content.publishers)),
        published=next(iter(settled(content.published)), None),
        decided=next(iter(settled(content.decided)), None),
        url=case.url,
        origin=case.shown or _public_origin(case.origin),
        sha256=case.sha256,
        text=content.text,
        sections=_sections(content),
        dockets=[_docket(docket) for docket in settled(content.dockets)],
        parties=[_party(party) for party in settled(content.parties)],
        regions=regions(content),
        acts=coded(acts(), settled(content.acts)),
        issues=coded(issues(), settled(content.issues)),
        outcomes=coded(outcomes(), settled(content.outcomes)),
        citations=[_citation(citation) for citation in settled(content.citations)],
        keywords=list(settled(content.keywords)),
        fields=[_field(name, claim) for name in CLAIM_FIELDS for claim in getattr(content, name)],
        warnings=list(content.warnings),
        cite_as=cite_as(case),
        corrections=list(corrections),
    )


def field_labels(content: Content, field: str) -> list[str]:
    """What to show for the values that hold of a field."""
    return [_said(field, value)[1] for value in settled(getattr(content, field))]


def cite_as(case: Case) -> str:
    """The line a lawyer pastes: publisher, batch, title, number, day, address."""
    content = case.content
    published = next(iter(settled(content.published)), None)
    batch = _batch(content)
    dockets = settled(content.dockets)
    title = f"“{content.title}”" if batch else f"《{content.title}》"
    parts = [
        f"{'、'.join(settled(content.publishers))}：" if settled(content.publishers) else "",
        f"《{batch}》之" if batch and batch != content.title else "",
        title,
        f"，{content.subtitle}" if content.subtitle else "",
        # Of several numbers none is surely the record's own.
        f"，{dockets[0].raw}" if len(dockets) == 1 else "",
        f"，{written(published)}发布" if published else "",
        "。",
        case.url,  # nothing after it, lest a full stop be taken as part of the address
    ]
    return "".join(parts)


def _public_origin(origin: str) -> str:
    """An address whole; of a file only its name, as folders are nobody's business."""
    return origin if re.match(r"https?://", origin, re.I) else re.split(r"[/\\]", origin)[-1]


def _batch(content: Content) -> str:
    return next(iter(settled(content.batch)), "")


def _sections(content: Content) -> list[SectionAnswer]:
    return [
        SectionAnswer(
            role=section.role.value,
            label=ROLE_LABELS[section.role],
            heading=section.heading,
            text=section.body.of(content.text),
            start=section.span.start,
            end=section.span.end,
        )
        for section in content.sections
    ]


def _docket(docket: Docket) -> dict[str, str]:
    return {"raw": docket.raw, "normalised": docket.normalised, "kind": docket.kind.value}


def _party(party: Party) -> dict[str, object]:
    return {"name": party.name, "role": party.role.value, "natural": party.natural}


def _citation(citation: Citation) -> CitationAnswer:
    return CitationAnswer(
        start=citation.span.start,
        end=citation.span.end,
        raw=citation.raw,
        work=citation.work,
        version=citation.version,
        article=citation.article,
        paragraph=citation.paragraph,
        item=citation.item,
        subitem=citation.subitem,
        status=citation.status.value,
        rule=citation.rule,
        label=law.label(citation),
    )


def _field(name: str, claim: Claim[object]) -> FieldAnswer:
    evidence = claim.evidence
    value, label = _said(name, claim.value)
    return FieldAnswer(
        field=name,
        value=value,
        label=label,
        evidence=EvidenceAnswer(
            rule=evidence.rule,
            quote=evidence.quote,
            start=evidence.span.start if evidence.span else None,
            end=evidence.span.end if evidence.span else None,
            source=evidence.source.name.lower(),
            version=evidence.version,
        ),
        rejected=claim.rejected,
    )


def _said(name: str, value: object) -> tuple[object, str]:
    """A claim's value as data, and what to show for it."""
    match value:
        case Region():
            return asdict(region_answer(value)), value.name
        case Docket():
            return _docket(value), value.raw
        case Party():
            return _party(value), value.name
        case Citation():
            return _citation(value).model_dump(mode="json"), law.label(value)
        case date():
            return value.isoformat(), value.isoformat()
        case _:
            code = str(value)
            taxonomy = {"acts": acts, "issues": issues, "outcomes": outcomes}.get(name)
            return code, coded(taxonomy(), [code])[0].label if taxonomy else code
