"""A test set asked of a real index of two small documents: from the names in it to the figures."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Answer
from rag.build import open_contexts, open_samples, sample_test_set
from rag.errors import IndexBusy, ReaderUnusable
from rag.evaluation.case import Case, Context, Dataset
from rag.evaluation.checkpoint import Checkpoint
from rag.evaluation.dataset import read_dataset
from rag.evaluation.errors import EvidenceNowhere, UnknownDocuments
from rag.evaluation.evaluation import Evaluation
from rag.evaluation.outcome import Outcome
from rag.library import Library
from rag.scope import Scope
from rag.settings import load
from tests.fakes import HashEncoder

BRIDGE = "南山大桥管理办法\n\n南山大桥全长1280米，2019年3月开工。\n\n大桥由市交通运输局负责养护。\n"
NURSERY = "幼儿园通知\n\n全市建成养老院37家、幼儿园120所。\n"
CASES = (
    Case(id="1", question="南山大桥全长多少米？", answers=("1280米",), documents=("bridge.txt",),
         evidence=("南山大桥全长1280米",), type="number", style="lexical"),
    Case(id="2", question="全市建成幼儿园多少所？", answers=("120所",), documents=("幼儿园通知",), type="number"),
    Case(id="3", question="北海隧道限速是多少？", type="unanswerable", style="lexical"),
)  # fmt: skip
DATASET = Dataset(path="t.jsonl", format="jsonl", cases=CASES)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "nursery.txt").write_text(NURSERY, encoding="utf-8")
    opened = Library(settings=load(index=str(tmp_path / "index")), encoder=HashEncoder(), model=lambda _: None)
    opened.add([str(folder)])
    return opened


def plain(outcomes: list[Outcome]) -> list[Outcome]:
    """Without the times, which are never the same."""
    timing = Answer(question="", asked="").timing_ms
    return [
        replace(
            o,
            answer=replace(o.answer, timing_ms=timing),
            draft=replace(o.draft, timing_ms=timing),
            scores={name: value for name, value in o.scores.items() if name != "latency_ms"},
        )
        for o in outcomes
    ]


def test_from_names_to_figures(library: Library) -> None:
    evaluation = Evaluation.prepare(DATASET, library)
    outcomes = list(evaluation.outcomes())
    summary = evaluation.summary(outcomes)
    assert [outcome.id for outcome in outcomes] == ["1", "2", "3"]
    assert [outcome.documents for outcome in outcomes] == [("南山大桥管理办法",), ("幼儿园通知",), ()]
    assert (summary["n"], summary["answerable"]["n"], summary["unanswerable"]["n"]) == (3, 2, 1)
    assert summary["answerable"]["hit@1"] == 1.0
    assert summary["quote_exactness"] == 1.0
    assert summary["indexing"]["documents"] == 2
    assert summary["by_type"]["number"]["n"] == 2
    assert "left_out" not in summary
    assert sum(summary["stages"].values()) == 3
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_a_hidden_document_is_not_found_and_the_index_stays(library: Library) -> None:
    state = library.state
    evaluation = Evaluation.prepare(DATASET, library, leave_one_out=True)
    outcomes = list(evaluation.outcomes())
    assert evaluation.total == len(outcomes) == 5
    bridge = {record.title: record.id for record in library.documents()}["南山大桥管理办法"]
    hidden = [outcome for outcome in outcomes if outcome.hidden]
    assert [(outcome.id, outcome.hidden == (bridge,)) for outcome in hidden] == [
        ("1#hidden", True),
        ("2#hidden", False),
    ]
    for outcome in hidden:
        sources = {c.document.id for c in outcome.draft.citations} | {p.document.id for p in outcome.answer.nearest}
        assert not sources & set(outcome.hidden)
    assert evaluation.summary(outcomes)["left_out"]["n"] == 2
    assert library.state == state


def test_copies_are_hidden_with_the_document(library: Library, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(BRIDGE.replace("办法", "办法（副本）"), encoding="utf-8")
    library.add([str(tmp_path / "copy.txt")])
    evaluation = Evaluation.prepare(replace(DATASET, cases=CASES[:1]), library, leave_one_out=True)
    (_, hidden) = evaluation.outcomes()
    assert len(hidden.hidden) == 2


def test_nobody_says_which_document_to_hide(library: Library) -> None:
    lost = Case(id="x", question="几级？", answers=("是",))
    evaluation = Evaluation.prepare(replace(DATASET, cases=(*CASES, lost)), library, leave_one_out=True)
    assert [(c.key, c.facts["listed"]) for c in evaluation.cautions] == [("cannot_leave_out", ["x"])]
    assert evaluation.total == 4 + 2


@pytest.mark.parametrize("change", ["one more", "one less"])
def test_an_index_that_changes_meanwhile_ends_it(library: Library, tmp_path: Path, change: str) -> None:
    evaluation = Evaluation.prepare(DATASET, library)
    key = evaluation.key
    outcomes = evaluation.outcomes()
    assert next(outcomes).id == "1"
    other = Library(settings=library.settings, encoder=HashEncoder(), model=lambda _: None)
    if change == "one more":
        (tmp_path / "more.txt").write_text("幼儿园另有3所在建。", encoding="utf-8")
        other.add([str(tmp_path / "more.txt")])
    else:
        other.remove([record.id for record in other.documents() if record.title == "幼儿园通知"])
    with pytest.raises(IndexBusy):
        next(outcomes)
    assert evaluation.key == key


def test_what_was_done_is_not_asked_again(library: Library, tmp_path: Path) -> None:
    evaluation = Evaluation.prepare(DATASET, library, leave_one_out=True)
    whole = list(evaluation.outcomes())
    checkpoint = Checkpoint(tmp_path, evaluation.key)
    assert not checkpoint.exists
    assert checkpoint.load() == []
    checkpoint.append(whole[:1])
    checkpoint.append(whole[1:2])
    kept = Checkpoint(tmp_path, Evaluation.prepare(DATASET, library, leave_one_out=True).key).load()
    assert kept == whole[:2]
    rest = list(Evaluation.prepare(DATASET, library, leave_one_out=True).outcomes(kept))
    assert plain([*kept, *rest]) == plain(whole)
    checkpoint.discard()
    checkpoint.discard()
    assert not checkpoint.exists


def test_a_line_that_was_cut_off_is_asked_again(library: Library, tmp_path: Path) -> None:
    evaluation = Evaluation.prepare(DATASET, library)
    checkpoint = Checkpoint(tmp_path, evaluation.key)
    checkpoint.append(evaluation.outcomes())
    (file,) = (tmp_path / "evaluations").iterdir()
    file.write_bytes(file.read_bytes()[:-20])
    kept = checkpoint.load()
    assert [outcome.id for outcome in kept] == ["1", "2"]
    checkpoint.append(evaluation.outcomes(kept))
    assert [outcome.id for outcome in checkpoint.load()] == ["1", "2", "3"]


def test_two_runs_that_keep_their_outcomes_in_one_place(library: Library, tmp_path: Path) -> None:
    evaluation = Evaluation.prepare(DATASET, library)
    one, two, three = evaluation.outcomes()
    checkpoint = Checkpoint(tmp_path, evaluation.key)
    checkpoint.append([two, three])
    (file,) = (tmp_path / "evaluations").iterdir()
    file.write_bytes(file.read_bytes()[:-20])  # one of them died as it wrote, the other goes on
    checkpoint.append([one, two])
    assert checkpoint.load() == [two, one]
    checkpoint.complete([one, two, three])
    assert checkpoint.load() == [two, one, three]
    assert evaluation.in_order(checkpoint.load()) == [one, two, three]


def test_another_index_test_set_or_setting_has_another_key(library: Library, tmp_path: Path) -> None:
    keys = {
        Evaluation.prepare(DATASET, library).key,
        Evaluation.prepare(DATASET, library, top_k=3).key,
        Evaluation.prepare(DATASET, library, leave_one_out=True).key,
        Evaluation.prepare(replace(DATASET, cases=CASES[:2]), library).key,
    }
    (tmp_path / "more.txt").write_text("公园管理规定\n\n公园每天开放。\n", encoding="utf-8")
    library.add([str(tmp_path / "more.txt")])
    assert len(keys | {Evaluation.prepare(DATASET, library).key}) == 5


def test_another_reader_has_another_key(library: Library, tmp_path: Path) -> None:
    def key(reader: str | None) -> str:
        settings = replace(library.settings, reader=reader)
        return Evaluation.prepare(DATASET, Library(settings=settings, encoder=HashEncoder(), model=lambda _: None)).key

    folder = tmp_path / "reader"
    folder.mkdir()
    (folder / "config.json").write_text("{}", encoding="utf-8")
    keys = [key(reader) for reader in (None, "none", str(folder), "/nowhere")]
    (folder / "model.safetensors").write_bytes(b"trained again, in the same place")
    keys.append(key(str(folder)))
    assert len(set(keys)) == 5
    assert key("bundled") == keys[0] and key("none") == keys[1] and key(str(folder)) == keys[4]
    summary = Evaluation.prepare(DATASET, library).summary([])
    assert summary["reader"] == "bundled"


def test_a_reader_that_is_not_there_is_told_before_the_texts_are_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[object] = []
    monkeypatch.setattr(Library, "fill", lambda self, paths, progress=None: filled.append(paths))
    with pytest.raises(ReaderUnusable):
        open_contexts(load(reader="/no/reader"), CONTEXTS)
    assert filled == []
    open_contexts(load(reader="none"), CONTEXTS)
    assert len(filled) == 1


def test_batches_give_what_single_questions_give(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(replace(CASES[n % 3], id=str(n)) for n in range(8))
    dataset = replace(DATASET, cases=many)
    single = list(Evaluation.prepare(dataset, library).outcomes())
    monkeypatch.setattr("rag.evaluation.evaluation.TIMED", 2)
    monkeypatch.setattr("rag.evaluation.evaluation.BATCH", 4)
    evaluation = Evaluation.prepare(dataset, library)
    batched = list(evaluation.outcomes())
    assert plain(batched) == plain(single)
    # The first question also pays for opening everything; those asked together have no time of their own.
    assert ["latency_ms" in outcome.scores for outcome in batched] == [False, True] + [False] * 6
    latency = evaluation.summary(batched)["latency"]
    assert (latency["n"], latency["p50_ms"]) == (1, batched[1].answer.timing_ms.total)


def test_documents_that_are_not_in_the_index(library: Library) -> None:
    cases = (*CASES, replace(CASES[0], id="9", documents=("tunnel.txt",)))
    with pytest.raises(UnknownDocuments, match=r"1 .*tunnel\.txt"):
        Evaluation.prepare(replace(DATASET, cases=cases), library)


def test_answers_that_stand_nowhere_are_listed(library: Library) -> None:
    wrong = (
        replace(CASES[0], id="8", answers=("128米",), evidence=("南山大桥全长128米",)),
        replace(CASES[0], id="9", answers=("是",), evidence=()),
    )
    evaluation = Evaluation.prepare(replace(DATASET, cases=(*CASES, *wrong)), library)
    listed = {caution.key: caution.facts["listed"] for caution in evaluation.cautions}
    assert listed == {"answers_nowhere": [("8", "128米")], "evidence_nowhere": [("8", "南山大桥全长128米")]}
    with pytest.raises(EvidenceNowhere):
        Evaluation.prepare(replace(DATASET, cases=wrong), library)


def test_words_of_an_alphabet_stand_in_the_text_with_its_spaces() -> None:
    case = Case(id="1", question="How long is the bridge?", answers=("1280 metres",), documents=("c1",))
    text = Context(name="c1", text="The bridge is 1280 metres long and very old.")
    dataset = Dataset(path="c.json", format="squad", cases=(case,), contexts=(text,))
    assert Evaluation.prepare(dataset, open_contexts(load(), dataset)).cautions == ()
    other = replace(dataset, cases=(case, replace(case, id="2", answers=("1280 met",))))
    (caution,) = Evaluation.prepare(other, open_contexts(load(), other)).cautions
    assert caution.facts["listed"] == [("2", "1280 met")]


CONTEXTS = Dataset(
    path="c.json",
    format="squad",
    cases=(
        Case(
            id="1",
            question="南山大桥全长多少米？",
            answers=("1280米",),
            documents=("c1",),
            evidence=("大桥全长1280米",),
        ),
    ),
    contexts=(Context(name="c1", text="南山大桥全长1280米。"), Context(name="c2", text=" ")),
)


def test_contexts_of_a_test_set_are_a_temporary_index(tmp_path: Path) -> None:
    library = open_contexts(load(), CONTEXTS)
    folder = Path(library.folder)
    evaluation = Evaluation.prepare(CONTEXTS, library)
    (outcome,) = evaluation.outcomes()
    assert outcome.rank == 1
    assert [(c.key, c.facts["listed"]) for c in evaluation.cautions] == [("contexts_left_out", ["c2"])]
    summary = evaluation.summary([outcome])
    assert (summary["index"], summary["indexing"]["documents"]) == (None, 1)
    assert summary["indexing"]["seconds"] > 0
    assert evaluation.key == Evaluation.prepare(CONTEXTS, open_contexts(load(), CONTEXTS)).key
    del library, evaluation
    assert not folder.parent.exists()


def test_a_test_set_with_contexts_asked_of_an_index_that_calls_them_otherwise(library: Library) -> None:
    evaluation = Evaluation.prepare(CONTEXTS, library)
    (outcome,) = evaluation.outcomes()
    assert (outcome.rank, outcome.documents) == (1, ())


def test_retrieval_alone(library: Library) -> None:
    cases = (Case(id="q", question="大桥养护", relevance={"bridge": 1}),)
    evaluation = Evaluation.prepare(Dataset(path="b", format="beir", cases=cases, retrieval_only=True), library)
    summary = evaluation.summary(list(evaluation.outcomes()))
    assert (summary["answerable"]["ndcg@10"], summary["answerable"]["f1"], summary["right"]) == (1.0, None, None)
    assert summary["unanswerable"]["n"] == 0


def test_a_query_with_nothing_to_be_found_counts_0(library: Library) -> None:
    cases = (Case(id="q", question="大桥养护", relevance={"bridge": 1}), Case(id="r", question="大桥养护"))
    evaluation = Evaluation.prepare(Dataset(path="b", format="beir", cases=cases, retrieval_only=True), library)
    figures = evaluation.summary(list(evaluation.outcomes()))["answerable"]
    assert (figures["hit@1"], figures["recall@10"], figures["ndcg@10"]) == (1 / 2, 1 / 2, 1 / 2)


def test_a_title_is_no_name_of_another_text() -> None:
    texts = ("1280\n\n北海隧道限速八十公里。", "南山大桥全长一千多米。")
    contexts = tuple(Context(name=name, text=text) for name, text in zip(("1", "1280"), texts, strict=True))
    cases = (Case(id="q", question="北海隧道限速", relevance={"1280": 1}),)
    dataset = Dataset(path="b", format="beir", cases=cases, contexts=contexts, retrieval_only=True)
    library = open_contexts(load(), dataset)
    assert {record.title for record in library.documents()} == {"1280"}
    evaluation = Evaluation.prepare(dataset, library)
    (outcome,) = evaluation.outcomes()
    assert outcome.scores["hit@1"] == 0, "the tunnel comes first, and only its title is that of the bridge"


def test_the_samples_have_a_test_set_of_their_own() -> None:
    dataset = read_dataset(sample_test_set())
    evaluation = Evaluation.prepare(dataset, open_samples(load()))
    assert (evaluation.total, evaluation.cautions) == (len(dataset.cases), ())
    assert evaluation.total >= 40


def test_every_question_is_asked_of_the_scope_alone(library: Library, tmp_path: Path) -> None:
    scope = Scope(documents=("nursery.txt",))
    evaluation = Evaluation.prepare(DATASET, library, scope=scope)
    outcomes = list(evaluation.outcomes())
    assert {o.answer.scope for o in outcomes} == {scope}
    assert {c.document.title for o in outcomes for c in o.answer.citations} <= {"幼儿园通知"}
    assert evaluation.summary(outcomes)["scope"] == {"documents": ["nursery.txt"]}
    everywhere = Evaluation.prepare(DATASET, library)
    assert everywhere.key == Evaluation.prepare(DATASET, library, scope=Scope()).key != evaluation.key
    assert "scope" not in everywhere.summary(list(everywhere.outcomes()))
    kept = Checkpoint(tmp_path, evaluation.key)
    kept.append(outcomes)
    assert kept.load() == outcomes
