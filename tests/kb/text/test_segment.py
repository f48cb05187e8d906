"""Words: numbers in one spelling, words within words kept, offsets true."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.normalise import fold_text
from kb.text.segment import (
    _private_cache,
    _tokenizer,
    stop_words,
    tokens,
    version,
    words,
    words_of_many,
)


def test_words_of_a_query() -> None:
    assert {"过期", "食品"} <= set(words("过期食品"))
    assert "罚款" in words("罚款")


@pytest.mark.parametrize("written", ["第六十四条", "第64条", "第６４条", "第 六十四 条"])
def test_an_article_is_one_word_however_written(written: str) -> None:
    assert words(fold_text(f"依据{written}的规定")).count("第64条") == 1


@pytest.mark.parametrize("written", ["第（二）项", "第二项", "第(2)项"])
def test_an_item_is_one_word_however_written(written: str) -> None:
    assert "第2项" in words(fold_text(written))


def test_numerals_within_words_are_left_alone() -> None:
    assert "一般" in words("一般程序")


def test_a_long_word_gives_the_words_in_it() -> None:
    assert {"行政", "复议", "行政复议"} <= set(words("行政复议机关"))


@given(st.text(max_size=80))
def test_offsets_cover_the_word(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        if not any(character.isdigit() for character in token.text):
            assert token.text in fold_text(text[token.start : token.end])


NUMBERED = st.text(
    "行政复议处罚第一二三十百条款项年月元之(),.0123年万\n\r a。，某龘𠮷", max_size=60
)


@given(st.lists(st.one_of(NUMBERED, st.text()), max_size=8))
def test_many_texts_have_the_words_of_each_alone(texts: list[str]) -> None:
    assert [*map(list, words_of_many(texts))] == [*map(words, texts)]


@pytest.mark.shared
def test_so_have_real_texts(shared_data: Path) -> None:
    paths = sorted(shared_data.rglob("*.md"))
    texts = [fold_text(path.read_text("utf-8", "replace")[:4000]) for path in paths[::70]]
    assert [*map(list, words_of_many(texts))] == [*map(words, texts)]


def test_a_torn_cache_of_the_dictionary_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = _tokenizer().FREQ
    whole = Path(_private_cache(), "jieba.cache").read_bytes()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Path(_private_cache(), "jieba.cache").write_bytes(whole[: len(whole) // 2])
    made = _tokenizer.__wrapped__()
    assert known == made.FREQ


def test_version_is_stable_and_stop_words_are_read() -> None:
    assert version() == version()
    assert "的" in stop_words()
