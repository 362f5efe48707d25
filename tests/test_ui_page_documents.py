"""What happens in the list of documents: added by path, several removed, files looked at again, what it all takes."""

import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ReadOnlyIndex, UnknownDocument
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui import presence
from ui.footprint import bytes_in, megabytes
from ui.page_desk import Desk, Refreshed, Step
from ui.page_documents import DocumentsHandlers, one_place
from ui.page_files import explain
from ui.page_jobs import Ended, Jobs, Outcome
from ui.page_listing import View
from ui.page_paths import Places

PARKS = "青禾市产业园区情况\n文号：青发〔2024〕7号\n发文机关：青禾市政府\n成文日期：2024-03-01\n共有园区12个。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "sub").mkdir(parents=True)
    (folder / "parks.txt").write_text(PARKS, encoding="utf-8")
    (folder / "sub" / "roads.txt").write_text("白石省道路\n共有道路3条。\n", encoding="utf-8")
    return folder.resolve()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    sample = tmp_path / "sample.txt"
    sample.write_text("样例\n", encoding="utf-8")
    samples: Any = FakeLibrary([read(sample)], read_only=True)
    settings = Settings(home=tmp_path / "home", index=tmp_path / "home" / "default", max_file_mb=0.001)
    return Desk(samples, settings, lambda given: FakeLibrary(max_bytes=given.max_file_bytes))  # type: ignore[arg-type,return-value]


@pytest.fixture
def handlers(desk: Desk, tmp_path: Path, folder: Path) -> DocumentsHandlers:
    settings = Settings(home=tmp_path / "home", index=tmp_path / "home" / "default")
    return DocumentsHandlers(desk, settings, tmp_path / "incoming", Places(allowed=(folder,)))


def add(handlers: DocumentsHandlers, said: object = ".") -> str:
    *_, last = handlers.add_path(said, "zh")
    return last


# adding by path


def test_a_folder_is_added_where_it_lies_with_a_step_for_each_file(handlers: DocumentsHandlers, folder: Path) -> None:
    (folder / "bad.xyz").write_text("x")
    steps = list(handlers.add_path(str(folder), "zh"))
    assert any("own/parks.txt" in step and 'role="progressbar"' in step for step in steps)
    assert "已添加 2 份" in steps[-1] and "own/bad.xyz" in steps[-1] and str(folder.parent) not in steps[-1]
    assert {record.path for record in handlers.desk.documents()} == {
        str(folder / "parks.txt"),
        str(folder / "sub" / "roads.txt"),
    }
    assert not handlers.desk.read_only and not handlers.desk.uploads.root.exists()


@pytest.mark.parametrize(
    "said", ["../sample.txt", "/etc/passwd", "nowhere.txt", "", None, ["parks.txt"], "<img src=x>"]
)
def test_what_may_not_be_added_is_one_line(handlers: DocumentsHandlers, said: object) -> None:
    shown = list(handlers.add_path(said, "zh"))
    assert len(shown) == 1 and 'role="alert"' in shown[0] and "<img" not in shown[0]
    assert handlers.desk.read_only


def test_the_field_is_there_only_where_a_folder_is_allowed(handlers: DocumentsHandlers, folder: Path) -> None:
    assert "data-path" in handlers.adding("zh") and str(folder) in handlers.adding("zh")
    handlers.places = Places()
    assert "data-path" not in handlers.adding("zh") and "data-limit" in handlers.adding("zh")
    assert "只能添加" in add(handlers, "parks.txt")


def test_hidden_files_of_a_chosen_folder_are_left_out(handlers: DocumentsHandlers, tmp_path: Path) -> None:
    (tmp_path / "incoming").mkdir()
    sent = []
    for name in ("文件夹/好.txt", "文件夹/.DS_Store", "~$好.docx", "文件夹/下载.part"):
        path = tmp_path / "incoming" / f"{len(sent)}"
        path.write_text("好文件\n", encoding="utf-8")
        sent.append({"path": str(path), "orig_name": name})
    *_, last = handlers.upload(sent, "zh", folder=True)
    assert "已添加 1 份" in last and "failures" not in last
    assert list((tmp_path / "incoming").iterdir()) == []


# the list


def test_a_row_says_what_is_known(handlers: DocumentsHandlers) -> None:
    add(handlers)
    record = next(each for each in handlers.desk.documents() if each.title.startswith("青禾"))
    handlers.desk.library.came[record.id] = datetime(2026, 3, 2, 12, tzinfo=UTC)  # type: ignore[attr-defined]
    shown = re.sub("<[^>]+>", "", handlers.files("zh"))
    for fact in ("青发〔2024〕7号", "青禾市政府", "2024-03-01", "5 段", "TXT", "2026-03-02 入库"):
        assert fact in shown
    assert "找到 1 份，共 2 份" in handlers.files("zh", View(words="園區"))
    assert "没有符合的文件" in handlers.files("zh", View(words="没有这个"))
    assert handlers.finder(View(), "zh").count("<select") == 3


def test_details_open_the_document_where_it_says_so(handlers: DocumentsHandlers, folder: Path) -> None:
    add(handlers)
    record = next(each for each in handlers.desk.documents() if each.title.startswith("青禾"))
    library: Any = handlers.desk.library
    document = library.document(record.id)
    start = document.text.index("青发〔2024〕7号")
    stated = {"number": ((start, start + 10),), "title": ((0, 9),)}
    library._documents[record.id] = type(document)(**{**vars(document), "stated": stated})
    shown = handlers.files("zh", View(opened=record.id))
    assert f'data-open="{record.id}" data-field="number"' in shown and 'data-field="issuer"' not in shown
    assert str(folder / "parks.txt") in shown
    source = handlers.listed(record.id, "number")
    assert source is not None and source.quote == (start, start + 10) == source.highlights[0]
    for field in (None, "issuer", "nothing", 7, ["number"]):
        source = handlers.listed(record.id, field)
        assert source is not None and source.quote is None
    assert handlers.listed("nothing", "number") is None is handlers.listed([], "number")


def test_only_what_stands_together_is_shown_as_one_place() -> None:
    assert one_place([(10, 20), (30, 40), (500, 510)]) == ((10, 20), (30, 40))
    assert one_place([(500, 510), (10, 20)]) == ((10, 20),)
    assert one_place([]) == () == one_place([(5, 5)])


@pytest.mark.parametrize("wrong", [None, "x", [], {}, True, 1.5])
def test_clicks_that_say_nonsense_change_nothing(handlers: DocumentsHandlers, wrong: object) -> None:
    view = View(words="a", page=2)
    assert handlers.turned(view, wrong) == view
    assert handlers.looked_into(View(), wrong).opened == ("x" if wrong == "x" else "")
    assert 'role="alert"' in handlers.remove(wrong, "zh")
    assert handlers.files("zh", handlers.turned(view, 10**30))


# removing


def test_several_are_removed_and_those_that_are_gone_already_do_not_matter(handlers: DocumentsHandlers) -> None:
    with pytest.raises(ReadOnlyIndex):
        handlers.desk.remove_all([handlers.desk.documents()[0].id])
    add(handlers)
    ids = [each.id for each in handlers.desk.documents()]
    assert "已移除 2 份" in handlers.remove([*ids, "gone", 7, None], "zh")
    assert handlers.desk.documents() == ()
    assert 'role="alert"' in handlers.remove(ids, "zh")
    with pytest.raises(UnknownDocument):
        handlers.desk.remove_all([])


# looking again


def test_what_changed_is_read_again_and_what_is_gone_is_offered(handlers: DocumentsHandlers, folder: Path) -> None:
    add(handlers)
    (folder / "parks.txt").write_text(PARKS + "又添3个。\n", encoding="utf-8")
    (folder / "sub" / "roads.txt").unlink()
    *steps, last = handlers.desk.refresh()
    assert isinstance(last, Refreshed) and any(isinstance(step, Step) for step in steps)
    assert (last.report.updated, last.report.unchanged) == (1, 0)
    assert [record.title for record in last.gone] == ["白石省道路"]
    *_, shown = handlers.refresh("zh")
    assert "1 份没有变化" in shown and "1 份的原文件已经不在" in shown and "data-drop-gone" in shown
    assert "已移除《白石省道路》" in handlers.remove_gone("zh")
    assert [record.title for record in handlers.desk.documents()] == ["青禾市产业园区情况"]
    assert 'role="alert"' in handlers.remove_gone("zh")
    *_, shown = handlers.refresh("zh")
    assert "没有原文件已经不在的" in shown


def test_the_samples_are_not_looked_at_again(handlers: DocumentsHandlers) -> None:
    assert "不能修改" in list(handlers.refresh("zh"))[-1]
    assert "data-refresh" not in handlers.foot("zh") and "MB" not in handlers.foot("zh")


def test_a_file_that_cannot_be_looked_at_is_not_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    assert presence.is_gone(tmp_path / "x") and not presence.is_there(tmp_path / "x")
    monkeypatch.setattr(Path, "lstat", refuse)
    monkeypatch.setattr(Path, "exists", refuse)
    assert not presence.is_gone(tmp_path / "x") and not presence.is_there(tmp_path / "x")


# the foot


def test_the_foot_counts_and_weighs(handlers: DocumentsHandlers, tmp_path: Path) -> None:
    add(handlers)
    handlers.desk.uploads.root.mkdir(parents=True)
    (handlers.desk.uploads.root / "a.txt").write_bytes(b"x" * 1_230_000)
    shown = handlers.foot("zh")
    assert "共 2 份文件，7 段" in shown and "上传文件 1.2 MB" in shown and "索引 0 MB" in shown
    (tmp_path / "twice").hardlink_to(handlers.desk.uploads.root / "a.txt")
    (tmp_path / "thrice").hardlink_to(tmp_path / "twice")
    assert bytes_in(tmp_path) < 2 * 1_230_000
    assert [megabytes(size) for size in (0, 1, 99_900, 12_340_000, 123_400_000)] == ["0", "0.1", "0.1", "12.3", "123"]


# jobs


def test_jobs_wait_for_each_other_and_say_so() -> None:
    jobs, go = Jobs(), threading.Event()

    def slow(tell: Any) -> str:
        tell(Step(done=0, total=1, name="a"))
        go.wait(5)
        return "slow"

    first = jobs.run(slow)
    assert next(first) == Step(done=0, total=1, name="a") == jobs.step
    second = jobs.run(lambda tell: "quick")
    assert next(second) == Step(done=0, total=0, name="")
    go.set()
    assert list(first) == [Outcome(value="slow")] and list(second) == [Outcome(value="quick")]
    assert jobs.step is None


def test_at_the_end_the_running_job_stops_at_its_next_step_and_none_begins() -> None:
    jobs, began, go = Jobs(), threading.Event(), threading.Event()
    done: list[str] = []

    def work(tell: Any) -> None:
        began.set()
        go.wait(5)
        tell(Step(done=0, total=2, name="a"))
        done.append("a")

    job = jobs.submit(work)
    later = jobs.submit(lambda tell: done.append("later"))
    began.wait(5)
    jobs.close()
    go.set()
    with pytest.raises(Ended):
        job.result(5)
    assert later.cancelled() and done == []
    with pytest.raises(Ended) as ended:
        jobs.wait(lambda tell: None)
    assert explain(ended.value, "zh") == "程序正在退出，没有做完；已经读完的都留着。"
    assert "the program is ending" in explain(ended.value, "en")


def test_the_list_answers_while_a_job_is_at_work(handlers: DocumentsHandlers, monkeypatch: pytest.MonkeyPatch) -> None:
    add(handlers, "parks.txt")
    go, library = threading.Event(), handlers.desk.library
    add_really = library.add

    def slow(paths: Any, **more: Any) -> Any:
        go.wait(5)
        return add_really(paths, **more)

    monkeypatch.setattr(library, "add", slow)
    job = handlers.desk.jobs.submit(lambda tell: handlers.desk._refresh(tell))
    assert "12个" in handlers.desk.ask("共有园区几个", ()).answer
    assert "青禾市产业园区情况" in handlers.files("zh")
    go.set()
    job.result(5)
