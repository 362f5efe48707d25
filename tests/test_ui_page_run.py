"""Runs of the evaluation view: one at a time, watched, stopped, left; whatever happens, they end."""

from pathlib import Path
from typing import Any

import pytest

from rag.evaluation.case import Case, Dataset
from rag.evaluation.errors import UnknownDocuments
from tests.web_evaluation import CHOSEN, Slow, handlers_in
from ui.catalog_web import EVALUATION
from ui.page_assessment import SITTINGS_KEPT, Sitting, Sittings
from ui.page_evaluation import TOLD, run_html
from ui.page_run import Look, Run


def test_nothing_is_asked_before_something_is_chosen(tmp_path: Path) -> None:
    sitting = Sitting()
    assert list(handlers_in(tmp_path).start(True, sitting)) == [EVALUATION["nothing_chosen"][0]] and sitting.run is None


@pytest.mark.parametrize(("said", "meant"), [(True, True), (False, False), (1, False), ("true", False), (None, False)])
def test_leave_one_out_is_what_was_ticked(tmp_path: Path, said: object, meant: bool) -> None:
    taken: list[bool] = []

    def prepare(dataset: Dataset, library: Any, leave_one_out: bool) -> Slow:
        taken.append(leave_one_out)
        return Slow(0)

    list(handlers_in(tmp_path, prepare=prepare).start(said, Sitting(chosen=CHOSEN)))
    assert taken == [meant]


def test_a_second_run_has_to_wait_for_the_first(tmp_path: Path) -> None:
    slow = Slow(2)
    handlers = handlers_in(tmp_path, prepare=lambda *_: slow)
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


def test_stop_keeps_what_was_answered(tmp_path: Path) -> None:
    slow, sitting = Slow(9), Sitting(chosen=CHOSEN)
    handlers = handlers_in(tmp_path, prepare=lambda *_: slow)
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


def test_a_run_stopped_while_it_indexes_has_no_result_and_no_error(tmp_path: Path) -> None:
    run = Run(CHOSEN, leave_one_out=False)
    handlers = handlers_in(tmp_path)

    def prepare(tell: Any) -> Any:
        tell(1, 9)
        run.stop()
        tell(2, 9)

    run.carry_out(prepare)
    assert (run.going, run.problem, run.look.stage) == (False, None, "stopped")
    shown = handlers.outcome(Sitting(run=run))
    assert EVALUATION["stopped_early"][0] in shown and "error" not in shown


def test_documents_that_are_not_here_are_one_line(tmp_path: Path) -> None:
    handlers = handlers_in(tmp_path)
    case = Case(id="1", question="?", answers=("x",), documents=("elsewhere.txt",))
    sitting = Sitting(chosen=Dataset(path="a.jsonl", format="jsonl", cases=(case,)))
    list(handlers.start(False, sitting))
    assert sitting.run and isinstance(sitting.run.problem, UnknownDocuments)
    shown = handlers.outcome(sitting)
    assert "elsewhere.txt" in shown and "--index" not in shown and sitting.result is None


def test_whatever_happens_in_a_run_it_ends_and_the_next_one_may_begin(tmp_path: Path) -> None:
    run = Run(CHOSEN, leave_one_out=False)
    with pytest.raises(ZeroDivisionError):
        run.carry_out(lambda tell: 1 // 0)  # type: ignore[arg-type, return-value]
    assert not run.going
    assert EVALUATION["failed"][0] in handlers_in(tmp_path).outcome(Sitting(run=run))


def test_progress_says_how_far_and_how_long() -> None:
    begun = run_html(Look(stage="asking", done=TOLD - 1, total=100, seconds=4), "en")
    assert f"Asked {TOLD - 1} of 100" in begun and "left" not in begun
    # 300 s for 50 questions: 6 s each, 50 are left
    assert "about 5 min left" in run_html(Look(stage="asking", done=50, total=100, seconds=300), "en")
    assert 'aria-valuenow="50"' in run_html(Look(stage="asking", done=50, total=100, seconds=300), "en")
    assert "(3/8)" in run_html(Look(stage="indexing", done=3, total=8), "en")


# tabs


def test_who_leaves_stops_the_run_and_takes_the_result_along(tmp_path: Path) -> None:
    slow = Slow(9)
    handlers = handlers_in(tmp_path, prepare=lambda *_: slow)
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
