"""What must be well before a draft is published: nothing personal may stand open in it, it may not
be there already, nothing may be missing, nothing may contradict itself."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext

from ingest.check.findings import Field, Finding
from ingest.check.privacy import check
from kb.desk import STAGE_LABELS, Draft, Failure, Label, Message, completeness, consistency
from kb.desk.duplicates import DUPLICATES, Duplicate
from kb.desk.gates import PRIVACY
from kb.model import Beside, Content
from web.desk.said import of_file, of_finding

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

GATES = {
    PRIVACY: lazy_gettext("个人信息"),
    DUPLICATES: lazy_gettext("重复"),
    completeness.GATE: lazy_gettext("缺少与未核对"),
    consistency.GATE: lazy_gettext("前后不一致"),
}
"""The gates in the order of the page."""
_MOST = 10


def install(kb: KnowledgeBase, secret: str) -> None:
    """Sets the gates of the base's desk. secret: failures are named by it, since the audit keeps
    their names and a bare digest of a number can be guessed; the first one given stays."""
    kb.desk.secret = kb.desk.secret or secret

    def privacy(draft: Draft) -> tuple[Failure, ...]:
        """Every finding is a failure, doubtful ones too: two persons may let one pass. The file and
        its name are nobody's business once readers are told neither."""
        source, own = kb.desk.source(draft.id), f"{kb.desk.secret} {draft.id}"
        found = findings(draft.content, "" if source.shown else source.origin)
        beside = () if source.shown else source.beside
        return (*(_failure(one, own, source.origin) for one in found), *_beside(beside, own))

    def duplicates(draft: Draft) -> tuple[Failure, ...]:
        if waiting := kb.desk.duplicates.unprepared():
            said = Message("查重还没有准备好（余 %(n)s 件），请稍后刷新", n=waiting)
            return (Failure(DUPLICATES, "unprepared", said),)
        return tuple(map(_twin, kb.desk.duplicates.of(draft)[:_MOST]))

    kb.desk.gates = (privacy, duplicates, completeness.gate, consistency.gate)
    kb.desk.open_words = lambda content: frozenset(one.quote for one in findings(content))


@lru_cache(maxsize=512)
def findings(content: Content, origin: str = "") -> tuple[Finding, ...]:
    """What stands open in a content; kept for the last looked at, as reading one takes a while."""
    return check(content, origin)


def key(finding: Finding, secret: str) -> str:
    """Names a finding without saying what it found."""
    return f"{finding.kind.value}-{_digest(finding.quote, secret)}"


def _failure(finding: Finding, secret: str, origin: str) -> Failure:
    fields = [place.field for place in finding.places]
    in_text = next((p.span for p in finding.places if p.field is Field.TEXT), None)
    named = Field.FILE_NAME in fields and "://" not in origin
    return Failure(
        PRIVACY,
        key(finding, secret),
        of_finding(finding),
        "" if in_text else fields[0].value,
        in_text,
        remedy="source" if named else "",
    )


def _beside(found: Iterable[Beside], secret: str) -> Iterable[Failure]:
    """What the file of a record says beside its text."""
    for one in dict.fromkeys(found):
        name = f"metadata-{_digest(f'{one.rule} {one.quote}', secret)}"
        yield Failure(PRIVACY, name, of_file(one), Field.FILE.value, remedy="source")


def _twin(one: Duplicate) -> Failure:
    said = Message(
        "与《%(title)s》（%(stage)s）%(said)s",
        title=one.title,
        stage=Label(STAGE_LABELS[one.stage]),
        said=one.said,
    )
    return Failure(DUPLICATES, one.id, said, other=one.id)


def _digest(words: str, secret: str) -> str:
    return hmac.new(secret.encode(), words.encode(), hashlib.sha256).hexdigest()[:16]
