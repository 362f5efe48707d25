"""``wenju serve --allow-folder DIR --watch DIR``: folders, each checked before anything is opened."""

from pathlib import Path
from typing import Any

import pytest

from ui import app
from ui.cli import main
from ui.page_paths import Places


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Places]:
    places: list[Places] = []

    def serve(settings: Any, **options: Any) -> None:
        places.append(options["places"])

    monkeypatch.setattr(app, "serve", serve)
    return places


def test_both_may_be_given_several_times(served: list[Places], tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).mkdir()
    a, b, c = (str(tmp_path / name) for name in "abc")
    assert main(["serve", "--allow-folder", a, "--allow-folder", b, "--watch", c, "--watch", c]) == 0
    assert served == [Places(allowed=(Path(a).resolve(), Path(b).resolve()), watched=(Path(c).resolve(),))]
    assert main(["serve"]) == 0 and served[-1] == Places()


@pytest.mark.parametrize("option", ["--allow-folder", "--watch"])
@pytest.mark.parametrize("wrong", ["nowhere", "file.txt"])
def test_what_is_no_folder_is_one_line(
    served: list[Places], tmp_path: Path, option: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.txt").touch()
    assert main(["--lang", "en", "serve", option, str(tmp_path / wrong)]) == 2
    assert f"invalid value for {option}: there is no folder" in capsys.readouterr().err and not served


def test_the_programs_own_folder_is_not_watched(
    served: list[Places], own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_home / "uploads").mkdir()
    assert main(["serve", "--watch", str(own_home / "uploads")]) == 2
    assert "--watch" in capsys.readouterr().err and not served


def test_the_help_names_them_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("zh", "监视这个文件夹"), ("en", "Watch this folder")):
        assert main(["--lang", language, "serve", "--help"]) == 0
        said = capsys.readouterr().out
        assert "--allow-folder" in said and word in said
