"""The plots of an evaluation as inline SVG. The owner of matplotlib, which draws what has axes.

matplotlib measures text with a font of its own that knows no Chinese. So it draws the keys of the catalogue, which
:mod:`ui.report.inline_svg` then replaces by their words, and nothing depends on how wide those are.
"""

import io
import logging
import os
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ui.catalog_eval import STAGES
from ui.catalog_report import REPORT, STAGE_NOTES
from ui.escaping import html
from ui.language import Language, say
from ui.report.inline_svg import COLORS, inline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Summary = Mapping[str, Any]

SIZE = (5.2, 3.2)
"""Inches, of 72 pixels of the page each."""
AREA = (0.1, 0.18, 0.86, 0.71)
"""Of the axes in the drawing: left, bottom, width, height; fixed, so that no label has to be measured."""
GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
WORDS = ("coverage_axis", "risk_axis", "confidence_axis", "right_axis", "threshold_line")
GOOD_STAGES = ("right", "refused_rightly")

_drawing = threading.Lock()  # the settings that matplotlib draws by are one set for the whole process


def risk_coverage_svg(summary: Summary, language: Language) -> str:
    """Share of wrong answers against the share of questions answered, the threshold in use marked."""
    points = summary["risk_coverage"]["points"]
    coverage, precision = summary["coverage"], summary["precision"]
    facts = {"threshold": f"{summary['threshold']:g}"}
    if coverage is None:
        note = ""
    elif precision is None:
        note = say(REPORT, language, "threshold_none", **facts)
    else:
        facts |= {"coverage": f"{coverage:.1%}", "risk": f"{1 - precision:.1%}"}
        note = say(REPORT, language, "threshold_point", **facts)

    def draw(axes: "Axes") -> None:
        x, y = [point["coverage"] for point in points], [point["risk"] for point in points]
        axes.plot([0, *x], [y[0], *y], color=COLORS["accent"], linewidth=1.8, drawstyle="steps-pre")
        axes.set_ylim(0, max(0.1, *y) * 1.06)
        if precision is not None:
            axes.plot([coverage, coverage], [0, 1 - precision], color=COLORS["warn"], linewidth=1, linestyle="--")
            axes.plot([0, coverage], [1 - precision] * 2, color=COLORS["warn"], linewidth=1, linestyle="--")
            axes.plot([coverage], [1 - precision], color=COLORS["warn"], marker="o", markersize=6)
        _axes(axes, "coverage_axis", "risk_axis")

    return _figure("risk", draw if points else None, note, language)


def reliability_svg(summary: Summary, language: Language) -> str:
    """Share of right answers among those of like confidence, with their number; the threshold in use marked."""
    bins = [each for each in summary["calibration"]["bins"] if each["n"]]
    threshold = summary["threshold"]

    def draw(axes: "Axes") -> None:
        axes.plot([0, 1], [0, 1], color=COLORS["soft"], linewidth=1, linestyle="--")
        for each in bins:
            width = each["to"] - each["from"]
            middle = each["from"] + width / 2
            axes.bar(middle, each["right"], width * 0.86, color=COLORS["accent"], alpha=0.75)
            axes.text(middle, each["right"] + 0.02, str(each["n"]), ha="center", color=COLORS["ink"])
        axes.plot([threshold, threshold], [0, 1.08], color=COLORS["warn"], linewidth=1, linestyle="--")
        side = "right" if threshold > 0.5 else "left"
        aside = -0.012 if threshold > 0.5 else 0.012
        axes.text(threshold + aside, 1.04, "threshold_line", ha=side, color=COLORS["warn"])
        axes.set_ylim(0, 1.12)
        axes.set_yticks(GRID)
        _axes(axes, "confidence_axis", "right_axis")

    return _figure("reliability", draw if bins else None, "", language)


def stages_svg(summary: Summary, language: Language) -> str:
    """How many questions ended in each stage: a line each, its length drawn, its number and what it means.

    ``data-stage`` names the stage, for a script that filters by it.
    """
    counts = {stage: summary["stages"].get(stage, 0) for stage in STAGES}
    total, most = sum(counts.values()), max(counts.values())
    lines = []
    for stage, count in counts.items():
        if not count:
            continue
        good = "good" if stage in GOOD_STAGES else "bad"
        lines.append(
            f'<li data-stage="{stage}"><span class="name">{html(say(STAGES, language, stage))}</span>'
            f'<span class="number">{count}</span><span class="share">{count / total:.1%}</span>'
            f'<svg class="bar {good}" aria-hidden="true"><rect width="{100 * count / most:.2f}%" height="100%"/></svg>'
            f'<span class="note">{html(say(STAGE_NOTES, language, stage))}</span></li>'
        )
    return f'<ul class="stages">{"".join(lines)}</ul>' if lines else _nothing(language)


def settle_cache() -> None:
    """Give matplotlib a cache folder of this program's, where nobody named one, before anything imports it.

    It keeps a list of the machine's fonts, and would otherwise make folders in the user's home; where it cannot write
    it makes a temporary one, and there is no need to warn of that.
    """
    import platformdirs

    os.environ.setdefault("MPLCONFIGDIR", str(platformdirs.user_cache_path("wenju") / "matplotlib"))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def _figure(kind: str, draw: "Callable[[Axes], None] | None", note: str, language: Language) -> str:
    """A plot under its title, with how to read it."""
    title, how = say(REPORT, language, f"{kind}_title"), say(REPORT, language, f"{kind}_note")
    words = {key: say(REPORT, language, key) for key in WORDS}
    drawn = inline(_svg(kind, draw), name=kind, label=f"{title} {note}", words=words) if draw else _nothing(language)
    in_use = f'<p class="threshold">{html(note)}</p>' if note and draw else ""
    return (
        f'<figure class="plot"><figcaption><h3>{html(title)}</h3><p class="note">{html(how)}</p></figcaption>'
        f"{drawn}{in_use}</figure>"
    )


def _nothing(language: Language) -> str:
    return f'<p class="note">{html(say(REPORT, language, "no_plot"))}</p>'


def _axes(axes: "Axes", x: str, y: str) -> None:
    """Both axes in per cent, a quiet grid, each label at the end of its axis."""
    axes.set_xlim(0, 1)
    axes.set_xticks(GRID)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.tick_params(length=0, pad=5, labelcolor=COLORS["soft"])
    axes.grid(visible=True, color=COLORS["line"], linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(COLORS["soft"])
    axes.text(1, -0.22, x, transform=axes.transAxes, ha="right", color=COLORS["ink"])
    axes.text(-0.1, 1.06, y, transform=axes.transAxes, ha="left", color=COLORS["ink"])


def _svg(name: str, draw: "Callable[[Axes], None]") -> str:
    """What ``draw`` makes of empty axes; the same every time, whatever the user has set for other programs."""
    settle_cache()
    import matplotlib
    from matplotlib.figure import Figure

    with _drawing, matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": name})
        figure = Figure(figsize=SIZE)
        axes = figure.add_axes(AREA)
        for paper in (figure.patch, axes.patch):
            paper.set_visible(False)
        draw(axes)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
        return written.getvalue()
