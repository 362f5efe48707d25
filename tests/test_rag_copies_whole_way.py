"""A folder with one notice three times and last year's beside it: shown once with its places, and side by side."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Asked
from rag.evaluation.documents import Documents
from rag.library import Library
from rag.settings import load
from tests.fakes import HashEncoder

NOTICE = """关于支持企业技术改造的通知
南府发〔2024〕5号
各县人民政府：
对技术改造项目给予一次性补贴200万元，不超过投资额的30%。
申报材料由市经济局受理。
南山市人民政府
2024年4月1日
"""
PAGE = "<html><body>{}</body></html>".format("".join(f"<p>{line}</p>" for line in NOTICE.split("\n")))
FORWARDED = f"""转发《关于支持企业技术改造的通知》的通知
县办〔2024〕9号
各乡人民政府：
现将该通知转发给你们，请认真执行。
东县人民政府
2024年4月20日
{NOTICE}"""
LAST_YEAR = NOTICE.replace("2024", "2023").replace("200万元", "150万元")
QUESTION = "技术改造项目给予一次性补贴多少万元？"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "文件"
    folder.mkdir()
    for name, text in (("通知.txt", NOTICE), ("通知.html", PAGE), ("转发.txt", FORWARDED), ("去年.txt", LAST_YEAR)):
        (folder / name).write_text(text, encoding="utf-8")
    opened = Library(settings=load(index=str(tmp_path / "index")), encoder=HashEncoder(64), model=lambda _: None)
    assert opened.add([str(folder)]).added == 4
    return opened


def test_a_search_shows_the_notice_once_with_its_places_and_last_years_beside_it(library: Library) -> None:
    rates = [passage for passage in library.search(QUESTION) if "一次性补贴" in passage.text]
    assert sorted("200万元" in passage.text for passage in rates) == [False, True]
    for passage in rates:
        names = {Path(place.document.path).name for place in (passage, *passage.copies)}
        assert names == ({"通知.txt", "通知.html", "转发.txt"} if "200万元" in passage.text else {"去年.txt"})
        for place in (passage, *passage.copies):
            assert library.document(place.document.id).text[place.start : place.end] == place.text


def test_an_answer_is_cited_once_and_marked_in_every_copy(library: Library) -> None:
    last_year = next(record.id for record in library.documents() if record.path.endswith("去年.txt"))
    (told,) = library.consult([Asked(question=QUESTION)], top_k=8, hidden=[last_year])
    citation = next(each for each in told.draft.citations if "200万元" in each.quote)
    assert len(citation.copies) == 2
    assert len({citation.document.id, *(copy.document.id for copy in citation.copies)}) == 3
    for copy in citation.copies:
        text = library.document(copy.document.id).text
        assert text[copy.start : copy.end] == copy.text
        marked = [text[start:end] for start, end in copy.highlights]
        own = library.document(citation.document.id).text
        assert marked == [own[start:end] for start, end in citation.highlights] != []
    documents, first = Documents(library), citation.copies[0]
    assert all(documents.is_exact(told.draft))
    moved = replace(citation, copies=(replace(first, start=first.start + 1, end=first.end + 1),))
    assert documents.is_exact(replace(told.draft, citations=(moved,))) == [False]


def test_a_hidden_copy_is_not_named(library: Library) -> None:
    hidden = next(record.id for record in library.documents() if record.path.endswith(".html"))
    (told,) = library.consult([Asked(question=QUESTION)], top_k=8, hidden=[hidden])
    places = [place.document.id for p in told.passages for place in (p, *p.copies)]
    assert hidden not in places and len(set(places)) == 3


def test_many_copies_leave_room_for_what_is_no_copy(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n}.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "other.txt").write_text("技术改造说明\n技术改造项目由市里验收。\n", encoding="utf-8")
    settings = load(index=str(tmp_path / "index"), environ={"WENJU_HOME": str(tmp_path), "WENJU_CANDIDATES": "5"})
    library = Library(settings=settings, encoder=HashEncoder(64), model=lambda _: None)
    library.add([str(folder)])
    found = library.search(QUESTION, top_k=3)
    assert len(found) == 3
    assert len({passage.text for passage in found}) == 3
    assert max(len(passage.copies) for passage in found) == 39
