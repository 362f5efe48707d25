"""Who is within a scope, by tables; and that the index's own search for them finds the same as looking at each one."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Paragraph, content_hash, document_id
from rag.answer import DocumentRecord
from rag.document_store import DocumentStore
from rag.errors import BadScope, NotInIndex
from rag.scope import Scope, contains, scope_from, scope_of, year
from rag.suggestions import nearest


def record(**said: str) -> DocumentRecord:
    return DocumentRecord(**{"id": "0011aabbccddeeff", "path": "/data/公文/2020/a.txt", "title": "甲", **said})


@pytest.mark.parametrize("number", ["国发〔2020〕1号", "国发（2020）1号", "國發[2020]第1号", "国发 〔 2020 〕 1 号"])
@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ("国发〔2020〕1号", True),
        ("国发(2020)1号", True),
        ("国发（２０２０）１号", True),
        ("国发［2020］1号", True),
        ("国发[2020]第1号", True),
        ("国发【2020】01号", True),
        ("國發﹝2020﹞1號", True),
        ("国发 〔2020〕 1", True),
        ("国发〔2020〕1号文件", True),
        ("〔2020〕1号", True),
        ("(2020)1号", True),
        ("国发〔2020〕11号", False),
        ("国发〔2020〕2号", False),
        ("国发〔2021〕1号", False),
        ("发〔2020〕1号", False),
        ("国办发〔2020〕1号", False),
        ("国发2020", False),
    ],
)
def test_a_number_is_the_same_however_it_is_bracketed(number: str, asked: str, inside: bool) -> None:
    assert contains(Scope(numbers=(asked,)), record(number=number)) == inside


def test_a_number_of_another_form_is_compared_as_it_stands() -> None:
    assert contains(Scope(numbers=("国务院令 第588号",)), record(number="国务院令第588号"))
    assert not contains(Scope(numbers=("第588号",)), record(number="国务院令第588号"))
    assert not contains(Scope(numbers=("国发〔2020〕1号",)), record())


@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ("0011aabbccddeeff", True),
        ("0011aabb", False),
        ("/data/公文/2020/通知（试行）.txt", True),
        ("\\data\\公文\\2020\\通知(试行).txt", True),
        ("2020/通知（试行）.txt", True),
        ("020/通知（试行）.txt", False),
        ("/2020/通知（试行）.txt", False),
        ("通知（试行）.txt", True),
        ("通知(试行)", True),
        ("通知", False),
        ("关于印发《甲办法》的通知", True),
        ("《关于印发〈甲办法〉的通知》", False),
        ("《关于印发《甲办法》的通知》", True),
        ("關於印發《甲辦法》的 通知", True),
        ("关于印发《甲办法》", False),
    ],
)
def test_a_document_by_its_id_path_file_name_or_title(asked: str, inside: bool) -> None:
    one = record(path="/data/公文/2020/通知（试行）.txt", title="关于印发《甲办法》的通知")
    assert contains(Scope(documents=(asked,)), one) == inside


def test_a_file_name_may_hold_a_wide_slash_or_no_suffix() -> None:
    assert contains(Scope(documents=("甲／乙.txt",)), record(path="/data/甲／乙.txt"))
    assert contains(Scope(documents=("README",)), record(path="/data/README"))
    assert contains(Scope(documents=(".txt",)), record(path="/data/.txt"))
    assert not contains(Scope(documents=("data",)), record(path="/data/README"))


@pytest.mark.parametrize("path", ["/data/公文/2020/a.txt", "C:\\data\\公文\\2020\\a.txt"])
@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ("公文", True),
        ("公文/2020", True),
        ("公文\\2020\\", True),
        ("./公文", True),
        ("data//公文", True),
        ("2020", True),
        ("公", False),
        ("文/2020", False),
        ("2020/a.txt", False),
        ("/公文", False),
        ("/data/公", False),
    ],
)
def test_a_folder_that_is_part_of_the_path(path: str, asked: str, inside: bool) -> None:
    assert contains(Scope(folders=(asked,)), record(path=path)) == inside


def test_a_folder_from_the_root_on() -> None:
    for asked in ("/", "/data", "/data/", "/data/公文/2020", "\\DATA\\公文"):
        assert contains(Scope(folders=(asked,)), record()), asked
    assert contains(Scope(folders=("c:/data",)), record(path="C:\\data\\公文\\a.txt"))
    assert not contains(Scope(folders=("d:/data",)), record(path="C:\\data\\公文\\a.txt"))


@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ("财政部", True),
        ("財政部", True),
        ("财 政部", True),
        ("税务总局", True),
        ("国家税务总局", True),
        ("财政部、国家税务总局", True),
        ("国家税务总局办公厅", False),
        ("海关总署", False),
    ],
)
def test_an_issuer_is_one_that_contains_the_name(asked: str, inside: bool) -> None:
    assert contains(Scope(issuers=(asked,)), record(issuer="财政部、国家税务总局")) == inside


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"date": "2020-03-01"}, 2020),
        ({"date": "2020-03-01", "number": "国发〔2019〕1号"}, 2020),
        ({"number": "国发〔2019〕1号"}, 2019),
        ({"number": "第588号"}, None),
        ({"date": "去年"}, None),
        ({}, None),
    ],
)
def test_the_year_is_that_of_the_date_or_else_of_the_number(said: dict[str, str], expected: int | None) -> None:
    assert year(record(**said)) == expected
    assert contains(Scope(years=(2019,)), record(**said)) == (expected == 2019)


def test_values_of_one_field_are_alternatives_and_different_fields_all_apply() -> None:
    one = record(issuer="财政部", date="2020-01-01")
    assert contains(Scope(), one) and not Scope()
    assert contains(Scope(years=(2019, 2020)), one)
    assert contains(Scope(years=(2019, 2020), issuers=("海关总署", "财政部")), one)
    assert not contains(Scope(years=(2020,), issuers=("海关总署",)), one)
    assert not contains(Scope(years=(2020,), numbers=("国发〔2020〕1号",)), one)


# reading


def test_json_in_its_ways_and_back() -> None:
    said = {"documents": "甲", "years": [2020, "２０２１年", "2020"], "issuers": ["财政部 ", "财政部"], "numbers": None}
    scope = scope_from(said)
    assert scope == Scope(documents=("甲",), years=(2020, 2021), issuers=("财政部",))
    assert scope.as_record() == {"documents": ["甲"], "years": [2020, 2021], "issuers": ["财政部"]}
    assert scope_from(scope.as_record()) == scope
    assert scope_from({"collections": ["惠农", " 惠农"]}) == Scope(collections=("惠农",))
    assert scope_from({"years": 2020}) == scope_of(years=["2020"]) == Scope(years=(2020,))
    assert scope_from({}) == scope_from({"folders": []}) == Scope()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("甲", "found '甲'"),
        (None, "found None"),
        ([{}], r"found \[{}\]"),
        ({"year": 2020}, "found 'year'"),
        ({"years": "99"}, "found years: '99'"),
        ({"years": [2020.0]}, "found years: 2020.0"),
        ({"years": True}, "found years: True"),
        ({"years": 3020}, "found years: 3020"),
        ({"documents": 7}, "found documents: 7"),
        ({"documents": [" \u3000"]}, "found documents: "),
        ({"issuers": {"a": 1}}, "found issuers: {"),
        ({"numbers": [["a"]]}, r"found numbers: \['a'\]"),
        ({"collections": [None]}, "found collections: None"),
    ],
)
def test_what_is_no_scope_is_said(said: object, found: str) -> None:
    with pytest.raises(BadScope, match=found):
        scope_from(said)


def test_a_long_mistake_is_cut_short() -> None:
    with pytest.raises(BadScope) as caught:
        scope_from("长" * 10_000)
    assert len(str(caught.value)) < 300


# in the index

OFFICES = ("财政部", "国家税务总局", "财政部、国家税务总局", "財政廳", "")
NUMBERS = ("财发〔2020〕1号", "财发（2020）1号", "税发〔2019〕12号", "第588号", "")
FOLDERS = ("/data/公文", "/data/公文/2020", "/data/公文集", "/data/\udcff", "/资料/data")
DATES = ("2019-12-31", "2020-01-01", "")


def stored(place: int, folder: str, issuer: str, number: str, date: str) -> Document:
    path, text = f"{folder}/{place}.txt", f"第{place}份\n正文"
    digest = content_hash(path.encode("utf-8", "surrogateescape"))
    said = {"issuer": issuer, "number": number, "date": date}
    return Document(
        id=document_id(path, digest),
        path=path,
        title=f"第{place % 3}份",
        text=text,
        paragraphs=tuple(Paragraph(start=0, end=2) for _ in range(1 + place % 4)),
        metadata={name: value for name, value in said.items() if value},
        content_hash=digest,
    )


DOCUMENTS = st.lists(
    st.tuples(*(map(st.sampled_from, (FOLDERS, OFFICES, NUMBERS, DATES)))), min_size=1, max_size=8
).map(lambda each: [stored(place, *said) for place, said in enumerate(each)])
SCOPES = st.builds(
    Scope,
    documents=st.lists(
        st.sampled_from(("第0份", "《第1份》", "2", "3.txt", "公文/4.txt", "/data/公文/1.txt")), max_size=2
    ).map(tuple),
    folders=st.lists(
        st.sampled_from(("公文", "data", "/data", "/data/公文/", "2020", "data/\udcff", "/")), max_size=2
    ).map(tuple),
    issuers=st.lists(st.sampled_from(("财政", "財政部", "税务总局", "部")), max_size=2).map(tuple),
    years=st.lists(st.sampled_from((2019, 2020)), max_size=2).map(tuple),
    numbers=st.lists(st.sampled_from(("财发[2020]1号", "(2019)12号", "第588号")), max_size=2).map(tuple),
)


@settings(max_examples=60)
@given(DOCUMENTS, SCOPES, st.integers(0, 3))
def test_the_index_finds_whom_looking_at_each_one_finds(
    tmp_path_factory: pytest.TempPathFactory, documents: list[Document], scope: Scope, gone: int
) -> None:
    store = DocumentStore.create(tmp_path_factory.mktemp("store"))
    paragraphs = {document.id: store.add(document) for document in documents}
    for document in documents[:gone]:
        store.remove(document.id)
    records = store.records()
    named = all(
        any(contains(Scope(**{field: (value,)}), each) for each in records)
        for field, values in vars(scope).items()
        for value in values
    )
    if not named:
        with pytest.raises(NotInIndex):
            store.within(scope)
        return
    for _ in range(2):  # once asked of the tables, once remembered
        extent = store.within(scope)
        expected = [paragraphs[each.id] for each in records if contains(scope, each)]
        assert extent.documents == {first for first, *_ in expected}
        assert sorted(extent.paragraphs.tolist()) == sorted(id for ids in expected for id in ids)
    hidden = paragraphs[documents[-1].id][0]
    bits = np.unpackbits(extent.bits([hidden, 10**6]), bitorder="little")
    assert np.flatnonzero(bits).tolist() == sorted(set(extent.paragraphs.tolist()) - {hidden})
    store.close()


def test_what_was_remembered_is_forgotten_with_a_change(tmp_path: Path) -> None:
    store = DocumentStore.create(tmp_path)
    first, second = (stored(place, "/data", "财政部", "", "2020-01-01") for place in (0, 1))
    store.add(first)
    assert len(store.within(Scope(issuers=("财政部",))).firsts) == 1
    store.add(second)
    assert len(store.within(Scope(issuers=("财政部",))).firsts) == 2
    store.remove(first.id)
    store.remove(second.id)
    with pytest.raises(NotInIndex):
        store.within(Scope(issuers=("财政部",)))
    assert not store.within(Scope())


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (Scope(documents=("第0分",)), "has the name '第0分'; the nearest there are: 第0份; "),
        (Scope(folders=("/data/公问",)), "has the folder '/data/公问'; the nearest there are: /data/公文"),
        (Scope(issuers=("财政局",)), "has the issuer '财政局'; the nearest there are: 财政部"),
        (Scope(years=(1999,)), "has the year '1999'; the nearest there are: 2019; 2020"),
        (
            Scope(numbers=("财发〔2020〕7号",)),
            "document number '财发〔2020〕7号'; the nearest there are: 财发〔2020〕1号",
        ),
        (Scope(issuers=("财政部", "海关总署")), "issuer '海关总署'"),
    ],
)
def test_an_unknown_name_is_said_with_the_nearest(tmp_path: Path, scope: Scope, said: str) -> None:
    store = DocumentStore.create(tmp_path)
    store.add(stored(0, "/data/公文", "财政部", "财发〔2020〕1号", "2020-01-01"))
    store.add(stored(1, "/data/表格", "国家税务总局", "税发〔2019〕12号", "2019-12-31"))
    with pytest.raises(NotInIndex) as caught:
        store.within(scope)
    assert said in str(caught.value)


def test_where_there_are_no_names_none_are_proposed(tmp_path: Path) -> None:
    store = DocumentStore.create(tmp_path)
    store.add(stored(0, "/data", "", "", ""))
    with pytest.raises(NotInIndex, match=r"the nearest there are: -$"):
        store.within(Scope(years=(2020,)))


def test_at_most_five_names_are_proposed_whatever_is_asked() -> None:
    records = [record(id=f"{place:016x}", title=f"第{place}号通知", path=f"/d/{place}.txt") for place in range(400)]
    assert len(nearest("documents", "第7号通告", records)) == 5
    assert "第7号通知" in nearest("documents", "第7号通告", records)
    assert len(nearest("documents", "zzz", records)) == 5
    assert nearest("issuers", "财政部", records) == ()
