"""The samples say what they summarise, their questions are proved by them, and nothing is copied from the originals."""

import re
from pathlib import Path

import pytest

from corpus.sample_files import SampleQuestion, sample_folder, sample_paths, sample_questions

ORIGINALS = Path("../shared/seeds")
LONGEST_SHARED_RUN = 12
KINDS = {
    *("number", "date", "name", "list", "reason", "method", "condition", "definition"),
    *("yes_no", "comparison", "metadata", "followup", "unanswerable"),
}

# What must be the same as in the originals: titles, document numbers, and these names of organisations.
ORGANISATIONS = (
    *("新疆维吾尔自治区工业和信息化厅", "自治区工业和信息化厅办公室", "乌鲁木齐市工业和信息化局"),
    *("市工业和信息化局（市大数据发展局）", "市住房保障和房产管理局", "市人民政府督查室"),
    *("自治区人民政府督查室", "自治区政协办公厅", "自治区政协提案委", "乌鲁木齐市红山科创专家服务团"),
    *("伊犁哈萨克自治州", "各州、市人民政府", "各行政公署", "自治区人民政府各部门、各直属机构"),
    *("新疆生产建设兵团第六师五家渠市商务局", "五家渠经济技术开发区", "新疆准东经济技术开发区"),
    *("山西转型综改示范区晋中开发区", "北亭经济技术开发区", "图木舒克经济技术开发区"),
    *("深圳创成电子有限公司", "双创嘉科技有限公司", "一米阳光科技有限公司", "五维电子科技有限公司"),
    *("曙光信息产业股份有限公司", "新疆平界信息科技股份有限公司", "新疆爱民农牧发展有限公司"),
    *("山西朔美羊肉业有限责任公司", "山西振东道地药材开发有限公司"),
    *("山西百禾元农业科技股份有限公司", "山西汾谷香农业科技股份有限公司"),
)
NAMES = re.compile("|".join([r"《[^》]*》", r"[\u4e00-\u9fff]*〔\d{4}〕\d+号", *map(re.escape, ORGANISATIONS)]))

QUESTIONS = sample_questions()
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sample_paths()}
ANSWERABLE = [question for question in QUESTIONS if question.answers]


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_there_are_five_documents_and_they_are_all_documents() -> None:
    assert len(TEXTS) == 5
    assert {path.suffix for path in sample_paths()} == {".txt"}
    assert list(sample_paths()) == sorted(sample_paths())
    assert (sample_folder() / "SOURCES.md").is_file()


@pytest.mark.parametrize("name", TEXTS)
def test_a_document_says_first_which_document_it_summarises(name: str) -> None:
    lines = [line for line in TEXTS[name].splitlines() if line]
    assert lines[0].startswith("关于") and lines[0].endswith("的摘要")
    opening = "\n".join(lines[:8])
    assert re.search(r"^本文是.+的摘要。", opening, re.MULTILINE)
    states_number = re.search(r"^文号：\w+〔\d{4}〕\d+号$", opening, re.MULTILINE)
    states_issuer = re.search(r"^发文机关：\w+$", opening, re.MULTILINE)
    states_date = re.search(r"^成文日期：\d{4}年\d{1,2}月\d{1,2}日$", opening, re.MULTILINE)
    if "没有标题、文号、落款和日期" in opening:
        assert not (states_number or states_issuer or states_date)
    else:
        assert re.search(r"^本文是《.+》的摘要。", opening, re.MULTILINE)
        assert states_number and states_issuer and states_date


@pytest.mark.parametrize("name", TEXTS)
def test_a_document_is_in_the_list_of_sources(name: str) -> None:
    row = next(
        line
        for line in (sample_folder() / "SOURCES.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| `{name}`")
    )
    for number in re.findall(r"^文号：(.+)$", TEXTS[name], re.MULTILINE):
        assert number in row
    for year, month, day in re.findall(r"^成文日期：(\d+)年(\d+)月(\d+)日$", TEXTS[name], re.MULTILINE):
        assert f"{year}-{int(month):02}-{int(day):02}" in row


def test_forty_questions_of_all_kinds() -> None:
    assert len(QUESTIONS) == 40
    assert len({question.id for question in QUESTIONS}) == 40
    assert len({(question.question, question.history) for question in QUESTIONS}) == 40
    assert {question.type for question in QUESTIONS} == KINDS
    assert {question.style for question in QUESTIONS} == {"lexical", "paraphrase"}
    assert 16 <= sum(question.style == "paraphrase" for question in QUESTIONS) <= 24
    assert {question.doc for question in ANSWERABLE} == set(TEXTS)


def test_unanswerable_questions_have_no_answer_and_name_the_document_they_miss() -> None:
    silent = [question for question in QUESTIONS if question.type == "unanswerable"]
    assert len(silent) >= 7
    assert silent == [question for question in QUESTIONS if not question.answers]
    for question in silent:
        assert (question.doc, question.evidence, question.items) == (None, "", ())
        assert question.about in TEXTS


def test_a_follow_up_has_a_history_and_nothing_else_has() -> None:
    assert all((question.type == "followup") == bool(question.history) for question in QUESTIONS)


def test_a_list_has_its_members() -> None:
    assert all((question.type == "list") == bool(question.items) for question in QUESTIONS)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_the_evidence_is_part_of_one_line_and_holds_every_answer(question: SampleQuestion) -> None:
    assert question.doc is not None
    evidence = without_space(question.evidence)
    lines = [without_space(line) for line in TEXTS[question.doc].splitlines()]
    assert sum(evidence in line for line in lines) == 1
    verdicts = {"是", "否"} if question.type == "yes_no" else set()
    assert bool(verdicts) == (question.answers[0] in {"是", "否"})
    for words in (*question.answers, *question.items):
        assert words in verdicts or without_space(words) in evidence


def shared_run(text: str, original: str) -> str:
    """The longest run of characters of ``text`` that ``original`` holds too."""
    best = ""
    for start in range(len(text)):
        while start + len(best) < len(text) and text[start : start + len(best) + 1] in original:
            best = text[start : start + len(best) + 1]
    return best


def test_shared_run_finds_the_longest() -> None:
    assert shared_run("甲乙丙丁戊", "丙丁乙丙丁") == "乙丙丁"
    assert shared_run("甲乙", "丙") == ""


@pytest.mark.parametrize("name", TEXTS)
def test_no_sentence_of_an_original_is_copied(name: str) -> None:
    originals = sorted(ORIGINALS.glob("*.txt"))
    if not originals:
        pytest.skip(f"the original documents are not here ({ORIGINALS})")
    pieces = NAMES.split(without_space(TEXTS[name]))
    for path in originals:
        original = path.read_text(encoding="utf-8")
        for strip in (without_space, letters):
            runs = [shared_run(strip(piece), strip(original)) for piece in pieces]
            longest = max(runs, key=len)
            assert len(longest) <= LONGEST_SHARED_RUN, f"{name} shares {longest!r} with {path.name}"
