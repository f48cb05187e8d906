"""Takes in what a source says: new records, changed ones, duplicates, and those it no longer has.

Nothing that a person decided is undone by reading a source again. What becomes of a record that the
source now tells differently:

| it is | submitted to be public | submitted as a draft |
|---|---|---|
| a draft that nobody worked on | changed, and public | changed |
| a draft of the desk | the change waits | changed |
| public | changed | the change waits |
| in review, approved or withdrawn | the change waits | the change waits |
| public, being corrected | the change waits | the change waits |

A change also waits where a person changed the text as well (`kb.store.merge`). A draft is the
desk's once somebody brought it in there or did anything with it: only the desk publishes it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto

from sqlalchemy import Connection

from kb.errors import BadSource, Sealed
from kb.model import Content, Source, Status
from kb.store import audit, reading, sources
from kb.store.changes import IMPORT, Changes, Held, Place
from kb.store.ids import new_ids
from kb.store.match import Known, pair
from kb.store.merge import frame, merge
from kb.store.revisions import content_of
from kb.store.rows import fingerprint, record_columns
from kb.text.normalise import fold_text

CONFLICT = "来源与人工都改动了正文，待人工选择"
WAITING = "来源有改动，待发布"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a source's contents, by id of record.

    duplicates: the record that already has the text, and the title under which it came again.
    missing: records of this source that it no longer has; they stay as they are. held: changed
    records whose change waits for a person. unpublished: those meant to be public that the desk
    has as drafts, and that stay drafts.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    unpublished: tuple[str, ...] = ()


def submit(
    connection: Connection,
    source: Source,
    contents: tuple[Content, ...],
    *,
    parser: str,
    publish: bool,
    by: str,
) -> Submitted:
    """Takes in a source in this (write) transaction. Raises BadSource for text that is not
    Unicode."""
    _check_unicode(source, contents)
    put = sources.put(connection, source, parser)
    before = [] if put.new else reading.of_source(connection, put.id)
    held = {record.id: record for record in before}
    marks = [fingerprint(content.text) for content in contents]
    known = (Known(record.id, record.place.position, record.content) for record in held.values())
    pairs = pair(contents, known)
    fresh, duplicates = _new(connection, put.id, contents, marks, pairs)
    changes = Changes(connection, by)
    became: dict[_Became, list[str]] = {became: [] for became in _Became}
    unpublished = []
    for position, content in enumerate(contents):
        place = Place(put.id, position, source.sha256)
        if position in pairs:
            record = held[pairs[position]]
            kept = publish and _is_the_desks(connection, record)
            how = _again(connection, changes, record, content, place, publish, kept)
            became[how].append(record.id)
            if kept:
                unpublished.append(record.id)
            if put.moved and how is not _Became.UPDATED:
                changes.show_again(record)
        elif position in fresh:
            columns = record_columns(content, marks[position])
            changes.add(fresh[position], content, columns, place, frame(content), publish)
    changes.flush()
    seen = set(pairs.values())
    return Submitted(
        added=tuple(fresh.values()),
        updated=tuple(became[_Became.UPDATED]),
        unchanged=tuple(became[_Became.UNCHANGED]),
        duplicates=tuple(duplicates),
        missing=tuple(
            record.id
            for record in held.values()
            if record.id not in seen and record.status is not Status.WITHDRAWN
        ),
        held=tuple(became[_Became.HELD]),
        unpublished=tuple(unpublished),
    )


def unpublished(connection: Connection, origin: str) -> tuple[str, ...]:
    """The records of a source that the desk has as drafts."""
    found = reading.of_source(connection, sources.place(connection, origin))
    return tuple(one.id for one in found if _is_the_desks(connection, one))


class _Became(Enum):
    UPDATED = auto()
    UNCHANGED = auto()
    HELD = auto()


def _check_unicode(source: Source, contents: tuple[Content, ...]) -> None:
    for text in (source.text, source.url, *(content.title + content.text for content in contents)):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            reason = "文字中有不成对的代理字符：请检查文件的编码"
            raise BadSource(source.origin, reason, f"第 {error.start + 1} 字") from None


def _new(
    connection: Connection,
    source_id: int,
    contents: tuple[Content, ...],
    marks: list[str | None],
    pairs: dict[int, str],
) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """The places of the contents that are new, each with its id; and the duplicates: told by
    another source before, or twice by this one with the same title and text."""
    unknown = [place for place in range(len(contents)) if place not in pairs]
    elsewhere = reading.by_fingerprint(
        connection, [mark for place in unknown if (mark := marks[place])], not_of=source_id
    )
    told = {
        (fold_text(contents[place].title), marks[place]): known for place, known in pairs.items()
    }
    ids = iter(new_ids(connection, len(unknown)))
    fresh: dict[int, str] = {}
    duplicates = []
    for place in unknown:
        mark, title = marks[place], contents[place].title
        told_here = (fold_text(title), mark)
        existing = (elsewhere.get(mark) or told.get(told_here)) if mark else None
        if existing:
            duplicates.append((existing, title))
        else:
            fresh[place] = told[told_here] = next(ids)
    return fresh, duplicates


def _is_the_desks(connection: Connection, held: Held) -> bool:
    """Whether a record is a draft that the desk has, and readers never had."""
    if held.was_public or held.status not in (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED):
        return False
    return audit.is_worked_on(connection, held.id, IMPORT)


def _again(
    connection: Connection,
    changes: Changes,
    held: Held,
    content: Content,
    place: Place,
    publish: bool,
    kept: bool,
) -> _Became:
    """Joins a record with what its source says now; see the table above. kept: it stays a draft."""
    merged = merge(held.content, content, held.frame)
    release = publish and held.status is Status.DRAFT and not kept
    if not merged.conflict and merged.content == held.content:
        changes.seen(held, place, frame(content))
        if not release:
            return _Became.UNCHANGED
        changes.publish(held, held.content, held.revision)
        return _Became.UPDATED
    free = held.status is Status.DRAFT or (publish and held.status is Status.PUBLISHED)
    if free and not kept and not held.is_corrected and not merged.conflict:
        changes.seen(held, place, frame(content))
        now = changes.update(held, merged.content, sha256=place.sha256)
        if release:
            changes.publish(now, now.content, now.revision)
        return _Became.UPDATED
    if merged.content != _waiting(connection, held):
        note = CONFLICT if merged.conflict else WAITING
        changes.hold(held, merged.content, sha256=place.sha256, note=note)
    return _Became.HELD


def _waiting(connection: Connection, held: Held) -> Content | None:
    """What waits already; None for nothing, or what was put away."""
    with suppress(Sealed):
        if held.latest > held.revision:
            return content_of(connection, held.id, held.latest)
    return None
