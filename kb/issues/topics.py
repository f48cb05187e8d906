"""What a case is about: which acts are contested and which issues are in dispute, by their cues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from kb.issues.sentences import Sentence, covered, sentences
from kb.issues.taxonomy import Cue, Taxonomy, Term, acts, issues
from kb.model import Span
from kb.text.normalise import fold, fold_text
from kb.text.shortlist import Shortlist

# A term of a taxonomy, the words it rests on (None: the title), the rule that found it.
Finding = tuple[str, Span | None, str]

# A plain mention decides an act only where nothing better speaks, and then not just once.
_PLAIN_ENOUGH = 4
_CUE_COUNTS = 2
# Nobody says one thing more often in a sentence; garbage does, and must not cost minutes.
_PER_SENTENCE = 8
# A review decision sued over decided on another act; a title that names it alone hides that act.
OF_ANOTHER_ACT = "review_decision"


@dataclass(slots=True)
class _Score:
    """What was found for one term: its points and its best words."""

    points: int = 0
    best: int = 0
    span: Span | None = None
    uses: dict[Cue, int] = field(default_factory=dict)

    def add(self, cue: Cue, points: int, span: Span | None) -> None:
        used = self.uses.get(cue, 0)
        if used >= _CUE_COUNTS:
            return
        self.uses[cue] = used + 1
        self.points += points
        if points > self.best:
            self.best, self.span = points, span


def find_acts(title: str, text: str) -> tuple[Finding, ...]:
    """The contested acts of a case, the surest first.

    A title that names acts settles it ("act.title"). Else the sentences that say what is contested
    do ("act.claim": 不服…, 请求撤销…, or the sentence before where they name none). Else the act
    mentioned most ("act.mention"). Texts that speak of no administrative dispute give ().
    """
    taxonomy = acts()
    if not _says(taxonomy, "context", title, text):
        return ()
    named: tuple[Finding, ...] = tuple(
        (code, None, "act.title") for code in _in_title(taxonomy, title)
    )
    if named and [code for code, _, _ in named] != [OF_ANOTHER_ACT]:
        return named
    claimed, mentioned = _in_sentences(taxonomy, text)
    if named:
        claimed.pop(OF_ANOTHER_ACT, None)
    if claimed or named:
        best = max((score.best for score in claimed.values()), default=0)
        return named + _ranked(claimed, "act.claim", best)
    most = max((score.points for score in mentioned.values()), default=0)
    if most < _PLAIN_ENOUGH or not _says(taxonomy, "dispute", title, text):
        return ()
    top = {code: score for code, score in mentioned.items() if score.points == most}
    return _ranked(top, "act.mention", 0)


def find_issues(title: str, text: str) -> tuple[Finding, ...]:
    """The issues in dispute, the surest first: "issue.focus" where a sentence names the focus,
    "issue.title", else "issue.text". A general issue is given only where none below it is found;
    what is mentioned far less than the main issue is left out."""
    taxonomy = issues()
    if not _says(taxonomy, "context", title, text):
        return ()
    scores: dict[str, _Score] = {}
    rules: dict[str, str] = {}
    for term, cue, _, _ in _matches(taxonomy, taxonomy.shortlist, fold_text(title), "title"):
        scores.setdefault(term.code, _Score()).add(cue, 2 * cue.weight, None)
        rules[term.code] = "issue.title"
    near = taxonomy.shortlist.within(fold(text).text)
    for sentence in sentences(text):
        focus = any(p.search(sentence.text) for p in taxonomy.frames["focus"])
        for term, cue, start, end in _matches(taxonomy, near, sentence.text, "text"):
            score = scores.setdefault(term.code, _Score())
            score.add(cue, cue.weight * (2 if focus else 1), sentence.span(start, end))
            if focus:
                rules[term.code] = "issue.focus"
    enough = {c: s for c, s in scores.items() if s.points >= taxonomy.numbers["threshold"]}
    parents = {term.parent for term in taxonomy.terms if term.code in enough}
    found = [code for code in enough if code not in parents]
    least = max((enough[c].points for c in found), default=0) / taxonomy.numbers["fraction"]
    found = [code for code in found if enough[code].points >= least]
    order = [term.code for term in taxonomy.terms]
    found.sort(key=lambda code: (-enough[code].points, order.index(code)))
    kept = found[: taxonomy.numbers["most"]]
    return tuple((code, enough[code].span, rules.get(code, "issue.text")) for code in kept)


def _says(taxonomy: Taxonomy, frame: str, title: str, text: str) -> bool:
    folded = fold_text(title) + fold(text).text
    return any(pattern.search(folded) for pattern in taxonomy.frames[frame])


def _in_title(taxonomy: Taxonomy, title: str) -> list[str]:
    named = _matches(taxonomy, taxonomy.shortlist, fold_text(title), "title")
    return list(dict.fromkeys(term.code for term, *_ in named))


def _in_sentences(taxonomy: Taxonomy, text: str) -> tuple[dict[str, _Score], dict[str, _Score]]:
    """Scores of the acts named where the contest is stated, and of those named anywhere."""
    near = taxonomy.shortlist.within(fold(text).text)
    every = list(sentences(text))
    claimed: dict[str, _Score] = {}
    mentioned: dict[str, _Score] = {}
    for number, sentence in enumerate(every):
        _score(taxonomy, near, sentence, mentioned)
        if any(p.search(sentence.text) for p in taxonomy.frames["claim"]):
            for stated in (sentence, *reversed(every[max(0, number - 2) : number])):
                if _score(taxonomy, near, stated, claimed):
                    break
    return claimed, mentioned


def _score(
    taxonomy: Taxonomy, near: Shortlist, sentence: Sentence, scores: dict[str, _Score]
) -> bool:
    found = False
    for term, cue, start, end in _matches(taxonomy, near, sentence.text, "text"):
        scores.setdefault(term.code, _Score()).add(cue, cue.weight, sentence.span(start, end))
        found = True
    return found


def _ranked(scores: dict[str, _Score], rule: str, least: int) -> tuple[Finding, ...]:
    codes = sorted(scores, key=lambda code: -scores[code].points)
    return tuple((code, scores[code].span, rule) for code in codes if scores[code].best >= least)


def _matches(
    taxonomy: Taxonomy, near: Shortlist, folded: str, where: str
) -> Iterator[tuple[Term, Cue, int, int]]:
    """Where cues stand in a folded title or sentence, counter-cues heeded, in the order of the
    terms. near: the cues that need looking at."""
    for number in near.of(folded):
        term, cue = taxonomy.cues[number]
        if cue.where in ("", where):
            for match in islice(cue.find.finditer(folded), _PER_SENTENCE):
                if not covered(term.unless, folded, *match.span()):
                    yield term, cue, *match.span()
