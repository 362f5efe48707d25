"""The settings of the page: what it says is checked, what it shows is what answers."""

from pathlib import Path
from typing import Any

import pytest

from rag.settings import Settings
from ui.chat import AS_SET, Ways
from ui.page_settings import Running, settings_html, ways_of


def running(**settings: Any) -> Running:
    here = Path("home")
    return Running(settings=Settings(home=here, index=here / "default", **settings), encoder="zh<b>", samples=False)


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
    assert ways_of(top_k, threshold) == ways


def test_it_shows_what_is_set_and_offers_the_way_back() -> None:
    shown = settings_html(running(top_k=6, threshold=0.25), AS_SET, "zh")
    assert 'data-set="top_k" value="6"' in shown and 'data-set="threshold" value="25"' in shown
    assert "data-as-set hidden" in shown and "zh&lt;b&gt;" in shown and "自带" in shown
    changed = settings_html(running(), Ways(top_k=3), "en")
    assert 'data-set="top_k" value="3"' in changed and "data-as-set>" in changed and "uses no network" in changed
    assert "no model" in settings_html(running(reader="none"), AS_SET, "en")
