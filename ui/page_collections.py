"""What happens to collections on the page, without Gradio; every input is checked here, and it may be anything."""

from dataclasses import replace

from rag.errors import CorpusError, EmbeddingsError, RagError, UnknownDocument
from ui.catalog_collections import COLLECTIONS
from ui.collection_size import Size, size_of
from ui.escaping import html
from ui.language import Language, say
from ui.page_collected import Collected
from ui.page_collection_row import row_html
from ui.page_desk import Desk
from ui.page_files import explain, problem_html
from ui.page_listing import View
from ui.program_values import clean

PROBLEMS = (RagError, CorpusError, EmbeddingsError, OSError)
LONGEST_SHOWN = 200
"""Characters of a name that are said again; no name has as many."""

Done = tuple[View, str]
"""What the tab looks at afterwards, and what was done or why not."""


class CollectionsHandlers:
    """One method for each thing that can happen to a collection, over the desk that all tabs share."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collected(self) -> Collected:
        """What is in which collection; nothing in any where that cannot be read, which :meth:`row` says."""
        try:
            return self._desk.collected()
        except PROBLEMS:
            return Collected()

    def chosen(self, view: View) -> str:
        """The collection that ``view`` looks at; empty where it looks at everything, or at one that is gone."""
        return view.collection if view.collection in self.collected().counts else ""

    def row(self, view: View, language: Language) -> str:
        """What is chosen, and what can be done with it; nothing over the samples."""
        if self._desk.read_only:
            return ""
        try:
            counts, total = self._desk.collected().counts, len(self._desk.documents())
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        return row_html(counts, total, self.chosen(view), language)

    def size(self, name: str, index: int) -> Size:
        """What the collection ``name`` takes of an index of so many bytes, and of the uploads."""
        try:
            records = self._desk.documents()
        except PROBLEMS:
            records = ()
        return size_of(self.collected().inside(name, records), records, index=index, kept=self._desk.kept)

    def choose(self, view: View, said: object) -> View:
        """``view`` at the collection that is called so, at everything where there is none."""
        name = _text(said)
        known = name if name in self.collected().counts else ""
        return replace(view, collection=known, issuer="", year="", page=0, opened="")

    def make(self, view: View, said: object, language: Language) -> Done:
        """Begin a collection and look at it."""
        try:
            name = self._desk.library.collections.create(_name(said))
        except PROBLEMS as problem:
            return view, problem_html(explain(problem, language))
        return self.choose(view, name), _status(say(COLLECTIONS, language, "created", name=name))

    def rename(self, view: View, of: object, to: object, language: Language) -> Done:
        """Call the collection ``of`` something else; who looks at it goes on doing so."""
        try:
            name = self._desk.library.collections.rename(_text(of), _name(to))
        except PROBLEMS as problem:
            return view, problem_html(explain(problem, language))
        at = replace(view, collection=name) if view.collection == of else view
        return at, _status(say(COLLECTIONS, language, "renamed", name=name))

    def delete(self, view: View, of: object, language: Language) -> Done:
        """Forget a collection; its documents stay."""
        name = _text(of)
        try:
            self._desk.library.collections.delete(name)
        except PROBLEMS as problem:
            return view, problem_html(explain(problem, language))
        at = self.choose(view, "") if view.collection == name else view
        return at, _status(say(COLLECTIONS, language, "deleted", name=name))

    def put(self, ids: object, into: object, language: Language) -> str:
        """Put documents into a collection; says what was done, or why not."""
        name = _text(into)
        try:
            paths = self._paths(ids)
            self._desk.library.collections.put(name, paths)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        return _status(say(COLLECTIONS, language, "put", count=len(paths), name=name))

    def take(self, ids: object, of: object, language: Language) -> str:
        """Take documents out of a collection; says what was done, or why not."""
        name = _text(of)
        try:
            paths = self._paths(ids)
            known = [record.path for record in self._desk.documents()]
            opened = self._desk.library.collections.take(name, paths, known)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        said = [say(COLLECTIONS, language, "taken", count=len(paths), name=name)]
        said += [say(COLLECTIONS, language, "opened", folder=self._desk.shown_path(each), name=name) for each in opened]
        return "".join(map(_status, said))

    def _paths(self, ids: object) -> list[str]:
        """Of the documents that are still there.

        Raises:
            UnknownDocument: None of them is.
        """
        wanted = {id for id in ids if isinstance(id, str)} if isinstance(ids, list) else set()
        paths = [record.path for record in self._desk.documents() if record.id in wanted]
        if not paths:
            raise UnknownDocument(id="")
        return paths


def _text(said: object) -> str:
    return clean(said[:LONGEST_SHOWN]) if isinstance(said, str) else ""


def _name(said: object) -> object:
    """As it was said where it is short, so that what cannot be a name is told."""
    return said[:LONGEST_SHOWN] if isinstance(said, str) else said


def _status(text: str) -> str:
    return f'<p class="status" role="status">{html(text)}</p>'
