"""Which documents the list shows, and in what order."""

from datetime import UTC, datetime
from typing import Any

import pytest

from rag.answer import DocumentRecord
from ui.page_listing import PAGE, View, counted_issuers, counted_years, kind, listing, view_of


def record(id: str, title: str, path: str = "", **said: Any) -> DocumentRecord:
    return DocumentRecord(id=id, title=title, path=path or f"/文件/{id}.txt", **said)


PARKS = record(
    "a", "青禾市产业园区情况", number="青发〔2024〕7号", issuer="青禾市政府", date="2024-03-01", characters=30
)
ROADS = record("b", "白石省道路养护办法", number="白交（2019）12号", issuer="白石省交通厅、白石省财政厅", characters=90)
NOTES = record("c", "笔记 ABC", path="/home/备忘/Notes.MD", characters=60)
ALL = (PARKS, ROADS, NOTES)


def found(view: View, **more: Any) -> str:
    return "".join(each.id for each in listing(ALL, view, **more).shown)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", "bca"),
        ("产业园区", "a"),
        ("產業園區", "a"),
        ("ａｂｃ", "c"),
        ("notes", "c"),
        ("备忘", "c"),
        ("[2024] 7号", "a"),
        ("〔2019〕12号", "b"),
        ("财政厅", "b"),
        ("白石 养护", "b"),
        ("白石 园区", ""),
        ("文件", "ba"),
        ("办法 白交", "b"),
        ("法白", ""),
        ("   ", "bca"),
    ],
)
def test_words_are_found_in_title_number_issuer_and_path(words: str, ids: str) -> None:
    assert found(View(words=words)) == ids


def test_only_the_path_that_is_shown_is_searched() -> None:
    assert found(View(words="备忘"), path=lambda path: path.rpartition("/")[2]) == ""


@pytest.mark.parametrize(
    ("order", "ids"),
    [("title", "bca"), ("date", "abc"), ("age", "bac"), ("issuer", "bac"), ("size", "bca"), ("indexed", "cba")],
)
def test_the_orders(order: Any, ids: str) -> None:
    came = {"c": datetime(2026, 3, 2, tzinfo=UTC), "b": datetime(2026, 3, 1, tzinfo=UTC)}
    assert found(View(order=order), indexed=came) == ids  # the year of b is that of its number


def test_filters_by_issuer_and_year() -> None:
    assert found(View(issuer="白石省财政厅")) == "b"
    assert found(View(year="2019")) == "b" and found(View(year="2024", issuer="青禾市政府")) == "a"
    assert found(View(issuer="白石省")) == "" == found(View(year="1999"))
    assert counted_issuers(ALL) == {"白石省交通厅": 1, "白石省财政厅": 1, "青禾市政府": 1}
    assert list(counted_years(ALL)) == ["2024", "2019"]


def test_pages_and_one_that_is_not_there() -> None:
    many = [record(f"{n:03}", f"第{n:03}号") for n in range(PAGE * 2 + 1)]
    second = listing(many, View(page=1))
    assert [each.id for each in second.shown] == [f"{n:03}" for n in range(PAGE, PAGE * 2)]
    assert (second.page, second.pages, second.found, second.total) == (1, 3, PAGE * 2 + 1, PAGE * 2 + 1)
    assert listing(many, View(page=99)).page == 2 and listing(many, View(page=-5)).page == 0
    assert listing((), View(page=1)).shown == ()


@pytest.mark.parametrize("wrong", [None, 7, [], {}, ["x"], "__class__", "x" * 10**5])
def test_what_the_browser_says_may_be_anything(wrong: object) -> None:
    view = view_of(wrong, wrong, wrong, wrong)
    assert view.order == "title" and max(map(len, (view.words, view.issuer, view.year))) <= 200
    listing(ALL, view)


@pytest.mark.parametrize(
    ("path", "said"), [("/a/b.pdf", "PDF"), ("/a/b", ""), ("C:\\x\\y.docx", "DOCX"), ("/a/.hidden", "")]
)
def test_the_type_of_a_file(path: str, said: str) -> None:
    assert kind(record("x", "x", path=path)) == said


def test_numbers_in_titles_are_sorted_by_their_size() -> None:
    titled = [record(str(n), f"关于第{n}号工程的通知") for n in (10, 9, 1001, 2)]
    assert [each.id for each in listing(titled, View()).shown] == ["2", "9", "10", "1001"]
