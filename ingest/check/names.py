"""Names of natural persons that stand open: by surname, what stands around, and shape.

Every stretch that begins with a surname is weighed: a label or kin before it, what only persons do
behind it, the characters of given names, against the words of the dictionary. What is taken for a
name once is a name wherever it stands in the record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.check.findings import Field
from ingest.check.name_words import NameWords, name_words
from ingest.check.plain import HAN
from kb.model import Span

_ENOUGH = 4
_LOOK = 24  # characters looked at before and behind
_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_LABELLED = re.compile(
    r"(?:申请人|上诉人|申诉人|执行人|第三人|原告|被告人?|代理人|监护人|继承人|经营者|姓名|户名)"
    r"(?:[一二三四五六七八九十]|\d{1,2})?(?:\([^()]{2,12}\))?[: ]+"
    rf"(?P<name>[{HAN}](?:[{HAN}·]{{1,9}}?| [{HAN}]))"
    rf"(?=[,( ]+(?:性别)?[男女](?:[,。;) ]|$)|[,( ]+[{HAN}]{{1,4}}族[,。;]"
    rf"|[,( ]*(?:公民)?身份证?号?码|[,( ]+{_DATE}[出生]|[,( ]+(?:系[^,。;]{{0,10}}(?:之|的)|住))"
)
_ORGAN = re.compile(r"[局厅院店厂社行部馆所站队场]$|公司|政府|委员会|中心|学校|集团|个体|合作社")
_BUSINESS = re.compile(
    rf"(?:(?![在与和向诉到被是于某因])[{HAN}]){{0,6}}?(?:有限|公司|超市|[酒饭餐饮商药书卖]店|商行|经营部|药房|诊所|[厂馆]|宾馆|学校|医院|幼儿园|街道|社区|村委会|小区)"
)
_MASKED = re.compile(r"某|[×*＊]|[xX]{2}")
_ALIAS = re.compile(rf"(?P<name>[{HAN}·]{{2,5}})[\"”]?\((?:均?为?系?)?化名\)")
_ALL_ALIASES = re.compile(
    r"(?:人名|姓名|人物|当事人)[^。;\n]{0,12}(?:均|都|皆|全部|系|为)[^。;\n]{0,4}化名"
)
_LETTERS = "甲乙丙丁戊己庚辛"  # 张甲 is masked
_SUED = re.compile(r"(?<![上起投申公应胜败])诉$")
_PLACE = "省市县区镇乡州"
_QUOTES = ("“", "”", '"')
Hints = Sequence[tuple[str, frozenset[str]]]
_NEXT = re.compile(r"、|以及|和|与|及")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name. score: of what speaks for it; official: speaks for an office,
    a court or a firm there; sure: said by the form of a party's entry."""

    field: Field
    span: Span
    name: str
    score: int
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
    candidates = [one for field, text in texts for one in _candidates(field, text, hints)]
    left_out = {one.name for one in candidates if one.official}
    left_out |= {match["name"] for _, text in texts for match in _ALIAS.finditer(text)}
    accepted: dict[str, Candidate] = {}
    for one in _together(candidates):
        if one.score >= _ENOUGH and not _among(one.name, left_out):
            accepted.setdefault(one.name, one)
    for name in [name for name in accepted if name[:-1] in accepted]:
        seen = Counter(one.name for one in candidates if one.score >= _ENOUGH)
        if seen[name] <= seen[name[:-1]]:  # 李平作 beside 李平
            del accepted[name]
    return tuple(_everywhere(texts, accepted))


def _together(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The best candidate of each name; standing at several places with something for it at each
    counts as well."""
    by_name: dict[str, list[Candidate]] = {}
    for one in candidates:
        by_name.setdefault(one.name, []).append(one)
    for found in by_name.values():
        best = max(found, key=lambda one: one.score)
        often = sum(one.score >= _ENOUGH - 1 for one in found) > 1
        yield replace(best, score=best.score + often)


def _among(name: str, others: set[str]) -> bool:
    """Whether the name, or what an alias ran into it with, is one of these."""
    return name in others or any(other.endswith(name) for other in others)


def _candidates(field: Field, text: str, hints: Hints) -> Iterator[Candidate]:
    labelled = list(_labelled(field, text))
    yield from labelled
    weighed: dict[int, Candidate] = {}
    words = name_words()
    for match in re.finditer(rf"[{HAN}]", text):
        at = match.start()
        if words.surname(text, at) and not any(c.span.start < at < c.span.end for c in labelled):
            best = _best(field, text, at, words, hints)
            if best:
                weighed[at] = best
    _raise_neighbours(text, weighed)
    yield from weighed.values()


def _labelled(field: Field, text: str) -> Iterator[Candidate]:
    """Whatever a party's entry names before 男 or 女, of any people: 申请人：吉克阿木，男，彝族."""
    for match in _LABELLED.finditer(text):
        name = match["name"]
        if not _MASKED.search(name) and not _ORGAN.search(name):
            span = Span(*match.span("name"))
            yield Candidate(field, span, name, 3 * _ENOUGH, sure=True)


def _best(field: Field, text: str, at: int, words: NameWords, hints: Hints) -> Candidate | None:
    """The likelier of a given name of one character and of two."""
    surname = words.surname(text, at)
    before, official = _before(text, at, words)
    best: Candidate | None = None
    for size in (2, 1):
        end = at + len(surname) + size
        name = text[at:end]
        given = name[len(surname) :]
        if len(given) < size or not re.fullmatch(rf"[{HAN}]+", given):
            continue
        if (
            name in words.nobody
            or given in words.titles
            or given[0] in _LETTERS
            or set(given) & words.never
        ):
            continue
        behind, office = _behind(text, end, words)
        known = all(sign in words.given or sign in words.given_only for sign in given)
        expected = before == 3 or surname in words.pure or text[at - 1 : at] in ("", "诉")
        if not behind and known and expected and text[end : end + 1] not in _PLACE:
            behind = int(text[end : end + 2] in words.pairs)
        if not behind or (not before and behind < 3):
            continue
        score = before + behind + _shape(text, at, name, surname, before, words)
        score += _hinted(surname, given, hints)
        if best is None or score > best.score:
            best = Candidate(field, Span(at, end), name, score, official or office)
    return best


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
    if _SUED.search(context):
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
    # 孟宇作|为: the end of the name and the word behind it are a word themselves.
    if len(found.group()) == 1 and text[end - 1 : end + 1] in words.pairs:
        return 0, False
    return 3 if strong else 2 if len(found.group()) > 1 else 1, False


def _shape(text: str, at: int, name: str, surname: str, before: int, words: NameWords) -> int:
    """What the characters themselves say."""
    given = name[len(surname) :]
    values = [2 if c in words.given_only else 1 if c in words.given else 0 for c in given]
    score = (min(values) > 0) + (max(values) > 1) + (len(name) > 2) + (len(surname) > 1)
    if min(values) == 0 and len(given) == 2:
        score -= 1
    boundary = not re.match(rf"[{HAN}]", text[at - 1 : at])
    if surname in words.function:
        score -= 1 if (before == 3 or boundary) and not _is_speech(given, words) else 3
    if surname in words.everyday and given in words.pairs and max(values) < 2:
        score -= 2  # 曾讨论
    if before < 3:
        if surname in words.pure:
            score += 1
        elif surname in words.everyday and max(values) < 2:
            score -= 1
        if len(name) > 2 and name[-1] in words.place_ends and max(values) < 2:
            score -= 2
        if text[at - 1 : at + 1] in words.words:
            score -= 2
    if name in words.words or name[:2] in words.words:
        whole = name in words.words or name[:2] in words.common or min(values) == 0
        score -= 4 if whole else 2
    if before < 3 and text[at - 1 : at] in _QUOTES and text[at + len(name) :][:1] in _QUOTES:
        score -= 2  # “李宁” is a brand
    # 李平作|出: what could be the last character begins a word with the next.
    last = text[at + len(name) - 1 : at + len(name) + 1]
    if len(given) == 2 and given[1] not in words.given_only and last in words.pairs:
        score -= 2
    if before < 3 and _BUSINESS.match(text, at + len(name)):
        score -= 2
    return score


def _is_speech(given: str, words: NameWords) -> bool:
    """What follows 向, 和, 由 as a word does: another word or a name, 于|同日, 向|张宁."""
    return given in words.pairs or given[0] in words.pure


def _hinted(surname: str, given: str, hints: Hints) -> int:
    fits = [tails for known, tails in hints if known == surname]
    if not fits:
        return 0
    return 2 if len(given) == 2 and any(given[-1] in tails for tails in fits) else 1


def _raise_neighbours(text: str, weighed: dict[int, Candidate]) -> None:
    """In 何军、谢丽娟、邓勇等三人 one sure name speaks for those beside it."""
    for _ in range(6):
        ends = {one.span.end: one for one in weighed.values() if one.score >= _ENOUGH}
        starts = {at for at, one in weighed.items() if one.score >= _ENOUGH}
        changed = False
        for at, one in weighed.items():
            if not 1 < one.score < _ENOUGH:
                continue
            joined = _NEXT.match(text, one.span.end)
            beside = joined and joined.end() in starts
            beside = beside or any(
                text[at - n : at] in ("、", "以及", "和", "与", "及") and at - n in ends
                for n in (1, 2)
            )
            if beside:
                weighed[at] = replace(one, score=_ENOUGH)
                changed = True
        if not changed:
            return


def _everywhere(
    texts: Sequence[tuple[Field, str]], accepted: dict[str, Candidate]
) -> Iterator[Named]:
    """Every place of the accepted names; where one stands in another, the longer holds."""
    if not accepted:
        return
    either = "|".join(map(re.escape, sorted(accepted, key=len, reverse=True)))
    places: dict[str, list[tuple[Field, Span]]] = {}
    for field, text in texts:
        for match in re.finditer(either, text):
            places.setdefault(match.group(), []).append((field, Span(*match.span())))
    for name, found in places.items():
        yield Named(name, tuple(found), accepted[name].score, accepted[name].sure)
