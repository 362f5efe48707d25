"""The pages of ``wenju eval`` on a terminal: sentences, aligned columns, every figure with its name, both languages."""

import re
import string
from collections.abc import Mapping
from typing import Any, get_args

import pytest

from rag.evaluation.metrics import METRICS
from rag.evaluation.outcome import Stage
from tests.sample_outcomes import HOSTILE, TURNED, empty_summary, retrieval_summary, summary
from ui import catalog_eval
from ui.columns import cut, table, width
from ui.comparison_text import comparison_terminal
from ui.evaluation_text import ANSWERS, CITATIONS, CONFIDENCE, OVERALL, RETRIEVAL, caution_line, summary_terminal
from ui.fail_under import MILLISECONDS, figure, known_names
from ui.language import Language

LANGUAGES: tuple[Language, Language] = ("zh", "en")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", ["EVAL", "FIGURES", "STAGES", "CAUTIONS"])
def test_both_languages_name_the_same_facts(name: str) -> None:
    for key, (chinese, english) in getattr(catalog_eval, name).items():
        assert chinese and english and fields(chinese) == fields(english), key


def test_every_figure_and_stage_has_words_and_a_place() -> None:
    assert set(catalog_eval.STAGES) == set(get_args(Stage))
    shown = {*OVERALL, *ANSWERS, *RETRIEVAL, *CITATIONS, *CONFIDENCE, *MILLISECONDS, "refused"}
    assert set(METRICS) <= shown <= set(catalog_eval.FIGURES)
    assert set(catalog_eval.FIGURES) <= set(known_names())


# columns


def test_chinese_is_two_columns_wide_and_marks_are_none() -> None:
    assert [width(text) for text in ("ab", "问据", "（a）", "é", "e\u0301")] == [2, 4, 5, 1, 1]


def test_what_is_too_long_is_cut_to_columns_not_characters() -> None:
    assert cut("问据问据", 8) == "问据问据"
    assert cut("问据问据", 7) == "问据问…" and cut("问据问据", 6) == "问据…"
    assert "\x1b" not in cut(TURNED, 40) and "\n" not in cut("a\nb", 40)


def test_a_table_has_its_cells_under_one_another() -> None:
    assert table([("问", "1"), ("abc", "22")], right=(1,), indent="") == ["问    1", "abc  22"]


# the summary


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_begins_with_a_sentence_and_shows_every_figure_with_its_name(language: Language) -> None:
    made = summary()
    page = summary_terminal(made, language)
    first = page.splitlines()[0]
    without_share = re.sub(r"[（(][\d.]+%[）)]", "", first)
    assert [int(n) for n in re.findall(r"\d+", without_share)] == [37, 15, 13, 2, 18, 4]
    assert 13 + 2 + 18 + 4 == 37
    for name in catalog_eval.FIGURES:
        value = figure(made, name)
        digits = 1 if name in MILLISECONDS else 3
        expected = [] if value is None else [f"{value:.{digits}f}"]
        assert re.findall(rf"  {re.escape(name)} +([\d.]+)$", page, re.MULTILINE) == expected, name
    for stage, count in made["stages"].items():
        assert re.search(rf"  {stage} +{count}  ", page), stage


def test_the_figures_stand_in_one_column_in_both_languages() -> None:
    for language in LANGUAGES:
        lines = summary_terminal(summary(), language).splitlines()
        ends = {
            width(line) for line in lines if re.search(r" (f1|ece|left_out\.refused|hit@5|latency_p95) +[\d.]+$", line)
        }
        assert len(ends) == 1, language


def test_types_are_shown_with_what_does_not_apply_as_a_dash() -> None:
    page = summary_terminal(summary(), "en")
    assert re.search(r"^  unanswerable +4  0\.500 +- +- +- +- +-$", page, re.MULTILINE)
    assert re.search(r"^  paraphrase +12  0\.250", page, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_retrieval_alone_and_nothing_at_all_are_pages_too(language: Language) -> None:
    page = summary_terminal(retrieval_summary() | {"stages": {"right": 20}}, language)
    assert "  right  " not in page
    assert "ndcg@10" in page and "f1" not in page and "20" in page.splitlines()[0]
    assert "None" not in page and "None" not in summary_terminal(empty_summary(), language)


def test_a_temporary_index_has_no_folder() -> None:
    assert "; a temporary index: 4 documents" in summary_terminal(summary() | {"index": None}, "en")
    assert "; index /data/index: 4 documents" in summary_terminal(summary(), "en")


def test_names_of_a_test_set_are_harmless_and_colour_only_on_request() -> None:
    made = summary()
    made["by_type"] = {TURNED: made["by_type"]["number"], HOSTILE: made["by_type"]["list"]}
    made["test_set"] = TURNED
    page = summary_terminal(made, "zh")
    assert not re.search("[\x1b\u202e\u2066\u2028\ud800]", page)
    assert summary_terminal(made, "zh", color=True).startswith("\x1b[1m共 37 题")


# cautions


def test_a_caution_lists_ten_and_counts_the_rest() -> None:
    names = [f"t{n}" for n in range(12)]
    line = caution_line("contexts_left_out", {"count": 12, "listed": names}, "en")
    assert line == f"Note: 12 text(s) of the test set could not be indexed: {', '.join(names[:10])} and 2 more"
    assert caution_line("cannot_leave_out", {"count": 1, "listed": ["q1"]}, "zh").endswith("不能隐去再问：q1")
    assert caution_line("evidence_nowhere", {"count": 1, "listed": [("q1", "x" * 99)]}, "en").endswith(
        f"q1 ({'x' * 39}…)"
    )


def test_a_caution_without_words_is_said_by_its_name() -> None:
    assert caution_line("never_heard_of", {"listed": ["a"]}, "en") == "Note: never_heard_of: a"


# the comparison


def duel(n: int, first: str | None = "45%", second: str | None = "", **more: Any) -> Mapping[str, Any]:
    return {
        "id": f"q{n}", "left_out": False, "question": "修好多少？", "accepted": ["45%"], "first": first,
        "second": second, "first_stage": "right", "second_stage": "refused", **more,
    }  # fmt: skip


def metric(name: str, first: float, second: float, p: float, verdict: str) -> Mapping[str, Any]:
    change = second - first
    return {
        "metric": name, "group": "answerable", "better": "higher", "n": 30, "first": first, "second": second,
        "difference": change, "low": change - 0.1, "high": change + 0.1, "p_value": p, "verdict": verdict,
    }  # fmt: skip


def comparison(**more: Any) -> Mapping[str, Any]:
    metrics = [
        metric("f1", 0.5, 0.75, 0.0001, "better"),
        metric("em", 0.5, 0.5, 1.0, "unclear"),
        metric("latency_p95", 20.0, 35.5, 0.012, "worse"),
    ]
    return {
        "first": "a.json", "second": "b\x1b.json", "n": 30, "left_out": 0, "only_first": 0, "only_second": 0,
        "metrics": metrics, "won": [], "lost": [], "both_wrong": [duel(99)], "both_right": 20, **more,
    }  # fmt: skip


def test_differences_have_interval_p_value_and_verdict() -> None:
    page = comparison_terminal(comparison(), "en")
    assert page.startswith(
        "B wins 0 question(s) and loses 0; 20 are right in both, 1 wrong in both.\nA a.json; B b\ufffd.json"
    )
    rows = [re.split(r"  +", line.strip()) for line in page.splitlines()[3:]]
    assert rows == [
        ["figure", "n", "A", "B", "difference", "95 % interval", "p-value", "verdict"],
        ["f1", "30", "0.500", "0.750", "+0.250", "[+0.150, +0.350]", "<0.001", "B is better"],
        ["em", "30", "0.500", "0.500", "+0.000", "[-0.100, +0.100]", "1.000", "no clear difference"],
        ["latency_p95", "30", "20.0", "35.5", "+15.5", "[+15.4, +15.6]", "0.012", "B is worse"],
    ]
    chinese = comparison_terminal(comparison(), "zh")
    assert "乙更好" in chinese and "看不出差别" in chinese and "乙更差" in chinese


def test_questions_won_and_lost_are_shown_with_both_answers_at_most_twenty() -> None:
    made = comparison(lost=[duel(n) for n in range(23)], won=[duel(50, None, None, question=None, accepted=[])])
    page = comparison_terminal(made, "en")
    assert "  q50\n      A: answered rightly   B: the evidence was read, no answer given\n" in page
    assert "  q0  修好多少？\n      A: 45%   B: (no answer)   accepted: 45%\n" in page
    assert "q19" in page and "q20" not in page and page.endswith("… and 3 more; --json has them all")


def test_nothing_to_compare_but_the_outcome_is_a_page() -> None:
    assert comparison_terminal(comparison(metrics=[]), "zh").count("\n") == 1
