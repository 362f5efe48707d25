"""What happens in the list of documents, without Gradio: plain values in, HTML out; every input is checked here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rag.answer import Document, DocumentRecord, Span
from rag.errors import CorpusError, EmbeddingsError, RagError
from rag.library import IndexReport
from rag.settings import Settings
from ui.catalog_cli import FIELDS
from ui.catalog_collections import COLLECTIONS
from ui.catalog_documents import DOCUMENTS
from ui.catalog_web import WEB
from ui.escaping import html
from ui.footprint import bytes_in, megabytes
from ui.language import Language, say
from ui.page_activity import activity_html
from ui.page_collections import CollectionsHandlers
from ui.page_desk import Desk, Refreshed, Step
from ui.page_files import explain, failures_html, limit_html, problem_html, progress_html, report_html, step_text
from ui.page_list import Rows, details_html, finder_html, foot_html, named_html, rows_html
from ui.page_listing import View, listing
from ui.page_paths import Places, permitted
from ui.page_uploads import received
from ui.source_places import Source
from ui.watched_files import unseen

PROBLEMS = (RagError, CorpusError, EmbeddingsError, OSError)
ONE_PLACE = 60
"""Characters between two words that still stand in one place: a title over two lines, attachments one by one."""
NAMED = 30
"""Documents named by one that are listed with its details."""
GONE_LISTED = 10
LONGEST_SHOWN = 200
"""Characters of a path that are said again."""


class DocumentsHandlers:
    """One method for each thing that can happen in the list of documents, over the desk that all tabs share."""

    def __init__(self, desk: Desk, settings: Settings, incoming: Path, places: Places) -> None:
        self.desk = desk
        self.collections = CollectionsHandlers(desk)
        self.places = places
        self._settings = settings
        self._incoming = incoming

    def adding(self, language: Language) -> str:
        """What may be added, and a field for a path where the server allows some."""
        limit = limit_html(self._settings, language)
        if not self.places.allowed:
            return limit
        label = html(say(DOCUMENTS, language, "path"))
        within = html(say(DOCUMENTS, language, "path_hint", folders=self._allowed()))
        return (
            f'{limit}<div class="by-path"><input type="text" data-path maxlength="4096" autocomplete="off"'
            f' spellcheck="false" aria-label="{label}" placeholder="{label}">'
            f'<button type="button" class="button" data-add-path>{html(say(DOCUMENTS, language, "path_add"))}</button>'
            f'</div><p class="hint">{within}</p>'
        )

    def finder(self, view: View, language: Language) -> str:
        """What to search for, filter and sort by."""
        records = self._documents()
        return finder_html(self._among(records, view), view, language, total=len(records))

    def files(self, language: Language, view: View = View()) -> str:  # noqa: B008 - frozen
        """The page of the list that ``view`` asks for."""
        try:
            records, indexed = self._among(self.desk.documents(), view), self.desk.indexed()
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        found = listing(records, view, path=self.desk.shown_path, indexed=indexed)
        opened = next((record for record in found.shown if record.id == view.opened), None)
        details = self._details(opened, indexed.get(opened.id), language) if opened else ""
        rows = Rows(
            listing=found,
            view=view,
            indexed=indexed,
            details=details,
            collection=self.collections.chosen(view),
            collections=tuple(self.collections.collected().counts),
        )
        return rows_html(rows, language, read_only=self.desk.read_only)

    def foot(self, language: Language, view: View = View()) -> str:  # noqa: B008 - frozen
        """How much there is in all or in the collection that is looked at, and how much of the disk it takes."""
        read_only = self.desk.read_only
        index, name = bytes_in(Path(self.desk.library.folder)), self.collections.chosen(view)
        size = self.collections.size(name, index)
        uploads = size.uploads if name else bytes_in(self.desk.uploads.root)
        facts = {"documents": size.documents, "paragraphs": size.paragraphs, "name": name}
        facts |= {"index": megabytes(size.index if name else index), "uploads": megabytes(uploads)}
        keys = ("totals",) if read_only else ("totals", "disk")
        lines = [say(COLLECTIONS if name else DOCUMENTS, language, key, **facts) for key in keys]
        return foot_html(lines, language, read_only=read_only)

    def activity(self, language: Language) -> str:
        """What happens by itself or in another tab."""
        return activity_html(self.desk.journal, self.desk.jobs.step, language, datetime.now(UTC))

    @property
    def lively(self) -> bool:
        """Whether something may happen that this tab has not asked for."""
        return bool(self.places.watched) or self.desk.jobs.step is not None

    def state(self) -> str:
        """Another text whenever other documents are there."""
        try:
            return f"{self.desk.read_only} {self.desk.library.state} {self.desk.library.collections.stamp}"
        except PROBLEMS:
            return ""

    def turned(self, view: View, page: object) -> View:
        """``view`` at another page."""
        return replace(view, page=page, opened="") if type(page) is int else view

    def looked_into(self, view: View, id: object) -> View:
        """``view`` with the details of a document shown, or hidden where they were."""
        return replace(view, opened=id if isinstance(id, str) and id != view.opened else "")

    def listed(self, id: object, field: object = None) -> Source | None:
        """A document of the list, marked where it says ``field`` of itself; nothing marked where it does not."""
        record = next((each for each in self._documents() if each.id == id), None)
        if record is None:
            return None
        try:
            stated = self.desk.document(record.id).stated if isinstance(field, str) else {}
        except PROBLEMS:
            stated = {}
        spans = one_place(stated.get(field, ())) if isinstance(field, str) else ()
        quote = (spans[0][0], spans[-1][1]) if spans else None
        return Source(document=record, quote=quote, highlights=spans)

    def upload(
        self,
        files: object,
        language: Language,
        *,
        folder: bool = False,
        view: View = View(),  # noqa: B008 - frozen
    ) -> Iterator[str]:
        """Index what the browser sent; yields the state of it as HTML, the outcome last.

        Of a ``folder`` that is what people see in it, without hidden files and those of programs. All of it goes into
        the collection that ``view`` looks at.
        """
        sent = tuple(received(files, self._incoming))
        uploads = tuple(each for each in sent if not (folder and unseen(each.name)))
        if not uploads:
            yield problem_html(say(WEB, language, "upload_failed"))
            return
        yield progress_html(say(WEB, language, "receiving"), 0.0)
        try:
            collection = self.collections.chosen(view)
            yield from self._told(lambda: self.desk.add(uploads, collection), language)
        finally:
            for each in sent:
                each.path.unlink(missing_ok=True)

    def add_path(self, said: object, language: Language, view: View = View()) -> Iterator[str]:  # noqa: B008 - frozen
        """Index a file or folder of this machine where it lies; yields what :meth:`upload` does."""
        path = permitted(said, self.places.allowed)
        if isinstance(path, str):
            shown = said.strip()[:LONGEST_SHOWN] if isinstance(said, str) else ""
            yield problem_html(say(DOCUMENTS, language, path, path=shown, folders=self._allowed()))
            return
        collection = self.collections.chosen(view)
        yield from self._told(lambda: self.desk.add_path(path, collection), language)

    def refresh(self, language: Language) -> Iterator[str]:
        """Look at all files of the index again; yields what :meth:`upload` does."""
        yield from self._told(self.desk.refresh, language)

    def remove(self, ids: object, language: Language) -> str:
        """Take documents out; says what was done, or why not."""
        wanted = {id for id in ids if isinstance(id, str)} if isinstance(ids, list) else set()
        try:
            records = self.desk.remove_all(wanted)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        return _removed(records, language)

    def remove_gone(self, language: Language) -> str:
        """Take the documents out whose files are gone."""
        try:
            return _removed(self.desk.remove_gone(), language)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))

    def _told(
        self, work: Callable[[], Iterator[Step | IndexReport] | Iterator[Step | Refreshed]], language: Language
    ) -> Iterator[str]:
        try:
            for step in work():
                if isinstance(step, Step):
                    yield progress_html(*step_text(step, language))
                elif isinstance(step, Refreshed):
                    yield self._refreshed(step, language)
                else:
                    yield report_html(step, language)
        except PROBLEMS as problem:
            yield problem_html(explain(problem, language))

    def _refreshed(self, done: Refreshed, language: Language) -> str:
        report = done.report
        said = [say(WEB, language, "updated", count=report.updated)] if report.updated else []
        said.append(say(DOCUMENTS, language, "same", count=report.unchanged))
        lost = len(done.gone)
        shown = f'<p class="status">{html(" · ".join(said))}</p>'
        if report.failed:
            heading = say(DOCUMENTS, language, "failed_refresh", count=len(report.failed))
            shown += failures_html(heading, report.failed, language)
        if not lost:
            return f'{shown}<p class="hint">{html(say(DOCUMENTS, language, "no_gone"))}</p>'
        names = [f"{each.title}（{self.desk.shown_path(each.path)}）" for each in done.gone[:GONE_LISTED]]
        rest = [say(DOCUMENTS, language, "more_failures", count=lost - GONE_LISTED)] if lost > GONE_LISTED else []
        rows = "".join(f"<li>{html(name)}</li>" for name in [*names, *rest])
        return (
            f'{shown}<div class="failures"><p>{html(say(DOCUMENTS, language, "gone", count=lost))}</p><ul>{rows}</ul>'
            f'<button type="button" class="button" data-drop-gone>'
            f"{html(say(DOCUMENTS, language, 'drop_gone', count=lost))}</button></div>"
        )

    def _details(self, record: DocumentRecord, came: datetime | None, language: Language) -> str:
        try:
            document = self.desk.document(record.id)
            named = self.desk.library.references(document)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        file = self.desk.shown_path(record.path)
        uploaded = self.desk.kept(record.path)
        plain = [
            ("file", say(DOCUMENTS, language, "uploaded", name=file) if uploaded else file),
            ("size", say(DOCUMENTS, language, "length", paragraphs=record.paragraphs, characters=record.characters)),
        ]
        if came is not None:
            plain.append(("indexed", came.astimezone().strftime("%Y-%m-%d %H:%M")))
        labelled = [(say(DOCUMENTS, language, key), value) for key, value in plain]
        if inside := self.collections.collected().names.get(record.path):
            labelled.append((say(COLLECTIONS, language, "collections"), "、".join(inside)))
        names = [(f"《{each.title}》" * bool(each.title) + (each.number or ""), id) for each, id in named[:NAMED]]
        references = named_html(say(FIELDS, language, "references"), names, language)
        return details_html(record, _facts(document, language), labelled, language) + references

    def _allowed(self) -> str:
        return "、".join(map(str, self.places.allowed))

    def _among(self, records: Sequence[DocumentRecord], view: View) -> tuple[DocumentRecord, ...]:
        """Those of ``records`` that are in the collection that ``view`` looks at."""
        return self.collections.collected().inside(self.collections.chosen(view), records)

    def _documents(self) -> tuple[DocumentRecord, ...]:
        try:
            return self.desk.documents()
        except PROBLEMS:
            return ()


def one_place(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The first of ``spans`` and those that stand right behind it: what lies far apart cannot be shown at once."""
    ordered = sorted((start, end) for start, end in spans if start < end)
    near: list[Span] = []
    for span in ordered:
        if near and span[0] - near[-1][1] > ONE_PLACE:
            break
        near.append(span)
    return tuple(near)


def _facts(document: Document, language: Language) -> list[tuple[str, str, str]]:
    """Label, value and field of what ``document`` says of itself, in the order of the catalogue."""
    said = {"title": document.title, **document.metadata}
    order = ["title", *(field for field in FIELDS if field in said), *(field for field in said if field not in FIELDS)]
    labels = {field: say(FIELDS, language, field) for field in said if field in FIELDS}
    labels["title"] = say(DOCUMENTS, language, "title")
    return [
        (labels.get(field, field), said[field], field if document.stated.get(field) else "")
        for field in dict.fromkeys(order)
    ]


def _removed(records: Sequence[DocumentRecord], language: Language) -> str:
    one = len(records) == 1
    text = (
        say(WEB, language, "removed", title=records[0].title)
        if one
        else say(DOCUMENTS, language, "removed", count=len(records))
    )
    return f'<p class="status">{html(text)}</p>'
