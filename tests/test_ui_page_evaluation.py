"""The evaluation view without Gradio: what it takes, runs, shows and gives away, whatever it is sent."""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from rag.evaluation.case import Case, Context, Dataset
from rag.evaluation.errors import UnknownDocuments
from rag.evaluation.evaluation import Evaluation
from rag.evaluation.feedback import FeedbackStore
from rag.evaluation.outcome import Outcome
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui.catalog_web import EVALUATION
from ui.page_assessment import SITTINGS_KEPT, Assessor, Sitting, Sittings
from ui.page_desk import Desk
from ui.page_evaluation import TOLD, run_html
from ui.page_evaluation_handlers import EvaluationHandlers
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_run import Look, Run

PARKS = "青禾市产业园区情况\n全市共有产业园区12个\n园区绿化由市政部门负责\n"
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>'
QUESTIONS = (
    {"id": "1", "question": "全市共有产业园区多少", "answers": ["12个"], "doc": "parks.txt"},
    {"id": "2", "question": f"园区绿化由哪个部门负责{HOSTILE}", "answers": [f"市政部门{HOSTILE}", "市政部门"]},
    {"id": "3", "question": "食堂几点开门", "answers": []},
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, index=tmp_path / "default", max_file_mb=0.01)


@pytest.fixture
def library(tmp_path: Path) -> Any:
    path = tmp_path / "parks.txt"
    path.write_text(PARKS, encoding="utf-8")
    return FakeLibrary([read(path)], read_only=True)


Make = Callable[..., EvaluationHandlers]


@pytest.fixture
def make(tmp_path: Path, settings: Settings, library: Any) -> Make:
    def make(prepare: Any = None, contexts: Any = None) -> EvaluationHandlers:
        desk = Desk(library, settings, lambda _: library)
        feedback = FeedbackHandlers(FeedbackStore(settings.home))

        def asked(dataset: Dataset, opened: Any, leave_one_out: bool) -> Evaluation:
            return Evaluation.prepare(dataset, opened, leave_one_out=leave_one_out)

        assessor = Assessor(lambda: desk.library, prepare or asked, contexts or (lambda dataset, tell: library))
        samples = tmp_path / "samples.jsonl"
        samples.write_text(json.dumps(QUESTIONS[0], ensure_ascii=False), encoding="utf-8")
        return EvaluationHandlers(desk, settings, feedback, assessor, tmp_path / "incoming", lambda: samples)

    return make


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


# what is taken


def test_an_uploaded_test_set_is_asked_and_shown(make: Make, tmp_path: Path) -> None:
    handlers, sitting = make(), Sitting()
    assert handlers.upload(sent(tmp_path, "题 目.jsonl", lines(*QUESTIONS)), sitting) == ""
    assert "题 目.jsonl：3 题" in handlers.setup(sitting)
    assert list((tmp_path / "incoming").iterdir()) == []
    assert not [problem for problem in handlers.start(False, sitting) if problem]
    shown = handlers.outcome(sitting)
    assert "共 3 题" in shown and "食堂" not in shown  # refused rightly: no failure
    assert "<script" not in shown and "<img" not in shown and "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    "claim",
    [None, "x", 5, [], {}, {"path": 5}, {"path": "\0"}, {"path": "/etc/passwd", "orig_name": "a.jsonl"}, [[]]],
)
def test_what_is_no_upload_is_none(make: Make, claim: object) -> None:
    sitting = Sitting(chosen=CHOSEN)
    assert make().upload(claim, sitting) == EVALUATION["not_received"][0]
    assert sitting.chosen is CHOSEN


def test_a_file_outside_the_incoming_folder_is_neither_read_nor_deleted(make: Make, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonl"
    secret.write_text(lines(*QUESTIONS))
    (tmp_path / "incoming").mkdir()
    sitting = Sitting()
    for path in (secret, tmp_path / "incoming" / ".." / "secret.jsonl"):
        assert make().upload({"path": str(path), "orig_name": "a.jsonl"}, sitting)
    assert secret.exists() and sitting.chosen is None


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonl", "{no json", "a.jsonl"),
        ("a.jsonl", "", "a.jsonl"),
        ("a.jsonl", b"\xff\xfe{", "a.jsonl"),
        ("a.jsonl", lines(QUESTIONS[0], QUESTIONS[0]), "'1'|“1”"),
        ("a.json", "[" * 10**4, "a.json"),
        ("a.csv", "x,y\n1,2\n", "a.csv"),
        ("题.txt", lines(*QUESTIONS), "题.txt.*jsonl"),
        ("题", lines(*QUESTIONS), "题.*jsonl"),
        ("../../etc/题.jsonl", "{", "^题.jsonl"),
        ("..\\..\\题.jsonl", "{", "^题.jsonl"),
        ("a.jsonl", "长" * 10**4, "0.01 MB"),
        (7, lines(*QUESTIONS), "upload.part"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_changes_nothing(
    make: Make, tmp_path: Path, name: object, text: str | bytes, told: str
) -> None:
    sitting = Sitting(chosen=CHOSEN)
    said = make().upload(sent(tmp_path, name, text), sitting)
    assert re.search(told, said) and "\n" not in said and str(tmp_path) not in said and "wenju-testset" not in said
    assert sitting.chosen is CHOSEN and list((tmp_path / "incoming").iterdir()) == []


def test_the_samples_questions_are_there_while_the_samples_are(make: Make, library: FakeLibrary) -> None:
    handlers, sitting = make(), Sitting()
    for wrong in ("", "file", "../samples", None, ["samples"], 3):
        assert handlers.choose(wrong, sitting) == "" and sitting.chosen is None
    assert handlers.choose("samples", sitting) == "" and sitting.chosen is not None
    library.read_only, other = False, Sitting()
    assert handlers.choose("samples", other) == "" and other.chosen is None
    assert "data-choose" not in handlers.setup(other)


def test_feedback_of_which_nothing_can_be_asked_says_so(make: Make) -> None:
    assert "feedback.jsonl" in make().choose("feedback", Sitting())


def test_a_test_set_with_its_own_texts_is_asked_of_these_alone(make: Make, tmp_path: Path) -> None:
    told: list[Any] = []

    def contexts(dataset: Dataset, tell: Callable[[int, int], None]) -> Any:
        path = tmp_path / "own.txt"
        path.write_text(dataset.contexts[0].text, encoding="utf-8")
        tell(1, 1)
        told.append(dataset.contexts)
        return FakeLibrary([read(path)])

    handlers, sitting = make(contexts=contexts), Sitting()
    case = Case(id="1", question="县城共有路灯多少", answers=("80盏",))
    texts = (Context(name="a", text="县城\n县城共有路灯80盏\n"),)
    sitting.chosen = Dataset(path="own.json", format="squad", cases=(case,), contexts=texts)
    assert "1 段文章" in handlers.setup(sitting)
    list(handlers.start(False, sitting))
    assert told == [texts] and sitting.result and sitting.result.outcomes[0].stage == "right"


# runs


def test_nothing_is_asked_before_something_is_chosen(make: Make) -> None:
    sitting = Sitting()
    assert list(make().start(True, sitting)) == [EVALUATION["nothing_chosen"][0]] and sitting.run is None


@pytest.mark.parametrize(("said", "meant"), [(True, True), (False, False), (1, False), ("true", False), (None, False)])
def test_leave_one_out_is_what_was_ticked(make: Make, said: object, meant: bool) -> None:
    taken: list[bool] = []

    def prepare(dataset: Dataset, library: Any, leave_one_out: bool) -> Slow:
        taken.append(leave_one_out)
        return Slow(0)

    list(make(prepare).start(said, Sitting(chosen=CHOSEN)))
    assert taken == [meant]


def test_a_second_run_has_to_wait_for_the_first(make: Make) -> None:
    slow = Slow(2)
    handlers = make(lambda *_: slow)
    first, second = Sitting(chosen=CHOSEN), Sitting(chosen=CHOSEN)
    running = handlers.start(False, first)
    next(running)
    assert list(handlers.start(False, second)) == list(handlers.start(False, first)) == [EVALUATION["busy"][0]]
    assert second.run is None and "data-stop" in handlers.outcome(first) and "disabled" in handlers.setup(first)
    slow.let.release(2)
    list(running)
    assert first.result and first.result.look.stage == "done"
    slow.let.release(2)
    assert list(handlers.start(False, second))[-1] == "" and second.result


def test_stop_keeps_what_was_answered(make: Make) -> None:
    slow, sitting = Slow(9), Sitting(chosen=CHOSEN)
    handlers = make(lambda *_: slow)
    running = handlers.start(False, sitting)
    slow.let.release(3)
    while sitting.run is None or sitting.run.look.done < 3:
        next(running)
    handlers.stop(sitting)
    assert EVALUATION["stopping"][0] in handlers.outcome(sitting)
    slow.let.release(1)  # the batch that was being asked
    list(running)
    assert sitting.result and sitting.result.summary == {"n": 4}
    look = sitting.result.look
    assert (look.stage, look.done, look.total) == ("stopped", 4, 9)


def test_a_run_stopped_while_it_indexes_has_no_result_and_no_error(make: Make) -> None:
    run = Run(CHOSEN, leave_one_out=False)
    handlers = make()

    def prepare(tell: Any) -> Any:
        tell(1, 9)
        run.stop()
        tell(2, 9)

    run.carry_out(prepare)
    assert (run.going, run.problem, run.look.stage) == (False, None, "stopped")
    shown = handlers.outcome(Sitting(run=run))
    assert EVALUATION["stopped_early"][0] in shown and "error" not in shown


def test_documents_that_are_not_here_are_one_line(make: Make) -> None:
    handlers = make()
    case = Case(id="1", question="?", answers=("x",), documents=("elsewhere.txt",))
    sitting = Sitting(chosen=Dataset(path="a.jsonl", format="jsonl", cases=(case,)))
    list(handlers.start(False, sitting))
    assert sitting.run and isinstance(sitting.run.problem, UnknownDocuments)
    shown = handlers.outcome(sitting)
    assert "elsewhere.txt" in shown and "--index" not in shown and sitting.result is None


def test_whatever_happens_in_a_run_it_ends_and_the_next_one_may_begin(make: Make) -> None:
    run = Run(CHOSEN, leave_one_out=False)
    with pytest.raises(ZeroDivisionError):
        run.carry_out(lambda tell: 1 // 0)  # type: ignore[arg-type, return-value]
    assert not run.going
    assert EVALUATION["failed"][0] in make().outcome(Sitting(run=run))


def test_progress_says_how_far_and_how_long() -> None:
    begun = run_html(Look(stage="asking", done=TOLD - 1, total=100, seconds=4), "en")
    assert f"Asked {TOLD - 1} of 100" in begun and "left" not in begun
    # 300 s for 50 questions: 6 s each, 50 are left
    assert "about 5 min left" in run_html(Look(stage="asking", done=50, total=100, seconds=300), "en")
    assert 'aria-valuenow="50"' in run_html(Look(stage="asking", done=50, total=100, seconds=300), "en")
    assert "(3/8)" in run_html(Look(stage="indexing", done=3, total=8), "en")


# tabs


def test_who_leaves_stops_the_run_and_takes_the_result_along(make: Make) -> None:
    slow = Slow(9)
    handlers = make(lambda *_: slow)
    sitting = handlers.sittings.of("tab")
    sitting.chosen = CHOSEN
    running = handlers.start(False, sitting)
    next(running)
    handlers.sittings.leave("tab")
    slow.let.release(1)
    list(running)
    assert sitting.run and not sitting.run.going and len(sitting.run.outcomes) == 1
    assert handlers.sittings.of("tab") is not sitting and handlers.download(sitting.token, "summary") is None
    handlers.sittings.leave("nobody")
    handlers.sittings.leave(None)


def test_old_tabs_go_but_none_whose_run_goes_on() -> None:
    sittings = Sittings()
    busy, idle = sittings.of("busy"), sittings.of("idle")
    busy.run = Run(CHOSEN, leave_one_out=False)
    for number in range(SITTINGS_KEPT):
        sittings.of(str(number))
    assert sittings.of("busy") is busy and sittings.of("idle") is not idle


# downloads


def test_a_tab_downloads_its_own_result_and_nobody_elses(make: Make, tmp_path: Path) -> None:
    handlers = make()
    mine, other = handlers.sittings.of("mine"), handlers.sittings.of("other")
    handlers.upload(sent(tmp_path, "q.jsonl", lines(*QUESTIONS)), mine)
    list(handlers.start(True, mine))
    files = {name: handlers.download(mine.token, name) for name in ("report", "predictions", "summary")}
    assert all(each and each.name.startswith("wenju-") for each in files.values())
    assert files["report"] and files["report"].content.startswith(b"<!doctype html>")
    assert b"<script>window.hit" not in files["report"].content
    assert files["predictions"] and mine.result
    predicted = [json.loads(line) for line in files["predictions"].content.splitlines()]
    assert [each["id"] for each in predicted] == [outcome.id for outcome in mine.result.outcomes]
    assert files["summary"] and json.loads(files["summary"].content)["n"] == 3
    assert all(f'href="download/{mine.token}/{name}"' in handlers.outcome(mine) for name in files)

    assert handlers.download(other.token, "report") is None
    for name in ("", "Report", "report.html", "../report", "feedback/..", "wenju.toml"):
        assert handlers.download(mine.token, name) is None
    for token in ("", mine.token[:-1], mine.token + "x", "令牌", "\ud800", "../" + mine.token):
        assert handlers.download(token, "report") is None


def test_english_says_nothing_in_chinese_but_what_was_sent(make: Make, tmp_path: Path) -> None:
    handlers, sitting = make(), Sitting(language="en")
    handlers.upload(
        sent(tmp_path, "q.jsonl", lines({"id": "1", "question": "How many parks?", "answers": []})), sitting
    )
    list(handlers.start(False, sitting))
    shown = handlers.intro("en") + handlers.setup(sitting) + handlers.outcome(sitting) + handlers.panel(sitting)
    assert not re.search(r"[一-鿿]", shown)
