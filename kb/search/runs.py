"""What a run of characters asks for: its words, a number of a case in any spelling, a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.law import dockets
from kb.model import DocketKind
from kb.search.query import Or, Quoted, Words
from kb.text.normalise import fold_text
from kb.text.segment import Token, stop_words, tokens, words

PUNCTUATION = re.compile(
    r"(?:[。；、？！：;?!…]|[，,](?!(?<=\d.)\d{3}(?!\d))|(?<!\d)[:/／]|[:/／](?!\d))+"
)
"""What parts the runs of a text."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})")
_YEAR_FIRST = re.compile(r"^\(?((?:19|20)\d\d)年?\)?(?=[一-鿿])")
_YEAR_SAID = re.compile(r"\(((?:19|20)\d\d)年\)")
_RUN_TOGETHER = re.compile(r"(?P<name>\D{2,20})(?P<year>(?:19|20)\d\d)第?(?P<serial>\d{1,6})号?")
_REVIEW_YEAR_FIRST = re.compile(
    r"\(?(?P<year>(?:19|20)\d\d)年?\)?(?P<name>\D{2,20}?)第?(?P<serial>\d{1,6})号?"
)
_TALK = re.compile(r"(?:.*行政)?复议")
_REVIEWS, _COURTS = frozenset((DocketKind.REVIEW,)), frozenset((DocketKind.COURT,))
_SERIAL = re.compile(r"字(?=\d+号)")
_COURT = re.compile(r"(\(\d{4}\).+?)(?:字第?|第)?(\d+号.*)")
_PAPER = re.compile(r"(.+?)字?(\(\d{4}\)\d+.*)")
_YEAR_BEFORE_SERIAL = re.compile(r"((?:19|20)\d\d)[年-]第?(?=\d+号?$)")


def telling(text: str) -> list[str]:
    """The words of a text but the stop words."""
    return [word for word in words(fold_text(text)) if word not in stop_words()]


def plain_words(run: str) -> Words:
    """What a run asks for: its words but the stop words, if it has others. A word that is wholly
    made of shorter ones (过期食品 of 过期 and 食品) need not stand as one."""
    found = tokens(run)
    made = {token.text for token in found if _made_of_others(token, found)}
    telling = [token.text for token in found if token.text not in stop_words()] or [
        token.text for token in found
    ]
    needed = dict.fromkeys(word for word in telling if word not in made)
    return Words(run, tuple(needed), longer=tuple(made.difference(needed)))


def runs(text: str, start: int) -> Iterator[tuple[int, str]]:
    """What stands between punctuation, each with its place."""
    at = 0
    for mark in (*PUNCTUATION.finditer(text), None):
        end = mark.start() if mark else len(text)
        run = _without_lone_brackets(text[at:end])
        yield start + text.index(run, at), run
        at = mark.end() if mark else at


def _without_lone_brackets(run: str) -> str:
    """What was typed without brackets that nothing closes or opens."""
    opened, closed = sum(map(run.count, "(（")), sum(map(run.count, ")）"))
    return run if opened == closed else run.strip("()（）")


def _made_of_others(token: Token, others: Sequence[Token]) -> bool:
    covered = {
        position
        for other in others
        if token.start <= other.start and other.end <= token.end and other.text != token.text
        for position in range(other.start, other.end)
    }
    return len(covered) == token.end - token.start


def docket(text: str) -> Quoted | Or:
    """A number as typed, or as it is spelt elsewhere: 〔2024〕, 字, 第 and 号 come and go."""
    forms = dict.fromkeys((fold_text(text), *_spellings(dockets.normalise(text))))
    if len(forms) == 1:
        return Quoted(text)
    return Or((Quoted(text), *(Quoted(form) for form in forms if form != fold_text(text))))


def bare_docket(text: str) -> Quoted | Or | None:
    """A number of which 号 was left out, the brackets of the year or what else sets it apart
    (渝中府复2024-85, 渝中府复202485号, 〔2024年〕), or whose year was put first."""
    folded = fold_text(text)
    if not _YEAR.search(folded):
        return None
    return _number(text, _fuller(folded)) or _number(text, _of_reviews(folded), _REVIEWS)


def spaced_docket(text: str) -> Quoted | Or | None:
    """A number of a review or a court in several words: 渝中府复 2024 85号. Of other papers too
    many words would be one: 罚款 2024-12; and 行政复议 2024 12 is none."""
    folded, before = fold_text(text), re.split(r"\d", text, maxsplit=1)[0]
    if not _YEAR.search(folded) or len(before.split()) > 1 or _TALK.match(folded):
        return None
    return _number(text, (*_fuller(folded), *_of_reviews(folded)), _REVIEWS | _COURTS)


def _fuller(folded: str) -> Iterator[str]:
    bare = _YEAR_BEFORE_SERIAL.sub(r"(\1)", _YEAR_SAID.sub(r"(\1)", folded))
    bare = _YEAR_FIRST.sub(r"(\1)", bare)
    yield bare
    yield _SERIAL.sub("字第", bare if bare.endswith("号") else bare + "号")


def _of_reviews(folded: str) -> Iterator[str]:
    for pattern in (_RUN_TOGETHER, _REVIEW_YEAR_FIRST):
        match = pattern.fullmatch(folded)
        if match and not _TALK.fullmatch(match["name"]):
            yield _name_first(match)


def _name_first(number: re.Match[str]) -> str:
    return f"{number['name']}({number['year']}){number['serial']}号"


def _number(
    text: str, forms: Iterable[str], kinds: frozenset[DocketKind] = frozenset(DocketKind)
) -> Quoted | Or | None:
    """The number that the first of these forms is as a whole."""
    for form in forms:
        found = dockets.find(form)
        if len(found) == 1 and found[0][1].kind in kinds and len(found[0][1].raw) == len(form):
            other = docket(form)
            return Or((Quoted(text), *(other.parts if isinstance(other, Or) else (other,))))
    return None


def day(text: str) -> Or | None:
    """A day in digits, as texts write it: 2024-05-06 is 2024年5月6日."""
    if match := _DAY.fullmatch(fold_text(text)):
        year, month, date = (int(digits) for digits in match.groups())
        return Or((Quoted(text), Quoted(f"{year}年{month}月{date}日")))
    return None


def _spellings(normal: str) -> Iterator[str]:
    yield normal
    if court := _COURT.fullmatch(normal):
        yield court[1] + court[2]
        yield f"{court[1]}字第{court[2]}"
        if first := _REVIEW_YEAR_FIRST.fullmatch(normal):  # 〔2024〕渝中府复字第85号
            turned = _name_first(first)
            if any(one.kind in _REVIEWS for _, one in dockets.find(turned)):
                yield from _spellings(dockets.normalise(turned))
    elif paper := _PAPER.fullmatch(normal):
        yield paper[1] + paper[2]
        yield f"{paper[1]}字{paper[2]}"
