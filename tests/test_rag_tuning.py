"""An index tuned, added to, interrupted and put back: it is always the old one or the new one, whole."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.encoder import Encoder, load_encoder
from embeddings.static_encoder import StaticEncoder
from rag.document_store import DocumentStore
from rag.errors import EncoderMismatch, IndexBusy, IndexDamaged, NotTunable, ReadOnlyIndex, TooLittle
from rag.evaluation.case import Case, Dataset
from rag.evaluation.errors import EvidenceNowhere
from rag.index_store import IndexWriter, read_manifest, verify
from rag.library import Library
from rag.settings import load
from rag.tuning.tuning import Stage
from rag.tuning.verdict import Judgement
from rag.unit_vectors import unit_vectors
from rag.units import units
from rag.vector_store import VectorStore
from tests.fakes import HashEncoder
from tests.tuning_data import DOCUMENTS, SECTIONS, ask_nothing_else, write_documents, write_model

QUERIES = ("春夏秋", "红黄蓝", "第7号 山花鸟", "茶酒饭", "的了在", "")


def opened(folder: Path, encoder: Encoder) -> Library:
    return Library(settings=load(index=str(folder)), encoder=encoder, model=lambda _: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the model, the documents, an index of them, and that index tuned."""
    folder = tmp_path_factory.mktemp("made")
    encoder = StaticEncoder(write_model(folder / "model"))
    write_documents(folder / "documents")
    opened(folder / "index", encoder).add([str(folder / "documents")])
    shutil.copytree(folder / "index", folder / "tuned")
    assert opened(folder / "tuned", encoder).tune().changed
    return folder


@pytest.fixture
def base(made: Path) -> StaticEncoder:
    return StaticEncoder(made / "model")


@pytest.fixture
def library(made: Path, base: StaticEncoder, tmp_path: Path) -> Library:
    shutil.copytree(made / "index", tmp_path / "index")
    return opened(tmp_path / "index", base)


@pytest.fixture
def tuned(made: Path, base: StaticEncoder, tmp_path: Path) -> Library:
    shutil.copytree(made / "tuned", tmp_path / "index")
    return opened(tmp_path / "index", base)


@pytest.fixture
def few_general(monkeypatch: pytest.MonkeyPatch) -> None:
    ask_nothing_else(monkeypatch)


def found(library: Library) -> list[object]:
    """Everything that searching brings, to the last digit."""
    return [library.search(query, top_k=100) for query in QUERIES]


def vectors(folder: Path) -> bytes:
    return (folder / "generations" / read_manifest(folder).generation / "vectors.faiss").read_bytes()


def one_generation(folder: Path) -> bool:
    return len(list((folder / "generations").iterdir())) == 1


def test_it_is_kept_where_headings_say_it_in_other_words(library: Library, base: StaticEncoder, tmp_path: Path) -> None:
    before = found(library)
    tuning = library.tune()
    judged = tuning.judgement.held_out
    assert tuning.changed and tuning.reason is None
    assert judged.hit_before < 0.1 and judged.hit_after > 0.3
    assert (tuning.paragraphs, tuning.base) == (DOCUMENTS * SECTIONS, base.name)
    manifest = read_manifest(tmp_path / "index")
    assert manifest.encoder == tuning.encoder == library.encoder_name != base.name
    assert manifest.encoder.startswith("tuned-encoder-")
    assert verify(tmp_path / "index") == [] and one_generation(tmp_path / "index")
    assert found(library) != before
    assert list(tmp_path.iterdir()) == [tmp_path / "index"]


def test_it_is_refused_where_there_is_nothing_to_learn(tmp_path: Path, base: StaticEncoder) -> None:
    library = opened(tmp_path / "index", base)
    library.add([str(write_documents(tmp_path / "documents", related=False))])
    state, before = library.state, found(library)
    tuning = library.tune()
    assert not tuning.changed and tuning.reason == "not_better"
    assert (library.state, found(library)) == (state, before)
    assert one_generation(tmp_path / "index")


def test_measuring_alone_changes_nothing(library: Library, few_general: None) -> None:
    state = library.state
    tuning = library.tune(dry_run=True)
    assert not tuning.changed and tuning.reason is None
    assert library.state == state


def test_undoing_brings_back_every_byte_of_the_results(
    made: Path, tuned: Library, base: StaticEncoder, tmp_path: Path
) -> None:
    first = opened(made / "index", base)
    assert found(tuned) != found(first)
    assert tuned.untune()
    assert found(tuned) == found(first)
    assert vectors(tmp_path / "index") == vectors(made / "index")
    assert not list((tmp_path / "index").rglob("tuned-encoder*"))
    assert not tuned.untune()


def test_what_is_added_later_is_made_by_the_tuned_encoder(tuned: Library, tmp_path: Path, few_general: None) -> None:
    before, name = found(tuned), tuned.encoder_name
    (tmp_path / "new.md").write_text("# 第99号\n\n## 春草鸟\n\n红刀书也在这里，的了是在和有就都要到去来说。\n", "utf-8")
    assert tuned.add([str(tmp_path / "new.md")]).added == 1
    assert tuned.encoder_name == read_manifest(tmp_path / "index").encoder == name
    (added,) = [passage for passage in tuned.search("红刀书", top_k=100) if passage.document.title == "第99号"]
    generation = tmp_path / "index" / "generations" / read_manifest(tmp_path / "index").generation
    own = StaticEncoder(generation / "tuned-encoder")
    searched = units(DocumentStore.open(generation).document(added.document.id))
    (((_, cosine), *_),) = VectorStore.load(generation).search(unit_vectors(own, searched), 1)
    assert own.name == name and cosine == pytest.approx(1.0, abs=2**-9)  # half precision
    tuned.remove([added.document.id])
    assert tuned.tune().reason == "same"
    assert found(tuned) == before


def test_it_is_tuned_anew_when_there_is_other_material(tuned: Library, base: StaticEncoder, few_general: None) -> None:
    first = tuned.encoder_name
    tuned.remove([tuned.documents()[0].id])
    again = tuned.tune()
    assert again.changed and again.base == base.name
    assert tuned.encoder_name == again.encoder != first


def test_another_process_that_has_it_open_goes_on_with_the_new_encoder(
    tuned: Library, base: StaticEncoder, tmp_path: Path
) -> None:
    reader = opened(tmp_path / "index", base)
    assert reader.encoder_name == tuned.encoder_name != base.name
    tuned.untune()
    assert found(reader) == found(tuned)
    assert reader.encoder_name == base.name


def test_an_encoder_that_is_set_and_one_of_the_indexs_own_do_not_fight(
    made: Path, tuned: Library, tmp_path: Path
) -> None:
    with pytest.raises(EncoderMismatch):
        opened(made / "index", HashEncoder()).check()
    other = opened(tmp_path / "index", HashEncoder())
    assert found(other) == found(tuned)
    with pytest.raises(NotTunable, match="hash-8"):
        other.tune()
    assert other.untune()
    assert read_manifest(tmp_path / "index").encoder == other.encoder_name == "hash-8"
    assert other.search("红黄蓝")
    with pytest.raises(EncoderMismatch):
        tuned.check()


def stopping(at: Stage) -> Callable[[Stage, int, int], None]:
    """Progress that is interrupted in the middle of the stage ``at``."""

    def progress(stage: Stage, done: int, total: int) -> None:
        if stage == at and (done or total <= 1 or stage == "rebuilding"):
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("stage", ["pairs", "learning", "measuring", "rebuilding"])
def test_an_interruption_leaves_everything_as_it_was(
    library: Library, tmp_path: Path, few_general: None, stage: Stage
) -> None:
    state, before = library.state, found(library)
    with pytest.raises(KeyboardInterrupt):
        library.tune(progress=stopping(stage))
    assert (library.state, found(library)) == (state, before)
    assert one_generation(tmp_path / "index")


@pytest.mark.parametrize("action", [Library.tune, Library.untune])
def test_a_crash_while_the_index_is_rebuilt_leaves_the_old_one(
    library: Library,
    made: Path,
    tmp_path: Path,
    few_general: None,
    monkeypatch: pytest.MonkeyPatch,
    action: Callable[[Library], object],
) -> None:
    if action is Library.untune:
        shutil.rmtree(tmp_path / "index")
        shutil.copytree(made / "tuned", tmp_path / "index")
    state, before = library.state, found(library)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as during, pytest.raises(OSError, match="No space"):
        during.setattr(VectorStore, "save", full)
        action(library)
    assert (library.state, found(library)) == (state, before)
    assert verify(tmp_path / "index") == [] and one_generation(tmp_path / "index")
    action(library)
    assert library.state != state


def test_a_busy_index_is_told_before_anything_is_done(
    library: Library, base: StaticEncoder, tmp_path: Path, few_general: None
) -> None:
    def progress(stage: Stage, done: int, total: int) -> None:
        raise AssertionError(stage)

    with IndexWriter(tmp_path / "index", base), pytest.raises(IndexBusy):
        library.tune(progress=progress)
    with IndexWriter(tmp_path / "index", base):
        assert library.tune(dry_run=True).reason is None


def test_what_came_in_meanwhile_is_part_of_the_rebuilt_index(
    library: Library, tmp_path: Path, few_general: None
) -> None:
    (tmp_path / "new.md").write_text("# 第99号\n\n红刀书也在这里，的了是在和有就都要到去来说。\n", "utf-8")

    def progress(stage: Stage, done: int, total: int) -> None:
        if stage == "measuring" and not done:
            library.add([str(tmp_path / "new.md")])

    tuning = library.tune(progress=progress)
    assert tuning.changed and tuning.paragraphs == DOCUMENTS * SECTIONS
    assert len(library.documents()) == DOCUMENTS + 1
    assert any(passage.document.title == "第99号" for passage in library.search("红刀书", top_k=100))


def test_somebody_else_who_tunes_it_meanwhile_wins(
    library: Library, made: Path, tmp_path: Path, few_general: None
) -> None:
    def progress(stage: Stage, done: int, total: int) -> None:
        if stage == "learning" and not done:
            shutil.copytree(made / "tuned", tmp_path / "index", dirs_exist_ok=True)

    with pytest.raises(IndexBusy):
        library.tune(progress=progress)
    assert library.encoder_name == read_manifest(made / "tuned").encoder


def test_too_few_paragraphs(tmp_path: Path, base: StaticEncoder) -> None:
    library = opened(tmp_path / "index", base)
    library.add([str(write_documents(tmp_path / "documents", documents=9))])
    with pytest.raises(TooLittle, match="45 paragraphs"):
        library.tune()


def test_a_tuned_encoder_that_was_changed_is_damage(tuned: Library, tmp_path: Path, base: StaticEncoder) -> None:
    folder = tmp_path / "index" / "generations" / read_manifest(tmp_path / "index").generation / "tuned-encoder"
    table = folder / "model.safetensors"
    good = table.read_bytes()
    for harm in (good[:-1] + bytes([good[-1] ^ 1]), good[:40], b""):
        table.write_bytes(harm)
        again = opened(tmp_path / "index", base)
        for action in (again.check, again.untune):
            with pytest.raises(IndexDamaged, match="tuned-encoder") as caught:
                action()
            assert caught.value.facts["folder"] == tmp_path / "index"


def cases(library: Library) -> Dataset:
    """A question for each paragraph, in the words of its heading."""
    passages = [
        (" ".join(document.paragraphs[n].section), document.text[document.paragraphs[n].start :].split("\n")[0])
        for record in library.documents()
        for document in [library.document(record.id)]
        for n in range(len(document.paragraphs))
        if document.paragraphs[n].heading is None
    ]
    rows = [
        Case(id=str(n), question=f"{heading[-3:]}是什么", answers=(text[:6],), evidence=(text,))
        for n, (heading, text) in enumerate(passages)
    ]
    return Dataset(path="questions.jsonl", format="jsonl", cases=tuple(rows))


def test_ones_own_questions_are_learnt_from_and_judged_by(library: Library, few_general: None) -> None:
    tuning = library.tune(questions=cases(library), dry_run=True)
    asked = tuning.judgement.by_kind["question"]
    assert tuning.learnt["question"] + asked.n == DOCUMENTS * SECTIONS
    assert asked.hit_after > asked.hit_before + 0.2


def test_questions_that_nothing_answers(library: Library) -> None:
    nowhere = Dataset(
        path="questions.jsonl",
        format="jsonl",
        cases=(
            Case(id="1", question="红黄蓝", answers=("zzz",)),
            Case(id="2", question="红黄蓝", history=("前",), evidence=("红",)),
        ),
    )
    with pytest.raises(EvidenceNowhere, match=r"questions\.jsonl"):
        library.tune(questions=nowhere)


@pytest.mark.parametrize("reason", ["general_worse", "questions_worse"])
def test_it_is_refused_where_something_else_would_be_worse(
    library: Library, few_general: None, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    state = library.state
    monkeypatch.setattr(Judgement, "reason", reason)
    assert library.tune().reason == reason
    assert library.state == state


def test_the_samples_cannot_be_tuned(tmp_path: Path, base: StaticEncoder) -> None:
    samples = Library(settings=load(), encoder=base, model=lambda _: None, temporary=tmp_path / "samples")
    for action in (samples.tune, samples.untune):
        with pytest.raises(ReadOnlyIndex):
            action()


def test_a_tuned_model_can_be_set_like_any_other(tuned: Library, tmp_path: Path) -> None:
    folder = tmp_path / "index" / "generations" / read_manifest(tmp_path / "index").generation / "tuned-encoder"
    assert load_encoder(str(folder)).name == tuned.encoder_name
