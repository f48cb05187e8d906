"""What readers must not have: texts from before a case was masked, and names of files.

When a case is published, the revisions behind the published one leave their place: sealed they
stand in `original`, apart, or nowhere. So does the text that its source was read as. Revisions that
were public themselves stay, unless something was masked since. What was taken out again for a
correction goes back when that is dropped."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from kb.errors import KnowledgeBaseError, NotFound, Sealed
from kb.model import CLAIM_FIELDS, Content
from kb.seal import BadSeal, Seal
from kb.store.codec import decode, encode
from kb.store.gate_tables import OriginalRow
from kb.store.tables import AuditRow, RecordRow, RevisionRow, SourceRow

PURPOSE = "originals"
FIND_KEY = "请从备份恢复 KB_HOME 下的 originals-key，或用 KB_ORIGINALS_KEY 给出原来的密钥"


@dataclass(frozen=True, slots=True)
class Vault:
    """Where texts go that readers must not have. key: gives the key they are sealed with, and makes
    it where it is not there; None: they are kept nowhere. has_key: whether it is there. fitting:
    keys that were seen to open what is kept."""

    key: Callable[[], str] | None
    has_key: Callable[[], bool] = lambda: True
    fitting: set[str] = field(default_factory=set, repr=False, compare=False)

    @property
    def keeps(self) -> bool:
        return self.key is not None

    def close(self, words: str) -> str | None:
        return Seal(self.key, PURPOSE).close(words) if self.key else None

    def open(self, sealed: str) -> str:
        """Raises BadSeal where the key is gone or another; Sealed where there is none, since
        nothing is kept any more."""
        if self.key is None:
            raise Sealed("未隐名的原文不再保留（KB_ORIGINALS=off），无法查看")
        if not self.has_key():
            raise BadSeal(f"封存原文的密钥不见了：{FIND_KEY}")
        try:
            return Seal(self.key, PURPOSE).open(sealed)
        except BadSeal:
            raise BadSeal(
                f"封存的原文打不开，密钥不是封存时的那一把，或数据被改动：{FIND_KEY}"
            ) from None


@dataclass(frozen=True, slots=True)
class Originals:
    """The originals there are. lost: how many of them cannot be read. has_key: whether there is a
    key to try; keeps: whether more are kept."""

    total: int
    lost: int
    has_key: bool
    keeps: bool


def tried(connection: Connection, vault: Vault | None) -> Originals:
    """Tries every original; no key is made."""
    vault = vault or Vault(None)
    total = lost = 0
    for sealed in connection.execute(select(OriginalRow.sealed)).scalars():
        total += 1
        try:
            vault.open(sealed)
        except KnowledgeBaseError:
            lost += 1
    return Originals(total, lost, vault.has_key(), vault.keeps)


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
    behind = _read(connection, record_id, RevisionRow.number < public)
    found = [one for one in behind if one[0] not in spared]
    numbers = _put_away(connection, vault, record_id, found, content, at)
    _put_away_source(connection, vault, record_id, at)
    return numbers


def put_back(
    connection: Connection, vault: Vault, record_id: str, public: int, content: Content
) -> list[int]:
    """Puts away what a correction that was dropped made of an original; gives the numbers of the
    revisions. content: of the public one. A reading of the source waits on."""
    mine = (AuditRow.record_id == record_id) & (AuditRow.action == "view")
    details = connection.execute(select(AuditRow.detail).where(mine)).scalars()
    made = (int(json.loads(detail).get("to", 0)) for detail in details)
    first = min((number for number in made if number > public), default=None)
    if first is None:
        return []
    by_hand = (RevisionRow.number >= first) & (RevisionRow.sha256 == "")
    found = list(_read(connection, record_id, by_hand))
    return _put_away(connection, vault, record_id, found, content, datetime.now(UTC))


def public_before(connection: Connection, record_id: str) -> Iterator[tuple[int, Content]]:
    """The revisions that were public and still stand at their place, with their contents."""
    public = _were_public(connection, record_id)
    yield from _read(connection, record_id, RevisionRow.number.in_(public))


def original(connection: Connection, vault: Vault | None, record_id: str, number: int) -> Content:
    """A revision that was put away. Raises NotFound, BadSeal, Sealed."""
    place = OriginalRow.place == f"{record_id}/{number}"
    sealed = connection.execute(select(OriginalRow.sealed).where(place)).scalar()
    if sealed is None:
        raise NotFound(f"案例 {record_id} 第 {number} 版的原文没有保留")
    return decode((vault or Vault(None)).open(sealed))


def _read(
    connection: Connection, record_id: str, which: ColumnElement[bool]
) -> Iterator[tuple[int, Content]]:
    """The revisions that stand at their place, with their contents."""
    rows = connection.execute(
        select(RevisionRow.number, RevisionRow.content).where(
            RevisionRow.record_id == record_id, which, RevisionRow.content != ""
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


def _put_away(
    connection: Connection,
    vault: Vault,
    record_id: str,
    revisions: Iterable[tuple[int, Content]],
    public: Content,
    at: datetime,
) -> list[int]:
    """Those of the revisions that say what the public one does not; gives their numbers."""
    words = _words(public)
    gone = [(number, held) for number, held in revisions if _words(held) - words]
    for number, held in gone:
        _keep(connection, vault, f"{record_id}/{number}", encode(held), at)
        row = (RevisionRow.record_id == record_id) & (RevisionRow.number == number)
        connection.execute(update(RevisionRow).where(row).values(content=""))
    return [number for number, _ in gone]


def _put_away_source(connection: Connection, vault: Vault, record_id: str, at: datetime) -> None:
    """The text of a file, and what it says beside that once readers are not told its name; a page
    of the web is public anyway."""
    row = connection.execute(
        select(SourceRow.id, SourceRow.origin, SourceRow.text, SourceRow.shown)
        .join(RecordRow, RecordRow.source_id == SourceRow.id)
        .where(RecordRow.id == record_id)
    ).one()
    if row.text and "://" not in row.origin:
        _keep(connection, vault, f"source/{row.id}", row.text, at)
        connection.execute(update(SourceRow).where(SourceRow.id == row.id).values(text=""))
    if row.shown:  # else the gate still has to say it of the file's other cases
        connection.execute(update(SourceRow).where(SourceRow.id == row.id).values(beside="[]"))


def _keep(connection: Connection, vault: Vault, place: str, words: str, at: datetime) -> None:
    _check_key(connection, vault, at)
    connection.execute(delete(OriginalRow).where(OriginalRow.place == place))
    if sealed := vault.close(words):
        row = {"place": place, "sealed": sealed, "at": at}
        connection.execute(insert(OriginalRow), row)


def _check_key(connection: Connection, vault: Vault, at: datetime) -> None:
    """Raises BadSeal where the key of what is kept already is gone or another: with two of them
    mixed, nobody would miss the first until it is too late. at: of what is being kept, which
    proves nothing."""
    if vault.key is None or (vault.has_key() and vault.key() in vault.fitting):
        return
    kept = select(OriginalRow.sealed).where(OriginalRow.at != at)
    newest = connection.execute(kept.order_by(OriginalRow.at.desc()).limit(1)).scalar()
    if newest is not None:
        vault.open(newest)
        vault.fitting.add(vault.key())
