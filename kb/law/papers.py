"""Names of formal papers (文书名称): which a line is the head of, which a title speaks of."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.errors import DataError
from kb.law import dockets
from kb.model import Kind
from kb.text.normalise import fold, fold_text

_FILE = Path(__file__).parent.parent / "data" / "papers.toml"
_LONGEST = 60
_HEAD = 200  # characters of a line that may hold the head of a paper
_ORGAN = (
    r"[\u4e00-\u9fff*×某a-z()]{2,30}?"
    r"(?:政府|法院|法庭|局|厅|委员会|委|部|署|院|海关|会|办公室|机关|管委会|总队|办事处|大学|省|市|区|县)"
)
_ALONE = re.compile(
    r"[\u4e00-\u9fff*×]{2,30}(?:政府|法院|法庭|局|厅|委员会|部|署|海关|管委会|办公室|机关)(?:\([^()]{1,8}\))?"
)
_BEHIND = r"(?:\([^()]{1,12}\)){0,2}"  # （示例）, （副本）, （一审）
_MARKS = '#*=-_~|·.:,《》"'


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper. label: its usual name. outcome: what the name itself says of the outcome, a
    code of `kb/data/outcomes.toml`, "" where only the text tells."""

    kind: Kind
    label: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Named:
    """A line that names a paper. organ: who issued it, as the line says, folded; "" if it does not.
    name: of the paper as printed, folded."""

    paper: Paper
    organ: str
    name: str


def named(line: str) -> Named | None:
    """The paper that a line is the head of: nothing but organ, name and number stands in it."""
    if len(line) > 3 * _LONGEST or "书" not in fold_text(line):
        return None
    folded = _without_numbers(line).strip(_MARKS)
    if not 3 <= len(folded) <= _LONGEST:
        return None
    for paper, pattern, _ in _table():
        if match := pattern.fullmatch(folded):
            return Named(paper, match["organ"] or "", match["name"])
    return None


def opening(line: str) -> tuple[Named, int] | None:
    """The paper whose whole head, organ, name and number, a line begins with, its text running on,
    and where in the line that text begins; for pages that lost their line breaks."""
    folded = fold(line[:_HEAD])
    for paper, pattern, _ in _table():
        match = pattern.match(folded.text)
        if match is None or not match["organ"]:
            continue
        end = folded.span(0, match.end()).end
        numbers = [span for span, _ in dockets.find(line[:_HEAD]) if span.end > end]
        if numbers and not line[end : numbers[0].start].strip(" 　()（）"):
            end = numbers[0].end
        behind = line[end:].lstrip(" 　)）")
        if len(behind) > _LONGEST:
            return Named(paper, match["organ"], match["name"]), len(line) - len(behind)
    return None


def issuer(line: str) -> str:
    """The organ that a line of a paper's head names, alone or before the paper's name; as printed,
    white space aside; "" where it names none."""
    bare = "".join(line.split())
    if len(bare) > _LONGEST:
        return ""
    if name := named(line):
        return bare[: len(name.organ)] if name.organ else ""
    return bare if _ALONE.fullmatch(fold_text(bare)) else ""


def mentioned(title: str) -> Named | None:
    """The paper that a title speaks of last: 张某诉某局一审行政判决书, 关于终止行政复议决定书."""
    folded = fold_text(title)[: 4 * _LONGEST]
    best: tuple[int, int, Named] | None = None
    for paper, _, inner in _table():
        for match in inner.finditer(folded):
            found = (match.end(), -match.start(), Named(paper, "", match.group()))
            if best is None or found[:2] > best[:2]:
                best = found
    return best[2] if best else None


def _without_numbers(line: str) -> str:
    for span, _ in reversed(dockets.find(line)):
        line = line[: span.start] + line[span.end :]
    return fold_text(line).replace("()", "")


@cache
def _table() -> tuple[tuple[Paper, re.Pattern[str], re.Pattern[str]], ...]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    table = []
    for at, entry in enumerate(data.get("paper", ()), 1):
        try:
            paper = Paper(Kind(entry["kind"]), entry["label"], entry["outcome"])
            names = "|".join(entry["names"])
            whole = re.compile(rf"(?P<organ>{_ORGAN})?(?P<name>{names}){_BEHIND}")
            table.append((paper, whole, re.compile(names)))
        except (KeyError, ValueError, re.error) as error:
            raise DataError(f"{_FILE.name} 第 {at} 条 [[paper]]：{error}") from error
    return tuple(table)
