"""How well and how fast similar cases are found.

    python -m tests.bench.similar [--docs 10000]

Quality: leave one out over the published cases beside the project and the bundled samples. The
published ones are of one cause where they stand in one folder, the samples where a pattern below
takes in both titles; of a case that has others of its cause, these should be found first. Printed:
how often the first is one, the share of them among as many as there are but five at most, and mean
average precision, for the search of plain words, each leg alone, and all three by the weights in
use and by others. Then, at several least shares, how many of those shown are of the cause, and for
how many cases anything is shown.

Speed, with --docs: a page's similar cases in a base of so many records that nobody asked for yet,
and when the answer is kept; and a pasted text.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.extract import Options
from ingest.pipeline import ingest
from kb.model import Case
from kb.search.query import Words
from kb.search.request import Sort
from kb.search.similar.legs import Comparison, mean
from kb.search.similar.matter import of_content
from kb.search.similar.rarity import Rarity
from kb.search.similar.weights import LEAST, WEIGHTS, LegName
from kb.service import KnowledgeBase
from kb.settings import Settings
from tests.bench.corpus import percentile, shared

SAMPLES = Path(__file__).parent.parent.parent / "index_data" / "samples"
# The folder 民法典 holds cases of fourteen different causes.
_MIXED = "民法典"
CAUSES = {
    "过期食品": "食品超市不服从重|食品行政处罚|过期食品|经营超过保质期|食品经营处罚",
    "工伤": "工伤认定|不予认定工伤",
    "环境保护": "危险废物|环境保护|噪声",
    "信息公开": "信息公开|信息不存在",
    "举报投诉": "举报|查处答复",
    "征收与协议": "拆迁安置协议行政复议|文旅公司|征收补偿",
    "交通": "交通技术监控|电动自行车|江津区交通",
    "权属": "林地使用权|冯某诉",
    "登记": "冒名公司登记|更正登记",
    "社会保障": "低保|养老保险待遇",
    "安全": "安全生产行政|消防",
    "违法建设": "违法建设|强制拆除行为",
    "扣押": "扣押车辆|暂扣物品",
}
OTHER_WEIGHTS = ((1, 1, 1), (4, 3, 3), (5, 4, 1), (6, 3, 1), (6, 2, 2))
LEAST_SHARES = (0.25, 0.28, 0.3, LEAST, 0.36, 0.4)
_TOP = 5

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """The cases, and of each which others are of its cause."""

    cases: Sequence[Case]
    causes: Mapping[int, frozenset[int]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--docs", type=int, default=0, help="measure speed among so many records")
    arguments = parser.parse_args()
    quality()
    if arguments.docs:
        speed(arguments.docs)


def quality() -> None:
    with tempfile.TemporaryDirectory() as home:
        base = KnowledgeBase.open(Settings.from_environment({"KB_HOME": home}))
        ingest(base, [str(shared() / "cases"), str(SAMPLES)], Options())
        base.index_changes()
        judged = _judged([base.case(answer.id) for answer in base.published()])
        legs, words = _shares(base, judged.cases)
    print(f"{len(judged.cases)} cases, {len(judged.causes)} with others of their cause\n")
    print(f"{'':38}{'first':>8}{'of 5':>8}{'MAP':>8}")
    _print("plain words of the facts (BM25)", words, judged)
    for name, matrix in legs.items():
        _print(f"{name.value} alone", matrix, judged)
    _print("three legs, weights in use", _total(legs, WEIGHTS), judged)
    for weights in OTHER_WEIGHTS:
        other = dict(zip(LegName, weights, strict=True))
        _print(f"three legs {':'.join(map(str, weights))}", _total(legs, other), judged)
    total = _total(legs, WEIGHTS)
    apart = [abs(total[a, b] - total[b, a]) for a, b in combinations(range(len(total)), 2)]
    print(f"\nasked from the other side: {np.mean(apart):.3f} apart, {max(apart):.3f} at most")
    print(f"\n{'least share':12}{'right of 5 shown':>18}{'cases with any':>16}")
    for least in sorted(set(LEAST_SHARES)):
        _print_least(least, total, judged)


def _judged(cases: Sequence[Case]) -> Judged:
    of = [_causes_of(case) for case in cases]
    others = {
        one: frozenset(other for other in range(len(cases)) if other != one and of[one] & of[other])
        for one in range(len(cases))
    }
    return Judged(cases, {one: found for one, found in others.items() if found})


def _causes_of(case: Case) -> set[str]:
    folder = Path(case.origin).parent
    if folder.parent.name == "cases":
        return {folder.name} - {_MIXED}
    return {name for name, pattern in CAUSES.items() if re.search(pattern, case.content.title)}


def _shares(base: KnowledgeBase, cases: Sequence[Case]) -> tuple[dict[LegName, Matrix], Matrix]:
    """The share of each pair on each leg (NaN where it cannot be judged), and the score of a search
    for the words of the facts."""
    engine = base._engine
    rarity, matters = Rarity(engine), [of_content(case.content) for case in cases]
    legs = {name: np.full((len(cases), len(cases)), np.nan) for name in LegName}
    words = np.zeros((len(cases), len(cases)))
    places = {case.id: place for place, case in enumerate(cases)}
    for one, matter in enumerate(matters):
        comparison = Comparison(matter, rarity, filed=True)
        for other, theirs in enumerate(matters):
            for name, leg in comparison.likeness(theirs).legs.items():
                legs[name][one, other] = np.nan if leg.share is None else leg.share
        asked = Words("", tuple(comparison.facts.weights), every=False)
        size = len(cases)
        found = engine.search(
            asked, {}, sort=Sort.RELEVANCE, start=0, after=None, size=size, facets=()
        )
        for hit in found.hits:
            words[one, places[hit.id]] = hit.score
    return legs, words


def _total(legs: Mapping[LegName, Matrix], weights: Mapping[LegName, float]) -> Matrix:
    def of(one: int, other: int) -> float:
        shares = {name: float(matrix[one, other]) for name, matrix in legs.items()}
        judged = ((weights[n], None if np.isnan(s) else s) for n, s in shares.items())
        return mean(judged) or 0.0

    size = range(len(legs[LegName.FACTS]))
    return np.array([[of(one, other) for other in size] for one in size])


def _order(matrix: Matrix, one: int) -> list[int]:
    scores = np.nan_to_num(matrix[one])
    return [int(other) for other in np.argsort(-scores, kind="stable") if other != one]


def _print(name: str, matrix: Matrix, judged: Judged) -> None:
    first, of_five, precisions = [], [], []
    for one, wanted in judged.causes.items():
        order = _order(matrix, one)
        most = min(_TOP, len(wanted))
        first.append(order[0] in wanted)
        of_five.append(len(wanted.intersection(order[:most])) / most)
        right = [place for place, other in enumerate(order, 1) if other in wanted]
        precisions.append(np.mean([n / place for n, place in enumerate(right, 1)]))
    figures = (np.mean(first), np.mean(of_five), np.mean(precisions))
    print(f"{name:38}" + "".join(f"{figure:8.3f}" for figure in figures))


def _print_least(least: float, total: Matrix, judged: Judged) -> None:
    right = shown = helped = 0
    for one, wanted in judged.causes.items():
        top = [other for other in _order(total, one) if total[one, other] >= least][:_TOP]
        found = len(wanted.intersection(top))
        right, shown, helped = right + found, shown + len(top), helped + bool(found)
    marked = " *" if least == LEAST else ""
    print(
        f"{least:<12.2f}{right / max(shown, 1):>18.3f}{helped / len(judged.causes):>16.3f}{marked}"
    )


def speed(docs: int) -> None:
    from tests.bench.base import home_of, open_base  # they load what quality does without
    from tests.bench.words import Corpus

    base = open_base(home_of(Corpus(docs)))
    ids = sorted(base._engine.ids())
    asked = [base.case(i) for i in random.Random(20260714).sample(ids, 100)]
    base.similar(base.case(ids[0]))  # what is loaded on first use is loaded
    print(f"\n{docs} records, ms a page{'':14}{'p50':>8}{'p95':>8}")
    for name in ("asked for the first time", "the answer is kept"):
        _print_times(name, [_timed(partial(base.similar, case)) for case in asked])
    texts = [case.content.text for case in asked[:20]]
    _print_times("a pasted text as long", [_timed(partial(base.similar_to, t)) for t in texts])


def _print_times(name: str, times: list[float]) -> None:
    print(f"{name:36}{percentile(times, 0.5):8.1f}{percentile(times, 0.95):8.1f}")


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
