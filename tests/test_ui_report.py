"""The report: what it holds, in both languages, of any summary, and nothing that runs or asks for anything."""

import base64
import hashlib
import json
import re
import string
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest

from rag.evaluation.metrics import METRICS
from rag.evaluation.outcome import Stage
from rag.evaluation.summary import summarize
from tests.sample_outcomes import (
    HOSTILE,
    TURNED,
    empty_summary,
    outcomes,
    retrieval_summary,
    summary,
)
from ui import catalog_report
from ui.catalog_eval import FIGURES, STAGES
from ui.errors import InputError
from ui.escaping import html
from ui.language import Catalogue, Language
from ui.report.figures import costs_html, figures_html
from ui.report.page import report_html
from ui.report.questions import questions_html, row_html
from ui.report.writing import write_report

LANGUAGES = get_args(Language)
CATALOGUES = {name: getattr(catalog_report, name) for name in ("REPORT", "EXPLAIN", "STAGE_NOTES", "CAUTIONS")}
SUMMARIES = {"sample": summary, "empty": empty_summary, "retrieval": retrieval_summary}
VOID = {"meta", "input"}


class Elements(HTMLParser):
    """Every element with its attributes; open ones must be closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.texts)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="rows">(.*?)</script>', page, re.DOTALL)
    assert found
    loaded: dict[str, Any] = json.loads(found.group(1))
    return loaded


def visible(text: str) -> str:
    return Elements(text).text


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_name_the_same_facts(name: str) -> None:
    catalogue: Catalogue = CATALOGUES[name]
    for key, (chinese, english) in catalogue.items():
        assert chinese and english, key
        assert fields(chinese) == fields(english), key


def test_every_figure_and_every_stage_is_explained() -> None:
    assert set(catalog_report.EXPLAIN) == set(FIGURES) - {"latency_p50", "latency_p95"}
    assert set(METRICS) <= {name.rpartition(".")[2] for name in FIGURES}
    assert set(catalog_report.STAGE_NOTES) == set(STAGES) == set(get_args(Stage))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SUMMARIES)
def test_any_summary_makes_a_whole_page(name: str, language: Language) -> None:
    page = report_html(SUMMARIES[name](), outcomes(), language)
    elements = Elements(page)
    assert elements.found[0][1]["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert not re.search(r"\b(None|nan|null)\b", re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL))


def test_english_says_nothing_in_chinese() -> None:
    made = summary() | {"cautions": [], "by_type": {}, "by_style": {}}
    assert not re.search("[一-鿿]", visible(figures_html(made, "en")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_one_script_and_asks_for_nothing(language: Language) -> None:
    page = report_html(summary(), outcomes(), language)
    elements = Elements(page)
    assert [attributes.get("type") for tag, attributes in elements.found if tag == "script"] == [
        "application/json",
        None,
    ]
    for tag, attributes in elements.found:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "a", "form"), tag
        assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"@import|url\((?!#)|sourceMappingURL", page.split('<script type="application/json"')[0])


def test_the_policy_lets_nothing_run_but_what_is_there() -> None:
    page = report_html(summary(), outcomes(), "zh")
    policy = next(a["content"] for tag, a in Elements(page).found if a.get("http-equiv") == "Content-Security-Policy")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>\s*</body>", page, re.DOTALL)
    assert policy and style and script
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    digests = [base64.b64encode(hashlib.sha256(found.group(1).encode()).digest()).decode() for found in (style, script)]
    assert rules == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'",
                     "style-src": f"'sha256-{digests[0]}'", "script-src": f"'sha256-{digests[1]}'"}  # fmt: skip


def test_hostile_text_is_text_everywhere() -> None:
    page = report_html(summary(), outcomes(), "zh")
    assert "<img" not in page and "\u202e" not in page and "\u2028" not in page and "\x1b" not in page
    page.encode("utf-8")
    rows = data(page)["rows"]
    assert HOSTILE in rows[13]["text"] and html(HOSTILE) in rows[13]["html"]
    for row in rows:
        inside = Elements(row["html"])
        known = {"tr", "td", "p", "span", "em", "ins", "del", "mark", "details", "summary"}
        assert {tag for tag, _ in inside.found} <= known
    assert HOSTILE in visible(costs_html(summary(), "zh"))
    assert "window.hit" in visible(figures_html(summary(), "zh"))


def test_every_question_is_there_in_its_order() -> None:
    every = outcomes()
    rows = data(report_html(summary(), every, "en"))["rows"]
    assert len(rows) == len(every) == 40
    for row, outcome in zip(rows, every, strict=True):
        assert row["failed"] == outcome.failed and row["confidence"] == outcome.answer.confidence
        assert row["stage"] == ("hidden" if outcome.hidden else outcome.stage)
        assert outcome.case.id in visible(row["html"])
    # so that a count among the figures is the count of what a click on it shows
    assert {s: sum(row["stage"] == s for row in rows) for s in summary()["stages"]} == summary()["stages"]


def test_the_headline_counts_what_adds_up() -> None:
    made = summary()
    text = visible(figures_html(made, "zh"))
    n, answered = made["n"], round(made["coverage"] * made["n"])
    right, refused = made["stages"]["right"], made["stages"]["refused_rightly"]
    assert f"给出的 {answered} 个回答里" in text and f"{right / answered:.1%}" in text
    for count in (right, refused, answered - right, n - answered - refused):
        assert re.search(rf"\b{count} {count / n:.1%}", text)


def test_every_metric_has_its_value_and_its_direction() -> None:
    page = figures_html(summary() | {"answerable": summary()["answerable"] | {"em": 0.123, "list_f1": None}}, "en")
    lines = dict(re.findall(r"<code>([^<]+)</code></dt><dd class=\"value\">(.*?)</dd>", page))
    assert lines["em"].startswith("0.123") and "higher is better" in lines["em"]
    assert lines["list_f1"].startswith("–")
    assert lines["left_out.elsewhere"] == f"{1 / 3:.3f}"  # neither good nor bad
    assert "lower is better" in lines["false_refusal"] and "lower is better" in lines["ece"]
    shown = {name.rpartition(".")[2] for name in lines}
    assert shown >= {name for name, metric in METRICS.items() if metric.group != "all"}


def test_retrieval_alone_shows_what_was_found_and_nothing_about_answers() -> None:
    page = report_html(retrieval_summary(), (), "en")
    text = visible(page.split("<body>")[1].split("<script")[0])
    assert "hit@5" in text and "0.750" in text and "retrieval alone" in text
    assert "answerable.right" not in text and "confidence" not in text.replace("no answer below confidence 0.2", "")


def test_the_summary_of_the_program_itself_makes_a_page() -> None:
    made = summary() | summarize(outcomes())
    text = visible(figures_html(made, "zh"))
    assert f"共 {made['n']} 题" in text and STAGES["wrong_words"][0] in text


def test_kinds_and_stages_can_be_found_by_a_script() -> None:
    page = figures_html(summary(), "zh")
    found = [attributes for _, attributes in Elements(page).found]
    assert {a["data-type"] for a in found if "data-type" in a} >= {"number", "list", HOSTILE[:24]}
    assert {a["data-style"] for a in found if "data-style" in a} == {"lexical", "paraphrase", "follow-up", "<i>"}
    assert {a["data-stage"] for a in found if "data-stage" in a} == set(summary()["stages"])


def test_the_difference_is_marked_in_answers_and_in_evidence() -> None:
    wrong = row_html(outcomes()[3], "zh")
    assert '<ins class="missing">4</ins>次' in wrong and '<del class="extra">2</del>次' in wrong
    assert '<mark>2次</mark><span class="beyond">，村道由村民委员会自行安排。</span>' in wrong
    elsewhere = row_html(outcomes()[5], "zh")
    assert '本办法自202<ins class="missing">2</ins>年5月1日起施行' in elsewhere
    assert '<span class="beyond"><mark>3</mark></span>' in elsewhere
    assert "<ins" not in row_html(outcomes()[0], "zh") and "<del" not in row_html(outcomes()[0], "zh")


def test_a_refusal_shows_what_was_held_back_and_what_came_closest() -> None:
    text = visible(row_html(outcomes()[6], "zh"))
    assert "没有回答" in text and "没给出" in text and "照明所" in text and "道路养护由县级负责。" in text
    drawn = replace(outcomes()[6], draft=outcomes()[3].answer)
    assert "县道每年检查4次，乡道每年检查" in visible(row_html(drawn, "zh")).replace(" ", "")


def test_a_follow_up_says_what_it_was_understood_as() -> None:
    assert "按“青禾市园区的绿化面积呢？”查找" in visible(row_html(outcomes()[2], "zh"))
    assert "查找" not in visible(row_html(outcomes()[0], "zh"))


def test_a_hidden_document_is_said() -> None:
    text = visible(row_html(outcomes()[38], "zh"))
    assert "原文已隐去" in text and "别的文件里也有答案" in text


def test_a_very_long_text_is_cut() -> None:
    outcome = outcomes()[0]
    long = replace(outcome, case=replace(outcome.case, question="长" * 5_000, evidence=("据" * 5_000,)))
    assert len(row_html(long, "zh")) < 5_000


def test_a_table_of_failures_alone_and_of_the_first() -> None:
    failures = [outcome for outcome in outcomes() if outcome.failed]
    assert questions_html(outcomes(), "zh", failures_only=True).count("<tr class=") == len(failures)
    assert questions_html(outcomes(), "zh", failures_only=False).count("<tr class=") == 40
    some = questions_html(outcomes(), "zh", failures_only=True, most=5)
    assert some.count("<tr class=") == 5 and f"前 5 题，共 {len(failures)} 题" in some
    assert "没有答错的题" in questions_html(outcomes()[:2], "zh", failures_only=True)
    assert "没有题" in questions_html((), "zh", failures_only=False)
    assert TURNED not in some


def test_cautions_are_put_into_words() -> None:
    ids = [f"id{n}" for n in range(30)]
    made = summary() | {"cautions": [{"key": "cannot_leave_out", "count": 30, "listed": ids}, {"key": "new", "x": 1}]}
    text = visible(costs_html(made, "en"))
    assert (
        "30 question(s)" in text and "id11" in text and "id12" not in text and "18 more" in text and "new: x=1" in text
    )


def test_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_report(target, "<p>一</p>")
    write_report(str(target), "<p>二</p>")
    assert target.read_text(encoding="utf-8") == "<p>二</p>" and [*tmp_path.iterdir()] == [target]
    for path in (tmp_path, target / "x.html", tmp_path / "missing" / "x.html"):
        with pytest.raises(InputError) as caught:
            write_report(path, "x")
        assert str(caught.value.facts["path"]) == str(path)
    assert target.read_text(encoding="utf-8") == "<p>二</p>" and [*tmp_path.iterdir()] == [target]
