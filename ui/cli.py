"""The ``wenju`` command: parse, run one command, and turn whatever happens into one line and an exit code.

0 done, answered   1 the honest no   2 bad usage or input   3 an index that cannot be used   130 interrupted
"""

import os
import sys
import traceback
from collections.abc import Sequence

import click

from rag.errors import CorpusError, EmbeddingsError, IndexUnusable, RagError
from ui import commands, output
from ui.bilingual import usage_message
from ui.catalog_cli import MESSAGES, USAGE
from ui.catalog_errors import explain
from ui.errors import InputError
from ui.language import Language, say
from ui.libraries import settle_libraries
from ui.session import preferences

BAD_INPUT, BAD_INDEX, INTERRUPTED = 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``wenju`` with ``argv`` (default: the process's); returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    output.prepare_streams()
    settle_libraries()
    language, debug = preferences(arguments)
    try:
        code = _run(language, arguments, debug=debug)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough. The interpreter flushes once more when it ends: into nothing.
        nothing = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nothing, stream.fileno())
        return 0
    return code


def _run(language: Language, arguments: list[str], *, debug: bool) -> int:
    try:
        return _invoke(language, arguments)
    except BrokenPipeError:
        raise
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "wenju"
        output.note(say(USAGE, language, "error", message=usage_message(error, language)))
        output.note(say(USAGE, language, "try", command=command))
    except InputError as error:
        _complain(language, say(error.catalogue, language, error.key, **error.facts))
    except IndexUnusable as error:
        _complain(language, explain(error, language))
        return BAD_INDEX
    except (RagError, CorpusError, EmbeddingsError) as error:
        _complain(language, explain(error, language))
    except (KeyboardInterrupt, click.Abort):
        output.note(say(MESSAGES, language, "interrupted"))
        return INTERRUPTED
    except Exception as error:
        if debug:
            traceback.print_exc()
        _report(language, error)
    return BAD_INPUT


def _invoke(language: Language, arguments: list[str]) -> int:
    """Not ``Command.main``, which prints click's own messages and ends the process with click's own codes."""
    group = commands.tree(language)
    try:
        with group.make_context("wenju", arguments) as context:
            return int(group.invoke(context) or 0)
    except click.exceptions.Exit as exit:
        return exit.exit_code


def _complain(language: Language, message: str) -> None:
    output.note(say(MESSAGES, language, "error", message=message))


def _report(language: Language, error: Exception) -> None:
    """What nobody foresaw, in one line."""
    if isinstance(error, OSError) and error.strerror:
        where = error.filename if error.filename is not None else type(error).__name__
        _complain(language, say(MESSAGES, language, "system", where=where, detail=error.strerror))
    else:
        _complain(language, say(MESSAGES, language, "unexpected", kind=type(error).__name__, detail=error))
