"""Cases whose law changed, as the desk lists them for another look."""

import re
from dataclasses import replace
from datetime import date

import pytest

from kb.model import Claim, Evidence, Source
from tests.kb.statutes.build import NEW_ARTICLES, OLD_ARTICLES, TITLE, statute
from tests.kb.store.build import citing, content

TEXT = "依照行政处罚法第三十三条第一款处理。"
OLD, NEW = date(2010, 5, 1), date(2022, 7, 1)
CASES = 32


@pytest.fixture(scope="module")
def looks(kb):
    """Public cases that cite the first of two versions, the second imported after them."""
    book = kb.statutes
    book.store([book.place(statute(OLD_ARTICLES, day=OLD))], reader="tests")

    def case(n):
        cited = citing(TEXT, "行政处罚法第三十三条第一款").value
        claim = Claim(replace(cited, work=TITLE, version=OLD), Evidence("test"))
        told = content(f"引用旧法案{n}（示例）", f"{TEXT}第{n}件。", citations=(claim,))
        return told.with_fields(published=(Claim(date(2019, 1, 1), Evidence("test")),))

    source = Source(origin="looks.html", sha256="7" * 64, media="html", text="")
    kb.submit(source, tuple(map(case, range(CASES))), parser="tests", publish=True)
    book.store([book.place(statute(NEW_ARTICLES, day=NEW))], reader="tests")
    return kb.desk.looks(limit=100)


def test_each_says_what_changed_and_leads_to_both_versions(reviewer, looks):
    page = reviewer.page("/desk/looks")
    assert len(looks) == CASES
    assert f"《{TITLE}》" in page
    assert "2022年7月1日起施行的新版本" in page
    there = re.search(r'href="(/statutes/[^"]+/compare[^"]+)"', page)[1].replace("&amp;", "&")
    assert "2010-05-01" in there
    assert reviewer.client.get(there).status_code == 200
    assert re.search(rf'/desk/looks">复看 <span class="n">{CASES}</span>', page)


@pytest.mark.usefixtures("looks")
def test_pages_follow_each_other(reviewer):
    page = reviewer.page("/desk/looks")
    assert page.count('name="note"') == 30
    following = re.search(r'rel="next" href="([^"]+)"', page)[1]
    last = reviewer.client.get(following).get_data(as_text=True)
    assert last.count('name="note"') == CASES - 30
    assert 'rel="next"' not in last


def test_one_is_done_with_a_note(kb, editor, administrator, looks):
    assert administrator.post(f"/desk/looks/{looks[0].id}").status_code == 403
    assert editor.post(f"/desk/looks/{looks[0].id}", note="不受影响").status_code == 303
    assert editor.post("/desk/looks/99999").status_code == 404
    done = editor.page("/desk/looks", done=1)
    assert "不受影响" in done
    assert looks[0].title in done
    assert looks[0].title not in editor.page("/desk/looks")
    assert kb.desk.open_looks() == CASES - 1
    assert kb.desk.entries(looks[0].record_id, limit=1)[0].action == "look"
