"""Labelled questions with their paragraphs, headings and answer spans, out of the data folder.

Four files of questions belong to this repository. On the laws and on the articles of CMRC and DRCD they hold places
and not the texts; what is made up they hold whole.

    law_questions.jsonl           {"law": path in laws.jsonl.xz, "start", "end": the paragraph in its text, "question",
                                   "answer", "type", "style", "items"?, "verdict"?}
    encyclopedia_questions.jsonl  {"context": digest of the paragraph, "question", "at": [start, end] or null, "type",
                                   "style"}
    own_paragraphs.jsonl          {"id": DOCUMENT or DOCUMENT/PARAGRAPH, "title", "text", "questions": [{"question",
                                   "answer", "type", "style", "items"?, "verdict"?}]}
    reference_articles.jsonl      the same of articles in the manner of an encyclopedia

An empty ``answer``: the paragraph does not say. ``items`` are the members of a list, ``verdict`` is 是 or 否.
"""

import hashlib
import json
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from embeddings.training.sources import SQUAD_FILES, tidy


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """A question on a paragraph.

    ``spans`` are the places of accepted answers, none where the paragraph does not answer; ``answers`` their words;
    ``article`` the key by which :func:`embeddings.training.split.held_out` keeps it apart; ``verdict`` is 是, 否 or
    empty.
    """

    question: str
    headings: str
    text: str
    spans: tuple[tuple[int, int], ...]
    answers: tuple[str, ...]
    article: str
    source: str
    type: str = ""
    verdict: str = ""


def exercises(data: Path) -> list[Exercise]:
    """All of them."""
    encyclopedia = list(_encyclopedia(data))
    return [*_official(data), *_laws(data), *encyclopedia, *_further(encyclopedia), *_own()]


def _official(data: Path) -> Iterator[Exercise]:
    with (data / "official_qa.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            document = row["pid"].rpartition("#")[0]
            yield _exercise(
                row, tidy(row["text"]), row["title"],
                f"law:{document}" if document.endswith(".md") else f"policy:{document}", "official",
            )  # fmt: skip


def _laws(data: Path) -> Iterator[Exercise]:
    rows = _bundled("law_questions.jsonl")
    wanted = {row["law"] for row in rows}
    with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = {law["path"]: law["text"] for law in map(json.loads, lines) if law["path"] in wanted}
    for row in rows:
        if (whole := texts.get(row["law"])) is None:
            continue
        title = re.match(r"#\s*(.+)", whole.strip())
        text = tidy(whole[row["start"] : row["end"]])
        yield _exercise(row, text, tidy(title[1]) if title else "", f"law:{row['law']}", "laws")


def _further(encyclopedia: Sequence[Exercise]) -> Iterator[Exercise]:
    """Further questions on the paragraphs of CMRC and DRCD: their places alone are kept, not the words."""
    paragraphs = {_digest(each.text): each for each in encyclopedia}
    for row in _bundled("encyclopedia_questions.jsonl"):
        if paragraph := paragraphs.get(row["context"]):
            spans = (tuple(row["at"]),) if row["at"] else ()
            answers = tuple(paragraph.text[start:end] for start, end in spans)
            yield replace(
                paragraph, question=row["question"], spans=spans, answers=answers, source="further", type=row["type"]
            )


def _own() -> Iterator[Exercise]:
    """Questions on what is made up: paragraphs (``own``), whole ``documents``, articles for ``reference``."""
    for file, source in (("own_paragraphs.jsonl", "documents"), ("reference_articles.jsonl", "reference")):
        for paragraph in _bundled(file):
            text, (article, whole, _) = paragraph["text"], paragraph["id"].partition("/")
            for row in paragraph["questions"]:
                yield _exercise(row, text, paragraph["title"], f"own:{article}", source if whole else "own")


def _bundled(file: str) -> list[dict[str, Any]]:
    written = (resources.files("embeddings.training") / file).read_text(encoding="utf-8")
    return [json.loads(line) for line in written.splitlines()]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


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
        verdict=row.get("verdict", ""),
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
