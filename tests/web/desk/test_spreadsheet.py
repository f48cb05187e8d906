"""A spreadsheet of metadata: looked at first, saved row by row, undone as one."""

import io
from datetime import date

import openpyxl
import pytest

from kb.accounts import Actor, UserRole
from kb.model import Status, settled
from tests.web.desk.conftest import PASSWORD, TEXT, Browser

ZHANG = Actor("张", frozenset({UserRole.EDITOR}))
PLACES = ("某米铺", "某茶馆", "某药房")


@pytest.fixture
def drafts(kb, editor, request):
    """Three drafts of their own for each test, by title."""
    mark = hash(request.node.name) % 10**6
    texts = [TEXT.replace("某超市", f"{place}{mark}号") for place in PLACES]
    files = [(io.BytesIO(text.encode()), f"{n}.txt") for n, text in enumerate(texts)]
    told = editor.job(editor.post("/desk/add", files=files))
    ids = [record for item in told["items"] for record in item["drafts"]]
    return {kb.desk.draft(record).content.title: record for record in ids}


def xlsx(*rows, name="案例"):
    made = openpyxl.Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def send(browser, data, name="登记表.xlsx"):
    return browser.post("/desk/spreadsheet", file=(io.BytesIO(data), name))


def job_of(answer):
    return answer.location.rpartition("/")[2]


def saved(browser, answer):
    return browser.job(browser.post(f"{answer.location}/save"))


def test_a_csv_in_gb18030_is_looked_at_and_then_saved(kb, editor, drafts):
    first, second, third = drafts
    table = (
        "2024年登记表,,\n标题,决定日期,结果,联系人\n"
        f"{first},2024/6/1,撤销,王某\n{second},六月,变更,\n没有这件,2024/6/1,,\n{third},,变更,\n"
    )
    answer = send(editor, table.encode("gb18030"), "登记表.csv")
    assert answer.status_code == 303
    page = editor.page(answer.location)
    assert "共 4 行：2 行有改动，2 行有问题" in page
    assert "2024-05-06</del> → <ins>2024-06-01" in page
    assert "“决定日期”列：“六月”不是日期" in page
    assert "没有找到案例“没有这件”" in page
    assert "联系人" in page  # is not known
    assert {kb.desk.draft(one).revision for one in drafts.values()} == {1}
    told = saved(editor, answer)
    assert [item["state"] for item in told["items"]] == ["done", "failed", "failed", "done"]
    assert told["items"][0]["name"] == f"第 3 行：{first}"
    content = kb.desk.draft(drafts[first]).content
    assert settled(content.decided) == (date(2024, 6, 1),)
    assert settled(content.outcomes) == ("revoke",)
    assert kb.desk.draft(drafts[second]).revision == 1
    [revision] = kb.desk.revisions(drafts[first])[1:]
    assert (revision.by, revision.note) == ("张", "导入表格 登记表.csv 第 3 行")
    result = editor.page(f"/desk/jobs/{job_of(answer)}")
    assert "2 项未成功" in result
    assert "整批撤销" in result


def test_an_import_is_undone_where_nobody_went_on(kb, editor, drafts):
    first, second, third = drafts.values()
    before = [kb.desk.draft(one).content for one in drafts.values()]
    rows = [[one, date(2024, 6, 1), "撤销"] for one in drafts.values()]
    answer = send(editor, xlsx(["编号", "决定日期", "结果"], *rows))
    saved(editor, answer)
    changed = kb.desk.draft(second).content.with_fields(title="他人改的")
    kb.desk.save(second, changed, ZHANG, 2)
    kb.desk.take(third, "submit", ZHANG, 2)
    path = f"/desk/jobs/{job_of(answer)}"
    assert editor.post(f"{answer.location}/undo").location == path
    page = editor.page(path)
    assert "撤销。" in page
    assert page.count(">已恢复<") == 1
    assert "有人改过" in page
    assert "待审" in page
    assert kb.desk.draft(first).content == before[0]
    assert kb.desk.draft(second).content.title == "他人改的"
    assert settled(kb.desk.draft(third).content.outcomes) == ("revoke",)
    assert editor.post(f"{answer.location}/undo").status_code == 400
    assert "整批撤销" not in page


def test_rows_of_several_sheets_and_what_stands_beside_them(kb, editor, drafts):
    first, second, _ = drafts.values()
    made = openpyxl.load_workbook(io.BytesIO(xlsx(["编号", "结果"], [first, "撤销"], name="一")))
    other = made.create_sheet("二")
    for row in (["编号", "结果"], [second, "=1+1"], [first, "变更"]):
        other.append(row)
    made.create_sheet("填表说明").append(["请认真填写"])
    kept = io.BytesIO()
    made.save(kept)
    answer = send(editor, kept.getvalue())
    page = editor.page(answer.location)
    assert "工作表“填表说明”没有认得的表头" in page
    assert "二 第 2 行" in page
    assert "“结果”列：是公式，不作计算" in page
    assert "与一 第 2 行是同一件案例" in page
    told = saved(editor, answer)
    assert [item["state"] for item in told["items"]] == ["done", "failed", "failed"]
    assert settled(kb.desk.draft(first).content.outcomes) == ("revoke",)


def test_what_someone_changed_since_the_preview_is_left_alone(kb, editor, drafts):
    first, second, _ = drafts.values()
    answer = send(editor, xlsx(["编号", "结果"], [first, "撤销"], [second, "撤销"]))
    kb.desk.save(first, kb.desk.draft(first).content.with_fields(title="先改"), ZHANG, 1)
    told = saved(editor, answer)
    assert [item["state"] for item in told["items"]] == ["failed", "done"]
    assert "第 2 版" in told["items"][0]["errors"][0]
    assert kb.desk.draft(first).revision == 2


def test_nothing_is_saved_by_agreeing_twice_or_after_it_was_dropped(kb, editor, drafts):
    first, second, _ = drafts.values()
    answer = send(editor, xlsx(["编号", "结果"], [first, "撤销"]))
    assert editor.get(f"/desk/jobs/{job_of(answer)}").location == answer.location
    for _ in range(2):
        saved(editor, answer)
    assert kb.desk.draft(first).revision == 2
    dropped = send(editor, xlsx(["编号", "结果"], [second, "撤销"]))
    editor.post(f"/desk/jobs/{job_of(dropped)}/stop")
    saved(editor, dropped)
    assert kb.desk.draft(second).revision == 1
    assert editor.post(f"{dropped.location}/undo").status_code == 400


def test_the_template_comes_back_as_it_is_and_filled_in(kb, editor, drafts):
    first = next(iter(drafts.values()))
    given = editor.get("/desk/spreadsheet/template.xlsx", drafts=1).data
    made = openpyxl.load_workbook(io.BytesIO(given))
    sheet = made["案例"]
    [row] = [row for row in sheet.iter_rows(min_row=2) if row[0].value == first]
    heads = [cell.value for cell in sheet[1]]
    row[heads.index("处理结果")].value = "撤销"
    kept = io.BytesIO()
    made.save(kept)
    answer = send(editor, kept.getvalue())
    page = editor.page(answer.location)
    assert "1 行有改动，0 行有问题" in page
    saved(editor, answer)
    assert settled(kb.desk.draft(first).content.outcomes) == ("revoke",)


def test_a_title_that_looks_like_a_formula_is_a_title(kb, editor, drafts):
    first = next(iter(drafts.values()))
    kb.desk.save(first, kb.desk.draft(first).content.with_fields(title="=1+1"), ZHANG, 1)
    made = openpyxl.load_workbook(
        io.BytesIO(editor.get("/desk/spreadsheet/template.xlsx", drafts=1).data)
    )
    assert {cell.data_type for cell in made["案例"]["B"] if cell.value == "=1+1"} == {"s"}


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "旧.xls", "另存为"),
        (b"a,b\n1,2", "别的.csv", "没有找到可以导入的行"),
        ("标题,结果,处理结果\n甲,变更,变更".encode(), "重.csv", "同一项"),
        (b"", "空.csv", "空的"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(editor, data, name, reason):
    refused = send(editor, data, name)
    assert refused.status_code == 400
    assert reason in refused.get_data(as_text=True)


def test_rows_that_change_nothing_are_only_counted(editor, drafts):
    first, second, _ = drafts.values()
    answer = send(editor, xlsx(["编号", "结果"], [first, ""], [second, "撤销"]))
    page = editor.page(answer.location)
    assert "1 行与现有内容相同" in page
    assert "共 1 行" in page
    assert "都相同" in send(editor, xlsx(["编号", "结果"], [first, ""])).get_data(as_text=True)


def test_where_no_row_can_be_saved_all_are_told(editor):
    answer = send(editor, xlsx(["编号", "结果"], ["zzzzzzzzzz", "变更"]))
    page = editor.page(answer.location)
    assert "1 行有问题" in page
    assert "保存这" not in page
    told = saved(editor, answer)
    assert [item["state"] for item in told["items"]] == ["failed"]


def test_no_file_is_told(editor):
    assert editor.post("/desk/spreadsheet").status_code == 400


def test_what_is_public_is_corrected_and_given_back(kb, editor, drafts):
    record = next(iter(drafts.values()))
    everything = Actor("赵", frozenset(UserRole))
    other = Actor("钱", frozenset(UserRole))
    kb.desk.gates, gates = (), kb.desk.gates
    try:
        for step, who in (("submit", everything), ("approve", other), ("publish", other)):
            kb.desk.take(record, step, who, kb.desk.draft(record).revision)
    finally:
        kb.desk.gates = gates
    answer = send(editor, xlsx(["编号", "结果"], [record, "撤销"]))
    assert "公众仍看到原文" in editor.page(answer.location)
    saved(editor, answer)
    assert kb.desk.draft(record).stage is Status.DRAFT
    editor.post(f"{answer.location}/undo")
    assert kb.desk.draft(record).stage is Status.PUBLISHED


def test_an_import_is_its_owners(kb, editor, reviewer, desk_app, drafts):
    answer = send(editor, xlsx(["编号", "结果"], [next(iter(drafts.values())), "撤销"]))
    assert reviewer.get("/desk/spreadsheet").status_code == 403
    if "孙" not in [one.name for one in kb.accounts.users()]:
        kb.accounts.choose_password(kb.accounts.add("孙", ["editor"]), PASSWORD)
    other = Browser(desk_app, "孙")
    assert other.get(answer.location).status_code == 404
    assert other.post(f"{answer.location}/save").status_code == 404
    assert other.post(f"{answer.location}/undo").status_code == 404
