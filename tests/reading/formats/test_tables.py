"""Tables of documents: a row a document, the columns by their names."""

from __future__ import annotations

import datetime
import io

import pytest
from format_files import package
from openpyxl import Workbook

from policykb.errors import ReadError
from policykb.models import Source
from policykb.reading.tables import read_csv, read_xlsx

HEAD = ["编号", "标题", "正文", "发文机关", "文号", "日期", "备注"]
ROW = ["a-1", "关于加强基层党建工作的通知", "第一段。\n第二段。", "某县委", "某发〔2014〕3号", "2014-03-01", "内部"]


def workbook(*rows: list[object]) -> bytes:
    """A .xlsx of these rows."""
    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def csv_file(*rows: list[str], mark: str = ",", encoding: str = "utf-8") -> bytes:
    """A .csv of these rows, every cell in quotation marks."""
    return "\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)


def facts_of(source: Source) -> dict[str, str]:
    """The facts of a source, the last of each field."""
    return {fact.field: fact.value for fact in source.facts}


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (read_csv, csv_file(HEAD, ROW)),
        (read_csv, csv_file(HEAD, ROW, mark="\t")),
        (read_csv, csv_file(HEAD, ROW, mark=";", encoding="utf-8-sig")),
        (read_csv, csv_file(HEAD, ROW, encoding="gb18030")),
        (read_xlsx, workbook(HEAD, ROW)),
        (read_xlsx, workbook(["文件汇总表"], HEAD, ROW)),
        (read_xlsx, workbook(HEAD, [*ROW[:5], datetime.datetime(2014, 3, 1), "内部"])),
    ],
)
def test_a_row_becomes_a_source_with_its_fields(read, data):
    """Are text, id and fields of a row found, whatever the file's habit, and the unknown column told?"""
    (source,) = read(data, "table")
    assert (source.text, source.document_id) == ("第一段。\n第二段。", "a-1")
    assert facts_of(source) == {
        "title": "关于加强基层党建工作的通知",
        "issuing_authority": "某县委",
        "document_number": "某发〔2014〕3号",
        "issued_on": "2014-03-01",
        "remarks": "表格中不认识的列没有读入：备注",
    }


def test_english_names_and_long_cells_are_read():
    """Are columns named as the model's fields known, and is a text of a million characters one cell?"""
    long = "党" * 1_000_000
    sources = read_csv(csv_file(["id", "title", "text"], ["1", "甲", long], ["2", "乙", "正文。"]), "a.csv")
    assert [(source.document_id, len(source.text)) for source in sources] == [("1", 1_000_000), ("2", 3)]


def test_columns_may_be_named_in_other_words():
    """Are the columns of a list kept by an office known by its own names for them?"""
    source = read_xlsx(
        workbook(["题目", "发文机构", "文件字号", "发文时间", "正文内容"], ROW[1:2] + ROW[3:6] + ROW[2:3]), "a.xlsx"
    )[0]
    assert source.text == ROW[2]
    wanted = dict(zip(("title", "issuing_authority", "document_number", "issued_on"), ROW[1:2] + ROW[3:6], strict=True))
    assert facts_of(source) == wanted


def test_rows_without_a_text_are_told():
    """Is a row of sums left out, and said so?"""
    first, second = read_xlsx(
        workbook(HEAD[:3], ["1", "甲", "正文。"], ["合计", 2, None], [], ["3", "丙", "正文。"]), "a.xlsx"
    )
    assert facts_of(first)["remarks"] == "表格中没有正文的行没有读入：第 3 行"
    assert (first.document_id, second.document_id) == ("1", "3")


def test_the_same_rows_in_another_file_have_the_same_digest():
    """Does a row keep its identity when other rows come before it?"""
    alone, _ = read_csv(csv_file(HEAD, ROW, ["b", *ROW[1:]]), "a.csv")
    _, behind = read_csv(csv_file(HEAD, ["b", *ROW[1:]], ROW), "b.csv")
    assert alone.sha256 == behind.sha256


@pytest.mark.parametrize(
    ("read", "data", "reason"),
    [
        (read_csv, csv_file(["姓名", "得分"], ["甲", "90"]), "需要一列“正文”"),
        (read_xlsx, workbook(["姓名", "得分"], ["甲", 90]), "需要一列“正文”"),
        (read_csv, csv_file(HEAD), "没有一行有正文"),
        (read_xlsx, workbook(HEAD, ROW)[:2000], "损坏"),
        (read_xlsx, package({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}), "DOCTYPE"),
    ],
)
def test_tables_that_hold_no_documents_are_refused(read, data, reason):
    """Does the line say which columns are wanted, or what is wrong?"""
    with pytest.raises(ReadError, match=reason):
        read(data, "table")
