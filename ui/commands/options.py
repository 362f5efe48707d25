"""The options that several commands share."""

import click

from ui.bilingual import not_empty, whole_number
from ui.catalog_cli import HELP
from ui.language import Language, say
from ui.program_functions import MOST_PASSAGES


def index_option(language: Language) -> click.Option:
    """``--index``: which index folder."""
    return click.Option(
        ["--index"],
        metavar=say(HELP, language, "folder_meta"),
        callback=not_empty(language),
        help=say(HELP, language, "index_option"),
    )


def reader_option(language: Language) -> click.Option:
    """``--reader``: which model reads the passages."""
    return click.Option(
        ["--reader"],
        metavar=say(HELP, language, "reader_meta"),
        callback=not_empty(language),
        help=say(HELP, language, "reader"),
    )


def json_option(language: Language) -> click.Option:
    """``--json``: for scripts."""
    return click.Option(["--json", "as_json"], is_flag=True, help=say(HELP, language, "json"))


def top_k_option(language: Language, help: str = "top_k") -> click.Option:
    """``--top-k``: how many passages; ``help`` is the key of what is done with them."""
    return click.Option(
        ["--top-k"],
        metavar=say(HELP, language, "number_meta"),
        callback=whole_number(language, 1, MOST_PASSAGES),
        help=say(HELP, language, help),
    )


def question_argument(language: Language, *, required: bool) -> click.Argument:
    """The question; words without quotes around them are joined again."""
    key = "question_meta" if required else "optional_question_meta"
    return click.Argument(["question"], nargs=-1, required=required, metavar=say(HELP, language, key))
