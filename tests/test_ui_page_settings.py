"""The settings of the page: what it says is checked, what it shows is what answers."""

from pathlib import Path
from typing import Any

import pytest

from rag.readers import ReaderChoice
from rag.settings import Settings
from ui.chat import AS_SET, Ways
from ui.page_settings import Running, settings_html, ways_of

READERS = (
    ReaderChoice(name="bundled"),
    ReaderChoice(name="none"),
    ReaderChoice(name="acme/<i>answers"),
    ReaderChoice(name="acme/heavy", missing="transformers"),
)


def running(**settings: Any) -> Running:
    here = Path("home")
    made = Settings(home=here, index=here / "default", **settings)
    return Running(settings=made, encoder="zh<b>", samples=False, readers=READERS)


@pytest.mark.parametrize(
    ("top_k", "threshold", "ways"),
    [
        (5, 40, Ways(top_k=5, threshold=0.4)),
        (None, 0, Ways(threshold=0.0)),
        (31, 96, AS_SET),
        (0, -1, AS_SET),
        (True, False, AS_SET),
        ("5", "0.4", AS_SET),
        (5.5, float("nan"), AS_SET),
        ([5], {"a": 1}, AS_SET),
    ],
)
def test_what_is_no_value_of_ours_is_as_set(top_k: object, threshold: object, ways: Ways) -> None:
    assert ways_of(top_k, threshold, None, READERS) == ways


def test_it_shows_what_is_set_and_offers_the_way_back() -> None:
    shown = settings_html(running(top_k=6, threshold=0.25), AS_SET, "zh")
    assert 'data-set="top_k" value="6"' in shown and 'data-set="threshold" value="25"' in shown
    assert "data-as-set hidden" in shown and "zh&lt;b&gt;" in shown and "自带" in shown
    changed = settings_html(running(), Ways(top_k=3), "en")
    assert 'data-set="top_k" value="3"' in changed and "data-as-set>" in changed and "uses no network" in changed
    assert 'value="none" checked' in settings_html(running(reader="none"), AS_SET, "en")


@pytest.mark.parametrize("reader", ["bundled", "none", "acme/<i>answers"])
def test_a_reader_of_the_list_is_taken(reader: str) -> None:
    assert ways_of(None, None, reader, READERS) == Ways(reader=reader)


@pytest.mark.parametrize(
    "reader",
    ["/etc", "../..", "acme/heavy", "acme/none-such", "~", "", "BUNDLED", "none\0", None, 0, True, ["none"], {"a": 1}],
)
def test_nothing_else_is_loaded_for_whoever_can_open_the_page(reader: object) -> None:
    assert ways_of(None, None, reader, READERS) == AS_SET


def test_the_readers_are_listed_with_what_they_need() -> None:
    shown = settings_html(running(), AS_SET, "zh")
    assert 'value="bundled" checked>' in shown and "默认" in shown and shown.count('data-set="reader"') == 4
    assert "acme/&lt;i&gt;answers" in shown and "<i>" not in shown
    assert 'value="acme/heavy" disabled>' in shown and "要装 torch 和 transformers" in shown
    changed = settings_html(running(), Ways(reader="none"), "en")
    assert 'value="none" checked>' in changed and 'value="bundled">' in changed and "data-as-set>" in changed
    assert "(" not in changed.split('value="none"')[1].split("</label>")[0]
