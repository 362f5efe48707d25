"""What the README shows is what the program says and has."""

import importlib.util
import re
from dataclasses import fields
from pathlib import Path

import pytest

from rag.settings import Settings
from ui.cli import main

README = Path("README.md").read_text(encoding="utf-8")


def test_the_help_block_is_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "--help"]) == 0
    assert capsys.readouterr().out.strip() in README


def test_the_settings_table_has_every_setting_with_its_default() -> None:
    rows = {row[0]: row for row in re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([^|]+) \|", README, re.MULTILINE)}
    named = {field.name: field.default for field in fields(Settings)}
    assert rows.keys() == named.keys() - {"home", "index_named", "debug"}
    for name in ("top_k", "candidates", "threshold", "max_file_mb"):
        assert float(rows[name][2]) == named[name]


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([\w.]+)", README))))
def test_every_command_exists(module: str) -> None:
    assert importlib.util.find_spec(module) is not None


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"\]\(([^)#]+)\)|`((?:rag|ui|tests)/\w+\.py)`", README))), ids=str
)
def test_every_path_exists(path: tuple[str, str]) -> None:
    assert Path(path[0] or path[1]).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make (\w+)`", README))))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE)
