"""Sentences and clauses as offsets."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.sentences import clauses, sentences

TEXTS = st.text(alphabet="甲乙丙。！；，、（）“”《》 \nab.1?", max_size=60)


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_chinese_and_english_stops() -> None:
    assert words("第一句。第二句！third one. Fourth 3.5 one?") == [
        "第一句。",
        "第二句！",
        "third one.",
        "Fourth 3.5 one?",
    ]


def test_a_stop_inside_brackets_or_titles_does_not_end_the_sentence() -> None:
    assert words("印发《通知。补充》后（见附件。）执行。完") == ["印发《通知。补充》后（见附件。）执行。", "完"]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert words("他说：“好。”然后走了。") == ["他说：“好。”", "然后走了。"]


def test_an_open_bracket_does_not_glue_everything() -> None:
    text = "（" + "甲乙丙丁。" * 200
    assert max(map(len, words(text))) < 500


def test_text_without_a_stop_is_read_in_windows_that_end_at_a_pause() -> None:
    text = "甲乙丙丁，" * 300 + "戊" * 1000
    spans = sentences(text)
    assert max(end - start for start, end in spans) <= 400
    assert "".join(text[start:end] for start, end in spans) == text
    assert text[spans[0][1] - 1] == "，"


def test_clauses() -> None:
    text = "企业63家，从业人员4.5万（含临时工，不含学徒），产值30亿元。"
    assert [text[s:e] for s, e in clauses(text, (0, len(text)))] == [
        "企业63家",
        "从业人员4.5万（含临时工，不含学徒）",
        "产值30亿元",
    ]


def test_a_mark_inside_a_figure_or_a_time_ends_no_clause() -> None:
    text = "补贴1,200元,午餐时间:11:30至13：00，比例为1：3"
    assert [text[s:e] for s, e in clauses(text, (0, len(text)))] == [
        "补贴1,200元",
        "午餐时间",
        "11:30至13：00",
        "比例为1：3",
    ]


@given(TEXTS)
def test_spans_are_ordered_and_lose_nothing_but_space(text: str) -> None:
    spans = sentences(text)
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())
