"""Documents in, the same documents and slices of them out."""

from pathlib import Path

import pytest

from corpus.document import Document, Paragraph, content_hash, document_id
from rag.document_store import DocumentStore
from rag.errors import IndexDamaged, UnknownDocument


def make_document(path: str, *texts: str) -> Document:
    text = "\n".join(texts)
    starts = [sum(len(t) + 1 for t in texts[:n]) for n in range(len(texts))]
    paragraphs = tuple(
        Paragraph(start=s, end=s + len(t), section=("一、总则",), page=n + 1)
        for n, (s, t) in enumerate(zip(starts, texts, strict=True))
    )
    digest = content_hash(text.encode())
    return Document(
        id=document_id(path, digest),
        path=path,
        title=texts[0],
        text=text,
        paragraphs=paragraphs,
        metadata={"number": "甲发〔2024〕3号", "phone": "12345678"},
        content_hash=digest,
    )


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore.create(tmp_path)


def test_a_document_comes_back_as_it_went_in(store: DocumentStore) -> None:
    document = make_document("/a/甲.txt", "标题", "正文𠀀一段。", "end")
    store.add(document)
    assert store.document(document.id) == document


def test_passages_are_slices_beyond_the_basic_plane_too(store: DocumentStore) -> None:
    document = make_document("/a.txt", "𠀀𠀁头", "第二段𠀂。")
    ids = store.add(document)
    second, first = store.passages([ids[1], 999, ids[0]])
    assert (second.text, first.text) == ("第二段𠀂。", "𠀀𠀁头")
    assert document.text[second.start : second.end] == second.text
    assert (second.paragraph, second.page, second.section) == (1, 2, ("一、总则",))
    assert second.document.number == "甲发〔2024〕3号"


def test_passages_come_as_they_were_asked_for_however_many(
    store: DocumentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.document_store.AT_ONCE", 3)
    ids = store.add(make_document("/a.txt", *(f"第{n}段。" for n in range(8))))
    wanted = [ids[n] for n in (7, 0, 0, 3, 5, 1, 7, 2)]
    assert [passage.paragraph for passage in store.passages(wanted)] == [7, 0, 0, 3, 5, 1, 7, 2]
    assert list(store.passages([])) == []


def test_ids_are_never_used_twice(store: DocumentStore) -> None:
    first = make_document("/a.txt", "一")
    ids = store.add(first)
    assert store.remove(first.id) == ids
    assert not set(ids) & set(store.add(first))


def test_a_path_that_is_not_utf8(store: DocumentStore) -> None:
    document = make_document("/tmp/\udcff\udc80.txt", "一")
    store.add(document)
    assert list(store.hashes()) == [document.path]
    assert store.document(document.id).path == document.path


def test_a_beginning_of_an_id_is_enough_where_it_is_the_only_one(store: DocumentStore) -> None:
    documents = [make_document(f"/{n}.txt", f"文{n}") for n in range(40)]
    for document in documents:
        store.add(document)
    assert store.full_id(documents[0].id[:12]) == documents[0].id
    for wrong in ("", "zz", "%", "_", documents[0].id + "0"):
        with pytest.raises(UnknownDocument):
            store.full_id(wrong)
    assert store.counts() == (40, 40)


def test_a_reader_sees_what_a_writer_closed(tmp_path: Path, store: DocumentStore) -> None:
    store.add(make_document("/a.txt", "一", "二"))
    store.close()
    assert [record.paragraphs for record in DocumentStore.open(tmp_path).records()] == [2]


def test_a_missing_or_broken_file_is_called_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        DocumentStore.open(tmp_path)
    (tmp_path / "documents.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(IndexDamaged):
        DocumentStore.open(tmp_path).records()


def test_a_full_disk_is_the_systems_error_and_not_damage(store: DocumentStore) -> None:
    pages = store._rows("PRAGMA page_count")[0][0]
    store._rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OSError, match="full") as caught:
        store.add(make_document("/a/甲.txt", "标题", "字" * 100_000))
    assert caught.value.filename.endswith("documents.sqlite")
