"""What every command starts from: settings, a language, and the library when it is wanted."""

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag import settings as rag_settings
from rag.errors import SettingsError
from rag.settings import Settings
from ui import output
from ui.catalog_cli import MESSAGES
from ui.errors import InputError
from ui.language import Language, say

if TYPE_CHECKING:  # opening a library loads models; asking for help does not
    from rag.library import Library

FIRST_LANGUAGE: Language = "zh"
"""Where neither the user nor the locale says anything."""
SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Session:
    """One run of one command."""

    settings: Settings
    language: Language

    @classmethod
    def start(cls, language: Language, index: str | None = None, reader: str | None = None) -> "Session":
        """Load the settings; ``index`` and ``reader`` are what the command line says.

        Raises:
            SettingsError: A file or variable that cannot be understood.
            InputError: A path in them leads nowhere: an unknown user's home, a working folder that is gone.
        """
        try:
            settings = rag_settings.load(index=index, language=language, reader=reader)
            return cls(settings=settings, language=language)
        except (RuntimeError, OSError) as error:
            raise InputError("no_place", detail=error) from error

    def note(self, key: str, **facts: object) -> None:
        """Say ``key`` of the catalogue on standard error."""
        output.note(say(MESSAGES, self.language, key, **facts))

    def open(self, *, to_answer: bool = False) -> "Library":
        """The index, or the samples with a note that says so; ``to_answer`` with the reader loaded as well.

        Raises:
            IndexUnusable: It is missing, damaged or made by another encoder.
            EmbeddingsError: The encoder cannot be loaded.
            ReaderUnusable: The reader that is set is none; told here, not with the first question.
            ReaderDamaged: The bundled one cannot be used.
        """
        from rag import build

        library = build.open_library(self.settings)
        if to_answer:
            library.prepare()
        if library.read_only:
            self.note("samples", folder=self.settings.index)
        return library

    def open_for_writing(self) -> "Library":
        """The index, which need not exist yet.

        Raises:
            EmbeddingsError: The encoder cannot be loaded.
            InputError: There is a file in its place.
        """
        from rag import build

        if self.settings.index.exists() and not self.settings.index.is_dir():
            raise InputError("index_is_file", path=self.settings.index)
        return build.open_for_writing(self.settings)


def preferences(arguments: list[str]) -> tuple[Language, bool]:
    """The language to parse ``arguments`` in (``--lang`` wherever it stands, else as set), and whether to debug."""
    try:
        settings = rag_settings.load()
    except (SettingsError, RuntimeError, OSError):
        # The command will fail on it and say so; here only the locale is asked, in a home that holds no settings.
        rest = {name: value for name, value in os.environ.items() if not name.startswith("WENJU_")}
        settings = rag_settings.load(environ={**rest, "WENJU_HOME": os.devnull})
    return _named_language(arguments) or settings.language or FIRST_LANGUAGE, settings.debug


def _named_language(arguments: list[str]) -> Language | None:
    named: Language | None = None
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--":
            break
        value = following if argument == "--lang" else argument.partition("--lang=")[2]
        if value == "zh":
            named = "zh"
        elif value == "en":
            named = "en"
    return named


def words(raw: str) -> str:
    """``raw`` from the command line or a file as text: bytes that the locale could not decode are read as UTF-8."""
    try:
        return os.fsencode(raw).decode("utf-8") if SURROGATES.search(raw) else raw
    except UnicodeError:
        return SURROGATES.sub("\ufffd", raw)
