"""What every engine must do; each new engine joins by a line in the `engine` fixture."""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import IndexUnavailable
from kb.search.engine import Engine, Found, IndexDocument, Key
from kb.search.query import And, Everything, Filed, InSection, Node, Not, Or, Quoted, Words
from kb.search.request import FacetName, Sort
from kb.search.whoosh.engine import WhooshEngine
from kb.text.exact import needle, numbered
from kb.text.normalise import fold_text
from kb.text.segment import words

TEXTS = [
    "某餐饮店销售过期食品，区市场监管局罚款三万元。",
    "某超市经营超过保质期的食品，复议机关认为过罚不当，\n变更罚款为五千元。",
    "陈某某不服工伤认定决定，依据第六十四条申请行政复议。",
    "申 请 人黎某请求公开政府信息，渝中府复〔2024〕85号决定责令限期答复。",
    "骑手送餐途中受伤，人社局不予认定工伤，复议撤销并责令重作。",
    "第64条规定的期限自收到之日起计算；第十四条另有规定的除外。",
]


def document(record_id: str, text: str, year: int = 2024, region: str = "500000") -> IndexDocument:
    return IndexDocument(
        id=record_id,
        words={"title": words(fold_text(text[:6])), "body": words(fold_text(text))},
        texts=[fold_text(text)],
        filed={FacetName.YEAR: [str(year)], FacetName.REGION: [region]},
        day=year * 366,
    )


@pytest.fixture(scope="module", params=["whoosh"])
def new_engine(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Engine]:
    def make() -> Engine:
        engine = WhooshEngine(tmp_path_factory.mktemp("index"), "analysis-1")
        engine.rebuild([])
        return engine

    return make


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Engine:
    return new_engine()


@pytest.fixture(scope="module")
def filled(new_engine: Callable[[], Engine]) -> Engine:
    """All texts, written in two goes, so that there are two segments and a deletion."""
    engine = new_engine()
    documents = [
        document(f"r{n}", text, 2019 + n, "500103" if n % 2 else "510104")
        for n, text in enumerate(TEXTS)
    ]
    engine.write(documents[:3])
    engine.write([*documents[3:], document("gone", "过期食品 罚款 工伤 第64条")])
    engine.remove(["gone"])
    return engine


def found(engine: Engine, query: Node, **filters: frozenset[str]) -> set[str]:
    chosen = {FacetName(name): values for name, values in filters.items()}
    answer = engine.search(
        query, chosen, sort=Sort.RELEVANCE, start=0, after=None, size=100, facets=()
    )
    assert answer.total == len(answer.hits) == engine.count(query, chosen)
    return {key.id for key in answer.hits}


def test_words_find_records_and_title_and_rarity_rank(filled: Engine) -> None:
    assert found(filled, Words("过期食品", ("过期", "食品"))) == {"r0"}
    assert found(filled, Words("食品", ("食品",))) == {"r0", "r1"}


def test_a_run_is_found_where_the_segmenter_cuts_otherwise(filled: Engine) -> None:
    assert found(filled, Words("府复", ("府复",))) == {"r3"}


def test_words_stand_in_as_many_records_as_they_find(filled: Engine) -> None:
    words = ["罚款", "行政", "食品", "没有这个词"]
    assert filled.standing(words) == [filled.count(Words("", (w,)), {}) for w in words]
    assert filled.standing(words)[0] > 0 == filled.standing(words)[-1]


def test_synonyms_widen(filled: Engine) -> None:
    narrow = Words("过期食品", ("过期", "食品"))
    wide = Words(narrow.text, narrow.words, True, ("超过保质期",))
    assert found(filled, wide) == {"r0", "r1"}


@pytest.mark.parametrize(
    ("quoted", "ids"),
    [
        ("不当，变更", {"r1"}),
        ("申请人", {"r3"}),
        ("第64条", {"r2", "r5"}),
        ("第六十四条", {"r2", "r5"}),
        ("十四条", {"r2", "r5"}),
        ("罚款30000元", {"r0"}),
        ("渝中府复(2024)85号", {"r3"}),
        ("，", {"r0", "r1", "r2", "r3", "r4"}),
        ("没有的话", set()),
    ],
)
def test_quotations(filled: Engine, quoted: str, ids: set[str]) -> None:
    assert found(filled, Quoted(quoted)) == ids


def stands(text: str, quotation: str) -> bool:
    wanted, plain = needle(quotation), fold_text(text)
    return wanted.plain in plain or bool(wanted.numbered and wanted.numbered in numbered(plain))


@given(st.data())
def test_every_part_of_every_text_is_found_and_nothing_else(
    filled: Engine, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    start = data.draw(st.integers(0, len(text) - 2))
    part = text[start : data.draw(st.integers(start + 2, len(text)))]
    if fold_text(part):
        expected = {f"r{n}" for n, other in enumerate(TEXTS) if stands(other, part)}
        assert f"r{TEXTS.index(text)}" in expected
        assert found(filled, Quoted(part)) == expected


PARTS = st.sampled_from(["食品", "第64条", "工伤", "责令", "，", "复议", "罚款", "不存在"])
YEARS = st.sampled_from(["2019", "2021", "2024", "1999"])
LEAVES = st.one_of(
    st.just(Everything()),
    PARTS.map(Quoted),
    st.frozensets(YEARS, min_size=1).map(lambda years: Filed(FacetName.YEAR, years)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)


def holds(node: Node, number: int) -> bool:
    """The oracle: reads the raw texts."""
    match node:
        case Everything():
            return True
        case Quoted(text):
            return stands(TEXTS[number], text)
        case Filed(_, values):
            return str(2019 + number) in values
        case And(parts):
            return all(holds(part, number) for part in parts)
        case Or(parts):
            return any(holds(part, number) for part in parts)
        case Not(part):
            return not holds(part, number)
    raise AssertionError(node)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TREES)
def test_boolean_queries_agree_with_reading_the_texts(filled: Engine, tree: Node) -> None:
    assert found(filled, tree) == {f"r{n}" for n in range(len(TEXTS)) if holds(tree, n)}


def test_facets_count_as_if_their_own_filter_were_off(filled: Engine) -> None:
    filters = {
        FacetName.REGION: frozenset({"500103"}),
        FacetName.YEAR: frozenset({"2020"}),
    }
    answer = filled.search(
        Everything(),
        filters,
        sort=Sort.NEWEST,
        start=0,
        after=None,
        size=10,
        facets=(FacetName.REGION, FacetName.YEAR),
    )
    assert answer.total == 1
    assert answer.counts[FacetName.REGION] == {"500103": 1}
    assert answer.counts[FacetName.YEAR] == {"2020": 1, "2022": 1, "2024": 1}


def pages(engine: Engine, sort: Sort, size: int) -> Iterator[tuple[Key, ...]]:
    after: Key | None = None
    while True:
        answer = engine.search(
            Quoted("。"), {}, sort=sort, start=0, after=after, size=size, facets=()
        )
        if not answer.hits:
            return
        yield answer.hits
        after = answer.hits[-1]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("size", [1, 2, 4, 100])
def test_pages_by_cursor_give_each_record_once_in_order(
    filled: Engine, sort: Sort, size: int
) -> None:
    whole = filled.search(
        Quoted("。"), {}, sort=sort, start=0, after=None, size=100, facets=()
    ).hits
    assert [key for page in pages(filled, sort, size) for key in page] == list(whole)
    if sort is not Sort.RELEVANCE:
        days = [key.day for key in whole]
        assert days == sorted(days, reverse=sort is Sort.NEWEST)


def test_an_empty_index_finds_nothing(engine: Engine) -> None:
    assert found(engine, Words("罚款", ("罚款",))) == set()
    assert found(engine, Quoted("罚款")) == found(engine, Everything()) == set()
    assert engine.similar_words("罚款") == []
    assert explained(engine, Words("罚款", ("罚款",))).hits == ()


def test_a_change_is_found_at_once_and_the_old_words_no_more(engine: Engine) -> None:
    engine.write([document("a", "旧的说法")])
    assert found(engine, Quoted("旧的")) == {"a"}
    before = engine.state()
    engine.write([document("a", "新的说法"), document("a", "新的提法")])
    assert engine.state() != before
    assert found(engine, Quoted("旧的")) == set()
    assert found(engine, Quoted("新的")) == {"a"}
    assert engine.ids() == {"a"}
    engine.remove(["a", "unknown"])
    assert found(engine, Everything()) == set()
    assert engine.stats().documents == 0


def test_rebuilding_swaps_and_readers_follow(engine: Engine) -> None:
    engine.write([document("a", "甲某")])
    generation = engine.stats().generation
    seen: list[int] = []
    engine.rebuild([document("b", "乙某"), document("c", "丙某")], seen.append)
    assert sum(seen) == 2
    assert engine.stats().generation != generation
    assert engine.ids() == {"b", "c"}


def test_a_failed_rebuild_leaves_the_old_index(engine: Engine) -> None:
    engine.write([document("a", "甲某")])

    def broken() -> Iterator[IndexDocument]:
        yield document("b", "乙某")
        raise RuntimeError("source failed")

    with pytest.raises(RuntimeError):
        engine.rebuild(broken())
    assert engine.ids() == {"a"}
    engine.write([document("c", "丙某")])
    assert engine.ids() == {"a", "c"}


def test_an_index_tells_what_it_holds_and_was_made_with(engine: Engine) -> None:
    engine.write([replace(document("a", "甲某"), revision=3), document("b", "乙某")])
    assert engine.revisions() == {"a": 3, "b": 0}
    engine.write([replace(document("a", "甲某某"), revision=4)])
    assert engine.revisions() == {"a": 4, "b": 0}
    stats = engine.stats()
    assert stats.analysis == "analysis-1"
    assert stats.schema


def test_segments_no_longer_in_use_are_forgotten(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([])
    for n in range(12):
        engine.write([document(f"a{n}", f"甲某{n}")])
        assert engine.stats().documents == n + 1
        words = {path.stem[-16:] for path in tmp_path.glob("*/words/*.seg")}
        assert {path.stem[-16:] for path in tmp_path.glob("*/arrays/*")} == words
        assert len(words) < 9
    engine.rebuild([document("b", "乙某")])
    assert engine.ids() == {"b"}


def test_similar_words(filled: Engine) -> None:
    assert "食品" in filled.similar_words("食吕")


def test_readers_in_threads_get_true_answers_while_a_writer_writes(engine: Engine) -> None:
    engine.write([document(f"s{n}", f"常在的文字{n}") for n in range(20)])
    wrong: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            ids = found(engine, Quoted("常在的文字"))
            count = len(found(engine, Words("常在", ("常在",))))
            if len(ids) != 20 or count != 20:
                wrong.append(f"{len(ids)} {count}")

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    shuffled = random.Random(7)
    for n in range(12):
        engine.write([document(f"w{shuffled.randrange(5)}", f"来来去去{n}")])
        engine.remove([f"w{shuffled.randrange(5)}"])
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong


# Whoosh leaves the torn file to the garbage collector to close.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_another_analysis_or_a_torn_index_says_so(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    with pytest.raises(IndexUnavailable, match="kb rebuild"):
        engine.stats()
    engine.rebuild([document("a", "甲某")])
    with pytest.raises(IndexUnavailable, match="另一版本"):
        WhooshEngine(tmp_path, "analysis-2").stats()
    for toc in tmp_path.glob("*/words/*.toc"):
        toc.write_bytes(toc.read_bytes()[:20])
    with pytest.raises(IndexUnavailable, match="已损坏"):
        WhooshEngine(tmp_path, "analysis-1").stats()


SECTIONED = [
    ("title", "甲区罚款案"),
    ("facts", "某店销售过期食品，罚款三万元。"),
    ("reasons", "处罚过重，不合比例；第六十四条未经适用。"),
    ("significance", "过期食品案件应当比例适当。"),
]


def sectioned(record_id: str, sections: list[tuple[str, str]]) -> IndexDocument:
    whole, stretches = "", []
    for role, text in sections:
        stretches.append((role, len(whole), len(whole) + len(fold_text(text))))
        whole += fold_text(text)
    return replace(document(record_id, whole), texts=[whole], sections=stretches)


def test_a_section_of_one_role_holds_it_all(engine: Engine) -> None:
    others = [("facts", "处罚过重，罚款三百元，不合比例。"), ("reasons", "过期食品应予没收。")]
    engine.write([sectioned("a", SECTIONED), sectioned("b", others), document("c", "过期食品")])

    def within(role: str, part: Node) -> set[str]:
        return found(engine, InSection(frozenset({role}), part))

    expired = Words("过期食品", ("过期", "食品"))
    assert within("facts", expired) == {"a"}
    assert within("reasons", expired) == {"b"}
    assert within("significance", Quoted("比例适当")) == {"a"}
    assert within("title", Quoted("罚款")) == {"a"}
    assert within("reasons", Quoted("第64条")) == {"a"}
    assert within("facts", Quoted("元。处罚")) == set()
    assert within("facts", Not(Quoted("过期食品"))) == {"b"}
    assert within("facts", And((expired, Quoted("三百元")))) == set()
    assert within("facts", Or((expired, Quoted("三百元")))) == {"a", "b"}
    both = InSection(frozenset({"facts", "reasons"}), Quoted("处罚过重"))
    assert found(engine, both) == {"a", "b"}
    assert found(engine, Not(InSection(frozenset({"facts"}), expired))) == {"b", "c"}


def test_the_parts_of_a_score_add_up_to_it(filled: Engine) -> None:
    asked = And(
        (
            Words("食品过罚", ("食品",), False, ("超过保质期",), ("餐饮店",)),
            Or((Quoted("，"), Words("罚款", ("罚款",)))),
            Not(Quoted("工伤")),
        )
    )
    answer = explained(filled, asked)
    assert {key.id for key in answer.hits} == {"r0", "r1"}
    for key, parts in zip(answer.hits, answer.parts, strict=True):
        assert sum(part.score for part in parts) == pytest.approx(key.score)
        if key.id == "r1":
            assert ("synonym", "超过保质期") in {(part.kind, part.text) for part in parts}
    described = Words("超市卖过期食品会罚款吗？", ("超市", "食品"), False, ("保质期",))
    answer = explained(filled, described)
    assert [key.id for key in answer.hits] == ["r1", "r0"]
    told = answer.parts[0]
    assert {part.kind for part in told} == {"word", "synonym", "characters"}
    assert sum(part.score for part in told) == pytest.approx(answer.hits[0].score)


def explained(engine: Engine, node: Node) -> Found:
    return engine.search(
        node,
        {},
        sort=Sort.RELEVANCE,
        start=0,
        after=None,
        size=10,
        facets=(),
        explained=True,
    )
