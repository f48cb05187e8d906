"""Whether an answer is one that the records known to be public at the time allow."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import Content
from kb.text.exact import needle, numbered
from kb.text.normalise import fold_text
from tests.bench.base import record
from tests.bench.filing import filing
from tests.bench.serving.asking import REGION, YEAR, Asked, Told
from tests.bench.serving.writer import Change, histories
from tests.bench.words import Corpus
from tests.reading import Texts

_SIZE = 10
_NUMBER = re.compile(r"（示例(\d+)）")
_TOTAL = re.compile(r"共\s*(?:<[^>]*>)?\s*([\d,]+)\s*(?:<[^>]*>)?\s*件")


@dataclass(frozen=True, slots=True)
class _State:
    """Numbers of records. surely: were public all the while a request lasted; maybe: were on their
    way in or out."""

    surely: frozenset[int]
    maybe: frozenset[int]


class Judge:
    """Knows the records that were there from the start, and all the changes."""

    def __init__(self, corpus: Corpus, changes: Sequence[Change]) -> None:
        self._count = len(corpus)
        self._texts = Texts({str(n): _parts(record(n, corpus.text(n))) for n in range(self._count)})
        self._histories = histories(list(changes))
        self._forms = {n: _forms(some[0].text) for n, some in self._histories.items()}
        self._known: dict[Asked, frozenset[int]] = {}

    def wrong(self, told: Told) -> str:
        """What is wrong with an answer, "" if nothing."""
        if told.asked.about >= 0:
            return self._wrong_record(told)
        if told.status != 200:
            return f"status {told.status}"
        return self._wrong_search(told)

    def _wrong_record(self, told: Told) -> str:
        state = self._state({told.asked.about}, told)
        allowed = {200} if state.surely else ({200, 404, 410} if state.maybe else {404, 410})
        return "" if told.status in allowed else f"status {told.status}, not {sorted(allowed)}"

    def _wrong_search(self, told: Told) -> str:
        found = self._from_the_start(told.asked)
        new = {n for n, forms in self._forms.items() if _matches(told.asked, forms, n)}
        state = self._state(new, told)
        low, high = len(found) + len(state.surely), len(found) + len(state.surely | state.maybe)
        if told.asked.page:
            text = told.body.decode()
            said = _TOTAL.search(text)
            total = int(said[1].replace(",", "")) if said else 0
            shown = {int(n) for n in _NUMBER.findall(text)}
        else:
            answer = json.loads(told.body)
            total = answer["total"]
            shown = {int(_NUMBER.findall(hit["title"])[-1]) for hit in answer["hits"]}
            years = next(f for f in answer["facets"] if f["name"] == "year")["values"]
            if not told.asked.filtered and sum(year["count"] for year in years) != total:
                return f"years add up to {sum(y['count'] for y in years)}, total {total}"
        if not low <= total <= high:
            return f"total {total}, not {low} to {high}"
        if extra := shown - found - state.surely - state.maybe:
            return f"shows {sorted(extra)[:5]}, which are not found"
        if len(shown) < min(_SIZE, low) - len(state.maybe):
            return f"shows {len(shown)} of {total}"
        return ""

    def _from_the_start(self, asked: Asked) -> frozenset[int]:
        if asked not in self._known:
            sets = [set(map(int, self._texts.with_quotation(one))) for one in asked.quoted]
            found = set.intersection(*sets) if asked.every else set.union(*sets)
            if asked.filtered:
                found = {n for n in found if _filed(n)}
            self._known[asked] = frozenset(found)
        return self._known[asked]

    def _state(self, numbers: set[int], told: Told) -> _State:
        surely, maybe = set(), set()
        for number in numbers & self._histories.keys():
            possible = _possible(self._histories[number], told.begun, told.done)
            if possible == {True}:
                surely.add(number)
            elif True in possible:
                maybe.add(number)
        return _State(frozenset(surely), frozenset(maybe))


def _possible(changes: Sequence[Change], begun: float, done: float) -> set[bool]:
    """Whether a record may have been public at any moment between: an answer may rest on any."""
    states = set()
    public = False
    for change in changes:
        if begun <= change.done:  # it was not surely over when the request began
            states.add(public)
        if done < change.begun:
            return states
        public = change.published
    return states | {public}


def _filed(number: int) -> bool:
    filed = filing(number)
    return filed.region == REGION and str(filed.decided.year) == YEAR


def _matches(asked: Asked, forms: tuple[str, str], number: int) -> bool:
    joined = all if asked.every else any
    holds = joined(_stands(quoted, forms) for quoted in asked.quoted)
    return holds and (not asked.filtered or _filed(number))


def _stands(quoted: str, forms: tuple[str, str]) -> bool:
    wanted = needle(quoted)
    return wanted.plain in forms[0] or bool(wanted.numbered and wanted.numbered in forms[1])


def _forms(text: str) -> tuple[str, str]:
    return fold_text(text), numbered(fold_text(text))


def _parts(content: Content) -> tuple[str, str]:
    return content.title, content.text
