"""A test set asked of a library, question by question; what comes of it is added up in ``rag.evaluation.summary``."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from time import perf_counter
from typing import Any

from rag.answer import Asked
from rag.errors import IndexBusy
from rag.evaluation.case import Dataset
from rag.evaluation.documents import Consulted, Documents
from rag.evaluation.judging import DEPTH, Prepared, judge, judge_retrieval
from rag.evaluation.outcome import Outcome
from rag.evaluation.preparation import Caution as Caution
from rag.evaluation.preparation import leave_out, prepare
from rag.evaluation.summary import summarize
from rag.models import BUNDLED, fingerprint
from rag.scope import Scope

BATCH = 32
"""Questions asked together."""
TIMED = 50
"""The first questions are asked one at a time, as a user would: from them come the latencies."""
SEARCHED = 50
"""Passages retrieved where documents are to be ranked: several may come from one document."""


class Evaluation:
    """A test set made ready for one library."""

    def __init__(
        self,
        dataset: Dataset,
        library: Consulted,
        documents: Documents,
        prepared: Sequence[Prepared],
        cautions: Sequence[Caution],
        *,
        top_k: int,
        state: str,
        scope: Scope | None = None,
    ) -> None:
        self.dataset = dataset
        self.cautions = tuple(cautions)
        self._library = library
        self._documents = documents
        self._prepared = tuple(prepared)
        self._top_k = top_k
        self._state = state
        self._scope = scope or None
        self._seconds = 0.0

    @classmethod
    def prepare(
        cls,
        dataset: Dataset,
        library: Consulted,
        *,
        leave_one_out: bool = False,
        top_k: int | None = None,
        scope: Scope | None = None,
    ) -> "Evaluation":
        """Look up the documents of ``dataset`` in ``library``.

        Args:
            dataset: What is asked.
            library: Who is asked.
            leave_one_out: Ask every answerable question once more with the document hidden that answers it.
            top_k: Passages read, where not as set.
            scope: What every question is asked of, where not of everything.

        Raises:
            UnknownDocuments: A name of the test set is no document of the index.
            EvidenceNowhere: Not one of its answers stands in any document.
        """
        state = library.state
        documents = Documents(library, own_texts=bool(dataset.contexts) and library.filled is not None)
        prepared, cautions = prepare(dataset, library, documents)
        if leave_one_out and not dataset.retrieval_only:
            left_out, more = leave_out(prepared, documents)
            prepared, cautions = [*prepared, *left_out], [*cautions, *more]
        top_k = top_k or library.settings.top_k
        return cls(dataset, library, documents, prepared, cautions, top_k=top_k, state=state, scope=scope)

    @property
    def total(self) -> int:
        """Questions to be asked, those with a document hidden included."""
        return len(self._prepared)

    @property
    def key(self) -> str:
        """A name for everything that the outcomes depend on: test set, index, settings, reader, program."""
        settings = self._library.settings
        parts = (
            [(p.case, sorted(p.hidden) if p.hidden and self._library.filled is None else bool(p.hidden))
             for p in self._prepared],
            self._state,
            (self._top_k, settings.threshold, settings.candidates, settings.encoder, fingerprint(settings.reader)),
            version("wenju"),
            *([self._library.resolved(self._scope)] if self._scope else []),  # a collection may have changed
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def outcomes(self, done: Sequence[Outcome] = ()) -> Iterator[Outcome]:
        """What comes of each question, in order, as soon as its batch is answered; those ``done`` are not asked again.

        Raises:
            IndexBusy: The index was changed meanwhile: what comes after would not be comparable with what came before.
            IndexUnusable: It went away or was damaged.
        """
        known = {outcome.id for outcome in done}
        for batch in self._batches():
            left = [each for each in batch if each.id not in known]
            if not left:
                continue
            started = perf_counter()
            try:
                judged = self._judge(left)
            finally:  # a document that went away makes errors of its own
                self._check_unchanged()
            self._seconds += perf_counter() - started
            yield from judged

    def in_order(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """``outcomes`` as an uninterrupted run has them, wherever the parts of this one come from."""
        place = {prepared.id: n for n, prepared in enumerate(self._prepared)}
        return sorted(outcomes, key=lambda outcome: place[outcome.id])

    def summary(self, outcomes: Sequence[Outcome]) -> dict[str, Any]:
        """All figures, ready for JSON; ``outcomes`` may be part of the whole."""
        documents = self._documents.records.values()
        filled, settings = self._library.filled, self._library.settings
        return {
            "program": version("wenju"),
            "test_set": self.dataset.path,
            "format": self.dataset.format,
            "index": self._library.folder if filled is None else None,
            "date": datetime.now().astimezone().isoformat(timespec="seconds"),
            "top_k": self._top_k,
            "threshold": settings.threshold,
            "reader": settings.reader or BUNDLED,
            **({"scope": self._scope.as_record()} if self._scope else {}),
            **summarize(outcomes, retrieval_only=self.dataset.retrieval_only),
            "indexing": {
                "documents": len(documents),
                "paragraphs": sum(record.paragraphs for record in documents),
                "seconds": filled.seconds if filled else None,
            },
            "cautions": [{"key": caution.key, **caution.facts} for caution in self.cautions],
            "seconds": self._seconds,
        }

    def _check_unchanged(self) -> None:
        if self._library.filled is None and self._library.state != self._state:
            raise IndexBusy(folder=self._library.folder)

    def _batches(self) -> Iterator[Sequence[Prepared]]:
        """One by one at first, then together; a question whose document is hidden stands alone."""
        together: list[Prepared] = []
        for place, each in enumerate(self._prepared):
            if place < TIMED or each.hidden:
                if together:
                    yield together
                    together = []
                yield [each]
                continue
            together.append(each)
            if len(together) == BATCH:
                yield together
                together = []
        if together:
            yield together

    def _judge(self, batch: Sequence[Prepared]) -> list[Outcome]:
        asked = [Asked(question=each.case.question, history=each.case.history, scope=self._scope) for each in batch]
        depth = SEARCHED if self.dataset.retrieval_only else max(DEPTH, self._top_k)
        (hidden, *_) = (each.hidden for each in batch)
        consulted = self._library.consult(asked, top_k=self._top_k, depth=depth, hidden=hidden)
        together = list(zip(batch, consulted, strict=True))
        if self.dataset.retrieval_only:
            return [judge_retrieval(each, told, self._documents) for each, told in together]
        judged = [judge(each, told, self._documents, top_k=self._top_k) for each, told in together]
        # The first question of all also pays for opening everything, and one with a document hidden for the hiding.
        if len(batch) == 1 and not hidden and batch[0] is not self._prepared[0]:
            return [replace(o, scores={**o.scores, "latency_ms": o.answer.timing_ms.total}) for o in judged]
        return judged
