"""The whole story at the desk in a real browser: files dropped, fields and a name put right, each
gate met, a second person, publishing, a correction, a withdrawal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.accounts import UserRole
from tests.browser.conftest import _served
from tests.browser.desk import paste, press, signed_in, staffed
from tests.web.desk.conftest import TEXT

pytestmark = pytest.mark.browser

TITLE = "某超市不服罚款申请行政复议案（示例）"
AGAIN = "过期食品罚款五万元引争议（示例）"
# Asked for review after the decision, under rules that nobody knows.
OWN = TEXT.replace("某超市不服，向", "2024年6月1日，某超市不服，向").replace(
    "的规定，", "和《某市不存在条例》第八条的规定，"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty site with an editor and a reviewer who also publishes."""
    second = [UserRole.REVIEWER, UserRole.PUBLISHER]
    home = tmp_path_factory.mktemp("desk")
    yield from _served(staffed(home, editor=[UserRole.EDITOR], second=second))


@pytest.fixture
def editor(browser: Browser, site: str) -> Iterator[Page]:
    yield from signed_in(browser, site, "editor")


@pytest.fixture
def second(browser: Browser, site: str) -> Iterator[Page]:
    # Without scripts, as everything must work.
    yield from signed_in(browser, site, "second", refusals=True, java_script_enabled=False)


def test_from_dropped_files_to_a_withdrawn_case(
    editor: Page, second: Page, samples: Path, tmp_path: Path
) -> None:
    own, copy = tmp_path / "超市案.txt", tmp_path / "转载.html"
    own.write_text(OWN)
    paragraphs = "".join(f"<p>{line}</p>" for line in OWN.splitlines()[1:])
    copy.write_text(f"<title>转载</title><h1>{AGAIN}</h1>{paragraphs}")
    address = _added(editor, samples / "joint-batch-2026.html", own, copy)

    _submitted_too_soon(editor, second, address)
    _two_fields_and_a_name(editor)
    _each_gate(editor, second, address)
    _published(editor, second, address)
    _corrected(editor, second, address)
    _withdrawn(second, address)


def _added(editor: Page, *files: Path) -> str:
    """Drops the files on the page; gives the address of our draft."""
    editor.get_by_role("link", name="添加案例").click()
    drop(editor, "#files", *files)
    assert editor.evaluate("document.getElementById('files').files.length") == len(files)
    press(editor, "加入草稿")
    expect(editor.locator("#job")).to_contain_text("已结束，共 3 项")
    drafts = editor.locator("#drafts tbody tr")
    expect(drafts).to_have_count(12)
    expect(drafts.filter(has_text=AGAIN)).to_contain_text(f"与《{TITLE}》")
    expect(drafts.filter(has_text="外卖骑手陈某某")).to_be_visible()
    editor.get_by_role("link", name=TITLE).click()
    return editor.url.split("?")[0]


def drop(page: Page, field: str, *files: Path, beside: bool = False) -> None:
    """Drags files from outside the browser and lets them fall on a field, or beside it."""
    box = page.locator(field).bounding_box()
    assert box
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + (-20 if beside else 20)}
    data = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    client = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        client.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})
    page.wait_for_function("(field) => document.querySelector(field).files.length", arg=field)


def _submitted_too_soon(editor: Page, second: Page, address: str) -> None:
    """Every gate says what is against it, to whoever would publish."""
    press(editor, "送审")
    second.goto(address)
    press(second, "通过")
    press(second, "发布")
    expect(second.get_by_role("alert")).to_contain_text("不能发布")
    for gate, said in (
        ("个人信息", "王小明"),
        ("重复", "文字基本相同"),
        ("缺少与未核对", "某市不存在条例"),
        ("前后不一致", "晚于决定日期"),
    ):
        heading = second.locator("#gates h3", has_text=gate)
        expect(heading.locator("+ .problems")).to_contain_text(said)
    assert second.request.get(_public(address)).status == 404
    second.locator(".steps form", has_text="退回修改").get_by_label("理由").fill("请先处理检查")
    press(second, "退回修改")
    editor.goto(address)


def _two_fields_and_a_name(editor: Page) -> None:
    # By keyboard: a field's evidence, shown in the text.
    editor.locator("#f-decided [data-evidence]").first.focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("mark.shown").first).to_be_in_viewport()
    for field, typed, said in (
        ("decided", "2024年5月7日", "2024-05-07"),
        ("dockets", "渝中府复〔2024〕85号", "渝中府复〔2024〕85号"),
    ):
        editor.locator(f"#f-{field} summary").click()
        editor.locator(f"#add-{field}").fill(typed)
        editor.locator(f"#f-{field}").get_by_role("button", name="填入").click()
        expect(editor.locator(f"#f-{field} .confirmed")).to_contain_text(said)
    row = editor.locator(".problems li", has_text="王小明")
    row.get_by_role("button", name="隐名").click()
    expect(editor.locator(".left")).to_contain_text("店员王某某的电话为13912345678")


def _each_gate(editor: Page, second: Page, address: str) -> None:
    """Each in a way of its own: masked, thrown away, rejected, let pass by two."""
    press(editor, "全部按建议隐名")
    expect(editor.locator(".left")).to_contain_text("电话为×××")

    beside = editor.get_by_role("link", name="并排比较")
    beside.click()
    expect(editor.locator("mark").first).to_be_visible()
    editor.get_by_role("link", name=AGAIN).click()
    editor.locator(".steps form", has_text="弃用").get_by_label("理由").fill("重复添加")
    press(editor, "弃用")
    expect(editor.locator(".stage")).to_have_text("已撤回")
    editor.goto(address)
    expect(beside).to_have_count(0)

    unknown = editor.locator("#f-citations li[data-value]", has_text="某市不存在条例")
    unknown.get_by_role("button", name="不采用").click()
    problems = editor.locator(".problems li")
    expect(problems).to_have_count(1)

    expect(problems).to_contain_text("晚于决定日期")
    problems.locator("summary", has_text="申请放行").click()
    problems.get_by_label("理由").fill("原文如此，已与来源机关核实")
    press(editor, "申请")
    expect(editor.locator("#gates")).to_contain_text("待另一人同意")
    second.goto(address)
    press(second, "同意放行")
    expect(second.locator("#gates")).to_contain_text("没有发现")


def _published(editor: Page, second: Page, address: str) -> None:
    editor.goto(address)
    press(editor, "送审")
    second.goto(address)
    press(second, "通过")
    press(second, "发布")
    expect(second.locator(".stage")).to_have_text("已发布")
    editor.goto("/search?q=过期食品")
    editor.get_by_role("link", name=TITLE).first.click()
    expect(editor.locator("h1")).to_have_text(TITLE)
    expect(editor.locator("body")).not_to_contain_text("王小明")


def _corrected(editor: Page, second: Page, address: str) -> None:
    editor.goto(address)
    editor.get_by_role("link", name="修改标题与正文").click()
    text = editor.locator("#text")
    text.fill(text.input_value().replace("三袋", "四袋"))
    press(editor, "保存")
    press(editor, "送审")
    second.goto(_public(address))
    expect(second.locator("body")).to_contain_text("三袋")
    second.goto(address)
    press(second, "通过")
    second.get_by_label("更正说明").fill("食品数量应为四袋")
    press(second, "发布")
    expect(second.locator(".stage")).to_have_text("已发布")
    editor.goto(_public(address))
    expect(editor.locator("body")).to_contain_text("四袋")
    told = editor.get_by_text("食品数量应为四袋")
    expect(told).to_be_visible()
    expect(told.locator("xpath=..")).to_contain_text("已更正")
    [said] = editor.request.get(f"/api/v1{_public(address)}").json()["corrections"]
    assert said["note"] == "食品数量应为四袋"
    assert said["at"]


def _withdrawn(second: Page, address: str) -> None:
    second.goto(address)
    second.locator(".steps form", has_text="撤回").get_by_label("理由").fill("来源已撤下")
    press(second, "撤回")
    expect(second.locator(".stage")).to_have_text("已撤回")
    gone = second.goto(_public(address))
    assert gone
    assert gone.status == 410
    expect(second.locator("body")).to_contain_text("来源已撤下")
    assert second.request.get(f"/api/v1{_public(address)}").status == 410
    second.goto("/search?q=过期食品")
    expect(second.get_by_role("link", name=TITLE)).to_have_count(0)


def _public(address: str) -> str:
    return f"/cases/{address.rpartition('/')[2]}"


def test_files_that_fall_beside_the_field_are_taken_too(editor: Page, samples: Path) -> None:
    editor.goto("/desk/add")
    drop(editor, "#files", samples / "one-line.html", beside=True)
    assert editor.evaluate("document.getElementById('files').files[0].name") == "one-line.html"


def test_a_step_waits_for_the_edit_that_is_on_its_way(editor: Page) -> None:
    """Both are clicked at once: what is submitted is what was masked."""
    paste(editor, TEXT.replace("某超市", "某粥铺"))
    editor.wait_for_load_state()
    editor.evaluate(
        """() => {
          document.querySelector("button[value=mask]").click();
          document.querySelector('.steps form[action*="/submit"] button').click();
        }"""
    )
    expect(editor.locator(".stage")).to_have_text("待审")
    expect(editor.locator(".left")).to_contain_text("店员王某某的电话为×××")
