"""The privacy gate on the golden snippets, and what each finding says."""

from __future__ import annotations

from collections import Counter

import pytest

from ingest.check.findings import Certainty, Field, Finding, Kind, fields_of
from ingest.check.masking import mask
from ingest.check.privacy import check
from kb.model import Claim, Content, Evidence, Party, PartyRole
from tests.bench.privacy import HARD, NUMBERS, SETS, judged, record, score, snippets

GOLDEN = [snippet for which in SETS if which != HARD for snippet in snippets(which)]


def one(content: Content, kind: Kind, origin: str = "") -> Finding:
    (found,) = [finding for finding in check(content, origin) if finding.kind is kind]
    return found


def counts() -> Counter[tuple[str, Kind]]:
    return sum((judged(snippet)[1] for snippet in GOLDEN), Counter())


def test_there_are_enough_snippets_and_each_stands_once() -> None:
    assert len(GOLDEN) >= 150
    assert len({snippet.id for snippet in (*GOLDEN, *snippets(HARD))}) == len(
        [*GOLDEN, *snippets(HARD)]
    )


def test_recall_and_precision_on_numbers() -> None:
    got = score(counts(), NUMBERS)
    assert got.recall >= 0.98
    assert got.precision >= 0.98


def test_recall_and_precision_on_names() -> None:
    got = score(counts(), [Kind.NAME])
    assert got.recall >= 0.95
    assert got.precision >= 0.95


def test_most_names_that_are_everyday_words_are_found() -> None:
    found = sum((judged(snippet)[1] for snippet in snippets(HARD)), Counter())
    assert score(found, [Kind.NAME]).recall >= 0.8


def test_recall_on_homes_birthdays_and_minors() -> None:
    assert score(counts(), [Kind.ADDRESS, Kind.BIRTHDAY, Kind.MINOR]).recall >= 0.95


def test_every_place_quotes_the_original_to_the_letter() -> None:
    for snippet in GOLDEN:
        texts = dict(fields_of(snippet.content))
        for finding in check(snippet.content, snippet.file):
            for place in finding.places:
                if place.field in texts:
                    assert place.span.of(texts[place.field]) == finding.quote


def test_one_name_is_one_finding_at_all_its_places() -> None:
    found = one(
        record("申请人陈建国不服。后陈建国撤回。", "陈建国不服某局处罚案"), Kind.NAME, "陈建国.pdf"
    )
    assert [place.field for place in found.places] == [
        Field.TITLE,
        Field.TEXT,
        Field.TEXT,
        Field.FILE_NAME,
    ]
    assert found.mask == "陈某某"


def test_a_name_masked_elsewhere_takes_that_form() -> None:
    found = one(record("申请人林某良投诉。经查，林国良已收到答复。"), Kind.NAME)
    assert (found.rule, found.mask) == ("name.masked_elsewhere", "林某良")
    assert found.certainty is Certainty.CERTAIN


def test_persons_of_one_surname_on_different_sides_are_told_apart() -> None:
    text = "申请人陈某某不服。第三人陈建国系邻居。"
    parties = tuple(
        Claim(Party(name, role, natural=True), Evidence("parties.label", name))
        for name, role in (
            ("陈某某", PartyRole.APPLICANT),
            ("陈建国", PartyRole.THIRD_PARTY),
        )
    )
    assert one(record(text).with_fields(parties=parties), Kind.NAME).mask == "陈某甲"


def test_two_open_names_of_one_surname_get_two_masks() -> None:
    found = check(record("申请人王建国、王秀英等二人不服，王建国提交了证据。"))
    assert {finding.quote: finding.mask for finding in found} == {
        "王建国": "王某甲",
        "王秀英": "王某乙",
    }


def test_letters_in_use_are_not_given_again() -> None:
    assert one(record("董某甲与邻居不和。董志远报警。"), Kind.NAME).mask == "董某乙"


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("家住重庆市渝北区龙湖路88号3栋2单元501室。", "重庆市渝北区×××"),
        ("李某，女，1985年3月14日出生。", "1985年×月×日出生"),
        ("驾驶渝A12345小型轿车。", "渝×××"),
        ("联系电话13800138025。", "×××"),
    ],
)
def test_masks_keep_what_may_stay(text: str, mask: str) -> None:
    assert [finding.mask for finding in check(record(text))] == [mask]


def test_what_is_masked_is_clean_afterwards() -> None:
    for snippet in GOLDEN:
        masked = mask(snippet.content, check(snippet.content)).content
        left = [finding.quote for finding in check(masked)]
        assert left == [], (snippet.id, masked.title, masked.text)


def test_a_url_gives_its_last_part_as_file_name() -> None:
    origin = "https://example.org/a/%E9%99%88%E5%BB%BA%E5%9B%BD%E5%86%B3%E5%AE%9A%E4%B9%A6.html"
    assert one(record("正文。"), Kind.NAME, origin).places[0].field is Field.FILE_NAME


def test_a_party_named_openly_is_found_whatever_the_name() -> None:
    text = "申请人温馨不服。温馨提出复议。"
    named = (Claim(Party("温馨", PartyRole.APPLICANT, natural=True), Evidence("parties.label")),)
    found = one(record(text).with_fields(parties=named), Kind.NAME)
    assert [place.span.start for place in found.places] == [3, 8]
    assert found.mask == "温某某"


def test_a_name_masked_by_hand_in_the_text_is_found_in_values_and_evidence() -> None:
    named = Claim(
        Party("王小明", PartyRole.APPLICANT, natural=True),
        Evidence("parties.label", "申请人王小明，电话13912345678"),
    )
    content = record("申请人王某某不服。").with_fields(parties=(named,))
    found = check(content)
    assert {finding.quote for finding in found} == {"王小明", "13912345678"}
    assert all(place.field is Field.VALUES for finding in found for place in finding.places)
    masked = mask(content, found).content
    assert check(masked) == ()
    assert masked.parties[0].value.name == "王某某"
    assert "1391" not in masked.parties[0].evidence.quote


def test_organisations_and_masked_parties_are_no_names() -> None:
    parties = tuple(
        Claim(Party(name, PartyRole.APPLICANT, natural=True), Evidence("parties.label"))
        for name in ("某超市", "李某", "渝中区税务局")
    )
    assert check(record("某超市、李某对渝中区税务局不服。").with_fields(parties=parties)) == ()


def test_a_word_introduced_as_a_name_is_one_where_a_person_stands() -> None:
    text = (
        "申请人：高兴。\n高兴称其不在现场。高兴的房屋被拆除。居民提高兴趣，该局很高兴，高兴地答复。"
    )
    found = one(record(text), Kind.NAME)
    assert [place.span.start for place in found.places] == [4, 8, 17]


def test_a_word_open_in_one_place_and_masked_in_another() -> None:
    found = one(record("申请人高某不服处罚。高兴认为处罚过重。"), Kind.NAME)
    assert (found.quote, found.rule, found.mask) == ("高兴", "name.masked_elsewhere", "高某")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("申 请 人：张　伟\n", "张　伟"),
        ("本案中在该组居住多年的申请人之父李建\n国不服该决定。", "李建\n国"),
        ("此致\n申请人（签名）：高兴\n2024年3月1日", "高兴"),
        ("扎西卓玛的房屋被拆除。", "扎西卓玛"),
        ("第三人沙马日古未提交意见。", "沙马日古"),
        ("村民代表买买提·吐尔逊到场。", "买买提·吐尔逊"),
        ("申请人：爱新觉罗·启星，男，满族。", "爱新觉罗·启星"),
        ("申请人爱新觉罗·启星不服该决定。", "爱新觉罗·启星"),
        ("申请人：Mike Johnson，男，外国公民。Mike Johnson不服。", "Mike Johnson"),
    ],
)
def test_names_as_layout_and_peoples_write_them(text: str, quote: str) -> None:
    assert one(record(text), Kind.NAME).quote == quote


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("申请人古丽·买买提不服该处罚决定。", ["古丽·买买提"]),
        ("申请人艾力·玉素甫不服该处罚决定。", ["艾力·玉素甫"]),
        ("申请人努尔兰·叶尔江不同意补偿方案。", ["努尔兰·叶尔江"]),
        ("申请人热依扎·木合塔尔不服。", ["热依扎·木合塔尔"]),
        ("艾尼瓦尔·阿不都热合曼不服。", ["艾尼瓦尔·阿不都热合曼"]),
        ("申请人买买提·艾山不服。", ["买买提·艾山"]),
        ("阿卜杜拉·吐尔逊与卡德尔·依明确认签字。", ["阿卜杜拉·吐尔逊", "卡德尔·依明"]),
        ("阿依古丽·买买提和古丽娜尔·阿不都共同申请。", ["阿依古丽·买买提", "古丽娜尔·阿不都"]),
        ("古丽·买买提、艾力·玉素甫系邻居。", ["古丽·买买提", "艾力·玉素甫"]),
        ("古丽·买买提及卡德尔·依明等三人。", ["古丽·买买提", "卡德尔·依明"]),
        ("王二娃和阿依古丽·买买提作证。", ["王二娃", "阿依古丽·买买提"]),
        ("恩和·巴图和古丽·买买提的房屋。", ["恩和·巴图", "古丽·买买提"]),
        ("3月5日古丽·买买提支付租金，其子艾力·玉素甫提出异议。", ["古丽·买买提", "艾力·玉素甫"]),
        ("老罗表示不服，向阳也表示不服。", []),
        ("申请人：陈也。申请人：Li Na，女。Li Nancy到场。", ["陈也", "Li Na"]),
        ("第三人：IKEA，住所地在示例路。", []),
        ("申请人购买龙湖·示例天街商铺。第三人：示例·翡翠湾业主委员会。", []),
    ],
)
def test_where_names_with_a_dot_begin_and_end(text: str, names: list[str]) -> None:
    assert [found.quote for found in check(record(text)) if found.kind is Kind.NAME] == names


def test_masking_a_name_with_a_dot_leaves_what_follows() -> None:
    content = record("申请人古丽·买买提不服该处罚决定。")
    masked = mask(content, check(content))
    assert masked.content.text == "申请人古某某不服该处罚决定。"


def test_a_latin_name_stands_only_as_whole_words() -> None:
    found = one(record("申请人：Li Na，女。Li Nancy到场，Li Na签字。"), Kind.NAME)
    assert [place.span.start for place in found.places] == [4, 23]
