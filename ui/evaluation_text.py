"""The summary of an evaluation as a page of text: one sentence, then every figure with its name. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from ui.catalog_eval import CAUTIONS, EVAL, FIGURES, STAGES
from ui.columns import cut, table
from ui.escaping import terminal_line
from ui.fail_under import MILLISECONDS, figure
from ui.language import Language, say
from ui.render import BOLD, PLAIN

Summary = Mapping[str, Any]

OVERALL = ("right", "precision", "coverage")
ANSWERS = ("answerable.right", "em", "f1", "list_f1", "answer_recall", "sentence_hit", "false_refusal")
RETRIEVAL = ("hit@1", "hit@5", "hit@10", "recall@5", "recall@10", "mrr@10", "ndcg@10")
CITATIONS = ("citation_precision", "citation_recall", "citation_document", "quote_exactness")
LEFT_OUT = ("left_out.refused", "left_out.elsewhere")
CONFIDENCE = ("ece", "aurc")
BY = ("right", "f1", "answer_recall", "hit@1", "hit@5", "false_refusal")
NOTHING = "-"
NAME_COLUMNS = 24
LISTED, LISTED_COLUMNS = 10, 40


def summary_terminal(summary: Summary, language: Language, *, color: bool = False) -> str:
    """The summary for a person at a terminal; no line end after it.

    A figure that applies to no question is left out, and so is a section without figures.
    """
    blocks = [[_bold(headline(summary, language), color)]]
    for title, rows in (*_sections(summary, language), *_tables(summary, language)):
        if rows:
            blocks.append([_bold(title, color), *rows])
    blocks.append([made_of(summary, language)])
    return "\n\n".join("\n".join(block) for block in blocks)


def headline(summary: Summary, language: Language) -> str:
    """Of so many questions so many right, wrong and refused, in one sentence."""
    n, stages = summary["n"], summary["stages"]
    if summary["right"] is None:
        return say(EVAL, language, "headline_retrieval", n=n)
    given = round((summary["coverage"] or 0) * n)
    answered, refused = stages.get("right", 0), stages.get("refused_rightly", 0)
    return say(
        EVAL,
        language,
        "headline",
        n=n,
        right=answered + refused,
        share=_percent(summary["right"]),
        answered=answered,
        refused=refused,
        wrong=given - answered,
        missed=n - given - refused,
    )


def made_of(summary: Summary, language: Language) -> str:
    """What was asked of what, in one line."""
    seconds, indexing = summary["seconds"], summary["indexing"]
    facts = {name: summary[name] for name in ("test_set", "format", "top_k", "threshold")}
    folder = summary["index"]
    index = say(EVAL, language, "index", index=folder) if folder else say(EVAL, language, "temporary")
    took = NOTHING if seconds is None else say(EVAL, language, "seconds", seconds=seconds)
    text = say(EVAL, language, "made_of", **{**facts, **indexing, "index": index, "seconds": took})
    return terminal_line(text)


def caution_line(key: str, facts: Mapping[str, Any], language: Language) -> str:
    """Something that the figures should be read with, in one line: at most ten examples and the count of the rest."""
    listed = list(facts.get("listed", ()))
    shown = say(CAUTIONS, language, "between").join(_example(each, language) for each in listed[:LISTED])
    if len(listed) > LISTED:
        shown = say(CAUTIONS, language, "and_more", shown=shown, rest=len(listed) - LISTED)
    known = key if key in CAUTIONS else ""
    return say(CAUTIONS, language, known, name=key, count=facts.get("count", len(listed)), listed=shown)


def _example(example: object, language: Language) -> str:
    """A name, or a name with what it is about."""
    if isinstance(example, str):
        return cut(example, LISTED_COLUMNS)
    first, second = (cut(str(part), LISTED_COLUMNS) for part in cast("Sequence[object]", example))
    return say(CAUTIONS, language, "pair", first=first, second=second)


def _sections(summary: Summary, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Title and lines of everything that is one figure a line, the columns of all sections under one another."""
    sections = (
        ("overall", summary["n"], OVERALL),
        ("answers", summary["answerable"]["n"], ANSWERS),
        ("unanswerable", summary["unanswerable"]["n"], ("refused",)),
        ("left_out", summary.get("left_out", {}).get("n"), LEFT_OUT),
        ("retrieval", None, RETRIEVAL),
        ("citations", None, CITATIONS),
        ("confidence", None, CONFIDENCE),
        ("latency", None, MILLISECONDS),
    )
    found = [(key, n, _figures(summary, names, language)) for key, n, names in sections]
    rows = [row for _, _, some in found for row in some]
    lines = iter(table(rows, right=(2,)) if rows else ())
    for key, n, some in found:
        yield say(EVAL, language, key, n=n), [next(lines) for _ in some]


def _figures(summary: Summary, names: Sequence[str], language: Language) -> list[tuple[str, str, str]]:
    values = ((name, figure(summary, name)) for name in names)
    return [(say(FIGURES, language, name), name, _shown(name, value)) for name, value in values if value is not None]


def _tables(summary: Summary, language: Language) -> Iterator[tuple[str, list[str]]]:
    n, stages = summary["n"], summary["stages"] if summary["right"] is not None else {}  # else nothing was answered
    counted = [
        (say(STAGES, language, stage), stage, str(stages[stage]), _percent(stages[stage] / n))
        for stage in STAGES
        if stages.get(stage)
    ]
    yield say(EVAL, language, "stages"), table(counted, right=(2, 3)) if counted else []
    for key in ("by_type", "by_style"):
        groups = summary[key]
        if groups:
            yield say(EVAL, language, key), _by(groups)


def _by(groups: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A line a group, under the names of the figures."""
    rows: list[tuple[str, ...]] = [("", "n", *BY)]
    for name, figures in groups.items():
        values = (figures.get(metric) for metric in BY)
        shown = (NOTHING if value is None else _share(value) for value in values)
        rows.append((cut(name, NAME_COLUMNS), str(figures["n"]), *shown))
    return table(rows, right=range(1, len(rows[0])))


def _shown(name: str, value: float) -> str:
    return f"{value:.1f}" if name in MILLISECONDS else _share(value)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _percent(value: float) -> str:
    return f"{value * 100:.1f}%"


def _bold(text: str, color: bool) -> str:
    return f"{BOLD}{text}{PLAIN}" if color else text
