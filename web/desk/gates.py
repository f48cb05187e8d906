"""What must be well before a draft is published: nothing personal may stand open in it."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from ingest.check.findings import Field, Finding
from ingest.check.privacy import check
from kb.desk import Draft, Failure

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

PRIVACY = "privacy"


def install(kb: KnowledgeBase, secret: str) -> None:
    """Sets the gates of the base's desk. secret: failures are named by it, since the audit keeps
    their names and a bare digest of a number can be guessed."""

    def privacy(draft: Draft) -> tuple[Failure, ...]:
        """Every finding is a failure, doubtful ones too: two persons may let one pass."""
        found = check(draft.content, kb.desk.case(draft.id).origin)
        return tuple(_failure(one, f"{secret} {draft.id}") for one in found)

    kb.desk.gates = (privacy,)


def key(finding: Finding, secret: str) -> str:
    """Names a finding without saying what it found."""
    name = hmac.new(secret.encode(), finding.quote.encode(), hashlib.sha256).hexdigest()[:16]
    return f"{finding.kind.value}-{name}"


def _failure(finding: Finding, secret: str) -> Failure:
    fields = [place.field for place in finding.places]
    in_text = next((p.span for p in finding.places if p.field is Field.TEXT), None)
    where = "、".join(dict.fromkeys(field.label for field in fields))
    said = f"{where}中的“{finding.quote}”（{finding.kind.label}，{finding.certainty.label}）"
    instead = f"，建议改为“{finding.mask}”" if finding.mask else ""
    return Failure(
        PRIVACY,
        key(finding, secret),
        f"{said}：{finding.why}{instead}",
        "" if in_text else fields[0].value,
        in_text,
    )
