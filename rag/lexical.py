"""BM25 over the terms of ``rag.search_terms``: the owner of tantivy, a search engine that lives in the process.

A folder holds segments that never change once they are written, beside small JSON files that are replaced as a whole.
So a clone is a folder of hard links, and whoever searches the old folder is not disturbed.

The score of a paragraph d is the sum over the distinct terms t of the question, of weight w (1 as a rule), of

    w * ln(1 + (N - n + 0.5) / (n + 0.5)) * f * (k1 + 1) / (f + k1 * (1 - b + b * |d| / avg|d|)),   k1 = 1.2, b = 0.75

where N paragraphs have |d| terms each, n of them hold t, and d holds it f times (Robertson and Zaragoza, The
Probabilistic Relevance Framework: BM25 and Beyond, 2009; the idf is Lucene's, which is never negative). k1 and b are
constants of the engine, and it keeps |d| in one byte: exactly up to 40, rounded down by less than an eighth above.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rag.errors import IndexBusy, IndexDamaged
from rag.search_terms import asked_terms, stored_terms

if TYPE_CHECKING:
    import tantivy

_WRITER_BYTES = 64_000_000
_MANY = 1000
"""Documents above which it pays to search everywhere first: what comes up probably lies within them anyway."""

# Scores are sums in single precision, in an order that depends on the segment: further digits are noise, and undo ties.
_DECIMALS = 4


class LexicalIndex:
    """An index of paragraphs by their words, made with :meth:`create`, :meth:`open` or :meth:`clone`.

    Changes are seen, by this object too, after :meth:`commit`. Any number of threads and processes may search; one
    thread at a time may change it.
    """

    def __init__(self, folder: Path, index: "tantivy.Index") -> None:
        self._folder = folder
        self._index = index
        self._searcher = index.searcher()
        self._writer: tantivy.IndexWriter | None = None

    @classmethod
    def create(cls, folder: Path) -> Self:
        """A new, empty index; ``folder`` is made, and must be empty where it exists.

        Raises:
            FileExistsError: There is something in ``folder``.
            OSError: It cannot be written.
        """
        import tantivy

        _make_empty(folder)
        schema = tantivy.SchemaBuilder()
        # Signed: deletion by term looks for a signed number, and in an unsigned field finds nothing without saying so.
        schema.add_integer_field("id", indexed=True, fast=True)
        schema.add_integer_field("document", indexed=True, fast=True)
        schema.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        with _translated(folder):
            return cls(folder, tantivy.Index(schema.build(), str(folder), reuse=False))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in ``folder``. Where the folder cannot be written to, it can be searched all the same.

        Raises:
            IndexDamaged: There is no index, or a file of it is missing or is not what it was.
        """
        import tantivy

        with _translated(folder):
            if os.access(folder, os.W_OK) or not folder.exists():
                return cls(folder, tantivy.Index.open(str(folder)))
            # The library makes a lock file before it reads. Once it has the files, it no longer needs their names.
            with tempfile.TemporaryDirectory(prefix="wenju-", ignore_cleanup_errors=True) as mirror:
                _copy(folder, Path(mirror), os.symlink)
                return cls(folder, tantivy.Index.open(mirror))

    @classmethod
    def clone(cls, source: Path, target: Path) -> Self:
        """An index of its own in ``target`` that starts as the one in ``source``; what never changes is linked.

        Raises:
            IndexDamaged: There is no index in ``source``, or a file of it is missing or is not what it was.
            FileExistsError: There is something in ``target``.
            OSError: ``target`` cannot be written.
        """
        if not (source / "meta.json").is_file():
            raise IndexDamaged(folder=source, detail="no lexical index")
        _make_empty(target)
        _copy(source, target, os.link)
        return cls.open(target)

    def __len__(self) -> int:
        return self._searcher.num_docs

    @property
    def stale(self) -> float:
        """The share of removed paragraphs among those that the statistics N, n and avg|d| still count.

        The engine forgets them when it merges their segment with others. A large share shifts the weights of words
        (never the results to removed paragraphs): build the index anew from the paragraphs.

        Raises:
            IndexDamaged: The list of segments cannot be read.
        """
        with _translated(self._folder):
            segments = json.loads((self._folder / "meta.json").read_text("utf-8"))["segments"]
        counted = sum(segment["max_doc"] for segment in segments)
        removed = sum(segment["deletes"]["num_deleted_docs"] for segment in segments if segment["deletes"])
        return removed / counted if counted else 0.0

    def add(self, ids: Sequence[int], texts: Sequence[str], *, document: int = 0) -> None:
        """Add the paragraphs ``texts`` under ``ids`` (64 bits, signed), none of which is in the index.

        Args:
            ids: One for each paragraph.
            texts: Their words.
            document: A number (64 bits, signed) of the document that they belong to, for :meth:`search`.

        Raises:
            IndexBusy: Another writer has this folder.
            PermissionError: The folder cannot be written to.
            ValueError: Not as many ids as texts.
        """
        import tantivy

        if len(ids) != len(texts):
            raise ValueError(f"{len(ids)} ids for {len(texts)} paragraphs")
        with _translated(self._folder):
            for number, text in zip(ids, texts, strict=True):
                paragraph = tantivy.Document()
                paragraph.add_integer("id", int(number))
                paragraph.add_integer("document", document)
                paragraph.add_text("terms", " ".join(stored_terms(text)))
                self._writing().add_document(paragraph)

    def remove(self, ids: Sequence[int]) -> None:
        """Remove the paragraphs with these ids; an id that is not there is no error.

        Raises:
            IndexBusy: Another writer has this folder.
            PermissionError: The folder cannot be written to.
        """
        with _translated(self._folder):
            for number in ids:
                self._writing().delete_documents_by_term("id", int(number))

    def commit(self) -> None:
        """Write all changes since the last commit, wait for the engine's housekeeping, and let go of the folder."""
        if self._writer is None:
            return
        with _translated(self._folder):
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
            self._index.reload()
            self._searcher = self._index.searcher()

    def close(self) -> None:
        """Give up the changes since the last commit and let go of the folder. Searching stays possible."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with _translated(self._folder):
                writer.rollback()

    def search(
        self, query: str, k: int, *, without: Collection[int] = (), within: Set[int] | None = None
    ) -> tuple[tuple[int, float], ...]:
        """The best ``k`` paragraphs that share a term with ``query`` or its other words, but for those ``without``.

        Where ``within`` is given, only paragraphs of documents with these numbers. Scores are the same as everywhere.

        Returns:
            Pairs of id and BM25 score, best first; equal scores in the order of the ids.

        Raises:
            IndexDamaged: A file of the index is not what it was.
        """
        searcher, terms = self._searcher, asked_terms(query, self.rarity)
        if k < 1 or not terms or not searcher.num_docs or (within is not None and not within):
            return ()
        with _translated(self._folder):
            # Of equal scores the engine keeps those it met first, so ask on until the tie at place k is complete.
            limit = k + len(without) + 16
            anywhere = within is None or len(within) > _MANY
            while True:
                limit = min(limit, searcher.num_docs)
                hits = self._hits(searcher, terms, limit, None if anywhere else within)
                found = [
                    (id, score)
                    for id, document, score in hits
                    if id not in without and (within is None or document in within)
                ]
                if (
                    len(hits) < limit
                    or limit == searcher.num_docs
                    or (len(found) >= k and hits[-1][2] < found[k - 1][1])
                ):
                    return tuple(sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k])
                limit *= 4
                anywhere = within is None

    def rarity(self, terms: Sequence[str]) -> list[float]:
        """The inverse document frequency ln(1 + (N - n + 0.5) / (n + 0.5)) of each of ``terms``; always above 0.

        Raises:
            IndexDamaged: A file of the index is not what it was.
        """
        searcher = self._searcher
        with _translated(self._folder):
            holding = [searcher.doc_freq("terms", term) for term in terms]
        # Removed paragraphs may still be counted in n, so that it can be above the number that there are.
        return [log(1 + (max(searcher.num_docs, n) - n + 0.5) / (n + 0.5)) for n in holding]

    def _hits(
        self, searcher: "tantivy.Searcher", terms: Mapping[str, float], limit: int, within: Set[int] | None
    ) -> list[tuple[int, int, float]]:
        """Id, number of the document and score of the best ``limit`` paragraphs, best first."""
        from tantivy import Occur, Query

        schema = self._index.schema
        clauses = [(Query.term_query(schema, "terms", term, "freq"), weight) for term, weight in terms.items()]
        query = Query.boolean_query([(Occur.Should, Query.boost_query(term, weight)) for term, weight in clauses])
        if within is not None:
            inside = Query.const_score_query(Query.term_set_query(schema, "document", list(within)), 0.0)
            query = Query.boolean_query([(Occur.Must, inside), (Occur.Must, query)])
        hits = searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in hits]
        ids, documents = (searcher.fast_field_values(name, addresses) for name in ("id", "document"))
        return [
            (int(id or 0), int(document or 0), round(score, _DECIMALS))
            for id, document, (score, _) in zip(ids, documents, hits, strict=True)
        ]

    def _writing(self) -> "tantivy.IndexWriter":
        if self._writer is None:
            if not os.access(self._folder, os.W_OK):
                raise PermissionError(f"{self._folder}: this lexical index cannot be written to")
            # One thread: the same paragraphs then make the same segments, whatever else the machine is doing.
            self._writer = self._index.writer(_WRITER_BYTES, 1)
        return self._writer


def _make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder}: not empty; a lexical index needs a folder of its own")


def _copy(source: Path, target: Path, link: Callable[[Path, Path], None]) -> None:
    """Everything but locks: segments by ``link``, and copies of the JSON files, which the engine replaces."""
    for file in source.iterdir():
        if file.suffix == ".json":
            shutil.copyfile(file, target / file.name)
        elif file.suffix != ".lock":
            try:
                link(file.absolute(), target / file.name)
            except OSError:  # Another file system, or one without links.
                shutil.copyfile(file, target / file.name)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """The library's errors as ours. It says everything with ``ValueError``, and gives up with a panic of its own."""
    try:
        yield
    except ValueError as error:
        if "LockBusy" in str(error):
            raise IndexBusy(folder=folder) from error
        raise IndexDamaged(folder=folder, detail=f"lexical index: {error}") from error
    except BaseException as error:
        # Not an Exception, and no name of it can be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamaged(folder=folder, detail=f"lexical index: {error}") from error
