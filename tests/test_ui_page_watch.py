"""Folders that are watched: real files, the system's own notices, and a library that can be computed in the head."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.errors import IndexBusy
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui import page_watch
from ui.page_desk import Desk
from ui.page_documents import DocumentsHandlers
from ui.page_paths import Places
from ui.page_watch import Watch

WAIT = 15.0


def until(found: Callable[[], object]) -> None:
    end = time.monotonic() + WAIT
    while not found():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = (tmp_path / "watched").resolve()
    folder.mkdir()
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    sample = tmp_path / "sample.txt"
    sample.write_text("样例\n", encoding="utf-8")
    samples: Any = FakeLibrary([read(sample)], read_only=True)
    settings = Settings(home=tmp_path / "home", index=tmp_path / "home" / "default")
    return Desk(samples, settings, lambda given: FakeLibrary(max_bytes=10**4))  # type: ignore[arg-type,return-value]


@pytest.fixture
def begin(desk: Desk, folder: Path) -> Iterator[Callable[[], Watch]]:
    begun: list[Watch] = []

    def start() -> Watch:
        begun.append(Watch(desk, [folder], "zh", quiet=0.2))
        begun[-1].start()
        return begun[-1]

    yield start
    desk.jobs.close()
    for watch in begun:
        watch.close()


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def titles(desk: Desk) -> set[str]:
    return {record.title for record in desk.documents()}


def state(desk: Desk) -> str:
    return desk.journal.watched[0].state


def test_files_come_change_and_go(
    desk: Desk, folder: Path, begin: Callable[[], Watch], capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.txt", "甲")
    begin()
    until(lambda: titles(desk) == {"甲"} and not desk.read_only)
    write(folder / "sub" / "b.txt", "乙")
    until(lambda: titles(desk) == {"甲", "乙"})
    write(folder / "a.txt", "甲二")
    until(lambda: titles(desk) == {"甲二", "乙"})
    (folder / "a.txt").unlink()
    until(lambda: titles(desk) == {"乙"} and desk.journal.latest and desk.journal.latest.dropped == 1)
    said = capsys.readouterr().err.splitlines()
    assert [line.rpartition("：")[2] for line in said if "新增" in line or "更新" in line or "移除" in line] == [
        "新增 1",
        "新增 1",
        "更新 1",
        "移除 1",
    ]


def test_a_renamed_file_and_a_renamed_folder(desk: Desk, folder: Path, begin: Callable[[], Watch]) -> None:
    write(folder / "a.txt", "甲")
    write(folder / "one" / "b.txt", "乙")
    begin()
    until(lambda: titles(desk) == {"甲", "乙"})
    (folder / "a.txt").rename(folder / "c.txt")
    (folder / "one").rename(folder / "two")
    wanted = {str(folder / "c.txt"), str(folder / "two" / "b.txt")}
    until(lambda: {record.path for record in desk.documents()} == wanted)


def test_a_folder_moved_in_and_out(desk: Desk, folder: Path, tmp_path: Path, begin: Callable[[], Watch]) -> None:
    write(folder / "a.txt", "甲")
    begin()
    until(lambda: titles(desk) == {"甲"})
    write(tmp_path / "outside" / "x" / "b.txt", "乙")
    (tmp_path / "outside").rename(folder / "inside")
    until(lambda: titles(desk) == {"甲", "乙"})
    (folder / "inside").rename(tmp_path / "outside")
    until(lambda: titles(desk) == {"甲"})


def test_what_is_hidden_unfinished_or_leads_out_is_left_alone(
    desk: Desk, folder: Path, tmp_path: Path, begin: Callable[[], Watch]
) -> None:
    write(tmp_path / "secret.txt", "秘密")
    begin()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    for name in (".hidden.txt", "~$office.txt", "half.txt.part", "x.tmp", ".git/d.txt"):
        write(folder / name, "不该")
    write(folder / "whole.txt.part", "下载完了").rename(folder / "whole.txt")
    until(lambda: titles(desk) == {"下载完了"})
    time.sleep(0.6)
    assert titles(desk) == {"下载完了"} and not desk.journal.watched[0].failing


def test_a_file_that_is_being_written_is_waited_for(
    desk: Desk, folder: Path, begin: Callable[[], Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.txt", "甲")
    begin()
    until(lambda: titles(desk) == {"甲"})
    added: list[str] = []
    add = FakeLibrary.add

    def noting(self: FakeLibrary, paths: Any, **more: Any) -> Any:
        added.extend(Path(path).read_text(encoding="utf-8") for path in paths)
        return add(self, paths, **more)

    monkeypatch.setattr(FakeLibrary, "add", noting)
    with (folder / "slow.txt").open("w", encoding="utf-8") as file:
        for _ in range(15):
            file.write("一行\n")
            file.flush()
            time.sleep(0.05)
    until(lambda: added)
    assert added == ["一行\n" * 15]


def test_what_cannot_be_read_is_told_until_it_can(
    desk: Desk, folder: Path, begin: Callable[[], Watch], tmp_path: Path
) -> None:
    write(folder / "picture.xyz", "x")
    write(folder / "a.txt", "甲")
    begin()
    until(lambda: titles(desk) == {"甲"})
    assert not desk.journal.watched[0].failing, "what lay there before and is none of our formats"
    (folder / "empty.txt").touch()
    write(folder / "later.xyz", "x")
    until(lambda: desk.journal.watched[0].failing.keys() == {"empty.txt", "later.xyz"})
    shown = DocumentsHandlers(desk, desk._settings, tmp_path, Places()).activity("zh")
    assert "2 份没能读取" in shown and "empty.txt" in shown and str(folder / "empty.txt") not in shown
    write(folder / "empty.txt", "不空了")
    (folder / "later.xyz").unlink()
    until(lambda: titles(desk) == {"甲", "不空了"} and not desk.journal.watched[0].failing)


def test_what_went_while_nobody_was_watching_is_dropped(desk: Desk, folder: Path, begin: Callable[[], Watch]) -> None:
    for name in "甲乙":
        write(folder / f"{name}.txt", name)
    list(desk.add_path(folder))
    (folder / "甲.txt").unlink()
    begin()
    until(lambda: titles(desk) == {"乙"})


def test_a_folder_that_is_gone_or_empty_costs_no_document(
    desk: Desk, folder: Path, tmp_path: Path, begin: Callable[[], Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_watch, "RESCAN", 0.3)
    write(folder / "a.txt", "甲")
    begin()
    until(lambda: titles(desk) == {"甲"} and state(desk) == "well")
    folder.rename(tmp_path / "elsewhere")
    until(lambda: state(desk) == "gone")
    folder.mkdir()  # a disk that is not mounted leaves an empty folder
    until(lambda: state(desk) == "empty")
    time.sleep(0.8)
    assert titles(desk) == {"甲"}
    shutil.rmtree(folder)
    write(tmp_path / "elsewhere" / "b.txt", "乙")
    (tmp_path / "elsewhere").rename(folder)
    until(lambda: titles(desk) == {"甲", "乙"} and state(desk) == "well")
    (folder / "a.txt").unlink()
    until(lambda: titles(desk) == {"乙"})


def test_an_empty_folder_leaves_the_samples_open(desk: Desk, folder: Path, begin: Callable[[], Watch]) -> None:
    begin()
    time.sleep(0.8)
    assert desk.read_only and titles(desk) == {"样例"} and state(desk) == "well"
    write(folder / "a.txt", "甲")
    until(lambda: titles(desk) == {"甲"})


def test_another_program_that_writes_is_waited_for(
    desk: Desk, folder: Path, begin: Callable[[], Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_watch, "AGAIN", 0.2)
    add, refused = FakeLibrary.add, []

    def busy(self: FakeLibrary, paths: Any, **more: Any) -> Any:
        if len(refused) < 2:
            refused.append(paths)
            raise IndexBusy(folder="x")
        return add(self, paths, **more)

    monkeypatch.setattr(FakeLibrary, "add", busy)
    write(folder / "a.txt", "甲")
    begin()
    until(lambda: titles(desk) == {"甲"})
    assert len(refused) == 2


def test_the_programs_own_folder_in_it_is_not_watched(desk: Desk, tmp_path: Path) -> None:
    write(tmp_path / "home" / "uploads" / "u.txt", "上传的")
    write(tmp_path / "docs" / "a.txt", "甲")
    watch = Watch(desk, [tmp_path.resolve()], "zh", quiet=0.1)
    watch.start()
    try:
        until(lambda: "甲" in titles(desk))
        assert "上传的" not in titles(desk)
    finally:
        desk.jobs.close()
        watch.close()


def test_without_notices_the_folder_is_looked_through(
    desk: Desk, folder: Path, begin: Callable[[], Watch], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    from watchdog.observers import Observer

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", refuse)
    monkeypatch.setattr(page_watch, "RESCAN_ALONE", 0.2)
    begin()
    write(folder / "a.txt", "甲")
    until(lambda: titles(desk) == {"甲"})
    (folder / "a.txt").unlink()
    until(lambda: titles(desk) == set())
    assert "inotify watch limit reached" in capsys.readouterr().err


def test_it_ends_at_once(desk: Desk, folder: Path, begin: Callable[[], Watch]) -> None:
    watch = begin()
    until(lambda: state(desk) == "well" and watch._observer is not None)
    started = time.monotonic()
    desk.jobs.close()
    watch.close()
    assert time.monotonic() - started < 3 and not watch._thread.is_alive()
