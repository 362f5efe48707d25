"""The handlers of the page put together, and what of ``rag`` they stand on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rag.evaluation.case import Dataset
from rag.evaluation.feedback import FeedbackStore
from rag.library import Library
from rag.settings import Settings
from ui.page_api import Api
from ui.page_assessment import Assessor
from ui.page_desk import Desk
from ui.page_documents import DocumentsHandlers
from ui.page_evaluation_handlers import EvaluationHandlers
from ui.page_examples import Example
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_handlers import Handlers
from ui.page_history_handlers import HistoryHandlers
from ui.page_paths import Places
from ui.page_run import Evaluating, Tell


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What answers the events of the two views, and other programs."""

    chat: Handlers
    history: HistoryHandlers
    documents: DocumentsHandlers
    evaluation: EvaluationHandlers
    api: Api


def assemble(
    library: Library,
    settings: Settings,
    *,
    incoming: Path,
    places: Places | None = None,
    examples: Sequence[Example] = (),
    open_for_writing: Callable[[Settings], Library] | None = None,
) -> Parts:
    """The handlers of the page, over one desk.

    Args:
        library: The index to ask; the samples give way to an index of the user's own at the first upload.
        settings: ``home`` keeps uploads, feedback and conversations, ``index`` becomes the user's own index.
        incoming: Where the server puts what it receives.
        places: The folders of this machine that may be added from or are watched.
        examples: Questions to offer; made from the documents' particulars where there are none.
        open_for_writing: Opens the index at ``settings.index``; by default what ``rag.build`` does.
    """
    desk = Desk(library, settings, open_for_writing or _open_for_writing)
    feedback = FeedbackHandlers(FeedbackStore(settings.home))
    assessor = Assessor(lambda: desk.library, _prepare, partial(_open_contexts, settings))
    evaluation = EvaluationHandlers(desk, settings, feedback, assessor, incoming, _sample_test_set)
    chat = Handlers(desk, settings, tuple(examples), feedback)
    documents = DocumentsHandlers(desk, settings, incoming, places or Places())
    return Parts(
        chat=chat,
        history=HistoryHandlers(settings),
        documents=documents,
        evaluation=evaluation,
        api=Api(desk, settings),
    )


def _open_for_writing(settings: Settings) -> Library:
    from rag.build import open_for_writing

    return open_for_writing(settings)


def _prepare(dataset: Dataset, library: Library, leave_one_out: bool) -> Evaluating:
    from rag.evaluation.evaluation import Evaluation

    return Evaluation.prepare(dataset, library, leave_one_out=leave_one_out)


def _open_contexts(settings: Settings, dataset: Dataset, tell: Tell) -> Library:
    from rag.build import open_contexts

    return open_contexts(settings, dataset, lambda done, total, path: tell(done, total))


def _sample_test_set() -> Path:
    from rag.build import sample_test_set

    return sample_test_set()
