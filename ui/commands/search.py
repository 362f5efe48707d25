"""``wenju search``: the passages for a question, without an answer."""

from functools import partial

import click

from ui import output, render
from ui.bilingual import Command
from ui.catalog_cli import MESSAGES
from ui.commands.options import index_option, json_option, question_argument, top_k_option
from ui.commands.scope_options import scope_of_options, scope_options
from ui.errors import InputError
from ui.language import Language, say
from ui.records import passage_record, scope_record
from ui.session import Session, words

FOUND, NOTHING = 0, 1


def command(language: Language) -> click.Command:
    """``search QUESTION [--index DIR] [--top-k N] [--document ...] [--json]``."""
    params = [
        question_argument(language, required=True),
        index_option(language),
        top_k_option(language),
        *scope_options(language),
        json_option(language),
    ]
    return Command(language, "search", partial(run, language), params)


def run(
    language: Language,
    *,
    question: tuple[str, ...],
    index: str | None,
    top_k: int | None,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> int:
    """Show the passages, best first."""
    scope = scope_of_options(chosen)
    text = words(" ".join(question)).strip()
    if not text:
        raise InputError("no_words")
    passages = Session.start(language, index).open().search(text, top_k=top_k, scope=scope)
    if as_json:
        asked = {"question": text, **scope_record(scope)}
        output.emit({**asked, "passages": [passage_record(passage) for passage in passages]})
    elif not passages:
        output.show_line(say(MESSAGES, language, "no_passages"))
    else:
        output.show("\n\n".join(render.passage_terminal(n, p, language) for n, p in enumerate(passages, start=1)))
    return FOUND if passages else NOTHING
