"""``wenju ask``: one cited answer, or one for each question of a file."""

from functools import partial

import click

from ui import output, render
from ui.bilingual import Command
from ui.catalog_cli import HELP
from ui.chat import understood
from ui.commands.options import index_option, json_option, question_argument, reader_option
from ui.errors import InputError
from ui.language import Language, say
from ui.questions import Asked, read_questions
from ui.records import answer_record
from ui.session import Session, words

ANSWERED, HONEST_NO = 0, 1


def command(language: Language) -> click.Command:
    """``ask QUESTION [--index DIR] [--reader ...] [--json]`` and ``ask --file QUESTIONS.jsonl [--json]``."""
    params = [
        question_argument(language, required=False),
        click.Option(["--file"], metavar=say(HELP, language, "file_meta"), help=say(HELP, language, "file")),
        index_option(language),
        reader_option(language),
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
) -> int:
    """Answer; the exit code of a single question says whether the documents do."""
    if model is not None:
        raise InputError("no_generator", model=model)
    if question and file is not None:
        raise InputError("question_and_file")
    if file is not None:
        return _answer_all(Session.start(language, index, reader), read_questions(file), as_json=as_json)
    text = words(" ".join(question)).strip()
    if not text:
        raise InputError("no_question")
    answer = Session.start(language, index, reader).open(to_answer=True).ask(text)
    if as_json:
        output.emit(answer_record(answer, language))
    else:
        output.show(render.answer_terminal(answer, language, color=output.colored()))
    return ANSWERED if answer.answered else HONEST_NO


def _answer_all(session: Session, questions: tuple[Asked, ...], *, as_json: bool) -> int:
    """One answer a question, in order, each written as soon as it is there."""
    library = session.open(to_answer=True)
    for asked in questions:
        answer = library.ask(asked.question, asked.history)
        if as_json:
            output.emit({**asked.identity, **answer_record(answer, session.language)})
            continue
        output.show_line(f"# {asked.question}")
        if note := understood(answer, session.language):
            output.show_line(note)
        output.show(render.answer_terminal(answer, session.language, color=output.colored()) + "\n")
    return ANSWERED
