"""What a source left open of the statutes it cites is settled as they are known today."""

import json
from dataclasses import replace
from datetime import date

import pytest

from kb import law
from kb.desk import citing, completeness
from kb.desk.citing import settle
from kb.desk.fields import accept, reject, set_values
from kb.law.statutes import registry
from kb.model import CitationStatus, Claim, Evidence, Span, Status, settled
from kb.statutes import StatuteBook
from kb.store.statutes import StatuteStore
from tests.kb.desk.conftest import EDITOR, ON, through
from tests.kb.statutes.build import NEW, OLD, statute
from tests.kb.store.build import content, source

TEXT = "该公司在河道内洗车。依照《示例河道管理条例》第四条的规定，罚款五百元。"


def read(decided=None):
    """A case as it is read before the law is known."""
    given = (Claim(decided, Evidence("test")),) if decided else ()
    cited = tuple(
        Claim(one, Evidence(f"citations.{one.rule}", one.raw, one.span))
        for one in law.cite(TEXT, decided)
    )
    assert [claim.value.status for claim in cited] == [CitationStatus.UNRESOLVED]
    return content("某公司不服罚款案（示例）", TEXT, decided=given, citations=cited)


@pytest.fixture
def book(database):
    return StatuteBook(StatuteStore(database))


@pytest.fixture
def known(book):
    """The registry once the law is imported."""
    book.store([book.place(statute())], reader="tests")
    return book.registry


def test_a_law_that_came_later_settles_what_was_open(known):
    before = read(date(2024, 5, 6))
    assert settle(before, registry) is before
    [claim] = settle(before, known).citations
    assert (claim.value.work, claim.value.version, claim.value.article) == (
        "示例河道管理条例",
        OLD,
        4,
    )
    assert claim.evidence.span == claim.value.span == before.citations[0].value.span
    assert claim.evidence.rule == f"citations.{claim.value.rule}"


def test_so_does_the_day_of_the_decision_that_a_person_gives(book, known):
    book.store([book.place(statute(day=NEW))], reader="tests")
    undated = settle(read(), known)
    assert settled(undated.citations)[0].version is None
    dated = set_values(undated, "decided", [date(2024, 5, 6)])
    assert settled(settle(dated, known).citations)[0].version == NEW


def test_what_a_person_decided_stays(known):
    [open_] = settled(read().citations)
    confirmed = accept(read(), "citations", open_)
    assert settle(confirmed, known) is confirmed
    rejected = reject(read(), "citations", open_)
    assert settle(rejected, known) is rejected


def test_a_name_that_is_known_by_now_may_begin_earlier(known):
    """That of a citation whose statute stands before it in the sentence."""
    text = "依照示例河道管理条例第四条处理。"
    span = Span(text.index("第四条"), text.index("处理"))
    [bare] = law.cite("该条例第四条")
    claim = Claim(replace(bare, span=span, raw=span.of(text)), Evidence("test", "", span))
    [found] = settle(content("示例", text, citations=(claim,)), known).citations
    assert found.value.raw == found.evidence.quote == "示例河道管理条例第四条"


def test_page_list_gate_and_what_is_published_agree(desk, store, book):
    desk._registry = book.registry
    desk.gates = (completeness.gate,)

    def failing():
        return [one.key for one in desk.failures(desk.draft(record)) if "citation" in one.key]

    given = source(), (read(date(2024, 5, 6)),)
    [record] = store.submit(*given, parser="1", publish=False).added
    assert len(failing()) == 1
    through(desk, record, *ON[:2])
    book.store([book.place(statute())], reader="tests")
    assert failing() == []
    [item] = desk.work().items
    [shown] = desk.drafts([record])
    assert item.content == shown.content == desk.draft(record).content
    desk.gates = ()
    out = through(desk, record, ON[2])
    assert (out.stage, out.revision) == (Status.PUBLISHED, 2)
    assert store.case(record).content == shown.content
    assert [one.note for one in desk.revisions(record)][-1] == "引用法条按现有法规认定"
    assert desk.verify_audit().broken == ()
    assert [entry.action for entry in desk.entries(record)][:2] == ["publish", "update"]


def test_nothing_is_saved_for_that_alone(desk, store, known):
    desk._registry = known
    [record] = store.submit(source(), (read(),), parser="1", publish=False).added
    draft = desk.draft(record)
    assert draft.content != desk.revision(record, 1)
    assert desk.save(record, draft.content, EDITOR, 1) == 1
    edited = draft.content.with_fields(title="另一个标题（示例）")
    assert desk.save(record, edited, EDITOR, 1) == 2
    assert desk.revision(record, 2) == edited


def test_a_revision_that_is_restored_as_it_stands_makes_none(desk, store, known):
    desk._registry = known
    [record] = store.submit(source(), (read(),), parser="1", publish=False).added
    assert desk.draft(record).content != desk.revision(record, 1)
    assert desk.restore(record, 1, EDITOR, 1) == 1
    assert len(desk.revisions(record)) == 1


@pytest.mark.parametrize("note", ["", "核对标题"])
def test_whoever_changes_a_title_did_not_change_what_is_cited(desk, store, known, note):
    desk._registry = known
    [record] = store.submit(source(), (read(),), parser="1", publish=False).added
    shown = desk.draft(record).content
    desk.save(record, shown.with_fields(title="新标题（示例）"), EDITOR, 1, note)
    [latest] = desk.entries(record, limit=1)
    told = json.loads(latest.detail)
    assert list(told["changed"]) == ["title"]
    assert told["note"] == "；".join(filter(None, (note, "引用法条按现有法规认定")))
    [found] = settled(shown.citations)
    desk.save(record, reject(desk.draft(record).content, "citations", found), EDITOR, 2)
    [latest] = desk.entries(record, limit=1)
    told = json.loads(latest.detail)
    assert (list(told["changed"]), told["note"]) == (["citations"], "")


def test_whoever_edits_it_as_it_was_read_settled_nothing(desk, store, known):
    desk._registry = known
    [record] = store.submit(source(), (read(),), parser="1", publish=False).added
    desk.save(record, read().with_fields(title="新标题（示例）"), EDITOR, 1)
    [latest] = desk.entries(record, limit=1)
    told = json.loads(latest.detail)
    assert (list(told["changed"]), told["note"]) == (["title"], "")


def test_what_texts_cite_is_kept_by_their_characters(known):
    """So that a thousand long texts do not stay for ever."""
    kept = citing._cited.cache
    kept.clear()
    settle(read(), known)
    longer = read().with_fields(text=TEXT + "又。" * 1000)
    settle(longer, known)
    assert kept.currsize == len(TEXT) + len(longer.text) + 2
    assert kept.maxsize >= 10 * 200_000


def test_a_published_case_stays_in_its_words(desk, store, known):
    desk._registry = known
    [record] = store.submit(source(), (read(),), parser="1", publish=True).added
    assert desk.draft(record).content == store.case(record).content
