"""What another program on this machine may ask of the running page: one question, answered as ``wenju ask --json``.

It is the one event of the page that is an interface, under the name ``ask``. No session belongs to it: what came before
a question comes with it.
"""

from typing import Any

from rag.errors import BadScope, NotInIndex
from rag.scope import scope_of
from rag.settings import Settings
from ui.catalog_errors import explain
from ui.language import Language
from ui.page_desk import LONGEST_QUESTION, Desk
from ui.page_files import explain as explain_here
from ui.page_handlers import PROBLEMS
from ui.records import answer_record

NAME = "ask"
PARAMETERS = ("question", "history", "documents", "folders", "issuers", "years", "numbers")
MOST_VALUES = 1000
"""Of one parameter; every value of a scope is a search of its own."""


class Api:
    """The interface over the desk that all tabs share. What it is called with may be anything."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk = desk
        self._language: Language = settings.language or "zh"

    def ask(
        self,
        question: str,
        history: list[str] | None = None,
        documents: list[str] | None = None,
        folders: list[str] | None = None,
        issuers: list[str] | None = None,
        years: list[int] | None = None,
        numbers: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question, from some documents alone where the others after ``history`` choose any.

        Args:
            question: The question.
            history: Questions asked before it, oldest first.
            documents: Ids, paths, file names or titles.
            folders: Folders that the files lie in.
            issuers: Words of the issuers' names.
            years: Years of the documents' dates.
            numbers: Document numbers, however they are bracketed.

        Returns:
            What ``wenju ask --json`` prints, without paths: Gradio's client takes what has one for a file to fetch.
            Or ``{"error": ...}`` with one line that says what was wrong.
        """
        chosen = {"documents": documents, "folders": folders, "issuers": issuers, "years": years, "numbers": numbers}
        try:
            text, *before = (_text(each) for each in (question, *_list(history, "history")))
            scope = scope_of(**{field: _list(values, field) for field, values in chosen.items()})
            answer = self._desk.ask(text, before, scope)
            return dict(_pathless(answer_record(answer, self._language)))
        except (BadScope, NotInIndex) as problem:  # in full: the page's own words speak of what stands on it
            return {"error": explain(problem, self._language)}
        except PROBLEMS as problem:
            return {"error": explain_here(problem, self._language)}


def _list(values: object, name: str) -> list[object]:
    """The values of a parameter that may be left out; one value is a list of one."""
    listed = values if isinstance(values, list) else [] if values is None else [values]
    if len(listed) > MOST_VALUES:
        raise BadScope(found=f"{name}: {len(listed)} > {MOST_VALUES}")
    return listed


def _pathless(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    if isinstance(value, dict):
        return {key: _pathless(each) for key, each in value.items() if key != "path"}
    return [_pathless(each) for each in value] if isinstance(value, list) else value


def _text(value: object) -> str:
    return value[:LONGEST_QUESTION] if isinstance(value, str) else ""
