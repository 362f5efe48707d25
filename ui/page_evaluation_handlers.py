"""What happens in the evaluation view, without Gradio; every input is checked here."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.evaluation.case import Dataset
from rag.evaluation.errors import DatasetEmpty
from rag.settings import Settings
from ui.catalog_web import EVALUATION
from ui.language import Language, say
from ui.page_assessment import Assessor, Sitting, Sittings
from ui.page_desk import Desk
from ui.page_download import Download
from ui.page_evaluation import Offer, ended_html, intro_html, result_html, run_html, setup_html
from ui.page_feedback import Remark
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_files import explain
from ui.page_run import PROBLEMS, Run
from ui.page_testset import read_file, read_upload
from ui.page_uploads import received
from ui.records import outcome_record
from ui.report.page import report_html

DOWNLOAD = "download"
"""First part of the address of a file to download: ``/download/TOKEN/NAME``."""


class EvaluationHandlers:
    """One method for each thing that can happen.

    Args:
        desk: The library that is open, and the uploads.
        settings: What may be uploaded.
        feedback: The verdicts that were kept.
        assessor: Starts the runs.
        incoming: Where the server puts what it receives.
        sample_test_set: Where the questions about the samples lie.
    """

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        feedback: FeedbackHandlers,
        assessor: Assessor,
        incoming: Path,
        sample_test_set: Callable[[], Path],
    ) -> None:
        self.sittings = Sittings()
        self._desk = desk
        self._settings = settings
        self._feedback = feedback
        self._assessor = assessor
        self._incoming = incoming
        self._sample_test_set = sample_test_set

    def intro(self, language: Language) -> str:
        """What the view is for."""
        return intro_html(language, limit=self._settings.max_file_mb)

    def setup(self, sitting: Sitting, problem: str = "") -> str:
        """The choice of a test set; ``problem`` is what was wrong with the last one."""
        try:
            documents = len(self._desk.documents())
        except PROBLEMS:
            documents = 0
        going = sitting.run is not None and sitting.run.going
        offer = Offer(
            samples=self._desk.read_only,
            documents=documents,
            feedback=self._feedback.questions(),
            chosen=sitting.chosen,
            going=going,
        )
        return setup_html(offer, sitting.language, problem)

    def outcome(self, sitting: Sitting) -> str:
        """How far the tab's run is, or what came of it."""
        run = sitting.run
        if run is None:
            return ""
        language = sitting.language
        if run.going:
            return run_html(run.look, language)
        if run.summary is None:
            problem = explain(run.problem, language) if run.problem else ""
            return ended_html(problem, language, stopped=run.look.stage == "stopped")
        address = f"{DOWNLOAD}/{sitting.token}"
        return result_html(run.summary, run.outcomes, run.look, language, address=address)

    def panel(self, sitting: Sitting, remark: Remark | None = None) -> str:
        """The verdicts that were kept; ``remark`` is on one of them."""
        return self._feedback.panel(sitting.language, f"{DOWNLOAD}/{sitting.token}/feedback", remark)

    def upload(self, files: object, sitting: Sitting) -> str:
        """Read the test set that the browser sent; returns what is wrong with it."""
        uploads = tuple(received(files, self._incoming))
        if not uploads:
            return say(EVALUATION, sitting.language, "not_received")
        try:
            return self._take(lambda: read_upload(uploads[0], self._settings, sitting.language), sitting)
        finally:
            for each in uploads:
                each.path.unlink(missing_ok=True)

    def choose(self, origin: object, sitting: Sitting) -> str:
        """Take a test set that is at hand: ``samples`` or ``feedback``; returns what is wrong with it."""
        if origin == "samples" and self._desk.read_only:
            path = self._sample_test_set()
            return self._take(lambda: read_file(path, path.name), sitting)
        if origin == "feedback":
            return self._take(self._feedback.test_set, sitting)
        return ""

    def start(self, leave_one_out: object, sitting: Sitting) -> Iterator[str]:
        """Ask the chosen test set; yields what is wrong each time the view is to be shown again."""
        if sitting.chosen is None:
            yield say(EVALUATION, sitting.language, "nothing_chosen")
            return
        run = self._assessor.start(sitting.chosen, leave_one_out=leave_one_out is True)
        if run is None:
            yield say(EVALUATION, sitting.language, "busy")
            return
        sitting.run = run
        for _ in run.watch():
            yield ""

    def stop(self, sitting: Sitting) -> None:
        """Stop this tab's run at the next batch."""
        if sitting.run:
            sitting.run.stop()

    def download(self, token: str, name: str) -> Download | None:
        """A file of the tab that ``token`` names; ``None`` for whatever does not exist."""
        sitting = self.sittings.with_token(token)
        if sitting is None:
            return None
        if name != "feedback":
            return _result(sitting.result, name, sitting.language)
        try:
            questions = self._feedback.to_jsonl()
        except PROBLEMS:
            return None
        return Download(name="wenju-feedback.jsonl", media="application/jsonl", content=_bytes(questions))

    def _take(self, read: Callable[[], Dataset], sitting: Sitting) -> str:
        try:
            dataset = read()
            if not dataset.cases:
                raise DatasetEmpty(path=dataset.path)
        except PROBLEMS as problem:
            return explain(problem, sitting.language)
        sitting.chosen = dataset
        return ""


def _result(run: Run | None, name: str, language: Language) -> Download | None:
    if run is None or run.summary is None:
        return None
    if name == "report":
        page = report_html(run.summary, run.outcomes, language)
        return Download(name="wenju-report.html", media="text/html", content=_bytes(page))
    if name == "predictions":
        lines = (json.dumps(outcome_record(each, language), ensure_ascii=False) + "\n" for each in run.outcomes)
        return Download(name="wenju-predictions.jsonl", media="application/jsonl", content=_bytes("".join(lines)))
    if name == "summary":
        figures = json.dumps(run.summary, ensure_ascii=False, indent=1)
        return Download(name="wenju-figures.json", media="application/json", content=_bytes(figures))
    return None


def _bytes(text: str) -> bytes:
    """UTF-8; what of a file name is no text leaves as the escapes that JSON has for it."""
    return text.encode("utf-8", "backslashreplace")
