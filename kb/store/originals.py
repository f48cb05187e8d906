"""What readers must not have: texts from before a case was masked, and names of files.

When a case is published, the revisions behind the published one leave their place: sealed they
stand in `original`, apart, or nowhere. So does the text that its source was read as. Revisions that
were public themselves stay, unless something was masked since."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from kb.errors import NotFound, Sealed
from kb.model import CLAIM_FIELDS, Content
from kb.seal import Seal
from kb.store.codec import decode, encode
from kb.store.gate_tables import OriginalRow
from kb.store.tables import AuditRow, RecordRow, RevisionRow, SourceRow

PURPOSE = "originals"


@dataclass(frozen=True, slots=True)
class Vault:
    """Where texts go that readers must not have. key: gives the key they are sealed with; None:
    they are kept nowhere."""

    key: Callable[[], str] | None

    @property
    def keeps(self) -> bool:
        return self.key is not None

    def close(self, words: str) -> str | None:
        return Seal(self.key, PURPOSE).close(words) if self.key else None

    def open(self, sealed: str) -> str:
        """Raises BadSeal; Sealed where there is no key, since nothing is kept any more."""
        if self.key is None:
            raise Sealed("未隐名的原文不再保留（KB_ORIGINALS=off），无法查看")
        return Seal(self.key, PURPOSE).open(sealed)


def put_away(
    connection: Connection,
    vault: Vault,
    record_id: str,
    public: int,
    content: Content,
    leaking: Collection[int],
) -> list[int]:
    """Puts away the revisions behind the public one that say what it does not, and the text of the
    source; gives their numbers. content: of the public one. leaking: those that were public and
    said what is masked by now."""
    at = datetime.now(UTC)
    spared = _were_public(connection, record_id) - set(leaking)
    words = _words(content)
    numbers = []
    for number, held in list(_behind(connection, record_id, public)):
        if number not in spared and _words(held) - words:
            _keep(connection, vault, f"{record_id}/{number}", encode(held), at)
            row = (RevisionRow.record_id == record_id) & (RevisionRow.number == number)
            connection.execute(update(RevisionRow).where(row).values(content=""))
            numbers.append(number)
    _put_away_source(connection, vault, record_id, at)
    return numbers


def public_before(connection: Connection, record_id: str) -> Iterator[tuple[int, Content]]:
    """The revisions that were public and still stand at their place, with their contents."""
    public = _were_public(connection, record_id)
    for number, held in _behind(connection, record_id, max(public, default=0) + 1):
        if number in public:
            yield number, held


def original(connection: Connection, vault: Vault | None, record_id: str, number: int) -> Content:
    """A revision that was put away. Raises NotFound, BadSeal, Sealed."""
    place = OriginalRow.place == f"{record_id}/{number}"
    sealed = connection.execute(select(OriginalRow.sealed).where(place)).scalar()
    if sealed is None:
        raise NotFound(f"案例 {record_id} 第 {number} 版的原文没有保留")
    return decode((vault or Vault(None)).open(sealed))


def _behind(connection: Connection, record_id: str, public: int) -> Iterator[tuple[int, Content]]:
    rows = connection.execute(
        select(RevisionRow.number, RevisionRow.content).where(
            RevisionRow.record_id == record_id,
            RevisionRow.number < public,
            RevisionRow.content != "",
        )
    )
    return ((row.number, decode(row.content)) for row in rows)


def _were_public(connection: Connection, record_id: str) -> set[int]:
    mine = (AuditRow.record_id == record_id) & (AuditRow.action == "publish")
    details = connection.execute(select(AuditRow.detail).where(mine)).scalars()
    return {int(json.loads(detail)["revision"]) for detail in details}


def _words(content: Content) -> set[str]:
    """What may tell of a person: a revision that has nothing of it that the public one has not may
    stay."""
    claims = [claim for field in CLAIM_FIELDS for claim in getattr(content, field)]
    names = {claim.value.name for claim in content.parties}
    names |= {claim.value for claim in (*content.keywords, *content.batch)}
    quotes = {claim.evidence.quote for claim in claims if claim.evidence.span is None}
    return {content.title, content.subtitle, content.text} | names | quotes


def _put_away_source(connection: Connection, vault: Vault, record_id: str, at: datetime) -> None:
    """The text of a file; a page of the web is public anyway."""
    row = connection.execute(
        select(SourceRow.id, SourceRow.origin, SourceRow.text)
        .join(RecordRow, RecordRow.source_id == SourceRow.id)
        .where(RecordRow.id == record_id)
    ).one()
    if row.text and "://" not in row.origin:
        _keep(connection, vault, f"source/{row.id}", row.text, at)
        connection.execute(update(SourceRow).where(SourceRow.id == row.id).values(text=""))


def _keep(connection: Connection, vault: Vault, place: str, words: str, at: datetime) -> None:
    connection.execute(delete(OriginalRow).where(OriginalRow.place == place))
    if sealed := vault.close(words):
        row = {"place": place, "sealed": sealed, "at": at}
        connection.execute(insert(OriginalRow), row)
