"""Much text cut at once: the words are those of jieba, whatever the text."""

import random
from itertools import pairwise
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.cut_many import ManyCutter
from kb.text.segment import _tokenizer
from kb.text.trie import NAMES


@pytest.fixture(scope="module")
def cutter() -> ManyCutter:
    return ManyCutter(_tokenizer())


def words(cutter: ManyCutter, text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise(cutter.cut(text).starts.tolist())]


PIECES = (
    *("行政复议机关认为", "事实清楚", "适用法律、法规错误", "四川省成都市武侯区人民政府", "的的的"),
    *("龘靐齉", "𠮷野家", "\ud842", "ß", "A-b_c.d%", "3.14", "85", "+#&", "・", "Ⅷ", "が", "\0"),
    *("\r\n", "\r", "\n", " ", "\u3000", "。", "，", "(", "某某", "彧彧", "张三丰", "不"),
)
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40)


@given(st.one_of(MIXED.map("".join), st.text()))
def test_the_words_of_any_text_are_those_of_jieba(cutter: ManyCutter, text: str) -> None:
    assert words(cutter, text) == list(_tokenizer().cut(text))


@pytest.mark.parametrize("size", [1, 2, 999, 1000, 1001, 3000])
def test_so_are_those_of_a_block_of_any_length(cutter: ManyCutter, size: int) -> None:
    draw = random.Random(size)
    block = "".join(draw.choices("行政复议处罚决定书工伤认定的在了某不服诉龘齉彧a1", k=size))
    text = f"决定。{block}，撤销"
    assert words(cutter, text) == list(_tokenizer().cut(text))


def test_of_equally_likely_words_the_longest_is_chosen() -> None:
    tokenizer = jieba.Tokenizer()
    # 2/4 times 2/4 is 1/4, in logarithms too.
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = {"甲": 2, "乙": 2, "甲乙": 1}, 4, True
    assert words(ManyCutter(tokenizer), "甲乙") == list(tokenizer.cut("甲乙")) == ["甲乙"]


def test_a_stretch_set_apart_is_one_word_and_parts_its_neighbours(cutter: ManyCutter) -> None:
    text = "行政第3条复议机关"
    cut = cutter.cut(text, [(2, 5)])
    assert cut.starts.tolist() == [0, 2, 5, 9]
    assert cut.names[1] == -1


def test_a_name_stands_for_one_word(cutter: ManyCutter) -> None:
    text = "行政复议机关，行政复议𠮷𠮷，机关。"
    cut = cutter.cut(text)
    named = {}
    for (start, end), name in zip(pairwise(cut.starts.tolist()), cut.names.tolist(), strict=True):
        assert name < NAMES
        assert named.setdefault(name, text[start:end]) == text[start:end]
    assert len(set(named.values())) == len(named)


@pytest.mark.shared
def test_the_words_of_real_texts_are_those_of_jieba(cutter: ManyCutter, shared_data: Path) -> None:
    paths = sorted(shared_data.rglob("*.md"))
    draw = random.Random(4)
    texts = [path.read_text("utf-8", "replace")[:3000] for path in draw.sample(paths, 20)]
    whole = "\n".join(texts)
    assert words(cutter, whole) == list(_tokenizer().cut(whole))
