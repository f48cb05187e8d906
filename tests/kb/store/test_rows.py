"""What SQL is told agrees with the contents."""

from datetime import date

from sqlalchemy import select

from kb.model import ClaimSource, Party, PartyRole, Region, RegionRole
from kb.store.rows import fingerprint
from kb.store.tables import ClaimRow, SectionRow
from tests.kb.store.build import citing, claim, content, docket, source

TEXT = "基本案情\n依据行政处罚法第三十三条处理。\n典型意义\n好。"


def rows_of(database, table, record_id):
    with database.read() as connection:
        query = select(table.__table__).where(table.record_id == record_id)
        return connection.execute(query).all()


def test_claims_can_be_looked_up_by_key(store, database):
    said = content(
        "甲",
        TEXT,
        citations=(citing(TEXT, "行政处罚法第三十三条"),),
        regions=(claim(Region("500112", "重庆市渝北区", RegionRole.ACT)),),
        dockets=(docket("渝府复〔2024〕1号"),),
        parties=(claim(Party("陈某某", PartyRole.APPLICANT, True)),),
        published=(claim(date(2025, 7, 1)),),
        outcomes=(claim("revoke"), claim("uphold", rejected=True), claim("uphold")),
        acts=(claim("penalty"), claim("licence", source=ClaimSource.PERSON)),
    )
    [case] = store.submit(source(), (said,), parser="1", publish=True).added

    rows = rows_of(database, ClaimRow, case)
    assert {(row.field, row.key, row.holds) for row in rows} == {
        ("citations", "行政处罚法", True),
        ("regions", "500112", True),
        ("dockets", "渝府复(2024)1号", True),
        ("parties", "陈某某", True),
        ("published", "2025-07-01", True),
        ("outcomes", "revoke", True),
        ("outcomes", "uphold", False),
        ("acts", "penalty", False),  # a person said otherwise
        ("acts", "licence", True),
    }
    [cited] = [row for row in rows if row.field == "citations"]
    assert TEXT[cited.start : cited.end] == cited.quote == "行政处罚法第三十三条"


def test_a_revision_draws_sections_and_claims_anew(store, database):
    [case] = store.submit(
        source(), (content("甲", TEXT, acts=(claim("penalty"),)),), parser="1", publish=True
    ).added
    assert len(rows_of(database, SectionRow, case)) == 2
    plain = content("甲", "只有一段")
    store.revise(case, plain.with_fields(sections=plain.sections[:1]), by="李")
    [section] = rows_of(database, SectionRow, case)
    assert (section.start, section.end) == (0, 4)
    assert rows_of(database, ClaimRow, case) == []


def test_a_change_that_waits_is_not_drawn(store, database):
    page = source("a")
    [case] = store.submit(page, (content("甲", TEXT),), parser="1", publish=True).added
    changed = content("甲", TEXT + "补充。", acts=(claim("penalty"),))
    store.submit(source("a", "2"), (changed,), parser="1", publish=False)
    assert rows_of(database, ClaimRow, case) == []
    store.publish(case, by="王")
    assert len(rows_of(database, ClaimRow, case)) == 1


def test_a_fingerprint_sees_through_width_space_and_script():
    same = {
        fingerprint(text) for text in ("（2024）１号 罰款", "(2024)1号罚款", "（2024）\n1号　罚款")
    }
    assert len(same) == 1
    assert fingerprint("罚款") != fingerprint("罚没款")
    assert fingerprint(" \n　\u200b") is None
