"""One opened index: everything that the command line and the web page ask for goes through here."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.references import Reference, references
from embeddings.encoder import Encoder
from rag.answer import Answer, Asked, Consultation, Document, DocumentRecord, Passage
from rag.answering import pipeline_over, reader_over, retriever_over
from rag.close_calls import READ, close, settled
from rag.collections import CollectionStore, resolved
from rag.errors import ReadOnlyIndex
from rag.index_store import IndexWriter, Snapshot
from rag.indexing import Failure as Failure
from rag.indexing import IndexReport as IndexReport
from rag.indexing import Progress as Progress
from rag.indexing import index_paths
from rag.opened_index import OpenedIndex, naming
from rag.pipeline import unanswered
from rag.question import understand
from rag.scope import Scope
from rag.settings import Settings
from rag.span_model import SpanModel

if TYPE_CHECKING:
    from rag.evaluation.case import Dataset
    from rag.tuning.tuning import Progress as TuningProgress
    from rag.tuning.tuning import Tuning


class Library:
    """An index folder with its encoder, its reader and its ``collections``, safe to share between threads.

    Where the index carries an encoder of its own, that searches it, and the one that is set only reads.
    Another process may change the index at any time; each call sees the newest finished state.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        encoder: Encoder,
        model: Callable[[str | None], SpanModel | None],
        temporary: Path | None = None,
    ) -> None:
        """``model`` gives the trained reader of a name, for every question anew, see :class:`rag.readers.Readers`."""
        self._settings = settings
        self._encoder = encoder
        self._model = model
        self._read_only = temporary is not None
        self._folder = temporary or settings.index
        self._filled: IndexReport | None = None
        self._opened = OpenedIndex(self._folder, encoder)
        self.collections = CollectionStore(self._folder, read_only=self._read_only)

    @property
    def read_only(self) -> bool:
        """Whether these are the bundled samples, or the texts that a test set brings with it."""
        return self._read_only

    @property
    def folder(self) -> str:
        """The index folder."""
        return str(self._folder)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        top_k: int | None = None,
        threshold: float | None = None,
        scope: Scope | None = None,
        reader: str | None = None,
    ) -> Answer:
        """Answer ``question``; ``history`` holds the questions before it, oldest first. As :meth:`consult`."""
        whole = Asked(question=question, history=tuple(history), scope=scope)
        return self.consult([whole], top_k=top_k, threshold=threshold, reader=reader)[0].answer

    def consult(
        self,
        asked: Sequence[Asked],
        *,
        top_k: int | None = None,
        threshold: float | None = None,
        depth: int = 0,
        hidden: Collection[str] = (),
        reader: str | None = None,
    ) -> tuple[Consultation, ...]:
        """Answer several questions together, and say how each answer came about.

        Args:
            asked: The questions, each with those asked before it and what it is asked of.
            top_k: Passages read, where not as set.
            threshold: Confidence under which there is no answer, where not as set.
            depth: Passages retrieved and returned at the least; the reader sees ``top_k`` of them.
            hidden: Full ids of documents passed over as if they were not there; how rare a word is still counts them.
            reader: The trained reader that reads, where not as set: a name that :func:`rag.models.load_model` takes.

        Raises:
            NotInIndex: A scope names what no document is called.
            ReaderUnusable: There is no such reader.
        """
        with naming(self._folder):
            snapshot = self._snapshot()
            if not snapshot.manifest.paragraphs:
                return tuple(unanswered(each, "empty_index") for each in asked)
            asked = [replace(each, scope=each.scope and self.resolved(each.scope)) for each in asked]
            reached = [each for each in asked if not each.scope or snapshot.documents.within(each.scope)]
            settings = self._settings if threshold is None else replace(self._settings, threshold=threshold)
            model = self._model(reader or settings.reader)
            pipeline = pipeline_over(snapshot, settings, encoder=self._encoder, model=model, hidden=hidden)
            told = iter(pipeline.consult(reached, top_k=top_k, depth=depth))
            return tuple(next(told) if each in reached else unanswered(each, "empty_scope") for each in asked)

    def search(self, question: str, *, top_k: int | None = None, scope: Scope | None = None) -> tuple[Passage, ...]:
        """The passages for ``question``, best first; none is read, but for the first few where two are close.

        Raises what :meth:`consult` does.
        """
        with naming(self._folder):
            (asked, *_), within = understand(question), scope and self.resolved(scope)
            snapshot = self._snapshot()
            retriever = retriever_over(snapshot, self._settings)
            most = top_k or self._settings.top_k
            (found,) = retriever.retrieve([asked], max(most, READ), within)
            if close(found) and (model := self._model(self._settings.reader)):
                found = settled(reader_over(snapshot, self._encoder, model), asked, found)
            return found[:most]

    def within(self, scope: Scope) -> int:
        """How many documents ``scope`` chooses.

        Raises:
            NotInIndex: It names what no document is called.
        """
        with naming(self._folder):
            return len(self._snapshot().documents.within(self.resolved(scope)).firsts)

    def resolved(self, scope: Scope) -> Scope:
        """``scope`` with its collections looked up. Raises what :meth:`within` does."""
        with naming(self._folder):
            return resolved(scope, self.collections, self._hashes)

    def add(self, paths: Sequence[str], *, prune: bool = False, progress: Progress | None = None) -> IndexReport:
        """Index files and folders; unchanged files cost nothing, and ``prune`` drops documents whose file is gone.

        Raises:
            NoSuchPath: One of ``paths`` does not exist; nothing was changed.
            IndexBusy: Another process is writing.
            ReadOnlyIndex: These are the samples.
        """
        if self._read_only:
            raise ReadOnlyIndex
        with self.collections.following(self._hashes):
            return self._index(paths, prune=prune, progress=progress)

    def fill(self, paths: Sequence[str], progress: Progress | None = None) -> None:
        """Fill a temporary index; the composition root does so once."""
        self._filled = self._index(paths, progress=progress)

    @property
    def filled(self) -> IndexReport | None:
        """What filling a temporary index came to; ``None`` for an index that stays."""
        return self._filled

    @property
    def settings(self) -> Settings:
        """What it was opened with."""
        return self._settings

    @property
    def encoder_name(self) -> str:
        """Name of the encoder that searches: the index's own where it carries one."""
        with naming(self._folder):
            return self._snapshot().encoder.name

    @property
    def state(self) -> str:
        """A name for the content of the index: it changes when the content does."""
        with naming(self._folder):
            snapshot = self._snapshot()
            if self._filled is None:
                return snapshot.manifest.generation
            return repr([(Path(r.path).name, r.title, r.characters) for r in snapshot.documents.records()])

    def remove(self, ids: Sequence[str]) -> int:
        """Remove documents (by id or a unique beginning of it); returns how many.

        Raises:
            UnknownDocument: One of ``ids`` names none; nothing was changed.
            IndexBusy: Another process is writing.
            ReadOnlyIndex: These are the samples.
        """
        if self._read_only:
            raise ReadOnlyIndex
        self.check()
        writing = IndexWriter(self._folder, self._encoder)
        with naming(self._folder), self.collections.following(self._hashes), writing as writer:
            for id in (full := {writer.documents.full_id(id) for id in ids}):
                writer.remove(id)
            if full:
                writer.publish()
        return len(full)

    def tune(
        self, *, questions: "Dataset | None" = None, dry_run: bool = False, progress: "TuningProgress | None" = None
    ) -> "Tuning":
        """Adapt the encoder to these documents, and keep it if it is better.

        Raises:
            ReadOnlyIndex: These are the samples.
            RagError: What :func:`rag.tuning.tuning.tune` raises.
        """
        if self._read_only:
            raise ReadOnlyIndex
        from rag.tuning.tuning import tune  # brings the evaluation along

        with naming(self._folder):
            opened = (self._folder, self._encoder, self, self._snapshot())
            return tune(*opened, questions=questions, dry_run=dry_run, progress=progress)

    def untune(self, progress: "TuningProgress | None" = None) -> bool:
        """Go back to the encoder that is set; whether the index had one of its own.

        Raises:
            IndexBusy: Another process is writing.
            ReadOnlyIndex: These are the samples.
        """
        if self._read_only:
            raise ReadOnlyIndex
        from rag.tuning.tuning import undo

        with naming(self._folder):
            return undo(self._folder, self._encoder, progress)

    def documents(self) -> tuple[DocumentRecord, ...]:
        """All documents, ordered by path."""
        with naming(self._folder):
            return self._snapshot().documents.records()

    def indexed(self) -> dict[str, datetime]:
        """Id of a document -> when it came into the index; those of an earlier release are missing."""
        with naming(self._folder):
            return self._snapshot().documents.indexed()

    def document(self, id: str) -> Document:
        """A whole document with its cleaned text and paragraphs, by id or a unique beginning of it.

        Raises:
            UnknownDocument: ``id`` names none.
        """
        with naming(self._folder):
            store = self._snapshot().documents
            return store.document(store.full_id(id))

    def references(self, document: Document) -> list[tuple[Reference, str | None]]:
        """The other documents that ``document`` names, each with its id where it is in the index."""
        with naming(self._folder):
            named = [(each, self._snapshot().documents.named(each)) for each in references(document.text)]
            return [(each, id) for each, id in named if id != document.id]

    def check(self) -> None:
        """Open the index now.

        Raises:
            IndexUnusable: It is missing, damaged or made by another encoder.
        """
        with naming(self._folder):
            self._snapshot()

    def prepare(self) -> None:
        """Load the trained reader now, not with the first question.

        Raises:
            ReaderUnusable: The one that is set is none.
            ReaderDamaged: The bundled one is missing or cannot be understood.
        """
        self._model(self._settings.reader)

    def _hashes(self) -> dict[str, tuple[str, str]]:
        return self._snapshot().documents.hashes()

    def _index(self, paths: Sequence[str], *, prune: bool = False, progress: Progress | None = None) -> IndexReport:
        with naming(self._folder):
            return index_paths(
                lambda: IndexWriter(self._folder, self._encoder),
                paths,
                max_bytes=self._settings.max_file_bytes,
                prune=prune,
                progress=progress,
            )

    def _snapshot(self) -> Snapshot:
        return self._opened.snapshot()
