"""A question in a thread of its own: how far it is, its answer, an end before there is one."""

import threading
from collections.abc import Callable

import pytest

from rag.answer import Answer
from rag.progress import Step, reading, searching
from ui.page_answering import BETWEEN, Answering, Stopped

ANSWER = Answer(question="几个？", asked="几个？", answer="3个")


def waiting(until: threading.Event) -> Callable[[], Answer]:
    def ask() -> Answer:
        searching()
        for place in reading("abc", 3):
            if place == "a":
                until.wait(10)
        return ANSWER

    return ask


def test_a_quick_answer_comes_alone() -> None:
    assert list(Answering().run("k", lambda: ANSWER)) == [ANSWER]


def test_a_slow_one_says_how_far_it_is() -> None:
    until, said = threading.Event(), []
    for step in Answering().run("k", waiting(until)):
        said.append(step)
        until.set()
    assert said == [Step(stage="reading", done=1, total=3), ANSWER]


def test_it_is_stopped_at_its_next_step() -> None:
    until, answering = threading.Event(), Answering()
    running = answering.run("k", waiting(until))
    assert next(running) == Step(stage="reading", done=1, total=3)
    assert not answering.stop("other") and not answering.stop(["k"])
    assert answering.stop("k")
    until.set()
    with pytest.raises(Stopped):
        list(running)
    assert not answering.stop("k")


def test_what_goes_wrong_comes_out() -> None:
    def ask() -> Answer:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        list(Answering().run("k", ask))


def test_whoever_leaves_ends_the_work() -> None:
    until, answering = threading.Event(), Answering()
    ended = threading.Event()

    def ask() -> Answer:
        try:
            return waiting(until)()
        finally:
            ended.set()

    running = answering.run("k", ask)
    next(running)
    running.close()  # type: ignore[attr-defined]
    until.set()
    assert ended.wait(10 * BETWEEN)
