"""How a case ended: told from what was asked for, from what the law says, and from older rulings.

A word such as 撤销 is an outcome where the nearest word that governs it decides (复议机关决定,
法院遂判决, 决定如下), or where nothing stands before it at all; after 请求 or 要求 it is a request,
inside “…” or after 第六十四条规定 it is the law speaking, after 可以 or 未 it did not happen.

A court's text may tell several instances. The outcomes given are those that stand in the end: a
ruling that reverses (撤销一审判决, 发回重审) removes those below it, one that upholds keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from kb.issues.sentences import Sentence, covered, last, sentences
from kb.issues.taxonomy import Cue, Taxonomy, Term, outcomes
from kb.issues.topics import Finding
from kb.text.normalise import fold
from kb.text.shortlist import Shortlist

_LEVELS = ("first", "second", "third")
_CLAUSE = re.compile(r"[,。;:]")
_RETRIAL = 3
# Nobody says one thing more often in a sentence; garbage does, and must not cost minutes.
_PER_SENTENCE = 8
UPHELD_ON_RETRIAL = "retrial_upheld"


@dataclass(frozen=True, slots=True)
class _Hit:
    """One outcome in the text. level: the instance, 1 to 3; idle in a review decision."""

    term: Term
    finding: Finding
    level: int


def find_outcomes(text: str, *, court: bool) -> tuple[Finding, ...]:
    """The outcomes that the words of a result section state, each once, with the words.

    court: read with the courts' vocabulary, the last instance first; else with that of the review
    authorities, in text order. The rules: "outcome.decided" (a deciding word governs it),
    "outcome.bare" (it opens the section or an item of it), "outcome.stated" (the words are the
    outcome themselves).
    """
    taxonomy = outcomes()
    forum = "court" if court else "review"
    near = taxonomy.shortlist.within(fold(text).text)
    hits: list[_Hit] = []
    level = 1
    for sentence in sentences(text):
        marks = _instances(taxonomy, sentence) if court else []
        for start, term, finding in sorted(
            _stated(taxonomy, near, forum, sentence), key=itemgetter(0)
        ):
            reached = [to for at, to in marks if at <= start]
            hits.append(_Hit(term, finding, reached[-1] if reached else level))
        level = marks[-1][1] if marks else level
    return _once(_required(_final(taxonomy, hits) if court else hits))


def _stated(
    taxonomy: Taxonomy, near: Shortlist, forum: str, sentence: Sentence
) -> Iterator[tuple[int, Term, Finding]]:
    """Every statement of an outcome: where it starts in the sentence, what it is, its evidence."""
    for number in near.of(sentence.text):
        term, cue = taxonomy.cues[number]
        if term.forum != forum:
            continue
        for match in islice(cue.find.finditer(sentence.text), _PER_SENTENCE):
            start, end = match.span()
            if covered(term.unless, sentence.text, start, end) or sentence.quoted(start):
                continue
            if rule := _rule(taxonomy, cue, sentence, start, end):
                yield start, term, (term.code, sentence.span(start, end), rule)


def _rule(taxonomy: Taxonomy, cue: Cue, sentence: Sentence, start: int, end: int) -> str:
    """Why words are an outcome, "" if they are not."""
    frames = taxonomy.frames
    before, after = sentence.text[:start], sentence.text[end:]
    if cue.scope != "all" and any(p.search(_clause(before)) for p in frames["modal"]):
        return ""
    if any(p.search(after) for p in frames["retracted"]) or _is_law(taxonomy, before):
        return ""
    before = sentence.chain + before
    asked = last(frames["request"], sentence.chain + sentence.text[:end], len(before))
    decided = last(frames["strong"], before)
    undone = asked and not (decided and _separate(before, asked, decided))
    if undone and cue.scope != "all":
        return ""
    if cue.own:
        return "outcome.stated"
    if not decided and any(p.search(sentence.text) for p in frames["aftermath"]):
        return ""
    if decided or last(frames["weak"], before):
        return "outcome.decided"
    follows = sentence.text[start - 1 : start] == ","
    bare = any(p.search(sentence.unmarked()) for p in frames["bare"])
    return "outcome.bare" if sentence.opens(start) or (follows and bare) else ""


def _clause(before: str) -> str:
    return _CLAUSE.split(before)[-1]


def _separate(before: str, asked: tuple[int, int], decided: tuple[int, int]) -> bool:
    """Whether a decision follows a request as a clause of its own: 请求撤销，法院判决驳回, but not
    请求法院判决撤销."""
    return decided[0] >= asked[1] and bool(_CLAUSE.search(before[asked[1] : decided[1]]))


def _is_law(taxonomy: Taxonomy, before: str) -> bool:
    """Whether the sentence is telling what the law says, not what was done under it."""
    frames = taxonomy.frames
    told = last(frames["statute"], before)
    if told is None or any(p.search(before[: told[0]]) for p in frames["basis"]):
        return False
    return not any(p.search(before[told[1] :]) for p in frames["narrative"])


def _instances(taxonomy: Taxonomy, sentence: Sentence) -> list[tuple[int, int]]:
    """Where a sentence comes to speak of an instance: offset and level, in order."""
    marks = []
    for level, name in enumerate(_LEVELS, start=1):
        for pattern in taxonomy.frames[name]:
            for match in pattern.finditer(sentence.text):
                before = sentence.text[: match.start()]
                if not any(p.search(before) for p in taxonomy.frames["mentioned"]):
                    marks.append((match.start(), level))
    return sorted(marks)


def _final(taxonomy: Taxonomy, hits: list[_Hit]) -> list[_Hit]:
    """The rulings that stand in the end, the highest instance first."""
    by_level = {level: [hit for hit in hits if hit.level == level] for level in (3, 2, 1)}
    retrial = [_at(taxonomy, hit) for hit in by_level[_RETRIAL]]
    if any(hit.term.reverses for hit in retrial):
        restored = [hit for hit in retrial if hit.term.code == UPHELD_ON_RETRIAL]
        retrial = [hit for hit in retrial if hit not in restored]
        # 撤销二审判决，维持一审判决: the first judgment stands again, that of appeal is gone.
        return retrial + by_level[1] if restored else retrial
    if any(hit.term.reverses for hit in by_level[2]):
        return retrial + by_level[2]
    return retrial + by_level[2] + by_level[1]


def _at(taxonomy: Taxonomy, hit: _Hit) -> _Hit:
    """On retrial, an outcome of appeal bears its name of retrial."""
    if hit.level < _RETRIAL or not hit.term.at_retrial:
        return hit
    term = taxonomy.get(hit.term.at_retrial)
    assert term is not None  # the loader checked it
    return _Hit(term, (term.code, *hit.finding[1:]), hit.level)


def _required(hits: list[_Hit]) -> list[_Hit]:
    codes = {hit.term.code for hit in hits}
    return [hit for hit in hits if not hit.term.requires or codes & set(hit.term.requires)]


def _once(hits: list[_Hit]) -> tuple[Finding, ...]:
    first: dict[str, Finding] = {}
    for hit in hits:
        first.setdefault(hit.term.code, hit.finding)
    return tuple(first.values())
