"""What a selected stretch of a text says of a field."""

from datetime import date

import pytest

from kb.desk.selected import read_selected
from kb.errors import BadRequest
from kb.model import Party, PartyRole, RegionRole, Span
from tests.kb.store.build import content

TEXT = (
    "申请人某超市不服罚款，向重庆市渝中区人民政府申请复议。\n"
    "依照《中华人民共和国行政处罚法》第三十三条第一款，也依照该法第五条，处罚明显不当。\n"
    "二〇二四年五月六日，以渝中府复〔2024〕85号决定变更；2024年6月1日送达。"
)
CASE = content("某案（示例）", text=TEXT, sections=())


def read(field, quote, **options):
    start = TEXT.index(quote)
    return read_selected(CASE, field, Span(start, start + len(quote)), **options)


@pytest.mark.parametrize(
    ("field", "quote", "value", "shown"),
    [
        ("decided", "\n二〇二四年五月六日，以", date(2024, 5, 6), "二〇二四年五月六日"),
        ("outcomes", "决定变更", "modify", "决定变更"),
        ("issues", "处罚明显不当。", "discretion", "处罚明显不当"),
    ],
)
def test_a_selection_gives_its_value_with_the_words_that_say_it(field, quote, value, shown):
    found, place = read(field, quote)
    assert found == value
    assert place.of(TEXT) == shown


def test_numbers_regions_and_parties_are_read_where_they_stand():
    docket, place = read("dockets", "以渝中府复〔2024〕85号决定")
    assert (docket.raw, place.of(TEXT)) == ("渝中府复〔2024〕85号",) * 2
    region, place = read("regions", "重庆市渝中区", part="authority")
    assert (region.code, region.role, place.of(TEXT)) == (
        "500103",
        RegionRole.AUTHORITY,
        "重庆市渝中区",
    )
    party, place = read("parties", "某超市", part="applicant")
    assert party == Party("某超市", PartyRole.APPLICANT, False)


def test_a_provision_is_read_with_the_text_before_it():
    citation, place = read("citations", "第五条")
    assert (citation.work, citation.article) == ("行政处罚法", 5)
    assert place == citation.span


@pytest.mark.parametrize(
    ("field", "quote"),
    [
        ("decided", "处罚明显不当"),
        ("decided", TEXT[TEXT.index("二〇二四") :]),
        ("citations", "第三十三条第一款，也依照该法第五条"),
        ("regions", "罚款"),
        ("issues", "\n"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(field, quote):
    with pytest.raises(BadRequest, match=r"选|写"):
        read(field, quote, part="authority")
