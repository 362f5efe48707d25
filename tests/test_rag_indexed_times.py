"""When a document came in is known, and an index that does not say so is none the worse."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from rag.document_store import FILE, DocumentStore
from rag.library import Library
from rag.settings import load
from tests.fakes import HashEncoder
from tests.test_rag_document_store import make_document


def library_of(folder: Path) -> Library:
    return Library(settings=load(index=str(folder)), encoder=HashEncoder(), model=lambda _: None)


def test_a_document_carries_its_time_until_it_goes(tmp_path: Path) -> None:
    before = int(time.time())
    (tmp_path / "a.txt").write_text("青禾市共有幼儿园三所。", encoding="utf-8")
    library = library_of(tmp_path / "index")
    library.add([str(tmp_path / "a.txt")])
    (record,) = library.documents()
    came = library.indexed()
    assert came.keys() == {record.id}
    assert datetime.fromtimestamp(before, UTC) <= came[record.id] <= datetime.now(UTC)
    library.add([str(tmp_path / "a.txt")])
    assert library.indexed() == came, "unchanged is not indexed again"
    library.remove([record.id])
    assert library.indexed() == {}


def test_an_index_of_an_earlier_release_says_nothing_and_takes_new_documents(tmp_path: Path) -> None:
    old, new = make_document("/a.txt", "旧文件"), make_document("/b.txt", "新文件")
    store = DocumentStore.create(tmp_path)
    store.add(old)
    store.close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("DROP TABLE indexed")
        connection.commit()
    assert DocumentStore.open(tmp_path).indexed() == {}
    store = DocumentStore.open(tmp_path, writable=True)
    store.add(new)
    assert store.indexed().keys() == {new.id}
    assert len(store.records()) == 2
    store.remove(old.id)
    store.remove(new.id)
    assert store.indexed() == {}
