"""Spreadsheets become rows of words, whoever saved them and how."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from ingest.read.cells import MOST_ROWS, read_sheets
from kb.errors import BadSource

TEXT = "标题,决定日期,结果\n某超市不服罚款案（示例）,2024/5/6,变更\n\n“引号”与,,撤销\n"


def book(*sheets):
    """A workbook of sheets with their rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made):
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def rows(data, name="表.csv"):
    [sheet] = read_sheets(data, name)
    return [(row.number, row.cells) for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding(encoding):
    assert rows(TEXT.encode(encoding)) == [
        (1, ("标题", "决定日期", "结果")),
        (2, ("某超市不服罚款案（示例）", "2024/5/6", "变更")),
        (4, ("“引号”与", "", "撤销")),
    ]


@pytest.mark.parametrize(
    "told", ["a\tb\n1\t2", "a;b\n1;2", "sep=;\na;b\n1;2", 'a,b\r\n"1","2"\r\n']
)
def test_csv_with_other_signs_between(told):
    assert [cells for _, cells in rows(told.encode())] == [("a", "b"), ("1", "2")]


def test_csv_with_commas_lines_and_quotes_in_its_cells():
    told = 'a,b\n"一，""二"",三","第一行\n第二行"\n后,x'
    assert rows(told.encode())[1:] == [(2, ('一，"二",三', "第一行\n第二行")), (3, ("后", "x"))]


def test_xlsx_gives_days_numbers_and_words():
    made = book(("案例", [["标题", "日期"]]))
    sheet = made["案例"]
    sheet.append(["某案", datetime(2024, 5, 6)])
    sheet.append(["某案", datetime(2024, 5, 6, 13, 30)])
    sheet.append([500103, 1.5])
    sheet.append([True, date(1999, 12, 31)])
    sheet.append([time(8, 30), None])
    sheet["B7"] = 45418  # the same day, as the number that it is kept as
    sheet["B7"].number_format = 'yyyy"年"m"月"d"日"'
    assert [cells for _, cells in rows(saved(made), "表.xlsx")][1:] == [
        ("某案", "2024-05-06"),
        ("某案", "2024-05-06"),
        ("500103", "1.5"),
        ("是", "1999-12-31"),
        ("08:30:00",),
        ("", "2024-05-06"),
    ]


def test_xlsx_counts_days_from_1904_where_the_file_does():
    made = book(("案例", [["日期"]]))
    made.epoch = datetime(1904, 1, 1)
    made["案例"]["A2"] = date(2024, 5, 6)
    assert rows(saved(made), "表.xlsx")[1] == (2, ("2024-05-06",))


def test_formulas_and_errors_are_told_and_not_computed():
    made = book(("案例", [["标题", "结果"], ["=A1&B1", "变更"], ["某案", "#N/A"]]))
    made["案例"]["B3"].data_type = "e"
    [sheet] = read_sheets(saved(made), "表.xlsx")
    assert sheet.rows[1].cells == ("", "变更")
    assert "公式" in sheet.rows[1].wrong[0][1]
    assert sheet.rows[2].wrong == ((1, "是错误值 #N/A"),)


def test_hidden_and_empty_sheets_are_left_out():
    made = book(("一", [["a"]]), ("空", []), ("藏", [["b"]]))
    made["藏"].sheet_state = "hidden"
    assert [sheet.name for sheet in read_sheets(saved(made), "表.xlsx")] == ["一"]


def test_a_sheet_formatted_to_its_end_is_as_long_as_it_says_something():
    made = book(("案例", [["标题"], ["某案"]]))
    made["案例"]["A30000"].number_format = "0.00"
    assert len(rows(saved(made), "表.xlsx")) == 2


def zipped(**members):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "空.csv", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "旧.xls", r"\.xls.*另存为"),
        (b"\xef\xbb\xbf<html><table><tr><td>1", "假.xls", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "假.xls", "XML"),
        (b"%PDF-1.4", "扫描.pdf", "不是表格"),
        (b"PK\x03\x04broken", "坏.xlsx", "损坏"),
        (zipped(word__document_xml="x"), "文.docx", "不是 .xlsx"),
        (zipped(xl__workbook_xml="x"), "坏.xlsx", "打不开"),
        (("a\n" * (MOST_ROWS + 1)).encode(), "长.csv", "拆成"),
    ],
)
def test_what_is_no_spreadsheet_says_what_to_do(data, name, reason):
    with pytest.raises(BadSource, match=reason):
        read_sheets(data, name)


def test_a_file_that_unpacks_without_end_is_refused():
    data = zipped(xl__workbook_xml="x", bomb=b"\0" * 120_000_000)
    with pytest.raises(BadSource, match="不予读取"):
        read_sheets(data, "大.xlsx")
