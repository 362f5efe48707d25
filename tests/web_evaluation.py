"""The evaluation view over a library that can be computed in the head, and a run that waits to be let on."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.evaluation.case import Case, Dataset
from rag.evaluation.evaluation import Evaluation
from rag.evaluation.feedback import FeedbackStore
from rag.evaluation.outcome import Outcome
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui.page_assessment import Assessor
from ui.page_desk import Desk
from ui.page_evaluation_handlers import EvaluationHandlers
from ui.page_feedback_handlers import FeedbackHandlers

PARKS = "青禾市产业园区情况\n全市共有产业园区12个\n园区绿化由市政部门负责\n"
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>'
QUESTIONS = (
    {"id": "1", "question": "全市共有产业园区多少", "answers": ["12个"], "doc": "parks.txt"},
    {"id": "2", "question": f"园区绿化由哪个部门负责{HOSTILE}", "answers": [f"市政部门{HOSTILE}", "市政部门"]},
    {"id": "3", "question": "食堂几点开门", "answers": []},
)


def parks(folder: Path) -> Any:
    path = folder / "parks.txt"
    path.write_text(PARKS, encoding="utf-8")
    return FakeLibrary([read(path)], read_only=True)


def handlers_in(folder: Path, library: Any = None, prepare: Any = None, contexts: Any = None) -> EvaluationHandlers:
    opened: Any = library or parks(folder)
    settings = Settings(home=folder, index=folder / "default", max_file_mb=0.01)
    desk = Desk(opened, settings, lambda _: opened)

    def asked(dataset: Dataset, library: Any, leave_one_out: bool) -> Evaluation:
        return Evaluation.prepare(dataset, library, leave_one_out=leave_one_out)

    assessor = Assessor(lambda: desk.library, prepare or asked, contexts or (lambda dataset, tell: opened))
    samples = folder / "samples.jsonl"
    samples.write_text(json.dumps(QUESTIONS[0], ensure_ascii=False), encoding="utf-8")
    feedback = FeedbackHandlers(FeedbackStore(folder))
    return EvaluationHandlers(desk, settings, feedback, assessor, folder / "incoming", lambda: samples)


def sent(tmp_path: Path, name: object, text: str | bytes, part: str = "upload.part") -> dict[str, object]:
    """What the browser says of a file that the server has received."""
    path = tmp_path / "incoming" / part
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return {"path": str(path), "orig_name": name}


def lines(*questions: dict[str, Any]) -> str:
    return "\n".join(json.dumps(question, ensure_ascii=False) for question in questions)


class Slow:
    """Answers a question each time it is let; ``total`` of them."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.let = threading.Semaphore(0)

    def outcomes(self) -> Iterator[Outcome]:
        for place in range(self.total):
            self.let.acquire()
            answer: Any = None
            yield Outcome(case=Case(id=str(place), question="?"), answer=answer, draft=answer, draft_right=None,
                          stage="right")  # fmt: skip

    def summary(self, outcomes: Sequence[Outcome]) -> dict[str, Any]:
        return {"n": len(outcomes)}


CHOSEN = Dataset(path="a.jsonl", format="jsonl", cases=(Case(id="1", question="?"),))
