"""A conversation remembers its questions, not more of them than matter, and never changes under anybody's hands."""

from pathlib import Path

from rag.scope import Scope
from rag.settings import Settings
from tests.fake_library import FACT, FOLLOW_UP, FakeLibrary, found
from ui.chat import REMEMBERED, Conversation, understood


def library() -> FakeLibrary:
    return FakeLibrary(Settings(home=Path("home"), index=Path("index")))


def test_a_follow_up_is_asked_with_what_came_before() -> None:
    fake = library()
    first, conversation = Conversation().ask(fake, f" {FACT}\n")  # type: ignore[arg-type]
    second, _ = conversation.ask(fake, FOLLOW_UP)  # type: ignore[arg-type]
    assert (first.answer, second.answer) == ("45%", "3.2公里")
    assert fake.asked == [(FACT, ()), (FOLLOW_UP, (FACT,))]


def test_all_questions_of_a_conversation_are_asked_of_the_same_documents() -> None:
    fake, scope = library(), Scope(years=(2031,))
    conversation = Conversation(scope=scope)
    for question in (FACT, FOLLOW_UP):
        answer, conversation = conversation.ask(fake, question)  # type: ignore[arg-type]
        assert answer.scope == scope
    assert fake.scopes == [scope, scope]
    assert conversation.afresh() == Conversation(scope=scope) != conversation


def test_asking_leaves_the_old_conversation_as_it_was() -> None:
    start = Conversation()
    start.ask(library(), FACT)  # type: ignore[arg-type]
    assert start.history == ()


def test_only_the_last_questions_are_kept_and_blank_ones_never() -> None:
    conversation = Conversation()
    for number in range(REMEMBERED + 3):
        _, conversation = conversation.ask(library(), f"问题{number}")  # type: ignore[arg-type]
    assert conversation.history == tuple(f"问题{n}" for n in range(3, REMEMBERED + 3))
    _, after = conversation.ask(library(), "  ")  # type: ignore[arg-type]
    assert after == conversation


def test_it_says_how_a_follow_up_was_understood_and_only_then() -> None:
    assert understood(found("那长度呢？", "3.2公里", asked="水渠长度"), "zh") == "按“水渠长度”查找"
    assert understood(found("那长度呢？", "3.2公里", asked="水渠长度"), "en") == 'searched for "水渠长度"'
    assert understood(found(" 水渠长度 ", "3.2公里", asked="水渠长度"), "zh") is None
