"""One question judged: its answer against the accepted ones, its passages and citations against the evidence."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from rag.answer import Answer, Consultation
from rag.evaluation.case import Case
from rag.evaluation.documents import Documents
from rag.evaluation.metrics.answer import exact_match, f1
from rag.evaluation.metrics.citation_precision import citation_precision
from rag.evaluation.metrics.citation_recall import citation_recall
from rag.evaluation.metrics.containment import answer_recall, holds, is_verdict, verdict
from rag.evaluation.metrics.list_f1 import list_f1
from rag.evaluation.metrics.sentence_hit import sentence_hit
from rag.evaluation.metrics.supports import supports
from rag.evaluation.outcome import Outcome, Stage
from rag.evaluation.relevance import Relevance

DEPTH = 10
"""Passages that retrieval is judged by."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A question with the documents that its names stand for.

    ``documents`` are the ids that answer it, empty where nobody said; ``hidden`` the ids to hide when it is asked.
    """

    case: Case
    documents: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """As :attr:`Outcome.id`."""
        return self.case.hidden_id if self.hidden else self.case.id


def judge(prepared: Prepared, consulted: Consultation, documents: Documents, *, top_k: int) -> Outcome:
    """What came of ``prepared``, with every score that applies to it."""
    outcome = Outcome(
        case=prepared.case,
        answer=consulted.answer,
        draft=consulted.draft,
        draft_right=None,
        stage="refused_rightly",
        documents=documents.titles(prepared.documents),
        hidden=tuple(sorted(prepared.hidden)),
    )
    exact = documents.is_exact(consulted.answer)
    common = {"quote_exactness": sum(exact) / len(exact)} if exact else {}
    if prepared.case.answerable and not prepared.hidden:
        outcome = _answerable(prepared, consulted, outcome, top_k)
    else:
        outcome = _silent(prepared, consulted, outcome)
    common |= {"confidence": consulted.draft.confidence, "answered": float(consulted.answer.answered)}
    if outcome.draft_right is not None:
        common["draft_right"] = float(outcome.draft_right)
    return replace(outcome, scores={**outcome.scores, **common})


def judge_retrieval(prepared: Prepared, consulted: Consultation, documents: Documents) -> Outcome:
    """The same for a question of which only the relevant documents are known."""
    relevance = Relevance.of_documents(prepared.case, consulted.passages, documents)
    return Outcome(
        case=prepared.case,
        answer=Answer(question=prepared.case.question, asked=consulted.answer.asked, reason="not_stated"),
        draft=consulted.draft,
        draft_right=None,
        stage="right" if relevance.rank else "not_retrieved",
        scores=relevance.figures(),
        rank=relevance.rank,
        documents=tuple(sorted(prepared.case.relevance)),
    )


def is_right(case: Case, answer: Answer) -> bool:
    """Whether ``answer`` holds an accepted one: a list all its items, a verdict the verdict."""
    return answer.answered and _recall(case, answer) == 1.0


def _recall(case: Case, answer: Answer) -> float:
    given = verdict(answer.answer)
    if given and (wanted := _verdict_of(case)):
        return float(given == wanted)
    whole = answer_recall(answer.answer, case.answers)
    if not case.items:
        return whole
    return max(whole, sum(holds(answer.answer, item) for item in case.items) / len(case.items))


def _verdict_of(case: Case) -> str | None:
    """是 or 否 where the verdict is what counts."""
    return next((verdict(answer) for answer in case.answers if is_verdict(answer)), None)


def _answerable(prepared: Prepared, consulted: Consultation, outcome: Outcome, top_k: int) -> Outcome:
    case, answer = prepared.case, consulted.answer
    relevance = Relevance.of_passages(case, prepared.documents, consulted.passages)
    right = is_right(case, answer)
    recall = _recall(case, answer) if answer.answered else 0.0
    golds = case.answers or ("、".join(case.items),)
    scores = {
        "right": float(right),
        "em": exact_match(answer.answer, golds, case.question),
        "f1": f1(answer.answer, golds, case.question),
        "answer_recall": recall,
        "false_refusal": float(not answer.answered),
        **relevance.scores(),
    }
    if case.items:
        scores["list_f1"] = list_f1(answer.items or tuple(_split(answer.answer)), case.items)
    cited = _cited(prepared, answer)
    scores |= cited.scores(case, answer)
    return replace(
        outcome,
        scores=scores,
        rank=relevance.rank,
        stage=_stage(right, answer, cited, relevance, top_k),
        draft_right=is_right(case, consulted.draft) if consulted.draft.answered else None,
    )


def _silent(prepared: Prepared, consulted: Consultation, outcome: Outcome) -> Outcome:
    """A question that the documents do not answer, or not any more."""
    answer, case = consulted.answer, prepared.case
    elsewhere = bool(prepared.hidden) and is_right(case, answer) and _verdict_of(case) is None
    return replace(
        outcome,
        scores={"refused": float(not answer.answered)},
        stage="answered_wrongly" if answer.answered else "refused_rightly",
        elsewhere=elsewhere,
        draft_right=False if consulted.draft.answered else None,
    )


@dataclass(frozen=True, kw_only=True)
class _Cited:
    """Per citation: does its quote support the answer, is it of a right document (``None``: nobody said which).

    A quote is of every document that it stands in a copy of.
    """

    supported: tuple[bool, ...]
    documents: tuple[bool, ...] | None

    def scores(self, case: Case, answer: Answer) -> dict[str, float]:
        """Precision over the citations given; recall and the sentence over all questions, a refusal counting 0."""
        scores: dict[str, float] = {}
        if self.supported:
            scores["citation_precision"] = citation_precision(self.supported)
            if self.documents is not None:
                scores["citation_document"] = sum(self.documents) / len(self.documents)
        quotes = [c.quote for c in answer.citations]
        if case.evidence:
            scores["citation_recall"] = citation_recall(quotes, case.evidence)
        if case.evidence or not _verdict_of(case):
            scores["sentence_hit"] = sentence_hit(quotes, case.evidence, (*case.answers, *case.items))
        return scores


def _cited(prepared: Prepared, answer: Answer) -> _Cited:
    case, ids = prepared.case, prepared.documents
    right = tuple(c.document.id in ids or any(copy.document.id in ids for copy in c.copies) for c in answer.citations)
    holds_it = [supports(c.quote, case.evidence, case.answers, case.items) for c in answer.citations]
    if _verdict_of(case) and not case.evidence:
        # Nobody said which words decide it: the right document is all that can be asked of the citation.
        holds_it = [True] * len(holds_it)
    supported = tuple(held and (not ids or there) for held, there in zip(holds_it, right, strict=True))
    return _Cited(supported=supported, documents=right if ids else None)


def _stage(right: bool, answer: Answer, cited: _Cited, relevance: Relevance, top_k: int) -> Stage:
    if right:
        return "right"
    if relevance.known and (relevance.rank is None or relevance.rank > top_k):
        return "not_retrieved"
    if not answer.answered:
        return "refused"
    if cited.documents and not cited.documents[0]:
        return "wrong_document"
    return "wrong_words" if cited.supported and cited.supported[0] else "not_read"


def _split(answer: str) -> Collection[str]:
    return [part for part in answer.replace("；", "、").replace("，", "、").split("、") if part.strip()]
