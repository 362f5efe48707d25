"""Settings as data: from a TOML file and the environment. The only reader of environment variables.

Order, later wins: the defaults below, ``$WENJU_HOME/wenju.toml``, variables ``WENJU_<FIELD>``, the command line.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs

from rag.errors import SettingsError

LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can be set.

    Attributes:
        home: The user's data folder; holds the default index and uploaded files.
        index: The index folder in use.
        index_named: Whether somebody asked for this index; then its absence is an error and the samples do not step in.
        language: ``zh`` or ``en``, ``None`` where nobody chose one and the locale says nothing.
        encoder: Path of a sentence-transformers model to use instead of the bundled one.
        reader: Folder, or name in the local cache, of an extractive reader to use instead of the bundled one;
            ``none`` to read without a model.
        top_k: Passages read for an answer, and shown by a search.
        candidates: Passages taken from each of the two searches before they are fused.
        threshold: Confidence under which the answer is that the documents do not say. At 0.2, of the official
            questions kept apart, four in seven of the answerable ones are answered, two in three of those rightly, and
            two in three near misses are refused.
        max_file_mb: Larger files are reported and left out; in megabytes (10^6 bytes).
        debug: Show tracebacks.
    """

    home: Path
    index: Path
    index_named: bool = False
    language: Literal["zh", "en"] | None = None
    encoder: str | None = None
    reader: str | None = None
    top_k: int = 8
    candidates: int = 100
    threshold: float = 0.2
    max_file_mb: float = 50.0
    debug: bool = False

    @property
    def max_file_bytes(self) -> int:
        """``max_file_mb`` in bytes."""
        return int(self.max_file_mb * 1e6)


NUMBERS: dict[str, tuple[type, float, float]] = {
    "top_k": (int, 1, 100),
    "candidates": (int, 1, 1000),
    "threshold": (float, 0.0, 1.0),
    "max_file_mb": (float, 0.001, 100_000.0),
}
"""Numeric fields: type, least and greatest value."""


def load(
    *,
    index: str | None = None,
    language: str | None = None,
    reader: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Settings from file and environment; ``index``, ``language`` and ``reader`` are what the command line says.

    Raises:
        SettingsError: A file or variable that cannot be understood; the message names it.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("WENJU_HOME") or platformdirs.user_data_dir("wenju", appauthor=False)).expanduser().absolute()
    given = {**_from_file(home / "wenju.toml"), **_from_environment(env)}
    values = {field: _number(field, *given[field]) for field in NUMBERS if field in given}
    named = index or given.get("index", (None, ""))[0]
    chosen = language or given.get("language", (None, ""))[0] or _language_of_locale(env)
    if chosen not in ("zh", "en", None):
        raise SettingsError(where=given.get("language", ("", "language"))[1], detail=f"'{chosen}' is neither zh nor en")
    encoder, read_by = (given.get(field, (None, ""))[0] for field in ("encoder", "reader"))
    return Settings(
        home=home,
        index=Path(str(named)).expanduser().absolute() if named else home / "default",
        index_named=bool(named),
        language=chosen,
        encoder=str(encoder) if encoder else None,
        reader=reader or (str(read_by) if read_by else None),
        debug=bool(env.get("WENJU_DEBUG")),
        **values,  # type: ignore[arg-type]  # each value was converted to its field's type
    )


def _from_file(path: Path) -> dict[str, tuple[object, str]]:
    """Field -> (value, where it was found)."""
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(where=str(path), detail=f"not a readable TOML file: {error}") from error
    known = {"index", "language", "encoder", "reader", *NUMBERS}
    for field in table:
        if field not in known:
            raise SettingsError(
                where=str(path), detail=f"unknown setting '{field}'; known are {', '.join(sorted(known))}"
            )
    return {field: (value, f"{path}: {field}") for field, value in table.items()}


def _from_environment(env: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    names = {"index": "WENJU_INDEX", "language": "WENJU_LANG", "encoder": "WENJU_ENCODER", "reader": "WENJU_READER"}
    names.update({field: f"WENJU_{field.upper()}" for field in NUMBERS})
    return {field: (env[name], name) for field, name in names.items() if env.get(name)}


def _number(field: str, value: object, where: str) -> float:
    kind, least, greatest = NUMBERS[field]
    try:
        number = kind(str(value))
    except ValueError as error:
        raise SettingsError(where=where, detail=f"'{value}' is not a number") from error
    if not least <= number <= greatest:
        raise SettingsError(where=where, detail=f"{value} is not between {least:g} and {greatest:g}")
    return float(number) if kind is float else int(number)


def _language_of_locale(env: Mapping[str, str]) -> str | None:
    """``zh`` or ``en`` from the POSIX variables; ``C`` says nothing about anybody's language."""
    for name in LOCALE_VARIABLES:
        locale = env.get(name, "")
        if locale and not locale.startswith(("C.", "POSIX")) and locale != "C":
            return "zh" if locale.lower().startswith("zh") else "en"
    return None
