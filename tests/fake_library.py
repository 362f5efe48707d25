"""A library with one document and one fact, for tests of what is shown: no index, no model, no search."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import rag
from corpus.document import Document, Paragraph
from corpus.errors import CorpusError
from rag.answer import Answer, Citation, DocumentRecord, Passage, Reference, Timing
from rag.collections import CollectionStore, resolved
from rag.errors import IndexMissing, NoSuchPath, NotInIndex, ReaderNotFound, ReadOnlyIndex, UnknownDocument
from rag.scope import Scope
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.indexing import IndexReport, Progress

TITLE = "关于修缮东塘水渠的答复"
PARAGRAPHS = (
    "一、工程进度",
    "水渠长3.2公里，已修好45%。",
    "详情见 <img src=x onerror=alert(1)> 与 ![图](http://example.com/a.png)。",
)
TEXT = "\n".join(PARAGRAPHS)
DOCUMENT = "00aa11bb22cc33dd"
FACT = "已修好多少？"
FOLLOW_UP = "那长度呢？"
UNKNOWN = "谁批准的？"
READERS = (None, "bundled", "none", "good/reader")
NASTY_PATH = "/data/塘\udcff\x1b[31m.txt"


def _start(paragraph: int) -> int:
    return sum(len(text) + 1 for text in PARAGRAPHS[:paragraph])


RECORD = DocumentRecord(
    id=DOCUMENT,
    path=NASTY_PATH,
    title=TITLE,
    number="塘水〔2031〕7号",
    issuer="东塘水务站",
    date="2031-05-06",
    paragraphs=len(PARAGRAPHS),
    characters=len(TEXT),
)
WHOLE = Document(
    id=DOCUMENT,
    path=NASTY_PATH,
    title=TITLE,
    text=TEXT,
    paragraphs=tuple(
        Paragraph(start=_start(n), end=_start(n) + len(text), section=PARAGRAPHS[:1] if n else (), page=2)
        for n, text in enumerate(PARAGRAPHS)
    ),
    metadata={"number": "塘水〔2031〕7号", "signer": "陆\x1b]0;owned\x07一"},
    content_hash="f" * 64,
)


def passage(paragraph: int, score: float = 1.0) -> Passage:
    start = _start(paragraph)
    return Passage(
        document=RECORD,
        paragraph=paragraph,
        section=PARAGRAPHS[:1] if paragraph else (),
        page=2,
        text=PARAGRAPHS[paragraph],
        start=start,
        end=start + len(PARAGRAPHS[paragraph]),
        score=score,
    )


def citation(paragraph: int, words: str, marker: int = 1) -> Citation:
    source = passage(paragraph)
    first = source.start + source.text.index(words)
    return Citation(
        marker=marker,
        document=RECORD,
        section=source.section,
        paragraph=paragraph,
        page=source.page,
        quote=source.text,
        start=source.start,
        end=source.end,
        highlights=((first, first + len(words)),),
        score=0.5,
    )


def found(question: str, words: str, asked: str | None = None) -> Answer:
    return Answer(
        question=question,
        asked=asked or question,
        answer=words,
        kind="span",
        confidence=0.8,
        citations=(citation(1, words),),
        timing_ms=Timing(retrieve=1.0, read=2.0, total=3.0),
    )


class FakeLibrary:
    """Knows how much is repaired; of a follow-up with a history how long the canal is; nothing else."""

    def __init__(self, settings: Settings, *, read_only: bool = False) -> None:
        self.folder = str(settings.index)
        self.read_only = read_only
        self.settings = settings
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.scopes: list[Scope | None] = []
        self.prepared = False
        self.collections = CollectionStore(settings.index, read_only=read_only)

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
        self.asked.append((question, tuple(history)))
        self.scopes.append(scope)
        return replace(self._ask(question, history), scope=scope)

    def _ask(self, question: str, history: Sequence[str]) -> Answer:
        if question == "boom":
            raise RuntimeError("wires crossed")
        if question == FACT:
            return found(question, "45%")
        if question == FOLLOW_UP and history:
            return found(question, "3.2公里", asked="水渠长度")
        return Answer(question=question, asked=question, reason="not_stated", nearest=(passage(2), passage(1)))

    def resolved(self, scope: Scope) -> Scope:
        return resolved(scope, self.collections, lambda: {NASTY_PATH: (DOCUMENT, "")})

    def within(self, scope: Scope) -> int:
        self.resolved(scope)
        for issuer in scope.issuers:
            if issuer not in str(RECORD.issuer):
                raise NotInIndex(particular="issuer", name=issuer, nearest=RECORD.issuer)
        return 1

    def search(self, question: str, *, top_k: int | None = None, scope: Scope | None = None) -> tuple[Passage, ...]:
        self.scopes.append(scope)
        return (passage(1, 0.9), passage(2, 0.4))[: top_k or 8] if question != "zzz" else ()

    def add(self, paths: Sequence[str], *, prune: bool = False, progress: "Progress | None" = None) -> "IndexReport":
        from rag.indexing import Failure, IndexReport

        if "nowhere" in paths:
            raise NoSuchPath(path="nowhere")
        failed = tuple(Failure(path=p, error=CorpusError(p)) for p in paths if p.startswith("bad"))
        if progress:
            progress(len(paths), len(paths), paths[-1])
        return IndexReport(
            added=len(paths) - len(failed), vanished=0 if prune else 1, failed=failed, paragraphs=3, seconds=1.25
        )

    def remove(self, ids: Sequence[str]) -> int:
        if self.read_only:
            raise ReadOnlyIndex
        for id in ids:
            self.document(id)
        return len(ids)

    def documents(self) -> tuple[DocumentRecord, ...]:
        return (RECORD,)

    def document(self, id: str) -> Document:
        if not DOCUMENT.startswith(id):
            raise UnknownDocument(id=id)
        return WHOLE

    def references(self, document: Document) -> list[tuple[Reference, str | None]]:
        return []

    def check(self) -> None:
        """Always sound."""

    def prepare(self) -> None:
        if self.settings.reader not in READERS:
            raise ReaderNotFound(path=self.settings.reader)
        self.prepared = True


class FakeBuild:
    """Stands for ``rag.build``: an index that is named and not there is missing, one not named gives the samples."""

    def __init__(self) -> None:
        self.opened: list[FakeLibrary] = []

    def open_library(self, settings: Settings) -> FakeLibrary:
        if settings.index_named and not settings.index.exists():
            raise IndexMissing(folder=settings.index)
        self.opened.append(FakeLibrary(settings, read_only=not settings.index.exists()))
        return self.opened[-1]

    def open_for_writing(self, settings: Settings) -> FakeLibrary:
        return FakeLibrary(settings)


def run_command() -> int:
    """``wenju`` over the fake, for tests that need a process of its own."""
    from ui.cli import main

    fake = FakeBuild()
    rag.build = SimpleNamespace(open_library=fake.open_library, open_for_writing=fake.open_for_writing)  # type: ignore[assignment]
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run_command())
