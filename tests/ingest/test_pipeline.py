"""Imports of files, folders, globs and URLs into a real store."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from ingest import pipeline
from ingest.extract import Options
from ingest.inputs import expand, shown
from ingest.pipeline import Outcome, Report, SourceReport, ingest
from ingest.read.fetch import Fetched
from kb.store import Repository, open_database

CASE = """# 示例甲店不服示例区市场监督管理局行政处罚案

## 基本案情

示例区市场监督管理局对申请人作出罚款五千元的决定，申请人不服，申请行政复议。

## 复议结果

2024年6月18日，示例区人民政府作出行政复议决定，撤销该处罚决定。
"""
OTHER = CASE.replace("示例甲店", "示例乙诊所").replace("五千元", "三万元，并没收违法所得")
STATUTE = "# 示例条例\n\n" + "\n\n".join(
    f"第{n}条 为了规范示例活动，制定本条例。" for n in "一二三四五"
)


@pytest.fixture
def store(tmp_path_factory):
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('store') / 'kb.db'}")
    yield Repository(database)
    database.close()


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "pages"
    (pages / "deeper").mkdir(parents=True)
    (pages / "a.md").write_text(CASE, encoding="utf-8")
    (pages / "deeper" / "b.md").write_text(OTHER, encoding="utf-8")
    return pages


def run(store, *inputs: str, **how) -> Report:
    return ingest(store, inputs, how.pop("options", Options()), **how)


def outcomes(report: Report) -> dict[str, str]:
    return {shown(source.origin): source.outcome.value for source in report.sources}


@pytest.mark.usefixtures("folder")
def test_a_folder_is_taken_in_and_skipped_the_second_time(store):
    first = run(store, "pages")
    assert outcomes(first) == {"pages/a.md": "added", "pages/deeper/b.md": "added"}
    assert first.sources[0].titles == ("示例甲店不服示例区市场监督管理局行政处罚案",)
    case = store.case(first.sources[0].record_ids[0])
    assert case.content.outcomes[0].value == "revoke"
    assert outcomes(run(store, "pages")) == dict.fromkeys(outcomes(first), "unchanged")


def test_a_draft_of_the_desk_is_not_published_and_the_report_says_so(store, folder):
    (record_id,) = run(store, "pages/a.md", publish=False).sources[0].record_ids
    content = store.case(record_id, any_status=True).content
    store.revise(record_id, replace(content, title="示例案"), by="张")
    (same,) = run(store, "pages/a.md").sources
    assert same.warnings == (f"记录 {record_id} 是审核台的草稿，未发布：请在审核台审核、发布",)
    (folder / "a.md").write_text(CASE.replace("五千元", "六千元"), encoding="utf-8")
    (again,) = run(store, "pages/a.md").sources
    assert any(f"{record_id} 是审核台的草稿，未发布" in warning for warning in again.warnings)
    assert store.count() == 0


def test_a_changed_page_updates_its_record(store, folder):
    (record_id,) = run(store, "pages/a.md").sources[0].record_ids
    (folder / "a.md").write_text(CASE.replace("五千元", "六千元"), encoding="utf-8")
    (again,) = run(store, "pages/a.md").sources
    assert (again.outcome, again.record_ids) == (Outcome.UPDATED, (record_id,))
    assert "六千元" in store.case(record_id).content.text


@pytest.mark.usefixtures("folder")
def test_another_version_of_the_pipeline_reads_again(store, monkeypatch):
    run(store, "pages")
    read: list[str] = []
    monkeypatch.setattr(
        pipeline, "parse", lambda document, parse=pipeline.parse: (
            read.append(shown(document.origin)), parse(document)
        )[1]
    )  # fmt: skip
    run(store, "pages")
    assert read == []
    monkeypatch.setattr(pipeline, "PIPELINE_VERSION", "another")
    run(store, "pages")
    assert read == ["pages/a.md", "pages/deeper/b.md"]
    assert store.known(Path("pages/a.md").absolute().as_posix())[1].startswith("another-")


@pytest.mark.usefixtures("folder")
def test_other_words_or_force_read_again(store, monkeypatch):
    run(store, "pages")
    read: list[str] = []
    monkeypatch.setattr(
        pipeline, "parse", lambda document, parse=pipeline.parse: (
            read.append(shown(document.origin)), parse(document)
        )[1]
    )  # fmt: skip
    ingest(store, ["pages"], Options(), force=True)
    assert read == ["pages/a.md", "pages/deeper/b.md"]
    monkeypatch.setattr(pipeline, "digest", lambda files: f"{len(files)} others")
    run(store, "pages/a.md")
    assert read == ["pages/a.md", "pages/deeper/b.md", "pages/a.md"]


def test_the_version_counts_the_words_that_layouts_know(monkeypatch):
    counted: list[str] = []
    monkeypatch.setattr(pipeline, "digest", lambda files: counted.extend(f.name for f in files))
    pipeline.parser_version()
    assert {
        "headings.toml",
        "openings.toml",
        "outcomes.toml",
        "regions.csv",
        "page_words.toml",
    } <= set(counted)


def test_an_address_of_another_kind_says_which_are_read(store):
    (source,) = run(store, "ftp://example.test/a.html").sources
    assert "http" in str(source.errors[0])


def test_one_bad_document_stops_nothing(store, folder):
    (folder / "a1.md").write_text(STATUTE, encoding="utf-8")
    (folder / "a2.html").write_bytes(b"")
    report = run(store, "pages", "missing/page.html", "pages/*.pdf")
    found = outcomes(report)
    assert found == {
        "pages/a.md": "added", "pages/a1.md": "failed", "pages/a2.html": "failed",
        "pages/deeper/b.md": "added", "missing/page.html": "failed", "pages/*.pdf": "failed",
    }  # fmt: skip
    reasons = {shown(source.origin): str(source.errors[0]) for source in report.failed}
    assert "法律法规" in reasons["pages/a1.md"]
    assert "不存在" in reasons["missing/page.html"]
    assert "没有匹配的文件" in reasons["pages/*.pdf"]


@pytest.mark.usefixtures("folder")
def test_a_fault_of_the_program_is_one_failure_with_a_traceback(store, monkeypatch, caplog):
    def broken(document, parse=pipeline.parse):
        if document.origin.endswith("a.md"):
            raise ZeroDivisionError("示例")
        return parse(document)

    monkeypatch.setattr(pipeline, "parse", broken)
    report = run(store, "pages")
    assert outcomes(report) == {"pages/a.md": "failed", "pages/deeper/b.md": "added"}
    assert "ZeroDivisionError" in report.failed[0].errors[0].reason
    assert "Traceback" in caplog.text


@pytest.mark.usefixtures("folder")
def test_a_dry_run_stores_nothing(store):
    report = run(store, "pages", dry_run=True)
    assert outcomes(report) == {"pages/a.md": "dry_run", "pages/deeper/b.md": "dry_run"}
    assert report.sources[0].titles
    assert store.count() == 0
    assert store.known(Path("pages/a.md").absolute().as_posix()) is None


def test_the_same_bytes_under_another_name_are_not_taken_in_again(store, folder):
    (folder / "copy.md").write_text(CASE, encoding="utf-8")
    report = run(store, "pages")
    copy = next(source for source in report.sources if shown(source.origin) == "pages/copy.md")
    assert copy.outcome is Outcome.UNCHANGED
    assert "pages/a.md" in copy.warnings[0]
    assert store.count() == 2


def test_the_same_case_in_other_bytes_is_a_duplicate(store, folder):
    (folder / "a3.md").write_text(CASE + "\n\n", encoding="utf-8")
    report = run(store, "pages")
    again = next(source for source in report.sources if shown(source.origin) == "pages/a3.md")
    assert again.outcome is Outcome.UNCHANGED
    assert "已有记录" in again.warnings[0]
    assert store.count() == 2


def test_lines_of_jsonl_are_sources_of_their_own(store, folder):
    lines = [
        json.dumps({"title": text.splitlines()[0][2:], "text": text}, ensure_ascii=False)
        for text in (CASE, OTHER)
    ]
    (folder / "cases.jsonl").write_text("\n".join([*lines, "{oops"]), encoding="utf-8")
    report = run(store, "pages/cases.jsonl")
    assert [source.outcome.value for source in report.sources] == ["added", "added", "failed"]
    again = run(store, "pages/cases.jsonl")
    assert [source.outcome.value for source in again.sources] == ["unchanged"] * 2 + ["failed"]


def test_pages_from_the_web(store, monkeypatch):
    url = "https://example.org/case.html"
    html = f"<html><body><h1>{CASE.splitlines()[0][2:]}</h1>" + "".join(
        f"<p>{line.lstrip('# ')}</p>" for line in CASE.splitlines()[1:] if line
    )
    page = Fetched(html.encode(), "text/html; charset=utf-8", url)
    monkeypatch.setattr(pipeline, "fetch", lambda *_, **__: page)
    (source,) = run(store, url).sources
    assert source.outcome is Outcome.ADDED
    case = store.case(source.record_ids[0])
    assert (case.origin, case.url) == (url, url)
    assert outcomes(run(store, url)) == {url: "unchanged"}


def test_folders_leave_out_what_is_no_source(folder):
    for name in ("README.md", ".hidden.md", "~$a.docx", "picture.png", "LICENSE"):
        (folder / name).write_text("示例", encoding="utf-8")
    (folder / "saved.html").write_text("示例", encoding="utf-8")
    (folder / "saved_files").mkdir()
    (folder / "saved_files" / "frame.html").write_text("示例", encoding="utf-8")
    found = expand(["pages", "pages/a.md"])
    assert [shown(item.origin) for item in found.inputs] == [
        "pages/a.md", "pages/saved.html", "pages/deeper/b.md",
    ]  # fmt: skip
    assert len(found.ignored) == 6
    assert any("saved_files" in note for note in found.ignored)


def test_a_file_named_by_itself_is_never_left_out(folder):
    (folder / "README.md").write_text(CASE, encoding="utf-8")
    assert [shown(item.origin) for item in expand(["pages/README.md"]).inputs] == [
        "pages/README.md"
    ]


def test_a_file_has_one_origin_from_whichever_folder_it_is_named(folder, monkeypatch):
    named = [item.origin for item in expand(["pages/a.md"]).inputs]
    assert named == [(folder / "a.md").as_posix()]
    monkeypatch.chdir(folder)
    assert [item.origin for item in expand(["a.md"]).inputs] == named
    monkeypatch.chdir(folder / "deeper")
    assert [item.origin for item in expand(["../a.md"]).inputs] == named
    assert [shown(origin) for origin in named] == named


def test_an_edited_file_updates_its_record_from_another_folder_and_others_are_left(
    store, folder, monkeypatch
):
    (record_id,) = run(store, "pages/a.md").sources[0].record_ids
    (folder / "a.md").write_text(CASE.replace("五千元", "六千元"), encoding="utf-8")
    monkeypatch.chdir(folder)
    assert run(store, "a.md").sources[0].record_ids == (record_id,)
    (folder / "deeper" / "a.md").write_text(OTHER, encoding="utf-8")
    monkeypatch.chdir(folder / "deeper")
    assert run(store, "a.md").sources[0].outcome is Outcome.ADDED
    assert "六千元" in store.case(record_id).content.text


def test_a_line_put_before_others_moves_no_record(store, folder):
    titles = [text.splitlines()[0][2:] for text in (CASE, OTHER)]
    lines = [
        json.dumps({"title": title, "text": text}, ensure_ascii=False)
        for title, text in zip(titles, (CASE, OTHER), strict=True)
    ]
    path = folder / "cases.jsonl"
    path.write_text(lines[0], encoding="utf-8")
    (record_id,) = run(store, "pages/cases.jsonl").sources[0].record_ids
    path.write_text(
        "\n".join([lines[1], '{"title": "某", "text": "某"}', lines[0]]), encoding="utf-8"
    )
    report = run(store, "pages/cases.jsonl")
    assert [s.outcome.value for s in report.sources] == ["added", "failed", "unchanged"]
    assert report.failed[0].errors[0].place == "第 2 行"
    assert store.case(record_id).content.title == titles[0]


def test_a_name_with_brackets_is_a_file_before_it_is_a_glob(folder):
    (folder / "[2024]a.md").write_text(CASE, encoding="utf-8")
    assert [shown(item.origin) for item in expand(["pages/[2024]a.md"]).inputs] == [
        "pages/[2024]a.md"
    ]


class Watcher:
    def __init__(self) -> None:
        self.seen: list[object] = []

    def start(self, total: int) -> None:
        self.seen.append(total)

    def step(self, origin: str) -> None:
        self.seen.append(origin)

    def finish(self) -> None:
        self.seen.append("finish")


@pytest.mark.usefixtures("folder")
def test_progress_is_told_of_every_source(store):
    watcher = Watcher()
    run(store, "pages", progress=watcher)
    assert [shown(str(said)) for said in watcher.seen] == [
        "2", "pages/a.md", "pages/deeper/b.md", "finish",
    ]  # fmt: skip


@pytest.mark.usefixtures("folder")
def test_an_interrupted_import_goes_on_where_it_stopped(store, monkeypatch):
    def interrupted(document, parse=pipeline.parse):
        if document.origin.endswith("b.md"):
            raise KeyboardInterrupt
        return parse(document)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "parse", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(store, "pages")
    assert outcomes(run(store, "pages")) == {
        "pages/a.md": "unchanged",
        "pages/deeper/b.md": "added",
    }


@pytest.mark.usefixtures("folder")
def test_the_report_is_json_and_back(store):
    report = run(store, "pages", "missing.md")
    assert TypeAdapter(Report).validate_json(report.to_json()) == report
    assert json.loads(report.to_json())["sources"][2]["outcome"] == "failed"
    assert report.counts()["added"] == 2
    assert isinstance(report.failed[0], SourceReport)


@pytest.mark.shared
def test_the_real_cases_are_52_records(store, shared_data):
    report = run(store, str(shared_data / "cases"))
    assert report.counts()["added"] == 52
    assert not report.failed
    assert store.count() == 52
