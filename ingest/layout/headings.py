"""Which lines are headings of sections: those of the table, and others set in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import BlockKind
from ingest.layout.lines import Line
from ingest.layout.numbering import DECORATION, SHOW, Mark, case_mark, ordinal
from ingest.layout.vocabulary import Known, Needs, known, longest_at_start
from kb.model import Role
from kb.text.normalise import fold, fold_text

_DECORATED = re.compile(DECORATION)
_PAIRS = dict(zip("【［[〖「『〔（(《<“", "】］]〗」』〕）)》>”", strict=True))
_AFTER = re.compile(rf"[{SHOW}：:。．.，,、/«]*")
_COLON = re.compile(r"\s*[：:|｜丨]")
_COLON_ALONE = re.compile(r"[：:]")
_LONGEST = 40  # a heading with all its marks is shorter


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading is set off from the text; headings of one page share it."""

    bracket: str = ""
    decoration: str = ""
    numbered: str = ""
    level: int = 0
    strong: bool = False

    @property
    def plain(self) -> bool:
        return self == Look()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a section.

    end: in the line, where the heading with its marks ends and a body on the same line begins.
    role: OTHER also where the heading is not known.
    """

    words: str
    role: Role
    end: int
    look: Look
    is_known: bool
    mark: Mark | None = None

    def inline(self, line: Line) -> bool:
        return bool(line.text[self.end :].strip())


@dataclass(frozen=True, slots=True)
class _Parts:
    """A line taken apart: what stands before the words, and where they begin."""

    words_at: int
    words: str  # of a bracketed heading: those in the bracket; else all that follows
    after_bracket: int  # 0 where there is no bracket
    look: Look
    mark: Mark | None


def read(line: Line) -> Heading | None:
    """The heading of the table that a line opens with, alone or with its body following."""
    if case_mark(line.text):
        return None
    parts = _take_apart(line)
    if parts.after_bracket:
        found = known(parts.words)
        return _heading(line, parts, found, parts.after_bracket) if found else None
    return _whole(line, parts) or _before_colon(line, parts) or _at_start(line, parts)


def opens_title(line: Line, heading: Heading) -> bool:
    """以案释法：过期食品被罚五万？ — what would be a heading further down names a column where it
    stands first on a page or in the format's own heading."""
    return heading.inline(line) and not _is_text(line.text[heading.end :])


def before_colon_alone(line: Line) -> Heading | None:
    """结果： alone on its line: a heading on pages that set their headings so."""
    parts = _take_apart(line)
    found = known(parts.words.strip().rstrip("：:")) if _ends_with_colon(parts.words) else None
    return _heading(line, parts, found, len(line.text)) if found else None


def before_colon_inline(line: Line) -> Heading | None:
    """处理：维持。 — a heading on pages whose 案情：… and 意义：… stand in the same way."""
    parts = _take_apart(line)
    colon = _COLON_ALONE.search(parts.words[:_LONGEST])
    found = known(parts.words[: colon.start()]) if colon else None
    if not colon or not found or not parts.look.plain:
        return None
    return _heading(line, parts, found, parts.words_at + colon.end())


def alike(line: Line, looks: Iterable[Look], last_number: dict[str, int]) -> Heading | None:
    """An unknown heading: short, and set off from the text as known headings of the page are.

    looks: of the known headings. last_number: by style, the number of the last heading before this
    line; a numbered line is a heading only where it goes on counting.
    """
    parts = _take_apart(line)
    if parts.look.plain or parts.look not in looks:
        return None
    words, end = parts.words, parts.after_bracket or len(line.text)
    if not parts.after_bracket and (colon := re.search(r"[：:]", parts.words)):
        words, end = parts.words[: colon.start()], parts.words_at + colon.end()
    words = words.strip(" 　。：:")
    if not 2 <= len(words) <= 16 or re.search(r"[。；，,;！？!?…]", words):
        return None
    if parts.mark and last_number.get(parts.mark.style, 0) != parts.mark.number - 1:
        return None
    if parts.look.strong and line.text[end:].strip():
        return None
    end = _skip(line.text, end)
    return Heading(words, Role.OTHER, end, parts.look, is_known=False, mark=parts.mark)


def _take_apart(line: Line) -> _Parts:
    text = line.text
    at = _decoration_end(text)
    mark = ordinal(text)
    if mark:
        at = mark.rest_at
    decorated = text[:at].strip("#*＊ \t　\u200b\ufeff") if not mark else ""
    bracket, after, words = "", 0, text[at:]
    if at < len(text) and text[at] in _PAIRS:
        close = text.find(_PAIRS[text[at]], at + 1, at + _LONGEST)
        if close > 0 or text[at] in "【［〖":  # an opening bracket that was never closed
            stop = close if close > 0 else len(text)
            bracket, after, words = text[at], stop + (close > 0), text[at + 1 : stop]
            at += 1
            if inner := ordinal(words):
                words, mark = words[inner.rest_at :], inner
    elif (close := text.find("】", at, at + _LONGEST)) > 0:  # one that was never opened
        bracket, after, words = "【", close + 1, text[at:close]
    set_off = bool(bracket or decorated or mark)
    look = Look(
        bracket=bracket,
        decoration=decorated[:1],
        numbered=mark.style if mark else "",
        level=line.level if line.kind is BlockKind.HEADING and not set_off else 0,
        strong=line.strong and line.kind is not BlockKind.HEADING and not set_off,
    )
    return _Parts(at, words, after, look, mark)


def _whole(line: Line, parts: _Parts) -> Heading | None:
    if len(parts.words) > _LONGEST:
        return None
    words = parts.words.strip()
    trimmed = re.sub(rf"{_AFTER.pattern}$", "", words)
    found = known(trimmed)
    if not found or (found.needs is Needs.MARK and parts.look.plain):
        return None
    if found.needs is Needs.COLON and parts.look.plain and not _ends_with_colon(words):
        return None
    return _heading(line, parts, found, len(line.text))


def _before_colon(line: Line, parts: _Parts) -> Heading | None:
    head = parts.words[:_LONGEST]
    colon = re.search(r"[：:|｜丨]", head)
    found = known(head[: colon.start()]) if colon else None
    if not colon or not found or (found.needs is Needs.MARK and parts.look.plain):
        return None
    is_bar = colon.group() not in "：:" and line.kind is not BlockKind.TABLE
    if is_bar and not _is_text(parts.words[colon.end() :]):
        return None  # 以案释法｜过期食品被罚五万: a column of the paper and a title
    return _heading(line, parts, found, parts.words_at + colon.end())


def _is_text(words: str) -> bool:
    """Sentences, or nothing, and not a title."""
    return not words.strip() or "。" in words or len(words) > 60


def _at_start(line: Line, parts: _Parts) -> Heading | None:
    """基本案情 2023年…: the words, a gap, and the body."""
    found = longest_at_start(fold_text(parts.words[:_LONGEST]))
    if not found or (found.needs is not Needs.NOTHING and parts.look.plain):
        return None
    end = parts.words_at + fold(parts.words[:_LONGEST]).span(0, len(found.key)).end
    gap = re.match(r"[ \u3000\t\xa0]+", line.text[end:])
    if not gap or (parts.look.plain and not line.text[end:].strip()):
        return None
    return _heading(line, parts, found, end)


def _heading(line: Line, parts: _Parts, found: Known, end: int) -> Heading:
    end = _skip(line.text, end)
    return Heading(found.key, found.role, end, parts.look, is_known=True, mark=parts.mark)


def _skip(text: str, end: int) -> int:
    """Past the marks that close a heading, and no further than the body's first word."""
    match = _AFTER.match(text, end)
    return match.end() if match else end


def _ends_with_colon(words: str) -> bool:
    return words.rstrip().endswith(("：", ":"))


def _decoration_end(text: str) -> int:
    match = _DECORATED.match(text)
    return match.end() if match else 0
