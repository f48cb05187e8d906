"""What the sign being typed may become: names and numbers that lead to something in the base."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from kb import places
from kb.answers import Coded, CompletionAnswer, Suggestion
from kb.law.statutes import name_key, registry
from kb.search.complete.drawer import Entry, Match, Quality
from kb.search.complete.pending import NAMES, Pending, pending
from kb.search.complete.stock import Stock, said
from kb.search.fields import FACET_LABELS, REGIONS, Field, TextField, meaning
from kb.search.request import FacetName
from kb.search.survey import Survey
from kb.text.normalise import fold_text

MAX_TYPED = 200
"""Whoever has typed more is writing, and completes nothing."""

_MOST = 10
_LONGEST = 40
_STATUTES = 3
_SOUNDED = re.compile(r"(?P<name>[a-z]{2,})(?P<number>[0-9]+)")
# What a sign without a field's name may become.
_FREELY: tuple[Field, ...] = (
    FacetName.STATUTE,
    FacetName.ACT,
    FacetName.ISSUE,
    FacetName.REGION,
    FacetName.AUTHORITY,
    FacetName.OUTCOME,
    TextField.DOCKET,
    FacetName.BATCH,
)


class Completer:
    """Suggests while someone types. Safe to share between threads. borne: gives every number of
    published records, and how many bear it."""

    def __init__(self, survey: Survey, borne: Callable[[], Mapping[str, int]]) -> None:
        self._stock = Stock(survey, borne)

    def state(self) -> str:
        """A tag that changes whenever an answer could. To be read before the answer."""
        return self._stock.state()

    def complete(self, typed: str) -> CompletionAnswer:
        """Suggestions for the last sign of what is typed; none where nothing is begun."""
        sign = pending(typed) if len(typed) <= MAX_TYPED else None
        if sign is None or len(sign.text) > _LONGEST:
            return CompletionAnswer(query=typed, suggestions=[])
        fields = (sign.field,) if sign.field else _FREELY
        found = {field: self._found(field, sign.text) for field in fields}
        if not sign.field:
            found = {field: _used(matches) for field, matches in found.items()}
        suggestions = [
            suggestion
            for field, matches in _shared(found).items()
            for suggestion in self._suggestions(sign, field, matches)
        ]
        once = {suggestion.q: suggestion for suggestion in reversed(suggestions)}
        return CompletionAnswer(query=typed, suggestions=list(reversed(once.values())))

    def _found(self, field: Field, text: str) -> list[Match]:
        drawer = self._stock.drawer(field)
        if not text:
            return drawer.top(_MOST)
        if not any(character.isalnum() for character in text):
            return []
        key = said(text) if field is TextField.DOCKET else name_key(text)
        found = drawer.find(key, _MOST)
        if field is FacetName.STATUTE or field is FacetName.AUTHORITY:
            found = [*self._exactly(field, text), *found]
        if field is FacetName.STATUTE:
            found += self._articles(key)
        once = {match.entry.value: match for match in reversed(found)}
        kept = [match for match in reversed(once.values()) if _worth_showing(field, match)]
        return sorted(kept, key=lambda match: match.rank)[:_MOST]

    def _exactly(self, field: FacetName, text: str) -> Iterator[Match]:
        """What the text means as it stands, however it is spelt: 处罚法33, 渝北区人社局."""
        meant = meaning(field, text)
        for value in meant.values if meant and len(meant.values) == 1 else ():
            entry = self._stock.drawer(field).get(value)
            if field is FacetName.STATUTE and entry is None:
                entry = self._stock.articles(value.rpartition("第")[0]).get(value)
            if entry:
                yield Match(entry, Quality.EXACT)

    def _articles(self, key: str) -> list[Match]:
        """Behind a statute's name its articles; of a number begun, those that begin with it."""
        for end in range(len(key), 1, -1):
            if work := registry().work_of_key(key[:end]):
                articles, number = self._stock.articles(work.title), said(key[end:])
                if not key[end:]:
                    return articles.top(_MOST)
                return articles.find(number, _MOST, inside=False)
        if sounded := _SOUNDED.fullmatch(key):  # xzcff33
            statutes = self._stock.drawer(FacetName.STATUTE).find(sounded["name"], _STATUTES)
            return [
                match
                for statute in statutes
                for match in self._stock.articles(statute.entry.value).find(
                    sounded["number"], _MOST, inside=False
                )
            ]
        return []

    def _suggestions(
        self, sign: Pending, field: Field, matches: Iterable[Match]
    ) -> Iterator[Suggestion]:
        for entry in (match.entry for match in matches):
            text = _text(field, entry.value, entry.names)
            q = sign.completed(field, text) if text else None
            if text is None or q is None:
                continue
            count = entry.count
            if isinstance(field, FacetName) and field in REGIONS:
                count = self._stock.found(field, text)
            yield Suggestion(
                kind=Coded(code=field.value, label=_label(field)),
                label=entry.label,
                note=_note(entry, sign.text),
                text=text,
                q=q,
                count=count,
            )


def _label(field: Field) -> str:
    return FACET_LABELS[field] if isinstance(field, FacetName) else NAMES[field]


def _worth_showing(field: Field, match: Match) -> bool:
    """Statutes and regions are known without a record; of the rest only what leads to one."""
    known = field is FacetName.STATUTE or field in REGIONS
    return match.entry.count > 0 or (known and match.quality is not Quality.INNER_SOUND)


def _used(matches: list[Match]) -> list[Match]:
    """Without what leads to no record, unless nothing else answers or it was named."""
    used = [m for m in matches if m.entry.count or m.quality is Quality.EXACT]
    return used or matches


def _shared(found: Mapping[Field, list[Match]]) -> dict[Field, list[Match]]:
    """The best ten of all kinds, in their groups: each kind has its first, then its second…; what
    leads to no record comes last."""
    groups = sorted((field for field in found if found[field]), key=lambda f: _standing(found[f]))
    turns = [
        (not match.entry.count and match.quality is not Quality.EXACT, turn, place, match)
        for place, field in enumerate(groups)
        for turn, match in enumerate(found[field])
    ]
    taken = sorted(turns, key=lambda turn: turn[:3])[:_MOST]
    return {
        field: [match for _, _, at, match in sorted(taken, key=lambda t: t[1]) if at == place]
        for place, field in enumerate(groups)
    }


def _standing(matches: list[Match]) -> tuple[bool, int, int]:
    """How early a group goes: by how well its first matches, then by how much that is used."""
    first = matches[0]
    return (not first.entry.count, first.quality, -first.entry.count)


@lru_cache(maxsize=8192)
def _text(field: Field, value: str, names: tuple[str, ...]) -> str | None:
    """How to type a value so that it is read as that value and no other."""
    means = _is_region if field in REGIONS else _is_value
    return next((name for name in (*names, value) if means(field, name, value, names)), None)


def _is_value(field: Field, name: str, value: str, _: tuple[str, ...]) -> bool:
    found = meaning(field, name) if isinstance(field, FacetName) else None
    return not isinstance(field, FacetName) or (found is not None and found.values == {value})


def _is_region(_: Field, name: str, value: str, names: tuple[str, ...]) -> bool:
    """Whether a name means this region alone: 江北区 is the one in Chongqing, not in Ningbo."""
    meant, whole = places.widen(name), places.widen(names[-1])
    if meant is None or not (value in meant.codes or value in names):
        return False
    return name == value or (whole is not None and meant.codes == whole.codes)


def _note(entry: Entry, typed: str) -> str:
    """The name by which it was found, where what is shown does not have it."""
    key = name_key(typed)
    if key and key not in fold_text(entry.label + entry.note):
        for name in entry.names:
            if key in fold_text(name):
                return name
    return entry.note
