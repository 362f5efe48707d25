"""A library small enough to compute in the head: a line is a paragraph, an answer is every figure of the best line.

A line answers when at least half of the question's character pairs stand in it; a line "文号：…" answers what asks for
the 文号 of its document by title. A question of a test set with 慢 in it takes a tenth of a second.
"""

import re
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from corpus.document import Document, Paragraph, content_hash, document_id
from corpus.errors import EmptyFile, FileTooLarge, UnsupportedFormat
from rag.answer import Answer, Asked, Citation, Consultation, DocumentRecord, Passage, Place, Reference, Span, Timing
from rag.collections import CollectionStore, resolved
from rag.errors import CorpusError, NotInIndex, ReadOnlyIndex, UnknownDocument
from rag.library import Failure, IndexReport, Progress
from rag.scope import BY_NAME, Scope, contains
from rag.settings import Settings

FIELD = re.compile("(?<=^文号：).*")
FIGURE = re.compile(r"\d+(?:\.\d+)?\s*[^\W\d_]?")
ENOUGH = 0.5
FIELDS = {"文号": "number", "发文机关": "issuer", "成文日期": "date"}


def pairs(text: str) -> set[str]:
    words = re.sub(r"\W", "", text)
    return {words[i : i + 2] for i in range(len(words) - 1)}


def read(path: Path) -> Document:
    data = path.read_bytes()
    lines = [line.strip() for line in data.decode("utf-8").splitlines() if line.strip()]
    paragraphs, start, section = [], 0, ()
    for line in lines:
        heading = 1 if re.match(r"[一二三四五]、", line) else None
        paragraphs.append(Paragraph(start=start, end=start + len(line), section=section, heading=heading))
        section = (line,) if heading else section
        start += len(line) + 1
    known = dict(line.split("：", 1) for line in lines if "：" in line)
    return Document(
        id=document_id(str(path), content_hash(data)),
        path=str(path),
        title=lines[0] if lines else path.stem,
        text="\n".join(lines),
        paragraphs=tuple(paragraphs),
        metadata={FIELDS[key]: value for key, value in known.items() if key in FIELDS},
        content_hash=content_hash(data),
    )


def _place(copy: Passage, best: Passage, spans: Sequence[Span]) -> Place:
    """Where ``copy`` says what ``best`` says at ``spans``."""
    moved = tuple((first - best.start + copy.start, last - best.start + copy.start) for first, last in spans)
    return Place(
        document=copy.document,
        section=copy.section,
        paragraph=copy.paragraph,
        page=None,
        text=copy.text,
        start=copy.start,
        end=copy.end,
        highlights=moved,
    )


class FakeLibrary:
    """Answers as the real one does, over documents it holds in memory."""

    def __init__(self, documents: Sequence[Document] = (), *, read_only: bool = False, max_bytes: int = 10**6) -> None:
        self._documents = {document.id: document for document in documents}
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self.read_only = read_only
        self.folder = "memory"
        self.filled: IndexReport | None = None
        self.settings = Settings(home=Path("memory"), index=Path("memory"))
        self.came: dict[str, datetime] = {}
        self.histories: list[tuple[str, ...]] = []
        kept = tempfile.mkdtemp(prefix="wenju-test-")
        weakref.finalize(self, shutil.rmtree, kept, ignore_errors=True)
        self.collections = CollectionStore(Path(kept), read_only=read_only)

    @property
    def encoder_name(self) -> str:
        return "pairs of characters"

    @property
    def state(self) -> str:
        return repr(sorted(self._documents))

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
        self.histories.append(tuple(history))
        answer = self._answer(question, history, self._within(scope or Scope()), top_k)
        if scope and answer.reason == "empty_index":
            answer = replace(answer, reason="empty_scope")
        return replace(answer, scope=scope)

    def within(self, scope: Scope) -> int:
        return len(self._within(scope))

    def resolved(self, scope: Scope) -> Scope:
        return resolved(scope, self.collections, self._hashes)

    def _hashes(self) -> dict[str, tuple[str, str]]:
        return {document.path: (id, document.content_hash) for id, document in self._documents.items()}

    def _within(self, scope: Scope) -> list[Document]:
        scope = self.resolved(scope)
        for field in BY_NAME:
            for value in getattr(scope, field):
                one = Scope(**{field: (value,)})
                if not any(contains(one, record) for record in self.documents()):
                    raise NotInIndex(particular=field.removesuffix("s"), name=value, nearest="-")
        return [each for each in self._documents.values() if contains(scope, self._record(each))]

    def consult(
        self, asked: Sequence[Asked], *, top_k: int | None = None, depth: int = 0, hidden: Collection[str] = ()
    ) -> tuple[Consultation, ...]:
        open_ = [document for document in self._documents.values() if document.id not in hidden]
        consulted = []
        for each in asked:
            time.sleep(0.1 if "慢" in each.question else 0)
            answer = self._answer(each.question, each.history, open_, top_k)
            found = sorted(self._passages(pairs(answer.asked), open_), key=lambda passage: -passage.score)
            consulted.append(Consultation(answer=answer, draft=replace(answer), passages=tuple(found[:depth])))
        return tuple(consulted)

    def _answer(self, question: str, history: Sequence[str], open_: Collection[Document], top_k: int | None) -> Answer:
        asked = f"{history[-1]} {question}" if history and len(question) < 6 else question
        if not open_:
            return Answer(question=question, asked=asked, reason="empty_index")
        wanted = pairs(asked)
        found = sorted(self._passages(wanted, open_), key=lambda passage: -passage.score)[: top_k or 3]
        if not found or found[0].score < ENOUGH:
            return Answer(question=question, asked=asked, reason="not_stated", nearest=tuple(found))
        best = found[0]
        figures = [FIELD.search(best.text)] if FIELD.search(best.text) else list(FIGURE.finditer(best.text))
        spans = tuple((best.start + m.start(), best.start + m.end()) for m in figures if m)
        citation = Citation(
            marker=1,
            document=best.document,
            section=best.section,
            paragraph=best.paragraph,
            page=None,
            quote=best.text,
            start=best.start,
            end=best.end,
            highlights=spans or ((best.start, best.end),),
            score=best.score,
            copies=tuple(
                _place(other, best, spans)
                for other in self._passages(wanted, open_)
                if other.text == best.text and other.document.id != best.document.id
            ),
        )
        items = tuple(m.group() for m in figures if m)
        return Answer(
            question=question,
            asked=asked,
            answer="、".join(items) or best.text,
            kind="list" if len(items) > 1 else "span",
            items=items if len(items) > 1 else (),
            confidence=best.score,
            citations=(citation,),
            timing_ms=Timing(total=12.0),
        )

    def search(self, question: str, *, top_k: int | None = None, scope: Scope | None = None) -> tuple[Passage, ...]:
        return self.ask(question, top_k=top_k, scope=scope).nearest

    def add(self, paths: Sequence[str], *, prune: bool = False, progress: Progress | None = None) -> IndexReport:
        if self.read_only:
            raise ReadOnlyIndex
        added, updated, unchanged, failed = 0, 0, 0, []
        files = [file for path in map(Path, paths) for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
        for done, path in enumerate(files):
            if progress:
                progress(done, len(files), str(path))
            try:
                document = self._load(path)
            except CorpusError as error:
                failed.append(Failure(path=str(path), error=error))
                continue
            with self._lock:
                earlier = next((each.id for each in self._documents.values() if each.path == str(path)), None)
                unchanged += earlier == document.id
                updated += earlier not in (None, document.id)
                added += earlier is None
                self._documents.pop(earlier or "", None)
                self._documents[document.id] = document
        if progress:
            progress(len(files), len(files), "")
        return IndexReport(added=added, updated=updated, unchanged=unchanged, failed=tuple(failed))

    def remove(self, ids: Sequence[str]) -> int:
        if self.read_only:
            raise ReadOnlyIndex
        with self.collections.following(self._hashes):
            for id in ids:
                self.document(id)
                del self._documents[id]
        return len(ids)

    def references(self, document: Document) -> list[tuple[Reference, str | None]]:
        return []

    def indexed(self) -> dict[str, datetime]:
        return dict(self.came)

    def documents(self) -> tuple[DocumentRecord, ...]:
        return tuple(self._record(document) for document in self._documents.values())

    def document(self, id: str) -> Document:
        if id not in self._documents:
            raise UnknownDocument(id=id)
        return self._documents[id]

    def _load(self, path: Path) -> Document:
        size = path.stat().st_size
        if path.suffix not in {".txt", ".md"}:
            raise UnsupportedFormat(str(path), suffix=path.suffix, supported=".txt, .md")
        if size > self._max_bytes:
            raise FileTooLarge(str(path), size=size / 1e6, limit=self._max_bytes / 1e6)
        if not size:
            raise EmptyFile(str(path))
        return read(path)

    def _passages(self, wanted: set[str], open_: Collection[Document]) -> list[Passage]:
        return [
            Passage(
                document=self._record(document),
                paragraph=place,
                section=paragraph.section,
                page=paragraph.page,
                text=document.text[paragraph.start : paragraph.end],
                start=paragraph.start,
                end=paragraph.end,
                score=score,
            )
            for document in open_
            for place, paragraph in enumerate(document.paragraphs)
            if (score := self._score(document, document.text[paragraph.start : paragraph.end], wanted)) > 0
        ]

    @staticmethod
    def _score(document: Document, text: str, wanted: set[str]) -> float:
        if FIELD.search(text) and pairs(document.title) | {"文号"} <= wanted:
            return 1.0
        return len(wanted & pairs(text)) / len(wanted) if wanted else 0.0

    @staticmethod
    def _record(document: Document) -> DocumentRecord:
        return DocumentRecord(
            id=document.id,
            path=document.path,
            title=document.title,
            number=document.metadata.get("number"),
            issuer=document.metadata.get("issuer"),
            date=document.metadata.get("date"),
            paragraphs=len(document.paragraphs),
            characters=len(document.text),
        )
