"""Values of fields as the words of a text say them that a person selected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from kb import law
from kb.desk.values import read_value
from kb.errors import BadRequest
from kb.issues import TAXONOMIES, Taxonomy, Term
from kb.law import dockets
from kb.law.statutes import Registry
from kb.model import Content, Kind, Span, settled
from kb.text.dates import days
from kb.text.normalise import fold_text

_AROUND = ' \t\n\r\u3000，。、；：,.;:（）()“”"《》'
V = TypeVar("V")


def read_selected(
    content: Content,
    field: str,
    span: Span,
    *,
    part: str = "",
    natural: bool = False,
    registry: Registry | None = None,
) -> tuple[Any, Span]:
    """The value that a selected stretch of the text gives of a field, and the words in it that say
    so: of a longer stretch the one day, number or provision in it. part, natural, registry: as in
    `kb.desk.values.read_value`. Raises BadRequest where it says nothing of the field, or too much.
    """
    words = span.of(content.text)
    if not words.strip():
        raise BadRequest("span", "请先在正文中选中文字")
    match field:
        case "published" | "decided":
            day, place = _one("日期", [*days(words)], words)
            return day, _within(span, place)
        case "dockets":
            place, docket = _one("案号", dockets.find(words), words)
            return docket, _within(span, place)
        case "citations":
            return _citation(content, span, registry)
        case "acts" | "issues" | "outcomes":
            return _term(content, field, words), _bare(content, span)
    bare = _bare(content, span)
    value = read_value(content, field, bare.of(content.text), part=part, natural=natural)
    return value, bare


def _citation(content: Content, span: Span, registry: Registry | None) -> tuple[Any, Span]:
    """Read with the whole text, which says what 该法第三十条 means."""
    decided = next(iter(settled(content.decided)), None)
    found = [
        one
        for one in law.cite(content.text, decided, registry)
        if one.span.start < span.end and span.start < one.span.end
    ]
    citation = _one("法条", found, span.of(content.text))
    return citation, citation.span


def _term(content: Content, field: str, words: str) -> str:
    """The term of this name, else the one whose cues the words bear; of outcomes, those of courts
    only in a court's paper."""
    taxonomy = TAXONOMIES[field]()
    other = "review" if content.kind is Kind.JUDGMENT else "court"
    for found in (taxonomy.find_all(words.strip(_AROUND)), _cued(taxonomy, fold_text(words))):
        fitting = [term for term in found if term.forum != other]
        if fitting:
            return _one("分类", fitting, words).code
    raise _refused("分类", words)


def _cued(taxonomy: Taxonomy, words: str) -> list[Term]:
    found = {
        term.code: term
        for term, cue in taxonomy.cues
        if cue.find.search(words) and not any(unless.search(words) for unless in term.unless)
    }
    general = {above for code in found for above in taxonomy.lineage(code)[:-1]}
    return [term for code, term in found.items() if code not in general]


def _one(what: str, found: Sequence[V], words: str) -> V:
    if len(found) != 1:
        raise _refused(what, words, found)
    return found[0]


def _refused(what: str, words: str, found: Sequence[object] = ()) -> BadRequest:
    shown = re.sub(r"\s+", "", words)
    shown = f"{shown[:20]}…" if len(shown) > 20 else shown
    if not found:
        return BadRequest("span", f"“{shown}”里看不出{what}，请填写或从列表中选")
    told = "、".join(one.label for one in found[:5] if isinstance(one, Term))
    told = f"（{told}）" if told else ""
    return BadRequest("span", f"“{shown}”里有 {len(found)} 个{what}{told}，请选定其中一个")


def _bare(content: Content, span: Span) -> Span:
    """The stretch without the blanks and punctuation around its words."""
    words = span.of(content.text)
    start = span.start + len(words) - len(words.lstrip(_AROUND))
    return Span(start, max(start + 1, span.start + len(words.rstrip(_AROUND))))


def _within(span: Span, place: Span) -> Span:
    return Span(span.start + place.start, span.start + place.end)
