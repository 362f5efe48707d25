"""``wenju ask``: one cited answer, or one for each question of a file."""

from functools import partial
from typing import TYPE_CHECKING

import click

from rag.errors import NotInIndex
from rag.scope import Scope
from ui import output, render
from ui.bilingual import Command
from ui.catalog_cli import HELP
from ui.catalog_errors import explain
from ui.chat import understood
from ui.commands.options import index_option, json_option, question_argument, reader_option
from ui.commands.scope_options import scope_of_options, scope_options
from ui.errors import InputError
from ui.language import Language, say
from ui.questions import Asked, read_questions
from ui.records import answer_record
from ui.session import Session, words

if TYPE_CHECKING:
    from rag.library import Library

ANSWERED, HONEST_NO = 0, 1


def command(language: Language) -> click.Command:
    """``ask QUESTION [--index DIR] [--reader ...] [--document ...] [--json]``, and ``--file FILE`` for ``QUESTION``."""
    params = [
        question_argument(language, required=False),
        click.Option(["--file"], metavar=say(HELP, language, "file_meta"), help=say(HELP, language, "file")),
        index_option(language),
        reader_option(language),
        *scope_options(language),
        click.Option(["--model"], metavar=say(HELP, language, "text_meta"), help=say(HELP, language, "model")),
        json_option(language),
    ]
    return Command(language, "ask", partial(run, language), params)


def run(
    language: Language,
    *,
    question: tuple[str, ...],
    file: str | None,
    index: str | None,
    reader: str | None,
    model: str | None,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> int:
    """Answer from the documents that were ``chosen``; the exit code of a single question says whether they do."""
    scope = scope_of_options(chosen)
    if model is not None:
        raise InputError("no_generator", model=model)
    if question and file is not None:
        raise InputError("question_and_file")
    if file is not None:
        return _answer_all(Session.start(language, index, reader), file, scope, as_json=as_json)
    text = words(" ".join(question)).strip()
    if not text:
        raise InputError("no_question")
    answer = Session.start(language, index, reader).open(to_answer=True).ask(text, scope=scope)
    if as_json:
        output.emit(answer_record(answer, language))
    else:
        output.show(render.answer_terminal(answer, language, color=output.colored()))
    return ANSWERED if answer.answered else HONEST_NO


def _answer_all(session: Session, file: str, scope: Scope | None, *, as_json: bool) -> int:
    """One answer a question, in order, each written as soon as it is there; ``scope`` where a line names none."""
    questions = read_questions(file)
    library = session.open(to_answer=True)
    _check(questions, library, file, session.language)
    for asked in questions:
        answer = library.ask(asked.question, asked.history, scope=scope if asked.scope is None else asked.scope)
        if as_json:
            output.emit({**asked.identity, **answer_record(answer, session.language)})
            continue
        output.show_line(f"# {asked.question}")
        if note := understood(answer, session.language):
            output.show_line(note)
        output.show(render.answer_terminal(answer, session.language, color=output.colored()) + "\n")
    return ANSWERED


def _check(questions: tuple[Asked, ...], library: "Library", file: str, language: Language) -> None:
    """Find the line that names what no document is called before the first one is answered."""
    for asked in questions:
        try:
            if asked.scope:
                library.within(asked.scope)
        except NotInIndex as error:
            detail = explain(error, language)
            raise InputError("line_unknown_scope", path=file, line=asked.line, detail=detail) from error
