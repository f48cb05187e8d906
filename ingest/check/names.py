"""Names of natural persons that stand open in a record.

What the form of the writing makes a name, and every stretch that begins with a surname and for
which enough speaks. What is taken for a name once is a name wherever it stands in the record; a
word (高兴) only where it stands as a person does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.check.findings import Field
from ingest.check.name_forms import formal
from ingest.check.name_weights import Hints, around, stands, weighed
from ingest.check.name_words import name_words
from ingest.check.plain import GAPS, HAN, closed
from kb.model import Span

_ENOUGH = 4
_ALIAS = re.compile(rf"(?P<name>[{HAN}·]{{2,5}})[\"”]?\((?:均?为?系?)?化名\)")
_ALL_ALIASES = re.compile(
    r"(?:人名|姓名|人物|当事人)[^。;\n]{0,12}(?:均|都|皆|全部|系|为)[^。;\n]{0,4}化名"
)
_NEXT = re.compile(r"、|以及|和|与|及")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name. name: without blanks and breaks; score: of what speaks for it;
    place: of that, what stands around it, around: its neighbours; official: speaks for an office, a
    court or a firm there; sure: said by the form of writing."""

    field: Field
    span: Span
    name: str
    score: int
    place: int = 0
    around: str = ""
    official: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """An open name with all its places. score: the best of them."""

    name: str
    places: tuple[tuple[Field, Span], ...]
    score: int
    sure: bool


def open_names(texts: Sequence[tuple[Field, str]], hints: Hints = ()) -> tuple[Named, ...]:
    """The open names in texts made plain, in the order they appear.

    hints: of each masked name in the record its surname and the characters that may be its last; a
    name that fits one needs less to be believed.
    """
    if any(_ALL_ALIASES.search(text) for _, text in texts):
        return ()
    candidates = [one for field, text in texts for one in _all(field, text, hints)]
    left_out = {one.name for one in candidates if one.official}
    left_out |= {match["name"] for _, text in texts for match in _ALIAS.finditer(text)}
    accepted: dict[str, Candidate] = {}
    for one in _together(candidates):
        if one.score < _ENOUGH or _among(one.name, left_out):
            continue
        if one.sure or not _is_place(one.name, texts):
            accepted.setdefault(one.name, one)
    for name in [name for name in accepted if name[:-1] in accepted]:
        seen = Counter(one.name for one in candidates if one.score >= _ENOUGH)
        if seen[name] <= seen[name[:-1]]:  # 李平作 beside 李平
            del accepted[name]
    return tuple(_everywhere(texts, accepted))


def _together(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The best candidate of each name; standing in several ways with something for it in each
    counts as well."""
    by_name: dict[str, list[Candidate]] = {}
    for one in candidates:
        by_name.setdefault(one.name, []).append(one)
    for found in by_name.values():
        best = max(found, key=lambda one: (one.sure, one.score))
        ways = len({one.around for one in found if one.score > (one.place < 3)})
        yield replace(best, score=best.score + min(2, max(0, ways - 1)))


def _among(name: str, others: set[str]) -> bool:
    """Whether the name, or what an alias ran into it with, is one of these."""
    return name in others or any(other.endswith(name) for other in others)


def _is_place(name: str, texts: Sequence[tuple[Field, str]]) -> bool:
    """怀宁 stands somewhere as 怀宁县."""
    return any(re.search(rf"{re.escape(name)}(?:[县市镇乡]|新区|街道)", text) for _, text in texts)


def _all(field: Field, text: str, hints: Hints) -> Iterator[Candidate]:
    """Those in the text as it stands, and those that blanks or the end of a line part."""
    parted: dict[int, Candidate] = {}
    bare, offsets = closed(text)
    if len(bare) < len(text):
        for one in _candidates(field, bare, hints):
            span = Span(offsets[one.span.start], offsets[one.span.end - 1] + 1)
            best = parted.get(span.start, one)
            if span.end - span.start > len(one.name) and one.score >= best.score:
                parted[span.start] = replace(one, span=span)
    for one in _candidates(field, text, hints):
        whole = parted.get(one.span.start)
        if not whole or whole.score < max(_ENOUGH, one.score):
            yield one
    yield from parted.values()


def _candidates(field: Field, text: str, hints: Hints) -> Iterator[Candidate]:
    by_form = list(_formal(field, text))
    yield from by_form
    found: dict[int, Candidate] = {}
    words = name_words()
    inside = words.inside(text)
    for match in re.finditer(rf"[{HAN}]", text):
        at = match.start()
        if not words.surname(text, at) or any(c.span.start < at < c.span.end for c in by_form):
            continue
        if one := weighed(text, at, inside, hints):
            near = text[max(0, at - 2) : at] + text[one.span.end : one.span.end + 2]
            found[at] = Candidate(
                field, one.span, one.name, one.score, one.place, near, one.official
            )
    _raise_neighbours(text, found, by_form)
    yield from found.values()


def _formal(field: Field, text: str) -> Iterator[Candidate]:
    for span in formal(text):
        official = around(text, span)[2]
        name = re.sub(r"\s", "", span.of(text))
        yield Candidate(field, span, name, 3 * _ENOUGH, official=official, sure=True)


def _raise_neighbours(text: str, found: dict[int, Candidate], by_form: Sequence[Candidate]) -> None:
    """In 何军、谢丽娟、邓勇等三人 one sure name speaks for those beside it."""
    words = name_words()
    sure = [one for one in by_form if not one.official]
    for _ in range(6):
        sure += [one for one in found.values() if one.score >= _ENOUGH]
        ends, starts = {one.span.end for one in sure}, {one.span.start for one in sure}
        changed = False
        for at, one in found.items():
            if one.score >= _ENOUGH or (one.score < 2 and not words.soft(one.name)):
                continue
            joined = _NEXT.match(text, one.span.end)
            beside = joined and joined.end() in starts
            beside = beside or any(
                text[at - n : at] in ("、", "以及", "和", "与", "及") and at - n in ends
                for n in (1, 2)
            )
            if beside:
                found[at] = replace(one, score=_ENOUGH)
                changed = True
        if not changed:
            return


def _everywhere(
    texts: Sequence[tuple[Field, str]], accepted: dict[str, Candidate]
) -> Iterator[Named]:
    """Every place of the accepted names; where one stands in another, the longer holds."""
    if not accepted:
        return
    longest = sorted(accepted, key=len, reverse=True)
    names = (GAPS.join(map(re.escape, name)) for name in longest)
    # Of Latin ones only whole words: Li Na, not Li Nancy.
    either = re.compile(
        "|".join(rf"(?<![A-Za-z]){one}(?![A-Za-z])" if one[0].isascii() else one for one in names)
    )
    places: dict[str, list[tuple[Field, Span]]] = {}
    for field, text in texts:
        for match in either.finditer(text):
            name, span = re.sub(r"\s", "", match.group()), Span(*match.span())
            if stands(text, span, name):
                places.setdefault(name, []).append((field, span))
    for name, found in places.items():
        yield Named(name, tuple(found), accepted[name].score, accepted[name].sure)
