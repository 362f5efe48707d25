"""``wenju models``: which models are on this machine, and what one of them can be used as."""

import json
from collections.abc import Iterator
from functools import partial

import click

from ui import output
from ui.bilingual import Command
from ui.catalog_cli import HELP, MESSAGES
from ui.catalog_models import MODELS
from ui.columns import table
from ui.commands.options import index_option, json_option
from ui.errors import InputError
from ui.language import Language, say
from ui.models import CheckRecord, Listing, ModelRecord, check, listing
from ui.session import Session
from ui.session import words as text_of

DONE, UNUSABLE = 0, 2
MEGABYTE = 1e6


def command(language: Language) -> click.Command:
    """``models [list | check PATH_OR_NAME] [--index DIR] [--json]``: one command, so that options stand anywhere."""
    params = [
        click.Argument(["words"], nargs=-1, metavar=say(HELP, language, "models_meta")),
        index_option(language),
        json_option(language),
    ]
    return Command(language, "models", partial(run, language), params)


def run(language: Language, *, words: tuple[str, ...], index: str | None, as_json: bool) -> int:
    """Do what the first of ``words`` says."""
    action, names = (words[0], words[1:]) if words else ("list", ())
    if action not in ("list", "check"):
        raise InputError("models_action", action=action)
    if action == "list" and names:
        raise InputError("docs_list_none")
    if action == "check" and (len(names) != 1 or not names[0].strip()):
        raise InputError("models_check_one")
    session = Session.start(language, index)
    if action == "check":
        return _check(check(text_of(names[0]), language), language, as_json=as_json)
    found = listing(session.settings)
    if as_json:
        output.emit(found)
    else:
        _show(found, session)
    return DONE


def _show(found: Listing, session: Session) -> None:
    for line in table([list(_cells(model, session.language)) for model in found["models"]], right=[3], indent=""):
        output.show_line(line)
    if not any(model["role"] == "reader" and model["in_use"] for model in found["models"]):
        output.note(say(MODELS, session.language, "no_reader"))
    output.note(say(MODELS, session.language, "hint"))


def _cells(model: ModelRecord, language: Language) -> Iterator[str]:
    yield "*" if model["in_use"] else " "
    yield say(MODELS, language, model["role"] or "other")
    yield model["name"]
    here = model["folder"] is not None
    yield say(MODELS, language, "megabytes", megabytes=model["bytes"] / MEGABYTE) if here else ""
    yield model["folder"] or say(MODELS, language, "not_here")


def _check(record: CheckRecord, language: Language, *, as_json: bool) -> int:
    """Which it can be; where it can be neither, one line on standard error says why."""
    if as_json:
        output.emit(record)
    elif record["ok"]:
        for line in _uses(record, language):
            output.show_line(line)
    if record["ok"]:
        return DONE
    problems = {f"as_{role}": str(record[role]["problem"]) for role in ("reader", "encoder")}
    message = say(MODELS, language, "neither", **problems)
    output.note(say(MESSAGES, language, "error", message=message))
    return UNUSABLE


def _uses(record: CheckRecord, language: Language) -> Iterator[str]:
    encoder, reader = record["encoder"], record["reader"]
    if not encoder["ok"]:
        yield say(MODELS, language, "cannot_encode", problem=encoder["problem"])
    elif record["folder"] is None:
        yield say(MODELS, language, "can_encode_bundled", dimension=encoder["dimension"])
    else:
        # Unlike a reader an encoder is not looked up by its name.
        setting = json.dumps(record["folder"], ensure_ascii=False)
        yield say(MODELS, language, "can_encode", dimension=encoder["dimension"], setting=setting)
    if reader["ok"]:
        yield say(MODELS, language, "can_read", setting=json.dumps(record["name"], ensure_ascii=False))
    else:
        yield say(MODELS, language, "cannot_read", problem=reader["problem"])
