"""Passages that the ranker leaves close are read."""

from collections.abc import Sequence
from dataclasses import replace

from rag.answer import Passage
from rag.close_calls import CLOSE, READ, close, settled
from rag.question import Question, understand
from tests.fakes import passages

(ASKED,) = understand("水库每月检查几次？")


class Backwards:
    """Puts passages in the reverse order, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def order(self, question: Question, passages: Sequence[Passage], stretches: int) -> tuple[int, ...]:
        assert stretches > 0
        self.given += [passage.text for passage in passages]
        return tuple(range(len(passages)))[::-1]


def scored(*scores: float) -> tuple[Passage, ...]:
    texts = passages(*(f"第{n}段。" for n in range(len(scores))))
    return tuple(replace(passage, score=score) for passage, score in zip(texts, scores, strict=True))


def test_the_first_are_put_in_the_readers_order() -> None:
    reader, found = Backwards(), scored(5.0, 4.5, 3.0, 2.0, 1.0)
    read = settled(reader, ASKED, found)
    assert reader.given == [passage.text for passage in found[:READ]]
    assert [passage.text for passage in read] == ["第2段。", "第1段。", "第0段。", "第3段。", "第4段。"]
    assert [passage.score for passage in read] == [passage.score for passage in found]


def test_what_is_close() -> None:
    assert close(scored(5.0, 5.01 - CLOSE, 1.0))
    assert not any(close(scored(*scores)) for scores in ((), (1.0,), (5.0, 5.0 - CLOSE), (5.0, 1.0, 1.0)))
