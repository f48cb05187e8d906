"""A place in a statute: its stable address, and every form in which Chinese writing names it.

An address reads `行政复议法@2024-01-01/art-30/para-1/item-2/subitem-1`; for any version without @…
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kb.errors import BadRequest
from kb.text.numerals import chinese, number

_HIGHEST = 99_999
"""No statute has so many articles."""


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """Article 条 (30, or "120之1"), paragraph 款, item 项, subitem 目; None where not named."""

    article: int | str | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """A pinpoint in a version of a work. version: the day in force, None for any version."""

    work: str
    version: date | None = None
    at: Pinpoint = Pinpoint()

    def address(self) -> str:
        """The stable address; work titles hold no "@" nor "/"."""
        path = self.work + (f"@{self.version.isoformat()}" if self.version else "")
        for name, value in _named(self.at):
            if value is not None:
                path += f"/{name}-{_article_in_address(value)}"
        return path


def parse_address(address: str) -> Provision:
    """The provision of an address; raises BadRequest where it is none."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise BadRequest(
            "address", f"“{address}”不是条文地址，应如 行政复议法@2024-01-01/art-30/para-1"
        )
    article = match["art"]
    parts = [match[name] for name in ("art", "para", "item", "subitem")]
    if any(part and max(map(len, part.split("-"))) > len(str(_HIGHEST)) for part in parts):
        raise BadRequest("address", "没有编号这样大的条款，请核对地址")
    try:
        version = date.fromisoformat(match["version"]) if match["version"] else None
    except ValueError as error:
        raise BadRequest("address", f"“{match['version']}”不是日期，应如 2024-01-01") from error
    at = Pinpoint(
        article_number(article) if article else None,
        *(int(match[name]) if match[name] else None for name in ("para", "item", "subitem")),
    )
    return Provision(match["work"], version, at)


def article_number(text: str) -> int | str:
    """The number of an article as it is kept: 30 or "120之1"; from 三十, 120-1, 一百二十之一.
    Raises ValueError for what is none, or higher than any statute goes."""
    main, parted, inserted = text.replace("-", "之").partition("之")
    value, after = number(main), number(inserted)
    if value is None or value > _HIGHEST or (parted and (after is None or after > _HIGHEST)):
        raise ValueError(f"not an article number: {text[:40]}")
    return f"{value}之{after}" if parted else value


def place(at: Pinpoint) -> str:
    """第三十条第一款第二项, as statutes write it; "" for a whole statute."""
    return PinpointForm.CHINESE.write(at)


class PinpointForm(Enum):
    """The written forms of a pinpoint. ASCII and full width differ as they do on real pages."""

    CHINESE = "chinese"
    BRACKETED_ITEM = "bracketed"
    ARABIC = "arabic"
    ARABIC_BRACKETED = "arabic_bracketed"
    FULL_WIDTH = "full_width"
    SPACED = "spaced"

    def write(self, at: Pinpoint) -> str:
        text = ""
        for unit, (_, value) in zip("条款项目", _named(at), strict=True):
            if value is not None:
                text += _WRITERS[self](value, unit)
        return text


def _chinese(value: int | str, unit: str) -> str:
    if isinstance(value, str):
        main, _, inserted = value.partition("之")
        return f"第{chinese(int(main))}{unit}之{chinese(int(inserted))}"
    return f"第{chinese(value)}{unit}"


def _arabic(value: int | str, unit: str) -> str:
    main, _, inserted = str(value).partition("之")
    return f"第{main}{unit}" + (f"之{inserted}" if inserted else "")


def _bracketed(value: int | str, unit: str) -> str:
    return f"第（{chinese(int(value))}）{unit}" if unit in "项目" else _chinese(value, unit)


def _arabic_bracketed(value: int | str, unit: str) -> str:
    return f"第({value}){unit}" if unit in "项目" else _arabic(value, unit)


def _full_width(value: int | str, unit: str) -> str:
    return _arabic(value, unit).translate({ord("0") + n: 0xFF10 + n for n in range(10)})


def _spaced(value: int | str, unit: str) -> str:
    return _arabic(value, unit).replace("第", "第 ").replace(unit, f" {unit}")


_WRITERS: dict[PinpointForm, Callable[[int | str, str], str]] = {
    PinpointForm.CHINESE: _chinese,
    PinpointForm.BRACKETED_ITEM: _bracketed,
    PinpointForm.ARABIC: _arabic,
    PinpointForm.ARABIC_BRACKETED: _arabic_bracketed,
    PinpointForm.FULL_WIDTH: _full_width,
    PinpointForm.SPACED: _spaced,
}

_ADDRESS = re.compile(
    r"(?P<work>[^@/]+)(?:@(?P<version>\d{4}-\d\d-\d\d))?"
    r"(?:/art-(?P<art>\d+(?:-\d+)?)(?:/para-(?P<para>\d+))?(?:/item-(?P<item>\d+))?"
    r"(?:/subitem-(?P<subitem>\d+))?)?",
    re.ASCII,
)


def _named(at: Pinpoint) -> tuple[tuple[str, int | str | None], ...]:
    return (
        ("art", at.article),
        ("para", at.paragraph),
        ("item", at.item),
        ("subitem", at.subitem),
    )


def _article_in_address(value: int | str) -> str:
    return str(value).replace("之", "-")
