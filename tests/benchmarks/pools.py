"""The collections that the benchmarks ask: encyclopedia contexts and official documents, with or without the laws."""

import json
import lzma
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.ingest import ingest
from rag.build import open_for_writing
from rag.evaluation.case import Case, Dataset
from rag.evaluation.dataset import read_dataset
from rag.library import Library
from rag.settings import load
from rag.training.pool import Part, part_of

ENCYCLOPEDIA = ("cmrc2018_dev", "drcd_dev", "drcd_test")
FRESH = Path(__file__).parent / "questions"


def write_laws(data: Path, folder: Path, most: int = 1_000_000) -> int:
    """Each law as a Markdown file under its own path; returns how many."""
    count = 0
    with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        for count, line in enumerate(lines, start=1):
            law = json.loads(line)
            path = folder / law["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(law["text"], encoding="utf-8")
            if count == most:
                break
    return count


def encyclopedia(data: Path) -> dict[str, Dataset]:
    """CMRC 2018 dev, DRCD dev and test by name."""
    return {name: read_dataset(data / f"{name}.json") for name in ENCYCLOPEDIA}


def fresh(data: Path, part: str) -> Dataset:
    """Questions on laws that no question of the training data is about; ``part`` is ``dev`` or ``test``.

    The evidence is kept as offsets into the laws, whose text does not belong to this repository.
    """
    path = FRESH / f"fresh_{part}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {row["doc"] for row in rows}
    texts = {}
    with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        for law in map(json.loads, lines):
            if (name := Path(law["path"]).stem) in wanted:
                texts[name] = law["text"]
    return Dataset(path=str(path), format="jsonl", cases=tuple(_fresh_case(row, texts[row["doc"]]) for row in rows))


def _fresh_case(row: dict[str, object], text: str) -> Case:
    spans: list[list[int]] = row["evidence_at"]  # type: ignore[assignment]
    fields = {name: row[name] for name in ("id", "question", "type", "style")}
    return Case(
        **fields,  # type: ignore[arg-type]
        answers=tuple(row["answers"]),  # type: ignore[arg-type]
        items=tuple(row.get("items", ())),  # type: ignore[arg-type]
        documents=(str(row["doc"]),),
        evidence=tuple(text[start:end] for start, end in spans),
    )


def policy_questions(data: Path, name: str = "policies") -> Dataset:
    """Questions on the policies: ``policies``, or ``named``, each of which names a document.

    Answers, members of lists and evidence are kept as offsets into the cleaned texts.
    """
    path = FRESH / f"{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    names = sorted({str(row["doc"]) for row in rows})
    texts = {name: ingest(data / "policies" / f"{name}.txt", max_bytes=10**8).text for name in names}
    return Dataset(path=str(path), format="jsonl", cases=tuple(_policy_case(row, texts[row["doc"]]) for row in rows))


def _policy_case(row: dict[str, Any], text: str) -> Case:
    def words(field: str) -> tuple[str, ...]:
        return tuple(text[start:end] for start, end in row.get(field, ()))

    return Case(
        **{name: row[name] for name in ("id", "question", "type", "style")},
        answers=(*words("answers"), *row.get("also", ())),
        items=words("items"),
        documents=(f"{row['doc']}.txt",) if row.get("evidence") else (),
        evidence=words("evidence"),
        history=tuple(row.get("history", ())),
    )


def write_documents(folder: Path, part: Part) -> Dataset:
    """The made-up documents of ``part`` as text files in ``folder``, and the questions on them.

    No network has learnt from them; the weights beside it were fitted on questions on the unseen ones.
    """
    lines = (resources.files("embeddings.training") / "own_paragraphs.jsonl").read_text(encoding="utf-8").splitlines()
    cases: list[Case] = []
    for row in map(json.loads, lines):
        name, whole, _ = row["id"].partition("/")
        if not whole or part_of(f"own:{name}") != part:
            continue
        file = folder / f"{name}.txt"
        before = file.read_text(encoding="utf-8") if file.exists() else row["title"]
        file.write_text(f"{before}\n{row['text']}", encoding="utf-8")
        cases += [
            _own_case(f"{row['id']}-{n}", file.name, row["text"], asked) for n, asked in enumerate(row["questions"])
        ]
    return Dataset(path=str(folder), format="jsonl", cases=tuple(cases))


def _own_case(id: str, file: str, text: str, asked: dict[str, Any]) -> Case:
    answer = str(asked["answer"])
    at = text.find(answer)
    sentence = text[text.rfind("。", 0, at) + 1 : text.find("。", at + len(answer) - 1) + 1 or None]
    return Case(
        id=id,
        question=asked["question"],
        type=asked["type"],
        style=asked["style"],
        answers=tuple(filter(None, [asked.get("verdict") or answer])),
        items=tuple(asked.get("items", ())),
        documents=(file,) if answer else (),
        evidence=(sentence,) if answer else (),
    )


def article(set_name: str, case: Case) -> str:
    """The key by which training keeps articles apart (``embeddings.training.split``)."""
    (context,) = case.documents
    return f"cmrc:{context}" if set_name.startswith("cmrc") else f"drcd:{context.rpartition('-')[0]}"


def sample(dataset: Dataset, most: int | None) -> Dataset:
    """Every so-many-eth question, ``most`` in all: the same ones every time, spread over the articles."""
    if most is None or most >= len(dataset.cases):
        return dataset
    step = len(dataset.cases) / most
    return replace(dataset, cases=tuple(dataset.cases[int(n * step)] for n in range(most)))


@contextmanager
def library(
    data: Path, *, contexts: Sequence[Dataset] = (), folders: Sequence[Path] = (), laws: bool = False
) -> Iterator[Library]:
    """An index of contexts, folders and laws, built as a user would build it, and gone afterwards."""
    with TemporaryDirectory() as name:
        documents = Path(name) / "documents"
        for dataset in contexts:
            (documents / "contexts").mkdir(parents=True, exist_ok=True)
            for context in dataset.contexts:
                (documents / "contexts" / f"{context.name}.txt").write_text(context.text, encoding="utf-8")
        for folder in folders:
            shutil.copytree(folder, documents / folder.name, ignore=shutil.ignore_patterns("*.html", "*.json"))
        if laws:
            write_laws(data, documents / "laws")
        opened = open_for_writing(load(index=str(Path(name) / "index")))
        opened.add([str(documents)])
        yield opened
