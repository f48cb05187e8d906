"""The store as its callers see it: what goes in comes out, and only what is public is shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kb.errors import BadSource, KnowledgeBaseError, NotFound, Withdrawn
from kb.model import Claim, Docket, Kind, Span, Status
from kb.store import Link, QueueAction, Repository
from tests.kb.store.build import citing, claim, content, docket, in_batch, source


def submit(store: Repository, origin: str, *contents, publish: bool = True):
    return store.submit(source(origin), contents, parser="1", publish=publish)


def test_a_published_case_comes_back_as_it_was_given(store):
    said = content(dockets=(docket("渝中府复〔2024〕85号"),), warnings=("请核对日期",))
    page = source("pages/a.html", "全文", "https://example.invalid/a")
    done = store.submit(page, (said,), parser="1", publish=True)

    case = store.case(done.added[0])

    assert case.content == said
    assert (case.revision, case.status, case.position) == (1, Status.PUBLISHED, 0)
    assert (case.origin, case.url, case.sha256) == (page.origin, page.url, page.sha256)
    assert case.created == case.changed
    assert timedelta(0) <= datetime.now(UTC) - case.created < timedelta(minutes=1)
    assert store.source("pages/a.html") == page


def test_ids_are_ten_characters_that_do_not_look_alike(store):
    added = submit(store, "a", *(content(f"案{n}") for n in range(50))).added
    assert len(set(added)) == 50
    assert all(len(x) == 10 and not set(x) & set("01ilou") and x == x.lower() for x in added)


def test_a_draft_is_not_shown_until_it_is_published(store):
    [draft] = submit(store, "a", content(), publish=False).added

    with pytest.raises(NotFound):
        store.case(draft)
    assert store.case(draft, any_status=True).status is Status.DRAFT
    assert (store.cases([draft]), store.count(), store.pending()) == ([], 0, [])

    store.publish(draft, "核对无误", by="李审核")
    assert store.case(draft).status is Status.PUBLISHED
    assert [(x.record_id, x.action) for x in store.pending()] == [(draft, QueueAction.WRITE)]


def test_a_withdrawn_record_leaves_its_reason_and_nothing_else(store):
    [gone, kept] = submit(store, "a", content("甲案"), content("乙案")).added
    store.withdraw(gone, "发布机关要求更正", by="王发布")

    with pytest.raises(Withdrawn, match="发布机关要求更正"):
        store.case(gone)
    assert [case.id for case in store.cases([gone, kept])] == [kept]
    assert store.published_ids() == {kept}
    assert [case.id for case in store.all_published()] == [kept]
    assert store.pending()[-1].record_id == gone
    assert store.pending()[-1].action is QueueAction.REMOVE
    assert store.case(gone, any_status=True).content.title == "甲案"

    store.publish(gone, "已更正", by="王发布")
    assert store.case(gone).content.title == "甲案"


def test_a_withdrawal_needs_a_reason(store):
    [case] = submit(store, "a", content()).added
    with pytest.raises(KnowledgeBaseError, match="理由"):
        store.withdraw(case, "  ")
    assert store.count() == 1


def test_an_unknown_id_is_not_found(store):
    for ask in (store.case, store.publish, store.revisions, lambda x: store.withdraw(x, "无")):
        with pytest.raises(NotFound, match="nosuchid22"):
            ask("nosuchid22")


def test_cases_come_in_the_order_asked_for(store):
    ids = list(submit(store, "a", *(content(f"案{n}") for n in range(5))).added)
    asked = [ids[3], "nosuchid22", ids[0], ids[3]]
    assert [case.id for case in store.cases(asked)] == [ids[3], ids[0], ids[3]]
    assert store.cases([]) == []


def test_more_ids_than_a_statement_takes(store):
    ids = submit(store, "a", *(content(f"案{n}") for n in range(1200))).added
    assert [case.id for case in store.cases(reversed(ids))] == list(reversed(ids))


def test_all_published_is_a_snapshot_in_source_order(store):
    submit(store, "a", *(content(f"甲{n}") for n in range(5)))
    submit(store, "b", *(content(f"乙{n}") for n in range(4)))
    stream = store.all_published(batch_size=2)
    first = next(stream)
    submit(store, "c", content("后来的案"))
    store.withdraw(first.id, "测试")

    titles = [first.content.title, *(case.content.title for case in stream)]
    assert titles == [f"甲{n}" for n in range(5)] + [f"乙{n}" for n in range(4)]
    assert len(list(store.all_published(batch_size=2))) == 9


def test_known_and_same_bytes(store):
    page = source("a.html")
    assert (store.known("a.html"), store.same_bytes(page.sha256)) == (None, None)
    store.submit(page, (content(),), parser="7", publish=True)
    assert store.known("a.html") == (page.sha256, "7")
    assert store.same_bytes(page.sha256) == "a.html"
    assert store.source("b.html") is None


def test_neighbours_are_the_public_ones_of_the_batch_over_several_sources(store):
    day = date(2025, 7, 1)
    one = submit(
        store, "1.html", in_batch("甲", "第一批", day), in_batch("乙", "第一批", day)
    ).added
    [other] = submit(store, "2.html", in_batch("别的", "第二批", day)).added
    [two] = submit(store, "3.html", in_batch("丙", "第一批", day)).added
    [lone] = submit(store, "4.html", content("无批次")).added

    assert store.neighbours(store.case(one[0])) == (None, Link(one[1], "乙"))
    assert store.neighbours(store.case(one[1])) == (Link(one[0], "甲"), Link(two, "丙"))
    assert store.neighbours(store.case(other)) == (None, None)
    assert store.neighbours(store.case(lone)) == (None, None)

    store.withdraw(one[1], "测试")
    assert store.neighbours(store.case(two)) == (Link(one[0], "甲"), None)


def test_several_records_may_bear_one_number_and_rejected_numbers_are_not_borne(store):
    number = docket("渝中府复〔2024〕85号")
    refused = Claim(number.value, number.evidence, rejected=True)
    one = submit(store, "a", content("甲", dockets=(number,))).added
    two = submit(store, "b", content("乙", dockets=(number,))).added
    submit(store, "c", content("丙", dockets=(number, refused)))
    draft = submit(store, "d", content("丁", dockets=(number,)), publish=False).added
    text = "基本案情\n依据渝中府复(2024)85号。"
    submit(store, "e", content("戊", text, keywords=(claim("渝中府复(2024)85号"),)))

    assert store.by_docket("渝中府复(2024)85号") == [*one, *two]
    assert store.by_docket("渝中府复(2024)85号", any_status=True) == [*one, *two, *draft]
    assert store.by_docket("没有(2024)1号") == []


def test_facts_speak_of_public_records_only(store):
    empty = store.facts()
    assert (empty.records, empty.newest_batch, empty.newest_published) == (0, "", None)
    assert empty.changed is None

    old, new = date(2024, 3, 1), date(2025, 7, 1)
    submit(store, "a", in_batch("甲", "第一批", old), content("乙", kind=Kind.JUDGMENT))
    [latest] = submit(store, "b", in_batch("丙", "第二批", new, "某市司法局")).added
    submit(store, "c", in_batch("丁", "未发布的批次", date(2026, 1, 1)), publish=False)

    facts = store.facts()
    assert facts.records == store.count() == 3
    assert facts.by_kind == {Kind.TYPICAL_CASE: 2, Kind.JUDGMENT: 1} == store.by_kind()
    assert (facts.newest_batch, facts.newest_published) == ("第二批", new)
    assert [(b.title, b.publishers, b.published, b.records) for b in store.batches()] == [
        ("第二批", ("某市司法局",), new, 1),
        ("第一批", ("某省司法厅",), old, 1),
    ]

    store.withdraw(latest, "测试")
    facts = store.facts()
    assert (facts.newest_batch, facts.newest_published) == ("第一批", old)


def test_a_batch_gathers_the_publishers_of_its_records_and_lets_them_go(store):
    day = date(2025, 7, 1)
    submit(store, "a", in_batch("甲", "川渝批次", day, "四川省司法厅"))
    [second] = submit(store, "b", in_batch("乙", "川渝批次", day, "重庆市司法局")).added
    assert store.batches()[0].publishers == ("四川省司法厅", "重庆市司法局")
    moved = in_batch("乙", "另一批次", day, "重庆市司法局")
    store.revise(second, moved, by="李审核")
    assert {b.title: b.publishers for b in store.batches()} == {
        "川渝批次": ("四川省司法厅",),
        "另一批次": ("重庆市司法局",),
    }


def test_a_revision_keeps_what_was_and_says_who(store):
    first = content("甲")
    [case] = submit(store, "a", first).added
    second = first.with_fields(title="甲（更正）")

    assert store.revise(case, second, by="李审核", note="更正标题", expected=1) == 2
    assert store.case(case).content == second
    assert [(r.number, r.by, r.note, r.current) for r in store.revisions(case)] == [
        (1, "import", "", False),
        (2, "李审核", "更正标题", True),
    ]
    assert store.revision(case, 1) == first
    assert store.revise(case, second, by="李审核") == 2
    with pytest.raises(NotFound, match="第 9 版"):
        store.revision(case, 9)


def test_a_stale_save_is_refused(store):
    [case] = submit(store, "a", content("甲")).added
    store.revise(case, content("乙"), by="李", expected=1)
    with pytest.raises(KnowledgeBaseError, match="第 2 版"):
        store.revise(case, content("丙"), by="王", expected=1)
    assert store.case(case).content.title == "乙"


def test_a_withdrawn_record_is_not_revised(store):
    [case] = submit(store, "a", content("甲")).added
    store.withdraw(case, "测试")
    with pytest.raises(Withdrawn):
        store.revise(case, content("乙"), by="李")


def test_the_queue_is_emptied_up_to_what_the_index_holds(store):
    ids = submit(store, "a", *(content(f"案{n}") for n in range(3))).added
    assert [item.record_id for item in store.pending(limit=2)] == list(ids[:2])
    store.done(store.pending(limit=2)[-1].seq)
    assert [item.record_id for item in store.pending()] == [ids[2]]
    last = store.pending()[-1].seq
    store.done(last)
    store.withdraw(ids[0], "测试")
    assert store.backlog() == 1
    assert store.pending()[0].seq > last


def test_text_that_is_no_unicode_is_refused_and_leaves_nothing(store):
    with pytest.raises(BadSource, match=r"pages/a\.html"):
        store.submit(source(), (content("甲", "坏\ud800字"),), parser="1", publish=True)
    assert (store.known("pages/a.html"), store.count()) == (None, 0)


def test_odd_characters_survive(store):
    odd = '𠮷\u200b\u0000’"\\\r\n　“”％_\U0010ffff'
    said = content("'; DROP TABLE record; --" + odd, odd * 3, keywords=(claim(odd),))
    [case] = submit(store, "a\u0001.html", said).added
    assert store.case(case).content == said


def test_a_judgment_of_many_words_and_citations(store):
    text = "依据行政处罚法第三十三条。" * 3000
    one = citing(text, "行政处罚法第三十三条")
    many = tuple(Claim(one.value, citing(text, "行政处罚法").evidence) for _ in range(200))
    said = content("长判决", text, citations=many, dockets=(docket("（2024）渝01行终354号"),))
    [case] = submit(store, "a", said).added
    assert store.case(case).content == said
    assert isinstance(store.case(case).content.dockets[0].value, Docket)
    assert store.case(case).content.citations[0].value.span == Span(2, 12)
