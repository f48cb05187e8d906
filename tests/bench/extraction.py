"""How well fields are read: precision, recall and F1 by field, with every miss.

    python -m tests.bench.extraction

Measured on the golden documents: the bundled samples and the decisions and judgments of
`tests/golden`. On the published cases beside the project (`../shared/data/cases`) nobody wrote down
what is right; of those it counts what was found and names the records where nothing was.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.extract import Options, enrich
from ingest.layout import parse
from ingest.read import read
from kb.errors import BadSource
from kb.model import CitationStatus, Content, Role, settled
from kb.text.normalise import fold_text
from tests.goldens import FIELDS, GOLDEN, bare, citations, documents, expected, found

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "index_data" / "samples"
# What the project holds itself to; other fields are told, not held to a figure.
GOALS = {"sections": 0.98, "citations": 0.98, "regions": 0.95, "outcomes": 0.95}
MEASURED = (
    "sections", "citations", "regions", "outcomes", "acts",
    "parties", "dockets", "decided", "title",
)  # fmt: skip
_NUMBER = re.compile(r"^\(?[一二三四五六七八九十]{1,3}(?:\)|[、.])")
_SHOWN = 4
_MARKS = re.compile("[^\u4e00-\u9fff]")


@dataclass
class Score:
    """Counts of one field: found and right, found and wrong, there and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Tally:
    """Scores by field over all records, and what differed where."""

    records: int = 0
    refusals: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in MEASURED})
    misses: list[str] = field(default_factory=list)

    def add(self, where: str, content: Content, case: dict[str, Any]) -> None:
        """One record against its golden case; fields that a golden file leaves out do not count."""
        self.records += 1
        for name in MEASURED:
            if name not in case:
                continue
            got, wanted = Counter(_found(name, content)), Counter(_wanted(name, case))
            score = self.scores[name]
            score.right += (got & wanted).total()
            score.wrong += (got - wanted).total()
            score.missed += (wanted - got).total()
            if got != wanted:
                lost = "".join(f" −{value}" for value in (wanted - got).elements())
                extra = "".join(f" +{value}" for value in (got - wanted).elements())
                self.misses.append(f"{where} · {content.title[:24]} · {name}{lost}{extra}")


def main() -> None:
    tally = Tally()
    for where, path, wanted in (*_samples(), *_papers()):
        _measure(tally, where, path, wanted)
    print(f"{tally.records} golden records, {tally.refusals} pages refused as they should be\n")
    print(f"{'field':<11}{'precision':>10}{'recall':>8}{'F1':>8}{'goal':>7}  right/wrong/missed")
    for name, score in tally.scores.items():
        goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
        counts = f"{score.right}/{score.wrong}/{score.missed}"
        print(
            f"{name:<11}{score.precision:>10.3f}{score.recall:>8.3f}{score.f1:>8.3f}{goal:>7}"
            f"  {counts}"
        )
    print(f"\n{len(tally.misses)} differences")
    for miss in tally.misses:
        print(f"  {miss}")
    _cover()
    if below := [name for name, goal in GOALS.items() if tally.scores[name].f1 < goal]:
        raise SystemExit(f"below goal: {', '.join(below)}")


def _samples() -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for path in sorted(SAMPLES.iterdir()):
        golden = GOLDEN / "samples" / f"{path.name}.json"
        if golden.exists():
            yield path.name, path, json.loads(golden.read_text("utf-8"))


def _papers() -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for path in documents("decisions", "judgments"):
        yield f"{path.parent.name}/{path.name}", path, expected(path)


def _measure(tally: Tally, where: str, path: Path, wanted: dict[str, Any]) -> None:
    what = found(path)
    if "refused" in wanted:
        tally.refusals += bool(what.refused)
        if not what.refused:
            tally.misses.append(f"{where} · should be refused: {wanted['refused']}")
        return
    cases = wanted["cases"]
    if len(cases) != len(what.contents):
        tally.misses.append(f"{where} · {len(what.contents)} records, not {len(cases)}")
    for content, case in zip(what.contents, cases, strict=False):
        tally.add(where, content, case)


def _found(name: str, content: Content) -> list[str]:
    if name == "sections":
        return [_section(s.role.value, s.heading) for s in content.sections if s.heading]
    value = citations(content) if name == "citations" else FIELDS[name](content)
    return [fold_text(one) for one in ([value] if isinstance(value, str) else value)]


def _wanted(name: str, case: dict[str, Any]) -> list[str]:
    if name == "sections":
        return [_section(s["role"], s["heading"]) for s in case["sections"] if s["heading"]]
    value = case[name]
    return [fold_text(one) for one in ([value] if isinstance(value, str) else value)]


def _section(role: str, heading: str) -> str:
    """A section as it is compared: its role and the words of its heading, marks aside."""
    unnumbered = _NUMBER.sub("", fold_text(heading))
    return f"{role}:{_MARKS.sub('', unnumbered)}"


# --- published cases, without a golden file ---


def _cover() -> None:
    folder = Path(os.environ.get("KB_SHARED", ROOT.parent / "shared")) / "data" / "cases"
    if not folder.is_dir():
        print(f"\nno published cases at {folder}; set KB_SHARED to the folder that holds data/")
        return
    contents, refused = _published(folder)
    print(
        f"\npublished cases: {len(contents)} records, {len(refused)} files refused {refused or ''}"
    )
    cited = [c for _, content in contents for c in settled(content.citations)]
    resolved = sum(c.status is not CitationStatus.UNRESOLVED for c in cited)
    print(f"  citations: {len(cited)}, with a statute {resolved / max(len(cited), 1):.1%}")
    for name in ("outcomes", "acts", "regions", "parties", "decided", "dockets", "citations"):
        without = [title for title, content in contents if not settled(getattr(content, name))]
        shown = "、".join(without[:_SHOWN]) + ("…" if len(without) > _SHOWN else "")
        print(f"  {name:<10} in {len(contents) - len(without):>3}; none in {len(without)}: {shown}")
    unknown = [
        f"{title}（{section.heading}）"
        for title, content in contents
        for section in content.sections
        if section.role is Role.OTHER
    ]
    print(f"  sections of unknown role: {len(unknown)} {'、'.join(unknown)}")


def _published(folder: Path) -> tuple[list[tuple[str, Content]], list[str]]:
    contents: list[tuple[str, Content]] = []
    refused: list[str] = []
    for path in sorted(folder.rglob("*.md")):
        try:
            document = read(path)
            for content in parse(document):
                whole = enrich(content, document, Options())
                contents.append((bare(whole.title)[:16], whole))
        except BadSource as bad:
            refused.append(f"{path.name}: {bad.reason}")
    return contents, refused


if __name__ == "__main__":
    main()
