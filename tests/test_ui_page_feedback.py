"""Thumbs without Gradio: what is kept, changed, taken back and shown, whatever the page says."""

import re
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answer
from rag.evaluation.dataset import read_dataset
from rag.evaluation.feedback import FeedbackStore
from tests.fake_web_library import FakeLibrary, read
from ui.catalog_web import FEEDBACK, WEB
from ui.page_conversation import conversation_html
from ui.page_exchange import Exchange
from ui.page_feedback import LISTED
from ui.page_feedback_handlers import FeedbackHandlers

PARKS = "青禾市产业园区情况\n全市共有产业园区12个\n园区绿化由市政部门负责\n"
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>\u202e"\'>'


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path)


@pytest.fixture
def handlers(store: FeedbackStore) -> FeedbackHandlers:
    return FeedbackHandlers(store)


@pytest.fixture
def exchanges(tmp_path: Path) -> tuple[Exchange, ...]:
    path = tmp_path / "parks.txt"
    path.write_text(PARKS, encoding="utf-8")
    library = FakeLibrary([read(path)])
    asked = ("全市共有产业园区多少", "食堂几点开门")
    return tuple(Exchange(question=question, answer=library.ask(question)) for question in asked)


def shown(handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...], remark: Any = None) -> list[str]:
    """Each answer's thumbs."""
    return conversation_html(exchanges, handlers.thumbs(remark), "zh").split('<div class="feedback"')[1:]


def pressed(markup: str) -> list[str]:
    return re.findall(r'data-thumb="(\w+)" aria-pressed="true"', markup)


def test_answers_and_refusals_have_two_thumbs_with_names_and_what_waits_has_none(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...]
) -> None:
    waiting = (*exchanges, Exchange(question="还没答"), Exchange(question="出错", error="错"))
    found = shown(handlers, waiting)
    assert len(found) == 2
    for each in found:
        assert f'aria-label="{FEEDBACK["up"][0]}"' in each and f'aria-label="{FEEDBACK["down"][0]}"' in each
        assert pressed(each) == [] and "<input" not in each


def test_a_thumb_is_kept_changed_and_taken_back(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...], tmp_path: Path
) -> None:
    key = exchanges[0].key
    assert handlers.thumb(key, "up", exchanges, "zh") is None
    again = FeedbackHandlers(FeedbackStore(tmp_path))  # as after a restart
    assert pressed(shown(again, exchanges)[0]) == ["up"] and pressed(shown(again, exchanges)[1]) == []
    handlers.thumb(key, "down", exchanges, "zh")
    assert pressed(shown(again, exchanges)[0]) == ["down"] and "<input" in shown(again, exchanges)[0]
    handlers.thumb(key, "down", exchanges, "zh")
    assert pressed(shown(again, exchanges)[0]) == [] and handlers.thumbs().verdicts == {}


def test_a_wrong_answer_is_a_test_case_after_two_clicks(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...], tmp_path: Path
) -> None:
    handlers.thumb(exchanges[1].key, "down", exchanges, "zh")
    assert handlers.questions() == 0 and FEEDBACK["kept_wanting"][0] in shown(handlers, exchanges)[1]
    handlers.amend(exchanges[1].key, " 七点 ", False, "zh")
    assert handlers.questions() == 1 and FEEDBACK["kept_case"][0] in shown(handlers, exchanges)[1]
    saved = tmp_path / "saved.jsonl"
    saved.write_text(handlers.to_jsonl(), encoding="utf-8")
    (case,) = read_dataset(saved).cases
    assert (case.question, case.answers, case.history) == ("食堂几点开门", ("七点",), ("全市共有产业园区多少",))
    assert [(each.question, each.answers) for each in handlers.test_set().cases] == [(case.question, case.answers)]

    handlers.amend(exchanges[1].key, "", True, "zh")
    assert 'data-absent aria-pressed="true"' in shown(handlers, exchanges)[1]
    assert not handlers.test_set().cases[0].answerable


@pytest.mark.parametrize(
    ("key", "thumb"),
    [(None, "up"), (5, "up"), ([], "down"), ({}, "up"), ("no such", "up"), ("mine", "sideways"), ("mine", None)],
)
def test_a_thumb_for_what_is_not_there_keeps_nothing(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...], store: FeedbackStore, key: object, thumb: object
) -> None:
    asked = exchanges[0].key if key == "mine" else key
    assert handlers.thumb(asked, thumb, exchanges, "zh") is None
    assert not store.path.exists()


def test_another_tabs_answer_and_one_that_waits_get_no_thumb(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...], store: FeedbackStore
) -> None:
    waiting = Exchange(question="?")
    handlers.thumb(exchanges[0].key, "up", (waiting,), "zh")
    handlers.thumb(waiting.key, "up", (waiting,), "zh")
    assert not store.path.exists()


@pytest.mark.parametrize(
    ("key", "answer", "absent"), [(None, "x", False), (5, "x", True), ("a", None, False), ("a", ["x"], True)]
)
def test_an_amendment_of_the_wrong_kind_is_none(
    handlers: FeedbackHandlers, key: object, answer: object, absent: object
) -> None:
    assert handlers.amend(key, answer, absent, "zh") is None


def test_what_cannot_be_kept_is_one_line_beside_the_thumbs(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...]
) -> None:
    key = exchanges[0].key
    gone = handlers.amend(key, "x", False, "zh")
    assert gone and gone.text == WEB["UnknownFeedback"][0]
    handlers.thumb(key, "down", exchanges, "zh")
    long = handlers.amend(key, "长" * 10**5, False, "zh")
    assert long and "\n" not in long.text and "2000" in long.text and "100000" in long.text
    assert str(handlers._store.path) not in long.text and key not in long.text
    marked = shown(handlers, exchanges, long)
    assert 'role="alert"' in marked[0] and 'role="alert"' not in marked[1]
    assert handlers.thumbs().verdicts[key].right_answer is None


def test_a_store_that_cannot_be_read_says_so_and_the_answers_stay(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...], store: FeedbackStore
) -> None:
    store.path.mkdir()
    remark = handlers.thumb(exchanges[0].key, "up", exchanges, "zh")
    assert remark and str(store.path) in remark.text
    assert len(shown(handlers, exchanges, remark)) == 2 and handlers.questions() == 0
    assert 'role="alert"' in handlers.panel("zh", "x")
    assert 'role="alert"' in handlers.remove_all("zh")


def test_one_or_all_can_be_deleted(handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...]) -> None:
    for exchange in exchanges:
        handlers.thumb(exchange.key, "up", exchanges, "zh")
    for wrong in (None, 5, "", "../x", ["a"]):
        handlers.remove(wrong, "zh")
    assert len(handlers.thumbs().verdicts) == 2
    handlers.remove(exchanges[0].key, "zh")
    assert list(handlers.thumbs().verdicts) == [exchanges[1].key]
    assert handlers.remove_all("zh") == handlers.remove_all("zh") == ""
    assert FEEDBACK["none"][0] in handlers.panel("zh", "x")


def test_the_list_counts_asks_for_what_is_wanted_and_says_where_it_is_kept(
    handlers: FeedbackHandlers, exchanges: tuple[Exchange, ...], store: FeedbackStore
) -> None:
    handlers.thumb(exchanges[0].key, "up", exchanges, "zh")
    handlers.thumb(exchanges[1].key, "down", exchanges, "zh")
    panel = handlers.panel("zh", "download/token/feedback")
    assert FEEDBACK["kept"][0].format(count=2, cases=1) in panel and FEEDBACK["wanting"][0].format(count=1) in panel
    assert str(store.path) in panel and 'href="download/token/feedback"' in panel
    assert panel.index("食堂几点开门") < panel.index("全市共有产业园区多少")  # the last one first
    assert panel.count("<input") == 1
    handlers.remove(exchanges[0].key, "zh")
    assert "href=" not in handlers.panel("zh", "x")  # nothing that could be a test set


def test_a_long_list_shows_the_last_ones(handlers: FeedbackHandlers) -> None:
    many = tuple(
        Exchange(question=f"问{n}。", answer=Answer(question=f"问{n}。", asked="", reason="not_stated"))
        for n in range(LISTED + 1)
    )
    for exchange in many:
        handlers.thumb(exchange.key, "up", many, "zh")
    panel = handlers.panel("zh", "x")
    assert panel.count("<li data-key") == LISTED and "问0。" not in panel and f"问{LISTED}。" in panel
    assert handlers.questions() == LISTED + 1


def test_what_users_type_is_never_markup(handlers: FeedbackHandlers) -> None:
    answer = Answer(question=HOSTILE, asked=HOSTILE, answer=HOSTILE, reason=None, kind="span")
    exchanges = (Exchange(question=HOSTILE, answer=answer),)
    handlers.thumb(exchanges[0].key, "down", exchanges, "zh")
    panels = [handlers.panel("zh", "x")]
    handlers.amend(exchanges[0].key, HOSTILE, False, "zh")
    for markup in (*panels, handlers.panel("zh", "x"), *shown(handlers, exchanges)):
        assert not re.search(r"<(img|script)|onerror=\"|\u202e", markup)
