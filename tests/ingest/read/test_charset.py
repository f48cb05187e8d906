"""Bytes to text: declared, undeclared and wrongly declared encodings, and mojibake."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import mojibake, read_bytes
from ingest.read.charset import decode
from kb.errors import BadSource

TEXT = (
    "申请人王某不服被申请人某县公安局作出的行政处罚决定，向某县人民政府申请行政复议。"
    "复议机关认为，该决定事实清楚，但程序违法，依照《行政复议法》第六十四条第一款，决定予以撤销。"
)
TRADITIONAL = "申請人不服行政處分，向主管機關提起訴願，機關認為原處分違法，決定撤銷。"
WORDS = st.text(st.sampled_from(TEXT + "ABC123 \n（）“”"), min_size=20, max_size=300).filter(
    lambda text: sum("一" <= char <= "龥" for char in text) >= 12 and text == text.strip()
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"]))
def test_chinese_comes_back_from_any_encoding_undeclared(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sampled_from(["utf-8", "gb18030"]), st.sampled_from(["utf-8", "gbk", "big5"]))
def test_a_wrong_declaration_yields_to_the_bytes(text: str, real: str, said: str) -> None:
    found = decode(text.encode(real), "x", content_type=f"text/html; charset={said}")
    assert found.text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, f"<html><body><p>{TEXT}</p></body></html>"])
def test_utf16_without_its_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


def test_big5_is_told_from_gbk() -> None:
    found = decode(TRADITIONAL.encode("big5"), "x")
    assert (found.text, found.encoding) == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb_2312-80", "x-gbk", "GB18030"])
def test_the_gb_family_is_read_as_its_superset(name: str) -> None:
    text = TEXT + "喆镕𠮷㐱"  # beyond GB2312, the last two beyond GBK
    page = f'<meta charset="{name}"><p>{text}'.encode("gb18030")
    assert text in decode(page, "x", markup=True).text


def test_the_header_goes_before_the_page() -> None:
    page = f'<meta charset="big5"><p>{TEXT}'.encode("gb18030")
    found = decode(page, "x", content_type="text/html; charset=GBK", markup=True)
    assert (found.encoding, found.how) == ("gb18030", "header")


def test_an_xml_declaration_counts() -> None:
    page = f'<?xml version="1.0" encoding="GB2312"?><html><p>{TEXT}</p></html>'.encode("gb18030")
    assert decode(page, "x", markup=True).how == "markup"


def test_a_contradiction_is_reported() -> None:
    page = f'<meta charset="gb2312"><p>{TEXT}'.encode()
    assert "gb18030" in decode(page, "x", markup=True).warnings[0]


def test_a_cut_character_costs_only_itself() -> None:
    found = decode((TEXT * 20).encode()[:-2], "x")
    assert found.text.startswith(TEXT)
    assert "1 处字节" in found.warnings[0]
    assert TEXT[:12] not in found.warnings[0]


def test_bytes_of_no_encoding_are_refused() -> None:
    junk = bytes(range(128, 256)) * 40
    with pytest.raises(BadSource, match=r"编码|乱码"):
        read_bytes(b"<html><body><p>" + junk + b"</p></body></html>", "x.html")


MISTAKES = {
    "UTF-8 文字被当作 GBK": lambda text: text.encode().decode("gb18030", "replace"),
    "UTF-8 文字被当作 Latin-1": lambda text: text.encode().decode("latin-1"),
    "GBK 文字被当作 Latin-1": lambda text: text.encode("gb18030").decode("latin-1"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_named_with_an_example(name: str) -> None:
    page = f"<html><body><p>{MISTAKES[name](TEXT)}</p></body></html>"
    with pytest.raises(BadSource, match=name) as caught:
        read_bytes(page.encode(), "x.html")
    assert "申请人" in str(caught.value)


def test_browsers_latin_1_is_windows_1252() -> None:
    shown = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in TEXT.encode())
    assert "Latin-1" in mojibake.diagnose(shown)


@pytest.mark.parametrize("mark", ["锟斤拷", "\ufffd"])
def test_lost_characters_are_refused_when_many_and_reported_when_few(mark: str) -> None:
    with pytest.raises(BadSource, match="丢失"):
        read_bytes(f"{TEXT}{mark * 20}".encode(), "x.txt")
    found = read_bytes(f"{TEXT * 30}{mark}".encode(), "x.txt")
    assert "1 处文字" in found.warnings[0]


def test_question_marks_for_words_are_refused() -> None:
    with pytest.raises(BadSource, match="问号"):
        read_bytes(f"标题\n{'?' * 60}\n??????".encode(), "x.txt")


@pytest.mark.parametrize(
    "text",
    [
        TRADITIONAL,
        "Sichuan and Chongqing, 2024: 12 cases – naïve café.",
        "喆镕堃淼、龑䶮翀昉、骉羴猋驫",
        "གངས་ལྗོངས་རྒྱལ་ཁབ།",
        "案例（示例）",
    ],
)
def test_sound_text_is_no_mojibake(text: str) -> None:
    assert mojibake.diagnose(text * 5) == ""


def test_real_texts_are_no_mojibake(shared_data) -> None:
    for path in sorted((shared_data / "cases").rglob("*.md")):
        text = path.read_text("utf-8")
        assert mojibake.diagnose(text) == ""
        assert mojibake.naturalness(text) > 0.6
        assert decode(text.encode("gb18030"), "x").text == text
