"""A folder of files in, answers out, and only what changed is done again."""

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from embeddings.encoder import Vectors
from rag.answer import Asked
from rag.build import open_for_writing, open_library
from rag.errors import (
    EmptyFile,
    IndexDamaged,
    IndexMissing,
    NoSuchPath,
    NotInIndex,
    ReaderUnusable,
    ReadOnlyIndex,
    UnknownDocument,
)
from rag.index_store import IndexWriter
from rag.library import Library
from rag.readers import Readers
from rag.scope import Scope
from rag.settings import load
from tests.fakes import HashEncoder, WordModel

BRIDGE = "南山大桥管理办法\n\n南山大桥全长1280米，2019年3月开工，2022年10月1日通车。\n\n大桥由市交通运输局负责养护。\n"
NURSERY = "幼儿园通知\n\n全市建成养老院37家、幼儿园120所。\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "nursery.txt").write_text(NURSERY, encoding="gb18030")
    return folder


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def library(tmp_path: Path, encoder: HashEncoder) -> Library:
    return Library(settings=load(index=str(tmp_path / "index")), encoder=encoder, model=lambda _: None)


def test_index_ask_and_check_the_quote(library: Library, files: Path) -> None:
    report = library.add([str(files)])
    assert (report.added, report.updated, report.failed) == (2, 0, ())
    for question, expected in (("幼儿园有多少所？", "120所"), ("南山大桥什么时候通车？", "2022年10月1日")):
        (found, *_) = library.search(question)
        assert expected in found.text
        document = library.document(found.document.id)
        assert document.text[found.start : found.end] == found.text
        for citation in library.ask(question).citations:
            text = library.document(citation.document.id).text
            assert text[citation.start : citation.end] == citation.quote


def test_a_second_run_embeds_nothing(library: Library, files: Path, encoder: HashEncoder) -> None:
    library.add([str(files)])
    encoder.encoded.clear()
    again = library.add([str(files)])
    assert (again.added, again.updated, again.unchanged, again.paragraphs) == (0, 0, 2, 0)
    assert encoder.encoded == []


def test_only_the_changed_file_is_embedded_and_replaced(library: Library, files: Path, encoder: HashEncoder) -> None:
    library.add([str(files)])
    encoder.encoded.clear()
    (files / "nursery.txt").write_text(NURSERY.replace("120所", "135所"), encoding="utf-8")
    report = library.add([str(files)])
    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert not any("南山" in text for text in encoder.encoded)
    assert not any("120所" in passage.text for passage in library.search("幼儿园"))
    assert any("135所" in passage.text for passage in library.search("幼儿园"))


def test_a_vanished_file_is_counted_then_pruned(library: Library, files: Path) -> None:
    library.add([str(files)])
    (files / "bridge.txt").unlink()
    assert library.add([str(files)]).vanished == 1
    assert len(library.documents()) == 2
    assert library.add([str(files)], prune=True).removed == 1
    assert [Path(d.path).name for d in library.documents()] == ["nursery.txt"]
    assert not any("南山" in passage.text for passage in library.search("南山大桥"))


def test_pruning_leaves_other_folders_alone(library: Library, files: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.txt").write_text("另一份文件。", encoding="utf-8")
    library.add([str(files), str(other)])
    (files / "bridge.txt").unlink()
    assert library.add([str(other)], prune=True).removed == 0


def test_a_bad_file_stops_nothing_and_keeps_its_last_state(library: Library, files: Path) -> None:
    library.add([str(files)])
    (files / "nursery.txt").write_bytes(b"")
    (files / "new.txt").write_text("新的一份文件。", encoding="utf-8")
    report = library.add([str(files)])
    assert report.added == 1
    assert [type(failure.error) for failure in report.failed] == [EmptyFile]
    assert any("120所" in passage.text for passage in library.search("幼儿园"))


def test_a_path_that_does_not_exist_changes_nothing(library: Library, files: Path) -> None:
    with pytest.raises(NoSuchPath, match="nowhere"):
        library.add([str(files), str(files / "nowhere")])
    with pytest.raises(IndexMissing):
        library.documents()


def test_an_interruption_keeps_what_is_done(library: Library, files: Path) -> None:
    class Stop(KeyboardInterrupt):
        pass

    def progress(done: int, total: int, path: str) -> None:
        if done == total:
            raise Stop

    with pytest.raises(Stop):
        library.add([str(files)], progress=progress)
    assert len(library.documents()) == 2
    assert library.add([str(files)]).unchanged == 2


def test_remove_by_the_beginning_of_an_id(library: Library, files: Path) -> None:
    library.add([str(files)])
    first, second = library.documents()
    with pytest.raises(UnknownDocument):
        library.remove([first.id, "zzzz"])
    assert len(library.documents()) == 2
    assert library.remove([first.id, first.id[:12]]) == 1
    assert library.documents() == (second,)
    assert library.ask("南山大桥全长多少米？").answer != "1280米"


def test_a_question_is_asked_of_its_scope_alone(library: Library, files: Path) -> None:
    library.add([str(files)])
    bridge, nursery = (Scope(documents=(name,)) for name in ("南山大桥管理办法", "nursery.txt"))
    asked = "幼儿园有多少所？"
    assert {p.document.title for p in library.search(asked)} == {"南山大桥管理办法", "幼儿园通知"}
    assert {p.document.title for p in library.search(asked, scope=bridge)} == {"南山大桥管理办法"}
    inside, outside = library.ask(asked, scope=nursery), library.ask(asked, scope=bridge)
    assert (inside.answer, inside.scope) == ("120所", nursery)
    assert outside.answer != "120所" and outside.scope == bridge
    assert all(c.document.title == "南山大桥管理办法" for c in (*outside.citations, *outside.nearest))
    assert library.ask(asked, scope=Scope()).scope is None
    assert (library.within(bridge), library.within(Scope(folders=(str(files),))), library.within(Scope())) == (1, 2, 2)


def test_a_scope_that_holds_nothing_is_answered_so_among_others(library: Library, files: Path) -> None:
    library.add([str(files)])
    void = Scope(documents=("南山大桥管理办法", "幼儿园通知"), folders=(str(files),))
    assert library.within(void) == 2
    void = Scope(documents=("bridge.txt",), folders=(str(files),), years=(2022,))
    with pytest.raises(NotInIndex, match="year '2022'; the nearest there are: -"):
        library.ask("有多长？", scope=void)
    (files / "sub").mkdir()
    (files / "sub" / "x.txt").write_text("另一份文件。", encoding="utf-8")
    library.add([str(files)])
    void = Scope(documents=("bridge.txt",), folders=("sub",))
    asked = ("幼儿园有多少所？", None), ("幼儿园有多少所？", void), ("南山大桥什么时候通车？", None)
    told = library.consult([Asked(question=question, scope=scope) for question, scope in asked])
    assert [each.answer.reason for each in told] == [None, "empty_scope", None]
    assert [each.answer.question for each in told] == [question for question, _ in asked]
    assert told[1].answer.scope == void and library.within(void) == 0
    assert library.search("幼儿园有多少所？", scope=void) == ()


def test_an_empty_folder_makes_an_empty_index_that_says_so(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert library.add([str(tmp_path / "empty")]).added == 0
    assert library.documents() == ()
    assert library.ask("有多少家？").reason == "empty_index"
    assert library.search("有多少家？") == ()


def test_the_trained_reader_is_loaded_once_and_only_for_a_question(files: Path, tmp_path: Path) -> None:
    model = WordModel("市交通运输局")
    loaded: list[WordModel] = []

    def load_it(reader: str | None) -> WordModel:
        loaded.append(model)
        return model

    library = Library(settings=load(index=str(tmp_path / "index")), encoder=HashEncoder(), model=Readers(load_it).get)
    library.add([str(files)])
    library.search("南山大桥由谁养护？")
    library.documents()
    assert library.consult([]) == ()
    assert not model.seen
    library.ask("南山大桥由谁养护？")
    library.ask("幼儿园有多少所？")
    library.prepare()
    assert len(loaded) == 1
    assert any("市交通运输局" in stretch.text for stretch in model.seen)
    assert all(stretch.headings for stretch in model.seen), "a model is shown what document it reads"


def test_a_close_call_of_the_search_is_read(files: Path, tmp_path: Path) -> None:
    for name, text in (("a", "大桥的长度由甲处量过。"), ("b", "大桥的长度由乙处量过。")):
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    firsts = {}
    for word in ("甲处", "乙处", ""):
        model = WordModel(word) if word else None
        settings = load(index=str(tmp_path / "index"))
        library = Library(settings=settings, encoder=HashEncoder(), model=Readers(lambda _, model=model: model).get)  # type: ignore[misc]
        library.add([str(files)])
        found = library.search("大桥的长度谁量过？")
        firsts[word] = found[0].text
        assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert "甲处" in firsts["甲处"] and "乙处" in firsts["乙处"], firsts


def test_a_reader_that_cannot_be_loaded_is_told_before_and_with_a_question(files: Path, tmp_path: Path) -> None:
    def refuse(reader: str | None) -> None:
        raise ReaderUnusable(path="/nowhere", detail="nothing there")

    library = Library(settings=load(index=str(tmp_path / "index")), encoder=HashEncoder(), model=refuse)
    assert library.add([str(files)]).added == 2
    with pytest.raises(ReaderUnusable, match="/nowhere"):
        library.prepare()
    for _ in range(2):
        with pytest.raises(ReaderUnusable, match="/nowhere"):
            library.ask("南山大桥由谁养护？")


def test_the_reader_of_the_settings_reads(files: Path, tmp_path: Path) -> None:
    open_for_writing(load(index=str(tmp_path / "index"), reader="none")).add([str(files)])
    library = open_library(load(index=str(tmp_path / "index"), reader="none"))
    library.prepare()
    assert library.ask("南山大桥什么时候通车？").answer == "2022年10月1日"
    missing = open_library(load(index=str(tmp_path / "index"), reader=str(tmp_path / "nowhere")))
    with pytest.raises(ReaderUnusable, match="nowhere"):
        missing.ask("南山大桥什么时候通车？")


def test_each_question_is_read_by_the_reader_that_is_chosen_for_it(files: Path, tmp_path: Path) -> None:
    models = {"mine": WordModel("市交通运输局"), "yours": WordModel("2022年10月1日")}
    settings = load(index=str(tmp_path / "index"), reader="none")
    library = Library(settings=settings, encoder=HashEncoder(), model=Readers(lambda name: models[str(name)]).get)
    library.add([str(files)])
    question = "南山大桥由谁养护？"
    plain, mine = library.ask(question), library.ask(question, reader="mine")
    assert not models["yours"].seen and models["mine"].seen
    library.ask(question, reader="yours")
    assert models["yours"].seen
    assert plain == replace(library.ask(question, reader="none"), timing_ms=plain.timing_ms)
    assert mine.confidence != plain.confidence, "each is calibrated for itself"
    with pytest.raises(KeyError, match="nobody"):
        library.ask(question, reader="nobody")


def test_another_process_of_ours_sees_the_new_state(library: Library, files: Path, tmp_path: Path) -> None:
    library.add([str(files / "bridge.txt")])
    reader = Library(settings=load(index=str(tmp_path / "index")), encoder=HashEncoder(), model=lambda _: None)
    assert len(reader.documents()) == 1
    library.add([str(files)])
    assert len(reader.documents()) == 2


def test_many_threads_ask_at_once(library: Library, files: Path) -> None:
    library.add([str(files)])
    expected = library.ask("南山大桥什么时候通车？")
    answers: list[str] = []

    def ask() -> None:
        answers.extend(library.ask("南山大桥什么时候通车？").answer for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected.answer] * 30


@pytest.mark.parametrize(
    "question",
    ["", "   ", "？", "\x00", "a" * 20_000, "多少" * 5000, "🤔", "\ud800", "' OR 1=1 --", "NOT (AND OR *", "\n\n"],
)
def test_no_question_is_too_strange(library: Library, files: Path, question: str) -> None:
    library.add([str(files)])
    answer = library.ask(question)
    assert answer.question == question
    library.search(question)


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes exist on POSIX alone")
def test_a_file_name_that_is_not_utf8(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    path = os.fsencode(folder) + b"/\xff\xfe.txt"
    Path(os.fsdecode(path)).write_text("南山大桥全长1280米。", encoding="utf-8")
    assert library.add([str(folder)]).added == 1
    assert library.documents()[0].path == os.fsdecode(path)


def test_without_an_index_the_samples_open_read_only() -> None:
    library = open_library(load())
    assert library.read_only
    assert len(library.documents()) == 5
    with pytest.raises(ReadOnlyIndex):
        library.add(["."])
    with pytest.raises(ReadOnlyIndex):
        library.remove(["x"])


def test_an_index_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        open_library(load(index=str(tmp_path / "nothing")))


def test_vanished_files_are_found_by_any_way_to_their_folder(
    library: Library, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([str(files)])
    (files / "bridge.txt").unlink()
    link = tmp_path / "link"
    link.symlink_to(files)
    monkeypatch.chdir(files)
    for way in (str(link), "../文件", "."):
        assert library.add([way]).vanished == 1
    assert library.add(["../文件"], prune=True).removed == 1


def test_an_interruption_inside_a_document_leaves_the_old_index(
    library: Library, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([str(files)])
    before = {record.id for record in library.documents()}
    for name, text in (("bridge.txt", BRIDGE), ("nursery.txt", NURSERY)):
        (files / name).write_text(text + "\n现予公布。\n", encoding="utf-8")
    adding = IndexWriter.add
    added: list[str] = []

    def interrupted(writer: IndexWriter, document: Document, vectors: Vectors) -> None:
        if added:
            raise KeyboardInterrupt
        added.append(document.path)
        adding(writer, document, vectors)

    with monkeypatch.context() as during, pytest.raises(KeyboardInterrupt):
        during.setattr(IndexWriter, "add", interrupted)
        library.add([str(files)])
    assert {record.id for record in library.documents()} == before
    assert library.add([str(files)]).updated == 2


def test_damage_names_the_index_and_not_a_folder_inside_it(library: Library, files: Path, tmp_path: Path) -> None:
    library.add([str(files)])
    (path,) = (tmp_path / "index").rglob("documents.sqlite")
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xa5" * (len(data) - 100))
    for action in (library.documents, lambda: library.document("a"), lambda: library.add([str(files)])):
        with pytest.raises(IndexDamaged) as caught:
            action()
        assert caught.value.facts["folder"] == tmp_path / "index"
        assert len(str(caught.value)) < 400


def test_an_index_that_may_not_be_read_is_not_missing(
    library: Library, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([str(files)])

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "manifest.json")

    monkeypatch.setattr(Path, "stat", refused)
    with pytest.raises(PermissionError):
        library.documents()
