"""Puts the pipeline over one state of an index together: how it is searched, and who reads what was found."""

from collections.abc import Collection

from embeddings.encoder import Encoder
from rag.cell_reader import CellReader
from rag.document_names import DocumentNames
from rag.index_store import Snapshot
from rag.passage_ranker import PassageRanker
from rag.pipeline import Pipeline
from rag.reader import SentenceReader
from rag.records import RecordReader
from rag.retriever import HybridRetriever
from rag.series_reader import SeriesReader
from rag.settings import Settings
from rag.span_model import SpanModel


def retriever_over(snapshot: Snapshot, settings: Settings, hidden: Collection[str] = ()) -> HybridRetriever:
    """Searches ``snapshot`` with its own encoder; documents with the full ids ``hidden`` are not found."""
    return HybridRetriever(
        snapshot=snapshot,
        encoder=snapshot.encoder,
        candidates=settings.candidates,
        ranker=PassageRanker(rarity=snapshot.lexical.rarity),
        without={paragraph for id in hidden for paragraph in snapshot.documents.paragraph_ids(id)},
    )


def reader_over(snapshot: Snapshot, encoder: Encoder, model: SpanModel | None) -> SentenceReader:
    """Reads passages of ``snapshot``, with ``model`` where there is one."""
    return SentenceReader(encoder=encoder, rarity=snapshot.lexical.rarity, model=model)


def pipeline_over(
    snapshot: Snapshot, settings: Settings, *, encoder: Encoder, model: SpanModel | None, hidden: Collection[str] = ()
) -> Pipeline:
    """Answers from ``snapshot``.

    ``encoder`` is the one that is set, which the readers' weights were fitted with: they read with it also where the
    index has one of its own.
    """
    rarity = snapshot.lexical.rarity
    retriever = retriever_over(snapshot, settings, hidden)
    records = RecordReader(store=snapshot.documents, rarity=rarity, hidden=hidden)
    return Pipeline(
        retriever=retriever,
        reader=CellReader(reader=reader_over(snapshot, encoder, model), encoder=encoder, rarity=rarity),
        records=records,
        lists=SeriesReader(store=snapshot.documents, encoder=encoder, rarity=rarity, hidden=hidden),
        names=DocumentNames(store=snapshot.documents, records=records, retriever=retriever, hidden=hidden),
        top_k=settings.top_k,
        threshold=settings.threshold,
    )
