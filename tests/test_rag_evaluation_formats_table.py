"""CSV and TSV, as people and spreadsheets write them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.case import Case
from rag.evaluation.errors import DatasetNotText, EvaluationError
from rag.evaluation.formats.table import read

HEADER = "question,answer,source\r\n"


def rows(text: str, encoding: str = "utf-8") -> tuple[Case, ...]:
    return read("set.csv", text.encode(encoding))


def said(text: str) -> str:
    with pytest.raises(EvaluationError) as caught:
        rows(text)
    return str(caught.value).removeprefix("set.csv, ")


def test_the_three_columns() -> None:
    first, second = rows(HEADER + "有几家？,3家| 三家 |3家,a.txt|b.txt\r\n谁签发？,,\r\n")
    assert first == Case(
        id="2", question="有几家？", answers=("3家", "三家"), documents=("a.txt", "b.txt"), where="2"
    )  # fmt: skip
    assert second == Case(id="3", question="谁签发？", where="3") and not second.answerable


def test_chinese_headings_in_any_order_and_the_further_columns() -> None:
    (case,) = rows(
        "\ufeff 来源 ,答案,备注,问题,编号,类型,问法,依据\n甲.txt,三家,随便,几家？,k1,number,lexical,共有三家。\n"
    )
    assert case == Case(
        id="k1", question="几家？", answers=("三家",), documents=("甲.txt",), evidence=("共有三家。",),
        type="number", style="lexical", where="2",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_spreadsheets(encoding: str) -> None:
    text = "问题,答案,来源\r\n开发区有几家企业？,三家,通知.docx\r\n本办法何时施行？,二〇二四年一月一日,办法.docx\r\n"
    assert [case.answers for case in rows(text, encoding)] == [("三家",), ("二〇二四年一月一日",)]
    assert [case.answers for case in rows(text.replace(",", "\t"), encoding)] == [("三家",), ("二〇二四年一月一日",)]
    assert len(rows(text.replace(",", ";"), encoding)) == 2
    assert rows("问题,答案,来源\n几家？,3家,a\n", encoding)[0].question == "几家？"


def test_cells_with_commas_quotation_marks_and_lines_and_the_line_numbers_behind_them() -> None:
    text = HEADER + '"甲,乙""丙""\r\n几家？","3家\n三家",a.txt\r\n\r\n,,\r\n谁？,张三,"b\r.txt"\r\n'
    first, second = rows(text)
    assert (first.question, first.answers, first.where) == ('甲,乙"丙"\r\n几家？', ("3家", "三家"), "2")
    # Lines: 1 header, 2-4 the first question, 5 blank, 6 nothing but commas, 7 the second question.
    assert (second.question, second.documents, second.where) == ("谁？", ("b", ".txt"), "7")


def test_columns_may_end_early_where_nothing_is_needed_and_late_where_nothing_stands() -> None:
    (case,) = rows("question,answer,source,type,\n几家？,3家,a.txt,,,,\n")
    assert case.type is None
    (case,) = rows("question,answer,source,type\n几家？,3家,a.txt\n")
    assert case.type is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("question,answer\n几家？,3家\n", "line 1: 'source' must be a column named in the first line, but is missing"),
        ("\n几家？,3家,a.txt\n", "line 2: 'question' must be a column named in the first line, but is missing"),
        ("问题,question,答案,来源\n", "line 1: 'question' must be there once, but is there twice"),
        (HEADER + "几家？,3家\n", "line 2: 'source' must be a text, but is missing"),
        (HEADER + "a,b,c\n,几家？,\n", "line 3: 'question' must be a text, but is empty"),
        (HEADER + " ,3家,a.txt\n", "line 2: 'question' must be a text, but is empty"),
        (HEADER + "几家,还是几户？,3家,a.txt\n", "line 2: 'column 4' must be empty"),
        ("question,,answer,source\n几家？,落下的,3家,a.txt\n", "line 2: 'column 2' must be empty"),
        (HEADER + '甲,乙,丙\n"几家？,3家,a.txt\n谁？,张三,b\n', "line 3: not a row of a table (a quotation mark that"),
        (HEADER + '"几家"吗？,3家,a.txt\n', "line 2: not a row of a table (characters behind a closing"),
        (HEADER + f"{'长' * 140_000},3家,a.txt\n", "line 2: not a row of a table (a cell of more than 131072"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, expected: str) -> None:
    assert said(text).startswith(expected)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(DatasetNotText, match="line 2"):
        read("p", b"question,answer,source\n\x00\xff\xfe\x81\x00\x05" * 3)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="|\r\n\0"), max_size=8).map(str.strip)


@given(st.lists(st.tuples(CELLS.filter(bool), CELLS, CELLS), min_size=1, max_size=4))
def test_what_the_csv_module_writes_is_read(written: list[tuple[str, str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("question", "answer", "source"), *written])
    read_back = rows(out.getvalue())
    assert [(case.question, "|".join(case.answers), "|".join(case.documents)) for case in read_back] == written


def test_nothing_in_it() -> None:
    assert rows("") == rows("\ufeff\r\n,,\r\n") == rows(HEADER) == ()
