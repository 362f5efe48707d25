"""Where settings come from, and what is said of those that cannot be understood."""

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import load


def test_defaults_need_nothing(tmp_path: Path) -> None:
    settings = load(environ={"WENJU_HOME": str(tmp_path)})
    assert settings.index == tmp_path / "default"
    assert not settings.index_named
    assert settings.language is None
    assert settings.max_file_bytes == 50_000_000


def test_command_line_over_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "wenju.toml").write_text('top_k = 3\nthreshold = 0.7\nindex = "from-file"\nlanguage = "en"\n')
    env = {"WENJU_HOME": str(tmp_path), "WENJU_TOP_K": "5", "WENJU_INDEX": str(tmp_path / "env")}
    settings = load(environ=env)
    assert (settings.top_k, settings.threshold, settings.index) == (5, 0.7, tmp_path / "env")
    assert (settings.language, settings.index_named) == ("en", True)
    chosen = load(environ=env, index=str(tmp_path / "line"), language="zh")
    assert (chosen.index, chosen.language) == (tmp_path / "line", "zh")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh_CN.UTF-8", "zh"), ("zh_TW", "zh"), ("en_GB.UTF-8", "en"), ("de_DE", "en"), ("C", None), ("C.UTF-8", None)],
)
def test_language_follows_the_locale(tmp_path: Path, locale: str, language: str | None) -> None:
    assert load(environ={"WENJU_HOME": str(tmp_path), "LANG": locale}).language == language


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("WENJU_TOP_K", "many", "WENJU_TOP_K: 'many' is not a number"),
        ("WENJU_TOP_K", "0", "WENJU_TOP_K: 0 is not between 1 and 100"),
        ("WENJU_THRESHOLD", "nan", "WENJU_THRESHOLD: nan is not between 0 and 1"),
        ("WENJU_LANG", "fr", "WENJU_LANG: 'fr' is neither zh nor en"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, variable: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(environ={"WENJU_HOME": str(tmp_path), variable: value})
    assert str(caught.value) == said


@pytest.mark.parametrize("content", ["top_k = ", "colour = 3", "\xff".encode("latin-1").decode("latin-1") * 3])
def test_a_wrong_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "wenju.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"wenju\.toml"):
        load(environ={"WENJU_HOME": str(tmp_path)})


def test_the_reader_of_the_command_line_over_the_environment_over_the_file(tmp_path: Path) -> None:
    home = {"WENJU_HOME": str(tmp_path)}
    assert load(environ=home).reader is None
    (tmp_path / "wenju.toml").write_text('reader = "/models/from-file"\n')
    assert load(environ=home).reader == "/models/from-file"
    env = {**home, "WENJU_READER": "acme/from-environment"}
    assert load(environ=env).reader == "acme/from-environment"
    assert load(environ=env, reader="none").reader == "none"
    assert load(environ=env, reader="bundled").reader == "bundled"
    assert load(environ={**home, "WENJU_READER": ""}).reader == "/models/from-file"


def test_a_reader_is_known_where_settings_are_listed(tmp_path: Path) -> None:
    (tmp_path / "wenju.toml").write_text('raeder = "none"\n')
    with pytest.raises(SettingsError, match=r"unknown setting 'raeder'; known are .*, reader, "):
        load(environ={"WENJU_HOME": str(tmp_path)})
