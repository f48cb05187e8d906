from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.cut import Cutter
from kb.text.normalise import fold_text
from kb.text.segment import _tokenizer


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(_tokenizer())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "复议机关认为行政处罚决定认定事实清楚，适用法律错误。",
        "渝中府复(2024)85号 A-b_c.d%",
        "陈某某诉甲区人社局\n工伤认定一案\t二审",
        "龘靐齉龘靐齉𠮷𠮷野家",
        "的的的的的的的的的的的的",
    ],
)
def test_the_words_are_those_of_jieba(cutter: Cutter, text: str) -> None:
    assert cutter.cut(text) == list(_tokenizer().cut(text))


CHARACTERS = st.text("行政复议处罚决定书工伤认定的在了某不服诉一二三ab1.。，( \n龘齉𠮷")


@given(st.one_of(CHARACTERS, st.text()))
def test_the_words_of_any_text_are_those_of_jieba(cutter: Cutter, text: str) -> None:
    assert cutter.cut(text) == list(_tokenizer().cut(text))


@pytest.mark.shared
def test_the_words_of_real_texts_are_those_of_jieba(cutter: Cutter, shared_data: Path) -> None:
    for path in sorted((shared_data / "laws").rglob("*.md"))[::80]:
        text = fold_text(path.read_text("utf-8"))[:5000]
        assert cutter.cut(text) == list(_tokenizer().cut(text))
