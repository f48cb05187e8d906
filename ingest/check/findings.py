"""What a check of privacy finds: what kind, where, why, how sure, and what could stand instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.model import Content, Span


class Kind(StrEnum):
    """Kinds of personal information; METADATA: what a file says of itself beside its text."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    PLATE = "plate"
    BANK_ACCOUNT = "bank_account"
    EMAIL = "email"
    ACCOUNT = "account"
    ADDRESS = "address"
    BIRTHDAY = "birthday"
    NAME = "name"
    MINOR = "minor"
    METADATA = "metadata"

    @property
    def label(self) -> str:
        """In Chinese, as a reviewer reads it."""
        return _LABELS[self]


_LABELS = {
    Kind.ID_NUMBER: "身份证号码",
    Kind.PHONE: "电话号码",
    Kind.PLATE: "车牌号码",
    Kind.BANK_ACCOUNT: "银行账号",
    Kind.EMAIL: "电子邮箱",
    Kind.ACCOUNT: "网络账号",
    Kind.ADDRESS: "详细住址",
    Kind.BIRTHDAY: "出生日期",
    Kind.NAME: "自然人姓名",
    Kind.MINOR: "未成年人信息",
    Kind.METADATA: "文件属性",
}


class Certainty(StrEnum):
    """CERTAIN: by checksum, or said so by the text. LIKELY: by form and surroundings. POSSIBLE:
    worth a look."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def label(self) -> str:
        return {"certain": "确定", "likely": "很可能", "possible": "可能"}[self]


class Field(StrEnum):
    """Where words stand: in the title, subtitle or text of a record, in the values of its fields
    and their evidence, in the file's name, or in the file beside its text (comments,
    properties)."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    TEXT = "text"
    VALUES = "values"
    FILE_NAME = "file_name"
    FILE = "file"

    @property
    def label(self) -> str:
        return _FIELDS[self]


_FIELDS = {
    Field.TITLE: "标题",
    Field.SUBTITLE: "副标题",
    Field.TEXT: "正文",
    Field.VALUES: "各项的值或依据",
    Field.FILE_NAME: "文件名",
    Field.FILE: "文件",
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one field, in code points; for Field.FILE an empty one, for Field.VALUES one of
    all values together."""

    field: Field
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal information that stands open.

    quote: the words as they stand, the same at all places. rule: dotted name of what found it. why:
    the reason, in Chinese. mask: what is proposed instead; None where a person must decide, as for
    anything outside the record.
    """

    kind: Kind
    quote: str
    places: tuple[Place, ...]
    rule: str
    why: str
    certainty: Certainty
    mask: str | None = None

    @property
    def maskable(self) -> bool:
        """Whether a mask is proposed and some place of it is in the record."""
        return self.mask is not None and any(place.field in MASKABLE for place in self.places)


@dataclass(frozen=True, slots=True)
class Hit:
    """One stretch of one text that a rule found; hits of the same words become one finding."""

    kind: Kind
    span: Span
    rule: str
    why: str
    certainty: Certainty
    mask: str | None


RECORD = (Field.TITLE, Field.SUBTITLE, Field.TEXT)
MASKABLE = (*RECORD, Field.VALUES)


def fields_of(content: Content) -> Iterator[tuple[Field, str]]:
    """The fields of a record that are read, each with its words."""
    yield Field.TITLE, content.title
    yield Field.SUBTITLE, content.subtitle
    yield Field.TEXT, content.text


def gathered(found: Iterable[tuple[Field, str, Hit]]) -> tuple[Finding, ...]:
    """One finding for the same words of one kind, at all their places, in the order they come; the
    surest hit says why."""
    findings: dict[tuple[Kind, str], Finding] = {}
    for field, text, hit in found:
        quote, place = hit.span.of(text), Place(field, hit.span)
        new = Finding(hit.kind, quote, (place,), hit.rule, hit.why, hit.certainty, hit.mask)
        old = findings.get((hit.kind, quote))
        if old:
            surer = new if _SURE[new.certainty] > _SURE[old.certainty] else old
            new = replace(surer, places=(*old.places, place))
        findings[hit.kind, quote] = new
    return tuple(findings.values())


_SURE = {Certainty.POSSIBLE: 0, Certainty.LIKELY: 1, Certainty.CERTAIN: 2}
