"""Plots: the same each time and in every thread, in the page's words and colours, nothing for a policy to block."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.sample_outcomes import THRESHOLD, empty_summary, summary
from ui.catalog_eval import STAGES
from ui.language import Language
from ui.report.inline_svg import COLORS
from ui.report.plots import reliability_svg, risk_coverage_svg, stages_svg

DRAWN = (risk_coverage_svg, reliability_svg)
ALL = (*DRAWN, stages_svg)


def drawing(fragment: str) -> str:
    return fragment[fragment.index("<svg") : fragment.index("</svg>") + 6]


def points(fragment: str, color: str) -> list[tuple[float, float]]:
    """Where the lines of one colour go."""
    path = re.findall(rf'<path d="([^"]*)"[^>]*stroke-{color}"', drawing(fragment))
    return [(float(x), float(y)) for each in path for x, y in re.findall(r"[ML] ([\d.]+) ([\d.]+)", each)]


@pytest.mark.parametrize("plot", DRAWN)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_policy_without_inline_styles_leaves_it_whole(plot: Any, language: Language) -> None:
    svg = drawing(plot(summary(), language))
    ElementTree.fromstring(svg)
    assert not re.search(r"style|font|xlink|<metadata|http", svg)
    assert not any(color in svg for color in COLORS.values())
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) <= {"none"}
    assert 'class="stroke-accent"' in svg or 'class="fill-accent"' in svg


@pytest.mark.parametrize("plot", DRAWN)
def test_every_word_is_in_the_language(plot: Any) -> None:
    chinese, english = plot(summary(), "zh"), plot(summary(), "en")
    assert re.search(r"<text[^>]*>[一-鿿]+</text>", chinese)
    assert not re.search("[一-鿿]", english)
    assert not re.search(r">\w+_\w+<", chinese + english)


def test_no_two_drawings_share_an_id() -> None:
    named = [set(re.findall(r'\bid="([^"]*)"', plot(summary(), "zh"))) for plot in DRAWN]
    assert named[0] and named[1] and not named[0] & named[1]
    for plot, names in zip(DRAWN, named, strict=True):
        used = re.findall(r'url\(#([^)]*)\)|href="#([^"]*)"', plot(summary(), "zh"))
        assert used and {one or other for one, other in used} <= names


def test_the_same_every_time_and_in_every_thread() -> None:
    expected = {plot: plot(summary(), "zh") for plot in DRAWN}
    with ThreadPoolExecutor(4) as pool:
        found = [(plot, pool.submit(plot, summary(), "zh")) for plot in DRAWN * 4]
        assert all(future.result() == expected[plot] for plot, future in found)


def test_what_others_set_for_matplotlib_changes_nothing() -> None:
    import matplotlib

    expected = risk_coverage_svg(summary(), "zh")
    with matplotlib.rc_context({"axes.facecolor": "red", "svg.fonttype": "path", "lines.linewidth": 9}):
        assert risk_coverage_svg(summary(), "zh") == expected
        assert matplotlib.rcParams["svg.fonttype"] == "path"


def test_the_curve_goes_where_the_points_are() -> None:
    made = summary() | {"precision": None, "coverage": 0.0}
    made["risk_coverage"] = {"aurc": 0.1, "points": [{"coverage": c, "risk": r, "confidence": 0.5} for c, r in
                                                     ((0.5, 0.0), (1.0, 0.5))]}  # fmt: skip
    (x0, bottom), *_, (x1, top) = points(risk_coverage_svg(made, "zh"), "accent")
    flat, up = points(risk_coverage_svg(made, "zh"), "accent")[-3:-1]
    assert flat == pytest.approx(((x0 + x1) / 2, bottom)) and up == pytest.approx(((x0 + x1) / 2, top))


def test_the_threshold_in_use_is_marked_where_it_is() -> None:
    made = summary()
    accent, warn = (points(risk_coverage_svg(made, "zh"), color) for color in ("accent", "warn"))
    left, right = accent[0][0], accent[-1][0]
    assert warn[0][0] == pytest.approx(left + made["coverage"] * (right - left), abs=0.01)
    assert f"阈值 {THRESHOLD:g}：答 {made['coverage']:.1%}，其中错 {1 - made['precision']:.1%}" in risk_coverage_svg(
        made, "zh"
    )
    assert "一题也不答" in risk_coverage_svg(made | {"precision": None, "coverage": 0.0}, "zh")


def test_every_bin_has_its_bar_and_its_number() -> None:
    bins: list[dict[str, Any]] = [
        {"from": n / 10, "to": (n + 1) / 10, "n": 1000 + n, "confidence": n / 10, "right": 0.5} for n in (1, 7)
    ]
    bins.append({"from": 0.9, "to": 1.0, "n": 0, "confidence": None, "right": None})
    svg = reliability_svg(summary() | {"calibration": {"ece": 0.1, "bins": bins}}, "en")
    assert ">1001<" in svg and ">1007<" in svg
    assert len(re.findall(r'<path[^>]*class="fill-accent"', svg)) == 2


def test_each_stage_has_its_line_and_only_if_it_occurs() -> None:
    html = stages_svg(summary() | {"stages": {"right": 3, "wrong_words": 1}}, "zh")
    assert re.findall(r'data-stage="(\w+)"', html) == ["right", "wrong_words"]
    assert STAGES["wrong_words"][0] in html and "75.0%" in html and "25.0%" in html
    assert 'width="100.00%"' in html and f'width="{100 / 3:.2f}%"' in html


@pytest.mark.parametrize("plot", ALL)
def test_nothing_to_draw(plot: Any) -> None:
    assert "没有可画的数据" in plot(empty_summary(), "zh") and "<svg" not in plot(empty_summary(), "zh")


def test_a_home_that_cannot_be_written_neither_breaks_nor_prints(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    settled = {name: value for name, value in os.environ.items() if not name.startswith(("MPL", "XDG_"))}
    code = (
        "from tests.sample_outcomes import summary\n"
        "from ui.report.plots import risk_coverage_svg\n"
        "assert '<svg' in risk_coverage_svg(summary(), 'zh')"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=settled | {"HOME": str(home)}, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert home.read_text() == "not a folder"
