"""Any provision, written in any form, is found and resolved again."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import BadRequest
from kb.law import cite, label, typed
from kb.law.provisions import (
    Pinpoint,
    PinpointForm,
    Provision,
    article_number,
    parse_address,
    place,
)
from kb.law.statutes import Work, registry

WORKS = list(registry().works)
numbers = st.integers(1, 1300)
small = st.integers(1, 40)


@st.composite
def pinpoints(draw: st.DrawFn) -> Pinpoint:
    article: int | str = draw(numbers)
    if draw(st.integers(0, 9)) == 0:
        article = f"{article}之{draw(st.integers(1, 12))}"
    paragraph = draw(st.none() | small)
    item = draw(st.none() | small)
    subitem = draw(st.none() | small) if item else None
    return Pinpoint(article, paragraph, item, subitem)


def names(work: Work) -> list[str]:
    """The spellings of a name that prose uses."""
    inner = work.full_title.replace("《", "〈").replace("》", "〉")
    return [
        f"《{inner}》",
        f"《{work.full_title}》",
        f"《{work.title}》",
        f"《 {inner}》",
        f"《{inner}》（以下简称《某某规则》）",
        f"《{inner}》：",
    ]


@settings(deadline=None)  # the machine may be busy
@given(
    work=st.sampled_from(WORKS),
    at=pinpoints(),
    form=st.sampled_from(PinpointForm),
    spelling=st.integers(0, 5),
    before=st.sampled_from(["", "复议机关认为，根据", "依照\n", "申请人称："]),
    after=st.sampled_from(["", "的规定，应予撤销。", "之规定", "\n", "，", "：“"]),
)
def test_any_provision_in_any_form_is_found_and_resolved(
    work: Work, at: Pinpoint, form: PinpointForm, spelling: int, before: str, after: str
) -> None:
    written = names(work)[spelling] + form.write(at)
    text = before + written + after
    citations = cite(text)
    assert len(citations) == 1
    (citation,) = citations
    found = Pinpoint(citation.article, citation.paragraph, citation.item, citation.subitem)
    assert (citation.work, found) == (work.title, at)
    assert citation.raw == citation.span.of(text) == written
    assert label(citation) == work.title + place(at)


@settings(deadline=None)  # the machine may be busy
@given(
    work=st.sampled_from(
        [work for work in WORKS if "《" not in work.title and len(work.title) < 40]
    ),
    at=pinpoints(),
    form=st.sampled_from(PinpointForm),
)
def test_a_known_name_needs_no_marks(work: Work, at: Pinpoint, form: PinpointForm) -> None:
    text = f"违反{work.full_title}{form.write(at)}的规定"
    (citation,) = cite(text)
    assert (citation.work, citation.article) == (work.title, at.article)
    assert citation.raw == work.full_title + form.write(at)


@settings(deadline=None)  # the machine may be busy
@given(work=st.sampled_from(WORKS), at=pinpoints())
def test_any_alias_can_be_typed(work: Work, at: Pinpoint) -> None:
    for name in (work.title, *work.aliases):
        citation = typed(f"{name}{PinpointForm.ARABIC.write(at)}")
        assert citation is not None
        assert (citation.work, citation.article) == (work.title, at.article)


@settings(deadline=None)  # the machine may be busy
@given(
    first=numbers,
    more=st.lists(numbers, min_size=1, max_size=6),
    mark=st.sampled_from(["、", "，", ",", "和", "及", "以及", "与"]),
    form=st.sampled_from([PinpointForm.CHINESE, PinpointForm.ARABIC, PinpointForm.FULL_WIDTH]),
)
def test_lists_of_articles_are_taken_apart(
    first: int, more: list[int], mark: str, form: PinpointForm
) -> None:
    written = mark.join(form.write(Pinpoint(number)) for number in (first, *more))
    citations = cite(f"根据《行政处罚法》{written}的规定")
    assert [citation.article for citation in citations] == [first, *more]


@settings(deadline=None)  # the machine may be busy
@given(first=st.integers(1, 400), length=st.integers(1, 50), mark=st.sampled_from("至到-—~～"))
def test_ranges_name_every_article(first: int, length: int, mark: str) -> None:
    at = PinpointForm.CHINESE
    text = f"《民法典》{at.write(Pinpoint(first))}{mark}{at.write(Pinpoint(first + length))}"
    assert [c.article for c in cite(text)] == list(range(first, first + length + 1))


@settings(deadline=None)  # the machine may be busy
@given(
    work=st.sampled_from(WORKS),
    at=st.just(Pinpoint()) | pinpoints(),
    day=st.none() | st.dates(date(1950, 1, 1)),
)
def test_addresses_round_trip(work: Work, at: Pinpoint, day: date | None) -> None:
    provision = Provision(work.title, day, at)
    assert parse_address(provision.address()) == provision


def test_an_address_reads_as_documented() -> None:
    provision = Provision("行政复议法", date(2024, 1, 1), Pinpoint(30, 1, 2))
    assert provision.address() == "行政复议法@2024-01-01/art-30/para-1/item-2"
    assert Provision("刑法", None, Pinpoint("120之1")).address() == "刑法/art-120-1"


@pytest.mark.parametrize(
    "address",
    ["", "行政复议法/para-1", "行政复议法@2024/art-1", "行政复议法@2024-13-01/art-1", "a/art-x"],
)
def test_other_texts_are_no_address(address: str) -> None:
    with pytest.raises(BadRequest):
        parse_address(address)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30", 30),
        ("三十", 30),
        ("120-1", "120之1"),
        ("一百二十之一", "120之1"),
        ("１２０之１", "120之1"),
    ],
)
def test_article_numbers(text: str, number: int | str) -> None:
    assert article_number(text) == number


def test_no_article_number() -> None:
    with pytest.raises(ValueError, match="not an article number"):
        article_number("条")


@settings(deadline=None)  # the machine may be busy
@given(
    text=st.text(
        alphabet="《》〈〉第条款项目（）(),、至一二三十百0123之前本该法例以下简称“”\n 行政复议",
        max_size=200,
    )
)
def test_offsets_hold_and_nothing_raises_on_any_soup(text: str) -> None:
    for citation in cite(text, date(2024, 1, 10)):
        assert citation.raw == citation.span.of(text)
        assert citation.raw


@settings(deadline=None)  # the machine may be busy
@given(text=st.text(max_size=300))
def test_any_text_at_all(text: str) -> None:
    for citation in cite(text):
        assert citation.raw == citation.span.of(text)
    typed(text)


@pytest.mark.parametrize("part", ["art-" + "9" * 20, "art-5/para-" + "9" * 20, "art-5-" + "9" * 9])
def test_numbers_beyond_any_statute_are_no_address(part: str) -> None:
    with pytest.raises(BadRequest):
        parse_address(f"示例条例/{part}")


@pytest.mark.parametrize("text", ["9" * 5000, "5之x", "5之", "999999999"])
def test_what_is_no_number_of_an_article(text: str) -> None:
    with pytest.raises(ValueError, match="not an article number"):
        article_number(text)
