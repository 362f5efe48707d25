"""Labelled questions with their paragraphs, headings and answer spans, out of the data folder."""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from embeddings.training.sources import SQUAD_FILES, tidy
from rag.answer import Span


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A question on a paragraph.

    ``spans`` are the places of accepted answers, none where the paragraph does not answer; ``answers`` their words;
    ``article`` the key by which :func:`embeddings.training.split.held_out` keeps it apart.
    """

    question: str
    headings: str
    text: str
    spans: tuple[Span, ...]
    answers: tuple[str, ...]
    article: str
    source: str
    type: str = ""


def exercises(data: Path) -> list[Exercise]:
    """All of them."""
    return [*_official(data), *_laws(data), *_encyclopedia(data)]


def _official(data: Path) -> Iterator[Exercise]:
    with (data / "official_qa.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            document = row["pid"].rpartition("#")[0]
            yield _exercise(
                row, tidy(row["text"]), row["title"],
                f"law:{document}" if document.endswith(".md") else f"policy:{document}", "official",
            )  # fmt: skip


def _laws(data: Path) -> Iterator[Exercise]:
    written = (resources.files("rag.training") / "law_questions.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in written.splitlines()]
    wanted = {row["law"] for row in rows}
    with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = {law["path"]: law["text"] for law in map(json.loads, lines) if law["path"] in wanted}
    for row in rows:
        whole = texts[row["law"]]
        title = re.match(r"#\s*(.+)", whole.strip())
        text = tidy(whole[row["start"] : row["end"]])
        yield _exercise(row, text, tidy(title[1]) if title else "", f"law:{row['law']}", "laws")


def _exercise(row: dict[str, str], text: str, title: str, article: str, source: str) -> Exercise:
    answer = tidy(row["answer"])
    return Exercise(
        question=row["question"],
        headings=title,
        text=text,
        spans=tuple(m.span() for m in re.finditer(re.escape(answer), text)) if answer else (),
        answers=(answer,) if answer else (),
        article=article,
        source=source,
        type=row.get("type", ""),
    )


def _encyclopedia(data: Path) -> Iterator[Exercise]:
    for file, prefix in SQUAD_FILES.items():
        for entry in json.loads((data / file).read_text(encoding="utf-8"))["data"]:
            for paragraph in entry["paragraphs"]:
                key = f"{prefix}:{entry['id'] if 'id' in entry else paragraph['id']}"
                for asked in paragraph["qas"]:
                    given = {(a["answer_start"], a["text"]) for a in asked["answers"]}
                    text = paragraph["context"]
                    spans = {(s, s + len(a)) for s, a in given if text[s : s + len(a)] == a}
                    answers = tuple(dict.fromkeys(a["text"] for a in asked["answers"]))
                    if not spans:
                        spans = {m.span() for a in answers for m in re.finditer(re.escape(a), text)}
                    yield Exercise(
                        question=asked["question"],
                        headings=entry.get("title") or paragraph.get("title") or "",
                        text=text,
                        spans=tuple(sorted(spans)),
                        answers=answers,
                        article=key,
                        source=prefix,
                    )
