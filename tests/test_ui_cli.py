"""The command line over a fake library: words, shapes, streams and exit codes."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import rag
from tests.fake_library import DOCUMENT, FACT, FOLLOW_UP, TEXT, TITLE, UNKNOWN, FakeBuild
from ui import commands
from ui.cli import main

ESCAPE = "\x1b"


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, object]:
        return json.loads(self.out)


Wenju = Callable[..., Run]


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> FakeBuild:
    fake = FakeBuild()
    monkeypatch.setattr(rag, "build", fake, raising=False)
    return fake


@pytest.fixture
def wenju(build: FakeBuild, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wenju:
    def run(*arguments: str, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = main(arguments)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "index"
    folder.mkdir()
    yield str(folder)


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tests.fake_library", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


# ask


def test_an_answer_comes_with_its_source_and_code_0(wenju: Wenju, index: str) -> None:
    run = wenju("ask", FACT, "--index", index)
    assert run.code == 0
    assert run.out == (
        f"45%\n\n[1] 《{TITLE}》（塘水〔2031〕7号） 一、工程进度，第 2 页\n    水渠长3.2公里，已修好45%。\n"
    )
    assert run.err == ""


def test_an_honest_no_says_why_shows_what_came_closest_and_ends_with_1(wenju: Wenju, index: str) -> None:
    run = wenju("ask", UNKNOWN, "--index", index)
    assert run.code == 1
    assert run.out.startswith("在文件里没有找到写明答案的地方。\n\n最接近的段落")
    assert "2. 《" in run.out
    english = wenju("ask", UNKNOWN, "--index", index, "--lang", "en")
    assert english.out.startswith("No place in the documents")


def test_json_holds_the_contract_and_nothing_else_is_printed(wenju: Wenju, index: str) -> None:
    run = wenju("ask", FACT, "--json", "--index", index)
    answer = run.record
    assert {"question", "answer", "answered", "reason", "kind", "items", "confidence", "citations", "timing_ms"} <= set(
        answer
    )
    (citation,) = answer["citations"]
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert [TEXT[a:b] for a, b in citation["highlights"]] == ["45%"]
    assert run.out.count("\n") == 1 and "45%" in run.out and run.err == ""


def test_a_refusal_in_json_has_words_and_a_code(wenju: Wenju, index: str) -> None:
    run = wenju("ask", UNKNOWN, "--json", "--index", index, "--lang", "en")
    assert (run.code, run.record["answered"], run.record["reason_code"]) == (1, False, "not_stated")
    assert run.record["reason"] == "No place in the documents was found that states the answer."


def test_words_without_quotes_are_one_question(wenju: Wenju, build: FakeBuild, index: str) -> None:
    wenju("ask", "how", "long", "is", "it", "--index", index)
    assert build.opened[0].asked == [("how long is it", ())]


def test_without_an_index_the_samples_answer_and_standard_error_says_so(wenju: Wenju) -> None:
    run = wenju("ask", FACT, "--json")
    assert run.code == 0 and run.record["answer"] == "45%"
    assert "自带的示例" in run.err and run.err.count("\n") == 1


@pytest.mark.parametrize("command", [("ask", FACT), ("search", FACT), ("docs",), ("chat",)])
def test_an_index_that_was_named_and_is_missing_is_code_3_with_the_next_command(
    wenju: Wenju, command: tuple[str, ...]
) -> None:
    run = wenju(*command, "--index", "/nowhere/at/all", "--lang", "en")
    assert run.code == 3 and run.out == ""
    assert run.err == (
        "Error: /nowhere/at/all: no index here; make one with 'wenju index FOLDER --index /nowhere/at/all'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "no question"),
        (("  ",), "no question"),
        (("x", "--file", "y"), "not both"),
        (("x", "--model", "m"), "takes no generator model"),
        (("--file", "/nowhere.jsonl"), "cannot be opened"),
    ],
)
def test_bad_input_is_one_line_and_code_2(wenju: Wenju, arguments: tuple[str, ...], words: str) -> None:
    run = wenju("--lang", "en", "ask", *arguments)
    assert (run.code, run.out) == (2, "")
    assert words in run.err and run.err.count("\n") == 1


# ask --file


def test_a_file_of_questions_gives_a_line_each_in_order_with_history(wenju: Wenju, index: str, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    lines = [{"question": FACT, "id": "a"}, {"question": FOLLOW_UP, "history": [FACT]}, {"question": UNKNOWN}]
    file.write_text("\ufeff" + "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", "utf-8")
    run = wenju("ask", "--file", str(file), "--json", "--index", index)
    assert run.code == 0
    answers = [json.loads(line) for line in run.out.splitlines()]
    assert [answer["answer"] for answer in answers] == ["45%", "3.2公里", ""]
    assert answers[0]["id"] == "a" and "id" not in answers[1]


def test_standard_input_is_read_as_a_file_and_text_shows_the_questions(wenju: Wenju, index: str) -> None:
    line = json.dumps({"question": FOLLOW_UP, "history": [FACT]}).encode()
    run = wenju("ask", "--file", "-", "--index", index, stdin=line)
    assert run.out.startswith(f"# {FOLLOW_UP}\n按“水渠长度”查找\n3.2公里\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[1]", "expected an object"),
        (b'{"q": "x"}', '"question" is missing'),
        (b'{"question": 5}', '"question" is missing'),
        (b'{"question": "x", "history": "y"}', '"history" must be'),
        (b'{"question": "x", "history": [1]}', '"history" must be'),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_malformed_line_is_named_before_anything_is_answered(
    wenju: Wenju, build: FakeBuild, tmp_path: Path, line: bytes, words: str
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(b'{"question": "x"}\n\n' + line + b"\n")
    run = wenju("ask", "--file", str(file), "--json", "--lang", "en")
    assert (run.code, run.out, build.opened) == (2, "", [])
    assert f"{file}, line 3: " in run.err and words in run.err


def test_a_file_without_questions_is_bad_input(wenju: Wenju) -> None:
    assert wenju("ask", "--file", "-", "--json", stdin=b"\n \n").code == 2


# search, docs, index, chat


def test_search_shows_passages_only(wenju: Wenju, index: str) -> None:
    run = wenju("search", "水渠", "--index", index, "--json")
    assert [p["text"] for p in run.record["passages"]] == TEXT.split("\n")[1:]
    assert len(wenju("search", "水渠", "--index", index, "--json", "--top-k", "1").record["passages"]) == 1
    assert wenju("search", "水渠", "--index", index).out.startswith(f"1. 《{TITLE}》")
    assert wenju("search", "zzz", "--index", index).code == 1


def test_docs_lists_and_shows_so_that_a_quote_can_be_checked(wenju: Wenju, index: str) -> None:
    (listed,) = wenju("docs", "--index", index, "--json").record["documents"]
    assert listed["id"] == DOCUMENT and listed["paragraphs"] == 3 and listed["characters"] == len(TEXT)
    shown = wenju("docs", "show", DOCUMENT[:6], "--index", index, "--json").record
    assert shown["text"] == TEXT and shown["metadata"]["number"] == shown["number"]
    assert [TEXT[p["start"] : p["end"]] for p in shown["paragraphs"]] == TEXT.split("\n")
    assert wenju("docs", "list", "--index", index).out.startswith(f"{DOCUMENT}  《{TITLE}》（塘水〔2031〕7号）  3 段")
    assert "\n  文号: 塘水〔2031〕7号\n" in wenju("docs", "show", DOCUMENT, "--index", index).out
    assert wenju("docs", "show", DOCUMENT, "--index", index).out.endswith(f"\n{TEXT}\n")


def test_docs_remove(wenju: Wenju, index: str) -> None:
    assert wenju("docs", "remove", DOCUMENT, "--index", index, "--json").record == {"removed": 1}
    refused = wenju("docs", "remove", "--lang", "en", "zz", "--index", index)
    assert refused.code == 2 and "'zz' names no document" in refused.err
    samples = wenju("docs", "remove", DOCUMENT, "--lang", "en")
    assert samples.code == 2 and "samples cannot be changed" in samples.err


@pytest.mark.parametrize("words", [("lst",), ("list", "x"), ("show",), ("show", "a", "b"), ("remove",)])
def test_docs_with_the_wrong_words_is_code_2(wenju: Wenju, words: tuple[str, ...]) -> None:
    run = wenju("docs", *words)
    assert run.code == 2 and run.out == "" and run.err.count("\n") == 1


def test_index_reports_counts_and_what_failed(wenju: Wenju, index: str) -> None:
    run = wenju("index", "good", "bad.pdf", "--index", index, "--json", "--lang", "en")
    assert run.code == 0
    assert run.record["failed"] == [{"path": "bad.pdf", "why": "bad.pdf: cannot be used"}]
    assert {"added", "updated", "unchanged", "removed", "failed", "paragraphs", "seconds"} <= set(run.record)
    text = wenju("index", "good", "bad.pdf", "--index", index)
    assert text.out.startswith("新增 1，更新 0，未变 0，移除 0，没能索引 1；写入 3 段，用时 1.2 秒。")
    assert "bad.pdf：无法使用" in text.err and "--prune" in text.err
    assert "--prune" not in wenju("index", "good", "--prune", "--index", index).err


def test_index_of_nothing_usable_or_nowhere_is_code_2(wenju: Wenju) -> None:
    assert wenju("index", "bad.pdf").code == 2
    run = wenju("index", "nowhere")
    assert run.code == 2 and run.err == "错误：nowhere：没有这个文件或文件夹\n"


def test_chat_keeps_the_thread_until_told_otherwise(wenju: Wenju, build: FakeBuild, index: str) -> None:
    typed = f"{FACT}\n{FOLLOW_UP}\n:new\n{FOLLOW_UP}\n:what\n:q\n{FACT}\n"
    run = wenju("chat", "--index", index, stdin=typed.encode())
    assert run.code == 0
    assert build.opened[0].asked == [(FACT, ()), (FOLLOW_UP, (FACT,)), (FOLLOW_UP, ())]
    assert run.out.startswith("45%\n\n[1]") and "按“水渠长度”查找" in run.err and ":what" in run.err


# languages


def test_the_language_may_stand_before_or_after_the_command(wenju: Wenju) -> None:
    for arguments in (
        ("--lang", "en", "ask", "--help"),
        ("ask", "--lang=en", "--help"),
        ("ask", "--help", "--lang", "en"),
    ):
        assert wenju(*arguments).out.startswith("Usage: wenju ask [OPTIONS] [QUESTION]")
    assert wenju("ask", "--help").out.startswith("用法：wenju ask [选项] [问题]")


def test_the_locale_decides_and_a_broken_settings_file_does_not_stop_help(
    wenju: Wenju, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    (own_home / "wenju.toml").write_text("top_k = [", "utf-8")
    assert wenju("--help").out.startswith("Usage:")
    run = wenju("docs")
    assert run.code == 2 and "wenju.toml" in run.err and run.err.startswith("Error:")


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (("aks",), "没有命令 aks；是不是 ask？", "no such command 'aks'; did you mean ask?"),
        (("ask", "--jsn"), "没有选项 --jsn；是不是 --json？", "no such option --jsn; did you mean --json?"),
        (("search",), "缺少 问题", "missing QUESTION"),
        (("index",), "缺少 路径...", "missing PATH..."),
        (("ask", "--index"), "选项 --index 后面要有值", "option --index requires a value"),
        (("ask", "--json=1"), "选项 --json 不带值", "option --json takes no value"),
        (
            ("serve", "--port", "x"),
            "--port 的值不对：“x”不是整数",
            "invalid value for --port: 'x' is not a whole number",
        ),
        (("search", "x", "--top-k", "0"), "0 不在 1 到 100 之间", "0 is not between 1 and 100"),
        (("serve", "more"), "多出的参数 more", "unexpected argument more"),
        (("ask", "x", "--index", ""), "--index 的值不对：里面什么也没有", "invalid value for --index: it is empty"),
    ],
)
def test_usage_errors_speak_both_languages(
    wenju: Wenju, arguments: tuple[str, ...], chinese: str, english: str
) -> None:
    for language, words in (("zh", chinese), ("en", english)):
        run = wenju("--lang", language, *arguments)
        assert run.code == 2 and run.out == ""
        assert words in run.err and "--help" in run.err


def test_an_unknown_language_is_a_usage_error(wenju: Wenju) -> None:
    run = wenju("ask", "x", "--lang", "fr")
    assert run.code == 2 and "“fr”不是 zh、en 之一" in run.err


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_help_page_is_in_one_language(language: str) -> None:
    group = commands.tree("zh" if language == "zh" else "en")
    for name in ("", *group.commands):
        page = CliRunner().invoke(group, [*name.split(), "--help"]).output
        assert ("Show this message" in page) == (language == "en")
        assert any("\u4e00" <= character <= "\u9fff" for character in page) == (language == "zh")
        assert "..." not in page.replace("PATH...", "").replace("ARGS]...", "").replace("路径...", "").replace(
            "参数]...", ""
        ).replace("ID...", "").replace("编号...", "")


def test_no_command_shows_the_help_and_is_bad_usage(wenju: Wenju) -> None:
    run = wenju()
    assert (run.code, run.out) == (2, "") and "doctor" in run.err
    assert wenju("--version").out.startswith("wenju ")


# what goes wrong, and the streams


def test_the_unforeseen_is_one_line_and_a_traceback_only_on_request(
    wenju: Wenju, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = wenju("ask", "boom", "--lang", "en")
    assert run.code == 2 and run.err.splitlines()[-1] == (
        "Error: Internal error (RuntimeError: wires crossed); set WENJU_DEBUG=1 and run it again for the traceback."
    )
    assert "Traceback" not in run.err
    monkeypatch.setenv("WENJU_DEBUG", "1")
    assert "Traceback" in wenju("ask", "boom").err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [(KeyboardInterrupt(), 130, "Interrupted."), (OSError(28, "No space left on device", "/x"), 2, "/x: No space")],
)
def test_interruptions_and_full_disks(
    wenju: Wenju, build: FakeBuild, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    def fail(settings: object) -> None:
        raise error

    monkeypatch.setattr(build, "open_library", fail)
    run = wenju("ask", FACT, "--lang", "en")
    assert run.code == code and words in run.err and "Traceback" not in run.err


def test_nothing_of_a_document_reaches_the_terminal_as_a_command(wenju: Wenju, index: str) -> None:
    for arguments in (("docs",), ("docs", "show", DOCUMENT), ("ask", UNKNOWN), ("search", "x")):
        run = wenju(*arguments, "--index", index)
        assert run.out and ESCAPE not in run.out and "\x07" not in run.out


def test_a_file_name_that_is_no_text_survives_json(wenju: Wenju, index: str) -> None:
    (listed,) = wenju("docs", "--index", index, "--json").record["documents"]
    assert os.fsencode(listed["path"]).endswith(b"\xff\x1b[31m.txt")


def test_json_is_utf8_in_any_locale() -> None:
    done = process("ask", FACT, "--json", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["question"] == FACT
    text = process("ask", FACT, PYTHONIOENCODING="gbk:strict", LANG="zh_CN.GBK")
    assert text.returncode == 0 and TITLE in text.stdout.decode("gbk")


@pytest.mark.parametrize("arguments", [f"docs show {DOCUMENT}", "docs show nothing 2>&1", "ask --json x 2>&1"])
def test_a_reader_that_leaves_early_is_no_error(arguments: str) -> None:
    # The pipe's other end is gone before Python has started: the first write already fails.
    command = f"{{ {sys.executable} -m tests.fake_library {arguments}; echo code $? >&3; }} 3>&2 | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr.endswith("code 0\n") and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("command", [[], ["eval"]])
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    heavy = "{'torch', 'gradio', 'faiss', 'transformers', 'sentence_transformers', 'numpy', 'tqdm', 'pydantic'}"
    script = (
        f"import sys; from ui.cli import main; code = main({[*command, '--help']}); "
        f"print({heavy} & set(sys.modules), code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set() 0\n")


@pytest.mark.parametrize("closed", ["1", "2", "0"])
def test_a_stream_that_is_closed_is_no_error(closed: str) -> None:
    redirection = "<&-" if closed == "0" else f"{closed}>&-"
    command = f"{sys.executable} -m tests.fake_library {'chat' if closed == '0' else f'ask {FACT}'} {redirection}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "Error" not in done.stderr and "错误" not in done.stderr, done.stderr


def test_a_home_that_leads_nowhere_is_bad_input(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_HOME", "~nobody-of-this-name/x")
    run = wenju("ask", FACT, "--lang", "en")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert "the index has no place" in run.err and "WENJU_HOME" in run.err
    monkeypatch.delenv("WENJU_HOME")
    assert "no place" in wenju("docs", "--index", "~nobody-of-this-name/x", "--lang", "en").err


def test_an_index_in_the_place_of_a_file_is_refused(wenju: Wenju, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("x", "utf-8")
    run = wenju("index", str(tmp_path), "--index", str(file), "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert run.err == f"Error: {file}: this is a file; an index is a folder, so name another with --index\n"


def test_a_search_for_nothing_is_bad_input(wenju: Wenju, index: str) -> None:
    run = wenju("search", "  ", "--index", index, "--json", "--lang", "en")
    assert (run.code, run.out, run.err) == (2, "", "Error: no question; put it in quotes\n")
