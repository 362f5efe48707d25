"""Thumbs as they come from the page: every input is checked here, and what is kept is asked of the store each time."""

from collections.abc import Sequence
from datetime import datetime

from rag.errors import RagError
from rag.evaluation.case import Dataset
from rag.evaluation.feedback import FeedbackStore
from rag.evaluation.verdict import LONGEST, Thumb, Verdict, verdict_on
from ui.catalog_web import FEEDBACK
from ui.chat import REMEMBERED
from ui.language import Language, say
from ui.page_exchange import Exchange
from ui.page_feedback import Remark, Thumbs, feedback_html
from ui.page_files import explain, problem_html

PROBLEMS = (RagError, OSError)


class FeedbackHandlers:
    """One method for each thing that can happen to a verdict; what goes wrong comes back as a remark on it."""

    def __init__(self, store: FeedbackStore) -> None:
        self._store = store

    def thumbs(self, remark: Remark | None = None) -> Thumbs:
        """What is kept now, whoever kept it; nothing where that cannot be read."""
        try:
            return Thumbs(verdicts={verdict.id: verdict for verdict in self._store.all()}, remark=remark)
        except PROBLEMS:
            return Thumbs(verdicts={}, remark=remark)

    def thumb(self, key: object, thumb: object, exchanges: Sequence[Exchange], language: Language) -> Remark | None:
        """Keep a thumb for one of this tab's answers; the same thumb once more takes it back."""
        wanted: Thumb | None = "up" if thumb == "up" else "down" if thumb == "down" else None
        turn = next((n for n, each in enumerate(exchanges) if each.key == key and each.answer), None)
        if turn is None or wanted is None:
            return None
        try:
            self._give(exchanges, turn, wanted)
        except PROBLEMS as problem:
            return Remark(key=exchanges[turn].key, text=explain(problem, language))
        return None

    def amend(self, key: object, right_answer: object, absent: object, language: Language) -> Remark | None:
        """Say what the answer should have been, or that the documents do not say."""
        if not isinstance(key, str) or not isinstance(right_answer, str):
            return None
        limit, count = LONGEST["right_answer"], len(right_answer.strip())
        if absent is not True and count > limit:
            return Remark(key=key, text=say(FEEDBACK, language, "too_long", limit=limit, count=count))
        try:
            if absent is True:
                self._store.update(key, not_stated=True)
            else:
                self._store.update(key, right_answer=right_answer.strip())
        except PROBLEMS as problem:
            return Remark(key=key, text=explain(problem, language))
        return None

    def remove(self, key: object, language: Language) -> Remark | None:
        """Delete one verdict."""
        try:
            if isinstance(key, str):
                self._store.remove(key)
        except PROBLEMS as problem:
            return Remark(key=str(key), text=explain(problem, language))
        return None

    def remove_all(self, language: Language) -> str:
        """Delete every verdict and the file; says what went wrong, or nothing."""
        try:
            self._store.path.unlink(missing_ok=True)
        except OSError as problem:
            return problem_html(explain(problem, language))
        return ""

    def panel(self, language: Language, download: str, remark: Remark | None = None) -> str:
        """What is kept and what can be done with it."""
        path = str(self._store.path)
        try:
            thumbs = Thumbs(verdicts={verdict.id: verdict for verdict in self._store.all()}, remark=remark)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        return feedback_html(thumbs, language, path=path, download=download)

    def questions(self) -> int:
        """How many test questions the verdicts make."""
        return sum(verdict.as_case() is not None for verdict in self.thumbs().verdicts.values())

    def test_set(self) -> Dataset:
        """The verdicts as a test set.

        Raises:
            FeedbackUnusable: They cannot be read.
        """
        return Dataset(path=self._store.path.name, format="jsonl", cases=self._store.as_cases()[0])

    def to_jsonl(self) -> str:
        """The same as a file.

        Raises:
            FeedbackUnusable: They cannot be read.
        """
        return self._store.to_jsonl()

    def _give(self, exchanges: Sequence[Exchange], turn: int, wanted: Thumb) -> Verdict | None:
        exchange = exchanges[turn]
        old = self._store.find(exchange.key)
        if (old and old.verdict == wanted) or exchange.answer is None:
            self._store.remove(exchange.key)
            return None
        asked_before = [each.question for each in exchanges[:turn]][-REMEMBERED:]
        now = datetime.now().astimezone()
        verdict = verdict_on(exchange.answer, id=exchange.key, verdict=wanted, when=now, history=asked_before)
        return self._store.record(verdict)
