"""The arrays against Whoosh itself: the same records with the same scores, whatever was written,
replaced, removed and merged before."""

import gc
import random
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from whoosh import index, query, scoring

from kb.errors import IndexUnavailable
from kb.search.engine import IndexDocument
from kb.search.query import And, Node, Or, Quoted, Words
from kb.search.request import FacetName, Sort
from kb.search.whoosh.arrays import quotations
from kb.search.whoosh.arrays.file import ArrayFile
from kb.search.whoosh.engine import WhooshEngine
from kb.search.whoosh.schema import BODY, FIELDS, K1, TITLE, WEIGHTS, B
from kb.text.exact import Needle, needle, numbered
from kb.text.normalise import fold_text
from kb.text.numerals import LONGEST

BM25F = scoring.BM25F(B=B[BODY], K1=K1, title_B=B[TITLE])
VOCABULARY = [
    *("复议", "处罚", "食品", "工伤", "罚款", "第64条", "期限", "公开"),
    *(f"词{n}" for n in range(60)),
]


def document(draw: random.Random, record_id: str) -> IndexDocument:
    """Common words in most records, rare ones in few; now and then a very long record."""
    size = draw.choice([0, 1, 5, 30, 30, 200, 3000])
    body = [VOCABULARY[int(draw.random() ** 3 * len(VOCABULARY))] for _ in range(size)]
    title = draw.sample(VOCABULARY, draw.randrange(4))
    return IndexDocument(record_id, {"title": title, "body": body}, ["".join(body)], {}, 1)


def changed(engine: WhooshEngine, seed: int) -> None:
    draw = random.Random(seed)
    engine.rebuild([document(draw, f"r{n}") for n in range(draw.choice([0, 1, 40, 300]))])
    for _ in range(draw.randrange(40)):
        ids = [f"r{draw.randrange(400)}" for _ in range(draw.choice([1, 1, 1, 3, 30]))]
        if draw.random() < 0.3:
            engine.remove(ids)
        else:
            engine.write([document(draw, record_id) for record_id in ids])


def by_whoosh(folder: Path, wanted: query.Query) -> dict[str, float]:
    """Whoosh's exhaustive answer."""
    [words] = folder.glob("*/words")
    opened = index.open_dir(words)
    with opened.searcher(weighting=BM25F) as searcher:
        if not searcher.doc_count():
            return {}
        return {hit["id"]: hit.score for hit in searcher.search(wanted, limit=None)}


def by_arrays(engine: WhooshEngine, node: Node) -> dict[str, float]:
    found = engine.search(
        node, {}, sort=Sort.RELEVANCE, start=0, after=None, size=100_000, facets=()
    )
    assert found.total == len(found.hits)
    return {hit.id: hit.score for hit in found.hits}


def anywhere(word: str) -> query.Query:
    return query.Or([query.Term(field, word, boost=WEIGHTS[field]) for field in FIELDS])


def ours(words: Sequence[str]) -> tuple[Node, ...]:
    return tuple(Words("", (word,)) for word in words)


@pytest.mark.parametrize("seed", range(12))
def test_ids_and_scores_are_those_of_whoosh_searching_exhaustively(
    tmp_path: Path, seed: int
) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    changed(engine, seed)
    draw = random.Random(seed)
    for _ in range(25):
        words = draw.sample(VOCABULARY, draw.randrange(1, 6))
        each = [anywhere(word) for word in words]
        for node, wanted in (
            (Or(ours(words)), query.Or(each)),
            (And(ours(words)), query.And(each)),
            (Words("", tuple(words)), query.And(each)),
        ):
            assert by_arrays(engine, node) == pytest.approx(by_whoosh(tmp_path, wanted))


def test_whoosh_reads_the_segments_as_its_own(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    changed(engine, 3)
    [words] = tmp_path.glob("*/words")
    with index.open_dir(words).reader() as reader:
        assert {reader.stored_fields(n)["id"] for n in reader.all_doc_ids()} == engine.ids()
        terms = [text for field, text in reader.all_terms() if field == "body"]
        assert terms == sorted(set(terms))
        assert reader.frequency("body", terms[0].decode()) >= reader.doc_frequency(
            "body", terms[0].decode()
        )


def test_many_segments_answer_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(1)
    documents = [document(draw, f"r{n}") for n in range(250)]
    whole = WhooshEngine(tmp_path / "whole", "analysis-1")
    whole.rebuild(documents)
    monkeypatch.setattr("kb.search.whoosh.arrays.build._FULL", 37)
    parts = WhooshEngine(tmp_path / "parts", "analysis-1")
    parts.rebuild(documents)
    assert len(list(tmp_path.glob("parts/*/arrays/*"))) == 7
    for word in VOCABULARY[:20]:
        assert by_arrays(parts, Words(word, (word,))) == pytest.approx(
            by_arrays(whole, Words(word, (word,)))
        )


def test_short_and_long_lists_are_intersected_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    changed(engine, 5)
    asked = [Words("", tuple(random.Random(n).sample(VOCABULARY, 2))) for n in range(20)]
    before = [by_arrays(engine, node) for node in asked]
    monkeypatch.setattr(quotations, "_LONGER", 0)
    monkeypatch.setattr("kb.search.whoosh.evaluate._MANY", 10**9)
    assert [by_arrays(engine, node) for node in asked] == [pytest.approx(b) for b in before]


def quoting(engine: WhooshEngine, text: str) -> set[str]:
    found = engine.search(
        Quoted(text), {}, sort=Sort.NEWEST, start=0, after=None, size=100_000, facets=()
    )
    return {hit.id for hit in found.hits}


@pytest.mark.parametrize("few", [0, 32])
def test_quotations_in_common_words_and_very_long_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Few letters make many places for each pair; long texts have more than a position can tell."""
    monkeypatch.setattr(quotations, "_FEW", few)
    draw = random.Random(9)
    sizes = [*(draw.randrange(1, 200) for _ in range(80)), 65_535, 65_536, 70_000, 200_000]
    texts = {f"r{n}": "".join(draw.choices("甲乙丙", k=size)) for n, size in enumerate(sizes)}
    texts["r83"] += "丁戊己庚"
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild(
        IndexDocument(i, {"title": [], "body": []}, [text], {}, 1) for i, text in texts.items()
    )
    engine.write([IndexDocument("r0", {"title": [], "body": []}, ["甲甲乙乙"], {}, 1)])
    texts["r0"] = "甲甲乙乙"
    asked = {"丙丁戊己庚", "丁戊己", "戊己庚", "庚甲"}
    for _ in range(150):
        text = texts[f"r{draw.randrange(len(texts))}"]
        start = draw.randrange(len(text))
        asked.add(text[start : start + draw.randrange(2, 12)])
        asked.add("".join(draw.choices("甲乙丙", k=draw.randrange(2, 8))))
    for quoted in asked:
        assert quoting(engine, quoted) == {i for i, text in texts.items() if quoted in text}


def test_a_word_is_quoted_wherever_it_stands_cut_as_a_word_or_not(tmp_path: Path) -> None:
    """Records that have it as a word are not looked into; those that cut it otherwise are."""
    engine = WholeRecords(tmp_path)
    engine.add("a", ["行政处罚", "决定"])
    engine.add("b", ["行政", "处罚", "决定"])
    engine.add("c", ["处罚", "行政"])
    engine.add("d", ["行政处", "罚决定"], title=["行政处罚"])
    for n in range(40):
        engine.add(f"more{n}", ["行政", "处罚", "决定", "程序"])
    for asked in ("行政处罚", "处罚决定", "行政处罚决定", "政处罚", "罚行政", "处罚行政"):
        assert engine.quoting(asked) == engine.reading(asked), asked


NUMERALS = [
    *("三", "3", "十", "10", "三十三", "33", "三三", "一百二十", "120", "１２０", "百五", "两"),
    *("百", "五万", "50000", "5万", "1,500", "1.5万", "二〇二四", "2024", "05", "999999999", "〇"),
]


def test_numbers_in_quotations_are_found_in_any_writing_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotations, "_FEW", 2)  # nearly all is told from pairs alone
    draw = random.Random(5)
    texts = {
        f"r{n}": "".join(
            draw.choice(NUMERALS) if draw.random() < 0.45 else draw.choice("第条款日人元，")
            for _ in range(40)
        )
        for n in range(300)
    }
    engine = WholeTexts(tmp_path / "index", texts)
    for _ in range(1_500):
        text = fold_text(draw.choice(list(texts.values())))
        start = draw.randrange(len(text) - 8)
        asked = text[start : start + draw.randrange(2, 8)]
        if draw.random() < 0.5:  # the same number in another writing
            asked = re.sub("三十三|33|三三", lambda _: draw.choice(["33", "三十三"]), asked)
            asked = re.sub("十|10", lambda _: draw.choice(["10", "十"]), asked)
        assert engine.quoting(asked) == engine.reading(asked), asked


def test_a_number_spelt_at_any_length_is_found_and_two_apart_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotations, "_FEW", 2)
    zeros = "0" * 30
    spelt = ["一", *(f"{zeros[:n]}1" for n in range(30)), *(f"0{',000' * n},001" for n in range(9))]
    spelt.append(f"000{',000' * 6},001")  # the longest
    assert max(len(one) for one in spelt if numbered(one) == numbered("1")) == LONGEST - 1
    texts = [*(f"第{one}审人民" for one in spelt), "第一条，二审", "一审，第一", "第一，第一审"]
    texts += [f"第一条{'甲' * n}一审{other}" for n in range(40) for other in ("", "，第001审")]
    engine = WholeTexts(tmp_path / "index", {f"r{n}": text for n, text in enumerate(texts)})
    for asked in (
        "第一审",
        "第1审",
        "第01审",
        "第一审人",
        "一审，第1审",
        "甲一审，第一审",
        "第二审",
    ):
        assert engine.quoting(asked) == engine.reading(asked), asked


@pytest.mark.parametrize("few", [0, 32])
def test_numbers_that_touch_and_numbers_in_very_long_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(quotations, "_FEW", few)
    twice = ["两千两千", "二千两千", "二千", "2000", "十两千", "二两", "两百两百", "三三", "3,3"]
    texts = [f"甲{one}乙{n}" for n in range(20) for one in twice]
    texts += [f"第一条{'甲' * n}第一审" for n in (65_000, 65_536, 70_000)] * 20
    engine = WholeTexts(tmp_path / "index", {f"r{n}": text for n, text in enumerate(texts)})
    for asked in (
        "甲2000乙",
        "甲两千乙",
        "甲二千乙",
        "甲200乙",
        "甲33乙",
        "第1审",
        "甲第1审",
        "第1条",
    ):
        assert engine.quoting(asked) == engine.reading(asked), asked


class WholeRecords:
    """Records made of words, one written after another, and their texts to read."""

    def __init__(self, folder: Path) -> None:
        self._engine = WhooshEngine(folder, "test")
        self._engine.rebuild([])
        self._texts: dict[str, str] = {}

    def add(self, record: str, body: list[str], title: Sequence[str] = ()) -> None:
        text = self._texts[record] = "".join(body)
        words = {"title": title, "body": body}
        self._engine.write([IndexDocument(record, words, [text], {}, 1)])

    def quoting(self, text: str) -> set[str]:
        return quoting(self._engine, text)

    def reading(self, text: str) -> set[str]:
        return {record for record, stands in self._texts.items() if text in stands}


class WholeTexts:
    """An index of some texts, and the texts to read."""

    def __init__(self, folder: Path, texts: Mapping[str, str]) -> None:
        self._engine = WhooshEngine(folder, "test")
        folded = {number: fold_text(text) for number, text in texts.items()}
        self._forms = {number: (text, numbered(text)) for number, text in folded.items()}
        self._engine.rebuild(
            [
                IndexDocument(number, {"title": [], "body": []}, [text], {}, 1)
                for number, text in folded.items()
            ]
        )

    def quoting(self, text: str) -> set[str]:
        return quoting(self._engine, text)

    def reading(self, text: str) -> set[str]:
        wanted = needle(text)
        return {
            number
            for number, (plain, with_numbers) in self._forms.items()
            if wanted.plain in plain or (wanted.numbered and wanted.numbered in with_numbers)
        }


@pytest.mark.parametrize("harm", ["cut", "gone", "empty"])
def test_damaged_arrays_are_told(tmp_path: Path, harm: str) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([document(random.Random(2), "a")])
    assert engine.damaged() == []
    [file] = tmp_path.glob("*/arrays/*")
    match harm:
        case "cut":
            file.write_bytes(file.read_bytes()[:-100])
        case "gone":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
    with pytest.raises(IndexUnavailable, match="kb rebuild"):
        WhooshEngine(tmp_path, "analysis-1").ids()


def test_a_changed_byte_is_found_by_looking(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([document(random.Random(3), f"r{n}") for n in range(9)])
    [file] = tmp_path.glob("*/arrays/*")
    data = bytearray(file.read_bytes())
    data[1] ^= 1
    file.write_bytes(data)
    assert WhooshEngine(tmp_path, "analysis-1").damaged() == [file.stem]


@pytest.mark.parametrize("array", ["body.records", "pairs.records", "pairs.starts"])
def test_numbers_that_lead_out_of_a_damaged_index_are_told(tmp_path: Path, array: str) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([document(random.Random(3), f"r{n}") for n in range(9)])
    [path] = tmp_path.glob("*/arrays/*")
    file = ArrayFile(path)
    begin, size = file.offset(array), file[array].nbytes
    data = bytearray(path.read_bytes())
    data[begin : begin + size] = b"\xf7" * size
    path.write_bytes(data)
    torn = WhooshEngine(tmp_path, "analysis-1")
    asked = Or(tuple(Words(word, (word,)) for word in VOCABULARY))
    with pytest.raises(IndexUnavailable, match="kb rebuild"):
        by_arrays(torn, asked)


def test_facets_of_many_segments_add_up(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([])
    expected: dict[str, int] = {}
    draw = random.Random(4)
    for n in range(30):
        values = draw.sample(["500103", "500112", "510104"], draw.randrange(1, 3))
        filed: dict[FacetName, Any] = {FacetName.REGION: values}
        engine.write([IndexDocument(f"r{n}", {"title": [], "body": ["词"]}, ["词"], filed, 1)])
        for value in values:
            expected[value] = expected.get(value, 0) + 1
    found = engine.search(
        Words("词", ("词",)),
        {},
        sort=Sort.NEWEST,
        start=0,
        after=None,
        size=0,
        facets=(FacetName.REGION, FacetName.YEAR),
    )
    assert found.counts == {FacetName.REGION: expected, FacetName.YEAR: {}}


def test_bytes_written_over_are_told_when_they_mislead(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([document(random.Random(n), f"r{n}") for n in range(60)])
    [file] = tmp_path.glob("*/arrays/*")
    data = bytearray(file.read_bytes())
    data[: len(data) // 2] = random.Random(1).randbytes(len(data) // 2)
    file.write_bytes(data)
    harmed = WhooshEngine(tmp_path, "analysis-1")

    def ask() -> list[dict[str, float]]:
        return [by_arrays(harmed, Words(word, (word,))) for word in VOCABULARY]

    with pytest.raises(IndexUnavailable, match="kb rebuild"):
        ask()


def test_a_pointer_of_strange_bytes_is_replaced(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([document(random.Random(3), "a")])
    (tmp_path / "CURRENT").write_bytes(b"\xff\xfe")
    with pytest.raises(IndexUnavailable, match="kb rebuild"):
        engine.ids()
    engine.rebuild([document(random.Random(3), "b")])
    assert engine.ids() == {"b"}


def test_missing_files_of_whoosh_are_told(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([document(random.Random(3), "a")])
    for file in tmp_path.glob("*/words/MAIN_*"):
        file.unlink()
    with pytest.raises(IndexUnavailable, match="kb rebuild"):
        engine.damaged()


def test_dropped_segments_are_closed_at_once(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([])
    gc.collect()
    gc.disable()
    try:
        before = len(list(Path("/proc/self/fd").iterdir()))
        for n in range(40):
            engine.write([document(random.Random(n), f"r{n}")])
            by_arrays(engine, Words("复议", ("复议",)))
        assert len(list(Path("/proc/self/fd").iterdir())) - before < 40
    finally:
        gc.enable()


def test_a_quotation_asked_again_is_not_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    draw = random.Random(4)
    engine.rebuild([document(draw, f"r{n}") for n in range(40)])
    looked_for: list[str] = []
    look = quotations.Quotations._mark

    def told(self: quotations.Quotations, wanted: Needle, mask: quotations.Mask) -> None:
        looked_for.append(wanted.plain)
        look(self, wanted, mask)

    monkeypatch.setattr(quotations.Quotations, "_mark", told)
    found = by_arrays(engine, Quoted("复议"))
    assert found
    assert by_arrays(engine, Quoted("复议")) == found
    assert looked_for == ["复议"]
    gone = min(found)
    engine.remove([gone])
    assert by_arrays(engine, Quoted("复议")).keys() == found.keys() - {gone}


def test_others_write_while_an_index_is_made_anew(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([])
    draw = random.Random(6)

    def documents() -> Iterator[IndexDocument]:
        yield document(draw, "a")
        other = WhooshEngine(tmp_path, "analysis-1")
        other.write([document(draw, "b")])
        assert other.ids() == engine.ids() == {"b"}

    def catch_up(indexed: Mapping[str, int]) -> tuple[list[IndexDocument], list[str]]:
        assert set(indexed) == {"a"}
        return [document(draw, "b")], ["a"]

    engine.rebuild(documents(), catch_up=catch_up)
    assert engine.ids() == {"b"}


def test_a_reader_beside_a_writer_of_the_same_process(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, "analysis-1")
    engine.rebuild([])
    failed: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                engine.stats()
                by_arrays(engine, Words("复议", ("复议",)))
            except BaseException as error:
                failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(60):
        engine.write([document(random.Random(n), f"r{n % 7}")])
    done.set()
    for reader in readers:
        reader.join()
    assert not failed
