"""The list of kept conversations: found, opened, renamed, deleted, taken away; whatever comes in."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest

from rag.settings import Settings
from tests.test_ui_conversation_store import ANSWERED, FAILED, REFUSED
from ui.conversation_store import Head, Kept
from ui.language import Language
from ui.page_download import Download
from ui.page_exchange import Exchange
from ui.page_history import history_html, moment
from ui.page_history_handlers import HistoryHandlers
from ui.page_person import HEADER, SOMEBODY, person
from ui.takeaway.files import taken
from ui.takeaway.lines import plain

HOSTILE = "<script>x</script> **b** [a](javascript:1) ${1}\x00\ud800"


@pytest.fixture
def history(tmp_path: Path) -> HistoryHandlers:
    return HistoryHandlers(Settings(home=tmp_path, index=tmp_path / "default"))


def test_a_conversation_is_kept_under_one_id_and_opened_again(history: HistoryHandlers) -> None:
    id, problem = history.keep("ann", "", (ANSWERED,), "zh")
    assert id and not problem
    assert history.keep("ann", id, (ANSWERED, REFUSED), "zh") == (id, "")
    assert history.open("ann", id, "zh") == (id, (ANSWERED, REFUSED), "")
    shown = history.listed("ann", id, "", "zh")
    assert shown.count("<li ") == 1 and 'aria-current="true"' in shown and "2 问" in shown
    assert "<li " not in history.listed("bob", id, "", "zh")


def test_nothing_is_kept_of_a_conversation_without_an_answer(history: HistoryHandlers) -> None:
    assert history.keep("ann", "", (Exchange(question="等着"),), "zh") == ("", "")
    assert "还没有对话" in history.listed("ann", "", "", "zh")


@pytest.mark.parametrize("id", ["../../etc/passwd", 7, None, "0" * 16, {"a": 1}])
def test_what_is_not_there_is_said(history: HistoryHandlers, id: object) -> None:
    assert history.open("ann", id, "zh") == ("", (), "这段对话已经不在了。")
    assert history.rename("ann", id, "x", "en") == "This conversation is no longer there."
    assert history.remove("ann", id, "zh")


def test_a_disk_that_takes_nothing_loses_no_answer(history: HistoryHandlers, tmp_path: Path) -> None:
    (tmp_path / "conversations").write_text("a file in the way")
    id, problem = history.keep("ann", "", (ANSWERED,), "zh")
    assert id == "" and problem.startswith("这段对话没有存下来")
    assert problem in history.listed("ann", "", "", "zh", problem).replace("&#x27;", "'")


@pytest.mark.parametrize("wanted", ["绿化", None, 7, "猫" * 10_000, "\ud800"])
def test_whatever_is_sought(history: HistoryHandlers, wanted: object) -> None:
    history.keep("ann", "", (ANSWERED,), "zh")
    assert ("没有找到" in history.listed("ann", "", wanted, "zh")) == isinstance(wanted, str)


def test_names_are_escaped_and_the_day_is_told() -> None:
    shown = history_html([Head(id="0" * 16, first=HOSTILE)], "", "zh")
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "\x00" not in shown
    now = time.mktime((2026, 3, 1, 0, 30, 0, 0, 0, -1))
    at = time.mktime((2026, 2, 28, 23, 5, 0, 0, 0, -1))
    assert moment(now, "zh", now) == "今天 00:30" and moment(at, "en", now) == "yesterday 23:05"
    assert moment(at, "zh", now + 86400) == "2026-02-28"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_taken_away_in_three_forms(history: HistoryHandlers, language: Language) -> None:
    id, _ = history.keep("ann", "", (ANSWERED, REFUSED, FAILED), "zh")
    forms = {form: history.take("ann", id, form, language) for form in ("md", "docx", "html")}
    words = ["园区共有多少个？", "12个", "《园区办法》（青发〔2024〕7号）", "谁喂的猫？", "共12个。"]
    text = {form: found.content.decode() for form, found in forms.items() if found and form != "docx"}
    assert forms["docx"] is not None
    written = docx.Document(io.BytesIO(forms["docx"].content))
    text["docx"] = "\n".join(paragraph.text for paragraph in written.paragraphs)
    for form, said in text.items():
        assert [word for word in words if word not in said] == [], form
    marked = [run.text for p in written.paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert marked == ["12个"] and "共<mark>12个</mark>。" in text["html"] and "共<mark>12个</mark>。" in text["md"]
    assert history.take("bob", id, "md", language) is None and history.take("ann", id, "exe", language) is None


def test_a_hostile_conversation_harms_no_form() -> None:
    kept = Kept(head=Head(id="0" * 16, title=f"../{HOSTILE}"), exchanges=(Exchange(question=HOSTILE, error=HOSTILE),))
    files: dict[str, Download] = {form: taken(kept, form, "zh") for form in ("md", "docx", "html")}
    assert "<script>" not in files["html"].content.decode() and "<script>" not in files["md"].content.decode()
    assert zipfile.ZipFile(io.BytesIO(files["docx"].content)).testzip() is None
    for each in files.values():
        assert "/" not in each.name and each.headers["content-disposition"].isascii()
        assert "\n" not in each.headers["content-disposition"]


def test_the_block_of_text_for_a_mail() -> None:
    assert plain(ANSWERED, "zh").splitlines() == [
        "问：园区共有多少个？",
        "（只问：2024）",
        "答：12个",
        "不同文件的说法不一致：",
        "12个 [1] 《园区办法》（青发〔2024〕7号） · 2024-03-01 · 最新",
        "把握 75%",
        "依据：",
        "[1] 《园区办法》（青发〔2024〕7号），2024年3月1日，第三条：“共12个。”",
    ]
    assert "Nothing" not in plain(FAILED, "en") and plain(FAILED, "en").startswith("Q: 还在吗？\nA: ")


def test_only_what_the_guard_says_names_a_person() -> None:
    assert person({HEADER: "ab" * 16}) == "ab" * 16
    for said in ("", "../x", "AB" * 16, "a", "ab" * 40):
        assert person({HEADER: said}) == SOMEBODY == person({})
