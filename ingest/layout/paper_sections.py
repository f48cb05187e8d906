"""Where the parts of a formal paper begin: 申请人称, 经审理查明, 本院认为, 决定如下."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ingest.layout.lines import Line
from ingest.layout.paper_words import (
    PARTIES,
    PROCEEDING,
    REASONS,
    RESULT,
    STATUTES,
    TAIL,
    Part,
    words,
)
from kb.model import Kind, Role, Section, Span
from kb.text.normalise import Folded, fold

_ENUM = r"[一二三四五六七八九十]{1,3}"
_PREFIX = re.compile(
    rf"(?:\({_ENUM}\)[、.,:]?|{_ENUM}[、.,:]|\(\d{{1,2}}\)|\d{{1,2}}[、.](?!\d)|0\d(?=[^\d年月日.])|"
    rf"第{_ENUM}部分[、:]?)?[#*■◆▶►·●▌>\-]*\(?"
)
_MARK_ALONE = re.compile(rf"\(?(?:0?\d{{1,2}}|{_ENUM})\)?[、.]?")
_BEHIND = re.compile(r"[:,;)][:,;.)、]*")
_SENTENCE = re.compile(r"[。;!?][\")]*")
# Where a part may begin inside a line: behind a sentence, and before appended statutes.
_INNER = re.compile(r"[。;!?][\")]*|(?=附:本)")
_BASIS = re.compile(r"[,;](?=(?:综上|据此|因此|故|依照|根据|依据|按照|遂))")
_DAY_BEHIND = 40
_LONGEST_CLOSING = 100
_LOOK = 1200  # characters from where a part may begin; no cue is longer
_LAST = 15  # lines in which a paper closes


@dataclass(frozen=True, slots=True)
class Opening:
    """A part of a paper: start in the document's text; body: where its words below the heading
    begin."""

    start: int
    body: int
    part: Part

    @property
    def role(self) -> Role:
        return self.part.role


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a part may begin: a line, or what follows a sentence in it."""

    line: int
    at: int  # folded offset in the line
    inner: bool


def openings(
    lines: Sequence[Line], first: int, end: int, kind: Kind, text_at: int = 0
) -> tuple[Opening, ...]:
    """The parts that lines [first, end) open, in order; the first of them ends the head.

    text_at: where in the first line the paper's text begins, if the head stands on that line too.

    After the reasons only result, closing and statutes are looked for, so that words of the parties
    taken up by the reasons open nothing.
    """
    return _Reader(lines, first, end, kind, text_at).read()


def prefix_end(folded: str) -> int:
    """Where the words of a line begin behind its number and marks."""
    match = _PREFIX.match(folded)
    return match.end() if match else 0


class _Reader:
    """One reading of a paper: its lines folded once, and the parts found so far."""

    def __init__(
        self, lines: Sequence[Line], first: int, end: int, kind: Kind, text_at: int
    ) -> None:
        self._lines, self._first, self._end = lines, first, end
        self._text_at = text_at
        self._folded: dict[int, Folded] = {at: fold(lines[at].text) for at in range(first, end)}
        self._parts = words().of(kind)
        self._found: list[Opening] = []
        self._at: list[_Place] = []  # of each opening found
        self._stage = 0

    def read(self) -> tuple[Opening, ...]:
        for place in self._places():
            self._try(place)
        self._insert_result()
        return tuple(sorted(self._found, key=attrgetter("start")))

    def _places(self) -> Iterator[_Place]:
        for line in range(self._first, self._end):
            start = self._begins(line)
            yield _Place(line, start, inner=False)
            for match in _INNER.finditer(self._folded[line].text, start + 1):
                end = match.end()
                if end < len(self._folded[line].text):
                    yield _Place(line, end, inner=True)

    def _begins(self, line: int) -> int:
        """Folded offset in a line where the text of the paper begins."""
        if line > self._first or not self._text_at:
            return 0
        return bisect_left(self._folded[line].origin, self._text_at)

    def _try(self, place: _Place) -> None:
        rest = self._folded[place.line].text[place.at : place.at + _LOOK]
        if self._closes(place, rest):
            return self._open(place, self._part(TAIL), 0)
        skip = prefix_end(rest)
        for part in self._parts:
            if not self._may_open(part, place):
                continue
            for at in {0, skip}:
                match = part.cues.match(rest, at)
                if match is None or match.end() == at:
                    continue
                if part.unless and part.unless.match(rest, at):
                    continue
                if rest[match.end() : match.end() + 1] == ")" and "(" in match.group():
                    continue  # the bracket is one of the sentence, not of the heading
                if not part.heading:
                    if place.inner and part.stage == self._stage:
                        continue
                    return self._open(place, part, 0)
                again = place.inner and part.stage == self._stage
                if (behind := _behind(rest, match.end(), place.inner, again)) is not None:
                    return self._open(place, part, behind)
        return None

    def _may_open(self, part: Part, place: _Place) -> bool:
        """The parties come once, then what happened before, then whoever is heard, in any order."""
        if place.inner and not (part.inner and 0 < self._stage <= part.stage):
            return False
        if part.stage == PARTIES:
            return self._stage < PARTIES
        if part.role is Role.REVIEW and not part.heading and part.kind is None:
            return self._stage < PROCEEDING
        if part.stage == STATUTES:
            return self._stage >= REASONS or bool(self._found and self._near_end(place))
        if part.stage == RESULT:
            return not place.inner and PROCEEDING <= self._stage < RESULT
        if part.stage == TAIL:
            return PROCEEDING <= self._stage < TAIL and (
                self._stage >= REASONS or self._near_end(place)
            )
        return self._stage < REASONS

    def _near_end(self, place: _Place) -> bool:
        return self._end - place.line <= _LAST

    def _closes(self, place: _Place, rest: str) -> bool:
        """A line that is nothing but a day, perhaps behind the name of who decided."""
        if place.inner or not PROCEEDING <= self._stage < TAIL or not self._near_end(place):
            return False
        day = words().date
        if len(rest) > _LONGEST_CLOSING:
            return False
        if match := day.search(rest):
            return match.end() >= len(rest) - 1 and match.start() <= _DAY_BEHIND and "," not in rest
        behind = self._folded.get(place.line + 1)
        signs = rest.endswith(("政府", "局", "厅", "委员会", "法院", "机关", "印章)", "公章)"))
        return bool(signs and len(rest) <= 30 and behind and day.fullmatch(behind.text))

    def _open(self, place: _Place, part: Part, heading: int) -> None:
        above = self._found[-1] if self._found else None
        self._stage = max(part.stage, self._stage) if part.stage >= REASONS else part.stage
        if above and not heading and above.part.role is part.role and part.role is not Role.REVIEW:
            return
        line, folded = self._lines[place.line], self._folded[place.line]
        start = body = line.start + folded.origin[place.at]
        if heading:
            body = line.start + folded.span(place.at, place.at + heading).end
        if place.at == 0:
            start = self._with_mark_above(place.line)
            body = max(start, body)
        self._found.append(Opening(start, body, part))
        self._at.append(place)

    def _with_mark_above(self, line: int) -> int:
        """A number alone on the line above (01) belongs to the part it numbers."""
        above = self._folded.get(line - 1)
        if above and _MARK_ALONE.fullmatch(above.text):
            return self._lines[line - 1].start
        return self._lines[line].start

    def _part(self, stage: int) -> Part:
        return next(part for part in self._parts if part.stage == stage)

    # --- the result ---

    def _insert_result(self) -> None:
        if not self._found or any(opening.role is Role.RESULT for opening in self._found):
            return
        first = next((i for i, o in enumerate(self._found) if o.part.stage == REASONS), None)
        tail = next((i for i, o in enumerate(self._found) if o.part.stage >= TAIL), None)
        if first is None:
            first = (tail if tail is not None else len(self._found)) - 1
        if first < 0:
            return
        stop = self._at[tail] if tail is not None else _Place(self._end, 0, inner=False)
        found = self._result_between(self._at[first], stop)
        if found is None:
            return
        line, at = found
        start = self._lines[line].start + self._folded[line].origin[at]
        opening = self._found[first]
        start = max(start, opening.start)
        part = Part(None, RESULT, Role.RESULT, False, False, words().strong, None)
        if start <= opening.body:  # nothing stands under the heading but the result
            start = opening.start
            self._found[first] = Opening(start, opening.body, part)
        else:
            self._found.append(Opening(start, start, part))

    def _result_between(self, first: _Place, stop: _Place) -> tuple[int, int] | None:
        """Line and offset of the sentence that gives the result: the first strong words, else the
        last weak ones."""
        weak = None
        for line in range(first.line, min(stop.line + 1, self._end)):
            text = self._folded[line].text
            begin = first.at if line == first.line else 0
            until = stop.at if line == stop.line else len(text)
            if match := words().strong.search(text, begin, until):
                return line, self._sentence(line, match.start(), begin)
            for match in words().weak.finditer(text, begin, until):
                weak = line, match.start(), begin
        return (weak[0], self._sentence(*weak)) if weak else None

    def _sentence(self, line: int, at: int, begin: int) -> int:
        """Where the sentence around an offset begins; within the sentence that opens the reasons,
        the clause that names the law."""
        text = self._folded[line].text
        ends = [match.end() for match in _SENTENCE.finditer(text, begin, at)]
        full = [end for end in ends if ";" not in text[end - 2 : end]]
        if full:
            return full[-1]
        clauses = [match.end() for match in _BASIS.finditer(text, begin, at)]
        opens_part = any(p.line == line and p.at == begin for p in self._at)
        return clauses[-1] if clauses and opens_part else begin


def _behind(rest: str, end: int, inner: bool, again: bool) -> int | None:
    """Where the heading ends with the marks behind it; None where words run on without any.

    again: a second heading of its stage in one line needs a colon.
    """
    match = _BEHIND.match(rest, end)
    if rest[end : end + 1] == "《" and rest.startswith("附"):
        return end  # appended statutes follow their heading without a mark
    if match and not (again and rest[end] != ":"):
        return match.end()
    return end if end == len(rest) and not inner else None


def partition(
    text: str, base: int, stop: int, found: Sequence[Opening]
) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The sections of a paper whose text is text[base:stop], and the headings without words.

    What stands before the first part is the head. A part without words joins the next one.
    """
    kept: list[tuple[int, int, Role]] = []
    if not found or found[0].start > base:
        kept.append((base, base, Role.HEAD))
    empty: list[str] = []
    waiting: int | None = None
    following = [*found[1:], None]
    for opening, below in zip(found, following, strict=True):
        start = opening.start if waiting is None else waiting
        end = below.start if below else stop
        if not text[opening.body : end].strip():
            if below is None or below.role is not opening.role:
                empty.append(text[opening.start : opening.body].strip())
            waiting = start
            continue
        kept.append((start, opening.body, opening.role))
        waiting = None
    ends = [start for start, _, _ in kept[1:]] + [stop]
    sections = [_section(text, base, *part, end) for part, end in zip(kept, ends, strict=True)]
    return tuple(sections), tuple(empty)


def _section(text: str, base: int, start: int, body: int, role: Role, end: int) -> Section:
    heading = re.sub(r"\s*\n\s*", " ", text[start:body]).strip()
    words_below = text[body:end]
    inner = body + len(words_below) - len(words_below.lstrip())
    outer = max(inner, body + len(words_below.rstrip()))
    return Section(role, heading, Span(start - base, end - base), Span(inner - base, outer - base))
