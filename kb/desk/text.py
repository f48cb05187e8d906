"""Edits of a draft's text and its sections: spans move with the words, and the sections always
partition the text. Nothing is changed in place; every function gives a new content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kb.desk.shift import Shift
from kb.errors import BadRequest
from kb.model import CLAIM_FIELDS, Citation, Claim, ClaimSource, Content, Role, Section, Span
from kb.store.rows import claims_of

LONGEST_TEXT, LONGEST_TITLE = 200_000, 300
"""Characters that may be typed."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")


def seen(words: str) -> str:
    """The words without what nobody sees: within a name or a number it would hide them from every
    check."""
    return _UNSEEN.sub("", words)


def titled(content: Content, title: str, subtitle: str) -> Content:
    """The content with other titles, each on one line. Raises BadRequest for one that is too
    long."""
    named = {"title": title, "subtitle": subtitle}
    kept = {name: seen(_heading(words)) for name, words in named.items()}
    for name, words in kept.items():
        if len(words) > max(LONGEST_TITLE, len(getattr(content, name))):
            raise BadRequest(name, f"标题不超过 {LONGEST_TITLE} 字")
    return content.with_fields(**kept)


def with_text(content: Content, text: str) -> Content:
    """The content with another text. Sections and evidence move with their words; what a rule found
    in words that are gone goes too, what a person said stays without its evidence. Raises
    BadRequest for an empty text, and one that is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text == content.text:
        return content
    text = seen(text)
    if not text.strip():
        raise BadRequest("text", "正文不能为空")
    if len(text) > max(LONGEST_TEXT, len(content.text)):
        raise BadRequest("text", f"正文不超过 {LONGEST_TEXT:,} 字，请分成几件")
    shift = Shift(content.text, text)
    fields = {
        field: tuple(_moved(claims_of(content, field), shift, text)) for field in CLAIM_FIELDS
    }
    sections = tuple(_sections(content, shift, text))
    return content.with_fields(text=text, sections=sections, **fields)


def replace_stretch(content: Content, span: Span, words: str) -> Content:
    """The content with other words in one place. Raises BadRequest for a place outside."""
    _check_within(content, span)
    return with_text(content, content.text[: span.start] + words + content.text[span.end :])


def split(content: Content, place: int, role: Role | None = None) -> Content:
    """Begins a new section here, of this role or else of the one it is split from. Raises
    BadRequest where that would leave an empty one."""
    for n, section in enumerate(content.sections):
        if section.span.start < place < section.span.end:
            first = _cut(content.text, section, Span(section.span.start, place))
            second = _bare(content.text, role or section.role, Span(place, section.span.end))
            return _with(
                content, [*content.sections[:n], first, second, *content.sections[n + 1 :]]
            )
    raise BadRequest("place", "请在段落中间选一处分开")


def join(content: Content, n: int) -> Content:
    """Joins the nth section (from 0) with the next; it keeps its role and heading. Raises
    BadRequest where there is no next."""
    _check_section(content, n)
    if n + 1 == len(content.sections):
        raise BadRequest("section", "这是最后一段，后面没有可并入的段落")
    first, second = content.sections[n : n + 2]
    span = Span(first.span.start, second.span.end)
    body = Span(min(first.body.start, second.body.end), second.body.end)
    joined = replace(first, span=span, body=body)
    return _with(content, [*content.sections[:n], joined, *content.sections[n + 2 :]])


def relabel(content: Content, n: int, role: Role) -> Content:
    """Gives the nth section (from 0) another role. Raises BadRequest where there is none."""
    _check_section(content, n)
    parts = list(content.sections)
    parts[n] = replace(parts[n], role=role)
    return _with(content, parts)


def mark(content: Content, span: Span, role: Role) -> Content:
    """Makes a selected stretch a section of this role, out of those it lies in, with the white
    space around it; one that is all the words of a section gives that one the role. Raises
    BadRequest for a stretch without words."""
    _check_within(content, span)
    if not span.of(content.text).strip():
        raise BadRequest("span", "请先选中一段文字")
    for n, section in enumerate(content.sections):
        if section.body == _body(content.text, span):
            return relabel(content, n, role)
    whole = Span(0, len(content.text))
    parts = content.sections or (_bare(content.text, Role.OTHER, whole),)
    span = _with_blanks(content.text, span, parts)
    before = [
        _cut(content.text, s, Span(s.span.start, min(s.span.end, span.start)))
        for s in parts
        if s.span.start < span.start
    ]
    after = []
    for section in parts:
        if section.span.start >= span.end:
            after.append(section)
        elif section.span.end > span.end:
            after.append(_bare(content.text, section.role, Span(span.end, section.span.end)))
    return _with(content, [*before, _bare(content.text, role, span), *after])


def check(content: Content) -> None:
    """Raises BadRequest for a content that breaks what every record keeps: sections that partition
    the text, evidence that lies in it."""
    place = 0
    for section in content.sections:
        inside = section.span.start <= section.body.start <= section.body.end <= section.span.end
        if section.span.start != place or not inside:
            raise BadRequest("sections", f"第 {place + 1} 字处的段落不连续：请重新划分")
        place = section.span.end
    if place != len(content.text) and content.sections:
        raise BadRequest("sections", "各段合起来不是全文：请重新划分")
    if not content.title.strip():
        raise BadRequest("title", "标题不能为空")
    for field in CLAIM_FIELDS:
        for claim in claims_of(content, field):
            if claim.evidence.span:
                _check_within(content, claim.evidence.span)


def _moved(claims: Iterable[Claim[Any]], shift: Shift, text: str) -> Iterator[Claim[Any]]:
    for claim in claims:
        evidence, value = claim.evidence, claim.value
        if evidence.span is None:
            yield claim
            continue
        span = shift.span(evidence.span)
        decided = claim.rejected or evidence.source is ClaimSource.PERSON
        if span is None and not decided:
            continue
        quote = span.of(text) if span else evidence.quote
        if isinstance(value, Citation):
            there = shift.span(value.span)
            value = replace(
                value, span=there or Span(0, 0), raw=there.of(text) if there else value.raw
            )
        yield replace(claim, value=value, evidence=replace(evidence, span=span, quote=quote))


def _sections(content: Content, shift: Shift, text: str) -> Iterator[Section]:
    """Words put in between two sections go to the one before; a section without words is gone."""
    starts = [0, *(shift.start(part.span.start) for part in content.sections[1:])]
    ends = [*starts[1:], len(text)]
    for part, start, end in zip(content.sections, starts, ends, strict=True):
        if start >= end:
            continue
        head = part.span.start, part.body.start
        below = min(max(shift.end(part.body.start) if part.heading else start, start), end)
        kept = part.heading and content.text[slice(*head)].strip() == text[start:below].strip()
        heading = part.heading if kept else _heading(text[start:below])
        yield replace(
            part, heading=heading, span=Span(start, end), body=_body(text, Span(below, end))
        )


def _with_blanks(text: str, span: Span, parts: Iterable[Section]) -> Span:
    """The stretch with the white space behind it; with what is before it only where its section
    begins so: no section is left without words."""
    end = len(text) - len(text[span.end :].lstrip())
    begun = next(part.span.start for part in parts if span.start < part.span.end)
    return Span(begun if not text[begun : span.start].strip() else span.start, end)


def _heading(words: str) -> str:
    return re.sub(r"\s*\n\s*", " ", words).strip()


def _body(text: str, span: Span) -> Span:
    """The words of a stretch, without the white space around them."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _bare(text: str, role: Role, span: Span) -> Section:
    return Section(role, "", span, _body(text, span))


def _cut(text: str, section: Section, span: Span) -> Section:
    """The beginning of a section."""
    if span.end <= section.body.start:  # the cut is in its heading
        return _bare(text, section.role, span)
    body = Span(section.body.start, min(section.body.end, span.end))
    return replace(section, span=span, body=_body(text, body))


def _with(content: Content, sections: Iterable[Section]) -> Content:
    return content.with_fields(sections=tuple(sections))


def _check_section(content: Content, n: int) -> None:
    if not 0 <= n < len(content.sections):
        raise BadRequest("section", f"没有第 {n + 1} 段")


def _check_within(content: Content, span: Span) -> None:
    if not 0 <= span.start <= span.end <= len(content.text):
        raise BadRequest("span", "选中的位置不在正文之内：请刷新后重选")
