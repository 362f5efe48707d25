"""One folder is one index. What is published never changes: a change is a new generation, swapped in at the end.

    INDEX/
      manifest.json            format, encoder, dimension, counts, generation, size and SHA-256 of each of its files
      lock                     held by the one writer
      collections.json         named choices of documents, which belong to no generation, see rag.collections
      generations/NAME/        documents.sqlite, vectors.faiss, lexical/, and tuned-encoder/ where it has its own

A writer starts a generation as a copy of the published one (hard links where files are immutable), changes it, and
replaces ``manifest.json`` in one atomic step. A crash before that step leaves the old index and a folder that the
next writer clears away; after it, the new index. Readers keep the generation they have opened.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from corpus.document import Document
from embeddings.encoder import Encoder, Vectors
from rag import document_store
from rag.document_store import DocumentStore
from rag.errors import EncoderMismatch, IndexBusy, IndexDamaged, IndexFormat, IndexMissing
from rag.lexical import LexicalIndex
from rag.own_encoder import own_encoder, own_folder, settle
from rag.units import units
from rag.vector_store import VectorStore

FORMAT = 4
MANIFEST = "manifest.json"
OPEN_ATTEMPTS = 5
STALE = 0.3
"""Share of removed paragraphs in the word statistics above which the lexical index is built anew."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What an index says of itself. ``files`` maps a file of the generation to its size in bytes and its SHA-256."""

    generation: str
    encoder: str
    dimension: int
    documents: int
    paragraphs: int
    format: int = FORMAT
    files: dict[str, tuple[int, str]] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the index in ``folder``.

    Raises:
        IndexMissing: There is none.
        IndexFormat: It belongs to another version of the format.
        IndexDamaged: It cannot be understood.
    """
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        found = said["format"]
        if found != FORMAT:
            raise IndexFormat(folder=folder, found=found, expected=FORMAT)
        files = {name: (int(size), str(digest)) for name, (size, digest) in said.pop("files").items()}
        return Manifest(**said, files=files)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(folder=folder) from error
    except PermissionError:
        raise  # Nothing is wrong with it that deleting it would mend.
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(folder=folder, detail=f"{MANIFEST} cannot be understood") from error


class Snapshot:
    """One published generation, open for reading; ``encoder`` is the one that made its vectors."""

    def __init__(self, folder: Path, manifest: Manifest, encoder: Encoder) -> None:
        generation = folder / "generations" / manifest.generation
        self.encoder = _encoder_of(folder, manifest, encoder)
        _check_sizes(folder, manifest)
        self.manifest = manifest
        self.documents = DocumentStore.open(generation)
        self.vectors = VectorStore.load(generation)
        self.lexical = LexicalIndex.open(generation / "lexical")


def open_snapshot(folder: Path, encoder: Encoder) -> Snapshot:
    """Open what is published in ``folder``; ``encoder`` searches it where it carries none of its own.

    Raises:
        IndexMissing: No index there.
        IndexDamaged: A file is not as the manifest says.
        EncoderMismatch: The vectors were made by another encoder.
    """
    for attempt in range(OPEN_ATTEMPTS):
        manifest = read_manifest(folder)
        try:
            return Snapshot(folder, manifest, encoder)
        except IndexDamaged:
            # A writer may have published and cleared this generation between the two reads.
            if attempt == OPEN_ATTEMPTS - 1 or read_manifest(folder).generation == manifest.generation:
                raise
    raise IndexDamaged(folder=folder, detail="it changes faster than it can be opened")


def verify(folder: Path) -> list[str]:
    """The files of the published generation whose content is not what the manifest says."""
    manifest = read_manifest(folder)
    generation = folder / "generations" / manifest.generation
    return [
        name
        for name, (size, digest) in manifest.files.items()
        if not (generation / name).is_file() or _fingerprint(generation / name) != (size, digest)
    ]


class IndexWriter:
    """The one writer: a context manager that holds the lock. Nothing is visible to anybody before :meth:`publish`."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self.encoder = encoder
        """What makes the vectors: once the writer is open, the index's own where it carries one."""

    def __enter__(self) -> "IndexWriter":
        """Take the lock and start a generation.

        Raises:
            IndexBusy: Another writer holds the lock.
            EncoderMismatch: The index was made by another encoder.
        """
        from filelock import FileLock, Timeout

        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self._folder / "lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise IndexBusy(folder=self._folder) from error
        try:
            self._start()
            self._open = True
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files, clear away what was not published, release the lock, whatever fails on the way."""
        try:
            self._close()
        finally:
            try:
                with contextlib.suppress(IndexMissing):
                    _clear_all_but(self._folder, read_manifest(self._folder).generation)
            finally:
                self._lock.release()

    def _start(self) -> None:
        self.generation = self._folder / "generations" / secrets.token_hex(8)
        self.first = not (self._folder / MANIFEST).exists()
        if self.first:
            self.generation.mkdir(parents=True)
            self.documents = DocumentStore.create(self.generation)
            self.vectors = VectorStore.create(self.encoder.dimension)
            self.lexical = LexicalIndex.create(self.generation / "lexical")
            return
        manifest = read_manifest(self._folder)
        self.encoder = _encoder_of(self._folder, manifest, self.encoder)
        published = self._folder / "generations" / manifest.generation
        _check_sizes(self._folder, manifest)
        _clear_all_but(self._folder, manifest.generation)
        self.generation.mkdir(parents=True)
        try:
            shutil.copyfile(published / document_store.FILE, self.generation / document_store.FILE)
        except OSError as error:
            raise IndexDamaged(folder=self._folder, detail=f"{document_store.FILE}: {error.strerror}") from error
        self.documents = DocumentStore.open(self.generation, writable=True)
        self.vectors = VectorStore.load(published)
        self.lexical = LexicalIndex.clone(published / "lexical", self.generation / "lexical")
        settle(self.generation, own_folder(published))

    def change_encoder(self, encoder: Encoder, model: Path | None) -> None:
        """Go on without any vectors, to be made by ``encoder``; ``model`` is its folder where the index carries it."""
        self.encoder = encoder
        self.vectors = VectorStore.create(encoder.dimension)
        settle(self.generation, model)

    def add(self, document: Document, vectors: Vectors) -> None:
        """Add ``document`` with one row of ``vectors`` for each of its :func:`rag.units.units`."""
        paragraphs = self.documents.add(document)
        searched = units(document)
        ids = [paragraphs[unit.ordinal] for unit in searched]
        self.vectors.add(ids, vectors)
        self.lexical.add(ids, [unit.words for unit in searched], document=paragraphs[0] if paragraphs else 0)

    def remove(self, id: str) -> None:
        """Remove the document ``id`` with its paragraphs."""
        ids = self.documents.remove(id)
        self.vectors.remove(ids)
        self.lexical.remove(ids)

    def publish(self) -> None:
        """Make this generation the index, in one step; the writer is finished afterwards.

        Raises:
            IndexDamaged: The generation it began with is not what its manifest says: a new manifest would hide that.
        """
        if not self.first and (damaged := verify(self._folder)):
            raise IndexDamaged(folder=self._folder, detail=f"{', '.join(damaged)} changed since it was written")
        documents, paragraphs = self.documents.counts()
        self.vectors.save(self.generation)
        self.lexical.commit()
        if self.lexical.stale > STALE:
            self._renew_lexical()
        self._close()
        # Opening a lexical index for reading leaves lock files in it: they belong to no state of the index.
        files = sorted(p for p in self.generation.rglob("*") if p.is_file() and p.suffix != ".lock")
        for path in files:
            _flush(path)
        manifest = Manifest(
            generation=self.generation.name,
            encoder=self.encoder.name,
            dimension=self.encoder.dimension,
            documents=documents,
            paragraphs=paragraphs,
            files={p.relative_to(self.generation).as_posix(): _fingerprint(p) for p in files},
        )
        staged = self._folder / f"{MANIFEST}.new"
        staged.write_text(json.dumps(vars(manifest), indent=1, ensure_ascii=False), encoding="utf-8")
        _flush(staged)
        staged.replace(self._folder / MANIFEST)
        _flush(self._folder)

    def _renew_lexical(self) -> None:
        """Build the lexical index anew from the documents, because the removed ones distort its statistics."""
        self.lexical.close()
        shutil.rmtree(self.generation / "lexical")
        self.lexical = LexicalIndex.create(self.generation / "lexical")
        for record in self.documents.records():
            searched = units(self.documents.document(record.id))
            ids = self.documents.paragraph_ids(record.id)
            words = [unit.words for unit in searched]
            self.lexical.add([ids[unit.ordinal] for unit in searched], words, document=ids[0] if ids else 0)
        self.lexical.commit()

    def _close(self) -> None:
        if self._open:
            self._open = False
            try:
                self.documents.close()
            finally:
                self.lexical.close()


def _encoder_of(folder: Path, manifest: Manifest, given: Encoder) -> Encoder:
    """The encoder of what ``manifest`` describes: the index's own where it carries one, else ``given``."""
    own = own_encoder(folder / "generations" / manifest.generation, manifest.files, manifest.encoder)
    if own is None and (manifest.encoder, manifest.dimension) != (given.name, given.dimension):
        raise EncoderMismatch(folder=folder, found=manifest.encoder, expected=given.name)
    return own or given


def _clear_all_but(folder: Path, generation: str) -> None:
    """Delete other generations; on systems that keep open files undeletable the next writer tries again."""
    for path in (folder / "generations").glob("*"):
        if path.name != generation:
            shutil.rmtree(path, ignore_errors=True)


def _check_sizes(folder: Path, manifest: Manifest) -> None:
    for name, (size, _) in manifest.files.items():
        if _size(folder / "generations" / manifest.generation / name) != size:
            raise IndexDamaged(folder=folder, detail=f"{name} is missing or has another size")


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _fingerprint(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, digest


def _flush(path: Path) -> None:
    """Have the system write ``path`` to the disk, so that a power cut cannot leave a manifest without its files."""
    with contextlib.suppress(PermissionError):  # Windows cannot open a folder
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
