"""``wenju chat``: questions and follow-ups in the terminal."""

import contextlib
import sys
from collections.abc import Iterator
from functools import partial

import click

from ui import output, render
from ui.bilingual import Command
from ui.catalog_cli import MESSAGES
from ui.chat import Conversation, understood
from ui.commands.options import index_option, reader_option
from ui.commands.scope_options import scope_of_options, scope_options
from ui.language import Language, say
from ui.session import Session, words

LEAVE = (":q", ":quit", ":exit")


def command(language: Language) -> click.Command:
    """``chat [--index DIR] [--reader ...] [--document ...]``."""
    params = [index_option(language), reader_option(language), *scope_options(language)]
    return Command(language, "chat", partial(run, language), params)


def run(language: Language, *, index: str | None, reader: str | None, **chosen: tuple[str, ...]) -> int:
    """Answer line after line until ``:q`` or the end of the input, from the documents that were ``chosen``."""
    scope = scope_of_options(chosen)
    session = Session.start(language, index, reader)
    library = session.open(to_answer=True)
    session.note("chat_hello", documents=library.within(scope) if scope else len(library.documents()))
    conversation = Conversation(scope=scope)
    for line in _lines(language):
        question = words(line).strip()
        if question in LEAVE:
            break
        if question == ":new":
            conversation = conversation.afresh()
            session.note("chat_new")
        elif question.startswith(":"):
            session.note("chat_unknown", command=question)
        elif question:
            answer, conversation = conversation.ask(library, question)
            if note := understood(answer, language):
                output.note(note)
            output.show(render.answer_terminal(answer, language, color=output.colored()) + "\n")
    return 0


def _lines(language: Language) -> Iterator[str]:
    """What is typed, with line editing on a terminal; what is piped in, without a prompt."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        for line in sys.stdin.buffer:
            yield line.decode("utf-8", "replace")
        return
    with contextlib.suppress(ImportError):  # not on Windows
        import readline  # noqa: F401  # importing it gives input() its line editing
    with contextlib.suppress(EOFError):
        while True:
            yield input(say(MESSAGES, language, "chat_prompt"))
    output.note("")
