"""An index is always the old one or the new one, whatever happens in between."""

import json
import math
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document, Paragraph, content_hash, document_id
from rag.document_store import DocumentStore
from rag.errors import EncoderMismatch, IndexBusy, IndexDamaged, IndexFormat, IndexMissing, NotInIndex
from rag.index_store import FORMAT, IndexWriter, open_snapshot, read_manifest, verify
from rag.scope import Scope
from tests.fakes import HashEncoder

ENCODER = HashEncoder()


def document(path: str, text: str) -> Document:
    digest = content_hash(text.encode())
    return Document(
        id=document_id(path, digest),
        path=path,
        title=path,
        text=text,
        paragraphs=(Paragraph(start=0, end=len(text)),),
        content_hash=digest,
    )


def add(folder: Path, *documents: Document, publish: bool = True) -> None:
    with IndexWriter(folder, ENCODER) as writer:
        for each in documents:
            writer.add(each, ENCODER.encode_passages([each.text]))
        if publish:
            writer.publish()


def texts(folder: Path) -> set[str]:
    store = open_snapshot(folder, ENCODER).documents
    return {store.document(record.id).text for record in store.records()}


def test_what_was_published_is_found_by_words_and_by_vector(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"), document("/b", "幼儿园管理办法"))
    snapshot = open_snapshot(tmp_path, ENCODER)
    assert (snapshot.manifest.documents, snapshot.manifest.paragraphs) == (2, 2)
    (lexical, _), *_ = snapshot.lexical.search("桥梁", 5)
    (((dense, cosine), *_),) = snapshot.vectors.search(ENCODER.encode_queries(["桥梁检测规定"]), 5)
    assert lexical == dense
    assert cosine == pytest.approx(1.0, abs=2**-10)  # half precision
    assert [p.text for p in snapshot.documents.passages([lexical])] == ["桥梁检测规定"]


def test_removed_is_gone_everywhere(tmp_path: Path) -> None:
    first, second = document("/a", "桥梁检测规定"), document("/b", "幼儿园管理办法")
    add(tmp_path, first, second)
    with IndexWriter(tmp_path, ENCODER) as writer:
        writer.remove(first.id)
        writer.publish()
    snapshot = open_snapshot(tmp_path, ENCODER)
    assert texts(tmp_path) == {second.text}
    assert snapshot.lexical.search("桥梁检测规定", 5) == ()
    (left,) = snapshot.documents.within(Scope()).firsts
    assert [id for id, _ in snapshot.lexical.search("幼儿园", 5, within={left})] == [left]
    with pytest.raises(NotInIndex):
        snapshot.documents.within(Scope(documents=("/a",)))
    assert len(snapshot.vectors) == 1


def test_what_was_not_published_never_was(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "旧"))
    add(tmp_path, document("/b", "新"), publish=False)
    with pytest.raises(RuntimeError), IndexWriter(tmp_path, ENCODER) as writer:
        writer.add(document("/c", "更新"), np.zeros((1, 8), np.float32))
        raise RuntimeError
    assert texts(tmp_path) == {"旧"}
    assert len(list((tmp_path / "generations").iterdir())) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_writer_leaves_the_old_index_and_no_lock(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "旧"))
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.test_rag_index_store import ENCODER, IndexWriter, document\n"
        "writer = IndexWriter(Path(sys.argv[1]), ENCODER).__enter__()\n"
        "writer.add(document('/b', '新'), ENCODER.encode_passages(['新']))\n"
        "writer.vectors.save(writer.generation)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], env={**os.environ, "PYTHONPATH": "."}, check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert texts(tmp_path) == {"旧"}
    add(tmp_path, document("/c", "后来"))
    assert texts(tmp_path) == {"旧", "后来"}
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"))
    before = open_snapshot(tmp_path, ENCODER)
    for n in range(3):
        add(tmp_path, document(f"/{n}", f"桥梁第{n}号"))
    assert len(before.lexical.search("桥梁", 9)) == 1
    assert [r.path for r in before.documents.records()] == ["/a"]
    assert len(texts(tmp_path)) == 4


def test_readers_in_threads_while_a_writer_publishes(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"))
    counts: list[int] = []
    wrong: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                snapshot = open_snapshot(tmp_path, ENCODER)
                counts.append(len(snapshot.lexical.search("桥梁", 99)))
                assert counts[-1] == snapshot.manifest.documents == len(snapshot.vectors)
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(6):
        add(tmp_path, document(f"/{n}", f"桥梁第{n}号"))
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert counts


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with (
        IndexWriter(tmp_path, ENCODER),
        pytest.raises(IndexBusy, match="another process"),
        IndexWriter(tmp_path, ENCODER),
    ):
        pass
    add(tmp_path, document("/a", "旧"))


def test_missing_damaged_other_format_other_encoder(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="wenju index"):
        open_snapshot(tmp_path, ENCODER)
    add(tmp_path, document("/a", "旧"))
    with pytest.raises(EncoderMismatch, match=r"hash-8.*hash-16"):
        open_snapshot(tmp_path, HashEncoder(16))
    with pytest.raises(EncoderMismatch), IndexWriter(tmp_path, HashEncoder(16)):
        pass
    manifest = tmp_path / "manifest.json"
    good = manifest.read_text()
    manifest.write_text(json.dumps({**json.loads(good), "format": 99}))
    with pytest.raises(IndexFormat, match="format 99"):
        open_snapshot(tmp_path, ENCODER)
    for broken in ("", "[]", f'{{"format": {FORMAT}}}', good[:-20], "null"):
        manifest.write_text(broken)
        with pytest.raises(IndexDamaged, match=r"manifest\.json"):
            open_snapshot(tmp_path, ENCODER)


@pytest.mark.parametrize("harm", ["delete", "truncate"])
def test_every_file_of_a_generation_is_missed(tmp_path: Path, harm: str) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"))
    names = list(read_manifest(tmp_path).files)
    assert {"documents.sqlite", "vectors.faiss"} < set(names)
    for name in names:
        folder = tmp_path / "generations" / read_manifest(tmp_path).generation
        kept = (folder / name).read_bytes()
        (folder / name).unlink() if harm == "delete" else (folder / name).write_bytes(kept[:-1])
        with pytest.raises(IndexDamaged, match=name.replace(".", r"\.")):
            open_snapshot(tmp_path, ENCODER)
        (folder / name).write_bytes(kept)
    assert texts(tmp_path) == {"桥梁检测规定"}


def test_verify_names_a_file_whose_bytes_changed(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"))
    assert verify(tmp_path) == []
    path = tmp_path / "generations" / read_manifest(tmp_path).generation / "vectors.faiss"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert verify(tmp_path) == ["vectors.faiss"]


def test_nothing_is_pickled(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"))
    assert not [p for p in tmp_path.rglob("*") if p.suffix in (".pkl", ".pickle")]
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and p.read_bytes()[:2] in (b"\x80\x04", b"\x80\x05")]


def test_word_statistics_forget_what_was_removed(tmp_path: Path) -> None:
    """Rarity is ln(1 + (N - n + 0.5) / (n + 0.5)) over what is there: N = 3 documents, n = 1 of them holds the word."""
    add(tmp_path, document("/k", "桥梁检测"), document("/l", "幼儿园"), document("/m", "养老院"))
    for n in range(12):
        changing = document("/n", f"养老院第{n}期")
        add(tmp_path, changing)
        with IndexWriter(tmp_path, ENCODER) as writer:
            writer.remove(changing.id)
            writer.publish()
    (rarity,) = open_snapshot(tmp_path, ENCODER).lexical.rarity(["桥梁"])
    assert rarity == pytest.approx(math.log(1 + (3 - 1 + 0.5) / (1 + 0.5)), abs=0.25)
    assert [i for i, _ in open_snapshot(tmp_path, ENCODER).lexical.search("桥梁", 5)] == [1]


def test_a_lexical_index_built_anew_knows_its_documents(tmp_path: Path) -> None:
    add(tmp_path, *(document(f"/{n}", f"桥梁第{n}号") for n in range(6)))
    with IndexWriter(tmp_path, ENCODER) as writer:
        for n in range(4):
            writer.remove(document(f"/{n}", f"桥梁第{n}号").id)
        writer.publish()
    snapshot = open_snapshot(tmp_path, ENCODER)
    assert snapshot.lexical.stale == 0
    within = snapshot.documents.within(Scope(documents=("/5",)))
    found = [id for id, _ in snapshot.lexical.search("桥梁", 5, within=within.documents)]
    assert [p.text for p in snapshot.documents.passages(found)] == ["桥梁第5号"]


def test_damage_is_not_published_anew(tmp_path: Path) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"))
    path = tmp_path / "generations" / read_manifest(tmp_path).generation / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-1] + b"\x5a")
    with pytest.raises(IndexDamaged, match=r"vectors\.faiss"):
        add(tmp_path, document("/b", "幼儿园管理办法"))
    assert verify(tmp_path) == ["vectors.faiss"]
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match=r"vectors\.faiss"):
        add(tmp_path, document("/b", "幼儿园管理办法"), publish=False)


def test_a_writer_that_fails_lets_go_of_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, document("/a", "桥梁检测规定"))

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as during, pytest.raises(OSError, match="No space"):
        during.setattr(DocumentStore, "close", full)
        add(tmp_path, document("/b", "幼儿园管理办法"), publish=False)
    assert len(list((tmp_path / "generations").iterdir())) == 1
    add(tmp_path, document("/b", "幼儿园管理办法"))
    assert texts(tmp_path) == {"桥梁检测规定", "幼儿园管理办法"}
