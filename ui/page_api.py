"""What other programs may ask, of the running page or as tools of an assistant: four functions of plain values.

Each gives what the command line prints with ``--json``, or ``{"error": ...}`` with one line, whatever it is called
with. No session belongs to them: what came before a question comes with it. They are described in
:mod:`ui.program_functions`; a test holds the signatures here against it.
"""

from collections.abc import Callable
from typing import Any

from rag.errors import BadScope, NotInIndex, UnknownDocument
from rag.scope import FIELDS
from rag.settings import Settings
from rag.stored_rows import record_of
from ui.catalog_errors import explain
from ui.catalog_programs import PROGRAMS
from ui.language import Language, say
from ui.page_desk import LONGEST_QUESTION, Desk
from ui.page_files import explain as explain_here
from ui.page_handlers import PROBLEMS
from ui.program_documents import documents_record
from ui.program_functions import FUNCTIONS, MOST_PASSAGES
from ui.program_source import excerpt_record
from ui.program_values import BadArgument, clean, listed, scope_among, shown, text, whole
from ui.records import Record, answer_record, passage_record, scope_record

Told = dict[str, Any]


class Api:
    """The functions over the desk that all tabs share. What they are called with may be anything."""

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
        collections: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question after those in ``history``: what ``wenju ask --json`` prints."""

        def answer() -> Record:
            said, *before = (_question(each) for each in (question, *listed(history, "history")))
            scope = scope_among(_chosen(documents, folders, issuers, years, numbers, collections))
            return answer_record(self._desk.ask(said, before, scope), self._language)

        return self._told(answer)

    def search(
        self,
        question: str,
        top_k: int | None = None,
        documents: list[str] | None = None,
        folders: list[str] | None = None,
        issuers: list[str] | None = None,
        years: list[int] | None = None,
        numbers: list[str] | None = None,
        collections: list[str] | None = None,
    ) -> dict[str, Any]:
        """Find the passages for a question: what ``wenju search --json`` prints."""

        def found() -> Record:
            said, most = text(question, "question", needed=True), whole(top_k, "top_k", 1, MOST_PASSAGES)
            scope = scope_among(_chosen(documents, folders, issuers, years, numbers, collections))
            passages = self._desk.library.search(said, top_k=most, scope=scope or None)
            return {"question": said, **scope_record(scope), "passages": [passage_record(each) for each in passages]}

        return self._told(found)

    def list_documents(
        self,
        query: str = "",
        offset: int = 0,
        limit: int = 100,
        documents: list[str] | None = None,
        folders: list[str] | None = None,
        issuers: list[str] | None = None,
        years: list[int] | None = None,
        numbers: list[str] | None = None,
        collections: list[str] | None = None,
    ) -> dict[str, Any]:
        """List documents: what ``wenju docs list --json`` prints, of those that fit, with how many they are."""

        def known() -> Record:
            scope = scope_among(_chosen(documents, folders, issuers, years, numbers, collections))
            library = self._desk.library
            if scope:
                library.within(scope)  # says which name no document has
            among = (self._desk.documents(), library.resolved(scope), library.collections.all())
            return documents_record(*among, query=query, offset=offset, limit=limit)

        return self._told(known)

    def open_source(
        self, document: str, start: int | None = None, end: int | None = None, around: int = 200
    ) -> dict[str, Any]:
        """Read a document from its beginning, or the words that a citation names with what stands around them."""

        def opened() -> Record:
            found = self._desk.document(text(document, "document", needed=True))
            return excerpt_record(found, record_of(found), start=start, end=end, around=around)

        return self._told(opened)

    def call(self, name: str, arguments: object) -> Told:
        """The function ``name`` with ``arguments`` by name."""
        function = FUNCTIONS[name]

        def checked() -> Record:
            if not isinstance(arguments, dict):
                raise BadArgument("not_object", found=shown(arguments))
            known = ", ".join(function.parameters)
            for each in arguments:
                if each not in function.parameters:
                    raise BadArgument("unknown_parameter", name=shown(each), known=known)
            for each in function.required:
                if each not in arguments:
                    raise BadArgument("missing", name=each)
            return dict(getattr(self, name)(**arguments))

        return self._told(checked)

    def _told(self, ask: Callable[[], Record]) -> Told:
        """What ``ask`` gives, as another program may have it; or what was wrong, in one line."""
        try:
            return dict(_pathless(ask()))
        except BadArgument as problem:
            wrong = say(PROGRAMS, self._language, problem.key, **problem.facts)
        except (BadScope, NotInIndex, UnknownDocument) as problem:  # in full: the page's own speak of what stands on it
            wrong = explain(problem, self._language)
        except PROBLEMS as problem:
            wrong = explain_here(problem, self._language)
        except Exception as problem:  # nobody foresaw it; a program is owed an answer all the same
            wrong = say(PROGRAMS, self._language, "unexpected", kind=type(problem).__name__)
        return {"error": " ".join(clean(wrong).split())}


def _chosen(*values: object) -> dict[str, object]:
    return dict(zip(FIELDS, values, strict=True))


def _question(value: object) -> str:
    return clean(value[:LONGEST_QUESTION]) if isinstance(value, str) else ""


def _pathless(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    """Without paths: Gradio's client takes what has one for a file to fetch. Without half surrogates, as well."""
    if isinstance(value, dict):
        return {key: _pathless(each) for key, each in value.items() if key != "path"}
    if isinstance(value, str):
        return clean(value)
    return [_pathless(each) for each in value] if isinstance(value, list) else value
