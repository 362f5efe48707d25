"""Which of the retrieved passages hold what was asked for, and what the ranking figures make of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rag.answer import Passage
from rag.evaluation.case import Case
from rag.evaluation.documents import Documents
from rag.evaluation.metrics.containment import holds, is_verdict
from rag.evaluation.metrics.folding import fold
from rag.evaluation.metrics.hit import hit_at
from rag.evaluation.metrics.ndcg import ndcg_at
from rag.evaluation.metrics.recall import recall_at
from rag.evaluation.metrics.reciprocal_rank import reciprocal_rank_at

DEPTH = 10
TELLING = 12
"""Characters from which a passage that is part of a longer evidence counts as holding it."""


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """The ranking as grades.

    Attributes:
        gains: What each retrieved result adds, best first. Where a test set names the places of the evidence, a place
            counts once, at the first passage that holds it.
        relevant: Grades of all there is to find; empty where nobody said what is relevant.
    """

    gains: tuple[float, ...] = ()
    relevant: tuple[float, ...] = ()

    @classmethod
    def of_passages(cls, case: Case, documents: Collection[str], passages: Sequence[Passage]) -> "Relevance":
        """By the evidence; where the test set gives none, the first passage (of the right document) with an answer.

        A passage is of every document that it stands in a copy of.
        """
        right = [p for p in passages if not documents or any(id in documents for id in _documents(p))]
        if case.evidence:
            pieces = [fold(piece) for piece in case.evidence]
            left = dict.fromkeys(range(len(pieces)))
            gains = []
            for passage in passages:
                found = [n for n in left if passage in right and _holds_piece(passage.text, pieces[n])]
                gains.append(float(bool(found)))
                for n in found:
                    del left[n]
            # Pieces that stand in one passage are one thing to find.
            return cls(gains=tuple(gains), relevant=(1.0,) * (sum(map(bool, gains)) + len(left)))
        wanted = [answer for answer in (*case.answers, *case.items) if not is_verdict(answer)]
        if not wanted:
            return cls()
        first = next((p for p in right if any(holds(p.text, answer) for answer in wanted)), None)
        return cls(gains=tuple(float(p is first) for p in passages), relevant=(1.0,))

    @classmethod
    def of_documents(cls, case: Case, passages: Sequence[Passage], documents: Documents) -> "Relevance":
        """By document, each ranked where its first passage is."""
        grades: dict[str, float] = {}
        for name, grade in case.relevance.items():
            # A document that could not be indexed is still one to be found.
            grades |= dict.fromkeys(documents.named(name) or {name}, float(grade))
        ranked = list(dict.fromkeys(id for passage in passages for id in _documents(passage)))
        return cls(gains=tuple(grades.get(id, 0.0) for id in ranked), relevant=tuple(grades.values()))

    @property
    def known(self) -> bool:
        """Whether anybody said what is relevant."""
        return bool(self.relevant)

    @property
    def rank(self) -> int | None:
        """Of the first relevant result, from 1, down to ``DEPTH``."""
        return next((n for n, gain in enumerate(self.gains[:DEPTH], start=1) if gain > 0), None)

    def scores(self) -> Mapping[str, float]:
        """The ranking figures; none where nobody said what is relevant."""
        return self.figures() if self.known else {}

    def figures(self) -> Mapping[str, float]:
        """The ranking figures; all 0 where there is nothing to be found, as in trec_eval."""
        return {
            **{f"hit@{k}": hit_at(self.gains, k) for k in (1, 5, 10)},
            **{f"recall@{k}": recall_at(self.gains, len(self.relevant), k) for k in (5, 10)},
            "mrr@10": reciprocal_rank_at(self.gains, 10),
            "ndcg@10": ndcg_at(self.gains, self.relevant, 10),
        }


def _documents(passage: Passage) -> list[str]:
    return [passage.document.id, *(copy.document.id for copy in passage.copies)]


def _holds_piece(text: str, piece: str) -> bool:
    """``piece`` stands in ``text``; or ``text`` in ``piece``, where a long evidence runs over several paragraphs."""
    held = fold(text)
    return piece in held or (len(held) >= TELLING and held in piece)
