"""The commands over the real library: a folder of documents in, a cited answer out, and gone when the file is gone."""

import json
from pathlib import Path

import pytest

from ui.cli import main

NOTICE = "东塘村通知\n\n水渠全长3.2公里，已修好45%。\n\n工程预算120万元，由东塘水务站负责。\n"


def test_index_ask_check_the_quote_change_and_prune(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENJU_THRESHOLD", "0")  # how sure the reader has to be is not what is tested here
    folder, index = tmp_path / "documents", str(tmp_path / "index")
    folder.mkdir()
    notice = folder / "notice.txt"
    notice.write_text(NOTICE, "utf-8")
    (folder / "empty.txt").touch()

    def wenju(*arguments: str, code: int = 0) -> dict[str, object]:
        assert main([*arguments, "--index", index, "--json"]) == code
        said = capsys.readouterr()
        return json.loads(said.out) if said.out else {"error": said.err}

    assert "wenju index" in str(wenju("ask", "预算多少", code=3)["error"])
    first = wenju("index", str(folder))
    assert (first["added"], first["unchanged"], first["paragraphs"]) == (1, 0, 3)
    assert [Path(failed["path"]).name for failed in first["failed"]] == ["empty.txt"]  # type: ignore[attr-defined]
    assert (again := wenju("index", str(folder)))["unchanged"] == 1 and again["paragraphs"] == 0

    answer = wenju("ask", "水渠全长多少公里？")
    assert answer["answer"] == "3.2公里"
    citation = answer["citations"][0]  # type: ignore[index]
    shown = wenju("docs", "show", citation["document"]["id"])
    text = str(shown["text"])
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert [text[start:end] for start, end in citation["highlights"]] == ["3.2公里"]
    assert wenju("doctor")["index"]["ok"] is True  # type: ignore[index]

    notice.write_text(NOTICE.replace("3.2公里", "4.7公里"), "utf-8")
    assert wenju("index", str(folder))["updated"] == 1
    assert wenju("ask", "水渠全长多少公里？")["answer"] == "4.7公里"
    notice.unlink()
    assert wenju("index", str(folder), "--prune")["removed"] == 1
    assert wenju("docs")["documents"] == []
    assert wenju("ask", "水渠全长多少公里？", code=1)["reason_code"] == "empty_index"
