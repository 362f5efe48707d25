"""Answers, passages and documents in the JSON shapes that scripts rely on: fields are added freely, none is renamed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rag.answer import Answer, Citation, Document, DocumentRecord, Passage, Place, Reference
from rag.scope import Scope
from ui import render
from ui.catalog_errors import explain
from ui.collection_size import Size
from ui.language import Language

if TYPE_CHECKING:
    from rag.evaluation.outcome import Outcome
    from rag.library import IndexReport

Record = dict[str, object]


def answer_record(answer: Answer, language: Language) -> Record:
    """What ``ask --json`` prints. ``reason`` is for a person, ``reason_code`` for a program."""
    timing = answer.timing_ms
    return {
        "question": answer.question,
        "asked": answer.asked,
        "answer": answer.answer,
        "answered": answer.answered,
        "reason": render.reason(answer, language),
        "reason_code": answer.reason,
        "kind": answer.kind,
        "items": list(answer.items),
        "arithmetic": answer.arithmetic,
        "claims": [
            {"answer": each.answer, "marker": each.marker, "date": each.document.date, "newest": each.newest}
            for each in answer.claims
        ],
        "confidence": answer.confidence,
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [passage_record(passage) for passage in answer.nearest],
        "timing_ms": {"retrieve": timing.retrieve, "read": timing.read, "total": timing.total},
        **scope_record(answer.scope),
    }


def scope_record(scope: Scope | None) -> Record:
    """What was asked of, under ``scope``; nothing where it was everything."""
    return {"scope": scope.as_record()} if scope else {}


def passage_record(passage: Passage) -> Record:
    """One of the passages of ``search --json``."""
    return {
        "document": _source(passage.document),
        "section": list(passage.section),
        "address": passage.address,
        "paragraph": passage.paragraph,
        "page": passage.page,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": passage.score,
        "copies": [_place(copy) for copy in passage.copies],
    }


def document_record(document: DocumentRecord, collections: Sequence[str] | None = None) -> Record:
    """One line of ``docs list --json``; ``collections`` are the names of those that it is in, where they are told."""
    inside = {} if collections is None else {"collections": list(collections)}
    return {**_source(document), "paragraphs": document.paragraphs, "characters": document.characters, **inside}


def collection_record(name: str, size: Size) -> Record:
    """One line of ``collections list --json``; ``bytes`` is an estimate, see :class:`ui.collection_size.Size`."""
    sizes = {"documents": size.documents, "paragraphs": size.paragraphs, "bytes": size.index + size.uploads}
    return {"name": name, **sizes}


def whole_document(
    document: Document,
    record: DocumentRecord,
    named: Sequence[tuple[Reference, str | None]],
    collections: Sequence[str],
) -> Record:
    """What ``docs show --json`` prints: the record with the text, its paragraphs and everything it says of itself."""
    paragraphs = [
        {
            "start": p.start,
            "end": p.end,
            "section": list(p.section),
            "address": p.address,
            "page": p.page,
            "heading": p.heading,
        }
        for p in document.paragraphs
    ]
    metadata: Mapping[str, str] = document.metadata
    return {
        **document_record(record, collections),
        "text": document.text,
        "paragraphs": paragraphs,
        "metadata": dict(metadata),
        "stated": {name: [[start, end] for start, end in spans] for name, spans in document.stated.items()},
        "references": [{**asdict(reference), "document": id} for reference, id in named],
        "content_hash": document.content_hash,
    }


def report_record(report: "IndexReport", language: Language) -> Record:
    """What ``index --json`` prints."""
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "vanished": report.vanished,
        "failed": [{"path": f.path, "why": explain(f.error, language)} for f in report.failed],
        "paragraphs": report.paragraphs,
        "seconds": round(report.seconds, 3),
    }


def outcome_record(outcome: "Outcome", language: Language) -> Record:
    """One line of ``eval --predictions``: the answer as ``ask --json`` gives it, and what it was held against."""
    case, draft = outcome.case, outcome.draft
    return {
        "id": outcome.id,
        **answer_record(outcome.answer, language),
        "accepted": list(case.answers),
        "accepted_items": list(case.items),
        "answerable": case.answerable,
        "left_out": bool(outcome.hidden),
        "type": case.type,
        "style": case.style,
        "stage": outcome.stage,
        "rank": outcome.rank,
        "scores": dict(outcome.scores),
        "draft": {"answer": draft.answer, "confidence": draft.confidence, "right": outcome.draft_right},
    }


def _source(document: DocumentRecord) -> Record:
    return {
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "date": document.date,
    }


def _citation(citation: Citation) -> Record:
    return {
        "marker": citation.marker,
        "document": _source(citation.document),
        "section": list(citation.section),
        "address": citation.address,
        "paragraph": citation.paragraph,
        "page": citation.page,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "highlights": [[start, end] for start, end in citation.highlights],
        "score": citation.score,
        "copies": [_place(copy) for copy in citation.copies],
    }


def _place(place: Place) -> Record:
    """One of the ``copies`` of a citation or passage: the ``text`` of ``document`` from ``start`` to ``end``."""
    return {
        "document": _source(place.document),
        "section": list(place.section),
        "paragraph": place.paragraph,
        "page": place.page,
        "text": place.text,
        "start": place.start,
        "end": place.end,
        "highlights": [[start, end] for start, end in place.highlights],
    }
