"""What stands instead of a name: the form the record already has for the person, else 陈某某.

The surname stays and the given name becomes 某 (法释〔2016〕19号第九条); two persons of one surname
are told apart by 甲, 乙, as typical cases do, where article 9 counts 1, 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.check.name_words import name_words
from ingest.check.names import Named
from ingest.check.plain import HAN
from kb.model import Content, PartyRole, settled

_LETTERS = "甲乙丙丁戊己庚辛壬癸"
_MASK = r"某{1,2}|\*{1,2}|×{1,3}|[xX]{1,2}"
_FORM = re.compile(rf"(?P<surname>[{HAN}]{{1,2}}?)(?P<mask>{_MASK})(?P<behind>[{HAN}\d]?)")
_LABEL = re.compile(r"(?P<label>申请人|第三人|原告|上诉人|证人|委托代理人)[: ]*$")
# The side somebody is on, whatever the procedure calls it.
_SIDES = {
    PartyRole.APPLICANT: "applicant", PartyRole.PLAINTIFF: "applicant",
    PartyRole.APPELLANT: "applicant", PartyRole.THIRD_PARTY: "third",
    "申请人": "applicant", "原告": "applicant", "上诉人": "applicant", "第三人": "third",
    "证人": "witness", "委托代理人": "agent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A name that stands masked in the record: 陈某某, 陈某甲 (letter 甲). tails: what stands
    behind a single mask somewhere, so that 林某 may be 林某良."""

    text: str
    surname: str
    letter: str = ""
    tails: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """mask: what should stand instead; known: the record has it already for the same person."""

    mask: str
    known: bool


def forms(texts: Iterable[str]) -> tuple[Form, ...]:
    """The masked names in texts made plain, each once."""
    words = name_words()
    found: dict[str, Form] = {}
    for text in texts:
        for match in _FORM.finditer(text):
            for at in range(match.start(), match.end("surname")):
                surname = text[at : match.end("surname")]
                if words.surname(text, at) == surname:
                    form = _form(surname, match["mask"], match["behind"])
                    old = found.get(form.text, form)
                    found[form.text] = replace(form, tails=form.tails | old.tails)
                    break
    return tuple(found.values())


def _form(surname: str, mask: str, behind: str) -> Form:
    if behind and (behind in _LETTERS or behind.isdigit()):
        return Form(surname + mask + behind, surname, letter=behind)
    tails = frozenset({behind} if behind and len(mask) == 1 else ())
    return Form(surname + mask, surname, tails=tails)


def proposals(
    named: Sequence[Named], known: Sequence[Form], content: Content, texts: Sequence[str]
) -> dict[str, Proposal]:
    """A mask for each open name, no two persons under one."""
    sides = _Sides(content, texts)
    found: dict[str, Proposal] = {}
    by_surname: dict[str, list[str]] = {}
    for one in named:
        by_surname.setdefault(_surname(one.name), []).append(one.name)
    for surname, names in by_surname.items():
        masked = [form for form in known if form.surname == surname]
        for name in names:
            if form := _same_person(name, names, masked, sides):
                found[name] = Proposal(form, known=True)
        rest = [name for name in names if name not in found]
        used = {form.text for form in masked}
        alone = len(rest) == 1 and not masked
        letters = iter(one for one in _letters() if f"{surname}某{one}" not in used)
        for name in rest:
            found[name] = Proposal(f"{surname}某{'某' if alone else next(letters)}", known=False)
    return found


def _surname(name: str) -> str:
    """The part that stays: the surname, or of names that have none the first character."""
    return (name_words().surname(name) if "·" not in name else "") or name[0]


def _letters() -> Iterable[str]:
    yield from _LETTERS
    yield from (str(number) for number in range(1, 1000))


def _same_person(
    name: str, names: Sequence[str], masked: Sequence[Form], sides: _Sides
) -> str | None:
    """The masked form of this very person: the visible character agrees, or there is just one such
    form and one such name, and nothing says that they are on different sides."""
    tailed = [form.text + name[-1] for form in masked if len(name) > 2 and name[-1] in form.tails]
    if len(tailed) == 1:
        return tailed[0]
    if len(names) == len(masked) == 1 and not masked[0].letter:
        return masked[0].text if sides.agree(name, masked[0].text) else None
    return None


class _Sides:
    """On which sides a name stands: by the record's parties and by the labels before it."""

    def __init__(self, content: Content, texts: Sequence[str]) -> None:
        self._texts = texts
        self._parties = [
            (party.name, _SIDES[party.role])
            for party in settled(content.parties)
            if party.role in _SIDES
        ]

    def agree(self, one: str, other: str) -> bool:
        first, second = self._of(one), self._of(other)
        return not first or not second or bool(first & second)

    def _of(self, name: str) -> set[str]:
        sides = {side for party, side in self._parties if party == name}
        for text in self._texts:
            for match in re.finditer(re.escape(name), text):
                if label := _LABEL.search(text[: match.start()][-12:]):
                    sides.add(_SIDES[label["label"]])
        return sides
