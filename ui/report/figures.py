"""The figures of an evaluation as HTML: fragments without scripts. Pure, everything escaped."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rag.evaluation.metrics import METRICS
from ui.catalog_eval import FIGURES
from ui.catalog_report import CAUTIONS, EXPLAIN, REPORT
from ui.escaping import html
from ui.evaluation_text import ANSWERS, BY, CITATIONS, CONFIDENCE, LEFT_OUT, RETRIEVAL, headline
from ui.fail_under import figure
from ui.language import Language, say
from ui.report.plots import stages_svg

Summary = Mapping[str, Any]

NOTHING = "–"
ARROWS = {"higher": "↑", "lower": "↓"}
ARROW = '<abbr class="{}" title="{}">{}</abbr>'
LISTED = 12
"""Questions that a caution names."""


def figures_html(summary: Summary, language: Language) -> str:
    """Headline, every block of figures, tables by type and style, where questions were lost, latency, cautions."""
    return overview_html(summary, language) + costs_html(summary, language)


def overview_html(summary: Summary, language: Language) -> str:
    """All of :func:`figures_html` up to where questions were lost."""
    parts = (_headline(summary, language), _blocks(summary, language), _kinds(summary, language))
    lost = _section(
        "lost", f'<p class="note">{_say("lost_note", language)}</p>{stages_svg(summary, language)}', language
    )
    return f'<div class="report">{"".join(parts)}{lost if summary["stages"] else ""}</div>'


def costs_html(summary: Summary, language: Language) -> str:
    """The rest: latency and cautions."""
    lines = "".join(f"<p>{line}</p>" for line in _times(summary, language))
    cautions = "".join(f"<li>{html(_caution(each, language))}</li>" for each in summary["cautions"])
    return (
        f'<div class="report">{_section("latency", lines, language) if lines else ""}'
        f"{_section('cautions', f'<ul>{cautions}</ul>', language) if cautions else ''}</div>"
    )


def measured_html(summary: Summary, language: Language) -> str:
    """What was asked of what, when and how."""
    indexing, threshold = summary["indexing"], f"{summary['threshold']:g}"
    facts = {
        "test_set": f"{summary['test_set']} ({summary['format']})",
        "index": f"{summary['index'] or say(REPORT, language, 'temporary')} · "
        + say(REPORT, language, "indexed", documents=indexing["documents"], paragraphs=indexing["paragraphs"]),
        "date": str(summary["date"]).replace("T", " "),
        "program": f"{say(REPORT, language, 'name')} {summary['program']}",
        "n": summary["n"],
        "top_k": say(REPORT, language, "top_k_value", top_k=summary["top_k"]),
        "threshold": say(REPORT, language, "threshold_value", threshold=threshold),
    }
    rows = (f"<div><dt>{_say(key, language)}</dt><dd>{html(str(value))}</dd></div>" for key, value in facts.items())
    return f'<dl class="measured">{"".join(rows)}</dl>'


def _headline(summary: Summary, language: Language) -> str:
    sentence = f'<p class="sentence">{html(headline(summary, language))}</p>'
    n, stages = summary["n"], summary["stages"]
    if summary["right"] is None or not n:
        return f'<section class="headline">{sentence}</section>'
    given = round(summary["coverage"] * n)
    right, refused = stages.get("right", 0), stages.get("refused_rightly", 0)
    counts = {
        "answered_rightly": right,
        "refused_rightly": refused,
        "refused_wrongly": n - given - refused,
        "answered_wrongly": given - right,
    }
    tiles = [
        f'<li class="{key}"><b>{count}</b><span class="share">{count / n:.1%}</span> '
        f'<span class="name">{_say(key, language)}</span></li>'
        for key, count in counts.items()
    ]
    precision = NOTHING if summary["precision"] is None else f"{summary['precision']:.1%}"
    tiles.append(
        f'<li class="of_given"><b>{precision}</b> '
        f'<span class="name">{html(say(REPORT, language, "of_given", given=given))}</span></li>'
    )
    listed = f'<ul class="tiles">{"".join(tiles)}</ul>'
    return f'<section class="headline">{sentence}{_bar(counts, n, language)}{listed}</section>'


def _bar(counts: Mapping[str, int], n: int, language: Language) -> str:
    """One line, parted by outcome."""
    done, parts = 0, []
    for key, count in counts.items():
        parts.append(f'<rect class="{key}" x="{100 * done / n:.2f}%" width="{100 * count / n:.2f}%" height="100%"/>')
        done += count
    return f'<svg class="outcomes" role="img" aria-label="{_say("outcomes_bar", language)}">{"".join(parts)}</svg>'


def _blocks(summary: Summary, language: Language) -> str:
    """Every figure under what it is about; a block that applies to no question is left out."""
    answerable, unanswerable = summary["answerable"]["n"], summary["unanswerable"]["n"]
    blocks = (
        ("answers", answerable, ANSWERS),
        ("retrieval", answerable, RETRIEVAL),
        ("citations", answerable, CITATIONS),
        ("unanswerable", unanswerable, ("refused",)),
        ("left_out", summary.get("left_out", {}).get("n", 0), LEFT_OUT),
        ("confidence", summary["n"], ("coverage", "precision", *CONFIDENCE)),
    )
    shown = []
    for key, n, names in blocks:
        values = {name: figure(summary, name) for name in names}
        if any(value is not None for value in values.values()):
            rows = "".join(_figure(name, value, language) for name, value in values.items())
            note = html(say(REPORT, language, f"{key}_note", n=n))
            shown.append(
                f'<div class="block"><h3>{_say(key, language)} <small>{note}</small></h3><dl>{rows}</dl></div>'
            )
    return _section("figures", f'<div class="blocks">{"".join(shown)}</div>', language) if shown else ""


def _figure(name: str, value: float | None, language: Language) -> str:
    metric = METRICS.get(name.rpartition(".")[2])
    shown = NOTHING if value is None else f"{value:.3f}"
    # What is counted only to explain another figure is neither good nor bad.
    arrow = "" if metric is None else ARROW.format(metric.better, _say(metric.better, language), ARROWS[metric.better])
    return (
        f"<div><dt>{html(say(FIGURES, language, name))} <code>{html(name)}</code></dt>"
        f'<dd class="value">{shown}{arrow}</dd>'
        f'<dd class="note">{html(say(EXPLAIN, language, name))}</dd></div>'
    )


def _kinds(summary: Summary, language: Language) -> str:
    return "".join(_kind(key, summary[key], language) for key in ("by_type", "by_style") if summary[key])


def _kind(key: str, groups: Mapping[str, Mapping[str, Any]], language: Language) -> str:
    """A row a kind of question; ``data-type`` or ``data-style`` names it, for a script that filters by it."""
    attribute = key.removeprefix("by_")
    headings = "".join(
        f'<th scope="col" title="{html(say(EXPLAIN, language, name))}">{html(say(FIGURES, language, name))}</th>'
        for name in BY
    )
    rows = []
    for name, figures in groups.items():
        values = (figures.get(metric) for metric in BY)
        cells = "".join(f"<td>{NOTHING if value is None else f'{value:.3f}'}</td>" for value in values)
        rows.append(
            f'<tr data-{attribute}="{html(name)}"><th scope="row">{html(name)}</th><td>{figures["n"]}</td>{cells}</tr>'
        )
    first = "".join(f'<th scope="col">{_say(column, language)}</th>' for column in ("kind", "count"))
    table = f"<thead><tr>{first}{headings}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return _section(key, f'<div class="wide" tabindex="0"><table class="kinds">{table}</table></div>', language)


def _times(summary: Summary, language: Language) -> Iterator[str]:
    latency, indexing = summary["latency"], summary["indexing"]
    if latency["p50_ms"] is not None:
        facts = {"p50": f"{latency['p50_ms']:.1f}", "p95": f"{latency['p95_ms']:.1f}", "n": latency["n"]}
        yield html(say(REPORT, language, "latency_line", **facts))
    if indexing["seconds"] is not None:
        yield html(say(REPORT, language, "indexing_line", **{**indexing, "seconds": f"{indexing['seconds']:.1f}"}))
    if summary["seconds"] is not None:
        yield html(say(REPORT, language, "seconds_line", seconds=f"{summary['seconds']:.1f}"))


def _caution(caution: Mapping[str, Any], language: Language) -> str:
    key = caution["key"]
    facts = {name: value for name, value in caution.items() if name != "key"}
    if key not in CAUTIONS or not isinstance(listed := facts.get("listed"), Sequence):
        shown = say(REPORT, language, "list").join(f"{name}={value}" for name, value in facts.items())
        return say(CAUTIONS, language, "other", name=key, facts=shown)
    named = [_named(each, language) for each in listed[:LISTED]]
    if len(listed) > LISTED:
        named.append(say(REPORT, language, "more", count=len(listed) - LISTED))
    return say(CAUTIONS, language, key, count=len(listed), listed=say(REPORT, language, "list").join(named))


def _named(listed: object, language: Language) -> str:
    """What a caution lists: an id or a name, or an id and the words it is about."""
    if isinstance(listed, str) or not isinstance(listed, Sequence) or len(listed) != 2:
        return str(listed)
    return say(REPORT, language, "pair", first=listed[0], second=listed[1])


def _section(key: str, inside: str, language: Language) -> str:
    return f'<section class="{key}"><h2>{_say(key, language)}</h2>{inside}</section>'


def _say(key: str, language: Language) -> str:
    return html(say(REPORT, language, key))
