"""Which documents another program meant when it listed them: by a scope, by words, a page at a time. Pure."""

from collections.abc import Iterable, Sequence

from rag.answer import DocumentRecord
from rag.members import Collection, memberships
from rag.scope import Scope, contains
from rag.terms import folded
from ui.program_functions import MOST_DOCUMENTS, SOME_DOCUMENTS
from ui.program_source import FURTHEST
from ui.program_values import text, whole
from ui.records import Record, document_record, scope_record

BRACKETS = str.maketrans(dict.fromkeys("〔[【({〈<﹝", "〔") | dict.fromkeys("〕]】)}〉>﹞", "〕"))
"""A document number is the same in any brackets."""


def documents_record(
    records: Sequence[DocumentRecord],
    scope: Scope,
    collections: Iterable[Collection],
    *,
    query: object = None,
    offset: object = None,
    limit: object = None,
) -> Record:
    """What ``list_documents`` gives: those of ``records`` that fit, in their order, from ``offset`` on.

    Args:
        records: All documents.
        scope: What is wanted of them, its collections looked up.
        collections: All collections; with each document stand those that it is in.
        query: Words that have to stand in what a document is called.
        offset: How many to pass over.
        limit: How many to give at most.

    Raises:
        BadArgument: One of the three is none.
    """
    words = [_key(word) for word in text(query, "query").split()]
    first = whole(offset, "offset", 0, FURTHEST) or 0
    most = whole(limit, "limit", 1, MOST_DOCUMENTS) or SOME_DOCUMENTS
    inside = memberships(collections, [record.path for record in records])
    fitting = [each for each in records if _says(each, words) and (not scope or contains(scope, each))]
    return {
        "documents": [document_record(each, inside[each.path]) for each in fitting[first : first + most]],
        "total": len(fitting),
        "offset": first,
        **scope_record(scope),
    }


def _says(record: DocumentRecord, words: Sequence[str]) -> bool:
    names = [_key(name) for name in (record.title, record.number, record.issuer) if name] if words else []
    return all(any(word in name for name in names) for word in words)


def _key(name: str) -> str:
    return "".join(folded(name).translate(BRACKETS).split())
