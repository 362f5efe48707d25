"""What is being done, told while it is done."""

import threading

import pytest

from rag.progress import Step, reading, searching, watched


def test_the_steps_come_in_order_and_only_inside() -> None:
    told: list[Step] = []
    searching()
    with watched(told.append):
        searching()
        assert list(reading("ab", 2)) == ["a", "b"]
    assert list(reading("c", 1)) == ["c"]
    assert told == [Step(stage="searching"), *(Step(stage="reading", done=done, total=2) for done in (0, 1, 2))]


def test_whoever_is_told_may_stop_the_work() -> None:
    taken: list[str] = []

    def tell(step: Step) -> None:
        if step.done == 2:
            raise InterruptedError

    def work() -> None:
        taken.extend(reading("abc", 3))

    with watched(tell), pytest.raises(InterruptedError):
        work()
    assert taken == ["a"]


def test_each_thread_watches_its_own_work() -> None:
    told: list[Step] = []
    with watched(told.append):
        other = threading.Thread(target=searching)
        other.start()
        other.join()
    assert told == []
