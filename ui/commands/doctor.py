"""``wenju doctor``: is everything in order, and if not, what."""

from collections.abc import Iterator
from functools import partial

import click

from ui import output
from ui.bilingual import Command
from ui.catalog_doctor import DOCTOR
from ui.commands.options import index_option, json_option
from ui.doctor import EncoderHealth, Health, IndexHealth, ReaderHealth, examine
from ui.language import Language, say
from ui.session import Session

WELL, BAD_MODEL, BAD_INDEX = 0, 2, 3
MEGABYTE = 1e6


def command(language: Language) -> click.Command:
    """``doctor [--index DIR] [--json]``."""
    return Command(language, "doctor", partial(run, language), [index_option(language), json_option(language)])


def run(language: Language, *, index: str | None, as_json: bool) -> int:
    """Show what was found; the exit code says whether an index or a model cannot be used."""
    health = examine(Session.start(language, index).settings, language)
    if as_json:
        output.emit(health)
    else:
        for line in _lines(health, language):
            output.show_line(line)
    if health["index"]["ok"] is False:
        return BAD_INDEX
    return WELL if health["encoder"]["ok"] and health["reader"]["ok"] else BAD_MODEL


def _lines(health: Health, language: Language) -> Iterator[str]:
    missing = say(DOCTOR, language, "missing")
    yield f"wenju {health['wenju'] or say(DOCTOR, language, 'source')}; Python {health['python']}; {health['platform']}"
    yield "; ".join(f"{name} {version or missing}" for name, version in health["libraries"].items())
    yield from _index_lines(health["index"], language)
    yield _encoder_line(health["encoder"], language)
    yield _reader_line(health["reader"], language)
    if health["disk_free_bytes"] is not None:
        yield say(DOCTOR, language, "disk", gigabytes=health["disk_free_bytes"] / 1e9)
    yield say(DOCTOR, language, "network" if health["needs_network"] else "no_network")


def _index_lines(index: IndexHealth, language: Language) -> Iterator[str]:
    if index["ok"] is None:
        yield say(DOCTOR, language, "no_index", folder=index["folder"])
        return
    if index["documents"] is not None:
        yield say(DOCTOR, language, "index", **{**index, "megabytes": index["bytes"] / MEGABYTE})
    if index["tuned_from"]:
        yield say(DOCTOR, language, "tuned", base=index["tuned_from"])
    if index["problem"]:
        yield say(DOCTOR, language, "problem", problem=index["problem"])
    elif index["damaged_files"]:
        yield say(DOCTOR, language, "damaged", folder=index["folder"], files=", ".join(index["damaged_files"]))
    else:
        yield say(DOCTOR, language, "index_well")


def _encoder_line(encoder: EncoderHealth, language: Language) -> str:
    if encoder["problem"]:
        return say(DOCTOR, language, "problem", problem=encoder["problem"])
    if encoder["path"]:
        return say(DOCTOR, language, "encoder_set", path=encoder["path"])
    return say(DOCTOR, language, "encoder_bundled")


def _reader_line(reader: ReaderHealth, language: Language) -> str:
    if reader["problem"]:
        return say(DOCTOR, language, "problem", problem=reader["problem"])
    if reader["path"] == "none":
        return say(DOCTOR, language, "reader_none")
    if reader["path"]:
        return say(DOCTOR, language, "reader_set", path=reader["path"])
    return say(DOCTOR, language, "reader_bundled")
