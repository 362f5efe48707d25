"""An index tuned: pairs, lessons, judgement and, where it is better, the index rebuilt. Order lives here."""

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Literal

from embeddings.encoder import Encoder, Vectors
from embeddings.static_encoder import StaticEncoder
from embeddings.tuning.tuner import Recipe, tuned_table
from rag.errors import IndexBusy, NotTunable, TooLittle
from rag.evaluation.case import Dataset
from rag.evaluation.documents import Consulted
from rag.index_store import IndexWriter, Snapshot, read_manifest
from rag.own_encoder import FOLDER, RECORD, has_own
from rag.tuning.general import general_pairs
from rag.tuning.kept_back import clusters, kept_back
from rag.tuning.material import Material, read_material
from rag.tuning.pairs import Pairs, counted, make_pairs
from rag.tuning.questions import question_pairs
from rag.tuning.ranks import ranks
from rag.tuning.rebuild import rebuild
from rag.tuning.verdict import Judgement, Reason, judge

LEAST_PARAGRAPHS = 50
LEAST_PAIRS = 10
"""To judge by; of fewer nothing could be said."""
STAGES = ("pairs", "learning", "measuring", "rebuilding")
Stage = Literal["pairs", "learning", "measuring", "rebuilding"]
Progress = Callable[[Stage, int, int], None]
"""Called with (what is being done, how much of it is done, how much there is)."""


@dataclass(frozen=True, kw_only=True)
class Tuning:
    """What came of it.

    Attributes:
        changed: Whether the index is another one now.
        reason: Why it is not, although nobody asked for measuring alone; ``same``: it has this very encoder already.
        judgement: What the tuned encoder was judged by.
        learnt: How many pairs of each kind were learnt from.
        paragraphs: Of the index.
        base: Name of the encoder that was tuned.
        encoder: Name of the tuned one.
        seconds: Wall-clock time.
    """

    changed: bool
    reason: Reason | Literal["same"] | None
    judgement: Judgement
    learnt: Mapping[str, int]
    paragraphs: int
    base: str
    encoder: str
    seconds: float


def tune(
    folder: Path,
    base: Encoder,
    library: Consulted,
    snapshot: Snapshot,
    *,
    questions: Dataset | None = None,
    dry_run: bool = False,
    recipe: Recipe | None = None,
    progress: Progress | None = None,
) -> Tuning:
    """Tune ``base`` on the documents of an index and, unless it is a ``dry_run``, rebuild the index if that is better.

    Until the one step at the end that publishes it, an interruption or a crash leaves everything as it was. Others may
    read and change the index meanwhile; what they add is part of the rebuilt one.

    Args:
        folder: The index.
        base: The encoder that is set; also where the index has been tuned before.
        library: The same index, for the names of its documents.
        snapshot: Its published state.
        questions: A test set of the user's own, to learn from and to judge by.
        dry_run: Only measure.
        recipe: How to learn, where not as usual.
        progress: Told how far it is.

    Raises:
        NotTunable: ``base`` is no static model.
        TooLittle: There are too few paragraphs to learn from.
        EvidenceNowhere: Not one of ``questions`` is answered in the index.
        IndexBusy: Another process is writing.
    """
    started = perf_counter()
    tell = progress or (lambda stage, done, total: None)
    if not isinstance(base, StaticEncoder):
        raise NotTunable(encoder=base.name)
    if not dry_run:
        _check_writable(folder, base)  # told now, not after minutes
    tell("pairs", 0, 1)
    material = read_material(snapshot.documents)
    pairs = _pairs(folder, library, snapshot, material, questions)
    tell("pairs", 1, 1)
    lessons = [pair.lesson for pair in pairs.to_learn]
    table = tuned_table(base, lessons, recipe, lambda done, total: tell("learning", done, total))
    with tempfile.TemporaryDirectory(prefix="wenju-tune-") as scratch:
        model = Path(scratch) / FOLDER
        _save(base, table, model, material, pairs)
        tuned = StaticEncoder(model)
        judgement = _judgement(base, tuned, pairs, material, tell)
        reason: Reason | Literal["same"] | None = judgement.reason
        if reason is None and tuned.name == snapshot.manifest.encoder:
            reason = "same"
        changed = reason is None and not dry_run
        if changed:
            with IndexWriter(folder, base) as writer:
                if writer.encoder.name != snapshot.manifest.encoder:  # somebody tuned it meanwhile
                    raise IndexBusy(folder=folder)
                rebuild(writer, tuned, model, lambda done, total: tell("rebuilding", done, total))
    return Tuning(
        changed=changed,
        reason=reason,
        judgement=judgement,
        learnt=counted(pairs.to_learn),
        paragraphs=len(material.texts),
        base=base.name,
        encoder=tuned.name,
        seconds=perf_counter() - started,
    )


def undo(folder: Path, base: Encoder, progress: Progress | None = None) -> bool:
    """Make the index in ``folder`` one of ``base`` again; whether it was tuned.

    Raises:
        IndexUnusable: It is missing or damaged.
        IndexBusy: Another process is writing.
    """
    if not has_own(read_manifest(folder).files):
        return False
    tell = progress or (lambda stage, done, total: None)
    with IndexWriter(folder, base) as writer:
        rebuild(writer, base, None, lambda done, total: tell("rebuilding", done, total))
    return True


def _check_writable(folder: Path, base: Encoder) -> None:
    """Take the lock for a moment, and start a generation that is thrown away."""
    with IndexWriter(folder, base):
        pass


def _pairs(
    folder: Path, library: Consulted, snapshot: Snapshot, material: Material, questions: Dataset | None
) -> Pairs:
    if len(material.texts) < LEAST_PARAGRAPHS:
        raise TooLittle(folder=folder, found=len(material.texts), least=LEAST_PARAGRAPHS)
    made = make_pairs(material)
    asked = question_pairs(questions, library, snapshot, material) if questions else []
    judging = [kept_back("question", pair.passage) for pair in asked]  # all on one paragraph are on one side
    pairs = Pairs(
        to_learn=(*(pair for pair, judged in zip(asked, judging, strict=True) if not judged), *made.to_learn),
        to_judge=(*(pair for pair, judged in zip(asked, judging, strict=True) if judged), *made.to_judge),
    )
    if len(pairs.to_judge) < LEAST_PAIRS:
        raise TooLittle(folder=folder, found=len(material.texts), least=LEAST_PARAGRAPHS)
    return pairs


def _save(base: StaticEncoder, table: Vectors, model: Path, material: Material, pairs: Pairs) -> None:
    base.save_with(table, model)
    said = {"base": base.name, "paragraphs": len(material.texts), "pairs": dict(counted(pairs.to_learn))}
    (model / RECORD).write_text(json.dumps(said, indent=1), encoding="utf-8")


def _judgement(base: Encoder, tuned: Encoder, pairs: Pairs, material: Material, tell: Progress) -> Judgement:
    total = 2 * len(material.texts)
    before = ranks(base, pairs.to_judge, material.texts, lambda done, _: tell("measuring", done, total))
    after = ranks(tuned, pairs.to_judge, material.texts, lambda done, all: tell("measuring", all + done, total))
    asked, texts = general_pairs()
    return judge(
        pairs.to_judge,
        clusters(material, [pair.paragraph for pair in pairs.to_judge]),
        before,
        after,
        general=asked,
        general_before=ranks(base, asked, texts),
        general_after=ranks(tuned, asked, texts),
    )
