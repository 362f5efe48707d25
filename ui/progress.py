"""The owner of tqdm: a bar on standard error while something takes its time, and nothing where that is no terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ui import escaping
from ui.catalog_cli import MESSAGES
from ui.catalog_eval import EVAL
from ui.catalog_tune import TUNE
from ui.language import Language, say

NAME_CHARACTERS = 24
BAR = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed}<{remaining}] {postfix}"


@contextmanager
def file_bar(language: Language) -> Iterator[Callable[[int, int, str], None] | None]:
    """A function to be called with (files done, files in all, path being read); ``None`` where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc=say(MESSAGES, language, "indexing"), bar_format=BAR, file=sys.stderr, leave=False) as bar:

        def advance(done: int, total: int, path: str) -> None:
            bar.total = total
            bar.set_postfix_str(escaping.terminal_line(Path(path).name)[:NAME_CHARACTERS], refresh=False)
            bar.update(done - bar.n)
            if done == total:
                bar.refresh()

        yield advance


@contextmanager
def question_bar(language: Language, total: int, done: int = 0) -> Iterator[Callable[[], None]]:
    """A function to be called after each question; ``done`` of ``total`` were asked before. Silent off a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from tqdm import tqdm

    with tqdm(
        desc=say(EVAL, language, "asking"), bar_format=BAR, file=sys.stderr, leave=False, total=total, initial=done
    ) as bar:

        def advance() -> None:
            bar.update()

        yield advance


@contextmanager
def stage_bar(language: Language) -> Iterator[Callable[[str, int, int], None] | None]:
    """A function to be called with (a stage of ``wenju tune``, done, in all); ``None`` where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(bar_format=BAR, file=sys.stderr, leave=False) as bar:

        def advance(stage: str, done: int, total: int) -> None:
            said = say(TUNE, language, stage)
            if said != bar.desc:
                bar.reset(total)
                bar.set_description_str(said, refresh=False)
            bar.total = total
            bar.update(done - bar.n)
            if done in (0, total):
                bar.refresh()

        yield advance
