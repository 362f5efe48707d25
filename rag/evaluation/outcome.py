"""What came of one question, with its scores: plain values that can be written, read again, added up and shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rag.answer import Answer
from rag.evaluation.case import Case

Stage = Literal[
    "right",
    "not_retrieved",
    "refused",
    "wrong_document",
    "not_read",
    "wrong_words",
    "refused_rightly",
    "answered_wrongly",
]
"""Where a question was won or lost.

``right``             answered, and the answer holds an accepted one
``not_retrieved``     nothing that was read holds the evidence (whether it then answered or refused)
``refused``           the evidence was read, and no answer given
``wrong_document``    the evidence was read, and another document than the right one was cited
``not_read``          the right document was cited, but not the place with the evidence
``wrong_words``       the evidence was cited, but the answer taken from it is wrong
``refused_rightly``   the documents do not say, and no answer was given
``answered_wrongly``  the documents do not say, and an answer was given
"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One question, what was answered, and how good that is.

    Attributes:
        case: The question. For one with its document hidden, ``hidden`` names what was hidden and nothing is accepted.
        answer: What the user would see.
        draft: What would have been answered with no threshold; equal to ``answer`` where that was answered.
        draft_right: Whether the draft is right; ``None`` where there was no candidate at all (confidence 0).
        stage: Where it was won or lost.
        scores: Metric -> value, for those that apply to this question; names as in ``rag.evaluation.metrics.METRICS``.
        rank: Of the first retrieved passage with evidence, from 1; ``None`` where none of the first ten has any.
        documents: Titles of the documents that hold the answer, for display.
        hidden: Ids of the documents that were hidden (leave-one-out); empty for a question as it stands.
        elsewhere: With the document hidden: another document was cited for an accepted answer.
    """

    case: Case
    answer: Answer
    draft: Answer
    draft_right: bool | None
    stage: Stage
    scores: Mapping[str, float] = field(default_factory=dict)
    rank: int | None = None
    documents: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def id(self) -> str:
        """Of the question; one asked again with its document hidden is another question."""
        return self.case.hidden_id if self.hidden else self.case.id

    @property
    def failed(self) -> bool:
        """Whether this question counts against the answers."""
        return self.stage not in ("right", "refused_rightly")
