"""What every answer is made of, and what is said in place of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# The small parts, of which an answer has hundreds, are plain dataclasses: a model of its own for
# each takes a quarter of the time of a search.
@dataclass(frozen=True, slots=True)
class Coded:
    """A value of a taxonomy or of the regions: a stable code and what to show for it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class RegionAnswer:
    """A region in one role. name: full, as on the record's date. note: e.g. 原渝北区, or ""."""

    code: str
    name: str
    role: str
    note: str = ""


class CaseLink(Answer):
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlighted stretch, in offsets of the text it goes with."""

    start: int
    end: int


class Overview(Answer):
    """What is in the base. by_kind: records by kind code. newest_*: of the latest publication."""

    records: int
    articles: int
    by_kind: dict[str, int]
    newest_batch: str
    newest_published: date | None
    updated: datetime | None


class Problem(Answer):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    parameter: str = ""
