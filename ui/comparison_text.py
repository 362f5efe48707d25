"""Two results of a test set against each other as a page of text. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.catalog_eval import EVAL, STAGES
from ui.columns import cut, table
from ui.escaping import terminal_line
from ui.fail_under import MILLISECONDS
from ui.language import Language, say
from ui.render import BOLD, PLAIN

Record = Mapping[str, Any]

SHOWN_QUESTIONS = 20
QUESTION_COLUMNS, ANSWER_COLUMNS = 90, 40
LEAST_P = 0.001


def comparison_terminal(comparison: Record, language: Language, *, color: bool = False) -> str:
    """The comparison (as ``eval --compare --json`` prints it) for a person at a terminal; no line end after it."""

    def bold(text: str) -> str:
        return f"{BOLD}{text}{PLAIN}" if color else text

    names = {name: comparison[name] for name in ("first", "second", "n", "left_out")}
    counts = {name: len(comparison[name]) for name in ("won", "lost", "both_wrong")}
    blocks = [
        [
            bold(say(EVAL, language, "compare_headline", **counts, both_right=comparison["both_right"])),
            terminal_line(say(EVAL, language, "compared", **names)),
        ]
    ]
    if comparison["metrics"]:
        blocks.append(_metrics(comparison["metrics"], language))
    for key in ("won", "lost"):
        duels: Sequence[Record] = comparison[key]
        if duels:
            blocks.append([bold(say(EVAL, language, key, count=len(duels))), *_duels(duels, language)])
    return "\n\n".join("\n".join(block) for block in blocks)


def _metrics(metrics: Sequence[Record], language: Language) -> list[str]:
    heads = ("figure", "first", "second", "difference", "interval", "p_value", "verdict")
    figure, *others = (say(EVAL, language, head) for head in heads)
    rows: list[tuple[str, ...]] = [(figure, "n", *others)]
    for metric in metrics:
        digits = 1 if metric["metric"] in MILLISECONDS else 3
        first, second = (f"{metric[name]:.{digits}f}" for name in ("first", "second"))
        change, low, high = (f"{metric[name]:+.{digits}f}" for name in ("difference", "low", "high"))
        p = f"{metric['p_value']:.3f}" if metric["p_value"] >= LEAST_P else f"<{LEAST_P}"
        verdict = say(EVAL, language, metric["verdict"])
        rows.append((metric["metric"], str(metric["n"]), first, second, change, f"[{low}, {high}]", p, verdict))
    return table(rows, right=(1, 2, 3, 4, 5, 6))


def _duels(duels: Sequence[Record], language: Language) -> list[str]:
    """Each question with both answers, or with what became of it where the files hold no answers."""
    lines = []
    for duel in duels[:SHOWN_QUESTIONS]:
        name = f"{duel['id']}  {duel['question'] or ''}".rstrip()
        lines.append(f"  {cut(name, QUESTION_COLUMNS)}")
        first, second = (_given(duel[name], duel[f"{name}_stage"], language) for name in ("first", "second"))
        wanted = say(EVAL, language, "between_members").join(duel["accepted"])
        expected = say(EVAL, language, "expected", wanted=cut(wanted, ANSWER_COLUMNS)) if wanted else ""
        lines.append(f"      {say(EVAL, language, 'both_answers', first=first, second=second)}{expected}")
    if len(duels) > SHOWN_QUESTIONS:
        lines.append(f"  {say(EVAL, language, 'further', count=len(duels) - SHOWN_QUESTIONS)}")
    return lines


def _given(answer: str | None, stage: str, language: Language) -> str:
    if answer:
        return cut(answer, ANSWER_COLUMNS)
    if answer is None and stage in STAGES:
        return say(STAGES, language, stage)
    return say(EVAL, language, "no_answer")
