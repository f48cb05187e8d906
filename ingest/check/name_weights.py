"""How much speaks for a name where a surname stands: a label or kin before it, what only persons do
behind it, the characters of given names, against the words of the dictionary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.check.name_words import NameWords, name_words
from ingest.check.plain import HAN
from kb.model import Span

_LOOK = 24  # characters looked at before and behind
_BUSINESS = re.compile(
    rf"(?:(?![在与和向诉到被是于某因])[{HAN}]){{0,6}}?(?:有限|公司|超市|[酒饭餐饮商药书卖]店|商行|经营部|药房|诊所|[厂馆]|宾馆|学校|医院|幼儿园|街道|社区|村委会|小区)"
)
_OFFICE = re.compile(
    rf"(?:(?![不在与和向诉到被是于某因])[{HAN}]){{0,3}}?(?:[局厅]|法院|政府|委员会|征收办)"
)
_LETTERS = "甲乙丙丁戊己庚辛"  # 张甲 is masked
_SUED = re.compile(r"(?<![上起投申公应胜败])诉$")
_FAMILIAR = ("老", "小")  # 老罗|表示
_ALSO = "也"  # 向阳|也
_PLACE = "省市县区镇乡州村路街"
# Log-likelihoods: of a word no text has, of a frequent word, of a character in a given name.
_NEVER, _OFTEN, _GIVEN, _MAY_BE_GIVEN = -99.0, -10.5, -4.0, -6.0
_QUOTES = ("“", "”", '"')
Hints = Sequence[tuple[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Weight:
    """A stretch that may be a name. score: of what speaks for it; place: of that, what stands
    around it; official: that speaks for an office, a court or a firm."""

    span: Span
    name: str
    score: int
    place: int
    official: bool


def weighed(
    text: str, at: int, inside: frozenset[int] = frozenset(), hints: Hints = ()
) -> Weight | None:
    """The likelier of a given name of one character and of two behind the surname at an offset;
    None where neither may be. inside: offsets within words; hints: see `names.open_names`."""
    words = name_words()
    surname = words.surname(text, at)
    before, official = _before(text, at, words)
    best: Weight | None = None
    within = before < 2 and at in inside  # 主管|部门
    for size in (2, 1):
        end = at + len(surname) + size
        name = text[at:end]
        given = name[len(surname) :]
        if len(given) < size or not re.fullmatch(rf"[{HAN}]+", given):
            continue
        if (
            name in words.nobody
            or (surname in words.leading and given in words.pairs and before < 3)  # 但青苗
            or given in words.titles
            or given[0] in _LETTERS
            or words.cut(given)
            or (given in words.pairs and text[at - 1 : at] in _FAMILIAR)
            or (given == _ALSO and before < 3)
        ):
            continue
        behind, office = _behind(text, end, words)
        known = any(sign in words.given_only for sign in given)
        if not behind and text[end : end + 1] not in _PLACE:
            behind = int(text[end : end + 2] in words.pairs)
        # 对方志敏处以, not 承包方自愿
        plain = text[at - 1 : at] in ("对", "和", "由") and len(given) == 2 and behind > 1 and known
        if not behind or (within and not plain):
            continue
        score = before + behind + _shape(text, at, name, surname, before, behind, words)
        hinted = _hinted(surname, given, hints)
        # 高兴认为, where 高某 stands too
        score += hinted + 2 * (hinted and before + behind > 2 and words.soft(name)) - 2 * within
        # 史|帆: two characters that are part of no word, at the head of a clause.
        usual = surname not in words.everyday and surname not in words.function
        score += usual and before == 1 and len(name) == 2 and not inside & {at + 1, end}
        if best is None or score > best.score:
            best = Weight(Span(at, end), name, score, before + behind, official or office)
    return best


def around(text: str, span: Span) -> tuple[int, int, bool]:
    """How much what stands before a stretch and behind it speaks for a person there, and whether it
    tells of an office."""
    words = name_words()
    before, official = _before(text, span.start, words)
    behind, office = _behind(text, span.end, words)
    return before, behind, official or office


def stands(text: str, span: Span, name: str) -> bool:
    """Whether a person's name stands there for the person: one that is a word (高兴) may not."""
    words = name_words()
    if name not in words.pairs and name not in words.words:
        return True
    if re.match(rf"[{_PLACE}]|小区|公司|{_BUSINESS.pattern}", text[span.end :]):
        return False
    if text[span.start - 1 : span.start] in words.degrees or text[span.end :][:1] in words.manner:
        return False
    before, behind, _ = around(text, span)
    start = max(0, span.start - _LOOK)
    inside = words.inside(text[start : span.end + _LOOK])
    apart = before == 3 or not inside & {span.start - start, span.end - start}
    return apart and before + behind > 0


def _before(text: str, at: int, words: NameWords) -> tuple[int, bool]:
    """How much what stands before speaks for a name, and whether it tells of an office."""
    context = text[max(0, at - _LOOK) : at]
    bare = context.replace(" ", "").rstrip(':("“')
    if words.official_before.search(bare):
        return 3, True
    if words.before.search(bare):
        return 3, False
    if not context or not re.match(rf"[{HAN}A-Za-z*×]", context[-1]):
        return 1, False
    if _SUED.search(context) or words.roles.search(context):
        return 2, False
    return (1 if words.weak_before.search(context) else 0), False


def _behind(text: str, end: int, words: NameWords) -> tuple[int, bool]:
    context = text[end : end + 2 * _LOOK]
    if words.official_after.match(context):
        return 3, True
    found = words.after.match(context)
    strong = found is not None
    found = found or words.weak_after.match(context)
    if found is None:
        return 0, False
    if len(found.group()) == 1 and _runs_on(text, end, words):
        return 0, False
    return 3 if strong else 2 if len(found.group()) > 1 else 1, False


def _shape(
    text: str, at: int, name: str, surname: str, before: int, behind: int, words: NameWords
) -> int:
    """What the characters themselves say, and how they join with those around them."""
    given = name[len(surname) :]
    values = [2 if c in words.given_only else 1 if c in words.given else 0 for c in given]
    score = (min(values) > 0) + (max(values) > 1) + (len(name) > 2) + (len(surname) > 1)
    if min(values) == 0 and len(given) == 2 and len(surname) == 1:
        score -= 1
    if surname in words.function:
        speech = _is_speech(given, text[at + len(name) :][:1], before, words)
        score -= 1 if before and not speech else 4
    if surname in words.everyday and given in words.pairs:
        score -= 2 * (max(values) < 2 or (before < 3 and given in words.common))  # 曾讨论
    if before < 3:
        score -= _loose(text, at, name, surname, max(values), words)
    score -= _word_cost(name, surname, min(values), before, behind, words)
    if len(given) == 2 and _runs_on(text, at + len(name), words):
        score -= 2
    return score


def _runs_on(text: str, end: int, words: NameWords) -> bool:
    """Whether a name's last character rather begins a word with what follows: 李平|作出, but
    郭远志|在."""
    last, one, two = (text[end + n : end + n + 1] for n in (-1, 0, 1))
    if last + one not in words.likely or not one:
        return False
    given = _GIVEN if last in words.given_only else _MAY_BE_GIVEN
    apart = max(words.likely.get(one + two, _NEVER), words.chance(one) + words.chance(two))
    return words.likely[last + one] + words.chance(two) > given + apart


def _loose(text: str, at: int, name: str, surname: str, best: int, words: NameWords) -> int:
    """What speaks against a name that no label announces."""
    cost = -1 if surname in words.pure else 0
    if surname in words.everyday and best < 2 and len(name) == 2:
        cost += 1
    if len(name) == 3 and name[-1] in words.place_ends and best < 2:
        cost += 2
    if text[at - 1 : at] in _QUOTES and text[at + len(name) :][:1] in _QUOTES:
        cost += 2  # “李宁” is a brand
    if _BUSINESS.match(text, at + len(name)) or _OFFICE.match(text, at + len(name)):
        cost += 2
    return cost


def _word_cost(
    name: str, surname: str, worst: int, before: int, behind: int, words: NameWords
) -> int:
    """Less for a word that stands where only persons do: 高峰驾驶, 户主高峰与."""
    if name in words.own or name[:2] in words.own:
        return 4
    prefix = name[:2] if name[:2] not in words.surnames else name
    if name not in words.words and prefix not in words.words:
        return 0
    common = {name, prefix} & words.common or worst == 0
    cost = 4 if common or name in words.words else 2 if surname in words.everyday else 1
    held = max(before, behind) == 3 and before + behind > 3
    if name in words.verbs:
        held = behind == 3 and name not in words.common
    if held:
        cost -= 2 if surname in words.everyday else 3
    return max(0, cost)


def _is_speech(given: str, behind: str, before: int, words: NameWords) -> bool:
    """What follows 向, 和, 由 as a word does: another word or a name, 于|同日, 向|人民, 向|张宁."""
    often = words.likely.get(given, _NEVER) > _OFTEN or given + behind in words.pairs
    named = len(given) == 2 and given[0] in words.surnames and before in (0, 2)
    return often or named or given[0] in words.pure


def _hinted(surname: str, given: str, hints: Hints) -> int:
    fits = [tails for known, tails in hints if known == surname]
    if not fits:
        return 0
    return 2 if len(given) == 2 and any(given[-1] in tails for tails in fits) else 1
